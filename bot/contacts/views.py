"""The form for a contact (screens.md 4, Edit contact / Add)."""

from collections.abc import Mapping
from typing import Any

from bot import doors, payloads
from bot.blocks import (
    Block,
    View,
    clip,
    context,
    field,
    one_line,
    plain,
    section,
    text_input,
    window,
)
from bot.contacts.drafts import Draft
from bot.contacts.rules import LINE, MOST_ADDRESSES, NOTES, PHONE, Entry, Finding, Problem
from bot.payloads import NewContactRef, PersonRef
from bot.words import Reader
from store.contacts import Contact

ADD = "contacts.add_form"  # the form's callback id
TYPED = "contacts.typed"


def add_window(draft: Draft, reader: Reader, holder: Contact | None = None) -> View:
    """The form for somebody new. `holder` has one of the addresses already."""
    entry = draft.entry
    blocks: list[Block] = []
    if draft.first:
        blocks.append(section(plain(_who_will_see(draft, reader))))
    if holder:
        blocks.append(_taken(holder, reader))
    hint = reader.say("One to a line, the main one first.")
    blocks += [
        _text(reader.say("Name"), "name", entry.name, LINE),
        field(
            reader.say("Email addresses"),
            text_input(TYPED, initial=entry.addresses, multiline=True, most=NOTES),
            "addresses",
            hint=hint,
        ),
        _text(reader.say("Company"), "company", entry.company, LINE, optional=True),
        _text(reader.say("Title"), "title", entry.title, LINE, optional=True),
        _text(reader.say("Telephone"), "phone", entry.phone, PHONE, optional=True),
        _text(reader.say("Notes"), "notes", entry.notes, NOTES, optional=True, multiline=True),
    ]
    if not draft.first:
        blocks.append(context(plain(_who_sees(draft, reader))))
    return window(
        reader.say("Add to contacts"),
        blocks,
        callback_id=ADD,
        submit=reader.say("Add"),
        close=reader.say("Not now") if draft.first else reader.say("Cancel"),
        metadata=payloads.encode(NewContactRef(draft.id, draft.on_top)),
    )


def _text(
    label: str, name: str, initial: str, most: int, *, optional: bool = False, multiline: bool = False
) -> Block:
    element = text_input(TYPED, initial=initial, multiline=multiline, most=most)
    return field(label, element, name, optional=optional)


def _who_will_see(draft: Draft, reader: Reader) -> str:
    return reader.say(
        "Contacts are shared: everybody in {workspace} who uses Mailroom will see this name, address and"
        " company, and that you added it. Your mail stays yours.",
        workspace=one_line(draft.workspace),
    )


def _who_sees(draft: Draft, reader: Reader) -> str:
    return reader.say(
        "Everybody in {workspace} who uses Mailroom sees this contact. Your mail stays yours.",
        workspace=one_line(draft.workspace),
    )


def _taken(holder: Contact, reader: Reader) -> Block:
    name = clip(one_line(holder.name), 100)
    said = reader.say(
        "{name} is in your contacts already with one of these addresses. Nothing was added.", name=name
    )
    opens = doors.OPEN_RECORD.draw(
        reader,
        PersonRef(contact=holder.id),
        text=reader.say("Open"),
        label=reader.say("Open {name}", name=name),
    )
    return section(plain(said), opens)


def entry_of(values: Mapping[str, Any]) -> Entry:
    """Read what stands in the form's fields."""

    def typed(name: str) -> str:
        return str((values.get(name, {}).get(TYPED) or {}).get("value") or "")

    return Entry(*(typed(name) for name in ("name", "addresses", "company", "title", "phone", "notes")))


def beside_fields(findings: tuple[Finding, ...], reader: Reader) -> dict[str, str]:
    """Say what is wrong, beside each field."""
    return {finding.field: _problem(finding, reader) for finding in findings}


def _problem(finding: Finding, reader: Reader) -> str:
    about = clip(one_line(finding.about), 80)
    match finding.problem:
        case Problem.NO_NAME:
            return reader.say("Give a name, so that your team finds this person.")
        case Problem.NO_ADDRESS:
            return reader.say("Give at least one address, like dana@northwind.example.")
        case Problem.NOT_AN_ADDRESS:
            return reader.say(
                '"{about}" is not a complete email address, like dana@northwind.example.', about=about
            )
        case Problem.TOO_MANY:
            return reader.say("A contact has at most {n} addresses.", n=MOST_ADDRESSES)
        case Problem.OWN:
            return reader.say("{about} is your own address. Leave it out.", about=about)
