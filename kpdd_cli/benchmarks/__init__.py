"""Benchmarks and files as problem rows, whatever format their publisher chose.

A SOURCE is a benchmark's name (fetched from the hub, cached), ``synthetic``, ``-`` for stdin, or a
file, whose format is recognised by its content:

=========================  ==================================================
``gsm8k[:train|test]``     GSM8K, from the hub
``svamp`` …                SVAMP, ASDiv, MultiArith, whole, from the hub
``synthetic[:SPLIT]``      made-up problems: ``train``, ``dev``, ``test``, ``unseen-train`` …
JSON lines                 problems, GSM8K, or any row below
a JSON array               SVAMP.json, MultiArith.json, or any row above
XML                        ASDiv.xml
=========================  ==================================================

A row has ``id``, ``question`` and, where its source has them, ``answer``, ``solution``,
``equation``, ``source``, ``split`` and carried fields. ``id`` is the row's own, else a hash of its
question (with ``-2`` … for a question that comes again).
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from kpdd_cli import jsonl
from kpdd_cli.benchmarks import asdiv, gsm8k, hub, multiarith, problems, svamp
from kpdd_cli.benchmarks.base import Format
from kpdd_cli.errors import InputError, UsageError
from kpdd_cli.jsonl import Line, OnBad
from kpdd_cli.records import BadRow, Problem, Row

FORMATS: tuple[Format, ...] = (gsm8k, asdiv, svamp, multiarith, problems)
SYNTHETIC = "synthetic"
NAMES = (*hub.BENCHMARKS, SYNTHETIC)
_SPLITS = {
    "gsm8k": ("train", "test"),
    SYNTHETIC: ("train", "dev", "test", "unseen-train", "unseen-test"),
}

_KNOWN = f"a SOURCE is {', '.join(NAMES)}, a file, or - for stdin"
_FILES = "kpdd reads problems JSONL, GSM8K JSONL, SVAMP.json, ASDiv.xml and MultiArith.json"


def read(
    source: str,
    *,
    split: str | None = None,
    limit: int | None = None,
    seed: int = 0,
    on_bad: OnBad | None = None,
) -> Iterator[Row]:
    """The problem rows of ``source``, lazily, at most ``limit``.

    ``split`` is read where ``source`` has splits and names none (``gsm8k``, ``synthetic``; without
    it ``train``); any other source is one test set. ``seed`` varies ``synthetic`` alone. A bad row
    goes to ``on_bad``, and without one raises :class:`InputError`, as a fault of the whole source
    always does. Raises :class:`UsageError` for a split that ``source`` does not have.
    """
    name, part = _part(source, split)
    if name == SYNTHETIC:
        from kpdd_cli.benchmarks import synthetic

        return synthetic.problems(part or "train", seed, limit)
    rows = _from_hub(name, part, on_bad) if name in hub.BENCHMARKS else _from_file(source, on_bad)
    return islice(rows, limit)


def check(source: str, *, split: str | None = None) -> None:
    """Raise, before anything is read, for a ``source`` that cannot be: see :func:`read`.

    What a pipe or the hub has to say for itself comes when it is read.
    """
    name, _ = _part(source, split)
    is_elsewhere = name in hub.BENCHMARKS or name in (SYNTHETIC, "-")
    if not is_elsewhere and (Path(source).is_file() or not Path(source).exists()):
        with _opened(source) as (stream, path):
            _head(stream, path)


def count(source: str, *, split: str | None = None) -> int | None:
    """How many rows ``source`` has, for a progress bar: good and bad together.

    None where that cannot be known beforehand: stdin, a pipe, ``synthetic`` (as many as asked for).
    """
    name, part = _part(source, split)
    if name in hub.BENCHMARKS:
        return hub.BENCHMARKS[name].rows[part]
    if name in (SYNTHETIC, "-") or source.startswith("/dev/") or not Path(source).is_file():
        return None
    with _opened(source) as (stream, path):
        head = _head(stream, path)
        if _first(head) in "<[":
            return sum(1 for _ in _lines(head, stream, path, None))
        return 1 + sum(1 for line in stream if line.strip())


def _part(source: str, wanted: str | None) -> tuple[str, str | None]:
    """The source's name and the split of it to read, None where it has none. Raises UsageError."""
    name, colon, named = source.partition(":")
    if name not in NAMES:
        name, colon, named = source, "", ""
    splits = _SPLITS.get(name, ())
    split = named if colon else wanted
    if split in splits:
        return name, split
    if split is None or (not splits and split == "test" and not colon):
        return name, splits[0] if splits else None
    has = f"has the splits {', '.join(splits)}" if splits else "is one set, without splits"
    raise UsageError(f"{name} {has}, so there is no {split!r}")


def _from_hub(name: str, split: str | None, on_bad: OnBad | None) -> Iterator[Row]:
    for row in _problems(_hub_lines(name, split, on_bad), name, on_bad):
        yield row if split is None else {**row, "split": split}


