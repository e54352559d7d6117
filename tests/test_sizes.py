"""How a question's numbers compare, in words of slots."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdd_cli.students import sizes
from kpdd_cli.students.slots import PIECES, Slots

NUMBER = st.decimals(0, 10**6, places=2).map(lambda value: f"{value.normalize():f}")
NUMBERS = st.lists(NUMBER, max_size=12).map(lambda all: {f"n{i}": v for i, v in enumerate(all, 1)})


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ("", ""),
        ("5", ""),
        ("12 5", " n2< n1"),
        ("6 48", " n1< n2; n2/ n1"),
        ("8 8 80 7", " n4< n1= n2<< n3; n3/ n1; n3/ n2"),
        ("48 13 5", " n3< n2< n1; n1- n2/ n3"),
        ("4 11 3", " n3< n1< n2; n2- n3/ n1; n2+ n1/ n3"),
        ("2.5 10", " n1< n2; n2/ n1"),
        ("1 0.5 3", " n2< n1< n3"),
        ("0 7", " n1<< n2"),
        ("7 13 5 2", " n4< n3< n1< n2"),
    ],
)
def test_order_and_exact_divisions(values, line):
    assert sizes.line({f"n{i}": value for i, value in enumerate(values.split(), 1)}) == line


@given(NUMBERS)
def test_the_order_is_that_of_the_values(numbers):
    order = sizes.line(numbers).partition(";")[0]
    slots = order.replace("<", " ").replace("=", " ").split()
    assert sorted(slots) == sorted(numbers if len(numbers) > 1 else [])
    values = [Fraction(numbers[slot]) for slot in slots]
    assert values == sorted(values)


def test_a_prompt_ends_with_it_and_says_nothing_else_of_the_values():
    texts = [
        Slots.of(question).prompt(question)
        for question in ("Mia had 12. How many are 5?", "Mia had 91. How many are sixty?")
    ]
    assert texts[0] == "s1 P1 had n1. q1 How many are n2?\n n2< n1"
    assert texts[1] == "s1 P1 had n1. q1 How many are N2?\n n2< n1"
    assert {"n1", "n2"} <= set(PIECES)
