"""Why an answer is wrong: each kind of error by its definition, and real and injected errors."""

import importlib.util
import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdd_cli import diagnosis
from kpdd_cli.diagnosis import diagnose, read_program, read_text, written

QUESTION = (
    "Janet's 9 ducks lay 16 eggs a day. She eats 3, bakes with 4, and sells the rest at $2 an egg. "
    "How many dollars does she make?"
)
GOLD = read_program("eggs = 16\nleft = eggs - 3 - 4\nanswer = left * 2")
ANSWER = "18"


def found(rationale, mode="cot", status="wrong", value=None, gold=GOLD):
    if value is None and mode == "cot":
        value = rationale.rsplit(" ", 1)[1].rstrip(".")
    return diagnose(
        QUESTION, ANSWER, gold, mode=mode, rationale=rationale, status=status, value=value
    )


@pytest.mark.parametrize("status", ["correct", "no_gold", "unsupported"])
def test_what_is_right_or_cannot_be_judged_has_no_error(status):
    assert found("The answer is 18", status=status) is None


@pytest.mark.parametrize("status", ["error", "timeout", "memory"])
def test_a_program_that_fails_is_a_program_error(status):
    assert found("answer = 1 / 0", "pot", status).kind == "program error"


def test_no_answer():
    assert found("x = 1", "pot", "no_answer").kind == "no answer"


@pytest.mark.parametrize(
    "text",
    [
        "16 - 3 - 4 = 9. 9 * 2 = 19. The answer is 19",
        "16 - 3 - 4 = 8 eggs. So 8 x $2 = $16. The answer is 16",  # carried on
        "16 - 3 = <<16-3=13>>13, 13 - 4 = <<13-4=9>>9, 9 * 2 = $<<9*2=18>>19. The answer is 19",
        "She has 16 eggs - 3 eggs - 4 eggs = 8 eggs, 8 eggs * 2 = 16 dollars. The answer is 16",
    ],
)
def test_wrong_arithmetic_which_corrected_gives_the_answer_is_a_calculation_error(text):
    assert found(text).kind == "calculation"


def test_wrong_arithmetic_which_corrected_is_wrong_still_is_no_calculation_error():
    error = found("16 - 3 = 12. 12 * 2 = 24. The answer is 24")
    assert (error.kind, error.signs) == ("misunderstanding", ("unused quantity",))
    assert "4" in error.why


def test_rounding_is_no_calculation_error():
    gold = read_program("answer = 100 / 3 * 3 + 1")
    error = found("100 / 3 = 33.33. 33.33 * 3 = 99.99. The answer is 99.99", gold=gold)
    assert error.kind != "calculation"


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("16 - 3 - 4 = 9. The answer is 9", "cot"),
        ("eggs = 16 - 3 - 4\nanswer = eggs", "pot"),
        ("def solution():\n    left = 16\n    left -= 3\n    return left", "pot"),
    ],
)
def test_an_intermediate_gold_value_by_fewer_operations_is_a_missing_step(text, mode):
    assert found(text, mode).kind == "missing step"


def test_an_intermediate_gold_value_by_other_operations_is_none():
    error = found("answer = (16 + 9 - 3 - 4) / 2", "pot")
    assert (error.kind, error.signs) == ("misunderstanding", ("irrelevant quantity",))


@pytest.mark.parametrize(
    ("program", "signs"),
    [
        ("answer = (16 - 3) * 2 * 1", ("unused quantity",)),
        ("answer = (16 - 9 - 3 - 4) * 2", ("irrelevant quantity",)),
        ("answer = (16 - 3 - 4) * 2 * 5", ("invented quantity",)),
        ("answer = (16 - 3 + 4) * 2", ("wrong operation",)),
        ("answer = 16 - 3 - 4 * 2", ("wrong operation",)),
        ("answer = (16 - 3 - 9) * 2", ("unused quantity", "irrelevant quantity")),
    ],
)
def test_a_misunderstanding_says_by_which_sign(program, signs):
    error = found(program, "pot")
    assert (error.kind, error.signs) == ("misunderstanding", signs)


@pytest.mark.parametrize(
    ("text", "gold"),
    [
        ("I guess. The answer is 7", GOLD),  # nothing to follow
        ("16 - 3 - 4 = 9. 9 * 2 = 18. The answer is 81", GOLD),  # right, and miscopied
        ("16 + 3 = 19. The answer is 19", None),  # nothing to compare with
    ],
)
def test_what_cannot_be_told_is_unclear(text, gold):
    assert found(text, gold=gold).kind == "unclear"


def test_a_number_of_two_origins_is_the_problems_where_all_else_is_golds():
    question = "Ada has a dog, 3 sons, 2 cats and 1 hen with 5 chicks. How many legs have pets?"
    gold = read_program("answer = 5 * 2 + (2 + 1) * 4")
    text = "5 * 2 = 10. 2 + 1 = 3. 3 * {} = {}. 10 + {} = {}. The answer is {}"

    def signs(text):
        error = diagnose(
            question, "22", gold, mode="cot", rationale=text, status="wrong",
            value=text.rsplit(" ", 1)[1],
        )  # fmt: skip
        return error.kind, error.signs

    sons = text.format(3, 9, 9, 19, 19)
    assert signs(sons) == ("misunderstanding", ("irrelevant quantity",))
    # Not where more than that number differs: it may be the step's.
    more = sons.replace("5 * 2 = 10", "5 + 2 = 7").replace("10 + 9 = 19", "7 + 9 = 16")
    assert signs(more.replace("is 19", "is 16")) == ("misunderstanding", ("wrong operation",))


