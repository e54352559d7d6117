"""What a machine runs out of, each in one line that names the way on."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kpdd_cli.errors import KpddError, StudentError

_NO_ROOM = ("no space left", "disk quota", "enospc")
_NO_MEMORY = ("out of memory", "can't allocate memory", "cannot allocate memory", "bad_alloc")
# torch and safetensors tell of a failed write by exceptions of their own.
_NOT_WRITTEN = ("pytorchstreamwriter", "file write failed", "unexpected pos", "inlinecontainer")
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EEXIST}


@contextmanager
def told(out: Path, kept: Path) -> Iterator[None]:
    """Turn a full disk, an output that cannot be written, or spent memory into a StudentError.

    ``out`` is what is being made; ``kept`` the folder whose checkpoints the next run goes on from.
    """
    try:
        yield
    except KpddError:
        raise
    except Exception as error:  # safetensors and torch raise classes of their own
        why = _why(error, out)
        if why is None:
            raise
        if any(kept.glob("*/checkpoint-*")) or any(kept.glob("*/done.json")):
            why += f" (what was trained so far is kept in {kept})"
        raise StudentError(why) from error


def is_out_of_memory(error: BaseException) -> bool:
    """Whether a device or the machine had not enough memory for what was tried."""
    text = str(error).lower()
    return isinstance(error, MemoryError) or any(sign in text for sign in _NO_MEMORY)


def _why(error: BaseException, out: Path) -> str | None:
    text = str(error).lower()
    number = getattr(error, "errno", None)
    if is_out_of_memory(error):
        return (
            "there is not enough memory for this training; take a smaller --batch-size, "
            "--batch-tokens or --max-length, then run the same call again"
        )
    if number in (errno.ENOSPC, errno.EDQUOT) or any(sign in text for sign in _NO_ROOM):
        return f"{out}: the disk is full; make room, and the same call goes on where this stopped"
    if number in _READ_ONLY:
        return f"{out} cannot be written ({_reason(error)}); choose another -o"
    if isinstance(error, OSError) or any(sign in text for sign in _NOT_WRITTEN):
        return (
            f"{out}: writing failed ({_reason(error)}); see that there is room and that the disk "
            "is sound, and the same call goes on where this stopped"
        )
    return None


def _reason(error: BaseException) -> str:
    text = getattr(error, "strerror", None) or " ".join(str(error).split())
    return text if len(text) <= 120 else f"{text[:117]}..."
