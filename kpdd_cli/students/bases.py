"""The model that a student starts from: a hub id, a directory, or the embedded one."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kpdd_cli.errors import StudentError
from kpdd_cli.students import embedded
from kpdd_cli.students.codec import Codec, codec

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel

Kind = Literal["hub", "directory", "embedded"]


@dataclass(frozen=True, slots=True)
class Base:
    """A model with its tokenizer. ``revision`` is the commit of a base from the hub."""

    name: str
    kind: Kind
    revision: str | None
    model: PreTrainedModel
    codec: Codec


def kind_of(name: str) -> Kind:
    """What ``--base`` names. A directory of that name wins over the hub."""
    if name == embedded.NAME:
        return "embedded"
    return "directory" if Path(name).is_dir() else "hub"


def build(texts: Sequence[str], seed: int) -> Base:
    """The embedded base: its tokenizer learns from ``texts``, its weights are random."""
    quiet()
    model, tokenizer = embedded.build(texts, seed)
    text_codec = codec(tokenizer, is_encoder_decoder=model.config.is_encoder_decoder)
    return Base(embedded.NAME, "embedded", None, model, text_codec)


def load(name: str, *, revision: str | None = None, dtype: torch.dtype | None = None) -> Base:
    """A base from the hub or a directory. Raises :class:`StudentError` where there is none."""
    import torch
    from transformers import (
        AutoConfig,
        AutoModelForCausalLM,
        AutoModelForSeq2SeqLM,
        AutoTokenizer,
    )

    quiet()
    try:
        config = AutoConfig.from_pretrained(name, revision=revision)
        tokenizer = AutoTokenizer.from_pretrained(name, revision=revision)
        auto = AutoModelForSeq2SeqLM if config.is_encoder_decoder else AutoModelForCausalLM
        model: Any = auto.from_pretrained(name, revision=revision, dtype=dtype or torch.float32)
    except (OSError, ValueError, KeyError) as error:
        raise StudentError(_why_not_loaded(name, error)) from error
    found = getattr(config, "_commit_hash", None)
    text_codec = codec(tokenizer, is_encoder_decoder=config.is_encoder_decoder)
    kind: Kind = "directory" if Path(name).is_dir() else "hub"
    return Base(name, kind, found or revision, model, text_codec)


def quiet() -> None:
    """Keep transformers' bars and notices out of the terminal: kpdd says what the user needs."""
    import transformers

    transformers.logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    transformers.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    # What the libraries deprecate in one another is for their authors.
    warnings.filterwarnings("ignore", category=FutureWarning, module=r"transformers\.")


def _why_not_loaded(name: str, error: Exception) -> str:
    reason = " ".join(str(error).split())
    if Path(name).is_dir():
        return f"{name}: not a model that transformers can load ({_cut(reason)})"
    if "/" not in name and Path(name).suffix == "" and "is not a local folder" not in reason:
        return f"--base {name}: cannot be loaded ({_cut(reason)})"
    return (
        f"--base {name}: no such directory, and the hub did not give it ({_cut(reason)}); "
        "check the name and the network, or name a local directory or the embedded base"
    )


def _cut(text: str) -> str:
    return text if len(text) <= 160 else f"{text[:157]}..."
