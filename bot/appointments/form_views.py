"""The window for an appointment: eleven fields, who sees it, and the way to cancel it (screens.md 4)."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot import payloads
from bot.appointments.dates import Changed, Draft
from bot.appointments.rules import (
    LENGTHS,
    NOTES,
    PLACE,
    REMINDERS,
    TITLE,
    Entry,
    Finding,
    Problem,
)
from bot.appointments.times import length, reminder, when
from bot.blocks import (
    Block,
    View,
    actions,
    boxes,
    button,
    clean,
    clip,
    date_picker,
    external_select,
    field,
    one_line,
    option,
    plain,
    section,
    select,
    text_input,
    time_picker,
    users_select,
    window,
)
from bot.payloads import AppointmentForm
from bot.words import Reader
from store.contacts import Contact

FORM, CANCEL = "appointments.form", "appointments.cancel"
TYPED, CONTACT, ZONE = "appointments.typed", "appointments.contact", "appointments.zone"
OWNER = "appointments.owner"
DAY, CLOCK, LENGTH = "appointments.day", "appointments.clock", "appointments.length"
ALL_DAY, REMIND = "appointments.all_day", "appointments.remind"
NONE = "none"  # the value of "no reminder"


def form_window(draft: Draft, reader: Reader, *, on_record: bool = False) -> View:
    """Draw a form, with what somebody else changed above it. `on_record`: it lies on the contact's."""
    entry, ref = draft.entry, payloads.encode(AppointmentForm(draft.id, draft.version, on_record))
    cancel = button(reader.say("Cancel the appointment"), CANCEL, ref, style="danger")
    blocks = [
        *([_changed(draft.changed, entry, cancel, reader)] if draft.changed else []),
        _text(reader.say("Title"), "title", entry.title, TITLE),
        _contact(draft.contact, reader),
        _owner(entry.owner, reader),
        field(reader.say("Date"), date_picker(DAY, chosen=entry.day), "day"),
        field(reader.say("Time"), time_picker(CLOCK, chosen=entry.clock), "clock", optional=True),
        field(reader.say("Length"), _length(entry, reader), "length"),
        field(reader.say("Time zone"), _zone(entry.zone, reader), "zone"),
        field(reader.say("Day"), _all_day(entry, reader), "all_day", optional=True),
        _text(reader.say("Place or link"), "place", entry.place, PLACE, optional=True),
        _notes(entry.notes, reader),
        field(
            reader.say("Reminder"), _remind(entry, reader), "remind", optional=True, hint=_who(draft, reader)
        ),
    ]
    if draft.version and not draft.changed:
        blocks.append(actions(cancel))
    return window(
        reader.say("Appointment") if draft.version else reader.say("New appointment"),
        blocks,
        callback_id=FORM,
        submit=reader.say("Save"),
        close=reader.say("Close"),
        metadata=ref,
    )


def _text(label: str, name: str, initial: str, most: int, *, optional: bool = False) -> Block:
    return field(label, text_input(TYPED, initial=clean(initial), most=most), name, optional=optional)


def _notes(initial: str, reader: Reader) -> Block:
    sees = reader.say("Everybody here who uses Mailroom sees appointments, with their notes.")
    element = text_input(TYPED, initial=clean(initial), multiline=True, most=NOTES)
    return field(reader.say("Notes"), element, "notes", optional=True, hint=sees)


def _owner(slack_user_id: str, reader: Reader) -> Block:
    hint = reader.say("They are reminded, and with Calendar Sync it stands in their calendar.")
    return field(reader.say("Looked after by"), users_select(OWNER, chosen=slack_user_id), "owner", hint=hint)


def _contact(contact: Contact | None, reader: Reader) -> Block:
    element = external_select(CONTACT, placeholder=reader.say("A name or a company"))
    if contact:
        element["initial_option"] = contact_option(contact)
    return field(reader.say("With"), element, "contact", hint=reader.say("One of the team's contacts."))


def contact_option(contact: Contact) -> Block:
    """One contact to choose."""
    name = clip(one_line(contact.name), 75) or contact.id
    detail = " · ".join(filter(None, [*contact.addresses[:1], one_line(contact.company)]))
    return option(name, contact.id, clip(detail, 75))


def _length(entry: Entry, reader: Reader) -> Block:
    minutes = {*LENGTHS, int(entry.minutes)}
    options = {one: option(length(one, reader), str(one)) for one in sorted(minutes)}
    return select(LENGTH, list(options.values()), chosen=options[int(entry.minutes)])


