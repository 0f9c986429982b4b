"""The record's tab Details: what everybody who uses Mailroom sees of a contact (screens.md 4, Record)."""

from bot import doors
from bot.blocks import Block, actions, clean, clip, context, one_line, plain, rich, span
from bot.contacts.views import field_name
from bot.payloads import ContactRef
from bot.record.records import Made, Record
from bot.words import Reader
from store.contact_changes import DELETED, IMPORTED, MERGED, RESTORED, UNMERGED
from store.contacts import Contact

CLIP = 80  # characters of a text in the line that says how it changed


def details(contact: Contact, record: Record, reader: Reader) -> list[Block]:
    """Draw what everybody knows of a contact, and the last changes."""
    primary, *others = contact.addresses
    lines = [[span(reader.say("Email"), bold=True)], [span(primary)]]
    if others:
        lines[-1].append(span(reader.say("  the main one")))
    lines += [[span(address)] for address in others]
    blocks = [rich(*lines)]
    for label, text in (
        (reader.say("Telephone"), one_line(contact.phone)),
        (reader.say("Company"), one_line(contact.company)),
        (reader.say("Title"), one_line(contact.title)),
        (reader.say("Looked after by"), one_line(record.owner)),
        (reader.say("Notes"), clean(contact.notes).strip()),
    ):
        if text:
            blocks.append(rich([span(label, bold=True)], [span(text)]))
    ref, label = ContactRef(contact.id), reader.say("Edit {name}", name=one_line(contact.name))
    blocks.append(actions(doors.EDIT_CONTACT.draw(reader, ref, label=label)))
    if record.changes:
        title = [span(reader.say("Last changes"), bold=True)]
        blocks.append(rich(title, *(_change(made, reader) for made in record.changes)))
    return [*blocks, context(plain(_source(contact, record, reader)))]


def _change(made: Made, reader: Reader) -> list[Block]:
    change, by = made.change, one_line(made.by) or reader.say("Somebody")
    when = reader.when(change.at)
    name = clip(one_line(made.after), CLIP)
    happened = {
        DELETED: reader.say("{when}: {by} deleted this contact", when=when, by=by),
        RESTORED: reader.say("{when}: {by} brought this contact back", when=when, by=by),
        MERGED: reader.say("{when}: {by} merged {name} into this contact", when=when, by=by, name=name),
        UNMERGED: reader.say("{when}: {by} took a merging apart", when=when, by=by),
        IMPORTED: reader.say("{when}: {by} imported this contact from a file", when=when, by=by),
    }
    if change.field in happened:
        return [span(happened[change.field])]
    said = reader.say("{when}: {by}, {field}: ", when=when, by=by, field=field_name(change.field, reader))
    before = clip(" ".join(clean(made.before).split()), CLIP) or reader.say("empty")
    after = clip(" ".join(clean(made.after).split()), CLIP) or reader.say("empty")
    return [span(said), span(before, italic=True), span(" → "), span(after, italic=True)]


def _source(contact: Contact, record: Record, reader: Reader) -> str:
    day = reader.day(contact.created_at)
    if record.added_by:
        return reader.say(
            "Added by {name}, {day}. Everybody here who uses Mailroom sees this tab.",
            name=one_line(record.added_by),
            day=day,
        )
    return reader.say("Added {day}. Everybody here who uses Mailroom sees this tab.", day=day)
