"""One file a command: its options, its help, one call of its stage, and the summary."""

from kpdd_cli.commands.ask import ask
from kpdd_cli.commands.data import data
from kpdd_cli.commands.demo import demo
from kpdd_cli.commands.eval import eval_
from kpdd_cli.commands.export import export
from kpdd_cli.commands.extract import extract
from kpdd_cli.commands.filter import filter_
from kpdd_cli.commands.finetune import finetune
from kpdd_cli.commands.solve import solve

# In the order of the method.
COMMANDS = (data, extract, solve, filter_, finetune, eval_, ask, export, demo)
