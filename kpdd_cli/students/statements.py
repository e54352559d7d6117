"""Key points as references to what a problem says, sentence by sentence.

A tiny student cannot copy a sentence without a slip, but it can say which one it means. So it reads
the problem taken apart (:func:`kpdd_cli.keypoints.asked`), and writes labels for whole lines::

    Problem: Mia had 12 stamps. It rained. She lost 5. How many are left?
    Problem: s1 Mia had 12 stamps. s2 It rained. s3 She lost 5. q1 How many are left?

    How many are left?       q1
    - Mia had 12 stamps.     - s1
    - She lost 5.            - s3

A key point in other words than the problem's stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kpdd_cli import keypoints

MOST = 16  # statements with a label

_LINE = re.compile(r"(- |Core question: |)(.+)")


@dataclass(frozen=True, slots=True)
class Statements:
    """The labels of what one question says and asks."""

    question: str
    outline: str  # the question with labels
    labels: Mapping[str, str]  # what it says or asks -> label
    texts: Mapping[str, str]  # label -> what it says or asks

    @classmethod
    def of(cls, question: str) -> Statements:
        """The labels of ``question``: ``s1`` … for what it says, ``q1`` for what it asks."""
        asked = keypoints.asked(question)
        parts = {f"s{number}": text for number, text in enumerate(asked.statements[:MOST], 1)}
        if asked.core:
            parts["q1"] = asked.core
        told = [f"{label} {text}" for label, text in parts.items()] + [*asked.statements[MOST:]]
        # Of equal sentences the first gives the label.
        labels = {text: label for label, text in reversed(parts.items())}
        cleaned = "\n".join(line.rstrip() for line in question.splitlines()).strip("\n")
        return cls(cleaned, " ".join(told), labels, parts)

    def write(self, text: str) -> str:
        """``text`` with labels for whole lines, and the question, where it stands, taken apart."""
        text = "\n".join(self._replaced(line, self.labels) for line in text.split("\n"))
        return text.replace(self.question, self.outline) if self.question else text

    def read(self, text: str) -> str:
        """``text`` with sentences for labels."""
        return "\n".join(self._replaced(line, self.texts) for line in text.split("\n"))

    @staticmethod
    def _replaced(line: str, texts: Mapping[str, str]) -> str:
        if (found := _LINE.fullmatch(line)) is None:
            return line
        return found[1] + texts.get(found[2], found[2])
