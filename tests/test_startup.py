"""Start-up stays light: help is read often, and training libraries take seconds to import."""

import subprocess
import sys

import pytest

from kpdd_cli.commands import COMMANDS

HEAVY = {"torch", "transformers", "peft", "evaluate", "anthropic", "datasets", "pydantic", "rich"}
PROBE = """
import sys
from kpdd_cli.main import main
sys.argv = ["kpdd", *sys.argv[1:], "--help"]
try:
    main()
finally:
    print(*sorted(name for name in sys.modules if "." not in name), file=sys.stderr)
"""


@pytest.mark.parametrize("command", [[], *([c.__name__.rstrip("_")] for c in COMMANDS)], ids=str)
def test_help_imports_nothing_heavy(command):
    probe = [sys.executable, "-c", PROBE, *command]
    result = subprocess.run(probe, capture_output=True, text=True, check=True)
    assert "Usage: " in result.stdout
    assert HEAVY & set(result.stderr.split()) == set()
