"""The embedded base: the same from the same seed, lossless on text, trained by two optimizers."""

import copy

import pytest

from kpdd_cli.students import embedded
from kpdd_cli.students.slots import PIECES

TEXTS = [
    "Problem: P1 had n1 stamps and gave N2 of them to P2.\nKey points and program:",
    "How many stamps does P1 have?\n- P1 had n1 stamps\nProgram:\np1_stamps = n1\nanswer = n1 - n2",
] * 20


@pytest.fixture(scope="module")
def built():
    return embedded.build(embedded.NAME, TEXTS, 0)


@pytest.fixture(autouse=True, scope="module")
def _one_thread():
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def model(built):
    return copy.deepcopy(built[0])


def test_it_has_one_to_two_million_weights_with_a_full_vocabulary(built):
    import torch

    model, _ = built
    assert all(weight.dtype == torch.float32 for weight in model.parameters())
    hidden = model.num_parameters() - model.shared.weight.numel()
    assert 1e6 < hidden + embedded.SHAPES[embedded.NAME].vocabulary * model.config.d_model < 2e6


def test_the_same_seed_builds_the_same_model(built):
    again, tokenizer = embedded.build(embedded.NAME, TEXTS, 0)
    assert tokenizer.get_vocab() == built[1].get_vocab()
    assert all(
        (a == b).all() for a, b in zip(built[0].parameters(), again.parameters(), strict=True)
    )


def test_another_seed_builds_another_model(built):
    other, _ = embedded.build(embedded.NAME, TEXTS, 1)
    assert (other.shared.weight != built[0].shared.weight).any()


@pytest.mark.parametrize("piece", PIECES)
def test_each_slot_is_one_piece_with_and_without_a_space(built, piece):
    assert [len(built[1].tokenize(text)) for text in (piece, f" {piece}")] == [1, 1]


def test_digits_are_single_pieces(built):
    assert built[1].tokenize("n1 + 1234")[-4:][1:] == ["2", "3", "4"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "if a < b:\n    c = [1, 2]\n\td = {'e': 0.25}",
        "Zoë paid €5 — 三",
        "n123 p1_n2",
        "  x  \n\n",
    ],
)
def test_every_text_comes_back(built, text):
    ids = built[1].encode(text, add_special_tokens=False)
    assert built[1].decode(ids, clean_up_tokenization_spaces=False) == text


def test_a_text_ends_in_the_end_piece(built):
    assert built[1].encode("n1")[-1] == built[1].eos_token_id == built[0].config.eos_token_id


def test_it_is_saved_and_loaded_as_any_hugging_face_model(built, tmp_path):
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    for part in built:
        part.save_pretrained(tmp_path)
    tokenizer = AutoTokenizer.from_pretrained(tmp_path)
    model = AutoModelForSeq2SeqLM.from_pretrained(tmp_path)
    assert tokenizer.encode(TEXTS[1]) == built[1].encode(TEXTS[1])
    assert (model.shared.weight == built[0].shared.weight).all()


def test_every_weight_moves(model):
    before = [weight.clone() for weight in model.parameters()]
    _step(model, embedded.optimizer(model, 1e-3))
    assert all((a != b).any() for a, b in zip(before, model.parameters(), strict=True))


def test_muon_takes_the_hidden_matrices_alone(model):
    optimizer = embedded.optimizer(model, 1e-3)
    _step(model, optimizer)
    by_muon = {
        weight for weight in model.parameters() if "momentum_buffer" in optimizer.state[weight]
    }
    names = {name for name, weight in model.named_parameters() if weight in by_muon}
    assert names == {
        name
        for name, _ in model.named_parameters()
        if name.endswith(("q.weight", "k.weight", "v.weight", "o.weight", "wi.weight", "wo.weight"))
    }


def test_a_scheduler_reaches_both_optimizers(model):
    import torch

    optimizer = embedded.optimizer(model, 1e-3)
    torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 0.0)
    before = [weight.clone() for weight in model.parameters()]
    _step(model, optimizer)
    assert all((a == b).all() for a, b in zip(before, model.parameters(), strict=True))


def test_a_resumed_optimizer_goes_on_where_it_was(model):
    optimizer = embedded.optimizer(model, 1e-3)
    _step(model, optimizer)
    resumed = copy.deepcopy(model)
    other = embedded.optimizer(resumed, 5e-1)
    other.load_state_dict(copy.deepcopy(optimizer.state_dict()))
    _step(model, optimizer)
    _step(resumed, other)
    assert all(
        (a == b).all() for a, b in zip(model.parameters(), resumed.parameters(), strict=True)
    )


def test_it_learns(model):
    optimizer = embedded.optimizer(model, 2e-3)
    first = _step(model, optimizer)
    for _ in range(20):
        last = _step(model, optimizer)
    assert last < first / 2


def _step(model, optimizer):
    import torch

    prompt, target = torch.arange(3, 43).view(2, 1, 20)
    loss = model(input_ids=prompt, labels=target).loss
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    return loss.item()
