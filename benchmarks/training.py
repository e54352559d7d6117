"""Training: examples/s of ``kpdd finetune``, a plain Seq2SeqTrainer and TRL's SFTTrainer.

The same model, LoRA adapter, rows and machine in one run, each trainer at its defaults. Time runs
from the end of the first step to the end of the last, and examples count by their tokens. Also
printed: the share of padding. The models: FlanT5-small's shape, and a Qwen3 of the 0.6B's width
with three of its 28 layers and a fifth of its vocabulary (71 M weights), which two cores manage;
their weights are random.

    python benchmarks/training.py --source train.jsonl      # GSM8K as its publisher ships it
    python benchmarks/training.py --examples 256 --tiny     # a try
    OMP_NUM_THREADS=1 python benchmarks/training.py --cpu   # a machine that others use as well
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import bases as shapes

from kpdd_cli.students import bases, lessons, training
from kpdd_cli.students.bases import Base
from kpdd_cli.students.lessons import Batching, Lesson
from kpdd_cli.students.making import Adapter, with_adapter

PLAN = training.Plan(
    epochs=1,
    steps=None,
    batch_size=32,
    learning_rate=5e-4,
    weight_decay=0.0,
    warmup=0.0,
    decay=1.0,
    seed=0,
)
PEER_BATCH = 8  # the default of both


def adapted(model: Any, base: Base) -> Any:
    """The model with the adapter that all trainers train."""
    return with_adapter(model, Adapter(), is_encoder_decoder=base.codec.is_encoder_decoder)


class Clock:
    """When each step ended, in seconds: of CPU time, where ``cpu``."""

    cpu = False

    def __init__(self) -> None:
        self.ends: list[float] = []

    def start(self, what: str, total: int | None, done: int = 0) -> None:
        """See :class:`kpdd_cli.students.training.Progress`."""

    def advance(self, rows: int = 1, **facts: object) -> None:
        """See :class:`kpdd_cli.students.training.Progress`."""
        if rows:
            self.ends.append(time.process_time() if self.cpu else time.perf_counter())

    def callback(self) -> Any:
        """As the Trainer calls it."""
        from transformers import TrainerCallback

        clock = self

        class Told(TrainerCallback):
            def on_step_end(self, *_: Any, **__: Any) -> None:
                clock.advance()

        return Told()

    def rate(self, real: Sequence[int], mean: float) -> float:
        """Examples of ``mean`` tokens a second, of steps with so many real tokens.

        By tokens, because a few steps do not draw examples of the usual length.
        """
        return sum(real[1 : len(self.ends)]) / mean / (self.ends[-1] - self.ends[0])


class Counting:
    """A collator that keeps how many tokens of each batch are real, and how many it takes up."""

    def __init__(self, collate: Any, *, is_encoder_decoder: bool) -> None:
        self._collate = collate
        self._is_encoder_decoder = is_encoder_decoder
        self.real: list[int] = []
        self.all: list[int] = []

    def __call__(self, rows: Any) -> Any:
        """A batch of the trainer's own collator."""
        batch = self._collate(rows)
        real, whole = int(batch["attention_mask"].sum()), batch["attention_mask"].numel()
        if self._is_encoder_decoder:
            real += int(batch["labels"].ne(training.IGNORED).sum())
            whole += batch["labels"].numel()
        self.real.append(real)
        self.all.append(whole)
        return batch

    def padding(self, steps: int) -> float:
        """The share of tokens that are padding."""
        return 1 - sum(self.real[:steps]) / sum(self.all[:steps])


def tokens(lesson: Lesson) -> int:
    """Of prompt and target."""
    return len(lesson.prompt) + len(lesson.target)


def mean_of(taught: Sequence[Lesson]) -> float:
    """Tokens an example."""
    return sum(map(tokens, taught)) / len(taught)


