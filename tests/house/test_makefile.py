"""The ways in that the README names: they exist, plain `make` lists them, and CI refuses to be fooled."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app import COMMANDS
from bot.console import parser_for

ROOT = Path(__file__).resolve().parents[2]
TARGETS = {"setup", "demo", "run", "check", "test", "proof", "bench", "fuzz", "mbox", "classify", "pictures"}


def make(*words: str) -> str:
    return subprocess.run(
        ["make", "--no-print-directory", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout


def test_plain_make_prints_the_targets_and_does_nothing() -> None:
    listed = {line.split()[1] for line in make().splitlines()}
    assert listed == TARGETS


def test_every_target_that_is_listed_can_be_made() -> None:
    declared = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert declared >= TARGETS


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["demo", "PORT=9100", "MAILBOX=my mail.mbox"], 'app.py demo --port 9100 --mailbox "my mail.mbox"'),
        (["demo"], "app.py demo --port 8080"),
        (["mbox", "N=12"], "app.py mbox 12"),
        (["run"], "app.py migrate && exec .venv/bin/python app.py serve"),
    ],
)
def test_what_a_target_would_run(words: list[str], wanted: str) -> None:
    assert wanted in make("--dry-run", *words)


def test_every_app_command_that_make_uses_exists() -> None:
    used = set(re.findall(r"\$\(PY\) app\.py ([a-z]+)", (ROOT / "Makefile").read_text(encoding="utf-8")))
    assert used <= {command.name for command in COMMANDS}


def test_every_command_that_the_readme_names_exists() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\bmake ([a-z]+)\b", _code(text))) <= TARGETS
    commands = set(re.findall(r"python app\.py ([a-z]+)", text))
    assert commands <= {command.name for command in COMMANDS}
    for line in re.findall(r"python app\.py (.*)", _code(text)):
        parser_for(COMMANDS).parse_args(line.split("#")[0].split())


def _code(text: str) -> str:
    fenced = re.findall(r"```[a-z]*\n(.*?)```", text, re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return "\n".join([*fenced, *inline])


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ({"passed": {"browser": 1, "postgres": 2, "kill": 3}, "skipped": []}, 0),
        ({"passed": {"browser": 0, "postgres": 2, "kill": 3}, "skipped": []}, 1),
        ({"passed": {"browser": 1, "kill": 3}, "skipped": []}, 1),
        ({"passed": {"browser": 1, "postgres": 2, "kill": 0}, "skipped": []}, 1),
        (
            {
                "passed": {"browser": 1, "postgres": 2, "kill": 3},
                "skipped": ["tests/store/test_work.py::test_a"],
            },
            1,
        ),
    ],
)
def test_ci_refuses_a_run_that_left_something_out(
    tmp_path: Path, figures: dict[str, object], code: int
) -> None:
    file = tmp_path / "tests.json"
    file.write_text(json.dumps(figures), encoding="utf-8")
    told = subprocess.run(
        [sys.executable, str(ROOT / ".ci" / "complete.py"), str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == code
    assert bool(told.stderr) == bool(code)


def test_the_tally_counts_what_really_ran(tmp_path: Path) -> None:
    (tmp_path / "test_some.py").write_text(
        "import pytest\n"
        "@pytest.mark.browser\ndef test_a(): pass\n"
        "@pytest.mark.parametrize('word', ['browser'])\ndef test_browser(word): pass\n"
        "@pytest.mark.postgres\ndef test_b(): assert False\n"
        "@pytest.mark.kill\n@pytest.mark.skip\ndef test_c(): pass\n",
        encoding="utf-8",
    )
    markers = "browser: b\n    postgres: p\n    kill: k"
    (tmp_path / "pytest.ini").write_text(f"[pytest]\nmarkers =\n    {markers}\n", encoding="utf-8")
    file = tmp_path / "tests.json"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "tests.tally",
            "-c",
            str(tmp_path / "pytest.ini"),
            str(tmp_path),
        ],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "MAILROOM_TALLY": str(file)},
        capture_output=True,
        check=False,
    )
    figures = json.loads(file.read_text(encoding="utf-8"))
    assert figures["passed"] == {"browser": 1, "postgres": 0, "kill": 0}
    assert len(figures["skipped"]) == 1
