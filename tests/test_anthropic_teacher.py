"""The teacher behind the Messages API, over a loopback server with the API's faults."""

import itertools
import json
import os
import random
import re
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import messages_server
import pytest
from messages_server import Answer, Bucket, MessagesServer, Received, error, in_turn, obedient

from kpdd_cli.errors import TeacherError, UsageError
from kpdd_cli.records import KeyPoints, Row
from kpdd_cli.teachers.anthropic import AnthropicTeacher
from kpdd_cli.teachers.base import Annotation

HTML_502 = Answer(502, b"<html><h1>Bad gateway</h1></html>", {"content-type": "text/html"})
KEY = "sk-ant-very-secret-0123456789"


@pytest.fixture(autouse=True)
def _no_credential(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("ANTHROPIC_")]:
        monkeypatch.delenv(name)
    for name in ("HOME", "XDG_CONFIG_HOME", "APPDATA"):  # where a profile would be
        monkeypatch.setenv(name, str(tmp_path))


def teacher(server: MessagesServer, **settings) -> AnthropicTeacher:
    """A teacher in a hurry: short deadlines, next to no back-off."""
    return AnthropicTeacher(
        **{"base_url": server.url, "deadline_s": 1.0, "backoff_s": 0.01, **settings}
    )


def problems(count: int) -> Iterator[Row]:
    for number in range(count):
        yield {"id": f"p{number}", "question": f"Question {number}", "kept": number}


def annotated(count: int = 1, samples: int = 1) -> Iterator[tuple[Row, int]]:
    for row in problems(count):
        points = {"core_question": "What?", "information": ["One.", "Two."]}
        yield from (({**row, **points}, sample) for sample in range(samples))


def message(text: str = "", **more) -> Answer:
    return messages_server.message(text or '{"program": "answer = 3"}', **more)


# --- what is asked, and what comes of it


def test_each_problem_gets_its_own_key_points():
    with MessagesServer(latency_s=0.01) as server:
        found = list(teacher(server).extract(problems(40)))
    assert sorted(annotation.row["kept"] for annotation in found) == list(range(40))
    for annotation in found:
        question = annotation.row["question"]
        assert annotation.value == KeyPoints(
            f"What is asked in: {question}?", (f"A fact of: {question}", "Another fact.")
        )


def test_core_question_is_asked_first_and_given_to_the_second_request():
    with MessagesServer() as server:
        list(teacher(server).extract(problems(1)))
    first, second = server.received
    assert (first.asks_for, second.asks_for) == ({"core_question"}, {"information"})
    assert "What is asked in: Question 0?" in second.user


def test_merge_asks_for_both_key_points_at_once():
    with MessagesServer() as server:
        (found,) = teacher(server, merge=True).extract(problems(1))
    assert [request.asks_for for request in server.received] == [{"core_question", "information"}]
    assert found.value.core_question == "What is asked in: Question 0?"


@pytest.mark.parametrize(
    ("mode", "text"),
    [
        ("cot", "From Question 0 follows 1 + 2 = 3.\nThe answer is 3."),
        ("pot", "first = 1  # Question 0\nanswer = first + 2"),
    ],
)
def test_solution_is_asked_for_with_the_key_points(mode: str, text: str):
    with MessagesServer() as server:
        (found,) = teacher(server).solve(annotated(), mode)
    assert found.value.fields() == {"mode": mode, "rationale": text, "sample": 0}
    for part in ("Question 0", "What?", "- One.", "- Two."):
        assert part in server.received[0].user


def test_samples_are_asked_for_in_different_words_over_the_same_system_part():
    with MessagesServer() as server:
        found = list(teacher(server).solve(annotated(samples=5), "cot"))
    assert sorted(annotation.value.sample for annotation in found) == [0, 1, 2, 3, 4]
    assert len({request.user for request in server.received}) == 5
    assert len({str(request.body["system"]) for request in server.received}) == 1


def test_system_part_is_marked_for_the_cache_at_its_end():
    with MessagesServer() as server:
        list(teacher(server).extract(problems(1)))
    for request in server.received:
        assert request.body["system"][-1]["cache_control"] == {"type": "ephemeral"}


