"""The window Person: somebody found in mail who is no contact yet (screens.md 4)."""

from collections.abc import Mapping
from typing import Any

from bot import doors, payloads
from bot.blocks import (
    Block,
    View,
    actions,
    button,
    context,
    field,
    header,
    plain,
    section,
    text_input,
    window,
)
from bot.discovery import review_words as words
from bot.discovery.people import domain_of
from bot.discovery.review_views import who_will_see
from bot.discovery.typed import Problem
from bot.discovery.words import say_reason
from bot.discovery_payloads import CandidateRef
from bot.inbox import views as inbox_views
from bot.inbox.threads import ThreadList
from bot.payloads import PersonRef
from bot.places import loading_window
from bot.record.found import Found
from bot.words import Reader
from store.candidates import ADDED, PENDING, Candidate
from store.members import Member

PERSON = "record.person"  # the callback id
DISMISS, BLOCK_ADDRESS, BLOCK_DOMAIN = (
    "record.dismiss_person", "record.block_address", "record.block_domain",
)  # fmt: skip
WAIT_AGAIN, TYPED = "record.person_waits", "record.person_typed"
LINE = 150  # characters of a field
REASONS = 3  # said at most


def opening_window(reader: Reader) -> View:
    """What stands in the window until the mail is read."""
    return loading_window(reader, reader.say("Person"), reader.say("Reading your mail…"))


def person_window(found: Found, member: Member, reader: Reader, told: str = "") -> View:
    """Draw somebody who waits with everything to decide, somebody decided with the way back."""
    person = found.person
    blocks = [header(words.name_of(person))]
    if told:
        blocks.append(section(plain(told)))
    waits = person.state == PENDING
    blocks += _waiting(found, member, reader) if waits else _decided(person, reader)
    return window(
        reader.say("Person"),
        blocks,
        callback_id=PERSON,
        close=reader.say("Close"),
        submit=reader.say("Add") if waits else "",
        metadata=payloads.encode(CandidateRef(person.id)),
    )


# --- somebody who waits -----------------------------------------------------------------------------------


def _waiting(found: Found, member: Member, reader: Reader) -> list[Block]:
    person = found.person
    blocks = [section(plain(_why(person, reader)))]
    if found.untold:
        blocks.append(section(plain(who_will_see(found.untold, reader))))
    blocks += [
        _field(reader.say("Name"), "name", person.name),
        _field(reader.say("Company"), "company", person.company, optional=True),
        _field(reader.say("Email address"), "address", person.address),
        _decides(person, reader),
    ]
    return [*blocks, *_conversations(found.conversations, member, reader)]


def _why(person: Candidate, reader: Reader) -> str:
    codes = person.reasons.split()[:REASONS]
    reasons = " ".join(say_reason(reader, code) for code in codes)
    return f"{words.exchange(person, reader)}\n{reasons}".strip()


def _field(label: str, block_id: str, initial: str, *, optional: bool = False) -> Block:
    return field(label, text_input(TYPED, initial=initial, most=LINE), block_id, optional=optional)


def _decides(person: Candidate, reader: Reader) -> Block:
    value, domain = payloads.encode(CandidateRef(person.id)), domain_of(person.address)
    return actions(
        button(reader.say("Dismiss"), DISMISS, value),
        button(reader.say("Block address"), BLOCK_ADDRESS, value),
        button(
            reader.say("Block domain"),
            BLOCK_DOMAIN,
            value,
            label=reader.say("Block all of {domain}", domain=domain[1:]),
        )
        if domain
        else None,
    )


def _conversations(listed: ThreadList | None, member: Member, reader: Reader) -> list[Block]:
    if listed is None:
        said = reader.say("No mailbox is connected, so your conversations cannot be shown.")
        return [context(plain(said))]
    blocks = [
        block
        for row in listed.stretch.rows
        for block in inbox_views.conversation(row, listed, member, reader)
    ]
    if not blocks and not listed.stretch.failed:
        blocks.append(context(plain(inbox_views.why_nothing(listed, reader))))
    return [*blocks, *inbox_views.unreadable(listed, reader)[:2]]


# --- somebody decided -------------------------------------------------------------------------------------


def _decided(person: Candidate, reader: Reader) -> list[Block]:
    opens = None
    if person.state == ADDED and person.contact_id:
        ref = PersonRef(contact=person.contact_id)
        opens = doors.OPEN_RECORD.draw(reader, ref, text=reader.say("Open record"), style="primary")
    back = reader.say("Undo") if person.state == ADDED else reader.say("Bring back")
    return [
        section(plain(f"{words.who(person)}\n{words.decided(person, reader)}")),
        actions(opens, button(back, WAIT_AGAIN, payloads.encode(CandidateRef(person.id)))),
    ]


# --- what was typed ---------------------------------------------------------------------------------------


def typed(values: Mapping[str, Any]) -> tuple[str, str, str]:
    """Read name, company and address as they stand in the window."""

    def of(name: str) -> str:
        return str((values.get(name, {}).get(TYPED) or {}).get("value") or "")

    return of("name"), of("company"), of("address")


def beside_fields(problems: Mapping[str, Problem], reader: Reader) -> dict[str, str]:
    """Say what is wrong, beside each field."""
    sentences = {
        Problem.NO_NAME: reader.say("Give a name, so that your team finds this person."),
        Problem.NOT_AN_ADDRESS: reader.say("Give one complete email address, like dana@northwind.example."),
        Problem.OWN: reader.say("This is your own address."),
    }
    return {name: sentences[problem] for name, problem in problems.items()}
