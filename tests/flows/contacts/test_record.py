"""The record: one's own conversations with somebody, and what everybody knows of them."""

from datetime import timedelta

from sandbox.slack.state import View
from tests.flows.contacts.people import (
    DANA,
    RECORD,
    everybody,
    fill,
    new_contact,
    open_form,
    submit,
    title,
)
from tests.stage import Stage, connect, texts

IVO = "ivo@petrovparts.example"
WORDS = "record.words"


def add(stage: Stage, address: str, name: str, **fields: str) -> View:
    """Add somebody from their conversations and return the record that the form becomes."""
    form = open_form(stage, stage.ann, address)
    fill(stage.ann, form, name=name, **fields)
    assert submit(stage, stage.ann).accepted
    return stage.ann.window()


def subjects(window: View) -> list[str]:
    """The subjects of the conversations, from top to bottom."""
    rows = zip(window.blocks, window.blocks[1:], strict=False)
    return [
        block["elements"][0]["elements"][0]["text"]
        for block, below in rows
        if any(e.get("action_id") == "inbox.open_thread" for e in below.get("elements", []))
    ]


def words_block(window: View) -> str:
    return str(next(b["block_id"] for b in window.blocks if b["type"] == "input"))


def search(stage: Stage, words: str) -> View:
    window = stage.ann.window()
    stage.ann.fill(window, WORDS, words, block_id=words_block(window))
    assert submit(stage, stage.ann).accepted
    return stage.ann.window()


def test_a_record_shows_ten_conversations_and_turns_to_older_ones_and_back(stage: Stage) -> None:
    connect(stage)
    record = add(stage, IVO, "Ivo Petrov")
    first = subjects(record)
    assert title(record) == "Record"
    assert len(record.blocks) <= 5 + 10 * 2 + 3
    assert 5 < len(first) <= 10
    if "Older" in texts(record.blocks):
        stage.press(stage.ann, record, "record.older")
        second = subjects(stage.ann.window())
        assert second and not set(second) & set(first)
        stage.press(stage.ann, stage.ann.window(), "record.newer")
        assert subjects(stage.ann.window()) == first


def test_a_search_narrows_the_record_and_can_be_taken_back(stage: Stage) -> None:
    connect(stage)
    everything = subjects(add(stage, DANA, "Dana Reyes"))
    narrowed = search(stage, "label")
    assert "Photo of the new label" in subjects(narrowed)
    assert set(subjects(narrowed)) < set(everything)
    assert len(stage.ann.windows()) == 1
    nothing = search(stage, "zeppelin")
    assert subjects(nothing) == []
    assert "No one-to-one conversation with Dana Reyes contains these words." in texts(nothing.blocks)
    stage.press(stage.ann, nothing, "record.all")
    assert subjects(stage.ann.window()) == everything
    field = next(b for b in stage.ann.window().blocks if b["type"] == "input")
    assert "initial_value" not in field["element"]


def test_details_say_what_is_known_and_who_added_it(stage: Stage) -> None:
    connect(stage)
    record = add(
        stage,
        DANA,
        "Dana <!channel> Reyes",
        addresses=f"{DANA}\ndana@home.example",
        company="Northwind & Sons",
        title="Buyer",
        phone="+31 20 555 01 23",
        notes="Prefers mornings.\n*Never* on <@U0ANN> Fridays.",
    )
    stage.press(stage.ann, record, "record.tab_details")
    shown = texts(stage.ann.window().blocks)
    for known in (
        "Dana <!channel> Reyes",
        "dana@home.example",
        "Northwind & Sons",
        "Buyer",
        "+31 20 555 01 23",
        "*Never* on <@U0ANN> Fridays.",
        "Added by Ann Lee, today",
    ):
        assert known in shown
    assert shown.index(DANA) < shown.index("dana@home.example")
    assert stage.ann.window().submit is None
    stage.press(stage.ann, stage.ann.window(), "record.tab_inbox")
    assert "Lunch when you are in town?" in subjects(stage.ann.window())


