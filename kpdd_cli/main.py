"""The app, its commands, and the one door through which every error leaves.

Exit codes: 0 done; 1 the job failed; 2 the call or the input is wrong; 3 done, but some rows were
set aside; 130 interrupted, and the next call resumes.
"""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from kpdd_cli import __version__, output
from kpdd_cli.commands import COMMANDS
from kpdd_cli.errors import KpddError


class _Group(TyperGroup):
    """The command group, whose own flags are false rather than unset where they are not given.

    typer 0.29 coerces an unset flag through pydantic, whose import would cost every call 0.1 s.
    """

    def get_params(self, ctx: Any) -> Any:
        params = super().get_params(ctx)
        for param in params:
            if getattr(param, "is_flag", False) and not isinstance(param.default, bool):
                param.default = False
        return params


class _Command(TyperCommand):
    """A command whose help keeps the options of each panel together, in plain text."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        panels: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            is_argument = param.param_type_name == "argument"
            panel = "Arguments" if is_argument else getattr(param, "rich_help_panel", None)
            if (record := param.get_help_record(ctx)) is not None:
                panels.setdefault(panel or "Options", []).append(record)
        for panel in sorted(panels, key=lambda name: name not in ("Arguments", "Options")):
            with formatter.section(panel):
                formatter.write_dl(panels[panel])


app = typer.Typer(
    cls=_Group,
    name="kpdd",
    help=(
        "Teach small models to solve word problems: key-point-driven mathematical reasoning "
        "distillation (arXiv 2407.10167)."
    ),
    epilog="Try it without a key and without a download: kpdd demo",
    no_args_is_help=True,
    # Plain help: rich would double the start-up time.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for _command in COMMANDS:
    app.command(_command.__name__.rstrip("_"), cls=_Command)(_command)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"kpdd {__version__}")
        raise typer.Exit


@app.callback()
def _kpdd(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say it, and stop.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run ``kpdd`` and exit with its code; a :class:`KpddError` becomes one line on stderr."""
    try:
        app()
    except KpddError as error:
        output.error(str(error))
        sys.exit(error.exit_code)
