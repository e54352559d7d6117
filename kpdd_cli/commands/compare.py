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
    show_differences(result.table, result.differences)


def show(table: list[Row]) -> None:
    """The ablation table: a setting a row, a set a column, the macro average last."""
    sets = list(table[0]["sets"])
    columns = ["", *sets, *(["average"] if len(sets) > 1 else [])]
    rows = []
    for row in table:
        cells = [_share(row["sets"][name]) for name in sets]
        rows.append([row["name"], *cells, *([_share(row["macro"])] if len(sets) > 1 else [])])
    output.table(columns, rows)


def show_differences(table: list[Row], differences: list[Row]) -> None:
    """The differences that an ablation is made for, in points; the others are in the file."""
    settings = {row["name"]: row for row in table}
    shown = [
        one
        for one in differences
        if _is_asked_for(settings[one["name"]], settings[one["baseline"]])
    ]
    if not shown:
        return
    sets = list(shown[0]["sets"])
    columns = ["", "against", *sets, *(["average"] if len(sets) > 1 else [])]
    rows = []
    for one in shown:
        cells = [_points(found) for found in one["sets"].values()]
        rows.append(
            [
                one["name"],
                one["baseline"],
                *cells,
                *([_points(one["macro"])] if one["macro"] else []),
            ]
        )
    output.table(columns, rows, title="Differences in points, paired by problem, with 95 %")


def _is_asked_for(setting: Row, baseline: Row) -> bool:
    """Whether two settings differ in one thing: mode, key points, a part, or all parts (direct)."""
    if setting["mode"] != baseline["mode"]:
        return all(setting[name] == baseline[name] for name in ("pipeline", "key_points"))
    if baseline["key_points"] == "gold":
        return False
    if setting["key_points"] == "gold":
        return bool(setting["pipeline"] == baseline["pipeline"])
    return baseline["pipeline"] in ("direct", "three-stage")


def _points(found: Row) -> str:
    low, high = found["ci95"]
    return f"{100 * found['difference']:+.1f} ({100 * low:+.1f} to {100 * high:+.1f})"


def _share(found: Row) -> str:
    if found["sd"] is not None:
        return f"{found['accuracy']:.1%} ± {100 * found['sd']:.1f}"
    if found.get("ci95"):
        low, high = found["ci95"]
        return f"{found['accuracy']:.1%} ({100 * low:.1f} to {100 * high:.1f})"
    return f"{found['accuracy']:.1%}"
