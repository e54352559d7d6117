"""Between the student's texts and its token ids, for both families of models."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from kpdd_cli.errors import StudentError
from kpdd_cli.students import code_text

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

    from kpdd_cli.students.code_text import CodeText


@dataclass(frozen=True, slots=True)
class Codec:
    """Prompts and targets as token ids; make one with :func:`codec`.

    An encoder-decoder reads the prompt in its encoder, ended as its tokenizer ends a text. A
    decoder-only model reads it as the user's turn of its chat template, without thinking, or where
    it has none (``chat``) on a line of its own; the target follows. Everywhere a target ends in
    ``end``, where generation stops.
    """

    tokenizer: PreTrainedTokenizerBase
    writing: CodeText
    is_encoder_decoder: bool
    end: int
    pad: int
    chat: bool = False

    def prompt_ids(self, prompt: str) -> list[int]:
        """The ids that a model reads before it writes."""
        text = self.writing.encode(prompt)
        if self.is_encoder_decoder:
            return list(self.tokenizer.encode(text))
        if self.chat:
            shown = _rendered(self.tokenizer, {"role": "user", "content": text})
            return list(self.tokenizer.encode(shown, add_special_tokens=False))
        ids = list(self.tokenizer.encode(f"{text}\n"))
        # Some tokenizers end every text, and the model would have nothing left to write.
        return ids[:-1] if ids[-1] == self.end else ids

    def target_ids(self, target: str) -> list[int] | None:
        """The ids that a model is to write; None where reading them back gives another text."""
        ids = list(self.tokenizer.encode(self.writing.encode(target), add_special_tokens=False))
        return [*ids, self.end] if self.text(ids) == target else None

    def begun_ids(self, text: str) -> list[int]:
        """The ids that a target begins with whose first lines are ``text``, whatever follows.

        A piece may begin with the line feed, and is left to the model to write; or reach from the
        last line over it (":" and a line feed in one), and is part of what is begun.
        """
        if not text:
            return []
        targets = (
            self.tokenizer.encode(
                self.writing.encode(f"{text}\n{following}"), add_special_tokens=False
            )
            for following in "a1"
        )
        same = takewhile(lambda pair: pair[0] == pair[1], zip(*targets, strict=False))
        ids = [first for first, _ in same]
        ends = (end for end in range(len(ids), 0, -1) if self.text(ids[:end]) == text)
        return ids[: next(ends, len(ids))]

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

    def pieces(self, ids: Sequence[int]) -> list[str]:
        """The vocabulary's names of ids."""
        return list(self.tokenizer.convert_ids_to_tokens(list(ids)))

    def ids(self, pieces: Sequence[str]) -> list[int]:
        """The ids of names; what the tokenizer does not know (padded vocabularies) is padding."""
        found: Any = self.tokenizer.convert_tokens_to_ids(list(pieces))
        return [self.pad if token is None else int(token) for token in found]


def codec(tokenizer: PreTrainedTokenizerBase, *, is_encoder_decoder: bool) -> Codec:
    """The codec of a tokenizer. Raises :class:`StudentError` where it cannot hold programs."""
    turn_end = None if is_encoder_decoder else _turn_end(tokenizer)
    end = tokenizer.eos_token_id if turn_end is None else turn_end
    if end is None:
        raise StudentError(
            "this base's tokenizer has no end token, so that a student could not learn to stop; "
            "choose another --base, or set eos_token in its tokenizer_config.json"
        )
    pad = end if tokenizer.pad_token_id is None else tokenizer.pad_token_id
    writing = code_text.probe(holder(tokenizer))
    return Codec(
        tokenizer, writing, is_encoder_decoder, int(end), int(pad), chat=turn_end is not None
    )


def holder(tokenizer: PreTrainedTokenizerBase) -> Callable[[str], bool]:
    """Tells whether a text comes back from a tokenizer unchanged."""

    def holds(text: str) -> bool:
        ids = tokenizer.encode(text, add_special_tokens=False)
        return bool(tokenizer.decode(ids, clean_up_tokenization_spaces=False) == text)

    return holds


_ANSWER = "The answer is 7."


def _turn_end(tokenizer: PreTrainedTokenizerBase) -> int | None:
    """The token that ends the model's own turn in a chat; None where it was not tuned for one.

    It is what the template writes after an answer, if that is one piece (``<|im_end|>``); else the
    tokenizer's end token. A template that cannot show a lone question is none for this purpose.
    """
    from jinja2 import TemplateError

    if getattr(tokenizer, "chat_template", None) is None:
        return None
    asked = {"role": "user", "content": "How many?"}
    try:
        _rendered(tokenizer, asked)
        shown = _rendered(tokenizer, asked, {"role": "assistant", "content": _ANSWER})
    except (TemplateError, ValueError, TypeError):
        return None
    after = shown.rpartition(_ANSWER)[2].strip()
    ids = tokenizer.encode(after, add_special_tokens=False) if after else []
    if ids and ids[0] in tokenizer.added_tokens_decoder:
        return int(ids[0])
    end = tokenizer.eos_token_id
    return None if end is None else int(end)


def _rendered(tokenizer: PreTrainedTokenizerBase, *turns: dict[str, str]) -> str:
    """A chat as the model reads it; after a question, up to where its answer begins."""
    shown = tokenizer.apply_chat_template(
        list(turns),
        tokenize=False,
        add_generation_prompt=turns[-1]["role"] == "user",
        enable_thinking=False,  # what a template does not know, it ignores
    )
    return str(shown)
