"""vLLM: decoder-only models on a GPU, in batches that it fills itself; adapters on one base."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpdd_cli.errors import StudentError, UsageError
from kpdd_cli.students import bases
from kpdd_cli.students.engines import Continuation
from kpdd_cli.students.formats import PARTS, Part

if TYPE_CHECKING:
    from kpdd_cli.students.calculator import Calculator
    from kpdd_cli.students.codec import Codec
    from kpdd_cli.students.student import Record


class Vllm:
    """A base in vLLM; ``adapters`` has the request that switches each part's adapter on."""

    def __init__(self, model: Any, codec: Codec, adapters: dict[Part, Any]) -> None:
        self._model, self.codec, self._adapters = model, codec, adapters

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
        """See :class:`kpdd_cli.students.engines.Engine`; it runs no encoder-decoders."""
        _refuse(calculators)
        if beams > 1:
            raise UsageError("--engine vllm has no beam search; take another engine for --beams")
        return self._run(
            part, prompts, [{"max_tokens": longest, "temperature": 0.0}] * len(prompts)
        )

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
        _refuse(calculators)
        choice = {"max_tokens": longest, "temperature": temperature}
        return self._run(part, prompts, [{**choice, "seed": seed} for seed in seeds])

    def _run(
        self, part: Part, prompts: Sequence[Sequence[int]], choices: Sequence[dict[str, Any]]
    ) -> list[Continuation]:
        from vllm import SamplingParams  # type: ignore[import-not-found, unused-ignore]

        end = [self.codec.end]
        results = self._model.generate(
            [{"prompt_token_ids": list(ids)} for ids in prompts],
            [SamplingParams(stop_token_ids=end, detokenize=False, **one) for one in choices],
            lora_request=self._adapters.get(part),
            use_tqdm=False,
        )
        return [Continuation(list(result.outputs[0].token_ids)) for result in results]


def _refuse(calculators: Sequence[Calculator] | None) -> None:
    if calculators is not None:
        raise UsageError("--engine vllm has no calculator; take another, or --no-calculator")


def suits(path: Path, record: Record) -> bool:
    """Whether vLLM can serve a student here: a decoder-only model, and a GPU."""
    import torch

    return torch.cuda.is_available() and not _config(path, record).is_encoder_decoder


def load(path: Path, record: Record) -> Vllm:
    """A student on a GPU. Raises :class:`StudentError` where vLLM does not serve its kind."""
    from vllm import LLM
    from vllm.lora.request import LoRARequest  # type: ignore[import-not-found, unused-ignore]

    if _config(path, record).is_encoder_decoder:
        raise StudentError(
            "--engine vllm serves decoder-only models; use ctranslate2 or transformers"
        )
    adapted = record.method == "lora"
    parts = PARTS[record.pipeline]
    options: dict[str, Any] = {}
    if adapted:
        rank = int(record.training["settings"]["adapter"]["rank"])
        # vLLM has room for adapters of these ranks only.
        room = next((size for size in (8, 16, 32, 64, 128, 256, 320, 512) if size >= rank), rank)
        options = {"enable_lora": True, "max_lora_rank": room, "max_loras": len(parts)}
    model = LLM(
        model=_source(path, record),
        revision=record.base_revision if adapted else None,
        dtype="auto",
        **options,
    )
    adapters = (
        {part: LoRARequest(part, n, str(path / part)) for n, part in enumerate(parts, 1)}
        if adapted
        else {}
    )
    return Vllm(model, bases.codec_of(path, is_encoder_decoder=False), adapters)


def _source(path: Path, record: Record) -> str:
    """Where the weights that vLLM loads lie: the hub, the student, or the base that it carries."""
    if record.method == "full":
        return str(path)
    return str(path / "base") if record.base_kind == "directory" else record.base


def _config(path: Path, record: Record) -> Any:
    from transformers import AutoConfig

    revision = record.base_revision if record.method == "lora" else None
    return AutoConfig.from_pretrained(_source(path, record), revision=revision)
