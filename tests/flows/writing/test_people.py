"""Whom a message may go to: one of the contact's addresses, chosen by the person, and nobody else."""

from sqlalchemy import delete

from store.schema import contact_address
from tests.flows.inbox.reading import add_contact, open_with
from tests.flows.writing.post import (
    DANA,
    SOON,
    arrived,
    connect,
    open_new,
    open_reply,
    screen,
    send,
    submit,
)
from tests.stage import Stage

MIRA, WORK, HOME = "mira@kowalska.example", "m.kowalska@harbourworks.example", "mira.kow@gmail.example"


def mira(stage: Stage) -> None:
    connect(stage)
    add_contact(stage, "Mira Kowalska", MIRA, WORK, HOME)


def choose(stage: Stage, field: str, address: str) -> None:
    window = stage.ann.window()
    options = stage.ann.element(window, field)["options"]
    stage.ann.fill(window, field, next(o["value"] for o in options if o["text"]["text"] == address))


def test_a_contact_is_written_to_at_the_address_that_is_chosen(stage: Stage) -> None:
    mira(stage)
    window = open_new(stage, "mira")
    assert screen(window).startswith("Mira Kowalska")
    assert stage.ann.element(window, "to")["initial_option"]["text"]["text"] == MIRA
    choose(stage, "to", HOME)
    stage.ann.fill(window, "subject", "Sunday")
    send(stage, "See you there.")
    (letter,) = arrived(stage, HOME)
    assert letter["To"] == f"Mira Kowalska <{HOME}>"


def test_an_answer_goes_to_the_address_that_wrote_unless_another_is_chosen(stage: Stage) -> None:
    mira(stage)
    window = open_reply(stage, MIRA)
    wrote = stage.ann.element(window, "to")["initial_option"]["text"]["text"]
    assert wrote in (MIRA, WORK, HOME)
    other = next(one for one in (MIRA, WORK, HOME) if one != wrote)
    choose(stage, "to", other)
    send(stage, "Yes.")
    (letter,) = arrived(stage, other)
    assert letter["To"].addresses[0].addr_spec == other


def test_an_address_that_was_taken_away_meanwhile_is_refused_beside_the_field(stage: Stage) -> None:
    mira(stage)
    window = open_new(stage, "mira")
    choose(stage, "to", HOME)
    stage.ann.fill(window, "subject", "Sunday")
    with stage.mailroom.database.write() as tx:
        tx.execute(delete(contact_address).where(contact_address.c.address == HOME))
    submission = submit(stage, "See you there.")
    assert "does not belong to the contact any more" in next(iter(submission.errors.values()))
    assert next(iter(submission.errors)).startswith("to:")
    stage.later(SOON)
    assert arrived(stage, HOME) == []


def test_one_of_several_people_of_a_name_is_chosen_first(stage: Stage) -> None:
    mira(stage)
    add_contact(stage, "Mira Berg", DANA)
    window = open_new(stage, "mira")
    assert "Several contacts go by that name" in screen(window)
    button = next(b for b in window.blocks if "Mira Berg" in str(b))
    stage.press(stage.ann, window, "inbox.write", block_id=button["block_id"])
    stage.ann.fill(stage.ann.window(), "subject", "Hello")
    send(stage, "Is it you?")
    assert len(arrived(stage, DANA)) == 1


def test_from_list_over_thread_to_an_answer_three_windows_are_enough(stage: Stage) -> None:
    connect(stage)
    window = open_with(stage, stage.ann, "olivia.grant@granthill.example", "")
    stage.press(stage.ann, window, "inbox.reply")
    assert len(stage.ann.windows()) == 2
    shown = send(stage, "Thank you.")
    stage.press(stage.ann, shown, "inbox.open_thread")
    stage.press(stage.ann, stage.ann.window(), "inbox.reply")
    assert len(stage.ann.windows()) == 3
    send(stage, "And one more thing.")
    assert len(arrived(stage, "olivia.grant@granthill.example")) == 2
