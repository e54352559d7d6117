"""Fixtures that several test files share."""

import os
import signal
from pathlib import Path

import pytest

# A shell lets what it runs in the background ignore the interrupt; what the tests start would too.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real inputs, in their publishers' formats; skips where it is absent."""
    beside = Path(__file__).resolve().parents[1].parent / "shared" / "data"
    folder = Path(os.environ.get("KPDD_SHARED_DATA", beside))
    if not folder.is_dir():
        pytest.skip(f"no real data at {folder} (set KPDD_SHARED_DATA)")
    return folder
