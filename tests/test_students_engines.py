"""Engines: each writes what transformers writes, and the choice between them is the user's."""

import importlib.util
import json
import shutil
import subprocess
import sys
import types

import pytest
import torch
from test_students_generation import QUESTIONS, tune
from tiny_models import row

from kpdd_cli.errors import StudentError, UsageError
from kpdd_cli.students import engines, generation, student
from kpdd_cli.students.engines import ctranslate2, transformers, vllm
from kpdd_cli.students.formats import Draft

torch.set_num_threads(1)
needs_ctranslate2 = pytest.mark.skipif(
    importlib.util.find_spec("ctranslate2") is None, reason="kpdd[fast] is not installed"
)


@pytest.fixture(scope="module", params=["t5", "llama", "qwen"])
def made(request, tmp_path_factory):
    """A student of each family, trained until what it writes is no matter of chance: of two tokens
    that are equally likely, engines that round differently may take either.
    """
    folder = tmp_path_factory.mktemp(request.param)
    return tune(folder, request.param, pipeline="two-stage", steps=40)


@needs_ctranslate2
def test_ctranslate2_writes_what_transformers_writes(made):
    slow, fast = student.load(made, "transformers"), student.load(made, "ctranslate2")
    expected = generation.solve(slow, QUESTIONS)
    assert generation.solve(fast, QUESTIONS) == expected
    assert generation.solve(fast, QUESTIONS, batch_size=1) == expected
    assert len({drafts[0] for drafts in expected}) > 1


@needs_ctranslate2
def test_a_text_that_is_begun_is_gone_on_with_alike(tmp_path):
    made = tune(tmp_path, "t5", pipeline="one-pass", steps=40)
    given = [
        Draft(question, "How many apples does Tom have?", ("Tom has 3 apples",) * (number % 2))
        for number, question in enumerate(QUESTIONS)
    ]
    slow, fast = student.load(made, "transformers"), student.load(made, "ctranslate2")
    for beams in (1, 3):
        expected = generation.solve(slow, QUESTIONS, given=given, beams=beams)
        assert generation.solve(fast, QUESTIONS, given=given, beams=beams) == expected
        assert {len(drafts) for drafts in expected} == {beams}


@needs_ctranslate2
def test_beams_are_many_and_the_same_in_any_batch(made):
    """Which candidates remain at the end of a beam search is each engine's own rule."""
    fast = student.load(made, "ctranslate2")
    alone = generation.solve(fast, QUESTIONS, beams=3, batch_size=1)
    assert generation.solve(fast, QUESTIONS, beams=3) == alone
    assert {len(drafts) for drafts in alone} == {3}
    if fast.codec.is_encoder_decoder:
        slow = generation.solve(student.load(made, "transformers"), QUESTIONS, beams=3)
        assert slow == alone
        assert likelihoods(slow) == pytest.approx(likelihoods(alone), rel=5e-3)


def likelihoods(candidates):
    return [draft.log_likelihood for drafts in candidates for draft in drafts]


@pytest.mark.parametrize(
    "name", ["transformers", pytest.param("ctranslate2", marks=needs_ctranslate2)]
)
def test_likelihoods_are_those_that_candidates_are_ordered_by(made, name):
    """Each candidate's, its end included, for each of its ids; and not where there is only one."""
    solver = student.load(made, name)
    prompts = [solver.codec.prompt_ids(f"Problem: Tom has {n} apples.\nProgram:") for n in "37"]
    found = solver.engine.write("solution", prompts, longest=12, beams=4)
    assert len(found) == 8
    for candidates in (found[:4], found[4:]):
        mean = [text.log_likelihood / len(text.ids) for text in candidates]
        assert all(one < 0 for one in mean)
        assert mean == sorted(mean, reverse=True)
    alone = solver.engine.write("solution", prompts[:1], longest=12, beams=4)
    assert [one.log_likelihood for one in alone] == pytest.approx(
        [one.log_likelihood for one in found[:4]], rel=1e-3
    )
    assert {
        one.log_likelihood for one in solver.engine.write("solution", prompts, longest=12, beams=1)
    } == {0.0}


@needs_ctranslate2
def test_torch_keeps_its_threads_so_that_later_trainings_round_alike(made):
    before = torch.get_num_threads()
    generation.solve(student.load(made, "ctranslate2"), QUESTIONS)
    assert torch.get_num_threads() == before


@needs_ctranslate2
def test_weights_are_converted_once_and_anew_for_another_student(made):
    student.load(made, "ctranslate2")
    (weights,) = (made / "ctranslate2/solution").glob("model.bin")
    first = weights.stat().st_mtime_ns
    student.load(made, "ctranslate2")
    assert weights.stat().st_mtime_ns == first
    manifest = made / "ctranslate2/kpdd.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "student": "another"}))
    student.load(made, "ctranslate2")
    assert weights.stat().st_mtime_ns > first
    assert not list(made.glob(".converting-*"))


@needs_ctranslate2
def test_auto_is_ctranslate2_on_a_machine_without_gpu(made):
    found = engines.load(made, student.Record.read(made))
    expected = transformers.Transformers if ctranslate2.sees_gpu() else ctranslate2.CTranslate2
    assert isinstance(found, expected)


@needs_ctranslate2
def test_auto_of_what_no_other_does_alike_is_transformers(made):
    """Beams end differently elsewhere: a score must not depend on what is installed."""
    record = student.Record.read(made)
    assert engines.choose(made, record, reference=True) == "transformers"
    assert engines.choose(made, record, "ctranslate2", reference=True) == "ctranslate2"


