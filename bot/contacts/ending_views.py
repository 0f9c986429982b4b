"""Contacts that end: the menu of a record, what was deleted or merged with Undo, and the Merge window."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot import doors, payloads
from bot.blocks import (
    Block,
    View,
    actions,
    button,
    clean,
    clip,
    context,
    external_select,
    field,
    one_line,
    option,
    overflow,
    plain,
    rich,
    section,
    select,
    span,
    window,
)
from bot.contacts.pairs import Ended, Pair, TooMuch
from bot.contacts.rules import MOST_ADDRESSES
from bot.contacts.views import field_name
from bot.payloads import ContactAct, ContactRef, MergeRef, PersonRef
from bot.words import Reader
from store.contact_endings import Back
from store.contacts import Contact

MENU, UNDO = "contacts.menu", "contacts.undo"
EDIT_ACT, MERGE_ACT, DELETE_ACT, APPOINTMENT_ACT = "edit", "merge", "delete", "appointment"
CHOOSE, PREVIEW, BACK = "contacts.merge_choose", "contacts.merge_preview", "contacts.merge_back"
WITH, WHICH = "contacts.merge_with", "contacts.which"
KEPT, GONE = "kept", "gone"  # whose value is chosen
ENDED = "contacts.ended"
MOST_OFFERED = 50


def contact_menu(contact_id: str, reader: Reader) -> Block:
    """The menu of a record: New appointment, Edit, Merge, Delete."""

    def entry(words: str, act: str) -> Block:
        return option(words, payloads.encode(ContactAct(contact_id, act)))

    return overflow(
        MENU,
        [
            entry(reader.say("New appointment"), APPOINTMENT_ACT),
            entry(reader.say("Edit"), EDIT_ACT),
            entry(reader.say("Merge"), MERGE_ACT),
            entry(reader.say("Delete"), DELETE_ACT),
        ],
    )


def ended_line(ended: Ended, reader: Reader) -> str:
    """Say who was deleted or merged, by whom, and until when it can be undone."""
    name, by = clip(one_line(ended.gone.name), 100), clip(one_line(ended.by), 100)
    day = reader.date(reader.local(ended.until).date())
    until = reader.say("{day} {time}", day=day, time=reader.time(ended.until))
    if ended.kept:
        return reader.say(
            "{name} is one contact with {kept} now, merged by {by}. You can undo this until {until}.",
            name=name,
            kept=clip(one_line(ended.kept.name), 100),
            by=by or reader.say("somebody"),
            until=until,
        )
    return reader.say(
        "{name} was deleted by {by}. You can undo this until {until}.",
        name=name,
        by=by or reader.say("somebody"),
        until=until,
    )


def undo_button(ended: Ended, reader: Reader) -> Block:
    """Undo, naming whom."""
    label = reader.say("Undo for {name}", name=clip(one_line(ended.gone.name), 60))
    return button(reader.say("Undo"), UNDO, payloads.encode(ContactRef(ended.gone.id)), label=label)


def ended_window(ended: Ended, reader: Reader) -> View:
    """What stands in the window of a contact that was deleted or merged."""
    opens = []
    if ended.kept:
        opens.append(doors.OPEN_RECORD.draw(reader, PersonRef(contact=ended.kept.id)))
    kept = reader.say("Mail in your mailboxes is not touched.")
    if ended.kept is None:
        kept = reader.say("Appointments go with the contact. Mail in your mailboxes is not touched.")
    return window(
        reader.say("Merged") if ended.kept else reader.say("Deleted"),
        [
            section(plain(ended_line(ended, reader))),
            actions(undo_button(ended, reader), *opens),
            context(plain(kept)),
        ],
        callback_id=ENDED,
        close=reader.say("Close"),
    )


def back_line(back: Back, reader: Reader) -> str:
    """Say what Undo came to."""
    taken = ", ".join(back.taken)
    if back.contact is None:
        return reader.say(
            "This cannot be undone: other contacts have these addresses now ({taken}). Nothing was changed.",
            taken=clip(taken, 500) or reader.say("all of them"),
        )
    name = clip(one_line(back.contact.name), 100)
    if not back.taken:
        return reader.say("{name} is back, as before.", name=name)
    return reader.say(
        "{name} is back, but for what another contact has by now: {taken}.",
        name=name,
        taken=clip(taken, 500),
    )


def back_window(back: Back, reader: Reader) -> View:
    """What stands in the window after Undo, where something has to be said."""
    blocks = [section(plain(back_line(back, reader)))]
    if back.contact:
        blocks.append(actions(doors.OPEN_RECORD.draw(reader, PersonRef(contact=back.contact.id))))
    return window(reader.say("Undo"), blocks, callback_id=ENDED, close=reader.say("Close"))


# --- merge ------------------------------------------------------------------------------------------------


def choose_window(kept: Contact, ref: MergeRef, reader: Reader) -> View:
    """Step 1: with whom."""
    said = reader.say(
        "{name} stays, and takes over what the other contact has. You see it before anything happens.",
        name=clip(one_line(kept.name), 100),
    )
    menu = external_select(WITH, placeholder=reader.say("A name, a company or an address"))
    return window(
        reader.say("Merge contacts"),
        [section(plain(said)), field(reader.say("The other contact"), menu, WITH)],
        callback_id=CHOOSE,
        submit=reader.say("Next"),
        close=reader.say("Cancel"),
        metadata=payloads.encode(ref),
    )


def offered(found: Sequence[Contact]) -> list[Block]:
    """What the menu of step 1 offers."""
    return [
        option(
            clip(one_line(one.name), 75),
            one.id,
            clip(" · ".join(filter(None, [one.addresses[0], one_line(one.company)])), 75),
        )
        for one in found
        if one.addresses
    ]


def chosen(values: Mapping[str, Any]) -> str:
    """Whom step 1 was submitted with, "" for nobody."""
    picked = ((values.get(WITH) or {}).get(WITH) or {}).get("selected_option")
    return str(picked["value"]) if picked else ""


def preview_window(pair: Pair, ref: MergeRef, reader: Reader) -> View:
    """Step 2: what the one contact will be, field by field; where both have something, a choice."""
    blocks: list[Block] = [section(plain(_intro(pair, reader)))]
    for name, (ours, theirs) in pair.choices.items():
        options = [option(clip(ours, 75), KEPT), option(clip(theirs, 75), GONE)]
        menu = select(WHICH, options, chosen=options[0])
        block_id = f"{name}.{pair.kept.version}.{pair.gone.id}.{pair.gone.version}"
        blocks.append(field(field_name(name, reader).capitalize(), menu, block_id))
    for name, text in pair.settled.items():
        title = [span(field_name(name, reader).capitalize(), bold=True)]
        blocks.append(rich(title, [span(clip(clean(text), 2000))]))
    back = button(reader.say("Back"), BACK, payloads.encode(ref))
    told = reader.say("You can undo this for a day.")
    return window(
        reader.say("Merge contacts"),
        [*blocks, actions(back), context(plain(told))],
        callback_id=PREVIEW,
        submit=reader.say("Merge"),
        close=reader.say("Cancel"),
        metadata=payloads.encode(ref),
    )


def _intro(pair: Pair, reader: Reader) -> str:
    happens = _what_happens(pair, reader)
    if not pair.changed:
        return happens
    said = reader.say(
        "One of them was changed while you looked, so nothing was merged. Below is what they come to now:"
        " look at it, then press Merge again."
    )
    return f"{said} {happens}"


def _what_happens(pair: Pair, reader: Reader) -> str:
    return reader.say(
        "{gone} goes into {kept}: addresses, appointments, changes and notes of both are kept together.",
        gone=clip(one_line(pair.gone.name), 100),
        kept=clip(one_line(pair.kept.name), 100),
    )


def theirs(values: Mapping[str, Any]) -> frozenset[str]:
    """The fields whose value is to come from the contact that goes, as step 2 was submitted."""
    picked = {
        block_id: (fields.get(WHICH) or {}).get("selected_option") for block_id, fields in values.items()
    }
    return frozenset(
        block_id.partition(".")[0] for block_id, one in picked.items() if one and one["value"] == GONE
    )


def too_much(pair: TooMuch, reader: Reader) -> str:
    """Why two contacts cannot be one."""
    return reader.say(
        "Together, {kept} and {gone} have more than {addresses} addresses or more notes than a contact can"
        " hold. Nothing was changed. Take some of them out first.",
        kept=clip(one_line(pair.kept.name), 60),
        gone=clip(one_line(pair.gone.name), 60),
        addresses=MOST_ADDRESSES,
    )
