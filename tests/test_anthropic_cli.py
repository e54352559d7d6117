"""The large-model teacher from the command line, over a loopback server with the API's faults."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from messages_server import Answer, MessagesServer, Meter, Received, error, message, obedient

from kpdd_cli.main import main
from kpdd_cli.teachers.anthropic import ledger

KPDD = [sys.executable, "-m", "kpdd_cli"]
PRICES = "[models.claude-haiku-5-5]\ninput = 1\noutput = 5\ncache_write = 1.25\ncache_read = 0.1\n"


@pytest.fixture(autouse=True)
def _workspace(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("ANTHROPIC_")]:
        monkeypatch.delenv(name)
    for name in ("HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    Path("prices.toml").write_text(PRICES)
    problems(12)


def problems(count: int) -> None:
    rows = [{"id": f"p{n}", "question": f"Question {n}", "answer": "3"} for n in range(count)]
    write("problems.jsonl", rows)


def write(path: str, rows: list[dict]) -> None:
    Path(path).write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def read(name: str) -> list[dict]:
    path = Path("kpdd-work") / name
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def summary(self) -> dict:
        return json.loads(self.out.splitlines()[-1])


@pytest.fixture
def kpdd(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture) -> Callable[..., Result]:
    """The command in this process, so that the client is imported once for all tests."""

    def run(*arguments: object) -> Result:
        monkeypatch.setattr(sys, "argv", ["kpdd", *map(str, arguments), "--json"])
        capfd.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main()
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Result(stopped.value.code or 0, out, err)

    return run


@pytest.fixture
def extract(kpdd: Callable[..., Result]) -> Callable[..., Result]:
    def run(server: MessagesServer, *arguments: object) -> Result:
        base = ("--base-url", server.url, "--prices", "prices.toml")
        return kpdd("extract", "problems.jsonl", *base, *arguments)

    return run


def test_extract_and_solve_follow_one_another(kpdd, extract):
    with MessagesServer() as server:
        assert extract(server).code == 0
        solved = kpdd("solve", "--samples", 3, "--base-url", server.url)
    assert solved.summary["rows_out"] == 36
    assert Counter(row["sample"] for row in read("solutions.pot.jsonl")) == {0: 12, 1: 12, 2: 12}
    assert len({row["id"] for row in read("solutions.pot.jsonl")}) == 12
    assert kpdd("filter").summary["reasons"] == {"correct": 36}


# --- prompts


def test_merge_takes_one_request_a_problem(extract):
    with MessagesServer() as server:
        assert extract(server, "--merge").summary["requests"] == 12
    assert {tuple(sorted(r.asks_for)) for r in server.received} == {
        ("core_question", "information")
    }


def test_prompts_of_the_user_are_sent_and_hashed_into_the_rows(extract):
    with MessagesServer() as server:
        extract(server)
        before = {row["teacher"]["extract"]["prompts"] for row in read("keypoints.jsonl")}
        folder = Path("mine/information")
        folder.mkdir(parents=True)
        (folder / "user.j2").write_text("<problem>\n{{ question }}\n</problem>\nBe brief.")
        refused = extract(server, "--prompts", "mine")
        assert refused.code == 2
        assert "teacher prompts was" in refused.err
        assert extract(server, "--prompts", "mine", "--fresh").code == 0
    after = {row["teacher"]["extract"]["prompts"] for row in read("keypoints.jsonl")}
    assert len(before | after) == 2
    assert "Be brief." in server.received[-1].user


def test_another_model_on_the_same_output_is_noticed(extract):
    with MessagesServer() as server:
        extract(server)
        refused = extract(server, "--teacher", "anthropic:claude-opus-5-5")
    assert refused.code == 2
    assert "model was 'claude-haiku-5-5', now 'claude-opus-5-5'" in refused.err
    assert "--fresh" in refused.err
    assert len(refused.err.splitlines()) == 1


def test_unusable_reply_is_repaired_so_often_and_set_aside_with_its_text(extract):
    def answer(request: Received) -> Answer:
        if "Question 3" in request.user and "information" in request.asks_for:
            return message("I cannot.", headers={"request-id": "req_bad"})
        return obedient(request)

    with MessagesServer(answer) as server:
        done = extract(server, "--repairs", 1)
        assert (done.code, done.summary["rows_out"], done.summary["failed"]) == (3, 11, 1)
        assert len(server.received) == 12 * 2 + 1
        (failed,) = read("keypoints.failed.jsonl")
        assert failed["why"] == 'information: there is no list of facts under "information"'
        made_by = failed["teacher"]["extract"]
        assert (made_by["raw"], made_by["stop_reason"]) == ("I cannot.", "end_turn")
        assert made_by["request_ids"][1:] == ["req_bad", "req_bad"]
        assert extract(server).summary["requests"] == 0
        server.answer = obedient
        # The core question is paid for: only the facts are asked for again.
        again = extract(server, "--retry-failed")
    assert (again.code, again.summary["requests"], again.summary["rows_out"]) == (0, 1, 12)


def test_refusals_are_counted_by_category(extract):
    details = {"type": "refusal", "category": "bio", "explanation": None}

    def answer(request: Received) -> Answer:
        if re.search(r"Question [13]\n", request.user):
            return message("", stop_reason="refusal", stop_details=details)
        return obedient(request)

    with MessagesServer(answer) as server:
        done = extract(server)
        assert (done.code, done.summary["refusals"]) == (3, {"bio": 2})
        assert len(server.received) == 10 * 2 + 2


def test_server_without_structured_output_is_said_to_be_one(extract):
    def answer(request: Received) -> Answer:
        if request.asks_for:
            return error(400, "invalid_request_error", "output_config: unknown field")
        return obedient(request)

    with MessagesServer(answer) as server:
        done = extract(server)
        assert (done.code, len(server.received)) == (0, 1 + 24)
        assert "takes no JSON schema" in done.err
        problems(13)
        assert extract(server).code == 0
        assert len(server.received) == 1 + 24 + 2  # it is remembered


# --- resume


def test_every_reply_is_on_disk_as_it_came(extract):
    with MessagesServer() as server:
        extract(server)
    kept = [row for row in read("keypoints.replies.jsonl") if "text" in row]
    assert len({row["key"] for row in kept}) == 24
    assert any("What is asked in: Question 7" in row["text"] for row in kept)


def test_another_problem_costs_one_problem(extract):
    with MessagesServer() as server:
        extract(server)
        rows = [json.loads(line) for line in Path("problems.jsonl").read_text().splitlines()]
        write("problems.jsonl", [{"id": "new", "question": "A new one?"}, *rows])
        again = extract(server)
    assert again.summary["requests"] == 2
    assert [row["id"] for row in read("keypoints.jsonl")] == ["new", *(f"p{n}" for n in range(12))]


def killed_run(server: MessagesServer, after: int, *arguments: str) -> None:
    """Start ``kpdd extract`` and kill it once the server has got ``after`` requests."""
    call = ["extract", "problems.jsonl", "--base-url", server.url, *arguments]
    run = subprocess.Popen([*KPDD, *call], stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while len(server.received) < after and run.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    run.send_signal(signal.SIGKILL)
    assert run.wait() == -signal.SIGKILL


def without_traces(rows: list[dict]) -> list[dict]:
    """Rows without what differs between any two runs: request ids and seconds."""
    for row in rows:
        for made_by in row["teacher"].values():
            del made_by["request_ids"], made_by["seconds"]
    return rows


def test_killed_run_pays_again_only_for_what_was_in_flight(extract):
    problems(200)
    concurrency = 8
    with MessagesServer(latency_s=0.02) as server:
        assert extract(server, "-o", "kpdd-work/whole.jsonl").code == 0
        server.received.clear()
        killed_run(server, 90, "--concurrency", str(concurrency))
        killed_run(server, 220, "--concurrency", str(concurrency))
        assert extract(server, "--concurrency", concurrency).code == 0
        asked = Counter(json.dumps(request.body, sort_keys=True) for request in server.received)
    assert len(asked) == 400
    assert asked.total() - 400 <= 2 * concurrency
    assert without_traces(read("keypoints.jsonl")) == without_traces(read("whole.jsonl"))


# --- money


def usd(tokens: Counter[str]) -> float:
    """What the server would bill, at the prices of this file's price list."""
    price = {"input": 1, "output": 5, "cache_creation_input": 1.25, "cache_read_input": 0.1}
    return sum(price[name.removesuffix("_tokens")] * n for name, n in tokens.items()) / 1e6


