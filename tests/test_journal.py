"""The journal: nothing lost, nothing twice, one writer, no trace of an interruption."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from kpdd_cli.errors import BusyError, InputError, StaleOutput
from kpdd_cli.journal import Journal, beside, is_unfinished, run_file

SETTINGS = {"teacher": "gold"}
ROWS = [{"id": str(n), "text": "é" * (n % 7)} for n in range(40)]


def run(path, rows=ROWS, *, stop_after=None, aside=False, spare=False, **options):
    """Write rows as a stage does; every fifth is set aside where there is a file for them."""
    notices = []
    journal = Journal(
        path,
        key=("id", "text"),
        settings=options.pop("settings", SETTINGS),
        aside=beside(path, "failed") if aside else None,
        spare=beside(path, "spare") if spare else None,
        notice=notices.append,
        **options,
    )
    made = 0
    with journal:
        for row in journal.pending(rows):
            if made == stop_after:
                return made, notices
            put = journal.set_aside if aside and int(row["id"]) % 5 == 0 else journal.append
            put({**row, "made": True})
            made += 1
        journal.finish(rows_out=len(rows))
    return made, notices


def read(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".lock"}


def test_a_resumed_run_makes_only_what_is_missing_and_ends_the_same(tmp_path):
    whole, cut = tmp_path / "whole" / "out.jsonl", tmp_path / "cut" / "out.jsonl"
    run(whole, aside=True)
    assert run(cut, aside=True, stop_after=13)[0] == 13
    assert is_unfinished(cut)
    assert run(cut, aside=True)[0] == len(ROWS) - 13
    assert not is_unfinished(cut)
    assert files(cut.parent) == files(whole.parent)


def test_a_second_run_makes_nothing_and_changes_nothing(tmp_path):
    path = tmp_path / "out.jsonl"
    run(path)
    before = files(tmp_path)
    assert run(path)[0] == 0
    assert files(tmp_path) == before


def test_a_torn_last_line_is_made_again_with_a_notice(tmp_path):
    path = tmp_path / "out.jsonl"
    run(path, stop_after=10)
    path.write_bytes(path.read_bytes()[:-5])
    made, notices = run(path)
    assert made == len(ROWS) - 9
    assert "torn" in notices[0]
    assert [row["id"] for row in read(path)] == [row["id"] for row in ROWS]


def test_a_last_line_that_lacks_only_its_newline_is_kept(tmp_path):
    path = tmp_path / "out.jsonl"
    run(path, stop_after=10)
    path.write_bytes(path.read_bytes()[:-1])
    made, notices = run(path)
    assert (made, notices) == (len(ROWS) - 10, [])


def test_rows_made_out_of_order_end_in_the_order_of_the_input(tmp_path):
    path = tmp_path / "out.jsonl"
    with Journal(path, key=("id",), settings=SETTINGS) as journal:
        for row in reversed(list(journal.pending(ROWS))):
            journal.append(row)
        journal.finish()
    assert read(path) == ROWS


def test_a_new_row_in_front_costs_one_row(tmp_path):
    path = tmp_path / "out.jsonl"
    run(path)
    assert run(path, [{"id": "new", "text": ""}, *ROWS])[0] == 1
    assert read(path)[0]["id"] == "new"


def test_a_changed_row_is_made_again_and_the_old_one_goes(tmp_path):
    path = tmp_path / "out.jsonl"
    run(path)
    assert run(path, [{"id": "0", "text": "changed"}, *ROWS[1:]])[0] == 1
    assert len(read(path)) == len(ROWS)


def test_finished_rows_wait_in_the_spare_file_until_they_are_asked_for_again(tmp_path):
    path = tmp_path / "out.jsonl"
    run(path, spare=True)
    before = path.read_bytes()
    run(path, ROWS[:3], spare=True)
    assert len(read(path)) == 3
    assert len(read(beside(path, "spare"))) == len(ROWS) - 3
    assert run(path, spare=True)[0] == 0
    assert path.read_bytes() == before
    assert not beside(path, "spare").exists()


def test_other_settings_are_refused_until_fresh(tmp_path):
    path = tmp_path / "out.jsonl"
    run(path)
    with pytest.raises(StaleOutput, match="teacher was 'gold', now 'other'"):
        run(path, settings={"teacher": "other"})
    assert run(path, settings={"teacher": "other"}, fresh=True)[0] == len(ROWS)


def test_a_file_of_another_origin_is_not_touched(tmp_path):
    path = tmp_path / "mine.jsonl"
    path.write_text("precious\n")
    with pytest.raises(StaleOutput, match="does not say which run made it"):
        run(path)
    assert path.read_text() == "precious\n"


def test_a_damaged_row_is_named_by_file_and_line(tmp_path):
    path = tmp_path / "out.jsonl"
    run(path)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:4], b"not json\n", *lines[5:]]))
    with pytest.raises(InputError, match=r"out\.jsonl:5"):
        run(path)


def test_a_second_writer_is_refused(tmp_path):
    path = tmp_path / "out.jsonl"
    first = Journal(path, key=("id",), settings=SETTINGS)
    with first, pytest.raises(BusyError, match="another run"):
        run(path)
    run(path)


WRITER = textwrap.dedent(
    """
    import sys, time
    from pathlib import Path
    from kpdd_cli.journal import Journal, beside
    path = Path(sys.argv[1])
    rows = [{"id": str(n), "text": "x" * 50} for n in range(400)]
    with Journal(path, key=("id",), settings={}, aside=beside(path, "failed")) as journal:
        for row in journal.pending(rows):
            (journal.set_aside if int(row["id"]) % 5 == 0 else journal.append)(row)
            time.sleep(0.0005)
        journal.finish()
    """
)


def test_kills_at_any_moment_leave_no_trace_in_the_output(tmp_path):
    whole, cut = tmp_path / "whole" / "out.jsonl", tmp_path / "cut" / "out.jsonl"
    subprocess.run([sys.executable, "-c", WRITER, whole], check=True)
    kills = 0
    for pause in (0.02, 0.05, 0.08, 0.03, 0.06):
        process = subprocess.Popen([sys.executable, "-c", WRITER, cut])
        deadline = time.monotonic() + 20
        while not cut.exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        kills += process.wait() == -signal.SIGKILL
    assert kills >= 3
    subprocess.run([sys.executable, "-c", WRITER, cut], check=True)
    assert files(cut.parent) == files(whole.parent)


@pytest.mark.parametrize("survivors", [1, 2, 3])
def test_a_kill_inside_the_final_rewrite_loses_nothing(tmp_path, monkeypatch, survivors):
    path = tmp_path / "out.jsonl"
    run(path, spare=True)
    replace, calls = os.replace, []

    def dying(source, target):
        calls.append(target)
        if len(calls) > survivors:
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr(os, "replace", dying)
    with pytest.raises(KeyboardInterrupt):
        run(path, list(reversed(ROWS[5:])), spare=True)
    monkeypatch.undo()
    assert run(path, spare=True)[0] == 0
    assert [row["id"] for row in read(path)] == [row["id"] for row in ROWS]
    assert run_file(path).exists()
