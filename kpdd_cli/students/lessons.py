"""From rows to what a student is trained on: token ids, split by problem, batched by length."""

from __future__ import annotations

import hashlib
import math
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

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
            prompt, target = slots.prompt(text.prompt), slots.mask(text.target)
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

    A shuffle, in which windows of 128 batches are taken apart by length: on GSM8K with batches of
    32, 8 % padding for an encoder-decoder, where both lengths count, and 1 % otherwise.
    """
    shuffled = rng.sample(lessons, len(lessons))
    window = 128 * batching.size
    made: list[list[Lesson]] = []
    for begin in range(0, len(shuffled), window):
        part = shuffled[begin : begin + window]
        for batch in _alike(part, -(-len(part) // batching.size), batching):
            made.extend(_fitting(batch, batching))
    rng.shuffle(made)
    return made


def _alike(lessons: list[Lesson], count: int, batching: Batching) -> list[list[Lesson]]:
    """``count`` batches: lessons are halved by the length in which they differ most, and again."""
    if count == 1:
        return [lessons]
    lengths: list[Callable[[Lesson], int]] = [
        lambda lesson: len(lesson.prompt),
        lambda lesson: len(lesson.target),
    ]
    if not batching.is_encoder_decoder:
        lengths = [lambda lesson: len(lesson.prompt) + len(lesson.target)]
    widest = max(lengths, key=lambda length: max(map(length, lessons)) - min(map(length, lessons)))
    ordered = sorted(lessons, key=widest)
    middle = len(ordered) * (count // 2) // count
    return [
        *_alike(ordered[:middle], count // 2, batching),
        *_alike(ordered[middle:], count - count // 2, batching),
    ]


def _fitting(batch: list[Lesson], batching: Batching) -> list[list[Lesson]]:
    """A batch, halved until each piece keeps within the token budget or is a single lesson."""
    if len(batch) == 1 or batching.padded(batch) <= batching.tokens:
        return [batch]
    middle = len(batch) // 2
    return [*_fitting(batch[:middle], batching), *_fitting(batch[middle:], batching)]