def test_a_number_of_two_origins_is_no_evidence():
    question = (
        "Ada has 12 pears and gives 4 away. Each of 8 friends has 5. How many more have they?"
    )
    gold = read_program("answer = 8 * 5 - (12 - 4)")
    text = "12 - 4 = 8. 8 * 5 = 40. The answer is 40"
    error = diagnose(question, "32", gold, mode="cot", rationale=text, status="wrong", value="40")
    assert error.kind in ("misunderstanding", "missing step")
    assert "irrelevant quantity" not in error.signs


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("48/2 = <<48/2=24>>24 clips", "48 / 2"),
        ("20% of 50 is 20% of 50 = 10", "0.2 * 50"),
        ("$5 x 3 = $15", "5 * 3"),
        ("200 GB / 2 GB/minute = 100 minutes", "200 / 2"),
        ("3 apples + 4 big pears = 7", "3 + 4"),
        ("5 * 2 = 10 + 3 = 13", "(5 * 2) + 3"),
        ("5 * 2 = 10, then 10 + 3 = 13", "(5 * 2) + 3"),
        ("(3 + 4) * 1,000 = 7,000", "(3 + 4) * 1000"),
        ("12 ÷ 4 = 3", "12 / 4"),
    ],
)
def test_equations_are_read_out_of_text(text, tree):
    assert written(read_text(text).answer) == tree


@pytest.mark.parametrize(
    "text", ["", "x = 3", "Let x = 3x + 2", "= = =", "((((", "1/0 = 7", "9" * 5000]
)
def test_text_without_equations_reads_as_none(text):
    assert read_text(text) is None


@pytest.mark.parametrize(
    "program",
    [
        "for i in range(3):\n    x = i\nanswer = x",
        "answer = 'a'",
        "answer = x",
        "answer = 2 ** 10 ** 9",
        "(",
    ],
)
def test_programs_that_are_no_arithmetic_read_as_none(program):
    assert read_program(program) is None


@pytest.mark.parametrize(
    ("mode", "text"),
    [
        ("pot", "x = 9\n" + "x = x * x\n" * 40 + "answer = x"),
        ("pot", "x = 9\n" + "x = x + x\n" * 60 + "answer = x"),
        ("pot", "x = 1\n" + "x = x + 1\n" * 3000 + "answer = x"),
        ("pot", f"answer = 1{'0' * 400} / 3"),
        ("pot", "answer = 1e308 * 10"),
        ("cot", "(" * 5000 + "1 + 1 = 2. The answer is 2"),
        ("cot", "1 + " * 5000 + "1 = 2. The answer is 2"),
        ("cot", "1 + 1 = " + "9" * 5000),
        ("cot", "9" * 5000 + " + 1 = 2"),
        ("cot", "1 " * 20_000 + "x = 2 = 3"),
        ("cot", "7 / 0 = 3. 0 / 0 = 0. The answer is 0"),
    ],
)
def test_monstrous_solutions_are_judged_at_once(mode, text):
    error = found(text, mode, value="2")
    assert len(error.why) < 2000


@given(st.text("0123456789+-*/=().,%$ xab\n<>", max_size=60))
def test_any_text_is_judged(text):
    assert found(text, value="7").kind in diagnosis.KINDS
    assert found(text, "pot", value="7").kind in diagnosis.KINDS


def test_rounding_keeps_the_operations_of_a_program():
    solution = read_program("import math\nhalf = 7 / 2\nanswer = math.ceil(half)")
    assert (written(solution.answer), solution.answer.value) == ("7 / 2", 4)


def script():
    path = Path(__file__).parents[1] / "benchmarks" / "diagnosis.py"
    spec = importlib.util.spec_from_file_location("diagnosis_benchmark", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("source", ["gsm8k/train.jsonl", "svamp/SVAMP.json", "synthetic:dev"])
def test_injected_errors_are_named_by_their_kind(source, request):
    benchmark = script()
    if source != "synthetic:dev":
        source = str(request.getfixturevalue("shared_data") / source)
    tries = benchmark.recovered(source, limit=80)
    kinds = Counter()
    for (_, kind), counts in tries.items():
        kinds[kind.partition(":")[0], "right"] += counts["right"]
        kinds[kind.partition(":")[0], "all"] += counts.total()
    for kind in ("calculation", "misunderstanding", "missing step", "program error", "no answer"):
        assert kinds[kind, "all"] >= 20
        assert kinds[kind, "right"] >= 0.95 * kinds[kind, "all"], kind


def test_real_wrong_solutions_are_told_apart(shared_data):
    benchmark = script()
    rows = (shared_data / "rationales" / "gsm8k-model-solutions.jsonl").read_text("utf-8")
    kinds = Counter()
    for line in rows.splitlines()[:60]:
        for _, _, error in benchmark.labelled_wrong(json.loads(line)):
            kinds[error.kind if error else "right"] += 1
    assert kinds["unclear"] <= 0.1 * kinds.total()
    assert kinds["misunderstanding"] > kinds["missing step"] > 0
    assert set(kinds) <= {*diagnosis.KINDS, "right"}
