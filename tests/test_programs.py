"""Contained programs: what harms nobody, what a value is, and that it is CPython's."""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hostile import PROGRAMS, UNHARMED
from hypothesis import given, settings
from hypothesis import strategies as st

from kpdd_cli.programs import Limits, Outcome, run

LIMITS = Limits(seconds=5)  # wall clock: what is not about time must pass on a busy machine too
SHORT = Limits(seconds=0.2)
ALLOWANCE = 0.5  # seconds past its limit within which a program must be given up
NEIGHBOURS = {
    "ans = 6 * 7": "42",
    "import math\nans = math.floor(7.9)": "7",
    "ans = round(2.675, 2)": "2.67",
    "import random\nrandom.seed(7)\nans = random.choice([5])": "5",
    "print(sum(x for x in [1, 2]))": "3",
}


def outcome(program: str, limits: Limits = LIMITS) -> Outcome:
    (only,) = run([program], limits)
    return only


def values(*programs: str) -> list[str | None]:
    return [result.value for result in run(programs, LIMITS)]


# --- containment ---------------------------------------------------------------------------------


def timed(program: str) -> tuple[Outcome, float]:
    start = time.monotonic()
    result = outcome(program, SHORT)
    return result, time.monotonic() - start


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_hostile_program_is_given_up_in_time(name: str) -> None:
    result, seconds = timed(PROGRAMS[name])
    if seconds > SHORT.seconds + ALLOWANCE:  # other work on the machine may have been in the way
        result, seconds = timed(PROGRAMS[name])
    assert seconds <= SHORT.seconds + ALLOWANCE
    assert (result.status == "ok") == (name in UNHARMED)


def test_hostile_programs_change_no_neighbour_and_take_no_memory() -> None:
    programs = [p for hostile in PROGRAMS.values() for p in (*NEIGHBOURS, hostile)] + [*NEIGHBOURS]
    before = peak_memory()
    results = list(run(programs, SHORT, jobs=2))
    assert len(results) == len(programs)
    changed = [
        (program, result)
        for program, result in zip(programs, results, strict=True)
        if program in NEIGHBOURS
        and result != Outcome("ok", NEIGHBOURS[program])
        # a slow moment of the machine looks like a slow program; alone and at leisure it is not
        and (result.status != "timeout" or outcome(program) != Outcome("ok", NEIGHBOURS[program]))
    ]
    assert changed == []
    assert peak_memory(keep=True) - before <= 100 * 2**20
    assert not Path("/tmp/kpdd-hostile").exists()


def peak_memory(*, keep: bool = False) -> int:
    """Bytes this process held at most since the last call without ``keep``."""
    if sys.platform != "linux":
        return 0
    if not keep:
        Path("/proc/self/clear_refs").write_text("5")
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


@pytest.mark.parametrize(
    ("program", "status", "why"),
    [
        ("while True: pass", "timeout", "0.2 s"),
        ("ans = [0] * 10**9", "memory", "64 MiB"),
        ("def f(): return f()\nans = f()", "error", "RecursionError"),
        ("ans = 'x' * 10_001", "no_answer", "10,000 characters"),
        ("ans = 1 / 0", "error", "ZeroDivisionError"),
        ("ans = ", "error", "SyntaxError"),
        ("x = 1", "no_answer", "no value"),
        ("ans = float('nan')", "no_answer", "no value"),
        ("ans = open('/etc/hostname').read()", "unsupported", ""),
    ],
)
def test_an_outcome_says_what_happened(program: str, status: str, why: str) -> None:
    result = outcome(program, SHORT if status == "timeout" else LIMITS)
    assert (result.status, result.value) == (status, None)
    assert why in result.why


def test_limits_are_settable() -> None:
    program = "def f(n): return n and f(n - 1) + 1\nans = f(90), 'x' * 90, len([0] * 10**6)"
    assert outcome(program).status == "ok"
    assert outcome(program, Limits(recursion=50)).status == "error"
    assert outcome(program, Limits(output=50)).status == "no_answer"
    assert outcome(program, Limits(memory=2**20)).status == "memory"


