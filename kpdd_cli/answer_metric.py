"""The comparison of answers as a metric of Hugging Face ``evaluate``, usable offline.

::

    import evaluate
    import kpdd_cli.answer_metric
    metric = evaluate.load(kpdd_cli.answer_metric.__file__)
    metric.compute(predictions=["$1,080"], references=["1080"])   # {'accuracy': 1.0, ...}
"""

# evaluate.load() copies this file and reads its import lines: one module on each.
import datasets
import evaluate

from kpdd_cli.answers import matches
from kpdd_cli.metrics import wilson


class AnswerAccuracy(evaluate.Metric):  # type: ignore[misc]  # untyped
    """The share of answers that state the gold value: "18.0", "$18" and "36/2" all state 18."""

    def _info(self) -> evaluate.MetricInfo:
        return evaluate.MetricInfo(
            description="Share of answers that state the gold value, with its Wilson interval.",
            citation="",
            inputs_description="predictions, references: answers as text.",
            features=datasets.Features(
                {"predictions": datasets.Value("string"), "references": datasets.Value("string")}
            ),
        )

    def _compute(self, predictions: list[str], references: list[str]) -> dict[str, object]:
        correct = sum(map(matches, predictions, references))
        n = len(references)
        return {
            "accuracy": correct / n if n else 0.0,
            "correct": correct,
            "n": n,
            "ci95": wilson(correct, n),
        }
