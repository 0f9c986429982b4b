"""Slack in: the form for a contact. Ends with the tables app.py registers."""

from collections.abc import Callable
from dataclasses import replace

from slack_bolt import Ack

from bot import doors
from bot.contacts import views
from bot.contacts.drafts import Draft, Refused
from bot.contacts.service import ContactsService
from bot.payloads import NewContactRef, PersonRef
from bot.places import WindowPlace, loading_window
from bot.visits import Body, Listener, Visit, Visits

# Fills a window with somebody's record, behind; app.py hands it in, so that features stay independent.
ShowPerson = Callable[[Visit, WindowPlace, PersonRef], None]


def add_contact(
    ack: Ack, body: Body, *, visits: Visits, contacts: ContactsService, show_person: ShowPerson
) -> None:
    """Show the form; for somebody whom another member has added in the meantime, the record."""
    visit = visits.of(body)
    ref = visit.payload(PersonRef)
    begun = contacts.begin(visit.member, ref)
    if isinstance(begun, Draft):
        visit.open_window(views.add_window(replace(begun, on_top=visit.opens_on_top), visit.reader))
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
    result = contacts.add(visit.member, wanted.contact, entry)
    if isinstance(result, Refused):
        if result.findings:
            ack(response_action="errors", errors=views.beside_fields(result.findings, reader))
        else:
            draft = replace(result.draft, on_top=wanted.on_top)
            ack(response_action="update", view=views.add_window(draft, reader, result.holder))
        return
    added = PersonRef(contact=result.id)
    again = doors.OPEN_RECORD.draw(reader, added, text=reader.say("Try again"))
    if wanted.on_top:
        ack()  # closes the form
        place = visit.window_below(again)
    else:
        opening = loading_window(reader, reader.say("Record"), reader.say("Added. Opening the record…"))
        ack(response_action="update", view=opening)
        place = visit.this_window(again)
    visit.after_answer(place, lambda: show_person(visit, place, added))
    visits.redraw_home(visit.member)


ACTIONS: dict[str, Listener] = {doors.ADD_CONTACT.action_id: add_contact}
VIEWS: dict[str, Listener] = {views.ADD: save}
