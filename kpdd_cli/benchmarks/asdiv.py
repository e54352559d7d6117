"""ASDiv 1.0: problems of many kinds and grades, with formulas (Miao et al. 2020).

From chaochun/nlu-asdiv-dataset (``ASDiv.xml``, 2,305 rows), CC BY-NC 4.0: for research, not for
commercial use. Nothing is excluded, so the denominator is 2,305 where others print 2,215 or 2,096.
Answers of several values are kept whole ("30 (girls); 15 (boys)" → ``"30; 15"``), the unit moves
to a field of its own, and what is not a number stays text: names, times, dates, ratios, yes/no.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from kpdd_cli.benchmarks.base import join, plain, text
from kpdd_cli.errors import InputError
from kpdd_cli.jsonl import Line
from kpdd_cli.records import Row

NAME = "asdiv"
_VALUE_AND_UNIT = re.compile(r"(?P<value>.+?)\s+\((?P<unit>[^()]+)\)")
_NEGATIVE_FRACTION = re.compile(r"-\((\d+/\d+)\)")


def recognises(row: Row) -> bool:
    """Whether the row has ASDiv's fields, as published or as on the hub."""
    return {"body", "question", "answer", "formula"} <= _snake_case(row).keys()


def problem(row: Row) -> Row:
    """The row as a problem. Raises BadRow."""
    row = _snake_case(row)
    values, units = _values_and_units(text(row, "answer"))
    carried = {"solution_type": row.get("solution_type"), "unit": units, "grade": row.get("grade")}
    return {
        "id": row.get("id"),
        "question": join(text(row, "body"), text(row, "question")),
        "answer": values,
        "equation": text(row, "formula"),
        "source": NAME,
        **{field: value for field, value in carried.items() if value},
    }


def elements(source: Iterable[bytes], path: str) -> Iterator[Line]:
    """Each Problem element of the XML, lazily, with the line it begins on.

    Raises :class:`InputError` for XML that is not well formed, and for a DOCTYPE: ASDiv has none,
    and entities declared in one can expand without bound.
    """
    collector = _Collector(path)
    try:
        for chunk in source:
            collector.parser.Parse(chunk, False)
            yield from collector.take()
        collector.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise InputError(
            f"{path}:{error.lineno}: is not XML: {expat.ErrorString(error.code)}"
        ) from error
    if not collector.seen:
        raise InputError(f"{path}: is XML, but has no <Problem>; of XML, kpdd reads ASDiv.xml")


class _Collector:
    """Gathers the text of each Problem's children while expat parses."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.seen = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype
        self._done: list[Line] = []
        self._row: Row | None = None
        self._field = ""
        self._line = 0

    def take(self) -> list[Line]:
        """The problems finished since the last call."""
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Problem":
            self._row, self._line = dict(attributes), self.parser.CurrentLineNumber
            self.seen += 1
        elif self._row is not None and not self._field:
            self._field = name
            self._row[name] = ""

    def _characters(self, characters: str) -> None:
        if self._row is not None and self._field:
            self._row[self._field] += characters

    def _end(self, name: str) -> None:
        if name == self._field:
            self._field = ""
        elif name == "Problem" and self._row is not None:
            raw = json.dumps(self._row, ensure_ascii=False)
            self._done.append(Line(self.path, self._line, self._row, raw))
            self._row = None

    def _doctype(self, *_: object) -> None:
        line = self.parser.CurrentLineNumber
        raise InputError(f"{self.path}:{line}: has a DOCTYPE, which ASDiv.xml has not; remove it")


def _snake_case(row: Row) -> Row:
    """``Solution-Type`` (the XML) and ``solution_type`` (the hub) under one name."""
    return {field.lower().replace("-", "_"): value for field, value in row.items()}


def _values_and_units(answer: str) -> tuple[str, str]:
    values, units = [], []
    for part in answer.split(";"):
        match = _VALUE_AND_UNIT.fullmatch(part.strip())
        value, unit = match.group("value", "unit") if match else (part, "")
        values.append(str(plain(_NEGATIVE_FRACTION.sub(r"-\1", value))))
        units.append(unit.strip())
    return "; ".join(values), units[0] if len(set(units)) == 1 else "; ".join(units)
