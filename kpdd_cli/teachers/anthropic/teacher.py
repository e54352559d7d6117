"""A large model annotates problems: key points (stages 1 and 2), then solutions (stage 3)."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import Any

from kpdd_cli.answers import ANSWER_SENTENCE
from kpdd_cli.errors import UsageError
from kpdd_cli.journal import beside
from kpdd_cli.prompts import Prompts
from kpdd_cli.records import BadRow, KeyPoints, Mode, Rationale, Row
from kpdd_cli.teachers.anthropic.account import Account
from kpdd_cli.teachers.anthropic.asks import (
    CORE_QUESTION,
    INFORMATION,
    KEY_POINTS,
    SOLUTION,
    Ask,
    Talk,
)
from kpdd_cli.teachers.anthropic.batches import Batches, Send, drive
from kpdd_cli.teachers.anthropic.clients import connect
from kpdd_cli.teachers.anthropic.estimate import Tally
from kpdd_cli.teachers.anthropic.fan_out import fan_out
from kpdd_cli.teachers.anthropic.ledger import Ledger, under_way
from kpdd_cli.teachers.anthropic.prices import price_of
from kpdd_cli.teachers.anthropic.wire import Reply, Request, SetAside, Wire
from kpdd_cli.teachers.base import Annotation, Forecast, Teacher, Usage

DEFAULT_MODEL = "claude-haiku-5-5"

Task = tuple[Row, int]  # a row and the number of its sample
Annotate = Callable[[Task, Send], Coroutine[Any, Any, Annotation[Any]]]


class AnthropicTeacher(Teacher):
    """A model behind the Messages API; each ``extract`` or ``solve`` is a run of its own."""

    billed = True

    def __init__(
        self,
        model: str = DEFAULT_MODEL,
        *,
        base_url: str | None = None,
        merge: bool = False,
        concurrency: int = 32,
        rpm: float | None = None,
        deadline_s: float = 120.0,
        max_retries: int = 8,
        backoff_s: float = 0.5,
        repairs: int = 2,
        prompts: Path | None = None,
        prices: Path | None = None,
        max_usd: float | None = None,
        batch: bool = False,
    ) -> None:
        """Settings of the teacher; nothing is sent yet.

        Args:
            model: the model's name, as the server knows it.
            base_url: another server that speaks the Messages API; it needs no credential.
            merge: ask for both key points in one request instead of two, as in the paper's
                version 4.
            concurrency: rows that are worked on at a time.
            rpm: send no more requests a minute than this, whatever the server allows.
            deadline_s: seconds for one attempt, from its sending to the last byte of its reply.
            max_retries: attempts beyond the first, a request.
            backoff_s: the pause before the first retry, doubled with each further one.
            repairs: requests beyond the first where a reply cannot be used.
            prompts: a folder of templates that replace kpdd's own.
            prices: a price file that replaces kpdd's own.
            max_usd: spend no more than this on one output, whatever number of runs it takes.
            batch: send requests by the Message Batches API, at half price, within a day; needs
                :meth:`begin`, as what is on its way has to be remembered.
        """
        self.model = model
        self.usage = Usage()
        self._base_url = base_url
        self._merge = merge
        self._concurrency = concurrency
        self._rpm = rpm
        self._deadline_s = deadline_s
        self._max_retries = max_retries
        self._backoff_s = backoff_s
        self._repairs = repairs
        self._prompts = Prompts(prompts)
        self._price = price_of(model, prices)
        self._max_usd = max_usd
        self._batch = batch
        self._out: Path | None = None
        self._fresh = False
        self._notice: Callable[[str], None] = lambda text: None
        if self._price is None:
            self.usage.cost_usd = self.usage.spent_usd = None  # unknown is not free
            if max_usd is not None:
                raise UsageError(
                    f"--max-usd needs the price of {model}, which is not known: state it in a file "
                    "of your own (--prices)"
                )

    def begin(
        self, out: Path, *, fresh: bool = False, notice: Callable[[str], None] = lambda text: None
    ) -> None:
        """Keep what is paid for beside ``out``. See :class:`~kpdd_cli.teachers.base.Teacher`.

        Raises :class:`UsageError` where a batch is under way that this run would pay for again.
        """
        self._out, self._fresh, self._notice = out, fresh, notice
        open_batches = under_way(beside(out, "replies"))
        if open_batches and (fresh or not self._batch):
            raise UsageError(
                f"batch {', '.join(open_batches)} is under way for {out}: come back to it with "
                "--batch, or end it with --cancel first"
            )

    def cancel(self) -> tuple[list[str], int]:
        """End the batches under way; their ids, and how many replies had been made and are kept."""
        with closing(self._ledger()) as ledger:
            if not ledger.open_batches and ledger.sending is None:
                return [], 0
            return self._batches(self._wire(ledger), ledger).cancel()

    def signature(self, stage: str) -> Row:
        """Name, model and prompt hash. See :class:`~kpdd_cli.teachers.base.Teacher`."""
        prompts = self._prompts.digest(*(ask.folder for ask in self._asks(stage)))
        return {"name": "anthropic", "model": self.model, "prompts": prompts}

    def extract(self, rows: Iterable[Row]) -> Iterator[Annotation[KeyPoints]]:
        """Key points for each row, in the order they are finished.

        Raises :class:`TeacherError` when no other row would fare better, once the finished rows
        are yielded; :class:`~kpdd_cli.errors.UsageError` for a prompt template that is wrong.
        """
        return self._run("extract", ((row, 0) for row in rows))

    def solve(
        self, tasks: Iterable[tuple[Row, int]], mode: Mode
    ) -> Iterator[Annotation[Rationale]]:
        """A rationale for each row and sample number; raises like :meth:`extract`."""
        return self._run(f"solve.{mode}", tasks)

    def estimate(self, stage: str, tasks: Iterable[Task]) -> Forecast:
        """What ``stage`` would take for ``tasks``: the same prompts, and replies as long as ours.

        A kept reply costs nothing again. See :class:`~kpdd_cli.teachers.base.Teacher`.
        """
        with closing(self._ledger(look=True)) as ledger:
            tally = Tally(self.model, ledger if not self._fresh else None)
            annotate = self._annotator(stage, void=lambda requests: None)
            for task in tasks:
                tally.rows += 1
                drive(annotate(task, tally.send))
            return tally.forecast(self._price)

    def _asks(self, stage: str) -> list[Ask[Any]]:
        if stage == "extract":
            return [KEY_POINTS] if self._merge else [CORE_QUESTION, INFORMATION]
        return [ask for ask in SOLUTION.values() if stage == f"solve.{ask.folder}"]

    def _run(self, stage: str, tasks: Iterable[Task]) -> Iterator[Annotation[Any]]:
        source = iter(tasks)
        first = list(islice(source, 1))
        with closing(self._ledger()) as ledger:
            if not first:  # nothing to do, so nothing to connect to
                return

            def void(requests: Iterable[Request]) -> None:
                ledger.void(request.key(self.model) for request in requests)

            annotate = self._annotator(stage, void)
            wire = self._wire(ledger)
            if self._batch and self._out is None:
                raise ValueError("begin() first: batches are remembered beside an output")
            run = self._in_batches if self._batch else self._live
            yield from run(chain(first, source), annotate, wire, ledger)

    def _annotator(self, stage: str, void: Callable[[Iterable[Request]], None]) -> Annotate:
        """What makes an annotation of a task, given a way to send requests."""
        systems = {
            ask.folder: self._prompts.render(
                f"{ask.folder}/system.j2", answer_sentence=ANSWER_SENTENCE
            )
            for ask in self._asks(stage)
        }

        async def work(talk: Talk, row: Row, sample: int) -> KeyPoints | Rationale:
            if stage == "extract":
                return await talk.key_points(row, merge=self._merge)
            return await talk.rationale(row, "cot" if stage == "solve.cot" else "pot", sample)

        async def annotate(task: Task, send: Send) -> Annotation[Any]:
            row, sample = task
            talk = Talk(self._prompts, systems, self._repairs, send, void)
            try:
                value = await work(talk, row, sample)
            except (BadRow, SetAside) as error:
                return Annotation(row, None, str(error), talk.record(failed=True))
            return Annotation(row, value, record=talk.record())

        return annotate

    def _live(
        self,
        tasks: Iterable[Task],
        annotate: Annotate,
        wire: Wire,
        ledger: Ledger,
    ) -> Iterator[Annotation[Any]]:
        """Work on ``tasks`` at the concurrency asked for, but on the first one alone.

        It shows that the server, the credential and the model are right, and fills the server's
        prompt cache, of each kind of request, for all that follow.
        """
        send = self._sender(wire, ledger)
        warm = False

        async def work(task: Task) -> Annotation[Any]:
            nonlocal warm
            annotation = await annotate(task, send)
            warm = warm or wire.answered
            return annotation

        yield from fan_out(
            tasks, work, width=lambda: self._concurrency if warm else 1, close=wire.close
        )

    def _in_batches(
        self,
        tasks: Iterable[Task],
        annotate: Annotate,
        wire: Wire,
        ledger: Ledger,
    ) -> Iterator[Annotation[Any]]:
        yield from self._batches(wire, ledger).run(tasks, annotate, self._sender(wire, ledger))

    def _sender(self, wire: Wire, ledger: Ledger) -> Send:
        """Sends a request and keeps its reply, unless an earlier run has paid for it."""
        account = ledger.account

        async def send(request: Request) -> Reply:
            key = request.key(self.model)
            kept = ledger.reply(key)
            if kept is not None:
                return kept
            number, room = await account.reserve(request)
            try:
                reply = await wire.send(request, room)
                ledger.keep(key, reply, plain=not wire.structured)
                self._count(reply, account)
            finally:
                account.release(number)
            if reply.stop_reason == "max_tokens" and room < request.max_tokens:
                ledger.void([key])  # cut for want of money, not of sense
                raise account.exhausted()
            return reply

        return send

    def _count(self, reply: Reply, account: Account) -> None:
        usage = self.usage
        usage.requests += 1
        usage.input_tokens += reply.input_tokens
        usage.output_tokens += reply.output_tokens
        usage.cache_read_tokens += reply.cache_read_tokens
        usage.cache_write_tokens += reply.cache_write_tokens
        if self._price is not None and usage.cost_usd is not None:
            usage.cost_usd += self._price.of(reply)
            usage.spent_usd = account.spent_usd

    def _ledger(self, *, look: bool = False) -> Ledger:
        """The ledger of the output, its money counted; only to ``look``, nothing is removed."""
        path = None if self._out is None else beside(self._out, "replies")
        if path is not None and self._fresh and not look:
            path.unlink(missing_ok=True)
            self._fresh = False
        account = Account(self._price, self._max_usd, self._concurrency)
        ledger = Ledger(path, account, look=look)
        if self._price is not None:
            self.usage.spent_usd = account.spent_usd
        return ledger

    def _batches(self, wire: Wire, ledger: Ledger) -> Batches:
        return Batches(
            wire,
            ledger,
            self.model,
            count=lambda reply: self._count(reply, ledger.account),
            notice=self._notice,
        )

    def _wire(self, ledger: Ledger) -> Wire:
        return Wire(
            connect(self._base_url, self._concurrency, self._deadline_s),
            self.model,
            rpm=self._rpm,
            deadline_s=self._deadline_s,
            max_retries=self._max_retries,
            backoff_s=self._backoff_s,
            structured=not ledger.plain,
            lost=ledger.lost,
            notice=self._notice,
        )
