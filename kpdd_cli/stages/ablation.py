"""The tables of a comparison, for the terminal and for a paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kpdd_cli.records import Row


class Table(NamedTuple):
    """A title, the heads of the columns, and the cells of each row."""

    title: str
    columns: list[str]
    rows: list[list[str]]


def tables(table: Sequence[Row], differences: Sequence[Row]) -> Iterator[Table]:
    """What was right and what was misunderstood: a setting a row, a set a column.

    Each with the differences that an ablation is made for; ``comparison.json`` has all the others.
    """
    settings = {row["name"]: row for row in table}
    pairs = [
        one
        for one in differences
        if _is_asked_for(settings[one["name"]], settings[one["baseline"]])
    ]
    names = list(table[0]["sets"])
    heads = [*names, *(["average"] if len(names) > 1 else [])]
    rows = [[row["name"], *_shares(row, names)] for row in table]
    yield Table("Right", ["", *heads], rows)
    if pairs:
        yield _differences("Difference in points", heads, pairs, pairs)
    rows = [
        [row["name"], *(_share(row["sets"][name]["misunderstanding"]) for name in names)]
        for row in table
    ]
    yield Table("Misunderstood, of all problems", ["", *names], rows)
    if pairs:
        errors = [one["misunderstanding"] for one in pairs]
        yield _differences("Difference in points misunderstood", heads, pairs, errors)


def markdown(tables: Iterator[Table]) -> str:
    """The tables as Markdown."""
    return "\n".join(_markdown(one) for one in tables)


def _markdown(table: Table) -> str:
    ruler = ["---"] * len(table.columns)
    lines = [f"| {' | '.join(cells)} |" for cells in (table.columns, ruler, *table.rows)]
    return "\n".join([f"**{table.title}**", "", *lines, ""])


def _is_asked_for(setting: Row, baseline: Row) -> bool:
    """Whether two settings differ in one thing: mode, key points, a part, or all parts (direct)."""
    if setting["mode"] != baseline["mode"]:
        return all(setting[name] == baseline[name] for name in ("pipeline", "key_points"))
    if baseline["key_points"] == "gold":
        return False
    if setting["key_points"] == "gold":
        return bool(setting["pipeline"] == baseline["pipeline"])
    return baseline["pipeline"] in ("direct", "three-stage")


def _differences(
    title: str, heads: Sequence[str], pairs: Sequence[Row], found: Sequence[Row]
) -> Table:
    rows = []
    for pair, one in zip(pairs, found, strict=True):
        macro = [one["macro"]] if one["macro"] else []
        cells = [_points(difference) for difference in [*one["sets"].values(), *macro]]
        rows.append([pair["name"], pair["baseline"], *cells])
    return Table(f"{title}, paired by problem, with 95 %", ["", "against", *heads], rows)


def _points(found: Row) -> str:
    low, high = found["ci95"]
    return f"{100 * found['difference']:+.1f} ({100 * low:+.1f} to {100 * high:+.1f})"


def _shares(row: Row, names: Sequence[str]) -> list[str]:
    found = [row["sets"][name] for name in names]
    return [_share(one) for one in (*found, *([row["macro"]] if len(names) > 1 else []))]


def _share(found: Row) -> str:
    share = found["accuracy"] if "accuracy" in found else found["share"]
    if found["sd"] is not None:
        return f"{share:.1%} ± {100 * found['sd']:.1f}"
    if found.get("ci95"):
        low, high = found["ci95"]
        return f"{share:.1%} ({100 * low:.1f} to {100 * high:.1f})"
    return f"{share:.1%}"
