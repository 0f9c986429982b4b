"""Home's page People found: its sentences, its budget with a thousand people, shared mailboxes."""

from datetime import timedelta

import pytest

from bot.blocks import weight
from sandbox.slack.state import View
from store import candidates
from store.candidates import Found
from tests.flows.accounts.walking import member
from tests.flows.contacts.people import everybody, title
from tests.flows.discovery.nights import people, suggest
from tests.flows.discovery.reviewing import (
    TOM,
    look,
    names,
    open_people,
    press,
    row_of,
    shown,
    states,
    turn,
    words,
)
from tests.flows.discovery.test_review import told
from tests.flows.discovery.test_scan_trouble import throttle
from tests.stage import Stage, connect

__all__ = ["told"]
TRICK = "<!channel> *Tom* <https://evil.example|Abel>\u202e&amp; :tada:"


def test_a_thousand_people_fit_on_the_page_and_are_added_at_once(told: Stage) -> None:
    who = member(told)
    with told.mailroom.database.write() as tx:
        for n in range(1_000):
            name, company = f"Maximiliane {'Friederike ' * 20}{n}", "Long & Sons " * 20
            found = Found(f"p{n}@{'long-' * 8}firm{n}.example", name, company, "two_way", False, 9, 8, 7, 50,
                          told.clock.now())  # fmt: skip
            candidates.suggest(tx, who.workspace_id, who.id, found)
    home = open_people(told)
    assert "Pending 1,000" in words(home)
    assert len(home.blocks) <= 70
    assert weight(home.blocks) < 200_000
    home = turn(told, "pending 15")
    assert len(names(home)) == 15
    told.press(told.ann, home, "discovery.add_group")
    assert "1,000 people were added" in words(shown(told))
    assert len(states(told)) == 1_001
    assert set(states(told).values()) == {"added"}
    told.press(told.ann, shown(told), "discovery.undo")
    assert "1,000 people are waiting again." in words(shown(told))
    assert len(everybody(told)) == 1


def test_a_page_behind_the_end_of_a_list_that_became_shorter_is_its_last(told: Stage) -> None:
    suggest(told, *(f"p{n}@firm{n}.example" for n in range(17)))
    open_people(told)
    last = names(turn(told, "pending 15"))
    assert len(last) == 2
    for address in last:
        press(told, "discovery.dismiss", address)
    assert len(names(shown(told))) == 15


def test_shared_mailboxes_are_folded_below_the_people(told: Stage) -> None:
    suggest(
        told, "info@abel.example", "support@abel.example", "office@abel.example", shared=True, strength=90
    )
    suggest(told, TOM, name="Tom Abel")
    home = open_people(told)
    assert "Pending 1" in words(home)
    assert "3 shared mailboxes (info@, office@, …)" in words(home)
    assert names(home) == [TOM]
    assert "1 person is waiting: Tom Abel" in words(_today(told))
    open_people(told)
    home = turn(told, "shared 0")
    assert "several people may read the address" in words(home)
    assert len(names(home)) == 3
    press(told, "discovery.add", "info@abel.example")
    assert "info@abel.example" in [one for contact in everybody(told) for one in contact.addresses]
    turn(told, "pending 0")
    assert "2 shared mailboxes" in words(shown(told))


def _today(stage: Stage) -> View:
    stage.press(stage.ann, shown(stage), "home.today")
    return shown(stage)


def test_empty_lists_say_why_and_what_next(stage: Stage) -> None:
    look(stage)
    home = open_people(stage)
    assert "No mailbox is connected, so nobody can be found." in words(home)
    assert "Settings" in words(home)
    connect(stage)
    home = open_people(stage)
    assert "Nobody has been looked for yet." in words(home)
    assert "Scan now" in words(home)
    assert "You have added nobody from here yet." in words(turn(stage, "added 0"))
    assert "You have dismissed nobody." in words(turn(stage, "dismissed 0"))


def test_after_a_scan_with_everybody_decided_the_page_says_what_was_looked_at(stage: Stage) -> None:
    connect(stage)
    stage.ann.command("general", "/inbox scan")
    stage.settle()
    found = people(stage)
    assert len(found) > 5
    stage.ann.close()
    home = open_people(stage)
    assert "Last scan today 10:00, nightly scan off." in words(home)
    assert "Why left out" in words(home)
    for address in found:
        stage.press(stage.ann, turn(stage, "pending 0"), "discovery.dismiss", block_id=_any_row(stage))
        assert address
    assert "Nobody is waiting. The scan of today 10:00 looked at " in words(turn(stage, "pending 0"))


def _any_row(stage: Stage) -> str:
    rows = [
        block["block_id"] for block in shown(stage).blocks if str(block["block_id"]).startswith("decide:")
    ]
    return str(rows[0])


