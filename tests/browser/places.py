"""Where the journeys take place: the demo in two processes, or everything in one on a turned clock."""

import os
import signal
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.trying import is_free
from sandbox.people.routes import create_people
from sandbox.slack.page.routes import create_page
from tests.house.test_commands import APP
from tests.house.test_demo import free_pair
from tests.stage import Stage, standing


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo: the address that it printed, without a slash at its end, and what it said before."""

    url: str
    said: tuple[str, ...]


@contextmanager
def running_demo(folder: Path, *words: str) -> Iterator[Demo]:
    """Run `app.py demo` until the block ends; then Ctrl-C must leave no process, port or file."""
    port = free_pair()
    command = [sys.executable, str(APP), "demo", "--port", str(port), *words]
    environment = {"PATH": os.environ["PATH"], "TMPDIR": str(folder)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        said: list[str] = []
        try:
            for line in process.stdout or ():
                said.append(line.rstrip("\n"))
                if line.startswith("Mailroom demo: "):
                    break
            assert said[-1:] == [f"Mailroom demo: http://127.0.0.1:{port}/"]
            yield Demo(f"http://127.0.0.1:{port}", tuple(said[:-1]))
        finally:
            process.send_signal(signal.SIGINT)
            code = process.wait(60)
    assert code == 0
    assert list(folder.iterdir()) == []
    assert is_free(port)
    assert is_free(port + 1)


@contextmanager
def standing_with_pages(database_url: str, outlook: Collection[str] = ()) -> Iterator[Stage]:
    """The stage of the flow tests, with Slack's page and everybody's mailboxes to look at."""
    with standing(database_url, orders=400, outlook=outlook) as stage:
        page = create_page(stage.slack, stage.faults, stage.clock)
        stage.sandbox.mount("/people", "people", create_people(stage.world), counted=False)
        stage.sandbox.mount("/", "page", page, counted=False)
        yield stage
