"""Two people at one contact in the same moment: added, taken back, merged, deleted, edited, met."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from threading import Thread

import pytest

from sandbox.faults import Fault, Kind
from tests.flows.accounts.walking import rows
from tests.flows.appointments.dates import ask, enter, the_one
from tests.flows.appointments.syncing import NIGHT, Syncing
from tests.flows.contacts.people import everybody, fill, submit
from tests.flows.contacts.test_edit import choose, dana, record_of
from tests.flows.contacts.test_endings import UNDO, pick, tom
from tests.flows.discovery.nights import agree, digests, people, press_person, told
from tests.locks import held
from tests.stage import Stage, connect, standing, texts

pytestmark = pytest.mark.postgres
TOM = "tobias@abel.example"
WENT_WRONG = "Something went wrong"
Act = Callable[[], object]


@pytest.fixture
def stage(postgres_url: str) -> Iterator[Stage]:
    """The whole product, on PostgreSQL: only there do two transactions stand open at once."""
    with standing(postgres_url) as made:
        yield made


def meet(stage: Stage, url: str, lock: str, first: Act, second: Act) -> None:
    """Let the first come as far as the lock, begin the second, and let both go on."""
    acting = [Thread(target=first), Thread(target=second)]
    with held(url, lock) as standing_in_the_way:
        acting[0].start()
        standing_in_the_way.until_waiting(1)
        acting[1].start()
        with suppress(TimeoutError):  # where neither waits for the other, the second is done by now
            standing_in_the_way.until_waiting(2, seconds=0.7)
    for one in acting:
        one.join()
    stage.settle()
    nothing_hangs_in_the_air(stage)


def nothing_hangs_in_the_air(stage: Stage) -> None:
    """Hold what must be true whoever was faster: nobody who was added is lost, no address has no contact."""
    there = {row["id"]: row for row in rows(stage, "contact")}
    alive = {one for one, row in there.items() if row["deleted_at"] is None}
    assert {row["contact_id"] for row in rows(stage, "contact_address")} == alive
    for row in rows(stage, "candidate"):
        if row["state"] == "added":
            assert row["contact_id"] in there, "somebody counts as added whom no contact stands for"
    for row in rows(stage, "appointment"):
        assert row["contact_id"] in there
    for handle in ("ann", "ben"):
        person = stage.person(handle)
        said = [texts(window.blocks) for window in person.windows()] + [one.text for one in person.dm()]
        assert WENT_WRONG not in "\n".join(said)


def a_digest_each(stage: Stage) -> None:
    """Ann and Ben each have a digest that names Tom, and have read who sees contacts."""
    for handle in ("ann", "ben"):
        connect(stage, handle, f"{handle}@northwind.example")
        stage.type(stage.person(handle), "/inbox digest on")
        first = told(stage, TOM, f"first.{handle}@abel.example", handle=handle)
        press_person(stage, first, "add", f"first.{handle}@abel.example", handle)
        agree(stage, handle)


def on_digest(stage: Stage, act: str, handle: str) -> Act:
    return lambda: stage.person(handle).press(
        digests(stage, handle)[-1],
        f"discovery.digest_{act}",
        block_id=f"person:{people(stage, handle)[TOM].id}",
    )


def row_of(stage: Stage, table: str, where: str) -> str:
    return f"SELECT 1 FROM {table} WHERE {where} FOR UPDATE"


def toms(stage: Stage) -> list[str]:
    return [one.id for one in everybody(stage) if TOM in one.addresses]


def test_a_colleague_who_adds_somebody_in_the_moment_of_undo_has_added_them(
    stage: Stage, postgres_url: str
) -> None:
    a_digest_each(stage)
    press_person(stage, digests(stage)[-1], "add", TOM)
    anns = row_of(stage, "candidate", f"id = '{people(stage)[TOM].id}'")
    meet(stage, postgres_url, anns, on_digest(stage, "undo", "ann"), on_digest(stage, "add", "ben"))
    if people(stage, "ben")[TOM].state == "pending":  # on a slow machine Ben had no more patience
        press_person(stage, digests(stage, "ben")[-1], "add", TOM, "ben")
    assert toms(stage) == [people(stage, "ben")[TOM].contact_id]


FREED = "LOCK TABLE freed_address IN SHARE MODE"  # halts a merging in the middle


def merging_tom(stage: Stage) -> Act:
    """Ann added Tom from her digest, and has the preview of his contact going into Dana's."""
    a_digest_each(stage)
    press_person(stage, digests(stage)[-1], "add", TOM)
    dana(stage)
    choose(stage, stage.ann, "merge")
    pick(stage, "tobias")
    return stage.ann.submit


