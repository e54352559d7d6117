"""How the tasks of this folder score a generation: as kpdd judges a rationale of that mode."""

from __future__ import annotations

from typing import Any

from kpdd_cli.judge import findings, verdict
from kpdd_cli.records import Mode


def process_results(doc: dict[str, Any], results: list[str]) -> dict[str, float]:
    """The scores of one problem, from the one text that was generated for it."""
    return _scores(doc, results[0], "cot")


def process_programs(doc: dict[str, Any], results: list[str]) -> dict[str, float]:
    """The scores of one problem, from what the one program computes that was written for it."""
    return _scores(doc, results[0], "pot")


def _scores(doc: dict[str, Any], text: str, mode: Mode) -> dict[str, float]:
    (found,) = findings([text], mode=mode)
    judged = verdict(found, doc["answer"])
    return {
        "accuracy": float(judged.status == "correct"),
        "no_answer": float(judged.status not in ("correct", "wrong")),
    }
