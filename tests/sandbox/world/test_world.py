"""The post and the mailboxes, without any vendor."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.mail.content import PartsCache, read_parts, text_of
from sandbox.mail.mailbox import TRASH
from sandbox.mail.people import Person
from sandbox.mail.raw import RawMessage, base_subject, with_header, without_headers
from sandbox.world import Delivery, World

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ANN = Person("Ann", ("ann@a.example", "sales@a.example"))
DANA = Person("Dana", ("dana@d.example",))
CARL = Person("Carl", ("carl@c.example",))


def world() -> World:
    made = World(lambda: NOW)
    for person in (ANN, DANA, CARL):
        made.add(person)
    return made


def letter(sender: str, to: str, subject: str, *more: str) -> bytes:
    return "\r\n".join(
        (f"From: {sender}", f"To: {to}", f"Subject: {subject}", *more, "", "Hello", "")
    ).encode()


def test_an_address_belongs_to_one_person_only() -> None:
    with pytest.raises(ValueError, match="live here already"):
        world().add(Person("Twin", ("twin@x.example", "SALES@a.example")))


def test_everybody_named_gets_it_once_and_the_bytes_are_shared() -> None:
    here = world()
    to = "Dana <DANA@d.example>, ann@a.example, sales@a.example, nobody@x.example"
    delivery = here.deliver(
        letter("carl@c.example", to, "Hi"), "carl@c.example", [*to.split(", ")[1:], "dana@d.example"]
    )
    assert delivery.unknown == ("nobody@x.example",)
    (ann,), (dana,) = (here.mailbox(one).messages() for one in ("sales@a.example", "dana@d.example"))
    assert ann.raw is dana.raw


def test_listeners_hear_of_what_is_delivered_unless_it_is_the_past() -> None:
    here = world()
    heard: list[Delivery] = []
    here.on_delivered(heard.append)
    here.send(letter("ann@a.example", "dana@d.example", "Old"), announce=False)
    here.send(letter("ann@a.example", "dana@d.example", "New"))
    assert [one.raw.subject for one in heard] == ["New"]
    assert [person.name for person, _ in heard[0].filed] == ["Dana"]


def test_a_copied_world_holds_the_same_mail_and_goes_its_own_way() -> None:
    here = world()
    first = here.send(letter("ann@a.example", "dana@d.example", "Plan", "Message-ID: <1@a>"), announce=False)
    assert first is not None
    heard: list[Delivery] = []
    here.on_delivered(heard.append)
    there = here.copy(lambda: NOW + timedelta(days=1))
    assert there.people == here.people
    assert there.mailbox("sales@a.example").messages() == here.mailbox("ann@a.example").messages()
    answer = letter("dana@d.example", "ann@a.example", "Re: Plan", "In-Reply-To: <1@a>")
    there.send(answer)
    there.mailbox("ann@a.example").relabel(first.id, add={TRASH})
    there.mailbox("dana@d.example").remove(there.mailbox("dana@d.example").messages()[-1].id)
    newest, oldest = there.mailbox("ann@a.example").messages()
    assert (newest.at, newest.thread_id) == (NOW + timedelta(days=1), first.thread_id)
    assert TRASH in oldest.labels
    assert here.mailbox("ann@a.example").messages() == (first,)
    assert here.mailbox("ann@a.example").history_since(first.history_id) == ()
    assert len(here.mailbox("dana@d.example").messages()) == 1
    assert heard == []
    kept = here.send(answer)
    assert kept is not None
    assert here.mailbox("ann@a.example").thread(first.thread_id)[-1].raw is kept.raw


def test_a_thread_needs_a_known_reference_and_the_same_subject() -> None:
    here = world()
    first = here.send(letter("ann@a.example", "dana@d.example", "Plan", "Message-ID: <1@a>"))
    here.send(
        letter("dana@d.example", "ann@a.example", "AW: Plan", "Message-ID: <2@d>", "In-Reply-To: <1@a>")
    )
    here.send(letter("dana@d.example", "ann@a.example", "Other", "In-Reply-To: <1@a>"))
    here.send(letter("dana@d.example", "ann@a.example", "Plan"))
    here.send(letter("dana@d.example", "ann@a.example", "Re: plan", "References: <0@x>", " <2@d>"))
    assert first is not None
    for address in ("ann@a.example", "dana@d.example"):
        mailbox = here.mailbox(address)
        assert mailbox.thread_count() == 3
    assert len(here.mailbox("ann@a.example").thread(first.thread_id)) == 3


def test_an_answer_that_came_before_its_question_is_in_one_thread_with_it() -> None:
    here = world()
    here.send(letter("dana@d.example", "ann@a.example", "Re: Plan", "In-Reply-To: <1@a>"), at=NOW)
    here.send(
        letter("carl@c.example", "ann@a.example", "Plan", "Message-ID: <1@a>"), at=NOW - timedelta(hours=1)
    )
    mailbox = here.mailbox("ann@a.example")
    assert mailbox.thread_count() == 1
    subjects = [one.raw.subject for one in mailbox.thread(mailbox.messages()[0].thread_id)]
    assert subjects == ["Plan", "Re: Plan"]


def test_history_tells_each_change_and_forgets_when_told() -> None:
    here = world()
    mailbox = here.mailbox("ann@a.example")
    start = mailbox.history_id
    here.send(letter("dana@d.example", "ann@a.example", "Hi"))
    (filed,) = mailbox.messages()
    mailbox.relabel(filed.id, add=[TRASH], remove=["UNREAD"])
    mailbox.remove(filed.id)
    changes = mailbox.history_since(start)
    assert changes is not None
    assert [one.change for one in changes] == ["added", "labels_added", "labels_removed", "removed"]
    assert mailbox.history_since(mailbox.history_id) == ()
    assert mailbox.history_since(mailbox.history_id + 1) is None
    mailbox.forget_history()
    assert mailbox.history_since(start) is None
    assert mailbox.thread_count() == 0


@pytest.mark.parametrize(
    ("written", "base"),
    [
        ("Re: Hi", "hi"),
        ("RE: AW: Fwd: Hi", "hi"),
        ("Re[3]: Hi", "hi"),
        ("回复：Hi", "hi"),
        ("Rechnung: Hi", "rechnung: hi"),
        ("Hi  there", "hi there"),
        ("Re:", ""),
    ],
)
def test_the_base_subject_has_no_marks(written: str, base: str) -> None:
    assert base_subject(written) == base


def test_headers_are_taken_out_with_their_folds_and_nothing_else_changes() -> None:
    raw = b"To: a@x\nBcc: b@x,\n\tc@x\nBCC: d@x\nSubject: Bcc: no\n\nBcc: body\n"
    assert without_headers(raw, "bcc") == b"To: a@x\nSubject: Bcc: no\n\nBcc: body\n"
    assert (
        with_header(raw, "To", "z@x")
        == b"Bcc: b@x,\n\tc@x\nBCC: d@x\nSubject: Bcc: no\nTo: z@x\n\nBcc: body\n"
    )
    assert without_headers(b"Bcc: a@x\n\nbody", "Bcc") == b"\n\nbody"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n",
        b"no headers at all",
        b"Subject: =?nonsense?b?AAAA?=\nFrom: \xff\xfe <x@y>\nMessage-ID: <\n\nx",
        b"Content-Type: multipart/mixed\n\nno boundary",
        b"Content-Type: text/plain; charset=nonsense\nContent-Transfer-Encoding: base64\n\n!!!",
        b"Content-Type: message/rfc822\n\nSubject: inner\n\nx",
        b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nAction: failed\n",
        b"Content-Type: application/pdf; name*=utf-99''%ff\n\nx",
        b"From: a@b, , ;;; <\nTo: group: x@y, z@y;\nReferences: <a <b> c>\n\n",
        b"\x00" * 50,
    ],
)
def test_broken_mail_is_read_without_complaint(raw: bytes) -> None:
    message = RawMessage(raw)
    assert isinstance(message.subject, str)
    assert all("".join(pair).encode() is not None for pair in message.headers)
    assert isinstance(message.references, tuple)
    root = read_parts(message)
    assert isinstance(text_of(root), str)
    here = world()
    here.deliver(raw, "x@y.example", ["ann@a.example"])
    assert len(here.mailbox("ann@a.example").messages()) == 1


def test_what_is_kept_of_parsed_mail_is_bounded() -> None:
    cache = PartsCache(most=40_000)
    letters = [RawMessage(b"Subject: x\n\n" + b"line\n" * 1_000) for _ in range(20)]
    first = cache.read(letters[0])
    assert cache.read(letters[0]) is first
    for one in letters[1:]:
        cache.read(one)
    assert cache.read(letters[0]) is not first
    assert cache.bytes_held <= 40_000


def test_bytes_on_disk_are_loaded_when_they_are_wanted() -> None:
    loads: list[int] = []

    def load() -> bytes:
        loads.append(1)
        return b"Subject: lazy\n\nx"

    raw = RawMessage(load, size=17)
    assert (raw.size, loads) == (17, [])
    assert raw.subject == "lazy"
    assert raw.message_id == ""
    assert len(loads) == 1


@pytest.mark.parametrize("kind", ["delivery-status", "disposition-notification"])
def test_the_part_of_a_report_is_its_fields_as_they_were_written(kind: str) -> None:
    fields = b"Reporting-MTA: dns; d.example\n\nFinal-Recipient: rfc822; dana@d.example\n"
    raw = RawMessage(b"Content-Type: message/" + kind.encode() + b"\n\n" + fields)
    assert read_parts(raw).content.strip() == fields.strip()