def test_somebody_added_in_the_moment_of_a_merging_is_the_one_that_stays(
    stage: Stage, postgres_url: str
) -> None:
    meet(stage, postgres_url, FREED, merging_tom(stage), on_digest(stage, "add", "ben"))
    if people(stage, "ben")[TOM].state == "pending":
        press_person(stage, digests(stage, "ben")[-1], "add", TOM, "ben")
    (kept,) = toms(stage)
    assert {people(stage, one)[TOM].contact_id for one in ("ann", "ben")} == {kept}
    press_person(stage, digests(stage, "ben")[-1], "undo", TOM, "ben")
    assert toms(stage) == [kept], "a contact that two were merged into is not taken back"


def test_somebody_added_while_a_merging_is_taken_back_is_one_contact(stage: Stage, postgres_url: str) -> None:
    merging_tom(stage)()
    stage.settle()
    window = stage.ann.window()
    moved = "LOCK TABLE moved_row IN SHARE MODE"
    meet(
        stage,
        postgres_url,
        moved,
        lambda: stage.ann.press(window, UNDO),
        on_digest(stage, "add", "ben"),
    )
    if people(stage, "ben")[TOM].state == "pending":
        press_person(stage, digests(stage, "ben")[-1], "add", TOM, "ben")
    assert toms(stage) == [people(stage, "ben")[TOM].contact_id] == [people(stage)[TOM].contact_id]


def test_undo_of_adding_in_the_moment_of_a_merging_takes_nothing_of_the_one_that_stays(
    stage: Stage, postgres_url: str
) -> None:
    meet(stage, postgres_url, FREED, merging_tom(stage), on_digest(stage, "undo", "ann"))
    (kept,) = toms(stage)
    assert people(stage)[TOM].state == "added"
    assert kept in {one.id for one in everybody(stage)}


def test_a_contact_deleted_while_somebody_saves_it_is_deleted_and_nobody_is_told_of_a_mistake(
    stage: Stage, postgres_url: str
) -> None:
    dana(stage)
    stage.ann.close()
    record_of(stage, "ben", "dana")
    ben = stage.person("ben")
    fill(ben, choose(stage, ben, "edit"), notes="Left the company")
    record_of(stage, "ann", "dana")
    menu = stage.ann.window()
    element = stage.ann.element(menu, "contacts.menu")
    delete = next(one["value"] for one in element["options"] if '"delete"' in one["value"])
    changes = "LOCK TABLE contact_change IN SHARE MODE"
    meet(
        stage,
        postgres_url,
        changes,
        ben.submit,
        lambda: stage.ann.press(menu, "contacts.menu", value=delete),
    )
    assert everybody(stage) == []
    assert "was deleted by Ann Lee" in texts(stage.ann.window().blocks)


@pytest.mark.parametrize("how", ["merged", "deleted"])
def test_undo_pressed_twice_at_once_brings_back_once_and_says_so_to_both(
    stage: Stage, postgres_url: str, how: str
) -> None:
    dana(stage)
    if how == "merged":
        stage.ann.close()
        tom(stage)
        choose(stage, stage.ann, "merge")
        pick(stage, "dana")
        assert submit(stage, stage.ann).accepted
    else:
        choose(stage, stage.ann, "delete")
    window = stage.ann.window()

    def undo() -> None:
        stage.ann.press(window, UNDO)

    meet(stage, postgres_url, "LOCK TABLE contact_change IN SHARE MODE", undo, undo)
    assert len(everybody(stage)) == (2 if how == "merged" else 1)
    assert "is not there any more" not in texts(stage.ann.window().blocks)


