"""The gold teacher: key points, rationales and programs from a row's own solution."""

from __future__ import annotations

import builtins
import keyword
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from kpdd_cli import answers, benchmarks, programs
from kpdd_cli.errors import UsageError
from kpdd_cli.records import KeyPoints, Row
from kpdd_cli.teachers.gold import GoldTeacher
from kpdd_cli.teachers.gold.expressions import evaluate, parse
from kpdd_cli.teachers.gold.linear import solve


def key_points(row: Row) -> KeyPoints:
    (annotation,) = GoldTeacher().extract([row])
    assert annotation.value is not None
    return annotation.value


def rationale(row: Row, mode: str) -> str:
    (annotation,) = GoldTeacher().solve([(row, 0)], mode)  # type: ignore[arg-type]
    return annotation.value.text if annotation.value else f"none: {annotation.why}"


def value(program: str) -> str | None:
    (outcome,) = programs.run([program])
    return outcome.value if outcome.status == "ok" else f"{outcome.status}: {outcome.why}"


WORKED: Row = {
    "question": "A baker made 60 rolls in the morning and half as many buns at noon. He gave 12 "
    "rolls away. How many rolls and buns were left altogether?",
    "answer": "78",
    "solution": "He made 60/2 = <<60/2=30>>30 buns at noon.\n"
    "After the gift he had 60-12 = <<60-12=48>>48 rolls.\n"
    "There were 30+48 = <<30+48=78>>78 rolls and buns left altogether.",
}
DISTRACTED: Row = {
    "question": "Ivo had 26 pears and 17 figs. He ate 14 figs and 9 pears. How many pears did Ivo "
    "have left?",
    "answer": "17",
    "equation": "( 26.0 - 9.0 )",
}


def test_steps_are_chained_by_name() -> None:
    assert rationale(WORKED, "pot") == (
        "rolls_made = 60\n"
        "rolls_given = 12\n"
        "buns_at_noon = rolls_made / 2\n"
        "rolls = rolls_made - rolls_given\n"
        "total_rolls = buns_at_noon + rolls\n"
        "answer = total_rolls\n"
    )


def test_a_worked_solution_loses_its_marks_and_ends_in_the_answer_sentence() -> None:
    text = rationale(WORKED, "cot")
    assert "<<" not in text
    assert "He made 60/2 = 30 buns at noon." in text
    assert text.endswith("\nThe answer is 78.")


def test_an_equation_is_told_step_by_step() -> None:
    assert rationale(DISTRACTED, "cot") == "Remaining pears: 26 - 9 = 17.\nThe answer is 17."


def test_facts_leave_out_what_the_equation_does_not_use() -> None:
    found = key_points(DISTRACTED)
    assert found.core_question == "How many pears did Ivo have left?"
    assert found.information == ("Ivo had 26 pears.", "He ate 9 pears.")


def test_a_fact_with_only_unused_numbers_is_left_out() -> None:
    question = "Lea read 40 pages. Her desk has 3 drawers. Then she read 25 more. How many pages?"
    row = {"question": question, "answer": "65", "equation": "40+25=65"}
    assert key_points(row).information == ("Lea read 40 pages.", "She read 25 more.")


def test_a_relation_without_a_number_stays() -> None:
    question = "Of 20 pens 8 are red. The rest are blue. How many are blue?"
    row = {"question": question, "answer": "12", "solution": "20-8=<<20-8=12>>12 are blue."}
    assert "The rest are blue." in key_points(row).information


def test_two_equal_numbers_go_to_the_right_quantities() -> None:
    question = "Each of 5 cups holds 5 beans. Ann breaks 2 cups. How many beans are in cups?"
    row = {"question": question, "answer": "15", "equation": "X=(5.0*(5.0-2.0))"}
    names = [line.split(" = ")[0] for line in rationale(row, "pot").splitlines()]
    assert len(names) == len(set(names))
    assert value(rationale(row, "pot")) == "15"