def test_cost_is_what_the_server_bills(extract):
    meter = Meter()
    with MessagesServer(meter) as server:
        done = extract(server)
    assert done.summary["cost_usd"] == pytest.approx(usd(meter.tokens))
    assert done.summary["spent_usd"] == pytest.approx(usd(meter.tokens))
    # The system part is written once for each kind of request, and read by all the others.
    assert len({request.body["system"][0]["text"] for request in server.received}) == 2
    cached = meter.tokens["cache_read_input_tokens"]
    assert meter.tokens["cache_creation_input_tokens"] * 11 == pytest.approx(cached)
    whole = sum(n for name, n in meter.tokens.items() if name != "output_tokens")
    assert done.summary["cache_hits"] == pytest.approx(cached / whole)
    replies = [Path("kpdd-work/keypoints.replies.jsonl")]  # of which reports tell the same
    bill = ledger.bill(replies, Path("prices.toml"))
    assert bill.usd == pytest.approx(usd(meter.tokens))
    assert bill == ledger.Bill(24, whole, meter.tokens["output_tokens"], bill.usd)
    Path("prices.toml").write_text(PRICES.replace("haiku", "another"))
    assert ledger.bill(replies, Path("prices.toml")).usd is None


def test_estimate_sends_nothing_writes_nothing_and_comes_near(extract):
    meter = Meter()
    with MessagesServer(meter) as server:
        before = set(Path().rglob("*"))
        estimate = extract(server, "--estimate")
        assert not server.received
        assert set(Path().rglob("*")) == before
        assert estimate.summary["requests"] == 24
        assert estimate.summary["rows_in"] == 12
        assert estimate.summary["batch_usd"] == pytest.approx(estimate.summary["cost_usd"] / 2)
        done = extract(server)
        assert estimate.summary["cached_usd"] == pytest.approx(done.summary["cost_usd"], rel=0.5)
        files = {path: path.read_bytes() for path in Path().rglob("*.json*")}
        assert extract(server, "--estimate").summary["requests"] == 0
        assert files == {path: path.read_bytes() for path in Path().rglob("*.json*")}
        problems(20)
        more = extract(server, "--estimate").summary
        assert (more["requests"], more["basis"]) == (16, "the mean of 24 replies")


