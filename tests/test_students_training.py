"""Training, seen by its effect on tiny models: what is learnt, what moves, what does not."""

import math
from dataclasses import replace

import pytest
import tiny_models
import torch
from tiny_models import Report, row

from kpdd_cli.errors import StudentError
from kpdd_cli.students import bases, lessons, training
from kpdd_cli.students.codec import codec
from kpdd_cli.students.lessons import Batching, Lesson
from kpdd_cli.students.making import Adapter, with_adapter
from kpdd_cli.students.training import Plan, collate, fit, token_loss

PLAN = Plan(
    epochs=1,
    steps=3,
    batch_size=4,
    learning_rate=1e-2,
    weight_decay=0.0,
    warmup=0.0,
    decay=1.0,
    seed=0,
)


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    torch.set_num_threads(1)


def bench(family, count=8, **changes):
    """A tiny model, its codec, and lessons."""
    model, tokenizer = tiny_models.BUILDERS[family](**changes)
    text_codec = codec(tokenizer, is_encoder_decoder=model.config.is_encoder_decoder)
    texts = lessons.texts([row(n) for n in range(count)], "two-stage")
    taught, refused = lessons.encode(texts, text_codec, 512)
    assert not refused
    return model, text_codec, taught


def one_row_loss(model, text_codec, lesson):
    """The reference: a lone row without padding or labels, log-softmax taken target by target."""
    prompt, target = torch.tensor([lesson.prompt]), list(lesson.target)
    with torch.no_grad():
        if text_codec.is_encoder_decoder:
            start = model.config.decoder_start_token_id
            read = torch.tensor([[start, *target[:-1]]])
            logits = model(input_ids=prompt, decoder_input_ids=read).logits[0]
        else:
            read = torch.tensor([[*lesson.prompt, *target]])
            logits = model(input_ids=read).logits[0, len(lesson.prompt) - 1 : -1]
    return [-logits[at].log_softmax(-1)[token].item() for at, token in enumerate(target)]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("family", tiny_models.BUILDERS)
def test_the_loss_is_the_mean_over_target_tokens_alone(family, narrow):
    model, text_codec, taught = bench(family)
    model.eval()
    chosen = taught[:5]
    assert len({len(lesson.target) for lesson in chosen}) > 1  # or padding would not be tested
    reference = [loss for lesson in chosen for loss in one_row_loss(model, text_codec, lesson)]
    start = getattr(model.config, "decoder_start_token_id", None)
    batch = collate(chosen, text_codec, start, narrow=narrow)
    labels = batch.pop("labels")
    with torch.no_grad():
        logits = model(**batch).logits
    loss = token_loss(logits, labels, shift=not text_codec.is_encoder_decoder, count=None)
    assert loss.item() == pytest.approx(sum(reference) / len(reference), abs=1e-5)


@pytest.mark.parametrize("family", tiny_models.BUILDERS)
def test_what_the_trainer_reports_is_that_loss(tmp_path, monkeypatch, family):
    monkeypatch.setattr(training, "_has_bf16", lambda: False)
    # Dropout would make the trainer's loss another one.
    model, text_codec, taught = bench(family, **({"dropout_rate": 0.0} if family == "t5" else {}))
    losses = [one_row_loss(model.eval(), text_codec, lesson) for lesson in taught]
    reference = sum(map(sum, losses)) / sum(map(len, losses))
    plan = replace(PLAN, steps=1, batch_size=len(taught))
    result = fit(
        model, text_codec, taught, taught, plan, folder=tmp_path, what="", progress=Report()
    )
    assert result.loss == pytest.approx(reference, rel=1e-4)


def test_prompts_and_padding_are_not_learnt():
    _, text_codec, taught = bench("llama")
    chosen = [taught[0], taught[1]]
    labels = collate(chosen, text_codec, None)["labels"]
    for lesson, line in zip(chosen, labels.tolist(), strict=True):
        learnt = [token for token in line if token != training.IGNORED]
        assert learnt == list(lesson.target)
        assert learnt[-1] == text_codec.end
        assert line[: len(lesson.prompt)] == [training.IGNORED] * len(lesson.prompt)


