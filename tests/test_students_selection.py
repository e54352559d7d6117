"""The second lesson of a student on slots: which labels of its prompt the key points need."""

from dataclasses import replace

import pytest
import tiny_models
import torch
from tiny_models import Report

from kpdd_cli.errors import UsageError
from kpdd_cli.stages import finetune
from kpdd_cli.students import embedded, lessons, selection, student, training
from kpdd_cli.students.codec import codec
from kpdd_cli.students.selection import Selection

torch.set_num_threads(1)

QUESTION = "Mia had 12 stamps and 30 cards. It rained. She lost 5 stamps. How many stamps are left?"
ROW = {
    "id": "a",
    "question": QUESTION,
    "answer": "7",
    "mode": "pot",
    "core_question": "How many stamps are left?",
    "information": ["Mia had 12 stamps and 30 cards.", "She lost 5 stamps."],
    "rationale": "stamps = 12\nlost = 5\nleft = stamps - lost\nanswer = left",
}


def bench(pipeline):
    """A base with lessons of one row: model, codec, the lessons."""
    texts, refused = lessons.masked([ROW], pipeline)
    assert not refused
    lines = [line for text in texts for line in (text.prompt, text.target)]
    model, tokenizer = embedded.build("kpdd-tiny", lines, 0)
    text_codec = codec(tokenizer, is_encoder_decoder=True)
    taught, refused = lessons.encode(texts, text_codec, 512)
    assert not refused
    return model, text_codec, {lesson.part: lesson for lesson in taught}


def told(selecting, text_codec, lesson):
    """Each label of the prompt with its mark."""
    marks = selecting.marks([lesson])[0].tolist()
    return {
        text_codec.text([token]).strip(): mark
        for token, mark in zip(lesson.prompt, marks, strict=True)
        if mark >= 0
    }


def test_labels_that_the_target_uses_are_told_from_the_others():
    _, text_codec, parts = bench("one-pass")
    found = told(Selection.of(text_codec, 4.0), text_codec, parts["everything"])
    assert found == {"s1": 1, "n1": 1, "n2": 0, "s2": 0, "s3": 1, "n3": 1}


def test_a_kind_of_labels_that_a_part_does_not_write_is_not_asked_for():
    _, text_codec, parts = bench("three-stage")
    selecting = Selection.of(text_codec, 4.0)
    assert told(selecting, text_codec, parts["core_question"]) == {}
    assert told(selecting, text_codec, parts["information"]) == {"s1": 1, "s2": 0, "s3": 1}
    assert {"n1", "n2", "n3"} == set(told(selecting, text_codec, parts["solution"]))


def test_the_loss_is_the_weighted_sum_over_labels():
    head = selection.head(3)
    hidden = torch.randn(2, 4, 3)
    marks = torch.tensor([[1.0, -1.0, 0.0, -1.0], [-1.0, -1.0, -1.0, 1.0]])
    undecided = torch.log(torch.tensor(2.0))
    loss = Selection(4.0, {}).loss(head, hidden, marks)
    assert loss.item() == pytest.approx(4 * 3 * undecided.item())


@pytest.mark.parametrize("weight", [0.0, 4.0])
def test_training_learns_it_and_throws_the_head_away(tmp_path, weight, monkeypatch):
    model, text_codec, parts = bench("one-pass")
    names = set(model.state_dict())
    losses = []

    def watched(self, head, hidden, marks, real=Selection.loss):
        loss = real(self, head, hidden, marks)
        losses.append(loss.item())
        return loss

    monkeypatch.setattr(Selection, "loss", watched)
    plan = replace(embedded.PLAN, steps=40, batch_size=1)
    before = {name: weight.clone() for name, weight in model.state_dict().items()}
    result = training.fit(
        model,
        text_codec,
        [parts["everything"]],
        [],
        plan,
        folder=tmp_path,
        what="",
        progress=Report(),
        selecting=Selection.of(text_codec, weight) if weight else None,
    )
    assert set(model.state_dict()) == names
    assert result.trainable_parameters == sum(p.numel() for p in model.parameters())
    assert any(not torch.equal(before[name], model.state_dict()[name]) for name in names)
    if weight:
        assert losses[-1] < losses[0] / 2


def test_a_base_without_slots_has_no_labels(tmp_path):
    base = tiny_models.save("t5", tmp_path / "base")
    tiny_models.write_rows(tmp_path / "rows.jsonl", 8)
    config = finetune.Config(
        tmp_path / "rows.jsonl", tmp_path / "s", str(base), "pot", method="full", selection=4.0
    )
    with pytest.raises(UsageError, match="is for students on slots"):
        finetune.run(config, Report())


def test_a_student_on_slots_is_tuned_further_on_slots(tmp_path):
    tiny_models.write_rows(tmp_path / "rows.jsonl", 16)

    def tuned(base, out):
        config = finetune.Config(
            tmp_path / "rows.jsonl",
            tmp_path / out,
            base,
            "pot",
            pipeline="one-pass",
            method="full",
            steps=2,
            batch_size=8,
            processes=1,
            selection=4.0,
        )
        finetune.run(config, Report())
        return student.Record.read(tmp_path / out)

    tuned("kpdd-tiny", "first")
    record = tuned(str(tmp_path / "first"), "second")
    assert (record.slots, record.base_kind) == (True, "directory")
    assert record.training["settings"]["plan"]["selection"] == 4.0
    assert student.load(tmp_path / "second").codec.is_encoder_decoder
