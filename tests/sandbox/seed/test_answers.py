import pytest

from sandbox.people.reading import read
from tests.sandbox.seed.place import ANN, Place


def test_somebody_written_to_answers_in_the_same_thread_on_both_sides(place: Place) -> None:
    before = len(place.ann.messages())
    sent = place.write("dana@northwind.example", "Can you come on Tuesday?")
    assert place.arrived(before) == []
    place.wait()
    (answer,) = place.arrived(before)
    assert answer.thread_id == sent.thread_id
    assert answer.raw.first("In-Reply-To") == sent.raw.message_id
    assert answer.raw.subject == "Re: A question"
    assert answer.raw.addresses("From") == [("Dana Reyes", "dana@northwind.example")]
    dana = place.world.mailbox("dana@northwind.example")
    newest = dana.messages()[0]
    assert [one.raw.message_id for one in dana.thread(newest.thread_id)] == [
        sent.raw.message_id,
        answer.raw.message_id,
    ]


def test_an_answer_quotes_what_it_answers_and_speaks_to_the_person(place: Place) -> None:
    before = len(place.ann.messages())
    place.write("dana@northwind.example", "What would 400 bags cost?")
    place.wait()
    reading = read(place.arrived(before)[0].raw)
    assert reading.text.startswith("Hi Ann,")
    assert "> What would 400 bags cost?" in reading.text
    assert "What would 400 bags cost?" in reading.source


def test_people_abroad_answer_in_their_language(place: Place) -> None:
    before = len(place.ann.messages())
    place.write("juergen.weiss@weiss-maschinen.example", "When can you come?")
    place.wait()
    answer = place.arrived(before)[0]
    assert answer.raw.subject == "AW: A question"
    assert read(answer.raw).text.startswith("Hallo Ann,")


def test_nobody_answers_an_answer(place: Place) -> None:
    before = len(place.ann.messages())
    place.world.send(
        b"From: Ben Ortiz <ben@northwind.example>\r\nTo: Cleo Martin <cleo@northwind.example>\r\n"
        b"Subject: Hello\r\nMessage-ID: <hello@northwind.example>\r\n\r\nHow are you?\r\n"
    )
    for _ in range(5):
        place.wait(60)
    ben = place.world.mailbox("ben@northwind.example")
    hello = [one for one in ben.messages() if one.raw.base_subject == "hello"]
    assert len(hello) == 2
    assert len(place.ann.messages()) == before


@pytest.mark.parametrize(
    "headers",
    ["Auto-Submitted: auto-replied\r\n", "Precedence: bulk\r\n", "List-Id: <a.list.example>\r\n"],
)
def test_nobody_answers_a_machine(place: Place, headers: str) -> None:
    before = len(place.ann.messages())
    place.write("dana@northwind.example", "I am away.", headers=headers)
    place.wait(120)
    assert place.arrived(before) == []


def test_a_machine_and_a_copy_stay_silent(place: Place) -> None:
    before = len(place.ann.messages())
    place.write("no-reply@coastrail.example", "Hello?", headers="Cc: tom@abel.example\r\n")
    place.wait(120)
    assert place.arrived(before) == []


def test_an_address_that_does_not_exist_comes_back_as_a_bounce(place: Place) -> None:
    before = len(place.ann.messages())
    place.write("danna@northwind.example", "Hello?")
    place.wait()
    (bounce,) = place.arrived(before)
    assert bounce.raw.first("X-Failed-Recipients") == "danna@northwind.example"
    assert bounce.raw.parse().get_content_type() == "multipart/report"
    assert bounce.raw.first("Return-Path") == "" or dict(bounce.trace)["Return-Path"] == "<>"


def test_who_is_away_says_so_once(place: Place) -> None:
    before = len(place.ann.messages())
    for subject in ("One", "Two"):
        place.write("grete.holm@holm.example", "When may we come?", subject=subject)
        place.wait(60)
    (away,) = place.arrived(before)
    assert away.raw.first("Auto-Submitted") == "auto-replied"
    assert away.raw.subject == "Automatic reply: One"


def test_the_past_is_not_answered(place: Place) -> None:
    before = len(place.ann.messages())
    place.wait(3600)
    assert len(place.ann.messages()) == before


def test_an_answer_goes_to_the_reply_address(place: Place) -> None:
    private = place.world.mailbox("ann.lee.private@gmail.example")
    before = len(private.messages())
    place.write("tom@abel.example", "Hello?", headers=f"Reply-To: {private.person.address}\r\n")
    place.wait()
    assert len(private.messages()) == before + 1
    assert private.messages()[0].raw.addresses("To")[0][1] != ANN


def test_an_alias_is_answered_at_the_alias(place: Place) -> None:
    place.world.send(
        b"From: Ann Lee <ann.lee@northwind.example>\r\nTo: olivia.grant@granthill.example\r\n"
        b"Subject: Quote\r\nMessage-ID: <q@northwind.example>\r\n\r\nShall we?\r\n"
    )
    place.wait()
    newest = place.ann.messages()[0]
    assert newest.raw.addresses("To") == [("Ann Lee", "ann.lee@northwind.example")]
