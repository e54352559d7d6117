"""``kpdd eval``: predictions on disk, scores from them, equal however often it was stopped."""

import json
import shutil
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
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

    def solve(self, loaded, questions, *, beams, batch_size, given=None, calculator=False):
        self.given, self.calculator = given, calculator
        assert beams == 1
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
    sources = (str(source),)
    config = Config(
        tmp_path / "student", sources, tmp_path / "out", engine="transformers", batch_size=1
    )
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
    assert on_disk == {key: json.loads(json.dumps(result))[key] for key in on_disk}


def test_the_card_depends_on_the_inputs_alone(bench, tmp_path):
    _, config = bench
    evaluate.run(config, Report())
    evaluate.run(replace(config, out=tmp_path / "other", batch_size=3), Report())
    assert files(tmp_path / "other") == files(config.out)
    card = json.loads((config.out / "problems.score.json").read_text())
    assert card["excluded"] == {"no_gold": 1}
    assert card["student"]["mode"] == "pot"
    assert all(len(card["hashes"][name]) == 16 for name in ("split", "predictions"))
    assert str(tmp_path) not in json.dumps(card)


def test_another_split_has_another_hash(bench, tmp_path):
    _, config = bench
    first = evaluate.run(config, Report()).results[0]["hashes"]["split"]
    other = replace(config, out=tmp_path / "other", limit=6)
    assert evaluate.run(other, Report()).results[0]["hashes"]["split"] != first


def test_errors_are_diagnosed_against_the_rows_own_solution(bench):
    solver, config = bench
    row = {
        "id": "m",
        "question": "Mia had 12 stamps and 8 cats. She gave 5 stamps away. How many are left?",
        "answer": "7",
        "solution": "Mia has 12-5=<<12-5=7>>7 stamps left.\n#### 7",
    }
    path = Path(config.sources[0])
    path.write_text(json.dumps(row) + "\n")
    solver.programs[row["question"]] = "answer = 12 - 8"
    (result,) = evaluate.run(config, Report()).results
    assert result["diagnosis"] == {
        "kinds": {"misunderstanding": 1},
        "signs": {"unused quantity": 1, "irrelevant quantity": 1},
    }
    (found,) = [json.loads(line) for line in (config.out / "problems.jsonl").open()]
    assert found["prediction"]["diagnosis"]["kind"] == "misunderstanding"
    assert (found["gold"]["steps"], found["gold"]["operations"]) == (1, ["-"])
    assert result["key_points"]["wrong_answers"] == 1


def other_student(bench, tmp_path):
    """A second student, whose record differs, with the answers of the first but two."""
    _, config = bench
    folder = tmp_path / "other-student"
    shutil.copytree(config.student, folder)
    record = json.loads((folder / student.RECORD).read_text())
    (folder / student.RECORD).write_text(json.dumps({**record, "training": {"seed": 1}}))
    return folder


def test_a_baseline_is_compared_problem_by_problem(bench, tmp_path):
    solver, config = bench
    baseline = replace(config, student=other_student(bench, tmp_path), out=tmp_path / "theirs")
    solver.programs |= {"Problem 0?": "answer = 9", "Problem 1?": "answer = 3"}
    solver.programs |= {"Problem 2?": "answer = 3"}
    evaluate.run(baseline, Report())
    for n, (_, program, _) in enumerate(OUTCOMES):
        solver.programs[f"Problem {n}?"] = program
    result = evaluate.run(replace(config, baseline=baseline.out), Report())
    one = result.baseline["sets"]["problems"]
    assert (one["n"], one["only_student"], one["only_baseline"]) == (6, 1, 2)
    assert one["difference"] == pytest.approx(-1 / 6)
    assert one["p"] == 1.0
    card = json.loads((config.out / "card.json").read_text())
    assert card["baseline"]["sets"]["problems"]["only_student"] == 1


def test_a_baseline_student_solves_the_same_problems(bench, tmp_path):
    solver, config = bench
    config = replace(config, baseline=other_student(bench, tmp_path))
    result = evaluate.run(config, Report())
    assert len(solver.asked) == 2 * len(OUTCOMES)
    assert result.baseline["sets"]["problems"]["difference"] == 0.0
    evaluate.run(config, Report())
    assert len(solver.asked) == 2 * len(OUTCOMES)  # both are done


def test_a_baseline_that_was_solved_in_another_manner_is_named(bench, tmp_path):
    _, config = bench
    evaluate.run(replace(config, out=tmp_path / "first"), Report())
    path = tmp_path / "first/problems.score.json"
    card = json.loads(path.read_text())
    card["settings"] |= {"engine": "ctranslate2", "beams": 8}
    path.write_text(json.dumps(card))
    said = Report()
    evaluate.run(replace(config, baseline=tmp_path / "first"), said)
    assert said.notices == [
        "problems: the baseline was solved with beams 8 (here 1), engine ctranslate2 (here "
        "transformers)"
    ]


def test_a_student_may_be_its_own_baseline(bench):
    _, config = bench
    result = evaluate.run(replace(config, baseline=config.student), Report())
    assert result.baseline["sets"]["problems"]["difference"] == 0.0


def test_a_baseline_that_is_neither_is_refused(bench, tmp_path):
    _, config = bench
    with pytest.raises(InputError, match="neither a student nor"):
        evaluate.run(replace(config, baseline=tmp_path), Report())


