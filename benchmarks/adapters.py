"""One LoRA adapter a stage, trained one after another, beside a single one trained jointly.

The base is a T5 of kpdd-tiny's shape, first trained whole on the three texts of synthetic
problems; the adapters then learn those of GSM8K, which it never met. Adapters of their own share no
trained weight, so that training them in turn or in one loop is the same; the question is whether
the stages gain from a common adapter. It gets as many steps as the three have together, and once
their rank, once as many weights. Printed: loss a target token on held-out problems, CPU seconds.

    python benchmarks/adapters.py --source train.jsonl    # GSM8K as its publisher ships it
"""

from __future__ import annotations

import argparse
import copy
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import bases as shapes

from kpdd_cli.students import embedded, lessons, training
from kpdd_cli.students.codec import Codec, codec
from kpdd_cli.students.formats import PARTS
from kpdd_cli.students.lessons import Lesson
from kpdd_cli.students.making import Adapter, validating, with_adapter

PIPELINE = "three-stage"
RANK = 16
PLAN = replace(embedded.PLAN, learning_rate=5e-3, warmup=0.03, decay=0.97)  # small bases want more


class Silent:
    """See :class:`kpdd_cli.students.training.Progress`."""

    def start(self, what: str, total: int | None, done: int = 0) -> None:
        """Nothing is shown."""

    def advance(self, rows: int = 1, **facts: object) -> None:
        """Nothing is shown."""


def fit(
    model: Any,
    text_codec: Codec,
    taught: Sequence[Lesson],
    plan: training.Plan,
    optimizer: Any = None,
) -> None:
    """Train in place, in a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        training.fit(
            model,
            text_codec,
            taught,
            [],
            plan,
            folder=Path(folder),
            what="",
            progress=Silent(),
            optimizer=optimizer,
        )


def adapted(model: Any, rank: int) -> Any:
    """A copy of the base with an adapter as ``kpdd finetune`` makes it."""
    from transformers import set_seed

    set_seed(0)
    return with_adapter(
        copy.deepcopy(model), Adapter(rank, alpha=2 * rank), is_encoder_decoder=True
    )


def loss_of(model: Any, text_codec: Codec, held: Sequence[Lesson]) -> float:
    """Nats a target token."""
    import torch

    model.eval()
    start = model.config.decoder_start_token_id
    total, tokens = 0.0, 0
    for begin in range(0, len(held), 32):
        batch = training.collate(held[begin : begin + 32], text_codec, start)
        labels = batch.pop("labels")
        with torch.no_grad():
            logits = model(**batch).logits
        total += float(training.token_loss(logits, labels, shift=False, count=1))
        tokens += int(labels.ne(training.IGNORED).sum())
    return total / tokens


def main() -> None:
    """Print a line a way of training, with the loss of each stage."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", default="gsm8k", help="as for kpdd extract")
    parser.add_argument("--examples", type=int, default=2000)
    parser.add_argument("--base-steps", type=int, default=600)
    parser.add_argument("--steps", type=int, default=150, help="of each stage")
    chosen = parser.parse_args()

    from transformers import set_seed

    first = lessons.texts(shapes.rows_of(chosen.examples, "synthetic"), PIPELINE)
    then = lessons.texts(shapes.rows_of(chosen.examples, chosen.source), PIPELINE)
    lines = (line for text in (*first, *then) for line in (text.prompt, text.target))
    model, tokenizer = embedded.build(embedded.NAME, lines, seed=0)
    text_codec = codec(tokenizer, is_encoder_decoder=True)
    plan = replace(embedded.PLAN, steps=chosen.base_steps)
    set_seed(0)
    optimizer = embedded.optimizer(model, plan.learning_rate)
    fit(model, text_codec, lessons.encode(first, text_codec, 512)[0], plan, optimizer)

    taught, _ = lessons.encode(then, text_codec, 512)
    held_out = validating((lesson.problem for lesson in taught), 0)
    stages = PARTS[PIPELINE]
    held = {p: [one for one in taught if one.part == p and one.problem in held_out] for p in stages}
    taught = [one for one in taught if one.problem not in held_out]

    def row(name: str, weights: int, seconds: float, losses: Sequence[float]) -> None:
        shown = "  ".join(f"{loss:9.3f}" for loss in losses)
        print(f"{name:24} {weights:8,} {seconds:6.0f} s  {shown}", flush=True)

    print(f"{'':24} {'weights':>8} {'CPU':>8}  " + "  ".join(f"{part[:9]:>9}" for part in stages))
    row("base", 0, 0, [loss_of(model, text_codec, held[part]) for part in stages])
    for name, groups, rank in (
        ("one a stage", [[part] for part in stages], RANK),
        ("one for all", [stages], RANK),
        ("one for all, as large", [stages], len(stages) * RANK),
    ):
        losses: list[float] = []
        weights, spent = 0, 0.0
        for group in groups:
            tuned = adapted(model, rank)
            plan = replace(PLAN, steps=chosen.steps * len(stages) // len(groups))
            began = time.process_time()
            fit(tuned, text_codec, [one for one in taught if one.part in group], plan)
            spent += time.process_time() - began
            weights += sum(w.numel() for w in tuned.parameters() if w.requires_grad)
            losses += [loss_of(tuned, text_codec, held[part]) for part in group]
        row(name, weights, spent, losses)


if __name__ == "__main__":
    main()
