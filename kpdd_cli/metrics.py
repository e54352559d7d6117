"""Scores: how often a student is right, how sure that is, and how good its key points are.

What is random (the bootstrap) draws from a fixed seed, so that the same verdicts give the same
figures to the last digit.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from kpdd_cli.keypoints import quantities
from kpdd_cli.records import Status

# The row or the interpreter, not the student, is why these cannot be told.
CANNOT_TELL: tuple[Status, ...] = ("unsupported", "no_gold")

RESAMPLES = 10_000


@dataclass(frozen=True, slots=True)
class Score:
    """Answers. ``n`` is every problem with a gold answer: the denominator of ``accuracy``.

    ``errors`` counts the wrong ones by status. ``cannot_tell`` counts apart what could not be
    judged: of these, ``unsupported`` programs are in ``n`` (and not in ``correct``, so that
    ``accuracy`` is what is known to be right), ``no_gold`` rows are not. ``ci95`` is the Wilson
    interval of ``accuracy``.
    """

    n: int
    correct: int
    accuracy: float
    ci95: tuple[float, float]
    errors: dict[str, int]
    cannot_tell: dict[str, int]


@dataclass(frozen=True, slots=True)
class KeyPointScore:
    """Key points against gold ones, over the ``n`` problems that have them.

    Texts are compared without case, spacing and final punctuation. Precision and recall count
    facts over all problems; ``information_exact`` is the share with all facts right and no other.
    The two ``token_f1`` are means over the problems: how many words are shared, whatever their
    order. ``facts_missing`` and ``facts_superfluous`` count facts. ``wrong_answers`` counts the
    wrong answers, and ``after_wrong_key_points`` those of them whose key points were wrong already
    (see :func:`misleading`). What the student does not write (a pipeline without core question, or
    without information) is None.
    """

    n: int
    core_question_exact: float | None
    core_question_token_f1: float | None
    information_precision: float | None
    information_recall: float | None
    information_f1: float | None
    information_exact: float | None
    information_token_f1: float | None
    facts_missing: int | None
    facts_superfluous: int | None
    wrong_answers: int
    after_wrong_key_points: int


def score(statuses: Iterable[Status]) -> Score:
    """The score of verdicts."""
    counts = Counter(statuses)
    cannot_tell: dict[str, int] = {
        status: counts.pop(status) for status in CANNOT_TELL if counts[status]
    }
    correct = counts.pop("correct", 0)
    n = correct + counts.total() + cannot_tell.get("unsupported", 0)
    return Score(
        n=n,
        correct=correct,
        accuracy=correct / n if n else 0.0,
        ci95=wilson(correct, n),
        errors={status: count for status, count in counts.most_common() if count},
        cannot_tell=cannot_tell,
    )


def wilson(correct: int, n: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of a share (E. B. Wilson, 1927); (0, 1) where n is 0."""
    if n == 0:
        return 0.0, 1.0
    z = 1.959963984540054  # the 97.5 % point of the normal distribution
    share = correct / n
    middle = share + z * z / (2 * n)
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = (middle - spread) / scale if correct else 0.0
    high = (middle + spread) / scale if correct < n else 1.0
    return low, high


@dataclass(frozen=True, slots=True)
class Macro:
    """The mean of the accuracies of several sets, each set counting once, as papers print it.

    ``ci95`` is a bootstrap over problems, drawn within each set.
    """

    sets: int
    accuracy: float
    ci95: tuple[float, float]


def macro(counts: Sequence[tuple[int, int]]) -> Macro | None:
    """The macro average of sets of (correct, n); None unless there are two sets with problems."""
    import numpy as np

    if len(counts) < 2 or not all(n for _, n in counts):
        return None
    rng = np.random.default_rng(0)
    draws = [rng.binomial(n, correct / n, RESAMPLES) / n for correct, n in counts]
    accuracy = fmean(correct / n for correct, n in counts)
    return Macro(len(counts), accuracy, _percentiles(np.mean(draws, axis=0)))


@dataclass(frozen=True, slots=True)
class Difference:
    """One student against another on the same ``n`` problems; ``difference`` is of accuracies.

    ``ci95`` is a paired bootstrap over problems; ``p`` is McNemar's exact two-sided test of the
    problems that one of them alone got right.
    """

    n: int
    both: int
    only_student: int
    only_baseline: int
    neither: int
    difference: float
    ci95: tuple[float, float]
    p: float