def _zone(name: str, reader: Reader) -> Block:
    element = external_select(ZONE, placeholder=reader.say("A city, like Berlin"))
    element["initial_option"] = zone_option(name)
    return element


def zone_option(name: str) -> Block:
    """One time zone to choose."""
    return option(name.replace("_", " "), name)


def _all_day(entry: Entry, reader: Reader) -> Block:
    box = option(reader.say("All day: the time above does not count"), "all_day")
    return boxes(ALL_DAY, [box], [box] if entry.all_day else [])


def _remind(entry: Entry, reader: Reader) -> Block:
    nothing = option(reader.say("No reminder"), NONE)
    minutes = {*REMINDERS, *([int(entry.remind)] if entry.remind else [])}
    options = {str(one): option(reminder(one, reader), str(one)) for one in sorted(minutes)}
    return select(REMIND, [nothing, *options.values()], chosen=options.get(entry.remind, nothing))


def _who(draft: Draft, reader: Reader) -> str:
    if draft.calendar_reminds:
        return reader.say("The calendar reminds, because Calendar Sync is on.")
    return reader.say("In a direct message to whoever looks after it.")


# --- somebody was faster ----------------------------------------------------------------------------------


def _changed(changed: Changed, entry: Entry, cancel: Block, reader: Reader) -> Block:
    now = changed.now
    name = clip(one_line(changed.by), 100) or reader.say("Somebody")
    if not now.is_planned:
        said = reader.say(
            "{name} cancelled this while you were writing. Nothing was saved yet; Save keeps what stands"
            " below, and it stays cancelled until somebody plans it again.",
            name=name,
        )
    else:
        said = reader.say(
            "{name} changed this while you were writing. Nothing of yours was saved yet; Save puts what"
            " stands below in the place of this:",
            name=name,
        )
    known = [
        now.title if now.title != entry.title.strip() else "",
        when(now, reader),
        changed.contact if now.contact_id != entry.contact else "",
        reader.say("looked after by {name}", name=one_line(changed.owner)) if changed.owner else "",
        now.place if now.place != entry.place.strip() else "",
        now.notes if now.notes != entry.notes.strip() else "",
    ]
    lines = [clip(clean(one), 600) for one in known if one]
    return section(plain("\n".join([said, *lines])), cancel)


# --- reading it -------------------------------------------------------------------------------------------


def entry_of(values: Mapping[str, Any]) -> Entry:
    """Read what stands in the form's fields."""

    def of(name: str, action_id: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = (values.get(name) or {}).get(action_id) or {}
        return found

    def chosen(name: str, action_id: str) -> str:
        return str((of(name, action_id).get("selected_option") or {}).get("value") or "")

    remind = chosen("remind", REMIND)
    return Entry(
        contact=chosen("contact", CONTACT),
        title=str(of("title", TYPED).get("value") or ""),
        day=str(of("day", DAY).get("selected_date") or ""),
        clock=str(of("clock", CLOCK).get("selected_time") or ""),
        minutes=chosen("length", LENGTH) or "30",
        zone=chosen("zone", ZONE),
        owner=str(of("owner", OWNER).get("selected_user") or ""),
        all_day=bool(of("all_day", ALL_DAY).get("selected_options")),
        place=str(of("place", TYPED).get("value") or ""),
        notes=str(of("notes", TYPED).get("value") or ""),
        remind="" if remind == NONE else remind,
    )


def beside_fields(findings: Sequence[Finding], reader: Reader) -> dict[str, str]:
    """Say what is wrong, beside each field."""
    return {finding.field: reader.say(_PROBLEMS[finding.problem]) for finding in findings}


_PROBLEMS = {
    Problem.NO_TITLE: "Say in a few words what it is, like Call about the prices.",
    Problem.NO_CONTACT: "Choose whom it is with.",
    Problem.NO_DAY: "Choose a day.",
    Problem.NO_CLOCK: "Choose a time, or tick All day.",
    Problem.NO_SUCH_TIME: "The clocks are put forward that night and leave this time out. Choose another.",
    Problem.TOO_FAR: "Choose a day between the years 2000 and 2100.",
    Problem.NO_ZONE: "Choose a time zone.",
    Problem.NO_MEMBER: "Choose a full member of this workspace: guests and apps have no appointments here.",
}
