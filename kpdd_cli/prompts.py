"""The prompt templates: found wherever kpdd is installed, overridable, rendered and hashed.

The templates are plain text in the top-level folder ``prompts/``, one folder a stage. A wheel
carries them as ``kpdd_cli/_prompts``; an editable install and a checkout read the folder itself.
A user's own folder is laid over it: a file there replaces the file of the same name here.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpdd_cli.errors import KpddError, UsageError

if TYPE_CHECKING:
    from jinja2 import Environment

#: Worked examples that the teacher's templates show; a list of tables named ``exemplar``.
EXEMPLARS = "exemplars.toml"


def folder() -> Path:
    """The folder of the templates that came with kpdd. Raises :class:`KpddError`."""
    package = Path(__file__).parent
    for place in (package / "_prompts", package.parent / "prompts"):
        if (place / EXEMPLARS).is_file():
            return place
    raise KpddError("the prompt templates are missing from this installation; install kpdd again")


class Prompts:
    """A set of templates: kpdd's own, with the files of ``override`` laid over them."""

    def __init__(self, override: Path | None = None) -> None:
        """Raises :class:`UsageError` if ``override`` is no folder or replaces no template."""
        own = folder()
        if override is not None:
            _check_override(override, own)
        self._places = [place for place in (override, own) if place is not None]

    def render(self, name: str, **values: Any) -> str:
        """The text of template ``name`` (``cot/user.j2``), white space trimmed at its end.

        A template may use ``values``, ``exemplars`` and nothing else. Raises :class:`UsageError`
        naming the file and what is wrong with it.
        """
        import jinja2

        try:
            return self._environment.get_template(name).render(values).rstrip()
        except jinja2.TemplateNotFound as error:
            raise UsageError(f"{self._find(name)}: there is no template {error.name}") from error
        except jinja2.TemplateSyntaxError as error:
            where = f"{error.filename or name}:{error.lineno}"
            raise UsageError(f"{where}: {error.message}") from error
        except jinja2.UndefinedError as error:
            known = ", ".join(sorted([*values, "exemplars"]))
            raise UsageError(
                f"{self._find(name)}: {error.message}; the template may use: {known}"
            ) from error
        except (TypeError, ValueError, ArithmeticError, jinja2.TemplateError) as error:
            raise UsageError(f"{self._find(name)}: {error}") from error

    def digest(self, *stages: str) -> str:
        """A hash of everything the prompts of ``stages`` are made of, the same on every machine.

        It covers the templates in the stages' folders and the shared files beside the folders.
        """
        whole = hashlib.sha256()
        for name in self._names("", *stages):
            text = self._find(name).read_bytes().replace(b"\r\n", b"\n")
            whole.update(name.encode() + b"\0" + text + b"\0")
        return whole.hexdigest()[:16]

    @cached_property
    def exemplars(self) -> list[dict[str, Any]]:
        """The worked examples. Raises :class:`UsageError`."""
        path = self._find(EXEMPLARS)
        try:
            exemplars = tomllib.loads(path.read_text(encoding="utf-8"))["exemplar"]
        except KeyError as error:
            raise UsageError(f"{path}: there is no [[exemplar]] in it") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}: {error}") from error
        if not isinstance(exemplars, list):
            raise UsageError(f"{path}: write [[exemplar]], a list, not [exemplar]")
        return exemplars

    @cached_property
    def _environment(self) -> Environment:
        import jinja2

        environment = jinja2.Environment(  # plain text, not HTML: nothing to escape
            loader=jinja2.FileSystemLoader(self._places),
            undefined=jinja2.StrictUndefined,
            auto_reload=False,  # looking whether a file has changed costs as much as rendering it
            trim_blocks=True,
            lstrip_blocks=True,
        )
        # Jinja's own tojson writes for HTML (' becomes \u0027), which a model would imitate.
        environment.filters["json"] = lambda value: json.dumps(value, ensure_ascii=False)
        environment.globals["exemplars"] = self.exemplars
        return environment

    def _names(self, *stages: str) -> list[str]:
        """The names of the files of ``stages`` ("" is the shared ones), sorted, each once."""
        found = {
            path.relative_to(place).as_posix()
            for place in self._places
            for stage in stages
            for path in (place / stage).glob("*")
            if path.suffix in {".j2", ".toml"} and path.is_file()
        }
        return sorted(found)

    def _find(self, name: str) -> Path:
        """The file that is used for ``name``."""
        return next((p / name for p in self._places if (p / name).is_file()), Path(name))


def _check_override(override: Path, own: Path) -> None:
    """A folder of templates under wrong names would be ignored in silence: refuse it."""
    if not override.is_dir():
        raise UsageError(f"{override}: no such folder of prompt templates")
    if not any((override / path.relative_to(own)).is_file() for path in own.rglob("*.*")):
        raise UsageError(
            f"{override}: no file here replaces a template; copy the ones to change from {own}"
        )
