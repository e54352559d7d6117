"""Answers as text: read one out of a rationale, and judge it against gold. Pure, no heavy import.

:func:`matches` is the one comparer, for filter, eval and the metric alike. It reads both texts into
values and compares those:

* Integers, fractions and mixed numbers compare exactly, whatever their size.
* Where one side is written as a decimal, two tolerances apply, both stated here:
  a relative 1e-9, so that a program's 17.999999999999996 is 18 (two whole numbers written without
  an exponent get none: 1234567.0 is not 1234568); and rounding, so that 1.3333333 and 4/3 are 1.33.
  A decimal counts as rounded if it has three significant digits, or two of them and two decimals
  (53.3 and 0.17 may be rounded, 1.5 and 0.05 are taken at their word).
* "50%" is 50 (benchmarks drop the sign) and 0.5; "50" is never 0.5.
* Several values ("9; 12", "9 and 12", "(9, 12)") must all match, in order unless a side is written
  as a set ("{9, 12}") or as alternatives ("9 or 12").
* "8:30" is a time or a ratio, part by part; "a.m." and "p.m." may be missing on one side only, and
  "15:30" is 3:30 p.m. "2 to 1" is 2:1.
* yes/no (true/false) and other words compare as words, case and punctuation aside, never as
  numbers: "Yes, he can" is yes. The order of names joined by "and" does not matter.
* "1.5 million" is 1500000, and never 1.5.

Units are dropped, not converted: "18 apples" is 18, and "50 cents" is 50. Only a quantity in two
units, "5 hours 30 minutes", is also what it makes in either of them: 5.5, 330, or (5, 30).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

ANSWER_SENTENCE = "The answer is {answer}."
"""The one fixed last sentence of each chain-of-thought rationale."""

Rule = Literal["answer sentence", "answer line", "boxed", "last number"]

NOISE = 10**9  # floating point may add one part in so many over a short computation
LONGEST = 20_000  # characters that are read as values; a longer text is compared as it stands
LARGEST_EXPONENT = 5_000  # 1e999999999 is a text, not a number to be written out


@dataclass(frozen=True, slots=True)
class Reading:
    """The answer that a rationale states, and the rule that found it."""

    text: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written. ``decimals`` is None where it is exact, else the digits after the point.

    ``rounded`` says that it has digits enough to be a rounded value; ``noisy`` that floating point
    may have touched it (a decimal part or an exponent is written).
    """

    value: Fraction
    decimals: int | None = None
    rounded: bool = False
    noisy: bool = False
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """Numbers joined by colons, a time of day or a ratio; ``half`` is "a", "p" or empty."""

    parts: tuple[int, ...]
    half: str = ""


@dataclass(frozen=True, slots=True)
class Compound:
    """One quantity in several units, "5 ft 6 in": the ``numbers``, and the ``units`` they count,
    in the smallest of their kind (12, 1).
    """

    numbers: tuple[Number, ...]
    units: tuple[int, ...]

    @property
    def total(self) -> Fraction:
        """The quantity in the smallest unit of its kind."""
        counted = zip(self.numbers, self.units, strict=True)
        return sum((number.value * unit for number, unit in counted), Fraction(0))


