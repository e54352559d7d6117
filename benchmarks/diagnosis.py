"""The error analysis held against real labelled solutions and against injected errors.

    python benchmarks/diagnosis.py RATIONALES.jsonl [--show 20] [--problems gsm8k/train.jsonl …]

A row of RATIONALES.jsonl has a ``question``, a ``ground_truth``, and for each model an object with
its ``solution`` and ``is_correct``: the breakdown of what is labelled wrong is printed for each,
and ``--show`` prints a sample with the evidence, for a person to check. Into the gold solutions of
``--problems`` one error of known kind is injected at a time, as program and as text; printed is how
often the analysis names that kind. What an injection leaves right is not counted.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from kpdd_cli import benchmarks
from kpdd_cli.answers import ANSWER_SENTENCE, read
from kpdd_cli.diagnosis import Diagnosis, Node, diagnose, operations
from kpdd_cli.judge import findings, verdict
from kpdd_cli.keypoints import quantities
from kpdd_cli.records import MODES, Mode, Row, Verdict
from kpdd_cli.stages.analysis import Gold, gold_of


def real(file: Path, show: int) -> None:
    """Print the breakdown of solutions labelled wrong, for each model, and a sample."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    sample: list[tuple[Row, str, Diagnosis]] = []
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        for model, text, found in labelled_wrong(row):
            counts[model]["right by the comparer" if found is None else found.kind] += 1
            if found is not None:
                counts[model].update(f"  {sign}" for sign in found.signs)
                sample.append((row, text, found))
    for model, kinds in counts.items():
        wrong = sum(count for kind, count in kinds.items() if not kind.startswith(" "))
        print(f"{model}: {wrong:,} labelled wrong")
        for kind, count in sorted(kinds.items(), key=lambda pair: (pair[0][0] == " ", -pair[1])):
            print(f"  {kind:24} {count:5,}  {count / wrong:6.1%}")
    for row, text, found in random.Random(0).sample(sample, min(show, len(sample))):
        print(f"\n--- {row['question']}\nGOLD {row['ground_truth']}\nSAID {text}")
        print(f"  => {found.kind} {list(found.signs)}: {found.why}")


def labelled_wrong(row: Row) -> Iterator[tuple[str, str, Diagnosis | None]]:
    """Each model's solution that is labelled wrong, with its diagnosis."""
    gold_answer = read(row["ground_truth"])
    assert gold_answer is not None
    problem = {
        "question": row["question"],
        "solution": row["ground_truth"],
        "answer": gold_answer.text,
    }
    gold = gold_of(problem)
    for model, part in row.items():
        if isinstance(part, dict) and not part["is_correct"]:
            (finding,) = findings([part["solution"]], mode="cot")
            judged = verdict(finding, gold_answer.text)
            yield model, part["solution"], _diagnose(problem, gold, "cot", part["solution"], judged)


def _diagnose(
    problem: Row, gold: Gold, mode: Mode, rationale: str, judged: Verdict
) -> Diagnosis | None:
    return diagnose(
        problem["question"],
        problem["answer"],
        gold.solution,
        mode=mode,
        rationale=rationale,
        status=judged.status,
        value=judged.value,
        why=judged.why,
    )


# --- injected errors ------------------------------------------------------------------------------


def injected(source: str, limit: int) -> None:
    """Print how often each injected kind of error is recovered, from the problems of a source."""
    print(f"\n{source}: errors injected, and how many are named by their kind")
    total: Counter[str] = Counter()
    for (mode, kind), counts in sorted(recovered(source, limit).items()):
        others = ", ".join(f"{name} {n}" for name, n in counts.most_common() if name != "right")
        total += Counter(right=counts["right"], all=counts.total())
        share = counts["right"] / counts.total()
        print(
            f"  {mode} {kind:38} {counts['right']:5,} of {counts.total():5,} {share:7.1%}  {others}"
        )
    print(f"  all {total['right']:,} of {total['all']:,} ({total['right'] / total['all']:.1%})")


def recovered(source: str, limit: int) -> dict[tuple[Mode, str], Counter[str]]:
    """For each mode and injected kind, how often it was named ("right"), and what was instead."""
    rng = random.Random(0)
    tries: dict[tuple[Mode, str], Counter[str]] = defaultdict(Counter)
    cases: list[tuple[str, Mode, str, Row, Gold]] = []
    for problem in benchmarks.read(source, limit=limit):
        gold = gold_of(problem)
        if gold.solution is not None and operations(gold.solution.answer):
            for kind, mode, rationale in _injections(problem, gold.solution.answer, rng):
                cases.append((kind, mode, rationale, problem, gold))
    for mode in MODES:
        chosen = [case for case in cases if case[1] == mode]
        outcomes = findings([case[2] for case in chosen], mode=mode)
        for (kind, _, rationale, problem, gold), finding in zip(chosen, outcomes, strict=True):
            judged = verdict(finding, problem["answer"])
            found = _diagnose(problem, gold, mode, rationale, judged)
            if found is not None:  # else the injection happens to leave the answer right
                named = {found.kind, *(f"misunderstanding: {sign}" for sign in found.signs)}
                tries[mode, kind]["right" if kind in named else found.kind] += 1
    return tries


