"""``kpdd ask``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpdd_cli import output
from kpdd_cli.commands import options
from kpdd_cli.commands.options import DEFAULT_WORKSPACE

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kpdd_cli.records import Row

Question = Annotated[
    str | None,
    typer.Argument(
        metavar="QUESTION",
        help="A word problem; without it, one a line from the keyboard or a pipe.",
        show_default=False,
    ),
]
Student = Annotated[
    Path | None,
    typer.Option(
        "--student",
        help="Directory of a student.  [default: the newest in the workspace, else kpdd-embedded]",
        callback=options.located,
        show_default=False,
    ),
]


Samples = Annotated[
    int | None,
    typer.Option(
        "--samples",
        min=1,
        help="Draw K solutions in place of beams; the answer that most of them come to counts.",
        show_default=False,
    ),
]
Calculator = Annotated[
    bool | None,
    typer.Option(
        "--calculator/--no-calculator",
        help=(
            "Compute what a chain of thought says that its equations come to.  [default: on, "
            "unless --engine names one without it]"
        ),
        show_default=False,
    ),
]


def ask(
    question: Question = None,
    student: Student = None,
    beams: options.Beams = None,
    engine: options.EngineName = "auto",
    samples: Samples = None,
    calculator: Calculator = None,
    workspace: options.Workspace = DEFAULT_WORKSPACE,
    limit: options.Limit = None,
    seed: options.Seed = 0,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Answer a word problem, and show how.

    The student writes the core question, the problem-solving information and the reasoning or the
    program; the answer is read from the reasoning, or computed by the program, run contained.

    Where nothing has been trained yet, the student that comes with kpdd answers: small, offline,
    for short word problems in English. It says "not sure" to what is none (no number, no question,
    another language, algebra). Exit code 3: a question stayed without an answer.

    \b
    Examples:
      kpdd ask "Tom has 3 red apples and buys 4 more. How many apples does he have now?"
      kpdd ask
      kpdd ask --samples 8 --json < questions.txt
    """
    from kpdd_cli.stages import ask as stage

    path = student or stage.find(workspace)
    questions = _typed(quiet=quiet) if question is None else iter([question])
    unanswered = False
    for row in stage.run(path, islice(questions, limit), beams, engine, samples, seed, calculator):
        unanswered |= row["answer"] is None
        if as_json:
            output.data(row)
        else:
            show(row)
    if unanswered:
        raise typer.Exit(3)


def _typed(*, quiet: bool) -> Iterator[str]:
    """Questions from stdin, a line each; asked for where somebody sits at the keyboard."""
    if _at_keyboard():
        with suppress(ImportError):  # where Python has it, input() gets a history and editing
            import readline  # noqa: F401

        if not quiet:
            typer.echo("A word problem on one line; an empty line or Ctrl-D ends.", err=True)
        while question := _line():
            yield question
    else:
        for line in sys.stdin:
            if line.strip():
                yield line.strip()


def _at_keyboard() -> bool:
    return sys.stdin.isatty()


def _line() -> str:
    try:
        return input("> ").strip()
    except EOFError:
        return ""


def show(row: Row) -> None:
    """One answered question: its key points, its highlighted rationale, its answer."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    shown = Table(box=box.SIMPLE, show_header=False)
    shown.add_column(style="dim", no_wrap=True)
    shown.add_column(overflow="fold")
    for name, value in _parts(row):
        shown.add_row(name, value)
    Console().print(shown)


def _parts(row: Row) -> Iterator[tuple[str, RenderableType]]:
    from rich.syntax import Syntax
    from rich.text import Text

    if row["core_question"] is not None:
        yield "core question", Text(row["core_question"])
    if row["information"] is not None:
        yield "information", Text("\n".join(f"• {fact}" for fact in row["information"]))
    if not row["rationale"]:
        pass  # it was not asked
    elif row["mode"] == "pot":
        yield "program", Syntax(row["rationale"], "python", background_color="default")
    else:
        yield "reasoning", Text(row["rationale"])
    if row["answer"] is not None:
        yield "answer", Text(row["answer"], style="bold")
        if row["doubts"]:
            yield "not sure", Text("\n".join(row["doubts"]))
    else:
        yield "no answer", Text(row["why"])