Part = Number | Clock | Compound | str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer text, read: its values in order, and the plain text that is left of it."""

    parts: tuple[Part, ...]
    ordered: bool
    words: str


def matches(candidate: str, gold: str) -> bool:
    """Whether ``candidate`` states the answer that ``gold`` states. Symmetric; raises nothing."""
    if candidate == gold:
        return bool(candidate.strip())
    a, b = parse(candidate), parse(gold)
    if a.words == b.words:
        return bool(a.words)
    if len(a.parts) != len(b.parts):
        return _spelt_out(a) == b.parts or a.parts == _spelt_out(b)
    if not a.parts:
        return False
    if a.ordered and b.ordered:
        return all(map(_same, a.parts, b.parts))
    return _same_set(a.parts, b.parts)


def read(rationale: str) -> Reading | None:
    """The answer stated in a chain-of-thought rationale, or None where it states none.

    Rules, first that finds something: the last answer sentence ("The answer is 18."), the last
    answer line ("A: 18", "#### 18", "Answer: 18"), the last ``\\boxed{18}``, the last number of the
    last sentence that has one.
    """
    for rule, pattern in _STATED:
        for found in reversed(list(pattern.finditer(rationale))):
            text = _trim(found.group(1))
            if text:
                return Reading(text, rule)
    boxed = _last_boxed(rationale)
    if boxed:
        return Reading(boxed, "boxed")
    numbers = _ANY_NUMBER.findall(_CALCULATOR.sub("", rationale))
    return Reading(numbers[-1], "last number") if numbers else None


@lru_cache(maxsize=1 << 16)
def parse(text: str) -> Answer:
    """Read an answer text into values; see the module's rules."""
    if len(text) > LONGEST:
        return Answer((), ordered=True, words=text.strip())
    simple = _SIMPLE.fullmatch(text)
    if simple:  # most answers, in a fifth of the time
        number = _decimal(-1 if text[0] == "-" else 1, simple[1], simple[2] or "")
        return Answer((number,), ordered=True, words=text)
    plain = _plain(text)
    words = _words(plain)
    pieces, ordered = _split(plain)
    return Answer(tuple(_part(piece) for piece in pieces), ordered, words)


# --- comparing -----------------------------------------------------------------------------------


def _spelt_out(answer: Answer) -> tuple[Part, ...] | None:
    """The numbers of an answer that is one compound quantity."""
    only = answer.parts[0] if len(answer.parts) == 1 else None
    return only.numbers if isinstance(only, Compound) else None


def _same(a: Part, b: Part) -> bool:
    if isinstance(a, Number) and isinstance(b, Number):
        if a.percent != b.percent:
            whole, other = (a, b) if a.percent else (b, a)
            ratio = Number(
                whole.value / 100,
                None if whole.decimals is None else whole.decimals + 2,
                whole.rounded,
                noisy=True,
            )
            return _near(whole, other) or _near(ratio, other)
        return _near(a, b)
    if isinstance(a, Clock) and isinstance(b, Clock):
        if a.parts == b.parts:
            return a.half == b.half or not (a.half and b.half)
        return _in_24_hours(a) == b or a == _in_24_hours(b)
    if isinstance(a, Compound) or isinstance(b, Compound):
        return _same_quantity(a, b)
    return a == b


def _in_24_hours(clock: Clock) -> Clock | None:
    """3:30 p.m. as 15:30; None for what names no half of the day."""
    hour, *rest = clock.parts
    if not clock.half or hour > 12:
        return None
    return Clock((hour % 12 + 12 * (clock.half == "p"), *(rest or [0])))


def _same_quantity(a: Part, b: Part) -> bool:
    if isinstance(a, Compound) and isinstance(b, Compound):
        return a.total == b.total and a.units[-1] == b.units[-1]
    whole, other = (a, b) if isinstance(a, Compound) else (b, a)
    if not (isinstance(whole, Compound) and isinstance(other, Number)):
        return False
    return any(_near(Number(whole.total / unit), other) for unit in whole.units)


def _near(a: Number, b: Number) -> bool:
    if a.value == b.value:
        return True
    if not (a.noisy or b.noisy):
        return False
    left = a.value.numerator * b.value.denominator
    right = b.value.numerator * a.value.denominator
    if abs(left - right) * NOISE <= max(abs(left), abs(right)):
        return True
    return _rounds_to(a, b) or _rounds_to(b, a)


def _rounds_to(exact: Number, short: Number) -> bool:
    """Whether ``short`` is ``exact`` rounded, halves either way, to the decimals it has."""
    if not short.rounded or short.decimals is None:
        return False
    if exact.decimals is None and exact.value.denominator == 1:
        return False  # an integer has no digits to round away
    if exact.decimals is not None and exact.decimals <= short.decimals:
        return False
    return abs(exact.value - short.value) <= Fraction(1, 2 * 10**short.decimals)


def _same_set(a: tuple[Part, ...], b: tuple[Part, ...]) -> bool:
    rest = list(b)
    for part in a:
        for i, other in enumerate(rest):
            if _same(part, other):
                del rest[i]
                break
        else:
            return False
    return not rest


# --- reading values ------------------------------------------------------------------------------

