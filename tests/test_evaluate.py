"""``kpdd eval``: predictions on disk, scores from them, equal however often it was stopped."""

import json
import shutil
from types import SimpleNamespace

import pytest
from tiny_models import Report

from kpdd_cli.errors import InputError, StaleOutput, UsageError
from kpdd_cli.stages import answering, evaluate
from kpdd_cli.stages.evaluate import Config
from kpdd_cli.students import student
from kpdd_cli.students.formats import Draft

GOOD = {"core_question": "How many apples does Tom have?", "information": ("Tom has 2 apples",)}


class Solver:
    """Answers from a table of programs, in place of a student; remembers what it was asked."""

    def __init__(self, path, programs, mode="pot"):
        record = student.Record(
            base="base",
            base_kind="hub",
            base_revision=None,
            mode=mode,
            pipeline="one-pass",
            method="lora",
            slots=False,
            longest={"everything": 9},
            formats="",
            training={},
        )
        path.mkdir()
        record.write(path)
        self.student = SimpleNamespace(record=record)
        self.programs, self.asked, self.stop_after = programs, [], None

    def solve(self, loaded, questions, *, beams, batch_size):
        assert (loaded, beams) == (self.student, 1)
        if self.stop_after is not None and len(self.asked) >= self.stop_after:
            raise KeyboardInterrupt
        self.asked += questions
        return [
            [Draft(question, **GOOD, rationale=self.programs[question])] for question in questions
        ]


OUTCOMES = [
    ("3", "answer = 1 + 2", "correct"),
    ("3", "answer = 4", "wrong"),
    ("3", "answer = 1 / 0", "error"),
    ("3", "x = 3", "no_answer"),
    ("3", None, "no_answer"),
    ("3", "import numpy\nanswer = numpy.array([3])", "unsupported"),
    (None, "answer = 3", "no_gold"),
]


@pytest.fixture
def bench(tmp_path, monkeypatch):
    """A file of problems, a student that answers each in its own way, and a config for both."""
    rows = [
        {"id": f"p{n}", "question": f"Problem {n}?", "answer": answer, "kept": n}
        for n, (answer, _, _) in enumerate(OUTCOMES)
    ]
    rows[0] |= {"core_question": GOOD["core_question"], "information": ["Tom has 2 apples", "b"]}
    source = tmp_path / "problems.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    programs = {f"Problem {n}?": program for n, (_, program, _) in enumerate(OUTCOMES)}
    solver = Solver(tmp_path / "student", programs)
    monkeypatch.setattr(student, "load", lambda path, engine: solver.student)
    monkeypatch.setattr(answering.generation, "solve", solver.solve)
    config = Config(tmp_path / "student", (str(source),), tmp_path / "out", batch_size=1)
    return solver, config


def test_each_problem_gets_a_verdict_and_keeps_its_fields(bench):
    solver, config = bench
    evaluate.run(config, Report())
    rows = [json.loads(line) for line in (config.out / "problems.jsonl").open()]
    assert [row["prediction"]["verdict"]["status"] for row in rows] == [
        status for _, _, status in OUTCOMES
    ]
    assert [row["kept"] for row in rows] == list(range(len(OUTCOMES)))
    assert rows[0]["information"] == ["Tom has 2 apples", "b"]  # gold stays gold
    assert rows[0]["prediction"]["information"] == ["Tom has 2 apples"]
    assert rows[0]["prediction"]["rationale"] == "answer = 1 + 2"
    assert len(solver.asked) == len(OUTCOMES)


def test_the_score_names_its_denominator(bench):
    _, config = bench
    (result,) = evaluate.run(config, Report()).results
    assert (result["problems"], result["n"], result["correct"]) == (7, 6, 1)
    assert result["accuracy"] == pytest.approx(1 / 6)
    assert result["errors"] == {"no_answer": 2, "wrong": 1, "error": 1}
    assert result["cannot_tell"] == {"unsupported": 1, "no_gold": 1}
    assert result["key_points"]["n"] == 1
    assert result["key_points"]["information_recall"] == 0.5
    on_disk = json.loads((config.out / "problems.score.json").read_text())
    assert on_disk == json.loads(json.dumps(result))


def files(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.json*"))}


def test_a_stopped_evaluation_ends_as_one_that_was_not(bench):
    solver, config = bench
    evaluate.run(config, Report())
    whole = files(config.out)
    shutil.rmtree(config.out)
    solver.asked.clear()
    solver.stop_after = 4
    with pytest.raises(KeyboardInterrupt):
        evaluate.run(config, Report())
    solver.stop_after = None
    evaluate.run(config, Report())
    assert len(solver.asked) == len(OUTCOMES)  # none twice
    assert files(config.out) == whole


def test_a_finished_evaluation_does_not_load_the_student(bench, monkeypatch):
    _, config = bench
    first = evaluate.run(config, Report())
    monkeypatch.setattr(student, "load", lambda path, engine: pytest.fail("loaded"))
    assert evaluate.run(config, Report()).results == first.results


def test_another_student_does_not_continue_an_evaluation(bench):
    _, config = bench
    evaluate.run(config, Report())
    record = json.loads((config.student / student.RECORD).read_text())
    (config.student / student.RECORD).write_text(json.dumps({**record, "training": {"seed": 1}}))
    with pytest.raises(StaleOutput, match="--fresh"):
        evaluate.run(config, Report())


def test_reasoning_is_read_for_its_answer(tmp_path, monkeypatch):
    text = "Tom has 2 + 1 = 3 apples.\nThe answer is 3."
    solver = Solver(tmp_path / "student", {"How many?": text}, mode="cot")
    monkeypatch.setattr(student, "load", lambda path, engine: solver.student)
    monkeypatch.setattr(answering.generation, "solve", solver.solve)
    (tmp_path / "p.jsonl").write_text('{"id": "a", "question": "How many?", "answer": "3"}\n')
    config = Config(tmp_path / "student", (str(tmp_path / "p.jsonl"),), tmp_path / "out")
    assert evaluate.run(config, Report()).results[0]["accuracy"] == 1.0


def test_two_sources_of_one_name_are_refused(bench):
    _, config = bench
    sources = ("a/test.jsonl", "b/test.jsonl")
    with pytest.raises(UsageError, match=r"test\.jsonl"):
        evaluate.run(Config(config.student, sources, config.out), Report())


def test_the_student_is_missed_before_any_problem_is_read(tmp_path):
    config = Config(tmp_path / "nobody", ("no-such-file",), tmp_path / "out")
    with pytest.raises(InputError, match="kpdd finetune makes one"):
        evaluate.run(config, Report())


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("gsm8k", "gsm8k"),
        ("synthetic:dev", "synthetic.dev"),
        ("data/SVAMP.json", "SVAMP"),
        ("-", "stdin"),
    ],
)
def test_files_are_called_after_their_source(source, name):
    assert evaluate._name(source) == name


def test_real_problems_go_through_as_they_are(shared_data, bench):
    solver, config = bench
    solver.programs = type("Any", (dict,), {"__missing__": lambda self, key: "answer = 18"})()
    source = str(shared_data / "gsm8k" / "test.jsonl")
    config = Config(config.student, (source,), config.out, limit=20)
    (result,) = evaluate.run(config, Report()).results
    assert result["n"] == 20
    assert result["correct"] >= 1  # the first answer is 18
