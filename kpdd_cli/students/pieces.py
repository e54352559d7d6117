"""A tokenizer read by the tokenizers library alone: transformers would take a second to import."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any


class Pieces:
    """The part of transformers' tokenizer that a codec needs, from a ``tokenizer.json``."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def encode(self, text: str, add_special_tokens: bool = True) -> list[int]:
        """The ids of a text, ended as the tokenizer ends texts unless told otherwise."""
        return list(self._tokenizer.encode(text, add_special_tokens=add_special_tokens).ids)

    def decode(self, ids: Sequence[int], **_: Any) -> str:
        """The text of ids, special tokens included."""
        return str(self._tokenizer.decode(list(ids), skip_special_tokens=False))

    def convert_ids_to_tokens(self, ids: Sequence[int]) -> list[str | None]:
        """The vocabulary's names of ids."""
        return [self._tokenizer.id_to_token(token) for token in ids]

    def convert_tokens_to_ids(self, pieces: Sequence[str]) -> list[int | None]:
        """The ids of names; None for one that is not in the vocabulary."""
        return [self._tokenizer.token_to_id(piece) for piece in pieces]