def test_only_what_every_model_accepts_is_sent():
    with MessagesServer() as server:
        list(teacher(server).solve(annotated(), "pot"))
    assert set(server.received[0].body) == {
        *("model", "max_tokens", "system", "messages", "output_config")
    }


def test_rows_are_pulled_as_they_can_be_taken():
    pulled = itertools.count()
    with MessagesServer(latency_s=0.01) as server:
        rows = (row for row in problems(1000) if next(pulled) >= 0)
        with closing(teacher(server, concurrency=4).extract(rows)) as annotations:
            for taken, _ in zip(range(1, 13), annotations, strict=False):
                assert next(pulled) <= taken + 2 * 4 + taken  # each look here counts one too


def test_first_row_goes_alone_and_the_others_together():
    with MessagesServer(latency_s=0.1) as server:
        list(teacher(server, concurrency=8, merge=True).extract(problems(9)))
    first, second, *_, last = (request.at for request in server.received)
    assert second - first > 0.1
    assert last - second < 0.4  # one by one it would be 0.7


def test_record_names_requests_model_and_tokens():
    usage = {
        "input_tokens": 5,
        "output_tokens": 7,
        "cache_read_input_tokens": 11,
        "cache_creation_input_tokens": 13,
    }
    answer = message(usage=usage, headers={"request-id": "req_a"})
    with MessagesServer(in_turn([message("no", usage=usage), answer])) as server:
        (found,) = teacher(server).solve(annotated(), "pot")
    seconds = found.record.pop("seconds")
    assert 0 < seconds < 5
    assert found.record == {
        "request_ids": ["req_000001", "req_a"],
        "answered_by": "claude-haiku-5-5",
        "usage": {
            "input_tokens": 10,
            "output_tokens": 14,
            "cache_read_tokens": 22,
            "cache_write_tokens": 26,
        },
    }


def test_usage_adds_up_over_runs_and_is_priced(tmp_path: Path):
    prices = tmp_path / "prices.toml"
    prices.write_text("[models.m]\ninput = 1\noutput = 10\ncache_write = 0\ncache_read = 0\n")
    with MessagesServer() as server:
        ours = teacher(server, model="m", prices=prices)
        rows = [annotation.row for annotation in ours.extract(problems(3))]
        assert len(rows) == 3
        list(ours.solve(annotated(2), "pot"))
    assert (ours.usage.requests, ours.usage.input_tokens, ours.usage.output_tokens) == (8, 800, 160)
    assert ours.usage.cost_usd == pytest.approx((800 * 1 + 160 * 10) / 1e6)


@pytest.mark.parametrize(
    ("model", "known"),
    [
        ("claude-haiku-5-5", True),
        ("claude-haiku-5-5-20261007", True),
        ("claude-haiku-5-5-fast", False),
        ("qwen3:4b", False),
    ],
)
def test_price_of_an_unknown_model_is_unknown(model: str, known: bool):
    assert (AnthropicTeacher(model).usage.cost_usd is not None) == known


def test_wrong_price_file_is_named(tmp_path: Path):
    (tmp_path / "p.toml").write_text("[models.m]\ninput = 'much'")
    with pytest.raises(UsageError, match=r"p\.toml: not a price file"):
        AnthropicTeacher(prices=tmp_path / "p.toml")


def test_signature_tells_models_and_prompts_apart(tmp_path: Path):
    (tmp_path / "pot").mkdir()
    (tmp_path / "pot" / "user.j2").write_text("{{ question }}")
    ours, own_prompts = AnthropicTeacher(), AnthropicTeacher(prompts=tmp_path)
    assert ours.signature("extract") == AnthropicTeacher(concurrency=3).signature("extract")
    assert ours.signature("extract") != AnthropicTeacher("other").signature("extract")
    assert ours.signature("extract") != AnthropicTeacher(merge=True).signature("extract")
    assert ours.signature("extract") == own_prompts.signature("extract")
    assert ours.signature("solve.pot") != own_prompts.signature("solve.pot")
    assert ours.signature("solve.pot") != ours.signature("solve.cot")


# --- replies


def test_thinking_before_the_text_is_passed_over():
    blocks = [
        {"type": "thinking", "thinking": "Hm.", "signature": "x"},
        {"type": "text", "text": '{"program": '},
        {"type": "text", "text": '"answer = 3"}'},
    ]
    with MessagesServer(in_turn([message(blocks=blocks)])) as server:
        (found,) = teacher(server).solve(annotated(), "pot")
    assert found.value.text == "answer = 3"
    assert len(server.received) == 1


