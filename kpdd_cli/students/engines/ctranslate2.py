"""CTranslate2: the same answers several times as fast, without torch once weights are converted.

Converted weights lie in the student's directory, in ``ctranslate2/``: a model for each part, its
adapter merged. They are made at first use, in float32: greedy answers are those of transformers.
Beam search ends by a rule of its own: of decoder-only models it may keep other candidates.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpdd_cli.errors import StudentError, UsageError
from kpdd_cli.students import bases, code_text
from kpdd_cli.students.codec import Codec, holder
from kpdd_cli.students.engines import CONVERTED, Continuation
from kpdd_cli.students.formats import PARTS, Part
from kpdd_cli.students.pieces import Pieces

if TYPE_CHECKING:
    from kpdd_cli.students.bases import Base
    from kpdd_cli.students.calculator import Calculator
    from kpdd_cli.students.engines import Engine
    from kpdd_cli.students.student import Record

_MANIFEST = "kpdd.json"  # written last: its presence means that the conversion is whole


class CTranslate2:
    """A converted student; a model for each part is loaded when it is first asked to write."""

    def __init__(
        self,
        folder: Path,
        codec: Codec,
        *,
        whole: bool,
        original: Callable[[], Engine] | None = None,
    ) -> None:
        self._folder, self.codec, self._whole = folder, codec, whole
        self._models: dict[str, Any] = {}
        self._original = original
        self._sampler: Engine | None = None

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
        if calculators is not None:
            raise UsageError(
                "--engine ctranslate2 has no calculator; take transformers, or --no-calculator"
            )
        choice: dict[str, Any] = {
            "beam_size": beams,
            "num_hypotheses": beams,
            "return_scores": beams > 1,
        }
        if begun is None:
            return self._run(part, prompts, longest, **choice)
        start = len(begun[0])
        prefix = [self.codec.pieces(ids) for ids in begun]
        texts = self._run(part, prompts, longest + start, target_prefix=prefix, **choice)
        return [text._replace(ids=text.ids[start:]) for text in texts]

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
        """See :class:`kpdd_cli.students.engines.Engine`.

        CTranslate2 has one seed for all texts, so that a sample would depend on the batch:
        transformers draws in its place.
        """
        if self._original is None:
            raise StudentError("CTranslate2 draws no samples; use the student with transformers")
        if self._sampler is None:
            self._sampler = self._original()
        return self._sampler.sample(
            part,
            prompts,
            longest=longest,
            temperature=temperature,
            seeds=seeds,
            calculators=calculators,
        )

    def _run(
        self, part: Part, prompts: Sequence[Sequence[int]], longest: int, **choice: Any
    ) -> list[Continuation]:
        model, codec = self._model(part), self.codec
        pieces = [codec.pieces(ids) for ids in prompts]
        if codec.is_encoder_decoder:
            results = model.translate_batch(
                pieces,
                max_decoding_length=longest,
                max_input_length=0,  # else what is longer than 1,024 is cut without a word
                **choice,
            )
            return [
                text
                for result in results
                for text in _scored([codec.ids(one) for one in result.hypotheses], result.scores)
            ]
        results = model.generate_batch(
            pieces,
            max_length=longest,
            include_prompt_in_result=False,
            end_token=[codec.end],
            **choice,
        )
        return [
            text
            for result in results
            for text in _scored([list(ids) for ids in result.sequences_ids], result.scores)
        ]

    def _name(self, part: Part) -> str:
        return "model" if self._whole else part

    def _model(self, part: Part) -> Any:
        """The model that writes ``part``."""
        import ctranslate2

        name = self._name(part)
        if name not in self._models:
            device = "cuda" if sees_gpu() else "cpu"
            runs = (
                ctranslate2.Translator if self.codec.is_encoder_decoder else ctranslate2.Generator
            )
            with _threads_of_torch_kept():
                self._models[name] = runs(
                    str(self._folder / name), device=device, compute_type="float32"
                )
        return self._models[name]


def _scored(texts: list[list[int]], scores: Sequence[float]) -> Iterator[Continuation]:
    """Texts with their likelihoods: a score is that of a text for each of its ids and its end."""
    for place, ids in enumerate(texts):
        yield Continuation(ids, scores[place] * (len(ids) + 1) if scores else 0.0)


@contextmanager
def _threads_of_torch_kept() -> Iterator[None]:
    """CTranslate2 sets the number of OpenMP threads of the whole process, and so torch's.

    A training that follows in this process would round otherwise than one in a process of its own.
    """
    torch: Any = sys.modules.get("torch")
    threads = torch.get_num_threads() if torch else None
    try:
        yield
    finally:
        if threads is not None:
            torch.set_num_threads(threads)


def sees_gpu() -> bool:
    """Whether it could run on a GPU here."""
    import ctranslate2

    return bool(ctranslate2.get_cuda_device_count() > 0)


def prepare(path: Path, record: Record) -> None:
    """Convert a student's weights if they are not yet. Raises :class:`StudentError`."""
    from filelock import FileLock

    folder = path / CONVERTED
    if _is_of(folder, path):
        return
    try:
        # Processes that share an evaluation come here at the same time.
        with FileLock(path.with_name(f".{path.name}.{CONVERTED}.lock")):
            if not _is_of(folder, path):
                convert(path, record, folder)
    except OSError as error:
        raise StudentError(f"{folder}: cannot be written ({error.strerror or error})") from error


