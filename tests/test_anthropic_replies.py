"""Replies of models, read however they are dressed."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdd_cli.records import KeyPoints
from kpdd_cli.teachers.anthropic import replies
from kpdd_cli.teachers.anthropic.replies import Unusable

READERS = [getattr(replies, n) for n in ("core_question", "information", "solution", "program")]
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)
DRESSES = [
    "{}",
    "```json\n{}\n```",
    "Here it is:\n\n{}\n\nI hope that helps {{:-}}.",
    "```\n{}",
    'I first thought of {{"a": }}, but:\n{}',
]


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("key", ["core_question", "Core Question", "core-question", "question"])
def test_core_question_is_read_in_any_dress(dress: str, key: str):
    reply = dress.format(json.dumps({key: "How many\nare left?"}))
    assert replies.core_question(reply) == "How many are left?"


def test_core_question_may_come_bare():
    assert replies.core_question('"How many are left?"\n') == "How many are left?"


@pytest.mark.parametrize(
    "reply",
    [
        '{"information": ["One.", "Two."]}',
        '{"facts": ["One.", "", "Two."]}',
        '{"result": {"information": ["One.", "Two."]}}',
        '{"information": [{"fact": "One."}, {"fact": "Two."}]}',
        '{"information": "- One.\\n- Two."}',
        "The facts are:\n1. One.\n2. Two.",
        "* One.\n* Two.\n",
    ],
)
def test_information_is_read_in_any_shape(reply: str):
    assert replies.information(reply) == ("One.", "Two.")


def test_key_points_are_told_apart_by_their_type():
    assert replies.key_points('{"q": "How many?", "facts": ["One."]}') == KeyPoints(
        "How many?", ("One.",)
    )


@pytest.mark.parametrize(
    "reply",
    [
        '{"solution": "1 + 1 = 2.\\nThe answer is 2."}',
        '{"solution": "1 + 1 = 2.\nThe answer is 2."}',
        "1 + 1 = 2.  \nThe answer is 2.\n",
    ],
)
def test_solution_is_read(reply: str):
    assert replies.solution(reply) == "1 + 1 = 2.\nThe answer is 2."


@pytest.mark.parametrize(
    "reply",
    [
        '{"program": "a = 1\\nanswer = a + 1"}',
        '{"code": "```python\\na = 1\\nanswer = a + 1\\n```"}',
        "Certainly!\n```python\na = 1\nanswer = a + 1\n```\nThis adds.",
        "    a = 1\n    answer = a + 1\n",
    ],
)
def test_program_is_read(reply: str):
    assert replies.program(reply) == "a = 1\nanswer = a + 1"


@pytest.mark.parametrize(
    ("read", "reply", "why"),
    [
        (replies.core_question, "", "no text under"),
        (replies.core_question, '{"core_question": ""}', "no text under"),
        (replies.core_question, '{"core_question": 3}', "no text under"),
        (replies.core_question, "It depends.\nOn many things.", "no text under"),
        (replies.information, '{"information": []}', "no list of facts"),
        (replies.information, "None.", "no list of facts"),
        (replies.key_points, "How many?", "no JSON object"),
        (replies.solution, '{"solution": "It is 2."}', "does not end in the sentence"),
        (replies.solution, '{"solution": "The answer is 2.\\nOr 3."}', "does not end in"),
        (replies.solution, '{"steps": 2}', "no text under"),
        (replies.program, '{"program": "answer = = 2"}', "is not Python"),
        (replies.program, '{"program": "x = 2"}', "does not assign"),
        (replies.program, '{"program": "answer = 2\\u0000"}', "is not Python"),
        (replies.program, '{"steps": 2}', "no text under"),
    ],
)
def test_what_is_wrong_is_said(read, reply: str, why: str):
    with pytest.raises(Unusable, match=why):
        read(reply)


@given(st.text())
def test_any_text_is_read_or_unusable(text: str):
    for read in READERS:
        with suppress(Unusable):
            assert read(text)


@given(st.lists(WORDS, min_size=1), st.sampled_from(DRESSES))
def test_information_comes_out_as_it_went_in(facts: list[str], dress: str):
    reply = dress.format(json.dumps({"information": facts}))
    assert replies.information(reply) == tuple(facts)