def test_estimate_needs_no_credential_and_no_server(kpdd):
    assert kpdd("extract", "problems.jsonl", "--estimate").summary["cost_usd"] > 0


@pytest.mark.parametrize("concurrency", [1, 16])
def test_limit_of_money_holds_over_all_runs(extract, concurrency: int):
    problems(40)
    meter = Meter()
    limit = 0.02
    with MessagesServer(meter, latency_s=0.01) as server:
        first = extract(server, "--max-usd", limit, "--concurrency", concurrency)
        assert (first.code, len(first.err.splitlines())) == (1, 1)
        assert "--max-usd 0.02 is reached" in first.err
        assert 0.6 * limit < usd(meter.tokens) <= limit
        rows = len(read("keypoints.jsonl"))
        assert rows > 0
        assert extract(server, "--max-usd", limit).code == 1
        assert usd(meter.tokens) <= limit
        done = extract(server, "--max-usd", 1)
    assert (done.code, done.summary["rows_out"]) == (0, 40)
    assert done.summary["spent_usd"] == pytest.approx(usd(meter.tokens))
    assert len(server.received) == 80


def test_limit_of_money_needs_a_price(extract):
    with MessagesServer() as server:
        refused = extract(server, "--max-usd", 1, "--teacher", "anthropic:mine")
        assert refused.code == 2
        assert "--prices" in refused.err
        assert not server.received
        assert extract(server, "--teacher", "anthropic:mine").summary["cost_usd"] is None