def test_a_seed_fixes_every_batch_and_an_epoch_holds_every_lesson_once():
    _, _, taught = bench("t5", count=35)
    steps = -(-len(taught) // 4)
    batching = Batching(4, 10_000, is_encoder_decoder=True)
    planned = lessons.schedule(taught, batching, 2, None, seed=5)
    assert len(planned) == 2 * steps
    assert planned == lessons.schedule(taught, batching, 9, 2 * steps, seed=5)
    assert planned != lessons.schedule(taught, batching, 2, None, seed=6)
    for epoch in (planned[:steps], planned[steps:]):
        seen = [lesson for batch in epoch for lesson in batch]
        assert sorted(seen, key=repr) == sorted(taught, key=repr)
    assert {len(batch) for batch in planned} <= {3, 4}


@pytest.mark.parametrize("is_encoder_decoder", [True, False])
def test_batches_hold_texts_of_similar_lengths(is_encoder_decoder):
    made = []
    for number in range(2000):  # as in word problems, long ones tend to have long solutions
        prompt = 20 + number * 37 % 50
        target = 2 * prompt + number * 23 % 40
        made.append(Lesson(str(number), "solution", (1,) * prompt, (1,) * target))
    batching = Batching(8, 10_000, is_encoder_decoder)
    batches = lessons.schedule(made, batching, 1, None, 0)
    real = sum(len(lesson.prompt) + len(lesson.target) for lesson in made)
    assert real / sum(map(batching.padded, batches)) > 0.9


@pytest.mark.parametrize(("is_encoder_decoder", "padded"), [(True, 2 * (5 + 9)), (False, 2 * 11)])
def test_padding_is_counted_as_the_model_meets_it(is_encoder_decoder, padded):
    batch = [
        Lesson("a", "solution", (1,) * 5, (1,) * 4),
        Lesson("b", "solution", (1,) * 2, (1,) * 9),
    ]
    assert Batching(2, 100, is_encoder_decoder).padded(batch) == padded


@pytest.mark.parametrize("is_encoder_decoder", [True, False])
def test_no_batch_is_larger_than_its_budget_and_no_lesson_is_lost_to_it(is_encoder_decoder):
    made = [
        Lesson(str(n), "solution", (1,) * (n % 41 + 2), (1,) * (n % 97 + 1)) for n in range(500)
    ]
    batching = Batching(32, 600, is_encoder_decoder)
    batches = lessons.schedule(made, batching, 1, None, 0)
    assert max(map(batching.padded, batches)) <= 600
    assert sorted(lesson.problem for batch in batches for lesson in batch) == sorted(
        lesson.problem for lesson in made
    )
    # What is larger than the budget by itself is trained on all the same.
    alone = lessons.schedule(made[:8], Batching(32, 1, is_encoder_decoder), 1, None, 0)
    assert [len(batch) for batch in alone] == [1] * 8


def test_validation_is_split_by_problem_and_not_by_order():
    names = [f"p{n}" for n in range(100)]
    held = lessons.held_out(names, 0, 0.1, 50)
    assert len(held) == 10
    assert held == lessons.held_out(reversed(names), 0, 0.1, 50)
    assert held != lessons.held_out(names, 1, 0.1, 50)
    assert len(lessons.held_out(names, 0, 0.1, 4)) == 4


@pytest.mark.parametrize("family", ["t5", "qwen"])
def test_a_text_too_long_is_refused_and_never_cut(family):
    _, text_codec, _ = bench(family)
    texts = lessons.texts([row(0)], "direct")
    whole = lessons.encode(texts, text_codec, 512)[0][0]
    lengths = len(whole.prompt), len(whole.target)
    need = max(lengths) if text_codec.is_encoder_decoder else sum(lengths)
    assert lessons.encode(texts, text_codec, need) == ([whole], [])
    kept, refused = lessons.encode(texts, text_codec, need - 1)
    assert kept == []
    assert [(refusal.reason, refusal.problem) for refusal in refused] == [("too_long", "row-0")]


def test_samples_share_their_key_points():
    rows = [row(0), {**row(0), "sample": 1, "rationale": "answer = 3"}]
    parts = [text.part for text in lessons.texts(rows, "two-stage")]
    assert parts == ["key_points", "solution", "solution"]


def trained(tmp_path, family, *, seed=0, plan=PLAN, validation=0):
    model, text_codec, taught = bench(family)
    before = {name: weight.clone() for name, weight in model.named_parameters()}
    result = fit(
        model,
        text_codec,
        taught,
        taught[:validation],
        replace(plan, seed=seed),
        folder=tmp_path,
        what="training",
        progress=Report(),
    )
    return model, before, result


def test_full_tuning_moves_every_weight(tmp_path):
    model, before, result = trained(tmp_path, "t5")
    for name, weight in model.named_parameters():
        assert not torch.equal(weight, before[name]), name
    assert result.trainable_parameters == sum(w.numel() for w in model.parameters())
    assert result.steps == 3
    assert [step for step, _ in result.curve] == [1, 2, 3]


def adapted(model, text_codec):
    adapter = Adapter(rank=4, dropout=0.1)
    return with_adapter(model, adapter, is_encoder_decoder=text_codec.is_encoder_decoder)


@pytest.mark.parametrize("family", tiny_models.BUILDERS)
def test_adapters_move_and_their_base_does_not(tmp_path, family):
    model, text_codec, taught = bench(family)
    model = adapted(model, text_codec)
    before = {name: weight.clone() for name, weight in model.named_parameters()}
    fit(model, text_codec, taught, [], PLAN, folder=tmp_path, what="", progress=Report())
    # What has no product with weights: norms, the embedding, the head, T5's position biases.
    linear = {name.split(".lora_")[0] for name in before if ".lora_" in name}
    assert len(linear) == sum(
        isinstance(module, torch.nn.Linear) and "lora" not in name and "lm_head" not in name
        for name, module in model.named_modules()
    )
    for name, weight in model.named_parameters():
        assert torch.equal(weight, before[name]) is (".lora_" not in name), name


def gpt2():
    from transformers import GPT2Config, GPT2LMHeadModel

    size = {"n_embd": 32, "n_layer": 1, "n_head": 2, "n_positions": 64, "vocab_size": 50}
    return GPT2LMHeadModel(GPT2Config(**size)), {"c_attn", "c_proj", "c_fc"}


def bart():
    from transformers import BartConfig, BartForConditionalGeneration

    size = {"d_model": 32, "encoder_layers": 1, "decoder_layers": 1, "vocab_size": 50}
    size |= {"encoder_attention_heads": 2, "decoder_attention_heads": 2}
    size |= {"encoder_ffn_dim": 64, "decoder_ffn_dim": 64, "max_position_embeddings": 64}
    named = {"q_proj", "k_proj", "v_proj", "out_proj", "fc1", "fc2"}
    return BartForConditionalGeneration(BartConfig(**size)), named


def gemma():
    from transformers import Gemma3ForCausalLM, Gemma3TextConfig

    size = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1, "head_dim": 8}
    size |= {"num_attention_heads": 4, "num_key_value_heads": 2, "vocab_size": 50}
    named = {"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"}
    return Gemma3ForCausalLM(Gemma3TextConfig(**size)), named


