"""`/inbox` with an address or a name: the conversations, and everything that can be said instead."""

import json
from datetime import timedelta

import pytest

from sandbox.faults import Fault, Kind
from tests.flows.inbox.reading import add_contact, ask, gmail_calls, row_of, subjects
from tests.stage import Stage, connect, texts

DANA = "dana@northwind.example"
IVO = "ivo@petrovparts.example"
NADIA = "nadia@haddad-foods.example"
SALES = "sales@northwind.example"


def test_an_address_is_understood_in_every_shape_in_which_it_can_arrive(stage: Stage) -> None:
    connect(stage)
    expected = subjects(ask(stage, stage.ann, f"/inbox {DANA}"))
    assert "Lunch when you are in town?" in expected
    for typed in (
        f"<{DANA}>",
        f"<mailto:{DANA}|{DANA}>",
        f"mailto:{DANA}",
        f"Dana Reyes <{DANA}>",
        f"`{DANA}`",
        f"“{DANA}”,",
        f"&lt;{DANA}&gt;",
        DANA.upper(),
        f"\u200b{DANA}\u00a0",
        f"find {DANA}",
    ):
        assert subjects(ask(stage, stage.ann, f"/inbox {typed}")) == expected, typed


def test_a_list_shows_what_there_is_newest_first_and_who_waits_for_whom(stage: Stage) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    shown = texts(answer.blocks)
    assert answer.ephemeral
    assert subjects(answer)[:2] == ["Lunch when you are in town?", "Photo of the new label"]
    assert "2 messages · 1 file · Waiting for you" in shown
    assert f"{DANA} is not in your contacts." in shown
    assert "Lunch when you are in town?" in answer.text
    assert len(answer.blocks) <= 16
    assert not [m for m in stage.person("ben").messages("general") if "Lunch" in m.text]


@pytest.mark.parametrize(
    ("handle", "said"),
    [
        ("ann", "Beautiful! May we use it in the catalogue? I need it by Wednesday, 300 dpi if you have it."),
        ("cleo", "Two people and a trolley. Thank you!"),
    ],
)
def test_a_preview_line_shows_what_was_written_and_nothing_that_is_quoted_or_signed(
    stage: Stage, handle: str, said: str
) -> None:
    connect(stage, handle, f"{handle}@northwind.example")
    before = len(stage.faults.calls())
    answer = ask(stage, stage.person(handle), f"/inbox {DANA}")
    asked = [call for call in stage.faults.calls()[before:] if call.service in ("google", "graph")]
    assert len(asked) <= 2, "the list brought the text with it"
    lines = texts(answer.blocks).splitlines()
    assert any(line.startswith(said) for line in lines), lines
    assert not [line for line in lines if "wrote:" in line or "Original Message" in line or "Sent:" in line]
    assert not [line for line in lines if "Buying" in line], "Dana's signature"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("hello@news.morningcup.example", "What rain does to beans A wet October in the highlands"),
        (
            "zofia@wisniewska.example",
            "Dzień dobry, próbki dotarły, dziękuję! Najbardziej smakuje nam numer 3 – ",
        ),
        ("marek@novak.example", "Perfect, that is what I hoped for. Called him."),
        ("yuki.tanaka@sakura.example", "はい、お茶と一緒にお願いいたします。"),
    ],
)
def test_a_preview_line_says_what_the_message_shows(stage: Stage, address: str, said: str) -> None:
    connect(stage)
    lines = texts(ask(stage, stage.ann, f"/inbox {address}").blocks).splitlines()
    assert any(line.startswith(said) for line in lines), lines


@pytest.mark.parametrize(
    ("address", "waiting"),
    [
        ("hello@news.morningcup.example", 0),
        ("olivia.grant@granthill.example", 1),  # she opened a message, which asks for nothing
        ("tom@abel.example", 3),  # a question, an invitation and an answer; one invitation is accepted
    ],
)
def test_nobody_waits_for_an_answer_to_what_asks_for_none(stage: Stage, address: str, waiting: int) -> None:
    connect(stage)
    shown = texts(ask(stage, stage.ann, f"/inbox {address}").blocks)
    assert shown.count("Waiting for") == waiting, shown


def test_older_and_newer_replace_the_answer_and_newer_costs_nothing(stage: Stage) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    newest = subjects(answer)
    stage.press(stage.ann, answer, "inbox.older")
    older = subjects(answer)
    assert older
    assert not set(older) & set(newest)
    before = gmail_calls(stage)
    stage.press(stage.ann, answer, "inbox.newer")
    assert subjects(answer) == newest
    assert gmail_calls(stage) == before


