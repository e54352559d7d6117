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
from kpdd_cli.students import formats, generation, student
from kpdd_cli.students.engines.transformers import gumbel
from kpdd_cli.students.formats import Draft

torch.set_num_threads(1)
QUESTIONS = [
    "How many apples?",
    *(row(number)["question"] for number in range(6)),
    "Tom has 3 apples. " * 8 + "How many apples does he have?",
]


def tune(folder: Path, family: str, rows: int = 8, mode: str = "pot", **settings) -> Path:
    base = tiny_models.save(family, folder / "base")
    accepted = tiny_models.write_rows(folder / "accepted.jsonl", rows, mode)
    settings = {"batch_size": 8, "learning_rate": 1e-2} | settings
    finetune.run(Config(accepted, folder / "student", base, mode, **settings), Report())
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


def test_given_key_points_are_read_and_not_written(adapted):
    draft = Draft(QUESTIONS[1], "How many apples?", ("Tom has 3 apples",))
    ((solved,),) = generation.solve(adapted, [QUESTIONS[1]], given=[draft])
    assert (solved.core_question, solved.information) == (draft.core_question, draft.information)
    prompt = formats.prompt("solution", "pot", draft)
    (((text, _),),) = generation.write(adapted, "solution", [prompt], batch_size=1)
    assert solved.rationale == formats.read("solution", "pot", text, draft).rationale
    mixed = generation.solve(adapted, QUESTIONS[1:3], given=[draft, Draft(QUESTIONS[2])])
    assert mixed[0] == [solved]
    assert mixed[1] == generation.solve(adapted, QUESTIONS[2:3])[0]


@pytest.mark.parametrize("family", ["t5", "llama"])
def test_key_points_that_are_given_begin_the_one_text_of_a_one_pass_student(family, tmp_path):
    """Against a loop that takes the likeliest token after the key points, without any batch."""
    made = student.load(tune(tmp_path, family, pipeline="one-pass", steps=3), "transformers")
    codec, model = made.codec, made.engine.model
    facts = [("Tom has 3 apples",), ("Tom has 4 apples", "Tom buys 2 more"), ()]
    drafts = [
        Draft(question, "How many apples?", information)
        for question, information in zip(QUESTIONS[1:4], facts, strict=True)
    ]
    solved = generation.solve(made, [*QUESTIONS[1:4], QUESTIONS[4]], given=[*drafts, Draft("?")])
    for draft, (found,) in zip(drafts, solved[:3], strict=True):
        assert (found.core_question, found.information) == ("How many apples?", draft.information)
        begun = formats.begun("everything", "pot", draft)
        begun_ids = codec.begun_ids(begun)
        assert begun.startswith(codec.text(begun_ids).strip())
        read = codec.prompt_ids(formats.prompt("everything", "pot", draft))
        written = list(begun_ids)
        with torch.no_grad():
            while len(written) < len(begun_ids) + made.record.longest["everything"] * 5 // 4 + 8:
                if codec.is_encoder_decoder:
                    decoder = torch.tensor([[codec.pad, *written]])
                    out = model(input_ids=torch.tensor([read]), decoder_input_ids=decoder)
                else:
                    out = model(input_ids=torch.tensor([read + written]))
                written.append(int(out.logits[0, -1].argmax()))
                if written[-1] == codec.end:
                    break
        text = codec.text(written)
        assert found.rationale == formats.read("everything", "pot", text, draft).rationale
    assert solved[3] == generation.solve(made, ["?"])[0]


def test_samples_depend_on_seed_question_and_number_alone(adapted):
    sampling = generation.Sampling(3, temperature=1.0, seed=5)
    whole = generation.sample(adapted, QUESTIONS[:4], sampling, batch_size=64)
    assert [len(drafts) for drafts in whole] == [3] * 4
    assert len(set(whole[1])) == 3
    rest = generation.sample(adapted, QUESTIONS[2:4], sampling, batch_size=1)
    assert rest == whole[2:]
    other = generation.Sampling(3, temperature=1.0, seed=6)
    assert generation.sample(adapted, QUESTIONS[:1], other) != whole[:1]


def test_a_low_temperature_is_greedy(adapted):
    cold = generation.sample(adapted, QUESTIONS[:2], generation.Sampling(1, temperature=1e-6))
    assert cold == generation.solve(adapted, QUESTIONS[:2])


def test_samples_are_drawn_from_the_models_distribution(adapted):
    """First tokens of many draws, against the softmax of the logits."""
    prompt = "Problem: Tom has 3 apples.\nCore question:"
    codec, model = adapted.codec, adapted.engine.model
    adapted.engine.switch_to("core_question")
    ids = torch.tensor([codec.prompt_ids(prompt)])
    start = {"decoder_input_ids": torch.tensor([[codec.pad]])} if codec.is_encoder_decoder else {}
    with torch.no_grad():
        logits = model(input_ids=ids, **start).logits[0, -1]
    count = 4000
    add = gumbel(range(count), temperature=2.0)
    drawn = add(ids, logits.expand(count, -1)).argmax(dim=1)
    share = torch.bincount(drawn, minlength=len(logits)) / count
    assert torch.allclose(share, torch.softmax(logits / 2, dim=0), atol=0.04)


def test_generation_is_greedy(adapted):
    """Against a loop that takes the likeliest token, without cache, padding or batch."""
    prompt = "Problem: Tom has 3 apples.\nCore question:"
    (((text, _),),) = generation.write(adapted, "core_question", [prompt], batch_size=1)
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


@pytest.mark.parametrize(
    "error", [torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB"), MemoryError()]
)
def test_a_batch_too_large_for_memory_is_halved(adapted, monkeypatch, error):
    """As a GPU with room for three texts would have it."""
    expected = generation.solve(adapted, QUESTIONS, batch_size=64)
    sizes, write = [], type(adapted.engine).write

    def narrow(self, part, prompts, **choice):
        sizes.append(len(prompts))
        if len(prompts) > 3:
            raise error
        return write(self, part, prompts, **choice)

    monkeypatch.setattr(type(adapted.engine), "write", narrow)
    assert generation.solve(adapted, QUESTIONS, batch_size=64) == expected
    assert sizes[:5] == [8, 4, 2, 2, 2]  # and small it stays


def test_memory_for_not_even_one_is_a_clear_line(adapted, monkeypatch):
    def narrow(self, part, prompts, **choice):
        raise torch.OutOfMemoryError("CUDA out of memory.")

    monkeypatch.setattr(type(adapted.engine), "write", narrow)
    with pytest.raises(StudentError, match="not enough memory to solve one problem"):
        generation.solve(adapted, QUESTIONS[:2])


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
    settings = {"method": "full", "pipeline": "one-pass", "steps": 400, "batch_size": 2}
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