@pytest.mark.parametrize("build", [gpt2, bart, gemma])
def test_every_product_with_weights_is_adapted_in_any_architecture(build):
    """Attention and feed-forward layers, whatever they are called; never the head."""
    model, named = build()
    made = with_adapter(model, Adapter(rank=2), is_encoder_decoder=model.config.is_encoder_decoder)
    names = [name for name, _ in made.named_parameters() if ".lora_" in name]
    assert {name.split(".lora_")[0].rpartition(".")[2] for name in names} == named


@pytest.mark.parametrize("family", ["t5", "qwen"])
def test_computing_a_layer_twice_saves_memory_and_changes_nothing(tmp_path, monkeypatch, family):
    """Dropout included, which must be drawn alike both times."""
    weights, twice = [], []
    for short in (False, True):
        monkeypatch.setattr(training, "_is_short_of_memory", lambda *_, short=short: short)
        model, text_codec, taught = bench(family)
        torch.manual_seed(0)
        model = adapted(model, text_codec)
        names = ("SelfAttention.q", "self_attn.q_proj")
        layer = next(module for name, module in model.named_modules() if name.endswith(names))
        layer.register_forward_hook(lambda *_: twice.append(short))  # noqa: B023
        folder = tmp_path / str(short)
        fit(model, text_codec, taught, [], PLAN, folder=folder, what="", progress=Report())
        weights.append(torch.cat([w.flatten() for w in model.parameters()]))
    assert torch.equal(*weights)
    assert twice.count(True) == 2 * twice.count(False) == 6


