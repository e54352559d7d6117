"""Word problems in the language of school books, written for kpdd by a large language model.

    python recipes/schoolbook.py

prints how many there are in each file of ``recipes/schoolbook``, and of those that train nothing
(``recipes/development/schoolbook``), or what is wrong with one. A line ``= story`` is followed by
the questions asked of it, each with its equations, which read like a worked solution of GSM8K
without the words; the last one gives the answer::

    = The choir owns 48 songbooks. On Tuesday 13 of them were lent, and 6 new ones came.
    ? How many songbooks are on the shelf now? | 48-13=35; 35+6=41
    ? How many did the choir own once the mail had come? | 48+6=54

Most stories are asked several questions, so that what one needs misleads in another.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from kpdd_cli.teachers.gold.expressions import evaluate, parse

FOLDER = Path(__file__).with_suffix("")
#: What to develop with: problems of the same kind that no student is trained on.
DEVELOPMENT = Path(__file__).parent / "development" / FOLDER.name


def files(folder: Path = FOLDER) -> list[Path]:
    """The files of a school book, in an order that stays."""
    return sorted(folder.glob("*.txt"))


def problems(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each problem of a file, as a row with a worked solution, and the story it is about.

    Raises ValueError, with the place, for a line that is not of this form or does not hold.
    """
    story = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("="):
            story = line[1:].strip()
        elif line.startswith("?"):
            asked, _, work = line[1:].partition("|")
            equations = [equation.strip() for equation in work.split(";")]
            for equation in equations:
                _check(equation, f"{path}:{number}")
            question = f"{story} {asked.strip()}".strip()
            yield (
                story or question,
                {
                    "id": f"schoolbook-{path.stem}-{number:05}",
                    "question": question,
                    "answer": equations[-1].rpartition("=")[2].strip(),
                    "solution": "\n".join(f"<<{equation}>>" for equation in equations),
                    "source": "schoolbook",
                },
            )
        elif line:
            raise ValueError(f"{path}:{number}: begins neither with = nor with ?")


def _check(equation: str, where: str) -> None:
    left, _, right = equation.rpartition("=")
    tree, stated = parse(left), parse(right)
    if tree is None or stated is None or evaluate(tree) != evaluate(stated):
        raise ValueError(f"{where}: {equation!r} is no equation that holds")


def main() -> None:
    """Print how many problems each file has."""
    for path in chain(files(), files(DEVELOPMENT)):
        found = list(problems(path))
        stories = {story for story, _ in found}
        print(f"{path.stem:25} {len(found):6,} problems, {len(stories):6,} stories")


if __name__ == "__main__":
    try:
        main()
    except ValueError as error:
        sys.exit(f"error: {error}")
