from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.clock import Clock
from sandbox.people.rows import people_rows
from sandbox.seed.answers import Answers
from sandbox.seed.mbox import write_mbox
from sandbox.seed.members import slack_users
from sandbox.seed.own_mail import load_mbox
from sandbox.world import World
from tests.sandbox.seed.place import ANN, NOON


@pytest.fixture
def clock() -> Iterator[Clock]:
    made = Clock(NOON)
    made.freeze()
    yield made
    made.stop()


def test_with_a_file_its_owner_is_a_member_and_their_contacts_answer(clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "own.mbox"
    text = "".join(
        f"From x Mon Nov  2 10:0{number}:00 2026\nFrom: Ida <ida@roth.example>\nTo: Me <me@own.example>\n"
        f"Subject: Question {number}\nMessage-ID: <{number}@roth.example>\n\nWell?\n\n"
        for number in range(3)
    )
    path.write_text(text)
    world = World(clock.now)
    load_mbox(world, path, "me@own.example")
    Answers(world, clock)
    users = slack_users(world)
    assert users[0].email == "me@own.example"
    assert {user.name for user in users} > {"ann", "oskar"}
    sent = world.send(
        b"From: me@own.example\r\nTo: ida@roth.example\r\nSubject: Re: Question 2\r\n"
        b"Message-ID: <a@own.example>\r\nReferences: <2@roth.example>\r\n\r\nYes.\r\n"
    )
    assert sent is not None
    clock.advance(timedelta(seconds=30))
    assert clock.wait(10)
    assert clock.failures == []
    thread = world.mailbox("me@own.example").thread(sent.thread_id)
    assert [one.raw.addresses("From")[0][1] for one in thread] == [
        "ida@roth.example",
        "me@own.example",
        "ida@roth.example",
    ]


def test_every_correspondent_of_a_file_has_a_mailbox_to_look_into(clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "own.mbox"
    with path.open("wb") as out:
        write_mbox(out, 400, now=NOON)
    world = World(clock.now)
    load_mbox(world, path)
    received = [one for one in world.mailbox(ANN).messages() if "INBOX" in one.labels]
    senders = {address for one in received for _, address in one.raw.addresses("From")}
    assert len(senders) > 30
    assert [address for address in senders if world.person(address) is None] == []
    assert people_rows(world)[0].newest is not None
