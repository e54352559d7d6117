"""The student that comes with kpdd: its size, its card, and that both engines know it."""

import json

import pytest
import tiny_models
from typer.testing import CliRunner

from kpdd_cli.main import app
from kpdd_cli.stages import finetune
from kpdd_cli.stages.finetune import Config
from kpdd_cli.students import bases, embedded, engines, student

READY = embedded.ready()
NEWCOMER = (
    "Mia had 12 stamps, gave 5 to Leo and bought 3 packs of 4. How many stamps does she have?"
)


def test_it_has_at_most_12_million_weights_and_16_megabytes():
    files = [path for path in READY.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 16_000_000
    model = bases.load(embedded.READY).model
    assert model.num_parameters() <= 12_000_000


def test_its_texts_are_those_of_this_version():
    assert student.Record.read(READY).slots
    student.load(READY, "transformers")


@pytest.mark.parametrize("engine", ["transformers", "ctranslate2"])
def test_both_engines_answer_the_newcomers_question(engine, tmp_path):
    if engine == "ctranslate2":
        pytest.importorskip("ctranslate2")
    words = ["ask", NEWCOMER, "-w", str(tmp_path), "--engine", engine, "--json"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    row = json.loads(result.stdout)
    assert row["answer"] == "19"
    assert row["core_question"] == "How many stamps does she have?"
    assert row["information"]


def test_ctranslate2_finds_the_weights_that_were_shipped_for_it():
    pytest.importorskip("ctranslate2")
    from kpdd_cli.students.engines import ctranslate2

    made = json.loads((READY / engines.CONVERTED / "kpdd.json").read_text())
    assert made["student"] == ctranslate2._fingerprint(READY)


def test_its_card_tells_data_scores_and_limits():
    card = READY.with_suffix(".md").read_text("utf-8")
    for word in ("GSM8K", "MultiArith", "ASDiv", "SVAMP", "contaminat", "limits", "not sure"):
        assert word in card


def test_an_adapter_on_it_names_it_and_works_on_slots(tmp_path):
    rows = tiny_models.write_rows(tmp_path / "accepted.jsonl", 8, "pot")
    config = Config(rows, tmp_path / "student", embedded.READY, "pot", "one-pass", steps=2)
    summary = finetune.run(config, tiny_models.Report())
    record = student.Record.read(tmp_path / "student")
    assert (summary.method, record.base, record.base_kind) == ("lora", embedded.READY, "ready")
    assert record.slots
    assert not (tmp_path / "student" / "base").exists()
    student.load(tmp_path / "student", "transformers")
