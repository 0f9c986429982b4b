"""What the pages show: people, conversations and messages, read off the world."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sandbox.mail.mailbox import DRAFT, INBOX, SENT, SPAM, TRASH, UNREAD, FiledMessage, Mailbox
from sandbox.mail.people import Person
from sandbox.mail.raw import decode, parse_addresses
from sandbox.people.reading import File, read
from sandbox.world import World

FOLDERS = {"inbox": INBOX, "sent": SENT, "drafts": DRAFT, "spam": SPAM, "trash": TRASH, "all": ""}
_AWAY = frozenset({SPAM, TRASH})


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in the list of mailboxes."""

    name: str
    address: str
    others: tuple[str, ...]
    kind: str
    messages: int
    unread: int
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """One conversation in a mailbox."""

    id: str
    who: str
    subject: str
    count: int
    newest: datetime
    unread: bool
    files: bool


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message, ready to be shown."""

    id: str
    sender: str
    sender_address: str
    to: str
    cc: str
    bcc: str
    at: datetime
    subject: str
    labels: tuple[str, ...]
    text: str
    html: str
    files: tuple[File, ...]
    headers: tuple[tuple[str, str], ...]


_KINDS = {"google": "Gmail", "microsoft": "Outlook", "elsewhere": "outside"}


def people_rows(world: World, find: str = "") -> list[PersonRow]:
    """List the mailboxes, the ones with the newest mail first; `find` narrows by name or address."""
    wanted = find.strip().lower()
    rows = [_person(world.mailbox(person.address)) for person in world.people if _fits(person, wanted)]
    # The oldest of all dates for empty mailboxes: they come last.
    return sorted(rows, key=lambda row: row.newest.timestamp() if row.newest else 0.0, reverse=True)


def _fits(person: Person, wanted: str) -> bool:
    return wanted in person.name.lower() or any(wanted in address.lower() for address in person.addresses)


def _person(mailbox: Mailbox) -> PersonRow:
    messages = mailbox.messages()
    person = mailbox.person
    return PersonRow(
        person.name,
        person.address,
        person.addresses[1:],
        _KINDS[person.provider],
        len(messages),
        sum(UNREAD in message.labels for message in messages),
        messages[0].at if messages else None,
    )


def thread_rows(mailbox: Mailbox, folder: str) -> list[ThreadRow]:
    """List conversations with a message in a folder, the newest first. Raises KeyError for no such folder."""
    label = FOLDERS[folder]
    threads = dict.fromkeys(message.thread_id for message in mailbox.messages() if _is_in(message, label))
    rows = [_thread(mailbox, mailbox.thread(thread), label) for thread in threads]
    return sorted(rows, key=lambda row: row.newest, reverse=True)


def _is_in(message: FiledMessage, label: str) -> bool:
    return label in message.labels if label else not message.labels & _AWAY


def _thread(mailbox: Mailbox, messages: tuple[FiledMessage, ...], label: str) -> ThreadRow:
    shown = [message for message in messages if _is_in(message, label)] or list(messages)
    newest = shown[-1]
    return ThreadRow(
        newest.thread_id,
        _who(mailbox.person, messages),
        newest.raw.subject.strip() or "(no subject)",
        len(messages),
        newest.at,
        any(UNREAD in message.labels for message in shown),
        any("multipart/mixed" in message.raw.first("Content-Type").lower() for message in messages),
    )


def _who(person: Person, messages: Iterable[FiledMessage]) -> str:
    """Name those on the other side; oneself, when there is nobody else."""
    own = {address.lower() for address in person.addresses}
    names: dict[str, str] = {}
    for message in messages:
        for name, address in message.raw.addresses("From", "To"):
            if address not in own:
                names.setdefault(address, name or address)
    return ", ".join(list(names.values())[:4]) or person.name


def message_row(message: FiledMessage) -> MessageRow:
    """Read one message for showing."""
    raw = message.raw
    reading = read(raw)
    sender = (raw.addresses("From") or [("", "")])[0]
    return MessageRow(
        message.id,
        sender[0] or sender[1] or "nobody",
        sender[1],
        _people(raw.all("To")),
        _people(raw.all("Cc")),
        _people(raw.all("Bcc")),
        message.at,
        raw.subject,
        tuple(sorted(message.labels)),
        reading.text,
        reading.html,
        reading.files,
        tuple((name, decode(value)) for name, value in (*message.trace, *raw.headers)),
    )


def _people(values: list[str]) -> str:
    return ", ".join(f"{name} <{address}>" if name else address for name, address in parse_addresses(values))
