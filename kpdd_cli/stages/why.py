"""``kpdd why``: one problem's whole life through a workspace, from extraction to evaluation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kpdd_cli import jsonl
from kpdd_cli.errors import InputError
from kpdd_cli.jsonl import Line
from kpdd_cli.records import MODES, Mode, Row
from kpdd_cli.stages import cards
from kpdd_cli.students import making, student
from kpdd_cli.students.formats import PARTS


@dataclass(frozen=True, slots=True)
class Event:
    """What a stage did with the problem, in ``where`` (``file:line``, or a student's folder).

    ``what`` is one sentence; ``row`` is the whole row, None where the event is not one.
    """

    stage: str
    where: str
    what: str
    row: Row | None = None


def run(workspace: Path, id_: str) -> list[Event]:
    """The events of the problem ``id_``, in the order of the method.

    Raises :class:`InputError` where no file of the workspace has it.
    """
    events = list(_events(workspace, id_))
    if not any(event.row for event in events):
        raise InputError(
            f"{workspace}: no file in it has a problem of the id {id_!r}; "
            'ids stand in the field "id" of every row'
        )
    return events


def _events(workspace: Path, id_: str) -> Iterator[Event]:
    for line in _lines(workspace / "problems.jsonl", id_):
        yield _event("data", line, f"came in, gold answer {line.row.get('answer')}")
    for line in _lines(workspace / "keypoints.jsonl", id_):
        yield _event("extract", line, f"key points by {_teacher(line.row, 'extract')}")
    yield from _failures(workspace / "keypoints.failed.jsonl", "extract", id_)
    for mode in MODES:
        for line in _lines(workspace / f"solutions.{mode}.jsonl", id_):
            by = _teacher(line.row, "solve")
            what = f"rationale {line.row.get('sample', 0)} ({mode}) by {by}"
            yield _event("solve", line, what)
        yield from _failures(workspace / f"solutions.{mode}.failed.jsonl", "solve", id_)
        for name in ("accepted", "rejected"):
            for line in _lines(workspace / f"{name}.{mode}.jsonl", id_):
                yield _event("filter", line, f"{name}: {_verdict(line.row.get('verdict', {}))}")
        yield from _training(workspace, mode, id_)
    for folder in sorted(path.parent for path in workspace.glob(f"*/{cards.CARD}")):
        for path in sorted(folder.glob("*.jsonl")):
            for line in _lines(path, id_):
                if isinstance(line.row.get("prediction"), dict):
                    yield _event("eval", line, _predicted(line.row["prediction"]))


def _event(stage: str, line: Line, what: str) -> Event:
    return Event(stage, f"{line.path}:{line.number}", what, line.row)


def _failures(path: Path, stage: str, id_: str) -> Iterator[Event]:
    for line in _lines(path, id_):
        yield _event(stage, line, f"failed: {line.row.get('why')}")


def _lines(path: Path, id_: str) -> Iterator[Line]:
    """The lines of a file that are about the problem; nothing where there is no such file.

    A line is parsed only if it holds the id somewhere: a million lines are a second, not ten.
    """
    if not path.is_file():
        return
    plain = re.fullmatch(r"[\w.:-]+", id_, re.A) is not None
    sought = id_.encode()
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            if plain and sought not in raw:
                continue
            for line in jsonl.lines([raw], str(path), on_bad=lambda *_: None):
                if str(line.row.get("id")) == id_:
                    yield line._replace(number=number)


def _teacher(row: Row, stage: str) -> str:
    made_by = row.get("teacher", {}).get(stage, {})
    return " ".join(str(made_by[name]) for name in ("name", "model") if made_by.get(name)) or "?"


def _verdict(verdict: Row) -> str:
    value = "" if verdict.get("value") is None else f" {verdict['value']}"
    return f"{str(verdict.get('status')).replace('_', ' ')}{value} ({verdict.get('why')})"


def _predicted(found: Row) -> str:
    told = f"the student answered: {_verdict(found['verdict'])}"
    if error := found.get("diagnosis"):
        kinds = ", ".join([error["kind"], *error["signs"]])
        told += f"; {kinds}: {error['why']}"
    return told


def _training(workspace: Path, mode: Mode, id_: str) -> Iterator[Event]:
    """Whether the problem was used in training the workspace's student of that mode."""
    folder, accepted = workspace / f"student.{mode}", workspace / f"accepted.{mode}.jsonl"
    if not (folder / student.RECORD).is_file() or not accepted.is_file():
        return
    record = student.Record.read(folder)
    settings = record.training.get("settings", {})
    rows = [line.row for line in islice(jsonl.read(accepted), record.training.get("rows"))]
    aside = _set_aside(folder)
    refused = {
        problem for problem, parts in aside.items() if set(parts) >= set(PARTS[record.pipeline])
    }
    taught = {row["id"] for row in rows} - refused
    if settings.get("rows") != making.rows_hash(rows):
        what = f"cannot be told: {accepted.name} has changed since the student was trained on it"
    elif id_ in refused:
        what = f"set aside in training: {'; '.join(aside[id_].values())}"
    elif id_ not in taught:
        what = "not used in training: no accepted rationale"
    elif id_ in making.validating(taught, settings["plan"]["seed"]):
        what = "held out of training, to validate"
    elif id_ in aside:
        what = f"used in training, but not for {'; '.join(aside[id_].values())}"
    else:
        what = "used in training"
    yield Event("finetune", str(folder), what)


def _set_aside(folder: Path) -> dict[str, dict[str, str]]:
    """The training texts that were refused, by problem and part, each with its reason."""
    found: dict[str, dict[str, str]] = {}
    path = folder / "set_aside.jsonl"
    for line in jsonl.read(path) if path.is_file() else ():
        part, why = line.row["part"], line.row["why"]
        found.setdefault(line.row["problem"], {})[part] = f"{part.replace('_', ' ')} ({why})"
    return found
