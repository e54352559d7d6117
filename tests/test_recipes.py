"""Recipes: what a training is made of, read, written, and made again."""

import importlib
import json
from pathlib import Path

import pytest
import tiny_models
import torch
from safetensors.torch import load_file
from typer.testing import CliRunner

from kpdd_cli import answers, programs
from kpdd_cli.errors import InputError, UsageError
from kpdd_cli.main import app
from kpdd_cli.stages import compare, finetune
from kpdd_cli.students import recipes
from kpdd_cli.teachers import gold

torch.set_num_threads(1)
HERE = Path(__file__).resolve().parents[1]


def kpdd(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def printed(*words):
    result = kpdd("finetune", *words, "--print-config")
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("path", sorted((HERE / "recipes").glob("*.toml")), ids=lambda p: p.stem)
def test_a_recipe_that_is_shipped_says_all_that_it_amounts_to(path):
    assert recipes.text(recipes.read(path)) == printed("--recipe", path)


def test_a_printed_recipe_amounts_to_itself(tmp_path):
    for words in (["--base", "some/base", "--mode", "cot"], ["--epochs", "2"], []):
        first = printed(*words)
        (tmp_path / "recipe.toml").write_text(first)
        assert printed("--recipe", tmp_path / "recipe.toml") == first


def test_what_is_typed_wins_over_the_recipe(tmp_path):
    (tmp_path / "r.toml").write_text('base = "a/b"\nsteps = 7\nrank = 4\nwarmup = 0\n')
    found = printed("--recipe", tmp_path / "r.toml", "--rank", 16, "--epochs", 3)
    assert 'base = "a/b"\n' in found
    assert "rank = 16\n" in found  # typed, though it is the default
    assert "epochs = 3.0\n" in found
    assert "steps" not in found
    assert "warmup = 0.0\n" in found


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("base = ", "not a recipe"),
        ("speed = 3", "'speed' is no setting"),
        ("mode = 'both'", "mode must be 'cot' or 'pot'"),
        ("epochs = 'many'", "epochs must be a number"),
        ("rank = 1.5", "rank must be a whole number"),
        ("rank = true", "rank must be a whole number"),
        ("learning_rate = 0", "learning_rate must be more than 0"),
        ("seed = -1", "seed must be 0 or more"),
        ("dropout = 1.5", "dropout is a share"),
    ],
)
def test_what_is_wrong_in_a_recipe_is_named(tmp_path, text, why):
    (tmp_path / "r.toml").write_text(text)
    with pytest.raises(InputError, match=why):
        recipes.read(tmp_path / "r.toml")


def test_a_missing_recipe_is_named(tmp_path):
    with pytest.raises(InputError, match="no such recipe"):
        recipes.read(tmp_path / "r.toml")


def test_the_recipe_of_a_student_trains_it_again(tmp_path):
    base = tiny_models.save("qwen", tmp_path / "base")
    rows = tiny_models.write_rows(tmp_path / "accepted.jsonl", 8)
    call = ["finetune", rows, "--json", "--quiet"]
    words = ["--base", base, "--pipeline", "direct", "--steps", 2, "--rank", 4, "--batch-size", 3]
    first = kpdd(*call, *words, "--seed", 5, "-o", tmp_path / "one")
    assert first.exit_code == 0, first.output
    again = kpdd(*call, "--recipe", tmp_path / "one" / recipes.NAME, "-o", tmp_path / "two")
    assert again.exit_code == 0, again.output
    one, two = (
        load_file(tmp_path / out / "solution/adapter_model.safetensors") for out in ("one", "two")
    )
    assert all(torch.equal(weight, two[name]) for name, weight in one.items())
    records = [json.loads((tmp_path / out / "student.json").read_text()) for out in ("one", "two")]
    assert records[0] == records[1]


