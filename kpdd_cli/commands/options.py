"""The options that several commands have, each declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

ModeName = Literal["cot", "pot"]


def located(path: Path | None) -> Path | None:
    """A student's directory; the student that comes with kpdd goes by its name."""
    if path is None or path.exists():
        return path
    from kpdd_cli.students import embedded

    return embedded.ready() if str(path) == embedded.READY else path


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

#: The heading that options of the anthropic teacher stand under, apart from the others.
_MODEL = "A large model as teacher"

BaseUrl = Annotated[
    str | None,
    typer.Option(
        "--base-url",
        help="Any server that speaks the Messages API, local ones included.",
        rich_help_panel=_MODEL,
    ),
]
Concurrency = Annotated[
    int | None,
    typer.Option(
        "--concurrency",
        min=1,
        help="Rows worked on at once, at most.  [default: 32]",
        rich_help_panel=_MODEL,
    ),
]
Rpm = Annotated[
    float | None,
    typer.Option(
        "--rpm",
        min=0.001,
        help="Requests a minute, at most; else the server's own limits, read from its replies.",
        rich_help_panel=_MODEL,
    ),
]
Deadline = Annotated[
    float | None,
    typer.Option(
        "--deadline",
        min=0.001,
        metavar="SECONDS",
        help="Time for one request, from sending to the last byte.  [default: 120]",
        rich_help_panel=_MODEL,
    ),
]
Repairs = Annotated[
    int | None,
    typer.Option(
        "--repairs",
        min=0,
        help="Further requests for a reply that cannot be used, at most.  [default: 2]",
        rich_help_panel=_MODEL,
    ),
]
PromptsFolder = Annotated[
    Path | None,
    typer.Option(
        "--prompts",
        metavar="DIR",
        help="Prompt templates that replace kpdd's own of the same names.",
        rich_help_panel=_MODEL,
    ),
]
Prices = Annotated[
    Path | None,
    typer.Option(
        "--prices",
        metavar="FILE",
        help="Prices that replace kpdd's own dated ones.",
        rich_help_panel=_MODEL,
    ),
]
MaxUsd = Annotated[
    float | None,
    typer.Option(
        "--max-usd",
        min=0.0,
        help="Spend no more US dollars than this on the output, in all runs together.",
        rich_help_panel=_MODEL,
    ),
]
Estimate = Annotated[
    bool,
    typer.Option(
        "--estimate", help="Say what a run would cost, and send nothing.", rich_help_panel=_MODEL
    ),
]
Batch = Annotated[
    bool,
    typer.Option(
        "--batch",
        help="Message batches: half the price, within a day; the same call comes back to them.",
        rich_help_panel=_MODEL,
    ),
]
Cancel = Annotated[
    bool,
    typer.Option(
        "--cancel", help="End the batches under way, keep what they made.", rich_help_panel=_MODEL
    ),
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
EngineName = Annotated[
    Literal["auto", "transformers", "ctranslate2", "vllm"],
    typer.Option(
        "--engine",
        help=(
            "What runs the model: transformers (everything), ctranslate2 (several times as fast; "
            "pip install 'kpdd[fast]'), vllm (decoder-only models on a GPU); auto takes the "
            "fastest that is installed, knows the model and gives the same answers."
        ),
    ),
]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="Only the first N rows.")]
Shard = Annotated[
    str | None,
    typer.Option(
        "--shard",
        metavar="I/N",
        help="Only share I of N, by a hash of the ids; the N outputs concatenate.",
    ),
]
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