# --- batches


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpdd_cli.teachers.anthropic.batches.FIRST_PAUSE_S", 0.02)


def batched(server: MessagesServer) -> list[str]:
    """What the requests of all batches ask about, sorted."""
    batches = server.batches_api.batches.values()
    return sorted(
        request["params"]["messages"][0]["content"]
        for batch in batches
        for request in batch.requests
    )


@pytest.mark.usefixtures("quick")
def test_batches_give_the_rows_of_single_requests_at_half_the_price(extract):
    meter = Meter()
    with MessagesServer(takes_s=0.1) as server:
        extract(server, "-o", "kpdd-work/live.jsonl")
    with MessagesServer(meter, takes_s=0.1) as server:
        done = extract(server, "--batch")
        assert (done.code, done.summary["rows_out"]) == (0, 12)
        # One request alone, to see that all is well; the others in one batch for each key point.
        assert [len(b.requests) for b in server.batches_api.batches.values()] == [11, 12]
        assert len([r for r in server.received if r.path == "/v1/messages"]) == 1
        assert done.summary["requests"] == 24
        assert usd(meter.tokens) * 0.5 < done.summary["cost_usd"] < usd(meter.tokens) * 0.6
    for row in (rows := read("keypoints.jsonl")):
        row["teacher"]["extract"].pop("batch", None)
        del row["teacher"]["extract"]["usage"]
    live = without_traces(read("live.jsonl"))
    for row in live:
        del row["teacher"]["extract"]["usage"]
    assert without_traces(rows) == live
    params = server.batches_api.batches["msgbatch_000001"].requests[0]["params"]
    assert params["system"][-1]["cache_control"] == {"type": "ephemeral", "ttl": "1h"}


@pytest.mark.usefixtures("quick")
def test_solutions_come_in_one_batch(kpdd, extract):
    with MessagesServer() as server:
        extract(server)
        solved = kpdd("solve", "--samples", 2, "--batch", "--base-url", server.url)
        assert solved.summary["rows_out"] == 24
        assert [len(b.requests) for b in server.batches_api.batches.values()] == [23]


@pytest.mark.usefixtures("quick")
def test_what_expired_or_errored_is_sent_again_and_nothing_else(extract):
    trouble = Counter({"Question 2": 2, "Question 5": 1})

    def expire(params: dict) -> bool:
        found = re.search(r"Question \d+", params["messages"][0]["content"]).group()
        if found == "Question 2" and trouble[found] > 0:
            trouble[found] -= 1
            return True
        return False

    def answer(request: Received) -> Answer:
        if "Question 5\n" in request.user and trouble["Question 5"] > 0:
            trouble["Question 5"] -= 1
            return error(529, "overloaded_error", "busy")
        if "Question 7\n" in request.user:
            return error(400, "invalid_request_error", "prompt is too long")
        return obedient(request)

    with MessagesServer(answer, expire=expire) as server:
        done = extract(server, "--batch", "--merge")
        sizes = [len(batch.requests) for batch in server.batches_api.batches.values()]
    assert (done.code, done.summary["rows_out"], sizes) == (3, 11, [11, 2, 1])
    (failed,) = read("keypoints.failed.jsonl")
    assert failed["id"] == "p7"
    assert "prompt is too long" in failed["why"]


@pytest.mark.usefixtures("quick")
def test_unusable_replies_are_repaired_in_the_next_batch(extract):
    def answer(request: Received) -> Answer:
        bad = "Question 4" in request.user and len(request.body["messages"]) == 1
        return message("Well…") if bad else obedient(request)

    with MessagesServer(answer) as server:
        assert extract(server, "--batch", "--merge").code == 0
        assert [len(b.requests) for b in server.batches_api.batches.values()] == [11, 1]


