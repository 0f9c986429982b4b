"""What is written and how it stands, as data: the Write window's contents, and a message on its way."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.inbox.people import Person
from bot.payloads import WriteRef
from providers.mail import Message
from store.outgoing import Outgoing

Json = Mapping[str, Any]

QUEUED, DRAFTING, SENDING = "queued", "drafting", "sending"
SENT, FAILED, UNCERTAIN, DROPPED = "sent", "failed", "uncertain", "dropped"
NEWER = "NewerMessage"  # error_kind: the person wrote again before it went
LOOKING = "Looking"  # error_kind: the provider's answer was lost, and it is looked for


@dataclass(frozen=True, slots=True)
class Choice:
    """An address to write from or to."""

    account_id: str  # "" for a recipient
    address: str
    name: str = ""

    @property
    def key(self) -> str:
        """Name the choice in a window: short enough for an option, and equal only for the same address."""
        return hashlib.sha256(f"{self.account_id}|{self.address}".encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in a Write window at the moment of a press."""

    typed: Json | None
    subject: str
    sender: str  # a Choice's key
    to: str
    signature: bool
    quote: bool


@dataclass(frozen=True, slots=True)
class WriteForm:
    """Everything a Write window shows. `answers` is the message being answered, None for a new one."""

    ref: WriteRef
    person: Person
    label: str  # what the mailbox is called: "Gmail"
    answers: Message | None
    subject: str
    senders: tuple[Choice, ...]
    recipients: tuple[Choice, ...]
    sender: str
    to: str
    has_signature: bool
    signature: bool
    quote: bool
    typed: Json | None = None  # text that was written before
    newer: bool = False  # `answers` came in after the text was written

    @property
    def answers_elsewhere(self) -> str:
        """The address that the person asks answers to go to, where it is none of theirs."""
        return self.ref.answers_to


@dataclass(frozen=True, slots=True)
class Standing:
    """A message and how it stands, in the words a view needs."""

    row: Outgoing
    subject: str
    name: str  # the recipient's
    label: str  # what the sending mailbox is called: "Gmail"
    retry_at: datetime | None  # when it is tried again, while it waits


@dataclass(frozen=True, slots=True)
class Body:
    """What the outbox keeps of a message until it has gone."""

    typed: Json
    signature: bool
    quote: bool

    def pack(self) -> str:
        """Write it down, to be sealed."""
        return json.dumps({"v": 1, "t": self.typed, "s": self.signature, "q": self.quote})

    @classmethod
    def unpack(cls, packed: str) -> "Body":
        """Read it back."""
        body = json.loads(packed)
        return cls(body["t"], body["s"], body["q"])
