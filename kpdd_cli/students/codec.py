"""Between the student's texts and its token ids, for both families of models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpdd_cli.errors import StudentError
from kpdd_cli.students import code_text

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

    from kpdd_cli.students.code_text import CodeText


@dataclass(frozen=True, slots=True)
class Codec:
    """Prompts and targets as token ids; make one with :func:`codec`.

    An encoder-decoder reads the prompt in its encoder, ended as its tokenizer ends a text. A
    decoder-only model reads it on a line of its own, and the target follows. In both a target ends
    in ``end``, where generation stops.
    """

    tokenizer: PreTrainedTokenizerBase
    writing: CodeText
    is_encoder_decoder: bool
    end: int
    pad: int

    def prompt_ids(self, prompt: str) -> list[int]:
        """The ids that a model reads before it writes."""
        text = self.writing.encode(prompt)
        if self.is_encoder_decoder:
            return list(self.tokenizer.encode(text))
        ids = list(self.tokenizer.encode(f"{text}\n"))
        # Some tokenizers end every text, and the model would have nothing left to write.
        return ids[:-1] if ids[-1] == self.end else ids

    def target_ids(self, target: str) -> list[int] | None:
        """The ids that a model is to write; None where reading them back gives another text."""
        ids = list(self.tokenizer.encode(self.writing.encode(target), add_special_tokens=False))
        return [*ids, self.end] if self.text(ids) == target else None

    def text(self, ids: Sequence[int]) -> str:
        """The text of ids that a model wrote, up to the first end."""
        written = []
        for token in ids:
            if token == self.end:
                break
            if token != self.pad:
                written.append(token)
        decoded = self.tokenizer.decode(written, clean_up_tokenization_spaces=False)
        return self.writing.decode(str(decoded))


def codec(tokenizer: PreTrainedTokenizerBase, *, is_encoder_decoder: bool) -> Codec:
    """The codec of a tokenizer. Raises :class:`StudentError` where it cannot hold programs."""
    if tokenizer.eos_token_id is None:
        raise StudentError(
            "this base's tokenizer has no end token, so that a student could not learn to stop; "
            "choose another --base, or set eos_token in its tokenizer_config.json"
        )

    def holds(text: str) -> bool:
        ids = tokenizer.encode(text, add_special_tokens=False)
        return bool(tokenizer.decode(ids, clean_up_tokenization_spaces=False) == text)

    end = int(tokenizer.eos_token_id)
    pad = end if tokenizer.pad_token_id is None else int(tokenizer.pad_token_id)
    return Codec(tokenizer, code_text.probe(holds), is_encoder_decoder, end, pad)