@pytest.mark.usefixtures("quick")
def test_broken_download_goes_on(extract):
    with MessagesServer() as server:
        broken = message(manner="reset")
        server.broken = [("GET", "/results", Answer(manner=broken.manner))] * 3
        done = extract(server, "--batch", "--merge")
        assert (done.code, done.summary["rows_out"], done.summary["requests"]) == (0, 12, 12)
        assert server.batches_api.batches["msgbatch_000001"].downloads == 4
    assert len(server.batches_api.batches) == 1


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("fault", [Answer(502), Answer(manner="reset"), Answer(529)], ids=repr)
def test_batch_whose_answer_got_lost_is_not_sent_twice(extract, fault: Answer):
    with MessagesServer() as server:
        server.broken = [("POST", "/batches", fault)]
        assert extract(server, "--batch", "--merge").code == 0
        sent = len(server.batches_api.batches)
    # 529 says that nothing was taken; this server has taken it all the same, and cannot be helped.
    assert sent == (2 if fault.status == 529 else 1)


@pytest.mark.usefixtures("quick")
def test_batch_that_was_being_sent_when_the_run_was_killed_is_found_again(extract):
    with MessagesServer() as server:
        extract(server, "--batch", "--merge")
        ledger = Path("kpdd-work/keypoints.replies.jsonl")
        lines = ledger.read_text().splitlines(keepends=True)
        cut = next(at for at, line in enumerate(lines) if line.startswith('{"batch": "msgbatch'))
        ledger.write_text("".join(lines[:cut]))
        Path("kpdd-work/keypoints.jsonl").unlink()
        assert extract(server, "--merge").code == 2  # it would pay for them again
        again = extract(server, "--batch", "--merge")
        assert (again.code, again.summary["requests"], again.summary["rows_out"]) == (0, 11, 12)
        assert len(server.batches_api.batches) == 1


@pytest.mark.usefixtures("quick")
def test_batch_of_another_run_of_the_same_size_is_not_taken_for_ours(extract):
    with MessagesServer() as server:
        write("problems.jsonl", [{"id": f"o{n}", "question": f"Other {n}"} for n in range(12)])
        extract(server, "--batch", "--merge", "-o", "others.jsonl")
        problems(12)
        server.batches_api.refuse = 1
        done = extract(server, "--batch", "--merge")
        assert "taken over" in done.err
        assert (done.code, done.summary["requests"], done.summary["rows_out"]) == (0, 12, 12)


def interrupted_batch(server: MessagesServer) -> subprocess.CompletedProcess:
    call = ["extract", "problems.jsonl", "--merge", "--batch", "--base-url", server.url]
    run = subprocess.Popen([*KPDD, *call], stderr=subprocess.PIPE, text=True)
    asked = ("GET", "/v1/messages/batches/msgbatch_000001")
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and run.poll() is None:
        if asked in [(request.method, request.path) for request in server.received]:
            break
        time.sleep(0.01)
    assert run.poll() is None, run.stderr.read()
    ledger = Path("kpdd-work/keypoints.replies.jsonl").read_text()
    assert '"batch": "msgbatch_000001"' in ledger  # before it is first asked after
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=30)
    return subprocess.CompletedProcess(call, run.returncode, "", said)


@pytest.mark.usefixtures("quick")
def test_interrupt_leaves_a_batch_to_which_the_next_call_comes_back(extract):
    with MessagesServer(takes_s=3600) as server:
        left = interrupted_batch(server)
        assert left.returncode == 130
        assert "msgbatch_000001" in left.stderr
        assert "Traceback" not in left.stderr
        alone = extract(server, "--merge")
        assert (alone.code, "msgbatch_000001" in alone.err) == (2, True)
        fresh = extract(server, "--merge", "--batch", "--fresh")
        assert (fresh.code, "--cancel" in fresh.err) == (2, True)
        server.batches_api.batches["msgbatch_000001"].ends_at = 0
        done = extract(server, "--merge", "--batch")
        assert (done.code, done.summary["rows_out"], done.summary["requests"]) == (0, 12, 11)
    assert len(server.batches_api.batches) == 1


