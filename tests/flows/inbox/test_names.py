"""A name with words after it: whose conversations, and which of them."""

from tests.flows.inbox.reading import add_contact, ask, subjects
from tests.stage import Stage, connect, texts

DANA = "dana@northwind.example"


def test_words_after_a_contacts_name_narrow_what_is_listed(stage: Stage) -> None:
    connect(stage)
    add_contact(stage, "Dana Reyes", DANA)
    assert subjects(ask(stage, stage.ann, "/inbox Dana canal")) == ["Lunch when you are in town?"]
    assert subjects(ask(stage, stage.ann, "/inbox dana reyes canal")) == ["Lunch when you are in town?"]
    assert subjects(ask(stage, stage.ann, "/inbox find Dana canal")) == ["Lunch when you are in town?"]


def test_the_longest_name_wins(stage: Stage) -> None:
    connect(stage)
    add_contact(stage, "Dana", "other@dana.example")
    add_contact(stage, "Dana Reyes", DANA)
    assert subjects(ask(stage, stage.ann, "/inbox Dana Reyes canal")) == ["Lunch when you are in town?"]


def test_several_of_a_name_are_offered_and_the_words_go_along(stage: Stage) -> None:
    connect(stage)
    add_contact(stage, "Dana Reyes", DANA)
    add_contact(stage, "Dana Stone", "dana@stone.example")
    answer = ask(stage, stage.ann, "/inbox dana canal")
    assert "2 contacts go by that name." in texts(answer.blocks)
    block = next(one for one in answer.blocks if DANA in texts([one]))
    stage.press(stage.ann, answer, "inbox.show_threads", block_id=block["block_id"])
    assert subjects(answer) == ["Lunch when you are in town?"]


def test_a_beginning_of_a_name_or_a_company_is_no_name(stage: Stage) -> None:
    connect(stage)
    add_contact(stage, "Dana Reyes", DANA, company="Abel & Sons")
    for typed in ("Da canal", "Abel canal", "canal Dana"):
        assert "Nobody in your contacts is called" in texts(ask(stage, stage.ann, f"/inbox {typed}").blocks)
