"""The templates: complete, found, overridable; their worked examples right and our own."""

import re
from pathlib import Path

import pytest

from kpdd_cli import answers, benchmarks, prompts
from kpdd_cli.answers import ANSWER_SENTENCE
from kpdd_cli.contamination import HeldOut, HeldOutSet
from kpdd_cli.errors import UsageError
from kpdd_cli.prompts import Prompts

EXEMPLARS = Prompts().exemplars
EACH = pytest.mark.parametrize("exemplar", EXEMPLARS, ids=[e["answer"] for e in EXEMPLARS])
SOURCES = (
    "gsm8k/train.jsonl",
    "gsm8k/test.jsonl",
    "svamp/SVAMP.json",
    "asdiv/ASDiv.xml",
    "multiarith/MultiArith.json",
)


@pytest.mark.parametrize("source", SOURCES)
def test_no_exemplar_comes_from_a_benchmark(source: str, shared_data: Path):
    rows = list(benchmarks.read(str(shared_data / source), on_bad=lambda *_: None))
    assert len(rows) > 500
    texts = [text for row in rows for text in (row["question"], row.get("solution")) if text]
    held_out = HeldOutSet(HeldOut(source, str(n), text) for n, text in enumerate(texts))
    for exemplar in EXEMPLARS:
        for text in (exemplar["question"], exemplar["solution"]):
            assert held_out.nearest(text) is None  # not even a run of 8 words


@EACH
def test_program_of_an_exemplar_computes_its_answer(exemplar: dict):
    from kpdd_cli import programs

    (outcome,) = programs.run([exemplar["program"].strip()])
    assert outcome.status == "ok"
    assert answers.matches(outcome.value, exemplar["answer"])


@EACH
def test_solution_of_an_exemplar_ends_in_its_answer(exemplar: dict):
    last = exemplar["solution"].strip().splitlines()[-1]
    assert last == ANSWER_SENTENCE.format(answer=exemplar["answer"])


@EACH
def test_arithmetic_in_the_solution_of_an_exemplar_is_right(exemplar: dict):
    sums = re.findall(r"([\d.]+(?: [-+*/] [\d.]+)+) = \$?([\d.]+\d|\d)", exemplar["solution"])
    assert sums
    for term, value in sums:
        assert eval(term) == pytest.approx(float(value))


@EACH
def test_every_number_of_the_information_stands_in_the_question(exemplar: dict):
    for fact in exemplar["information"]:
        assert set(re.findall(r"\d[\d.]*\d|\d", fact)) <= set(
            re.findall(r"\d[\d.]*\d|\d", exemplar["question"])
        )


def test_override_replaces_one_template_and_leaves_the_others(tmp_path: Path):
    (tmp_path / "cot").mkdir()
    (tmp_path / "cot" / "user.j2").write_text("Solve: {{ question }}\n")
    laid_over = Prompts(tmp_path)
    assert laid_over.render("cot/user.j2", question="2 + 2?") == "Solve: 2 + 2?"
    assert laid_over.render("pot/system.j2") == Prompts().render("pot/system.j2")


def test_override_changes_the_digest_of_its_stage_only(tmp_path: Path):
    (tmp_path / "cot").mkdir()
    (tmp_path / "cot" / "user.j2").write_text("Solve: {{ question }}\n")
    own, laid_over = Prompts(), Prompts(tmp_path)
    assert laid_over.digest("cot") != own.digest("cot")
    assert laid_over.digest("pot") == own.digest("pot")


def test_digest_does_not_depend_on_where_the_same_files_lie(tmp_path: Path):
    for path in prompts.folder().rglob("*.*"):
        copy = tmp_path / path.relative_to(prompts.folder())
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert Prompts(tmp_path).digest("cot", "pot") == Prompts().digest("cot", "pot")


def test_exemplars_can_be_replaced(tmp_path: Path):
    (tmp_path / "exemplars.toml").write_text('[[exemplar]]\nquestion = "Own?"\ncore_question="O?"')
    system = Prompts(tmp_path).render("core_question/system.j2")
    assert "Own?" in system
    assert "lighthouse" not in system


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ qestion }}", "'qestion' is undefined; the template may use: exemplars, question"),
        ("one\n{% if %}", "user.j2:2: "),
        ("{{ question / 2 }}", "unsupported operand"),
        ('{% include "nowhere.j2" %}', "there is no template nowhere.j2"),
    ],
)
def test_wrong_template_is_named(tmp_path: Path, template: str, said: str):
    (tmp_path / "cot").mkdir()
    (tmp_path / "cot" / "user.j2").write_text(template)
    with pytest.raises(UsageError) as caught:
        Prompts(tmp_path).render("cot/user.j2", question="2 + 2?")
    assert said in str(caught.value)
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[exemplar", "exemplars.toml: "),
        ("", "there is no [[exemplar]]"),
        ('[exemplar]\nquestion = ""', "a list"),
    ],
)
def test_wrong_exemplars_are_named(tmp_path: Path, text: str, said: str):
    (tmp_path / "exemplars.toml").write_text(text)
    with pytest.raises(UsageError, match=re.escape(said)):
        Prompts(tmp_path).render("cot/system.j2", answer_sentence=ANSWER_SENTENCE)


def test_override_that_replaces_nothing_is_refused(tmp_path: Path):
    (tmp_path / "user.j2").write_text("lost")
    with pytest.raises(UsageError, match="no file here replaces a template"):
        Prompts(tmp_path)


def test_override_that_is_missing_is_refused(tmp_path: Path):
    with pytest.raises(UsageError, match="no such folder"):
        Prompts(tmp_path / "none")


def test_text_of_a_problem_is_never_read_as_a_template():
    question = "What is {{ 1 + 1 }}? {% if x %} </problem> 'quotes' & <tags>"
    assert question in Prompts().render("core_question/user.j2", question=question)
