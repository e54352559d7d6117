"""The synthetic problems: told and solved alike, the same from the same seed, splits apart."""

import re
from fractions import Fraction
from itertools import islice
from random import Random

import pytest

from kpdd_cli.benchmarks import synthetic
from kpdd_cli.benchmarks.synthetic import words
from kpdd_cli.benchmarks.synthetic.grammar import Composition
from kpdd_cli.benchmarks.synthetic.mixtures import mixture
from kpdd_cli.benchmarks.synthetic.pieces import MIXTURES, UNSEEN_WORLD, WORLDS
from kpdd_cli.errors import UsageError

SPLITS = ("train", "dev", "test")
MARK = re.compile(r"<<([^=>]+)=([^>]+)>>")


@pytest.fixture(scope="module")
def rows():
    return {split: list(synthetic.problems(split, 0, 1500)) for split in SPLITS}


def test_the_same_seed_gives_the_same_problems():
    assert list(synthetic.problems("dev", 3, 50)) == list(synthetic.problems("dev", 3, 50))


def test_another_seed_gives_other_problems():
    questions = [
        {row["question"] for row in synthetic.problems("dev", seed, 50)} for seed in (0, 1)
    ]
    assert not questions[0] & questions[1]


def test_a_longer_run_begins_like_a_shorter_one():
    assert list(synthetic.problems("train", 0, 20)) == list(
        islice(synthetic.problems("train", 0, 40), 20)
    )


def test_without_a_limit_a_split_has_its_size():
    assert sum(1 for _ in synthetic.problems("test", 0)) == synthetic.SIZES["test"]


def test_an_unknown_split_is_refused():
    with pytest.raises(UsageError, match="dev"):
        next(synthetic.problems("valid", 0, 1))


def test_ids_and_questions_are_unique(rows):
    for split in SPLITS:
        assert len({row["id"] for row in rows[split]}) == 1500
        assert len({row["question"] for row in rows[split]}) == 1500


@pytest.mark.parametrize("split", SPLITS)
def test_every_mark_computes_what_it_says(rows, split):
    for row in rows[split]:
        for expression, result in MARK.findall(row["solution"]):
            assert _from_the_left(expression) == Fraction(result), row


@pytest.mark.parametrize("split", SPLITS)
def test_the_last_step_computes_the_answer(rows, split):
    for row in rows[split]:
        assert MARK.findall(row["solution"].splitlines()[-1])[-1][1] == row["answer"]


@pytest.mark.parametrize("split", SPLITS)
def test_there_are_one_to_four_steps_each_marked_once(rows, split):
    for row in rows[split]:
        steps = row["solution"].splitlines()
        assert 1 <= len(steps) <= 4
        assert all(len(MARK.findall(step)) == 1 for step in steps)


@pytest.mark.parametrize("split", SPLITS)
def test_no_answer_is_negative_and_only_money_has_cents(rows, split):
    for row in rows[split]:
        value = Fraction(row["answer"])
        assert value > 0
        assert value.denominator == 1 or "$" in row["solution"].splitlines()[-1], row


@pytest.mark.parametrize("split", SPLITS)
def test_no_placeholder_is_left_open(rows, split):
    for row in rows[split]:
        assert not re.search(r"[{}|]", row["question"] + row["solution"]), row


@pytest.mark.parametrize("split", SPLITS)
def test_sentences_begin_with_a_capital_and_end_in_one_stop(rows, split):
    for row in rows[split]:
        question = row["question"]
        assert question[-1] in "?."
        assert not re.search(r"  |\.\.|[.?] [a-z]|^[a-z]| [.,?]", question), question


@pytest.mark.parametrize("split", SPLITS)
def test_each_number_of_a_step_comes_from_the_question_or_a_step(rows, split):
    constants = {"1", "2", "3", "4", "7", "12", "24", "25", "60", "100"}
    for row in rows[split]:
        known = constants | set(re.findall(r"\d+(?:\.\d+)?", _in_digits(row["question"])))
        for expression, result in MARK.findall(row["solution"]):
            for number in re.findall(r"\d+(?:\.\d+)?", expression):
                assert number in known or f"{number}0" in known, (number, row)
            known.add(result)


def test_the_splits_share_no_name():
    random = Random(0)
    met = {split: {words.person(random, split).name for _ in range(2000)} for split in SPLITS}
    assert not met["train"] & met["dev"]
    assert not met["train"] & met["test"]
    assert not met["dev"] & met["test"]


def test_a_long_sequence_of_pieces_belongs_to_one_split_in_every_world():
    random = Random(0)
    met = {split: [synthetic.composition(random, split) for _ in range(1500)] for split in SPLITS}
    sequences = {
        split: {
            tuple(p.name for p in found.pieces) for found in met[split] if len(found.pieces) > 2
        }
        for split in SPLITS
    }
    assert not sequences["train"] & sequences["dev"]
    assert not sequences["train"] & sequences["test"]


def test_training_meets_every_piece():
    random = Random(0)
    met = {
        piece.name for _ in range(20_000) for piece in synthetic.composition(random, "train").pieces
    }
    every = {
        piece.name
        for world, _ in WORLDS
        for piece in (*world.openings, *world.changes, *world.closings, *world.wholes)
    }
    mixtures = {name for name in met if name.startswith("mixture of ")}
    assert met - mixtures == every
    assert len(mixtures) == 9


def test_most_mixtures_tell_more_than_the_question_needs():
    random = Random(0)
    told = unneeded = 0
    for _ in range(600):
        pieces = Composition(MIXTURES, (mixture(random),))
        if (problem := synthetic._problem(pieces, "train", random)) is None:
            continue
        question, solution, answer = problem
        used = {number for marked, _ in MARK.findall(solution) for number in _numbers(marked)}
        told += 1
        unneeded += bool(set(_numbers(_in_digits(question))) - used)
        assert MARK.findall(solution)[-1][1] == answer
        assert not re.search(r"[{}|\[\]]", question + solution), problem
    assert told > 570  # the others found no natural numbers
    assert unneeded / told > 0.7


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", text)


@pytest.mark.parametrize(
    ("noun", "plural"),
    [("box", "boxes"), ("pony|ponies", "ponies"), ("toy|toys", "toys"), ("cherry", "cherries")],
)
def test_plurals(noun, plural):
    assert words.forms(noun)[1] == plural


def _from_the_left(expression: str) -> Fraction:
    first, *rest = re.findall(r"[\d.]+|[-+*/]", expression)
    value = Fraction(first)
    for operator, number in zip(rest[::2], rest[1::2], strict=True):
        operand = Fraction(number)
        match operator:
            case "+":
                value += operand
            case "-":
                value -= operand
            case "*":
                value *= operand
            case "/":
                value /= operand
    return value


def _in_digits(text: str) -> str:
    for number in range(12, 1, -1):
        text = re.sub(rf"\b{words.in_words(number)}\b", str(number), text, flags=re.IGNORECASE)
    return text.replace(",", "")


def test_the_unseen_splits_are_of_kinds_that_no_other_split_tells():
    told = {piece.name for world, _ in WORLDS for piece in world.wholes}
    assert not told & {piece.name for piece in UNSEEN_WORLD.wholes}
    train, test = (
        list(synthetic.problems(split, limit=200)) for split in ("unseen-train", "unseen-test")
    )
    assert train == list(synthetic.problems("unseen-train", limit=200))
    assert not {row["question"] for row in train} & {row["question"] for row in test}
