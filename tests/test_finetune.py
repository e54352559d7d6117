"""``kpdd finetune`` on tiny bases: adapters, student directories, resuming after a real kill."""

import errno
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import tiny_models
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from tiny_models import Report

from kpdd_cli.errors import BusyError, InputError, StaleOutput, StudentError, UsageError
from kpdd_cli.stages import finetune
from kpdd_cli.stages.finetune import Config
from kpdd_cli.students import bases, generation, making, student, training
from kpdd_cli.students.making import Adapter

torch.set_num_threads(1)


def tune(folder, base, *, count=60, out="student.pot", **settings):
    """A short training in ``folder``; returns its summary and its report."""
    accepted = tiny_models.write_rows(folder / "accepted.jsonl", count)
    settings = {
        "pipeline": "two-stage",
        "steps": 4,
        "batch_size": 8,
        "learning_rate": 1e-2,
    } | settings
    report = Report()
    config = Config(accepted, folder / out, base, "pot", **settings)
    return finetune.run(config, report), report


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A T5 base and a student of it with two adapters."""
    folder = tmp_path_factory.mktemp("made")
    base = tiny_models.save("t5", folder / "base")
    summary, report = tune(folder, base)
    return folder, base, summary, report


def weights(path):
    return {
        str(file.relative_to(path)): load_file(file) for file in sorted(path.rglob("*.safetensors"))
    }


def equal(left, right):
    return left.keys() == right.keys() and all(
        left[file].keys() == right[file].keys()
        and all(torch.equal(left[file][name], right[file][name]) for name in left[file])
        for file in left
    )


def test_every_adapter_weight_moves_and_no_base_weight_does(made):
    folder, base, _, _ = made
    found = weights(folder / "student.pot")
    original = load_file(f"{base}/model.safetensors")
    parts = [found[f"{part}/adapter_model.safetensors"] for part in ("key_points", "solution")]
    linear = re.compile(r"(SelfAttention|EncDecAttention|DenseReluDense)\.(?!relative)")
    for adapter in parts:
        assert len(adapter) == 2 * sum(bool(linear.search(name)) for name in original)
        for name, weight in adapter.items():
            # B starts at zero, so that an untrained adapter changes nothing.
            assert "lora_B" not in name or weight.abs().min() > 0, name
    # A starts alike in all adapters (one seed), so that it has moved where two of them differ.
    for name, weight in parts[0].items():
        assert not torch.equal(weight, parts[1][name]), name
    assert equal({"": found["base/model.safetensors"]}, {"": original})


def test_the_summary_says_what_was_trained(made):
    folder, _, summary, report = made
    adapter = load_file(folder / "student.pot/solution/adapter_model.safetensors")
    assert summary.trainable_parameters == 2 * sum(w.numel() for w in adapter.values())
    assert (summary.rows_in, summary.rows_out, summary.steps) == (60, 60, 8)
    assert summary.set_aside == 0
    assert summary.loss > 0
    assert summary.validation_loss > 0
    assert report.bars == [("training key points", 4, 0), ("training solution", 4, 0)]
    assert report.steps == 8


def test_the_record_says_how_it_was_made(made):
    folder, _, _, _ = made
    record = json.loads((folder / "student.pot/student.json").read_text())
    assert record["pipeline"] == "two-stage"
    assert record["training"]["settings"]["adapter"]["rank"] == 16
    assert record["training"]["texts"] == {"trained": 118, "validation": 2}
    assert {"kpdd", "torch", "transformers", "peft"} <= record["training"]["versions"].keys()
    assert len(record["training"]["parts"]["solution"]["curve"]) == 4


def test_a_finished_student_is_not_trained_again(made):
    folder, base, summary, _ = made
    again, report = tune(folder, base)
    assert report.steps == 0
    assert again.loss == summary.loss


def test_other_settings_do_not_replace_a_student_unasked(made):
    folder, base, _, _ = made
    with pytest.raises(StaleOutput, match="--fresh"):
        tune(folder, base, learning_rate=1e-3)


def test_a_student_can_be_moved_without_its_base(made, tmp_path):
    folder, _, _, _ = made
    questions = [tiny_models.row(number)["question"] for number in range(3)]
    before = generation.solve(student.load(folder / "student.pot"), questions)
    shutil.copytree(folder / "student.pot", tmp_path / "moved")
    (folder / "base").rename(folder / "gone")
    try:
        assert generation.solve(student.load(tmp_path / "moved"), questions) == before
    finally:
        (folder / "gone").rename(folder / "base")


def test_a_base_is_loaded_once_for_all_its_adapters(made, monkeypatch):
    folder, _, _, _ = made
    loaded, load = [], bases.load
    monkeypatch.setattr(bases, "load", lambda name, **how: loaded.append(name) or load(name, **how))
    solver = student.load(folder / "student.pot", "transformers")
    generation.solve(solver, [tiny_models.row(0)["question"]])
    assert loaded == [str(folder / "student.pot/base")]


@pytest.mark.parametrize("fresh", [False, True])
def test_a_folder_of_something_else_is_left_alone(made, tmp_path, fresh):
    _, base, _, _ = made
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match="not a student"):
        tune(tmp_path, base, out="mine", fresh=fresh)
    assert (tmp_path / "mine/thesis.txt").exists()


def test_fresh_replaces_a_student(made, tmp_path):
    _, base, _, _ = made
    tune(tmp_path, base, pipeline="direct", adapter=Adapter(rank=2))
    summary, _ = tune(tmp_path, base, pipeline="direct", adapter=Adapter(rank=4), fresh=True)
    config = json.loads((tmp_path / "student.pot/solution/adapter_config.json").read_text())
    assert config["r"] == 4
    assert summary.steps == 4
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".work")] == []


def test_a_second_run_is_refused_while_the_first_trains(made, tmp_path):
    from filelock import FileLock

    _, base, _, _ = made
    with FileLock(tmp_path / ".student.pot.lock"), pytest.raises(BusyError, match="wait"):
        tune(tmp_path, base)


def test_texts_that_do_not_fit_are_counted_and_listed(made, tmp_path):
    _, base, _, _ = made
    rows = [tiny_models.row(number) for number in range(8)]
    rows[2]["rationale"] = "\n".join(f"apples_{n} = {n}" for n in range(200))
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    config = Config(
        tmp_path / "rows.jsonl", tmp_path / "s", base, "pot", pipeline="direct", steps=1
    )
    summary = finetune.run(config, Report())
    assert summary.refused == {"too_long": 1}
    assert (summary.set_aside, summary.rows_in, summary.rows_out) == (1, 8, 7)
    (refusal,) = (tmp_path / "s/set_aside.jsonl").read_text().splitlines()
    assert json.loads(refusal)["problem"] == "row-2"


def test_nothing_left_to_train_on_is_said_with_an_example(made, tmp_path):
    _, base, _, _ = made
    with pytest.raises(StudentError, match="more than --max-length 8"):
        tune(tmp_path, base, max_length=8)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"mode": "cot"}, r"rows.jsonl:2: \"mode\" is 'cot'"),
        ({"rationale": None}, 'rows.jsonl:2: "rationale" is missing'),
        ({"information": "all"}, 'rows.jsonl:2: "information" must be a list'),
    ],
)
def test_a_row_that_cannot_teach_is_named(tmp_path, change, why):
    rows = [tiny_models.row(0), {**tiny_models.row(1), **change}]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    config = Config(tmp_path / "rows.jsonl", tmp_path / "s", "kpdd-tiny", "pot")
    with pytest.raises(InputError, match=why):
        finetune.run(config, Report())


def test_an_empty_input_is_named(tmp_path):
    with pytest.raises(InputError, match="no row"):
        tune(tmp_path, "kpdd-tiny", count=0)


def test_a_base_from_scratch_cannot_be_adapted(tmp_path):
    with pytest.raises(UsageError, match="--method full"):
        tune(tmp_path, "kpdd-tiny", method="lora")


def test_a_folder_without_a_model_is_named(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(StudentError, match="not a model"):
        tune(tmp_path, str(tmp_path / "empty"))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("nobody/no-such-model", "the hub cannot be reached; check the network"),
        ("./no/such/folder", "no such directory, and no name"),
    ],
)
def test_a_base_that_is_nowhere_is_named(tmp_path, monkeypatch, name, why):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(StudentError, match=why) as caught:
        tune(tmp_path, name)
    assert "\n" not in str(caught.value)


def test_a_start_that_failed_does_not_bind_the_next(made, tmp_path):
    _, base, _, _ = made
    with pytest.raises(StudentError):
        tune(tmp_path, base, max_length=8)
    assert tune(tmp_path, base, pipeline="direct", steps=1)[0].steps == 1


def test_an_unfinished_training_of_other_settings_is_kept(made, tmp_path):
    _, base, _, _ = made
    work = tmp_path / ".student.pot.work"
    (work / "solution/checkpoint-25").mkdir(parents=True)
    (work / "settings.json").write_text("{}")
    with pytest.raises(StaleOutput, match="unfinished"):
        tune(tmp_path, base)
    assert (work / "solution/checkpoint-25").exists()


def test_the_embedded_base_is_trained_whole_on_slots(tmp_path):
    summary, _ = tune(tmp_path, "kpdd-tiny", pipeline="one-pass", steps=2)
    record = student.Record.read(tmp_path / "student.pot")
    assert (summary.method, record.slots, record.base_kind) == ("full", True, "embedded")
    assert student.load(tmp_path / "student.pot").codec.is_encoder_decoder
    tune(tmp_path, "kpdd-tiny", pipeline="one-pass", steps=2, out="again")
    assert equal(weights(tmp_path / "student.pot"), weights(tmp_path / "again"))


# A training in a process of its own, slow enough to be killed at a chosen place.
TRAIN = """
import sys, time, torch
from pathlib import Path
sys.path[:0] = [sys.argv[1], sys.argv[2]]
torch.set_num_threads(1)
import tiny_models
from test_finetune import long_training
class Slow(tiny_models.Report):
    def advance(self, rows=1, **facts):
        super().advance(rows, **facts)
        time.sleep(0.02 * rows)
