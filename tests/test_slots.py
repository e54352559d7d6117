# ruff: noqa: SIM905 (lists of words read better as text)
"""Slots: numbers, names and words out, and back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdd_cli.students.slots import NAMES, NUMBERS, PIECES, WORDS, Slots

MIA = "Mia had 12 stamps, gave 5 to Leo and bought three packs of 4. How many has Mia now?"
# Text in which everything that slots look at is near to everything else.
NASTY = st.lists(
    st.sampled_from(
        "Mia|mia|MIA|Leo|three|Three|twenty-five|12|1,200|1,2000|2.50|2.5|.5|05|3rd|n1|N1|P1|p2|P13|"
        "x1|a = 2|\n|_|-|,|.|'s|\u0663|\u00e9| |\n".split("|")
    )
).map("".join)
TEXTS = st.one_of(NASTY, st.text())


@given(TEXTS, TEXTS)
def test_what_holds_no_slot_and_not_the_question_comes_back_as_it_was(question, text):
    for kind in "nNpPwWvVxsq":
        text = text.replace(kind, "")
    slots = Slots.of(question)
    if not slots.statements.question or slots.statements.question not in text:
        assert slots.unmask(slots.mask(text)) == text


@given(TEXTS, TEXTS)
def test_nothing_fails(question, text):
    slots = Slots.of(question)
    assert isinstance(slots.unmask(slots.mask(text)), str)
    assert isinstance(slots.unmask(text), str)


@given(TEXTS)
def test_slots_are_pieces(question):
    assert set(Slots.of(question).texts) <= set(PIECES)


@pytest.mark.parametrize(
    ("question", "masked"),
    [
        (MIA, "P1 had n1 w1, gave n2 to P2 and bought N3 packs of n4. How many has P1 now?"),
        ("It costs $2.50, not $1,200.", "It costs $N1, not $N2."),
        ("Twenty-five of 60% in 3/4 hours", "N1 of n2% in n3/n4 hours"),
        ("He ran 5km on the 3rd day.", "He ran n1km on the 3rd day."),
        ("One of the 3-eyed monsters", "One of the n1-w1 w2"),
        ("Did Mr. Smith's poodle buy it on Monday?", "Did Mr. P1's w1 buy it on Monday?"),
        ("Hens lay. 3 hens", "W1 lay. n1 w1"),
        ("3 foxes; Foxes eat. A fox eats, Fox by fox", "n1 w1; W1 eat. A v1 eats, V1 by v1"),
        ("A dish, 3 dishes, a spoon", "A w1, n1 v1, a w2"),
        ("mia has 3.", "w1 has n1."),
        ("Zo\u00eb and Nils have 7.", "P1 and P2 have n1."),
        ("Pack P1 holds 3, pack P2 4.", "Pack P1 holds n3, pack P2 n4."),
        ("Will has 2. Will you sell it?", "Will has n1. Will you sell it?"),
        ("", ""),
    ],
)
def test_what_gets_a_slot(question, masked):
    assert _masked(question) == masked


@pytest.mark.parametrize(
    ("question", "text", "masked"),
    [
        (MIA, "mia_stamps = 12 - 5 + 3 * 4", "x1 p1_w1 = n1 - n2 + n3 * n4"),
        (MIA, "weeks = 12 / 7", "x1 weeks = n1 / 7"),
        (MIA, "- bought three packs of 4", "- bought N3 packs of n4"),
        (MIA, "stamp_price = 2", "x1 v1_price = 2"),
        ("5 hens eat grain. Each hen", "hen, hens", "v1, w1"),
        ("5 foxes, 3 cherries, a cookie", "fox cherry cookies", "v1 v2 v3"),
        ("It costs $2.50.", "price = 2.5", "x1 price = n1"),
        ("It costs $2.50.", "price = 2.50", "x1 price = N1"),
        ("He paid $1,200.", "paid = 1200", "x1 paid = n1"),
        ("3 boxes hold 3 pens each.", "3 * 3 == 3.5 - 13", "n1 * n2 == 3.5 - 13"),
        ("Three men and three boys", "3 + 3", "n1 + n2"),
    ],
)
def test_what_is_derived_from_a_question_shares_its_slots(question, text, masked):
    assert Slots.of(question).mask(text) == masked


def test_a_name_in_a_question_is_the_same_in_its_key_points_and_its_program():
    text = "How many has Mia now?\n- Leo had 5\nProgram:\nleo_stamps = 5\nleft = leo_stamps - 3"
    assert Slots.of(MIA).mask(text) == (
        "q1\n- P2 had n2\nProgram:\nx1 p2_w1 = n2\nx2 left = x1 - n3"
    )


def test_a_repeated_number_comes_in_the_order_of_the_question():
    slots = Slots.of("He had three cats, got 3 dogs and 5 more in 3 weeks.")
    assert slots.mask("- three cats, 3 dogs\na = 3\nb = 3\nc = 3 * 5\nd = 3") == (
        "- N1 w1, n1 w2\nx0\nx1 a = n1\nx2 b = n2\nx3 c = n4 * n3\nx4 d = n1"
    )


def test_a_slot_that_the_question_lacks_stays():
    assert Slots.of("2 cats").unmask("n1 + n2") == "2 + n2"


@pytest.mark.parametrize(
    ("words", "most"),
    [
        ([str(number) for number in range(10, 40)], NUMBERS),
        ([f"{chr(65 + number)}xyz" for number in range(26)], NAMES),
        ([f"{chr(97 + number)}xyz" for number in range(26)], WORDS),
    ],
)
def test_what_is_beyond_the_last_slot_stays(words, most):
    question = " and ".join(words)
    masked = _masked(question).split(" and ")
    assert masked[most - 1] in PIECES
    assert masked[most:] == words[most:]


def _masked(question):
    """The question word by word, not taken apart."""
    return Slots.of(question).mask(question.replace(" ", "\n", 1)).replace("\n", " ")
