"""The teacher behind the Messages API: Anthropic's models, or any server that speaks the API."""

from kpdd_cli.teachers.anthropic.teacher import DEFAULT_MODEL, AnthropicTeacher

__all__ = ["DEFAULT_MODEL", "AnthropicTeacher"]
