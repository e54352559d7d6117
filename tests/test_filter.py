"""The filter: which right rationales stay, and that an interruption leaves no trace."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpdd_cli.errors import InputError, StaleOutput
from kpdd_cli.stages import filter as stage

GOLD = {"p": "7", "q": "12"}
QUESTIONS = {name: f"What is the number that {name} stands for?" for name in GOLD}
RIGHT = {"p": "a = 3\nans = a + 4", "q": "ans = 3 * 4"}


def row(problem: str, rationale: str, *, sample: int = 0, mode: str = "pot", **fields):
    return {
        "id": problem,
        "question": QUESTIONS.get(problem, problem),
        "answer": GOLD.get(problem, "7"),
        "mode": mode,
        "rationale": rationale,
        "sample": sample,
        **fields,
    }


class Silent:
    def __init__(self, stop_after: int | None = None) -> None:
        self.left = stop_after
        self.notices: list[str] = []

    def start(self, what, total, done=0):
        pass

    def advance(self, rows=1, **facts):
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise KeyboardInterrupt

    def notice(self, text):
        self.notices.append(text)


def write(path: Path, rows) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def read(path: Path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def sift(folder: Path, rows, *, stop_after=None, report=None, **options):
    folder.mkdir(exist_ok=True)
    options = {"mode": "pot", **options}
    config = stage.Config(
        write(folder / "in.jsonl", rows), folder / "out.jsonl", folder / "rejected.jsonl", **options
    )
    return stage.run(config, report or Silent(stop_after))


def statuses(folder: Path) -> list[str]:
    """The verdicts in the order of the input; each row is found once in one of the files."""
    files = [folder / "out.jsonl", folder / "rejected.jsonl"]
    found = [each for file in files if file.exists() for each in read(file)]
    return [each["verdict"]["status"] for each in sorted(found, key=lambda each: each["n"])]


def numbered(rows):
    return [{**each, "n": n} for n, each in enumerate(rows)]


def files(folder: Path):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".lock"}


# --- which stay ----------------------------------------------------------------------------------


def test_each_row_is_counted_once_even_where_rows_are_the_same(tmp_path):
    summary = sift(tmp_path, [row("p", RIGHT["p"])] * 5 + [row("q", "ans = 1")] * 3)
    assert (summary.rows_in, summary.accepted, summary.rejected) == (8, 5, 3)
    assert (summary.problems, summary.problems_kept) == (2, 1)


def test_dedupe_keeps_the_first_right_rationale_of_those_that_repeat_it(tmp_path):
    rows = [
        row("p", "b = 4\nans = 3 + b"),
        row("p", "ans = 8"),
        row("p", "# again\nx  =  4\n\nans = 3+x  # seven"),
        row("p", RIGHT["p"]),
        row("other", "b = 4\nans = 3 + b"),
    ]
    summary = sift(tmp_path, numbered(rows), dedupe=True)
    assert statuses(tmp_path) == ["correct", "wrong", "duplicate", "correct", "correct"]
    assert summary.reasons == {"correct": 3, "wrong": 1, "duplicate": 1}


def test_dedupe_of_texts_ignores_space_case_and_calculator_marks(tmp_path):
    texts = ["So 3 + 4 = 7.\nThe answer is 7.", "so 3+4 = <<3+4=7>>7. The answer is 7.", "It is 7."]
    sift(tmp_path, numbered(row("p", text, mode="cot") for text in texts), mode="cot", dedupe=True)
    assert statuses(tmp_path) == ["correct", "duplicate", "correct"]


def test_max_per_problem_counts_right_rationales_only(tmp_path):
    rows = [row("p", f"ans = {value}") for value in (1, 7, 7, 7)] + [row("q", RIGHT["q"])]
    sift(tmp_path, numbered(rows), max_per_problem=2)
    assert statuses(tmp_path) == ["wrong", "correct", "correct", "surplus", "correct"]


def test_a_duplicate_takes_no_place_of_a_problem(tmp_path):
    rows = [row("p", text) for text in ("ans = 7", "ans = 7", "ans = 3 + 4", "ans = 8 - 1")]
    sift(tmp_path, numbered(rows), dedupe=True, max_per_problem=2)
    assert statuses(tmp_path) == ["correct", "duplicate", "correct", "surplus"]


def test_a_problem_is_known_by_its_question(tmp_path):
    rows = [row("p", RIGHT["p"], sample=sample) for sample in (0, 1)]
    del rows[0]["id"]
    rows[1]["question"] = rows[1]["question"].replace(" ", "  ")
    summary = sift(tmp_path, rows, dedupe=True)
    assert (summary.accepted, summary.problems) == (1, 1)


def test_nothing_accepted_leaves_an_empty_output(tmp_path):
    summary = sift(tmp_path, [row("p", "ans = 1")])
    assert (summary.accepted, summary.problems_kept) == (0, 0)
    assert (tmp_path / "out.jsonl").read_bytes() == b""


# --- test sets -----------------------------------------------------------------------------------


def test_problems_of_a_test_set_are_rejected_and_say_which(tmp_path, shared_data):
    questions = [problem["question"] for problem in read(shared_data / "gsm8k" / "test.jsonl")]
    train = [problem["question"] for problem in read(shared_data / "gsm8k" / "train.jsonl")]
    rows = [row(question, "ans = 7") for question in (questions[5], train[5], questions[900])]
    rows[1]["rationale"] = "ans = 8"
    test_set = str(shared_data / "gsm8k" / "test.jsonl")
    report = Silent()
    summary = sift(tmp_path, numbered(rows), against=(test_set,), report=report)
    assert summary.reasons == {"contaminated": 2, "wrong": 1}
    assert "1,319 held-out questions" in report.notices[0]
    why = read(tmp_path / "rejected.jsonl")[0]["verdict"]["why"]
    assert why.startswith("its question has the same words as ")
    assert test_set in why


@pytest.mark.parametrize("source", ["svamp/SVAMP.json", "asdiv/ASDiv.xml"])
def test_each_source_that_kpdd_reads_can_be_held_out(tmp_path, shared_data, source):
    assert sift(tmp_path, [row("p", "ans = 7")], against=(str(shared_data / source),)).accepted == 1


def test_a_test_set_with_an_unreadable_row_is_refused(tmp_path):
    held_out = tmp_path / "held.jsonl"
    held_out.write_text('{"question": "What is the number that p stands for?"}\n{"question": 7}\n')
    with pytest.raises(InputError, match=r"held.jsonl:2: .*only held out whole"):
        sift(tmp_path, [row("p", "ans = 7")], against=(str(held_out),), skip_bad=True)


# --- interruptions -------------------------------------------------------------------------------

some_rows = st.lists(
    st.builds(
        row,
        st.sampled_from(("p", "q")),
        st.sampled_from((*RIGHT.values(), "ans = 7", "x = 7\nans = x", "y = 7\nans = y", "ans =")),
        sample=st.integers(0, 2),
    ),
    min_size=1,
    max_size=14,
)


@given(some_rows, st.integers(0, 14), st.integers(0, 30), st.integers(0, 30))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_resumed_run_ends_as_an_uninterrupted_one(tmp_path_factory, rows, stop, torn, torn_aside):
    folder = tmp_path_factory.mktemp("filter")
    options = {"dedupe": True, "max_per_problem": 2}
    whole = sift(folder / "whole", rows, **options)
    try:
        sift(folder / "cut", rows, stop_after=stop, **options)
    except KeyboardInterrupt:
        for name, lost in (("out.jsonl", torn), ("rejected.jsonl", torn_aside)):
            if (file := folder / "cut" / name).exists():
                file.write_bytes(file.read_bytes()[:-lost] if lost else file.read_bytes())
    resumed = sift(folder / "cut", rows, **options)
    assert files(folder / "cut") == files(folder / "whole")
    assert resumed.reasons == whole.reasons
    assert (resumed.problems, resumed.problems_kept) == (whole.problems, whole.problems_kept)


def test_an_input_that_changed_is_judged_anew_from_there(tmp_path):
    rows = [row("p", f"ans = {n}") for n in range(9)]
    sift(tmp_path / "a", rows)
    report = Silent()
    sift(tmp_path / "a", [*rows[:3], row("q", "ans = 12"), *rows[3:]], report=report)
    sift(tmp_path / "b", [*rows[:3], row("q", "ans = 12"), *rows[3:]])
    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert "after row 3 " in report.notices[0]


def test_a_finished_filter_runs_no_program_again(tmp_path, monkeypatch):
    rows = [row("p", RIGHT["p"]), row("p", "ans = 1")]
    first = sift(tmp_path, rows)
    monkeypatch.setattr("kpdd_cli.programs.feeding.prepare", None)
    assert sift(tmp_path, rows).reasons == first.reasons


@pytest.mark.parametrize(
    "options", [{"dedupe": True}, {"max_per_problem": 1}, {"against": ("in.jsonl",)}]
)
def test_other_options_do_not_mix_with_an_earlier_output(tmp_path, options, monkeypatch):
    sift(tmp_path, [row("p", RIGHT["p"])])
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StaleOutput, match="--fresh"):
        sift(tmp_path, [row("p", RIGHT["p"])], **options)


def test_a_killed_filter_goes_on_where_it_stopped(tmp_path):
    rows = [row("p", f"x = {n % 900}\nans = x % 11", sample=n) for n in range(12_000)]
    whole = tmp_path / "whole"
    sift(whole, rows, dedupe=True, max_per_problem=50)
    cut = tmp_path / "cut"
    cut.mkdir()
    solutions = write(cut / "in.jsonl", rows)
    call = [
        sys.executable,
        "-m",
        "kpdd_cli",
        "filter",
        str(solutions),
        "-o",
        str(cut / "out.jsonl"),
    ]
    call += ["--rejected", str(cut / "rejected.jsonl"), "--dedupe", "--max-per-problem", "50"]
    running = subprocess.Popen(call, stdout=subprocess.DEVNULL)
    rejected = cut / "rejected.jsonl"
    while running.poll() is None and not (rejected.exists() and rejected.stat().st_size > 150_000):
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL)
    assert files(cut) == files(whole)
