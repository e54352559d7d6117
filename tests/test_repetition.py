"""Rationales that repeat each other, and those that only look alike."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdd_cli.repetition import normal_form

PROGRAM = """\
def solution():
    \"\"\"How many eggs?\"\"\"
    eggs = 16  # a day
    eaten = 3 + 4

    return (eggs - eaten) * 2
"""


@pytest.mark.parametrize(
    "other",
    [
        PROGRAM.replace("\n", "\r\n"),
        PROGRAM.replace("eggs =", "laid =").replace("(eggs", "(laid"),
        PROGRAM.replace("solution", "solver"),
        PROGRAM.replace("    ", "\t"),
        PROGRAM.replace(" = ", "=").replace(" + ", "+"),
        PROGRAM.replace("(eggs - eaten) * 2", "(eggs\n      - eaten) * 2"),
        "# first\n\n" + PROGRAM + "\n# last",
        PROGRAM.replace("    eaten", "    # then\n# and\n    eaten"),
    ],
)
def test_the_same_program(other: str):
    assert normal_form(PROGRAM, "pot") == normal_form(other, "pot")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ans = sum(x)", "ans = max(x)"),
        ("ans = a - b", "ans = a - a"),
        ("a = 1\nb = 2\nans = a", "a = 1\nb = 2\nans = b"),
        ("from math import ceil\nans = ceil(2.5)", "from math import floor\nans = floor(2.5)"),
        ("import math\nans = math.ceil(2.5)", "import math\nans = math.floor(2.5)"),
        ("ans = d.get(1)", "ans = d.pop(1)"),
        ("ans = d . get(1)", "ans = d . pop(1)"),
        ("if x:\n  a = 1\nb = 2", "if x:\n  a = 1\n  b = 2"),
        ("ans = 'a # b'", "ans = 'a # c'"),
        ("ans = 'It is x'", "ans = 'It is y'"),
        ("ans = 16", "ans = 1_6"),
        ("ans = 1 + 2", "ans = 12"),
    ],
)
def test_other_programs(one: str, other: str):
    assert normal_form(one, "pot") != normal_form(other, "pot")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("3 + 4 = 7", "3+4 = <<3+4=7>>7", True),
        ("It is SEVEN.\n\n", " it is seven.", True),
        ("It is 7.", "It is 8.", False),
    ],
)
def test_texts(one: str, other: str, same: bool):
    assert (normal_form(one, "cot") == normal_form(other, "cot")) == same


@given(st.text(), st.sampled_from(("cot", "pot")))
def test_no_text_raises(text: str, mode: str):
    assert isinstance(normal_form(text, mode), str)


def test_real_programs_with_one_normal_form_have_one_value(shared_data):
    values: dict[tuple[str, str], set[str]] = {}
    with (shared_data / "programs" / "codex.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            form = normal_form(row["program"], "pot")
            values.setdefault(form, set()).add(json.dumps(row["recorded_result"]))
    assert [form for form, found in values.items() if len(found) > 1] == []
