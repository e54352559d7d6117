"""Problems JSONL: kpdd's own rows, as ``kpdd data`` writes them and anyone can.

``question`` is needed; ``id``, ``answer``, ``solution`` and ``equation`` are read where they are
there, and every other field is carried.
"""

from __future__ import annotations

from kpdd_cli.benchmarks import gsm8k
from kpdd_cli.records import BadRow, Row

NAME = "problems"


def recognises(row: Row) -> bool:
    """Whether the row has a question."""
    return "question" in row


def problem(row: Row) -> Row:
    """The row itself. Raises BadRow for a GSM8K row among others: its answer is no answer."""
    if gsm8k.recognises(row):
        raise BadRow('"answer" is a GSM8K solution, but the rows before are not GSM8K\'s')
    return {"id": None, **row}