report = Slow()
long_training(Path(sys.argv[3]), "killed", report)
print(report.bars)
"""


def long_training(folder, out, report):
    """Two adapters of 60 steps each, with checkpoints after 25 and 50."""
    accepted, base = folder / "accepted.jsonl", str(folder / "base")
    settings = {"pipeline": "two-stage", "steps": 60, "batch_size": 8, "learning_rate": 1e-2}
    finetune.run(Config(accepted, folder / out, base, "pot", **settings), report)


def start(folder):
    here = Path(__file__).parent
    command = [sys.executable, "-c", TRAIN, str(here), str(here.parent), str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_killed_training_ends_with_the_weights_of_one_that_was_not(tmp_path):
    tiny_models.save("t5", tmp_path / "base")
    tiny_models.write_rows(tmp_path / "accepted.jsonl", 60)
    work = tmp_path / ".killed.work"
    victim, until = start(tmp_path), time.monotonic() + 120
    while not (work / "solution/checkpoint-50").exists():  # it is being written
        assert victim.poll() is None, victim.stderr.read()
        assert time.monotonic() < until
        time.sleep(0.002)
    os.kill(victim.pid, signal.SIGKILL)
    victim.communicate()
    assert not (tmp_path / "killed").exists()

    bars, faults = start(tmp_path).communicate(timeout=120)
    # The first adapter was finished; the second goes on from its newest whole checkpoint.
    assert bars.strip() in [f"[('training solution', 60, {step})]" for step in (25, 50)], faults
    assert not work.exists()
    long_training(tmp_path, "whole", Report())
    assert equal(weights(tmp_path / "killed"), weights(tmp_path / "whole"))
    records = [student.Record.read(tmp_path / out) for out in ("killed", "whole")]
    assert records[0] == records[1]


# As a launcher starts it: the same call in each process, which find one another by environment.
SHARE = """
import sys, torch
from pathlib import Path
sys.path[:0] = [sys.argv[1], sys.argv[2]]
torch.set_num_threads(1)
import tiny_models
from test_finetune import in_single_precision
in_single_precision(Path(sys.argv[3]), "two")
"""


def in_single_precision(folder, out):
    """A short training without dropout, in which rounding is all that can differ."""
    training._has_bf16 = lambda: False
    accepted, base = folder / "accepted.jsonl", str(folder / "base")
    settings = {"pipeline": "direct", "steps": 5, "batch_size": 9, "learning_rate": 1e-2}
    adapter = Adapter(dropout=0.0)
    finetune.run(Config(accepted, folder / out, base, "pot", adapter=adapter, **settings), Report())


@contextmanager
def loopback():
    """Two processes of one machine: what runs before each command, and the first one's address."""
    yield [[], []], "127.0.0.1"