def no_schema(request: Received) -> Answer:
    if request.asks_for:
        return error(400, "invalid_request_error", "output_config: Extra inputs are not permitted")
    return obedient(request)


def test_server_without_structured_output_is_asked_for_it_once():
    with MessagesServer(no_schema) as server:
        found = list(teacher(server).extract(problems(10)))
    assert all(annotation.value for annotation in found)
    assert [bool(request.asks_for) for request in server.received] == [True] + [False] * 20


def test_reply_that_cannot_be_used_is_mended():
    wrong = message('{"steps": 4}')
    with MessagesServer(in_turn([wrong, wrong])) as server:
        (found,) = teacher(server, repairs=2).solve(annotated(), "pot")
    assert found.value is not None
    user, assistant, complaint = server.received[1].body["messages"]
    assert user["content"] == server.received[0].user
    assert assistant == {"role": "assistant", "content": '{"steps": 4}'}
    assert 'no text under "program"' in complaint["content"]


def test_row_whose_replies_stay_unusable_is_set_aside_with_the_last_one():
    wrong = message('{"steps": 4}', headers={"request-id": "req_z"})
    with MessagesServer(lambda _: wrong) as server:
        (found,) = teacher(server, repairs=2).solve(annotated(), "pot")
    assert found.value is None
    assert found.why == 'pot: there is no text under "program"'
    assert len(server.received) == 3
    assert found.record["request_ids"] == ["req_z"] * 3
    assert found.record["raw"] == '{"steps": 4}'
    assert found.record["stop_reason"] == "end_turn"


def test_reply_that_was_cut_is_asked_for_with_more_room():
    cut = message('{"program": "ans', stop_reason="max_tokens")
    with MessagesServer(in_turn([cut])) as server:
        (found,) = teacher(server).solve(annotated(), "pot")
    assert found.value is not None
    first, second = server.received
    assert second.body["max_tokens"] == 2 * first.body["max_tokens"]
    assert len(second.body["messages"]) == 1


def test_empty_reply_is_asked_for_again_without_an_empty_turn():
    with MessagesServer(in_turn([message(blocks=[])])) as server:
        (found,) = teacher(server).solve(annotated(), "pot")
    assert found.value is not None
    assert len(server.received[1].body["messages"]) == 1


def test_refusal_is_set_aside_with_its_category_and_not_repeated():
    details = {"type": "refusal", "category": "reasoning_extraction", "explanation": None}
    refusal = message("I", stop_reason="refusal", stop_details=details)
    with MessagesServer(in_turn([refusal])) as server:
        found = list(teacher(server, concurrency=1).solve(annotated(2), "pot"))
    assert found[0].value is None
    assert found[0].why == "the model refused (reasoning_extraction)"
    assert found[0].record["stop_reason"] == "refusal"
    assert found[1].value is not None
    assert len(server.received) == 2


def test_row_that_is_no_problem_is_set_aside_without_a_request():
    with MessagesServer() as server:
        (found,) = teacher(server).extract([{"id": "x"}])
    assert (found.value, found.why) == (None, '"question" is missing')
    assert not server.received


# --- faults that pass


PASSING = {
    "429": error(429, "rate_limit_error", headers={"retry-after": "0.05"}),
    "429 without retry-after": error(429, "rate_limit_error"),
    "529": error(529, "overloaded_error"),
    "500": error(500),
    "408": error(408),
    "HTML 502": HTML_502,
    "503 without a body": Answer(503),
    "reset": message(manner="reset"),
    "cut JSON": message(manner="cut"),
    "HTML 200": Answer(200, b"<html>Log in</html>", {"content-type": "text/html"}),
    "no content": Answer(200, b'{"type": "message"}'),
    "content of a wrong type": Answer(200, b'{"content": "answer = 3"}'),
    "a list": Answer(200, b"[]"),
    "slow trickle": message(manner="drip"),
    "hang": message(manner="hang"),
}


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
@pytest.mark.parametrize("at_first", [True, False], ids=["at first", "later"])
def test_fault_passes(fault: Answer, at_first: bool):
    answers = [fault] if at_first else [obedient, fault]
    with MessagesServer(in_turn(answers)) as server:
        found = list(teacher(server, concurrency=1).solve(annotated(len(answers)), "pot"))
    assert all(annotation.value for annotation in found)
    assert len(server.received) == len(answers) + 1


