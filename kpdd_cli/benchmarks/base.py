"""What the benchmarks' readers share: their interface, and reading a publisher's fields."""

from __future__ import annotations

import re
from typing import Any, Protocol

from kpdd_cli.records import BadRow, Row


class Format(Protocol):
    """One publisher's format; each module of this package that reads one is such an object."""

    NAME: str

    def recognises(self, row: Row) -> bool:
        """Whether this row, the first of its source, is in this format."""

    def problem(self, row: Row) -> Row:
        """The row as a problem. Raises :class:`~kpdd_cli.records.BadRow`."""


def text(row: Row, field: str) -> str:
    """A field that must hold text, without blanks around it. Raises BadRow."""
    value = row.get(field)
    if not isinstance(value, str) or not value.strip():
        raise BadRow(f'"{field}" must be text, not {value!r}' if field in row else f'no "{field}"')
    return value.strip()


def gold(row: Row, field: str) -> Any:
    """A gold answer that must be there, as :func:`plain` has it. Raises BadRow."""
    if row.get(field) is None:
        raise BadRow(f'no "{field}"')
    return plain(row[field])


def plain(value: Any) -> Any:
    """A gold answer as its digits: ``"1,080"`` → ``"1080"``, ``51.0`` and ``"51.0"`` → ``"51"``.

    What is not a number written that way is given back as it is: names, times, ratios.
    """
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if not isinstance(value, str):
        return value
    value = value.strip()
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", value):
        value = value.replace(",", "")
    return value.removesuffix(".0") if re.fullmatch(r"-?\d+\.0", value) else value


def join(body: str, question: str) -> str:
    """Body and question as one text, for publishers who cut the last sentence between them.

    A body that breaks off after a condition ("If each bag holds 3") runs on into the question; one
    that lacks only its full stop gets it.
    """
    if body.endswith((".", "?", "!", '"')):
        return f"{body} {question}"
    last_sentence = re.split(r"(?<=[.?!])\s+", body)[-1]
    if body.endswith(",") or last_sentence.startswith("If "):
        return f"{body.rstrip(',')}, {question[0].lower()}{question[1:]}"
    return f"{body}. {question}"