def test_foreign_signs_in_a_name_never_become_markup(stage: Stage) -> None:
    connect(stage)
    record = add(stage, DANA, "<!channel> *Dana* <https://evil.example|Bank>")

    def marked(node: object) -> list[str]:
        if isinstance(node, dict):
            here = [str(node["text"])] if node.get("type") == "mrkdwn" else []
            return here + [t for value in node.values() for t in marked(value)]
        return [t for item in node for t in marked(item)] if isinstance(node, list) else []

    for tab in ("record.tab_details", "record.tab_inbox"):
        stage.press(stage.ann, record, tab)
        assert not [text for text in marked(stage.ann.window().blocks) if "Dana" in text]


def test_a_colleague_sees_the_contact_and_never_anothers_mail(stage: Stage) -> None:
    connect(stage)
    add(stage, DANA, "Dana Reyes", notes="Prefers mornings.")
    stage.ann.close()
    ben = stage.person("ben")
    ben.shortcut("inbox.find")
    find = ben.window()
    offered = ben.options(find, "inbox.whom", "dana")
    assert [o["text"]["text"] for o in offered] == ["Dana Reyes"]
    ben.fill(find, "inbox.whom", offered[0]["value"])
    assert submit(stage, ben).accepted
    record = ben.window()
    shown = texts(record.blocks)
    assert "Dana Reyes" in shown
    assert "No mailbox is connected yet" in shown
    assert "Connect Gmail" in shown
    assert subjects(record) == []
    stage.press(ben, record, "record.tab_details")
    assert "Prefers mornings." in texts(ben.window().blocks)
    assert "Lunch" not in texts(ben.window().blocks)


def test_somebody_who_is_no_contact_is_shown_with_five_conversations_and_a_way_to_add(stage: Stage) -> None:
    connect(stage)
    stage.ann.shortcut("inbox.find")
    find = stage.ann.window()
    (offered,) = stage.ann.options(find, "inbox.whom", IVO)
    stage.ann.fill(find, "inbox.whom", offered["value"])
    assert submit(stage, stage.ann).accepted
    window = stage.ann.window()
    assert title(window) == "Not in your contacts"
    assert len(subjects(window)) == 5
    assert len(window.blocks) <= 20
    stage.press(stage.ann, window, "contacts.add")
    stage.ann.close()
    assert title(stage.ann.window()) == "Not in your contacts", "not adding leads back"
    stage.press(stage.ann, window, "contacts.add")
    assert submit(stage, stage.ann).accepted
    assert len(stage.ann.windows()) == 1, "the window below has become the record"
    assert title(stage.ann.window()) == "Record"
    assert [c.addresses for c in everybody(stage)] == [(IVO,)]


def test_a_thread_is_read_on_top_of_the_record_and_its_record_takes_its_place(stage: Stage) -> None:
    connect(stage)
    record = add(stage, DANA, "Dana Reyes")
    stage.press(stage.ann, record, "inbox.open_thread", block_id=_row(record, "Lunch"))
    assert len(stage.ann.windows()) == 2
    thread = stage.ann.window()
    stage.press(stage.ann, thread, "inbox.thread_menu", value="person")
    assert len(stage.ann.windows()) == 2
    second = stage.ann.window()
    assert title(second) == "Record"
    stage.press(stage.ann, second, "record.tab_details")
    stage.press(stage.ann, stage.ann.window(), "record.back")
    assert len(stage.ann.windows()) == 2
    assert title(stage.ann.window()) == "Conversation"
    assert "Lunch when you are in town?" in texts(stage.ann.window().blocks)


def test_at_the_third_level_a_window_takes_the_place_of_the_one_pressed_in(stage: Stage) -> None:
    connect(stage)
    record = add(stage, DANA, "Dana Reyes")
    for _ in range(3):
        stage.press(stage.ann, stage.ann.window(), "inbox.open_thread", block_id=_row(record, "Lunch"))
        stage.press(stage.ann, stage.ann.window(), "inbox.thread_menu", value="person")
        record = stage.ann.window()
        assert title(record) == "Record"
    assert len(stage.ann.windows()) == 3
    assert not stage.ann.notices()