def test_retry_after_is_honoured():
    busy = error(429, "rate_limit_error", headers={"retry-after": "0.5"})
    with MessagesServer(in_turn([busy])) as server:
        list(teacher(server).solve(annotated(), "pot"))
    first, second = (request.at for request in server.received)
    assert 0.5 <= second - first < 2.0


def test_retry_after_may_be_a_date():
    busy = error(529, headers={"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"})
    with MessagesServer(in_turn([busy])) as server:
        (found,) = teacher(server).solve(annotated(), "pot")
    assert found.value is not None


def test_attempt_ends_at_its_deadline():
    with MessagesServer(in_turn([message(manner="drip"), message(manner="hang")])) as server:
        (found,) = teacher(server, deadline_s=0.3).solve(annotated(), "pot")
    assert found.value is not None
    times = [request.at for request in server.received]
    assert all(0.3 <= after - before < 10 for before, after in itertools.pairwise(times))


def test_one_row_that_never_gets_an_answer_is_set_aside():
    def answer(request: Received) -> Answer:
        return error(500, text="oh") if "Question 1\n" in request.user else obedient(request)

    with MessagesServer(answer) as server:
        found = list(teacher(server, max_retries=2, concurrency=1).solve(annotated(4), "pot"))
    failed = [annotation for annotation in found if annotation.value is None]
    assert [annotation.row["kept"] for annotation in failed] == [1]
    assert failed[0].why == "given up after 3 attempts; the last one: the server said 500: oh"


def test_request_that_the_server_will_not_take_is_set_aside():
    def answer(request: Received) -> Answer:
        if "Question 1\n" in request.user:
            return error(400, "invalid_request_error", "prompt is too long")
        return obedient(request)

    with MessagesServer(answer) as server:
        found = list(teacher(server, concurrency=1).solve(annotated(4), "pot"))
    failed = [annotation for annotation in found if annotation.value is None]
    assert [annotation.why for annotation in failed] == [
        "the server refuses the request (400: prompt is too long)"
    ]
    assert len(server.received) == 4


def test_no_row_is_lost_or_asked_twice_under_mixed_faults():
    chance = random.Random(4)
    faults = list(PASSING.values())
    whole: list[str] = []

    def answer(request: Received) -> Answer:
        if chance.random() < 0.1:
            return chance.choice(faults)
        whole.append(request.question)
        return obedient(request)

    with MessagesServer(answer) as server:
        found = list(teacher(server, deadline_s=4).solve(annotated(300), "pot"))
    assert sorted(annotation.row["kept"] for annotation in found if annotation.value) == [
        *range(300)
    ]
    assert len(whole) == 300


# --- faults that do not pass


FATAL = {
    "wrong key": (error(401, "authentication_error", "invalid key"), "refuses the credential"),
    "no permission": (error(403, "permission_error", "no"), "may not use claude-haiku-5-5"),
    "unknown model": (error(404, "not_found_error", "model"), "has no model claude-haiku-5-5"),
    "no credit": (error(402, "billing_error", "pay"), "credit or spend limit reached (402: pay)"),
    "spend limit": (
        error(429, "rate_limit_error", "limit", code="enforced_spend_limit_reached"),
        "credit or spend limit reached (429: limit)",
    ),
    "contract limit": (
        error(429, "rate_limit_error", "limit", code="contract_spend_limit_reached"),
        "credit or spend limit reached",
    ),
    "no use in retrying": (
        error(429, "rate_limit_error", "never", headers={"x-should-retry": "false"}),
        "takes no more requests (429: never)",
    ),
    "hours to wait": (
        error(429, "rate_limit_error", "later", headers={"retry-after": "7200"}),
        "asks to come back in 120 minutes",
    ),
}


