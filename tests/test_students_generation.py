"""A student at work: greedy or in beams, the same in any batch, each part by its own adapter."""

import os
import time
from pathlib import Path

import pytest
import tiny_models
import torch
from tiny_models import Report, row

from kpdd_cli.errors import InputError, StudentError
from kpdd_cli.stages import finetune
from kpdd_cli.stages.finetune import Config
from kpdd_cli.students import generation, student
from kpdd_cli.students.formats import Draft

torch.set_num_threads(1)
QUESTIONS = [
    "How many apples?",
    *(row(number)["question"] for number in range(6)),
    "Tom has 3 apples. " * 8 + "How many apples does he have?",
]


def tune(folder: Path, family: str, rows: int = 8, **settings) -> Path:
    base = tiny_models.save(family, folder / "base")
    accepted = tiny_models.write_rows(folder / "accepted.jsonl", rows)
    settings = {"batch_size": 8, "learning_rate": 1e-2} | settings
    finetune.run(Config(accepted, folder / "student", base, "pot", **settings), Report())
    return folder / "student"


@pytest.fixture(scope="module", params=["t5", "llama", "qwen"])
def adapted(request, tmp_path_factory):
    """A student of each family with three barely trained adapters: it writes nonsense, greedily."""
    folder = tmp_path_factory.mktemp(request.param)
    return student.load(
        tune(folder, request.param, pipeline="three-stage", steps=3), "transformers"
    )


def test_batch_size_does_not_change_an_answer(adapted):
    alone = generation.solve(adapted, QUESTIONS, batch_size=1)
    assert generation.solve(adapted, QUESTIONS, batch_size=3) == alone
    assert generation.solve(adapted, QUESTIONS, batch_size=64) == alone
    assert len({draft for (draft,) in alone}) > 1


def test_batch_size_does_not_change_candidates(adapted):
    alone = generation.solve(adapted, QUESTIONS, beams=3, batch_size=1)
    assert generation.solve(adapted, QUESTIONS, beams=3, batch_size=64) == alone
    assert {len(drafts) for drafts in alone} == {3}
    # The parts before the last are greedy, and shared by the candidates.
    assert {
        len({(draft.core_question, draft.information) for draft in drafts}) for drafts in alone
    } == {1}


def test_generation_is_greedy(adapted):
    """Against a loop that takes the likeliest token, without cache, padding or batch."""
    prompt = "Problem: Tom has 3 apples.\nCore question:"
    ((text,),) = generation.write(adapted, "core_question", [prompt], batch_size=1)
    codec, model = adapted.codec, adapted.engine.model
    read, written = codec.prompt_ids(prompt), []
    limit = adapted.record.longest["core_question"] * 5 // 4 + 8
    with torch.no_grad():
        while len(written) < limit and codec.end not in written:
            if codec.is_encoder_decoder:
                decoder = torch.tensor([[codec.pad, *written]])
                out = model(input_ids=torch.tensor([read]), decoder_input_ids=decoder)
            else:
                out = model(input_ids=torch.tensor([read + written]))
            written.append(int(out.logits[0, -1].argmax()))
    assert codec.text(written) == text


def test_each_part_is_written_by_its_own_adapter(adapted):
    prompt = "Problem: Tom has 3 apples.\nProgram:"
    logits = []
    for part in ("core_question", "solution", "core_question"):
        adapted.engine.switch_to(part)
        ids = torch.tensor([adapted.codec.prompt_ids(prompt)])
        start = {"decoder_input_ids": ids[:, :1]} if adapted.codec.is_encoder_decoder else {}
        with torch.no_grad():
            logits.append(adapted.engine.model(input_ids=ids, **start).logits)
    assert torch.equal(logits[0], logits[2])
    assert not torch.allclose(logits[0], logits[1])


def test_no_questions_give_no_answers(adapted):
    assert generation.solve(adapted, []) == []


def test_a_base_that_samples_is_greedy_all_the_same(tmp_path):
    model, tokenizer = tiny_models.qwen()
    model.generation_config.update(do_sample=True, temperature=5.0, top_k=50)
    model.save_pretrained(tmp_path / "base")
    tokenizer.save_pretrained(tmp_path / "base")
    accepted = tiny_models.write_rows(tmp_path / "accepted.jsonl", 4)
    settings = {"pipeline": "direct", "steps": 1, "batch_size": 4}
    config = Config(accepted, tmp_path / "s", str(tmp_path / "base"), "pot", **settings)
    finetune.run(config, Report())
    solver = student.load(tmp_path / "s")
    assert generation.solve(solver, QUESTIONS[:2]) == generation.solve(solver, QUESTIONS[:2])


@pytest.mark.parametrize("family", ["t5", "qwen"])
def test_what_is_learnt_by_heart_is_written_as_it_was(tmp_path, family):
    """Prompt, target, end token and parsing agree between training and inference."""
    settings = {"method": "full", "pipeline": "one-pass", "steps": 250, "batch_size": 2}
    path = tune(tmp_path, family, rows=2, **settings)
    rows = [row(number) for number in range(2)]
    drafts = generation.solve(student.load(path), [item["question"] for item in rows])
    learnt = ("question", "core_question", "information", "rationale")
    expected = [{name: item[name] for name in learnt} for item in rows]
    assert drafts == [
        [Draft(**{**item, "information": tuple(item["information"])})] for item in expected
    ]


def test_the_newest_student_is_the_one_finished_last(tmp_path):
    assert student.newest(tmp_path) is None
    for number, name in enumerate(("student.pot", "student.cot", "other")):
        (tmp_path / name).mkdir()
        (tmp_path / name / student.RECORD).write_text("{}")
        os.utime(tmp_path / name / student.RECORD, (time.time(), 1000 - number))
    (tmp_path / "unfinished").mkdir()
    assert student.newest(tmp_path) == tmp_path / "student.pot"


@pytest.mark.parametrize(
    ("content", "why"), [(None, "no student.json"), ("{}", "not a record"), ("{", "not a record")]
)
def test_what_is_no_student_is_named(tmp_path, content, why):
    if content is not None:
        (tmp_path / student.RECORD).write_text(content)
    with pytest.raises(InputError, match=why):
        student.load(tmp_path)


def test_a_student_of_other_prompts_is_refused(tmp_path):
    record = student.Record(
        base="kpdd-tiny",
        base_kind="embedded",
        base_revision=None,
        mode="pot",
        pipeline="direct",
        method="full",
        slots=True,
        longest={"solution": 9},
        formats="others",
        training={},
    )
    record.write(tmp_path)
    assert student.Record.read(tmp_path) == record
    with pytest.raises(StudentError, match="train it again"):
        student.load(tmp_path)
