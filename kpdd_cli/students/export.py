"""A student as other tools load it: adapters merged, one model for each text that it writes.

``merged`` and ``gguf-ready`` are directories as transformers saves them, the second with what
llama.cpp's converter needs besides. ``ctranslate2`` is what that engine loads. A pipeline of one
text gives one model; of several, a folder each, named by the text.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kpdd_cli.errors import StudentError
from kpdd_cli.records import Row
from kpdd_cli.students import formats
from kpdd_cli.students.engines import ctranslate2, transformers
from kpdd_cli.students.formats import PARTS, Draft, Part

if TYPE_CHECKING:
    from kpdd_cli.students.bases import Base
    from kpdd_cli.students.codec import Codec
    from kpdd_cli.students.engines import Continuation, Engine
    from kpdd_cli.students.student import Record

Form = Literal["merged", "ctranslate2", "gguf-ready"]
CARD = "README.md"


def write(path: Path, record: Record, form: Form, out: Path) -> None:
    """Leave the models of a student in ``out``, an empty folder. Raises :class:`StudentError`."""
    if form == "ctranslate2":
        ctranslate2.convert(path, record, out)
        return
    for name, part in folders(record).items():
        base = transformers.merged(path, record, part)
        if form == "gguf-ready":
            _must_suit_llama_cpp(base, record)
        base.model.save_pretrained(out / name)
        base.codec.tokenizer.save_pretrained(out / name)
        if form == "gguf-ready" and base.codec.is_encoder_decoder:
            shutil.copyfile(_sentencepiece_of(path, record), out / name / "spiece.model")


def folders(record: Record) -> dict[str, Part]:
    """The folder of each model, and what it writes; of a model for all: the first part."""
    parts = PARTS[record.pipeline]
    if record.method == "full" or len(parts) == 1:
        return {".": parts[0]}
    return {part: part for part in parts}


def engine(out: Path, record: Record, form: Form) -> Engine:
    """What was exported, read back from ``out`` to be compared with the student."""
    if form == "ctranslate2":
        return ctranslate2.read(out, whole=record.method == "full")
    models = {part: transformers.read(out / name) for name, part in folders(record).items()}
    return _Models(models)


@dataclass(frozen=True, slots=True)
class _Models:
    """Models that take turns, each an engine of its own; a lone one writes every part."""

    models: Mapping[Part, transformers.Transformers]

    @property
    def codec(self) -> Codec:
        return next(iter(self.models.values())).codec

    def write(
        self, part: Part, prompts: Sequence[Sequence[int]], **choice: Any
    ) -> list[Continuation]:
        return self._of(part).write(part, prompts, **choice)

    def sample(
        self, part: Part, prompts: Sequence[Sequence[int]], **choice: Any
    ) -> list[Continuation]:
        return self._of(part).sample(part, prompts, **choice)

    def _of(self, part: Part) -> transformers.Transformers:
        return self.models.get(part) or next(iter(self.models.values()))


def card(
    record: Record, form: Form, scores: Sequence[Row], parity: str, licence: str | None
) -> str:
    """The model card: what it is, from what, how it was trained, what it scored, how to ask it."""
    training = record.training
    settings = training.get("settings", {})
    head = {
        "base_model": record.base if record.base_kind == "hub" else None,
        "license": licence,
        "language": "en",
        "library_name": "ctranslate2" if form == "ctranslate2" else "transformers",
        "tags": ["kpdd", "math-word-problems", record.mode, record.pipeline],
    }
    front = [f"{name}: {json.dumps(value)}" for name, value in head.items() if value is not None]
    teachers = training.get("teachers") or ["not recorded"]
    lines = [
        "---",
        *front,
        "---",
        "",
        f"# A student of word problems on {record.base}",
        "",
        "Trained by key-point-driven mathematical reasoning distillation ([arXiv 2407.10167]"
        f"(https://arxiv.org/abs/2407.10167)): {record.pipeline}, {record.mode}, {record.method}.",
        "",
        "## Data",
        "",
        f"- {training['rows']:,} accepted rows of {training['problems']:,} problems "
        f"(sha256 of the rows: `{settings.get('rows', 'not recorded')}`)",
        f"- Annotated by: {', '.join(teachers)}",
        "",
        "## Recipe",
        "",
        "```json",
        json.dumps(settings, indent=2, ensure_ascii=False),
        "```",
        "",
        "## Scores",
        "",
        *(_score_lines(scores) or ["Not measured."]),
        "",
        f"Export: {parity}",
        "",
        "## Licence and terms",
        "",
        f"- Base: {record.base}, licence {licence or 'as its owner states'}. Its terms bind these "
        "weights too.",
        f"- Teacher: {', '.join(teachers)}. The terms of a provider may restrict what its output "
        "may train; whoever publishes these weights answers for that.",
        "",
        "## What it reads",
        "",
        *_prompt_lines(record),
    ]
    return "\n".join(lines) + "\n"


def _score_lines(scores: Sequence[Row]) -> list[str]:
    if not scores:
        return []
    rows = [
        f"| {score['set']} | {score['accuracy']:.1%} | {score['correct']:,} of {score['n']:,} "
        f"| {score['ci95'][0]:.1%} to {score['ci95'][1]:.1%} |"
        for score in scores
        if score.get("n")
    ]
    return ["| problems | accuracy | correct | 95 % interval |", "| --- | --- | --- | --- |", *rows]


def _prompt_lines(record: Record) -> list[str]:
    lines = ["Greedily, one text after another; later prompts hold what earlier ones brought.", ""]
    if record.slots:
        lines += ["Numbers and names are replaced by slots, which `kpdd ask` does.", ""]
    example = Draft("QUESTION", "CORE QUESTION", ("FACT", "FACT"))
    for part in PARTS[record.pipeline]:
        lines += ["```text", formats.prompt(part, record.mode, example), "```", ""]
    return lines[:-1]


def _must_suit_llama_cpp(base: Base, record: Record) -> None:
    if record.slots:
        raise StudentError(
            "llama.cpp has no tokenizer like kpdd-tiny's; use --to merged or --to ctranslate2"
        )
    if base.codec.is_encoder_decoder and base.model.config.model_type not in ("t5", "umt5"):
        raise StudentError(
            f"llama.cpp runs no encoder-decoder of the kind {base.model.config.model_type}; "
            "use --to merged or --to ctranslate2"
        )


def _sentencepiece_of(path: Path, record: Record) -> Path:
    """The base's own ``spiece.model``, which llama.cpp reads and transformers no longer writes."""
    from huggingface_hub import hf_hub_download

    if record.base_kind == "hub":
        try:
            return Path(hf_hub_download(record.base, "spiece.model", revision=record.base_revision))
        except (OSError, ValueError) as error:
            raise StudentError(
                f"{record.base}: its spiece.model cannot be had ({error})"
            ) from error
    carried = path / "base" / "spiece.model"
    if not carried.exists():
        raise StudentError(
            f"llama.cpp needs the base's spiece.model; put it into {carried.parent}, or use "
            "--to merged"
        )
    return carried


