"""Score cards: what an evaluation found, with everything it depends on. No time, no path in them.

A card is made from the rows on disk alone, so that the same rows give the same card byte for byte.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import kpdd_cli
from kpdd_cli import answers, diagnosis, jsonl, metrics
from kpdd_cli.errors import InputError
from kpdd_cli.records import Row
from kpdd_cli.students import student

CARD = "card.json"  # of a whole evaluation folder, over its sets
TRAINED = "trained.json"  # the student's record, for reports; student.json would mark a student

#: What tells a problem from others across evaluations: id, question and answer.
ProblemKey = tuple[str, str, str]


def of_student(path: Path) -> Row:
    """Who was evaluated: what its record says, the hash of its files, and of what it was taught."""
    record = student.Record.read(path)
    settings = record.training.get("settings", {})
    return {
        "base": record.base,
        "base_revision": record.base_revision,
        "mode": record.mode,
        "pipeline": record.pipeline,
        "method": record.method,
        "seed": settings.get("plan", {}).get("seed"),
        "hash": student.digest(path),
        "prompts": record.formats,
        "training_rows": settings.get("rows"),
    }


def of_set(name: str, rows: Sequence[Row], who: Row, settings: Row, *, unreadable: int) -> Row:
    """The card of a student on one data set, from its predictions."""
    statuses = [row["prediction"]["verdict"]["status"] for row in rows]
    score = metrics.score(statuses)
    key_points = metrics.score_key_points(_pairs(rows))
    excluded = {"no_gold": score.cannot_tell.get("no_gold", 0), "unreadable": unreadable}
    return {
        "set": name,
        "problems": len(rows),
        **asdict(score),
        "excluded": {reason: count for reason, count in excluded.items() if count},
        "rules": dict(Counter(filter(None, map(_rule, rows))).most_common()),
        "diagnosis": _diagnoses(rows),
        "key_points": key_points and asdict(key_points),
        "samples": _samples(rows),
        "student": who,
        "settings": settings,
        "hashes": {
            "split": _split(rows),
            "predictions": _hash([row["prediction"] for row in rows]),
        },
        "code": {"version": kpdd_cli.__version__, "hash": _code()},
    }


def of_all(sets: Sequence[Row], baseline: Row | None) -> Row:
    """The card of a whole evaluation: its sets, their macro average, and the baseline beside it."""
    counts = [(card["correct"], card["n"]) for card in sets]
    macro = metrics.macro(counts)
    return {"macro": macro and asdict(macro), "sets": list(sets), "baseline": baseline}


def compared(ours: dict[str, Path], theirs: dict[str, Path], baseline: str) -> Row:
    """The paired differences between two evaluations, a file of predictions a set each.

    Paired is what has the same id, question and answer, and a verdict on both sides.
    """
    found = {}
    differences = []
    for name, path in ours.items():
        if not theirs[name].is_file():
            raise InputError(f"{theirs[name]}: no such file; evaluate the baseline on it first")
        mine, other = verdicts(path), verdicts(theirs[name])
        shared = [problem for problem in mine if problem in other]
        if not shared:
            raise InputError(f"{path} and {theirs[name]} have no problem in common")
        one = metrics.difference((mine[problem], other[problem]) for problem in shared)
        differences.append(one)
        unpaired = len(mine) + len(other) - 2 * len(shared)
        found[name] = {**asdict(one), "unpaired": unpaired}
    macro = metrics.macro_difference(differences)
    return {"baseline": baseline, "sets": found, "macro": macro and asdict(macro)}


def unlike(ours: Path, theirs: Path) -> str:
    """In what the manner of two evaluations of a set differs; empty where it is one."""
    mine, other = (
        json.loads(path.with_suffix(".score.json").read_text("utf-8"))["settings"]
        for path in (ours, theirs)
    )
    # What has no use for a calculator says nothing of it.
    names = ("beams", "engine", "dtype", "calculator", "gold_key_points")
    pairs = ((name, other.get(name, False), mine.get(name, False)) for name in names)
    return ", ".join(
        f"{name} {there} (here {here})" for name, there, here in pairs if there != here
    )


def verdicts(path: Path) -> dict[ProblemKey, bool]:
    """Whether each problem of an evaluated set was solved."""
    return {
        problem: prediction["verdict"]["status"] == "correct"
        for problem, prediction in _scored(path)
    }


def misunderstood(path: Path) -> dict[ProblemKey, bool]:
    """Whether each problem of an evaluated set was answered wrongly by misunderstanding."""
    return {
        problem: (prediction.get("diagnosis") or {}).get("kind") == "misunderstanding"
        for problem, prediction in _scored(path)
    }


def _scored(path: Path) -> Iterator[tuple[ProblemKey, Row]]:
    """The prediction of each problem that has a gold answer."""
    for row in predictions(path):
        if row["prediction"]["verdict"]["status"] != "no_gold":
            yield (row["id"], row["question"], row["answer"]), row["prediction"]


def predictions(path: Path) -> list[Row]:
    """The rows of an evaluated set. Raises :class:`InputError` for a file of another kind."""
    rows = []
    for line in jsonl.read(path):
        if not isinstance(line.row.get("prediction", {}).get("verdict"), dict):
            raise InputError(f'{line.where}: no "prediction" in it; kpdd eval writes such rows')
        rows.append(line.row)
    return rows


def _diagnoses(rows: Sequence[Row]) -> Row:
    found = [row["prediction"].get("diagnosis") for row in rows]
    kinds = Counter(one["kind"] for one in found if one)
    signs = Counter(sign for one in found if one for sign in one["signs"])
    return {
        "kinds": {kind: kinds[kind] for kind in diagnosis.KINDS if kinds[kind]},
        "signs": {sign: signs[sign] for sign in diagnosis.SIGNS if signs[sign]},
    }


def _rule(row: Row) -> str:
    """How the answer was read out of a text; empty where it was computed, or there is none."""
    begin, _, rest = row["prediction"]["verdict"]["why"].partition("read by the rule: ")
    return "" if begin or not rest else rest.partition(";")[0]


def _samples(rows: Sequence[Row]) -> Row | None:
    judged = [row["prediction"].get("samples") for row in rows if row.get("answer") is not None]
    if not judged or not all(judged):
        return None
    votes = [[(_vote(one["value"]), one["status"] == "correct") for one in some] for some in judged]
    score = metrics.score_samples(votes)
    if score is None:
        return None
    row = asdict(score)
    for name in ("pass_at", "maj_at"):
        row[name] = {str(k): share for k, share in row[name].items()}
    return row


def _vote(value: str | None) -> Hashable:
    """An answer as votes are counted: 18 and 18.0 are one."""
    if value is None:
        return None
    parts = answers.parse(value).parts
    return tuple(part.value if isinstance(part, answers.Number) else part for part in parts)


def _pairs(rows: Sequence[Row]) -> Iterator[metrics.KeyPointPair]:
    """Extracted and gold key points of the rows that have both."""
    for row in rows:
        found, gold = row["prediction"], row.get("gold", {})
        if "core_question" in gold and (found["core_question"], found["information"]) != (
            None,
            None,
        ):
            status = found["verdict"]["status"]
            yield metrics.KeyPointPair(
                found["core_question"],
                found["information"],
                gold["core_question"],
                gold["information"],
                None if status in metrics.CANNOT_TELL else status == "correct",
            )


def _split(rows: Sequence[Row]) -> str:
    return _hash([[row["id"], row["question"], row.get("answer")] for row in rows])


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def _code() -> str:
    """A hash of kpdd's own source, which tells a changed checkout from the release."""
    folder = Path(kpdd_cli.__file__).parent
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        name = path.relative_to(folder).as_posix()
        whole.update(name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return whole.hexdigest()[:16]
