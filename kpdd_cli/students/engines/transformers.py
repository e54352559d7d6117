"""transformers: every base, on every device; LoRA adapters are switched on one loaded base."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpdd_cli.errors import StudentError
from kpdd_cli.students import bases
from kpdd_cli.students.engines import Continuation
from kpdd_cli.students.formats import PARTS, Part

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel

    from kpdd_cli.students.bases import Base
    from kpdd_cli.students.calculator import Calculator
    from kpdd_cli.students.codec import Codec
    from kpdd_cli.students.student import Record


@dataclass(frozen=True, slots=True)
class Transformers:
    """A model on the device it runs on; ``adapted``: each part has its own adapter."""

    model: PreTrainedModel
    codec: Codec
    adapted: bool

    def switch_to(self, part: Part) -> None:
        """Make ready to write ``part``: its adapter, where each part has one."""
        if self.adapted:
            model: Any = self.model
            model.set_adapter(part)

    def write(
        self,
        part: Part,
        prompts: Sequence[Sequence[int]],
        *,
        longest: int,
        beams: int,
        begun: Sequence[Sequence[int]] | None = None,
        calculators: Sequence[Calculator] | None = None,
    ) -> list[Continuation]:
        """See :class:`kpdd_cli.students.engines.Engine`."""
        choice = {"num_beams": beams, "num_return_sequences": beams}
        return self._generate(part, prompts, longest, choice, calculators, begun=begun)

    def sample(
        self,
        part: Part,
        prompts: Sequence[Sequence[int]],
        *,
        longest: int,
        temperature: float,
        seeds: Sequence[int],
        calculators: Sequence[Calculator] | None = None,
    ) -> list[Continuation]:
        """See :class:`kpdd_cli.students.engines.Engine`."""
        return self._generate(part, prompts, longest, {}, calculators, gumbel(seeds, temperature))

    def _generate(
        self,
        part: Part,
        prompts: Sequence[Sequence[int]],
        longest: int,
        choice: dict[str, int],
        calculators: Sequence[Calculator] | None,
        noise: Processor | None = None,
        begun: Sequence[Sequence[int]] | None = None,
    ) -> list[Continuation]:
        import torch
        from transformers import GenerationConfig, LogitsProcessorList

        self.switch_to(part)
        codec = self.codec
        settings = GenerationConfig(  # type: ignore[no-untyped-call]
            do_sample=False,
            max_new_tokens=longest,
            eos_token_id=codec.end,
            pad_token_id=codec.pad,
            decoder_start_token_id=self._decoder_start() if codec.is_encoder_decoder else None,
            **choice,
        )
        # A decoder-only model goes on from the last position, which must not be padding.
        read, mask = self._padded(prompts, before=not codec.is_encoder_decoder)
        start: dict[str, Any] = {}
        if begun is not None:
            texts = [[self._decoder_start(), *ids] for ids in begun]
            start = {"decoder_input_ids": torch.tensor(texts, device=self.model.device)}
        # The output begins with the decoder's start token and what was begun, or with the prompt.
        begin = (1 + len(begun[0] if begun else ())) if codec.is_encoder_decoder else read.shape[1]
        computing = None if calculators is None else computed(calculators, begin)
        generate: Any = self.model.generate
        with torch.inference_mode():
            out = generate(
                input_ids=read,
                attention_mask=mask,
                generation_config=settings,
                logits_processor=LogitsProcessorList([one for one in (computing, noise) if one]),
                **start,
            )
        texts = [ids[begin:] for ids in out.tolist()]
        each = len(texts) // len(prompts)
        if each == 1:
            return [Continuation(ids) for ids in texts]
        candidates = [self._ended(ids) for ids in texts]
        found: list[Continuation] = []
        for places in self._shares(len(prompts), each, longest):
            some = [candidates[place] for place in places]
            of = [prompts[place // each] for place in places]
            started = [begun[place // each] if begun else () for place in places]
            found += map(Continuation, some, self._log_likelihoods(of, started, some))
        return found

    def _shares(self, prompts: int, each: int, longest: int) -> Iterator[range]:
        """The places of candidates whose likelihoods are computed together.

        Not all at once, and not with generate's own scores, for which it keeps the logits of all
        steps: those of a large vocabulary fill the memory. A decoder-only model reads those of one
        prompt: padding before a prompt is not without effect in all of them.
        """
        most = max(1, _LOGITS // (longest * len(self.codec.tokenizer)))
        alike = prompts * each if self.codec.is_encoder_decoder else each
        for begin in range(0, prompts * each, alike):
            for first in range(begin, begin + alike, most):
                yield range(first, min(first + most, begin + alike))

    def _ended(self, ids: list[int]) -> list[int]:
        """Ids without the padding behind their end."""
        return ids[: ids.index(self.codec.end) + 1] if self.codec.end in ids else ids

    def _log_likelihoods(
        self,
        prompts: Sequence[Sequence[int]],
        begun: Sequence[Sequence[int]],
        texts: Sequence[Sequence[int]],
    ) -> list[float]:
        """The natural logarithm of each text's probability after its prompt and what was begun."""
        import torch

        model: Any = self.model
        ids, _ = self._padded(texts)
        longest = ids.shape[1]
        with torch.inference_mode():
            if self.codec.is_encoder_decoder:
                start, _ = self._padded([[self._decoder_start(), *one] for one in begun])
                places: dict[tuple[int, ...], int] = {}
                of = [places.setdefault(tuple(prompt), len(places)) for prompt in prompts]
                read, mask = self._padded(list(places))
                encoded = model.get_encoder()(input_ids=read, attention_mask=mask)
                encoded.last_hidden_state = encoded.last_hidden_state[of]
                logits = model(
                    encoder_outputs=encoded,
                    attention_mask=mask[of],
                    decoder_input_ids=torch.cat([start, ids[:, :-1]], dim=1),
                ).logits
            else:
                read, _ = self._padded(prompts)
                whole = torch.cat([read, ids[:, :-1]], dim=1)
                logits = model(input_ids=whole, logits_to_keep=longest).logits
            chances = logits[:, -longest:].float().log_softmax(dim=-1)
            of_ids = chances.gather(-1, ids.unsqueeze(-1)).squeeze(-1)
        return [float(row[: len(text)].sum()) for row, text in zip(of_ids, texts, strict=True)]

    def _padded(
        self, rows: Sequence[Sequence[int]], *, before: bool = False
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Ids, padded behind them or ``before``, and which are real: ``(rows, longest)`` each."""
        import torch

        longest = max(map(len, rows))
        filled, real = [], []
        for row in rows:
            padding, zeros = [self.codec.pad] * (longest - len(row)), [0] * (longest - len(row))
            filled.append([*padding, *row] if before else [*row, *padding])
            real.append([*zeros, *[1] * len(row)] if before else [*[1] * len(row), *zeros])
        device = self.model.device
        return torch.tensor(filled, device=device), torch.tensor(real, device=device)

    def _decoder_start(self) -> int:
        start = self.model.config.decoder_start_token_id
        return self.codec.pad if start is None else int(start)


#: So many logits are in memory at a time to tell how likely candidates are: half a gigabyte.
_LOGITS = 2**27

# From the ids so far, (batch * beams, seq), and logits, (batch * beams, vocab): the logits to use.
Processor = Callable[["torch.Tensor", "torch.Tensor"], "torch.Tensor"]


def computed(calculators: Sequence[Calculator], begin: int) -> Processor:
    """Gives the likelihood of any result to the right one, where a text writes an equation.

    What is read is the text from ``begin`` on; each calculator has a text, or all of its beams.
    """

    def compute(ids: torch.Tensor, logits: torch.Tensor) -> torch.Tensor:
        logits = logits.clone()
        texts = ids[:, begin:].tolist()
        beams = len(texts) // len(calculators)
        for number, (text, row) in enumerate(zip(texts, logits, strict=True)):
            rule = calculators[number // beams].rule(text)
            if rule is None:
                continue
            for right, others in rule.moved:
                row[right] = row[[right, *others]].logsumexp(dim=0)
                row[others] = -math.inf
            row[rule.banned] = -math.inf
            if rule.only is not None:
                row.fill_(-math.inf)
                row[rule.only] = 0.0  # certain: it was computed
        return logits

    return compute


def gumbel(seeds: Sequence[int], temperature: float) -> Processor:
    """Adds noise to logits, after which the likeliest token is a draw from their softmax.

    Each text has a generator of its own, so that what is drawn does not depend on the batch.
    """
    import torch

    generators = [torch.Generator().manual_seed(seed) for seed in seeds]

    def add(_: torch.Tensor, logits: torch.Tensor) -> torch.Tensor:
        drawn = [torch.empty(logits.shape[1]).exponential_(generator=g) for g in generators]
        noise = -torch.stack(drawn).log().to(logits.device)
        return logits.float() / temperature + noise

    return add


def load(path: Path, record: Record) -> Transformers:
    """A student's model, its base loaded once. Raises :class:`StudentError`."""
    import torch

    base = _base(path, record)
    model: Any = base.model
    if record.method == "lora":
        model = _with_adapters(model, path, PARTS[record.pipeline])
    device = torch.accelerator.current_accelerator() or torch.device("cpu")
    return Transformers(model.to(device).eval(), base.codec, record.method == "lora")


def read(path: Path) -> Transformers:
    """A model as :func:`merged` was saved, with nothing to switch. Raises :class:`StudentError`."""
    import torch

    base = bases.load(str(path))
    device: Any = torch.accelerator.current_accelerator() or torch.device("cpu")
    model: Any = base.model
    return Transformers(model.to(device).eval(), base.codec, adapted=False)


def merged(path: Path, record: Record, part: Part) -> Base:
    """The model that writes ``part``, its adapter merged into the base's weights.

    Saved, it tells other tools how it is to write: greedily, from which token, up to which.
    """
    from transformers import GenerationConfig

    base = _base(path, record)
    model = base.model
    if record.method == "lora":
        model = _with_adapters(model, path, (part,)).merge_and_unload()
    codec = base.codec
    start = getattr(model.config, "decoder_start_token_id", None)
    model.generation_config = GenerationConfig(  # type: ignore[no-untyped-call]
        do_sample=False,
        eos_token_id=codec.end,
        pad_token_id=codec.pad,
        decoder_start_token_id=(codec.pad if start is None else start)
        if codec.is_encoder_decoder
        else None,
    )
    return bases.Base(base.name, base.kind, base.revision, model, codec)


def _base(path: Path, record: Record) -> Base:
    from transformers import GenerationConfig

    bases.quiet()
    if record.method == "full":
        base = bases.load(str(path))
    elif record.base_kind == "directory":
        base = bases.load(str(path / "base"))
    else:
        base = bases.load(record.base, revision=record.base_revision)
    # A base's own settings (sampling, penalties, forced tokens) are not the student's.
    base.model.generation_config = GenerationConfig()  # type: ignore[no-untyped-call]
    return base


def _with_adapters(base: Any, path: Path, parts: tuple[Part, ...]) -> Any:
    from peft import PeftModel

    try:
        model = PeftModel.from_pretrained(base, path / parts[0], adapter_name=parts[0])
        for part in parts[1:]:
            model.load_adapter(path / part, adapter_name=part)
    except (OSError, ValueError, RuntimeError) as error:
        raise StudentError(f"{path}: an adapter cannot be loaded ({error})") from error
    return model
