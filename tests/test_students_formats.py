"""The student's text format: what is written can be read, and what is scribbled too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_models import row

from kpdd_cli.records import MODES, PIPELINES, BadRow
from kpdd_cli.students import formats
from kpdd_cli.students.formats import PARTS, Draft

LINE = st.text(
    st.characters(categories=("L", "N", "P", "S", "Zs"), include_characters=" -•*"), min_size=1
).filter(lambda text: text.strip())


@pytest.mark.parametrize("pipeline", PIPELINES)
@pytest.mark.parametrize("mode", MODES)
def test_reading_each_target_gives_the_row_back(pipeline, mode):
    gold = row(3, mode)
    draft = Draft(gold["question"])
    for example in formats.examples(gold, pipeline):
        assert example.prompt == formats.prompt(example.part, mode, draft)
        draft = formats.read(example.part, mode, example.target, draft)
    question = None if pipeline in ("direct", "no-core-question") else gold["core_question"]
    facts = None if pipeline in ("direct", "no-information") else tuple(gold["information"])
    assert draft == Draft(gold["question"], question, facts, gold["rationale"])


@given(LINE, st.lists(LINE, max_size=4), st.sampled_from(MODES))
def test_key_points_of_any_words_come_back(core_question, information, mode):
    gold = {**row(0, mode), "core_question": core_question, "information": information}
    for pipeline in ("three-stage", "two-stage", "one-pass"):
        draft = Draft(gold["question"])
        for example in formats.examples(gold, pipeline):
            draft = formats.read(example.part, mode, example.target, draft)
        assert draft.core_question == " ".join(core_question.split())
        assert set(draft.information) <= {" ".join(fact.split()) for fact in information}
        assert draft.rationale == gold["rationale"]


def test_later_parts_read_what_earlier_parts_wrote():
    _, information, solution = formats.examples(row(1), "three-stage")
    assert "How many apples does Tom have?" in information.prompt
    assert "- Tom buys 2 more" not in information.prompt
    assert "- Tom buys 2 more" in solution.prompt


def test_prompts_of_different_parts_differ_so_that_one_model_can_write_all():
    draft = Draft("How many?", "How many?", ("one",))
    prompts = {formats.prompt(part, "pot", draft) for part in set(sum(PARTS.values(), ()))}
    assert len(prompts) == 5


@pytest.mark.parametrize(
    ("text", "core_question", "information", "rationale"),
    [
        ("Q?\n- a\n- b\nProgram:\nx = 1", "Q?", ("a", "b"), "x = 1"),
        ("Q?\n- a\nx = 1\nanswer = x", "Q?", ("a",), "x = 1\nanswer = x"),  # no heading
        ("Q?\nProgram:\nx = 1", "Q?", (), "x = 1"),  # no facts
        ("Core question: Q?\nInformation:\n* a\n2. b\nProgram:\nx", "Q?", ("a", "b"), "x"),
        ("Q?\n- a\n- a\nProgram:\nx", "Q?", ("a",), "x"),  # said twice
        ("Q?\n- none\nProgram:\nx", "Q?", (), "x"),
        ("Q?\n- a", "Q?", ("a",), None),  # broke off
        ("", "", (), None),
    ],
)
def test_what_a_small_student_scribbles_is_understood(text, core_question, information, rationale):
    draft = formats.read("everything", "pot", text, Draft("q"))
    assert draft == Draft("q", core_question, information, rationale)


def test_a_number_that_begins_a_fact_is_no_bullet():
    draft = formats.read("information", "pot", "- 3.5 km are left\n- 12 eggs", Draft("q"))
    assert draft.information == ("3.5 km are left", "12 eggs")


def test_an_indented_program_keeps_its_indentation():
    program = "def f():\n    return 1\n\nanswer = f()"
    assert formats.read("solution", "pot", f"\n{program}\n", Draft("q")).rationale == program


def test_direct_needs_no_key_points_and_other_pipelines_do():
    bare = {name: value for name, value in row(0).items() if name != "information"}
    assert len(list(formats.examples(bare, "direct"))) == 1
    with pytest.raises(BadRow, match="information"):
        list(formats.examples(bare, "two-stage"))


def test_the_fingerprint_follows_the_texts(monkeypatch):
    before = formats.fingerprint()
    assert before == formats.fingerprint()
    monkeypatch.setitem(formats._HEADINGS, "pot", "Code:")
    assert formats.fingerprint() != before
