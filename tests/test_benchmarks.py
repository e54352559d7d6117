"""The benchmarks: the real files read whole, each format's conventions, and the hub."""

import contextlib
import json
import os
import re
import subprocess
import sys
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kpdd_cli import benchmarks
from kpdd_cli.benchmarks import asdiv, base, gsm8k, hub, multiarith, svamp
from kpdd_cli.errors import InputError, UsageError
from kpdd_cli.records import BadRow, Problem, Row

REAL = {
    "gsm8k/train.jsonl": ("gsm8k", 7473),
    "gsm8k/test.jsonl": ("gsm8k", 1319),
    "svamp/SVAMP.json": ("svamp", 1000),
    "multiarith/MultiArith.json": ("multiarith", 600),
    "asdiv/ASDiv.xml": ("asdiv", 2305),
}


@pytest.fixture(scope="module")
def real(shared_data: Path) -> dict[str, list[Row]]:
    return {name: list(benchmarks.read(str(shared_data / name))) for name in REAL}


@pytest.mark.parametrize("name", REAL)
def test_a_real_file_is_read_whole(real, name):
    source, rows = REAL[name]
    assert len(real[name]) == rows
    assert {row["source"] for row in real[name]} == {source}


@pytest.mark.parametrize("name", REAL)
def test_every_real_row_is_a_problem_with_an_answer_and_a_way_to_it(real, name):
    for row in real[name]:
        problem = Problem.of(row)
        assert problem.answer
        assert problem.solution or problem.equation


@pytest.mark.parametrize("name", REAL)
def test_ids_of_a_real_file_are_unique(real, name):
    assert len({row["id"] for row in real[name]}) == len(real[name])


@pytest.mark.parametrize("name", REAL)
def test_rows_are_counted_without_reading_them_as_problems(shared_data, name):
    assert benchmarks.count(str(shared_data / name)) == REAL[name][1]


def test_gsm8k_answers_are_bare_integers(real):
    rows = real["gsm8k/train.jsonl"] + real["gsm8k/test.jsonl"]
    assert all(str(int(row["answer"])) == row["answer"] for row in rows)


def test_gsm8k_solutions_keep_their_calculator_marks_and_lose_the_final_line(real):
    row = real["gsm8k/train.jsonl"][0]
    assert row["solution"].endswith("<<48+24=72>>72 clips altogether in April and May.")
    assert not any("####" in row["solution"] for row in real["gsm8k/train.jsonl"])


@pytest.mark.parametrize("name", ["svamp/SVAMP.json", "multiarith/MultiArith.json"])
def test_one_number_benchmarks_have_answers_written_as_integers(real, name):
    assert all(row["answer"].lstrip("-").isdigit() for row in real[name])


def test_asdiv_answers_are_numbers_several_values_or_text(real):
    def kind(answer: str) -> str:
        if "; " in answer:
            return "several"
        return "number" if re.fullmatch(r"-?\d+(\.\d+|/\d+)?", answer) else "text"

    kinds = Counter(kind(row["answer"]) for row in real["asdiv/ASDiv.xml"])
    assert kinds == {"number": 2093, "several": 90, "text": 122}


def test_joined_questions_read_as_sentences(real):
    rows = real["svamp/SVAMP.json"] + real["asdiv/ASDiv.xml"]
    broken = [row["id"] for row in rows if ",," in row["question"] or ", How" in row["question"]]
    assert broken == []


