"""Who annotates: the gold teacher (no model) or a large language model behind the Messages API."""

from __future__ import annotations

from typing import Any

from kpdd_cli.errors import UsageError
from kpdd_cli.teachers.base import Teacher


def create(name: str, **settings: Any) -> Teacher:
    """The teacher of that name: ``gold``, ``anthropic`` or ``anthropic:MODEL``.

    ``settings`` are those of :class:`~kpdd_cli.teachers.anthropic.AnthropicTeacher`; one that is
    None or False is not given. Raises :class:`UsageError` for another name, and for settings that
    the gold teacher has no use for. A credential is looked for at the first request.
    """
    given = {
        setting: value
        for setting, value in settings.items()
        if value is not None and value is not False
    }
    kind, _, model = name.partition(":")
    if kind == "gold" and not model:
        if given:
            flag = "--" + next(iter(given)).removesuffix("_s").replace("_", "-")
            raise UsageError(f"{flag} has no meaning for the gold teacher, which asks no server")
        from kpdd_cli.teachers.gold import GoldTeacher

        return GoldTeacher()
    if kind == "anthropic":
        from kpdd_cli.teachers.anthropic import DEFAULT_MODEL, AnthropicTeacher

        return AnthropicTeacher(model or DEFAULT_MODEL, **given)
    raise UsageError(f"no teacher is called {name!r}; there are gold, anthropic, anthropic:MODEL")
