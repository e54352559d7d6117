"""``kpdd compare``: several settings, each trained and evaluated, in one table.

A cell is a pipeline, a mode and a seed, in a folder of its own; each of its two stages resumes, so
that a comparison that was stopped goes on in the middle of a cell.
"""

from __future__ import annotations

import dataclasses
import json
import statistics
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import Any, Literal, NamedTuple

from kpdd_cli import metrics
from kpdd_cli.errors import InputError
from kpdd_cli.journal import write_atomically
from kpdd_cli.records import MODES, PIPELINES, Mode, Pipeline, Row
from kpdd_cli.stages import Report, Summary, ablation, cards, evaluate, finetune
from kpdd_cli.stages.intake import must_exist
from kpdd_cli.students.student import METHODS

TABLE = "comparison.json"
MARKDOWN = "comparison.md"

#: By set: with how many seeds something holds of each problem.
_Counts = dict[str, dict[cards.ProblemKey, int]]

_TRAINING = (
    "method",
    "epochs",
    "steps",
    "batch_size",
    "learning_rate",
    "selection",
    "max_length",
    "processes",
    "limit",
)
_EVALUATION = (
    "split",
    "beams",
    "engine",
    "calculator",
    "samples",
    "temperature",
    "batch_size",
    "jobs",
    "limit",
)


class Cell(NamedTuple):
    """One training: its folder is named after it."""

    pipeline: Pipeline
    mode: Mode
    seed: int

    @property
    def folder(self) -> str:
        """``three-stage.pot.0``."""
        return f"{self.pipeline}.{self.mode}.{self.seed}"


class Setting(NamedTuple):
    """A row of the table: a pipeline and a mode, with the student's own key points or gold ones."""

    pipeline: Pipeline
    mode: Mode
    key_points: Literal["own", "gold"] = "own"

    @property
    def name(self) -> str:
        """What the paper's tables call it."""
        whole = f"KPDD-{self.mode[0].upper()}oT"
        match self.pipeline:
            case "direct":
                name = f"{self.mode[0].upper()}oTD"
            case "no-core-question":
                name = f"{whole} without core question"
            case "no-information":
                name = f"{whole} without information"
            case _:
                name = f"{whole} {self.pipeline}"
        return f"{name}, gold key points" if self.key_points == "gold" else name

    def folders(self, config: Config) -> list[Path]:
        """Its evaluations, a seed each."""
        kind = "ceiling" if self.key_points == "gold" else "evaluation"
        cells = [Cell(self.pipeline, self.mode, seed) for seed in config.seeds]
        return [config.out / cell.folder / kind for cell in cells]


@dataclass(frozen=True, slots=True)
class Config:
    """What to compare; ``training`` and ``evaluation`` are fields of those stages' own configs.

    ``accepted`` names the rows of each mode. With ``gold_key_points`` each student that reads key
    points is evaluated once more with gold ones: the ceiling. ``students`` is the folder of another
    comparison, whose students are evaluated here in another manner.
    """

    out: Path
    accepted: dict[str, Path]
    students: Path | None = None
    base: str = "kpdd-tiny"
    data: tuple[str, ...] = ("svamp",)
    pipelines: tuple[Pipeline, ...] = (
        "direct",
        "three-stage",
        "no-core-question",
        "no-information",
    )
    modes: tuple[Mode, ...] = MODES
    seeds: tuple[int, ...] = (0,)
    gold_key_points: bool = True
    training: Row = field(default_factory=dict)
    evaluation: Row = field(default_factory=dict)

    @property
    def cells(self) -> list[Cell]:
        """Every training, seed after seed, so that a table of one seed is there early."""
        return [
            Cell(pipeline, mode, seed)
            for seed in self.seeds
            for mode in self.modes
            for pipeline in self.pipelines
        ]


@dataclass(frozen=True, slots=True)
class ComparisonSummary(Summary):
    """``table`` has an object a setting: by set and as macro average the share of right answers
    over the seeds, and by set that of misunderstandings (:mod:`kpdd_cli.diagnosis`).

    ``differences`` has one for every two settings, paired by problem.
    """

    cells: int
    table: list[Row]
    differences: list[Row]


