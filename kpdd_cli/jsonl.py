"""Rows from JSON text, strictly: each fault names its file and line.

JSON lines are read one at a time, so that a million rows need the memory of one; a JSON array (the
form in which SVAMP and MultiArith are published) is read whole, then taken apart row by row. Both
give :class:`Line`. Refused, because what comes in must be able to go out again: NaN and Infinity,
lone surrogates, integers of more than 4,300 digits, nesting deeper than the parser's stack. Taken
as they are: a byte order mark, CRLF, blank lines, lines of any length.
"""

from __future__ import annotations

import codecs
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from kpdd_cli.errors import InputError
from kpdd_cli.records import Row

OnBad = Callable[[str, str, str], None]
"""What to do with a bad row: it gets where (``file:line``), the raw text, and why."""


class Line(NamedTuple):
    """One row and where it stands: ``number`` counts from 1, ``raw`` is the text it came from."""

    path: str
    number: int
    row: Row
    raw: str

    @property
    def where(self) -> str:
        """``file:line``, as error messages begin."""
        return f"{self.path}:{self.number}"


def refuse(where: str, raw: str, why: str) -> NoReturn:
    """Stop at a bad row: what is done with one unless the user asked to set it aside."""
    raise InputError(f"{where}: {why} (--skip-bad sets such rows aside and goes on)")


def read(path: Path | str, *, on_bad: OnBad | None = None) -> Iterator[Line]:
    """The rows of a JSON lines file, lazily.

    Raises :class:`InputError` where the file cannot be read, and at a bad row unless ``on_bad`` is
    given, which then gets it.
    """
    try:
        file = open(path, "rb")  # noqa: SIM115
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    with file:
        yield from lines(file, str(path), on_bad=on_bad)


def lines(source: Iterable[bytes], path: str, *, on_bad: OnBad | None = None) -> Iterator[Line]:
    """The rows of JSON lines from anywhere; ``path`` is what messages call the source."""
    set_aside = on_bad or refuse
    for number, raw in enumerate(source, 1):
        if number == 1:
            raw = raw.removeprefix(codecs.BOM_UTF8)
        if not raw.strip():
            continue
        try:
            text = raw.decode().rstrip("\r\n")
            row = _object(text)
        except ValueError as error:
            shown = raw.decode(errors="backslashreplace").rstrip("\r\n")
            set_aside(f"{path}:{number}", shown, _why(error))
        else:
            yield Line(path, number, row, text)


def array(text: str, path: str) -> Iterator[Line]:
    """The objects of a JSON array, each with the line it begins on.

    Every fault is an :class:`InputError` for the file: after an element that cannot be parsed,
    the next one cannot be found.
    """
    at = text.index("[") + 1
    number, counted = 1, 0
    first = True
    while True:
        at = _past_blanks(text, at)
        number, counted = number + text.count("\n", counted, at), at
        if first and text.startswith("]", at):
            break
        try:
            row, end = _parse(text, at)
            _check(row, text[at:end])
        except ValueError as error:
            line = error.lineno if isinstance(error, json.JSONDecodeError) else number
            raise InputError(f"{path}:{line}: {_why(error)}") from error
        yield Line(path, number, row, text[at:end])
        at, first = _past_blanks(text, end), False
        separator = text[at : at + 1]
        if separator == "]":
            break
        if separator != ",":
            line = number + text.count("\n", counted, at)
            found = repr(separator) if separator else "the end of the file: is it cut off?"
            raise InputError(f'{path}:{line}: expected "," or "]" after an element, found {found}')
        at += 1
    if _past_blanks(text, at + 1) != len(text):
        line = number + text.count("\n", counted, at)
        raise InputError(f"{path}:{line}: there is more text after the end of the JSON array")


def _object(text: str) -> Row:
    row, end = _parse(text, _past_blanks(text, 0))
    if (rest := _past_blanks(text, end)) != len(text):
        raise json.JSONDecodeError("more text after the object", text, rest)
    _check(row, text)
    return row  # type: ignore[no-any-return]  # _check saw that it is an object


def _check(value: Any, raw: str) -> None:
    if not isinstance(value, dict):
        raise ValueError(f"a row must be a JSON object, not {raw[:40]}")
    # Only an escape can bring a surrogate in, as strict UTF-8 holds none; the search is cheap.
    if _SURROGATE.search(raw):
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            half = error.object[error.start]
            raise ValueError(f"holds half a character, the lone surrogate {half!a}") from error


def _not_json(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON; write a number, or null where there is none")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(f"{digits:.40} is too large a number")
    return number


_decode = json.JSONDecoder(parse_constant=_not_json, parse_float=_finite).raw_decode
_BLANKS = re.compile(r"[ \t\r\n]*")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def _parse(text: str, at: int) -> tuple[Any, int]:
    """One JSON value and the offset behind it. Raises ValueError."""
    try:
        return _decode(text, at)
    except RecursionError as error:
        raise ValueError("is nested too deeply") from error


def _past_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _why(error: ValueError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"is not UTF-8: byte 0x{error.object[error.start]:02x} at column {error.start + 1}"
    if isinstance(error, json.JSONDecodeError):
        fault = error.msg[0].lower() + error.msg[1:].removesuffix(" at")
        return f"is not JSON: {fault} at column {error.colno}"
    if "integer string conversion" in str(error):
        return "holds an integer of more than 4,300 digits"
    return str(error)
