"""App Home as somebody at their Slack sees it."""

from threading import Event
from time import monotonic
from typing import Any

from sandbox.slack.state import View
from tests.stage import Stage, texts


def look(stage: Stage, handle: str = "ann") -> View:
    """Open the Home tab and return it when it has been drawn."""
    person = stage.person(handle)
    person.open_home()
    stage.settle()
    return shown(stage, handle)


def shown(stage: Stage, handle: str = "ann") -> View:
    """The Home tab as it stands, without opening it again."""
    home = stage.person(handle).home()
    assert home is not None
    return home


def words(home: View) -> str:
    """Everything that can be read there."""
    return texts(home.blocks)


def rows(home: View, title: str) -> list[dict[str, Any]]:
    """The blocks below a heading, up to the next one."""
    headings = [n for n, block in enumerate(home.blocks) if block["type"] == "header"]
    at = next(n for n in headings if home.blocks[n]["text"]["text"] == title)
    ends = [n for n, block in enumerate(home.blocks) if n > at and block["type"] in ("header", "divider")]
    return home.blocks[at + 1 : ends[0]]


def until(condition: Any, seconds: float = 10.0) -> None:
    """Wait for something that happens elsewhere."""
    end, tick = monotonic() + seconds, Event()
    while not condition():
        assert monotonic() < end, "it did not happen"
        tick.wait(0.005)
