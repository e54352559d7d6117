"""Inference: CTranslate2 beside transformers' ``generate``, on one student and the same questions.

Prints, for each batch size, questions/s of both engines, the ratio, and how many answers are
identical, then how long ``kpdd ask`` takes from the shell. Without --student, one of FlanT5-small's
shape is built with random weights and barely trained: right for speed, while what it writes is a
matter of chance, so that identical answers say more with a student that knows something.

    python benchmarks/inference.py --student kpdd-work/student.pot --questions 200
    OMP_NUM_THREADS=1 python benchmarks/inference.py --cpu   # a machine that others use as well
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bases import flan_t5, rows_of, write

from kpdd_cli import benchmarks
from kpdd_cli.stages import finetune
from kpdd_cli.students import generation, student
from kpdd_cli.students.formats import Draft
from kpdd_cli.students.student import Student

BATCHES = (1, 8, 32, 64)


class _Silent:
    def start(self, what: str, total: int | None, done: int = 0) -> None: ...
    def advance(self, rows: int = 1, **facts: object) -> None: ...
    def notice(self, text: str) -> None: ...


def made(folder: Path) -> Path:
    """A student of FlanT5-small's shape, barely trained."""
    rows = rows_of(64)
    base = flan_t5(folder / "base", rows)
    accepted = folder / "accepted.jsonl"
    write(rows, accepted)
    config = finetune.Config(
        accepted, folder / "s", str(base), "pot", "direct", "full", steps=20, batch_size=16
    )
    finetune.run(config, _Silent())
    return folder / "s"


def timed(
    solver: Student, questions: list[str], batch: int, clock: Callable[[], float]
) -> tuple[float, list[list[Draft]]]:
    """Questions a second, and the answers."""
    generation.solve(solver, questions[:2], batch_size=batch)  # loaded, and warm
    began = clock()
    answers = generation.solve(solver, questions, batch_size=batch)
    return len(questions) / (clock() - began), answers


def main() -> None:
    """Print a line a batch size, then the ratios that matter."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--student", type=Path)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--cpu", action="store_true", help="count CPU seconds, not wall time")
    chosen = parser.parse_args()
    clock = time.process_time if chosen.cpu else time.perf_counter
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.student or made(Path(folder))
        slow, fast = student.load(path, "transformers"), student.load(path, "ctranslate2")
        source = benchmarks.read("synthetic", split="test", limit=chosen.questions)
        questions = [problem["question"] for problem in source]
        best, same = {"transformers": 0.0, "ctranslate2": 0.0}, []
        for batch in BATCHES:
            asked = questions if batch > 1 else questions[: max(10, len(questions) // 5)]
            speed, expected = timed(slow, asked, batch, clock)
            fast_speed, found = timed(fast, asked, batch, clock)
            equal = sum(one == other for one, other in zip(expected, found, strict=True))
            same.append(equal / len(asked))
            best["transformers"] = max(best["transformers"], speed)
            best["ctranslate2"] = max(best["ctranslate2"], fast_speed)
            print(
                f"batch {batch:3}  transformers {speed:8.1f}/s  ctranslate2 {fast_speed:8.1f}/s  "
                f"{fast_speed / speed:5.2f} x  {equal} of {len(asked)} identical"
            )
        print(f"each at its best batch size: {best['ctranslate2'] / best['transformers']:.2f} x")
        print(f"identical answers, at worst: {min(same):.1%}")
        command = [sys.executable, "-m", "kpdd_cli", "ask", questions[0], "--student", str(path)]
        for engine in ("transformers", "ctranslate2"):
            began = time.perf_counter()
            done = subprocess.run([*command, "--engine", engine], capture_output=True, check=False)
            if done.returncode not in (0, 3):  # 3: what it wrote is no answer
                raise SystemExit(done.stderr.decode())
            print(f"kpdd ask --engine {engine}: {time.perf_counter() - began:.2f} s")


if __name__ == "__main__":
    main()
