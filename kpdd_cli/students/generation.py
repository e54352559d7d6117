"""A student at work, in batches of similar lengths, one part after another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from kpdd_cli.students import formats
from kpdd_cli.students.formats import Draft, Part
from kpdd_cli.students.slots import Slots
from kpdd_cli.students.student import Student


@dataclass(frozen=True, slots=True)
class Sampling:
    """How to draw ``count`` samples a problem: each is fixed by ``seed``, its number and its
    question, whatever batch it is drawn in.
    """

    count: int
    temperature: float = 0.7
    seed: int = 0


def solve(
    student: Student,
    questions: Sequence[str],
    *,
    beams: int = 1,
    batch_size: int = 64,
    given: Sequence[Draft] | None = None,
) -> list[list[Draft]]:
    """What ``student`` writes for each question: candidates, likeliest first.

    The last part is written by beam search and gives ``beams`` candidates; the parts before it are
    greedy. The batch size does not change what is written. What ``given`` drafts have already (key
    points) is taken over, not written: what is one text with the solution begins with it.
    """
    drafts = [Draft(question) for question in questions] if given is None else list(given)
    masks = [Slots.of(question) if student.record.slots else None for question in questions]
    mode = student.record.mode
    candidates: list[list[Draft]] = [[draft] for draft in drafts]
    for part in student.parts:
        drafts = [first for first, *_ in candidates]
        if all(formats.has(draft, part) for draft in drafts):
            continue
        prompts = [
            _masked(mask, formats.prompt(part, mode, draft))
            for draft, mask in zip(drafts, masks, strict=True)
        ]
        begun = [
            _masked(mask, formats.begun(part, mode, draft))
            for draft, mask in zip(drafts, masks, strict=True)
        ]
        wide = beams if part == student.parts[-1] else 1
        written = write(student, part, prompts, begun, beams=wide, batch_size=batch_size)
        candidates = [
            [
                formats.read(part, mode, text if mask is None else mask.unmask(text), draft)
                for text in texts
            ]
            if not formats.has(draft, part)
            else [draft]
            for texts, mask, draft in zip(written, masks, drafts, strict=True)
        ]
    return candidates


def sample(
    student: Student, questions: Sequence[str], sampling: Sampling, *, batch_size: int = 64
) -> list[list[Draft]]:
    """``sampling.count`` independent samples of what ``student`` writes for each question."""
    mode = student.record.mode
    numbers = range(sampling.count)
    drafts = [Draft(question) for question in questions for _ in numbers]
    draws = [f"{sampling.seed}\0{n}\0{question}" for question in questions for n in numbers]
    masks = [Slots.of(draft.question) if student.record.slots else None for draft in drafts]
    for part in student.parts:
        prompts = [
            _masked(mask, formats.prompt(part, mode, draft))
            for draft, mask in zip(drafts, masks, strict=True)
        ]
        seeds = [_seed(f"{part}\0{one}") for one in draws]
        written = draw(student, part, prompts, seeds, sampling.temperature, batch_size=batch_size)
        drafts = [
            formats.read(part, mode, text if mask is None else mask.unmask(text), draft)
            for text, mask, draft in zip(written, masks, drafts, strict=True)
        ]
    return [drafts[begin : begin + sampling.count] for begin in range(0, len(drafts), len(numbers))]


def draw(
    student: Student,
    part: Part,
    prompts: Sequence[str],
    seeds: Sequence[int],
    temperature: float,
    *,
    batch_size: int,
) -> list[str]:
    """One sampled text for each prompt of one part."""
    texts = [""] * len(prompts)
    for chosen, batch in _batches(student, prompts, batch_size):
        ids = student.engine.sample(
            part,
            batch,
            longest=_longest(student, part),
            temperature=temperature,
            seeds=[seeds[index] for index in chosen],
        )
        for index, written in zip(chosen, ids, strict=True):
            texts[index] = student.codec.text(written)
    return texts


def write(
    student: Student,
    part: Part,
    prompts: Sequence[str],
    begun: Sequence[str] | None = None,
    *,
    beams: int = 1,
    batch_size: int,
) -> list[list[str]]:
    """The student's ``beams`` likeliest texts for each prompt of one part; one: the greedy one.

    Each begins with the lines of ``begun``, where there are some.
    """
    texts: list[list[str]] = [[] for _ in prompts]
    first = [student.codec.begun_ids(text) for text in begun or [""] * len(prompts)]
    for chosen, batch in _batches(student, prompts, max(1, batch_size // beams), first):
        start = [first[index] for index in chosen]
        if not student.codec.is_encoder_decoder:
            batch = [[*ids, *more] for ids, more in zip(batch, start, strict=True)]
        ids = student.engine.write(
            part,
            batch,
            longest=_longest(student, part),
            beams=beams,
            begun=start if student.codec.is_encoder_decoder and any(start) else None,
        )
        for place, written in enumerate(ids):
            index = chosen[place // beams]
            texts[index].append(student.codec.text([*first[index], *written]))
    return texts


def _batches(
    student: Student,
    prompts: Sequence[str],
    size: int,
    begun: Sequence[Sequence[int]] | None = None,
) -> Iterator[tuple[list[int], list[list[int]]]]:
    """Batches of prompts of like lengths, longest first: their places, and their ids.

    In a batch, all texts are begun by as many ids.
    """
    prompt_ids = [student.codec.prompt_ids(prompt) for prompt in prompts]
    starts = [len(ids) for ids in begun] if begun is not None else [0] * len(prompts)
    order = sorted(
        range(len(prompts)), key=lambda index: (starts[index], len(prompt_ids[index])), reverse=True
    )
    for _, alike in groupby(order, key=lambda index: starts[index]):
        while chosen := list(islice(alike, size)):
            yield chosen, [prompt_ids[index] for index in chosen]


def _longest(student: Student, part: Part) -> int:
    # What is right may be a little longer than the longest target seen in training.
    return student.record.longest[part] * 5 // 4 + 8


def _seed(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) >> 1


def _masked(mask: Slots | None, prompt: str) -> str:
    return prompt if mask is None else mask.mask(prompt)
