"""What the corpus cannot hold: hints of providers, sizes, links one by one."""

from dataclasses import replace

import pytest

from providers.content.calendar import read_invitation
from providers.content.eml import parse_eml
from providers.content.html import MAX_HTML, MAX_TAGS
from providers.content.links import find_links, honest_host, safe_target
from providers.content.notes import NoText, TooLong
from providers.content.reading import read_message
from providers.content.reports import read_delivery_report

EMPTY = parse_eml(b"From: dana@brightfield.example\r\nSubject: Re: Thursday\r\n\r\n").message


def test_the_providers_idea_of_what_is_new_parts_what_nothing_else_parts() -> None:
    mail = replace(EMPTY, html="<p>Yes.</p><p>The old mail.</p>", unique_html="<div>Yes.</div>")
    reading = read_message(mail)
    assert (reading.text, reading.quoted_text) == ("Yes.", "The old mail.")


@pytest.mark.parametrize(
    "hint", ["<p>Something else.</p>", "<p>Ye</p>", "", "<p>Yes. The old mail. And more.</p>"]
)
def test_a_hint_that_is_no_beginning_of_the_mail_changes_nothing(hint: str) -> None:
    mail = replace(EMPTY, html="<p>Yes.</p><p>The old mail.</p>", unique_html=hint)
    assert read_message(mail).text == "Yes.\n\nThe old mail."


def test_a_mail_larger_than_is_read_says_that_only_its_beginning_is_shown() -> None:
    reading = read_message(replace(EMPTY, html="<p>word</p>" * (MAX_HTML // 10)))
    assert TooLong() in reading.notes
    assert reading.text.startswith("word")


def test_a_mail_of_more_elements_than_are_read_says_so_too() -> None:
    whole = read_message(replace(EMPTY, html="<li>x" * MAX_TAGS))
    assert TooLong() not in whole.notes
    beginning = read_message(replace(EMPTY, html="<li>x" * (MAX_TAGS + 1)))
    assert TooLong() in beginning.notes
    assert beginning.text == whole.text


def test_a_mail_without_anything_says_so() -> None:
    assert read_message(EMPTY).notes == (NoText(),)
    assert read_message(replace(EMPTY, html=None, text=None)).notes == (NoText(),)


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "java\tscript:x",
        "#top",
        "/x",
        "x",
        "http://",
        "https:///x",
        "mailto:nobody",
        "http://exa mple<>.com/<",
        "tel:+491",
        "http://a%3Cb.example/",
        "//",
    ],
)
def test_what_is_no_web_or_mail_address_never_becomes_a_link(href: str) -> None:
    assert safe_target(href) == ""


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("https://a.example/x?y=1&z=2#f", "https://a.example/x?y=1&z=2#f"),
        ("//a.example/x", "https://a.example/x"),
        (" HTTPS://a.example/a b ", "HTTPS://a.example/ab"),
        ("https://a.example/a|b>c", "https://a.example/a%7Cb%3Ec"),
        ("mailto:ann@a.example?subject=x", "mailto:ann@a.example?subject=x"),
        ("http://[2001:db8::1]/x", "http://[2001:db8::1]/x"),
        ("https://evil.example\\@bank.example/", "https://evil.example/@bank.example/"),
        ("mailto:ann@a.example?bcc=tom@b.example&subject=x", "mailto:ann@a.example?subject=x"),
        ("mailto:ann@a.example?to=tom@b.example", "mailto:ann@a.example"),
    ],
)
def test_web_and_mail_addresses_are_kept_and_made_harmless(href: str, target: str) -> None:
    assert safe_target(href) == target


SAFE = "safelinks.protection.outlook.com"


