"""What is kept of a message: sealed while it is needed, gone when it has left; and who wrote what."""

from pathlib import Path
from typing import Any

from sqlalchemy import select

from sandbox.faults import Fault, Kind
from store import activity
from store.schema import account, member, outgoing
from tests.flows.accounts.walking import press_for as press
from tests.flows.accounts.walking import settings
from tests.flows.writing.post import (
    ANN,
    DANA,
    SOON,
    arrived,
    connect,
    open_new,
    open_reply,
    part,
    screen,
    send,
)
from tests.stage import Stage, texts

MARKER = "Quitzow-7193"


def on_disk(folder: Path) -> bytes:
    """Every byte of the database with its log."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("mailroom.db*")))


def column(stage: Stage, which: Any) -> list[Any]:
    with stage.mailroom.database.read() as tx:
        return [row[0] for row in tx.all(select(which))]


def test_text_and_subject_are_on_disk_only_sealed_and_the_text_goes_with_the_mail(
    stage: Stage, tmp_path: Path
) -> None:
    connect(stage)
    open_new(stage, DANA)
    stage.ann.fill(stage.ann.window(), "subject", f"About {MARKER}")
    stage.faults.add(Fault("google", Kind.STATUS, r"POST .*/drafts/send", status=400))
    send(stage, f"Hello {MARKER}.")
    assert "Not sent." in screen(stage.ann.window())
    assert all(body.startswith("v1.") for body in column(stage, outgoing.c.body_sealed))
    assert MARKER.encode() not in on_disk(tmp_path)
    stage.press(stage.ann, stage.ann.window(), "inbox.try_again")
    stage.later(SOON)
    assert len(arrived(stage, DANA)) == 1
    assert column(stage, outgoing.c.body_sealed) == [None]
    assert MARKER.encode() not in on_disk(tmp_path)


def test_a_signature_stands_below_the_text_unless_the_box_is_unticked(stage: Stage) -> None:
    connect(stage)
    press(stage, settings(stage), "accounts.writing", f"Edit signature and quoting of {ANN}")
    stage.ann.fill(stage.ann.window(), "accounts.signature", "Ann Lee\nNorthwind")
    assert stage.ann.submit().accepted
    stage.settle()
    stage.ann.fill(open_reply(stage), "boxes", ["signature"])
    send(stage, "With it.")
    stage.ann.close()
    stage.ann.fill(open_reply(stage), "boxes", [])
    send(stage, "Without it.")
    without, signed = (part(one, "plain").strip() for one in arrived(stage, DANA))
    assert signed == "With it.\n\n-- \nAnn Lee\nNorthwind"
    assert without == "Without it."


def test_the_activity_list_says_that_a_member_sent_and_nothing_of_what(stage: Stage) -> None:
    connect(stage)
    open_reply(stage)
    send(stage, "Friday is fine.")
    with stage.mailroom.database.read() as tx:
        row = tx.first(
            select(member.c.id, member.c.workspace_id).where(member.c.slack_user_id == stage.ann.id)
        )
        assert row is not None
        done = [one.kind for one in activity.recent(tx, row.workspace_id, row.id, 10)]
    assert done.count("sent") == 1


def test_a_list_read_after_sending_shows_the_answer(stage: Stage) -> None:
    connect(stage)
    open_reply(stage)
    send(stage, "Friday is fine.")
    stage.ann.close()
    answer = stage.type(stage.ann, f"/inbox {DANA}")
    assert answer is not None
    assert "Waiting for Dana Reyes" in texts(answer.blocks)


def test_home_shows_what_was_sent_and_what_needs_the_person(stage: Stage) -> None:
    connect(stage)
    open_reply(stage)
    send(stage, "Friday is fine.")
    stage.ann.close()
    open_new(stage, DANA)
    stage.ann.fill(stage.ann.window(), "subject", "Kettles")
    stage.faults.add(Fault("google", Kind.STATUS, r"POST .*/drafts/send", status=400))
    send(stage, "Shall we?")
    stage.ann.close()
    home = stage.ann.open_home()
    stage.settle()
    assert home is not None
    shown = texts(home.blocks)
    assert "Sent " in shown
    assert f"To {DANA}, Kettles" in shown
    assert "Not sent. Gmail did not accept this message" in shown


def test_a_new_message_goes_from_the_account_that_was_chosen(stage: Stage) -> None:
    connect(stage)
    connect(stage, address="ann.lee.private@gmail.example")
    window = open_new(stage, DANA)
    select_ = stage.ann.element(window, "from")
    assert select_["initial_option"]["text"]["text"] == ANN
    private = next(o for o in select_["options"] if o["text"]["text"] == "ann.lee.private@gmail.example")
    stage.ann.fill(window, "from", private["value"])
    stage.ann.fill(window, "subject", "From home")
    send(stage, "Hello")
    (letter,) = arrived(stage, DANA)
    assert letter["From"].addresses[0].addr_spec == "ann.lee.private@gmail.example"
    assert len(column(stage, account.c.id)) == 2


def test_a_mailbox_that_was_not_allowed_to_send_says_so_before_anything_is_typed(stage: Stage) -> None:
    connect(stage)
    with stage.mailroom.database.write() as tx:
        tx.execute(account.update().values(granted="read"))
    assert "not allowed to send from this mailbox yet" in screen(open_reply(stage))
