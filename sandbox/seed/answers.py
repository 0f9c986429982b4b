"""People of the world answer what the members write to them, a few seconds later on the sandbox's clock."""

import hashlib
import re
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sandbox.clock import Clock
from sandbox.mail.mailbox import UNREAD, FiledMessage
from sandbox.mail.people import Person
from sandbox.mail.raw import RawMessage
from sandbox.people.reading import read
from sandbox.seed.actors import Actor, Voice
from sandbox.seed.cast import voice, voice_at
from sandbox.seed.compose import Note, Written, paragraphs_html
from sandbox.seed.machines import bounce, vacation, write_any
from sandbox.seed.quoting import Past, reply_subject
from sandbox.seed.replies import AWAY, UNKNOWN, new_words, reply_text
from sandbox.seed.tongues import TONGUES
from sandbox.world import Delivery, World

SOON = timedelta(seconds=5)
_MACHINE = re.compile(
    r"(?:^|[._-])(?:no[._-]?reply|do[._-]?not[._-]?reply|mailer-daemon|postmaster|bounces?|notifications?|alerts?"
    r"|newsletter|news)(?:$|[._@-])",
    re.IGNORECASE,
)


class Answers:
    """Listen to the post and let those who were written to answer.

    Nobody answers an answer, a machine, or mail they only got a copy of; who is away says so once; an address
    that does not exist comes back. Who is not of the cast (a mailbox read from a file) answers in English.
    """

    def __init__(self, world: World, clock: Clock, *, after: timedelta = SOON) -> None:
        self._world = world
        self._clock = clock
        self._after = after
        self._lock = threading.Lock()
        self._ours: set[str] = set()
        self._told_away: set[tuple[str, str]] = set()
        world.on_delivered(self._delivered)

    def _delivered(self, delivery: Delivery) -> None:
        raw = delivery.raw
        if self._is_ours(raw) or is_automatic(raw) or not self._author(delivery):
            return
        for address in delivery.unknown:
            self._later(2, delivery.at, partial(self._return, raw, delivery, address))
        addressed = {address for _, address in raw.addresses("To")}
        for person, filed in delivery.filed:
            if address := next((one for one in person.addresses if one.lower() in addressed), ""):
                wait = _number(raw, address) % 4
                self._later(wait, delivery.at, partial(self._answer, person, filed, address))
                return  # of several people one answers, as it goes

    def _author(self, delivery: Delivery) -> Person | None:
        author = self._world.person(delivery.envelope_from)
        return author if author and author.provider != "elsewhere" else None

    def _is_ours(self, raw: RawMessage) -> bool:
        with self._lock:
            return raw.message_id in self._ours

    def _later(self, seconds: int, at: datetime, run: Callable[[], None]) -> None:
        self._clock.call_at(max(at, self._clock.now()) + self._after + timedelta(seconds=seconds), run)

    def _answer(self, person: Person, filed: FiledMessage, address: str) -> None:
        raw = filed.raw
        speaker = voice_at(address) or _stranger(person, address)
        target = (raw.addresses("Reply-To") or raw.addresses("From") or [("", "")])[0]
        if speaker.actor.temper == "silent" or "@" not in target[1]:
            return
        past = past_of(raw, filed.at)
        if speaker.actor.temper == "away":
            with self._lock:
                if (address, target[1]) in self._told_away:
                    return
                self._told_away.add((address, target[1]))
            note = self._note(speaker, target, f"Automatic reply: {raw.subject}", raw, past)
            self._post(vacation(_with_text(note, AWAY.format(name=speaker.actor.first_name)), ""))
            return
        name = (target[0] or target[1].partition("@")[0]).split()[0]
        text = reply_text(
            new_words(past.plain),
            tongue=speaker.actor.tongue,
            asker=name,
            answerer=speaker.actor.first_name if speaker.actor.tongue != "ja" else speaker.name.split()[0],
            number=_number(raw, address),
        )
        subject = reply_subject(raw.subject, TONGUES[speaker.actor.tongue].reply)
        note = self._note(speaker, target, subject, raw, past)
        self._post(write_any(_with_text(note, text), speaker.actor.style, ""))
        self._world.mailbox(address).relabel(filed.id, remove={UNREAD})

    def _return(self, raw: RawMessage, delivery: Delivery, address: str) -> None:
        """Bring back what could not be delivered, to the envelope's sender, from nobody."""
        past = past_of(raw, delivery.at)
        target = (past.name, delivery.envelope_from)
        note = self._note(
            voice("mailer-daemon"),
            target,
            "Delivery Status Notification (Failure)",
            raw,
            past,
            failed=address,
        )
        made = bounce(_with_text(note, UNKNOWN), "")
        self._remember(made)
        self._world.deliver(made.raw, "", [delivery.envelope_from])

    def _note(
        self,
        speaker: Voice,
        target: tuple[str, str],
        subject: str,
        raw: RawMessage,
        past: Past,
        **options: str,
    ) -> Note:
        seed = f"answer:{raw.message_id}:{speaker.address}:{subject}"
        return Note(speaker, (target,), subject, self._clock.now(), seed, "", past=past, options=options)

    def _remember(self, made: Written) -> None:
        with self._lock:
            self._ours.add(made.past.message_id)

    def _post(self, made: Written) -> None:
        self._remember(made)
        self._world.send(made.raw)


def is_automatic(raw: RawMessage) -> bool:
    """Tell whether a machine wrote this (RFC 3834), so that nobody answers it."""
    marked = raw.first("Auto-Submitted").partition(";")[0].strip().lower()
    bulk = raw.first("Precedence").strip().lower() in {"bulk", "list", "junk", "auto_reply"}
    return marked not in {"", "no"} or bulk or bool(raw.first("List-Id")) or raw.first("Return-Path") == "<>"


def past_of(raw: RawMessage, at: datetime) -> Past:
    """Make the past of an answer from a message as it was received."""
    reading = read(raw)
    name, address = (raw.addresses("From") or [("", "nobody@nowhere.example")])[0]
    to = "; ".join(name or address for name, address in raw.addresses("To"))
    cc = "; ".join(name or address for name, address in raw.addresses("Cc"))
    return Past(
        name or address,
        address,
        to,
        cc,
        at,
        raw.subject,
        raw.message_id,
        raw.references,
        reading.text.rstrip(),
        reading.source or paragraphs_html(reading.text.rstrip()),
    )


def _stranger(person: Person, address: str) -> Voice:
    """Give somebody who is not of the cast a manner; a machine's address stays silent."""
    temper = "silent" if _MACHINE.search(address) or person.provider != "elsewhere" else "answers"
    return Voice("stranger", Actor(person.name or address, {"stranger": address}, temper=temper), address)


def _with_text(note: Note, text: str) -> Note:
    return replace(note, text=text)


def _number(raw: RawMessage, address: str) -> int:
    return int(hashlib.sha256(f"{raw.message_id}{address}".encode()).hexdigest()[:8], 16)
