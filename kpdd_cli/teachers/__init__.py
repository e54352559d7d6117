"""Who annotates: the gold teacher (no model) or a large language model behind the Messages API."""

from __future__ import annotations

from kpdd_cli.errors import UsageError
from kpdd_cli.teachers.base import Teacher


def create(name: str, *, base_url: str | None = None, concurrency: int = 16) -> Teacher:
    """The teacher of that name: ``gold``, ``anthropic`` or ``anthropic:MODEL``.

    Raises :class:`UsageError` for another name. A credential is looked for at the first request.
    """
    kind, _, model = name.partition(":")
    if kind == "gold" and not model:
        if base_url is not None:
            raise UsageError("--base-url has no meaning for the gold teacher, which asks no server")
        from kpdd_cli.teachers.gold import GoldTeacher

        return GoldTeacher()
    if kind == "anthropic":
        from kpdd_cli.teachers.anthropic import DEFAULT_MODEL, AnthropicTeacher

        return AnthropicTeacher(model or DEFAULT_MODEL, base_url=base_url, concurrency=concurrency)
    raise UsageError(f"no teacher is called {name!r}; there are gold, anthropic, anthropic:MODEL")
