"""``kpdd finetune``: accepted rows become a student."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NoReturn

from kpdd_cli import jsonl
from kpdd_cli.errors import InputError, UsageError
from kpdd_cli.journal import is_unfinished
from kpdd_cli.records import BadRow, Mode, Pipeline, Row
from kpdd_cli.stages import Report, Summary
from kpdd_cli.students import bases, embedded, formats, processes
from kpdd_cli.students.making import Adapter, Order, Quantize, make
from kpdd_cli.students.student import Method, Record, works_on_slots
from kpdd_cli.students.training import Plan

_LORA = Plan(
    epochs=10,
    steps=None,
    batch_size=32,
    learning_rate=5e-4,
    weight_decay=0.0,
    warmup=0.03,
    decay=0.97,
    seed=0,
)
# All weights of a trained model move at once: they want smaller steps than an adapter from zero.
_USUAL: dict[Method, Plan] = {"lora": _LORA, "full": replace(_LORA, learning_rate=1e-4)}


@dataclass(frozen=True, slots=True)
class Config:
    """What to train on what. None: the value that fits the base and the method."""

    accepted: Path
    out: Path
    base: str
    mode: Mode
    pipeline: Pipeline = "three-stage"
    method: Method | None = None
    epochs: float | None = None
    steps: int | None = None
    batch_size: int | None = None
    batch_tokens: int | None = None
    learning_rate: float | None = None
    weight_decay: float | None = None
    warmup: float | None = None
    decay: float | None = None
    selection: float | None = None
    quantize: Quantize | None = None
    adapter: Adapter = field(default_factory=Adapter)
    max_length: int | None = None
    processes: int | None = None
    limit: int | None = None
    seed: int = 0
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class FinetuneSummary(Summary):
    """Losses are nats a target token, averaged over the trainings; ``refused`` counts the training
    texts that were set aside, by reason; they are listed in ``set_aside.jsonl`` of the student.
    """

    student: str
    base: str
    mode: Mode
    pipeline: Pipeline
    method: Method
    steps: int
    loss: float
    validation_loss: float | None
    trainable_parameters: int
    refused: dict[str, int]

    @property
    def set_aside(self) -> int:
        """How many training texts could not be used."""
        return sum(self.refused.values())


def run(config: Config, report: Report) -> FinetuneSummary:
    """Train a student, or finish one whose training was stopped."""
    began = time.monotonic()
    order = order_of(config)
    rows = _rows(config, report)
    count = _processes(config)
    if count > 1 and (config.fresh or not config.out.exists()):
        work = partial(make, order, rows, config.out, fresh=config.fresh)
        processes.run(count, work, report)
        config = replace(config, fresh=False)  # the student is there, to be read once more
    record = make(order, rows, config.out, report, fresh=config.fresh)
    return _summary(config, record, rows, time.monotonic() - began)


def order_of(config: Config) -> Order:
    """What a config asks for, completed by what suits its base. Raises UsageError."""
    method = _method(config)
    if config.quantize and method == "full":
        raise UsageError("--quantize freezes the base's weights; it needs --method lora")
    return Order(
        base=config.base,
        mode=config.mode,
        pipeline=config.pipeline,
        method=method,
        plan=_plan(config),
        adapter=config.adapter,
        max_length=config.max_length,
        quantize=config.quantize,
    )


def _processes(config: Config) -> int:
    if config.processes is not None:
        return config.processes
    is_embedded = bases.kind_of(config.base) == "embedded"
    return processes.useful(embedded.PROCESSES) if is_embedded else 1


def _method(config: Config) -> Method:
    if bases.kind_of(config.base) != "embedded":
        return config.method or "lora"
    if config.method == "lora":
        raise UsageError(
            f"--method lora adapts a trained base, and {config.base} starts from random weights; "
            "use --method full, or another --base"
        )
    return "full"


def _plan(config: Config) -> Plan:
    """The training plan: what the user chose, completed by what suits base and method."""
    kind, method = bases.kind_of(config.base), _method(config)
    usual = _USUAL[method]
    slots = works_on_slots(config.base)
    if slots:
        usual = embedded.PLAN if kind == "embedded" else embedded.TUNING[method]
    if config.selection and not slots:
        raise UsageError(
            f'"selection" is for students on slots, and {config.base} reads numbers as they are; '
            f"use --base {embedded.READY}, or leave it out"
        )
    named = (
        "epochs",
        "batch_size",
        "batch_tokens",
        "learning_rate",
        "weight_decay",
        "warmup",
        "decay",
        "selection",
    )
    chosen = {name: getattr(config, name) for name in named}
    return replace(
        usual,
        **{name: value for name, value in chosen.items() if value is not None},
        steps=config.steps or (None if config.epochs else usual.steps),
        seed=config.seed,
    )


def _rows(config: Config, report: Report) -> Sequence[Row]:
    """The accepted rows, each checked. Raises :class:`InputError` at the first bad one."""
    if is_unfinished(config.accepted):
        report.notice(f"{config.accepted} is not complete: the run that makes it was stopped")
    rows = []
    for line in islice(jsonl.read(config.accepted, on_bad=_refuse), config.limit):
        try:
            if line.row.get("mode") != config.mode:
                raise BadRow(f'"mode" is {line.row.get("mode")!r}, not {config.mode!r} (--mode)')
            for _ in formats.examples(line.row, config.pipeline):
                pass
        except BadRow as error:
            _refuse(line.where, line.raw, str(error))
        rows.append(line.row)
    if not rows:
        raise InputError(f"{config.accepted}: there is no row in it to train on")
    return rows


def _refuse(where: str, raw: str, why: str) -> NoReturn:
    raise InputError(f"{where}: {why}; kpdd filter writes rows that can be trained on")


def _summary(
    config: Config, record: Record, rows: Sequence[Row], seconds: float
) -> FinetuneSummary:
    parts = record.training["parts"].values()
    validations = [part["validation_loss"] for part in parts if part["validation_loss"] is not None]
    return FinetuneSummary(
        stage="finetune",
        rows_in=len(rows),
        rows_out=int(record.training["problems"]),
        seconds=seconds,
        out=str(config.out),
        student=str(config.out),
        base=record.base,
        mode=record.mode,
        pipeline=record.pipeline,
        method=record.method,
        steps=sum(part["steps"] for part in parts),
        loss=_mean([part["loss"] for part in parts]),
        validation_loss=_mean(validations) if validations else None,
        trainable_parameters=sum(part["trainable_parameters"] for part in parts),
        refused=record.training["refused"],
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