@pytest.mark.parametrize(
    ("free", "layers", "short"), [(80e9, 28, False), (8e9, 28, True), (8e9, 2, False)]
)
def test_a_layer_is_computed_twice_where_a_gpu_is_too_small(monkeypatch, free, layers, short):
    model, _ = tiny_models.qwen()
    model.config.update({"hidden_size": 1024, "num_hidden_layers": layers, "vocab_size": 10_000})
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda: (free, 80e9))
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert training._is_short_of_memory(model, 16_384) is short
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert not training._is_short_of_memory(model, 16_384)


@pytest.mark.parametrize("has_bf16", [False, True])
@pytest.mark.parametrize("launched", ["no", "fp16"])
def test_never_half_precision_whatever_a_launcher_says(tmp_path, monkeypatch, has_bf16, launched):
    monkeypatch.setenv("ACCELERATE_MIXED_PRECISION", launched)
    monkeypatch.setattr(training, "_has_bf16", lambda: has_bf16)
    model, text_codec, taught = bench("t5")
    seen = set()
    model.encoder.block[0].layer[0].SelfAttention.q.register_forward_hook(
        lambda module, read, out: seen.add(out.dtype)
    )
    plan = replace(PLAN, steps=1)
    fit(model, text_codec, taught, [], plan, folder=tmp_path, what="", progress=Report())
    assert seen == {torch.bfloat16 if has_bf16 else torch.float32}
    assert {weight.dtype for weight in model.parameters()} == {torch.float32}


@pytest.mark.parametrize("family", ["t5", "qwen"])
def test_a_base_that_was_saved_in_half_precision_is_trained_in_single(tmp_path, family):
    model, tokenizer = tiny_models.BUILDERS[family]()
    model.half().save_pretrained(tmp_path)
    tokenizer.save_pretrained(tmp_path)
    loaded = bases.load(str(tmp_path)).model
    assert {weight.dtype for weight in loaded.parameters()} == {torch.float32}


@pytest.mark.parametrize("family", ["t5", "qwen"])
def test_two_trainings_of_one_seed_are_equal_and_of_two_are_not(tmp_path, family):
    weights = [
        torch.cat([w.flatten() for w in trained(tmp_path / str(n), family, seed=s)[0].parameters()])
        for n, s in enumerate((0, 0, 1))
    ]
    assert torch.equal(weights[0], weights[1])
    assert not torch.equal(weights[0], weights[2])


def test_the_best_checkpoint_by_validation_loss_is_kept(tmp_path):
    # So large a rate that the model gets worse after the first checkpoint.
    plan = replace(PLAN, steps=50, learning_rate=0.5, decay=0.0)
    model, _, result = trained(tmp_path, "t5", plan=plan, validation=4)
    assert [step for step, _ in result.validation_curve] == [25, 50]
    assert result.validation_loss == min(loss for _, loss in result.validation_curve)
    _, text_codec, taught = bench("t5")
    model.eval()
    losses = [loss for lesson in taught[:4] for loss in one_row_loss(model, text_codec, lesson)]
    assert sum(losses) / len(losses) == pytest.approx(result.validation_loss, rel=0.02)


def test_a_loss_that_is_no_number_stops_with_the_way_out(tmp_path):
    with pytest.raises(StudentError, match="--learning-rate"):
        trained(tmp_path, "t5", plan=replace(PLAN, steps=40, learning_rate=math.inf))


def test_a_loss_of_zero_stops_with_the_way_out(tmp_path, monkeypatch):
    monkeypatch.setattr(training, "token_loss", lambda logits, *_, **__: logits.sum() * 0)
    with pytest.raises(StudentError, match="fewer --steps or --epochs"):
        trained(tmp_path, "t5")


def test_unfinished_checkpoints_are_passed_over(tmp_path):
    for step, state in ((5, "{}"), (10, '{"cut'), (15, None)):
        folder = tmp_path / f"checkpoint-{step}"
        folder.mkdir()
        if state is not None:
            (folder / "trainer_state.json").write_text(state)
    assert training._newest_checkpoint(tmp_path) == str(tmp_path / "checkpoint-5")
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint-5"]
