"""The report: one HTML file that needs no network, from what evaluations left on disk.

Figures are drawn by matplotlib as SVG, whose text takes the page's colours; samples travel as JSON
inside the page and are shown as text only, so that nothing a model wrote is ever read as HTML.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kpdd_cli.errors import UsageError
from kpdd_cli.records import Row


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One evaluation folder: its name in the report, card, predictions a set, student record.

    ``teaching`` is what the annotations that its student learnt from have cost: requests, tokens,
    US dollars (``usd``, None where a price is not known) and the day of the prices; None without
    requests.
    """

    name: str
    card: Row
    rows: dict[str, list[Row]]
    record: Row | None
    teaching: Row | None


def render(evaluations: Sequence[Evaluation], title: str) -> str:
    """The page. Raises :class:`UsageError` where matplotlib is not installed."""
    import jinja2

    try:
        from kpdd_cli.reports import charts
    except ModuleNotFoundError as error:
        raise UsageError(
            f"kpdd report draws with matplotlib ({error}): pip install 'kpdd[report]'"
        ) from None
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_file("page.html")).render(
        title=title,
        css=_file("page.css"),
        script=_file("page.js"),
        figures=[figure for figure in charts.figures(evaluations, published()) if figure],
        evaluations=evaluations,
        references=published(),
        priced=next((one.teaching["date"] for one in evaluations if one.teaching), None),
        samples=embedded(_samples(evaluations)),
    )


@cache
def published() -> list[Row]:
    """Published accuracies, each with its source; shares, not percents, by set."""
    found = tomllib.loads(_file("published.toml"))["reference"]
    return [
        {name: value / 100 if isinstance(value, float) else value for name, value in one.items()}
        for one in found
    ]


def embedded(value: object) -> str:
    """JSON that may stand inside a script element: no text in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _samples(evaluations: Sequence[Evaluation]) -> Row:
    """Every prediction as a short list, and the names that its numbers stand for."""
    names = [evaluation.name for evaluation in evaluations]
    sets = sorted({name for evaluation in evaluations for name in evaluation.rows})
    samples = []
    for number, evaluation in enumerate(evaluations):
        for name, rows in evaluation.rows.items():
            samples += [[number, sets.index(name), *_sample(row)] for row in rows]
    return {"evaluations": names, "sets": sets, "rows": samples}


def _sample(row: Row) -> list[object]:
    found, gold = row["prediction"], row.get("gold", {})
    verdict, why = found["verdict"], found.get("diagnosis")
    return [
        row["id"],
        row["question"],
        row.get("answer"),
        found["mode"],
        found["rationale"],
        verdict["status"],
        verdict["value"],
        verdict["why"],
        why and [why["kind"], why["signs"], why["why"]],
        found["core_question"],
        found["information"],
        gold.get("core_question"),
        gold.get("information"),
        gold.get("computation"),
    ]


def _file(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
