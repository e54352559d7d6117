"""Make the student that comes with kpdd, from GSM8K's training set and our own problems alone.

    python recipes/embedded.py -w made --gsm8k gsm8k:train

Synthetic problems, those of ``recipes/schoolbook`` and short ones of GSM8K *train* (both also in
other words), annotated by the gold teacher, checked against the four test sets, then
``kpdd finetune`` with ``recipes/embedded.toml`` and, on what each made, with the next of
:data:`TRAININGS`. Every step is a kpdd command that resumes where it was stopped.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import in_fractions
import schoolbook

from kpdd_cli.benchmarks.synthetic import wording
from kpdd_cli.students.engines import CONVERTED, ctranslate2
from kpdd_cli.students.student import Record

#: One training upon the other, all on the same problems.
TRAININGS = tuple(
    Path(__file__).with_name(name)
    for name in ("embedded.toml", "embedded_second.toml", "embedded_third.toml")
)
TEST_SETS = ("gsm8k:test", "svamp", "asdiv", "multiarith")
SYNTHETIC = 80_000
#: Longer solutions teach a small student that every problem has many steps (see ready.md).
MOST_STEPS = 3
#: How often a problem is told, the first time as it is.
COPIES = {"gsm8k": 3, "schoolbook": 3}
#: So many of GSM8K's short training problems train nothing: development looks at these alone ...
DEVELOPMENT = 400
#: ... and at the problems of one in so many of the school book's stories.
STORIES = 32


def main() -> None:
    """Run the commands one after another; a failure stops the recipe."""
    options = _options()
    work = options.workspace
    work.mkdir(parents=True, exist_ok=True)
    synthetic, train = work / "synthetic.jsonl", work / "gsm8k.jsonl"
    kpdd("data", "synthetic", "--limit", str(options.synthetic), "-o", str(synthetic))
    kpdd("data", options.gsm8k, "-o", str(train))
    problems = work / "problems.jsonl"
    if not problems.exists():
        held_out, others = _divided(train)
        held_out_too, told = _stories()
        write(work / "development.jsonl", held_out)
        write(work / "development.schoolbook.jsonl", held_out_too)
        retold = (_retold(others, COPIES["gsm8k"]), _retold(told, COPIES["schoolbook"]))
        write(problems, chain(rows(synthetic), *retold, _in_fractions(told)))
    annotate(problems, ["pot"], options.against, work)
    shared = ("--processes", str(options.processes), "-w", str(work))
    upon: tuple[str, ...] = ()
    for recipe in TRAININGS:
        student = work / recipe.stem
        kpdd("finetune", "--recipe", str(recipe), *upon, "-o", str(student), *shared)
        upon = ("--base", str(student))
    if options.ship:
        ship(work / TRAININGS[-1].stem, options.ship)


def annotate(problems: Path, modes: Sequence[str], against: Sequence[str], work: Path) -> None:
    """Key points and rationales by the gold teacher; what stands in a test set is left out."""
    here = ("--teacher", "gold", "-w", str(work))
    tests = [part for test in against for part in ("--against", test)]
    kpdd("extract", str(problems), *here)
    for mode in modes:
        kpdd("solve", "--mode", mode, *here)
        kpdd("filter", "--mode", mode, *tests, "-w", str(work))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("-w", "--workspace", type=Path, default=Path("kpdd-embedded"))
    parser.add_argument("--gsm8k", default="gsm8k:train", help="GSM8K train, as a SOURCE")
    parser.add_argument("--against", nargs="+", default=TEST_SETS, help="the test sets, as SOURCEs")
    parser.add_argument(
        "--synthetic", type=int, default=SYNTHETIC, help="how many problems of ours"
    )
    parser.add_argument("--processes", type=int, default=1, help="that train, on as many cores")
    parser.add_argument("--ship", type=Path, help="folder to leave it in as the package has it")
    return parser.parse_args()


def ship(student: Path, out: Path) -> None:
    """The student in half the size: bfloat16, with the same weights for CTranslate2 beside them.

    What it was trained on in detail (the curve, the settings) stays in its ``student.json``.
    """
    from safetensors.torch import load_file, save_file

    out.mkdir(parents=True, exist_ok=True)
    for name in ("config.json", "generation_config.json", "recipe.toml", "student.json"):
        shutil.copy(student / name, out)
    for path in student.glob("tokenizer*.json"):
        shutil.copy(path, out)
    weights = load_file(student / "model.safetensors")
    halved = {name: weight.bfloat16().contiguous() for name, weight in weights.items()}
    save_file(halved, out / "model.safetensors", metadata={"format": "pt"})
    ctranslate2.convert(out, Record.read(out), out / CONVERTED, stored="bfloat16")


def kpdd(*arguments: str) -> None:
    """Run a command; a failure ends the recipe."""
    done = subprocess.run([sys.executable, "-m", "kpdd_cli", *arguments], check=False)
    if done.returncode not in (0, 3):  # 3: some rows were set aside, as is to be expected
        sys.exit(done.returncode)


def write(path: Path, made: Iterable[dict[str, Any]]) -> None:
    """Rows, a line each; the file appears whole."""
    draft = path.with_suffix(".new")
    with draft.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in made)
    draft.replace(path)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def short_problems(path: Path) -> list[dict[str, Any]]:
    """GSM8K's problems of few steps."""
    return [row for row in rows(path) if row["solution"].count("<<") <= MOST_STEPS]


def _divided(path: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """GSM8K's short problems: those held out, by a hash of the question, and the others."""
    short = short_problems(path)
    annotated = [row for row in short if "<<" in row["solution"]]
    ranked = sorted(annotated, key=lambda row: sha256(row["question"].encode()).digest())
    held_out = ranked[:DEVELOPMENT]
    ids = {row["id"] for row in held_out}
    return held_out, [row for row in short if row["id"] not in ids]


def _stories() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The school book's problems: those about stories held out, by a hash, and the others."""
    held_out: list[dict[str, Any]] = []
    told: list[dict[str, Any]] = []
    for path in schoolbook.files():
        for story, row in schoolbook.problems(path):
            rank = int.from_bytes(sha256(story.encode()).digest()[:4])
            (told if rank % STORIES else held_out).append(row)
    return held_out, told


def _retold(problems: list[dict[str, Any]], copies: int) -> Iterator[dict[str, Any]]:
    """Problems as they are, and in other words with the same numbers."""
    for row in problems:
        yield row
        for copy in range(2, copies + 1):
            random = Random(f"{row['id']}:{copy}")
            question = " ".join(wording.reword([row["question"]], random))
            yield {**row, "id": f"{row['id']}-{copy}", "question": question}


def _in_fractions(problems: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Problems of measures with fractions for their amounts, where that goes."""
    for row in problems:
        told = in_fractions.told_in_fractions(row, Random(f"{row['id']}:fractions"))
        if told is not None:
            yield {**told, "id": f"{row['id']}-fractions"}


if __name__ == "__main__":
    main()