def test_a_merging_is_taken_back_although_the_contact_is_edited_in_that_moment(
    stage: Stage, postgres_url: str
) -> None:
    dana(stage)
    stage.ann.close()
    tom(stage)
    choose(stage, stage.ann, "merge")
    pick(stage, "dana")
    assert submit(stage, stage.ann).accepted
    window = stage.ann.window()
    record_of(stage, "ben", "tom")
    ben = stage.person("ben")
    fill(ben, choose(stage, ben, "edit"), notes="Met in May")
    changes = "LOCK TABLE contact_change IN SHARE MODE"
    meet(stage, postgres_url, changes, ben.submit, lambda: stage.ann.press(window, UNDO))
    assert sorted(one.name for one in everybody(stage)) == ["Dana Reyes", "Tom Abel"]
    (kept,) = [one for one in everybody(stage) if one.name == "Tom Abel"]
    assert kept.notes == "Met in May"


@pytest.mark.parametrize("ends", ["delete", "merge"])
def test_an_appointment_saved_in_the_moment_its_contact_ends_stands_in_no_calendar_as_it_was(
    stage: Stage, postgres_url: str, ends: str
) -> None:
    syncing = Syncing(stage, "ben", "ben@northwind.example")
    syncing.connect()
    dana(stage)
    stage.ann.close()
    if ends == "merge":
        tom(stage)
        choose(stage, stage.ann, "merge")
        pick(stage, "dana")
    syncing.switch_on()
    ask(stage, "dana", "ben")
    enter(stage, "ben", title="Prices", day="2026-12-01", clock="14:00", length="30")
    if ends == "delete":
        record_of(stage, "ann", "dana")
        menu = stage.ann.window()
        element = stage.ann.element(menu, "contacts.menu")
        value = next(one["value"] for one in element["options"] if '"delete"' in one["value"])

    def end() -> None:
        if ends == "merge":
            stage.ann.submit()
        else:
            stage.ann.press(menu, "contacts.menu", value=value)

    activity = "LOCK TABLE activity IN SHARE MODE"
    meet(stage, postgres_url, activity, stage.person("ben").submit, end)
    if ends == "merge" and len(everybody(stage)) > 1:  # on a slow machine Ann had no more patience
        assert submit(stage, stage.ann).accepted
    written = [entry.title for entry in syncing.entries()]
    stage.later(NIGHT)
    assert [entry.title for entry in syncing.entries()] == written
    if ends == "merge":
        assert written == ["Prices · Tom Abel"]
    elif everybody(stage) == []:
        assert written == []


def test_a_pass_of_calendar_sync_that_a_merging_overtakes_ends_with_the_name_that_stays(
    stage: Stage, postgres_url: str
) -> None:
    syncing = Syncing(stage, "ben", "ben@northwind.example")
    syncing.connect()
    dana(stage)
    stage.ann.close()
    ask(stage, "dana", "ben")
    enter(stage, "ben", title="Prices", day="2026-12-01", clock="14:00", length="30")
    assert stage.person("ben").submit().accepted
    stage.settle()
    stage.person("ben").close()
    tom(stage)
    choose(stage, stage.ann, "merge")
    pick(stage, "dana")
    stage.faults.add(Fault("google", Kind.SLOW_AFTER, "POST .*/events", seconds=1.5))
    passing = Thread(target=syncing.switch_on)
    passing.start()
    while stage.faults.standing():
        passing.join(0.01)
    stage.ann.submit()
    passing.join()
    stage.settle()
    assert syncing.only().title == "Prices · Tom Abel"
    undone = stage.ann.window()
    stage.press(stage.ann, undone, UNDO)
    assert syncing.only().title == "Prices · Dana Reyes"
    assert the_one(stage).contact_id == next(o.id for o in everybody(stage) if o.name == "Dana Reyes")
    stage.later(timedelta(days=1))
    assert syncing.only().title == "Prices · Dana Reyes"