@contextmanager
def two_machines():
    """Two network namespaces that see nothing but each other."""
    names = [f"kpdd-{os.getpid()}-{rank}" for rank in (0, 1)]
    setup = [f"ip netns add {name}" for name in names]
    setup += [f"ip link add veth0 netns {names[0]} type veth peer name veth0 netns {names[1]}"]
    for rank, name in enumerate(names):
        setup += [
            f"ip -n {name} addr add 10.77.0.{rank + 1}/24 dev veth0",
            f"ip -n {name} link set veth0 up",
            f"ip -n {name} link set lo up",
        ]
    try:
        for command in setup:
            if subprocess.run(command.split(), capture_output=True, check=False).returncode:
                pytest.skip(f"needs the right to make network namespaces: {command}")
        enter = [f"ip netns exec {name} env GLOO_SOCKET_IFNAME=veth0".split() for name in names]
        yield enter, "10.77.0.1"
    finally:
        for name in names:
            subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)


@pytest.mark.parametrize(
    "network",
    [
        loopback,
        pytest.param(
            two_machines,
            marks=pytest.mark.skipif(shutil.which("ip") is None, reason="iproute2 is missing"),
        ),
    ],
)
def test_two_processes_train_as_one(tmp_path, monkeypatch, network):
    monkeypatch.setattr(training, "_has_bf16", training._has_bf16)  # put back afterwards
    model, tokenizer = tiny_models.t5(dropout_rate=0.0)
    model.save_pretrained(tmp_path / "base")
    tokenizer.save_pretrained(tmp_path / "base")
    tiny_models.write_rows(tmp_path / "accepted.jsonl", 60)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    here = Path(__file__).parent
    command = [sys.executable, "-c", SHARE, str(here), str(here.parent), str(tmp_path)]
    with network() as (enter, address):
        ranks = [
            subprocess.Popen(
                [*enter[rank], *command],
                stderr=subprocess.PIPE,
                text=True,
                env=os.environ
                | {"RANK": str(rank), "LOCAL_RANK": str(rank), "WORLD_SIZE": "2"}
                | {"LOCAL_WORLD_SIZE": "2", "MASTER_ADDR": address, "MASTER_PORT": port}
                | {"OMP_NUM_THREADS": "1"},
            )
            for rank in (0, 1)
        ]
        for process in ranks:
            _, faults = process.communicate(timeout=120)
            assert process.returncode == 0, faults
    in_single_precision(tmp_path, "one")
    one, two = (
        weights(tmp_path / out)["solution/adapter_model.safetensors"] for out in ("one", "two")
    )
    for name, weight in one.items():
        assert torch.allclose(weight, two[name], atol=1e-5), name
    curves = [
        student.Record.read(tmp_path / out).training["parts"]["solution"]["curve"]
        for out in ("one", "two")
    ]
    assert [loss for _, loss in curves[1]] == pytest.approx(
        [loss for _, loss in curves[0]], rel=1e-5
    )


