"""The large-model teacher beside the bare client with its default retries, on one loopback server.

The server (tests/messages_server.py) answers after 0.3 s, lets 3,000 requests a minute in through a
token bucket of 50, and states its limits in headers, as the API does; then it answers at once and
lets everything in. Each client runs in a process of its own: CPU seconds and memory are that
process's alone, start-up included. kpdd is the real command, so its figures include prompts,
reading of replies, and every row and reply on disk; the bare client sends the same requests and
drops the replies.

    python benchmarks/teacher.py                 # some five minutes
    python benchmarks/teacher.py --rows 100000   # memory and CPU over a long run
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1] / "tests"
KEY_POINTS = {
    "core_question": "How many are left?",
    "information": ["Three are there.", "One goes."],
}
RPM, LATENCY_S, DEPTH = 3000.0, 0.3, 50.0


@dataclass(frozen=True)
class Measured:
    """One client over one server."""

    rows: int
    answered: int  # requests
    turned_away: int
    seconds: float  # from the first request to the last answer
    cpu_seconds: float
    peak_mb: float
    lost: int  # rows without a result

    @property
    def cells(self) -> str:
        """The columns of the table."""
        per_minute = 60 * self.answered / self.seconds
        asked = self.answered + self.turned_away
        return (
            f"{per_minute:>11,.0f}{100 * self.turned_away / asked:>8.2f} %{self.lost:>9,}"
            f"{1000 * self.cpu_seconds / asked:>12.2f}{self.peak_mb:>9.0f}"
        )


def serve(pipe: Connection, limited: bool) -> None:
    """A server in a process of its own; it ends, and reports, when it is told to."""
    sys.path.insert(0, str(TESTS))
    from messages_server import Answer, Bucket, MessagesServer, message

    times: list[float] = []
    body = message(
        json.dumps({"program": "there = 3\ngone = 1\nanswer = there - gone"}),
        usage={"input_tokens": 60, "cache_read_input_tokens": 1600, "output_tokens": 40},
    )

    def answer(request: object) -> Answer:
        times.append(time.monotonic())
        return body

    limit = Bucket(RPM, DEPTH) if limited else None
    with MessagesServer(
        answer, latency_s=LATENCY_S if limited else 0.0, limit=limit, remember=False
    ) as server:
        pipe.send(server.url)
        pipe.recv()
        pipe.send((server.answered, server.turned_away, times[0], times[-1]))


def measure(client: str, rows: int, concurrency: int, *, limited: bool) -> Measured:
    """Run one client in a process of its own against a fresh server."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=serve, args=(theirs, limited))
    server.start()
    url = ours.recv()
    with tempfile.TemporaryDirectory() as folder:
        problems = Path(folder, "keypoints.jsonl")
        with problems.open("w") as file:
            for number in range(rows):
                row = {"id": f"p{number}", "question": f"Question {number}", **KEY_POINTS}
                print(json.dumps(row), file=file)
        out = Path(folder, "solutions.jsonl")
        call = [sys.executable, __file__, "--client", url, str(rows), str(concurrency), str(out)]
        if client == "kpdd":
            options = ["--mode", "pot", "--base-url", url, "--concurrency", str(concurrency)]
            call = [sys.executable, "-m", "kpdd_cli", "solve", str(problems), "-o", str(out)]
            call += [*options, "--quiet", "--json"]
        process = subprocess.Popen(call, stdout=subprocess.DEVNULL)
        _, _, used = os.wait4(process.pid, 0)
        done = sum(1 for _ in out.open())
    ours.send("stop")
    answered, turned_away, first, last = ours.recv()
    server.join()
    return Measured(
        rows,
        answered,
        turned_away,
        last - first,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss / 1024,
        rows - done,
    )


def bare_client(url: str, rows: int, concurrency: int, out: Path) -> None:
    """The official client with its default retries, so many requests at a time."""
    from anthropic import AnthropicError, AsyncAnthropic

    from kpdd_cli.prompts import Prompts

    system = Prompts().render("pot/system.j2")

    async def run() -> None:
        client = AsyncAnthropic(base_url=url, api_key="none")
        gate = asyncio.Semaphore(concurrency)

        async def ask(number: int) -> None:
            async with gate:
                try:
                    await client.messages.create(
                        model="claude-haiku-5-5",
                        max_tokens=8192,
                        system=[{"type": "text", "text": system}],
                        messages=[{"role": "user", "content": f"Question {number}"}],
                    )
                except AnthropicError:
                    return
                print(number, file=file)

        with out.open("w") as file:
            await asyncio.gather(*(ask(number) for number in range(rows)))

    asyncio.run(run())


def table(seconds: float, rows: int) -> Iterator[str]:
    """One line a client and concurrency."""
    clients = ("kpdd", "bare client")
    head = f"{'answers/min':>11}{'429s':>10}{'rows lost':>9}{'CPU ms/req.':>12}{'peak MB':>9}"
    yield f"{RPM:,.0f} requests a minute, {LATENCY_S:g} s an answer, {seconds:g} s at the limit"
    yield f"{'':32}{head}"
    for concurrency in (64, 256):
        for client in clients:
            # What the bucket holds at first is let in at once; kpdd's own share is 98 %.
            found = measure(client, round(RPM / 60 * seconds), concurrency, limited=True)
            yield f"{client + f', {concurrency} at a time':32}{found.cells}"
    yield ""
    yield f"no limit, answers at once, {rows:,} rows"
    yield f"{'':32}{head}"
    for client in clients:
        found = measure(client, rows, 256, limited=False)
        yield f"{client + ', 256 at a time':32}{found.cells}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60, help="at the limit, for each client")
    parser.add_argument("--rows", type=int, default=10_000, help="without a limit")
    parser.add_argument("--client", nargs=4, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.client:
        url, rows, concurrency, out = arguments.client
        bare_client(url, int(rows), int(concurrency), Path(out))
        return
    for line in table(arguments.seconds, arguments.rows):
        print(line, flush=True)


if __name__ == "__main__":
    main()
