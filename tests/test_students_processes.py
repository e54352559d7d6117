"""Several processes train as one, and what happens in them reaches the caller."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import tiny_models
import torch
from tiny_models import Report

from kpdd_cli.errors import StudentError
from kpdd_cli.stages import finetune
from kpdd_cli.stages.finetune import Config
from kpdd_cli.students import processes, student

torch.set_num_threads(1)


class Told(Report):
    """What a training said, counted."""

    def __init__(self):
        self.started, self.steps, self.facts = [], 0, {}

    def start(self, what, total, done=0):
        self.started.append((what, total, done))

    def advance(self, rows=1, **facts):
        self.steps += rows
        self.facts |= facts


def config(folder, out, **settings):
    base = str(folder / "base")
    if not (folder / "base").exists():
        model, tokenizer = tiny_models.t5(dropout_rate=0.0)  # it is drawn in each process apart
        model.save_pretrained(folder / "base")
        tokenizer.save_pretrained(folder / "base")
        tiny_models.write_rows(folder / "accepted.jsonl", 60)
    settings = {"pipeline": "direct", "steps": 5, "batch_size": 8, "method": "full"} | settings
    return Config(folder / "accepted.jsonl", folder / out, base, "pot", **settings)


def test_two_processes_make_the_student_of_one(tmp_path):
    told = Told()
    shared = finetune.run(config(tmp_path, "two", processes=2), told)
    alone = finetune.run(config(tmp_path, "one"), Report())
    assert told.started == [("training", 5, 0)]
    assert told.steps == 5
    assert "loss" in told.facts
    assert shared.loss == pytest.approx(alone.loss, rel=1e-2)  # bfloat16 rounds each share apart
    records = [student.Record.read(tmp_path / out) for out in ("one", "two")]
    assert records[0].training["settings"] == records[1].training["settings"]


def test_a_finished_student_needs_no_process(tmp_path, monkeypatch):
    finetune.run(config(tmp_path, "out"), Report())
    monkeypatch.setattr(processes, "run", None)
    assert finetune.run(config(tmp_path, "out", processes=2), Report()).steps == 5


def test_a_fault_in_a_process_is_raised_here(tmp_path):
    with pytest.raises(StudentError, match="does not suffice for 2 processes"):
        finetune.run(config(tmp_path, "out", processes=2, batch_size=1), Report())


def die(progress):
    progress.start("dying", 1)
    if os.environ["RANK"] == "1":
        os.kill(os.getpid(), signal.SIGKILL)
    signal.pause()


def test_a_process_that_is_killed_ends_the_training_with_a_word():
    with pytest.raises(StudentError, match="died"):
        processes.run(2, die, Told())


PARENT = """
import sys
sys.path[:0] = sys.argv[1:3]
from test_students_processes import Told, wait
from kpdd_cli.students import processes
if __name__ == "__main__":
    processes.run(2, wait, Told())
"""


def wait(progress):
    sys.stdout.write(f"{os.getpid()}\n")
    sys.stdout.flush()
    time.sleep(600)


def is_alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_no_process_outlives_the_one_that_started_it(tmp_path):
    here = Path(__file__).parent
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    # A shell lets its background jobs ignore the interrupt that torch would send.
    parent = subprocess.Popen(
        [sys.executable, script, here, here.parent],
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )
    children = [int(parent.stdout.readline()) for _ in range(2)]
    parent.kill()
    parent.wait()
    until = time.monotonic() + 30
    while any(is_alive(child) for child in children):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_one_process_where_a_launcher_started_more(monkeypatch):
    monkeypatch.setattr(torch, "get_num_threads", lambda: 8)
    monkeypatch.setattr(torch.accelerator, "is_available", lambda: False)
    assert processes.useful(2) == 2
    monkeypatch.setenv("WORLD_SIZE", "4")
    assert processes.useful(2) == 1
