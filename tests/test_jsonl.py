"""JSON rows: what is read, what is refused, and where each fault is said to be."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpdd_cli import jsonl
from kpdd_cli.errors import InputError

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab"), inner, max_size=3),
    max_leaves=8,
)
ROWS = st.lists(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), VALUES))


def rows_of(raw: bytes) -> list[dict]:
    return [line.row for line in jsonl.lines(raw.splitlines(keepends=True), "f")]


@settings(max_examples=30, deadline=None)
@given(ROWS, st.booleans())
def test_what_json_writes_is_read_back(rows, ascii_only):
    text = "\n".join(json.dumps(row, ensure_ascii=ascii_only) for row in rows)
    lines = [line + b"\n" for line in text.encode().split(b"\n")]
    assert [line.row for line in jsonl.lines(lines, "f")] == rows


@settings(max_examples=30, deadline=None)
@given(ROWS, st.sampled_from([None, 0, 2]))
def test_an_array_is_read_row_by_row(rows, indent):
    text = json.dumps(rows, indent=indent)
    lines = list(jsonl.array(text, "f"))
    assert [line.row for line in lines] == rows
    assert [json.loads(line.raw) for line in lines] == rows


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a": 1}\r\n{"a": 2}\r\n',
        b'\xef\xbb\xbf{"a": 1}\n{"a": 2}\n',
        b'\n \n{"a": 1}\n\n\t\n{"a": 2}\n\n',
        b'{"a": 1}\n{"a": 2}',
        b'  {"a": 1}  \n\t{"a": 2}',
    ],
    ids=["crlf", "bom", "blank lines", "no last newline", "blanks around"],
)
def test_harmless_variations_are_read(raw):
    assert rows_of(raw) == [{"a": 1}, {"a": 2}]


def test_a_line_of_ten_megabytes_is_read():
    assert len(rows_of(b'{"a": "' + b"x" * 10_000_000 + b'"}')[0]["a"]) == 10_000_000


def test_a_line_separator_inside_a_text_ends_no_line():
    assert rows_of('{"a": "one\u2028two\x85three"}'.encode()) == [{"a": "one\u2028two\x85three"}]


def test_a_whole_surrogate_pair_is_a_character():
    assert rows_of(rb'{"a": "\ud83d\ude00"}') == [{"a": "\N{GRINNING FACE}"}]


BAD = {
    "NaN": (b'{"a": NaN}', "NaN is not JSON"),
    "infinity": (b'{"a": -Infinity}', "-Infinity is not JSON"),
    "a float too large": (b'{"a": 1e999}', "1e999 is too large a number"),
    "an endless integer": (b'{"a": ' + b"9" * 5000 + b"}", "more than 4,300 digits"),
    "deep nesting": (b"[" * 200_000, "nested too deeply"),
    "deep objects": (b'{"a":' * 200_000, "nested too deeply"),
    "a lone surrogate": (rb'{"a": "\ud800"}', r"lone surrogate '\ud800'"),
    "one as a name": (rb'{"\uDFFF": 1}', r"lone surrogate '\udfff'"),
    "a list": (b"[1]", "a row must be a JSON object, not [1]"),
    "null": (b"null", "a row must be a JSON object, not null"),
    "two objects": (b'{"a": 1} {"a": 2}', "more text after the object at column 10"),
    "latin-1": (b'{"a": "caf\xe9"}', "is not UTF-8: byte 0xe9 at column 11"),
    "a torn line": (b'{"a": "on', "unterminated string starting at column 7"),
    "binary": (b"\x00\x01\x02", "is not JSON"),
    "a raw tab in a text": (b'{"a": "\t"}', "invalid control character at column 8"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_stops_with_its_place_and_the_way_on(name):
    raw, why = BAD[name]
    with pytest.raises(InputError) as error:
        rows_of(b'{"a": 1}\n\n' + raw)
    assert str(error.value).startswith("f:3: ")
    assert why in str(error.value)
    assert "--skip-bad" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_is_set_aside_and_reading_goes_on(name):
    raw, why = BAD[name]
    aside = []
    source = [b'{"a": 1}\n', raw + b"\n", b'{"a": 2}\n']
    read = jsonl.lines(source, "f", on_bad=lambda *bad: aside.append(bad))
    assert [(line.number, line.row["a"]) for line in read] == [(1, 1), (3, 2)]
    [(where, text, said)] = aside
    assert (where, text) == ("f:2", raw.decode(errors="backslashreplace"))
    assert why in said


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[{"a": 1},\n{"b": NaN}]', "f:2: NaN is not JSON"),
        ('[{"a": 1},\n\n 3]', "f:3: a row must be a JSON object, not 3"),
        ('[\n{"a": 1}\n{"b": 2}]', 'f:3: expected "," or "]"'),
        ('[{"a": 1}\n', 'f:2: expected "," or "]" after an element, found the end of the file'),
        ('[{"a":\n\nx}]', "f:3: is not JSON: expecting value at column 1"),
        ('[{"a": 1},\n]', "f:2: is not JSON: expecting value"),
        ('[{"a": 1}]\n[]', "f:1: there is more text after the end"),
        ("[" * 200_000, "f:1: is nested too deeply"),
        ('[{"a": 1},\n{"a": "\\ud800"}]', "f:2: holds half a character"),
    ],
)
def test_a_fault_in_an_array_names_its_line(text, fault):
    with pytest.raises(InputError) as error:
        list(jsonl.array(text, "f"))
    assert str(error.value).startswith(fault)


def test_an_array_row_knows_the_line_it_begins_on():
    text = '\n[\n  {"a":\n 1},\n\n  {"a": 2}, {"a": 3}\n]\n'
    assert [line.number for line in jsonl.array(text, "f")] == [3, 6, 6]


def test_rows_are_read_as_they_are_asked_for(tmp_path: Path):
    path = tmp_path / "rows.jsonl"
    path.write_text('{"a": 1}\nnot JSON\n')
    assert next(jsonl.read(path)).where == f"{path}:1"


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_file_that_cannot_be_opened_is_one_clear_line(tmp_path: Path, name):
    with pytest.raises(InputError, match=r"cannot be read: (No such file|Is a directory)"):
        list(jsonl.read(tmp_path / name))