def read(path: Path, workspace: Path, out: Path | None) -> Config:
    """The comparison that a TOML file asks for. Raises :class:`InputError` naming what is wrong."""
    try:
        asked = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: is not TOML: {error}") from error
    known = {one.name for one in dataclasses.fields(Config)} - {"out"}
    _check_names(path, "", asked, known)
    _check_names(path, "training.", _table(path, asked, "training"), set(_TRAINING))
    _check_names(path, "evaluation.", _table(path, asked, "evaluation"), set(_EVALUATION))
    accepted: dict[str, Path] = {mode: workspace / f"accepted.{mode}.jsonl" for mode in MODES}
    files = _table(path, asked, "accepted")
    _check_names(path, "accepted.", files, set(MODES))
    accepted |= {mode: workspace / str(file) for mode, file in files.items()}
    settings: dict[str, Any] = {**asked, "accepted": accepted}
    if "students" in asked:
        settings["students"] = workspace / str(asked["students"])
    choices = {"pipelines": PIPELINES, "modes": MODES, "data": None, "seeds": None}
    for name, allowed in choices.items():
        if name in asked:
            settings[name] = _list(path, name, asked[name], allowed)
    if not all(type(seed) is int for seed in settings.get("seeds", ())):
        raise InputError(f'{path}: "seeds" must be whole numbers')
    if asked.get("training", {}).get("method", "lora") not in METHODS:
        raise InputError(f'{path}: "training.method" must be one of {", ".join(METHODS)}')
    return Config(out=out or workspace / f"comparison.{path.stem}", **settings)


def _check_names(path: Path, where: str, asked: Row, known: set[str]) -> None:
    for name in asked:
        if name not in known:
            raise InputError(
                f'{path}: there is no "{where}{name}"; known: {", ".join(sorted(known))}'
            )


def _table(path: Path, asked: Row, name: str) -> Row:
    value = asked.get(name, {})
    if not isinstance(value, dict):
        raise InputError(f'{path}: "{name}" must be a table, [{name}]')
    return value


def _list(path: Path, name: str, value: Any, allowed: tuple[str, ...] | None) -> tuple[Any, ...]:
    if not isinstance(value, list) or not value:
        raise InputError(f'{path}: "{name}" must be a list with something in it')
    for one in value:
        if allowed is not None and one not in allowed:
            raise InputError(f'{path}: "{name}" holds {one!r}; known: {", ".join(allowed)}')
    return tuple(value)


def run(config: Config, report: Report) -> ComparisonSummary:
    """Train and evaluate each cell that is not done, and write the table."""
    began = time.monotonic()
    for mode in config.modes:
        must_exist(config.accepted[mode], f"kpdd filter --mode {mode}")
    for number, cell in enumerate(config.cells, 1):
        report.notice(f"cell {number} of {len(config.cells)}: {cell.folder}")
        _make(config, cell, report)
    settings = list(_settings(config))
    table = [_row(config, setting) for setting in settings]
    differences = _differences(config, settings)
    found = {"base": config.base, "seeds": config.seeds, "table": table, "differences": differences}
    write_atomically(config.out / TABLE, json.dumps(found, indent=2) + "\n")
    write_atomically(config.out / MARKDOWN, ablation.markdown(ablation.tables(table, differences)))
    return ComparisonSummary(
        stage="compare",
        rows_in=len(config.cells),
        rows_out=len(table),
        seconds=time.monotonic() - began,
        out=str(config.out),
        cells=len(config.cells),
        table=table,
        differences=differences,
    )


def _make(config: Config, cell: Cell, report: Report) -> None:
    folder = config.out / cell.folder
    training = finetune.Config(
        accepted=config.accepted[cell.mode],
        out=(config.students or config.out) / cell.folder / "student",
        base=config.base,
        mode=cell.mode,
        pipeline=cell.pipeline,
        seed=cell.seed,
        **config.training,
    )
    folder.mkdir(parents=True, exist_ok=True)
    finetune.run(training, report)
    # Not the cell's seed: students of every seed are to solve the same problems.
    manner = dict(config.evaluation)
    manner["calculator"] = cell.mode == "cot" and manner.get("calculator", False)
    evaluation = evaluate.Config(training.out, config.data, folder / "evaluation", **manner)
    evaluate.run(evaluation, report)
    if _has_ceiling(config, cell.pipeline):
        guided = replace(evaluation, out=folder / "ceiling", gold_key_points=True)
        evaluate.run(guided, report)