def ours(path: Path, texts: Sequence[Any], count: int, folder: Path) -> tuple[float, float]:
    """Examples/s of kpdd over about ``count`` examples, and its share of padding."""
    base = bases.load(str(path))
    taught, _ = lessons.encode(texts, base.codec, 1024)
    plan = replace(PLAN, steps=1 + -(-count // PLAN.batch_size))
    batching = Batching(PLAN.batch_size, PLAN.batch_tokens, base.codec.is_encoder_decoder)
    planned = lessons.schedule(taught, batching, plan.epochs, plan.steps, plan.seed)
    clock = Clock()
    training.fit(
        adapted(base.model, base),
        base.codec,
        taught,
        [],
        plan,
        folder=folder,
        what="",
        progress=clock,
    )
    real = [sum(map(tokens, batch)) for batch in planned]
    waste = 1 - sum(real) / sum(map(batching.padded, planned))
    return clock.rate(real, mean_of(taught)), waste


def plain(path: Path, texts: Sequence[Any], count: int, folder: Path) -> tuple[float, float]:
    """Examples/s of Seq2SeqTrainer, and its share of padding."""
    from transformers import (
        AutoModelForSeq2SeqLM,
        DataCollatorForSeq2Seq,
        Seq2SeqTrainer,
        Seq2SeqTrainingArguments,
    )

    base = bases.load(str(path))
    taught, _ = lessons.encode(texts, base.codec, 1024)
    model = adapted(AutoModelForSeq2SeqLM.from_pretrained(path), base)
    rows = [{"input_ids": list(one.prompt), "labels": list(one.target)} for one in taught]
    clock, steps = Clock(), 1 + -(-count // PEER_BATCH)
    counting = Counting(
        DataCollatorForSeq2Seq(base.codec.tokenizer, model=model), is_encoder_decoder=True
    )
    trainer = Seq2SeqTrainer(
        model=model,
        args=Seq2SeqTrainingArguments(
            output_dir=str(folder),
            max_steps=steps,
            save_strategy="no",
            report_to="none",
            disable_tqdm=True,
        ),
        train_dataset=rows,
        data_collator=counting,
        callbacks=[clock.callback()],
    )
    trainer.train()
    return clock.rate(counting.real, mean_of(taught)), counting.padding(steps)


def sft(path: Path, texts: Sequence[Any], count: int, folder: Path) -> tuple[float, float]:
    """Examples/s of TRL's SFTTrainer, and its share of padding."""
    import torch
    from datasets import Dataset
    from transformers import AutoModelForCausalLM
    from trl import SFTConfig, SFTTrainer

    base = bases.load(str(path))
    taught, _ = lessons.encode(texts, base.codec, 1024)
    rows = [{"prompt": f"{text.prompt}\n", "completion": text.target} for text in texts]
    clock, steps = Clock(), 1 + -(-count // PEER_BATCH)
    trainer = SFTTrainer(
        model=adapted(AutoModelForCausalLM.from_pretrained(path), base),
        args=SFTConfig(
            output_dir=str(folder),
            max_steps=steps,
            save_strategy="no",
            report_to="none",
            disable_tqdm=True,
            use_cpu=not torch.cuda.is_available(),
        ),
        train_dataset=Dataset.from_list(rows),
        processing_class=base.codec.tokenizer,
        callbacks=[clock.callback()],
    )
    counting = Counting(trainer.data_collator, is_encoder_decoder=False)
    trainer.data_collator = counting
    trainer.train()
    return clock.rate(counting.real, mean_of(taught)), counting.padding(steps)


def main() -> None:
    """Print a line a trainer, and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--examples", type=int, default=256, help="that each trainer sees")
    parser.add_argument("--rows", type=int, default=4000, help="that they are drawn from")
    parser.add_argument("--source", default="gsm8k", help="as for kpdd extract")
    parser.add_argument("--tiny", action="store_true", help="a fifth of the width")
    parser.add_argument("--only", choices=["encoder-decoder", "decoder-only"])
    parser.add_argument("--cpu", action="store_true", help="count CPU seconds, not wall time")
    chosen = parser.parse_args()
    Clock.cpu = chosen.cpu
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = shapes.rows_of(chosen.rows, chosen.source)
        texts = lessons.texts(rows, "one-pass")
        cases = {
            "encoder-decoder": (shapes.flan_t5, "Seq2SeqTrainer", plain),
            "decoder-only": (shapes.qwen3, "SFTTrainer", sft),
        }
        for kind, (build, peer, run) in cases.items():
            if chosen.only not in (None, kind):
                continue
            path = build(folder / kind, rows, small=not chosen.tiny)
            theirs, their_padding = run(path, texts, chosen.examples, folder / f"{kind}.peer")
            rate, waste = ours(path, texts, chosen.examples, folder / f"{kind}.kpdd")
            print(f"{kind}, {chosen.examples} of {len(texts)} texts")
            print(f"  {peer:15} {theirs:7.2f} examples/s  padding {their_padding:5.1%}")
            print(f"  {'kpdd':15} {rate:7.2f} examples/s  padding {waste:5.1%}")
            print(f"  {rate / theirs:.2f} x", flush=True)


if __name__ == "__main__":
    main()
