"""What appointments do behind: the reminder before one starts."""

from bot.appointments import views
from bot.appointments.reminders import REMIND
from bot.appointments.service import AppointmentsService
from bot.engine import Done, Handler, Job, Outcome
from bot.places import post_once
from bot.visits import Visits


def create_handlers(visits: Visits, appointments: AppointmentsService) -> dict[str, Handler]:
    """Bind the work of appointments to its services."""

    def remind(job: Job) -> Outcome:
        found = appointments.reminding(job.workspace_id, job.ref or "", job.key)
        if found is not None:
            standing, owner = found
            post_once(job, visits.direct(owner), views.soon(standing, owner, visits.reader(owner)))
        return Done()

    return {REMIND: Handler(remind)}
