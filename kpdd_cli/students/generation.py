"""A student at work, in batches of similar lengths, one part after another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kpdd_cli.errors import StudentError
from kpdd_cli.students import faults, formats
from kpdd_cli.students.calculator import Calculator
from kpdd_cli.students.engines import Continuation
from kpdd_cli.students.formats import Draft, Part
from kpdd_cli.students.slots import Slots
from kpdd_cli.students.student import Student


class Written(NamedTuple):
    """A text of a student; ``log_likelihood`` as an engine gives it."""

    text: str
    log_likelihood: float


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
    calculator: bool = False,
) -> list[list[Draft]]:
    """What ``student`` writes for each question: candidates, likeliest first.

    The last part is written by beam search and gives ``beams`` candidates; the parts before it are
    greedy. The batch size does not change what is written. What ``given`` drafts have already (key
    points) is taken over, not written: what is one text with the solution begins with it. With a
    ``calculator``, equations of a chain of thought come to what they come to
    (:mod:`kpdd_cli.students.calculator`).
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
            _prompt(mask, formats.prompt(part, mode, draft))
            for draft, mask in zip(drafts, masks, strict=True)
        ]
        begun = [
            _masked(mask, formats.begun(part, mode, draft))
            for draft, mask in zip(drafts, masks, strict=True)
        ]
        wide = beams if part == student.parts[-1] else 1
        written = write(
            student,
            part,
            prompts,
            begun,
            beams=wide,
            batch_size=batch_size,
            calculators=_calculators(student, part, masks) if calculator else None,
        )
        candidates = [
            [
                replace(
                    formats.read(part, mode, _unmasked(mask, text), draft),
                    log_likelihood=log_likelihood,
                )
                for text, log_likelihood in texts
            ]
            if not formats.has(draft, part)
            else [draft]
            for texts, mask, draft in zip(written, masks, drafts, strict=True)
        ]
    return candidates


def sample(
    student: Student,
    questions: Sequence[str],
    sampling: Sampling,
    *,
    batch_size: int = 64,
    calculator: bool = False,
) -> list[list[Draft]]:
    """``sampling.count`` independent samples of what ``student`` writes for each question."""
    mode = student.record.mode
    numbers = range(sampling.count)
    drafts = [Draft(question) for question in questions for _ in numbers]
    draws = [f"{sampling.seed}\0{n}\0{question}" for question in questions for n in numbers]
    masks = [Slots.of(draft.question) if student.record.slots else None for draft in drafts]
    for part in student.parts:
        prompts = [
            _prompt(mask, formats.prompt(part, mode, draft))
            for draft, mask in zip(drafts, masks, strict=True)
        ]
        seeds = [_seed(f"{part}\0{one}") for one in draws]
        written = draw(
            student,
            part,
            prompts,
            seeds,
            sampling.temperature,
            batch_size=batch_size,
            calculators=_calculators(student, part, masks) if calculator else None,
        )
        drafts = [
            formats.read(part, mode, _unmasked(mask, text), draft)
            for text, mask, draft in zip(written, masks, drafts, strict=True)
        ]
    return [drafts[begin : begin + sampling.count] for begin in range(0, len(drafts), len(numbers))]


def _calculators(
    student: Student, part: Part, masks: Sequence[Slots | None]
) -> list[Calculator] | None:
    """One beside each text of a part that reasons; None where it writes key points or programs."""
    if student.record.mode != "cot" or part not in ("solution", "everything"):
        return None
    return [Calculator(student.codec, None if mask is None else mask.unmask) for mask in masks]


def draw(
    student: Student,
    part: Part,
    prompts: Sequence[str],
    seeds: Sequence[int],
    temperature: float,
    *,
    batch_size: int,
    calculators: Sequence[Calculator] | None = None,
) -> list[str]:
    """One sampled text for each prompt of one part."""

    def sample(chosen: Sequence[int], batch: Sequence[Sequence[int]]) -> list[Continuation]:
        return student.engine.sample(
            part,
            batch,
            longest=_longest(student, part),
            temperature=temperature,
            seeds=[seeds[index] for index in chosen],
            calculators=calculators and [calculators[index] for index in chosen],
        )

    return [one.text for (one,) in _in_batches(student, prompts, batch_size, 1, sample)]


def write(
    student: Student,
    part: Part,
    prompts: Sequence[str],
    begun: Sequence[str] | None = None,
    *,
    beams: int = 1,
    batch_size: int,
    calculators: Sequence[Calculator] | None = None,
) -> list[list[Written]]:
    """The student's ``beams`` likeliest texts for each prompt of one part; one: the greedy one.

    Each begins with the lines of ``begun``, where there are some.
    """
    first = [student.codec.begun_ids(text) for text in begun or [""] * len(prompts)]

    def write(chosen: Sequence[int], batch: Sequence[Sequence[int]]) -> list[Continuation]:
        start = [first[place] for place in chosen]
        if not student.codec.is_encoder_decoder:
            batch = [[*ids, *more] for ids, more in zip(batch, start, strict=True)]
        return student.engine.write(
            part,
            batch,
            longest=_longest(student, part),
            beams=beams,
            begun=start if student.codec.is_encoder_decoder and any(start) else None,
            calculators=calculators and [calculators[place] for place in chosen],
        )

    return _in_batches(student, prompts, max(1, batch_size // beams), beams, write, first)


def _in_batches(
    student: Student,
    prompts: Sequence[str],
    size: int,
    each: int,
    write: Callable[[Sequence[int], Sequence[Sequence[int]]], list[Continuation]],
    begun: Sequence[Sequence[int]] | None = None,
) -> list[list[Written]]:
    """The ``each`` texts that are written for each prompt, in batches of like lengths.

    ``write`` gets the places of a batch's prompts, and their ids; its texts go on from the ids that
    ``begun`` has for each, as many in all of a batch. The longest come first: a batch that there is
    not enough memory for is halved, and so are those after it.
    """
    texts: list[list[Written]] = [[] for _ in prompts]
    first = [()] * len(prompts) if begun is None else begun
    prompt_ids = [student.codec.prompt_ids(prompt) for prompt in prompts]
    waiting = sorted(
        range(len(prompts)),
        key=lambda place: (len(first[place]), len(prompt_ids[place])),
        reverse=True,
    )
    while waiting:
        start = len(first[waiting[0]])
        chosen = [place for place in waiting[:size] if len(first[place]) == start]
        try:
            made = write(chosen, [prompt_ids[place] for place in chosen])
        except (RuntimeError, MemoryError) as error:
            if not faults.is_out_of_memory(error):
                raise
            if len(chosen) == 1:
                tokens = len(prompt_ids[chosen[0]])
                raise StudentError(
                    f"there is not enough memory to solve one problem of {tokens} tokens; take "
                    "fewer --beams, or a machine with more"
                ) from error
            size = len(chosen) // 2
            continue
        for number, (ids, log_likelihood) in enumerate(made):
            place = chosen[number // each]
            text = student.codec.text([*first[place], *ids])
            texts[place].append(Written(text, log_likelihood))
        del waiting[: len(chosen)]
    return texts


def _longest(student: Student, part: Part) -> int:
    # What is right may be a little longer than the longest target seen in training.
    return student.record.longest[part] * 5 // 4 + 8


def _seed(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) >> 1


def _prompt(mask: Slots | None, text: str) -> str:
    return text if mask is None else mask.prompt(text)


def _masked(mask: Slots | None, text: str) -> str:
    return text if mask is None else mask.mask(text)


def _unmasked(mask: Slots | None, text: str) -> str:
    return text if mask is None else mask.unmask(text)