def test_a_result_is_no_quantity_of_the_equation() -> None:
    # 12 - 7 is 5 by accident: the 5 of the equation is the price.
    question = "Tim earns 5 dollars a lawn. He had 12 lawns but forgot 7 of them. What did he earn?"
    row = {"question": question, "answer": "25", "equation": "X=(5.0*(12.0-7.0))"}
    assert re.search(r"^\w+ = 5$", rationale(row, "pot"), re.M)


@pytest.mark.parametrize(
    ("question", "solution", "answer"),
    [
        ("A hen lays 3 eggs a day. How many a week?", "3 x 7 = 21 eggs.", "21"),
        ("Of 40 people 25% left. How many left?", "Left:40(.25)=10 people", "10"),
        ("2 - 1/2 cups, 14 times. How many?", "2 - 1/2 = 1 1/2\n14 * 1 1/2 = 21", "21"),
        ("Of 1,200 men 300 go. How many stay?", "1,200 men - 300 men = 900 men", "900"),
        ("He spent $5 and $7. How much in all?", "$5 + $7 = $12 were spent.", "12"),
        ("It was 50 - 20. What is it?", "It is 30 because 50 - 20 = <<30=30>>30", "30"),
        ("5/6 of a pie weigh 100 g. And all?", "Let x be it. 5x/6=100 g\nx=<<120=120>>120", "120"),
        ("A has 4 more than B, both 20. B?", "Let b be B's. b + b + 4 = 20\n2b = 16\nb = 8", "8"),
        (
            "Ed has 5 less than 4 times Al's. Both have 30. What has Ed?",
            "Ed = 4A - 5\n5A - 5 = 30\n5A = 35\nA = <<7=7>>7\nEd has 23.",
            "23",
        ),
        ("Of 10 parts 3 are good. What percentage is good?", "3/10 = <<3/10=.3>>.3, or 30%", "30"),
        ("7 boys share rides of 2. How many rides?", "7/2 = <<7/2=4>>4 rides, rounded up.", "4"),
        ("9 tons, trips of 2 tons. How many trips?", "<<ceil(9/2)=5>>", "5"),
        ("9 eggs in rows of 4. How many are over?", "<<floor(9/4)=2>>\n<<2*4=8>>\n<<9-8=1>>", "1"),
    ],
)  # fmt: skip
def test_computations_are_read_from_the_text(question: str, solution: str, answer: str) -> None:
    row = {"question": question, "answer": answer, "solution": solution}
    assert answers.matches(str(value(rationale(row, "pot"))), answer)


@pytest.mark.parametrize(
    ("question", "equation", "answer"),
    [
        ("Put 47 nuts into jars of 6. How many are left?", "47/6=7 r5", "5"),
        ("Put 47 nuts into jars of 6. How many jars are full?", "47/6=7 r5", "7"),
        ("47 men ride in cars of 6. How many cars?", "47/6=7 r5", "8"),
        ("17 pens, 7 boys. How many more are needed?", "17/7=2 r3; 7-3=4", "4"),
        ("12 reds, 18 blues and 30 greens in equal bags?", "GCD(12,18,30)=6", "6"),
        ("Buses come every 6 and 8 minutes. When together?", "LCM[6,8]=24", "24"),
        ("The ratio of cats to dogs is 3:4. There are 12 cats. How many dogs?", "3:4=12:16", "16"),
        ("Cats to dogs are 3:4. Of 21 pets how many are dogs?", "7:4=21:12", "12"),
        ("Find the ratio of 15 boys to 20 girls.", "15:20=3:4", "3:4"),
        ("Rows of 2, 5, 8 and 11 seats. If this pattern continues?", "2, 5, 8, 11, 14", "14"),
        ("Rows of 1, 2, 4 and 7 seats. If this pattern continues?", "1, 2, 4, 7, 11", "11"),
        ("Rows of 3, 6, 12 and 24 seats. If this pattern continues?", "3, 6, 12, 24, 48", "48"),
        ("A man is 30, 6 more than twice his son. How old is he?", "x:Son's age; 30=2x+6", "12"),
        ("Two numbers add to 20 and differ by 4.", "x:One; y:Other; x+y=20; x-y=4", "12; 8"),
        ("Ann is 5 more than Bo; together 29. Find both.", "b:Bo's age; (b+5)+b=29", "17; 12"),
        ("A square has an area of 64.", "64^(1/2)=8", "8"),
        ("3 dimes and 2 cents, in dollars?", "(3 (dime)*10 (cent/dime) + 2)/100 = 0.32", "0.32"),
        ("A bag of 2 kg and 500 g, in g?", "2 (kg)*1000 (g/kg) + 500 (g) = 2500 (g)", "2500"),
    ],
)
def test_formulas_become_programs(question: str, equation: str, answer: str) -> None:
    row = {"question": question, "answer": answer, "equation": equation}
    assert answers.matches(str(value(rationale(row, "pot"))), answer)


