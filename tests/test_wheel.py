"""The wheel as a user installs it: nothing from the checkout, nothing from development."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROBLEM = {
    "question": "Ada has 3 boxes of 4 pens. She gives 2 pens away. How many pens has she left?",
    "answer": "10",
    "solution": "The boxes hold 3*4=<<3*4=12>>12 pens.\nShe has 12-2=<<12-2=10>>10 pens left.",
}


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The folder of programs of a clean environment that holds the wheel and what it requires."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("kpdd-*.whl")
    venv.create(folder / "env", with_pip=True, symlinks=True)
    programs = folder / "env" / "bin"
    install = [programs / "python", "-m", "pip", "install", "--quiet", "--no-compile", wheel]
    subprocess.run([*install, "--constraint", ROOT / "constraints.txt"], check=True)
    return programs


def call(programs, *arguments, cwd):
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return subprocess.run(
        [programs / arguments[0], *arguments[1:]],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_the_wheel_works_without_the_checkout(installed, tmp_path):
    assert "extract" in call(installed, "kpdd", "--help", cwd=tmp_path)
    (tmp_path / "problems.jsonl").write_text(json.dumps(PROBLEM) + "\n")
    teacher = ("--teacher", "gold", "--json")
    extracted = call(installed, "kpdd", "extract", "problems.jsonl", *teacher, cwd=tmp_path)
    assert json.loads(extracted)["rows_out"] == 1
    call(installed, "kpdd", "solve", *teacher, cwd=tmp_path)
    filtered = json.loads(call(installed, "kpdd", "filter", "--json", cwd=tmp_path))
    assert (filtered["accepted"], filtered["rejected"]) == (1, 0)


def test_the_wheel_carries_the_prompts(installed, tmp_path):
    shipped = {path.relative_to(ROOT / "prompts") for path in (ROOT / "prompts").rglob("*.*")}
    code = "import kpdd_cli, pathlib; print(pathlib.Path(kpdd_cli.__file__).parent / '_prompts')"
    folder = Path(call(installed, "python", "-c", code, cwd=tmp_path).strip())
    assert {path.relative_to(folder) for path in folder.rglob("*.*")} == shipped
    code = "from kpdd_cli import prompts; print(prompts.folder())"
    assert call(installed, "python", "-c", code, cwd=tmp_path).strip() == str(folder)


def test_a_question_is_answered_right_after_the_install(installed, tmp_path):
    question = "Mia had 12 stamps and gave 5 to Leo. How many stamps does she have left?"
    row = json.loads(call(installed, "kpdd", "ask", question, "--json", cwd=tmp_path))
    assert row["answer"] == "7"
    assert row["core_question"] == "How many stamps does she have left?"
    assert "12" in row["rationale"]


def test_the_environment_is_clean(installed, tmp_path):
    packages = call(installed, "python", "-m", "pip", "list", "--format=freeze", cwd=tmp_path)
    names = {line.partition("==")[0].lower() for line in packages.splitlines()}
    assert not names & {"pytest", "hypothesis", "ruff", "mypy", "build", "cogapp"}
