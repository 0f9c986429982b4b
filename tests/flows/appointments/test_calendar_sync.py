"""Calendar Sync: what is planned in Mailroom stands in the calendar, once, and goes with it."""

from datetime import timedelta
from threading import Event, Thread

from sandbox.calendars.entries import Days, Hours
from sandbox.faults import Fault, Kind
from store import contact_endings
from store.schema import appointment, calendar_event
from tests.browser_walk import Browser, Page, sign_in
from tests.flows.accounts.walking import link_of
from tests.flows.appointments.dates import change, make, save, the_one
from tests.flows.appointments.syncing import NIGHT, Syncing
from tests.flows.home.looking import look, words
from tests.stage import texts


def test_the_calendar_is_asked_for_only_when_it_is_switched_on(syncing: Syncing) -> None:
    asked = texts(syncing.open().blocks)
    assert "has to let Mailroom write into the calendars of" in asked
    syncing.allow()
    step = texts(syncing.person.window().blocks)
    assert "Nothing is planned yet." in step
    offered = syncing.person.element(syncing.person.window(), "appointments.sync_calendar")["options"]
    assert "Holidays" not in [one["text"]["text"] for one in offered]
    said = texts(syncing.choose().blocks)
    assert "Calendar: Projects" in said
    syncing.person.close()
    syncing.stage.press(syncing.person, look(syncing.stage, syncing.handle), "home.appointments")
    assert "Calendar Sync is on: Projects" in words(look(syncing.stage, syncing.handle))


def test_allowing_the_calendar_leads_back_to_calendar_sync(syncing: Syncing) -> None:
    syncing.stage.press(syncing.person, syncing.open(), "accounts.allow")
    window = syncing.person.window()
    assert f"Allow the calendar of {syncing.address}" in texts(window.blocks)
    browser = Browser()
    page = browser.open(link_of(syncing.person))
    assert isinstance(page, Page) and "See the list of your calendars" in page.text
    sign_in(browser, link_of(syncing.person), syncing.address)
    syncing.stage.settle()
    done = syncing.person.window()
    assert "discovery." not in str(done.blocks)
    syncing.stage.press(syncing.person, done, "appointments.calendar")
    said = texts(syncing.choose().blocks)
    assert "Calendar: Projects" in said
    assert len(syncing.person.windows()) == 1, "nothing that is past lies underneath"


def test_the_event_says_what_its_link_is(syncing: Syncing) -> None:
    syncing.switch_on()
    make(syncing.stage, handle=syncing.handle, notes="Bring the list.")
    assert "Open Mailroom in Slack: https://slack.com/app_redirect" in syncing.only().notes


def test_what_is_planned_is_previewed_and_then_stands_there(syncing: Syncing) -> None:
    make(syncing.stage, handle=syncing.handle, title="Prices", place="Room 4", notes="Bring the list.")
    syncing.person.close()
    syncing.open()
    syncing.allow()
    preview = texts(syncing.person.window().blocks)
    assert "1 appointment will appear:" in preview
    assert "Prices" in preview
    said = texts(syncing.choose().blocks)
    assert "1 appointment stands in your calendar." in said
    entry = syncing.only()
    one = the_one(syncing.stage)
    assert entry.title == "Prices · Dana Reyes"
    assert (entry.place, entry.guests) == ("Room 4", ())
    assert "Bring the list." in entry.notes
    assert isinstance(entry.when, Hours)
    assert (entry.when.starts, entry.when.ends) == (one.starts_at, one.ends_at)
    syncing.nobody_was_mailed()


def test_the_preview_shows_what_can_be_read_there_as_it_is_chosen(syncing: Syncing) -> None:
    make(syncing.stage, handle=syncing.handle, title="Salary", place="Room 4")
    syncing.person.close()
    syncing.open()
    syncing.allow()
    window = syncing.person.window()
    other = syncing.person.element(window, "appointments.sync_calendar")["options"][-1]
    syncing.person.fill(window, "appointments.sync_calendar", other["value"])
    assert " · Salary · Dana Reyes · Room 4" in preview(syncing)
    for titles, said in (("busy", " · Busy"), ("name", " · Dana Reyes · Room 4"), ("busy", " · Busy")):
        syncing.person.fill(syncing.person.window(), "appointments.sync_titles", titles)
        syncing.stage.settle()
        assert preview(syncing).endswith(said)
        assert "Salary" not in preview(syncing)
    assert save(syncing.stage, syncing.handle).accepted
    assert f"Calendar: {other['text']['text']}" in texts(syncing.person.window().blocks)
    (entry,) = syncing.entries(other["text"]["text"])
    assert entry.title == "Busy"


