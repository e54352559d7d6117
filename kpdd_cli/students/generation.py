"""A student at work, in batches of similar lengths, one part after another."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kpdd_cli.students import formats
from kpdd_cli.students.formats import Draft, Part
from kpdd_cli.students.slots import Slots
from kpdd_cli.students.student import Student

if TYPE_CHECKING:
    import torch


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
    points) is taken over, not written.
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
        wide = beams if part == student.parts[-1] else 1
        written = write(student, part, prompts, beams=wide, batch_size=batch_size)
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
        noise = _Noise([f"{part}\0{draw}" for draw in draws], sampling.temperature)
        written = write(student, part, prompts, batch_size=batch_size, noise=noise)
        drafts = [
            formats.read(part, mode, text if mask is None else mask.unmask(text), draft)
            for (text,), mask, draft in zip(written, masks, drafts, strict=True)
        ]
    return [drafts[begin : begin + sampling.count] for begin in range(0, len(drafts), len(numbers))]


class _Noise:
    """Gumbel noise on the logits: the likeliest token is then a draw from their softmax.

    Each text has a generator of its own, so that what is drawn does not depend on the batch.
    """

    def __init__(self, draws: Sequence[str], temperature: float) -> None:
        self.draws, self.temperature = draws, temperature

    def of(self, chosen: Sequence[int]) -> Any:
        """The noise for a batch of some of the texts, as transformers takes it."""
        import torch
        from transformers import LogitsProcessorList

        generators = []
        for index in chosen:
            seed = hashlib.sha256(self.draws[index].encode()).digest()[:8]
            generators.append(torch.Generator().manual_seed(int.from_bytes(seed) >> 1))

        def add(_: torch.Tensor, logits: torch.Tensor) -> torch.Tensor:
            drawn = [torch.empty(logits.shape[1]).exponential_(generator=g) for g in generators]
            gumbel = -torch.stack(drawn).log().to(logits.device)
            return logits.float() / self.temperature + gumbel

        added: Any = LogitsProcessorList
        return added([add])


def write(
    student: Student,
    part: Part,
    prompts: Sequence[str],
    *,
    beams: int = 1,
    batch_size: int,
    noise: _Noise | None = None,
) -> list[list[str]]:
    """The student's ``beams`` likeliest texts for each prompt of one part; one: the greedy one."""
    student.switch_to(part)
    # What is right may be a little longer than the longest target seen in training.
    longest = student.record.longest[part] * 5 // 4 + 8
    prompt_ids = [student.codec.prompt_ids(prompt) for prompt in prompts]
    order = sorted(range(len(prompts)), key=lambda index: len(prompt_ids[index]), reverse=True)
    texts: list[list[str]] = [[] for _ in prompts]
    size = max(1, batch_size // beams)
    for begin in range(0, len(order), size):
        chosen = order[begin : begin + size]
        batch = [prompt_ids[index] for index in chosen]
        added = None if noise is None else noise.of(chosen)
        for place, ids in enumerate(_generate(student, batch, longest, beams, added)):
            texts[chosen[place // beams]].append(student.codec.text(ids))
    return texts


def _masked(mask: Slots | None, prompt: str) -> str:
    return prompt if mask is None else mask.mask(prompt)


def _generate(
    student: Student, prompts: list[list[int]], longest: int, beams: int, noise: Any
) -> list[list[int]]:
    """The ``beams`` likeliest continuations of each prompt in turn, of at most ``longest`` ids."""
    import torch
    from transformers import GenerationConfig

    codec, model = student.codec, student.model
    settings = GenerationConfig(  # type: ignore[no-untyped-call]
        max_new_tokens=longest,
        do_sample=False,
        num_beams=beams,
        num_return_sequences=beams,
        eos_token_id=codec.end,
        pad_token_id=codec.pad,
        decoder_start_token_id=_decoder_start(student) if codec.is_encoder_decoder else None,
    )
    width = max(len(ids) for ids in prompts)
    rows, mask = [], []
    for ids in prompts:
        padding = [codec.pad] * (width - len(ids))
        real, filler = [1] * len(ids), [0] * len(padding)
        # A decoder-only model goes on from the last position, which must not be padding.
        rows.append(ids + padding if codec.is_encoder_decoder else padding + ids)
        mask.append(real + filler if codec.is_encoder_decoder else filler + real)
    generate: Any = model.generate
    with torch.inference_mode():
        out = generate(
            input_ids=torch.tensor(rows, device=model.device),
            attention_mask=torch.tensor(mask, device=model.device),
            generation_config=settings,
            logits_processor=noise,
        )
    # The output begins with the decoder's start token, or with the whole prompt.
    return [ids[1 if codec.is_encoder_decoder else width :] for ids in out.tolist()]


def _decoder_start(student: Student) -> int:
    start = student.model.config.decoder_start_token_id
    return student.codec.pad if start is None else int(start)
