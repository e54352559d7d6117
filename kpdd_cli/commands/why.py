"""``kpdd why``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from kpdd_cli import output
from kpdd_cli.commands import options
from kpdd_cli.commands.options import DEFAULT_WORKSPACE

if TYPE_CHECKING:
    from kpdd_cli.records import Row
    from kpdd_cli.stages.why import Event

Id = Annotated[str, typer.Argument(metavar="ID", help='The "id" of a problem.')]


def why(
    id_: Id,
    workspace: options.Workspace = DEFAULT_WORKSPACE,
    as_json: options.AsJson = False,
) -> None:
    """Tell one problem's whole life through the workspace.

    What was extracted and by whom, each rationale and its verdict, whether it was used in
    training, what the student answered, and why that is wrong.

    \b
    Examples:
      kpdd why q-2b2e3f9639f6fa28
      kpdd why 17 -w my-workspace --json
    """
    from kpdd_cli.stages import why as stage

    events = stage.run(workspace, id_)
    if as_json:
        told = [{"stage": e.stage, "where": e.where, "what": e.what, "row": e.row} for e in events]
        output.data({"stage": "why", "id": id_, "events": told})
        return
    question = next(event.row["question"] for event in events if event.row)
    output.table(["", ""], [("id", id_), ("question", question)])
    shown: set[str] = set()
    output.table(["", ""], [line for event in events for line in _lines(event, shown)])


def _lines(event: Event, shown: set[str]) -> Iterator[tuple[str, str]]:
    """An event, and what it brought that no event before it did."""
    yield event.stage, f"{event.what}\n{event.where}"
    for name, text in _parts(event):
        if text not in shown:
            shown.add(text)
            yield f"  {name}", text


def _parts(event: Event) -> Iterator[tuple[str, str]]:
    row: Row = event.row or {}
    row = row.get("prediction", row) if event.stage == "eval" else row
    if row.get("core_question"):
        yield "core question", row["core_question"]
    if row.get("information"):
        yield "information", "\n".join(f"• {fact}" for fact in row["information"])
    if row.get("rationale"):
        yield ("program" if row.get("mode") == "pot" else "reasoning"), row["rationale"]