@pytest.mark.parametrize(("fault", "said"), FATAL.values(), ids=FATAL)
def test_fatal_fault_ends_the_run_with_one_line(fault: Answer, said: str):
    with MessagesServer(lambda _: fault) as server:
        with pytest.raises(TeacherError) as caught:
            list(teacher(server).solve(annotated(50), "pot"))
        assert len(server.received) == 1
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("fault", "said"), FATAL.values(), ids=FATAL)
def test_fatal_fault_in_mid_run_keeps_what_is_finished(fault: Answer, said: str):
    served = itertools.count()

    def answer(request: Received) -> Answer:
        return obedient(request) if next(served) < 40 else fault

    found: list[Annotation] = []
    with MessagesServer(answer, latency_s=0.01) as server:
        annotations = teacher(server, concurrency=8, deadline_s=5).solve(annotated(500), "pot")
        with pytest.raises(TeacherError, match=re.escape(said)):
            found.extend(annotations)
        assert len(server.received) <= 40 + 8
    assert len(found) == 40
    assert all(annotation.value for annotation in found)


def test_fatal_fault_does_not_wait_for_those_who_back_off():
    answers = in_turn([obedient], then=lambda _: error(529, headers={"retry-after": "100"}))

    def answer(request: Received) -> Answer:
        return FATAL["wrong key"][0] if "Question 5\n" in request.user else answers(request)

    began = time.monotonic()
    with MessagesServer(answer) as server, pytest.raises(TeacherError, match="credential"):
        list(teacher(server, concurrency=8).solve(annotated(50), "pot"))
    assert time.monotonic() - began < 3


def test_server_that_is_down_ends_the_run():
    with MessagesServer(in_turn([obedient], then=lambda _: error(503, text="down"))) as server:
        with pytest.raises(TeacherError, match="3 problems in a row got no answer"):
            list(teacher(server, max_retries=2, concurrency=2).solve(annotated(100), "pot"))
        assert len(server.received) < 20


def test_unreachable_server_is_named_at_once():
    with MessagesServer() as server:
        gone = server.url
    with pytest.raises(TeacherError) as caught:
        list(AnthropicTeacher(base_url=gone).extract(problems(3)))
    assert gone in str(caught.value)
    assert "--base-url" in str(caught.value)


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://127.0.0.1", "http://[", "nonsense"])
def test_base_url_that_is_none_is_named(url: str):
    with pytest.raises(TeacherError, match="--base-url"):
        list(AnthropicTeacher(base_url=url).extract(problems(1)))


def test_without_a_credential_the_other_ways_are_named():
    with pytest.raises(TeacherError) as caught:
        list(AnthropicTeacher().extract(problems(1)))
    assert "--teacher gold" in str(caught.value)
    assert "--base-url" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_without_rows_no_credential_is_needed():
    assert list(AnthropicTeacher().extract([])) == []


def test_own_server_needs_no_credential_and_gets_none(monkeypatch: pytest.MonkeyPatch):
    with MessagesServer() as server:
        list(teacher(server).extract(problems(1)))
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        list(teacher(server, base_url=None).extract(problems(1)))
    assert {request.headers["authorization"] for request in server.received} == {"Bearer none"}


def test_credential_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", KEY)
    with MessagesServer() as server:
        list(teacher(server).extract(problems(1)))
    assert server.received[0].headers["authorization"] == f"Bearer {KEY}"


