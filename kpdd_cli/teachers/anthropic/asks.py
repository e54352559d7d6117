"""What a model is asked: the kinds of request, and the talk about one row."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from kpdd_cli.prompts import Prompts
from kpdd_cli.records import KeyPoints, Mode, Problem, Rationale, Row
from kpdd_cli.teachers.anthropic import replies
from kpdd_cli.teachers.anthropic.replies import Unusable
from kpdd_cli.teachers.anthropic.wire import Reply, Request, SetAside

T = TypeVar("T")

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


@dataclass(slots=True)
class Talk:
    """The requests made for one row, and what they took."""

    prompts: Prompts
    systems: Mapping[str, str]  # of each kind of request, by its folder
    repairs: int
    send: Callable[[Request], Awaitable[Reply]]
    void: Callable[[Sequence[Request]], None]  # these replies are of no use, should they be kept
    replies: list[Reply] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    async def key_points(self, row: Row, *, merge: bool) -> KeyPoints:
        """Method stages 1 and 2, in two requests or, to ``merge``, in one."""
        question = Problem.of(row).question
        if merge:
            return await self._ask(KEY_POINTS, question=question)
        core_question = await self._ask(CORE_QUESTION, question=question)
        information = await self._ask(INFORMATION, question=question, core_question=core_question)
        return KeyPoints(core_question, information)

    async def rationale(self, row: Row, mode: Mode, sample: int) -> Rationale:
        """Method stage 3; each sample is asked for in other words."""
        points = KeyPoints.of(row)
        text = await self._ask(
            SOLUTION[mode],
            question=Problem.of(row).question,
            core_question=points.core_question,
            information=points.information,
            sample=sample,
        )
        return Rationale(mode, text, sample)

    async def _ask(self, ask: Ask[T], **values: Any) -> T:
        """Ask, and ask again where the reply cannot be used. Raises :class:`SetAside`."""
        user = self.prompts.render(f"{ask.folder}/user.j2", **values)
        turns = [{"role": "user", "content": user}]
        room = MAX_TOKENS
        sent: list[Request] = []
        try:
            while True:
                sent.append(
                    Request(
                        self.systems[ask.folder],
                        turns,
                        ask.schema,
                        room,
                        sample=values.get("sample", 0),
                        attempt=len(sent),
                    )
                )
                reply = await self.send(sent[-1])
                self.replies.append(reply)
                try:
                    return ask.read(_whole(reply))
                except Unusable as fault:
                    if len(sent) > self.repairs:
                        raise SetAside(f"{ask.folder}: {fault}") from fault
                    if reply.stop_reason == "max_tokens":
                        room *= 2
                    else:
                        turns = [turns[0], *_correction(reply, fault)]
        except SetAside:
            self.void(sent)
            raise

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
            if last.batch:
                record["batch"] = last.batch
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
                if last.refusal:
                    record["refusal"] = last.refusal
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
