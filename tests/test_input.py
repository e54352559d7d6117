"""Sources as users have them: recognised by content, odd files, pipes, and faults in one line."""

import codecs
import gzip
import io
import json
import os
import subprocess
import sys
import threading
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from kpdd_cli import benchmarks
from kpdd_cli.errors import InputError
from kpdd_cli.records import Row, problem_id

PROBLEM = {"question": "How many?", "answer": "2"}
GSM8K = {"question": "How many?", "answer": "It is <<1+1=2>>2.\n#### 2"}
SVAMP = {"ID": "chal-1", "Body": "He has 2.", "Question": "How many?", "Answer": 2.0}
MULTIARITH = {"iIndex": 7, "sQuestion": "How many?", "lSolutions": [2.0], "lEquations": ["X=2.0"]}
ASDIV = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n<Machine-Reading-Corpus-File>\n<ProblemSet>\n'
    '\t<Problem ID="nluds-0001" Grade="1">\n\t\t<Body>Two apples &amp; a pear.</Body>\n'
    "\t\t<Question>How many apples?</Question>\n\t\t<Answer>2 (apples)</Answer>\n"
    "\t\t<Formula>1+1=2</Formula>\n\t</Problem>\n</ProblemSet>\n</Machine-Reading-Corpus-File>\n"
)


def jsonl(*rows: Row) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def read(tmp_path: Path, raw: bytes, **how: object) -> list[Row]:
    path = tmp_path / "f"
    path.write_bytes(raw)
    return list(benchmarks.read(str(path), **how))


def fault(tmp_path: Path, raw: bytes, **how: object) -> str:
    """The message that reading ``raw`` stops with, without the folder in it."""
    with pytest.raises(InputError) as error:
        read(tmp_path, raw, **how)
    assert "\n" not in str(error.value)
    return str(error.value).removeprefix(f"{tmp_path}{os.sep}")


SOURCES = {
    "problems": (jsonl(PROBLEM), None),
    "problems in an array": (json.dumps([PROBLEM], indent=2).encode(), None),
    "gsm8k": (jsonl(GSM8K), "gsm8k"),
    "gsm8k in an array": (json.dumps([GSM8K]).encode(), "gsm8k"),
    "svamp": (json.dumps([SVAMP], indent=4).encode(), "svamp"),
    "svamp a line": (jsonl(SVAMP), "svamp"),
    "multiarith": (json.dumps([MULTIARITH]).encode(), "multiarith"),
    "asdiv": (ASDIV.encode(), "asdiv"),
}


@pytest.mark.parametrize("name", SOURCES)
def test_the_format_is_recognised_by_content(tmp_path, name):
    raw, source = SOURCES[name]
    [row] = read(tmp_path, raw)
    assert row.get("source") == source
    assert row["answer"] == "2"
    assert row["id"]


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize(
    "change",
    [
        lambda raw: codecs.BOM_UTF8 + raw,
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: raw.rstrip(b"\n"),
        lambda raw: raw.replace(b"\n", b"\n\n"),
    ],
    ids=["bom", "crlf", "no last newline", "blank lines"],
)
def test_harmless_variations_read_the_same(tmp_path, name, change):
    raw, _ = SOURCES[name]
    assert read(tmp_path, change(raw)) == read(tmp_path, raw)


@pytest.mark.parametrize("name", [name for name in SOURCES if name != "asdiv"])
def test_blank_lines_may_come_first(tmp_path, name):
    raw, _ = SOURCES[name]
    assert read(tmp_path, codecs.BOM_UTF8 + b"\n \r\n\n" + raw) == read(tmp_path, raw)


def test_an_entity_of_xml_is_its_character(tmp_path):
    assert read(tmp_path, ASDIV.encode())[0]["question"].startswith("Two apples & a pear.")


def test_unknown_fields_of_a_problem_are_carried(tmp_path):
    row = {**PROBLEM, "id": "a", "source": "mine", "tags": ["x", {"y": None}]}
    assert read(tmp_path, jsonl(row)) == [row]


def test_ids_and_answers_become_text(tmp_path):
    [row] = read(tmp_path, jsonl({"id": 7, "question": "How many?", "answer": 2.0}))
    assert (row["id"], row["answer"]) == ("7", "2")


