"""One file a command: its options, its help, one call of its stage, and the summary."""

from kpdd_cli.commands.data import data
from kpdd_cli.commands.extract import extract
from kpdd_cli.commands.filter import filter_
from kpdd_cli.commands.solve import solve

# In the order of the method.
COMMANDS = (data, extract, solve, filter_)
