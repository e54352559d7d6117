"""Scores: how often a student is right, how sure that is, and how good its key points are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kpdd_cli.records import Status

# The row or the interpreter, not the student, is why these cannot be told.
CANNOT_TELL: tuple[Status, ...] = ("unsupported", "no_gold")


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
    """Key points against gold ones, over the ``n`` problems that have them; all but ``n`` shares.

    Texts are compared without case, spacing and final punctuation. Precision and recall count
    facts over all problems; ``information_exact`` is the share with all facts right and no other.
    """

    n: int
    core_question_exact: float
    information_precision: float
    information_recall: float
    information_f1: float
    information_exact: float


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
class KeyPointPair:
    """What a student extracted, and gold."""

    core_question: str
    information: Sequence[str]
    gold_core_question: str
    gold_information: Sequence[str]


def score_key_points(pairs: Iterable[KeyPointPair]) -> KeyPointScore | None:
    """The score of extracted key points; None without any to compare."""
    n = questions = exact = shared = written = wanted = 0
    for pair in pairs:
        n += 1
        questions += _plain(pair.core_question) == _plain(pair.gold_core_question)
        found = Counter(map(_plain, pair.information))
        gold = Counter(map(_plain, pair.gold_information))
        exact += found == gold
        shared += (found & gold).total()
        written += found.total()
        wanted += gold.total()
    if n == 0:
        return None
    return KeyPointScore(
        n=n,
        core_question_exact=questions / n,
        information_precision=shared / written if written else 0.0,
        information_recall=shared / wanted if wanted else 0.0,
        information_f1=2 * shared / (written + wanted) if written + wanted else 0.0,
        information_exact=exact / n,
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".?! ")
