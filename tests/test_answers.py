"""The one comparer, and what it reads out of a rationale."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdd_cli.answers import ANSWER_SENTENCE, Reading, matches, read

SAME = {
    "integers": [("18", "18"), ("18", "018"), ("+18", "18"), ("18.", "18"), ("-5", "−5")],
    "large integers": [("9" * 5000, "9" * 5000 + ".0"), (f"{10**30:,}", str(10**30))],
    "whole decimals": [("18", "18.0"), ("18.00", "18")],
    "float noise": [("17.999999999999996", "18"), ("0.30000000000000004", "0.3")],
    "rounded": [("1.3333333", "1.33"), ("2/3", "0.667"), ("53.333333", "53.3"), ("1/6", "0.17")],
    "fractions": [("1/2", "0.5"), ("2/4", "1/2"), (r"\frac{1}{2}", "1/2"), ("½", "0.5")],
    "mixed numbers": [("1 1/2", "1.5"), ("1½", "3/2"), ("2 and 1/4", "2.25"), ("1-1/2", "1.5")],
    "percent": [("50%", "50"), ("50%", "0.5"), ("50 percent", "50%"), ("12.5 per cent", "0.125")],
    "money": [("$18", "18"), ("$1,234.50", "1234.5"), ("€18", "18"), ("-$5", "-5"), ("US$5", "5")],
    "separators": [("1,234,567", "1234567"), ("1 234 567", "1234567"), ("12,34,567", "1234567")],
    "locales": [("1.234.567", "1234567"), ("1.234,50", "1234.5"), ("3,5", "3.5"),
                ("1 234,56", "1234.56"), ("1.234,56", "1234.56"), ("1_000", "1000")],
    "scales": [("$1.5 million", "1500000"), ("2 billion", "2,000,000,000"), ("3 thousand", "3e3")],
    "powers": [("10^6", "1000000"), ("10²", "100"), ("1.5×10³", "1500"), ("6.02e23", "6.02×10²³")],
    "scientific": [("1.5e3", "1500"), ("1.5 x 10^3", "1500"), (r"1.5 \times 10^{3}", "1500")],
    "units": [("18 apples", "18"), ("18 km/h", "18"), ("5 m²", "5"), ("about 18 eggs", "18")],
    "several values": [("9; 12", "9 and 12"), ("(9, 12)", "9; 12"), ("9, 12 and 15", "9; 12; 15"),
                       ("(5,7)", "5; 7"), ("[1,2,3]", "1; 2; 3"), ("(1,234)", "1234")],
    "names": [("Tom and Ann", "Ann and Tom"), ("Tom, Ann", "Tom and Ann"), ("A; B", "A and B")],
    "compound": [("5 hours 30 minutes", "5 hours and 30 minutes"), ("5h 30m", "5.5 hours"),
                 ("5 hours 30 minutes", "330"), ("1 hour and 20 minutes", "1; 20"),
                 ("5 ft. 6 in.", "66 inches"), ("1 day, 2 hours", "26"), ("5 ft 6 in", "5; 6")],
    "sets": [("{9, 12}", "12; 9"), ("9 or 12", "12 or 9")],
    "remainders": [("4 R 2", "4; 2"), ("4 remainder 2", "4; 2")],
    "times": [("6:00 p.m.", "6 PM"), ("8:30 a.m.", "8:30"), ("12:30:00", "12:30"),
              ("11 p.m.", "11pm"), ("15:30", "3:30 PM"), ("0:15", "12:15 a.m."),
              ("noon", "12 p.m."),
              ("12 noon", "12:00")],
    "ratios": [("3:4", "3 : 4"), ("2 to 1", "2:1")],
    "yes and no": [("yes", "Yes."), ("True", "yes"), ("no", "false"), ("Yes, he can", "yes")],
    "sayings": [("The answer is 18", "18"), ("#### 18", "18"), ("Answer: $18.", "18")],
    "words": [("Mrs. Hilt", "mrs hilt"), ("Red, blue", "red blue"), ("**Ann**", "Ann")],
    "LaTeX": [(r"\text{Ann}", "Ann"), (r"\$18", "18"), (r"50\%", "50%")],
}  # fmt: skip

DIFFERENT = {
    "integers": [("18", "81"), ("18", "-18"), ("1234567", "1234568"), ("1234567.0", "1234568")],
    "large integers": [("9" * 5000, "9" * 4999 + "8"), (str(10**30), str(10**30 + 1))],
    "decimals": [("1.5", "1.6"), ("0.05", "0.054"), ("1.5", "1.54"), ("18", "18.001")],
    "rounded": [("1.34", "1.33"), ("4/3", "1.34"), ("1", "1.33")],
    "scales": [("1.5 million", "1.5"), ("2 million", "2 billion"), ("3 thousand", "3")],
    "powers": [("10^6", "10"), ("10²", "10"), ("2^-1", "2"), ("9^999999", "9")],
    "names": [("Tom, Ann", "Ann, Tom"), ("Tom", "Tom and Ann"), ("Tom and Ann", "Tom and Ben")],
    "compound": [
        ("5 hours 30 minutes", "5"),
        ("5 hours 30 minutes", "30"),
        ("5 h 30 s", "5.5"),
        ("5 ft 6 in", "5 hours 30 minutes"),
        ("5 ft 30 min", "5.5"),
    ],
    "fractions": [("1/2", "2/1"), ("1/2", "1; 2"), ("1/0", "0")],
    "mixed numbers": [("1 1/2", "11/2"), ("1 1/2", "1")],
    "percent": [("50", "0.5"), ("50%", "5"), ("0.5%", "0.5; 1")],
    "separators": [("1,234", "1; 234"), ("1,234", "1.234")],
    "scientific": [("1e3", "1e4"), ("1e999999999", "1e999999998")],
    "several values": [("9; 12", "12; 9"), ("9; 12", "9"), ("9; 12", "9; 12; 15")],
    "sets": [("{9, 12}", "{9, 13}"), ("{9, 9}", "{9, 12}")],
    "times": [
        ("8:30", "8:31"),
        ("6 a.m.", "6 p.m."),
        ("8:30", "8.5"),
        ("15:30", "3:30"),
        ("15:30", "3:30 a.m."),
        ("12:15 p.m.", "0:15"),
    ],
    "yes and no": [
        ("yes", "no"),
        ("yes", "1"),
        ("True", "1"),
        ("yes, 5", "5"),
        ("no", "0"),
        ("False", "0"),
    ],
    "words": [("Ann", "Ben"), ("Ann", "18"), ("", ""), ("", "0"), (" ", " ")],
}


def cases(table: dict[str, list[tuple[str, str]]]) -> list[object]:
    return [
        pytest.param(a, b, id=f"{kind} {i}")
        for kind, pairs in table.items()
        for i, (a, b) in enumerate(pairs)
    ]


@pytest.mark.parametrize(("a", "b"), cases(SAME))
def test_the_same_answer(a: str, b: str) -> None:
    assert matches(a, b)
    assert matches(b, a)


@pytest.mark.parametrize(("a", "b"), cases(DIFFERENT))
def test_another_answer(a: str, b: str) -> None:
    assert not matches(a, b)
    assert not matches(b, a)


answer_like = st.text("0123456789.,:;/-+%$ eE()[]{}x*^\\apmrdyno½\n", max_size=24)
texts = answer_like | st.text(max_size=40)


@given(texts, texts)
def test_matching_is_symmetric(a: str, b: str) -> None:
    assert matches(a, b) == matches(b, a)


@given(texts)
def test_a_text_matches_itself(text: str) -> None:
    assert matches(text, text) == bool(text.strip())


@given(texts)
def test_reading_states_something_or_none(rationale: str) -> None:
    reading = read(rationale)
    assert reading is None or reading.text.strip()


@given(st.integers(), st.integers())
def test_integers_match_only_themselves(a: int, b: int) -> None:
    assert matches(f"{a:,}", str(b)) == (a == b)
    assert matches(str(a), f"${a}.00 in all")


@given(st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False))
def test_a_float_matches_its_own_texts(number: float) -> None:
    assert matches(repr(number), f"{number:.17g}")


@given(st.fractions(max_denominator=10**6))
def test_a_fraction_matches_its_multiples(fraction: object) -> None:
    top, _, bottom = str(fraction).partition("/")
    assert matches(str(fraction), f"{int(top) * 3}/{int(bottom or 1) * 3}")


@given(
    st.integers().map(str)
    | st.lists(st.integers(), min_size=1, max_size=4).map(lambda many: "; ".join(map(str, many)))
    | st.decimals(-1000, 1000, places=2).map(str)
    | st.sampled_from(("Mrs. Hilt", "6 p.m.", "U.S.A.", "Dr. Smith", "yes", "8:30", "$1,234.50"))
    | st.sampled_from(("5 ft. 6 in.", "Jan. 5", "1 1/2", "50%", "18 apples"))
)
def test_the_answer_sentence_is_read_back(answer: str) -> None:
    sentence = ANSWER_SENTENCE.format(answer=answer)
    assert read(f"She has 3 + 4 = 7. So 7 are left.\n{sentence}") == Reading(
        answer, "answer sentence"
    )


@pytest.mark.parametrize(
    ("rationale", "text", "rule"),
    [
        ("16 - 3 = 13. The answer is 13.", "13", "answer sentence"),
        ("The answer is 13. That is all.", "13", "answer sentence"),
        ("The answer is 13 apples. He ate 4.", "13 apples", "answer sentence"),
        ("The answer is 3.5", "3.5", "answer sentence"),
        ("The answer is Mrs. Hilt.", "Mrs. Hilt", "answer sentence"),
        ("The answer is Mrs. Hilt", "Mrs. Hilt", "answer sentence"),
        ("The answer is 6 p.m.", "6 p.m.", "answer sentence"),
        ("The answer is 12. No: the answer is 13.", "13", "answer sentence"),
        ("The final answer is: **13**.", "13", "answer sentence"),
        (r"The answer is $\boxed{13}$.", "13", "answer sentence"),
        ("The answer is $13$.", "13", "answer sentence"),
        ("#### 18\nThe answer is 13.", "13", "answer sentence"),
        ("He has 5.\nA: 13", "13", "answer line"),
        ("He has 5.\nA: 13.", "13", "answer line"),
        ("He has 5.\n#### 1,300", "1,300", "answer line"),
        ("He has 5.\n**Answer:** 13 eggs", "13 eggs", "answer line"),
        ("He has 5.\n### Final Answer\n13 eggs", "13 eggs", "answer line"),
        (r"A: 5 or \boxed{7}", "7", "answer line"),
        (r"So \boxed{\frac{1}{2}} of 8.", r"\frac{1}{2}", "boxed"),
        ("He has 5 + 8 = <<5+8=13>>13 eggs.", "13", "last number"),
        ("5 + 8 = 13 eggs are left. Well done", "13", "last number"),
        ("It costs $1,234.50.", "$1,234.50", "last number"),
        ("He ran 2 1/2 miles.", "2 1/2", "last number"),
        ("He needs 3½ cups.", "3½", "last number"),
        ("He has −5 left", "−5", "last number"),
        ("It is 3.5e6 m.", "3.5e6", "last number"),
        (r"So \boxed{\frac{\sqrt{3}}{2}}.", r"\frac{\sqrt{3}}{2}", "boxed"),
    ],
)
def test_reading(rationale: str, text: str, rule: str) -> None:
    reading = read(rationale)
    assert reading is not None
    assert (reading.text, reading.rule) == (text, rule)


@pytest.mark.parametrize("rationale", ["", "I do not know.", r"\boxed{", "The answer is"])
def test_nothing_to_read(rationale: str) -> None:
    assert read(rationale) is None


def test_agrees_with_the_labels_of_published_rationales(shared_data: Path) -> None:
    agreed = []
    with (shared_data / "rationales" / "gsm8k-model-solutions.jsonl").open(encoding="utf-8") as f:
        for row in map(json.loads, f):
            gold = read(row["ground_truth"])
            assert gold is not None
            for solution in (part for part in row.values() if isinstance(part, dict)):
                stated = read(solution["solution"])
                correct = stated is not None and matches(stated.text, gold.text)
                agreed.append(correct == solution["is_correct"])
    assert len(agreed) == 5276
    assert sum(agreed) >= 0.995 * len(agreed)