# --- the value of a program ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("ans = 18", "18"),
        ("answer = 18", "18"),
        ("result = 18", "18"),
        ("result = 1\nanswer = 2\nans = 3", "3"),
        ("def solution(): return 18", "18"),
        ("def solver():\n    return 18", "18"),
        ("def solve():\n    x = 9\n    return x * 2", "18"),
        ("def solution():\n    return 18\nans = solution()", "18"),
        ("eggs = 9\nreturn eggs * 2", "18"),
        ("print('working')\nprint(18)", "18"),
        ("print('The answer is', 18)", "The answer is 18"),
        ("print(18)\nprint()", "18"),
        ("print(1, end=' ')\nprint(2)", "1 2"),
        ("def solution():\n    print(18)\nsolution()", "18"),
        ("if __name__ == '__main__':\n    print(18)", "18"),
        ("ans = 18.0", "18"),
        ("ans = 0.1 + 0.2", "0.30000000000000004"),
        ("ans = -0.5", "-0.5"),
        ("ans = 2**200", str(2**200)),
        ("ans = 1e300", "1e+300"),
        ("ans = 9, 12", "9; 12"),
        ("ans = [9, [12, 3.5]]", "9; 12; 3.5"),
        ("ans = {'Ann': 9, 'Ben': 12}", "9; 12"),
        ("ans = {12, 9}", "9; 12"),
        ("ans = 3 > 2", "yes"),
        ("ans = 3 < 2", "no"),
        ("ans = True, 5", "yes; 5"),
        ("ans = 'Ann'", "Ann"),
        ("ans = 'two\\nlines'", "two lines"),
        ("ans = None", None),
        ("ans = []", None),
        ("ans = ''", None),
        ("def ans(): return 18", None),
    ],
)
def test_value(program: str, value: str | None) -> None:
    result = outcome(program)
    assert result == (
        Outcome("no_answer", None, result.why) if value is None else Outcome("ok", value)
    )


# --- fidelity ------------------------------------------------------------------------------------

EXPRESSIONS = (
    *("round(0.5)", "round(1.5)", "round(2.5)", "round(-2.5)", "round(2.675, 2)"),
    *("round(1.005, 2)", "round(0.125, 2)", "round(2.5, 0)", "round(1250, -2)"),
    *("round(1350.0, -2)", "round(1e22, 2)", "-7 // 2", "-7 % 3", "7 % -3", "7 // -2"),
    *("-7.5 // 2", "-7.5 % 2", "5.5 % -2", "divmod(-7, 2)", "7 / 2", "6 / 3", "10**20 / 3"),
    *("2**-1", "2**0.5", "0.1 * 3", "1e16 + 1", "10**16 + 1", "2**100 % 97", "-(2**100) // 7"),
    *("int(1e20)", "int(-3.7)", "int('42')", "float('1.5')", "sum([0.1] * 10)"),
    *("sum(x / 7 for x in range(50))", "max(3, 2.0)", "min([4, 1, 1.0])", "abs(-3.5)"),
    *("pow(7, 5, 13)", "math.ceil(-1.5)", "math.floor(-1.5)", "math.trunc(-1.5)"),
    *("math.gcd(12, 18)", "math.comb(50, 25)", "math.factorial(30)", "math.sqrt(2)", "math.pi"),
    *("math.isclose(0.1 + 0.2, 0.3)", "math.log(10)", "math.hypot(3, 4)", "25 * 80 / 100"),
    *("15 / 100", "1 if 0.1 + 0.2 == 0.3 else 2", "1 < 2 < 3", "not 0", "3 and 5", "0 or 7"),
    *("True + True", "f'{2.675:.2f}'", "f'{1234567.891:,.1f}'", "'%.1f' % 0.25", "str(1e16)"),
    *("str(0.1)", "str(10**25)", "f'{0.5:.0%}'", "len('naïve')", "sorted([3, 1, 2])[::-1]"),
    *("'12:30'.split(':')", "(9.0).is_integer()", "list(map(int, ['1', '2']))"),
    *("list(zip([1, 2], [3, 4, 5]))", "list(enumerate('ab', 1))"),
    *("next(x for x in range(9) if x > 4)", "next(iter([7]))", "any(x > 2 for x in [1, 3])"),
    *("list(filter(None, [0, 1, 2]))", "list(reversed([1, 2, 3]))"),
    *("{i: i * i for i in range(3)}", "sum(y for x in range(4) for y in range(x) if y % 2)"),
    "(lambda g: (sum(g), sum(g)))(x for x in [1, 2])",
    "(lambda z: (next(z), list(z)))(zip([1, 2, 3], 'abc'))",
    "max({'a': 1, 'b': 3}, key={'a': 1, 'b': 3}.get)",
    "sum(a * b for a, b in zip([1, 2], [3, 4]))",
)  # fmt: skip


