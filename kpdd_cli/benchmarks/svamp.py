"""SVAMP: short problems, varied so that shortcuts fail; many irrelevant facts (Patel et al. 2021).

From arkilpatel/SVAMP (``SVAMP.json``, 1,000 rows), MIT licence. Nothing is excluded. The question
is Body and Question joined to readable text; Type is carried as ``type``.
"""

from __future__ import annotations

from kpdd_cli.benchmarks.base import gold, join, text
from kpdd_cli.records import Row

NAME = "svamp"


def recognises(row: Row) -> bool:
    """Whether the row has SVAMP's fields."""
    return {"Body", "Question", "Answer"} <= row.keys()


def problem(row: Row) -> Row:
    """The row as a problem. Raises BadRow."""
    return {
        "id": row.get("ID"),
        "question": join(text(row, "Body"), text(row, "Question")),
        "answer": gold(row, "Answer"),
        "equation": row.get("Equation"),
        "source": NAME,
        "type": row.get("Type"),
    }
