"""Problems of measures, told again with fractions for the training of the embedded student."""

import importlib
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from kpdd_cli import answers
from kpdd_cli.teachers.gold.expressions import evaluate, parse

RECIPES = Path(__file__).resolve().parents[1] / "recipes"


@pytest.fixture
def told(monkeypatch):
    monkeypatch.syspath_prepend(RECIPES)
    in_fractions = importlib.import_module("in_fractions")

    def told(question, *equations, seed=0):
        solution = "\n".join(f"<<{equation}>>" for equation in equations)
        row = {"id": "1", "question": question, "solution": solution, "answer": "0"}
        return in_fractions.told_in_fractions(row, Random(seed))

    return told


@pytest.mark.parametrize("seed", range(30))
def test_amounts_become_fractions_and_the_equation_still_holds(told, seed):
    question = "Ida walks 3 km, rests 20 minutes and walks 5 km more. Both ways 4 times: how far?"
    row = told(question, "3+5=8", "8*4=32", seed=seed)
    left, _, right = row["solution"].strip("<>").rpartition("=")
    assert evaluate(parse(left)) == evaluate(parse(right)) == Fraction(row["answer"])
    assert answers.matches(row["answer"], right)
    assert "rests 20 minutes" in row["question"]
    assert "4 times" in row["question"]
    assert row["question"].count("/") == 2
    assert left.count("/") == 2


def test_the_order_of_the_amounts_stays(told):
    for seed in range(50):
        row = told("A rope of 9 m is cut to 4 m. How much is cut off?", "9-4=5", seed=seed)
        assert Fraction(row["answer"]) > 0


def test_a_fraction_divides_as_a_whole(told):
    row = told("A can holds 2 litres. How many cans do 8 litres fill?", "8/2=4")
    assert row["solution"].count("(") >= 2


@pytest.mark.parametrize(
    ("question", "equations"),
    [
        ("Mia has 3 pens and 4 pencils. How many is that?", ["3+4=7"]),  # counted
        ("Mia runs 3 km and 3 km. How far?", ["3+3=6"]),  # which 3?
        ("Mia runs 2 km, twice. How far?", ["2*2=4"]),
        ("Mia runs 3 km in the morning and 4 at night. How far?", ["3+4=7"]),  # 4 what?
        ("Mia runs 3 km. How many metres is that?", ["3*1000=3000"]),  # not told
        ("Mia cuts 3 m of tape into pieces of 2 m. How many?", ["floor(3/2)=1"]),
        ("Mia runs 3 km, rests 4 minutes, then 5. How many minutes?", ["4+5=9"]),  # not asked
    ],
)
def test_what_does_not_go_is_left(told, question, equations):
    assert told(question, *equations) is None
