"""Make a student: base, lessons, one training a part or one in all, and the finished directory.

While it is made, everything lies in a hidden work folder beside the student: what a kill leaves
there, the next run goes on with. The student's own directory appears in one step, whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kpdd_cli import __version__
from kpdd_cli.errors import BusyError, StaleOutput, StudentError, UsageError
from kpdd_cli.records import Mode, Pipeline, Row
from kpdd_cli.students import bases, embedded, faults, lessons, recipes
from kpdd_cli.students.formats import PARTS, fingerprint
from kpdd_cli.students.lessons import Lesson, Refusal
from kpdd_cli.students.selection import Selection
from kpdd_cli.students.student import RECORD, Method, Record, works_on_slots
from kpdd_cli.students.training import Plan, Progress, Trained, fit

if TYPE_CHECKING:
    from kpdd_cli.students.bases import Base

# The share of problems that validate, and the most of them: enough to choose a checkpoint by.
_VALIDATION_SHARE = 0.02
_VALIDATION_MOST = 200


Quantize = Literal["4bit"]


@dataclass(frozen=True, slots=True)
class Adapter:
    """The size of a LoRA adapter: its weights add ``alpha / rank`` times a rank-``rank`` matrix."""

    rank: int = 16
    alpha: int = 32
    dropout: float = 0.05


@dataclass(frozen=True, slots=True)
class Order:
    """What student to make. None as ``max_length``: 512 for an encoder-decoder, else 1,024."""

    base: str
    mode: Mode
    pipeline: Pipeline
    method: Method
    plan: Plan
    adapter: Adapter
    max_length: int | None
    quantize: Quantize | None = None

    def recipe(self) -> Row:
        """What decides over a training but its rows (:mod:`kpdd_cli.students.recipes`)."""
        plan = asdict(self.plan)
        if plan["steps"] is not None:
            del plan["epochs"]  # steps override them
        if not works_on_slots(self.base):
            del plan["selection"]  # there is none
        order = {name: getattr(self, name) for name in ("base", "mode", "pipeline", "method")}
        adapter = asdict(self.adapter) if self.method == "lora" else {}
        return {
            **order,
            **plan,
            **adapter,
            "max_length": self.max_length,
            "quantize": self.quantize,
        }

    def settings(self, rows: Sequence[Row]) -> Row:
        """Everything that decides over the student's weights."""
        order = asdict(self)
        if self.method == "full":
            del order["adapter"]
        return {**order, "formats": fingerprint(), "rows": rows_hash(rows)}


def rows_hash(rows: Sequence[Row]) -> str:
    """A hash of what a training takes from its rows."""
    fields = ("id", "question", "core_question", "information", "mode", "rationale")
    content = json.dumps([[row.get(field) for field in fields] for row in rows])
    return hashlib.sha256(content.encode()).hexdigest()


def validating(problems: Iterable[str], seed: int) -> set[str]:
    """The problems that a training holds out, to choose its checkpoint by."""
    return lessons.held_out(problems, seed, _VALIDATION_SHARE, _VALIDATION_MOST)


def make(
    order: Order, rows: Sequence[Row], out: Path, progress: Progress, *, fresh: bool
) -> Record:
    """Train a student on accepted rows and leave it in ``out``, going on where a run was stopped.

    On several processes, each calls this, and the first alone writes. Raises StaleOutput,
    BusyError, UsageError, :class:`StudentError`.
    """
    state = _processes()
    settings = order.settings(rows)
    if out.exists() and not (out / RECORD).exists():
        raise UsageError(f"{out} exists and is not a student; choose another -o")
    if out.exists() and not fresh:
        return _finished(out, settings)
    work = out.with_name(f".{out.name}.work")
    with (
        faults.told(out, kept=work),
        _held(work, settings, fresh=fresh) if state.is_main_process else _nothing(),
    ):
        state.wait_for_everyone()
        record = _train(order, rows, work, settings, progress)
        if state.is_main_process:
            record.write(work / "student")
            _publish(work, out)
        state.wait_for_everyone()
    return record


