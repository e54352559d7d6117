"""``kpdd eval`` in several processes: the same files as from one, whoever starts or kills them."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
import tiny_models
import torch
from test_evaluate import files
from test_students_generation import tune
from tiny_models import Report

from kpdd_cli.errors import StudentError, UsageError
from kpdd_cli.stages import evaluate
from kpdd_cli.stages.evaluate import Config
from kpdd_cli.students import processes

torch.set_num_threads(1)
PROBLEMS = 11


class Told(Report):
    def __init__(self):
        super().__init__()
        self.rows = 0

    def advance(self, rows=1, **facts):
        self.rows += rows


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    """A student, problems, and what one process makes of them: greedy texts and samples."""
    folder = tmp_path_factory.mktemp("shared")
    made = tune(folder, "t5", pipeline="two-stage", steps=10)
    source = tiny_models.write_rows(folder / "problems.jsonl", PROBLEMS)
    whole = Config(made, (str(source),), folder / "one", engine="transformers", samples=2)
    evaluate.run(whole, Report())
    return replace(whole, batch_size=1)


def test_two_processes_write_what_one_writes(config, tmp_path):
    told = Told()
    shared = replace(config, out=tmp_path / "two", processes=2)
    summary = evaluate.run(shared, told)
    assert files(shared.out) == files(config.out)
    assert told.bars == [("solving problems", PROBLEMS, 0)]
    assert told.rows == summary.rows_out == PROBLEMS


def test_what_is_wrong_is_said_before_processes_start(config, tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "run", None)
    stdin = replace(config, sources=("-",), processes=2)
    with pytest.raises(UsageError, match="stdin"):
        evaluate.run(stdin, Report())
    monkeypatch.setenv("WORLD_SIZE", "2")
    with pytest.raises(UsageError, match="under a launcher"):
        evaluate.run(replace(config, processes=2), Report())


def launch(config, out, *options):
    """The command of each process, as a launcher on one of two nodes starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    words = ["-m", "kpdd_cli", "eval", config.student, "--data", *config.sources, "-o", out]
    words += ["--engine", "transformers", "--samples", "2", "--batch-size", "1", "--json", *options]
    return [
        subprocess.Popen(
            [sys.executable, *map(str, words)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent.parent,
            env=os.environ
            | {"RANK": rank, "LOCAL_RANK": "0", "WORLD_SIZE": "2", "LOCAL_WORLD_SIZE": "1"}
            | {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port, "OMP_NUM_THREADS": "1"},
        )
        for rank in ("0", "1")
    ]


def test_a_launcher_whose_process_is_killed_resumes(config, tmp_path):
    """Killed at work, then called again: the files of an evaluation that nothing befell."""
    out = tmp_path / "launched"
    first, second = launch(config, out)
    until = time.monotonic() + 300
    while not (out / "problems.run.json").exists():  # they have met, and the first has begun
        assert time.monotonic() < until
        assert first.poll() is None, first.communicate()
        time.sleep(0.02)
    second.send_signal(signal.SIGKILL)
    shown, said = first.communicate(timeout=300)
    second.communicate()
    if first.returncode:  # else it was done before
        assert first.returncode == 1
        assert "another of the processes died" in said
        assert "Traceback" not in said
        assert not shown
    first, second = launch(config, out)
    shown, said = first.communicate(timeout=300)
    assert first.returncode == 0, said
    assert second.communicate()[0] == ""  # one speaks
    assert second.returncode == 0
    assert shown.count("\n") == 1
    assert files(out) == files(config.out)


def fail(task, rows):
    raise StudentError(f"{task} cannot be solved")


def lead(listener):
    team = processes.Team(fail)
    return team.led(lambda: team.share("this", [1]))


def test_a_fault_of_any_process_is_the_callers(config):
    with pytest.raises(StudentError, match="this cannot be solved"):
        processes.run(2, lead, Report())
