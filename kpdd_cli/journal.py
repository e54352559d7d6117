"""A stage's output while it is being made: appended, locked, resumable.

An output is a group of JSONL files with one writer: the output itself, the rows set ``aside``
(what ``filter`` rejects, what a teacher could not annotate) and, where rows are paid for, ``spare``
ones. Each row is written with one system call as soon as it is made, so that killing the process
loses none of the rows before it; the files are synced to disk at most once a second and at the
end, so that a power cut may lose the last second.

In a :class:`Journal` rows are known by their *content* (the fields named in ``key``), not by their
position. A resumed run does what is missing, and when the last row is in, the files are put in the
order of the input if they are not in it already: the output is then byte for byte that of an
uninterrupted run. Finished rows that the input no longer asks for leave the output: to ``spare``,
from where a later run takes them back, or, without it, to nowhere.

In a :class:`Sequel` what becomes of a row depends on the rows before it, and making it again is
cheap: a resumed run keeps what an earlier one made of the same first rows, and makes the rest.

Beside ``NAME.jsonl`` lies ``NAME.run.json``: the settings that the rows were made with, and
``complete`` with the counts, written last.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from kpdd_cli.errors import BusyError, InputError, KpddError, StaleOutput, UsageError
from kpdd_cli.records import Row

_SYNC_SECONDS = 1.0
_MEMBERS = 4  # a place is the offset of a line times four, plus the index of its file
_NOT_MADE = -1


def run_file(path: Path) -> Path:
    """Where the settings and the finish marker of an output lie."""
    return path.with_suffix(".run.json")


def beside(path: Path, what: str) -> Path:
    """The file of ``what`` (``failed``, ``bad``, ``spare``) that belongs to an output."""
    return path.with_name(f"{path.stem}.{what}{path.suffix}")


def is_unfinished(path: Path) -> bool:
    """Whether a stage was stopped while it wrote ``path``. A file of another origin is finished."""
    with suppress(OSError, ValueError):
        return not json.loads(run_file(path).read_text("utf-8")).get("complete", True)
    return False


def write_atomically(path: Path, text: str) -> None:
    """Replace ``path`` by ``text``, so that a reader finds the old file or the new one, whole."""
    with replacing(path) as file:
        file.write(text.encode())


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """Be the one that writes ``path``. Raises :class:`BusyError` where another run does."""
    from filelock import FileLock, Timeout

    lock = FileLock(path.with_name(f".{path.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BusyError(
            f"{path} is being written by another run; wait for it, or choose another -o"
        ) from None
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; choose another -o") from error
    try:
        yield
    finally:
        lock.release()


class _Output:
    """What :class:`Journal` and :class:`Sequel` share: lock, settings, repair, writing, marker."""

    def __init__(
        self,
        path: Path,
        members: Sequence[Path | None],
        settings: Row,
        *,
        fresh: bool,
        notice: Callable[[str], None],
    ) -> None:
        self.path = path
        self._members = [member for member in members if member is not None]
        self._settings = settings
        self._fresh = fresh
        self._notice = notice
        self._files: dict[Path, int] = {}  # descriptors, opened at the first row
        self._synced = time.monotonic()
        self._lock = ExitStack()

    # Opening and closing

    def __enter__(self) -> Self:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"{self.path.parent}: {error.strerror}; choose another -o") from error
        self._lock.enter_context(holding(self.path))
        try:
            self._open()
        except BaseException:
            self._release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._release()

    def _open(self) -> None:
        if self._fresh:
            for path in (run_file(self.path), *self._members):
                path.unlink(missing_ok=True)
        elif any(path.exists() for path in self._members):
            self._check_settings()
        for path in self._members:
            if path.exists():
                self._repair(path)
        self._mark(complete=False)

    def _check_settings(self) -> None:
        try:
            made_with = json.loads(run_file(self.path).read_text("utf-8"))["settings"]
        except (OSError, ValueError, KeyError, TypeError):
            raise StaleOutput(
                f"{self.path} exists, and does not say which run made it; "
                "choose another -o, or replace it with --fresh"
            ) from None
        if made_with != self._settings:
            changed = _difference(made_with, self._settings)
            raise StaleOutput(
                f"{self.path} was made with other settings ({changed}); "
                "choose another -o, or replace it with --fresh"
            )

    def _repair(self, path: Path) -> None:
        """End the file with a whole line: a run that was killed may have left half of one."""
        with path.open("r+b") as file:
            size = file.seek(0, os.SEEK_END)
            end = _end_of_last_line(file, size)
            if end == size:
                return
            file.seek(end)
            torn = file.read()
            if _is_object(torn):
                file.write(b"\n")
            else:
                file.truncate(end)
                self._notice(f"{path.name}: its last line was torn and will be made again")

    def _release(self) -> None:
        for descriptor in self._files.values():
            os.fsync(descriptor)
            os.close(descriptor)
        self._files.clear()
        self._lock.close()

    # Writing

    def _write(self, path: Path, row: Row) -> int:
        """Append a row to a file; its length in bytes."""
        line = _serialised(row)
        if path not in self._files:
            self._files[path] = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        unwritten = line
        try:
            while unwritten:
                unwritten = unwritten[os.write(self._files[path], unwritten) :]
        except OSError as error:
            raise KpddError(
                f"{path}: {error.strerror}; the rows so far are kept: make room, then call again"
            ) from error
        if time.monotonic() - self._synced > _SYNC_SECONDS:
            self._sync()
        return len(line)

    def _sync(self) -> None:
        for descriptor in self._files.values():
            os.fsync(descriptor)
        self._synced = time.monotonic()

    def _mark(self, *, complete: bool, **counts: Any) -> None:
        if not complete and self._is_marked_unfinished():
            return
        record = {"settings": self._settings, "complete": complete, **counts}
        write_atomically(
            run_file(self.path), json.dumps(record, indent=2, ensure_ascii=False) + "\n"
        )

    def _is_marked_unfinished(self) -> bool:
        return run_file(self.path).exists() and is_unfinished(self.path)


class Journal(_Output):
    """The one writer of an output. Use it as a context manager.

    Only to ``look`` at what is pending, nothing is locked or written.

    Raises :class:`BusyError` where another run holds the output, :class:`StaleOutput` where it was
    made with other ``settings`` (and ``fresh`` is false), :class:`InputError` where a row of it
    cannot be read.
    """

    def __init__(
        self,
        path: Path,
        *,
        key: Sequence[str],
        settings: Row,
        fresh: bool = False,
        aside: Path | None = None,
        spare: Path | None = None,
        retry_aside: bool = False,
        look: bool = False,
        notice: Callable[[str], None] = lambda text: None,
    ) -> None:
        super().__init__(path, (path, aside, spare), settings, fresh=fresh, notice=notice)
        self._key_fields = tuple(key)
        self._aside = aside
        self._spare = spare
        self._retry_aside = retry_aside
        self._look = look
        # A million rows are to fit into 300 MB: one dictionary, the rest in arrays by row number.
        self._numbers: dict[int, int] = {}  # key -> number
        self._places = array("q")  # number -> offset of its line, and which file; _NOT_MADE
        self._asked = bytearray()  # number -> whether the input has it
        self._order = array("q")  # numbers, as the input has them
        self._sizes: dict[Path, int] = {}
        self._has_doubles = False  # a row in two places: a rewrite was cut off

    def __enter__(self) -> Self:
        if not self._look:
            return super().__enter__()
        if not self._fresh and any(path.exists() for path in self._members):
            self._check_settings()
            self._index_all()
        return self

    def _open(self) -> None:
        super()._open()
        if self._retry_aside and self._aside is not None:
            self._aside.unlink(missing_ok=True)
        self._index_all()

    def _index_all(self) -> None:
        for path in self._members:
            again = self._retry_aside and path == self._aside
            if path.exists() and not again:
                self._index(path)

    def _index(self, path: Path) -> None:
        offset = 0
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if self._look and not line.endswith(b"\n"):
                    break  # another run is writing it
                try:
                    key = self._key(json.loads(line))
                except (ValueError, TypeError, AttributeError):
                    raise InputError(
                        f"{path}:{number}: not a row that this stage wrote; "
                        "repair the line, or start again with --fresh"
                    ) from None
                number = self._number(key)
                if self._places[number] == _NOT_MADE:
                    self._places[number] = self._place(path, offset)
                else:
                    self._has_doubles = True
                offset += len(line)
        self._sizes[path] = offset

    # Work

    def pending(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Those of ``rows`` that are not done yet; remembers the order of them all."""
        for row in rows:
            number = self._number(self._key(row))
            if self._asked[number]:
                continue  # the same content twice is one piece of work
            self._asked[number] = True
            self._order.append(number)
            if self._places[number] == _NOT_MADE:
                yield row

    @property
    def done(self) -> int:
        """How many rows earlier runs have left, in all files."""
        return len(self._places) - self._places.count(_NOT_MADE)

    def append(self, row: Row) -> None:
        """Write a finished row."""
        self._write(self.path, row)

    def set_aside(self, row: Row) -> None:
        """Write a row to the file of those set aside."""
        assert self._aside is not None
        self._write(self._aside, row)

    def _write(self, path: Path, row: Row) -> int:
        offset = self._sizes.get(path, 0)
        self._places[self._number(self._key(row))] = self._place(path, offset)
        length = super()._write(path, row)
        self._sizes[path] = offset + length
        return length

    # The end

    def finish(self, **counts: Any) -> None:
        """Put the files in the order of the input and leave the finish marker."""
        self._sync()
        wanted = {path: array("q") for path in self._members}
        for number in self._order:
            if (path := self._path(number)) is not None:
                wanted[self.path if path == self._spare else path].append(number)
        if self._spare is not None:
            kept = [number for number in self._in(self._spare) if not self._asked[number]]
            wanted[self._spare] = array("q", [*kept, *self._leaving()])
        if self._has_doubles or any(numbers != self._in(path) for path, numbers in wanted.items()):
            self._rewrite(wanted)
        self._mark(complete=True, **counts)

    def count(self, path: Path) -> int:
        """How many of the input's rows lie in ``path``."""
        return sum(self._path(number) == path for number in self._order)

    def _in(self, path: Path) -> array[int]:
        """The rows of a file, in its order."""
        member = self._members.index(path)
        found = (n for n, place in enumerate(self._places) if place % _MEMBERS == member)
        return array("q", sorted(found, key=self._places.__getitem__))

    def _leaving(self) -> list[int]:
        """Finished rows of the output that the input does not ask for."""
        return [number for number in self._in(self.path) if not self._asked[number]]

    def _rewrite(self, wanted: dict[Path, array[int]]) -> None:
        # A kill at any moment may leave a row in two files, never in none: what leaves the output
        # is in the spare file first, and the spare file is the last to be replaced.
        if self._spare is not None and (leaving := self._leaving()):
            before = self._in(self._spare)
            with self._spare.open("ab") as spare:
                self._copy(leaving, spare)
                os.fsync(spare.fileno())
            self._locate(self._spare, [*before, *leaving])
        for path, numbers in wanted.items():
            if numbers or path == self.path:
                with replacing(path) as draft:
                    self._copy(numbers, draft)
                self._locate(path, numbers)
            else:
                path.unlink(missing_ok=True)

    def _locate(self, path: Path, numbers: Iterable[int]) -> None:
        """Take down the places of the rows of a file, given in its order."""
        offset = 0
        with path.open("rb") as file:
            for number, line in zip(numbers, file, strict=True):
                self._places[number] = self._place(path, offset)
                offset += len(line)

    def _copy(self, numbers: Iterable[int], to: BinaryIO) -> None:
        sources: dict[Path, BinaryIO] = {}
        with ExitStack() as stack:
            for number in numbers:
                path = self._members[self._places[number] % _MEMBERS]
                if path not in sources:
                    sources[path] = stack.enter_context(path.open("rb"))
                sources[path].seek(self._places[number] // _MEMBERS)
                to.write(sources[path].readline())
        to.flush()

    # Rows by number

    def _key(self, row: Row) -> int:
        content = json.dumps([row.get(field) for field in self._key_fields])
        # 62 bits: among a million rows, one chance in nine million that two share a key.
        return int.from_bytes(hashlib.blake2b(content.encode(), digest_size=8).digest()) >> 2

    def _number(self, key: int) -> int:
        """The number of the row with that key, a new one if it has none yet."""
        number = self._numbers.setdefault(key, len(self._numbers))
        if number == len(self._places):
            self._places.append(_NOT_MADE)
            self._asked.append(False)
        return number

    def _place(self, path: Path, offset: int) -> int:
        return offset * _MEMBERS + self._members.index(path)

    def _path(self, number: int) -> Path | None:
        """The file that a row lies in; None where it is not made."""
        place = self._places[number]
        return None if place == _NOT_MADE else self._members[place % _MEMBERS]


class Sequel(_Output):
    """The one writer of an output that is made strictly in the order of the input.

    A finished row is the input's row with one more ``field``, last. Memory does not grow with the
    rows. Use it as a context manager; it raises what :class:`Journal` raises.
    """

    def __init__(
        self,
        path: Path,
        *,
        field: str,
        aside: Path,
        settings: Row,
        fresh: bool = False,
        notice: Callable[[str], None] = lambda text: None,
    ) -> None:
        super().__init__(path, (path, aside), settings, fresh=fresh, notice=notice)
        self._aside = aside
        self._field = field

    def pending(self, rows: Iterable[Row], replay: Callable[[Row, Any], None]) -> Iterator[Row]:
        """Those of ``rows`` that are not done yet, without the field.

        The done ones, each with the value of its field, go to ``replay`` first. From the first row
        of which the files hold something else, they are cut off.
        """
        bare: Iterator[Row] = (
            {name: row[name] for name in row if name != self._field} for row in rows
        )
        done = 0
        with ExitStack() as stack:
            heads = [stack.enter_context(_Lines(path)) for path in self._members if path.exists()]
            for row in bare:
                value = self._value(row, heads)
                if value is _NOTHING:
                    bare = chain([row], bare)
                    break
                replay(row, value)
                done += 1
        if any(head.line for head in heads):
            self._notice(
                f"{self.path.name}: after row {done:,} the input is another than that of the "
                "earlier run; what follows is made anew"
            )
        for head in heads:
            os.truncate(head.path, head.offset)
        yield from bare

    def _value(self, row: Row, heads: Sequence[_Lines]) -> Any:
        """What the files have as the field of ``row``, if it is the next row of one of them."""
        start = _serialised({**row, self._field: None})[: -len("null}\n")]
        for head in heads:
            if head.line.startswith(start):
                with suppress(ValueError):
                    value = json.loads(head.line[len(start) : -len("}\n")])
                    head.advance()
                    return value
        return _NOTHING

    def append(self, row: Row, value: Any, *, aside: bool = False) -> None:
        """Write a finished row."""
        self._write(self._aside if aside else self.path, {**row, self._field: value})

    def finish(self, **counts: Any) -> None:
        """Leave the finish marker."""
        self._sync()
        self.path.touch()
        if self._aside.exists() and not self._aside.stat().st_size:
            self._aside.unlink()
        self._mark(complete=True, **counts)


_NOTHING = object()


class _Lines:
    """The lines of a file, one ahead: ``line`` begins at ``offset``, and is empty at the end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.offset = 0

    def __enter__(self) -> Self:
        self._file = self.path.open("rb")
        self.line = self._file.readline()
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def advance(self) -> None:
        """Go to the next line."""
        self.offset += len(self.line)
        self.line = self._file.readline()


def _serialised(row: Row) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(", ", ": ")).encode() + b"\n"


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of ``path`` when its block ends well, whole and synced."""
    draft = path.with_name(f".{path.name}.new")
    try:
        with draft.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _end_of_last_line(file: BinaryIO, size: int) -> int:
    """The offset after the last newline; read backwards, since the file may be large."""
    end = size
    while end > 0:
        begin = max(0, end - 65536)
        file.seek(begin)
        found = file.read(end - begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        end = begin
    return 0


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _difference(before: Row, now: Row) -> str:
    """What has changed, down to the innermost name: ``teacher model was 'a', now 'b'``."""
    found = []
    for name in {**before, **now}:
        then, there = before.get(name), now.get(name)
        if isinstance(then, dict) and isinstance(there, dict):
            found += [f"{name} {inner}" for inner in [_difference(then, there)] if inner]
        elif then != there:
            found.append(f"{name} was {then!r}, now {there!r}")
    return ", ".join(found)
