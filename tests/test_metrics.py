"""Scores: their denominators, their intervals, and key points against gold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdd_cli import metrics
from kpdd_cli.metrics import KeyPointPair


def test_what_cannot_be_told_is_counted_apart_and_never_wrong():
    score = metrics.score(
        ["correct", "correct", "wrong", "error", "error", "unsupported", "no_gold", "no_gold"]
    )
    assert (score.n, score.correct, score.accuracy) == (6, 2, 2 / 6)
    assert score.errors == {"error": 2, "wrong": 1}
    assert score.cannot_tell == {"unsupported": 1, "no_gold": 2}


def test_every_problem_is_in_one_count():
    statuses = ["correct", "wrong", "no_answer", "error", "timeout", "memory", "unsupported"]
    score = metrics.score(statuses)
    assert score.correct + sum(score.errors.values()) + sum(score.cannot_tell.values()) == 7


def test_no_problem_gives_no_accuracy_worth_the_name():
    score = metrics.score([])
    assert (score.n, score.accuracy, score.ci95) == (0, 0.0, (0.0, 1.0))


@pytest.mark.parametrize(
    ("correct", "n", "low", "high"),
    [
        # R: prop.test(x, n, correct = FALSE)$conf.int, which is Wilson's interval
        (81, 263, 0.2552672, 0.3662184),  # the example of Newcombe (1998), to four digits there
        (0, 20, 0.0, 0.1611252),
        (20, 20, 0.8388748, 1.0),
        (1, 29, 0.0061136, 0.1717550),
    ],
)
def test_the_wilson_interval(correct, n, low, high):
    assert metrics.wilson(correct, n) == pytest.approx((low, high), abs=1e-4)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(counts):
    correct, n = counts
    low, high = metrics.wilson(correct, n)
    assert 0 <= low <= correct / n <= high <= 1


def test_key_points_are_compared_without_case_spacing_and_final_stop():
    score = metrics.score_key_points(
        [
            KeyPointPair(
                "How many  eggs?", ["Tom has 3 eggs.", "x"], "how many eggs", ["tom has 3 eggs"]
            ),
            KeyPointPair("What?", ["a"], "How many?", ["a", "b", "c"]),
        ]
    )
    assert score == metrics.KeyPointScore(
        n=2,
        core_question_exact=0.5,
        information_precision=2 / 3,
        information_recall=2 / 4,
        information_f1=4 / 7,
        information_exact=0.0,
    )


def test_the_same_fact_twice_counts_once():
    score = metrics.score_key_points([KeyPointPair("q", ["a", "a"], "q", ["a"])])
    assert (score.information_precision, score.information_recall) == (0.5, 1.0)


def test_nothing_to_compare_has_no_score():
    assert metrics.score_key_points([]) is None
    score = metrics.score_key_points([KeyPointPair("q", [], "q", [])])
    assert (score.information_f1, score.information_exact) == (0.0, 1.0)


def test_other_tools_can_load_the_answer_metric_offline(monkeypatch, tmp_path):
    evaluate = pytest.importorskip("evaluate")
    import kpdd_cli.answer_metric

    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    metric = evaluate.load(kpdd_cli.answer_metric.__file__, cache_dir=str(tmp_path))
    found = metric.compute(predictions=["$1,080", "7", "9; 12"], references=["1080", "8", "9; 12"])
    assert found["accuracy"] == pytest.approx(2 / 3)
    assert (found["correct"], found["n"]) == (2, 3)