def as_text(value: Any) -> str:
    """The conventions once more, apart from the product: a value as text."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple, range)):
        return "; ".join(map(as_text, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value)


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_is_worth_what_cpython_says(expression: str) -> None:
    expected = as_text(eval(expression, {"math": math}))
    assert outcome(f"ans = {expression}") == Outcome("ok", expected)


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("import statistics\nans = statistics.mean([1, 2, 6])", "3"),
        ("from statistics import median\nans = median([5, 1, 2, 4])", "3"),
        ("from math import *\nans = floor(sqrt(17))", "4"),
        ("import numpy as np\nimport math\nans = math.ceil(1.2)", "2"),
        ("d = {'a': 1, 'b': 2}\ndel d['a']\nans = d", "2"),
        ("ans = 4\r\nans = ans + 1\r\n", "5"),
        ("seen = []\nz = map(lambda x: seen.append(x), [1, 2])\nans = len(seen)", "0"),
        ("from fractions import Fraction\nans = 18", "18"),
    ],
)
def test_what_the_interpreter_lacks_is_made_good(program: str, value: str) -> None:
    assert outcome(program) == Outcome("ok", value)


@pytest.mark.parametrize(
    "program",
    [
        "import numpy as np\nans = np.mean([1, 2])",
        "ans = np.mean([1, 2])",
        "import sympy\nans = sympy.Symbol('x')",
        "from sympy import symbols, solve\nx = symbols('x')\nans = solve(x - 3, x)",
        "x = Symbol('x')\nans = solve(x - 3)",
        "ans = list({3, 1, 2})",
        "for x in {'b', 'a'}: print(x)",
        "ans = hash('a')",
        "def f():\n    yield 1\nans = list(f())",
        "class A:\n    def __bool__(self): return False\nans = 1 if A() else 2",
        "class A:\n    def __len__(self): return 0\nans = 1 if A() else 2",
        "class A:\n    def __ne__(self, other): return False\nans = A() != 5",
        "class A:\n    def __format__(self, spec): return '3'\nans = f'{A()}'",
        "class A:\n    def __setattr__(self, name, value): pass\na = A()\na.n = 9\nans = 1",
        "class A:\n    def ＿＿bool＿＿(self): return False\nans = 1 if A() else 2",
    ],
)
def test_what_cannot_be_told_is_unsupported(program: str) -> None:
    assert outcome(program).status == "unsupported"


whole = st.integers(-(10**25), 10**25) | st.integers(-20, 20)
numbers = (
    whole.map(str)
    | st.floats(-1e9, 1e9, allow_nan=False).map(repr)
    | st.integers(-4000, 4000).map(lambda n: repr(n / 8))
).map(lambda text: f"({text})")
expressions = st.recursive(
    numbers,
    lambda part: st.one_of(
        st.builds(
            "({} {} {})".format, part, st.sampled_from(("+", "-", "*", "/", "//", "%")), part
        ),
        st.builds("round({}, {})".format, part, st.integers(-3, 6)),
        st.builds("{}({})".format, st.sampled_from(("round", "int", "abs", "float")), part),
        st.builds("({} ** {})".format, part, st.integers(-2, 5)),
        st.builds("({} * {} / 100)".format, part, part),
        st.builds("sum({} * x for x in range({}))".format, part, st.integers(0, 9)),
        st.builds(
            "sum(x + y for x in [{}, {}] for y in (z * 2 for z in [{}]))".format, part, part, part
        ),
        st.builds("({} if {} < {} else {})".format, part, part, part, part),
        st.builds("max({}, {})".format, part, part),
    ),
    max_leaves=8,
)


@given(st.lists(expressions, min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_arithmetic_is_cpythons(batch: list[str]) -> None:
    for expression, result in zip(batch, run([f"ans = {e}" for e in batch], LIMITS), strict=True):
        expected = cpython_eval(expression)
        if expected is None:
            assert result.status == "error", expression
        elif not isinstance(expected, complex) and math.isfinite(expected):
            assert result == Outcome("ok", as_text(expected)), expression


def cpython_eval(expression: str) -> Any:
    """Its value, or None where it has none."""
    try:
        return eval(expression)
    except (ArithmeticError, ValueError):
        return None


def cpython_value(program: str) -> str:
    """``ans`` of a program that ran to its end in the contained interpreter, so harms nothing."""
    names: dict[str, Any] = {"math": math, "__name__": "__main__"}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(program, names)
        for name in ("solution", "solver", "solve"):
            if "ans" not in names and name in names:
                names["ans"] = names[name]()
    if names.get("ans") is None:
        return printed.getvalue().strip().rpartition("\n")[2]
    return as_text(names["ans"])


def test_real_programs_have_the_value_that_cpython_gives(shared_data: Path) -> None:
    with (shared_data / "programs" / "codex.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    outcomes = list(run((row["program"] for row in rows), Limits(seconds=0.5)))
    differing = [
        (row["id"], result.value)
        for row, result in zip(rows, outcomes, strict=True)
        if result.status == "ok" and result.value != cpython_value(row["program"])
    ]
    assert differing == []
    ran = [
        result.status
        for row, result in zip(rows, outcomes, strict=True)
        if row["recorded_result"] is not None
    ]
    assert ran.count("ok") >= 0.98 * len(ran)


# --- many programs -------------------------------------------------------------------------------


def test_outcomes_come_in_order_while_programs_still_arrive() -> None:
    results = run((f"ans = {n}" for n in itertools.count()), LIMITS)
    assert [result.value for result in itertools.islice(results, 3000)] == [
        str(n) for n in range(3000)
    ]


def test_two_jobs_give_what_one_gives() -> None:
    programs = [f"ans = {n}" if n % 90 else "ans = [0] * 10**9" for n in range(1, 300)]
    assert list(run(programs, LIMITS, jobs=2)) == list(run(programs, LIMITS))


def test_processes_give_what_threads_give_and_each_text_hangs_once() -> None:
    hang, wants_memory = "while True: pass", "ans = [0] * 10**9"
    programs = [f"ans = {n}" if n % 300 else hang for n in range(1, 6000)]
    programs[4000:4000] = [wants_memory, "class A: pass\nans = 3", "ans =", "ans = '\ud800'"]
    start = time.monotonic()
    results = list(run(programs, Limits(seconds=2), jobs=2))
    assert time.monotonic() - start < 20  # 19 hang: 38 s if each did so for itself
    assert [result.status for result in results] == [
        {hang: "timeout", wants_memory: "memory", "ans =": "error", "ans = '\ud800'": "error"}.get(
            program, "ok"
        )
        for program in programs
    ]
    assert [result.value for result in results if result.value != "3"] == [
        program.removeprefix("ans = ") if result.value else None
        for program, result in zip(programs, results, strict=True)
        if result.value != "3"
    ]


BESIDE = """
import itertools, sys
from kpdd_cli.programs import run
for n, outcome in enumerate(run((f"ans = {n}" for n in itertools.count()), jobs=2)):
    assert outcome.value == str(n), outcome
    if n % 1000 == 0:
        print(n, flush=True)
    if n == 40_000:
        break