def _hub_lines(name: str, split: str | None, on_bad: OnBad | None) -> Iterator[Line]:
    for file, path in hub.files(name, split):
        if file.endswith(".parquet"):
            yield from hub.parquet(file, path)
        else:
            with _opened(file) as (stream, _):
                yield from _lines(_head(stream, path), stream, path, on_bad)


def _from_file(source: str, on_bad: OnBad | None) -> Iterator[Row]:
    with _opened(source) as (stream, path):
        yield from _problems(_lines(_head(stream, path), stream, path, on_bad), path, on_bad)


@contextmanager
def _opened(source: str) -> Iterator[tuple[BinaryIO, str]]:
    """The source as a stream that need not be seekable, and what messages call it."""
    if source == "-":
        yield sys.stdin.buffer, "stdin"
        return
    try:
        stream = open(source, "rb")  # noqa: SIM115
    except FileNotFoundError as error:
        raise InputError(f"{source}: no such file; {_KNOWN}") from error
    except OSError as error:
        raise InputError(f"{source}: cannot be read: {error.strerror}") from error
    with stream:
        yield stream, source


def _head(stream: BinaryIO, path: str) -> list[bytes]:
    """The lines up to the first that is not blank, as whose content the format is recognised.

    Raises :class:`InputError` for what is not text.
    """
    head: list[bytes] = []
    while line := stream.readline(1 << 16):
        if not head:
            line = line.removeprefix(codecs.BOM_UTF8)
            _refuse_binary(line, path)
        if b"\0" in line:
            raise InputError(f"{path}: is binary, not text; {_FILES}")
        if not line.endswith(b"\n"):
            line += stream.readline()
        head.append(line)
        if line.strip():
            return head
    raise InputError(f"{path}: is empty; {_FILES}")


_BINARY = {
    b"\x1f\x8b": "is compressed with gzip: unpack it first, or pipe it (gzip -dc FILE | kpdd … -)",
    b"PK\x03\x04": "is a zip archive: unpack it first",
    b"\x28\xb5\x2f\xfd": "is compressed with zstd: unpack it first",
    b"PAR1": f"is Parquet: convert it to JSON lines first; {_FILES}",
    codecs.BOM_UTF16_LE: "is UTF-16: convert it first (iconv -f UTF-16 -t UTF-8 FILE)",
    codecs.BOM_UTF16_BE: "is UTF-16: convert it first (iconv -f UTF-16 -t UTF-8 FILE)",
}


def _refuse_binary(start: bytes, path: str) -> None:
    for magic, why in _BINARY.items():
        if start.startswith(magic):
            raise InputError(f"{path}: {why}")


def _first(head: list[bytes]) -> str:
    return head[-1].lstrip()[:1].decode(errors="replace")


def _lines(
    head: list[bytes], stream: Iterable[bytes], path: str, on_bad: OnBad | None
) -> Iterator[Line]:
    """The rows as the publisher's fields have them, from the container that the text is."""
    text, first = chain(head, stream), _first(head)
    if first == "<":
        return asdiv.elements(text, path)
    if first == "[":
        return jsonl.array(_decoded(b"".join(text), path), path)
    if first != "{" and on_bad is None:
        shown = head[-1].decode(errors="replace").strip()[:40]
        raise InputError(f"{path}:{len(head)}: neither JSON nor XML: {shown!r}; {_FILES}")
    return jsonl.lines(text, path, on_bad=on_bad)


def _decoded(raw: bytes, path: str) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}:{line}: is not UTF-8: byte 0x{raw[error.start]:02x}") from error


def _problems(lines: Iterable[Line], path: str, on_bad: OnBad | None) -> Iterator[Row]:
    """Publishers' rows as problems. The first row that is recognised tells the format of all."""
    set_aside = on_bad or jsonl.refuse
    form: Format | None = None
    seen: dict[str, int] = {}  # id -> its line
    for line in lines:
        form = form or next((known for known in FORMATS if known.recognises(line.row)), None)
        try:
            if form is None:
                raise BadRow(f'is no problem: no "question"; {_FILES}')
            row = _problem(form, line, seen)
        except BadRow as error:
            set_aside(line.where, line.raw, str(error))
        else:
            yield row
    if not seen:
        raise InputError(f"{path}: holds no problem; {_FILES}")


def _problem(form: Format, line: Line, seen: dict[str, int]) -> Row:
    row = form.problem(line.row)
    problem = Problem.of(row)
    name = problem.id
    if row["id"] is None:
        again = 1
        while name in seen:
            again += 1
            name = f"{problem.id}-{again}"
    elif name in seen:
        raise BadRow(f'"id" {name!r} is already that of line {seen[name]}')
    seen[name] = line.number
    row["id"] = name
    if problem.answer is not None:
        row["answer"] = problem.answer
    return row