def test_of_two_quick_choices_the_last_one_is_shown(syncing: Syncing) -> None:
    stage = syncing.stage
    make(stage, handle=syncing.handle, title="Salary", place="Room 4")
    syncing.person.close()
    syncing.open()
    syncing.allow()
    window, before = syncing.person.window(), len(stage.faults.calls("slack", "views.update"))
    for _ in range(2):  # the second is chosen before the first one's drawing has come
        stage.faults.add(Fault("slack", Kind.DELAY, "views.update", seconds=0.5))
    first = Thread(target=syncing.person.fill, args=(window, "appointments.sync_titles", "busy"))
    first.start()
    while len(stage.faults.standing()) == 2:
        Event().wait(0.01)
    syncing.person.fill(window, "appointments.sync_titles", "name")
    first.join()
    stage.settle()
    assert len(stage.faults.calls("slack", "views.update")) == before + 2
    assert preview(syncing).endswith(" · Dana Reyes · Room 4")
    assert save(stage, syncing.handle).accepted
    assert "To be read there: The contact's name and the place" in texts(syncing.person.window().blocks)


def preview(syncing: Syncing) -> str:
    """The lines on what will stand in the calendar."""
    blocks = syncing.person.window().blocks
    return texts([one for one in blocks if one.get("block_id") == "preview"])


def test_a_change_appears_at_once_with_one_call_and_a_cancellation_takes_it_out(syncing: Syncing) -> None:
    syncing.switch_on()
    make(syncing.stage, handle=syncing.handle, clock="14:00")
    first = syncing.only()
    syncing.stage.faults.forget_calls()
    change(syncing.stage, handle=syncing.handle, clock="16:00")
    service = "google" if syncing.handle == "ann" else "graph"
    calls = [c for c in syncing.stage.faults.calls(service) if "calendar" in c.path or "events" in c.path]
    assert len(calls) == 1
    moved = syncing.only()
    assert moved.id == first.id
    assert isinstance(moved.when, Hours) and moved.when.starts == the_one(syncing.stage).starts_at
    syncing.stage.press(syncing.person, syncing.person.window(), "appointments.open")
    syncing.stage.press(syncing.person, syncing.person.window(), "appointments.cancel")
    assert syncing.entries() == []
    syncing.stage.press(syncing.person, syncing.person.window(), "appointments.plan_again")
    assert isinstance(syncing.only().when, Hours)


def test_a_whole_day_stands_there_as_one(syncing: Syncing) -> None:
    syncing.switch_on()
    make(syncing.stage, handle=syncing.handle, title="Fair", all_day=["all_day"], length="2880", clock="")
    entry = syncing.only()
    assert isinstance(entry.when, Days)
    assert (entry.when.first.isoformat(), entry.when.last.isoformat()) == ("2026-11-20", "2026-11-21")
    assert not entry.busy


def test_titles_can_be_masked_and_shown_again(syncing: Syncing) -> None:
    make(syncing.stage, handle=syncing.handle, title="Salary", place="Room 4", notes="Secret.")
    syncing.person.close()
    syncing.switch_on(titles="busy")
    entry = syncing.only()
    assert (entry.title, entry.place) == ("Busy", "")
    assert "Secret" not in str(entry) and "Dana" not in str(entry)
    syncing.change(titles="name")
    assert syncing.only().title == "Dana Reyes"
    assert "Secret" not in str(syncing.only())
    syncing.change(titles="full")
    assert syncing.only().title == "Salary · Dana Reyes"


def test_another_calendar_takes_all_and_leaves_none(syncing: Syncing) -> None:
    for hour in (13, 14, 15):
        make(syncing.stage, handle=syncing.handle, title=f"Call {hour}", clock=f"{hour}:00")
        syncing.person.close()
    syncing.switch_on("Projects")
    assert len(syncing.entries("Projects")) == 3
    syncing.change("Calendar")
    assert syncing.entries("Projects") == []
    assert sorted(one.title for one in syncing.entries("Calendar")) == [
        f"Call {hour} · Dana Reyes" for hour in (13, 14, 15)
    ]
    syncing.nobody_was_mailed()