def test_a_printed_recipe_trains_what_the_options_train(tmp_path):
    base = tiny_models.save("t5", tmp_path / "base")
    rows = tiny_models.write_rows(tmp_path / "accepted.jsonl", 8)
    words = ["--base", base, "--pipeline", "no-information", "--epochs", 1, "--batch-size", 3]
    words += ["--rank", 3, "--alpha", 7, "--dropout", 0.2, "--learning-rate", 0.01, "--seed", 5]
    (tmp_path / "recipe.toml").write_text(printed(*words))
    ways = {"typed": words, "read": ["--recipe", tmp_path / "recipe.toml"]}
    made = {}
    for name, way in ways.items():
        result = kpdd("finetune", rows, *way, "--quiet", "-o", tmp_path / name)
        assert result.exit_code == 0, result.output
        made[name] = {
            part: load_file(tmp_path / name / part / "adapter_model.safetensors")
            for part in ("core_question", "solution")
        }
    for part, adapter in made["typed"].items():
        assert all(torch.equal(weight, made["read"][part][at]) for at, weight in adapter.items())
    config = json.loads((tmp_path / "read/solution/adapter_config.json").read_text())
    assert (config["r"], config["lora_alpha"], config["lora_dropout"]) == (3, 7, 0.2)


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_four_bits_are_refused_off_a_gpu(tmp_path):
    base = tiny_models.save("qwen", tmp_path / "base")
    rows = tiny_models.write_rows(tmp_path / "accepted.jsonl", 8)
    config = finetune.Config(rows, tmp_path / "s", base, "pot", quantize="4bit", steps=1)
    with pytest.raises(UsageError, match="needs an NVIDIA GPU"):
        finetune.run(config, tiny_models.Report())


def test_four_bits_are_for_adapters():
    result = kpdd(
        "finetune", "--quantize", "4bit", "--method", "full", "--base", "a/b", "--print-config"
    )
    assert isinstance(result.exception, UsageError)


@pytest.fixture
def schoolbook(monkeypatch):
    monkeypatch.syspath_prepend(HERE / "recipes")
    return importlib.import_module("schoolbook")


def test_the_schoolbook_holds_and_the_gold_teacher_can_solve_it(schoolbook):
    paths = [*schoolbook.files(), *schoolbook.files(schoolbook.DEVELOPMENT)]
    found = [row for path in paths for _, row in schoolbook.problems(path)]
    assert len(found) > 65_000
    assert (
        len({row["question"] for row in found}) == len({row["id"] for row in found}) == len(found)
    )
    some = found[::200]
    for annotation in gold.GoldTeacher().solve(((row, 0) for row in some), "pot"):
        (outcome,) = programs.run([annotation.value.text])
        assert answers.matches(outcome.value, annotation.row["answer"]), annotation.row["id"]


@pytest.mark.parametrize("line", ["? How many? | 2+2=5", "? How many? | two", "How many?"])
def test_what_does_not_hold_in_the_schoolbook_is_told_with_its_place(schoolbook, line, tmp_path):
    (tmp_path / "some.txt").write_text(f"= Two and 2.\n{line}\n")
    with pytest.raises(ValueError, match=r"some\.txt:2: "):
        list(schoolbook.problems(tmp_path / "some.txt"))


def test_a_problem_told_with_other_names_is_found(schoolbook):
    retold = importlib.import_module("retold")
    tests = retold.Tests(
        ["Mia had 12 stamps and lost 5 of them. How many stamps has she?", "What?"]
    )
    share, test = tests.nearest("Leo had 31 buttons and lost seven of them. How many has she?")
    assert share > retold.SHARE
    assert test.startswith("Mia")
    assert tests.nearest("A bus left at 9 with 40 people. Who drove?") == (0, "")
    assert tests.nearest("") == (0, "")


@pytest.fixture
def evidence(monkeypatch):
    monkeypatch.syspath_prepend(HERE / "recipes")
    return importlib.import_module("evidence")


def test_the_evidence_is_of_equal_data(evidence, tmp_path):
    for mode, ids in (("cot", "abc"), ("pot", "bcd")):
        evidence.write(tmp_path / f"accepted.{mode}.jsonl", ({"id": one} for one in ids))
    evidence._keep_common(tmp_path)
    for mode in ("cot", "pot"):
        assert [row["id"] for row in evidence.rows(tmp_path / f"rows.{mode}.jsonl")] == ["b", "c"]


def test_tables_go_where_the_document_marks_their_place(evidence, tmp_path, monkeypatch):
    document = tmp_path / "evidence.md"
    document.write_text("a\n<!-- tables: pot -->\nold\n<!-- end of tables: pot -->\nz\n")
    monkeypatch.setattr(evidence, "DOCUMENT", document)
    evidence._insert("pot", "| new |\n")
    once = document.read_text()
    assert "old" not in once
    assert once.startswith("a\n<!-- tables: pot -->\n\n| new |\n\n<!-- end of tables: pot -->")
    evidence._insert("pot", "| new |\n")
    assert document.read_text() == once


@pytest.mark.parametrize(
    "plan", sorted((HERE / "recipes/evidence").glob("*.toml")), ids=lambda p: p.stem
)
def test_each_plan_of_the_evidence_can_be_read_and_has_its_place(evidence, plan, tmp_path):
    config = compare.read(plan, tmp_path, None)
    assert len(config.seeds) >= 5
    assert evidence.DOCUMENT.read_text().count(f"<!-- tables: {plan.stem} -->") == 1
