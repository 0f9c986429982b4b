"""Who writes and in which manner: people and machines of the world, and the crowd made up by number."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sandbox.mail.people import Person, Provider, SendAs


@dataclass(frozen=True, slots=True)
class Actor:
    """One person or machine. `temper` says what they do with new mail: "answers", "silent", "away" (answers
    that they are away), "nobody" (the address does not exist). `style` is a mail program of clients.py."""

    name: str
    addresses: Mapping[str, str]  # key → address, the login address first
    style: str = "gmail"
    tongue: str = "en"
    charset: str = "utf-8"
    encoding: str = "qp"
    temper: str = "answers"
    provider: Provider = "elsewhere"
    slack: str = ""
    send_as: tuple[SendAs, ...] = ()
    signature: str = ""
    zone: str = "Europe/London"  # of their clock on the wall, for Date headers and what they quote

    def person(self) -> Person:
        """Make the world's person of this actor."""
        return Person(
            self.name,
            tuple(self.addresses.values()),
            self.provider,
            self.send_as,
            self.signature,
            self.slack,
        )

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


@dataclass(frozen=True, slots=True)
class Voice:
    """An actor speaking from one of their addresses."""

    key: str
    actor: Actor
    address: str = field(default="")

    @property
    def name(self) -> str:
        return self.actor.name
