"""``kpdd compare``: a cell a setting, each made once; a plan whose faults are named."""

import json

import pytest
import tiny_models
from tiny_models import Report

from kpdd_cli.errors import InputError
from kpdd_cli.stages import compare

PLAN = """
base = "{base}"
data = ["{data}"]
modes = ["pot"]
seeds = [0, 1]
pipelines = ["direct", "three-stage", "no-core-question"]
[training]
steps = 1
batch_size = 8
method = "full"
[evaluation]
limit = 4
"""


@pytest.fixture
def workspace(tmp_path):
    base = tiny_models.save("t5", tmp_path / "base")
    tiny_models.write_rows(tmp_path / "accepted.pot.jsonl", 16)
    data = tiny_models.write_rows(tmp_path / "test.jsonl", 6)
    (tmp_path / "plan.toml").write_text(PLAN.format(base=base, data=data))
    return tmp_path


def test_every_cell_is_made_once_and_tabulated(workspace, monkeypatch):
    config = compare.read(workspace / "plan.toml", workspace, None)
    made = []

    def stop_after_three(stage_config, report, real=compare.finetune.run):
        made.append(stage_config.out)
        if len(made) == 4:
            raise KeyboardInterrupt
        return real(stage_config, report)

    monkeypatch.setattr(compare.finetune, "run", stop_after_three)
    with pytest.raises(KeyboardInterrupt):
        compare.run(config, Report())
    result = compare.run(config, Report())
    assert [row["name"] for row in result.table] == [
        "PoTD",
        "KPDD-PoT three-stage",
        "KPDD-PoT three-stage, gold key points",
        "KPDD-PoT without core question",
    ]
    for row in result.table:
        assert row["sets"]["test"]["n"] == 4
        assert len(row["sets"]["test"]["correct"]) == 2
        assert row["sets"]["test"]["sd"] is not None
    written = json.loads((config.out / compare.TABLE).read_text())
    assert written["table"] == result.table
    (path,) = config.out.glob("no-core-question.pot.1/evaluation/test.jsonl")
    first = json.loads(path.read_text().splitlines()[0])
    assert first["prediction"]["core_question"] is None
    assert first["prediction"]["information"] is not None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("seeds = [", "is not TOML"),
        ("sets = 1", 'there is no "sets"'),
        ("pipelines = ['four-stage']", "holds 'four-stage'"),
        ("modes = []", "with something in it"),
        ("seeds = [1.5]", "whole numbers"),
        ("[training]\nstep = 3", 'no "training.step"'),
        ("[training]\nmethod = 'qlora'", "training.method"),
        ("training = 3", "must be a table"),
    ],
)
def test_a_fault_of_the_plan_is_named(tmp_path, text, why):
    (tmp_path / "plan.toml").write_text(text)
    with pytest.raises(InputError, match=why):
        compare.read(tmp_path / "plan.toml", tmp_path, None)


def test_missing_rows_are_named_with_the_stage_that_makes_them(tmp_path):
    (tmp_path / "plan.toml").write_text("modes = ['cot']")
    with pytest.raises(InputError, match=r"accepted\.cot\.jsonl.*kpdd filter --mode cot"):
        compare.run(compare.read(tmp_path / "plan.toml", tmp_path, None), Report())
