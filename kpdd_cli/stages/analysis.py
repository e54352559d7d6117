"""Gold for the error analysis: what a problem's own solution comes to, as arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kpdd_cli import answers, diagnosis
from kpdd_cli.diagnosis import Solution
from kpdd_cli.records import BadRow, KeyPoints, Problem, Row
from kpdd_cli.teachers.gold import GoldTeacher


@dataclass(frozen=True, slots=True)
class Gold:
    """What is known of a problem's solution; each None where the row does not tell it."""

    key_points: KeyPoints | None
    solution: Solution | None

    def fields(self) -> Row:
        """What an evaluated row keeps of it: ``steps`` counts operations, each named once."""
        row: Row = {} if self.key_points is None else self.key_points.fields()
        if self.solution is None:
            return row
        operations = diagnosis.operations(self.solution.answer)
        signs = sorted({node.operator for node in operations})
        written = diagnosis.written(self.solution.answer)
        return {**row, "steps": len(operations), "operations": signs, "computation": written}


def gold_of(row: Row) -> Gold:
    """Gold of a row: its own key points, else the gold teacher's; and its solution, read.

    A solution that does not come to the gold answer is none.
    """
    problem = Problem.of(row)
    teacher = GoldTeacher()
    try:
        points: KeyPoints | None = KeyPoints.of(row)
    except BadRow:
        points = next(teacher.extract([row])).value
    read = _solutions(teacher, row, problem)
    return Gold(points, next((found for found in read if _right(found, problem.answer)), None))


def _solutions(teacher: GoldTeacher, row: Row, problem: Problem) -> Iterator[Solution | None]:
    if problem.solution or problem.equation:
        program = next(teacher.solve([(row, 0)], "pot")).value
        if program is not None:
            yield diagnosis.read_program(program.text)
    texts: Iterable[str | None] = (problem.solution, problem.equation)
    for text in texts:
        if text:
            yield diagnosis.read_text(text, problem.question, problem.answer)


def _right(found: Solution | None, answer: str | None) -> bool:
    if found is None or answer is None:
        return False
    value = found.answer.value
    shown = str(value.numerator) if value.denominator == 1 else repr(float(value))
    return answers.matches(shown, answer)
