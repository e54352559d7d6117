"""Make the student that comes with kpdd, from GSM8K's training set and our own problems alone.

    python recipes/embedded.py -w made --gsm8k gsm8k:train

Synthetic problems and short problems of GSM8K *train* (each also twice in other words), annotated
by the gold teacher, checked against the four test sets, then ``kpdd finetune`` with
``recipes/embedded.toml``, and once more with ``recipes/embedded_further.toml``. Every step is a
kpdd command that resumes where it was stopped.
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

from kpdd_cli.benchmarks.synthetic import wording
from kpdd_cli.students.engines import CONVERTED, ctranslate2
from kpdd_cli.students.student import Record

FIRST = Path(__file__).with_suffix(".toml")
FURTHER = FIRST.with_stem("embedded_further")
TEST_SETS = ("gsm8k:test", "svamp", "asdiv", "multiarith")
SYNTHETIC = 160_000
#: Longer solutions teach a small student that every problem has many steps (see ready.md).
MOST_STEPS = 3
COPIES = 3
#: So many of GSM8K's short training problems train nothing: development looks at these alone.
DEVELOPMENT = 400
#: The share of the second training's weights in the student.
SECOND = 0.9


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
        write(work / "development.jsonl", held_out)
        write(problems, chain(rows(synthetic), _retold(others)))
    annotate(problems, ["pot"], options.against, work)
    first = str(work / "first")
    shared = ("--processes", str(options.processes), "-w", str(work))
    kpdd("finetune", "--recipe", str(FIRST), "-o", first, *shared)
    kpdd("finetune", "--recipe", str(FURTHER), "--base", first, *shared)
    if options.ship:
        ship(work / "first", work / "student.pot", options.ship)


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


def ship(first: Path, student: Path, out: Path) -> None:
    """The student, averaged with the one that it was made of, in half the size.

    Bfloat16, with the same weights for CTranslate2 beside them. A little of the first training's
    weights gives back what the second forgot (Wortsman et al., arXiv 2109.01903). What it was
    trained on in detail (the curve, the settings) stays in its ``student.json``.
    """
    import torch
    from safetensors.torch import load_file, save_file

    out.mkdir(parents=True, exist_ok=True)
    for name in ("config.json", "generation_config.json", "recipe.toml", "student.json"):
        shutil.copy(student / name, out)
    for path in student.glob("tokenizer*.json"):
        shutil.copy(path, out)
    before, after = (load_file(path / "model.safetensors") for path in (first, student))
    halved = {
        name: torch.lerp(before[name].float(), weight.float(), SECOND).bfloat16().contiguous()
        for name, weight in after.items()
    }
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


def _retold(problems: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Problems as they are, and in other words with the same numbers."""
    for row in problems:
        yield row
        for copy in range(2, COPIES + 1):
            random = Random(f"{row['id']}:{copy}")
            question = " ".join(wording.reword([row["question"]], random))
            yield {**row, "id": f"{row['id']}-{copy}", "question": question}


if __name__ == "__main__":
    main()
