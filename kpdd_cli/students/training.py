"""Train one model, or one adapter of it, on lessons: transformers' Trainer over accelerate.

What differs from the Trainer's defaults, and why: the loss is taken over target tokens alone, by
the same function for both families and normalised over all processes (T5's own loss is not); the
batches of every step are fixed beforehand from the seed, so that a resumed training sees the same
ones; steps do not pay for evaluation, flop counts or progress bars.
"""

from __future__ import annotations

import gc
import inspect
import json
import math
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kpdd_cli.errors import StudentError
from kpdd_cli.students import selection
from kpdd_cli.students.lessons import Batching, Lesson, schedule

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel, TrainerCallback

    from kpdd_cli.students.codec import Codec
    from kpdd_cli.students.selection import Selection

IGNORED = -100  # the label of a token that is read, not learnt


class Progress(Protocol):
    """Who is told how the training goes."""

    def start(self, what: str, total: int | None, done: int = 0) -> None:
        """``what`` begins: ``total`` steps, ``done`` of them by an earlier run."""

    def advance(self, rows: int = 1, **facts: object) -> None:
        """``rows`` more steps are done."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train. ``batch_size`` counts lessons a step over all processes, and ``batch_tokens``
    the most tokens that they may take up, padding included; ``steps`` overrides ``epochs``; the
    learning rate rises over ``warmup`` and falls to zero over ``decay``, both shares of the steps.
    ``selection`` weighs the second lesson of a student on slots that writes key points
    (:mod:`kpdd_cli.students.selection`).
    """

    epochs: float
    steps: int | None
    batch_size: int
    learning_rate: float
    weight_decay: float
    warmup: float
    decay: float
    seed: int
    batch_tokens: int = 16_384
    selection: float = 0.0


@dataclass(frozen=True, slots=True)
class Trained:
    """What a training did. Losses are nats a target token; curves hold ``(step, loss)``."""

    steps: int
    loss: float
    validation_loss: float | None
    trainable_parameters: int
    curve: list[tuple[int, float]] = field(default_factory=list)
    validation_curve: list[tuple[int, float]] = field(default_factory=list)


def collate(
    lessons: Sequence[Lesson], codec: Codec, decoder_start: int | None, *, narrow: bool = False
) -> dict[str, Any]:
    """A batch, padded on the right: ``(batch, longest)`` each.

    ``narrow``: labels and logits of a decoder-only model begin where the shortest prompt ends:
    with a vocabulary of 150,000, logits that teach nothing would cost more than the model.
    """
    if codec.is_encoder_decoder:
        start = codec.pad if decoder_start is None else decoder_start
        return {
            "input_ids": _padded([lesson.prompt for lesson in lessons], codec.pad),
            "attention_mask": _padded([(1,) * len(lesson.prompt) for lesson in lessons], 0),
            "decoder_input_ids": _padded(
                [(start, *lesson.target[:-1]) for lesson in lessons], codec.pad
            ),
            "labels": _padded([lesson.target for lesson in lessons], IGNORED),
        }
    labels = _padded(
        [(IGNORED,) * len(lesson.prompt) + lesson.target for lesson in lessons], IGNORED
    )
    batch: dict[str, Any] = {
        "input_ids": _padded([lesson.prompt + lesson.target for lesson in lessons], codec.pad),
        "attention_mask": _padded(
            [(1,) * (len(lesson.prompt) + len(lesson.target)) for lesson in lessons], 0
        ),
        "labels": labels,
    }
    if narrow:
        # The position before the first target token foretells it.
        first = min(len(lesson.prompt) for lesson in lessons) - 1
        batch["labels"] = labels[:, first:]
        batch["logits_to_keep"] = labels.shape[1] - first
    return batch


