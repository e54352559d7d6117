"""``kpdd report``: one file that needs no network, and a browser that shows it safely and fast."""

import json
import re
import shutil
import time

import pytest
from tiny_models import Report

from kpdd_cli.errors import InputError
from kpdd_cli.stages import cards, report

pytest.importorskip("matplotlib", reason="kpdd report needs matplotlib: pip install 'kpdd[report]'")

ATTACKS = [
    "<script>window.attacked = 1</script>",
    "</script><script>window.attacked = 2</script>",
    "<img src=x onerror='window.attacked = 3'>",
    "<!-- <script> \u2028 ]]> &lt;b&gt; $\\frac{1}{2}$",
]


def row(number, **changes):
    """A prediction; the first ones carry what must never be run."""
    attack = ATTACKS[number] if number < len(ATTACKS) else f"step {number}"
    wrong = number % 3 == 0
    prediction = {
        "mode": "pot",
        "core_question": f"How many? {attack}",
        "information": [f"Tom has {number} apples {attack}"],
        "rationale": f"# {attack}\napples = {number} + 1\nanswer = apples",
        "verdict": {
            "status": "wrong" if wrong else "correct",
            "value": str(number + 1),
            "why": f"computed; {attack}",
        },
        "doubts": [],
        "diagnosis": {"kind": "misunderstanding", "signs": ["wrong operation"], "why": attack}
        if wrong
        else None,
    }
    gold = {
        "core_question": "How many?", "information": [f"Tom has {number} apples"],
        "steps": 1 + number % 4, "operations": ["+"], "computation": f"{number} + 1",
    }  # fmt: skip
    return {
        "id": f"p{number}", "question": f"Tom has {number} apples. {attack} How many?",
        "answer": str(number + 1), "gold": gold, "prediction": prediction, **changes,
    }  # fmt: skip


def evaluation(folder, rows, name="set"):
    """A finished evaluation folder of one set."""
    folder.mkdir(parents=True)
    who = {
        "base": "<b>base</b>", "base_revision": None, "mode": "pot", "pipeline": "one-pass",
        "method": "full", "seed": 0, "hash": "0" * 16, "prompts": "1" * 16, "training_rows": None,
    }  # fmt: skip
    (folder / f"{name}.jsonl").write_text("".join(json.dumps(one) + "\n" for one in rows))
    card = cards.of_set(name, rows, who, {}, unreadable=0)
    (folder / cards.CARD).write_text(json.dumps(cards.of_all([card], None)))
    training = {"problems": 9, "parts": {"everything": {
        "steps": 20, "trainable_parameters": 7, "curve": [[1, 2.0], [20, 0.5]],
        "validation_curve": [[20, 0.6]],
    }}}  # fmt: skip
    (folder / cards.TRAINED).write_text(json.dumps({"training": training}))
    return folder


def page(tmp_path, *folders):
    config = report.Config(folders, tmp_path / "report.html", tmp_path)
    report.run(config, Report())
    return config.out


def test_the_page_is_whole_and_asks_for_nothing(tmp_path):
    rows = [row(number) for number in range(12)]
    text = page(tmp_path, evaluation(tmp_path / "a", rows, "svamp")).read_text("utf-8")
    for title in ("Accuracy", "Why answers are wrong", "gold steps", "Learning curves", "Cost"):
        assert title in text
    assert "arXiv 2407.10167" in text
    assert not re.search(r"""(?:src|href)=["'](?!#)|@import|url\((?!#)""", text.split("<script")[0])
    assert "default-src 'none'" in text
    assert text.count("<script") == 2  # the data and the browser of samples, nothing of a model's


def test_dollars_are_what_the_replies_cost_at_the_prices_of_a_day(tmp_path):
    folder = evaluation(tmp_path / "a", [row(1)])
    reply = {
        "key": "0" * 16, "text": "{}", "stop_reason": "end_turn", "refusal": None,
        "model": "claude-haiku-5-5-20261007", "request_id": "r", "input_tokens": 2_000_000,
        "output_tokens": 1_000_000, "cache_read_tokens": 0, "cache_write_tokens": 0,
        "long_cache_write_tokens": 0, "batch": None, "plain": False,
    }  # fmt: skip
    names = ("keypoints.0-of-2", "keypoints.1-of-2", "solutions.pot", "solutions.cot")
    for name in names:
        (tmp_path / f"{name}.replies.jsonl").write_text(json.dumps(reply) + "\n")
    (tmp_path / "prices.toml").write_text(
        "date = 2026-11-02\n[models.claude-haiku-5-5]\n"
        "input = 1\noutput = 5\ncache_write = 1.25\ncache_read = 0.1\n"
    )
    config = report.Config(
        (folder,), tmp_path / "report.html", tmp_path, prices=tmp_path / "prices.toml"
    )
    report.run(config, Report())
    text = config.out.read_text("utf-8")
    assert "<td>3</td><td>6,000,000</td><td>3,000,000</td><td>21.0000</td>" in text  # no CoT
    assert "the prices of 2026-11-02" in text
    text = page(tmp_path, folder).read_text("utf-8")  # kpdd's own prices
    assert "the prices of 2026-10-24" in text


def test_where_nothing_was_paid_for_no_dollars_are_told(tmp_path):
    folder = evaluation(tmp_path / "a", [row(1)])
    assert "no paid teacher in this workspace" in page(tmp_path, folder).read_text("utf-8")


def test_the_same_evaluations_give_the_same_page(tmp_path):
    folder = evaluation(tmp_path / "a", [row(number) for number in range(12)])
    first = page(tmp_path, folder).read_bytes()
    assert page(tmp_path, folder).read_bytes() == first