def test_a_problem_needs_no_answer(tmp_path):
    assert read(tmp_path, jsonl({"question": "How many?"}))[0]["id"] == problem_id("How many?")


def test_a_question_that_comes_again_gets_an_id_of_its_own(tmp_path):
    ids = [row["id"] for row in read(tmp_path, jsonl(PROBLEM, PROBLEM, PROBLEM))]
    first = problem_id("How many?")
    assert ids == [first, f"{first}-2", f"{first}-3"]


def test_an_id_that_comes_again_is_an_error_that_names_both_lines(tmp_path):
    said = fault(tmp_path, jsonl({**PROBLEM, "id": "a"}, PROBLEM, {**PROBLEM, "id": "a"}))
    assert said.startswith("f:3: \"id\" 'a' is already that of line 1 (--skip-bad")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "f: is empty"),
        (b"\n \n\r\n", "f: is empty"),
        (codecs.BOM_UTF8, "f: is empty"),
        (b"[]", "f: holds no problem"),
        (b"\x7fELF\x02\x01\x01\0\0\n\xff\xfe", "f: is binary, not text"),
        (b'{"question": "a\0b"}', "f: is binary, not text"),
        (gzip.compress(jsonl(PROBLEM), mtime=0), "f: is compressed with gzip: unpack it first"),
        (json.dumps(PROBLEM).encode("utf-16"), "f: is UTF-16: convert it first"),
        (json.dumps(PROBLEM).encode("utf-16-le"), "f: is binary, not text"),
        (b"\x89PNG\r\n\x1a\n\0\0", "f:1: neither JSON nor XML"),
        (b"PAR1\x15\x04", "f: is Parquet: convert it"),
        (b"question,answer\nHow many?,2\n", "f:1: neither JSON nor XML: 'question,answer'"),
        (b"\n\nnull\n", "f:3: neither JSON nor XML: 'null'"),
        (json.dumps(PROBLEM, indent=1).encode(), "f:1: is not JSON: expecting property name"),
        (jsonl({"prompt": "How many?"}), 'f:1: is no problem: no "question"'),
        (jsonl(PROBLEM, {"answer": "2"}), 'f:2: "question" is missing'),
        (jsonl({"question": "  "}), 'f:1: "question" is empty'),
        (jsonl({"question": ["a"]}), 'f:1: "question" must be text, not a list'),
        (jsonl({"question": "How?", "answer": True}), 'f:1: "answer" must be text or a number'),
        (jsonl(PROBLEM, GSM8K), 'f:2: "answer" is a GSM8K solution'),
        (jsonl(GSM8K, PROBLEM), 'f:2: "answer" must end in a line "#### ANSWER"'),
        (json.dumps([SVAMP, PROBLEM], indent=0).encode(), 'f:8: no "Body"'),
        (b'[\n{"question": "a"},\n{"question": \xff}]', "f:3: is not UTF-8: byte 0xff"),
        (b"<html>\n<p>no\n", "f:3: is not XML: no element found"),
        (b"<html></html>", "f: is XML, but has no <Problem>"),
        (b"<a>\n\n<b></a>", "f:3: is not XML: mismatched tag"),
        (
            b'<!DOCTYPE a [<!ENTITY x "lol">\n<!ENTITY y "&x;&x;&x;">]>\n<a>&y;</a>',
            "f:1: has a DOCTYPE",
        ),
        (ASDIV.replace("Question", "Task").encode(), 'f:4: is no problem: no "question"'),
    ],
)
def test_a_fault_is_one_line_with_its_place(tmp_path, raw, said):
    assert fault(tmp_path, raw).startswith(said)


def test_a_zip_archive_is_named_as_one(tmp_path):
    with zipfile.ZipFile(tmp_path / "f.zip", "w") as archive:
        archive.writestr("problems.jsonl", jsonl(PROBLEM))
    assert "is a zip archive: unpack it" in fault(tmp_path, (tmp_path / "f.zip").read_bytes())


@pytest.mark.parametrize(
    ("name", "said"),
    [("missing", "no such file; a SOURCE is gsm8k, "), (".", "cannot be read: Is a directory")],
)
def test_what_is_no_file_is_one_line(tmp_path, name, said):
    with pytest.raises(InputError) as error:
        list(benchmarks.read(str(tmp_path / name)))
    assert str(error.value).startswith(f"{tmp_path / name}: {said}")