def token_loss(
    logits: torch.Tensor, labels: torch.Tensor, *, shift: bool, count: torch.Tensor | int | None
) -> torch.Tensor:
    """Cross entropy summed over target tokens, divided by ``count`` (their number if None).

    ``logits`` (batch, seq, vocab), ``labels`` (batch, seq). ``shift``: the logits at one position
    foretell the label at the next, as in a decoder-only model.
    """
    from torch.nn.functional import cross_entropy

    if shift:
        logits, labels = logits[:, :-1], labels[:, 1:]
    total = cross_entropy(
        logits.flatten(0, 1).float(), labels.flatten(), ignore_index=IGNORED, reduction="sum"
    )
    return total / (labels.ne(IGNORED).sum() if count is None else count)


def fit(
    model: PreTrainedModel,
    codec: Codec,
    lessons: Sequence[Lesson],
    validation: Sequence[Lesson],
    plan: Plan,
    *,
    folder: Path,
    what: str,
    progress: Progress,
    optimizer: Callable[[PreTrainedModel], torch.optim.Optimizer] | None = None,
    selecting: Selection | None = None,
) -> Trained:
    """Train the trainable weights of ``model`` in place; the best by validation loss are kept.

    ``optimizer`` makes one, else it is AdamW. The validation loss is that of the target alone.
    Checkpoints go to ``folder``; where it holds some of the same training, it goes on from the
    newest. Raises :class:`StudentError` where the loss is no longer a number.
    """
    import torch
    from transformers import PrinterCallback, TrainingArguments

    batching = Batching(plan.batch_size, plan.batch_tokens, codec.is_encoder_decoder)
    planned = schedule(lessons, batching, plan.epochs, plan.steps, plan.seed)
    steps = len(planned)
    log_every = max(1, min(50, steps // 50))
    save_every = log_every * math.ceil(min(500, max(25, steps / 10)) / log_every)
    arguments = TrainingArguments(
        output_dir=str(folder.resolve()),
        max_steps=steps,
        per_device_train_batch_size=1,  # an item of the data set is a batch already
        train_sampling_strategy="sequential",
        learning_rate=plan.learning_rate,
        weight_decay=plan.weight_decay,
        lr_scheduler_type="warmup_stable_decay",
        lr_scheduler_kwargs={"num_decay_steps": round(steps * plan.decay), "decay_type": "linear"},
        warmup_steps=round(steps * plan.warmup),
        seed=plan.seed,
        bf16=_has_bf16(),
        use_cpu=not torch.accelerator.is_available(),  # else bfloat16 is refused there
        logging_steps=log_every,
        logging_nan_inf_filter=False,  # it would hide what has to stop the training
        eval_strategy="steps" if validation else "no",
        eval_steps=save_every,
        save_strategy="steps",
        save_steps=save_every,
        save_total_limit=1,
        load_best_model_at_end=bool(validation),
        metric_for_best_model="eval_loss",
        remove_unused_columns=False,
        dataloader_pin_memory=torch.cuda.is_available(),
        ddp_find_unused_parameters=False,
        disable_tqdm=True,
        log_level="error",
        log_level_replica="error",
        report_to="none",
    )
    # One process drives one GPU: the Trainer's DataParallel would split a batch behind our back.
    arguments._n_gpu = min(arguments.n_gpu, 1)
    # What a launcher was configured with does not count: float16 would be among it.
    arguments.mixed_precision = "bf16" if arguments.bf16 else "no"
    if _is_short_of_memory(model, max(map(batching.padded, planned)) // arguments.world_size):
        # Half as much again to compute, for a fraction of the memory.
        model.gradient_checkpointing_enable({"use_reentrant": False})  # type: ignore[no-untyped-call]
    trainable = sum(p.numel() for p in model.parameters() if p.requires_grad)
    if selecting is not None:
        setattr(model, selection.HEAD, selection.head(model.config.hidden_size))
    trainer = _trainer_class()(
        model=model,
        selecting=selecting,
        args=arguments,
        codec=codec,
        validation=validation,
        batch_size=max(1, plan.batch_size // arguments.world_size),  # what fits for training fits
        train_dataset=_shares(planned, plan, arguments.world_size),
        optimizers=(optimizer and optimizer(model), None),
        callbacks=[_watch(what, steps, progress)],
    )
    trainer.remove_callback(PrinterCallback)
    gc.collect()
    gc.freeze()  # else the collector walks through all texts again and again: 7 % of a tiny step
    trainer.train(resume_from_checkpoint=_newest_checkpoint(folder))
    if selecting is not None:
        delattr(model, selection.HEAD)
    model.config.use_cache = True  # the Trainer switches it off, and generation needs it
    history = trainer.state.log_history
    curve = [(int(entry["step"]), float(entry["loss"])) for entry in history if "loss" in entry]
    checked = [
        (int(entry["step"]), float(entry["eval_loss"])) for entry in history if "eval_loss" in entry
    ]
    return Trained(
        steps=int(trainer.state.global_step),
        loss=curve[-1][1],
        validation_loss=min(loss for _, loss in checked) if checked else None,
        trainable_parameters=trainable,
        curve=curve,
        validation_curve=checked,
    )


def _padded(rows: Sequence[tuple[int, ...]], filler: int) -> torch.Tensor:
    import torch

    longest = max(len(row) for row in rows)
    return torch.tensor([row + (filler,) * (longest - len(row)) for row in rows])


def _shares(planned: Sequence[list[Lesson]], plan: Plan, processes: int) -> list[list[Lesson]]:
    """What each process reads, in the order in which accelerate deals it out.

    Item ``step * processes + rank`` is that process's share of the step's batch.
    """
    smallest = min(len(batch) for batch in planned)
    if smallest < processes:
        raise StudentError(
            f"a batch of {smallest} training texts does not suffice for {processes} processes; "
            f"raise --batch-size (now {plan.batch_size}) or --batch-tokens (now "
            f"{plan.batch_tokens}), or use fewer processes"
        )
    return [batch[rank::processes] for batch in planned for rank in range(processes)]


def _has_bf16() -> bool:
    """Whether the hardware multiplies in bfloat16. Never float16, in which T5 gives NaN."""
    import torch

    if torch.cuda.is_available():
        return bool(torch.cuda.is_bf16_supported())
    features = torch.cpu.get_capabilities() if hasattr(torch.cpu, "get_capabilities") else {}
    return bool(features.get("avx512_bf16") or features.get("amx_bf16"))


def _is_short_of_memory(model: Any, tokens: int) -> bool:
    """Whether a GPU could not keep what ``tokens`` leave in every layer for the backward pass.

    A layer keeps about 34 bytes a token and unit of width in half precision (Korthikanti et al.,
    arXiv 2205.05198, with attention that stores no scores), and adapters as much again; logits and
    their gradient are in single precision. A fifth of what is free is left to everything else.
    """
    import torch

    if not torch.cuda.is_available():
        return False
    free, _ = torch.cuda.mem_get_info()
    config = model.config.get_text_config()
    layers = max(config.num_hidden_layers, getattr(config, "num_decoder_layers", None) or 0)
    needed: int = tokens * (68 * layers * config.hidden_size + 12 * config.vocab_size)
    return needed > 0.8 * free


def _keeps_logits(model: Any) -> bool:
    """Whether a model computes logits at chosen positions alone, as decoder-only ones mostly do."""
    base = model.get_base_model() if hasattr(model, "get_base_model") else model
    return "logits_to_keep" in inspect.signature(base.forward).parameters


def _newest_checkpoint(folder: Path) -> str | None:
    """The newest whole checkpoint; those that a kill left unfinished are removed.

    The Trainer writes ``trainer_state.json`` last, so its presence means that all is there.
    """
    found = sorted(folder.glob("checkpoint-*"), key=lambda path: int(path.name.split("-")[1]))
    while found:
        try:
            json.loads((found[-1] / "trainer_state.json").read_text("utf-8"))
        except (OSError, ValueError):
            shutil.rmtree(found.pop(), ignore_errors=True)
        else:
            return str(found[-1].resolve())
    return None


def _trainer_class() -> type[Any]:
    """The Trainer with this module's loss and validation."""
    import torch
    from transformers import Trainer

    class StudentTrainer(Trainer):
        def __init__(
            self,
            *,
            codec: Codec,
            selecting: Selection | None,
            validation: Sequence[Lesson],
            batch_size: int,
            **options: Any,
        ) -> None:
            self._codec = codec
            self._selecting = selecting
            self._marks: Any = None  # those of the batch that is being learnt
            self._validation = sorted(validation, key=lambda lesson: len(lesson.target))
            self._batch_size = batch_size
            self._start = getattr(options["model"].config, "decoder_start_token_id", None)
            self._narrow = _keeps_logits(options["model"])
            super().__init__(
                data_collator=lambda items: self._batch(items[0]),
                compute_loss_func=self._loss,
                eval_dataset=[[]],  # evaluate() reads the validation lessons itself
                **options,
            )

        def _collate(self, lessons: Sequence[Lesson]) -> dict[str, Any]:
            return collate(lessons, self._codec, self._start, narrow=self._narrow)

        def _batch(self, lessons: Sequence[Lesson]) -> dict[str, Any]:
            batch = self._collate(lessons)
            if self._selecting is not None:
                batch["marks"] = self._selecting.marks(lessons)
            return batch

        def _prepare_inputs(self, inputs: dict[str, Any]) -> dict[str, Any]:
            """Marks are for the loss: the model does not know them."""
            prepared: dict[str, Any] = super()._prepare_inputs(inputs)
            self._marks = prepared.pop("marks", None)
            return prepared

        def _loss(
            self, outputs: Any, labels: torch.Tensor, num_items_in_batch: Any = None
        ) -> torch.Tensor:
            shift = not self._codec.is_encoder_decoder
            loss = token_loss(outputs.logits, labels, shift=shift, count=num_items_in_batch)
            if self._selecting is None or self._marks is None:
                return loss
            head = getattr(self.accelerator.unwrap_model(self.model), selection.HEAD)
            selected = self._selecting.loss(head, outputs.encoder_last_hidden_state, self._marks)
            # Over the same tokens, so that several processes learn as one.
            return loss + selected / (
                labels.ne(IGNORED).sum() if num_items_in_batch is None else num_items_in_batch
            )

        def evaluate(self, *args: Any, **options: Any) -> dict[str, float]:
            """The loss a target token over the whole validation set, the same on each process."""
            model: Any = self.model
            model.eval()
            total, tokens = 0.0, 0
            with torch.no_grad(), self.compute_loss_context_manager():
                for begin in range(0, len(self._validation), self._batch_size):
                    chosen = self._validation[begin : begin + self._batch_size]
                    batch = self._prepare_inputs(self._collate(chosen))
                    labels = batch.pop("labels")
                    total += float(self._loss(model(**batch), labels, 1))
                    tokens += int(labels.ne(IGNORED).sum())
            metrics = {"eval_loss": total / tokens}
            self.log(metrics)
            self.control = self.callback_handler.on_evaluate(
                self.args, self.state, self.control, metrics
            )
            return metrics

        def floating_point_ops(self, inputs: Any) -> int:
            """Not counted: counting walks through all weights at each step."""
            return 0

    return StudentTrainer


def _watch(what: str, steps: int, progress: Progress) -> TrainerCallback:
    """Tells ``progress`` of each step, and stops a training whose loss is not a number."""
    from transformers import TrainerCallback

    class Watch(TrainerCallback):
        def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            progress.start(what, steps, state.global_step)

        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            progress.advance()
            if state.global_step >= state.max_steps:
                control.should_log = True
                control.should_evaluate = args.eval_strategy != "no"

        def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **_: Any) -> None:
            loss = (logs or {}).get("loss")
            if loss is None:
                return
            if not math.isfinite(loss):
                raise StudentError(
                    f"{what}: the loss is not a number at step {state.global_step}; "
                    f"lower --learning-rate (now {args.learning_rate:g})"
                )
            if loss == 0:
                raise StudentError(
                    f"{what}: the loss is exactly zero at step {state.global_step}: nothing is "
                    "left to learn from these rows; take fewer --steps or --epochs, or more rows"
                )
            progress.advance(0, loss=f"{loss:.3f}")

    return Watch()