"""


@contextlib.contextmanager
def running_beside() -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """A process that runs programs by two others, which are named too."""
    with subprocess.Popen(
        [sys.executable, "-c", BESIDE], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        while process.stdout.readline() != "4000\n":
            assert process.poll() is None
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        yield process, [int(child) for child in children if b"serve()" in command_of(int(child))]


def command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
def test_where_a_process_dies_its_programs_run_elsewhere() -> None:
    with running_beside() as (process, children):
        assert len(children) == 2
        for child in children:
            os.kill(child, signal.SIGKILL)
        assert process.stdout
        assert process.stdout.read().split()[-1] == "40000"
        assert process.wait(timeout=60) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
def test_a_killed_run_leaves_no_process_behind() -> None:
    with running_beside() as (process, children):
        process.kill()
        process.wait()
        deadline = time.monotonic() + 20
        while any(map(command_of, children)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not any(map(command_of, children))


def test_no_program_sees_another() -> None:
    assert values("secret = 5\nans = 1", "ans = secret", "ans = 2") == ["1", None, "2"]


@pytest.mark.parametrize("lent", ["map(int, '1')", "zip('1')", "enumerate('1')", "reversed('1')"])
def test_a_program_leaves_nothing_on_what_it_is_lent(lent: str) -> None:
    leave, find = f"type({lent}).secret = 5\nans = 1", f"ans = type({lent}).secret"
    assert values(leave, find, leave, find) == ["1", None, "1", None]


def test_no_programs_no_outcomes() -> None:
    assert list(run([])) == []


FORKED = """
import os
from kpdd_cli.errors import KpddError
from kpdd_cli.programs import run
print(next(run(["ans = 1"])).value, flush=True)
if os.fork():
    os.wait()
else:
    try:
        next(run(["ans = 2"]))
    except KpddError as error:
        print(error, flush=True)
"""


def test_a_process_forked_after_programs_ran_is_refused_instead_of_hanging() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORKED], capture_output=True, text=True, timeout=60
    )
    assert done.stdout.startswith("1\nprograms cannot run in a process forked")
