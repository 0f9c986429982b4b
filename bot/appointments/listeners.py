"""Slack in: the form for an appointment and what follows. Ends with the tables app.py registers."""

from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from zoneinfo import available_timezones

from slack_bolt import Ack

from bot import doors
from bot.appointments import form_views, views
from bot.appointments.dates import Draft, Refused, Standing
from bot.appointments.service import AppointmentsService
from bot.identity import NotAllowed
from bot.payloads import APPOINTMENTS, AppointmentForm, AppointmentRef, PersonRef, RecordPlace
from bot.places import WindowPlace
from bot.visits import Body, Listener, Visit, Visits
from providers.content.typed import typed_addresses

# Draws a contact's record as it is to stand; app.py hands it in, so that features stay independent.
DrawRecord = Callable[[Visit, WindowPlace, RecordPlace], None]

MOST_OFFERED = 100


def make(ack: Ack, body: Body, *, visits: Visits, appointments: AppointmentsService) -> None:
    """New appointment, from a record, Home, or the choice of a name."""
    visit = visits.of(body)
    open_fresh(visit, visit.payload(PersonRef), appointments=appointments)
    ack()


def open_fresh(visit: Visit, ref: PersonRef, *, appointments: AppointmentsService) -> None:
    """Open the form for a new one. Raises NotYours when the contact is gone."""
    draft = appointments.begin(visit.member, ref)
    form = form_views.form_window(draft, visit.reader, on_record=_on_record(visit))
    (visit.replace_window if _stands_in(visit, views.CHOICE) else visit.open_window)(form)


def make_with(ack: Ack, body: Body, *, visits: Visits, appointments: AppointmentsService) -> None:
    """`/inbox appointment Dana`: the form for the one contact of that name, or the choice."""
    visit = visits.of(body)
    typed, words = typed_addresses(str(body.get("text", "")))
    addresses = [one.address for one in typed]
    words = words.removeprefix("@").strip()
    if not addresses and not words:
        view = form_views.form_window(appointments.begin(visit.member, PersonRef()), visit.reader)
    else:
        found = appointments.named(visit.member, words, addresses, views.MOST_CHOICES + 1)
        if len(found) == 1:
            draft = appointments.begin(visit.member, PersonRef(contact=found[0].id))
            view = form_views.form_window(draft, visit.reader)
        elif found:
            view = views.choice_window(found, visit.reader)
        else:
            address = addresses[0] if addresses else ""
            view = views.nobody_window(address or words, address, visit.reader)
    visit.open_window(view)
    ack()


def open_appointment(ack: Ack, body: Body, *, visits: Visits, appointments: AppointmentsService) -> None:
    """Open: the form of one that is there; Change in its window does the same in its place."""
    visit = visits.of(body)
    ref = visit.payload(AppointmentRef)
    found = appointments.open(visit.member, ref.appointment)
    on_record = ref.on_record or _on_record(visit)
    if isinstance(found, Draft):
        view = form_views.form_window(found, visit.reader, on_record=on_record)
    else:
        view = views.standing_window(found, visit.reader, on_record=on_record)
    (visit.replace_window if _stands_in(visit, views.STANDING) else visit.open_window)(view)
    ack()


def _stands_in(visit: Visit, callback_id: str) -> bool:
    return visit.window is not None and visit.window.get("callback_id") == callback_id


def _on_record(visit: Visit) -> bool:
    """Say whether a window opened now lies on a record, which is to be drawn anew when it is done."""
    return _stands_in(visit, doors.RECORD_WINDOW) and visit.opens_on_top


def _decided(visit: Visit, visits: Visits, standing: Standing, draw_record: DrawRecord, below: bool) -> None:
    """Draw anew what shows the appointment: Home, and the record that its window lies on."""
    visits.redraw_home(visit.member)
    if below:
        at = RecordPlace(contact=standing.row.appointment.contact_id, tab=APPOINTMENTS)
        place = visit.window_below()
        visit.after_answer(place, lambda: draw_record(visit, place, at))


def save(
    ack: Ack, body: Body, *, visits: Visits, appointments: AppointmentsService, draw_record: DrawRecord
) -> None:
    """Save; what is wrong is said beside the field, what somebody else changed above the form."""
    visit = visits.of(body)
    entry = form_views.entry_of(body["view"]["state"]["values"])
    if entry.owner:
        with suppress(NotAllowed):  # the service refuses who is not known then
            visits.acquaint(body, entry.owner)
    form = visit.payload(AppointmentForm)
    saved = appointments.save(visit.member, form, entry)
    if isinstance(saved, Refused):
        ack(response_action="errors", errors=form_views.beside_fields(saved.findings, visit.reader))
    elif isinstance(saved, Draft):
        again = form_views.form_window(saved, visit.reader, on_record=form.on_record)
        ack(response_action="update", view=again)
    else:
        done = views.standing_window(saved, visit.reader, on_record=form.on_record)
        ack(response_action="update", view=done)
        _decided(visit, visits, saved, draw_record, form.on_record)


def cancel(
    ack: Ack, body: Body, *, visits: Visits, appointments: AppointmentsService, draw_record: DrawRecord
) -> None:
    """Cancel the appointment. The same window offers Undo."""
    visit = visits.of(body)
    form = visit.payload(AppointmentForm)
    standing = appointments.cancel(visit.member, form)
    visit.replace_window(views.standing_window(standing, visit.reader, on_record=form.on_record))
    ack()
    _decided(visit, visits, standing, draw_record, form.on_record)


def plan_again(
    ack: Ack, body: Body, *, visits: Visits, appointments: AppointmentsService, draw_record: DrawRecord
) -> None:
    """Undo: it is planned again as it was."""
    visit = visits.of(body)
    ref = visit.payload(AppointmentRef)
    standing = appointments.plan_again(visit.member, ref.appointment)
    visit.replace_window(views.standing_window(standing, visit.reader, on_record=ref.on_record))
    ack()
    _decided(visit, visits, standing, draw_record, ref.on_record)


def offer_contacts(ack: Ack, body: Body, *, visits: Visits, appointments: AppointmentsService) -> None:
    """Offer contacts while somebody types."""
    visit = visits.of(body)
    found = appointments.offered(visit.member, str(body.get("value", "")))
    ack(options=[form_views.contact_option(contact) for contact in found])


def offer_zones(ack: Ack, body: Body, *, visits: Visits) -> None:
    """Offer time zones while somebody types; the reader's own first."""
    visit = visits.of(body)
    words = str(body.get("value", "")).casefold().replace(" ", "_")
    found = [name for name in _zones() if words in name.casefold()]
    own = visit.reader.zone.key
    ordered = [own, *(name for name in found if name != own)] if own in found else found
    ack(options=[form_views.zone_option(name) for name in ordered[:MOST_OFFERED]])


@lru_cache(maxsize=1)
def _zones() -> tuple[str, ...]:
    """Name every place with a zone, without the abbreviations and fixed offsets."""
    return (*sorted(name for name in available_timezones() if "/" in name and name[:4] != "Etc/"), "UTC")


COMMANDS: dict[str, Listener] = {"appointment": make_with}
ACTIONS: dict[str, Listener] = {
    doors.MAKE_APPOINTMENT.action_id: make,
    doors.OPEN_APPOINTMENT.action_id: open_appointment,
    form_views.CANCEL: cancel,
    views.PLAN_AGAIN: plan_again,
}
VIEWS: dict[str, Listener] = {form_views.FORM: save}
OPTIONS: dict[str, Listener] = {form_views.CONTACT: offer_contacts, form_views.ZONE: offer_zones}