def test_samples_are_scored_beside_the_answer(bench, monkeypatch):
    _, config = bench

    def sample(loaded, questions, sampling, *, batch_size, calculator):
        programs = ["answer = 3", "answer = 3.0", "answer = 4", "answer = 3"]
        return [
            [Draft(question, rationale=program) for program in programs[: sampling.count]]
            for question in questions
        ]

    monkeypatch.setattr(answering.generation, "sample", sample)
    (result,) = evaluate.run(replace(config, samples=4), Report()).results
    assert result["samples"]["pass_at"] == {"1": 0.75, "2": 1.0, "4": 1.0}
    assert result["samples"]["maj_at"]["4"] == 1.0
    assert result["correct"] == 1  # the answer itself is what it was
    with pytest.raises(StaleOutput, match="samples"):
        evaluate.run(config, Report())


def test_a_student_may_be_given_gold_key_points(bench, tmp_path):
    solver, config = bench
    record = json.loads((config.student / student.RECORD).read_text())
    record |= {"pipeline": "two-stage", "longest": {"key_points": 9, "solution": 9}}
    (config.student / student.RECORD).write_text(json.dumps(record))
    solver.student.record = student.Record.read(config.student)
    config = replace(config, gold_key_points=True, batch_size=64)
    evaluate.run(config, Report())
    assert solver.given[0].core_question == GOOD["core_question"]
    assert solver.given[0].information == ("Tom has 2 apples", "b")
    assert solver.given[1].information is None  # the row has none, and no solution either


def test_a_student_that_has_no_use_for_key_points_is_given_none(bench):
    _, config = bench
    record = json.loads((config.student / student.RECORD).read_text())
    record |= {"pipeline": "direct", "longest": {"solution": 9}}
    (config.student / student.RECORD).write_text(json.dumps(record))
    with pytest.raises(UsageError, match="a direct student"):
        evaluate.run(replace(config, gold_key_points=True), Report())


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


def test_scores_of_beams_do_not_depend_on_what_is_installed(bench, monkeypatch):
    """The engine is transformers', its name stands in the card, and another does not go on."""
    solver, config = bench
    asked = []
    monkeypatch.setattr(
        student, "load", lambda path, engine: asked.append(engine) or solver.student
    )
    monkeypatch.setattr(
        answering.generation,
        "solve",
        lambda *args, beams, **options: solver.solve(*args, beams=1, **options),
    )
    beamed = replace(config, engine="auto", beams=2)
    (result,) = evaluate.run(beamed, Report()).results
    assert asked == ["transformers"]
    assert (result["settings"]["engine"], result["settings"]["dtype"]) == (
        "transformers",
        "float32",
    )
    if find_spec("ctranslate2") is not None:
        with pytest.raises(StaleOutput, match="engine"):
            evaluate.run(replace(beamed, engine="ctranslate2"), Report())


def test_a_calculator_is_named_in_the_card_of_a_chain_of_thought(tmp_path, monkeypatch):
    solver = Solver(tmp_path / "student", {"How many?": "The answer is 3."}, mode="cot")
    monkeypatch.setattr(student, "load", lambda path, engine: solver.student)
    monkeypatch.setattr(answering.generation, "solve", solver.solve)
    (tmp_path / "p.jsonl").write_text('{"id": "a", "question": "How many?", "answer": "3"}\n')
    sources = (str(tmp_path / "p.jsonl"),)
    config = Config(tmp_path / "student", sources, tmp_path / "out", engine="transformers")
    for chosen in (False, True):
        config = replace(config, calculator=chosen, out=tmp_path / str(chosen))
        (result,) = evaluate.run(config, Report()).results
        assert result["settings"]["calculator"] is chosen
        assert solver.calculator is chosen


def test_programs_need_no_calculator(bench):
    _, config = bench
    with pytest.raises(UsageError, match="--calculator is for chains of thought"):
        evaluate.run(replace(config, calculator=True), Report())


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
    sources = (str(tmp_path / "p.jsonl"),)
    config = Config(tmp_path / "student", sources, tmp_path / "out", engine="transformers")
    assert evaluate.run(config, Report()).results[0]["accuracy"] == 1.0


def test_two_sources_of_one_name_are_refused(bench):
    _, config = bench
    sources = ("a/test.jsonl", "b/test.jsonl")
    with pytest.raises(UsageError, match=r"test\.jsonl"):
        evaluate.run(Config(config.student, sources, config.out), Report())


def test_a_source_that_is_missing_is_missed_before_any_problem_is_solved(bench, tmp_path):
    solver, config = bench
    sources = (*config.sources, str(tmp_path / "nowhere.jsonl"))
    with pytest.raises(InputError, match=r"nowhere\.jsonl: no such file"):
        evaluate.run(replace(config, sources=sources), Report())
    assert not solver.asked


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
    assert evaluate.name_of(source) == name


def test_real_problems_go_through_as_they_are(shared_data, bench):
    solver, config = bench
    solver.programs = type("Any", (dict,), {"__missing__": lambda self, key: "answer = 18"})()
    source = str(shared_data / "gsm8k" / "test.jsonl")
    config = replace(config, sources=(source,), batch_size=64, limit=20)
    (result,) = evaluate.run(config, Report()).results
    assert result["n"] == 20
    assert result["correct"] >= 1  # the first answer is 18
