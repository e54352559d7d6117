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
pipelines = ["direct", "two-stage"]
[training]
steps = 1
batch_size = 8
method = "full"
[evaluation]
limit = 2
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

    def stop_after_two(stage_config, report, real=compare.finetune.run):
        made.append(stage_config.out)
        if len(made) == 3:
            raise KeyboardInterrupt
        return real(stage_config, report)

    monkeypatch.setattr(compare.finetune, "run", stop_after_two)
    with pytest.raises(KeyboardInterrupt):
        compare.run(config, Report())
    result = compare.run(config, Report())
    assert [row["name"] for row in result.table] == [
        "PoTD",
        "KPDD-PoT two-stage",
        "KPDD-PoT two-stage, gold key points",
    ]
    for row in result.table:
        assert row["sets"]["test"]["n"] == 2
        assert len(row["sets"]["test"]["correct"]) == 2
        assert row["sets"]["test"]["sd"] is not None
    written = json.loads((config.out / compare.TABLE).read_text())
    assert written["table"] == result.table
    assert [(one["name"], one["baseline"]) for one in result.differences] == [
        ("KPDD-PoT two-stage", "PoTD"),
        ("KPDD-PoT two-stage, gold key points", "PoTD"),
        ("KPDD-PoT two-stage, gold key points", "KPDD-PoT two-stage"),
    ]
    for one in result.differences:
        row = {row["name"]: row["sets"]["test"]["accuracy"] for row in result.table}
        found = one["sets"]["test"]
        assert (found["n"], found["seeds"]) == (2, 2)
        assert found["difference"] == pytest.approx(row[one["name"]] - row[one["baseline"]])
        wrongly = {
            row["name"]: row["sets"]["test"]["misunderstanding"]["share"] for row in result.table
        }
        assert one["misunderstanding"]["sets"]["test"]["difference"] == pytest.approx(
            wrongly[one["name"]] - wrongly[one["baseline"]]
        )
    guided = (config.out / "two-stage.pot.1/ceiling/test.jsonl").read_text().splitlines()
    first = json.loads(guided[0])
    assert first["prediction"]["core_question"] == first["core_question"]


def test_students_of_another_comparison_are_evaluated_in_another_manner(workspace):
    compare.run(compare.read(workspace / "plan.toml", workspace, None), Report())
    plan = workspace / "beams.toml"
    text = (workspace / "plan.toml").read_text()
    plan.write_text(f'students = "comparison.plan"\n{text}beams = 2\ncalculator = true\n')
    trained = workspace / "comparison.plan/direct.pot.0/student/model.safetensors"
    before = trained.stat().st_mtime_ns
    result = compare.run(compare.read(plan, workspace, None), Report())
    assert trained.stat().st_mtime_ns == before
    folder = workspace / "comparison.beams"
    card = json.loads((folder / "direct.pot.0/evaluation/card.json").read_text())
    assert card["sets"][0]["settings"]["beams"] == 2
    assert not (folder / "direct.pot.0/student").exists()
    written = (folder / "comparison.md").read_text()
    assert f"| {' | '.join(['', 'test'])} |" in written
    assert all(f"| {row['name']} |" in written for row in result.table)


@pytest.mark.parametrize(
    ("pipeline", "mode", "name"),
    [
        ("three-stage", "cot", "KPDD-CoT three-stage"),
        ("no-core-question", "pot", "KPDD-PoT without core question"),
        ("no-information", "cot", "KPDD-CoT without information"),
    ],
)
def test_settings_are_called_as_the_paper_calls_them(pipeline, mode, name):
    assert compare.Setting(pipeline, mode).name == name


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
