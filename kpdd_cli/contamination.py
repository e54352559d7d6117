"""Whether a text repeats a held-out question: training data checked against test sets. Pure.

Texts are compared as words: case, accents' encoding, punctuation and apostrophes aside, and every
number, in digits or in words, counts as the same one, because a test question with other numbers is
still that test question. A text is *contaminated* by a held-out question if one of these holds:

* its words are the same;
* they share :data:`LONG_RUN` = 13 words in a row (the rule of GPT-3, Brown et al. 2020);
* they share at least :data:`SHARE` = half of the runs of :data:`SHORT_RUN` = 8 words that the
  shorter of the two has (PaLM, Chowdhery et al. 2022, asks for 70 % of the 8-grams).

A single shared run of 8 words is mostly a stock phrase ("how much money does she have left"): it is
reported as an overlap, not as contamination. What is not found: a question told in other words, in
another language, or with a name or noun changed every few words; a text of fewer than 8 words
unless it is the same; a script that puts no space between words unless the text is the same.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

LONG_RUN = 13
SHORT_RUN = 8
SHARE = 0.5


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A held-out text: where it comes from (``gsm8k:test``), its id there."""

    source: str
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """What a text shares with the held-out text nearest to it; ``share`` is that of 8-word runs."""

    held_out: HeldOut
    same: bool
    long_run: bool
    share: float

    @property
    def contaminated(self) -> bool:
        """Whether one of the three rules holds."""
        return self.same or self.long_run or self.share >= SHARE

    @property
    def how(self) -> str:
        """One line for people: which rule, and which held-out text."""
        found = (
            "the same words as"
            if self.same
            else f"{LONG_RUN} words in a row of"
            if self.long_run
            else f"{self.share:.0%} of the {SHORT_RUN}-word runs of"
        )
        return f"{found} {self.held_out.source}, problem {self.held_out.id}"


class HeldOutSet:
    """Held-out texts, indexed by their runs of words: a look-up costs what the text asked for does.

    ``digest`` tells sets of other words apart; the order of the texts does not matter to it.
    """

    def __init__(self, texts: Iterable[HeldOut]) -> None:
        self._texts: list[HeldOut] = []
        self._lengths = array("l")  # number of the text -> its different runs of 8 words
        self._same: dict[int, int] = {}  # hash of all words -> number of the text
        self._runs: dict[int, list[int]] = {}  # hash of 8 words -> numbers of the texts
        contents = 0
        for number, held_out in enumerate(texts):
            self._texts.append(held_out)
            found = words(held_out.text)
            self._same.setdefault(hash(tuple(found)), number)
            runs = set(_runs(found, SHORT_RUN))
            self._lengths.append(len(runs))
            for run in runs:
                self._runs.setdefault(hash(run), []).append(number)
            content = hashlib.blake2b(" ".join(found).encode(), digest_size=8)
            contents += int.from_bytes(content.digest())
        self.digest = f"{contents % 2**64:016x}"
        self.nearest = lru_cache(maxsize=256)(self._nearest)  # samples of a problem come together

    def __len__(self) -> int:
        return len(self._texts)

    def _nearest(self, text: str) -> Overlap | None:
        """The largest overlap of ``text``; None where it shares no run of 8 words with any."""
        if not self._texts:
            return None
        found = words(text)
        same = self._same.get(hash(tuple(found)))
        if found and same is not None:
            return Overlap(self._texts[same], same=True, long_run=False, share=1.0)
        runs = set(_runs(found, SHORT_RUN))
        shared = Counter(number for run in runs for number in self._runs.get(hash(run), ()))
        overlaps = [self._overlap(found, len(runs), *counted) for counted in shared.most_common(20)]
        return max(overlaps, key=lambda one: (one.contaminated, one.share), default=None)

    def _overlap(self, found: list[str], runs: int, number: int, shared: int) -> Overlap:
        share = shared / min(runs, self._lengths[number])
        long_run = False
        if shared > LONG_RUN - SHORT_RUN:  # a run of 13 words has six of 8
            theirs = set(_runs(words(self._texts[number].text), LONG_RUN))
            long_run = not theirs.isdisjoint(_runs(found, LONG_RUN))
        return Overlap(self._texts[number], same=False, long_run=long_run, share=share)


_WORD = re.compile(r"[^\W_]+")
_INSIDE = re.compile(r"(?<=\d)[.,](?=\d)|['’]")
_NUMBER = "0"
_NUMBER_WORD = re.compile(
    r"zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundred|thousand|million|\d+"
)


def words(text: str) -> list[str]:
    """The words that are compared: ``"Tom's 1,080 eggs"`` → ``["toms", "0", "eggs"]``."""
    plain = _INSIDE.sub("", unicodedata.normalize("NFKC", text).casefold())
    found: list[str] = []
    for word in _WORD.findall(plain):
        if _NUMBER_WORD.fullmatch(word):
            if not found or found[-1] != _NUMBER:  # "twenty six" is one number, as 26 is
                found.append(_NUMBER)
        else:
            found.append(word)
    return found


def _runs(found: list[str], length: int) -> Iterator[str]:
    """Each run of ``length`` words."""
    return (" ".join(found[at : at + length]) for at in range(len(found) - length + 1))
