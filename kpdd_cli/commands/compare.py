"""``kpdd compare``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpdd_cli import output
from kpdd_cli.commands import options
from kpdd_cli.commands.options import DEFAULT_WORKSPACE

if TYPE_CHECKING:
    from kpdd_cli.records import Row

Plan = Annotated[
    Path, typer.Argument(metavar="PLAN.toml", help="What to compare: docs/evaluation.md.")
]


def compare(
    plan: Plan,
    workspace: options.Workspace = DEFAULT_WORKSPACE,
    out: options.Out = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Train and evaluate several settings, and print them as one table.

    Pipelines x modes x seeds, on the accepted rows of the workspace. A comparison that was stopped
    goes on where it stopped; what is done is not done again.

    \b
    Examples:
      kpdd compare ablation.toml
      kpdd compare ablation.toml -o my-comparison --json
    """
    from kpdd_cli.stages import compare as stage

    config = stage.read(plan, workspace, out)
    with output.Terminal(quiet=quiet) as terminal:
        result = stage.run(config, terminal)
    if as_json:
        output.close(result, as_json=True)
        return
    show(result.table)


def show(table: list[Row]) -> None:
    """The ablation table: a setting a row, a set a column, the macro average last."""
    sets = list(table[0]["sets"])
    columns = ["", *sets, *(["average"] if len(sets) > 1 else [])]
    rows = []
    for row in table:
        cells = [_share(row["sets"][name]) for name in sets]
        rows.append([row["name"], *cells, *([_share(row["macro"])] if len(sets) > 1 else [])])
    output.table(columns, rows)


def _share(found: Row) -> str:
    if found["sd"] is not None:
        return f"{found['accuracy']:.1%} ± {100 * found['sd']:.1f}"
    if found.get("ci95"):
        low, high = found["ci95"]
        return f"{found['accuracy']:.1%} ({100 * low:.1f} to {100 * high:.1f})"
    return f"{found['accuracy']:.1%}"