def _row(window: View, subject: str) -> str:
    for block, below in zip(window.blocks, window.blocks[1:], strict=False):
        if block["type"] == "rich_text" and texts([block]).startswith(subject):
            return str(below["block_id"])
    raise LookupError(subject)


def test_somebody_met_at_the_third_level_is_added_there(stage: Stage) -> None:
    connect(stage)
    stage.ann.shortcut("inbox.find")
    find = stage.ann.window()
    (offered,) = stage.ann.options(find, "inbox.whom", DANA)
    stage.ann.fill(find, "inbox.whom", offered["value"])
    assert submit(stage, stage.ann).accepted
    for _ in range(2):
        window = stage.ann.window()
        stage.press(stage.ann, window, "inbox.open_thread", block_id=_row(window, "Lunch"))
        stage.press(stage.ann, stage.ann.window(), "inbox.thread_menu", value="person")
    assert len(stage.ann.windows()) == 3
    stage.press(stage.ann, stage.ann.window(), "contacts.add")
    assert submit(stage, stage.ann).accepted
    assert [title(window) for window in stage.ann.windows()] == [
        "Not in your contacts",
        "Not in your contacts",
        "Record",
    ]


def test_a_contact_that_is_gone_is_said_and_nothing_is_lost(stage: Stage) -> None:
    connect(stage)
    record = add(stage, DANA, "Dana Reyes")
    with stage.mailroom.database.write() as tx:
        tx.connection.exec_driver_sql("delete from contact")
    stage.press(stage.ann, record, "record.tab_details")
    assert "is not there any more" in texts(stage.ann.window().blocks)


def test_an_address_in_all_mail_can_be_claimed_in_the_record(stage: Stage) -> None:
    connect(stage)
    fill(stage.ann, new_contact(stage), name="Nadia Haddad", addresses="nadia@haddad-foods.example")
    assert submit(stage, stage.ann).accepted
    record = stage.ann.window()
    assert "That address is mine" in texts(record.blocks)
    assert subjects(record) == []
    stage.press(stage.ann, record, "record.that_is_mine")
    claimed = stage.ann.window()
    assert subjects(claimed) != []
    assert "now counts as yours" in texts(claimed.blocks)
    stage.press(stage.ann, claimed, "record.not_mine")
    assert subjects(stage.ann.window()) == []
    assert "That address is mine" in texts(stage.ann.window().blocks)


def test_ones_own_address_is_said_to_be_ones_own_and_not_to_be_added(stage: Stage) -> None:
    connect(stage)
    stage.ann.shortcut("inbox.find")
    find = stage.ann.window()
    (offered,) = stage.ann.options(find, "inbox.whom", "ann@northwind.example")
    stage.ann.fill(find, "inbox.whom", offered["value"])
    assert submit(stage, stage.ann).accepted
    assert "This is your own address." in texts(stage.ann.window().blocks)
    assert "contacts.add" not in str(stage.ann.window().blocks)


def test_a_record_is_opened_from_the_answer_below_which_it_stands(stage: Stage) -> None:
    connect(stage)
    add(stage, DANA, "Dana Reyes")
    stage.ann.close()
    answer = stage.type(stage.ann, "/inbox dana reyes")
    assert answer is not None
    stage.press(stage.ann, answer, RECORD)
    assert "Lunch when you are in town?" in subjects(stage.ann.window())


def test_whom_one_looked_at_is_remembered_for_this_member_alone(stage: Stage) -> None:
    form = new_contact(stage)
    fill(stage.ann, form, name="Dana", addresses=DANA)
    assert submit(stage, stage.ann).accepted
    stage.later(timedelta(minutes=1))
    with stage.mailroom.database.read() as tx:
        rows = tx.connection.exec_driver_sql("select count(*) from recent_contact").scalar()
    assert rows == 1
