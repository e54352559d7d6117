"""One file a command: its options, its help, one call of its stage, and the summary."""

from kpdd_cli.commands.ask import ask
from kpdd_cli.commands.compare import compare
from kpdd_cli.commands.data import data
from kpdd_cli.commands.demo import demo
from kpdd_cli.commands.eval import eval_
from kpdd_cli.commands.export import export
from kpdd_cli.commands.extract import extract
from kpdd_cli.commands.filter import filter_
from kpdd_cli.commands.finetune import finetune
from kpdd_cli.commands.report import report
from kpdd_cli.commands.solve import solve
from kpdd_cli.commands.why import why

# In the order of the method.
COMMANDS = (data, extract, solve, filter_, finetune, eval_, compare, report, why, ask, export, demo)