def load(path: Path, record: Record) -> CTranslate2:
    """A student, its weights converted if they are not yet. Raises :class:`StudentError`."""
    prepare(path, record)

    def original() -> Engine:
        from kpdd_cli.students.engines import transformers

        return transformers.load(path, record)

    return read(path / CONVERTED, whole=record.method == "full", original=original)


def read(folder: Path, *, whole: bool, original: Callable[[], Engine] | None = None) -> CTranslate2:
    """What :func:`convert` left; ``whole``: one model writes every part; ``original`` samples."""
    manifest = _manifest(folder)
    if manifest is None:
        raise StudentError(f"{folder}: holds no weights that kpdd converted for CTranslate2")
    if manifest["chat"]:
        return CTranslate2(
            folder, bases.codec_of(folder, is_encoder_decoder=False), whole=whole, original=original
        )
    tokenizer: Any = Pieces(folder / "tokenizer.json")
    codec = Codec(
        tokenizer,
        code_text.probe(holder(tokenizer)),
        manifest["is_encoder_decoder"],
        manifest["end"],
        manifest["pad"],
    )
    return CTranslate2(folder, codec, whole=whole, original=original)


def convert(path: Path, record: Record, folder: Path, *, stored: str | None = None) -> None:
    """Leave a student's weights in ``folder`` as CTranslate2 reads them, whole or not at all.

    ``stored``: the type to keep them in (``bfloat16`` loses nothing of weights that are bfloat16).
    Raises :class:`StudentError` where it does not know the model or the folder cannot be written.
    """
    from kpdd_cli.students.engines import transformers

    parts = {"model": PARTS[record.pipeline][0]}
    if record.method == "lora":
        parts = {part: part for part in PARTS[record.pipeline]}
    try:
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".converting-") as made:
            draft = Path(made) / CONVERTED
            draft.mkdir()
            for name, part in parts.items():
                base = transformers.merged(path, record, part)
                _convert(base, draft / name, stored)
            codec = base.codec
            codec.tokenizer.save_pretrained(draft)
            (draft / _MANIFEST).write_text(
                json.dumps(
                    {
                        "student": _fingerprint(path),
                        "is_encoder_decoder": codec.is_encoder_decoder,
                        "chat": codec.chat,
                        "end": codec.end,
                        "pad": codec.pad,
                    }
                ),
                encoding="utf-8",
            )
            shutil.rmtree(folder, ignore_errors=True)
            draft.replace(folder)
    except OSError as error:
        raise StudentError(f"{folder}: cannot be written ({error.strerror or error})") from error


def _convert(base: Base, out: Path, stored: str | None) -> None:
    from ctranslate2.converters import TransformersConverter

    tokenizer = base.codec.tokenizer
    given = {name: getattr(tokenizer, name) for name in ("unk_token", "bos_token")}
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".merged-") as weights:
        base.model.save_pretrained(weights)
        # CTranslate2 cannot load a model without these; prompts are ids already, and need none.
        for name, piece in given.items():
            setattr(tokenizer, name, piece or tokenizer.eos_token)
        tokenizer.save_pretrained(weights)
        for name, piece in given.items():
            setattr(tokenizer, name, piece)
        try:
            TransformersConverter(weights).convert(str(out), quantization=stored)
        except (ValueError, KeyError, AttributeError, NotImplementedError) as error:
            reason = " ".join(str(error).split())[:160]
            raise StudentError(
                f"CTranslate2 cannot run this base ({reason}); use --engine transformers"
            ) from error


def _manifest(folder: Path) -> dict[str, Any] | None:
    """What a finished conversion says of itself; None where there is none."""
    try:
        return dict(json.loads((folder / _MANIFEST).read_text("utf-8")))
    except (OSError, ValueError):
        return None


def _is_of(folder: Path, path: Path) -> bool:
    """Whether ``folder`` holds the converted weights of the student in ``path``."""
    manifest = _manifest(folder)
    return manifest is not None and manifest["student"] == _fingerprint(path)


def _fingerprint(path: Path) -> str:
    """A hash of the student's record, which is written anew with its weights."""
    return hashlib.sha256((path / "student.json").read_bytes()).hexdigest()[:16]
