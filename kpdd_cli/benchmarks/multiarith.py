"""MultiArith: problems of two or more steps (Roy and Roth 2015).

From wenhuchen/Program-of-Thoughts (``MultiArith.json``, 600 rows), there under MIT. Nothing is
excluded. The copy on the hub has the same questions and answers but no equations, and no
numbers of its own, so that its ids are hashes.
"""

from __future__ import annotations

from kpdd_cli.benchmarks.base import gold, plain, text
from kpdd_cli.records import BadRow, Row

NAME = "multiarith"


def recognises(row: Row) -> bool:
    """Whether the row has MultiArith's fields, as published or as on the hub."""
    return "lSolutions" in row or "final_ans" in row


def problem(row: Row) -> Row:
    """The row as a problem. Raises BadRow."""
    if "final_ans" in row:
        question, answer = text(row, "question"), gold(row, "final_ans")
        return {"id": None, "question": question, "answer": answer, "source": NAME}
    return {
        "id": None if row.get("iIndex") is None else f"{NAME}-{row['iIndex']}",
        "question": text(row, "sQuestion"),
        "answer": _all(row, "lSolutions"),
        "equation": _all(row, "lEquations"),
        "source": NAME,
    }


def _all(row: Row, field: str) -> str:
    values = row.get(field)
    if not isinstance(values, list) or not values:
        raise BadRow(f'"{field}" must be a list with at least one value, not {values!r}')
    return "; ".join(str(plain(value)) for value in values)
