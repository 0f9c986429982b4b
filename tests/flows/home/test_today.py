"""App Home: what a member finds there before, while and after a mailbox is connected."""

from datetime import timedelta

from sandbox.faults import Fault, Kind
from sandbox.slack.state import View
from tests.flows.contacts.people import DANA, fill, new_contact, open_form, submit, title
from tests.flows.home.looking import look, rows, shown, words
from tests.flows.writing.post import open_reply, send
from tests.flows.writing.post import submit as submit_mail
from tests.stage import Stage, connect

IVO = "ivo@petrovparts.example"


def add(stage: Stage, name: str, address: str) -> None:
    form = new_contact(stage)
    fill(stage.ann, form, name=name, addresses=address)
    assert submit(stage, stage.ann).accepted
    stage.ann.close()


def test_somebody_new_reads_what_it_does_and_never_does_and_can_connect(stage: Stage) -> None:
    home = look(stage)
    said = words(home)
    assert "No mailbox is connected yet." in said
    assert "What Mailroom does" in said
    assert "A scan, when you ask for it, finds them by name, address and how much went" in said
    assert "It never stores the mail that you read" in said
    assert "What it never does" in said
    assert "/inbox and an address" in said
    stage.press(stage.ann, home, "accounts.connect_google")
    assert "Gmail" in title(stage.ann.window())
    assert "external_select" not in str(home.blocks), "there is nobody to find yet"


def test_contacts_of_the_team_are_found_before_anything_is_connected(stage: Stage) -> None:
    add(stage, "Dana Reyes", DANA)
    home = look(stage, "ben")
    ben = stage.person("ben")
    (offered,) = ben.options(home, "inbox.whom", "dana")
    stage.press(ben, home, "inbox.whom", value=offered["value"])
    assert "No mailbox is connected yet" in words(ben.window())
    assert "Connect Gmail" in words(ben.window())


def test_connecting_shows_on_home_at_once(stage: Stage) -> None:
    look(stage)
    connect(stage)
    home = shown(stage)
    assert "ann@northwind.example connected" in words(home)
    assert "What Mailroom does" not in words(home)
    assert "Type /inbox and an address" in words(home)


def test_choosing_somebody_on_home_opens_the_record_and_empties_the_menu(stage: Stage) -> None:
    connect(stage)
    add(stage, "Dana Reyes", DANA)
    home = look(stage)
    before = _menu(home)
    offered = stage.ann.options(home, "inbox.whom", "")
    assert [one["text"]["text"] for one in offered] == ["Dana Reyes"]
    stage.press(stage.ann, home, "inbox.whom", value=offered[0]["value"])
    assert title(stage.ann.window()) == "Record"
    assert "Lunch when you are in town?" in words(stage.ann.window())
    assert _menu(shown(stage)) != before


def _menu(home: View) -> str:
    menus = (b for b in home.blocks if b.get("accessory", {}).get("action_id") == "inbox.whom")
    return str(next(menus)["block_id"])


def test_a_whole_address_typed_on_home_shows_mail_with_a_stranger(stage: Stage) -> None:
    connect(stage)
    home = look(stage)
    (offered,) = stage.ann.options(home, "inbox.whom", f" {IVO.upper()} ")
    assert offered["text"]["text"] == f"Show mail with {IVO}"
    stage.press(stage.ann, home, "inbox.whom", value=offered["value"])
    assert title(stage.ann.window()) == "Not in your contacts"


def test_the_last_five_people_looked_at_stand_on_home_the_last_one_first(stage: Stage) -> None:
    for number in range(7):
        add(stage, f"Person {number}", f"p{number}@example.com")
        stage.later(timedelta(minutes=1))
    recent = rows(look(stage), "Recent contacts")
    assert [row["text"]["text"].split("\n")[0] for row in recent] == [f"Person {n}" for n in (6, 5, 4, 3, 2)]
    labels = [row["accessory"]["accessibility_label"] for row in recent]
    assert labels[0] == "Conversations with Person 6"
    stage.press(stage.ann, shown(stage), "record.open", block_id=recent[2]["block_id"])
    assert "Person 4" in words(stage.ann.window())
    first = rows(shown(stage), "Recent contacts")[0]["text"]["text"]
    assert first.startswith("Person 4")


def test_a_colleague_does_not_see_whom_one_looked_at(stage: Stage) -> None:
    add(stage, "Dana Reyes", DANA)
    assert "Dana Reyes" not in words(look(stage, "ben"))


