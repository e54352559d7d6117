"""``kpdd finetune``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from kpdd_cli import output
from kpdd_cli.commands import options
from kpdd_cli.commands.options import DEFAULT_WORKSPACE

Accepted = Annotated[
    Path | None,
    typer.Argument(
        metavar="ACCEPTED",
        help="What filter kept; else the one in the workspace.",
        show_default=False,
    ),
]
Base = Annotated[
    str,
    typer.Option(
        "--base",
        help=(
            "Model to start from: kpdd-embedded (comes with kpdd, trained), kpdd-tiny or "
            "kpdd-small (from scratch), a Hugging Face id (google/flan-t5-small, "
            "Qwen/Qwen3-0.6B), or a directory."
        ),
    ),
]
PipelineName = Annotated[
    Literal["three-stage", "two-stage", "one-pass", "direct", "no-core-question", "no-information"],
    typer.Option(
        "--pipeline",
        help=(
            "What the student writes: core question, information, solution (three-stage); key "
            "points, solution (two-stage); all in one (one-pass); the solution alone (direct); "
            "three stages less one (no-core-question, no-information)."
        ),
    ),
]
MethodName = Annotated[
    Literal["lora", "full"] | None,
    typer.Option(
        "--method",
        help=(
            "lora: one adapter for each of these texts; full: all weights, one model for all.  "
            "[default: lora; full for kpdd-tiny]"
        ),
        show_default=False,
    ),
]
Epochs = Annotated[
    float | None,
    typer.Option(
        "--epochs",
        min=0.001,
        help="Passes over the rows.  [default: 10; kpdd-tiny counts in steps]",
        show_default=False,
    ),
]
Steps = Annotated[
    int | None, typer.Option("--steps", min=1, help="Steps of each training, instead of epochs.")
]
BatchSize = Annotated[
    int | None,
    typer.Option(
        "--batch-size", min=1, help="Texts a step, over all processes together.  [default: 32]"
    ),
]
LearningRate = Annotated[
    float | None,
    typer.Option(
        "--learning-rate",
        min=1e-9,
        help="Peak rate.  [default: 5e-4 lora, 1e-4 full, 3e-3 from scratch; kpdd-embedded: 5e-3 "
        "lora, 1e-3 full]",
        show_default=False,
    ),
]
Rank = Annotated[int, typer.Option("--rank", min=1, help="Rank of a LoRA adapter.")]
Alpha = Annotated[
    int, typer.Option("--alpha", min=1, help="LoRA scale: updates count alpha/rank times.")
]
Dropout = Annotated[
    float, typer.Option("--dropout", min=0.0, max=0.99, help="Dropout before a LoRA adapter.")
]
BatchTokens = Annotated[
    int | None,
    typer.Option(
        "--batch-tokens",
        min=1,
        help=(
            "Most tokens that a step's texts may take up, padding included, over all processes: "
            "a larger batch is halved.  [default: 16384]"
        ),
        show_default=False,
    ),
]
QuantizeName = Annotated[
    Literal["4bit"] | None,
    typer.Option(
        "--quantize",
        help="Load the base in 4 bits and train adapters on it (QLoRA); needs a GPU, kpdd[gpu].",
        show_default=False,
    ),
]
Recipe = Annotated[
    Path | None,
    typer.Option(
        "--recipe",
        help="Settings from a TOML file, such as the recipe.toml of a student; options win.",
        show_default=False,
    ),
]
PrintConfig = Annotated[
    bool,
    typer.Option("--print-config", help="Print the recipe that this call amounts to, and stop."),
]
MaxLength = Annotated[
    int | None,
    typer.Option(
        "--max-length",
        min=8,
        help=(
            "Longest text in tokens; longer ones are set aside, never cut.  [default: 512 for "
            "prompt and target each, 1024 for both together where the model only decodes]"
        ),
    ),
]
Processes = Annotated[
    int | None,
    typer.Option(
        "--processes",
        min=1,
        help=(
            "Processes on this machine that share each step, on a CPU; torchrun starts them on "
            "GPUs.  [default: 1; kpdd-tiny: 2 where there are two cores]"
        ),
        show_default=False,
    ),
]


def finetune(
    context: typer.Context,
    accepted: Accepted = None,
    mode: options.Mode = "pot",
    pipeline: PipelineName = "three-stage",
    base: Base = "kpdd-tiny",
    method: MethodName = None,
    epochs: Epochs = None,
    steps: Steps = None,
    batch_size: BatchSize = None,
    batch_tokens: BatchTokens = None,
    learning_rate: LearningRate = None,
    rank: Rank = 16,
    alpha: Alpha = 32,
    dropout: Dropout = 0.05,
    max_length: MaxLength = None,
    processes: Processes = None,
    quantize: QuantizeName = None,
    recipe: Recipe = None,
    print_config: PrintConfig = False,
    workspace: options.Workspace = DEFAULT_WORKSPACE,
    out: options.Out = None,
    limit: options.Limit = None,
    seed: options.Seed = 0,
    resume: options.Resume = True,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Tune a student on the accepted rows.

    A training that was stopped goes on from its newest checkpoint. On several GPUs or machines:
    torchrun --nproc-per-node 4 -m kpdd_cli finetune ...

    A recipe and the same rows train the same student.

    \b
    Examples:
      kpdd finetune --mode pot
      kpdd finetune --base google/flan-t5-base --mode cot --epochs 10
      kpdd finetune accepted.jsonl --base Qwen/Qwen3-0.6B --pipeline one-pass -o my-student
      kpdd finetune --base google/flan-t5-small --print-config > recipe.toml
      kpdd finetune --recipe recipe.toml
    """
    from kpdd_cli.stages import finetune as stage
    from kpdd_cli.stages.intake import must_exist
    from kpdd_cli.students import recipes
    from kpdd_cli.students.making import Adapter
    from kpdd_cli.students.processes import speaks

    settings = _settings(context, {} if recipe is None else recipes.read(recipe))
    mode = settings["mode"]
    adapter = Adapter(*(settings.pop(name) for name in ("rank", "alpha", "dropout")))
    accepted = accepted or workspace / f"accepted.{mode}.jsonl"
    config = stage.Config(
        accepted=accepted,
        out=out or workspace / f"student.{mode}",
        adapter=adapter,
        processes=processes,
        limit=limit,
        fresh=not resume,
        **settings,
    )
    if print_config:
        typer.echo(recipes.text(stage.order_of(config).recipe()), nl=False)
        return
    must_exist(accepted, "kpdd filter")
    # A launcher (torchrun, accelerate) starts this command in several processes: one speaks.
    with output.Terminal(quiet=quiet or not speaks()) as terminal:
        result = stage.run(config, terminal)
    if speaks():
        output.close(result, as_json=as_json)


def _settings(context: typer.Context, recipe: dict[str, Any]) -> dict[str, Any]:
    """What a recipe may hold: as the user typed it, else from the recipe, else the default."""
    from kpdd_cli.students import recipes

    typed = {
        name
        for name in context.params
        if (source := context.get_parameter_source(name)) is not None and source.name != "DEFAULT"
    }
    if "epochs" in typed and "steps" not in typed:
        recipe.pop("steps", None)  # else they would override what was asked for
    return {
        name: recipe.get(name, context.params.get(name))
        if name not in typed
        else context.params[name]
        for name in recipes.FIELDS
    }
