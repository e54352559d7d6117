"""The report's figures: matplotlib draws them, and the page's own colours write their text."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import matplotlib
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator

from kpdd_cli import diagnosis, metrics
from kpdd_cli.records import Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from kpdd_cli.reports import Evaluation

# Told apart by people with any kind of colour vision (Okabe and Ito), on white and on black.
COLOURS = ("#2f80c9", "#e08a1e", "#1f9e77", "#c65a9c", "#a08a1f", "#7a6fd0", "#d0523b", "#6b7b8c")
_INK = "#010203"  # replaced by the page's text colour
_STYLE: Any = {
    "svg.fonttype": "none",  # text stays text: searchable, and in the page's font
    "svg.hashsalt": "kpdd",  # the same figure has the same bytes
    "text.parse_math": False,  # a student's name may hold a dollar
    "font.family": "sans-serif",
    "font.size": 9,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.edgecolor": "#8a8f98",
    "xtick.color": "#8a8f98",
    "ytick.color": "#8a8f98",
    "xtick.labelcolor": _INK,
    "ytick.labelcolor": _INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": "#8a8f98",
    "grid.alpha": 0.25,
}
_WIDTH = 4.9  # inches: at its own size on a phone, two beside each other on a desk


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure: its SVG, and the same figures as a table for those who do not see it."""

    title: str
    note: str
    svg: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


#: A bar: its label, its length as a share, its interval if it has one, and whose colour it has
#: (the number of an evaluation, -1 for what is published).
Bar = tuple[str, float, tuple[float, float] | None, int]


def figures(evaluations: Sequence[Evaluation], references: Sequence[Row]) -> Iterator[Drawn]:
    """Every figure for which there is something to show."""
    yield _accuracy(evaluations, references)
    for drawn in (
        _errors(evaluations),
        _by("steps", "Accuracy by number of gold steps", evaluations),
        _by("operations", "Accuracy by gold operation", evaluations),
        _curves(evaluations),
    ):
        if drawn is not None:
            yield drawn


def _accuracy(evaluations: Sequence[Evaluation], references: Sequence[Row]) -> Drawn:
    names = list(dict.fromkeys(name for one in evaluations for name in one.rows))
    groups: list[tuple[str, list[Bar]]] = []
    for name in names:
        bars: list[Bar] = [
            (one.name, card["accuracy"], _interval(card), number)
            for number, one in enumerate(evaluations)
            for card in one.card["sets"]
            if card["set"] == name
        ]
        groups.append((name, [*bars, *_published(references, _canonical(name))]))
    macros: list[Bar] = [
        (one.name, one.card["macro"]["accuracy"], _interval(one.card["macro"]), number)
        for number, one in enumerate(evaluations)
        if one.card["macro"]
    ]
    if macros:
        groups.append(("macro average", [*macros, *_published(references, "macro")]))
    count = sum(len(bars) for _, bars in groups) + len(groups)
    with _axes(0.24 * count + 0.7) as (figure, axes):
        labels, places, at = [], [], 0.0
        for name, bars in groups:
            axes.text(0, at, name, weight="bold", va="center")
            at += 1
            for label, share, interval, number in bars:
                colour = COLOURS[number % len(COLOURS)] if number >= 0 else "#8a8f98"
                axes.barh(at, share, color=colour, height=0.7, alpha=1 if number >= 0 else 0.45)
                if interval:
                    axes.plot(interval, [at, at], color=_INK, lw=1.2, marker="|", ms=5)
                end = max(share, interval[1] if interval else 0)
                axes.text(end + 0.012, at, f"{share:.1%}", va="center", fontsize=8)
                labels.append(_short(label))
                places.append(at)
                at += 1
        axes.set_yticks(places, labels)
        axes.set_ylim(at - 0.3, -0.7)
        axes.set_xlim(0, 1.12)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100 %"])
        axes.grid(axis="x")
        svg = _svg(figure)
    rows = [
        (name, label, f"{share:.1%}", f"{interval[0]:.1%} to {interval[1]:.1%}" if interval else "")
        for name, bars in groups
        for label, share, interval, _ in bars
    ]
    note = (
        "Bars in colour are this report's, with the 95 % interval (Wilson; bootstrap for the macro "
        "average). Grey bars are published references, with other training data."
    )
    return Drawn("Accuracy", note, svg, ("set", "student", "accuracy", "95 %"), rows)