_CHARACTERS = str.maketrans(
    {
        "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "﹣": "-", "－": "-",
        "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2007": " ", "\u2008": " ",
        "’": "'", "‘": "'", "“": '"', "”": '"', "％": "%", "：": ":", "；": ";", "，": ",",
        "×": "x", "⋅": "x", "·": "x", "∗": "*", "⁄": "/", "∕": "/", "＝": "=", "≈": "=",
        "½": " 1/2", "⅓": " 1/3", "⅔": " 2/3", "¼": " 1/4", "¾": " 3/4", "⅕": " 1/5",
        "⅖": " 2/5", "⅗": " 3/5", "⅘": " 4/5", "⅙": " 1/6", "⅚": " 5/6", "⅛": " 1/8",
        "⅜": " 3/8", "⅝": " 5/8", "⅞": " 7/8", "⅐": " 1/7", "⅑": " 1/9", "⅒": " 1/10",
    }
)  # fmt: skip

_LATEX = (
    (re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}"), r" (\1)/(\2)"),
    (re.compile(r"\\[dt]?frac\s*(\d)\s*(\d)"), r" \1/\2"),
    (re.compile(r"\\(?:text|mathrm|mathbf|textbf|mbox|boxed)\s*\{([^{}]*)\}"), r" \1"),
    (re.compile(r"\^\s*\{([^{}]*)\}"), r"^\1"),
    (re.compile(r"\\(?:times|cdot)"), "x"),
    (re.compile(r"\\(?:left|right|displaystyle|[,;:! ])|\\[()\[\]]|\^?\\circ"), " "),
    (re.compile(r"\\([$%{}])"), r"\1"),
)


_SAYING = re.compile(
    r"^(?:#+|(?:so|thus|hence|therefore)?,?\s*(?:the\s+)?(?:final\s+)?answer\s*(?:is\b|[:=]))\s*:?\s*"
)
_RAISED = re.compile(r"(?<=\d)[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+")


def _as_power(found: re.Match[str]) -> str:
    return "^" + found[0].translate(_LOWERED)


_LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def _plain(text: str) -> str:
    """The text without typography: one kind of space, minus and quote, no LaTeX, lower case."""
    plain = text if text.isascii() else _RAISED.sub(_as_power, text.translate(_CHARACTERS))
    if "\\" in plain:
        for pattern, by in _LATEX:
            plain = pattern.sub(by, plain)
    plain = " ".join(plain.casefold().split())
    if "answer" in plain or plain.startswith("#"):
        plain = _SAYING.sub("", plain)
    return plain.strip("*`\"' ").rstrip(".,;:!? ").strip("*`\"' ") if plain else ""


_WORD_CHARACTERS = re.compile(r"[^\w.%/:+\-]+")
_SAID = re.compile(r"(yes|no|true|false)\s*[,.;:!-]")
_SAME_WORD = {"true": "yes", "false": "no"}


def _words(plain: str) -> str:
    if _HAS_DIGIT.search(plain):
        return plain  # punctuation counts: 1,234 is not "1; 234"
    if said := _SAID.match(plain):
        plain = said[1]
    words = _WORD_CHARACTERS.sub(" ", plain).replace(". ", " ").strip(" .")
    return _SAME_WORD.get(words, words)


_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_AND = re.compile(r"\s*;\s*|,\s+(?:and\s+|or\s+)?|,(?=\D)|(?<=\D),|\s+(?:and|or|&)\s+")
_IN_BRACKETS = re.compile(r",(?=\s*-?\d{1,2}(?!\d))")  # (5,7) is no decimal; (1,234) is a number
_NAMES = re.compile(r"\s*;\s*|,\s*(?:and\s+)?|\s+(?:and|&)\s+")
_AND_WORD = re.compile(r"\s(?:and|&)\s")
_MAY_BE_LIST = re.compile(r"[;,&]|\s(?:and|or)\s")
_REMAINDER = re.compile(r"(?<=\d)\s*(?:r|rem|remainder)\.?\s*(?=\d)")
_OR = re.compile(r"\bor\b")
_MIXED_AND = re.compile(r"^\s*[-+]?\d+\s+and\s+\d+\s*/\s*\d+\b")
_FRACTION_BRACKETS = re.compile(r"\(([-+]?\d+)\)\s*/\s*\((\d+)\)")
_NEGATED = re.compile(r"^-\s*\(([^()]*)\)$")
_HAS_DIGIT = re.compile(r"\d")


