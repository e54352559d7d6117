"""What the benchmarks of students share: rows to learn from, and bases of real size.

No weights are downloaded: the architectures have their published shapes and random weights, and the
tokenizers are of the family that each base has, learnt from the rows.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kpdd_cli.records import Row
from kpdd_cli.teachers.gold import GoldTeacher

_TARGETS = ("core_question", "rationale")


def rows_of(count: int, source: str = "synthetic") -> list[Row]:
    """Accepted rows with programs, as ``extract``, ``solve`` and ``filter`` make them."""
    from kpdd_cli.stages import extract, filter, solve

    class Silent:
        def start(self, what: str, total: int | None, done: int = 0) -> None: ...
        def advance(self, rows: int = 1, **facts: object) -> None: ...
        def notice(self, text: str) -> None: ...

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        points, solved, kept = (folder / f"{stage}.jsonl" for stage in ("points", "solved", "kept"))
        extract.run(extract.Config(source, points, limit=count), GoldTeacher(), Silent())
        solve.run(solve.Config(points, solved, "pot"), GoldTeacher(), Silent())
        filter.run(filter.Config(solved, kept, folder / "no.jsonl", "pot"), Silent())
        return [json.loads(line) for line in kept.open(encoding="utf-8")]


def write(rows: Iterable[Row], path: Path) -> Path:
    """Rows as a file."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def flan_t5(folder: Path, rows: Sequence[Row], *, small: bool = True) -> Path:
    """FlanT5-small's shape (or, for a try, a fifth of it) and a unigram tokenizer."""
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
    from transformers import T5Config, T5ForConditionalGeneration, T5Tokenizer

    learnt: Any = Tokenizer(models.Unigram())
    learnt.normalizer = normalizers.Replace("\n", " ")
    learnt.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(vocab_size=4000, unk_token="<unk>", show_progress=False)
    learnt.train_from_iterator(_texts(rows), trainer)
    marks = (
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;?!'\"()[]+-*/=%$#&@|>_"
    )
    pieces = {"<pad>": 0.0, "</s>": 0.0, "<unk>": 0.0, **dict.fromkeys(marks, -12.0)}
    for piece, score in json.loads(learnt.to_str())["model"]["vocab"]:
        if piece not in pieces:
            pieces[piece] = score
    tokenizer = T5Tokenizer(vocab=list(pieces.items()), extra_ids=100)
    torch.manual_seed(0)
    shape: dict[str, Any] = {"d_model": 512, "d_ff": 1024, "num_layers": 8, "num_heads": 6}
    if not small:
        shape = {"d_model": 128, "d_ff": 256, "num_layers": 3, "num_heads": 4}
    config = T5Config(
        vocab_size=32128,
        d_kv=64,
        feed_forward_proj="gated-gelu",
        tie_word_embeddings=False,
        decoder_start_token_id=0,
        **shape,
    )
    T5ForConditionalGeneration(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def qwen3(folder: Path, rows: Sequence[Row], *, small: bool = True) -> Path:
    """A small Qwen3 (a tenth of the 0.6B's layers) and a byte-level BPE tokenizer."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast, Qwen3Config, Qwen3ForCausalLM

    learnt: Any = Tokenizer(models.BPE())
    learnt.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    learnt.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=4000,
        special_tokens=["<|endoftext|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    learnt.train_from_iterator(_texts(rows), trainer)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=learnt, eos_token="<|endoftext|>", pad_token="<|endoftext|>"
    )
    torch.manual_seed(0)
    width = 1024 if small else 128
    config = Qwen3Config(
        vocab_size=32_000,
        hidden_size=width,
        intermediate_size=3 * width,
        num_hidden_layers=3,
        num_attention_heads=width // 64,
        num_key_value_heads=width // 128,
        head_dim=64,
        eos_token_id=0,
        pad_token_id=0,
        bos_token_id=None,
        tie_word_embeddings=True,
    )
    Qwen3ForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _texts(rows: Sequence[Row]) -> Iterable[str]:
    for row in rows:
        yield row["question"]
        yield from (str(row[field]) for field in _TARGETS)
