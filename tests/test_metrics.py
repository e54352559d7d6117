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
        core_question_token_f1=0.5,
        information_precision=2 / 3,
        information_recall=2 / 4,
        information_f1=4 / 7,
        information_exact=0.0,
        information_token_f1=pytest.approx((2 * 4 / 9 + 2 * 1 / 4) / 2),
        facts_missing=2,
        facts_superfluous=1,
        wrong_answers=0,
        after_wrong_key_points=0,
    )


def test_the_same_fact_twice_counts_once():
    score = metrics.score_key_points([KeyPointPair("q", ["a", "a"], "q", ["a"])])
    assert (score.information_precision, score.information_recall) == (0.5, 1.0)


def test_nothing_to_compare_has_no_score():
    assert metrics.score_key_points([]) is None
    score = metrics.score_key_points([KeyPointPair("q", [], "q", [])])
    assert (score.information_f1, score.information_exact) == (0.0, 1.0)


def test_what_a_student_does_not_write_is_not_scored():
    gold = "How many eggs are left?", ["Tom has 3 eggs."]
    score = metrics.score_key_points([KeyPointPair(None, ["Tom has 3 eggs."], *gold, right=False)])
    assert (score.core_question_exact, score.information_exact) == (None, 1.0)
    assert (score.wrong_answers, score.after_wrong_key_points) == (1, 0)
    score = metrics.score_key_points([KeyPointPair("Who is Tom?", None, *gold, right=False)])
    assert (score.core_question_exact, score.information_f1, score.facts_missing) == (0, None, None)
    assert score.after_wrong_key_points == 1


@pytest.mark.parametrize(
    ("question", "information", "misled"),
    [
        ("How many eggs are left?", ["Tom has three eggs", "He eats 2."], False),  # other words
        ("How many eggs are left?", ["Tom has 3 eggs"], True),  # a fact is missing
        ("How many eggs are left?", ["Tom has 3 eggs, eats 2, and is 9"], True),  # one too many
        ("Who is Tom?", ["Tom has 3 eggs.", "He eats 2."], True),  # another question
    ],
)
def test_wrong_answers_that_began_with_wrong_key_points_are_counted(question, information, misled):
    gold = "How many eggs are left?", ["Tom has 3 eggs.", "He eats 2."]
    pair = KeyPointPair(question, information, *gold, right=False)
    score = metrics.score_key_points([pair, KeyPointPair(question, [], *gold, right=True)])
    assert (score.wrong_answers, score.after_wrong_key_points) == (1, int(misled))


@pytest.mark.parametrize(
    ("ours", "theirs", "p"),
    [
        # R: binom.test(min(b, c), b + c)$p.value
        (0, 0, 1.0),
        (5, 5, 1.0),
        (1, 9, 0.021484375),
        (15, 4, 0.0192108154296875),
        (0, 5, 0.0625),
    ],
)
def test_mcnemars_exact_test(ours, theirs, p):
    assert metrics.mcnemar(ours, theirs) == pytest.approx(p)
    assert metrics.mcnemar(theirs, ours) == pytest.approx(p)


def test_mcnemar_takes_thousands_of_disagreements():
    assert 0 < metrics.mcnemar(1000, 1300) < 1e-9


def test_a_difference_is_paired():
    pairs = [(True, True)] * 50 + [(True, False)] * 20 + [(False, True)] * 5 + [(False, False)] * 25
    one = metrics.difference(pairs)
    assert (one.n, one.both, one.only_student, one.only_baseline, one.neither) == (
        100, 50, 20, 5, 25,
    )  # fmt: skip
    assert one.difference == pytest.approx(0.15)
    low, high = one.ci95
    # The normal approximation: 0.15 ± 1.96 · sqrt((0.25 − 0.15²) / 100)
    assert (low, high) == (pytest.approx(0.0565, abs=0.015), pytest.approx(0.2435, abs=0.015))
    assert metrics.difference(pairs) == one  # the bootstrap has a seed


def test_a_difference_over_seeds_resamples_problems_with_all_their_seeds():
    """Two seeds that always agree tell as much as one."""
    once = [1] * 20 + [-1] * 5 + [0] * 75
    one = metrics.repeated_difference(once, 1)
    twice = metrics.repeated_difference([2 * problem for problem in once], 2)
    assert (one.n, one.difference) == (100, pytest.approx(0.15))
    assert (twice.difference, twice.ci95) == (one.difference, one.ci95)
    pairs = [(True, False)] * 20 + [(False, True)] * 5 + [(True, True)] * 75
    assert metrics.difference(pairs).ci95 == one.ci95
    apart = metrics.repeated_difference([1] * 40 + [-1] * 10 + [0] * 50, 2)  # never both seeds
    assert apart.difference == one.difference
    assert apart.ci95[1] - apart.ci95[0] < one.ci95[1] - one.ci95[0]


def test_differences_over_seeds_average_the_sets():
    macro = metrics.macro_repeated_difference([[2] * 10, [-2] * 40], 2)
    assert (macro.sets, macro.difference, macro.ci95) == (2, 0.0, (0.0, 0.0))
    assert metrics.macro_repeated_difference([[2] * 10], 2) is None
    assert metrics.macro_repeated_difference([[2], []], 2) is None


def test_the_macro_average_counts_each_set_once():
    macro = metrics.macro([(10, 10), (0, 1000)])
    assert (macro.sets, macro.accuracy) == (2, 0.5)
    assert metrics.macro([(10, 10)]) is None
    mean = metrics.macro([(50, 100), (20, 40)])
    assert mean.ci95[0] < 0.5 < mean.ci95[1]


def test_macro_differences_average_the_sets():
    sets = [metrics.difference([(True, False)] * 10), metrics.difference([(False, True)] * 40)]
    macro = metrics.macro_difference(sets)
    assert (macro.difference, macro.ci95) == (0.0, (0.0, 0.0))


def test_pass_at_k_is_the_mean_over_all_choices_of_k_samples():
    from itertools import combinations

    for samples, correct, k in [(5, 2, 3), (4, 1, 1), (8, 8, 2), (6, 0, 4), (3, 2, 3)]:
        flags = [True] * correct + [False] * (samples - correct)
        drawn = [any(some) for some in combinations(flags, k)]
        assert metrics.pass_at(k, samples, correct) == pytest.approx(sum(drawn) / len(drawn))


def test_the_majority_of_samples_answers():
    right, wrong, none = ("18", True), ("26", False), (None, False)
    score = metrics.score_samples(
        [
            [wrong, right, right, none],
            [right, wrong, none, none],  # equally common: the first
            [none, none, none, right],  # no answer has no vote
            [none, none, none, none],
        ]
    )
    assert (score.n, score.samples) == (4, 4)
    assert score.maj_at == {1: 0.25, 2: 0.25, 4: 0.75}
    assert score.pass_at == {
        1: pytest.approx(4 / 16), 2: pytest.approx((5 / 6 + 1 / 2 + 1 / 2) / 4), 4: 0.75
    }  # fmt: skip


def test_other_tools_can_load_the_answer_metric_offline(monkeypatch, tmp_path):
    evaluate = pytest.importorskip("evaluate")
    import kpdd_cli.answer_metric

    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    metric = evaluate.load(kpdd_cli.answer_metric.__file__, cache_dir=str(tmp_path))
    found = metric.compute(predictions=["$1,080", "7", "9; 12"], references=["1080", "8", "9; 12"])
    assert found["accuracy"] == pytest.approx(2 / 3)
    assert (found["correct"], found["n"]) == (2, 3)