def test_key_is_shown_nowhere(monkeypatch: pytest.MonkeyPatch, capfd, caplog):
    """Not even where the server repeats it in its errors."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    caplog.set_level("INFO")
    faults = [
        error(500, text=f"key {KEY} confuses me"),
        error(400, text=f"bad {KEY}"),
        error(400, text=f"bad {KEY}"),
    ]
    found: list[Annotation] = []
    with MessagesServer(in_turn(faults, then=lambda _: error(401, text=f"bad {KEY}"))) as server:
        ours = teacher(server)
        with pytest.raises(TeacherError) as caught:
            found.extend(ours.extract(problems(3)))
    shown = repr(found)
    assert "bad ***" in shown
    shown += repr(caught.value) + repr(ours.signature("extract")) + repr(vars(ours)) + caplog.text
    shown += "".join(capfd.readouterr())
    assert KEY not in shown


def test_password_in_the_address_is_not_repeated():
    with MessagesServer() as server:
        gone = server.url.replace("//", "//user:pass-word@")
    with pytest.raises(TeacherError) as caught:
        list(AnthropicTeacher(base_url=gone).extract(problems(1)))
    assert "pass-word" not in str(caught.value)


# --- the consumer


def test_closing_the_iterator_cancels_what_is_under_way():
    began = time.monotonic()
    answers = in_turn([obedient], then=lambda _: message(manner="hang"))
    with MessagesServer(answers) as server:
        annotations = teacher(server, deadline_s=60).solve(annotated(50), "pot")
        assert next(annotations).value is not None
        annotations.close()
    assert time.monotonic() - began < 3


def test_interrupt_in_the_consumer_ends_the_run_at_once():
    began = time.monotonic()

    def consume(server: MessagesServer) -> None:
        for _ in teacher(server, deadline_s=60).solve(annotated(50), "pot"):
            raise KeyboardInterrupt

    answers = in_turn([obedient], then=lambda _: message(manner="hang"))
    with MessagesServer(answers) as server, pytest.raises(KeyboardInterrupt):
        consume(server)
    assert time.monotonic() - began < 3


def test_fault_in_the_rows_reaches_the_consumer():
    def broken() -> Iterator[Row]:
        yield from problems(3)
        raise UsageError("line 4 is no row")

    with MessagesServer() as server, pytest.raises(UsageError, match="line 4"):
        list(teacher(server).extract(broken()))


def test_wrong_template_ends_the_run_before_anything_is_sent(tmp_path: Path):
    (tmp_path / "information").mkdir()
    (tmp_path / "information" / "system.j2").write_text("{{ oops }}")
    with MessagesServer() as server:
        with pytest.raises(UsageError, match="oops"):
            list(teacher(server, prompts=tmp_path).extract(problems(1)))
        assert not server.received


# --- pacing


def run_at(limit: Bucket, count: int, **settings) -> tuple[MessagesServer, float, int]:
    with MessagesServer(limit=limit, latency_s=0.2) as server:
        found = list(teacher(server, deadline_s=5, **settings).solve(annotated(count), "pot"))
    # Without the start of the client, which takes seconds where the machine is busy.
    took = server.received[-1].at - server.received[0].at
    return server, took, sum(annotation.value is not None for annotation in found)


@pytest.mark.parametrize("depth", [5, 3000], ids=["shallow bucket", "deep bucket"])
def test_limit_that_the_server_states_is_used_and_kept(depth: float):
    server, took, done = run_at(Bucket(3000, depth), 60, concurrency=64)
    assert done == 60
    assert server.turned_away <= 1
    assert 60 / took > 0.4 * 50  # 50 a second are let in; one by one it would be 5


def test_limit_that_the_server_does_not_state_is_found():
    server, took, done = run_at(Bucket(6000, 5, stated=False), 150, concurrency=32)
    assert done == 150
    assert server.turned_away < 150
    assert 150 / took > 0.1 * 100  # 100 a second are let in


def test_limit_of_the_user_holds_where_the_server_states_none():
    with MessagesServer() as server:
        list(teacher(server, rpm=1200).solve(annotated(11), "pot"))
    times = [request.at for request in server.received]
    assert 0.45 < times[-1] - times[0] < 2.0


def token_limit(request: Received) -> Answer:
    """100 output tokens a reply, 60,000 a minute: ten requests a second."""
    headers = {
        "anthropic-ratelimit-requests-limit": "100000",
        "anthropic-ratelimit-output-tokens-limit": "60000",
        "anthropic-ratelimit-output-tokens-remaining": "50000",
    }
    return message(usage={"input_tokens": 9, "output_tokens": 100}, headers=headers)


def test_limit_on_tokens_is_kept():
    with MessagesServer(token_limit) as server:
        list(teacher(server).solve(annotated(8), "pot"))
    times = [request.at for request in server.received]
    assert 0.6 < times[-1] - times[0] < 2.0


def shape(request: Received) -> object:
    return json.dumps(request.body, sort_keys=True)


def test_same_rows_are_asked_in_the_same_words():
    sent: list[list[object]] = []
    for _ in range(2):
        with MessagesServer() as server:
            list(teacher(server).extract(problems(5)))
        sent.append(sorted(map(shape, server.received)))
    assert sent[0] == sent[1]