def _train(
    order: Order, rows: Sequence[Row], work: Path, settings: Row, progress: Progress
) -> Record:
    main = _processes().is_main_process
    refused: list[Refusal] = []
    slots = works_on_slots(order.base)
    if slots:
        texts, refused = lessons.masked(rows, order.pipeline)
    else:
        texts = lessons.texts(rows, order.pipeline)
    if bases.kind_of(order.base) == "embedded":
        written = [line for text in texts for line in (text.prompt, text.target)]
        base = bases.build(order.base, written, order.plan.seed)
    else:
        base = bases.load(order.base, quantize=order.quantize is not None)
    if slots:
        # Its texts are short: torch's fused attention takes longer on a CPU, in bfloat16 8 times.
        base.model.set_attn_implementation("eager")
    taught, not_held = lessons.encode(texts, base.codec, _max_length(order, base))
    refused += not_held
    if not taught:
        raise StudentError(_why_none_left(refused))
    held_out = validating((lesson.problem for lesson in taught), order.plan.seed)
    training = [lesson for lesson in taught if lesson.problem not in held_out]
    validation = [lesson for lesson in taught if lesson.problem in held_out]
    draft = work / "student"
    if main:
        draft.mkdir(exist_ok=True)
    if order.method == "lora":
        trained = _train_adapters(order, base, training, validation, work, progress)
    else:
        trained = {
            "model": _train_whole(order, base, training, validation, work, progress, slots=slots)
        }
    if main:
        base.codec.tokenizer.save_pretrained(draft)
        (draft / recipes.NAME).write_text(recipes.text(order.recipe()), encoding="utf-8")
        if order.method == "lora" and base.kind == "directory":
            # A quantized base is carried whole: a student need not run where it was trained.
            whole = bases.load(order.base) if order.quantize else base
            whole.model.save_pretrained(draft / "base")
            base.codec.tokenizer.save_pretrained(draft / "base")
        _list_refusals(draft, refused)
    return Record(
        base=base.name if base.kind != "directory" else Path(base.name).resolve().name,
        base_kind=base.kind,
        base_revision=base.revision,
        mode=order.mode,
        pipeline=order.pipeline,
        method=order.method,
        slots=slots,
        longest={
            part: max((len(lesson.target) for lesson in taught if lesson.part == part), default=0)
            for part in PARTS[order.pipeline]
        },
        formats=fingerprint(),
        training={
            "settings": settings,
            "rows": len(rows),
            "teachers": _teachers(rows),
            "problems": len({lesson.problem for lesson in taught}),
            "texts": {"trained": len(training), "validation": len(validation)},
            "refused": dict(Counter(refusal.reason for refusal in refused)),
            "parts": {part: asdict(result) for part, result in trained.items()},
            "versions": _versions(),
        },
    )


def _teachers(rows: Sequence[Row]) -> list[str]:
    """Who annotated the rows, as their signatures say."""
    signed = (
        signature
        for row in rows
        for signature in (row.get("teacher") or {}).values()
        if isinstance(signature, dict)
    )
    names = {(str(one.get("name", "?")), one.get("model")) for one in signed}
    return sorted(f"{name}:{model}" if model else name for name, model in names)


def _max_length(order: Order, base: Base) -> int:
    if order.max_length is not None:
        return order.max_length
    if base.codec.is_encoder_decoder:
        return 512
    return min(1024, int(getattr(base.model.config, "max_position_embeddings", 1024)))


def _train_adapters(
    order: Order,
    base: Base,
    training: Sequence[Lesson],
    validation: Sequence[Lesson],
    work: Path,
    progress: Progress,
) -> dict[str, Trained]:
    """One adapter a part, one after another, each on the untouched base."""
    from peft import prepare_model_for_kbit_training
    from transformers import set_seed

    if order.quantize:
        prepare_model_for_kbit_training(base.model)  # type: ignore[no-untyped-call]
    results: dict[str, Trained] = {}
    for part in PARTS[order.pipeline]:
        folder = work / part
        if done := _done(folder):
            results[part] = done
            continue
        set_seed(order.plan.seed)
        model = with_adapter(
            base.model, order.adapter, is_encoder_decoder=base.codec.is_encoder_decoder
        )
        adapter = model.peft_config["default"]
        adapter.base_model_name_or_path = None  # else each checkpoint asks the hub about it
        results[part] = fit(
            model,
            base.codec,
            [lesson for lesson in training if lesson.part == part],
            [lesson for lesson in validation if lesson.part == part],
            order.plan,
            folder=folder,
            what=f"training {part.replace('_', ' ')}",
            progress=progress,
        )
        state = _processes()
        state.wait_for_everyone()  # the slowest may still be reading the best checkpoint
        if state.is_main_process:
            adapter.base_model_name_or_path = "base" if base.kind == "directory" else base.name
            model.save_pretrained(work / "student" / part, save_embedding_layers=False)
            _mark_done(folder, results[part])
        model.unload()
    return results


def with_adapter(model: Any, adapter: Adapter, *, is_encoder_decoder: bool) -> Any:
    """The model with an untrained adapter at each of its linear layers but the head."""
    from peft import LoraConfig, get_peft_model

    config = LoraConfig(
        r=adapter.rank,
        lora_alpha=adapter.alpha,
        lora_dropout=adapter.dropout,
        target_modules="all-linear",
        task_type="SEQ_2_SEQ_LM" if is_encoder_decoder else "CAUSAL_LM",
    )
    return get_peft_model(model, config)