def _split(plain: str) -> tuple[list[str], bool]:
    """The pieces that each state one value, and whether their order matters."""
    # Most answers have no brackets, no list and no colon; looking for those first pays.
    if "(" in plain:
        plain = _NEGATED.sub(r"-\1", _FRACTION_BRACKETS.sub(r"\1/\2", plain))
    ordered = True
    if len(plain) > 1 and _BRACKETS.get(plain[0]) == plain[-1]:
        ordered = plain[0] != "{"
        plain = plain[1:-1].strip()
        plain = _IN_BRACKETS.sub("; ", plain) if ordered else plain.replace(",", "; ")
    if not _HAS_DIGIT.search(plain):
        names = [_words(piece) for piece in _NAMES.split(plain) if piece.strip()]
        return names, ordered and not _AND_WORD.search(plain)
    if "r" in plain:
        plain = _REMAINDER.sub("; ", plain)
    if not _MAY_BE_LIST.search(plain):
        return [plain], ordered
    if _MIXED_AND.match(plain):
        return [plain.replace(" and ", " ", 1)], ordered
    if _COMPOUND.fullmatch(plain):
        return [plain], ordered
    pieces = [piece.strip() for piece in _AND.split(plain) if piece.strip()]
    if len(pieces) > 1 and not all(_HAS_DIGIT.search(piece) for piece in pieces):
        # "11 p.m., December" or "18 apples and pears": one statement, unless ";" says otherwise
        pieces = [piece.strip() for piece in plain.split(";") if piece.strip()]
    return pieces, ordered and not _OR.search(plain)


_MONEY = (
    r"(?:us|a|c|hk|nz)?[$€£¥₹₱₩]"
    r"|(?:usd|eur|gbp|inr|rs\.?|chf|cad|aud|jpy|cny|sek|nok|dkk|pln|brl|mxn)\s"
)
_INTEGER = (
    r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:,\d{2})+,\d{3}|\d{1,3}(?:[ ]\d{3})+|\d{1,3}(?:['_]\d{3})+|\d+"
)
_NUMBER = re.compile(
    rf"""
    (?:(?:[a-z_]\w*\s*)?=\s*|(?:about|approximately|approx\.?|around|roughly|~)\s*)?
    (?P<sign>[-+]?)\s*(?:{_MONEY})?\s*(?P<inner>[-+]?)
    (?:
        (?P<whole>\d+)(?:\s+|-)(?P<top>\d+)\s*/\s*(?P<bottom>\d+)
      | (?P<num>{_INTEGER})\s*/\s*(?P<den>{_INTEGER})(?![\d.,])
      | (?P<eu>
            \d{{1,3}}(?:[. ]\d{{3}})+,\d+ | \d{{1,3}}(?:\.\d{{3}}){{2,}} | \d+,\d{{1,2}} | 0,\d+
        )(?![\d.,])
      | (?P<int>{_INTEGER})(?P<frac>\.\d*)?
      | (?P<point>\.\d+)
    )
    (?:
        \s*e(?P<e>[-+]?\d+)(?![\d.])
      | \s*[x*]\s*10\s*(?:\^|\*\*)\s*\(?(?P<ten>[-+]?\d+)\)?
    )?
    (?:[\s\-]*(?P<scale>thousand|million|billion|trillion)(?![\w\-]))?
    (?:\s*(?P<percent>%|percent\b|per\s+cent\b))?
    (?P<unit>(?:[\s\-]*[a-z°$€£¥¢(/][^\d]*|[\s.,;:!?)\]}}'"°*]*))
    """,
    re.VERBOSE,
)
_CLOCK = re.compile(r"(\d+(?:\s*:\s*\d+)+)\s*([ap]?)\.?\s*m?\.?(?=$|[^\w])(?P<rest>.*)", re.DOTALL)
_HOUR = re.compile(r"(\d{1,2})\s*([ap])\.?\s*m\.?")
_NAMED_HOURS = {"noon": Clock((12,), "p"), "midnight": Clock((12,), "a")}
_RATIO = re.compile(r"(\d+) to (\d+)")
_POWER = re.compile(r"(-?\d{1,6})\s*\^\s*\(?(\d{1,3})\)?")
_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_UNITS: tuple[dict[str, int], ...] = (  # each in the smallest of its kind
    {
        **dict.fromkeys(("week", "weeks"), 604800),
        **dict.fromkeys(("day", "days"), 86400),
        **dict.fromkeys(("hour", "hours", "hr", "hrs", "h"), 3600),
        **dict.fromkeys(("minute", "minutes", "min", "mins", "m"), 60),
        **dict.fromkeys(("second", "seconds", "sec", "secs", "s"), 1),
    },
    {"year": 12, "years": 12, "month": 1, "months": 1},
    {
        **dict.fromkeys(("yard", "yards", "yd"), 36),
        **dict.fromkeys(("foot", "feet", "ft"), 12),
        **dict.fromkeys(("inch", "inches", "in"), 1),
    },
    {
        **dict.fromkeys(("pound", "pounds", "lb", "lbs"), 16),
        **dict.fromkeys(("ounce", "ounces", "oz"), 1),
    },
    {"dollar": 100, "dollars": 100, "cent": 1, "cents": 1},
    {
        **dict.fromkeys(("meter", "meters", "metre", "metres", "m"), 100),
        **dict.fromkeys(("centimeter", "centimeters", "centimetre", "centimetres", "cm"), 1),
    },
)
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]+)\.?")
_COMPOUND = re.compile(rf"{_AMOUNT.pattern}(?:,?\s*(?:and\s+)?{_AMOUNT.pattern}){{1,2}}")
_SIMPLE = re.compile(r"-?\$?([0-9]+)(?:\.([0-9]+))?")
_NOT_SEPARATORS = re.compile(r"\D")


