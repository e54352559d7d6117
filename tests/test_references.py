# ruff: noqa: SIM905 (lists of lines read better as text)
"""References: a variable is named once, where it is needed, and every program comes back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdd_cli.students import references

LINES = st.lists(
    st.sampled_from(
        "a = 1|a = n2|b = n1|c = N3|b = a * 2|a = a + b|answer = a|  c = a|for a in b:|x1 a = 2|"
        "a|print(a, x1)|b = 'a' + f(a)|How many a = b?||a == b|c = b.a|x1 = 3".split("|")
    )
)


@given(LINES)
def test_every_text_comes_back(lines):
    text = "\n".join(line for line in lines if "x1" not in line)
    assert references.read(references.write(text)) == text


@given(LINES)
def test_a_text_with_a_label_is_left_alone(lines):
    text = "\n".join([*lines, "x1"])
    assert references.write(text) == text


@pytest.mark.parametrize(
    ("program", "written"),
    [
        (
            "price = n1\ncost = price * 3\nanswer = cost",
            "x1 price = n1\nx2 cost = x1 * 3\nanswer = x2",
        ),
        (
            "a = n1\nb = n2\nc = n3\nd = a + b\nanswer = d * c",
            "x1 a = n1\nx2 b = n2\nx3 d = x1 + x2\nx4 c = n3\nanswer = x3 * x4",
        ),
        ("b = n2\na = n1\nanswer = a - b", "x0\nx1 b = n2\nx2 a = n1\nanswer = x2 - x1"),
        (
            "a = n1\nb = a + 1\nc = n2\nd = c - b",
            "x0\nx1 a = n1\nx2 b = x1 + 1\nx3 c = n2\nx4 d = x3 - x2",
        ),
        ("n = 1\nn = n + 2\nm = n", "x1 n = 1\nx2 n = x1 + 2\nx3 m = x2"),
        ("total = 1\ntotals = total", "x1 total = 1\nx2 totals = x1"),
        ("q1\n- a = b\nProgram:\na = 1", "q1\n- a = b\nProgram:\nx1 a = 1"),
        ("if a:\n    b = a", "if a:\n    b = a"),
    ],
)
def test_what_is_written(program, written):
    assert references.write(program) == written
    assert references.read(written) == program


def test_two_values_of_one_name_stay_apart():
    written = "x1 pens = 3\nx2 pens = 4\nx3 all = x1 * x2\nanswer = x3"
    assert references.read(written) == "pens = 3\npens_2 = 4\nall = pens * pens_2\nanswer = all"


def test_an_unknown_reference_stays():
    assert references.read("x1 a = x7") == "a = x7"


def test_assignments_beyond_the_last_label_stay():
    program = "\n".join(f"v{number} = {number}" for number in range(references.MOST + 2))
    assert references.write(program).endswith(f"v{references.MOST + 1} = {references.MOST + 1}")


def test_real_programs_come_back(shared_data):
    with (shared_data / "programs" / "codex.jsonl").open() as lines:
        programs = [json.loads(line)["program"] for line in lines][:3000]
    assert [program for program in programs if _back(program) != program] == []


def _back(program):
    return references.read(references.write(program))
