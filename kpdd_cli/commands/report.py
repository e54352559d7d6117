"""``kpdd report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kpdd_cli import output
from kpdd_cli.commands import options
from kpdd_cli.commands.options import DEFAULT_WORKSPACE

Evaluations = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="EVALUATION...",
        help="Folders that kpdd eval wrote; else all of the workspace.",
        show_default=False,
    ),
]
Title = Annotated[str, typer.Option("--title", help="Title of the page.")]


def report(
    evaluations: Evaluations = None,
    title: Title = "kpdd report",
    workspace: options.Workspace = DEFAULT_WORKSPACE,
    out: options.Out = None,
    prices: options.Prices = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Show evaluations as one HTML file.

    The page needs no network: accuracy beside published references, causes of errors, learning
    curves, cost, and every sample to search and filter.

    \b
    Examples:
      kpdd report
      kpdd report kpdd-work/evaluation.pot kpdd-work/evaluation.cot -o report.html
    """
    from kpdd_cli.stages import report as stage

    config = stage.Config(
        evaluations=tuple(evaluations or stage.found(workspace)),
        out=out or workspace / "report.html",
        workspace=workspace,
        title=title,
        prices=prices,
    )
    with output.Terminal(quiet=quiet) as terminal:
        result = stage.run(config, terminal)
    output.close(result, as_json=as_json)