@pytest.mark.parametrize(
    ("published", "answer", "unit"),
    [
        ("9 (apples)", "9", "apples"),
        ("30 (girls); 15 (boys)", "30; 15", "girls; boys"),
        ("6 (inches); 12 (inches); 9 (inches)", "6; 12; 9", "inches"),
        ("11; 12; 13", "11; 12; 13", None),
        ("36 (km); 4 (km/hour)", "36; 4", "km; km/hour"),
        ("-(1/3)", "-1/3", None),
        ("25/3", "25/3", None),
        ("3:4", "3:4", None),
        ("5:45", "5:45", None),
        ("Yes", "Yes", None),
        ("Rug B", "Rug B", None),
        ("The 60th caller.", "The 60th caller.", None),
    ],
)
def test_an_asdiv_answer_is_kept_whole_and_its_unit_apart(published, answer, unit):
    row = {"Body": "B.", "Question": "Q?", "Answer": published, "Formula": "1"}
    read = asdiv.problem(row)
    assert (read["answer"], read.get("unit")) == (answer, unit)


def test_an_asdiv_row_carries_its_kind_and_grade(real):
    row = real["asdiv/ASDiv.xml"][0]
    assert (row["id"], row["solution_type"], row["grade"]) == ("nluds-0001", "Addition", "1")


@pytest.mark.parametrize(
    ("body", "joined"),
    [
        ("He has 3 bags.", "He has 3 bags. How many is that?"),
        (
            "He has a few. If each bag holds 3",
            "He has a few. If each bag holds 3, how many is that?",
        ),
        ("If each bag holds 3,", "If each bag holds 3, how many is that?"),
        ("Then he got 10", "Then he got 10. How many is that?"),
    ],
)
def test_body_and_question_become_one_text(body, joined):
    assert base.join(body, "How many is that?") == joined


@pytest.mark.parametrize(
    ("published", "read"),
    [
        ("1,080", "1080"),
        (" 109,200,000", "109200000"),
        ("-7", "-7"),
        (51.0, "51"),
        ("51.0", "51"),
        (2.5, 2.5),
        ("1,2", "1,2"),
        ("3:30 p.m.", "3:30 p.m."),
    ],
)
def test_a_number_becomes_its_digits_and_anything_else_stays(published, read):
    assert base.plain(published) == read


@pytest.mark.parametrize(
    ("form", "row", "field"),
    [
        (gsm8k, {"question": "Q?", "answer": "72"}, "answer"),
        (gsm8k, {"question": "Q?", "answer": "So it is.\n####  "}, "answer"),
        (gsm8k, {"question": "Q?"}, "answer"),
        (svamp, {"Body": "B.", "Question": "Q?", "Answer": None}, "Answer"),
        (svamp, {"Body": "", "Question": "Q?", "Answer": 1.0}, "Body"),
        (svamp, {"Body": "B.", "Answer": 1.0}, "Question"),
        (multiarith, {"sQuestion": "Q?", "lSolutions": [], "lEquations": ["X=1"]}, "lSolutions"),
        (multiarith, {"sQuestion": "Q?", "lSolutions": [1.0]}, "lEquations"),
        (multiarith, {"question": "Q?", "final_ans": None}, "final_ans"),
        (asdiv, {"Body": "B.", "Question": "Q?", "Formula": "1"}, "answer"),
        (asdiv, {"Body": "B.", "Question": "Q?", "Answer": "1"}, "formula"),
    ],
)
def test_a_row_that_lacks_something_names_the_field(form, row, field):
    with pytest.raises(BadRow, match=f'"{field}"'):
        form.problem(row)


# --- the hub -------------------------------------------------------------------------------------