def _interval(card: Row) -> tuple[float, float]:
    low, high = card["ci95"]
    return low, high


def _published(references: Sequence[Row], name: str) -> list[Bar]:
    return [(one["name"], one[name], None, -1) for one in references if name in one]


def _canonical(name: str) -> str:
    """The benchmark a set is, by its file's name: "SVAMP" and "gsm8k.test" are published on."""
    return re.split(r"[.\-_ ]", name.lower())[0]


def _errors(evaluations: Sequence[Evaluation]) -> Drawn | None:
    counts = []
    for one in evaluations:
        kinds: dict[str, int] = defaultdict(int)
        for card in one.card["sets"]:
            for kind, count in card["diagnosis"]["kinds"].items():
                kinds[kind] += count
        counts.append(kinds)
    if not any(counts):
        return None
    with _axes(0.42 * len(evaluations) + 1.3) as (figure, axes):
        left = [0.0] * len(counts)
        for number, kind in enumerate(diagnosis.KINDS):
            shares = [kinds[kind] / max(1, sum(kinds.values())) for kinds in counts]
            axes.barh(range(len(counts)), shares, left=left, color=COLOURS[number], label=kind)
            for row, share in enumerate(shares):
                if share > 0.08:
                    axes.text(
                        left[row] + share / 2, row, f"{share:.0%}", ha="center", va="center",
                        color="#ffffff", fontsize=8,
                    )  # fmt: skip
            left = [a + b for a, b in zip(left, shares, strict=True)]
        axes.set_yticks(range(len(counts)), [_short(one.name) for one in evaluations])
        axes.invert_yaxis()
        axes.set_xlim(0, 1)
        axes.set_xticks([0, 0.5, 1], ["0", "50", "100 %"])
        figure.legend(loc="outside lower center", ncols=3, frameon=False, fontsize=8)
        svg = _svg(figure)
    rows = [
        (one.name, *(f"{kinds[kind]:,}" for kind in diagnosis.KINDS))
        for one, kinds in zip(evaluations, counts, strict=True)
    ]
    note = "Of the wrong answers, by cause; how a cause is found: docs/evaluation.md of kpdd."
    return Drawn("Why answers are wrong", note, svg, ("student", *diagnosis.KINDS), rows)


def _by(field: str, title: str, evaluations: Sequence[Evaluation]) -> Drawn | None:
    """Accuracy over the problems with each value of a field of gold."""
    found = []
    for one in evaluations:
        groups: dict[Any, list[bool]] = defaultdict(list)
        for row in chain.from_iterable(one.rows.values()):
            for value in _values(row.get("gold", {}).get(field)):
                groups[value].append(row["prediction"]["verdict"]["status"] == "correct")
        found.append(groups)
    keys = sorted({key for groups in found for key in groups})
    if not keys:
        return None
    with _axes(2.6) as (figure, axes):
        for number, (one, groups) in enumerate(zip(evaluations, found, strict=True)):
            offset = (number - (len(found) - 1) / 2) * 0.14
            known = [(place, groups[key]) for place, key in enumerate(keys) if groups[key]]
            shares = [sum(flags) / len(flags) for _, flags in known]
            intervals = [metrics.wilson(sum(flags), len(flags)) for _, flags in known]
            errors = [
                [share - low for share, (low, _) in zip(shares, intervals, strict=True)],
                [high - share for share, (_, high) in zip(shares, intervals, strict=True)],
            ]
            axes.errorbar(
                [place + offset for place, _ in known], shares, yerr=errors, fmt="o", ms=4, lw=1.2,
                capsize=2, color=COLOURS[number % len(COLOURS)], label=_short(one.name),
            )  # fmt: skip
        axes.set_xticks(range(len(keys)), [_label(key) for key in keys])
        axes.set_ylim(0, 1.03)
        axes.set_yticks([0, 0.5, 1], ["0", "50", "100 %"])
        axes.grid(axis="y")
        figure.legend(loc="outside lower center", ncols=2, frameon=False, fontsize=8)
        svg = _svg(figure)
    table = [
        (_label(key), one.name, f"{sum(groups[key]):,} of {len(groups[key]):,}")
        for key in keys
        for one, groups in zip(evaluations, found, strict=True)
        if groups[key]
    ]
    note = "Over problems whose gold solution can be read, with 95 % Wilson intervals."
    return Drawn(title, note, svg, (field, "student", "right"), table)