@pytest.mark.parametrize(
    "solution",
    [
        "She has <<72=72>>72 pens.",  # the mark computes nothing
        "She has 72*1 = <<72*1=72>>72 pens.",  # nor does this, and 72 comes from nowhere
        "x = -72, so she has <<-72=-72>>-72.",
        "She has 72 pens.",
    ],
)
def test_a_stated_answer_is_no_program(solution: str) -> None:
    row = {"question": "Eva has pens. How many?", "answer": "72", "solution": solution}
    assert rationale(row, "pot").startswith("none: ")


def test_the_gold_answer_is_not_written_into_a_program() -> None:
    row = {"question": "Al has 3 pens and 4 caps. What is it?", "answer": "99"}
    text = rationale(row | {"solution": "3+4=<<3+4=7>>7, so it is 99."}, "pot")
    assert "99" not in text
    assert value(text) == "7"


def test_an_answer_in_words_has_key_points_and_a_solution_but_no_program() -> None:
    row = {
        "question": "Bo has 50 nuts. Cy has 20. Who has more?",
        "answer": "Bo",
        "equation": "50 nuts(Bo) > 20 nuts(Cy)",
    }
    assert key_points(row).information == ("Bo has 50 nuts.", "Cy has 20.")
    assert rationale(row, "cot").endswith("The answer is Bo.")
    assert "answer is text" in rationale(row, "pot")


def test_a_row_without_solution_says_so() -> None:
    row = {"question": "How many?", "answer": "4"}
    (annotation,) = GoldTeacher().extract([row])
    assert annotation.value is None
    assert "neither a worked solution nor an equation" in annotation.why
    assert "neither" in rationale(row, "cot")


def test_a_second_sample_is_refused() -> None:
    with pytest.raises(UsageError, match="one solution"):
        list(GoldTeacher().solve([(WORKED, 1)], "cot"))


def test_the_rows_come_back_in_order_and_cost_nothing() -> None:
    teacher = GoldTeacher()
    rows = [WORKED, DISTRACTED, {"question": "How many?"}]
    assert [annotation.row for annotation in teacher.extract(rows)] == rows
    assert teacher.usage.requests == 0
    assert teacher.signature("extract")["name"] == "gold"


@pytest.mark.parametrize(
    ("text", "result"),
    [("2+3*4", "14"), ("20 - (3+4)", "13"), ("1,200 / 4", "300"), ("20% * 50", "10"),
     ("3 x 4", "12"), ("2(3+4)", "14"), ("1 1/2 * 4", "6"), ("12 ÷ 4 – 1", "2"), ("2^3", "8"),
     ("ceil(7/2)", "4"), ("floor(7/2) * 2", "6")],
)  # fmt: skip
def test_expressions(text: str, result: str) -> None:
    tree = parse(text)
    assert tree is not None
    assert str(evaluate(tree)) == result