def test_off_and_on_again_never_doubles(syncing: Syncing) -> None:
    make(syncing.stage, handle=syncing.handle, title="Call", clock="14:00")
    syncing.person.close()
    syncing.switch_on()
    assert "1 event stays in your calendar" in syncing.switch_off("keep")
    assert syncing.only().title == "Call · Dana Reyes"
    make(syncing.stage, handle=syncing.handle, title="Later", clock="17:00")
    syncing.person.close()
    assert len(syncing.entries()) == 1
    syncing.switch_on()
    assert len(syncing.entries()) == 2
    assert "taken out of your calendar now" in syncing.switch_off("remove")
    assert syncing.entries() == []
    syncing.switch_on("Calendar")
    assert len(syncing.entries("Calendar")) == 2


def test_what_was_kept_in_one_calendar_moves_along_to_the_next(syncing: Syncing) -> None:
    make(syncing.stage, handle=syncing.handle, clock="14:00")
    syncing.person.close()
    syncing.switch_on("Projects")
    syncing.switch_off("keep")
    syncing.switch_on("Calendar")
    assert (len(syncing.entries("Projects")), len(syncing.entries("Calendar"))) == (0, 1)


def test_a_colleagues_appointment_does_not_appear(syncing: Syncing) -> None:
    syncing.switch_on()
    make(syncing.stage, handle="ben", title="Ben's")
    assert syncing.entries() == []


def test_the_night_finds_nothing_to_do_where_nothing_was_touched(syncing: Syncing) -> None:
    syncing.switch_on()
    make(syncing.stage, handle=syncing.handle, day="2026-12-24")
    syncing.person.close()
    before = syncing.only()
    syncing.stage.later(NIGHT)
    syncing.stage.later(NIGHT)
    assert syncing.only() == before
    assert len(syncing.person.dm()) == 0


def test_a_reminder_is_the_calendars_while_it_is_written_there(syncing: Syncing) -> None:
    syncing.switch_on()
    window = make(syncing.stage, handle=syncing.handle, clock="14:00", remind="15")
    assert "The calendar reminds" in texts(window.blocks)
    syncing.person.close()
    assert syncing.only().reminder == 15
    syncing.stage.later(timedelta(hours=6))
    assert syncing.person.dm() == []


def test_a_lost_answer_makes_no_second_event(syncing: Syncing) -> None:
    syncing.switch_on()
    service = "google" if syncing.handle == "ann" else "graph"
    syncing.stage.faults.add(Fault(service, Kind.RESET_AFTER, "^POST .*events", times=2))
    make(syncing.stage, handle=syncing.handle)
    for _ in range(4):
        syncing.stage.later(timedelta(minutes=6))
    assert len(syncing.entries()) == 1


def test_what_a_restored_backup_does_not_know_is_taken_out_at_night(syncing: Syncing) -> None:
    syncing.switch_on()
    make(syncing.stage, handle=syncing.handle, day="2026-12-24")
    assert len(syncing.entries()) == 1
    with syncing.stage.mailroom.database.write() as tx:
        tx.execute(calendar_event.delete())
        tx.execute(appointment.delete())
    syncing.stage.later(NIGHT)
    assert syncing.entries() == []


def test_a_restored_backup_adopts_what_stands_there(syncing: Syncing) -> None:
    syncing.switch_on()
    make(syncing.stage, handle=syncing.handle, day="2026-12-24")
    before = syncing.only().id
    with syncing.stage.mailroom.database.write() as tx:
        tx.execute(calendar_event.delete())
    syncing.stage.later(NIGHT)
    assert syncing.only().id == before


def test_an_appointment_leaves_the_calendar_with_its_contact_and_comes_back_with_it(syncing: Syncing) -> None:
    syncing.switch_on()
    make(syncing.stage, handle=syncing.handle, day="2026-12-24")
    one = the_one(syncing.stage)
    with syncing.stage.mailroom.database.write() as tx:
        assert contact_endings.end(tx, one.workspace_id, one.contact_id, member_id=one.owner_member_id)
    syncing.stage.later(timedelta(hours=20))
    assert syncing.entries() == []
    with syncing.stage.mailroom.database.write() as tx:
        contact_endings.come_back(tx, one.workspace_id, one.contact_id, member_id=one.owner_member_id)
    syncing.stage.later(NIGHT)
    assert len(syncing.entries()) == 1