def test_words_narrow_a_list_of_many_conversations(many: Stage) -> None:
    connect(many)
    answer = ask(many, many.ann, f"/inbox {IVO} pressure valve")
    found = subjects(answer)
    assert found
    assert all("pressure valve" in subject for subject in found)
    assert "Only conversations with the words: pressure valve" in texts(answer.blocks)
    assert "pricing" not in texts(ask(many, many.ann, f"/inbox {IVO} pricing").blocks)


def test_words_that_nothing_contains_say_where_was_looked(stage: Stage) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {DANA} xylophone")
    assert "contains these words. Searched: ann@northwind.example" in texts(answer.blocks)


def test_mail_that_always_has_the_same_address_in_copy_is_shown_once_that_is_said(stage: Stage) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {NADIA}")
    assert subjects(answer) == []
    assert f"include {SALES}" in texts(answer.blocks)
    assert "Show in Gmail" in texts(answer.blocks)
    assert len(answer.blocks) <= 6
    stage.press(stage.ann, answer, "inbox.that_is_mine")
    assert len(subjects(answer)) == 5
    assert f"{SALES} now counts as yours." in texts(answer.blocks)
    stage.press(stage.ann, answer, "inbox.not_mine")
    assert subjects(answer) == []
    assert f"include {SALES}" in texts(answer.blocks)


def test_conversations_with_others_are_counted_with_a_way_to_see_them(stage: Stage) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, "/inbox ben@northwind.example")
    shown = texts(answer.blocks)
    assert "with other people in" in shown
    assert "Show in Gmail" in shown
    assert "Who takes the phone" not in shown


def test_accounts_are_read_together_and_one_that_ended_hides_nothing(stage: Stage) -> None:
    add_mira(stage)
    connect(stage, address="ann.lee.private@gmail.example")
    both = ask(stage, stage.ann, "/inbox Mira")
    assert {"ann@northwind.example", "ann.lee.private@gmail.example"} <= words_of(both.blocks)
    stage.google.revoke("ann.lee.private@gmail.example")
    answer = ask(stage, stage.ann, "/inbox Mira")
    shown = texts(answer.blocks)
    assert "ann.lee.private@gmail.example could not be read." in shown
    assert "Reconnect" in shown
    assert subjects(answer)
    assert set(subjects(answer)) < set(subjects(both))


def test_an_account_that_does_not_answer_can_be_tried_again(stage: Stage) -> None:
    connect(stage)
    stage.faults.add(Fault("google", Kind.STATUS, "/gmail/v1", times=None))
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    assert "ann@northwind.example could not be read." in answer.text
    stage.faults.clear("google")
    stage.press(stage.ann, answer, "inbox.show_threads")
    assert "Lunch when you are in town?" in subjects(answer)


def test_a_slow_mailbox_is_said_after_three_seconds_and_the_answer_still_comes(stage: Stage) -> None:
    connect(stage)
    stage.faults.add(Fault("google", Kind.DELAY, "GET /gmail/v1/users/me/threads", seconds=3.4))
    before = {m.ts for m in stage.ann.messages("general")}
    ask(stage, stage.ann, f"/inbox {DANA}")
    said = [m for m in stage.ann.messages("general") if m.ts not in before]
    assert ["still reading" in m.text for m in said] == [True, False]


# --- whom ------------------------------------------------------------------------------------------------


def add_mira(stage: Stage) -> None:
    connect(stage)
    add_contact(
        stage,
        "Mira Kowalska",
        *("mira@kowalska.example", "m.kowalska@harbourworks.example", "mira.kow@gmail.example"),
        company="Harbour Works",
    )


def words_of(blocks: list[dict[str, object]]) -> set[str]:
    return set(texts(blocks).replace("\n", " ").split(" "))


def test_a_contact_is_found_by_name_with_all_addresses(stage: Stage) -> None:
    add_mira(stage)
    answer = ask(stage, stage.ann, "/inbox kowálska")
    shown = texts(answer.blocks)
    assert shown.startswith("Mira Kowalska")
    assert "mira@kowalska.example · m.kowalska@harbourworks.example · mira.kow@gmail.example" in shown
    assert len(subjects(answer)) >= 2
    assert "Record" in shown


