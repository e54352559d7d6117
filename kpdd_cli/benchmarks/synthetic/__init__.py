"""SOURCE ``synthetic``: word problems from a grammar, each with a worked solution.

No benchmark is needed to try the whole method: training, dev and test problems come from one seed.
Dev and test are about people and compositions (which piece follows which, where) that training
never meets; the ``unseen`` splits are of kinds that the others do not have, for tuning further.
What is not guaranteed: that an English teacher likes every sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random

from kpdd_cli.benchmarks.synthetic.grammar import Composition, Piece, Story, Unnatural, World
from kpdd_cli.benchmarks.synthetic.pieces import UNSEEN_WORLD, WORLDS
from kpdd_cli.errors import UsageError
from kpdd_cli.records import Row

#: Problems a split has when no limit is given.
SIZES = {
    "train": 10_000,
    "dev": 300,
    "test": 300,
    "unseen-train": 2_000,
    "unseen-test": 300,
}
#: How many of the compositions that come up are told, by their steps; the long ones are many.
_SHARES = {1: 1.0, 2: 1.0, 3: 0.7, 4: 0.15}


def problems(split: str = "train", seed: int = 0, limit: int | None = None) -> Iterator[Row]:
    """Problem rows of ``split`` (see :data:`SIZES`): equal for equal seeds, no question twice.

    Raises :class:`~kpdd_cli.errors.UsageError` for a split that does not exist.
    """
    if split not in SIZES:
        raise UsageError(f'synthetic has the splits {", ".join(SIZES)}, not "{split}"')
    size = SIZES[split] if limit is None else limit
    for number, (question, solution, answer) in enumerate(islice(_distinct(split, seed), size), 1):
        yield {
            "id": f"synthetic-{split}-{number:06}",
            "question": question,
            "answer": answer,
            "solution": solution,
            "source": "synthetic",
            "split": split,
        }


def _distinct(split: str, seed: int) -> Iterator[tuple[str, str, str]]:
    random = Random(f"{split}:{seed}")
    seen: set[str] = set()
    while True:
        *unseen, people = split.split("-")
        chosen = _unseen(random) if unseen else composition(random, split)
        problem = _problem(chosen, people, random)
        if problem and problem[0] not in seen:
            seen.add(problem[0])
            yield problem


def composition(random: Random, split: str) -> Composition:
    """A composition that belongs to ``split``."""
    weights = [weight for _, weight in WORLDS]
    while True:
        world = random.choices(WORLDS, weights)[0][0]
        found = Composition(world, _pieces(world, random))
        if found.natural and found.split == split and random.random() < _SHARES.get(found.steps, 0):
            return found


def _unseen(random: Random) -> Composition:
    return Composition(UNSEEN_WORLD, (random.choice(UNSEEN_WORLD.wholes),))


def _pieces(world: World, random: Random) -> tuple[Piece, ...]:
    if world.made:
        return (world.made(random),)
    if world.wholes and random.random() < (0.25 if world.openings else 1):
        return (random.choice(world.wholes),)
    count = random.choices((0, 1, 2, 3), (6, 8, 5, 1))[0] if world.changes else 0
    changes = random.choices(world.changes, k=count) if world.changes else []
    return (random.choice(world.openings), *changes, random.choice(world.closings))


def _problem(composition: Composition, split: str, random: Random) -> tuple[str, str, str] | None:
    """Question, worked solution and answer; None where no numbers made a natural story."""
    for _ in range(50):
        story = Story(random, split, composition)
        try:
            opening, *rest = composition.pieces
            story.open(opening)
            for piece in rest:
                story.tell(piece)
        except Unnatural:
            continue
        if story.ambiguous:
            continue
        _vary(story)
        return story.question(), "\n".join(story.solution), story.answer
    return None


def _vary(story: Story) -> None:
    """Tell the story another way: sentences joined, one put as a condition, others beside it."""
    if story.random.random() < 0.3:
        story.retell_in_present()
    if story.random.random() < 0.55:
        story.join()
    if story.random.random() < 0.12 and len(story.sentences) > 2:
        story.suppose()
    story.reword()
    for _ in range(story.random.choices((0, 1, 2), (68, 27, 5))[0]):
        story.aside()
    if story.random.random() < 0.15:
        story.begin()


__all__ = ["SIZES", "composition", "problems"]