def _values(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [min(value, 8)]


def _label(key: Any) -> str:
    if isinstance(key, int):
        return "8+" if key == 8 else str(key)
    return {"*": "×", "/": "÷", "-": "−"}.get(key, str(key))


def _curves(evaluations: Sequence[Evaluation]) -> Drawn | None:
    curves = []
    shown: set[str] = set()
    for number, one in enumerate(evaluations):
        student = one.card["sets"][0]["student"]["hash"]
        if student in shown:  # evaluated twice: with gold key points, on further sets
            continue
        shown.add(student)
        for part, trained in ((one.record or {}).get("training", {}).get("parts") or {}).items():
            for kind in ("curve", "validation_curve"):
                if points := trained.get(kind):
                    curves.append((number, f"{one.name}, {part.replace('_', ' ')}", kind, points))
    if not curves:
        return None
    with _axes(2.8) as (figure, axes):
        for number, name, kind, points in curves:
            steps, losses = zip(*points, strict=True)
            held_out = kind == "validation_curve"
            axes.plot(
                steps, losses, color=COLOURS[number % len(COLOURS)], lw=1.4 if held_out else 0.9,
                ls="--" if held_out else "-", alpha=1 if held_out else 0.6,
                marker="o" if held_out else None, ms=3, label=None if held_out else _short(name),
            )  # fmt: skip
        axes.set_yscale("log")
        axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.yaxis.set_major_formatter(lambda loss, _: f"{loss:g}")
        axes.yaxis.set_minor_locator(NullLocator())
        axes.set_xlabel("step")
        axes.set_ylabel("loss, nats a target token")
        axes.grid()
        figure.legend(loc="outside lower center", ncols=1, frameon=False, fontsize=8)
        svg = _svg(figure)
    rows = [
        (name, "validation" if kind == "validation_curve" else "training", f"{points[-1][1]:.4f}")
        for _, name, kind, points in curves
    ]
    note = "Training loss (line) and loss on held-out problems (dashed)."
    return Drawn("Learning curves", note, svg, ("training", "curve", "last loss"), rows)


def _short(name: str) -> str:
    return name if len(name) <= 30 else f"{name[:14]}…{name[-15:]}"


class _axes:  # noqa: N801  # reads as what it gives
    """A figure of the report's style with one pair of axes."""

    def __init__(self, height: float) -> None:
        self._height = height
        self._style = matplotlib.rc_context(_STYLE)

    def __enter__(self) -> tuple[Figure, Axes]:
        self._style.__enter__()
        figure = Figure(figsize=(_WIDTH, self._height), layout="constrained")
        figure.patch.set_alpha(0)
        axes = figure.add_subplot()
        axes.patch.set_alpha(0)
        return figure, axes

    def __exit__(self, *error: Any) -> None:
        self._style.__exit__(*error)


def _svg(figure: Figure) -> str:
    """The figure as an SVG element whose ink is the page's."""
    file = io.StringIO()
    figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    svg = file.getvalue()
    svg = svg[svg.index("<svg") :].replace(_INK, "currentColor")
    # "axes_1" names a group in every figure; on a page an id may stand once. Nothing refers to it.
    return re.sub(r' id="\w+_\d+"', "", svg)
