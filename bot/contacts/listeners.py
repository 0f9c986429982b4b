"""Slack in: the form for a contact, new or not. Ends with the tables app.py registers."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from slack_bolt import Ack

from bot import doors
from bot.contacts import page_views, views
from bot.contacts.drafts import Draft, Refused
from bot.contacts.editing import Editing
from bot.contacts.page import ContactsPage
from bot.contacts.service import ContactsService
from bot.identity import NotAllowed
from bot.payloads import (
    DETAILS,
    ContactRef,
    EditContactRef,
    NewContactRef,
    PersonRef,
    RecordPlace,
    decode,
)
from bot.places import WindowPlace, loading_window
from bot.visits import Body, Listener, Visit, Visits

# Fill a window with somebody's record, behind; app.py hands them in, so that features stay independent.
ShowPerson = Callable[[Visit, WindowPlace, PersonRef], None]
DrawRecord = Callable[[Visit, WindowPlace, RecordPlace], None]  # as it is to stand, from what is known


def add_contact(
    ack: Ack, body: Body, *, visits: Visits, contacts: ContactsService, show_person: ShowPerson
) -> None:
    """Show the form; for somebody whom another member has added in the meantime, the record."""
    visit = visits.of(body)
    ref = visit.payload(PersonRef)
    begun = contacts.begin(visit.member, ref)
    if isinstance(begun, Draft):
        visit.open_window(views.form_window(replace(begun, on_top=visit.opens_on_top), visit.reader))
        ack()
        return
    known, reader = PersonRef(contact=begun.id), visit.reader
    place = visit.replace_window(
        loading_window(reader, reader.say("Record"), reader.say("Opening the record…")),
        doors.OPEN_RECORD.draw(reader, known, text=reader.say("Try again")),
    )
    ack()
    visit.later(place, lambda: show_person(visit, place, known))


def save(ack: Ack, body: Body, *, visits: Visits, contacts: ContactsService, show_person: ShowPerson) -> None:
    """Add the contact; its record takes the form's place, or that of the window below.

    What is wrong is said beside the field, with everything typed still there.
    """
    visit = visits.of(body)
    reader = visit.reader
    wanted = visit.payload(NewContactRef)
    entry = views.entry_of(body["view"]["state"]["values"])
    _acquaint(visits, body, entry.owner)
    result = contacts.add(visit.member, wanted.contact, entry)
    if isinstance(result, Refused):
        _say_why(ack, visit, replace(result, draft=replace(result.draft, on_top=wanted.on_top)))
        return
    added = PersonRef(contact=result.id)
    again = doors.OPEN_RECORD.draw(reader, added, text=reader.say("Try again"))
    if wanted.on_top:
        ack()  # closes the form
        place = visit.window_below(again)
    else:
        opening = loading_window(
            reader, reader.say("Record"), reader.say("Added. Opening the record…"), again
        )
        ack(response_action="update", view=opening)
        place = visit.this_window(again)
    visit.after_answer(place, lambda: show_person(visit, place, added))
    visits.redraw_home(visit.member)


def edit(ack: Ack, body: Body, *, visits: Visits, editing: Editing) -> None:
    """Edit, on a button: the form with what is known now."""
    visit = visits.of(body)
    open_form(visit, editing, visit.payload(ContactRef).contact)
    ack()


def open_form(visit: Visit, editing: Editing, contact_id: str) -> None:
    """Open the form on top of the record, which is shown again as it stood."""
    draft = editing.begin(visit.member, contact_id)
    visit.open_window(
        views.form_window(replace(draft, on_top=visit.opens_on_top, record=record_below(visit)), visit.reader)
    )


def record_below(visit: Visit) -> str:
    """The payload of the record that was pressed in, "" where it was something else."""
    window = visit.window
    is_record = window is not None and window.get("callback_id") == doors.RECORD_WINDOW
    return str(window.get("private_metadata", "")) if window and is_record else ""


def save_changes(ack: Ack, body: Body, *, visits: Visits, editing: Editing, draw_record: DrawRecord) -> None:
    """Save; the record shows it. What crosses somebody else's change is shown first."""
    visit = visits.of(body)
    ref = visit.payload(EditContactRef)
    entry = views.entry_of(body["view"]["state"]["values"])
    _acquaint(visits, body, entry.owner)
    result = editing.save(visit.member, ref, entry)
    if isinstance(result, Refused):
        _say_why(ack, visit, result)
        return
    back_to_record(ack, visit, ref.contact, ref.record, draw_record, on_top=ref.on_top)
    visits.redraw_home(visit.member)


def back_to_record(
    ack: Ack, visit: Visit, contact_id: str, record: str, draw_record: DrawRecord, *, on_top: bool
) -> None:
    """Close the form, or put the record in its place, standing at Details."""
    reader = visit.reader
    stood = decode(RecordPlace, record) if record else RecordPlace()
    at = replace(stood, contact=contact_id, address="", tab=DETAILS)
    again = doors.OPEN_RECORD.draw(reader, PersonRef(contact_id), text=reader.say("Try again"))
    if on_top:
        ack()
        place = visit.window_below(again)
    else:
        opening = loading_window(
            reader, reader.say("Record"), reader.say("Saved. Opening the record…"), again
        )
        ack(response_action="update", view=opening)
        place = visit.this_window(again)
    visit.after_answer(place, lambda: draw_record(visit, place, at))


def _say_why(ack: Ack, visit: Visit, refused: Refused) -> None:
    if refused.findings:
        ack(response_action="errors", errors=views.beside_fields(refused, visit.reader))
    else:
        ack(response_action="update", view=views.form_window(refused.draft, visit.reader, refused))


def _acquaint(visits: Visits, body: Body, slack_user_id: str) -> None:
    """Get to know whoever was chosen to look after a contact; the service refuses who is not known then."""
    if slack_user_id:
        with suppress(NotAllowed):
            visits.acquaint(body, slack_user_id)


def open_found(ack: Ack, body: Body, *, visits: Visits, show_person: ShowPerson) -> None:
    """Somebody chosen on the page Contacts: their record."""
    visit = visits.of(body)
    known, reader = visit.payload(PersonRef), visit.reader
    place = visit.open_window(
        loading_window(reader, reader.say("Record"), reader.say("Opening the record…")),
        doors.OPEN_RECORD.draw(reader, known, text=reader.say("Try again")),
    )
    ack()
    visit.later(place, lambda: show_person(visit, place, known))


def offer(ack: Ack, body: Body, *, visits: Visits, contacts_pages: ContactsPage) -> None:
    """Offer contacts while somebody types."""
    visit = visits.of(body)
    found = contacts_pages.found(visit.member, str(body.get("value", "")), page_views.MOST_OFFERED)
    ack(options=page_views.offers(found))


ACTIONS: dict[str, Listener] = {
    page_views.FIND: open_found,
    doors.ADD_CONTACT.action_id: add_contact,
    doors.EDIT_CONTACT.action_id: edit,
}
OPTIONS: dict[str, Listener] = {page_views.FIND: offer}
VIEWS: dict[str, Listener] = {views.ADD: save, views.EDIT: save_changes}
