"""``kpdd report``: what evaluations left on disk, as one HTML file to look at."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kpdd_cli import reports
from kpdd_cli.errors import InputError
from kpdd_cli.journal import write_atomically
from kpdd_cli.records import Mode, Row
from kpdd_cli.reports import Evaluation
from kpdd_cli.stages import Report, Summary, cards
from kpdd_cli.stages.cards import TRAINED
from kpdd_cli.teachers.anthropic import ledger, prices


@dataclass(frozen=True, slots=True)
class Config:
    """Which evaluation folders, in their order, and where the page goes.

    The replies of a paid teacher lie in ``workspace``; ``prices``: a file in place of kpdd's own.
    """

    evaluations: tuple[Path, ...]
    out: Path
    workspace: Path
    title: str = "kpdd report"
    prices: Path | None = None


@dataclass(frozen=True, slots=True)
class ReportSummary(Summary):
    """``evaluations`` that the page shows, and its size in bytes."""

    evaluations: int
    bytes: int


def found(workspace: Path) -> tuple[Path, ...]:
    """The evaluations of a workspace. Raises :class:`InputError` where it has none."""
    folders = tuple(sorted(path.parent for path in workspace.glob(f"*/{cards.CARD}")))
    if not folders:
        raise InputError(
            f"{workspace} holds no evaluation; kpdd eval makes one, or name its folder"
        )
    return folders


def run(config: Config, report: Report) -> ReportSummary:
    """Write the page."""
    began = time.monotonic()
    report.start("reading evaluations", len(config.evaluations))
    names = _names(config.evaluations)
    read = []
    for name, folder in zip(names, config.evaluations, strict=True):
        read.append(_evaluation(name, folder, config))
        report.advance()
    page = reports.render(read, config.title)
    try:
        config.out.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(config.out, page)
    except OSError as error:
        raise InputError(f"{config.out}: {error.strerror}; choose another -o") from error
    rows = sum(len(rows) for one in read for rows in one.rows.values())
    return ReportSummary(
        stage="report",
        rows_in=rows,
        rows_out=rows,
        seconds=time.monotonic() - began,
        out=str(config.out),
        evaluations=len(read),
        bytes=len(page.encode()),
    )


def _evaluation(name: str, folder: Path, config: Config) -> Evaluation:
    card = _object(folder / cards.CARD)
    if card is None or not card.get("sets"):
        raise InputError(f"{folder}: no finished evaluation ({cards.CARD}); kpdd eval makes one")
    rows = {one["set"]: cards.predictions(folder / f"{one['set']}.jsonl") for one in card["sets"]}
    teaching = _teaching(config, card["sets"][0]["student"]["mode"])
    return Evaluation(name, card, rows, _object(folder / TRAINED), teaching)


def _object(path: Path) -> Row | None:
    try:
        row = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    return row if isinstance(row, dict) else None


def _names(folders: Sequence[Path]) -> list[str]:
    """Each folder by its own name, all with their parents' where two have the same."""
    short = [folder.name.removeprefix("evaluation.") for folder in folders]
    if len(set(short)) == len(short):
        return short
    parents = (folder.resolve().parent.name for folder in folders)
    return [f"{parent}/{name}" for parent, name in zip(parents, short, strict=True)]


def _teaching(config: Config, mode: Mode) -> Row | None:
    """What the workspace's replies for students of ``mode`` have cost, all shards and samples."""
    names = ("keypoints*.replies.jsonl", f"solutions.{mode}*.replies.jsonl")
    ledgers = [path for name in names for path in sorted(config.workspace.glob(name))]
    found = asdict(ledger.bill(ledgers, config.prices))
    return {**found, "date": prices.date_of(config.prices)} if found["replies"] else None
