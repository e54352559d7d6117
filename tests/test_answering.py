"""Which of a student's candidates counts, and what becomes of it."""

import pytest

from kpdd_cli.stages.answering import choose, elect
from kpdd_cli.students.formats import Draft

QUESTION = "Mia had 12 stamps. She has 3 cats. She gave 5 stamps away. How many are left?"
FACTS = ("Mia had 12 stamps.", "She gave 5 stamps away.")
RIGHT = "stamps = 12\ngiven = 5\nleft = stamps - given\nanswer = left"


def best(*rationales, mode="pot"):
    drafts = [Draft(QUESTION, "How many are left?", FACTS, text) for text in rationales]
    (answered,) = choose([drafts], mode)
    return answered


def test_the_likeliest_counts_where_nothing_speaks_against_it():
    other = "stamps = 12\ngiven = 5\nanswer = stamps + given"
    assert best(RIGHT, other).finding.value == "7"
    assert best(other, RIGHT).finding.value == "17"


@pytest.mark.parametrize(
    "doubtful",
    [
        "answer = 5 - 12",  # negative
        "answer = 12 / 5",  # a broken number of stamps
        "stamps = 12\ncats = 3\nanswer = stamps - cats",  # the key points leave cats out
        "answer = 12",  # ... and name 5
        "stamps = 12\ngiven = 5\nanswer = stamps",  # a quantity is read and not used
        "answer = stamps",  # no program
        "answer = (",
        "",
    ],
)
def test_a_plausible_candidate_is_preferred(doubtful):
    answered = best(doubtful, RIGHT)
    assert (answered.finding.value, answered.doubts) == ("7", ())


def test_what_comes_to_an_answer_is_preferred_to_what_does_not():
    answered = best("answer = 1 / 0", "answer = 5 - 12")
    assert answered.finding.value == "-7"
    assert answered.doubts


def test_where_none_comes_to_an_answer_the_likeliest_says_why():
    finding = best("answer = 1 / 0", "while True:\n    pass").finding
    assert (finding.status, finding.value) == ("error", None)
    assert "ZeroDivisionError" in finding.why


def test_an_answer_is_disputed_where_candidates_come_to_others():
    other = "stamps = 12\ngiven = 5\nanswer = stamps + given"
    assert best(RIGHT).share == 1
    assert best(RIGHT, other).share == pytest.approx(1 / 2)
    assert best(RIGHT, other, RIGHT, RIGHT).share == pytest.approx(3 / 4)
    assert best(RIGHT, other).is_disputed
    assert not best(RIGHT, RIGHT).is_disputed
    assert not best(RIGHT, "answer = 5 - 12", "answer = 1 / 0").is_disputed
    assert best("answer = 1 / 0").share == 1


def test_a_likely_candidate_is_preferred_and_speaks_against_others():
    other = RIGHT.replace("-", "+")
    drafts = [
        Draft(QUESTION, "How many are left?", FACTS, text, log_likelihood=likelihood)
        for text, likelihood in ((other, -9.0), (RIGHT, -1.0))
    ]
    (answered,) = choose([drafts], "pot")
    assert answered.finding.value == "7"
    assert 0.9 < answered.share < 1


def test_reasoning_is_read_and_doubted_by_its_answer():
    answered = best("5 - 12 = -7. The answer is -7.", "12 - 5 = 7. The answer is 7.", mode="cot")
    assert answered.finding.value == "7"
    assert best("I do not know.", mode="cot").finding.why == "the text states no answer"


def test_each_question_has_its_own_candidates():
    pairs = [[Draft("How many?", rationale=f"answer = {number}")] for number in range(300)]
    assert [one.finding.value for one in choose(pairs, "pot")] == [str(n) for n in range(300)]


def elected(*rationales):
    drafts = [Draft(QUESTION, "How many are left?", FACTS, text) for text in rationales]
    (answered,) = elect([drafts], "pot")
    return answered


def test_the_value_that_most_samples_compute_is_elected():
    other = "answer = 12 - 4"
    assert elected(other, "answer = 14 / 2", RIGHT).finding.value == "7"
    assert elected(other, RIGHT, "answer = 9 - 1").finding.value == "8"
    assert elected(RIGHT, other).finding.value == "7"  # as common: the earlier


def test_what_computes_nothing_has_no_vote():
    assert elected("answer = 1 / 0", "x =", "answer = 1 / 0", RIGHT).finding.value == "7"
    assert elected("answer = 1 / 0", "answer = 1 / 0").finding.status == "error"