def _has_ceiling(config: Config, pipeline: Pipeline) -> bool:
    """Whether a setting is evaluated with gold key points too: whole pipelines that read them."""
    return config.gold_key_points and pipeline in ("three-stage", "two-stage", "one-pass")


def _settings(config: Config) -> Iterator[Setting]:
    """The rows of the table, in the order of the paper's tables: CoT, then PoT."""
    for mode in config.modes:
        for pipeline in config.pipelines:
            yield Setting(pipeline, mode)
            if _has_ceiling(config, pipeline):
                yield Setting(pipeline, mode, "gold")


def _row(config: Config, setting: Setting) -> Row:
    found = [
        json.loads((folder / cards.CARD).read_text("utf-8"))["sets"]
        for folder in setting.folders(config)
    ]
    sets = {}
    for of_seeds in zip(*found, strict=True):
        sizes = [card["n"] for card in of_seeds]
        right = _over_seeds([card["correct"] for card in of_seeds], sizes)
        sets[of_seeds[0]["set"]] = {
            "accuracy": right.pop("share"),
            "correct": right.pop("counts"),
            **right,
            "misunderstanding": _over_seeds([_misunderstood(card) for card in of_seeds], sizes),
        }
    macros = [statistics.fmean(card["accuracy"] for card in one) for one in found]
    return {
        "name": setting.name,
        **setting._asdict(),
        "sets": sets,
        "macro": {"accuracy": statistics.fmean(macros), "sd": _sd(macros)},
    }


def _misunderstood(card: Row) -> int:
    return int(card["diagnosis"]["kinds"].get("misunderstanding", 0))


def _differences(config: Config, settings: Sequence[Setting]) -> list[Row]:
    """Each setting against each before it, on the problems that both have with every seed."""
    names = [evaluate.name_of(source) for source in config.data]
    right = {one: _counted(config, one, names, cards.verdicts) for one in settings}
    wrongly = {one: _counted(config, one, names, cards.misunderstood) for one in settings}
    return [
        {
            "name": setting.name,
            "baseline": baseline.name,
            **_paired(right[setting], right[baseline], len(config.seeds)),
            "misunderstanding": _paired(wrongly[setting], wrongly[baseline], len(config.seeds)),
        }
        for baseline, setting in combinations(settings, 2)
    ]


def _paired(ours: _Counts, theirs: _Counts, seeds: int) -> Row:
    """The differences by set and as macro average, over the problems of both."""
    sets = {
        name: [mine[problem] - theirs[name][problem] for problem in mine if problem in theirs[name]]
        for name, mine in ours.items()
    }
    macro = metrics.macro_repeated_difference(list(sets.values()), seeds)
    return {
        "sets": {
            name: asdict(metrics.repeated_difference(problems, seeds))
            for name, problems in sets.items()
        },
        "macro": macro and asdict(macro),
    }


def _counted(
    config: Config,
    setting: Setting,
    names: Sequence[str],
    holds: Callable[[Path], dict[cards.ProblemKey, bool]],
) -> _Counts:
    """With how many seeds something holds of each problem; only problems that all seeds met."""
    counts = {}
    for name in names:
        found = [holds(folder / f"{name}.jsonl") for folder in setting.folders(config)]
        counts[name] = {
            problem: sum(one[problem] for one in found)
            for problem in found[0]
            if all(problem in one for one in found)
        }
    return counts


def _over_seeds(counts: Sequence[int], sizes: Sequence[int]) -> Row:
    """Mean share and its standard deviation over seeds; the interval of one seed is Wilson's."""
    shares = [count / n if n else 0.0 for count, n in zip(counts, sizes, strict=True)]
    return {
        "share": statistics.fmean(shares),
        "sd": _sd(shares),
        "ci95": metrics.wilson(counts[0], sizes[0]) if len(counts) == 1 else None,
        "counts": list(counts),
        "n": sizes[0],
    }


def _sd(values: list[float]) -> float | None:
    return statistics.stdev(values) if len(values) > 1 else None