def _part(piece: str) -> Part:
    clock = _CLOCK.fullmatch(piece) if ":" in piece else _HOUR.fullmatch(piece)
    if clock and not (":" in piece and clock["rest"].strip()):
        parts = [_digits(part) for part in clock[1].split(":")]
        while parts[-1] == 0 and len(parts) > (1 if clock[2] else 2):
            parts.pop()  # 6:00 p.m. is 6 p.m., 12:30:00 is 12:30
        return Clock(tuple(parts), clock[2])
    if hour := _NAMED_HOURS.get(piece.removeprefix("12 ")):
        return hour
    found = _NUMBER.fullmatch(piece)
    part: Part | None = _number(found) if found else _rarer(piece)
    return _words(piece) if part is None else part


def _rarer(piece: str) -> Part | None:
    """What is not written as one number."""
    if ratio := _RATIO.fullmatch(piece):
        return Clock((_digits(ratio[1]), _digits(ratio[2])))
    if power := _POWER.fullmatch(piece):
        return Number(Fraction(int(power[1]) ** int(power[2])))
    if _COMPOUND.fullmatch(piece):
        return _compound(_AMOUNT.findall(piece))
    return None


def _compound(amounts: list[tuple[str, str]]) -> Compound | None:
    """A quantity in units of one kind, the larger ones first."""
    numbers = tuple(_decimal(1, *_halves(number)) for number, _ in amounts)
    for units in _UNITS:
        sizes = [units.get(unit, 0) for _, unit in amounts]
        if all(sizes) and sizes == sorted(set(sizes), reverse=True):
            return Compound(numbers, tuple(sizes))
    return None


def _halves(number: str) -> tuple[str, str]:
    head, _, tail = number.partition(".")
    return head, tail


def _number(found: re.Match[str]) -> Number | None:
    negative = (found["sign"] == "-") != (found["inner"] == "-")
    sign, percent = (-1 if negative else 1), bool(found["percent"])
    exponent = int((found["e"] or found["ten"] or "0")[:12])
    if abs(exponent) > LARGEST_EXPONENT:
        return None
    exponent += _SCALES.get(found["scale"], 0)
    if found["whole"] or found["num"]:
        whole = _digits(found["whole"] or "0")
        top = _digits(found["top"] or found["num"])
        bottom = _digits(found["bottom"] or found["den"])
        if not bottom:
            return None
        return Number(_times_ten(sign * (whole * bottom + top), exponent, bottom), percent=percent)
    if found["eu"]:
        head, _, tail = found["eu"].partition(",")
    else:
        head, _, tail = (found["int"] or "0") + (found["frac"] or found["point"] or ""), "", ""
        head, _, tail = head.partition(".")
    scientific = bool(found["e"] or found["ten"])
    return _decimal(sign, head, tail, exponent, scientific=scientific, percent=percent)