def difference(pairs: Iterable[tuple[bool, bool]]) -> Difference:
    """The paired difference over problems, each (student right, baseline right)."""
    counts = Counter(pairs)
    n, ours, theirs = counts.total(), counts[True, False], counts[False, True]
    return Difference(
        n=n,
        both=counts[True, True],
        only_student=ours,
        only_baseline=theirs,
        neither=counts[False, False],
        difference=(ours - theirs) / n if n else 0.0,
        ci95=_percentiles(_resampled(ours, theirs, n)) if n else (-1.0, 1.0),
        p=mcnemar(ours, theirs),
    )


@dataclass(frozen=True, slots=True)
class RepeatedDifference:
    """One setting against another, each trained with ``seeds`` seeds, on the same ``n`` problems.

    ``ci95`` is a bootstrap over problems, each with the answers of all seeds. How far another
    seed would be from these is not in it.
    """

    n: int
    seeds: int
    difference: float
    ci95: tuple[float, float]


def repeated_difference(problems: Sequence[int], seeds: int) -> RepeatedDifference:
    """The paired difference over problems: how many seeds more got each right than in the other."""
    n = len(problems)
    return RepeatedDifference(
        n=n,
        seeds=seeds,
        difference=sum(problems) / (n * seeds) if n else 0.0,
        ci95=_percentiles(_drawn(Counter(problems)) / seeds) if n else (-1.0, 1.0),
    )


def macro_repeated_difference(sets: Sequence[Sequence[int]], seeds: int) -> MacroDifference | None:
    """The macro average of such differences; None unless there are two sets with problems."""
    import numpy as np

    if len(sets) < 2 or not all(sets):
        return None
    draws = [_drawn(Counter(problems)) / seeds for problems in sets]
    mean = fmean(sum(problems) / (len(problems) * seeds) for problems in sets)
    return MacroDifference(len(sets), mean, _percentiles(np.mean(draws, axis=0)))


@dataclass(frozen=True, slots=True)
class MacroDifference:
    """The mean of the differences of several sets; ``ci95`` as in :class:`Macro`."""

    sets: int
    difference: float
    ci95: tuple[float, float]


def macro_difference(sets: Sequence[Difference]) -> MacroDifference | None:
    """The macro average of differences; None unless there are two sets with problems."""
    import numpy as np

    if len(sets) < 2 or not all(one.n for one in sets):
        return None
    draws = [_resampled(one.only_student, one.only_baseline, one.n) for one in sets]
    mean = fmean(one.difference for one in sets)
    return MacroDifference(len(sets), mean, _percentiles(np.mean(draws, axis=0)))


def mcnemar(ours: int, theirs: int) -> float:
    """McNemar's exact two-sided p: how odd a split of so many disagreements is, were it even."""
    disagreements = ours + theirs
    tail = sum(math.comb(disagreements, k) for k in range(min(ours, theirs) + 1))
    return float(min(1.0, 2 * tail / 2**disagreements))


def _resampled(ours: int, theirs: int, n: int) -> Any:
    """Differences of ``RESAMPLES`` samples of ``n`` problems, drawn with replacement."""
    return _drawn(Counter({1: ours, -1: theirs, 0: n - ours - theirs}))


def _drawn(counts: Counter[int]) -> Any:
    """The means of ``RESAMPLES`` samples, drawn with replacement from values so often met."""
    import numpy as np

    # Of a problem only its value counts, so a resample is a count of each value.
    values, n = sorted(counts), counts.total()
    met = [counts[value] for value in values]
    drawn = np.random.default_rng(met).multinomial(n, [one / n for one in met], RESAMPLES)
    return drawn @ np.array(values) / n


def _percentiles(values: Any) -> tuple[float, float]:
    import numpy as np

    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


# --- several samples a problem ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SampleScore:
    """What several samples a problem are worth, over the ``n`` problems with a gold answer.

    ``pass_at[k]`` is the chance that one of ``k`` samples is right: the unbiased estimate from all
    samples (Chen et al. 2021, arXiv 2107.03374). ``maj_at[k]`` is how often the commonest answer
    of the first ``k`` samples is right; of answers equally common the one given first counts.
    """

    n: int
    samples: int
    pass_at: dict[int, float]
    maj_at: dict[int, float]


