"""A student at work, in batches of similar lengths, one part after another."""

from __future__ import annotations

from collections.abc import Sequence

from kpdd_cli.students import formats
from kpdd_cli.students.formats import Draft, Part
from kpdd_cli.students.slots import Slots
from kpdd_cli.students.student import Student


def solve(
    student: Student, questions: Sequence[str], *, beams: int = 1, batch_size: int = 64
) -> list[list[Draft]]:
    """What ``student`` writes for each question: candidates, likeliest first.

    The last part is written by beam search and gives ``beams`` candidates; the parts before it are
    greedy. The batch size does not change what is written.
    """
    drafts = [Draft(question) for question in questions]
    masks = [Slots.of(question) if student.record.slots else None for question in questions]
    mode = student.record.mode
    candidates: list[list[Draft]] = [[draft] for draft in drafts]
    for part in student.parts:
        drafts = [first for first, *_ in candidates]
        prompts = [
            _masked(mask, formats.prompt(part, mode, draft))
            for draft, mask in zip(drafts, masks, strict=True)
        ]
        wide = beams if part == student.parts[-1] else 1
        written = write(student, part, prompts, beams=wide, batch_size=batch_size)
        candidates = [
            [
                formats.read(part, mode, text if mask is None else mask.unmask(text), draft)
                for text in texts
            ]
            for texts, mask, draft in zip(written, masks, drafts, strict=True)
        ]
    return candidates


def write(
    student: Student, part: Part, prompts: Sequence[str], *, beams: int = 1, batch_size: int
) -> list[list[str]]:
    """The student's ``beams`` likeliest texts for each prompt of one part; one: the greedy one."""
    codec, engine = student.codec, student.engine
    # What is right may be a little longer than the longest target seen in training.
    longest = student.record.longest[part] * 5 // 4 + 8
    prompt_ids = [codec.prompt_ids(prompt) for prompt in prompts]
    order = sorted(range(len(prompts)), key=lambda index: len(prompt_ids[index]), reverse=True)
    texts: list[list[str]] = [[] for _ in prompts]
    size = max(1, batch_size // beams)
    for begin in range(0, len(order), size):
        chosen = order[begin : begin + size]
        batch = [prompt_ids[index] for index in chosen]
        for place, ids in enumerate(engine.write(part, batch, longest=longest, beams=beams)):
            texts[chosen[place // beams]].append(codec.text(ids))
    return texts


def _masked(mask: Slots | None, prompt: str) -> str:
    return prompt if mask is None else mask.mask(prompt)
