"""Typed words, signature and quotation as one message, and what came in meanwhile."""

from dataclasses import replace
from typing import Any

from bot.inbox.composing import Answered, find_answered, letter, may_receive, names_in
from bot.inbox.letters import Body
from bot.inbox.rich_text import as_typed
from bot.words import Reader, zone_named
from providers.mail import EmailAddress, Outgoing
from tests.bot.inbox.given import BEN, DANA, ME, NOW, message, people, thread

OWN, CONTACT = frozenset({ME}), frozenset({DANA})


def made(body: Body, **changes: Any) -> Outgoing:
    values: dict[str, Any] = {
        "sender": EmailAddress(ME, "Ann Lee"),
        "to": EmailAddress(DANA, "Dana"),
        "subject": "Kettles",
        "signature": "",
        "answered": None,
        "reader": Reader(zone=zone_named("Europe/Berlin"), now=NOW),
    }
    return letter(body, **{**values, **changes})


def answered(**changes: Any) -> Answered:
    first = message(3, subject="Kettles", message_id="<m3@x>", references=("<m1@x>",), **changes)
    found = find_answered(thread(first), "m3", OWN, CONTACT)
    assert found is not None
    return found


def test_text_signature_and_quotation_stand_in_this_order() -> None:
    body = Body(as_typed("Yes."), signature=True, quote=True)
    out = made(body, signature="Ann Lee\nNorthwind", answered=answered(text="Is it there?\n\nD."))
    assert out.text == (
        "Yes.\n\n-- \nAnn Lee\nNorthwind\n\n"
        "On 20 November 2026 at 08:00, dana@northwind.example wrote:\n> Is it there?\n>\n> D."
    )
    assert out.html.index("Yes.") < out.html.index("Northwind") < out.html.index('<blockquote type="cite"')
    assert out.in_reply_to is not None
    assert (out.in_reply_to.rfc_message_id, out.in_reply_to.references) == ("<m3@x>", ("<m1@x>",))


def test_without_the_boxes_only_the_typed_words_go() -> None:
    out = made(Body(as_typed("Yes."), False, False), signature="Ann Lee", answered=answered())
    assert out.text == "Yes."


def test_words_of_others_never_become_markup() -> None:
    hostile = answered(text="<img src=x onerror=y> & <b>")
    hostile = replace(
        hostile, message=replace(hostile.message, sender=EmailAddress(DANA, "<script>alert</script>"))
    )
    out = made(Body(as_typed("Yes."), True, True), signature="<a href=x>", answered=hostile)
    assert "<img" not in out.html
    assert "<script" not in out.html
    assert "<a href=x" not in out.html


def test_newer_messages_of_the_same_person_are_found_and_no_others() -> None:
    first, mine = message(5), message(4, ME, (DANA,))
    theirs, group = message(3), message(2, DANA, (ME, BEN))
    found = find_answered(thread(first, mine, theirs, group), "m5", OWN, CONTACT)
    assert found is not None
    assert [m.id for m in found.newer] == ["m3"]
    assert find_answered(thread(mine), "m5", OWN, CONTACT) is None


def test_another_address_of_the_contact_counts_as_the_same_person() -> None:
    first, other = message(5), message(3, "dana@home.example")
    contact = frozenset({DANA, "dana@home.example"})
    found = find_answered(thread(first, other), "m5", OWN, contact)
    assert found is not None
    assert [m.id for m in found.newer] == ["m3"]
    alone = find_answered(thread(first, other), "m5", OWN, frozenset())
    assert alone is not None
    assert alone.newer == ()


def test_an_answer_goes_to_the_person_or_where_the_person_asks_and_nowhere_else() -> None:
    asked = message(3, reply_to=people("billing@northwind.example"))
    assert may_receive(DANA, asked, OWN, frozenset())
    assert may_receive("billing@northwind.example", asked, OWN, frozenset())
    assert may_receive("dana@home.example", asked, OWN, frozenset({"dana@home.example"}))
    assert not may_receive(BEN, asked, OWN, CONTACT)


def test_names_are_taken_from_their_owners_first() -> None:
    theirs = replace(message(5), to=(EmailAddress(ME, "A. Lee"),), sender=EmailAddress(DANA, "Dana"))
    mine = replace(message(4, ME), to=(EmailAddress(DANA, "D."),), sender=EmailAddress(ME, "Ann Lee"))
    assert names_in([theirs, mine]) == {ME: "Ann Lee", DANA: "Dana"}