@pytest.mark.parametrize("plugin", ["FSDP", "DEEPSPEED"])
def test_a_launcher_that_splits_the_model_is_refused_before_hours_are_lost(
    tmp_path, monkeypatch, plugin
):
    monkeypatch.setenv(f"ACCELERATE_USE_{plugin}", "true")
    with pytest.raises(StudentError, match=f"{plugin}.*a whole copy of the base on each GPU"):
        tune(tmp_path, tiny_models.save("t5", tmp_path / "base"))


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full; make room"),
        (RuntimeError("PytorchStreamWriter failed writing file data/3"), "writing failed"),
        (SafetensorError("I/O error: No space left on device (os error 28)"), "the disk is full"),
        (OSError(errno.EROFS, "Read-only file system"), "cannot be written .* another -o"),
        (torch.OutOfMemoryError("CUDA out of memory."), "not enough memory.* smaller --batch-size"),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory"), "smaller --batch-size"),
        (MemoryError(), "smaller --batch-size"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_what_runs_out_is_said_and_what_was_trained_is_kept(
    made, tmp_path, monkeypatch, fault, why
):
    _, base, _, _ = made
    fit, calls = training.fit, []

    def second_fails(*args, **options):
        calls.append(options["what"])
        if len(calls) == 2:
            raise fault
        return fit(*args, **options)

    monkeypatch.setattr(making, "fit", second_fails)
    with pytest.raises(StudentError, match=f"{why}.*trained so far is kept in") as caught:
        tune(tmp_path, base, steps=1)
    assert "\n" not in str(caught.value)
    summary, report = tune(tmp_path, base, steps=1)
    assert calls == ["training key points", "training solution", "training solution"]
    assert (summary.steps, report.steps) == (2, 1)


def test_an_error_of_the_program_itself_is_not_dressed_up(made, tmp_path, monkeypatch):
    _, base, _, _ = made
    monkeypatch.setattr(making, "fit", lambda *_, **__: {}["bug"])
    with pytest.raises(KeyError):
        tune(tmp_path, base)


def test_an_output_that_cannot_be_made_is_named(made, tmp_path):
    _, base, _, _ = made
    (tmp_path / "file").write_text("")
    with pytest.raises(StudentError, match=r"file/student cannot be written .* another -o"):
        tune(tmp_path, base, out="file/student")
