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
        help="Directory of a student, or kpdd-embedded; else the one in the workspace.",
        callback=options.located,
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
Samples = Annotated[
    int | None,
    typer.Option(
        "--samples",
        min=1,
        help="Also draw K samples a problem, for pass@k and maj@k.",
        metavar="K",
        show_default=False,
    ),
]
Temperature = Annotated[
    float, typer.Option("--temperature", min=0.01, help="Temperature of the samples.")
]
GoldKeyPoints = Annotated[
    bool,
    typer.Option(
        "--gold-key-points",
        help="Give the student gold key points: what it would reach if it extracted perfectly.",
    ),
]
Baseline = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        metavar="STUDENT|EVALUATION",
        help="Compare with another student, or with what it was evaluated to (a folder).",
        callback=options.located,
        show_default=False,
    ),
]
BatchSize = Annotated[
    int, typer.Option("--batch-size", min=1, help="Problems solved at once; changes no answer.")
]
Calculator = Annotated[
    bool,
    typer.Option(
        "--calculator/--no-calculator",
        help="Compute what a chain of thought says that its equations come to.",
    ),
]
Processes = Annotated[
    int,
    typer.Option(
        "--processes",
        min=1,
        help="Processes on this machine that share the problems; torchrun starts them on GPUs.",
    ),
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that run programs.")]


def eval_(
    data: Data,
    student: Student = None,
    mode: options.Mode = "pot",
    split: Split = "test",
    beams: options.Beams = None,
    engine: options.EngineName = "auto",
    calculator: Calculator = False,
    samples: Samples = None,
    temperature: Temperature = 0.7,
    gold_key_points: GoldKeyPoints = False,
    baseline: Baseline = None,
    batch_size: BatchSize = 64,
    jobs: Jobs = 1,
    processes: Processes = 1,
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

    Accuracy is over every problem that has a gold answer. Key points are scored against those of
    the row, else against those of its own worked solution or equation; from that follows, too, why
    an answer is wrong. NAME.score.json is the card of a set, card.json that of them all. On several
    GPUs or machines: torchrun --nproc-per-node 4 -m kpdd_cli eval ...

    \b
    Examples:
      kpdd eval --mode pot --data svamp --data gsm8k
      kpdd eval kpdd-work/student.pot --data problems.jsonl --limit 100
      kpdd eval kpdd-work/student.pot --data svamp --baseline kpdd-work/student.cot
      kpdd eval --data gsm8k --samples 8
      kpdd eval --mode cot --data svamp --calculator -o computed --baseline kpdd-work/evaluation.cot
    """
    from kpdd_cli.stages import evaluate as stage
    from kpdd_cli.students.processes import speaks

    config = stage.Config(
        student=student or workspace / f"student.{mode}",
        sources=tuple(data),
        out=out or workspace / f"evaluation.{mode}",
        split=split,
        beams=beams,
        engine=engine,
        calculator=calculator,
        samples=samples or 0,
        temperature=temperature,
        gold_key_points=gold_key_points,
        baseline=baseline,
        batch_size=batch_size,
        jobs=jobs,
        processes=processes,
        limit=limit,
        seed=seed,
        skip_bad=skip_bad,
        fresh=not resume,
    )
    with output.Terminal(quiet=quiet) as terminal:
        result = stage.run(config, terminal)
    if not speaks():
        return
    if as_json:
        output.close(result, as_json=True)
        return
    show(result.results)
    output.table(["", ""], _over_all(output.fields(result)))
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
    if scores["diagnosis"]["kinds"]:
        yield "... by their cause", _counts(scores["diagnosis"]["kinds"])
        yield "... misunderstood by", _counts(scores["diagnosis"]["signs"])
    yield "cannot tell", _counts(scores["cannot_tell"])
    yield "excluded", _counts(scores["excluded"])
    if scores["rules"]:
        yield "answers read by", _counts(scores["rules"])
    if (samples := scores["samples"]) is not None:
        for name in ("pass", "maj"):
            shares = samples[f"{name}_at"].items()
            yield f"{name}@k", ", ".join(f"{k}: {share:.1%}" for k, share in shares)
    if (quality := scores["key_points"]) is not None:
        if quality["core_question_exact"] is not None:
            yield (
                "core question",
                f"{quality['core_question_exact']:.1%} exact, "
                f"token F1 {quality['core_question_token_f1']:.1%}",
            )
        if quality["information_f1"] is not None:
            yield (
                "information",
                f"F1 {quality['information_f1']:.1%} "
                f"(precision {quality['information_precision']:.1%}, "
                f"recall {quality['information_recall']:.1%}), "
                f"{quality['information_exact']:.1%} exact, "
                f"{quality['facts_missing']:,} facts missing, "
                f"{quality['facts_superfluous']:,} superfluous",
            )
        yield (
            "wrong answers",
            f"{quality['after_wrong_key_points']:,} of {quality['wrong_answers']:,} "
            "began with wrong key points",
        )
    yield "predictions", str(scores["out"])


def _over_all(summary: Row) -> Iterator[tuple[str, str]]:
    if (macro := summary["macro"]) is not None:
        low, high = macro["ci95"]
        mean = f"{macro['accuracy']:.1%} (95 %: {low:.1%} to {high:.1%})"
        yield f"macro average of {macro['sets']} sets", mean
    if (baseline := summary["baseline"]) is None:
        return
    for name, one in baseline["sets"].items():
        yield f"{name} against {baseline['baseline']}", _difference(one)
        split = (
            f"both {one['both']:,}, only the student {one['only_student']:,}, "
            f"only the baseline {one['only_baseline']:,}, neither {one['neither']:,}; "
            f"McNemar's exact p {one['p']:.2g}"
        )
        yield "", split + (f"; {one['unpaired']:,} unpaired" if one["unpaired"] else "")
    if (macro := baseline["macro"]) is not None:
        yield f"macro average against {baseline['baseline']}", _difference(macro)


def _difference(one: Row) -> str:
    low, high = one["ci95"]
    points = f"{100 * one['difference']:+.1f} points"
    return f"{points} (95 %: {100 * low:+.1f} to {100 * high:+.1f})"


def _counts(counts: dict[str, int]) -> str:
    named = (f"{name.replace('_', ' ')} {count:,}" for name, count in counts.items())
    return ", ".join(named) or "none"