HUB_ROWS = {
    "main/train-00000-of-00001.parquet": [
        {"question": "How many?", "answer": "It is <<1+1=2>>2.\n#### 2"},
        {"question": "And now?", "answer": "It is <<1000+80=1080>>1080.\n#### 1,080"},
    ],
    "main/test-00000-of-00001.parquet": [
        {"question": "How many then?", "answer": "It is <<2+1=3>>3.\n#### 3"}
    ],
    "asdiv/validation-00000-of-00001.parquet": [
        {
            "body": "Two apples.",
            "question": "How many apples?",
            "solution_type": "Sum",
            "answer": "2 (apples)",
            "formula": "1+1=2",
        }
    ],
}
HUB_JSON = {
    "ChilleD/SVAMP": {
        "train.json": [
            {
                "ID": "chal-9",
                "Body": "He has 3 bags.",
                "Question": "How many?",
                "Equation": "( 3.0 )",
                "Answer": "3.0",
                "Type": "Addition",
                "question_concat": "He has 3 bags. How many?",
            }
        ],
        "test.json": [
            {
                "ID": "chal-1",
                "Body": "He has 4 bags.",
                "Question": "How many?",
                "Equation": "( 4.0 )",
                "Answer": "4.0",
                "Type": "Addition",
                "question_concat": "He has 4 bags. How many?",
            }
        ],
    },
    "ChilleD/MultiArith": {
        "train.json": [{"question": " How many? ", "final_ans": "10"}],
        "test.json": [{"question": " How many? ", "final_ans": "11"}],
    },
}