@pytest.mark.parametrize(
    ("target", "words", "shown"),
    [
        ("https://evil.example/x", "www.bank.example", "evil.example"),
        ("https://evil.example/bank.example", "bank.example", "evil.example"),
        ("https://bank.example.evil.test/", "bank.example", "bank.example.evil.test"),
        ("https://bank.co.uk/", "other.co.uk", "bank.co.uk"),
        ("mailto:tom@evil.example", "ann@bank.example", "evil.example"),
        ("https://click.bank.example/1", "www.bank.example", ""),
        ("https://evil.example/", "bank\u3002example", "evil.example"),
        ("https://evil.example/", "ｂａｎｋ．ｅｘａｍｐｌｅ", "evil.example"),
        ("https://evil.example/", ".bank.example", "evil.example"),
        ("https://evil.example/", "bank.xn--p1ai", "evil.example"),
        ("https://evil.example/", "https://bank.zip/login", "evil.example"),
        ("https://evil.example/", "x " * 600 + "bank.example", "evil.example"),
        ("https://evil.com.ph/", "bank.com.ph", "evil.com.ph"),
        ("https://evil.github.io/", "bank.github.io", "evil.github.io"),
        ("https://bank.example@evil.example/", "https://bank.example@evil.example/", "evil.example"),
        ("https://b\u0430nk.example/", "https://b\u0430nk.example/", "xn--bnk-6cd.example"),
        ("mailto:tom@bank.example", "ann@bank.example", "tom@bank.example"),
        ("mailto:ann.b.lee@a.example", "ann.b.lee@a.example now", ""),
        (
            f"https://eur03.{SAFE}/?url=https%3A%2F%2Fsign.a.example%2Fd&data=1",
            "https://sign.a.example/d",
            "",
        ),
        (f"https://eur03.{SAFE}/?url=https%3A%2F%2Fevil.example&data=1", "www.bank.example", "evil.example"),
        (
            f"https://eur03.{SAFE}.evil.test/?url=https://bank.example",
            "bank.example",
            f"eur03.{SAFE}.evil.test",
        ),
        (f"https://a.{SAFE}@evil.test/?url=https://bank.example", "bank.example", "evil.test"),
        ("https://urldefense.proofpoint.com/v2/url?u=https-3A__www.a.example_t&d=x", "www.a.example", ""),
        ("https://urldefense.com/v3/__https://evil.example/t__;!!x$", "a.example", "evil.example"),
        ("https://www.google.com/url?q=https://evil.example/&sa=D", "https://a.example", "evil.example"),
        ("https://www.google.com/url?q=javascript:1", "google.com", ""),
        ("https://evil.example/", "press here", ""),
        ("https://evil.example/", "offer.pdf", ""),
        ("https://a.example/x", "https://a.example/x", ""),
        ("mailto:ann@a.example", "ann@a.example", ""),
    ],
)
def test_words_that_name_another_host_are_found_out(target: str, words: str, shown: str) -> None:
    assert honest_host(target, words) == shown


def test_bare_addresses_end_before_the_punctuation_of_the_sentence() -> None:
    text = "See (https://a.example/x_(y)), www.b.example! or ann@c.example."
    assert [(text[start:end], target) for start, end, target in find_links(text)] == [
        ("https://a.example/x_(y)", "https://a.example/x_(y)"),
        ("www.b.example", "https://www.b.example"),
        ("ann@c.example", "mailto:ann@c.example"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT\nDTSTART:x",
        "BEGIN:VEVENT\nDTSTART:99999999\nEND:VEVENT",
        "\x00:::;;=\n",
        "BEGIN:VEVENT\nDTSTART:20260101T000000Z\nDURATION:P9999W\nRRULE:x\nEND:VEVENT",
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:99991231\nDURATION:P9D\nEND:VEVENT",
    ],
)
def test_a_broken_invitation_is_read_as_far_as_it_goes(text: str) -> None:
    found = read_invitation(text)
    assert found is None or found.method == "PUBLISH"


def test_a_report_whose_groups_are_parted_by_two_empty_lines_says_what_failed() -> None:
    groups = "Reporting-MTA: dns; mx.example", "Final-Recipient: rfc822; dana@b.example\r\nAction: delayed"
    text = "\r\n\r\n\r\n".join(groups)
    report = read_delivery_report(text, "Subject: Offer")
    assert report
    assert [(one.address, one.action) for one in report.failures] == [("dana@b.example", "delayed")]
