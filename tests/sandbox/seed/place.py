"""A small world for these tests: a clock that stands still, people, and their answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sandbox.clock import Clock
from sandbox.mail.mailbox import FiledMessage, Mailbox
from sandbox.seed.answers import Answers
from sandbox.seed.plant import plant
from sandbox.world import World

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ANN = "ann@northwind.example"


@dataclass(frozen=True, slots=True)
class Place:
    """A planted world whose people answer."""

    clock: Clock
    world: World

    @property
    def ann(self) -> Mailbox:
        return self.world.mailbox(ANN)

    def write(self, to: str, text: str, *, subject: str = "A question", headers: str = "") -> FiledMessage:
        """Let Ann send a message now."""
        number = f"<{len(self.ann.messages())}@northwind.example>"
        raw = (
            f"From: Ann Lee <{ANN}>\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: {number}\r\n{headers}"
            f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
        )
        sent = self.world.send(raw.encode())
        assert sent is not None
        return sent

    def wait(self, seconds: int = 20) -> None:
        """Let time pass, and what is due happen."""
        self.clock.advance(timedelta(seconds=seconds))
        assert self.clock.wait(10)
        if self.clock.failures:
            raise self.clock.failures.pop(0)

    def arrived(self, since: int) -> list[FiledMessage]:
        """List what came to Ann after she had `since` messages, the newest first."""
        new = self.ann.messages()[: len(self.ann.messages()) - since]
        return [message for message in new if "SENT" not in message.labels]


@contextmanager
def a_place(now: datetime = NOON, orders: int = 5, crowd: int = 0) -> Iterator[Place]:
    """Open a planted world."""
    clock = Clock(now)
    clock.freeze()
    clock.set(now)
    world = World(clock.now)
    plant(world, orders=orders, crowd=crowd)
    Answers(world, clock)
    try:
        yield Place(clock, world)
    finally:
        clock.stop()
