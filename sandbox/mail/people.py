"""Who lives in the world: one `Person` for each account that has a mailbox."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Provider = Literal["google", "microsoft", "elsewhere"]

FREE_MAIL = frozenset({"gmail.com", "googlemail.com", "gmail.example", "outlook.example", "freemail.example"})


@dataclass(frozen=True, slots=True)
class SendAs:
    """An address that the account may write as. `accepted` is False until its owner confirmed it."""

    address: str
    name: str = ""
    accepted: bool = True
    signature: str = ""  # HTML, added by the vendor's web page, never by an API
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """The holder of one account. Somebody with a work and a private account is two of these.

    `addresses`: the login address first; all of them are delivered into the one mailbox.
    `send_as`: further identities beyond the login address. An address of the mailbox that is not in here
    receives but cannot send.
    """

    name: str
    addresses: tuple[str, ...]
    provider: Provider = "elsewhere"
    send_as: tuple[SendAs, ...] = ()
    signature: str = ""
    slack: str = ""  # the handle in the sandbox's Slack, "" for people outside it
    verified: bool = True  # the vendor has seen that the address is theirs

    def __post_init__(self) -> None:
        if not self.addresses:
            raise ValueError("a person needs at least one address")

    @property
    def address(self) -> str:
        return self.addresses[0]

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2].lower()

    @property
    def hosted_domain(self) -> str:
        """Name the organisation that runs the account, "" for a private one."""
        return "" if self.domain in FREE_MAIL else self.domain

    @property
    def subject(self) -> str:
        """Make the account's number at its vendor: stable, never the address."""
        return _number(self.provider, self.address.lower())

    def identities(self) -> tuple[SendAs, ...]:
        """List everything the account may write as, the login address first."""
        return (SendAs(self.address, self.name, True, self.signature), *self.send_as)


@lru_cache(maxsize=4096)
def _number(provider: str, address: str) -> str:
    digest = hashlib.sha256(f"{provider}:{address}".encode()).digest()
    return str(10**20 + int.from_bytes(digest[:8], "big"))
