"""What runs a student's model: one engine a file, and the choice between them.

Every engine continues prompts of token ids, greedily or by beam search. ``transformers`` runs every
base on every device. ``ctranslate2`` runs most of them several times as fast, on weights that it
converts once, and starts without torch. ``vllm`` serves decoder-only models on a GPU.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from kpdd_cli.errors import StudentError, UsageError

if TYPE_CHECKING:
    from kpdd_cli.students.calculator import Calculator
    from kpdd_cli.students.codec import Codec
    from kpdd_cli.students.formats import Part
    from kpdd_cli.students.student import Record

Chosen = Literal["transformers", "ctranslate2", "vllm"]
Name = Literal["auto", Chosen]
Ids = Sequence[int]

#: The numbers that each computes with: a score depends on them. ``auto`` is the base's own type.
DTYPES: dict[Chosen, str] = {"transformers": "float32", "ctranslate2": "float32", "vllm": "auto"}

#: The folder of a student that holds its weights as CTranslate2 reads them.
CONVERTED = "ctranslate2"

# What to install where an engine is asked for and not there.
_EXTRAS = {"ctranslate2": "kpdd[fast]", "vllm": "kpdd[vllm]"}


class Continuation(NamedTuple):
    """What a model writes after a prompt, with or without its end.

    ``log_likelihood`` is the natural logarithm of its probability, end included; 0 where it is the
    only one.
    """

    ids: list[int]
    log_likelihood: float = 0.0


class Engine(Protocol):
    """A model in memory. ``beams`` continuations a prompt come in turn, likeliest first.

    ``calculators``: one for each prompt, which computes what the text says that sums come to.
    """

    @property
    def codec(self) -> Codec:
        """The writing of the model that it runs."""

    def write(
        self,
        part: Part,
        prompts: Sequence[Ids],
        *,
        longest: int,
        beams: int,
        begun: Sequence[Ids] | None = None,
        calculators: Sequence[Calculator] | None = None,
    ) -> list[Continuation]:
        """Continue each prompt of ``part`` by at most ``longest`` ids.

        Where there are several continuations of a prompt, each has its likelihood.
        ``begun``, for encoder-decoders alone: what each text begins with, as many ids in each. It
        is not repeated in what comes back.
        """

    def sample(
        self,
        part: Part,
        prompts: Sequence[Ids],
        *,
        longest: int,
        temperature: float,
        seeds: Sequence[int],
        calculators: Sequence[Calculator] | None = None,
    ) -> list[Continuation]:
        """One continuation of each prompt, drawn at a temperature, fixed by its seed."""


def choose(path: Path, record: Record, name: Name = "auto", *, reference: bool = False) -> Chosen:
    """Which engine ``name`` is here. Raises UsageError where the one named is not installed.

    ``auto`` is ctranslate2 where it is installed and knows the model, unless a GPU is at hand that
    suits another better: vllm, where installed, for decoder-only models, else transformers.
    ``reference``: what is asked for is done alike by no other engine, so that ``auto`` is
    transformers whatever is installed.
    """
    if name != "auto":
        if name in _EXTRAS and find_spec(name) is None:
            raise UsageError(f"--engine {name}: it is not installed; pip install '{_EXTRAS[name]}'")
        return name
    if reference:
        return "transformers"
    from kpdd_cli.students.engines import ctranslate2, vllm

    if find_spec("ctranslate2") is not None and not ctranslate2.sees_gpu():
        try:
            ctranslate2.prepare(path, record)
        except StudentError:  # a model that it does not know, or nowhere to keep the conversion
            return "transformers"
        return "ctranslate2"
    if find_spec("vllm") is not None and vllm.suits(path, record):
        return "vllm"
    return "transformers"


def load(path: Path, record: Record, name: Name = "auto", *, reference: bool = False) -> Engine:
    """The engine of a student, as :func:`choose` has it. Raises UsageError, StudentError."""
    from kpdd_cli.students.engines import ctranslate2, transformers, vllm

    match choose(path, record, name, reference=reference):
        case "transformers":
            return transformers.load(path, record)
        case "ctranslate2":
            return ctranslate2.load(path, record)
        case "vllm":
            return vllm.load(path, record)
