"""``kpdd eval``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpdd_cli import output
from kpdd_cli.commands import options
from kpdd_cli.commands.options import DEFAULT_WORKSPACE

if TYPE_CHECKING:
    from kpdd_cli.records import Row

Student = Annotated[
    Path | None,
    typer.Argument(
        metavar="STUDENT",
        help="Directory of a student; else the one in the workspace.",
        show_default=False,
    ),
]
Data = Annotated[
    list[str],
    typer.Option(
        "--data",
        "-d",
        metavar="SOURCE",
        help="Problems, named as for kpdd data; may be repeated.",
        show_default=False,
    ),
]
Split = Annotated[str, typer.Option("--split", help="Split of a source that has several.")]
BatchSize = Annotated[
    int, typer.Option("--batch-size", min=1, help="Problems solved at once; changes no answer.")
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that run programs.")]


def eval_(
    data: Data,
    student: Student = None,
    mode: options.Mode = "pot",
    split: Split = "test",
    beams: options.Beams = None,
    engine: options.EngineName = "auto",
    batch_size: BatchSize = 64,
    jobs: Jobs = 1,
    workspace: options.Workspace = DEFAULT_WORKSPACE,
    out: options.Out = None,
    limit: options.Limit = None,
    seed: options.Seed = 0,
    skip_bad: options.SkipBad = False,
    resume: options.Resume = True,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Accuracy and error analysis of a student.

    Accuracy is over every problem that has a gold answer. Key points are scored where the rows
    carry gold ones: kpdd extract --teacher gold adds them.

    \b
    Examples:
      kpdd eval --mode pot --data svamp --data gsm8k
      kpdd eval kpdd-work/student.pot --data problems.jsonl --limit 100
    """
    from kpdd_cli.stages import evaluate as stage

    config = stage.Config(
        student=student or workspace / f"student.{mode}",
        sources=tuple(data),
        out=out or workspace / f"evaluation.{mode}",
        split=split,
        beams=beams,
        engine=engine,
        batch_size=batch_size,
        jobs=jobs,
        limit=limit,
        seed=seed,
        skip_bad=skip_bad,
        fresh=not resume,
    )
    with output.Terminal(quiet=quiet) as terminal:
        result = stage.run(config, terminal)
    if as_json:
        output.close(result, as_json=True)
        return
    show(result.results)
    if result.set_aside:
        raise typer.Exit(3)


def show(results: list[Row]) -> None:
    """The scores of each source, as people read them."""
    for scores in results:
        output.table(["", ""], _lines(scores), title=str(scores["data"]))


def _lines(scores: Row) -> Iterator[tuple[str, str]]:
    low, high = scores["ci95"]
    yield "accuracy", f"{scores['accuracy']:.1%} (95 %: {low:.1%} to {high:.1%})"
    yield "correct", f"{scores['correct']:,} of {scores['n']:,} problems with a gold answer"
    yield "errors", _counts(scores["errors"])
    yield "cannot tell", _counts(scores["cannot_tell"])
    if (quality := scores["key_points"]) is not None:
        yield "core question", f"{quality['core_question_exact']:.1%} exact"
        yield (
            "information",
            f"F1 {quality['information_f1']:.1%} "
            f"(precision {quality['information_precision']:.1%}, "
            f"recall {quality['information_recall']:.1%}), "
            f"{quality['information_exact']:.1%} exact",
        )
    yield "predictions", str(scores["out"])


def _counts(counts: dict[str, int]) -> str:
    named = (f"{name.replace('_', ' ')} {count:,}" for name, count in counts.items())
    return ", ".join(named) or "none"
