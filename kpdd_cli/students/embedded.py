"""What kpdd brings along: bases to train from scratch, and one student that is trained already.

A T5 of a few million weights, and a tokenizer learnt from the very texts it will be trained on.
It works on slots (:mod:`kpdd_cli.students.slots`), each of which is one piece of its vocabulary.
``kpdd-embedded`` is ``kpdd-small`` as ``recipes/embedded.py`` trained it; ``ready.md`` is its card.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpdd_cli.students.slots import PATTERN, PIECES
from kpdd_cli.students.training import Plan

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

NAME = "kpdd-tiny"


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a base is: widths in numbers, depths in layers."""

    width: int
    heads: int
    encoder: int
    decoder: int
    vocabulary: int  # pieces at most


#: The bases by name. ``kpdd-small`` is what the student that comes with kpdd was made from.
SHAPES = {
    NAME: Shape(width=128, heads=8, encoder=2, decoder=2, vocabulary=1200),
    "kpdd-small": Shape(width=192, heads=8, encoder=3, decoder=2, vocabulary=3000),
}

#: The student that comes with kpdd, ready to answer and to be tuned.
READY = "kpdd-embedded"


def ready() -> Path:
    """The directory of the student that comes with kpdd."""
    return Path(__file__).parent / "ready"


#: How it is trained unless the user says otherwise.
PLAN = Plan(
    epochs=1,
    steps=2500,
    batch_size=32,
    learning_rate=3e-3,
    weight_decay=0.0,
    warmup=0.02,
    decay=0.8,
    seed=0,
)

#: How the trained one is tuned further: its weights are few, and take large steps.
TUNING: dict[str, Plan] = {
    "lora": replace(PLAN, steps=150, learning_rate=5e-3, decay=0.98),
    "full": replace(PLAN, steps=300, learning_rate=1e-3, decay=0.98),
}

#: How many processes train it, where there are as many cores.
PROCESSES = 2

_PAD, _END, _UNKNOWN = "<pad>", "</s>", "<unk>"

# A slot is a piece of its own with the space or underscore before it; so is a word, and a digit, a
# sign, an indent. What opens a line of the target, or follows its name, is one piece as well: fewer
# steps to write, and none that goes without saying.
_SPLIT = (
    rf"\n(?:- )?{PATTERN}| = {PATTERN}|[ _]{PATTERN}|(?<![A-Za-z0-9]){PATTERN}"
    r"|\n\p{L}+:?|[ _]?\p{L}+| ?\p{N}| ?[^\s\p{L}\p{N}]|\n| +|\s"
)


def build(
    name: str, texts: Iterable[str], seed: int
) -> tuple[PreTrainedModel, PreTrainedTokenizerFast]:
    """The untrained model, its weights drawn from ``seed``; a tokenizer learnt from ``texts``."""
    from transformers import PreTrainedTokenizerFast, T5Config, T5ForConditionalGeneration, set_seed

    shape = SHAPES[name]
    tokenizer: PreTrainedTokenizerFast = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=_learn(texts, shape.vocabulary),
        pad_token=_PAD,
        eos_token=_END,
        unk_token=_UNKNOWN,
        clean_up_tokenization_spaces=False,
    )
    set_seed(seed)
    config = T5Config(
        vocab_size=len(tokenizer),
        d_model=shape.width,
        d_kv=shape.width // shape.heads,
        num_heads=shape.heads,
        d_ff=4 * shape.width,
        num_layers=shape.encoder,
        num_decoder_layers=shape.decoder,
        dropout_rate=0.0,  # it sees its texts a few times only
        pad_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id,
    )
    config.decoder_start_token_id = tokenizer.pad_token_id
    return T5ForConditionalGeneration(config), tokenizer


def optimizer(model: PreTrainedModel, learning_rate: float) -> torch.optim.Optimizer:
    """Muon for the hidden matrices and AdamW for all other weights, as one optimizer.

    Muon orthogonalises each step, which saves a model this small about half of its steps; it is
    not made for embeddings, whose rows are rarely hit, nor for vectors.
    """
    import torch

    hidden: list[torch.nn.Parameter] = []
    others: list[torch.nn.Parameter] = []
    for name, weight in model.named_parameters():
        is_hidden = weight.ndim == 2 and not name.startswith("shared") and "bias" not in name
        (hidden if is_hidden else others).append(weight)
    muon = torch.optim.Muon(
        hidden,
        lr=learning_rate,
        weight_decay=0.0,
        adjust_lr_fn="match_rms_adamw",
        ns_steps=3,  # of 5, a third of a step's time: no worse a student (85.0 % against 84.3 %)
    )
    # T5's embeddings begin far larger than its matrices, and have further to go.
    adamw = torch.optim.AdamW(others, lr=5 * learning_rate, betas=(0.9, 0.98), weight_decay=0.0)
    return _joined(muon, adamw)


def _joined(*parts: torch.optim.Optimizer) -> torch.optim.Optimizer:
    """Optimizers of different weights as one, for a Trainer that takes one."""
    import torch

    class Joined(torch.optim.Optimizer):
        def __init__(self) -> None:
            super().__init__([group for part in parts for group in part.param_groups], {})
            self._share()

        def _share(self) -> None:
            """Let the parts work on this optimizer's groups and state, which schedulers change."""
            groups = iter(self.param_groups)
            for part in parts:
                part.state = self.state
                part.param_groups = [next(groups) for _ in part.param_groups]

        def step(self, closure: Any = None) -> Any:
            loss = None
            if closure is not None:
                with torch.enable_grad():
                    loss = closure()
            for part in parts:
                part.step()
            return loss

        def load_state_dict(self, state_dict: Any) -> None:
            super().load_state_dict(state_dict)
            self._share()

    return Joined()


def _learn(texts: Iterable[str], vocabulary: int) -> Tokenizer:
    """A byte-level BPE tokenizer: every text comes back as it was."""
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, processors, trainers

    tokenizer = Tokenizer(models.BPE(unk_token=_UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_SPLIT), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=[_PAD, _END, _UNKNOWN],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(chain(_slots(), texts), trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"$A {_END}", special_tokens=[(_END, tokenizer.token_to_id(_END))]
    )
    return tokenizer


def _slots() -> Iterator[str]:
    """Every slot as it stands in texts and names, so often that each becomes a piece."""
    for piece in PIECES:
        yield f"{piece} {piece}_{piece}\n" * 1000
