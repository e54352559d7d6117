"""``kpdd export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from kpdd_cli import output
from kpdd_cli.commands import options
from kpdd_cli.commands.options import DEFAULT_WORKSPACE

Student = Annotated[
    Path | None,
    typer.Argument(
        metavar="STUDENT",
        help="Directory of a student, or kpdd-embedded; else the one in the workspace.",
        callback=options.located,
        show_default=False,
    ),
]
To = Annotated[
    Literal["merged", "ctranslate2", "gguf-ready"],
    typer.Option(
        "--to",
        help=(
            "merged: transformers models, adapters merged; ctranslate2: for that engine; "
            "gguf-ready: merged, with what llama.cpp's converter needs."
        ),
    ),
]
Data = Annotated[
    str,
    typer.Option(
        "--data",
        "-d",
        metavar="SOURCE",
        help="Problems on which student and export must agree, named as for kpdd data.",
    ),
]
Licence = Annotated[
    str | None,
    typer.Option(
        "--licence",
        help="Licence of the base (apache-2.0), for the card.  [default: what its own card says]",
        show_default=False,
    ),
]
Push = Annotated[
    str | None,
    typer.Option(
        "--push",
        metavar="REPO",
        help="Upload it to this repository of the hub; a new one is private.",
        show_default=False,
    ),
]
Problems = Annotated[int, typer.Option("--limit", min=1, help="So many problems are compared.")]


def export(
    student: Student = None,
    to: To = "merged",
    mode: options.Mode = "pot",
    data: Data = "synthetic",
    licence: Licence = None,
    push: Push = None,
    workspace: options.Workspace = DEFAULT_WORKSPACE,
    out: options.Out = None,
    limit: Problems = 100,
    seed: options.Seed = 0,
    resume: options.Resume = True,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Hand a student over to other tools, with a model card.

    Adapters are merged: each text of the pipeline gets a model. The export must write the same as
    the student on 100 problems, else nothing is left behind. The card holds data, recipe, scores
    (those in the workspace's evaluation), and whose terms apply.

    \b
    Examples:
      kpdd export --to merged
      kpdd export kpdd-work/student.pot --to ctranslate2 -o my-student-ct2
      kpdd export --to gguf-ready --licence apache-2.0 --push me/my-student
    """
    from kpdd_cli.stages import export as stage

    path = student or workspace / f"student.{mode}"
    config = stage.Config(
        student=path,
        out=out or path.with_name(f"{path.name}.{to}"),
        form=to,
        source=data,
        evaluation=path.with_name(path.name.replace("student", "evaluation")),
        licence=licence,
        push=push,
        limit=limit,
        seed=seed,
        fresh=not resume,
    )
    with output.Terminal(quiet=quiet) as terminal:
        result = stage.run(config, terminal)
    output.close(result, as_json=as_json)
