"""``kpdd export``: models for other tools, that write what the student writes, or none at all."""

import importlib.util
import json
import shutil
from dataclasses import replace

import hub_server
import pytest
import tiny_models
import torch
from test_students_generation import tune
from transformers import AutoModelForCausalLM, AutoModelForSeq2SeqLM, AutoTokenizer
from typer.testing import CliRunner

from kpdd_cli.errors import StudentError, UsageError
from kpdd_cli.main import app
from kpdd_cli.students import export, generation, student

torch.set_num_threads(1)
needs_ctranslate2 = pytest.mark.skipif(
    importlib.util.find_spec("ctranslate2") is None, reason="kpdd[fast] is not installed"
)
LIMIT = ["--limit", "6", "--json", "--quiet"]


def kpdd(*words):
    return CliRunner().invoke(app, ["export", *(str(word) for word in words)])


@pytest.fixture(scope="module", params=["t5", "qwen"])
def made(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    return tune(folder, request.param, pipeline="two-stage", steps=40)


def test_merged_models_load_without_kpdd_or_peft(made, tmp_path):
    source = tiny_models.write_rows(tmp_path / "problems.jsonl", 6)
    result = kpdd(made, "--data", source, "-o", tmp_path / "out", *LIMIT)
    assert result.exit_code == 0, result.output
    summary = json.loads(result.stdout.splitlines()[-1])
    assert (summary["rows_in"], summary["rows_out"], summary["form"]) == (6, 6, "merged")
    solver = student.load(made, "transformers")
    auto = AutoModelForSeq2SeqLM if solver.codec.is_encoder_decoder else AutoModelForCausalLM
    prompt = "Problem: Tom has 3 apples.\nProgram:"
    (((text, _),),) = generation.write(solver, "solution", [prompt], batch_size=1)
    model = auto.from_pretrained(tmp_path / "out/solution")
    tokenizer = AutoTokenizer.from_pretrained(tmp_path / "out/solution")
    ids = torch.tensor([solver.codec.prompt_ids(prompt)])
    longest = solver.record.longest["solution"] * 5 // 4 + 8
    written = model.generate(ids, max_new_tokens=longest, do_sample=False)[0].tolist()
    written = written[1:] if solver.codec.is_encoder_decoder else written[ids.shape[1] :]
    assert solver.codec.text(written) == text
    assert len(tokenizer) > 0


def test_the_card_tells_what_eval_found_of_this_very_student(made, tmp_path):
    source = tiny_models.write_rows(tmp_path / "problems.jsonl", 6)
    student_there = tmp_path / "student"
    shutil.copytree(made, student_there)
    eval_ = [str(student_there), "--data", str(source), "-o", str(tmp_path / "evaluation")]
    assert CliRunner().invoke(app, ["eval", *eval_, "--quiet", "--json"]).exit_code == 0
    result = kpdd(student_there, "--data", source, "-o", tmp_path / "out", *LIMIT)
    assert result.exit_code == 0, result.output
    card = json.loads((tmp_path / "evaluation/problems.score.json").read_text())
    told = f"| problems | {card['accuracy']:.1%} | {card['correct']} of 6 |"
    assert told in (tmp_path / "out/README.md").read_text()
    (student_there / "recipe.toml").write_text("# another student\n")
    again = kpdd(student_there, "--data", source, "-o", tmp_path / "other", *LIMIT)
    assert again.exit_code == 0, again.output
    assert "Not measured." in (tmp_path / "other/README.md").read_text()


@needs_ctranslate2
def test_an_export_to_ctranslate2_stands_alone(made, tmp_path):
    source = tiny_models.write_rows(tmp_path / "problems.jsonl", 6)
    words = ["--to", "ctranslate2", "--data", source, "-o", tmp_path / "out"]
    result = kpdd(made, *words, *LIMIT)
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out/solution/model.bin").exists()
    assert not list(tmp_path.glob(".out*"))


def test_an_export_that_writes_something_else_is_not_left_behind(made, tmp_path, monkeypatch):
    read = export.transformers.read

    def spoilt(path):
        found = read(path)
        with torch.no_grad():
            for weight in found.model.parameters():
                weight += torch.randn_like(weight)
        return found

    monkeypatch.setattr(export.transformers, "read", spoilt)
    source = tiny_models.write_rows(tmp_path / "problems.jsonl", 6)
    result = kpdd(made, "--data", source, "-o", tmp_path / "out", *LIMIT)
    assert isinstance(result.exception, StudentError)
    assert "of 6 problems" in str(result.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["problems.jsonl"]


def test_the_card_names_data_recipe_scores_and_terms(made):
    record = student.Record.read(made)
    score = {"set": "svamp", "accuracy": 0.5, "correct": 5, "n": 10, "ci95": [0.2, 0.8]}
    text = export.card(record, "merged", [score], "6 of 6 problems.", "apache-2.0")
    settings = record.training["settings"]
    for part in (
        'license: "apache-2.0"',
        settings["rows"],
        '"rank": 16',
        "| svamp | 50.0% | 5 of 10 | 20.0% to 80.0% |",
        "6 of 6 problems.",
        "The terms of a provider",
        "Problem: QUESTION\nCore question: CORE QUESTION",
    ):
        assert part in text
    assert "Not measured." in export.card(record, "merged", [], "", None)


def test_the_licence_of_a_base_is_what_its_own_card_says(made, tmp_path, monkeypatch):
    import huggingface_hub

    record = replace(student.Record.read(made), base_kind="hub", base="google/flan-t5-small")
    (tmp_path / "README.md").write_text("---\nlicense: apache-2.0\n---\n\n# FlanT5\n")
    # Where the hub's cache has the file, this is all that the client does.
    monkeypatch.setattr(huggingface_hub, "hf_hub_download", lambda *_, **__: tmp_path / "README.md")
    assert export.licence_of(record) == "apache-2.0"
    (tmp_path / "README.md").write_text("# A model without a licence\n")
    assert export.licence_of(record) is None


@pytest.mark.parametrize("offline", [False, True])
def test_a_licence_that_cannot_be_read_is_not_made_up(made, monkeypatch, offline):
    from huggingface_hub import constants

    record = student.Record.read(made)
    assert export.licence_of(record) is None  # its base was a directory
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", offline)
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    assert export.licence_of(replace(record, base_kind="hub", base="nobody/none")) is None


def test_what_exists_is_not_replaced_unasked(made, tmp_path):
    (tmp_path / "out").mkdir()
    assert isinstance(kpdd(made, "-o", tmp_path / "out", *LIMIT).exception, UsageError)


def test_gguf_needs_what_the_base_does_not_have(made, tmp_path):
    source = tiny_models.write_rows(tmp_path / "problems.jsonl", 6)
    words = ["--to", "gguf-ready", "--data", source, "-o", tmp_path / "out"]
    result = kpdd(made, *words, *LIMIT)
    if made.parent.name.startswith("t5"):
        assert "spiece.model" in str(result.exception)
        (made / "base/spiece.model").write_bytes(b"pieces")
        result = kpdd(made, *words, *LIMIT)
        assert (tmp_path / "out/solution/spiece.model").read_bytes() == b"pieces"
    assert result.exit_code == 0, result.output


def test_a_repository_that_cannot_be_is_named(tmp_path):
    with pytest.raises(StudentError, match="no name of a repository"):
        export.push(tmp_path, "a/b/c")


@pytest.fixture
def hub(monkeypatch):
    """The hub on the loopback, and a user who is logged in to it."""
    from huggingface_hub import constants

    with hub_server.Hub() as server:
        monkeypatch.setattr(constants, "ENDPOINT", server.endpoint)
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)  # it needs a service of its own
        monkeypatch.setenv("HF_TOKEN", hub_server.TOKEN)
        yield server


@pytest.fixture
def exported(tmp_path):
    """A folder as an export leaves it, its weights of no model."""
    folder = tmp_path / "export"
    (folder / "solution").mkdir(parents=True)
    (folder / "solution/model.safetensors").write_bytes(bytes(range(256)) * 40)
    (folder / "README.md").write_text("---\nlibrary_name: transformers\n---\n\n# A student\n")
    return folder


def test_an_export_arrives_at_the_hub_whole_and_private(exported, hub):
    hub.fails = 1  # the hub is busy now and then
    assert export.push(exported, "me/student") == f"{hub.endpoint}/me/student"
    assert hub.repositories["me/student"] == {
        name: (exported / name).read_bytes() for name in ("README.md", "solution/model.safetensors")
    }
    assert hub.private == {"me/student": True}
    (exported / "README.md").write_text("---\nlibrary_name: transformers\n---\n\n# Another\n")
    export.push(exported, "me/student")  # which exists by now
    assert b"Another" in hub.repositories["me/student"]["README.md"]


@pytest.mark.parametrize(
    ("repo", "token", "why"),
    [
        ("me/student", "hf_wrong", "log in with hf auth login"),
        ("others/student", hub_server.TOKEN, "the hub refused it .*rights"),
    ],
)
def test_who_may_not_upload_is_told_in_one_line(exported, hub, monkeypatch, repo, token, why):
    monkeypatch.setenv("HF_TOKEN", token)
    with pytest.raises(StudentError, match=why) as caught:
        export.push(exported, repo)
    assert f"The export is in {exported}" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert token not in str(caught.value)


def test_a_hub_that_cannot_be_reached_is_named(exported, hub, monkeypatch):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(StudentError, match=r"cannot be reached .*The export is in"):
        export.push(exported, "me/student")