@pytest.mark.usefixtures("quick")
def test_cancel_keeps_what_is_made_and_the_next_call_sends_the_rest(extract):
    with MessagesServer(takes_s=3600) as server:
        interrupted_batch(server)
        canceled = extract(server, "--merge", "--cancel")
        assert (canceled.code, canceled.summary["batches"]) == (0, ["msgbatch_000001"])
        assert canceled.summary["replies"] == 5
        server.batches_api.takes_s = 0
        assert extract(server, "--merge", "--batch").code == 0
        assert [len(b.requests) for b in server.batches_api.batches.values()] == [11, 6]
    assert len(set(batched(server))) == 11


@pytest.mark.usefixtures("quick")
def test_batches_keep_to_the_limits_of_the_api(extract, monkeypatch):
    with MessagesServer(max_bytes=30_000) as server:
        assert extract(server, "--batch", "--merge", "-o", "other.jsonl").code == 0
        assert len(server.batches_api.batches) > 1
    monkeypatch.setattr("kpdd_cli.teachers.anthropic.batches.MAX_REQUESTS", 5)
    with MessagesServer(max_requests=5) as server:
        assert extract(server, "--batch", "--merge").code == 0
        assert [len(b.requests) for b in server.batches_api.batches.values()] == [5, 5, 1]


@pytest.mark.usefixtures("quick")
def test_limit_of_money_holds_for_batches(extract):
    problems(900)
    meter = Meter()
    with MessagesServer(meter) as server:
        first = extract(server, "--batch", "--merge", "--max-usd", 0.05)
        assert first.code == 1
        assert "--max-usd 0.05 is reached" in first.err
        assert 2 <= len(server.batches_api.batches) < 6
        assert 0.02 < usd(meter.tokens) / 2 <= 0.05
        batches = len(server.batches_api.batches)
        done = extract(server, "--batch", "--merge", "--max-usd", 1)
    assert (done.code, done.summary["rows_out"]) == (0, 900)
    assert len(server.batches_api.batches) == batches + 1


@pytest.mark.usefixtures("quick")
def test_batch_in_which_the_credit_ran_out_ends_the_run(extract):
    with MessagesServer(
        lambda r: obedient(r) if "Question 0\n" in r.user else error(400, "billing_error", "pay")
    ) as server:
        done = extract(server, "--batch", "--merge")
        assert done.code == 1
        assert "billing_error: pay" in done.err
        server.answer = obedient
        assert extract(server, "--batch", "--merge").summary["rows_out"] == 12


# --- preflight


@pytest.mark.parametrize("manner", [[], ["--batch"]], ids=["live", "batch"])
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (error(401, "authentication_error", "invalid key"), "refuses the credential"),
        (error(403, "permission_error", "no"), "may not use claude-haiku-5-5"),
        (error(404, "not_found_error", "model"), "has no model claude-haiku-5-5"),
    ],
    ids=["wrong key", "no permission", "unknown model"],
)
def test_preflight_ends_in_one_line_after_one_request(extract, manner, fault, said):
    with MessagesServer(lambda _: fault) as server:
        stopped = extract(server, *manner)
        assert len(server.received) == 1
    assert stopped.code == 1
    assert said in stopped.err
    assert len(stopped.err.splitlines()) == 1


def test_gold_teacher_refuses_the_options_of_a_model(kpdd):
    for option in (["--batch"], ["--max-usd", "1"], ["--repairs", "0"], ["--deadline", "3"]):
        refused = kpdd("extract", "problems.jsonl", "--teacher", "gold", *option)
        assert (refused.code, option[0] in refused.err) == (2, True)


# --- shards


def test_shards_divide_the_rows_and_concatenate(kpdd, extract):
    problems(60)
    with MessagesServer() as server:
        for shard in ("1/3", "2/3", "3/3"):
            assert extract(server, "--shard", shard).code == 0
            solved = kpdd("solve", "--shard", shard, "--base-url", server.url)
            filtered = kpdd("filter", "--shard", shard)
            assert solved.summary["rows_out"] == filtered.summary["rows_out"] > 10
        assert len(server.received) == 60 * 3
    parts = [row for n in range(3) for row in read(f"accepted.pot.{n}-of-3.jsonl")]
    assert sorted(row["id"] for row in parts) == sorted(f"p{n}" for n in range(60))


