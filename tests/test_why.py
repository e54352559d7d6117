"""``kpdd why``: a problem's life, from the files that the stages left."""

import json

import pytest
import tiny_models
from tiny_models import Report

from kpdd_cli.errors import InputError
from kpdd_cli.stages import evaluate, extract, filter, finetune, solve, why
from kpdd_cli.teachers.gold import GoldTeacher


def problem(number):
    boxes, pens = 3 + number % 7, 4 + number % 5
    total = boxes * pens
    # A solution whose answer is another: its rationale is rejected.
    answer = total + 1 if number == 5 else total
    return {
        "id": f"p{number}",
        "question": f"Ada has {boxes} boxes of {pens} pens. How many pens has she in box {number}?",
        "answer": str(answer),
        "solution": f"She has {boxes}*{pens}=<<{boxes}*{pens}={total}>>{total} pens.",
    }


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """Every stage on real files, with the gold teacher and a tiny student of one step."""
    work = tmp_path_factory.mktemp("work")
    problems = work / "problems.jsonl"
    problems.write_text("".join(json.dumps(problem(n)) + "\n" for n in range(120)))
    keypoints, solutions = work / "keypoints.jsonl", work / "solutions.pot.jsonl"
    accepted, rejected = work / "accepted.pot.jsonl", work / "rejected.pot.jsonl"
    extract.run(extract.Config(str(problems), keypoints), GoldTeacher(), Report())
    solve.run(solve.Config(keypoints, solutions, "pot"), GoldTeacher(), Report())
    filter.run(filter.Config(solutions, accepted, rejected, "pot"), Report())
    base = tiny_models.save("t5", work / "base")
    student = work / "student.pot"
    settings = {"pipeline": "direct", "steps": 1, "batch_size": 8}
    finetune.run(finetune.Config(accepted, student, base, "pot", **settings), Report())
    config = evaluate.Config(student, (str(problems),), work / "evaluation.pot", limit=8)
    evaluate.run(config, Report())
    return work


def told(workspace, id_):
    return [(event.stage, event.what) for event in why.run(workspace, id_)]


def test_the_whole_life_of_a_problem_is_told_in_order(workspace):
    events = told(workspace, "p3")
    stages = [stage for stage, _ in events]
    assert stages == ["data", "extract", "solve", "filter", "finetune", "eval"]
    about = dict(events)
    assert about["data"] == "came in, gold answer 42"
    assert about["extract"] == "key points by gold"
    assert about["filter"] == "accepted: correct 42 (computed)"
    assert about["eval"].startswith("the student answered: ")
    assert why.run(workspace, "p3")[0].where == f"{workspace / 'problems.jsonl'}:4"


def test_a_rejected_problem_is_not_used(workspace):
    about = dict(told(workspace, "p5"))
    assert about["filter"].startswith("rejected: wrong")
    assert about["finetune"] == "not used in training: no accepted rationale"


def test_held_out_problems_are_told_from_used_ones(workspace):
    said = [dict(told(workspace, f"p{n}"))["finetune"] for n in range(120) if n != 5]
    assert said.count("held out of training, to validate") == 2  # 2 % of 119
    assert said.count("used in training") == 117


def test_rows_that_changed_since_the_training_cannot_tell(workspace, tmp_path):
    for path in workspace.iterdir():
        (tmp_path / path.name).symlink_to(path)
    accepted = tmp_path / "accepted.pot.jsonl"
    lines = accepted.read_text().splitlines(keepends=True)
    accepted.unlink()
    accepted.write_text("".join(lines[1:]))
    assert "has changed since" in dict(told(tmp_path, "p3"))["finetune"]


def test_an_unknown_id_is_one_line(workspace):
    with pytest.raises(InputError, match="no file in it has a problem of the id 'p3000'"):
        why.run(workspace, "p3000")


def test_ids_are_taken_whole(workspace):
    assert all(event.row is None or event.row["id"] == "p1" for event in why.run(workspace, "p1"))
