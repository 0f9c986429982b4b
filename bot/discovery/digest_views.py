"""The digest in the member's direct message (screens.md 5), drawn from the rows every time."""

from bot import doors, payloads
from bot.blocks import (
    Block,
    actions,
    button,
    clip,
    context,
    divider,
    escape,
    header,
    one_line,
    plain,
    rich,
    section,
    span,
)
from bot.discovery.nightly_pages import DigestPage
from bot.discovery.people import PAGE
from bot.discovery.review_words import decided, exchange, name_of
from bot.discovery.words import say_reason
from bot.discovery_payloads import DigestRef, SeveralRef
from bot.payloads import PageRef, PersonRef
from bot.places import Answer
from bot.words import Reader
from store.candidates import ADDED, DISMISSED, Candidate

ADD, DISMISS, UNDO = "discovery.digest_add", "discovery.digest_dismiss", "discovery.digest_undo"
TWO_WAY = "two_way"  # the reason of everybody whom the rules suggest
LINE = 120  # characters of an address or a company: ten people stay far below Slack's limit


def digest_message(page: DigestPage, reader: Reader) -> Answer:
    """Draw a digest with everybody as they stand now: at most 25 blocks and 5,000 characters."""
    blocks = [header(_title(page, reader)), section(plain(_summary(page, reader)))]
    for place, person in enumerate(page.people):
        blocks += _person(page, person, reader) if person else [_gone(place, reader)]
    blocks.append(divider())
    if waiting := _waiting(page, reader):
        blocks.append(context(plain(waiting)))
    blocks.append(_foot(page, reader))
    return Answer(_text(page, reader), blocks)


def _title(page: DigestPage, reader: Reader) -> str:
    return reader.count("{n} person wrote to you", "{n} people wrote to you", len(page.people))


def _summary(page: DigestPage, reader: Reader) -> str:
    done = sum(1 for one in page.people if one and one.state in (ADDED, DISMISSED))
    if done == len(page.people):
        return reader.say("Everybody here is decided. Undo takes a decision back.")
    return reader.say(
        "You write to each other, and they are not in your contacts. Add puts somebody into the contacts of"
        " your team; whoever you dismiss is not suggested again."
    )


def _text(page: DigestPage, reader: Reader) -> str:
    """The whole message for a screen reader and a notification; Slack reads markup in it."""
    if not page.names:
        return reader.count("Mailroom found {n} person.", "Mailroom found {n} people.", len(page.people))
    known = [_said(one, reader) for one in page.people if one]
    said = reader.count(
        "{n} person wrote to you who is not in your contacts",
        "{n} people wrote to you who are not in your contacts",
        len(page.people),
    )
    return escape(f"{said}: {', '.join(known)}" if known else said)


def _said(person: Candidate, reader: Reader) -> str:
    if person.state == ADDED:
        return reader.say("{name} (added)", name=name_of(person))
    if person.state == DISMISSED:
        return reader.say("{name} (dismissed)", name=name_of(person))
    return name_of(person)


# --- one person -------------------------------------------------------------------------------------------


def _person(page: DigestPage, person: Candidate, reader: Reader) -> list[Block]:
    """Who it is and what was written, then what can be done or was done: two blocks."""
    about = [clip(one_line(one), LINE) for one in (person.address, person.company)]
    lines = [
        [span(name_of(person), bold=True), span(" · " + " · ".join(filter(None, about)))],
        [span(exchange(person, reader))],
    ]
    if person.state in (ADDED, DISMISSED):
        lines.append([span(decided(person, reader), italic=True)])
    elif why := _why(person, reader):
        lines.append([span(why)])
    ref = DigestRef(page.digest.id, person.id)
    row = _undo(person, ref, reader) if person.state in (ADDED, DISMISSED) else _decide(person, ref, reader)
    return [rich(*lines), row]


def _why(person: Candidate, reader: Reader) -> str:
    """Why somebody is here, where it is another reason than everybody's, which the summary gives."""
    code = next(iter(person.reasons.split()), TWO_WAY)
    return "" if code == TWO_WAY else say_reason(reader, code)


def _decide(person: Candidate, ref: DigestRef, reader: Reader) -> Block:
    name, value = name_of(person), payloads.encode(ref)
    return actions(
        button(reader.say("Add"), ADD, value, label=reader.say("Add {name} to contacts", name=name)),
        button(reader.say("Dismiss"), DISMISS, value, label=reader.say("Dismiss {name}", name=name)),
        block_id=f"person:{person.id}",
    )


def _undo(person: Candidate, ref: DigestRef, reader: Reader) -> Block:
    name = name_of(person)
    opens = None
    if person.state == ADDED and person.contact_id:
        label = reader.say("Open the record of {name}", name=name)
        opens = doors.OPEN_RECORD.draw(
            reader, PersonRef(contact=person.contact_id), text=reader.say("Open record"), label=label
        )
    undo = button(reader.say("Undo"), UNDO, payloads.encode(ref), label=reader.say("Undo: {name}", name=name))
    return actions(opens, undo, block_id=f"person:{person.id}")


def _gone(place: int, reader: Reader) -> Block:
    """Somebody whose name is kept no longer."""
    said = reader.say("{n}. Somebody whom Mailroom keeps no longer.", n=place + 1)
    return context(plain(said))


# --- foot -------------------------------------------------------------------------------------------------


def _waiting(page: DigestPage, reader: Reader) -> str:
    if page.fresh:
        return reader.count("{n} more is waiting.", "{n} more are waiting.", page.fresh + page.earlier)
    if page.earlier:
        return reader.count("{n} earlier one is waiting.", "{n} earlier ones are waiting.", page.earlier)
    return ""


def _foot(page: DigestPage, reader: Reader) -> Block:
    some_wait = any(one and one.state not in (ADDED, DISMISSED) for one in page.people)
    several = doors.CHOOSE_SEVERAL.draw(reader, SeveralRef(page.digest.id)) if some_wait else None
    people, settings = doors.HOME_TURNS[:2]
    return actions(
        several,
        people.draw(reader, PageRef(PAGE), text=reader.say("All on Home")),
        settings.draw(reader, PageRef("accounts"), text=reader.say("Settings")),
    )
