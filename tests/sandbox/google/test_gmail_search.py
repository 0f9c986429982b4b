"""The search language, through the real client."""

from datetime import timedelta

import pytest

from sandbox.mail.mailbox import STARRED
from tests.sandbox.google.stand import ANN, DANA, Stand, letter


def fill(stand: Stand) -> None:
    """Subjects are what the tests name messages by."""
    me, day = ANN.address, timedelta(days=1)
    stand.mail("Dana Reyes <dana@partner.example>", me, "one", "the pricing table", ago=day)
    stand.mail("dana@partner.example.org", me, "longer", "pricing", ago=2 * day)
    stand.mail("Joe <joe-dana@partner.example>", me, "hyphen", ago=3 * day)
    stand.mail('"Ask dana@partner.example" <robot@spam.example>', me, "named", ago=4 * day)
    stand.mail(me, "dana@partner.example", "sent", "the table of prices", ago=5 * day)
    stand.mail("eve@elsewhere.example", me, "copied", Cc="dana@partner.example", ago=6 * day)
    stand.mail("bob@x.example", me, "unrelated", "nothing", ago=20 * day)
    stand.mail("ann+list@x.example", me, "plus", ago=7 * day)
    junk = letter("dana@partner.example", me, "junk")
    gone = letter("dana@partner.example", me, "gone")
    stand.world.send(junk.as_bytes(), delivered_labels=("SPAM",))
    stand.world.send(gone.as_bytes(), delivered_labels=("TRASH",))


def found(stand: Stand, query: str, **more: object) -> set[str]:
    messages = stand.gmail().users().messages()
    listed = messages.list(userId="me", q=query, **more).execute().get("messages", [])
    mailbox = stand.world.mailbox(ANN.address)
    return {one.raw.subject for got in listed if (one := mailbox.message(got["id"]))}


@pytest.mark.parametrize(
    ("query", "subjects"),
    [
        # whole words in name and address, no equality: a superset that the caller has to check
        ("from:dana@partner.example", {"one", "longer", "hyphen", "named"}),
        ('from:"dana@partner.example"', {"one", "longer", "hyphen", "named"}),
        ("from:dana", {"one", "longer", "hyphen", "named"}),
        ("from:dan", set()),
        ("from:reyes", {"one"}),
        ("FROM:DANA@PARTNER.EXAMPLE subject:one", {"one"}),
        ("to:dana@partner.example", {"sent", "copied"}),
        ("cc:dana@partner.example", {"copied"}),
        ("{from:reyes to:dana@partner.example}", {"one", "sent", "copied"}),
        ("from:reyes OR to:dana@partner.example", {"one", "sent", "copied"}),
        ("(from:dana to:ann) pricing", {"one", "longer"}),
        ("from:(dana reyes)", {"one"}),
        ("from:{reyes bob}", {"one", "unrelated"}),
        ("from:reyes OR from:bob pricing", {"one"}),
        ("pricing -from:reyes", {"longer"}),
        ("-{from:dana to:dana}", {"unrelated", "plus"}),
        ('"pricing table"', {"one"}),
        ('"table pricing"', set()),
        ("pric", set()),
        ("from:ann+list@x.example", {"plus"}),
        ("in:sent", {"sent"}),
        ("in:inbox from:bob", {"unrelated"}),
        ("in:spam", {"junk"}),
        ("in:anywhere from:dana subject:{junk gone}", {"junk", "gone"}),
        ("subject:junk", set()),
        ("newer_than:2d", {"one", "longer"}),
        ("older_than:10d", {"unrelated"}),
        ("newer_than:1m older_than:10d", {"unrelated"}),
        ("after:2026/11/18", {"one", "longer"}),
        ("before:2026/11/01", {"unrelated"}),
        ("after:rubbish", set()),
        ("is:unread from:bob", {"unrelated"}),
        ("is:starred", set()),
        ("", {"one", "longer", "hyphen", "named", "sent", "copied", "unrelated", "plus"}),
        # what an address with query signs in it would do if it were let through
        ("from:x@y.example} OR {from:bob", {"unrelated"}),
    ],
)
def test_a_query_finds_what_gmail_would_find(stand: Stand, query: str, subjects: set[str]) -> None:
    fill(stand)
    assert found(stand, query) == subjects


def test_epochs_are_exact_and_days_begin_in_california(stand: Stand) -> None:
    noon = stand.clock.now()
    stand.mail(DANA.address, ANN.address, "morning", ago=timedelta(hours=4, seconds=1))  # 07:59:59 UTC
    stand.mail(DANA.address, ANN.address, "later", ago=timedelta(hours=4))  # 08:00 UTC, midnight there
    assert found(stand, "after:2026/11/20") == {"later"}
    assert found(stand, "before:2026/11/20") == {"morning"}
    moment = int((noon - timedelta(hours=4)).timestamp())
    assert found(stand, f"after:{moment}") == {"later"}
    assert found(stand, f"after:{moment - 1}") == {"later", "morning"}
    assert found(stand, f"before:{moment}") == {"morning"}


def test_spam_and_trash_come_with_the_flag(stand: Stand) -> None:
    fill(stand)
    assert {"junk", "gone"} <= found(stand, "from:dana", includeSpamTrash=True)


def test_a_message_is_found_by_its_message_id(stand: Stand) -> None:
    wanted = stand.mail(DANA.address, ANN.address, "this")
    stand.mail(DANA.address, ANN.address, "that")
    assert found(stand, f"rfc822msgid:{wanted}") == {"this"}
    assert found(stand, f"rfc822msgid:{wanted.strip('<>')}") == {"this"}


def test_aliases_are_not_expanded(stand: Stand) -> None:
    stand.mail("Northwind Sales <sales@northwind.example>", DANA.address, "as sales")
    assert found(stand, "from:ann@northwind.example") == set()
    assert found(stand, "from:sales@northwind.example") == {"as sales"}


def test_a_thread_is_found_by_one_of_its_messages_alone(stand: Stand) -> None:
    first = stand.mail(DANA.address, ANN.address, "Prices", "apples")
    stand.mail(ANN.address, DANA.address, "Re: Prices", "pears", answers=first)
    threads = stand.gmail().users().threads()
    assert threads.list(userId="me", q="apples").execute()["resultSizeEstimate"] == 1
    assert threads.list(userId="me", q="apples pears").execute()["resultSizeEstimate"] == 0


def test_stars_and_words_in_html_are_found(stand: Stand) -> None:
    message = letter(DANA.address, ANN.address, "rich")
    message.set_content(
        "<style>p{color:red}</style><p>Gr&uuml;&szlig;e aus <b>Bremen</b></p>", subtype="html"
    )
    stand.world.send(message.as_bytes())
    mailbox = stand.world.mailbox(ANN.address)
    mailbox.relabel(mailbox.messages()[0].id, add=[STARRED])
    assert found(stand, "is:starred grüße bremen") == {"rich"}
    assert found(stand, "color") == set()


@pytest.mark.parametrize(
    "query", ["(((", ")))", "{", '"', "-", "OR", "| |", "from:", "from:(", '-"', "a OR", "()"]
)
def test_a_broken_query_is_never_an_error(stand: Stand, query: str) -> None:
    stand.mail(DANA.address, ANN.address, "one")
    assert found(stand, query) <= {"one"}
