"""How the task kpdd_problems scores a generation: kpdd's own reader and comparer of answers."""

from __future__ import annotations

from typing import Any

from kpdd_cli.answers import matches, read


def process_results(doc: dict[str, Any], results: list[str]) -> dict[str, float]:
    """The scores of one problem, from the one text that was generated for it."""
    stated = read(results[0])
    return {
        "accuracy": float(stated is not None and matches(stated.text, doc["answer"])),
        "no_answer": float(stated is None),
    }
