"""Recipes: everything that decides over a training but its rows, as a TOML file.

``kpdd finetune --print-config`` writes one, ``--recipe FILE`` reads it, and each student carries
its own as ``recipe.toml``. What a recipe leaves out has the value that fits base and method.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kpdd_cli.errors import InputError
from kpdd_cli.records import MODES, PIPELINES

NAME = "recipe.toml"  # in a student's directory

# The type of each setting, and the values of those that name one of several.
FIELDS: dict[str, type | tuple[str, ...]] = {
    "base": str,
    "mode": MODES,
    "pipeline": PIPELINES,
    "method": ("lora", "full"),
    "quantize": ("4bit",),
    "epochs": float,
    "steps": int,
    "batch_size": int,
    "batch_tokens": int,
    "learning_rate": float,
    "weight_decay": float,
    "warmup": float,
    "decay": float,
    "selection": float,
    "rank": int,
    "alpha": int,
    "dropout": float,
    "max_length": int,
    "seed": int,
}
# Where zero means something; every other number must be positive.
_MAY_BE_ZERO = {"weight_decay", "warmup", "decay", "selection", "dropout", "seed"}
_SHARES = {"warmup", "decay", "dropout"}


def read(path: Path) -> dict[str, Any]:
    """The settings of a recipe. Raises :class:`InputError` with what is wrong in it."""
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise InputError(
            f"{path}: no such recipe; kpdd finetune --print-config writes one"
        ) from None
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: not a recipe ({error})") from None
    for name, value in found.items():
        if (why := _wrong(name, value)) is not None:
            raise InputError(f"{path}: {why}")
    return {name: _typed(name, value) for name, value in found.items()}


def text(settings: Mapping[str, Any]) -> str:
    """A recipe of ``settings``; those that are None are left out."""
    given = ((name, settings[name]) for name in FIELDS if settings.get(name) is not None)
    lines = [
        f"{name} = {json.dumps(_typed(name, value), ensure_ascii=False)}" for name, value in given
    ]
    return "\n".join(lines) + "\n"


def _typed(name: str, value: Any) -> Any:
    return float(value) if FIELDS[name] is float else value


def _wrong(name: str, value: Any) -> str | None:
    if name not in FIELDS:
        return f"{name!r} is no setting; there are {', '.join(FIELDS)}"
    kind = FIELDS[name]
    if isinstance(kind, tuple):
        return None if value in kind else f"{name} must be {' or '.join(map(repr, kind))}"
    if kind is str:
        return None if isinstance(value, str) and value else f"{name} must be a text"
    numbers = (int, float) if kind is float else (int,)
    if isinstance(value, bool) or not isinstance(value, numbers):
        return f"{name} must be {'a number' if kind is float else 'a whole number'}, not {value!r}"
    if value < 0 or (value == 0 and name not in _MAY_BE_ZERO):
        return f"{name} must be {'0 or more' if name in _MAY_BE_ZERO else 'more than 0'}"
    return f"{name} is a share, at most 1" if name in _SHARES and value > 1 else None