@needs_ctranslate2
def test_what_ctranslate2_does_not_know_is_left_to_transformers(made, monkeypatch, tmp_path):
    shutil.copytree(made, tmp_path / "s", ignore=shutil.ignore_patterns("ctranslate2"))

    def refuse(*_):
        raise StudentError("no")

    monkeypatch.setattr(ctranslate2, "convert", refuse)
    monkeypatch.setattr(ctranslate2, "sees_gpu", lambda: False)
    record = student.Record.read(tmp_path / "s")
    assert isinstance(engines.load(tmp_path / "s", record), transformers.Transformers)
    with pytest.raises(StudentError):
        engines.load(tmp_path / "s", record, "ctranslate2")


@pytest.mark.parametrize(("name", "extra"), [("ctranslate2", "fast"), ("vllm", "vllm")])
def test_an_engine_that_is_not_installed_is_named_with_its_extra(made, monkeypatch, name, extra):
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=rf"pip install 'kpdd\[{extra}\]'"):
        student.load(made, name)


@needs_ctranslate2
def test_a_question_is_answered_without_torch(tmp_path):
    """What the start-up of ``kpdd ask`` would cost most is not imported."""
    made = tune(tmp_path, "t5", pipeline="direct", steps=1)
    student.load(made, "ctranslate2")
    probe = (
        "import sys; from pathlib import Path; from kpdd_cli.stages import ask; "
        "next(ask.run(Path(sys.argv[1]), [sys.argv[2]])); "
        "print(*{'torch', 'transformers', 'peft'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", probe, str(made), row(0)["question"]]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "\n"


@needs_ctranslate2
def test_long_prompts_are_not_cut(tmp_path):
    made = tune(tmp_path, "t5", pipeline="direct", steps=1)
    long = "Tom has 3 apples. " * 300
    questions = [f"{long} How many apples does Tom have?", f"{long} Tom buys 4 more."]
    slow, fast = student.load(made, "transformers"), student.load(made, "ctranslate2")
    assert len(slow.codec.prompt_ids(questions[0])) > 1024
    assert generation.solve(fast, questions) == generation.solve(slow, questions)


@pytest.mark.parametrize(
    "name", ["transformers", pytest.param("ctranslate2", marks=needs_ctranslate2)]
)
def test_a_sample_is_fixed_by_its_seed_in_any_batch(made, name):
    solver = student.load(made, name)
    prompts = [solver.codec.prompt_ids(f"Problem: Tom has {n} apples.\nProgram:") for n in (3, 14)]

    def drawn(prompts, seeds):
        return [
            solver.codec.text(text.ids)
            for text in solver.engine.sample(
                "solution", prompts, longest=12, temperature=3.0, seeds=seeds
            )
        ]

    together = drawn(prompts * 2, [1, 2, 3, 4])
    assert len(set(together)) == 4
    assert drawn(prompts[1:], [2]) == together[1:2]
    assert drawn(prompts[:1], [3]) == together[2:3]


def test_samples_follow_the_likelihood(made):
    """Nearly cold, every sample is the greedy text."""
    solver = student.load(made, "transformers")
    prompt = [solver.codec.prompt_ids("Problem: Tom has 3 apples.\nProgram:")] * 3
    greedy = solver.engine.write("solution", prompt, longest=12, beams=1)
    cold = solver.engine.sample("solution", prompt, longest=12, temperature=1e-4, seeds=[1, 2, 3])
    assert cold == greedy


class FakeVllm(types.ModuleType):
    """As much of vLLM as is called; it keeps what it gets, and answers with two tokens."""

    def __init__(self):
        super().__init__("vllm")
        self.calls = []
        module = self

        class LLM:
            def __init__(self, **options):
                module.options = options

            def generate(self, prompts, settings, *, lora_request, use_tqdm):
                module.calls.append((prompts, settings, lora_request))
                text = types.SimpleNamespace(token_ids=[5, 6])
                return [types.SimpleNamespace(outputs=[text]) for _ in prompts]

        self.LLM = LLM
        self.SamplingParams = dict
        self.LoRARequest = lambda *args: args


def test_vllm_is_asked_for_each_part_by_its_adapter(made, monkeypatch):
    """How it is called; that vLLM then answers rightly has to be seen on a GPU."""
    fake = FakeVllm()
    monkeypatch.setitem(sys.modules, "vllm", fake)
    monkeypatch.setitem(sys.modules, "vllm.lora", fake)
    monkeypatch.setitem(sys.modules, "vllm.lora.request", fake)
    record = student.Record.read(made)
    if made.parent.name.startswith("t5"):
        with pytest.raises(StudentError, match="decoder-only"):
            vllm.load(made, record)
        return
    engine = vllm.load(made, record)
    assert fake.options["model"] == str(made / "base")
    assert fake.options["max_lora_rank"] == 16
    assert engine.write("solution", [[1, 2], [3]], longest=9, beams=1) == [([5, 6], 0.0)] * 2
    prompts, settings, adapter = fake.calls[-1]
    assert prompts == [{"prompt_token_ids": [1, 2]}, {"prompt_token_ids": [3]}]
    assert [(one["temperature"], one["max_tokens"]) for one in settings] == [(0.0, 9)] * 2
    assert adapter == ("solution", 2, str(made / "solution"))
    with pytest.raises(UsageError, match="beam"):
        engine.write("solution", [[1]], longest=9, beams=2)
