"""A reversible writing of programs for tokenizers that lose characters.

SentencePiece tokenizers such as T5's hold no newline, tab, brace, ``<`` or backslash, and fold runs
of spaces: programs come back mangled, without a word (huggingface/transformers#21836, #6150). What
a tokenizer loses is found by trying it, and written with characters that it holds::

    for x in (1, 2):      for x in (1, 2): | |4s|if x |3c| 2: | |8s|print(x)
        if x < 2:
            print(x)

A mark on its own is a newline, ``|4s|`` four spaces, ``|3c|`` the character U+003C. A tokenizer
that loses nothing gets the text as it is.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from dataclasses import dataclass, field

from kpdd_cli.errors import StudentError

_MARKS = "|~^@#&$%"
# Everything that programs are made of, in the surroundings in which they use it.
_PROGRAM = (
    "def f(x):\n    y = {'a': [1, 2]}\n\tif x < 2 and  y != 3 % 4:\n"
    '        return x\\y ~`@#$^&*+|;?"'
)


@dataclass(frozen=True)
class CodeText:
    """``encode`` before the tokenizer, ``decode`` after it; make one with :func:`probe`.

    ``mark`` is None where the tokenizer holds programs as they are. ``holds`` tells whether a text
    comes back from the tokenizer unchanged.
    """

    mark: str | None
    holds: Callable[[str], bool]
    _lost: dict[str, bool] = field(default_factory=dict)

    def encode(self, text: str) -> str:
        """``text`` in characters that the tokenizer holds."""
        if self.mark is None:
            return text
        if not self._loses("  "):
            return self._escape(text)
        pieces = _UNSAFE_SPACES.split(text)
        pieces[::2] = [self._escape(piece) for piece in pieces[::2]]
        pieces[1::2] = [f"{self.mark}{len(run)}s{self.mark}" for run in pieces[1::2]]
        return re.sub(" {2,}", " ", "".join(pieces)).strip(" ")

    def decode(self, text: str) -> str:
        """The text that was encoded; what a student wrote wrongly stays as it is."""
        if self.mark is None:
            return text
        mark = re.escape(self.mark)
        escape = rf"(?P<spaces>\d+)s{mark}|(?P<code>[0-9a-f]+){mark}"
        newline = rf" ?{mark}(?!\d+s{mark}|[0-9a-f]+{mark}) ?"
        return re.sub(rf"{mark}(?:{escape})|(?P<newline>{newline})", _unescape, text)

    def round_trips(self, text: str) -> bool:
        """Whether ``text`` survives encoding, tokenizer and decoding."""
        encoded = self.encode(text)
        return self.holds(encoded) and self.decode(encoded) == text

    def _escape(self, text: str) -> str:
        lost = {char for char in set(text) if char == self.mark or self._loses(char)}
        return "".join(self._written(char) if char in lost else char for char in text)

    def _written(self, char: str) -> str:
        return f" {self.mark} " if char == "\n" else f"{self.mark}{ord(char):x}{self.mark}"

    def _loses(self, chars: str) -> bool:
        if chars == " ":
            return False
        if chars not in self._lost:
            self._lost[chars] = not (self.holds(f"a{chars}b") and self.holds(f"a {chars} b"))
        return self._lost[chars]


# Next to a newline, next to another space, or at either end: where folding would lose a space.
_UNSAFE_SPACES = re.compile(r"( {2,}|(?<![^\n]) | (?![^\n]))")


def _unescape(found: re.Match[str]) -> str:
    if found["newline"]:
        return "\n"
    if found["spaces"]:
        return " " * min(int(found["spaces"]), 1000)
    code = int(found["code"], 16)
    is_character = code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_character else found[0]


def probe(holds: Callable[[str], bool]) -> CodeText:
    """The writing that a tokenizer needs. Raises :class:`StudentError` where there is none."""
    if holds(_PROGRAM) and all(holds(f"a {char}b") for char in string.printable[:94]):
        return CodeText(None, holds)
    for mark in _MARKS:
        if all(
            holds(text)
            for text in (f"a {mark} b", f"a{mark}3c{mark}b", f"a {mark} {mark}4s{mark}b")
        ):
            return CodeText(mark, holds)
    raise StudentError(
        f"this base's tokenizer holds none of {' '.join(_MARKS)}, so that programs cannot be "
        "written in it; choose another --base"
    )