def _decimal(
    sign: int,
    head: str,
    tail: str,
    exponent: int = 0,
    *,
    scientific: bool = False,
    percent: bool = False,
) -> Number:
    """The number that is written as ``head.tail``, times ten to the exponent."""
    return Number(
        _times_ten(sign * _digits(head + tail), exponent - len(tail)),
        max(len(tail) - exponent, 0) if tail or scientific else None,
        rounded=_may_be_rounded(head + tail, len(tail)),
        noisy=bool(tail.strip("0")) or scientific,
        percent=percent,
    )


def _times_ten(number: int, exponent: int, bottom: int = 1) -> Fraction:
    """``number / bottom * 10**exponent``, without intermediate fractions: this is the hot path."""
    if exponent < 0:
        return Fraction(number, bottom * 10**-exponent)
    return Fraction(number * 10**exponent, bottom)


def _may_be_rounded(digits: str, decimals: int) -> bool:
    significant = len(_NOT_SEPARATORS.sub("", digits).lstrip("0"))
    return decimals >= 1 and (significant >= 3 or (significant == 2 and decimals >= 2))


def _digits(text: str) -> int:
    """The integer that digits and separators spell; by Decimal, which has no length limit."""
    digits = _NOT_SEPARATORS.sub("", text)
    return int(digits) if len(digits) < 4000 else int(Decimal(digits))


# --- reading rationales --------------------------------------------------------------------------

# The rest of a sentence, without its full stop: one that ends an abbreviation ends no sentence.
_REST = r"""(?:
    \b(?:mrs?|ms|dr|st|mt|prof)\.(?=\s)
  | \b(?:[a-z]\.){2,}
  | \b(?:ft|in|yd|mi|oz|lbs?|hrs?|min|sec|sq|cu|jan|feb|mar|apr|aug|sept?|oct|nov|dec)\.(?=\s+\d)
  | [^\n.]
  | \.(?!\s|$)
)++"""
_STATED: tuple[tuple[Rule, re.Pattern[str]], ...] = (
    (
        "answer sentence",
        re.compile(
            r"\b(?:the|your|our)\s+(?:(?:final|correct|right)\s+)*"
            rf"answer\s+(?:is|=|will\s+be|would\s+be)\s*:?\s*({_REST})",
            re.IGNORECASE | re.VERBOSE,
        ),
    ),
    (
        "answer line",
        re.compile(
            r"^[ \t*\#>]*(?:"
            r"(?:A|(?:final\s+)?answer)[ \t*]*(?:[:=]|\n)[\s*]*|\#{2,}[ \t*]*(?!.*answer)"
            r")"
            rf"((?!\s){_REST})",
            re.IGNORECASE | re.MULTILINE | re.VERBOSE,
        ),
    ),
)
_CALCULATOR = re.compile(r"<<[^<>\n]*>>")
_ANY_NUMBER = re.compile(
    r"(?<![\w.])[-−]?[$€£¥]?(?:"
    r"\d+[ \-]\d+/\d+|\d*[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]"
    r"|(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+|(?<!\.)\s?/\s?\d+)?|\.\d+)%?"
)


def _trim(text: str) -> str:
    text = text.strip().strip("*").strip()
    inner = _last_boxed(text)
    if inner:
        return inner
    return text.strip("$ ") if text.endswith("$") else text


def _last_boxed(text: str) -> str | None:
    """What the last ``\\boxed{…}`` holds, braces balanced."""
    start = text.rfind("\\boxed")
    opening = text.find("{", start)
    if start < 0 or opening < 0:
        return None
    depth = 0
    for i in range(opening, len(text)):
        depth += {"{": 1, "}": -1}.get(text[i], 0)
        if depth == 0:
            return text[opening + 1 : i].strip() or None
    return None