@pytest.mark.parametrize("text", ["", "3 4", "3 +", "(3", "3 apples", "* 4", "3..4"])
def test_what_is_no_expression_is_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("left", "right", "result"),
    [
        ("5x/6", "12", "72/5"),
        ("x+x+30", "160", "65"),
        ("20/(x-1)", "2", "11"),
        ("3x-5", "x+7", "6"),
    ],
)
def test_linear_equations(left: str, right: str, result: str) -> None:
    sides = parse(left, unknowns=True), parse(right, unknowns=True)
    assert sides[0] is not None
    assert sides[1] is not None
    tree = solve(sides[0], sides[1], "x")
    assert tree is not None
    assert str(evaluate(tree)) == result


# ---------------------------------------------------------------------------- real data


def read(shared_data: Path, name: str, every: int = 1) -> list[Row]:
    return list(benchmarks.read(str(shared_data / name)))[::every]


def right(rows: Iterable[Row]) -> tuple[int, Counter[str], list[str]]:
    """How many programs are right, why the others are not, and all of them."""
    rows = list(rows)
    found = list(GoldTeacher().solve(((row, 0) for row in rows), "pot"))
    texts = [annotation.value.text for annotation in found if annotation.value]
    outcomes = programs.run(texts)
    reasons: Counter[str] = Counter()
    for annotation in found:
        if annotation.value is None:
            reasons[annotation.why] += 1
            continue
        outcome = next(outcomes)
        if outcome.value is None:
            reasons[outcome.status] += 1
        elif answers.matches(outcome.value, annotation.row["answer"]):
            reasons["right"] += 1
        else:
            reasons["wrong"] += 1
    return reasons["right"], reasons, texts


@pytest.mark.parametrize(
    ("name", "every", "share"),
    [
        ("gsm8k/train.jsonl", 6, 0.98),
        ("svamp/SVAMP.json", 1, 0.999),
        ("multiarith/MultiArith.json", 1, 1.0),
        ("asdiv/ASDiv.xml", 1, 0.95),
    ],
)
def test_programs_of_real_rows_are_right(
    shared_data: Path, name: str, every: int, share: float
) -> None:
    rows = read(shared_data, name, every)
    count, reasons, _ = right(rows)
    assert count >= share * len(rows), reasons


def test_solutions_of_real_rows_are_right(shared_data: Path) -> None:
    rows = read(shared_data, "gsm8k/train.jsonl")
    found = GoldTeacher().solve(((row, 0) for row in rows), "cot")
    wrong = 0
    for annotation in found:
        assert annotation.value is not None
        read_ = answers.read(annotation.value.text)
        wrong += read_ is None or not answers.matches(read_.text, annotation.row["answer"])
    assert wrong <= 0.001 * len(rows)


def test_names_in_real_programs_are_good_python(shared_data: Path) -> None:
    rows = read(shared_data, "asdiv/ASDiv.xml", 3) + read(shared_data, "gsm8k/train.jsonl", 12)
    for annotation in GoldTeacher().solve(((row, 0) for row in rows), "pot"):
        if annotation.value is None:
            continue
        names = re.findall(r"^(\w+) = ", annotation.value.text, re.M)
        assert len(names) == len(set(names)), annotation.value.text
        for name in names:
            assert re.fullmatch(r"[a-z][a-z_]*(?:_\d+)?", name), annotation.value.text
            assert not keyword.iskeyword(name)
            assert name not in dir(builtins)


def test_key_points_of_real_rows_keep_question_and_facts_apart(shared_data: Path) -> None:
    rows = read(shared_data, "svamp/SVAMP.json") + read(shared_data, "gsm8k/train.jsonl", 12)
    for annotation in GoldTeacher().extract(rows):
        assert annotation.value is not None
        assert annotation.value.core_question.strip()
        assert annotation.value.core_question not in annotation.value.information
        assert all(fact.strip() for fact in annotation.value.information)
