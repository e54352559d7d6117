"""Rationales that say the same: their text without what makes no difference. Pure."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata

from kpdd_cli.records import Mode


def normal_form(rationale: str, mode: Mode) -> str:
    """What two rationales of one problem have in common if one merely repeats the other.

    Of a chain of thought: white space, case and calculator marks (``<<3+4=7>>``) do not count. Of a
    program: comments, spacing, blank lines, the depth of indentation and the names that the program
    gives its variables and functions do not count. Programs that differ in anything else (the order
    of statements, ``1_000`` for ``1000``) are two; so are programs of equal value.
    """
    if mode == "cot":
        text = unicodedata.normalize("NFKC", _CALCULATOR.sub("", rationale))
        return "".join(text.casefold().split())
    return _program(rationale)


_CALCULATOR = re.compile(r"<<[^<>\n]*>>")

# A name after a point is an attribute and keeps itself; so do names within texts.
_TOKEN = re.compile(
    r"""
    (?P<text>[rbfuRBFU]{0,2}(?:
        \"{3}(?:[^\\]|\\.)*?\"{3} | '{3}(?:[^\\]|\\.)*?'{3}
      | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'
    ))
  | (?P<skipped>\#[^\n]* | \\\n | (?<!\n)[ \t\f]+)
  | (?P<line>(?:\n[ \t\f]*)+)
  | (?P<name>[^\W\d]\w*)
  | (?P<other>\.\s*[^\W\d]\w* | [\d.][\w.]* | .)
    """,
    re.VERBOSE | re.DOTALL,
)
_IMPORT = re.compile(r"^[ \t]*(?:from|import)\b[^\n]*", re.MULTILINE)
_NAME = re.compile(r"[^\W\d]\w*")
_KEPT = frozenset((*dir(builtins), *keyword.kwlist, "math"))


def _program(program: str) -> str:
    """The tokens of a program, its own names replaced by their numbers of appearance."""
    text = "\n" + program.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    imported = {name for line in _IMPORT.findall(text) for name in _NAME.findall(line)}
    numbers: dict[str, int] = {}
    depths = [0]  # of the blocks that are open, in columns
    nesting = 0  # of brackets
    tokens: list[str] = []
    for found in _TOKEN.finditer(text):
        token = found[0]
        match found.lastgroup:
            case "skipped":
                continue
            case "line" if nesting > 0 or _is_blank(text, found.end()):
                continue
            case "line":
                token = _indentation(token, depths)
            case "name" if token not in _KEPT and token not in imported:
                token = f"${numbers.setdefault(token, len(numbers))}"
            case "other":
                nesting += (token in "([{") - (token in ")]}")
        tokens.append(token)
    return " ".join(tokens)


def _is_blank(text: str, at: int) -> bool:
    """Whether the line holds nothing, or a comment, from ``at``."""
    return at == len(text) or text[at] == "#"


def _indentation(line: str, depths: list[int]) -> str:
    """A line's beginning, as the number of blocks that it stands in."""
    depth = len(line.rpartition("\n")[2].expandtabs())
    while depth < depths[-1]:
        depths.pop()
    if depth > depths[-1]:
        depths.append(depth)
    return f"\n{len(depths) - 1}"
