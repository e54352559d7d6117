"""What speaks against a solution; and that nothing speaks against right ones."""

import pytest

from kpdd_cli.plausibility import WEIGHTS, cost, signs


def _doubts(*arguments):
    return [sign.doubt for sign in signs(*arguments) if sign.doubt]


@pytest.mark.parametrize(
    ("question", "information", "program", "value"),
    [
        ("A pen costs $3.50. How much do 2 pens cost?", None, "answer = 2 * 3.5", "7"),
        ("He ate 20% of 50. How many are left?", ["20% of 50"], "answer = 50 * 0.8", "40"),
        (
            "He ate 20% of 50. How many are left?",
            ["20% of 50"],
            "answer = 50 - 50 * 20 / 100",
            "40",
        ),
        ("He had twice as many as 8. How many?", ["twice as many as 8"], "answer = 8 * 2", "16"),
        ("Half of 8, then twice that?", ["Half of 8", "twice that"], "answer = 8 / 2 * 2", "8"),
        ("She ate 3/4 of 8.", ["She ate 3/4 of 8."], "eaten = 8 * 3 / 4\nanswer = eaten", "6"),
        ("A couple of dozen eggs", ["A couple of dozen eggs"], "answer = 12 * 2", "24"),
        ("She has one dog and 3 cats. How many cats?", ["3 cats"], "answer = 3", "3"),
        ("3 cakes for 2 children: how much does each get?", None, "answer = 3 / 2", "1.5"),
        ("Add twelve and 1,200.", ["twelve", "1,200"], "a = 12\nb = 1200\nanswer = a + b", "1212"),
        ("8 cats and 3 dogs. How many cats?", ["8 cats and 3 dogs."], "answer = 8", "8"),
        ("What is 2 + 2?", None, "return 2 + 2", "4"),
        ("Who is older, Mia (12) or Leo (9)?", None, None, "Mia"),
    ],
)
def test_nothing_speaks_against(question, information, program, value):
    assert _doubts(question, None, information, program, value) == []


@pytest.mark.parametrize(
    ("information", "program", "value", "why"),
    [
        (None, "answer = 3 - 8", "-5", "negative"),
        (None, "answer = 8 * 3 * 4", "96", "far more"),
        (None, "answer = 8 * 3 * 0", "0", "zero"),
        (None, "answer = 8 / 3", "2.6666666666666665", "no whole number"),
        (None, "answer = 8 / 3", "8/3", "no whole number"),
        (["8 cats"], "answer = 8 + 3", "11", "leave out"),
        (["8 cats", "3 dogs"], "answer = 8", "8", "leaves out 3"),
        (None, "cats = 8\ndogs = 3\nanswer = cats", "8", "never uses dogs"),
        (["8 cats", "3 dogs", "half of them sleep"], "answer = 8 + 3", "11", "leaves out half"),
        (["8 cats", "3 dogs, half asleep"], "answer = 8 / 2 * 3 / 2", "6", "half more than once"),
    ],
)
def test_what_speaks_against_is_said(information, program, value, why):
    question = "Mia has 8 cats and 3 dogs. How many pets has she?"
    (said,) = _doubts(question, "How many pets has she?", information, program, value)
    assert why in said


@pytest.mark.parametrize(
    ("program", "kinds"),
    [
        ("answer = 48 / 6", "exact spare"),
        ("answer = 48 / 5", "uneven spare"),
        ("answer = 48.30 / 6", "exact spare spare"),
        ("answer = 48.3 / 9", "uneven spare spare spare"),
        ("pies = 48 / 6\nanswer = pies - 5", "exact"),
        ("answer = 48", "spare spare"),
        ("answer = 48 / 0", ""),
        ("answer = max(48, 6)", ""),
        ("answer = (", ""),
    ],
)
def test_the_arithmetic_is_looked_at(program, kinds):
    question = "Pies are cut into 6 pieces, and that makes 48; 5 are eaten. How much is that?"
    found = [sign.kind for sign in signs(question, None, None, program, "7")]
    assert sorted(found) == sorted(kinds.split())
    assert cost(signs(question, None, None, program, "7")) == sum(WEIGHTS[kind] for kind in found)


@pytest.mark.parametrize(
    ("program", "kinds"),
    [
        ("answer = 3 / 4 + (2 + 1 / 2)", ""),
        ("answer = (2 + 1 / 2) / 3", "uneven"),
        ("answer = 3 / 2", "uneven"),
    ],
)
def test_a_fraction_of_the_problem_is_no_division(program, kinds):
    question = "Ana walks 3/4 of a mile, and then 2 1/2 miles. How far is that?"
    found = [sign.kind for sign in signs(question, None, None, program, "7")]
    assert sorted(found) == sorted(kinds.split())
