"""Fill a world: everybody moves in, then a month of mail (and years of it with one supplier) is carried out.

Nothing is announced, so nobody answers the past. Equal seeds and equal times give equal mailboxes.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sandbox.mail.mailbox import DRAFT, INBOX, SENT, TRASH, UNREAD
from sandbox.mail.raw import RawMessage
from sandbox.seed.cast import CAST, voice
from sandbox.seed.compose import Note, Written
from sandbox.seed.generated import orders_with_ivo, shelf_rows
from sandbox.seed.machines import write_any
from sandbox.seed.quoting import Past, reply_subject
from sandbox.seed.script import Conversation, Letter, read_letters
from sandbox.seed.smalltalk import talk_with_crowd
from sandbox.seed.tongues import TONGUES
from sandbox.world import World

ORDERS = 400  # conversations with the one contact who has hundreds
_READ_AFTER = timedelta(days=2)
_CATEGORIES = {
    "newsletter": "CATEGORY_PROMOTIONS",
    "receipt": "CATEGORY_UPDATES",
    "robot": "CATEGORY_UPDATES",
    "list": "CATEGORY_FORUMS",
}
_OWN_SUBJECTS = {
    "bounce": "Delivery Status Notification (Failure)",
    "bounce=delayed": "Delivery Status Notification (Delay)",
    "vacation": "Automatic reply: {subject}",
}


@dataclass(frozen=True, slots=True)
class Posted:
    """A message on its way: what the post needs to carry it, and what the seed says about its place."""

    at: datetime
    raw: bytes
    letter: Letter


def plant(
    world: World,
    *,
    seed: int = 1,
    orders: int = ORDERS,
    crowd: int = 0,
    days: int = 60,
    outlook: Collection[str] = (),
) -> None:
    """Let the whole cast move in and carry all mail of the letters, oldest first.

    `crowd`: that many conversations more, with made-up people, over the last `days` days. `outlook`: whose
    mailboxes, by login address, are Microsoft's this time, whoever runs them otherwise.
    """
    now = world.now()
    for actor in CAST:
        if actor.temper != "nobody":
            person = actor.person()
            world.add(replace(person, provider="microsoft") if person.address in outlook else person)
    conversations = [*read_letters(), *orders_with_ivo(seed, orders), *talk_with_crowd(seed, crowd, days)]
    _let_in_crowd(world, conversations)
    for posted in sorted(written(conversations, now, seed), key=lambda one: one.at):
        _carry(world, posted, now)


def _let_in_crowd(world: World, conversations: Iterable[Conversation]) -> None:
    strangers = {one.letters[0].sender for one in conversations if one.source == "crowd"}
    for actor in (voice(key).actor for key in sorted(strangers)):
        if world.person(next(iter(actor.addresses.values()))) is None:
            world.add(actor.person())


def written(conversations: Iterable[Conversation], now: datetime, seed: int) -> Iterator[Posted]:
    """Write every letter, in the order of the conversations."""
    for number, conversation in enumerate(conversations):
        before: datetime | None = None
        past: Past | None = None
        previous: Letter | None = None
        for place, letter in enumerate(conversation.letters):
            at = letter.at(now, before)
            mark = f"{seed}:{number}:{conversation.subject}:{place}"
            made = _write(letter, conversation.subject, at, mark, past, previous)
            yield Posted(at, made.raw, letter)
            before, previous = at, letter
            if letter.kind not in _OWN_SUBJECTS:
                past = made.past


def _write(
    letter: Letter, subject: str, at: datetime, mark: str, past: Past | None, previous: Letter | None
) -> Written:
    speaker = voice(letter.sender)
    options = dict(letter.options)
    if "reply-to" in options:
        options["reply-to"] = voice(options["reply-to"]).address
    if previous and letter.kind == "bounce":
        options["failed"] = voice(previous.to[0]).address
    own = _OWN_SUBJECTS.get(f"{letter.kind}={letter.variant}") or _OWN_SUBJECTS.get(letter.kind)
    if own:
        subject = own.format(subject=subject)
    elif past:
        subject = reply_subject(subject, TONGUES[speaker.actor.tongue].reply)
    handed_on = _forwarded(letter.forwarded, at, mark) if letter.forwarded else None
    attached = options.get("forward") == "attached"
    note = Note(
        speaker,
        _named(letter.to),
        subject,
        at,
        mark,
        letter.text + shelf_rows(int(options.get("rows", "0"))),
        _named(letter.cc),
        past,
        handed_on.past if handed_on and not attached else None,
        handed_on.raw if handed_on and attached else b"",
        options,
    )
    return write_any(note, letter.kind, letter.variant)


def _named(keys: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((voice(key).name, voice(key).address) for key in keys)


def _forwarded(letter: Letter, at: datetime, mark: str) -> Written:
    """Write the message that is handed on: somebody else's, of the day before."""
    speaker = voice(letter.sender)
    note = Note(
        speaker,
        _named(letter.to),
        letter.options["subject"],
        at - timedelta(days=1),
        f"{mark}:f",
        letter.text,
    )
    return write_any(note, speaker.actor.style, "")


def _carry(world: World, posted: Posted, now: datetime) -> None:
    letter = posted.letter
    label = letter.options.get("label")
    labels = {label} if label else {INBOX}
    if letter.kind in _CATEGORIES:
        labels.add(_CATEGORIES[letter.kind])
    if now - posted.at < _READ_AFTER and not label:
        labels.add(UNREAD)
    if letter.kind == "list":
        recipients = [voice(key).address for key in (*letter.to, "ann")]
        bounces = recipients[0].replace("@", "-bounces@")
        world.deliver(posted.raw, bounces, recipients, posted.at, labels=labels, announce=False)
    elif letter.kind == "bounce":
        world.deliver(posted.raw, "", [voice(letter.to[0]).address], posted.at, labels=labels, announce=False)
    elif label == DRAFT:
        world.mailbox(voice(letter.sender).address).file(RawMessage(posted.raw), {DRAFT}, posted.at)
    else:
        filed = world.send(posted.raw, at=posted.at, delivered_labels=labels, announce=False)
        if filed and label == TRASH:
            mailbox = world.mailbox(voice(letter.sender).address)
            mailbox.relabel(filed.id, add={TRASH}, remove={INBOX, SENT})
