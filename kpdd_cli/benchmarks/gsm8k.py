"""GSM8K: grade-school problems with worked solutions (Cobbe et al. 2021).

From openai/grade-school-math (``train.jsonl`` 7,473 rows, ``test.jsonl`` 1,319), MIT licence.
Nothing is excluded. ``answer`` holds the worked solution with calculator marks
(``<<48/2=24>>24``) and a last line ``#### 72``: the two become ``solution`` and ``answer``,
the answer without thousands separators.
"""

from __future__ import annotations

from kpdd_cli.benchmarks.base import plain, text
from kpdd_cli.records import BadRow, Row

NAME = "gsm8k"
MARK = "####"


def recognises(row: Row) -> bool:
    """Whether the row's answer is a worked solution with the final-answer mark."""
    return "question" in row and isinstance(row.get("answer"), str) and MARK in row["answer"]


def problem(row: Row) -> Row:
    """The row as a problem; fields that GSM8K does not have are carried. Raises BadRow."""
    solution, mark, answer = text(row, "answer").rpartition(MARK)
    if not mark or not answer.strip():
        raise BadRow(f'"answer" must end in a line "{MARK} ANSWER", as GSM8K\'s do')
    worked = {"answer": plain(answer), "solution": solution.strip(), "source": NAME}
    return {"id": None, "question": None, **row, **worked}
