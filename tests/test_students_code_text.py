"""Programs survive tokenizers that lose characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_models import byte_tokenizer, t5_tokenizer
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

from kpdd_cli.errors import StudentError
from kpdd_cli.students.codec import codec

PROGRAM = (
    "def f(x):\n    d = {'a': 3}\n    if x < 2  and x > 1:\n\treturn d['a'] \\ 2\n\nanswer = f(1)"
)
T5 = codec(t5_tokenizer(), is_encoder_decoder=True)
BYTES = codec(byte_tokenizer(), is_encoder_decoder=False)


def test_a_t5_tokenizer_alone_mangles_programs():
    """The fault that the encoding is for (huggingface/transformers#21836)."""
    assert not T5.writing.holds(PROGRAM)


@pytest.mark.parametrize("text_codec", [T5, BYTES], ids=["unigram", "byte-level"])
def test_programs_come_back(text_codec):
    ids = text_codec.target_ids(PROGRAM)
    assert ids is not None
    assert text_codec.text(ids) == PROGRAM


@given(st.text("ab1 \n\t{}<>|=\\\"'_~^`s2€½", max_size=60))
def test_any_text_survives_the_gaps_of_t5(text):
    assert T5.writing.round_trips(text)
    assert T5.text(T5.target_ids(text)) == text


@given(st.text("ab |34s\n<c", max_size=40))
def test_any_text_can_be_decoded(text):
    assert isinstance(T5.writing.decode(text), str)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("x = 1\ny = 2", "x = 1 | y = 2"),
        ("a\n    b", "a | |4s|b"),
        ("a < b", "a |3c| b"),
        ("a  b", "a|2s|b"),
        ("a | b", "a |7c| b"),
        ("a\n\nb\n", "a | | b |"),
        ("plain", "plain"),
    ],
)
def test_the_writing_of_what_t5_loses(text, written):
    assert T5.writing.encode(text) == written
    assert T5.writing.decode(written) == text


@pytest.mark.parametrize("scribble", ["|d800|", "|110000|", "|9999999999s|", "|zz|"])
def test_what_is_no_character_does_no_harm(scribble):
    assert len(T5.writing.decode(scribble)) < 2000
    T5.writing.decode(scribble).encode()


def test_a_tokenizer_that_loses_nothing_gets_the_text_itself():
    assert BYTES.writing.mark is None
    assert BYTES.writing.encode(PROGRAM) is PROGRAM


def test_a_target_that_does_not_come_back_is_refused():
    combining = "e\u0301"  # NFC makes one character of it
    tokenizer = byte_tokenizer()
    from tokenizers import normalizers

    tokenizer.backend_tokenizer.normalizer = normalizers.NFC()
    assert codec(tokenizer, is_encoder_decoder=False).target_ids(combining) is None


def test_a_tokenizer_without_any_mark_is_refused():
    tokenizer = Tokenizer(models.WordLevel({"a": 0, "<unk>": 1, "</s>": 2}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    words = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="</s>")
    with pytest.raises(StudentError, match="--base"):
        codec(words, is_encoder_decoder=False)


def test_a_tokenizer_without_an_end_is_refused():
    tokenizer = byte_tokenizer()
    tokenizer.eos_token = None
    with pytest.raises(StudentError, match="eos_token"):
        codec(tokenizer, is_encoder_decoder=False)


def test_prompts_end_as_the_family_reads_them():
    assert T5.prompt_ids("a b")[-1] == T5.end
    assert BYTES.prompt_ids("a b")[-1] != BYTES.end
    ending = codec(byte_tokenizer(ends_texts=True), is_encoder_decoder=False)
    assert ending.prompt_ids("a b") == BYTES.prompt_ids("a b")


def test_text_stops_at_the_first_end_and_skips_padding():
    ids = T5.target_ids("a b")
    assert T5.text([T5.pad, *ids, *T5.target_ids("c")]) == "a b"
