"""A student on disk, and in memory ready to write.

The directory is moveable: it names its base by hub id or carries it. It holds

- ``student.json``, written last, so that its presence means that the student is whole;
- the tokenizer;
- ``--method lora``: an adapter for each part of the pipeline in a folder of that name, and
  ``base/`` where the base was a local directory;
- ``--method full``: the model's weights;
- ``ctranslate2/``, once that engine has run it: the same weights as it reads them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kpdd_cli.errors import InputError, StudentError
from kpdd_cli.records import MODES, PIPELINES, Mode, Pipeline, Row
from kpdd_cli.students import bases, engines
from kpdd_cli.students.formats import PARTS, Part, fingerprint

if TYPE_CHECKING:
    from kpdd_cli.students.codec import Codec
    from kpdd_cli.students.engines import Engine

Method = Literal["lora", "full"]
METHODS: tuple[Method, ...] = ("lora", "full")
RECORD = "student.json"


@dataclass(frozen=True, slots=True)
class Record:
    """What ``student.json`` says of a student; ``training`` is how it was made, for people.

    ``longest`` is the most tokens that a target of each part had: what generation may need.
    ``formats`` is the fingerprint of the texts that it was trained on.
    """

    base: str
    base_kind: bases.Kind
    base_revision: str | None
    mode: Mode
    pipeline: Pipeline
    method: Method
    slots: bool
    longest: Mapping[str, int]
    formats: str
    training: Row

    def is_known(self) -> bool:
        """Whether this version of kpdd knows what the record names."""
        return (
            self.mode in MODES
            and self.pipeline in PIPELINES
            and self.method in METHODS
            and set(PARTS[self.pipeline]) <= set(self.longest)
        )

    def write(self, folder: Path) -> None:
        """Leave the finish marker of a student's directory."""
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False)
        draft = folder / f".{RECORD}.new"
        draft.write_text(f"{text}\n", encoding="utf-8")
        draft.replace(folder / RECORD)

    @classmethod
    def read(cls, folder: Path) -> Record:
        """The record of a student. Raises :class:`InputError` where there is none."""
        path = folder / RECORD
        try:
            record = cls(**json.loads(path.read_text("utf-8")))
            if not record.is_known():
                raise ValueError
        except FileNotFoundError:
            why = f"it has no {RECORD}" if folder.is_dir() else "no such directory"
            raise InputError(f"{folder} is not a student: {why}; kpdd finetune makes one") from None
        except (OSError, ValueError, TypeError):
            raise InputError(f"{path}: not a record that kpdd finetune wrote") from None
        return record


def works_on_slots(base: str) -> bool:
    """Whether a student made of ``base`` reads and writes slots: kpdd's own bases, and students
    whose whole model was trained on one of them.
    """
    if bases.kind_of(base) in ("embedded", "ready"):
        return True
    return (Path(base) / RECORD).is_file() and Record.read(Path(base)).slots


@dataclass(frozen=True, slots=True)
class Student:
    """A student in memory, ready to write."""

    path: Path
    record: Record
    engine: Engine

    @property
    def codec(self) -> Codec:
        """Between its texts and its token ids."""
        return self.engine.codec

    @property
    def parts(self) -> tuple[Part, ...]:
        """What it writes for a problem, in order."""
        return PARTS[self.record.pipeline]


def load(path: Path, engine: engines.Name = "auto", *, reference: bool = False) -> Student:
    """A student, its base loaded once, run as :func:`kpdd_cli.students.engines.choose` has it.

    Raises InputError, UsageError or :class:`StudentError`.
    """
    record = Record.read(path)
    if record.formats != fingerprint():
        raise StudentError(
            f"{path} was trained by another version of kpdd on other prompts, and would not "
            "understand this one's; train it again with kpdd finetune"
        )
    return Student(path, record, engines.load(path, record, engine, reference=reference))


def digest(path: Path) -> str:
    """A hash of everything in a student's directory, weights included, wherever it lies.

    What CTranslate2 made of the weights is left out: running a student does not change it.
    """
    whole = hashlib.sha256()
    converted = path / engines.CONVERTED
    files = (file for file in path.rglob("*") if converted not in file.parents)
    for file in sorted(file for file in files if file.is_file()):
        with file.open("rb") as content:
            whole.update(file.relative_to(path).as_posix().encode() + b"\0")
            whole.update(hashlib.file_digest(content, "sha256").digest())
    return whole.hexdigest()[:16]


def newest(workspace: Path) -> Path | None:
    """The student of a workspace that was finished last."""
    records = sorted(workspace.glob(f"*/{RECORD}"), key=lambda path: path.stat().st_mtime)
    return records[-1].parent if records else None
