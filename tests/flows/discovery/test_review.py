"""People found on Home: groups, pages, boxes, Add and Dismiss, and what each press leaves behind."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.discovery.hashes import Hashes, hash_of
from store import dismissals
from store.sealing import Keyring
from tests.flows.contacts.people import everybody
from tests.flows.discovery.nights import suggest
from tests.flows.discovery.reviewing import (
    TOM,
    agree,
    as_it_is,
    go_back,
    look,
    names,
    open_people,
    press,
    row_of,
    shown,
    states,
    tick,
    turn,
    words,
)
from tests.stage import Stage, connect, texts


def crowd(stage: Stage, often: int, now_and_then: int, once: int) -> None:
    """Suggest a crowd in three groups."""
    for group, number, strength in (("o", often, 60), ("n", now_and_then, 30), ("x", once, 5)):
        suggest(stage, *(f"{group}{n}@firm{n}.example" for n in range(number)), strength=strength)


@pytest.fixture
def told(stage: Stage) -> Stage:
    """Ann has a mailbox and has read who sees contacts."""
    connect(stage)
    look(stage)
    suggest(stage, "first@abel.example")
    open_people(stage)
    press(stage, "discovery.add", "first@abel.example")
    agree(stage)
    stage.later(timedelta(minutes=1))
    return stage


def test_two_hundred_people_are_reviewed_with_a_few_presses(stage: Stage) -> None:
    connect(stage)
    crowd(stage, 23, 61, 128)
    assert "212 people are waiting, the strongest: O0" in words(look(stage))
    stage.press(stage.ann, shown(stage), "home.page")
    home = shown(stage)
    for said in ("People found 212", "Pending 212", "*Often in touch*, 23", "Add all 23"):
        assert said in words(home)
    assert len(home.blocks) <= 70
    assert names(home) == sorted(f"o{n}@firm{n}.example" for n in range(23))[:15]

    stage.ann.press(home, "discovery.add_group", confirmed=False)
    stage.settle()
    assert not stage.ann.windows(), "asked first, as more than 20 people are meant"
    stage.press(stage.ann, home, "discovery.add_group")
    assert everybody(stage) == [], "who sees contacts is read before the first Add"
    home = agree(stage)
    assert len(everybody(stage)) == 23
    assert "23 people were added, today 10:00." in words(home)
    assert "*Now and then*, 61" in words(home)

    stage.later(timedelta(minutes=1))
    for start in (15, 30):
        home = turn(stage, f"pending {start}")
        assert len(names(home)) == 15
    home = turn(stage, "pending 15")
    assert "*Once*, 128" in words(home), "a group of later pages can be decided from here"
    stage.press(stage.ann, home, "discovery.dismiss_group")
    home = shown(stage)
    for said in ("Pending 61", "Added 23", "Dismissed 128", "128 people were dismissed"):
        assert said in words(home)
    stage.press(stage.ann, home, "discovery.undo")
    home = shown(stage)
    assert "128 people are waiting again." in words(home)
    assert "Pending 189" in words(home)
    assert "Dismissed 0" in words(home)


def test_the_group_in_the_middle_has_both_ways_in_a_menu(told: Stage) -> None:
    crowd(told, 0, 3, 0)
    home = open_people(told)
    menu = told.ann.element(home, "discovery.group_menu")
    assert "confirm" not in menu, "three people are not asked about"
    assert [one["text"]["text"] for one in menu["options"]] == ["Add all 3", "Dismiss all 3"]
    told.press(told.ann, home, "discovery.group_menu", value=menu["options"][1]["value"])
    assert list(states(told).values()).count("dismissed") == 3


def test_whoever_is_found_after_the_page_was_drawn_is_not_in_add_all(told: Stage) -> None:
    crowd(told, 2, 0, 0)
    home = open_people(told)
    told.clock.advance(timedelta(minutes=1))
    suggest(told, "late@abel.example", strength=70)
    told.press(told.ann, home, "discovery.add_group")
    assert states(told)["late@abel.example"] == "pending"
    assert len(everybody(told)) == 3


def test_the_boxes_ticked_on_a_page_are_added_and_no_others(told: Stage) -> None:
    crowd(told, 20, 0, 0)
    home = open_people(told)
    ticked = names(home)[2:5]
    tick(told, *ticked)
    told.press(told.ann, shown(told), "discovery.add_selected")
    home = shown(told)
    added = {address for address, state in states(told).items() if state == "added"}
    assert added == {*ticked, "first@abel.example"}
    assert "3 people were added" in words(home)
    assert len(names(home)) == 15
    told.press(told.ann, home, "discovery.dismiss_selected")
    assert "Nobody is selected on this page." in words(shown(told)), "boxes of the last drawing are forgotten"


def test_every_drawing_has_boxes_of_its_own(told: Stage) -> None:
    crowd(told, 2, 0, 0)
    first = {block["block_id"] for block in open_people(told).blocks}
    again = {block["block_id"] for block in look(told).blocks}
    assert not [one for one in first & again if one.startswith(("person:", "decide:"))]


def test_a_second_click_adds_nothing_and_says_what_was_decided(told: Stage) -> None:
    suggest(told, TOM, name="Tom Abel")
    before = as_it_is(open_people(told))
    press(told, "discovery.add", TOM)
    for action in ("discovery.add", "discovery.dismiss"):
        go_back(told, before)
        press(told, action, TOM)
        assert "Tom Abel was decided before: Added today 10:01. Nothing was changed now." in words(
            shown(told)
        )
    assert [one.name for one in everybody(told)].count("Tom Abel") == 1
    assert states(told)[TOM] == "added"


def test_clicks_at_the_same_moment_add_one_contact(told: Stage) -> None:
    suggest(told, TOM, name="Tom Abel")
    home = open_people(told)
    _, row = row_of(home, TOM)
    with ThreadPoolExecutor(4) as pool:
        for _ in range(4):
            pool.submit(told.ann.press, home, "discovery.add", row["block_id"])
    told.settle()
    assert [one.addresses for one in everybody(told)].count((TOM,)) == 1


def test_two_members_who_add_the_same_person_share_one_contact(told: Stage) -> None:
    connect(told, "ben", "ben@northwind.example")
    suggest(told, TOM, name="Tom Abel", conversations=4)
    suggest(told, TOM, name="Thomas", handle="ben", conversations=9)
    bens = as_it_is(open_people(told, "ben"))
    assert "4 conversations" in words(open_people(told))
    assert "9 conversations" in words(shown(told, "ben"))
    press(told, "discovery.add", TOM)
    assert TOM not in words(open_people(told, "ben")), "somebody who is a contact now waits no longer"
    go_back(told, bens, "ben")
    press(told, "discovery.add", TOM, "ben")
    home = agree(told, "ben")
    assert "Thomas is in your contacts already; nothing was added twice." in words(home)
    (tom,) = (one for one in everybody(told) if one.addresses == (TOM,))
    assert tom.name == "Tom Abel"
    assert tom.source == "mail"
    home = turn(told, "added 0", "ben")
    assert "Ann Lee had added this person before." in words(home)
    assert not [one for one in row_of(home, TOM)[1]["elements"] if one["text"]["text"] == "Undo"]


def test_undo_takes_the_contact_away_as_long_as_nobody_has_used_it(told: Stage) -> None:
    suggest(told, TOM, name="Tom Abel")
    open_people(told)
    press(told, "discovery.add", TOM)
    turn(told, "added 0")
    home = press(told, "discovery.bring_back", TOM)
    assert "Tom Abel is waiting again." in words(home)
    assert [one.addresses for one in everybody(told)] == [("first@abel.example",)]
    assert states(told)[TOM] == "pending"

    turn(told, "pending 0")
    press(told, "discovery.add", TOM)
    connect(told, "ben", "ben@northwind.example")
    told.type(told.person("ben"), f"/inbox {TOM}")
    told.press(told.ann, shown(told), "discovery.undo")
    assert "Tom Abel stays in your contacts" in words(shown(told))
    assert TOM in str([one.addresses for one in everybody(told)])
    assert states(told)[TOM] == "added"
    home = turn(told, "added 0")
    assert [one["text"]["text"] for one in row_of(home, TOM)[1]["elements"]] == ["Open record"]


def test_a_dismissed_person_stays_a_hash_and_can_be_brought_back(told: Stage) -> None:
    suggest(told, TOM, name="Tom Abel")
    open_people(told)
    press(told, "discovery.dismiss", TOM)
    keyring = Keyring.parse(told.environment()["MAILROOM_ENCRYPTION_KEYS"])

    def kept() -> bool:
        with told.mailroom.database.read() as tx:
            who = tx.connection.exec_driver_sql("select workspace_id, member_id from dismissal").first()
            if who is None:
                return False
            key = Hashes(keyring).find(tx, *who)
            assert key is not None
            return hash_of(key, TOM) in dismissals.hashes(tx, *who)

    assert kept()
    suggest(told, TOM, name="Tom Abel")
    assert states(told)[TOM] == "dismissed", "a scan that meets him again changes nothing"
    home = turn(told, "dismissed 0")
    assert "Dismissed today 10:01." in words(home)
    press(told, "discovery.bring_back", TOM)
    assert not kept()
    assert states(told)[TOM] == "pending"


def test_who_sees_contacts_is_said_of_all_where_several_are_added(stage: Stage) -> None:
    connect(stage)
    suggest(stage, TOM, "next@abel.example", strength=60)
    stage.press(stage.ann, open_people(stage), "discovery.add_group")
    told = texts(stage.ann.window().blocks)
    assert "will see these names, addresses and companies, and that you added them" in told
    agree(stage)
    assert len(everybody(stage)) == 2


def test_not_now_below_who_sees_contacts_adds_nobody(stage: Stage) -> None:
    connect(stage)
    suggest(stage, TOM)
    open_people(stage)
    press(stage, "discovery.dismiss", TOM)
    assert not stage.ann.windows(), "dismissing shares nothing"
    turn(stage, "dismissed 0")
    press(stage, "discovery.bring_back", TOM)
    turn(stage, "pending 0")
    press(stage, "discovery.add", TOM)
    told = texts(stage.ann.window().blocks)
    assert "everybody in Northwind who uses Mailroom will see this name, address and company" in told
    stage.ann.close()
    stage.settle()
    assert everybody(stage) == []
    press(stage, "discovery.add", TOM)
    agree(stage)
    assert len(everybody(stage)) == 1
    suggest(stage, "next@abel.example")
    look(stage)
    press(stage, "discovery.add", "next@abel.example")
    assert not stage.ann.windows(), "told once"
    assert len(everybody(stage)) == 2