def test_bad_rows_are_set_aside_each_with_place_text_and_reason(tmp_path):
    good = [{**PROBLEM, "id": name} for name in "abc"]
    bad = ['{"id": "d"}', '{"question": "How many?", "answer": NaN}', json.dumps(good[0]), "junk"]
    lines = [json.dumps(good[0]), *bad[:3], json.dumps(good[1]), bad[3], json.dumps(good[2])]
    aside = []
    rows = read(tmp_path, "\n".join(lines).encode(), on_bad=lambda *row: aside.append(row))
    assert [row["id"] for row in rows] == ["a", "b", "c"]
    assert [where.rpartition(":")[2] for where, _, _ in aside] == ["2", "3", "4", "6"]
    assert [raw for _, raw, _ in aside] == bad


def test_a_bad_first_line_hides_nothing_of_what_follows(tmp_path):
    aside = []
    raw = b"torn\n" + b'{"answer": 1}\n' + jsonl(GSM8K)
    [row] = read(tmp_path, raw, on_bad=lambda *row: aside.append(row))
    assert (row["answer"], len(aside)) == ("2", 2)


def test_a_bad_row_of_an_array_or_of_xml_is_set_aside_too(tmp_path):
    aside = []
    array = json.dumps([SVAMP, {**SVAMP, "Answer": None}, {**SVAMP, "ID": "chal-3"}]).encode()
    rows = read(tmp_path, array, on_bad=lambda *row: aside.append(row))
    assert [row["id"] for row in rows] == ["chal-1", "chal-3"]
    xml = ASDIV.replace("<ProblemSet>", '<ProblemSet><Problem ID="x"><Body>B.</Body></Problem>')
    rows = read(tmp_path, xml.encode(), on_bad=lambda *row: aside.append(row))
    assert [row["id"] for row in rows] == ["nluds-0001"]
    assert [where.rpartition(":")[2] for where, _, _ in aside] == ["1", "3"]


def test_a_file_of_bad_rows_alone_is_a_fault_even_where_they_are_set_aside(tmp_path):
    raw = b"question,answer\nHow many?,2\n"
    assert fault(tmp_path, raw, on_bad=lambda *row: None).startswith("f: holds no problem")


def test_a_line_of_ten_megabytes_is_a_row(tmp_path):
    [row, _] = read(tmp_path, jsonl({"question": "a" * 10_000_000}, PROBLEM))
    assert len(row["question"]) == 10_000_000


def test_limit_reads_no_further(tmp_path):
    assert len(read(tmp_path, jsonl(PROBLEM, PROBLEM) + b"not JSON", limit=2)) == 2


@pytest.mark.parametrize("name", SOURCES)
def test_stdin_is_a_source(tmp_path, monkeypatch, name):
    raw, _ = SOURCES[name]
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    assert list(benchmarks.read("-")) == read(tmp_path, raw)


def test_a_fault_of_stdin_says_so(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b'{"question": 1}')))
    with pytest.raises(InputError, match=r"^stdin:1: "):
        list(benchmarks.read("-"))


@pytest.mark.parametrize("name", SOURCES)
def test_a_pipe_that_cannot_be_read_twice_is_a_source(tmp_path, name):
    raw, _ = SOURCES[name]
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def write() -> None:
        with pipe.open("wb", buffering=0) as file:
            for byte in range(0, len(raw), 7):  # in pieces, as a slow program writes
                file.write(raw[byte : byte + 7])

    threading.Thread(target=write, daemon=True).start()
    assert benchmarks.count(str(pipe)) is None
    assert list(benchmarks.read(str(pipe))) == read(tmp_path, raw)


def test_process_substitution_is_a_source(tmp_path):
    raw, _ = SOURCES["svamp"]
    (tmp_path / "f").write_bytes(raw)
    code = "import sys; from kpdd_cli import benchmarks; print(*benchmarks.read(sys.argv[1]))"
    shell = f"{sys.executable} -c '{code}' <(cat {tmp_path}/f)"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, timeout=60)
    assert "chal-1" in done.stdout, done.stderr


def test_a_count_is_of_rows_good_and_bad(tmp_path):
    (tmp_path / "f").write_bytes(b"\n\n" + jsonl(PROBLEM, PROBLEM) + b"\nnot JSON")
    assert benchmarks.count(str(tmp_path / "f")) == 3
