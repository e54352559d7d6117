"""The help pages of the documentation, as the commands print them (``make write-docs``)."""

from __future__ import annotations

from typer.testing import CliRunner

from kpdd_cli.commands import COMMANDS
from kpdd_cli.main import app


def page(command: str) -> str:
    """What ``kpdd COMMAND --help`` prints on a terminal of 80 columns."""
    result = CliRunner().invoke(
        app, [command, "--help"], prog_name="kpdd", env={"COLUMNS": "80"}, catch_exceptions=False
    )
    return result.stdout


def markdown() -> str:
    """Every help page, one section a command."""
    names = [command.__name__.rstrip("_") for command in COMMANDS]
    return (
        "\n" + "\n".join(f"## kpdd {name}\n\n```text\n{page(name)}```\n" for name in names) + "\n"
    )
