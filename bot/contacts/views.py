"""The form for a contact, new or not (screens.md 4, Edit contact / Add)."""

from collections.abc import Mapping
from typing import Any

from bot import doors, payloads
from bot.blocks import (
    Block,
    View,
    button,
    clean,
    clip,
    context,
    field,
    one_line,
    plain,
    rich,
    section,
    span,
    text_input,
    users_select,
    window,
)
from bot.contacts.drafts import Crossing, Draft, Refused
from bot.contacts.rules import LINE, MOST_ADDRESSES, NOTES, PHONE, Entry, Finding, Problem
from bot.payloads import EditContactRef, MergeRef, NewContactRef, PersonRef
from bot.words import Reader
from store.contacts import Contact

ADD, EDIT = "contacts.add_form", "contacts.edit_form"  # the forms' callback ids
FORMS = (ADD, EDIT)
TYPED, OWNER = "contacts.typed", "contacts.owner"
MERGE_HOLDER = "contacts.merge_holder"


def form_window(draft: Draft, reader: Reader, refused: Refused | None = None) -> View:
    """The form for somebody new or for a contact. `refused` is why it was not taken a moment ago."""
    holder = refused.holder if refused else None
    blocks: list[Block] = []
    if draft.first:
        blocks.append(section(plain(_who_will_see(draft, reader))))
    if holder:
        blocks.append(_taken(holder, draft, reader))
        if draft.version:
            blocks.append(_merge_holder(holder, draft, reader))
    if refused and refused.crossed:
        blocks.append(_crossed(refused.crossed, reader))
    blocks += _fields(draft, reader)
    if not draft.first:
        blocks.append(context(plain(_who_sees(draft, reader))))
    new = not draft.version
    return window(
        reader.say("Add to contacts") if new else reader.say("Edit contact"),
        blocks,
        callback_id=ADD if new else EDIT,
        submit=reader.say("Add") if new else reader.say("Save"),
        close=reader.say("Not now") if draft.first else reader.say("Cancel"),
        metadata=payloads.encode(_carried(draft)),
    )


def _carried(draft: Draft) -> payloads.Payload:
    if not draft.version:
        return NewContactRef(draft.id, draft.on_top)
    return EditContactRef(draft.id, draft.version, draft.record, draft.on_top, draft.again)


def _fields(draft: Draft, reader: Reader) -> list[Block]:
    entry, suffix = draft.entry, f".{draft.version}" if draft.again else ""

    def line(label: str, name: str, initial: str, most: int = LINE, **how: bool) -> Block:
        element = text_input(TYPED, initial=initial, multiline=how.get("multiline", False), most=most)
        return field(label, element, name + suffix, optional=name != "name")

    addresses = text_input(TYPED, initial=entry.addresses, multiline=True, most=NOTES)
    hint = reader.say("One to a line, the main one first.")
    owner = users_select(OWNER, chosen=entry.owner)
    return [
        line(reader.say("Name"), "name", entry.name),
        field(reader.say("Email addresses"), addresses, "addresses" + suffix, hint=hint),
        line(reader.say("Company"), "company", entry.company),
        line(reader.say("Title"), "title", entry.title),
        line(reader.say("Telephone"), "phone", entry.phone, PHONE),
        field(reader.say("Looked after by"), owner, "owner" + suffix, optional=True),
        line(reader.say("Notes"), "notes", entry.notes, NOTES, multiline=True),
    ]


def _who_will_see(draft: Draft, reader: Reader) -> str:
    return reader.say(
        "Contacts are shared: everybody in {workspace} who uses Mailroom will see this contact with all that"
        " you write here, and that you added it. Your mail stays yours.",
        workspace=one_line(draft.workspace),
    )


def _who_sees(draft: Draft, reader: Reader) -> str:
    if draft.version:
        return reader.say(
            "Everybody in {workspace} who uses Mailroom sees this contact, and who changed what.",
            workspace=one_line(draft.workspace),
        )
    return reader.say(
        "Everybody in {workspace} who uses Mailroom sees this contact. Your mail stays yours.",
        workspace=one_line(draft.workspace),
    )


def _taken(holder: Contact, draft: Draft, reader: Reader) -> Block:
    name = clip(one_line(holder.name), 100)
    if draft.version:
        said = reader.say("{name} has one of these addresses. Nothing was saved.", name=name)
    else:
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


def _merge_holder(holder: Contact, draft: Draft, reader: Reader) -> Block:
    name = clip(one_line(holder.name), 100)
    said = reader.say("If the two are one person, make them one contact. What you typed is not kept then.")
    ref = MergeRef(draft.id, holder.id, record=draft.record, on_top=draft.on_top)
    label = reader.say("Merge with {name}", name=name)
    merges = button(reader.say("Merge"), MERGE_HOLDER, payloads.encode(ref), label=label)
    return section(plain(said), merges)


def _crossed(crossed: tuple[Crossing, ...], reader: Reader) -> Block:
    """Say what somebody else has made of the fields that were being typed in."""
    lines = [
        [span(reader.say("This contact was changed while you wrote. Nothing was saved yet."), bold=True)]
    ]
    for one in crossed:
        said = reader.say(
            "{name}, {when}: {field} is now",
            name=one_line(one.by) or reader.say("Somebody"),
            when=reader.when(one.at),
            field=field_name(one.field, reader),
        )
        now = clip(" ".join(clean(one.now).split()), 300) or reader.say("empty")
        lines.append([span(f"{said} "), span(now, italic=True)])
    lines.append([span(reader.say("Your words are below. Save keeps them; Cancel leaves it as it is now."))])
    return rich(*lines)


def field_name(name: str, reader: Reader) -> str:
    """What a field of a contact is called in a sentence."""
    return {
        "name": reader.say("name"),
        "addresses": reader.say("addresses"),
        "company": reader.say("company"),
        "title": reader.say("title"),
        "phone": reader.say("telephone"),
        "owner": reader.say("looked after by"),
        "notes": reader.say("notes"),
    }.get(name, name)


def entry_of(values: Mapping[str, Any]) -> Entry:
    """Read what stands in the form's fields, whichever drawing they are of."""
    fields = {block_id.partition(".")[0]: fields for block_id, fields in values.items()}

    def typed(name: str) -> str:
        return str((fields.get(name, {}).get(TYPED) or {}).get("value") or "")

    owner = str((fields.get("owner", {}).get(OWNER) or {}).get("selected_user") or "")
    names = ("name", "addresses", "company", "title", "phone", "notes")
    return Entry(**{name: typed(name) for name in names}, owner=owner)


def beside_fields(refused: Refused, reader: Reader) -> dict[str, str]:
    """Say what is wrong, beside each field."""
    suffix = f".{refused.draft.version}" if refused.draft.again else ""
    return {finding.field + suffix: _problem(finding, reader) for finding in refused.findings}


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
        case Problem.NO_MEMBER:
            return reader.say("Choose a full member of this workspace: guests and apps cannot see contacts.")
