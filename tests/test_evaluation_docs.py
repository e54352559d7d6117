"""The examples of docs/evaluation.md work as they stand."""

import doctest
import importlib.util
import json
import tomllib
from pathlib import Path

import jinja2
import pytest
import tiny_models
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
    task = read("kpdd_problems")
    doc = {"id": "a", "question": "How much?", "answer": "1078"}
    prompt = jinja2.Template(task["doc_to_text"]).render(doc)
    assert prompt.startswith("Problem: How much?\n")
    assert jinja2.Template(task["doc_to_target"]).render(doc) == "1078"
    found = task["process_results"](doc, [text])
    assert set(found) == {metric["metric"] for metric in task["metric_list"]}
    assert (found["accuracy"], found["no_answer"]) == scores


@pytest.mark.parametrize(
    ("program", "scores"),
    [
        ("answer = 7 * 154", (1.0, 0.0)),
        ("answer = 7", (0.0, 0.0)),
        ("answer = 1 / 0", (0.0, 1.0)),
        ("answer = open('/etc/passwd').read()", (0.0, 1.0)),
    ],
)
def test_the_task_for_programs_runs_them_contained(program, scores):
    doc = {"id": "a", "question": "How much?", "answer": "1078"}
    found = read("kpdd_programs")["process_results"](doc, [program])
    assert (found["accuracy"], found["no_answer"]) == scores


def read(task):
    found = yaml.load((DOCS / "lm_eval" / f"{task}.yaml").read_text("utf-8"), Harness)
    return {**(read(found["include"].removesuffix(".yaml")) if "include" in found else {}), **found}


@pytest.mark.parametrize("task", ["kpdd_problems", "kpdd_programs"])
def test_lm_evaluation_harness_runs_the_tasks(task, monkeypatch, tmp_path):
    """In the harness itself: a table of texts as the model, then a real one of transformers."""
    harness = pytest.importorskip("lm_eval", reason="lm_eval is not installed: pip install lm_eval")
    from lm_eval.api.model import LM
    from lm_eval.tasks import TaskManager

    for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    rows = [
        {name: row[name] for name in ("id", "question", "answer")}
        for row in map(tiny_models.row, range(6))
    ]
    Path("problems.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")

    class Table(LM):
        """Right on four of six problems, wrong on one, without an answer on one."""

        def generate_until(self, requests):
            right = "answer = {}" if task == "kpdd_programs" else "So it is {}."
            texts = []
            for request in requests:
                number, row = next(
                    (n, row) for n, row in enumerate(rows) if row["question"] in request.args[0]
                )
                texts.append(
                    {4: right.format(9999), 5: "?"}.get(number, right.format(row["answer"]))
                )
            return texts

        def loglikelihood(self, requests):
            raise NotImplementedError

        loglikelihood_rolling = loglikelihood

    tasks = TaskManager(include_path=str(DOCS / "lm_eval"))
    found = harness.simple_evaluate(Table(), tasks=[task], task_manager=tasks)["results"][task]
    assert found["accuracy,none"] == pytest.approx(4 / 6)
    assert found["no_answer,none"] == pytest.approx(1 / 6)
    base = tiny_models.save("llama", tmp_path / "base")
    found = harness.simple_evaluate(
        "hf", model_args={"pretrained": base}, tasks=[task], task_manager=tasks, device="cpu",
        gen_kwargs="max_gen_toks=8",
    )  # fmt: skip
    assert found["results"][task]["accuracy,none"] == 0  # it is untrained
