"""The model that a student starts from: a hub id, a directory, or the embedded one."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kpdd_cli.errors import StudentError, UsageError
from kpdd_cli.students import embedded
from kpdd_cli.students.codec import Codec, codec

if TYPE_CHECKING:
    from transformers import PreTrainedModel

Kind = Literal["hub", "directory", "embedded", "ready"]


@dataclass(frozen=True, slots=True)
class Base:
    """A model with its tokenizer. ``revision`` is the commit of a base from the hub."""

    name: str
    kind: Kind
    revision: str | None
    model: PreTrainedModel
    codec: Codec


def kind_of(name: str) -> Kind:
    """What ``--base`` names: ``embedded`` is to be trained from scratch, ``ready`` is trained.

    A directory wins over the hub.
    """
    if name in embedded.SHAPES:
        return "embedded"
    if name == embedded.READY:
        return "ready"
    return "directory" if Path(name).is_dir() else "hub"


def build(name: str, texts: Sequence[str], seed: int) -> Base:
    """An embedded base: its tokenizer learns from ``texts``, its weights are random."""
    quiet()
    model, tokenizer = embedded.build(name, texts, seed)
    text_codec = codec(tokenizer, is_encoder_decoder=model.config.is_encoder_decoder)
    return Base(name, "embedded", None, model, text_codec)


def load(name: str, *, revision: str | None = None, quantize: bool = False) -> Base:
    """A base from the hub or a directory. Raises :class:`StudentError` where there is none.

    ``quantize``: its weights in 4 bits (NF4), on a GPU. Raises UsageError where that cannot be.
    """
    import torch
    from safetensors import SafetensorError
    from transformers import (
        AutoConfig,
        AutoModelForCausalLM,
        AutoModelForSeq2SeqLM,
        AutoTokenizer,
    )

    quiet()
    place = str(embedded.ready()) if kind_of(name) == "ready" else name
    options: dict[str, Any] = {"revision": revision, "dtype": torch.float32}
    if quantize:
        options |= _four_bits()
    try:
        config = AutoConfig.from_pretrained(place, revision=revision)
        tokenizer = AutoTokenizer.from_pretrained(place, revision=revision)
        auto = AutoModelForSeq2SeqLM if config.is_encoder_decoder else AutoModelForCausalLM
        model: Any = auto.from_pretrained(place, **options)
    except (OSError, ValueError, KeyError, ImportError, RuntimeError, SafetensorError) as error:
        raise StudentError(_why_not_loaded(name, error)) from error
    found = getattr(config, "_commit_hash", None)
    text_codec = codec(tokenizer, is_encoder_decoder=config.is_encoder_decoder)
    return Base(name, kind_of(name), found or revision, model, text_codec)


def _four_bits() -> dict[str, Any]:
    """How transformers is told to load weights for QLoRA. Raises UsageError off a GPU."""
    import torch

    if not torch.cuda.is_available():
        raise UsageError("--quantize 4bit needs an NVIDIA GPU; leave it out on this machine")
    if find_spec("bitsandbytes") is None:
        raise UsageError("--quantize 4bit needs bitsandbytes; pip install 'kpdd[gpu]'")
    from transformers import BitsAndBytesConfig

    bits = BitsAndBytesConfig(  # type: ignore[no-untyped-call]
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.bfloat16,
    )
    return {"quantization_config": bits, "device_map": {"": torch.cuda.current_device()}}


def codec_of(path: Path, *, is_encoder_decoder: bool) -> Codec:
    """The codec of a tokenizer in a directory. Raises :class:`StudentError` where there is none."""
    from transformers import AutoTokenizer

    quiet()
    try:
        tokenizer = AutoTokenizer.from_pretrained(path)
    except (OSError, ValueError, KeyError) as error:
        raise StudentError(f"{path}: its tokenizer cannot be loaded ({_line(error)})") from error
    return codec(tokenizer, is_encoder_decoder=is_encoder_decoder)


def quiet() -> None:
    """Keep the libraries' notices out of the terminal; downloads alone keep their bars."""
    import huggingface_hub.utils
    import transformers

    transformers.logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    transformers.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    huggingface_hub.utils.enable_progress_bars()  # type: ignore[attr-defined]
    huggingface_hub.utils.logging.set_verbosity(logging.CRITICAL)
    # What the libraries deprecate in one another is for their authors.
    warnings.filterwarnings("ignore", category=FutureWarning, module=r"transformers\.")


def _why_not_loaded(name: str, error: BaseException) -> str:
    """One line from what transformers raised; the cause of its error says more than its text."""
    from huggingface_hub import errors

    if Path(name).is_dir():
        return f"{name}: not a model that transformers can load ({_line(error)})"
    known = {
        errors.GatedRepoError: "its owner asks you to accept a licence on the hub; do, and log in "
        "with: hf auth login",
        errors.RepositoryNotFoundError: "no such directory, and the hub has no such model; check "
        "the name, or log in for a private one with: hf auth login",
        errors.LocalEntryNotFoundError: "no such directory, not in the cache, and the hub cannot "
        "be reached; check the network, or name a local directory or kpdd-tiny",
        errors.HFValidationError: "no such directory, and no name that a model of the hub can have",
    }
    cause: BaseException | None = error
    while cause is not None:
        for kind, why in known.items():
            if isinstance(cause, kind):
                return f"--base {name}: {why}"
        cause = cause.__cause__ or cause.__context__
    return f"--base {name}: cannot be loaded ({_line(error)})"


def _line(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return text if len(text) <= 160 else f"{text[:157]}..."
