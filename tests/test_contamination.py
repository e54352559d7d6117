"""What repeats a held-out question, and what only resembles it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdd_cli import benchmarks
from kpdd_cli.contamination import HeldOut, HeldOutSet, words

LONG = (
    "Every Saturday the lighthouse keeper carries 12 buckets of paint up the spiral stairs, and on "
    "Sunday he carries 5 more. How many buckets does he carry in three weekends?"
)
SHORT = "What is half of 18?"
HELD_OUT = HeldOutSet([HeldOut("test set", "long", LONG), HeldOut("test set", "short", SHORT)])


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (LONG, "the same words"),
        (LONG.upper().replace(",", ""), "the same words"),
        (LONG.replace("12", "1,200").replace("three", "21"), "the same words"),
        ("what is HALF of seven", "the same words"),
        (f"Read with care. {LONG} Show your work.", "13 words in a row"),
        (LONG.replace("lighthouse keeper", "painter"), "13 words in a row"),
        (" ".join(LONG.split()[:14]), "13 words in a row"),
        (" ".join(LONG.split()[4:16]), "100% of the 8-word runs"),
    ],
)
def test_contaminated(text: str, rule: str):
    overlap = HELD_OUT.nearest(text)
    assert overlap is not None
    assert overlap.contaminated
    assert overlap.how.startswith(rule)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "18",
        "What is a third of 18?",
        "A baker carries 12 buckets of flour up the stairs. How many does he carry in 3 days?",
    ],
)
def test_not_contaminated(text: str):
    overlap = HELD_OUT.nearest(text)
    assert overlap is None or not overlap.contaminated


def test_a_stock_phrase_is_an_overlap_and_no_contamination():
    phrase = "how many more buckets than that does he have left"
    held_out = HeldOutSet(
        [HeldOut("set", "1", f"Ann packs and sells and gives things away; {phrase}")]
    )
    overlap = held_out.nearest(f"Ben mows two of the lawns in our street on each morning; {phrase}")
    assert overlap is not None
    assert not overlap.contaminated
    assert overlap.share < 0.5


def test_the_held_out_text_that_is_nearest_is_named():
    other = LONG.replace("Sunday he carries 5 more", "Monday he rests")
    held_out = HeldOutSet([HeldOut("s", "other", other), HeldOut("s", "long", LONG)])
    overlap = held_out.nearest(f"{LONG} Please.")
    assert overlap is not None
    assert overlap.held_out.id == "long"


def test_digest_tells_texts_apart_and_not_their_order():
    texts = [HeldOut("s", "1", LONG), HeldOut("s", "2", SHORT)]
    assert HeldOutSet(texts).digest == HeldOutSet(texts[::-1]).digest
    assert HeldOutSet(texts).digest != HeldOutSet(texts[:1]).digest


@given(st.text(max_size=60))
def test_no_text_raises(text: str):
    assert HELD_OUT.nearest(text) is None or words(text)


@given(st.lists(st.text(min_size=1), min_size=1))
def test_a_held_out_text_is_found_if_it_has_words(texts: list[str]):
    held_out = HeldOutSet(HeldOut("s", str(n), text) for n, text in enumerate(texts))
    for text in texts:
        overlap = held_out.nearest(text)
        assert bool(words(text)) == (overlap is not None and overlap.same)


def test_train_and_test_of_gsm8k_share_a_handful(shared_data):
    def questions(part: str) -> list[str]:
        source = str(shared_data / "gsm8k" / f"{part}.jsonl")
        return [row["question"] for row in benchmarks.read(source)]

    held_out = HeldOutSet(HeldOut("test", str(n), q) for n, q in enumerate(questions("test")))
    overlaps = map(held_out.nearest, questions("train"))
    assert sum(bool(overlap and overlap.contaminated) for overlap in overlaps) == 8
