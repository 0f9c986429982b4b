"""Walk an appointment's way into a calendar: python -m tests.kill.planning < plan.json"""

from datetime import timedelta

from bot.appointments.queue import AGREE, SHOW, TELL, CalendarQueue
from bot.appointments.rules import Entry
from bot.appointments.service import AppointmentsService
from bot.payloads import AppointmentForm
from tests.kill.frame import Walk, run

AFTER = timedelta(minutes=10)  # every copy begins at the same time, and comes after the one before


class Planning(Walk):
    """Every copy carries an appointment of its own that was made, moved or cancelled."""

    kinds = frozenset({AGREE, SHOW, TELL})
    waits = (0, *(60,) * 5)

    def build(self) -> None:
        """Make what keeps appointments, too."""
        super().build()
        self.dates = AppointmentsService(self.database, lambda _: None, CalendarQueue(lambda _: None))

    def prepare(self, number: int) -> None:
        """Make the appointment, and move or cancel it once it stands in the calendar."""
        who, form = self.member(), AppointmentForm(f"appointment{number:015}")
        self.dates.save(who, form, self._entry(number, "10:00"))
        if self.plan["act"] != "make":
            self.carry(number)
            form = AppointmentForm(form.appointment, 1)
            if self.plan["act"] == "move":
                self.dates.save(who, form, self._entry(number, "11:00"))
            else:
                self.dates.cancel(who, form)
        self.clock.turn(AFTER)

    def take_over(self) -> None:
        """Begin as the next process, later."""
        super().take_over()
        self.clock.turn(3 * AFTER)

    def _entry(self, number: int, clock: str) -> Entry:
        return Entry(self.plan["contact"], f"Number {number}", "2026-12-24", clock)


if __name__ == "__main__":
    run(Planning)
