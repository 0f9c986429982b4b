"""What appointments do behind: the reminder before one starts, and everything of Calendar Sync."""

from bot.appointments import question_views, sync_views, views
from bot.appointments.agreeing import WITHOUT_ACCESS, Agreeing
from bot.appointments.asking import Asking
from bot.appointments.nights import Nights
from bot.appointments.queue import AGREE, AGREE_BULK, NIGHT, SHOW, TELL, Tell
from bot.appointments.reminders import REMIND
from bot.appointments.service import AppointmentsService
from bot.appointments.syncing import CalendarSync
from bot.engine import Again, Done, Handler, Job, Outcome
from bot.errors import NotYours
from bot.places import WindowPlace, post_once
from bot.slack import WindowChanged, WindowGone
from bot.visits import Visits
from providers.errors import PermissionMissing, ReconnectRequired, Unavailable
from store.calendars import LOST

TRIES = 4  # in a row, before a calendar that does not answer is asked hour by hour


def create_handlers(
    visits: Visits,
    appointments: AppointmentsService,
    calendar_sync: CalendarSync,
    agreeing: Agreeing,
    asking: Asking,
    nights: Nights,
) -> dict[str, Handler]:
    """Bind the work of appointments to its services."""

    def remind(job: Job) -> Outcome:
        found = appointments.reminding(job.workspace_id, job.ref or "", job.key)
        if found is not None:
            standing, owner = found
            post_once(job, visits.direct(owner), views.soon(standing, owner, visits.reader(owner)))
        return Done()

    def tell(job: Job) -> Outcome:
        return _tell(job, visits, asking, calendar_sync)

    def show(job: Job) -> Outcome:
        return _show(job, visits, calendar_sync)

    return {
        REMIND: Handler(remind),
        AGREE: Handler(agreeing.run),
        AGREE_BULK: Handler(agreeing.run, lane="bulk"),
        TELL: Handler(tell),
        SHOW: Handler(show),
        NIGHT: Handler(nights.run, lane="bulk"),
    }


def _tell(job: Job, visits: Visits, asking: Asking, calendar_sync: CalendarSync) -> Outcome:
    """Ask or say once what was met in the calendar; nothing that was settled in the meantime.

    What has become another question there is a message of its own.
    """
    row_id, about = job.key.split(":", 1)
    if about.startswith(LOST):
        found = calendar_sync.lost(job.workspace_id, row_id)
        if found:
            member, name = found
            post_once(job, visits.direct(member), question_views.lost_message(name, visits.reader(member)))
            visits.redraw_home(member)
        return Done()
    owner = calendar_sync.owner_of(job.workspace_id, row_id)
    if owner is None or not owner.is_admitted:
        return Done()
    try:
        question = asking.question(owner, row_id, Tell.NOW)
    except NotYours:
        return Done()
    except Unavailable as error:
        if job.attempts < TRIES:
            raise
        return Again(WITHOUT_ACCESS, type(error).__name__)  # the night that found it does not come again
    except (ReconnectRequired, PermissionMissing) as error:  # Home asks meanwhile
        return Again(WITHOUT_ACCESS, type(error).__name__)
    if question_views.is_news(question, about):
        answer = question_views.question_message(question, owner, visits.reader(owner))
        post_once(job, visits.direct(owner), answer)
    visits.redraw_home(owner)
    return Done()


def _show(job: Job, visits: Visits, calendar_sync: CalendarSync) -> Outcome:
    """Draw the window of Calendar Sync as it stands."""
    found = calendar_sync.shown(job.workspace_id, job.ref or "")
    if found is None:
        return Done()
    member, state = found
    reader = visits.reader(member)
    if state.sync and state.sync.view_id:
        window = WindowPlace(visits.clients.patient(job.workspace_id), state.sync.view_id, reader)
        try:
            window.show(sync_views.sync_window(state, reader))
        except (WindowGone, WindowChanged):
            calendar_sync.forget_window(member)
        else:
            if not state.waiting:
                calendar_sync.forget_window(member)
    visits.redraw_home(member)
    return Done()
