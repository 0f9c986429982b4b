"""Appointments and what stands in a calendar, marked: taken, put back, left, and everything that can fail."""

from datetime import timedelta

from sandbox.calendars.entries import Hours
from sandbox.faults import Fault, Kind
from tests.flows.appointments.dates import change, enter, make, save
from tests.flows.appointments.syncing import NIGHT, Syncing
from tests.flows.home.looking import look, shown
from tests.flows.markers.marks import Marks
from tests.flows.markers.vendors import GMAIL, Vendor
from tests.stage import Stage

HOUR = timedelta(hours=1)


def plan(stage: Stage, marks: Marks, vendor: Vendor = GMAIL) -> Syncing:
    """Make an appointment, have it written into the calendar, and move it there by hand."""
    own = stage.world.person(marks.address("own"))
    assert own is not None
    named = stage.world.calendars.add(own, marks.name("calendar"))
    syncing = Syncing(stage, "ann", marks.address("own"))
    first, then = (named.name, "Calendar") if vendor is GMAIL else ("Calendar", named.name)
    syncing.switch_on(first)  # Google names the main calendar by its address
    syncing.change(then)
    said = {one: marks.name(one) for one in ("title", "place", "notes")}
    make(stage, marks.name("contact"), day="2026-12-24", **said)
    stage.ann.close()
    syncing.move(HOUR, then)
    stage.later(NIGHT)
    answer(stage, "take")
    return syncing


def answer(stage: Stage, act: str) -> None:
    """Answer the newest question, in its message."""
    asked = [one for one in stage.ann.dm() if "appointments.take" in str(one.blocks)][-1]
    stage.press(stage.ann, asked, f"appointments.{act}")


def touch_by_hand(stage: Stage, marks: Marks, syncing: Syncing, vendor: Vendor) -> None:
    """Write what is nobody's business into the calendar, and have it asked about, put back and left."""
    then = "Calendar" if vendor is GMAIL else marks.name("calendar")
    shelf, entry = syncing.shelf(then), syncing.only(then)
    assert isinstance(entry.when, Hours)
    private = Hours(entry.when.starts, entry.when.ends, entry.when.zone)
    shelf.write("private", title=marks.words("private"), notes=marks.words("diary"), when=private)
    shelf.change(entry.id, notes=f"{entry.notes} {marks.words('remark')}")
    change_there(stage, marks, syncing, then, "renamed")
    answer(stage, "put_back")
    change_there(stage, marks, syncing, then, "renamed again")
    stage.press(stage.ann, look(stage), "appointments.question")
    stage.press(stage.ann, stage.ann.window(), "appointments.leave")
    stage.ann.close()


def change_there(stage: Stage, marks: Marks, syncing: Syncing, calendar: str, kind: str) -> None:
    """Rename the event and say another place, and let a night find it."""
    words = marks.words(kind.replace(" ", ""))
    syncing.shelf(calendar).change(syncing.only(calendar).id, title=words, place=words)
    stage.later(NIGHT)


def fail_to_plan(stage: Stage, marks: Marks, vendor: Vendor) -> None:
    """Let the calendar refuse, lose answers and be away while appointments are made and changed."""
    service = "google" if vendor is GMAIL else "graph"
    for kind, status in (
        *((Kind.STATUS, status) for status in (400, 403, 404, 409, 412, 429, 500, 503)),
        (Kind.RESET_BEFORE, 503),
        (Kind.RESET_AFTER, 503),
    ):
        path = "^(POST|PATCH|GET|DELETE) .*events"
        stage.faults.add(Fault(service, kind, path, times=2, status=status, retry_after=20))
        said = {one: marks.name(f"{one}{status}") for one in ("title", "place", "notes")}
        make(stage, marks.name("contact"), day="2026-12-27", **said)
        change(stage, clock="16:00")
        stage.press(stage.ann, stage.ann.window(), "appointments.open")
        stage.press(stage.ann, stage.ann.window(), "appointments.cancel")
        stage.ann.close()
        stage.later(timedelta(minutes=6))
        stage.faults.clear(service)
    stage.later(timedelta(hours=2))


def hand_over(stage: Stage) -> None:
    """Give an appointment to a colleague, who is reminded of it."""
    stage.press(stage.ann, look(stage), "home.appointments")
    stage.press(stage.ann, shown(stage), "appointments.open")
    enter(stage, owner=stage.person("ben").user.id, remind="15")
    assert save(stage).accepted
    stage.ann.close()
