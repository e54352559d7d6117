"""The options that several commands have, each declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

ModeName = Literal["cot", "pot"]

Workspace = Annotated[
    Path,
    typer.Option(
        "--workspace",
        "-w",
        envvar="KPDD_WORKSPACE",
        help="Folder where a stage finds its input and leaves its output.",
    ),
]
Out = Annotated[
    Path | None, typer.Option("--out", "-o", help="Output, instead of the one in the workspace.")
]
Mode = Annotated[
    ModeName, typer.Option("--mode", help="Rationale: chain of thought (cot) or a program (pot).")
]
TeacherName = Annotated[
    str,
    typer.Option(
        "--teacher",
        help="Who annotates: gold (no model: the row's own solution), anthropic, anthropic:MODEL.",
    ),
]
BaseUrl = Annotated[
    str | None,
    typer.Option(
        "--base-url", help="Any server that speaks the Messages API, local ones included."
    ),
]
Concurrency = Annotated[
    int, typer.Option("--concurrency", min=1, help="Requests in flight at once, at most.")
]
Beams = Annotated[
    int | None,
    typer.Option(
        "--beams",
        min=1,
        help=(
            "Solutions a student writes for a problem: of these counts the likeliest that gives "
            "an answer and agrees with its key points.  [default: 1; 8 for kpdd-tiny]"
        ),
        show_default=False,
    ),
]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="Only the first N rows.")]
Seed = Annotated[int, typer.Option("--seed", help="Seed of everything random; it is recorded.")]
Resume = Annotated[
    bool,
    typer.Option("--resume/--fresh", help="Go on where the last run stopped, or start over."),
]
RetryFailed = Annotated[
    bool, typer.Option("--retry-failed", help="Try the rows set aside by an earlier run again.")
]
SkipBad = Annotated[
    bool, typer.Option("--skip-bad", help="Set bad input rows aside in a file, and exit with 3.")
]
AsJson = Annotated[
    bool, typer.Option("--json", help="One JSON summary on stdout, as the last line.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, only notices.")]

DEFAULT_WORKSPACE = Path("kpdd-work")
