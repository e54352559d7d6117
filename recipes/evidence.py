"""Whether key points help: students of every pipeline on the four test sets (docs/evidence.md).

    python recipes/evidence.py -w evidence

Synthetic problems and short problems of GSM8K *train*, annotated by the gold teacher in both modes,
checked against the test sets, and the same ones for every student; then ``kpdd compare`` with each
plan of ``recipes/evidence/``, whose tables go into the document. Every step is a kpdd command that
resumes where it was stopped. Some six hours of one core with bfloat16.
"""

from __future__ import annotations

import argparse
import re
from itertools import chain
from pathlib import Path

from embedded import TEST_SETS, annotate, kpdd, rows, short_problems, write

PLANS = Path(__file__).with_suffix("")
DOCUMENT = Path(__file__).parents[1] / "docs" / "evidence.md"
SYNTHETIC = 16_000
MODES = ("cot", "pot")


def main() -> None:
    """Run the commands one after another; a failure stops the recipe."""
    options = _options()
    work = options.workspace
    work.mkdir(parents=True, exist_ok=True)
    synthetic, train = work / "synthetic.jsonl", work / "gsm8k.jsonl"
    kpdd("data", "synthetic", "--limit", str(SYNTHETIC), "-o", str(synthetic))
    kpdd("data", options.gsm8k, "-o", str(train))
    problems = work / "problems.jsonl"
    if not problems.exists():
        write(problems, chain(rows(synthetic), short_problems(train)))
    annotate(problems, MODES, TEST_SETS, work)
    _keep_common(work)
    for name in ("pot", "plain", "beams", "cot", "ablation"):  # beams takes the students of pot
        kpdd("compare", str(PLANS / f"{name}.toml"), "-w", str(work))
        _insert(name, (work / f"comparison.{name}" / "comparison.md").read_text("utf-8"))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("-w", "--workspace", type=Path, default=Path("evidence"))
    parser.add_argument("--gsm8k", default="gsm8k:train", help="GSM8K train, as a SOURCE")
    return parser.parse_args()


def _keep_common(work: Path) -> None:
    """The rows of problems that were accepted in both modes: equal data for all."""
    accepted = {mode: list(rows(work / f"accepted.{mode}.jsonl")) for mode in MODES}
    common = set.intersection(*({row["id"] for row in accepted[mode]} for mode in MODES))
    for mode in MODES:
        write(work / f"rows.{mode}.jsonl", (row for row in accepted[mode] if row["id"] in common))


def _insert(name: str, tables: str) -> None:
    """Put the tables of a plan where the document marks their place."""
    begin, end = f"<!-- tables: {name} -->\n", f"<!-- end of tables: {name} -->"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    text = DOCUMENT.read_text("utf-8")
    DOCUMENT.write_text(pattern.sub(lambda _: f"{begin}\n{tables}\n{end}", text), "utf-8")


if __name__ == "__main__":
    main()
