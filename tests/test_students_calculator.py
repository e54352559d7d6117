"""A calculator beside a text: in whatever pieces, equations come to the right number."""

import pytest
import tiny_models
import torch
from test_students_generation import QUESTIONS, tune
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

from kpdd_cli.errors import UsageError
from kpdd_cli.stages import answering, ask
from kpdd_cli.students import generation, student
from kpdd_cli.students.calculator import Calculator
from kpdd_cli.students.codec import codec
from kpdd_cli.students.engines.transformers import computed
from kpdd_cli.students.slots import Slots

torch.set_num_threads(1)
ASKED = QUESTIONS[1:-1]  # problems like those of the training: the others make no equations


def merged_digits():
    """A byte-level BPE whose pieces hold several digits, as GPT-2's does."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=1000, special_tokens=["<|end|>"], initial_alphabet=alphabet, show_progress=False
    )
    texts = [f"{n} = {n * 7} + ${n * 13}" for n in range(300)]
    tokenizer.train_from_iterator(texts, trainer)
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<|end|>")


CODECS = {
    "sentencepiece": lambda: codec(tiny_models.t5_tokenizer(), is_encoder_decoder=True),
    "digits": lambda: codec(tiny_models.byte_tokenizer(), is_encoder_decoder=False),
    "merged digits": lambda: codec(merged_digits(), is_encoder_decoder=False),
}


@pytest.fixture(scope="module", params=CODECS)
def pieces(request):
    return CODECS[request.param]()


def ids_of(pieces, text):
    return pieces.target_ids(text)[:-1]


def finished(pieces, begun, wish, read=None):
    """What becomes of a text whose writer wishes to go on with ``wish``, by the likeliest piece."""
    written, aid = ids_of(pieces, begun), Calculator(pieces, read)
    wished = ids_of(pieces, begun + wish)[len(written) :]
    for _ in range(40):
        size = max(len(pieces.tokenizer), pieces.end + 1)
        logits = torch.linspace(0.0, -1.0, size)[None]
        done = pieces.text(written)
        logits[0, wished[0] if wished else pieces.end] = 9.0
        token = int(computed([aid], 0)(torch.tensor([written]), logits).argmax())
        if token == pieces.end:
            return done
        if wished:
            wished = wished[1:]
        written.append(token)
    raise AssertionError(pieces.text(written))


@pytest.mark.parametrize(
    ("begun", "wish", "text"),
    [
        ("She sold 48/2 =", " 13", "She sold 48/2 = 24"),
        ("She sold 48 / 2 =", " 7", "She sold 48 / 2 = 24"),
        ("48/2=", "99", "48/2=24"),
        ("2 * $5 =", " $11", "2 * $5 = $10"),
        ("3 - 8 =", " 5", "3 - 8 = -5"),
        ("5 / 2 =", " 2", "5 / 2 = 2.5"),
        ("(2 + 3) * 4 =", " 14", "(2 + 3) * 4 = 20"),
        ("1 / 3 =", " 3", "1 / 3 = 0.333333"),
        ("100% - 20% =", " 8", "100% - 20% = 80%"),
        ("20% of 50 =", " 1", "20% of 50 = 10"),
        ("5 apples * 3 apples =", " 1", "5 apples * 3 apples = 15"),
        ("2 + 3 = 5 + 1 =", " 9", "2 + 3 = 5 + 1 = 6"),
        ("She has 5 + 3 = <<5+3=", "9", "She has 5 + 3 = <<5+3=8"),
        ("She has 5 + 3 = <<5+3=8>>", "9", "She has 5 + 3 = <<5+3=8>>8"),
    ],
)
def test_a_number_behind_an_equals_sign_is_computed(pieces, begun, wish, text):
    # Of so few pieces, some have a digit only without the space before it.
    assert finished(pieces, begun, wish).replace("= ", "=") == text.replace("= ", "=")


@pytest.mark.parametrize(
    ("begun", "wish"),
    [
        ("x =", " 13"),  # nothing to compute
        ("She has 5 apples", " and 3"),
        ("5 + x =", " 9"),
        ("7 / 0 =", " 1"),
        ("10 = 4 +", " 6"),
        ("5 + 3 = 8 apples. Tom has", " 9"),
        ("5 + 3 =", " eight"),  # in words: the student's own choice
        ("5 + 3 = 8", " apples"),
        ("5 + 3 = 8", ". Tom"),
    ],
)
def test_all_else_is_the_students(pieces, begun, wish):
    assert finished(pieces, begun, wish) == begun + wish


def test_a_number_that_stands_is_not_lengthened(pieces):
    vocabulary = pieces.tokenizer.get_vocab()
    digits = {token for piece, token in vocabulary.items() if piece[0] in "0123456789"}
    aid = Calculator(pieces)
    assert digits
    for text in ("5 + 3 = 8", "5 + 3 = 8."):
        assert digits <= set(aid.rule(ids_of(pieces, text)).banned)
    assert vocabulary["%"] in aid.rule(ids_of(pieces, "5 + 3 = 8")).banned
    assert aid.rule(ids_of(pieces, "5 + 3 = 8. Tom has 9")) is None


def test_slots_are_read_as_the_numbers_they_stand_for(pieces):
    mask = Slots.of("Tom has 12 apples and eats 5 of 8.")
    assert finished(pieces, "Tom has n1-n2=", "6", mask.unmask) == "Tom has n1-n2=7"


@pytest.fixture(scope="module", params=["t5", "qwen"])
def reasoning(request, tmp_path_factory):
    """A student that writes equations, but was not trained enough to compute."""
    folder = tmp_path_factory.mktemp(request.param)
    settings = {"method": "full", "pipeline": "direct", "steps": 120}
    path = tune(folder, request.param, mode="cot", rows=30, **settings)
    return student.load(path, "transformers")


def equations(drafts):
    from kpdd_cli import diagnosis

    read = (diagnosis.read_text(draft.rationale or "") for (draft,) in drafts)
    return [one for one in read if one is not None]


def test_equations_hold_in_any_batch(reasoning):
    guessed = generation.solve(reasoning, ASKED)
    alone = generation.solve(reasoning, ASKED, batch_size=1, calculator=True)
    assert generation.solve(reasoning, ASKED, batch_size=3, calculator=True) == alone
    assert equations(alone)
    assert not any(one.slips for one in equations(alone))
    assert alone != guessed


def test_beams_and_samples_are_computed_too(reasoning):
    beams = generation.solve(reasoning, ASKED[:3], beams=3, calculator=True)
    assert {len(drafts) for drafts in beams} == {3}
    sampling = generation.Sampling(2, temperature=0.7)
    drawn = generation.sample(reasoning, ASKED[:3], sampling, calculator=True)
    found = equations([(draft,) for drafts in [*beams, *drawn] for draft in drafts])
    assert found
    assert not any(one.slips for one in found)
    again = generation.sample(reasoning, ASKED[1:2], sampling, batch_size=1, calculator=True)
    assert again == drawn[1:2]


def test_ask_computes_unless_told_not_to(reasoning):
    (row,) = ask.run(reasoning.path, QUESTIONS[1:2])
    ((draft,),) = generation.solve(reasoning, QUESTIONS[1:2], calculator=True)
    assert row["rationale"] == draft.rationale
    (row,) = ask.run(reasoning.path, QUESTIONS[1:2], calculator=False)
    ((draft,),) = generation.solve(reasoning, QUESTIONS[1:2])
    assert row["rationale"] == draft.rationale


def test_an_engine_without_a_calculator_says_so(reasoning):
    pytest.importorskip("ctranslate2")
    fast = student.load(reasoning.path, "ctranslate2")
    with pytest.raises(UsageError, match="calculator"):
        answering.answers(fast, QUESTIONS[:1], beams=1, calculator=True)
