"""Which quantities and sentences a problem's key points need, as a second lesson for the encoder.

A student on slots reads ``s1 Mia had n1 w1 and n2 w2. q1 How many w1 …?``, and its target says
what the answer needs: sentences as key points (``- s1``), quantities in the rationale. While it
trains, a head of one row of weights, thrown away afterwards, tells each label of the prompt that
the target uses from those that it does not. To decode the right label teaches the same, but only
from the end backwards; so the encoder learns to read past what decides nothing in fewer steps.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpdd_cli.students.lessons import Lesson

if TYPE_CHECKING:
    import torch

    from kpdd_cli.students.codec import Codec

#: The name of the head, as an attribute of the model that is trained.
HEAD = "selection_head"

_LABEL = re.compile(r"\W*([ns][0-9]+)")
_NO_LABEL = -1.0


@dataclass(frozen=True, slots=True)
class Selection:
    """The labels of a tokenizer; ``weight`` is how many target tokens each one counts for."""

    weight: float
    labels: dict[int, str]  # token id -> n1, s1 …

    @classmethod
    def of(cls, codec: Codec, weight: float) -> Selection:
        """The labels of quantities and sentences among the pieces of a tokenizer."""
        tokens = range(len(codec.tokenizer))
        found = ((token, _LABEL.fullmatch(codec.text([token]))) for token in tokens)
        return cls(weight, {token: match[1] for token, match in found if match})

    def marks(self, lessons: Sequence[Lesson]) -> torch.Tensor:
        """``(batch, longest prompt)``: 1 at a label that the target uses, 0 at another, else -1.

        Where the prompt repeats a label (how its numbers compare), the first place counts.
        Where a target uses none of a kind (a core question needs no quantity), that kind has none.
        """
        import torch

        longest = max(len(lesson.prompt) for lesson in lessons)
        marks = torch.full((len(lessons), longest), _NO_LABEL)
        for row, lesson in enumerate(lessons):
            used = {self.labels[token] for token in lesson.target if token in self.labels}
            kinds = {label[0] for label in used}
            met = set[str]()
            for column, token in enumerate(lesson.prompt):
                label = self.labels.get(token)
                if label is not None and label[0] in kinds and label not in met:
                    marks[row, column] = float(label in used)
                    met.add(label)
        return marks

    def loss(
        self, head: torch.nn.Module, hidden: torch.Tensor, marks: torch.Tensor
    ) -> torch.Tensor:
        """The weighted sum over all labels; ``hidden`` is ``(batch, prompt, width)``."""
        from torch.nn.functional import binary_cross_entropy_with_logits

        is_label = marks != _NO_LABEL
        scores = head(hidden[is_label].float()).squeeze(-1)
        return self.weight * binary_cross_entropy_with_logits(
            scores, marks[is_label], reduction="sum"
        )


def head(width: int) -> torch.nn.Module:
    """An untrained head: undecided about every label."""
    import torch

    linear = torch.nn.Linear(width, 1)
    torch.nn.init.zeros_(linear.weight)
    torch.nn.init.zeros_(linear.bias)
    return linear