def test_shards_count_from_nought_or_from_one(kpdd):
    problems(60)
    for shard in ("0/4", "4/4"):
        kpdd("data", "problems.jsonl", "--shard", shard, "-o", f"kpdd-work/{shard[0]}.jsonl")
    assert read("0.jsonl") == read("4.jsonl")


def test_shard_is_part_of_what_an_output_was_made_with(kpdd):
    kpdd("data", "problems.jsonl", "--shard", "1/2", "-o", "a.jsonl")
    other = kpdd("data", "problems.jsonl", "--shard", "2/2", "-o", "a.jsonl")
    assert (other.code, "shard was '1/2', now '0/2'" in other.err) == (2, True)


@pytest.mark.parametrize("shard", ["3", "5/4", "1/0", "-1/4", "a/b", "1/4/2", ""])
def test_shard_that_is_none_is_refused(kpdd, shard: str):
    assert kpdd("data", "problems.jsonl", f"--shard={shard}").code == 2


def test_bad_row_is_set_aside_by_one_shard(kpdd):
    with Path("problems.jsonl").open("a") as file:
        file.write('{"question": 7}\n')
    bad = [
        kpdd("data", "problems.jsonl", "--skip-bad", "--shard", f"{n}/3").summary["bad"]
        for n in range(3)
    ]
    assert sorted(bad) == [0, 0, 1]


# --- keys


@pytest.mark.usefixtures("quick")
def test_key_is_in_no_file_and_no_message(extract, monkeypatch: pytest.MonkeyPatch):
    key = "sk-ant-very-secret-0123456789"
    monkeypatch.setenv("ANTHROPIC_API_KEY", key)

    def answer(request: Received) -> Answer:
        if re.search(r"Question [37]\n", request.user):
            return error(400, "invalid_request_error", f"bad request by {key}")
        return obedient(request)

    with MessagesServer(answer) as server:
        said = [extract(server), extract(server, "--batch", "-o", "b.jsonl"), extract(server)]
        server.answer = lambda _: error(401, "authentication_error", f"{key} is revoked")
        said.append(extract(server, "-o", "c.jsonl"))
        assert any(key in str(request.headers) for request in server.received)
    assert [result.code for result in said] == [3, 3, 3, 1]
    assert "***" in said[-1].err
    assert key not in "".join(result.out + result.err for result in said)
    for path in Path().rglob("*"):
        assert path.is_dir() or key.encode() not in path.read_bytes()


# --- the file of replies


def test_torn_file_of_replies_is_repaired(extract):
    with MessagesServer() as server:
        extract(server)
        ledger = Path("kpdd-work/keypoints.replies.jsonl")
        whole = ledger.read_bytes()
        ledger.write_bytes(whole[:-40])
        Path("kpdd-work/keypoints.jsonl").unlink()
        again = extract(server)
    assert (again.code, again.summary["requests"], again.summary["rows_out"]) == (0, 1, 12)
    assert len(read("keypoints.replies.jsonl")) == 24


def test_file_of_replies_that_is_none_is_named(extract):
    with MessagesServer() as server:
        extract(server)
        Path("kpdd-work/keypoints.replies.jsonl").write_text("what?\n")
        problems(13)
        broken = extract(server)
    assert broken.code == 2
    assert "keypoints.replies.jsonl: not what kpdd wrote there" in broken.err


def test_same_question_twice_is_paid_once_where_its_reply_is_there(extract):
    write("problems.jsonl", [{"id": f"p{n}", "question": "The same?"} for n in range(5)])
    with MessagesServer() as server:
        done = extract(server, "--concurrency", 1)
    assert (done.summary["rows_out"], done.summary["requests"]) == (5, 2)
