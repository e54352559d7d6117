"""Statements: whole lines of key points as labels, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdd_cli.students.statements import MOST, Statements

RAIN = "Mia had 12 stamps. It rained. If she lost 5, how many are left?"
SENTENCES = st.lists(
    st.sampled_from(
        ["Mia has 3.", "It rains.", "How many?", "Find x.", "s1", "- s1", "", " ", "\n"]
    )
).map(" ".join)


@given(SENTENCES, st.one_of(SENTENCES, st.text()))
def test_what_holds_no_label_and_not_the_question_comes_back(question, text):
    statements = Statements.of(question)
    for label in "sq":
        text = text.replace(label, "")
    if not statements.question or statements.question not in text:
        assert statements.read(statements.write(text)) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            f"Problem: {RAIN}",
            "Problem: s1 Mia had 12 stamps. s2 It rained. s3 She lost 5. q1 How many are left?",
        ),
        ("How many are left?\n- Mia had 12 stamps.\n- She lost 5.", "q1\n- s1\n- s3"),
        ("Core question: How many are left?", "Core question: q1"),
        ("- Mia had 12 of them.", "- Mia had 12 of them."),
        ("It rained. It rained.", "It rained. It rained."),
    ],
)
def test_what_is_written(text, written):
    assert Statements.of(RAIN).write(text) == written


def test_equal_sentences_share_the_first_label():
    statements = Statements.of("He ran. He ran. How far did he run?")
    assert statements.write("- He ran.") == "- s1"
    assert statements.read("- s2") == "- He ran."


def test_sentences_beyond_the_last_label_stay_in_the_outline():
    question = " ".join(f"He has {number}." for number in range(MOST + 2)) + " How many?"
    outline = Statements.of(question).outline
    assert f"s{MOST} He has {MOST - 1}. " in outline
    assert f" He has {MOST + 1}." in outline
    assert f"s{MOST + 1}" not in outline


def test_a_label_that_the_question_lacks_stays():
    assert Statements.of(RAIN).read("- s9") == "- s9"