def _train_whole(
    order: Order,
    base: Base,
    training: Sequence[Lesson],
    validation: Sequence[Lesson],
    work: Path,
    progress: Progress,
    *,
    slots: bool,
) -> Trained:
    """All weights, on all parts jointly: prompts tell them apart, and the student is one model."""
    from transformers import set_seed

    folder = work / "model"
    if done := _done(folder):
        return done
    set_seed(order.plan.seed)
    optimizer, selecting = None, None
    if slots:
        optimizer = partial(embedded.optimizer, learning_rate=order.plan.learning_rate)
        if order.plan.selection and order.pipeline != "direct":
            selecting = Selection.of(base.codec, order.plan.selection)
    result = fit(
        base.model,
        base.codec,
        training,
        validation,
        order.plan,
        folder=folder,
        what="training",
        progress=progress,
        optimizer=optimizer,
        selecting=selecting,
    )
    state = _processes()
    state.wait_for_everyone()  # the slowest may still be reading the best checkpoint
    if state.is_main_process:
        base.model.save_pretrained(work / "student")
        _mark_done(folder, result)
    return result


@contextmanager
def _held(work: Path, settings: Row, *, fresh: bool) -> Iterator[None]:
    """The work folder, for this run alone, holding nothing of a training with other settings."""
    from filelock import FileLock, Timeout

    out = work.name.removeprefix(".").removesuffix(".work")
    work.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(work.with_name(f".{out}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BusyError(
            f"{work.with_name(out)} is being trained by another run; "
            "wait for it, or choose another -o"
        ) from None
    try:
        note, made_by = work / "settings.json", _plain({**settings, "versions": _versions()})
        if fresh or not _holds_training(work):
            shutil.rmtree(work, ignore_errors=True)
        elif not note.exists() or json.loads(note.read_text("utf-8")) != made_by:
            raise StaleOutput(
                f"{work} holds an unfinished training with other settings, rows or versions; "
                "choose another -o, or start over with --fresh"
            )
        if not note.exists():
            work.mkdir(exist_ok=True)
            note.write_text(json.dumps(made_by), encoding="utf-8")
        yield
    finally:
        lock.release()


def _holds_training(work: Path) -> bool:
    return any(work.glob("*/checkpoint-*")) or any(work.glob("*/done.json"))


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def _finished(out: Path, settings: Row) -> Record:
    """The student that ``out`` holds, if it is the one wanted. Raises StaleOutput if not."""
    record = Record.read(out)
    if record.training.get("settings") != _plain(settings):
        raise StaleOutput(
            f"{out} is a student trained with other settings or on other rows; "
            "choose another -o, or replace it with --fresh"
        )
    return record


def _publish(work: Path, out: Path) -> None:
    """Put the finished student in its place, and clear the work away."""
    if out.exists():
        out.replace(work / "replaced")
    (work / "student").replace(out)
    shutil.rmtree(work, ignore_errors=True)


def _done(folder: Path) -> Trained | None:
    """The result of a training that an earlier run finished."""
    path = folder / "done.json"
    return Trained(**json.loads(path.read_text("utf-8"))) if path.exists() else None


def _mark_done(folder: Path, result: Trained) -> None:
    for checkpoint in folder.glob("checkpoint-*"):
        shutil.rmtree(checkpoint)
    draft = folder / ".done.json.new"
    draft.write_text(json.dumps(asdict(result)), encoding="utf-8")
    draft.replace(folder / "done.json")


def _list_refusals(draft: Path, refused: Sequence[Refusal]) -> None:
    with (draft / "set_aside.jsonl").open("w", encoding="utf-8") as file:
        for refusal in refused:
            print(json.dumps(asdict(refusal), ensure_ascii=False), file=file)


def _why_none_left(refused: Sequence[Refusal]) -> str:
    if not refused:
        return "there is no row to train on"
    counts = Counter(refusal.reason for refusal in refused)
    reason, number = counts.most_common(1)[0]
    example = next(refusal for refusal in refused if refusal.reason == reason)
    return (
        f"no row is left to train on: {number} training texts are {reason.replace('_', ' ')} "
        f"(row {example.problem}: {example.why})"
    )


def _processes() -> Any:
    """This process among those that train together: one, unless a launcher started more.

    Raises :class:`StudentError` where the launcher would split the model over them.
    """
    import torch
    from accelerate import PartialState

    for plugin in ("FSDP", "DEEPSPEED"):
        if os.environ.get(f"ACCELERATE_USE_{plugin}", "").lower() == "true":
            # Under FSDP2 the Trainer could not write a checkpoint of an adapter, nor T5's tied
            # embeddings run (torch 2.13, transformers 5.23, peft 0.21).
            raise StudentError(
                f"the launcher's configuration asks for {plugin}, and kpdd trains with a whole "
                "copy of the base on each GPU (DDP); set distributed_type: MULTI_GPU, and for a "
                "base that is too large --quantize 4bit"
            )
    return PartialState(cpu=not torch.accelerator.is_available())


def _plain(settings: Row) -> Any:
    """As JSON gives it back."""
    return json.loads(json.dumps(settings))


def _versions() -> dict[str, str]:
    from importlib.metadata import version

    packages = ("torch", "transformers", "accelerate", "peft")
    return {
        "kpdd": __version__,
        "python": platform.python_version(),
        **{package: version(package) for package in packages},
    }
