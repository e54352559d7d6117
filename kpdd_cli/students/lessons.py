"""From rows to what a student is trained on: token ids, split by problem, batched by length."""

from __future__ import annotations

import hashlib
import math
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kpdd_cli.records import Pipeline, Row
from kpdd_cli.students.codec import Codec
from kpdd_cli.students.formats import Example, Part, examples
from kpdd_cli.students.slots import Slots


@dataclass(frozen=True, slots=True)
class Lesson:
    """One training sequence: ids of the prompt, and of the target with its end."""

    problem: str
    part: Part
    prompt: tuple[int, ...]
    target: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an example cannot be trained on: ``too_long`` or ``lossy``; ``why`` is for people."""

    problem: str
    part: Part
    reason: str
    why: str


def texts(rows: Iterable[Row], pipeline: Pipeline) -> list[Example]:
    """Every training text of ``rows``, each once (several samples share their key points)."""
    return list(dict.fromkeys(text for row in rows for text in examples(row, pipeline)))


def masked(rows: Iterable[Row], pipeline: Pipeline) -> tuple[list[Example], list[Refusal]]:
    """As :func:`texts`, with slots for numbers and names, where they give the text back."""
    found: dict[Example, None] = {}
    refused = []
    for row in rows:
        slots = Slots.of(row["question"])
        for text in examples(row, pipeline):
            prompt, target = slots.mask(text.prompt), slots.mask(text.target)
            if slots.unmask(target) == text.target:
                found[replace(text, prompt=prompt, target=target)] = None
            else:
                why = "a word of its target looks like a slot"
                refused.append(Refusal(text.problem, text.part, "lossy", why))
    return list(found), refused


def encode(
    texts: Iterable[Example], codec: Codec, max_length: int
) -> tuple[list[Lesson], list[Refusal]]:
    """Lessons, and what had to be refused: a text is never cut, and never trained on mangled.

    ``max_length`` bounds prompt and target each for an encoder-decoder, their sum otherwise.
    """
    lessons, refused = [], []
    for text in texts:
        target = codec.target_ids(text.target)
        if target is None:
            why = "the tokenizer does not give its target back unchanged"
            refused.append(Refusal(text.problem, text.part, "lossy", why))
            continue
        prompt = codec.prompt_ids(text.prompt)
        lesson = Lesson(text.problem, text.part, tuple(prompt), tuple(target))
        lengths = len(prompt), len(target)
        longest = max(lengths) if codec.is_encoder_decoder else sum(lengths)
        if longest > max_length:
            why = f"{longest} tokens, more than --max-length {max_length}"
            refused.append(Refusal(text.problem, text.part, "too_long", why))
        else:
            lessons.append(lesson)
    return lessons, refused


def held_out(problems: Iterable[str], seed: int, share: float, most: int) -> set[str]:
    """The problems that validate: a ``share`` of them, chosen by hash, whatever their order."""
    ids = set(problems)
    count = min(most, int(len(ids) * share))
    ranked = sorted(ids, key=lambda id: hashlib.sha256(f"{seed}:{id}".encode()).digest())
    return set(ranked[:count])


@dataclass(frozen=True, slots=True)
class Batching:
    """How lessons become batches: about ``size`` in each, and at most ``tokens`` with padding.

    Encoder and decoder are padded apart, so that there both lengths count; else their sum does.
    """

    size: int
    tokens: int
    is_encoder_decoder: bool

    def padded(self, batch: Sequence[Lesson]) -> int:
        """The tokens that a batch takes up, padding included."""
        prompts = [len(lesson.prompt) for lesson in batch]
        targets = [len(lesson.target) for lesson in batch]
        if self.is_encoder_decoder:
            return len(batch) * (max(prompts) + max(targets))
        return len(batch) * max(map(sum, zip(prompts, targets, strict=True)))


def schedule(
    lessons: Sequence[Lesson], batching: Batching, epochs: float, steps: int | None, seed: int
) -> list[list[Lesson]]:
    """The batch of every step of a training, epoch after epoch: fixed by ``seed`` alone.

    ``steps`` overrides ``epochs``.
    """
    planned: list[list[Lesson]] = []
    rng = random.Random(seed)
    while True:
        batches = _epoch(lessons, batching, rng)
        planned.extend(batches)
        if steps is None:
            steps = max(1, math.ceil(len(batches) * epochs))
        if len(planned) >= steps:
            return planned[:steps]


def _epoch(lessons: Sequence[Lesson], batching: Batching, rng: random.Random) -> list[list[Lesson]]:
    """All lessons in batches of about one size, none much smaller, each of similar lengths.

    A shuffle, in which windows of 64 batches are sorted by length. Encoder and decoder are padded
    apart: there, 4 batches of like targets are sorted by their prompts (7 % padding on the
    synthetic problems; 13 % when sorted by the sum).
    """
    size = batching.size
    shuffled = rng.sample(lessons, len(lessons))
    if batching.is_encoder_decoder:
        _sort(shuffled, 64 * size, lambda lesson: len(lesson.target))
        _sort(shuffled, 4 * size, lambda lesson: len(lesson.prompt))
    else:
        _sort(shuffled, 64 * size, lambda lesson: len(lesson.prompt) + len(lesson.target))
    count = -(-len(shuffled) // size)
    bounds = [len(shuffled) * number // count for number in range(count + 1)]
    made = [
        fitting
        for begin, end in pairwise(bounds)
        for fitting in _fitting(shuffled[begin:end], batching)
    ]
    rng.shuffle(made)
    return made


def _fitting(batch: list[Lesson], batching: Batching) -> list[list[Lesson]]:
    """A batch, halved until each piece keeps within the token budget or is a single lesson."""
    if len(batch) == 1 or batching.padded(batch) <= batching.tokens:
        return [batch]
    middle = len(batch) // 2
    return [*_fitting(batch[:middle], batching), *_fitting(batch[middle:], batching)]


def _sort(lessons: list[Lesson], window: int, length: Callable[[Lesson], int]) -> None:
    """Sort each ``window`` of lessons by itself, in place."""
    for begin in range(0, len(lessons), window):
        lessons[begin : begin + window] = sorted(lessons[begin : begin + window], key=length)
