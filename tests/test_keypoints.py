"""The text of a word problem taken apart: sentences, question, quantities."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdd_cli.keypoints import asked, number_from_words, quantities, sentences, statement


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tom has 3 pens. He buys 2.", ["Tom has 3 pens.", "He buys 2."]),
        ("Mr. Lee sold 5 hats to Mrs. Roy. Why?", ["Mr. Lee sold 5 hats to Mrs. Roy.", "Why?"]),
        ("She left at 6 p.m. Monday evening.", ["She left at 6 p.m. Monday evening."]),
        ("She left at 6 p.m. Tom stayed.", ["She left at 6 p.m.", "Tom stayed."]),
        ("It costs $1.25. Buy it.", ["It costs $1.25.", "Buy it."]),
        ("J.T. has 4 cards. He lost 1.", ["J.T. has 4 cards.", "He lost 1."]),
        ("He has 7 left.How many were sold?", ["He has 7 left.", "How many were sold?"]),
        ('She said "Stop!" Then she left.', ['She said "Stop!"', "Then she left."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("problem", "core", "told"),
    [
        # a condition in front of the question is a fact
        (
            "A shop has 9 lamps. If it sells 4 of them, how many lamps are left?",
            "How many lamps are left?",
            ["A shop has 9 lamps.", "It sells 4 of them."],
        ),
        # ... and so is one behind it
        (
            "Find the boy's age, if his mother is 40 years old.",
            "Find the boy's age.",
            ["His mother is 40 years old."],
        ),
        # ... and one whose comma is forgotten
        (
            "If he owns 6 cats and 2 dogs what is the number of his pets?",
            "What is the number of his pets?",
            ["He owns 6 cats and 2 dogs."],
        ),
        # the story may go on after the question
        (
            "How many pens are red? There are 8 pens. Half are blue.",
            "How many pens are red?",
            ["There are 8 pens.", "Half are blue."],
        ),
        # an imperative asks without a question mark
        (
            "Ann has 3 apples. Ben has 5. Calculate the total number of apples.",
            "Calculate the total number of apples.",
            ["Ann has 3 apples.", "Ben has 5."],
        ),
        (
            "Rice costs $2. If Al buys 5 bags, calculate what he pays.",
            "Calculate what he pays.",
            ["Rice costs $2.", "Al buys 5 bags."],
        ),
        # two questions are one task
        (
            "A rope is 9 m long. How long is a third? How long is the rest?",
            "How long is a third? How long is the rest?",
            ["A rope is 9 m long."],
        ),
        # a preposition belongs to its question word
        (
            "A bus leaves at 8. It drives 3 hours. At what time does it arrive?",
            "At what time does it arrive?",
            ["A bus leaves at 8.", "It drives 3 hours."],
        ),
        # who wonders does not matter
        (
            "40 pens lie in 5 boxes. Mia wants to know how many pens are in each box?",
            "How many pens are in each box?",
            ["40 pens lie in 5 boxes."],
        ),
        # a time that the question needs stays with it
        (
            "Max is 3. When Max is 7, how old will Eva be?",
            "When Max is 7, how old will Eva be?",
            ["Max is 3."],
        ),
        # a condition with its own consequence is a whole sentence
        (
            "If she is late, she pays $5. She was late twice. How much did she pay?",
            "How much did she pay?",
            ["If she is late, she pays $5.", "She was late twice."],
        ),
        # a relative clause does not ask
        (
            "He has a car, which is 4 years old. How old will it be in 3 years?",
            "How old will it be in 3 years?",
            ["He has a car, which is 4 years old."],
        ),
    ],
)
def test_question_and_statements(problem: str, core: str, told: list[str]) -> None:
    parts = asked(problem)
    assert (parts.core, list(parts.statements)) == (core, told)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,200 men and 3.5 tons", [1200, Fraction(7, 2)]),
        ("$.75 each", [Fraction(3, 4)]),
        ("20% off", [20]),
        ("forty percent", [40]),
        ("twenty-four of three hundred and ninety-six", [24, 396]),
        ("five and nine pounds", [5, 9]),
        ("two and a half hours", [Fraction(5, 2)]),
        ("1 1/2 cups and 2/3 of it", [Fraction(3, 2), Fraction(2, 3)]),
        ("three-fifths are boys", [Fraction(3, 5)]),
        ("half as many", [Fraction(1, 2)]),
        ("a third have hats", [Fraction(1, 3)]),
        ("twice as many as a dozen", [2, 12]),
        ("every sixth day", [6]),
        ("$2 million", [2_000_000]),
        ("in the ratio 5:8", [5, 8]),
        ("a hundred and one", [101]),
        ("an apple a day", []),
    ],
)
def test_quantities(text: str, values: list[Fraction | int]) -> None:
    assert [quantity.value for quantity in quantities(text)] == values


def test_a_quantity_knows_its_place() -> None:
    text = "He paid $12 for 30% of it."
    found = quantities(text)
    assert [text[q.start : q.end] for q in found] == ["$12", "30%"]
    assert [q.kind for q in found] == ["money", "percent"]


ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


@given(st.integers(0, 999))
def test_number_words_come_back(value: int) -> None:
    names, tens = ONES.split(), TENS.split()
    hundred, rest = divmod(value, 100)
    words = [f"{names[hundred]} hundred"] if hundred else []
    if rest >= 20:
        words.append(tens[rest // 10 - 2] + (f"-{names[rest % 10]}" if rest % 10 else ""))
    elif rest or not hundred:
        words.append(names[rest])
    assert number_from_words(" and ".join(words)) == value


@given(st.text())
def test_any_text_has_statements_that_are_sentences(text: str) -> None:
    for part in asked(text).statements:
        assert part == part.strip()
        assert statement(part)
