"""The benchmarks on the Hugging Face hub, for who has no copy of the publishers' files.

Each file is pinned to a commit, so that a result names its data for good, and a file fetched once
is read from huggingface_hub's cache without asking the hub again (``HF_HOME``, ``HF_ENDPOINT``,
``HF_TOKEN`` and ``HF_HUB_OFFLINE`` are its own). SVAMP and MultiArith were cut there into train and
test; their publishers have no such cut, and papers report all 1,000 and 600 rows, so both parts
are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from kpdd_cli.errors import InputError
from kpdd_cli.jsonl import Line


@dataclass(frozen=True, slots=True)
class Published:
    """One benchmark on the hub; ``files`` and ``rows`` by split (None: it has no splits)."""

    repo: str
    revision: str
    files: dict[str | None, tuple[str, ...]]
    rows: dict[str | None, int]
    local: str  # where the publisher's own file is found, for who cannot reach the hub


BENCHMARKS = {
    "gsm8k": Published(
        "openai/gsm8k",
        "e53f048856ff4f594e959d75785d2c2d37b678ee",
        {
            "train": ("main/train-00000-of-00001.parquet",),
            "test": ("main/test-00000-of-00001.parquet",),
        },
        {"train": 7473, "test": 1319},
        "train.jsonl or test.jsonl of github.com/openai/grade-school-math",
    ),
    "svamp": Published(
        "ChilleD/SVAMP",
        "5e0bf1e5e7c0e9c4bc39180d224f41f3f801b7ef",
        {None: ("train.json", "test.json")},
        {None: 1000},
        "SVAMP.json of github.com/arkilpatel/SVAMP",
    ),
    "multiarith": Published(
        "ChilleD/MultiArith",
        "144d44c3fb87c0b9097ac9593c789e716a282e3e",
        {None: ("train.json", "test.json")},
        {None: 600},
        "MultiArith.json of github.com/wenhuchen/Program-of-Thoughts",
    ),
    "asdiv": Published(
        "EleutherAI/asdiv",
        "8f95807222d87b4c688c3c22a6ba2801e1fa03e2",
        {None: ("asdiv/validation-00000-of-00001.parquet",)},
        {None: 2305},
        "ASDiv.xml of github.com/chaochun/nlu-asdiv-dataset",
    ),
}


def files(name: str, split: str | None) -> Iterator[tuple[str, str]]:
    """The cached path of each file of a benchmark, and what messages call it. Raises InputError."""
    published = BENCHMARKS[name]
    for file in published.files[split]:
        yield _fetch(name, published, file), f"{published.repo}/{file}"


def parquet(path: str, where: str) -> Iterator[Line]:
    """The rows of a Parquet file, numbered from 1."""
    from pyarrow import ArrowInvalid  # type: ignore[import-untyped]
    from pyarrow.parquet import read_table  # type: ignore[import-untyped]

    try:
        rows = read_table(path).to_pylist()
    except ArrowInvalid as error:
        raise InputError(f"{where}: is not Parquet; delete the cached {path}") from error
    for number, row in enumerate(rows, 1):
        yield Line(where, number, row, json.dumps(row, ensure_ascii=False))


def _fetch(name: str, published: Published, file: str) -> str:
    """The path of the cached file, downloaded where need be."""
    import huggingface_hub
    from huggingface_hub.errors import (  # type: ignore[attr-defined]  # HTTPError is httpx's
        HfHubHTTPError,
        HTTPError,
        LocalEntryNotFoundError,
    )

    try:
        return huggingface_hub.hf_hub_download(
            published.repo, file, repo_type="dataset", revision=published.revision
        )
    except (OSError, HTTPError) as error:
        # LocalEntryNotFoundError hides the fault that kept it from the hub behind a paragraph.
        cause = error.__cause__ if isinstance(error, LocalEntryNotFoundError) else error
        status = cause.response.status_code if isinstance(cause, HfHubHTTPError) else None
        why = f"HTTP {status}" if status else str(cause or error).strip().splitlines()[0]
        raise InputError(
            f"{name}: cannot fetch {file} of {published.repo} from the hub: {why}; "
            f"pass a local file instead: {published.local}"
        ) from error
