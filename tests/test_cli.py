"""The command line as a user meets it: exit codes, one clear line, stdout for data, resume."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

KPDD = [sys.executable, "-m", "kpdd_cli"]


def problem(number):
    """A problem of its own numbers, with its worked solution."""
    boxes, pens, gone = 3 + number % 7, 4 + number % 5, 1 + number % 3
    left = boxes * pens - gone
    return {
        "id": f"p{number}",
        "question": (
            f"Ada has {boxes} boxes of {pens} pens. Her desk is {number + 100} years old. "
            f"She gives {gone} pens away. How many pens has she left?"
        ),
        "answer": str(left),
        "solution": (
            f"The boxes hold {boxes}*{pens}=<<{boxes}*{pens}={boxes * pens}>>{boxes * pens} pens.\n"
            f"She has {boxes * pens}-{gone}=<<{boxes * pens}-{gone}={left}>>{left} pens left."
        ),
        "mark": ["carried", {"through": None}],
    }


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def read(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def kpdd(*arguments, cwd, check=0, **options):
    result = subprocess.run(
        [*KPDD, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, **options
    )
    assert result.returncode == check, result.stderr
    assert "Traceback" not in result.stderr
    return result


def summary(result):
    return json.loads(result.stdout.splitlines()[-1])


@pytest.fixture
def problems(tmp_path):
    return write(tmp_path / "problems.jsonl", [problem(number) for number in range(12)])


def test_the_stages_follow_one_another_without_a_path(problems, tmp_path):
    kpdd("extract", problems, "--teacher", "gold", cwd=tmp_path)
    kpdd("solve", "--mode", "pot", "--teacher", "gold", cwd=tmp_path)
    filtered = kpdd("filter", "--mode", "pot", "--json", cwd=tmp_path)
    assert summary(filtered) | {"seconds": 0} == {
        "stage": "filter",
        "rows_in": 12,
        "rows_out": 12,
        "seconds": 0,
        "out": "kpdd-work/accepted.pot.jsonl",
        "accepted": 12,
        "rejected": 0,
        "rejected_rows": "kpdd-work/rejected.pot.jsonl",
        "reasons": {"correct": 12},
        "problems": 12,
        "problems_kept": 12,
        "bad": 0,
    }
    row = read(tmp_path / "kpdd-work" / "accepted.pot.jsonl")[3]
    assert row["mark"] == ["carried", {"through": None}]
    assert row["verdict"]["value"] == row["answer"]
    assert not any("desk" in fact for fact in row["information"])
    assert row["teacher"]["extract"]["name"] == row["teacher"]["solve"]["name"] == "gold"


def test_chain_of_thought_goes_the_same_way(problems, tmp_path):
    kpdd("extract", problems, "--teacher", "gold", cwd=tmp_path)
    kpdd("solve", "--mode", "cot", "--teacher", "gold", cwd=tmp_path)
    filtered = kpdd("filter", "--mode", "cot", "--json", cwd=tmp_path)
    assert summary(filtered)["reasons"] == {"correct": 12}


def test_a_wrong_answer_is_rejected_with_its_reason(problems, tmp_path):
    rows = read(problems)
    rows[5]["answer"] = "1000"
    write(problems, rows)
    kpdd("extract", problems, "--teacher", "gold", cwd=tmp_path)
    kpdd("solve", "--teacher", "gold", cwd=tmp_path)
    filtered = summary(kpdd("filter", "--json", cwd=tmp_path))
    assert filtered["reasons"] == {"correct": 11, "wrong": 1}
    (rejected,) = read(tmp_path / "kpdd-work" / "rejected.pot.jsonl")
    assert rejected["id"] == "p5"
    assert "gold is 1000" in rejected["verdict"]["why"]


def test_a_row_that_cannot_be_annotated_is_set_aside(problems, tmp_path):
    rows = read(problems)
    del rows[2]["solution"]
    write(problems, rows)
    extracted = kpdd("extract", problems, "--teacher", "gold", "--json", cwd=tmp_path, check=3)
    assert summary(extracted)["failed"] == 1
    (failed,) = read(tmp_path / "kpdd-work" / "keypoints.failed.jsonl")
    assert failed["id"] == "p2"
    assert failed["why"]


def test_a_bad_row_stops_with_its_line_or_is_skipped(problems, tmp_path):
    with problems.open("a") as file:
        file.write('{"question": 7}\n')
    stopped = kpdd("data", problems, cwd=tmp_path, check=2)
    assert "problems.jsonl:13" in stopped.stderr
    assert stopped.stderr.count("\n") == 1
    skipped = kpdd("data", problems, "--skip-bad", "--json", cwd=tmp_path, check=3)
    assert (summary(skipped)["rows_out"], summary(skipped)["bad"]) == (12, 1)
    (bad,) = read(tmp_path / "kpdd-work" / "problems.bad.jsonl")
    assert bad["where"].endswith("problems.jsonl:13")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["extract", "absent.jsonl", "--teacher", "gold"], "absent.jsonl"),
        (["extract", "problems.jsonl", "--teacher", "gould"], "gould"),
        (["extract", "problems.jsonl", "--teacher", "gold", "--base-url", "http://x"], "base-url"),
        (["solve", "--teacher", "gold"], "kpdd extract"),
        (["filter"], "kpdd solve"),
        (["filter", "--mode", "pod"], "pod"),
        (["solve", "problems.jsonl", "--teacher", "gold"], "problems.jsonl:1"),
        (["data", "."], "."),
    ],
)
def test_a_wrong_call_gets_one_clear_line(problems, tmp_path, arguments, said):
    result = kpdd(*arguments, cwd=tmp_path, check=2)
    assert said in result.stderr
    assert result.stdout == ""


def test_without_a_credential_one_line_names_the_other_ways(problems, tmp_path):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ANTHROPIC")}
    environment |= {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    result = kpdd("extract", problems, cwd=tmp_path, check=1, env=environment)
    assert result.stderr.count("\n") == 1
    assert "--teacher gold" in result.stderr
    assert "--base-url" in result.stderr


def test_stdout_is_data_and_stderr_is_talk(problems, tmp_path):
    result = kpdd("data", problems, "--json", cwd=tmp_path)
    assert len(result.stdout.splitlines()) == 1
    assert kpdd("data", problems, "--json", "--quiet", cwd=tmp_path).stderr == ""


def test_a_pipe_is_a_source(problems, tmp_path):
    result = kpdd("data", "-", "--json", cwd=tmp_path, input=problems.read_text())
    assert summary(result)["rows_out"] == 12


def test_another_teacher_on_the_same_output_is_refused(problems, tmp_path):
    kpdd("extract", problems, "--teacher", "gold", cwd=tmp_path)
    run_file = tmp_path / "kpdd-work" / "keypoints.run.json"
    run_file.write_text(run_file.read_text().replace('"gold"', '"anthropic"'))
    refused = kpdd("extract", problems, "--teacher", "gold", cwd=tmp_path, check=2)
    assert "--fresh" in refused.stderr
    kpdd("extract", problems, "--teacher", "gold", "--fresh", cwd=tmp_path)


@pytest.mark.parametrize(
    "stage",
    [
        ["extract", "problems.jsonl", "--teacher", "gold"],
        ["solve", "--teacher", "gold"],
        ["filter"],
    ],
    ids=lambda stage: stage[0],
)
def test_a_killed_stage_ends_as_if_it_had_not_been(tmp_path, stage):
    """SIGKILL while the output grows, several times, then a run to the end."""
    rows = [problem(number) for number in range(3000)]
    folders = []
    for name in ("whole", "killed"):
        folder = tmp_path / name
        folder.mkdir()
        write(folder / "problems.jsonl", rows)
        for before in (
            ["extract", "problems.jsonl", "--teacher", "gold"],
            ["solve", "--teacher", "gold"],
        ):
            if before[0] == stage[0]:
                break
            kpdd(*before, cwd=folder)
        folders.append(folder)
    whole, killed = folders
    kpdd(*stage, cwd=whole)
    out = {"extract": "keypoints.jsonl", "solve": "solutions.pot.jsonl"}
    path = killed / "kpdd-work" / out.get(stage[0], "accepted.pot.jsonl")
    kills = 0
    for size in (1, 200_000, 500_000):
        process = subprocess.Popen([*KPDD, *stage], cwd=killed, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while process.poll() is None and time.monotonic() < deadline:
            if path.exists() and path.stat().st_size > size:
                process.send_signal(signal.SIGKILL)
                break
            time.sleep(0.002)
        kills += process.wait() == -signal.SIGKILL
    assert kills >= 2
    kpdd(*stage, cwd=killed)
    files = {p.name: p.read_bytes() for p in (whole / "kpdd-work").iterdir() if p.suffix != ".lock"}
    assert files == {
        p.name: p.read_bytes() for p in (killed / "kpdd-work").iterdir() if p.suffix != ".lock"
    }


def test_a_second_run_on_an_output_is_refused(problems, tmp_path):
    from kpdd_cli.journal import Journal

    out = tmp_path / "kpdd-work" / "keypoints.jsonl"
    with Journal(out, key=("id",), settings={}):
        refused = kpdd("extract", problems, "--teacher", "gold", cwd=tmp_path, check=1)
    assert "another run" in refused.stderr


def test_an_interrupt_says_that_the_next_call_resumes(tmp_path):
    write(tmp_path / "problems.jsonl", [problem(number) for number in range(20000)])
    call = [*KPDD, "extract", "problems.jsonl", "--teacher", "gold"]
    process = subprocess.Popen(call, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    out = tmp_path / "kpdd-work" / "keypoints.jsonl"
    while process.poll() is None and not (out.exists() and out.stat().st_size):
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "goes on where" in said
    assert "Traceback" not in said


def test_a_reader_of_stdout_that_leaves_early_is_no_error(problems, tmp_path):
    call = [*KPDD, "data", str(problems), "--json"]
    process = subprocess.Popen(
        call, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    process.stdout.close()
    assert "Traceback" not in process.stderr.read()
    process.wait()
