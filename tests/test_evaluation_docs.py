"""The examples of docs/evaluation.md work as they stand."""

import doctest
import importlib.util
import tomllib
from pathlib import Path

import jinja2
import pytest
import yaml

from kpdd_cli.stages import compare

DOCS = Path(__file__).parents[1] / "docs"


def test_the_metric_example_prints_what_the_page_says(monkeypatch, tmp_path):
    pytest.importorskip("evaluate")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    failed, tried = doctest.testfile(str(DOCS / "evaluation.md"), module_relative=False)
    assert (failed, tried) == (0, 5)


def test_the_plan_of_the_page_can_be_read(tmp_path):
    page = (DOCS / "evaluation.md").read_text("utf-8")
    plan = page.partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "plan.toml").write_text(plan)
    config = compare.read(tmp_path / "plan.toml", tmp_path, None)
    assert len(config.cells) == 4 * 2 * 3
    assert config.training == tomllib.loads(plan)["training"]


class Harness(yaml.SafeLoader):
    """Reads a task as lm-evaluation-harness does: ``!function FILE.NAME`` lies beside it."""


def function(loader, node):
    module, _, name = loader.construct_scalar(node).rpartition(".")
    spec = importlib.util.spec_from_file_location(module, DOCS / "lm_eval" / f"{module}.py")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return getattr(loaded, name)


Harness.add_constructor("!function", function)


@pytest.mark.parametrize(
    ("text", "scores"),
    [
        ("3 + 4 = 7 apples, at $154 each. The answer is $1,078.", (1.0, 0.0)),
        ("So it is 1,078.0", (1.0, 0.0)),
        ("The answer is 7.", (0.0, 0.0)),
        ("I do not know.", (0.0, 1.0)),
    ],
)
def test_the_harness_task_prompts_and_scores(text, scores):
    task = yaml.load((DOCS / "lm_eval" / "kpdd_problems.yaml").read_text("utf-8"), Harness)
    doc = {"id": "a", "question": "How much?", "answer": "1078"}
    prompt = jinja2.Template(task["doc_to_text"]).render(doc)
    assert prompt.startswith("Problem: How much?\n")
    assert jinja2.Template(task["doc_to_target"]).render(doc) == "1078"
    found = task["process_results"](doc, [text])
    assert set(found) == {metric["metric"] for metric in task["metric_list"]}
    assert (found["accuracy"], found["no_answer"]) == scores
