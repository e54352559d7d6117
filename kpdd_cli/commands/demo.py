"""``kpdd demo``."""

from __future__ import annotations

from pathlib import Path

import typer

from kpdd_cli import output
from kpdd_cli.commands import options
from kpdd_cli.commands.ask import show as show_answer
from kpdd_cli.commands.eval import show as show_scores

_WORKSPACE = Path("kpdd-demo")


def demo(
    workspace: options.Workspace = _WORKSPACE,
    seed: options.Seed = 0,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """All of it on the student that comes with kpdd: no key, no download.

    Makes word problems of kinds that it can hardly do, annotates them with the gold teacher, tunes
    an adapter on them (LoRA, KPDD-PoT), measures it before and after, and asks it a question.
    A few minutes on two cores; a second run reuses what is there.

    \b
    Examples:
      kpdd demo
      kpdd demo -w somewhere-else --seed 1
    """
    from kpdd_cli.stages import Summary
    from kpdd_cli.stages import demo as stage
    from kpdd_cli.stages.evaluate import EvaluationSummary

    with output.Terminal(quiet=quiet) as terminal:
        for step in stage.run(workspace, seed, terminal):
            if as_json:
                fields = output.fields(step.result)
                output.data({"command": step.command, **fields})
                continue
            typer.secho(f"$ {step.command}", bold=True)
            if isinstance(step.result, EvaluationSummary):
                show_scores(step.result.results)
            elif isinstance(step.result, Summary):
                output.summary(step.result, as_json=False)
            else:
                show_answer(step.result)
    if not as_json:
        typer.secho(f"What the stages wrote is in {workspace}; ask on:", bold=True)
        typer.echo(f'  kpdd ask -w {workspace} "…"')
