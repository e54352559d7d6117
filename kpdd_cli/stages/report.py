"""``kpdd report``: what evaluations left on disk, as one HTML file to look at."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kpdd_cli import jsonl, reports
from kpdd_cli.errors import InputError
from kpdd_cli.journal import write_atomically
from kpdd_cli.records import Row
from kpdd_cli.reports import Evaluation
from kpdd_cli.stages import Report, Summary, cards
from kpdd_cli.stages.cards import TRAINED


@dataclass(frozen=True, slots=True)
class Config:
    """Which evaluation folders, in their order, and where the page goes."""

    evaluations: tuple[Path, ...]
    out: Path
    workspace: Path
    title: str = "kpdd report"


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
    tokens = _teacher_tokens(config.workspace)
    read = []
    for name, folder in zip(names, config.evaluations, strict=True):
        read.append(_evaluation(name, folder, tokens))
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


def _evaluation(name: str, folder: Path, tokens: dict[str, int]) -> Evaluation:
    card = _object(folder / cards.CARD)
    if card is None or not card.get("sets"):
        raise InputError(f"{folder}: no finished evaluation ({cards.CARD}); kpdd eval makes one")
    rows = {one["set"]: cards.predictions(folder / f"{one['set']}.jsonl") for one in card["sets"]}
    return Evaluation(name, card, rows, _object(folder / TRAINED), tokens)


def _object(path: Path) -> Row | None:
    try:
        row = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    return row if isinstance(row, dict) else None


def _names(folders: Sequence[Path]) -> list[str]:
    """Each folder by its own name, with its parent's where two have the same."""
    own = Counter(folder.name for folder in folders)
    names = []
    for folder in folders:
        short = folder.name.removeprefix("evaluation.")
        names.append(f"{folder.resolve().parent.name}/{short}" if own[folder.name] > 1 else short)
    return names


def _teacher_tokens(workspace: Path) -> dict[str, int]:
    """The tokens that the workspace's annotations took, as its rows say."""
    total: Counter[str] = Counter()
    for path in [workspace / "keypoints.jsonl", *sorted(workspace.glob("solutions.*.jsonl"))]:
        if not path.is_file() or path.name.count(".") > 2:
            continue
        stage = "extract" if path.name.startswith("keypoints") else "solve"
        for line in jsonl.read(path):
            usage = line.row.get("teacher", {}).get(stage, {}).get("usage") or {}
            total.update({n: usage.get(n) or 0 for n in ("input_tokens", "output_tokens")})
    return dict(total) if total.total() else {}