def score_samples(problems: Sequence[Sequence[tuple[Hashable, bool]]]) -> SampleScore | None:
    """The score of samples, each (answer, right); an answer of None never has the majority.

    Every problem has as many samples. None without any.
    """
    if not problems or not problems[0]:
        return None
    samples = len(problems[0])
    sizes = [2**power for power in range(samples.bit_length()) if 2**power < samples] + [samples]
    return SampleScore(
        n=len(problems),
        samples=samples,
        pass_at={
            k: fmean(pass_at(k, samples, sum(right for _, right in one)) for one in problems)
            for k in sizes
        },
        maj_at={k: fmean(_majority(one[:k]) for one in problems) for k in sizes},
    )


def pass_at(k: int, samples: int, correct: int) -> float:
    """The chance that ``k`` of ``samples`` samples, of which ``correct`` are right, hold one."""
    return 1 - math.comb(samples - correct, k) / math.comb(samples, k)


def _majority(samples: Sequence[tuple[Hashable, bool]]) -> bool:
    votes = Counter(answer for answer, _ in samples if answer is not None)
    if not votes:
        return False
    winner = votes.most_common(1)[0][0]  # equal counts come in the order of their first vote
    return next(right for answer, right in samples if answer == winner)


# --- key points -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KeyPointPair:
    """What a student extracted (None: it does not write that), and gold.

    ``right``: whether its answer was right (None: cannot be told).
    """

    core_question: str | None
    information: Sequence[str] | None
    gold_core_question: str
    gold_information: Sequence[str]
    right: bool | None = None


def score_key_points(pairs: Iterable[KeyPointPair]) -> KeyPointScore | None:
    """The score of extracted key points; None without any to compare."""
    pairs = list(pairs)
    if not pairs:
        return None
    wrong = [pair for pair in pairs if pair.right is False]
    questions = [
        (pair.core_question, pair.gold_core_question)
        for pair in pairs
        if pair.core_question is not None
    ]
    facts = [
        (pair.information, pair.gold_information) for pair in pairs if pair.information is not None
    ]
    counts = [(Counter(map(_plain, found)), Counter(map(_plain, gold))) for found, gold in facts]
    shared = sum((found & gold).total() for found, gold in counts)
    written = sum(found.total() for found, _ in counts)
    wanted = sum(gold.total() for _, gold in counts)
    return KeyPointScore(
        n=len(pairs),
        core_question_exact=_mean(_plain(found) == _plain(gold) for found, gold in questions),
        core_question_token_f1=_mean(token_f1(*pair) for pair in questions),
        information_precision=_share(shared, written) if facts else None,
        information_recall=_share(shared, wanted) if facts else None,
        information_f1=_share(2 * shared, written + wanted) if facts else None,
        information_exact=_mean(found == gold for found, gold in counts),
        information_token_f1=_mean(token_f1(" ".join(a), " ".join(b)) for a, b in facts),
        facts_missing=wanted - shared if facts else None,
        facts_superfluous=written - shared if facts else None,
        wrong_answers=len(wrong),
        after_wrong_key_points=sum(map(misleading, wrong)),
    )


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return sum(found) / len(found) if found else None


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def misleading(pair: KeyPointPair) -> bool:
    """Whether key points were wrong in a way that can mislead, other wording aside.

    They are if the information names other quantities than gold's, or if the core question shares
    less than half of its words with gold's (token F1 below 0.5).
    """
    if pair.information is not None:
        named = Counter(one.value for one in quantities(" ".join(pair.information)))
        if named != Counter(one.value for one in quantities(" ".join(pair.gold_information))):
            return True
    question = pair.core_question
    return question is not None and token_f1(question, pair.gold_core_question) < 0.5


def token_f1(text: str, gold: str) -> float:
    """The harmonic mean of precision and recall of words, as SQuAD has it; 1.0 for two empty."""
    found, wanted = Counter(_tokens(text)), Counter(_tokens(gold))
    if not found and not wanted:
        return 1.0
    return 2 * (found & wanted).total() / (found.total() + wanted.total())


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+(?:[.,]\d+)*", text.casefold())


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".?! ")
