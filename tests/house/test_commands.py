"""`python app.py …` as an operator meets it: real processes, real settings files."""

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.settings import load
from tests.house.given import environment

APP = Path(__file__).resolve().parents[2] / "app.py"


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(APP), *words],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a complete `.env` and no database yet."""
    given = environment(
        MAILROOM_URL="http://127.0.0.1:8081",
        SLACK_API_URL="http://127.0.0.1:1/api/",
        MAILROOM_PORT=str(free_port()),
    )
    (tmp_path / ".env").write_text(
        "".join(f"{name}={value}\n" for name, value in given.items()), encoding="utf-8"
    )
    return tmp_path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Serve until the block ends; the block starts when Mailroom says that it is ready."""
    with subprocess.Popen(
        [sys.executable, str(APP), "serve"],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin"},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stderr is not None
            for line in process.stderr:
                if line.startswith("{") and json.loads(line)["event"] == "ready":
                    break
            else:
                raise AssertionError("Mailroom has left before it was ready")
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def test_every_command_is_listed_with_what_it_does(tmp_path: Path) -> None:
    told = run(tmp_path, "--help")
    assert told.returncode == 0
    for command in ("serve", "migrate", "doctor", "key", "manifest"):
        assert f"\n    {command} " in told.stdout


def test_without_settings_nothing_starts_and_everything_missing_is_told(tmp_path: Path) -> None:
    for command in ("serve", "migrate"):
        told = run(tmp_path, command)
        assert told.returncode == 1
        assert told.stderr.count("\n- ") == 6
        assert "Traceback" not in told.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_manifest_needs_the_address_alone_for_the_app_is_made_from_it(tmp_path: Path) -> None:
    told = run(tmp_path, "manifest")
    assert (told.returncode, told.stderr.count("\n")) == (1, 1)
    assert "MAILROOM_URL" in told.stderr
    (tmp_path / ".env").write_text("MAILROOM_URL=https://mail.example\n", encoding="utf-8")
    made = run(tmp_path, "manifest")
    assert made.returncode == 0
    assert "https://mail.example/slack/events" in made.stdout


def test_the_doctor_without_settings_says_what_to_get(tmp_path: Path) -> None:
    told = run(tmp_path, "doctor")
    assert told.returncode == 1
    assert told.stdout.count("is not set.") == 6
    assert "6 to mend. Nothing was changed." in told.stdout


def test_a_settings_file_that_is_named_and_not_there_is_said(tmp_path: Path) -> None:
    for command in ("doctor", "serve", "manifest"):
        told = run(tmp_path, "--env", "other.env", command)
        assert told.returncode == 2
        assert told.stderr.splitlines()[-1] == "app.py: error: argument --env: there is no file other.env"


def test_a_key_that_was_made_is_a_key_that_is_accepted(tmp_path: Path) -> None:
    name, _, value = run(tmp_path, "key").stdout.strip().partition("=")
    assert load(environment(**{name: value}), env_file=None).encryption_keys == value
    assert run(tmp_path, "key").stdout.strip().partition("=")[2] != value


def test_serve_refuses_an_empty_database_and_names_the_command(folder: Path) -> None:
    told = run(folder, "serve")
    assert told.returncode == 3
    assert (
        "Mailroom cannot start. The database has no tables yet. Run `python app.py migrate`." in told.stderr
    )


def test_migrate_then_serve_then_stop_cleanly_and_a_second_process_is_refused(folder: Path) -> None:
    assert run(folder, "migrate").returncode == 0
    assert run(folder, "migrate").stdout.startswith("ok ")
    figures = free_port()
    with (folder / ".env").open("a", encoding="utf-8") as file:
        file.write(f"MAILROOM_METRICS_PORT={figures}\n")
    port = load({}, env_file=folder / ".env").port
    with serving(folder) as process:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
            assert json.load(answer)["ready"] is True
        with urllib.request.urlopen(f"http://127.0.0.1:{figures}/metrics", timeout=10) as answer:
            assert 'mailroom_requests_total{route="/readyz",status="200"} 1.0' in answer.read().decode()
        with (folder / ".env").open("a", encoding="utf-8") as file:
            file.write(f"MAILROOM_PORT={free_port()}\n")
        second = run(folder, "serve")
        assert second.returncode == 3
        assert "already works on this SQLite database" in second.stderr
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0
