"""A contact that goes into another one while somebody has a window about it open."""

from contextlib import suppress
from threading import Thread

import pytest

from tests.flows.accounts.walking import member
from tests.flows.appointments.dates import ask, enter, save, the_one
from tests.flows.contacts.people import DANA, everybody, submit
from tests.flows.contacts.test_edit import choose, dana, record_of
from tests.flows.contacts.test_endings import WITH, pick, tom
from tests.flows.home.looking import look, rows
from tests.locks import held
from tests.postgres import Server
from tests.stage import Stage, standing


def merge_dana_into_tom(stage: Stage) -> None:
    """Have Ann put Dana's contact into Tom's."""
    tom(stage)
    choose(stage, stage.ann, "merge")
    pick(stage, "dana")
    assert submit(stage, stage.ann).accepted
    assert [one.name for one in everybody(stage)] == ["Tom Abel"]


def test_an_appointment_saved_after_its_contact_was_merged_stands_with_the_one_that_stayed(
    stage: Stage,
) -> None:
    dana(stage)
    stage.ann.close()
    ask(stage, DANA, "ben")
    enter(stage, "ben", title="Prices for spring", day="2026-11-20", clock="14:00", length="30")
    merge_dana_into_tom(stage)
    assert save(stage, "ben").accepted
    (kept,) = everybody(stage)
    assert the_one(stage).contact_id == kept.id
    (next_one,) = rows(look(stage, "ben"), "Next appointments")
    assert "Prices for spring" in str(next_one)


def test_an_appointment_changed_after_its_contact_was_merged_stays_with_the_one_that_stayed(
    stage: Stage,
) -> None:
    dana(stage)
    stage.ann.close()
    ask(stage, DANA, "ben")
    enter(stage, "ben", title="Prices for spring", day="2026-11-20", clock="14:00", length="30")
    assert save(stage, "ben").accepted
    stage.press(stage.person("ben"), stage.person("ben").window(), "appointments.open")
    merge_dana_into_tom(stage)
    enter(stage, "ben", title="Prices for summer")
    assert save(stage, "ben").accepted
    (kept,) = everybody(stage)
    assert (the_one(stage).contact_id, the_one(stage).title) == (kept.id, "Prices for summer")


@pytest.mark.postgres
def test_an_appointment_saved_in_the_moment_of_the_merging_goes_with_the_one_that_stays(
    postgres_url: str,
) -> None:
    with standing(postgres_url) as stage:
        dana(stage)
        stage.ann.close()
        ask(stage, DANA, "ben")
        enter(stage, "ben", title="Prices for spring", day="2026-11-20", clock="14:00", length="30")
        tom(stage)
        choose(stage, stage.ann, "merge")
        pick(stage, "dana")
        ben = member(stage, "ben").id
        saving = Thread(target=save, args=(stage, "ben"))
        merging = Thread(target=submit, args=(stage, stage.ann))
        with held(postgres_url, f"SELECT 1 FROM member WHERE id = '{ben}' FOR UPDATE") as lock:
            saving.start()
            lock.until_waiting(1)
            merging.start()
            with suppress(TimeoutError):  # where neither waits for the other, the merging is done by now
                lock.until_waiting(2, seconds=1)
        saving.join()
        merging.join()
        if len(everybody(stage)) > 1:  # on a slow machine one of them may have had no more patience
            assert submit(stage, stage.ann).accepted
        if stage.person("ben").windows()[-1].callback_id == "appointments.form":
            save(stage, "ben")
        (kept,) = everybody(stage)
        assert the_one(stage).contact_id == kept.id


@pytest.mark.postgres
def test_two_contacts_each_merged_into_the_other_at_once_become_one(
    postgres_server: Server, postgres_url: str
) -> None:
    said = postgres_server.folder / "log"
    before = said.read_text().count("deadlock detected")
    with standing(postgres_url) as stage:
        dana(stage)
        stage.ann.close()
        tom(stage)
        choose(stage, stage.ann, "merge")
        pick(stage, "dana")
        ben = stage.person("ben")
        record_of(stage, "ben", "dana")
        choose(stage, ben, "merge")
        (offered,) = ben.options(ben.window(), WITH, "tom")
        ben.fill(ben.window(), WITH, offered["value"])
        assert submit(stage, ben).accepted
        both = [Thread(target=one.submit) for one in (stage.ann, ben)]
        with held(postgres_url, "LOCK TABLE freed_address IN SHARE MODE") as lock:
            for one in both:
                one.start()
            with suppress(TimeoutError):
                lock.until_waiting(2, seconds=1)
        for one in both:
            one.join()
        stage.settle()
        if len(everybody(stage)) > 1:  # on a slow machine neither had the patience
            assert submit(stage, stage.ann).accepted
        (kept,) = everybody(stage)
        assert len(kept.addresses) == 2
    assert said.read_text().count("deadlock detected") == before