def test_the_page_used_last_is_kept_for_an_hour(stage: Stage) -> None:
    connect(stage)
    stage.press(stage.ann, look(stage), "home.accounts")
    assert "Allowed: reading" in words(shown(stage))
    stage.later(timedelta(minutes=59))
    assert "Allowed: reading" in words(look(stage))
    stage.later(timedelta(minutes=61))
    assert "Whose conversations" in words(look(stage))
    stage.press(stage.ann, shown(stage), "home.accounts")
    stage.press(stage.ann, shown(stage), "home.today")
    assert "Whose conversations" in words(shown(stage))


def test_lost_access_stands_above_every_page_with_the_way_on(stage: Stage) -> None:
    connect(stage)
    look(stage)
    stage.google.revoke("ann@northwind.example")
    stage.type(stage.ann, f"/inbox {DANA}")
    stage.settle()
    for page in ("home.today", "home.accounts"):
        stage.press(stage.ann, shown(stage), page)
        assert "Google has ended Mailroom's access to ann@northwind.example" in words(shown(stage))
    notice = next(b for b in shown(stage).blocks if "has ended" in str(b.get("text", "")))
    stage.press(stage.ann, shown(stage), "accounts.reconnect", block_id=notice["block_id"])
    assert stage.ann.windows()


def test_a_guest_and_a_stranger_read_one_sentence_with_the_ways_to_help(stage: Stage) -> None:
    guest = words(look(stage, "gia"))
    assert "Mailroom is for members of Northwind. Your administrator can allow guests." in guest
    stranger = words(look(stage, "sam"))
    assert "This Mailroom belongs to Northwind" in stranger
    for said in (guest, stranger):
        assert "/help|Help" in said
        assert "/privacy|Privacy" in said
        assert "Connect" not in said
    with stage.mailroom.database.read() as tx:
        assert tx.connection.exec_driver_sql("select count(*) from member").scalar() == 0


def test_the_messages_tab_draws_no_home(stage: Stage) -> None:
    stage.ann.open_messages()
    stage.settle()
    assert stage.ann.home() is None


def test_what_is_sent_and_what_needs_the_member_stand_on_home_and_open(stage: Stage) -> None:
    connect(stage)
    open_reply(stage, DANA)
    send(stage, "Gladly, at noon.")
    stage.ann.close()
    sent = rows(shown(stage), "Sending and sent")
    assert len(sent) == 1
    assert "Sent 10:00" in sent[0]["text"]["text"]

    open_reply(stage, IVO)
    assert submit_mail(stage, "Thank you.").accepted
    stage.google.revoke("ann@northwind.example")
    stage.later(timedelta(seconds=1))
    stage.ann.close()
    needs = rows(shown(stage), "Needs you")
    assert len(needs) == 1
    assert IVO in needs[0]["text"]["text"] or "Ivo" in needs[0]["text"]["text"]
    stage.press(stage.ann, shown(stage), "inbox.open_outgoing", block_id=needs[0]["block_id"])
    assert "Not sent" in words(stage.ann.window())


def test_a_name_full_of_signs_is_shown_as_it_is_and_calls_nobody(stage: Stage) -> None:
    add(stage, "<!channel> *Dana* \u202eevil", DANA)
    row = rows(look(stage), "Recent contacts")[0]
    assert row["text"]["type"] == "plain_text"
    assert "<!channel> *Dana* evil" in row["text"]["text"]


def test_a_home_that_slack_does_not_take_is_drawn_at_the_next_opening(stage: Stage) -> None:
    stage.faults.add(Fault("slack", Kind.STATUS, path="views.publish", times=2))
    stage.ann.open_home()
    stage.settle()
    assert stage.ann.home() is None
    assert "What Mailroom does" in words(look(stage))


def test_what_went_wrong_is_said_above_the_page_that_was_asked_for_and_once(stage: Stage) -> None:
    connect(stage)
    home = look(stage)
    stage.faults.add(Fault("slack", Kind.STATUS, path="views.publish"))
    stage.press(stage.ann, home, "home.accounts")
    assert "Nothing was lost" in words(shown(stage))
    assert "Allowed: reading" in words(shown(stage))
    assert "Nothing was lost" not in words(look(stage))


def test_what_happens_elsewhere_redraws_home(stage: Stage) -> None:
    connect(stage)
    look(stage)
    fill(stage.ann, open_form(stage, stage.ann, DANA), name="Dana Reyes")
    assert submit(stage, stage.ann).accepted
    assert "Dana Reyes" in words(shown(stage))
