"""``kpdd ask`` and ``kpdd eval`` as a user meets them, with a student that knows two problems."""

import importlib
import json
from pathlib import Path

import pytest
import tiny_models
import torch
from tiny_models import Report, row
from typer.testing import CliRunner

from kpdd_cli.commands import options
from kpdd_cli.main import app
from kpdd_cli.stages import ask, finetune
from kpdd_cli.stages.finetune import Config
from kpdd_cli.students import embedded

torch.set_num_threads(1)
QUESTION = row(0)["question"]


def kpdd(*words, stdin=None):
    return CliRunner().invoke(app, [str(word) for word in words], input=stdin)


@pytest.fixture(scope="module", params=["pot", "cot"])
def workspace(request, tmp_path_factory):
    """A workspace whose newest student has learnt the rows 0 and 1 by heart."""
    folder = tmp_path_factory.mktemp(request.param)
    base = tiny_models.save("qwen", folder / "base")
    accepted = tiny_models.write_rows(folder / "accepted.jsonl", 2, request.param)
    settings = {"method": "full", "pipeline": "one-pass", "steps": 200, "batch_size": 2}
    out = folder / f"student.{request.param}"
    config = Config(accepted, out, base, request.param, learning_rate=1e-2, **settings)
    finetune.run(config, Report())
    return folder


@pytest.fixture
def mode(workspace):
    return workspace.name[:3]


def test_a_question_gets_key_points_a_rationale_and_an_answer(workspace, mode):
    result = kpdd("ask", QUESTION, "-w", workspace, "--json")
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    gold = row(0, mode)
    assert answer == {
        "question": QUESTION,
        "core_question": gold["core_question"],
        "information": gold["information"],
        "mode": mode,
        "rationale": gold["rationale"],
        "answer": "3",
        "doubts": [],
        "why": "",
    }


def test_people_see_all_of_it(workspace, mode):
    shown = kpdd("ask", QUESTION, "-w", workspace).stdout
    for text in ("How many apples does Tom have?", "• Tom buys 1 more", "answer", "3"):
        assert text in shown
    assert ("program" if mode == "pot" else "reasoning") in shown


def test_a_pipe_is_answered_line_by_line(workspace):
    result = kpdd("ask", "-w", workspace, "--json", stdin=f"{QUESTION}\n\n{row(1)['question']}\n")
    answers = [json.loads(line)["answer"] for line in result.stdout.splitlines()]
    assert answers == ["3", "5"]


def test_the_keyboard_is_asked_until_an_empty_line(workspace, monkeypatch):
    typed = iter([QUESTION, row(1)["question"], ""])
    monkeypatch.setattr("builtins.input", lambda prompt: next(typed))
    command = importlib.import_module("kpdd_cli.commands.ask")
    monkeypatch.setattr(command, "_at_keyboard", lambda: True)
    shown = kpdd("ask", "-w", workspace).stdout
    assert shown.count("core question") == 2


def test_the_same_student_scores_on_a_file(workspace, mode):
    result = kpdd(
        "eval", "-w", workspace, "--mode", mode, "--data", workspace / "accepted.jsonl", "--json"
    )
    assert result.exit_code == 0, result.output
    (scores,) = json.loads(result.stdout.splitlines()[-1])["results"]
    assert (scores["n"], scores["correct"]) == (2, 2)
    assert scores["key_points"]["information_f1"] == 1.0
    assert (
        "100.0%"
        in kpdd(
            "eval", "-w", workspace, "--mode", mode, "--data", workspace / "accepted.jsonl"
        ).stdout
    )


def test_without_a_student_the_one_that_comes_with_kpdd_answers(tmp_path):
    assert ask.find(tmp_path) == embedded.ready()
    assert options.located(Path(embedded.READY)) == embedded.ready()


def test_what_is_no_word_problem_gets_not_sure_its_reason_and_exit_code_3(tmp_path):
    result = kpdd("ask", "Mia has many stamps. How many?", "-w", tmp_path, "--json")
    assert result.exit_code == 3, result.output
    row = json.loads(result.stdout)
    assert row["answer"] is None
    assert row["why"].startswith("not sure: it names no number")
    assert "not sure" in kpdd("ask", "Solve 2x + 3 = 11.", "-w", tmp_path).stdout
