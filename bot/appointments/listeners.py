"""Slack in: the form for an appointment and what follows. Ends with the tables app.py registers."""

from functools import lru_cache
from zoneinfo import available_timezones

from slack_bolt import Ack

from bot import doors
from bot.appointments import form_views, views
from bot.appointments.dates import Draft, Refused
from bot.appointments.service import AppointmentsService
from bot.payloads import AppointmentForm, AppointmentRef, PersonRef
from bot.visits import Body, Listener, Visits
from providers.content.typed import typed_addresses

MOST_OFFERED = 100


def make(ack: Ack, body: Body, *, visits: Visits, appointments: AppointmentsService) -> None:
    """New appointment, from a record, Home, or the choice of a name."""
    visit = visits.of(body)
    draft = appointments.begin(visit.member, visit.payload(PersonRef))
    chosen = visit.window is not None and visit.window.get("callback_id") == views.CHOICE
    (visit.replace_window if chosen else visit.open_window)(form_views.form_window(draft, visit.reader))
    ack()


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
    found = appointments.open(visit.member, visit.payload(AppointmentRef).appointment)
    if isinstance(found, Draft):
        view = form_views.form_window(found, visit.reader)
    else:
        view = views.standing_window(found, visit.reader)
    stands = visit.window is not None and visit.window.get("callback_id") == views.STANDING
    (visit.replace_window if stands else visit.open_window)(view)
    ack()


def save(ack: Ack, body: Body, *, visits: Visits, appointments: AppointmentsService) -> None:
    """Save; what is wrong is said beside the field, what somebody else changed above the form."""
    visit = visits.of(body)
    entry = form_views.entry_of(body["view"]["state"]["values"])
    saved = appointments.save(visit.member, visit.payload(AppointmentForm), entry)
    if isinstance(saved, Refused):
        ack(response_action="errors", errors=form_views.beside_fields(saved.findings, visit.reader))
    elif isinstance(saved, Draft):
        ack(response_action="update", view=form_views.form_window(saved, visit.reader))
    else:
        ack(response_action="update", view=views.standing_window(saved, visit.reader))
        visits.redraw_home(visit.member)


def cancel(ack: Ack, body: Body, *, visits: Visits, appointments: AppointmentsService) -> None:
    """Cancel the appointment. The same window offers Undo."""
    visit = visits.of(body)
    standing = appointments.cancel(visit.member, visit.payload(AppointmentForm))
    visit.replace_window(views.standing_window(standing, visit.reader))
    ack()
    visits.redraw_home(visit.member)


def plan_again(ack: Ack, body: Body, *, visits: Visits, appointments: AppointmentsService) -> None:
    """Undo: it is planned again as it was."""
    visit = visits.of(body)
    standing = appointments.plan_again(visit.member, visit.payload(AppointmentRef).appointment)
    visit.replace_window(views.standing_window(standing, visit.reader))
    ack()
    visits.redraw_home(visit.member)


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