def _injections(problem: Row, answer: Node, rng: random.Random) -> Iterator[tuple[str, Mode, str]]:
    """One rationale for each kind of error that this solution can have."""
    changed: list[tuple[str, Node]] = []
    leaves = [node for node in _leaves(answer) if node.value.denominator == 1 and node.value > 2]
    mentioned = [q.value for q in quantities(problem["question"]) if q.kind in ("number", "money")]
    needed = [node.value for node in _leaves(answer)]
    related = any(q.kind not in ("number", "money") for q in quantities(problem["question"]))
    # "Twice", "20 %": such a relation may read as the spare number.
    spare = [v for v in mentioned if v not in {*needed, 0, 1} and not related]
    if leaves:
        leaf = rng.choice(leaves)
        if spare:
            changed.append(
                (
                    "misunderstanding: irrelevant quantity",
                    _swap(answer, leaf, Node(rng.choice(spare))),
                )
            )
        others = [node for node in leaves if node.value != leaf.value]
        twice = needed.count(leaf.value) > 1 or mentioned.count(leaf.value) != 1
        if others and not twice:
            changed.append(
                ("misunderstanding: unused quantity", _swap(answer, leaf, rng.choice(others)))
            )
        invented = leaf.value + rng.choice([1000, 2017, 377])
        changed.append(("misunderstanding: invented quantity", _swap(answer, leaf, Node(invented))))
    steps = operations(answer)
    step = rng.choice(steps)
    if step.operator in "+-*":
        sign = rng.choice([one for one in "+-*" if one != step.operator])
        changed.append(
            (
                "misunderstanding: wrong operation",
                _swap(answer, step, Node(step.value, sign, step.operands)),
            )
        )
    inner = [one for one in steps if one is not answer and one.value != answer.value]
    if inner and len(steps) == len(set(map(id, steps))):
        changed.append(("missing step", rng.choice(inner)))
    for kind, tree in changed:
        program, text = render(tree)
        yield kind, "pot", program
        if text:
            yield kind, "cot", text
    program, _ = render(answer)
    lines = program.splitlines()
    yield "program error", "pot", "\n".join(["total = missing_name + 1", *lines])
    yield "program error", "pot", program.replace("answer =", "answer = (", 1)
    yield "no answer", "pot", "\n".join(lines[:-1]).replace("answer", "x") or "x = 1"
    yield "no answer", "cot", "I cannot tell."
    _, text = render(answer, slip=rng.randrange(len(steps)), by=rng.choice([-2, -1, 1, 2, 10]))
    if text:
        yield "calculation", "cot", text


def _leaves(node: Node) -> list[Node]:
    if not node.operator:
        return [node]
    return [leaf for operand in node.operands for leaf in _leaves(operand)]


def _swap(tree: Node, old: Node, new: Node) -> Node:
    if tree is old:
        return new
    if not tree.operator:
        return tree
    return Node(tree.value, tree.operator, tuple(_swap(one, old, new) for one in tree.operands))


def render(tree: Node, slip: int | None = None, by: int = 0) -> tuple[str, str]:
    """A tree as a program and as equations; operation ``slip`` states a result that is off ``by``.

    The text is empty where a value has no short decimal.
    """
    lines: list[str] = []
    texts: list[str] = []
    counter = iter(range(1000))
    plain = True

    def go(node: Node) -> tuple[str, Fraction]:
        nonlocal plain
        if not node.operator:
            return _short(node.value) or f"({node.value})", node.value
        (left, a), (right, b) = (go(one) for one in node.operands)
        number = next(counter)
        try:
            value = {
                "+": a.__add__, "-": a.__sub__, "*": a.__mul__, "/": a.__truediv__,
                "//": a.__floordiv__, "%": a.__mod__, "**": a.__pow__,
            }[node.operator](b)  # fmt: skip
        except ArithmeticError:
            value = Fraction(0)
        value = Fraction(value)
        if number == slip:
            value += by
        name = f"step{number}"
        lines.append(f"{name} = {left} {node.operator} {right}")
        shown = [_short(one) for one in (a, b, value)]
        if None in shown or min(a, b, value) < 0 or node.operator in ("//", "%", "**"):
            plain = False
        else:
            texts.append(
                f"So there are {shown[0]} {node.operator} {shown[1]} = {shown[2]} of them."
            )
        return name, value

    name, value = go(tree)
    lines.append(f"answer = {name}")
    if plain and texts:
        texts.append(ANSWER_SENTENCE.format(answer=_short(value)))
    return "\n".join(lines), "\n".join(texts) if plain and texts else ""


def _short(value: Fraction) -> str | None:
    if value.denominator == 1:
        return str(value.numerator)
    text = f"{float(value):.4f}".rstrip("0")
    return text if Fraction(text) == value else None


def main() -> None:
    """Parse the call, print both validations."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("rationales", type=Path, nargs="?")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--problems", nargs="*", default=[])
    parser.add_argument("--limit", type=int, default=1000)
    options = parser.parse_args()
    if options.rationales:
        real(options.rationales, options.show)
    for source in options.problems:
        injected(source, options.limit)


if __name__ == "__main__":
    main()