def test_while_a_scan_waits_for_the_mail_service_the_page_says_so(stage: Stage) -> None:
    connect(stage)
    throttle(stage)
    stage.ann.command("general", "/inbox scan")
    stage.settle()
    stage.ann.close()
    home = open_people(stage)
    assert "Your mail is being looked at now." in words(home)
    assert "Show the scan" in words(home)
    assert "Scan now" not in words(home)
    stage.press(stage.ann, home, "discovery.show_scan")
    assert title(stage.ann.window()) == "Scan"


def test_the_last_decision_stands_with_its_undo_for_an_hour(told: Stage) -> None:
    suggest(told, TOM, "una@abel.example", name="Tom Abel")
    open_people(told)
    home = press(told, "discovery.dismiss", TOM)
    assert "Tom Abel was dismissed, today 10:01." in words(home)
    told.later(timedelta(minutes=61))
    assert "was dismissed, today" not in words(open_people(told))
    assert "Bring back" in words(turn(told, "dismissed 0"))


@pytest.mark.parametrize("tab", ["pending", "added", "dismissed"])
def test_what_others_wrote_as_their_name_is_shown_as_it_is(told: Stage, tab: str) -> None:
    suggest(told, TOM, name=TRICK, company=TRICK)
    home = open_people(told)
    if tab != "pending":
        press(told, "discovery.add" if tab == "added" else "discovery.dismiss", TOM)
        home = turn(told, f"{tab} 0")
    row, _ = row_of(home, TOM)
    assert row["text"]["type"] == "plain_text"
    assert "\u202e" not in words(home)
    texts = [one for one in _objects(home.blocks) if "evil.example" in str(one.get("text", ""))]
    assert texts and all(one["type"] == "plain_text" and one["emoji"] is False for one in texts)


def _objects(node: object) -> list[dict[str, object]]:
    if isinstance(node, dict):
        own = [node] if isinstance(node.get("text"), str) else []
        return own + [one for value in node.values() for one in _objects(value)]
    return [one for item in node for one in _objects(item)] if isinstance(node, list) else []


def test_a_contact_that_was_deleted_since_can_be_looked_at_again(told: Stage) -> None:
    suggest(told, TOM, name="Tom Abel")
    open_people(told)
    press(told, "discovery.add", TOM)
    who, found = member(told), people(told)[TOM]
    with told.mailroom.database.write() as tx:
        tx.connection.exec_driver_sql(f"delete from contact where id = '{found.contact_id}'")
    assert who.id == found.member_id
    home = turn(told, "added 0")
    assert "The contact was deleted since." in words(home)
    press(told, "discovery.bring_back", TOM)
    assert states(told)[TOM] == "pending"


def test_without_a_mailbox_nobody_is_added_and_dismissed_people_never_come_back(stage: Stage) -> None:
    """Disconnecting forgets whom only that mailbox knew; connecting again finds all but the dismissed."""
    connect(stage)
    stage.ann.command("general", "/inbox scan")
    stage.settle()
    stage.ann.close()
    first = people(stage)
    dismissed, blocked, *_ = (address for address, one in first.items() if not one.shared)
    open_people(stage)
    find_and_press(stage, dismissed, "discovery.dismiss")
    find_and_press(stage, blocked, "discovery.more", "address")
    disconnect(stage)
    assert people(stage) == {}
    with stage.mailroom.database.read() as tx:
        assert tx.connection.exec_driver_sql("select shown_sealed from block").scalar() is None
        assert tx.connection.exec_driver_sql("select count(*) from dismissal").scalar() == 1
    connect(stage)
    stage.ann.command("general", "/inbox scan")
    stage.settle()
    again = people(stage)
    assert set(again) == set(first) - {dismissed, blocked}
    stage.ann.close()
    open_people(stage)
    home = turn(stage, "dismissed 0")
    stage.press(stage.ann, home, "discovery.blocked")
    assert "the name was not kept" in words(stage.ann.window())
    stage.press(stage.ann, stage.ann.window(), "discovery.lift")
    assert "Unblocked." in words(stage.ann.window())


def find_and_press(stage: Stage, address: str, action_id: str, value: str = "") -> None:
    """Turn pages until somebody is shown, and press beside them."""
    for start in range(0, 90, 15):
        if address in names(turn(stage, "pending 0") if not start else turn(stage, f"pending {start}")):
            press(stage, action_id, address, value=value)
            return
    raise AssertionError(f"{address} is on no page")


def disconnect(stage: Stage) -> None:
    """Disconnect Ann's mailbox from Home."""
    stage.press(stage.ann, shown(stage), "home.accounts")
    stage.press(stage.ann, shown(stage), "accounts.disconnect")
    assert stage.ann.submit().accepted
    stage.later(timedelta(seconds=2))
    stage.ann.close()
    look(stage)