def licence_of(record: Record) -> str | None:
    """The licence that the base's own card on the hub names; None where there is none to read."""
    from huggingface_hub import ModelCard, hf_hub_download
    from huggingface_hub.errors import HTTPError  # type: ignore[attr-defined]  # httpx's

    if record.base_kind != "hub":
        return None
    try:
        card = hf_hub_download(record.base, "README.md", revision=record.base_revision)
        found = ModelCard.load(card, ignore_metadata_errors=True).data.license
    except (HTTPError, OSError, ValueError):
        return None
    return found if isinstance(found, str) else None


def push(out: Path, repo: str) -> str:
    """Upload an export to the hub, private unless the repository exists; its address."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import (  # type: ignore[attr-defined]  # HTTPError is httpx's
        HfHubHTTPError,
        HFValidationError,
        HTTPError,
    )

    api = HfApi()
    try:
        repository = api.create_repo(repo, private=True, exist_ok=True)
        api.upload_folder(repo_id=repo, folder_path=out, commit_message="Export by kpdd")
    except HFValidationError as error:
        raise StudentError(f"--push {repo}: no name of a repository ({error})") from error
    except (HTTPError, OSError, ValueError) as error:
        why = " ".join(str(error).split())[:200]
        failed, then = "the hub cannot be reached", "check the network"
        if isinstance(error, HfHubHTTPError):
            failed, then = "the hub refused it", "log in with hf auth login"
        raise StudentError(
            f"--push {repo}: {failed} ({why}); {then}. The export is in {out}"
        ) from error
    return str(repository)
