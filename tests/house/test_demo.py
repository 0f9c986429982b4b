"""`make demo` as a newcomer meets it: one line that says where, and nothing left behind."""

import os
import re
import select
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.trying import is_free, remove_left_behind
from sandbox.clock import Clock
from tests.house.given import environment
from tests.house.test_commands import APP, free_port, run


def free_pair() -> int:
    """Find a port whose next one is free as well."""
    port = free_port()
    while port > 65_000 or not is_free(port + 1):
        port = free_port()
    return port


@contextmanager
def demo(port: int, folder: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Run the demo; the block starts when it says that all is ready. Gives the process and what it said."""
    with subprocess.Popen(
        [sys.executable, str(APP), "demo", "--port", str(port), *words],
        env={"PATH": "/usr/bin:/bin", "TMPDIR": str(folder), "MAILROOM_URL": "https://a.deployment.example"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        said: list[str] = []
        try:
            for line in process.stdout or ():
                said.append(line.rstrip("\n"))
                if line.startswith("Mailroom demo: "):
                    break
            yield process, said
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                process.wait(40)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_stops_cleanly(tmp_path: Path, sent: signal.Signals) -> None:
    port = free_pair()
    with demo(port, tmp_path) as (process, said):
        assert said[-1] == f"Mailroom demo: http://127.0.0.1:{port}/"
        assert process.stdout
        assert process.stdout.readline().startswith("Type /inbox dana@northwind.example there.")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as page:
            assert "Northwind" in page.read().decode()
        with urllib.request.urlopen(f"http://127.0.0.1:{port + 1}/readyz", timeout=20) as answer:
            assert answer.status == 200
        (state,) = tmp_path.iterdir()
        assert (state / ".env").stat().st_mode & 0o077 == 0
        process.send_signal(sent)
        assert process.wait(40) == 0
    assert list(tmp_path.iterdir()) == []
    assert is_free(port)
    assert is_free(port + 1)


def test_killed_outright_it_leaves_no_process_behind(tmp_path: Path) -> None:
    port = free_pair()
    with demo(port, tmp_path) as (process, _said):
        with urllib.request.urlopen(f"http://127.0.0.1:{port + 1}/readyz", timeout=20) as answer:
            assert answer.status == 200
        process.kill()
        process.wait(40)
        assert process.stdout
        assert ends(process.stdout.fileno()), "whoever holds the other end is a process that goes on"
    assert is_free(port + 1)


def test_the_next_demo_removes_what_a_killed_one_left_and_nothing_else(tmp_path: Path) -> None:
    with demo(free_pair(), tmp_path) as (process, _said):
        process.kill()
        process.wait(40)
    (left,) = tmp_path.iterdir()
    foreign = tmp_path / "mailroom-demo-notes"
    foreign.mkdir()
    (tmp_path / "mailroom-demo-link").symlink_to(tmp_path)
    with demo(free_pair(), tmp_path):
        living = {one for one in tmp_path.iterdir() if (one / ".env").exists()}
        assert left not in living
        remove_left_behind(tmp_path)  # as a third one would
        assert {one for one in tmp_path.iterdir() if (one / ".env").exists()} == living
        assert len(living) == 1
        assert foreign.is_dir()


def ends(pipe: int) -> bool:
    """Wait until nobody is left who could write into a pipe; False when that takes too long."""
    while select.select([pipe], [], [], 40)[0]:
        if not os.read(pipe, 4096):
            return True
    return False


def test_no_deployment_goes_by_the_demos_clock(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("".join(f"{one}={value}\n" for one, value in environment().items()))
    Clock().share(tmp_path / "clock")
    ended = run(tmp_path, "demo", "--clock", "clock")
    assert ended.returncode == 1
    assert "The demo's clock is for the demo." in ended.stderr


def test_a_taken_port_is_told_with_another_to_try(tmp_path: Path) -> None:
    port = free_pair()
    with demo(port, tmp_path):
        second = run(tmp_path, "demo", "--port", str(port))
    assert second.returncode == 1
    assert second.stderr == f"Port {port} is taken. Choose another pair, like make demo PORT={port + 100}.\n"


def test_a_mailbox_of_ones_own_is_served(tmp_path: Path) -> None:
    file = tmp_path / "my mail.mbox"
    written = subprocess.run([sys.executable, str(APP), "mbox", "60"], capture_output=True, check=True)
    file.write_bytes(written.stdout)
    (tmp_path / "state").mkdir()
    with demo(free_pair(), tmp_path / "state", "--mailbox", str(file)) as (process, said):
        assert said[-1].startswith("Mailroom demo: ")
        assert process.stdout
        asked = re.match(r"Type /inbox (\S+@\S+) there\.", process.stdout.readline())
    assert asked  # somebody of this mailbox, and nobody of ours
    assert re.search(rb"(?mi)^To: .*" + re.escape(asked[1].encode()), written.stdout)
    assert file.read_bytes() == written.stdout


def test_a_file_that_is_no_mailbox_is_told_in_words(tmp_path: Path) -> None:
    for name, held in (("none.mbox", None), ("picture.mbox", os.urandom(2_000))):
        file = tmp_path / name
        if held is not None:
            file.write_bytes(held)
        told = run(tmp_path, "demo", "--port", str(free_pair()), "--mailbox", str(file))
        assert told.returncode == 1
        assert name in told.stderr
        assert "Traceback" not in told.stderr