def test_several_contacts_of_a_name_are_offered(stage: Stage) -> None:
    connect(stage)
    add_contact(stage, "Tom Abel", "tom@abel.example", company="Abel Ltd")
    add_contact(stage, "Tom Abel", "tom@abe1.example")
    answer = ask(stage, stage.ann, "/inbox tom abel")
    shown = texts(answer.blocks)
    assert "2 contacts go by that name." in shown
    assert "tom@abel.example · Abel Ltd" in shown
    blocks = [b for b in answer.blocks if "tom@abe1.example" in json.dumps(b)]
    stage.press(stage.ann, answer, "inbox.show_threads", block_id=blocks[0]["block_id"])
    assert "tom@abe1.example" in texts(answer.blocks)
    assert "2 contacts" not in texts(answer.blocks)


def test_more_than_eight_of_a_name_lead_to_find(stage: Stage) -> None:
    connect(stage)
    for number in range(12):
        add_contact(stage, f"Kim Lee {number}", f"kim{number}@lee.example")
    answer = ask(stage, stage.ann, "/inbox Kim")
    assert "More than 8 contacts" in answer.text
    assert len(answer.blocks) <= 11
    stage.press(stage.ann, answer, "inbox.find")
    assert stage.ann.window().callback_id == "inbox.find"


@pytest.mark.parametrize("typed", ["Zaphod", "find scan", "health", "<!channel> *x*"])
def test_a_name_that_nobody_has_is_said_with_ways_on(stage: Stage, typed: str) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {typed}")
    shown = texts(answer.blocks)
    assert "Nobody in your contacts is called" in shown
    assert "/inbox help" in shown
    assert {"Find", "New contact"} <= set(shown.split("\n"))
    assert "<!channel>" not in answer.text


def test_several_addresses_are_asked_back_and_two_of_one_contact_are_one(stage: Stage) -> None:
    add_mira(stage)
    answer = ask(stage, stage.ann, f"/inbox {DANA} {IVO} label")
    assert "one person at a time" in answer.text
    press = next(b for b in answer.blocks if DANA in json.dumps(b) and "accessory" in b)
    stage.press(stage.ann, answer, "inbox.show_threads", block_id=press["block_id"])
    assert subjects(answer)
    assert "Lunch when you are in town?" not in subjects(answer), "the words were lost"
    one = ask(stage, stage.ann, "/inbox mira@kowalska.example mira.kow@gmail.example")
    assert texts(one.blocks).startswith("Mira Kowalska")


def test_the_own_address_is_answered_with_a_sentence(stage: Stage) -> None:
    connect(stage)
    for own in ("ann@northwind.example", "ann.lee@northwind.example"):
        answer = ask(stage, stage.ann, f"/inbox {own}")
        assert f"{own} is your own address." in texts(answer.blocks)
        assert "It is not mine" not in texts(answer.blocks)


def test_an_address_claimed_by_mistake_can_be_given_back_where_it_is_asked_for(stage: Stage) -> None:
    connect(stage)
    stage.press(stage.ann, ask(stage, stage.ann, f"/inbox {NADIA}"), "inbox.that_is_mine")
    answer = ask(stage, stage.ann, f"/inbox {SALES}")
    assert f"{SALES} is your own address." in texts(answer.blocks)
    stage.press(stage.ann, answer, "inbox.not_mine")
    assert f"{SALES} is your own address." not in texts(answer.blocks)


def test_a_colleague_named_with_at_is_found_by_the_address_that_slack_knows(stage: Stage) -> None:
    connect(stage)
    ben = stage.person("ben").id
    expected = subjects(ask(stage, stage.ann, "/inbox ben@northwind.example"))
    assert expected
    assert subjects(ask(stage, stage.ann, f"/inbox <@{ben}|ben>")) == expected
    for unknown in ("<@U0NOBODY>", "@nobody-here"):
        answer = ask(stage, stage.ann, f"/inbox {unknown}")
        assert "Slack does not tell Mailroom the address" in answer.text


def test_what_was_asked_before_connecting_travels_with_the_button(stage: Stage) -> None:
    answer = ask(stage, stage.ann, f"/inbox {DANA} label")
    value = json.loads(stage.ann.element(answer, "accounts.connect_google")["value"])
    assert (value["address"], value["words"]) == (DANA, "label")


def test_an_older_page_is_found_again_hours_later(many: Stage) -> None:
    connect(many)
    answer = ask(many, many.ann, f"/inbox {IVO}")
    newest = subjects(answer)
    many.later(timedelta(minutes=20))
    many.press(many.ann, answer, "inbox.older")
    assert subjects(answer)
    assert not set(subjects(answer)) & set(newest)
    assert row_of(answer, subjects(answer)[0])
