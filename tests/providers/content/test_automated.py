"""Telling machines' mail from people's, header by header and word by word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from providers.content.automated import RULES, TEXT_RULES, marks_of
from providers.content.automated_rule import Kind
from tests.providers.content.given_mail import mail


def test_a_persons_plain_mail_has_no_mark() -> None:
    marks = marks_of(mail())
    assert (marks.automated, marks.reasons, marks.found) == (False, (), ())


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Auto-Submitted: auto-replied", "auto_reply"),
        ("Auto-Submitted: auto-replied (vacation)", "auto_reply"),
        ("Auto-Submitted: (by a program) auto-generated; owner-email=x@y", "auto_generated"),
        ("Auto-Submitted: auto-notified", "auto_generated"),
        ("X-Autoreply: yes", "auto_reply"),
        ("Precedence: auto_reply", "auto_reply"),
        ("X-MS-Exchange-Inbox-Rules-Loop: tom@abel.example", "auto_reply"),
        ("X-Failed-Recipients: nobody@nowhere.example", "bounce"),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=x", "bounce"),
        (
            "Content-Type: multipart/report;\r\n report-type=disposition-notification; boundary=x",
            "read_receipt",
        ),
        ("Content-Type: multipart/report; report-type=feedback-report; boundary=x", "report"),
        ("Return-Path: <>", "no_return"),
        ("Precedence: bulk", "bulk_precedence"),
        ("Precedence: JUNK", "bulk_precedence"),
        ("List-Unsubscribe: <mailto:leave@abel.example>", "unsubscribe"),
        ("List-Post: NO", "announcement"),
        ("X-SFMC-Stack: 1", "campaign"),
        ("X-GitHub-Reason: mention", "notification"),
        ("Content-Class: urn:content-classes:calendarmessage", "invitation"),
        ("Content-Type: text/calendar; method=REQUEST", "invitation"),
        ("Sender: Google Calendar <calendar-notification@google.com>", "invitation"),
    ],
)
def test_one_header_is_enough(header: str, code: str) -> None:
    marks = marks_of(mail(header))
    assert marks.automated
    assert marks.reasons[0] == code


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: no",
        "Auto-Submitted: no (written by hand)",
        "Precedence: first-class",
        "X-Autoreply: no",
        "X-Auto-Response-Suppress: All",
        "Feedback-ID: 123:user:proton",
        "Feedback-ID: 1.eu-west-1.abc:AmazonSES",
        "X-SES-Outgoing: 2026.11.01",
        "Return-Path: <SRS0=ab=XY=abel.example=tom@forward.example>",
        "Return-Path: <prvs=1234=tom@abel.example>",
        "Content-Type: text/calendar; method=PUBLISH",
        "List-Id: Friends <friends.abel.example>",
        "Disposition-Notification-To: tom@abel.example",
        "List-Unsubscribe:",
    ],
)
def test_what_people_send_as_well_is_not_enough(header: str) -> None:
    assert not marks_of(mail(header)).automated


def test_two_different_hints_are_enough_and_the_same_hint_twice_is_not() -> None:
    assert not marks_of(mail("X-SG-EID: 1", "X-Mailgun-Sid: 2")).automated
    marks = marks_of(mail("X-SG-EID: 1", "Feedback-ID: 1:2:3:sg"))
    assert marks.automated
    assert marks.reasons == ("sending_service", "feedback_id")


def test_an_answer_takes_one_hint_more() -> None:
    headers = ("X-SG-EID: 1", "Feedback-ID: 1:2:3:sg", "In-Reply-To: <q@northwind.example>")
    assert not marks_of(mail(*headers, subject="Re: Prices")).automated
    assert marks_of(mail(*headers, subject="Prices")).automated


def test_an_answer_that_offers_to_unsubscribe_is_a_persons_and_a_fresh_mail_is_bulk() -> None:
    headers = (
        "List-Unsubscribe: <https://tool.example/u>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "In-Reply-To: <q@northwind.example>",
    )
    assert not marks_of(mail(*headers, subject="Re: Prices")).automated
    assert marks_of(mail(*headers, subject="Prices")).automated
    assert marks_of(mail(headers[0], subject="Re: Prices")).automated  # it answers nothing


def test_what_a_person_writes_through_a_market_place_is_said_to_be_so() -> None:
    marks = marks_of(mail(sender="Sam Reed <4f9a2b7c6d1e8f3a@reply.craigslist.org>"))
    assert (marks.automated, marks.reasons) == (False, ("marketplace",))


LIST = (
    "List-Id: <coffee.lists.example>",
    "List-Post: <mailto:coffee@lists.example>",
    "List-Unsubscribe: <mailto:coffee-leave@lists.example>",
    "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    "Precedence: bulk",
    "Return-Path: <coffee-bounces+ann=northwind.example@lists.example>",
)


def test_a_persons_post_to_a_list_is_a_persons() -> None:
    marks = marks_of(mail(*LIST))
    assert (marks.automated, marks.reasons) == (False, ("list",))


@pytest.mark.parametrize(
    ("more", "sender"),
    [
        ("Auto-Submitted: auto-replied", "Tom Abel <tom@abel.example>"),
        ("X-GitHub-Sender: tom", "Tom Abel <tom@abel.example>"),
        ("X-Loop: x", "Bugs <notifications@lists.example>"),
        ("X-Loop: x", "coffee-request@lists.example"),
        ("X-Campaign: 1", "Tom Abel <tom@abel.example>"),
    ],
)
def test_a_list_does_not_make_a_person_of_a_machine(more: str, sender: str) -> None:
    assert marks_of(mail(*LIST, more, sender=sender)).automated


def test_a_list_called_announcements_has_one_writer_except_for_answers() -> None:
    headers = ("List-Id: <announce.abel.example>", "List-Post: <mailto:announce@abel.example>")
    assert marks_of(mail(*headers)).reasons[0] == "announcement"
    assert not marks_of(mail(*headers, "In-Reply-To: <a@b.example>", subject="Re: Prices")).automated


GROUP = ("List-Post: <mailto:sales@northwind.example>", "X-Google-Group-Id: 1", "Precedence: list")


@pytest.mark.parametrize(
    "beside",
    [
        "X-Original-From: Tom Abel <tom@abel.example>",
        "X-Original-Sender: tom@abel.example",
        "Reply-To: sales@northwind.example, Tom Abel <tom@abel.example>",
    ],
)
def test_who_wrote_to_a_group_is_found_beside_its_address(beside: str) -> None:
    marks = marks_of(mail(*GROUP, beside, sender="'Tom Abel' via Sales <sales@northwind.example>"))
    assert (marks.sender.address, marks.sender.name) == ("tom@abel.example", "Tom Abel")
    assert marks.reasons == ("list",)


def test_a_group_that_hides_who_wrote_is_marked_as_one() -> None:
    marks = marks_of(mail(*GROUP, sender="'Tom Abel' via Sales <sales@northwind.example>"))
    assert "group" in marks.of(Kind.SHARED)


def test_a_name_that_its_comma_cut_in_two_is_put_together() -> None:
    marks = marks_of(mail(sender="Abel, Tom <tom@abel.example>"))
    assert (marks.sender.address, marks.sender.name) == ("tom@abel.example", "Abel, Tom")
    assert marks.reasons == ()


@pytest.mark.parametrize(
    "header",
    [
        "X-BeenThere: coffee@lists.example",
        "Precedence: list",
        "Mailing-List: contact coffee-help@lists.example; run by ezmlm",
        "Delivered-To: mailing list coffee@lists.example",
        "List-Post: <https://groups.example/coffee>, <mailto:coffee@lists.example>",
    ],
)
def test_one_sign_of_a_discussion_list_is_enough(header: str) -> None:
    bulk = ("List-Unsubscribe: <mailto:coffee-leave@lists.example>", "List-Id: <coffee.lists.example>")
    assert marks_of(mail(header, *bulk)).reasons == ("list",)
    assert marks_of(mail(*bulk)).automated


def test_a_newsletter_that_calls_itself_a_list_has_no_address_to_post_to() -> None:
    headers = ("Precedence: list", "List-Post: <https://essays.example/p/1>", "List-Id: <essays.example>")
    leaving = (
        "List-Unsubscribe: <https://essays.example/u>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    )
    assert marks_of(mail(*headers, *leaving)).automated


def test_groups_io_folds_the_author_into_its_own_address() -> None:
    marks = marks_of(mail("X-Groupsio-MsgNum: 1", sender="Tom via groups.io <tom=abel.example@groups.io>"))
    assert (marks.sender.address, marks.sender.name) == ("tom@abel.example", "Tom")


def test_a_machine_that_names_a_person_stays_a_machine() -> None:
    marks = marks_of(
        mail("Reply-To: Eve <eve@abel.example>", sender='"Eve (via Docs)" <drive-shares-noreply@google.com>')
    )
    assert marks.sender.address == "drive-shares-noreply@google.com"
    assert marks.automated


@pytest.mark.parametrize(
    ("category", "automated"),
    [
        ("promotions", True),
        ("social", True),
        ("spam", True),
        ("updates", False),
        ("forums", False),
        ("personal", False),
    ],
)
def test_the_providers_filing_counts(category: str, automated: bool) -> None:
    assert marks_of(mail(), {category}).automated is automated


@pytest.mark.parametrize(
    ("subject", "text", "code"),
    [
        ("Automatic reply: Prices", "Away.", "auto_reply"),
        ("Réponse automatique : Prix", "Absent.", "auto_reply"),
        ("Undeliverable: Prices", "Sorry.", "bounce"),
        ("Report Domain: northwind.example Submitter: mail.example", "See file.", "report"),
        ("Hello", "This is an automated message from your carrier.", "says_automatic"),
        ("Hello", "Sale. You are receiving this email because you signed up.", "says_subscribed"),
        ("failure", "Hi. This is the qmail-send program at mx.example.", "bounce"),
    ],
)
def test_a_programs_own_words_are_enough(subject: str, text: str, code: str) -> None:
    assert code in marks_of(mail(subject=subject, text=text)).reasons


QUOTING = (
    "No thanks.\n\nOn Mon, 2 Nov 2026 at 10:00, Shop <a@b.example> wrote:\n"
    "> You are receiving this because you signed up."
)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: Automatic reply: Prices", "Enjoy the holiday."),
        ("Out of office next week", "Ben takes over."),
        ("Your newsletter", "How many people unsubscribe from it, usually?"),
        (
            "Fwd: Sale",
            "For us?\n\n---------- Forwarded message ---------\nFrom: a@b.example\n\nUnsubscribe here.",
        ),
        ("Re: Sale", QUOTING),
        ("Invoice 4711", "Attached."),
    ],
)
def test_people_may_write_about_machines(subject: str, text: str) -> None:
    assert not marks_of(mail("References: <a@b.example>", subject=subject, text=text)).automated


def test_every_rule_says_where_it_comes_from() -> None:
    assert all(rule.source and rule.code.islower() for rule in (*RULES, *TEXT_RULES))
    kinds: dict[str, set[Kind]] = {}
    for rule in (*RULES, *TEXT_RULES):
        kinds.setdefault(rule.code, set()).add(rule.kind)
    assert {code for code, found in kinds.items() if len(found) > 1} == set()


NAMES = st.sampled_from(
    ["Auto-Submitted", "Precedence", "List-Id", "List-Post", "Return-Path", "Content-Type", "Sender",
      "Reply-To", "Feedback-ID", "X-Original-From", "Delivered-To", "Mailing-List", "X-Mailer",
      "Content-Class"]
)  # fmt: skip
VALUE = st.text(max_size=80).map(lambda text: " ".join(text.split()))


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(NAMES, VALUE), max_size=8), VALUE, VALUE)
def test_no_header_can_break_it(headers: list[tuple[str, str]], sender: str, text: str) -> None:
    marks = marks_of(mail(*(f"{name}: {value}" for name, value in headers), sender=sender, text=text))
    assert marks.automated in (True, False)
    assert set(marks.reasons) <= {mark.code for mark in marks.found}