class _Hub(BaseHTTPRequestHandler):
    """What huggingface_hub asks for: HEAD and GET of /datasets/REPO/resolve/REVISION/FILE."""

    files: dict[str, bytes]
    asked: list[str]

    def do_GET(self, body: bool = True) -> None:
        self.asked.append(f"{self.command} {self.path}")
        content = self.files.get(self.path)
        self.send_response(404 if content is None else 200)
        self.send_header("Content-Length", str(len(content or b"")))
        if content is not None:
            self.send_header("ETag", f'"{hash(content)}"')
            self.send_header("X-Repo-Commit", self.path.split("/")[5])
        self.end_headers()
        if body and content is not None:
            self.wfile.write(content)

    def do_HEAD(self) -> None:
        self.do_GET(body=False)

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def serving(files: dict[str, bytes]):
    handler = type("Handler", (_Hub,), {"files": files, "asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", handler.asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def hub_files(tmp_path_factory) -> dict[str, bytes]:
    import pyarrow as pa
    from pyarrow import parquet

    folder = tmp_path_factory.mktemp("parquet")
    files = {}
    for published in hub.BENCHMARKS.values():
        for file in sum(published.files.values(), ()):
            if file.endswith(".parquet"):
                parquet.write_table(pa.Table.from_pylist(HUB_ROWS[file]), folder / "rows")
                content = (folder / "rows").read_bytes()
            else:
                content = json.dumps(HUB_JSON[published.repo][file], indent=1).encode()
            files[f"/datasets/{published.repo}/resolve/{published.revision}/{file}"] = content
    return files


READ = """
import json, sys
from kpdd_cli import benchmarks, errors
try:
    for source in sys.argv[1:]:
        print(json.dumps(list(benchmarks.read(source))))
except errors.InputError as error:
    print("InputError", error)
"""


def read_from(endpoint: str, cache: Path, *sources: str, **env: str) -> list[str]:
    """What a fresh process reads: huggingface_hub takes its settings when it is imported."""
    settings = {"HF_ENDPOINT": endpoint, "HF_HOME": str(cache), "HF_HUB_DOWNLOAD_TIMEOUT": "5"}
    done = subprocess.run(
        [sys.executable, "-c", READ, *sources],
        env={**os.environ, **settings, **env},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout.splitlines()


def test_benchmarks_come_from_the_hub_and_then_from_the_cache(hub_files, tmp_path):
    sources = ["gsm8k", "gsm8k:test", "svamp", "multiarith", "asdiv"]
    with serving(hub_files) as (endpoint, asked):
        first = read_from(endpoint, tmp_path, *sources)
        assert asked
    assert read_from(endpoint, tmp_path, *sources) == first  # the server is gone
    gsm8k_train, gsm8k_test, svamp_rows, multiarith_rows, asdiv_rows = map(json.loads, first)
    assert [(row["answer"], row["split"]) for row in gsm8k_train] == [
        ("2", "train"),
        ("1080", "train"),
    ]
    assert [(row["answer"], row["split"]) for row in gsm8k_test] == [("3", "test")]
    assert [(row["id"], row["answer"]) for row in svamp_rows] == [("chal-9", "3"), ("chal-1", "4")]
    assert [row["answer"] for row in multiarith_rows] == ["10", "11"]
    assert multiarith_rows[1]["id"] == multiarith_rows[0]["id"] + "-2"
    assert [(row["answer"], row["unit"]) for row in asdiv_rows] == [("2", "apples")]


def test_a_hub_without_the_file_is_one_line_that_says_what_to_do(tmp_path):
    with serving({}) as (endpoint, _):
        [said] = read_from(endpoint, tmp_path, "svamp")
    assert said.startswith("InputError svamp: cannot fetch train.json of ChilleD/SVAMP")
    assert "HTTP 404" in said
    assert "pass a local file instead: SVAMP.json of github.com/arkilpatel/SVAMP" in said


def test_without_the_hub_one_line_says_what_to_do(tmp_path):
    # Offline mode, because huggingface_hub tries for 20 seconds to reach a server that is gone.
    [said] = read_from("http://127.0.0.1:9", tmp_path, "gsm8k", HF_HUB_OFFLINE="1")
    assert said.startswith("InputError gsm8k: cannot fetch main/train-00000-of-00001.parquet")
    assert "pass a local file instead: train.jsonl or test.jsonl of github.com/openai" in said


def test_a_download_cut_short_is_one_line(hub_files, tmp_path, monkeypatch):
    def cut(self, body: bool = True) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.send_header("ETag", '"1"')
        self.send_header("X-Repo-Commit", self.path.split("/")[5])
        self.end_headers()
        if body:
            self.wfile.write(b"{")

    monkeypatch.setattr(_Hub, "do_GET", cut)
    with serving(hub_files) as (endpoint, _):
        [said] = read_from(endpoint, tmp_path, "svamp")
    assert said.startswith("InputError svamp: cannot fetch train.json")


@pytest.mark.parametrize(
    ("source", "split", "rows"),
    [
        ("gsm8k", None, 7473),
        ("gsm8k", "test", 1319),
        ("gsm8k:train", "test", 7473),
        ("svamp", "test", 1000),
        ("multiarith", None, 600),
        ("asdiv", "test", 2305),
        ("synthetic", None, None),
        ("-", None, None),
    ],
)
def test_named_sources_are_counted_without_a_fetch(source, split, rows):
    assert benchmarks.count(source, split=split) == rows


@pytest.mark.parametrize(
    ("source", "split", "said"),
    [
        ("gsm8k:dev", None, "gsm8k has the splits train, test, so there is no 'dev'"),
        ("gsm8k", "dev", "gsm8k has the splits train, test, so there is no 'dev'"),
        ("gsm8k:", None, "gsm8k has the splits train, test, so there is no ''"),
        ("svamp:test", None, "svamp is one set, without splits"),
        ("svamp", "train", "svamp is one set, without splits"),
        ("problems.jsonl", "train", "problems.jsonl is one set, without splits"),
        ("synthetic:all", None, "synthetic has the splits train, dev, test"),
    ],
)
def test_a_split_that_a_source_has_not_is_refused(source, split, said):
    with pytest.raises(UsageError, match=said):
        benchmarks.read(source, split=split)


def test_synthetic_problems_are_a_source():
    rows = list(benchmarks.read("synthetic:dev", limit=3, seed=1))
    assert [row["split"] for row in rows] == ["dev"] * 3
    assert rows == list(benchmarks.read("synthetic", split="dev", limit=3, seed=1))


def test_a_hub_file_that_is_not_parquet_is_an_input_error(tmp_path):
    path = tmp_path / "x.parquet"
    path.write_text("an error page")
    with pytest.raises(InputError, match="is not Parquet"):
        list(hub.parquet(str(path), "REPO/x.parquet"))
