"""Token ids of both families: where prompts end, where targets end, and chats."""

import pytest
import tiny_models

from kpdd_cli.students import embedded
from kpdd_cli.students.codec import codec

CHATML = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n"
    "{% if enable_thinking is defined and not enable_thinking %}<think>\n\n</think>\n\n{% endif %}"
    "{% endif %}"
)
# Ends a turn in words of its own, as base models do.
PLAIN = (
    "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}"
    "{% if add_generation_prompt %}assistant: {% endif %}"
)


def tuned(template):
    """A byte-level tokenizer of a model that was tuned for chats."""
    tokenizer = tiny_models.byte_tokenizer()
    tokenizer.add_special_tokens({"additional_special_tokens": ["<|im_start|>", "<|im_end|>"]})
    tokenizer.chat_template = template
    return tokenizer


def test_an_encoder_reads_a_text_ended_as_its_tokenizer_ends_it():
    t5 = codec(tiny_models.t5_tokenizer(), is_encoder_decoder=True)
    assert t5.prompt_ids("Problem: Tom")[-1] == t5.end
    assert t5.target_ids("apples = 3")[-1] == t5.end
    assert t5.target_ids("apples = 3").count(t5.end) == 1


@pytest.mark.parametrize("ends_texts", [False, True])
def test_a_decoder_goes_on_from_a_line_that_is_not_ended(ends_texts):
    tokenizer = tiny_models.byte_tokenizer(ends_texts=ends_texts)
    made = codec(tokenizer, is_encoder_decoder=False)
    ids = made.prompt_ids("Problem: Tom")
    assert tokenizer.decode(ids) == "Problem: Tom\n"
    assert made.target_ids("apples = 3")[-1] == made.end


def test_a_model_tuned_for_chats_reads_the_users_turn_and_does_not_think():
    tokenizer = tuned(CHATML)
    made = codec(tokenizer, is_encoder_decoder=False)
    assert tokenizer.decode(made.prompt_ids("How many?")) == (
        "<|im_start|>user\nHow many?<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"
    )
    assert made.end == tokenizer.convert_tokens_to_ids("<|im_end|>")
    ids = made.target_ids("answer = {3}\n\tif x < 2:")
    assert ids[-1] == made.end
    assert made.text(ids) == "answer = {3}\n\tif x < 2:"


def test_a_turn_that_no_token_ends_is_ended_as_any_text():
    tokenizer = tuned(PLAIN)
    made = codec(tokenizer, is_encoder_decoder=False)
    assert made.chat
    assert made.end == tokenizer.eos_token_id
    assert tokenizer.decode(made.prompt_ids("How many?")) == "user: How many?\nassistant: "


@pytest.mark.parametrize("template", ["{{ raise_exception('a system prompt, please') }}", "{% if"])
def test_a_template_that_cannot_show_a_question_is_left_alone(template):
    made = codec(tuned(template), is_encoder_decoder=False)
    assert not made.chat
    assert made.end == made.tokenizer.eos_token_id


def test_an_encoder_decoder_has_no_chat():
    tokenizer = tiny_models.t5_tokenizer()
    tokenizer.chat_template = CHATML
    assert not codec(tokenizer, is_encoder_decoder=True).chat


@pytest.mark.parametrize("name", ["t5", "byte", "embedded"])
@pytest.mark.parametrize("following", ["x1 = 3", "apples = 3", "3", "- Tom has 3 apples."])
def test_what_is_begun_is_how_the_target_begins(name, following):
    begun = "How many apples?\n- Tom has 3 apples.\nProgram:"
    if name == "embedded":
        texts = [f"{begun}\n{more} = 3\nanswer = {more}" for more in ("apples", "x1", "3")] * 20
        tokenizer = embedded.build(embedded.NAME, texts, 0)[1]
    else:
        tokenizer = {"t5": tiny_models.t5_tokenizer, "byte": tiny_models.byte_tokenizer}[name]()
    made = codec(tokenizer, is_encoder_decoder=name != "byte")
    ids = made.begun_ids(begun)
    assert made.target_ids(f"{begun}\n{following}")[: len(ids)] == ids
    assert made.text(ids).rstrip("\n") == begun
    assert made.begun_ids("") == []
