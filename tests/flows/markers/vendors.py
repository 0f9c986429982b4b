"""The two kinds of mailbox whose every flow is searched for marks: where each fails, and how that ends."""

from dataclasses import dataclass
from typing import Literal

from sandbox.faults import Kind
from tests.stage import Stage

Failure = tuple[Kind, int, str]  # what happens to a sending, with which status, and how the window tells


@dataclass(frozen=True, slots=True)
class Vendor:
    """`unnamed`: the columns that hold nobody, because the vendor tells no name or gives numbers instead."""

    key: Literal["google", "microsoft"]
    service: str
    sending: str
    reading: tuple[str, ...]
    failures: tuple[Failure, ...]
    unnamed: frozenset[str]

    def end_access(self, stage: Stage, address: str) -> None:
        """Take back what Mailroom was given for a mailbox, at the vendor."""
        if self.key == "google":
            stage.google.revoke(address)
        else:
            stage.microsoft.withdraw(address)
            stage.microsoft.expire_access(address)

    def __str__(self) -> str:
        return self.key


GMAIL = Vendor(
    "google",
    "google",
    r"POST .*/drafts/send",
    ("GET /gmail/v1", "POST /batch"),
    (
        (Kind.RESET_AFTER, 0, "Sent "),
        (Kind.STATUS, 500, "Sent "),
        (Kind.STATUS, 400, "Not sent."),
        (Kind.STATUS, 429, "Sent "),
    ),
    frozenset({"account.name", "pending.name"}),
)
OUTLOOK = Vendor(
    "microsoft",
    "graph",
    r"POST .*/(?:reply|sendMail)$",
    (r"GET /v1.0/me", r"POST /v1.0/\$batch"),
    (
        (Kind.RESET_AFTER, 0, "Sent "),
        (Kind.STATUS, 500, "Not certain."),
        (Kind.STATUS, 400, "Not sent."),
        (Kind.STATUS, 429, "Sent "),
    ),
    frozenset({"calendar_sync.calendar_id", "calendar_event.calendar_id"}),
)