def test_a_folder_without_an_evaluation_is_named(tmp_path):
    with pytest.raises(InputError, match="no finished evaluation"):
        page(tmp_path, tmp_path)
    with pytest.raises(InputError, match="holds no evaluation"):
        report.found(tmp_path)


@pytest.fixture(scope="module")
def browser():
    """A headless Chromium; skips where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not (chromium and driver):
        pytest.skip("no chromium and chromedriver on this machine")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    opened = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield opened
    opened.quit()


def open_(browser, path):
    browser.get(path.as_uri())
    assert browser.execute_script("return document.documentElement.dataset.ready") == "yes"


def css(browser, selector):
    return browser.find_elements("css selector", selector)


def test_what_a_model_wrote_is_shown_as_text_and_never_run(browser, tmp_path):
    rows = [row(number) for number in range(len(ATTACKS))]
    open_(browser, page(tmp_path, evaluation(tmp_path / "<i>$x$</i>", rows)))
    for button in css(browser, ".row"):
        button.click()
    assert browser.execute_script("return window.attacked") is None
    assert css(browser, "#samples script, #samples img, b, i") == []
    shown = browser.find_element("id", "samples").text
    for attack in ATTACKS[:3]:
        assert shown.count(attack) >= 4  # problem, key points, program, verdict
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_samples_are_searched_and_filtered(browser, tmp_path):
    rows = [row(number) for number in range(130)]
    other = [row(number, id=f"other{number}") for number in range(5)]
    folders = evaluation(tmp_path / "a", rows), evaluation(tmp_path / "b", other, "svamp")
    open_(browser, page(tmp_path, *folders))

    def choose(name, value):
        script = "const s = document.getElementById(arguments[0]); s.value = arguments[1];"
        browser.execute_script(script + "s.dispatchEvent(new Event('change'))", name, value)
        return int(browser.find_element("id", "count").text.split(" of ")[-1].split()[0])

    assert choose("verdict", "") == 135
    assert choose("verdict", "wrong") == 46
    assert choose("kind", "wrong operation") == 46
    assert choose("set", "1") == 2
    assert choose("set", "") == 46
    assert choose("evaluation", "0") == 44
    browser.find_element("id", "search").send_keys("step 129")
    deadline = time.monotonic() + 10
    while not browser.find_element("id", "count").text.startswith("1 to 1 of 1"):
        assert time.monotonic() < deadline
    assert "Tom has 129 apples" in css(browser, ".row")[0].text


def test_the_keyboard_reaches_everything(browser, tmp_path):
    open_(browser, page(tmp_path, evaluation(tmp_path / "a", [row(n) for n in range(130)])))
    body = browser.find_element("tag name", "body")
    body.send_keys("j")
    browser.switch_to.active_element.send_keys("j")
    browser.switch_to.active_element.send_keys("\ue007")  # Enter
    opened = css(browser, ".row[aria-expanded=true]")
    assert len(opened) == 1
    assert opened[0] == css(browser, ".row")[1]
    browser.switch_to.active_element.send_keys("n")
    assert browser.find_element("id", "count").text.startswith("51 to 100 of 130")
    browser.switch_to.active_element.send_keys("/")
    assert browser.switch_to.active_element.get_attribute("id") == "search"


def test_a_phone_shows_it_without_scrolling_sideways_and_dark_is_dark(browser, tmp_path):
    path = page(tmp_path, evaluation(tmp_path / "a", [row(n) for n in range(20)]))
    phone = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    dark = {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", dark)
    try:
        open_(browser, path)
        css(browser, ".row")[0].click()
        width = browser.execute_script("return document.documentElement.scrollWidth")
        assert width <= 390
        colours = "const s = getComputedStyle(document.body); return [s.color, s.backgroundColor]"
        ink, paper = (
            sum(map(int, re.findall(r"\d+", colour)[:3]))
            for colour in browser.execute_script(colours)
        )
        assert ink > 600 > 150 > paper
        text = "return getComputedStyle(document.querySelector('.drawing svg text')).fill"
        assert sum(map(int, re.findall(r"\d+", browser.execute_script(text))[:3])) > 600
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_on_paper_nothing_is_cut_off_and_what_was_dark_is_light(browser, tmp_path):
    folders = [evaluation(tmp_path / f"evaluation-of-a-student-{n}", [row(1)]) for n in range(3)]
    path = page(tmp_path, *folders)
    paper = {"width": 718, "height": 1000, "deviceScaleFactor": 1, "mobile": False}  # A4, margins
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", paper)
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": dark})
    try:
        open_(browser, path)
        css(browser, ".row")[0].click()
        widest = "return Math.max(...[...document.querySelectorAll('table, svg')].map(one => "
        assert browser.execute_script(widest + "one.getBoundingClientRect().right))") <= 718
        assert not css(browser, "form")[0].is_displayed()
        ink = "return getComputedStyle(document.querySelector('.correct, .bad')).color"
        assert sum(map(int, re.findall(r"\d+", browser.execute_script(ink))[:3])) < 300
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


def test_ten_thousand_samples_open(browser, tmp_path):
    """How fast is measured in a quiet moment (0.9 s for 12,000); here, that the page holds them."""
    path = page(tmp_path, evaluation(tmp_path / "a", [row(number) for number in range(10_000)]))
    open_(browser, path)
    assert "10,000 samples" in browser.find_element("id", "count").text
    assert len(css(browser, ".row")) == 50
