"""Tiny random models and tokenizers of both families, so that the tests need no download."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedTokenizerFast,
    Qwen3Config,
    Qwen3ForCausalLM,
    T5Config,
    T5ForConditionalGeneration,
    T5Tokenizer,
)

TEXTS = [
    "Problem: Tom has 3 red apples and buys 4 more. How many apples does he have now?",
    "Core question: How many apples does Tom have? Information: - Tom has 3 apples. none",
    "Program: apples = 3 + 4 answer = apples Reasoning: 3 + 4 = 7. The answer is 7. Key points",
    "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789 x y z",
]
# As T5's vocabulary: no newline, tab, brace, "<", backslash, "^", "`" or "~".
T5_CHARACTERS = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;?!'\"()[]+-*/=%$#&@|>_▁"
)


def t5_tokenizer() -> T5Tokenizer:
    """A unigram tokenizer with the gaps of T5's."""
    words = sorted({word for text in TEXTS for word in text.split()})
    pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    pieces += [(f"▁{word}", -5.0) for word in words if set(word) <= set(T5_CHARACTERS)]
    pieces += [(character, -9.0) for character in T5_CHARACTERS]
    return T5Tokenizer(vocab=list(dict(pieces).items()), extra_ids=4)


def byte_tokenizer(*, ends_texts: bool = False) -> PreTrainedTokenizerFast:
    """A byte-level BPE tokenizer in the manner of GPT-2, Llama 3 and Qwen."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=["<|pad|>", "<|end|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(TEXTS, trainer)
    if ends_texts:
        from tokenizers.processors import TemplateProcessing

        tokenizer.post_processor = TemplateProcessing("$A <|end|>", None, [("<|end|>", 1)])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<|pad|>", eos_token="<|end|>"
    )


def t5(seed: int = 0, **changes: Any) -> tuple[T5ForConditionalGeneration, T5Tokenizer]:
    tokenizer = t5_tokenizer()
    settings = {"d_model": 32, "d_kv": 8, "num_heads": 4, "d_ff": 64, "num_layers": 2} | changes
    torch.manual_seed(seed)
    config = T5Config(vocab_size=len(tokenizer), decoder_start_token_id=0, **settings)
    return T5ForConditionalGeneration(config), tokenizer


def llama(seed: int = 0) -> tuple[LlamaForCausalLM, PreTrainedTokenizerFast]:
    return _causal(LlamaConfig, LlamaForCausalLM, seed)


def qwen(seed: int = 0) -> tuple[Qwen3ForCausalLM, PreTrainedTokenizerFast]:
    return _causal(Qwen3Config, Qwen3ForCausalLM, seed, head_dim=8)


def _causal(config: Any, model: Any, seed: int, **changes: Any) -> Any:
    tokenizer = byte_tokenizer()
    torch.manual_seed(seed)
    settings = config(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=512,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=None,
        **changes,
    )
    return model(settings), tokenizer


BUILDERS = {"t5": t5, "llama": llama, "qwen": qwen}


def save(family: str, folder: Path, seed: int = 0) -> str:
    """A base as a directory, as a user would name it."""
    model, tokenizer = BUILDERS[family](seed)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return str(folder)


def row(number: int, mode: str = "pot") -> dict[str, Any]:
    """An accepted row; rows of different numbers have different texts."""
    have, more = number % 7 + 2, number % 5 + 1
    program = f"apples = {have} + {more}\nanswer = apples"
    reasoning = f"Tom has {have} + {more} = {have + more} apples.\nThe answer is {have + more}."
    return {
        "id": f"row-{number}",
        "question": f"Tom has {have} apples and buys {more} more. How many apples does he have?",
        "answer": str(have + more),
        "core_question": "How many apples does Tom have?",
        "information": [f"Tom has {have} apples", f"Tom buys {more} more"],
        "mode": mode,
        "rationale": program if mode == "pot" else reasoning,
        "verdict": {"status": "correct", "value": str(have + more), "why": "computed"},
    }


def write_rows(path: Path, count: int, mode: str = "pot") -> Path:
    path.write_text("".join(json.dumps(row(n, mode)) + "\n" for n in range(count)), "utf-8")
    return path


class Report:
    """A stage's report that keeps what it is told."""

    def __init__(self) -> None:
        self.bars: list[tuple[str, int | None, int]] = []
        self.steps = 0
        self.notices: list[str] = []

    def start(self, what: str, total: int | None, done: int = 0) -> None:
        self.bars.append((what, total, done))

    def advance(self, rows: int = 1, **facts: object) -> None:
        self.steps += rows

    def notice(self, text: str) -> None:
        self.notices.append(text)
