"""A large model annotates problems: key points (stages 1 and 2), then solutions (stage 3)."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any, Generic, TypeVar

from kpdd_cli.answers import ANSWER_SENTENCE
from kpdd_cli.prompts import Prompts
from kpdd_cli.records import BadRow, KeyPoints, Mode, Problem, Rationale, Row
from kpdd_cli.teachers.anthropic import replies
from kpdd_cli.teachers.anthropic.clients import connect
from kpdd_cli.teachers.anthropic.fan_out import fan_out
from kpdd_cli.teachers.anthropic.prices import price_of
from kpdd_cli.teachers.anthropic.replies import Unusable
from kpdd_cli.teachers.anthropic.wire import Reply, Request, SetAside, Wire
from kpdd_cli.teachers.base import Annotation, Teacher, Usage

T = TypeVar("T")

DEFAULT_MODEL = "claude-haiku-5-5"

#: Room for the reply, in tokens; models that think before they answer think within it.
MAX_TOKENS = 8192

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": {"type": "string"}}


@dataclass(frozen=True, slots=True)
class Ask(Generic[T]):
    """One kind of request: its templates' folder, the fields of the reply, and their reader."""

    folder: str
    fields: Mapping[str, Any]
    read: Callable[[str], T]

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON schema of the reply."""
        return {
            "type": "object",
            "properties": dict(self.fields),
            "required": list(self.fields),
            "additionalProperties": False,
        }


CORE_QUESTION = Ask("core_question", {"core_question": _TEXT}, replies.core_question)
INFORMATION = Ask("information", {"information": _TEXTS}, replies.information)
KEY_POINTS = Ask("key_points", {"core_question": _TEXT, "information": _TEXTS}, replies.key_points)
SOLUTION: Mapping[Mode, Ask[str]] = {
    "cot": Ask("cot", {"solution": _TEXT}, replies.solution),
    "pot": Ask("pot", {"program": _TEXT}, replies.program),
}


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
        if self._price is None:
            self.usage.cost_usd = None  # unknown is not free

    def signature(self, stage: str) -> Row:
        """Name, model and prompt hash. See :class:`~kpdd_cli.teachers.base.Teacher`."""
        prompts = self._prompts.digest(*(ask.folder for ask in self._asks(stage)))
        return {"name": "anthropic", "model": self.model, "prompts": prompts}

    def extract(self, rows: Iterable[Row]) -> Iterator[Annotation[KeyPoints]]:
        """Key points for each row, in the order they are finished.

        Raises :class:`TeacherError` when no other row would fare better, once the finished rows
        are yielded; :class:`~kpdd_cli.errors.UsageError` for a prompt template that is wrong.
        """
        return self._run("extract", rows, lambda row: row, self._key_points)

    def solve(
        self, tasks: Iterable[tuple[Row, int]], mode: Mode
    ) -> Iterator[Annotation[Rationale]]:
        """A rationale for each row and sample number; raises like :meth:`extract`."""

        async def work(talk: Talk, task: tuple[Row, int]) -> Rationale:
            row, sample = task
            points = KeyPoints.of(row)
            text = await talk.ask(
                SOLUTION[mode],
                question=Problem.of(row).question,
                core_question=points.core_question,
                information=points.information,
                sample=sample,
            )
            return Rationale(mode, text, sample)

        return self._run(f"solve.{mode}", tasks, lambda task: task[0], work)

    def _asks(self, stage: str) -> list[Ask[Any]]:
        if stage == "extract":
            return [KEY_POINTS] if self._merge else [CORE_QUESTION, INFORMATION]
        return [ask for ask in SOLUTION.values() if stage == f"solve.{ask.folder}"]

    async def _key_points(self, talk: Talk, row: Row) -> KeyPoints:
        question = Problem.of(row).question
        if self._merge:
            return await talk.ask(KEY_POINTS, question=question)
        core_question = await talk.ask(CORE_QUESTION, question=question)
        information = await talk.ask(INFORMATION, question=question, core_question=core_question)
        return KeyPoints(core_question, information)

    def _run(
        self,
        stage: str,
        tasks: Iterable[T],
        row_of: Callable[[T], Row],
        work: Callable[[Talk, T], Coroutine[Any, Any, Any]],
    ) -> Iterator[Annotation[Any]]:
        """Work on ``tasks`` at the concurrency asked for, but alone until a first answer is there.

        The first answer shows that the server, the credential and the model are right, and fills
        the server's prompt cache for all that follow.
        """
        source = iter(tasks)
        first = list(islice(source, 1))
        if not first:  # nothing to do, so nothing to connect to
            return
        systems = {
            ask.folder: self._prompts.render(
                f"{ask.folder}/system.j2", answer_sentence=ANSWER_SENTENCE
            )
            for ask in self._asks(stage)
        }
        wire = self._wire()

        async def annotate(task: T) -> Annotation[Any]:
            talk = Talk(wire, self._prompts, systems, self._repairs, self._count)
            row = row_of(task)
            try:
                value = await work(talk, task)
            except (BadRow, SetAside) as error:
                return Annotation(row, None, str(error), talk.record(failed=True))
            return Annotation(row, value, record=talk.record())

        yield from fan_out(
            chain(first, source),
            annotate,
            width=lambda: self._concurrency if wire.answered else 1,
            close=wire.close,
        )

    def _count(self, reply: Reply) -> None:
        usage = self.usage
        usage.requests += 1
        usage.input_tokens += reply.input_tokens
        usage.output_tokens += reply.output_tokens
        usage.cache_read_tokens += reply.cache_read_tokens
        usage.cache_write_tokens += reply.cache_write_tokens
        if self._price is not None and usage.cost_usd is not None:
            usage.cost_usd += self._price.of(reply)

    def _wire(self) -> Wire:
        return Wire(
            connect(self._base_url, self._concurrency, self._deadline_s),
            self.model,
            rpm=self._rpm,
            deadline_s=self._deadline_s,
            max_retries=self._max_retries,
            backoff_s=self._backoff_s,
        )


@dataclass(slots=True)
class Talk:
    """The requests made for one row, and what they took."""

    wire: Wire
    prompts: Prompts
    systems: Mapping[str, str]  # of each kind of request, by its folder
    repairs: int
    count: Callable[[Reply], None]
    replies: list[Reply] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    async def ask(self, ask: Ask[T], **values: object) -> T:
        """Ask, and ask again where the reply cannot be used. Raises :class:`SetAside`."""
        user = self.prompts.render(f"{ask.folder}/user.j2", **values)
        turns = [{"role": "user", "content": user}]
        room = MAX_TOKENS
        repairs = self.repairs
        while True:
            reply = await self.wire.send(Request(self.systems[ask.folder], turns, ask.schema, room))
            self.replies.append(reply)
            self.count(reply)
            try:
                return ask.read(_whole(reply))
            except Unusable as fault:
                if not repairs:
                    raise SetAside(f"{ask.folder}: {fault}") from fault
                repairs -= 1
                if reply.stop_reason == "max_tokens":
                    room *= 2
                else:
                    turns = [turns[0], *_correction(reply, fault)]

    def record(self, *, failed: bool = False) -> Row:
        """What the row keeps: request ids, the model that answered, tokens, seconds.

        A row that is set aside keeps the last reply too, as it came.
        """
        record: Row = {
            "request_ids": [reply.request_id for reply in self.replies],
            "seconds": round(time.monotonic() - self.began, 3),
        }
        if self.replies:
            last = self.replies[-1]
            record["answered_by"] = last.model
            record["usage"] = {
                name: sum(getattr(reply, name) for reply in self.replies)
                for name in (
                    "input_tokens",
                    "output_tokens",
                    "cache_read_tokens",
                    "cache_write_tokens",
                )
            }
            if failed:
                record |= {"stop_reason": last.stop_reason, "raw": last.text}
        return record


def _whole(reply: Reply) -> str:
    """The text of a reply that ended by itself.

    Raises :class:`SetAside` where asking again would not help, else :class:`Unusable`.
    """
    if reply.stop_reason == "refusal":
        raise SetAside(f"the model refused ({reply.refusal})")
    if reply.stop_reason == "max_tokens":
        raise Unusable("the reply was cut at max_tokens")
    if reply.stop_reason not in {"end_turn", "stop_sequence", None}:
        raise SetAside(f"the model stopped with {reply.stop_reason}")
    if not reply.text.strip():
        raise Unusable("the reply has no text")
    return reply.text


def _correction(reply: Reply, fault: Unusable) -> list[dict[str, str]]:
    """The turns that ask for a usable reply; a turn may not be empty."""
    if not reply.text.strip():
        return []
    request = f"That cannot be used: {fault}. Reply again, with the JSON object and nothing else."
    return [
        {"role": "assistant", "content": reply.text},
        {"role": "user", "content": request},
    ]
