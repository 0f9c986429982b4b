"""Gmail's JSON, whole or damaged, always becomes a message."""

import base64
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from providers.content.notes import Fragment
from providers.content.reading import read_message
from providers.google.convert import elsewhere, message_of, unpacked

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
header = st.fixed_dictionaries(
    {
        "name": st.sampled_from(
            ["From", "To", "Cc", "Subject", "Date", "Message-ID", "References", "Content-Type"]
        )
        | st.text(max_size=10),
        "value": st.text(max_size=60) | json_values,
    }
)
part = st.fixed_dictionaries(
    {
        "partId": st.text(max_size=4) | json_values,
        "mimeType": st.sampled_from(["text/plain", "text/html", "multipart/mixed", "text/calendar"])
        | json_values,
        "filename": st.text(max_size=10) | json_values,
        "headers": st.lists(header, max_size=6) | json_values,
        "body": st.fixed_dictionaries({"data": st.text(max_size=30) | json_values, "size": json_values})
        | json_values,
    }
)
payloads = st.recursive(
    part,
    lambda inner: st.builds(
        lambda outer, parts: {**outer, "mimeType": "multipart/mixed", "parts": parts},
        part,
        st.lists(inner, max_size=3),
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=150)
@given(payload=payloads | json_values, labels=json_values, date=json_values, snippet=json_values)
def test_no_shape_raises(payload: Any, labels: Any, date: Any, snippet: Any) -> None:
    raw = {"id": "1", "threadId": "2", "payload": payload, "labelIds": labels, "internalDate": date}
    message = message_of({**raw, "snippet": snippet}, {}, complete=True)
    elsewhere(raw)
    assert message.id == "1" and message.date.tzinfo is not None
    assert message.html is not None or message.text is not None
    assert "\n" not in message.subject


def made(*headers: tuple[str, str], **more: Any) -> Any:
    payload = {"mimeType": "text/plain", "headers": [{"name": n, "value": v} for n, v in headers]}
    return message_of({"id": "1", "threadId": "2", "payload": {**payload, **more}}, {}, complete=True)


def test_names_of_headers_are_read_in_any_case() -> None:
    message = made(("MESSAGE-id", "<a@b>"), ("SUBJECT", "=?utf-8?q?Gr=C3=BC=C3=9Fe?="), ("list-ID", "<l>"))
    assert (message.message_id, message.subject, message.headers["list-id"]) == ("<a@b>", "Grüße", ("<l>",))


def test_every_repeated_recipient_header_counts() -> None:
    message = made(("To", "a@b.com"), ("To", "c@d.com"), ("From", "x@y.com, z@y.com"))
    assert [one.address for one in message.to] == ["a@b.com", "c@d.com"]
    assert message.sender.address == "x@y.com" and [one.address for one in message.cc] == ["z@y.com"]


def test_an_answer_without_references_names_its_parent() -> None:
    assert made(("In-Reply-To", "<a@b> (Dana's message)")).references == ("<a@b>",)


PRICES = "Добрый день, наши цены на этот год остаются прежними."


@pytest.mark.parametrize(
    ("data", "label", "text"),
    [
        ("Grüße".encode(), "iso-8859-1", "Grüße"),
        ("Grüße".encode("iso-8859-1"), "iso-8859-1", "Grüße"),
        ("Grüße".encode("cp1252"), "no-such-charset", "Grüße"),
        ("日本語".encode("iso-2022-jp"), "iso-2022-jp", "日本語"),
        ("はい、お茶と一緒に".encode(), "iso-2022-jp", "はい、お茶と一緒に"),
        ("①㈱".encode("cp932"), "iso-2022-jp", "①㈱"),
        # What Gmail makes of bytes by a label that is not true:
        ("5 € – “ja”".encode("cp1252").decode("latin-1").encode(), "iso-8859-1", "5 € – “ja”"),
        ("Žižkov je daleko".encode("cp1250").decode("iso-8859-2").encode(), "iso-8859-2", "Žižkov je daleko"),
        (PRICES.encode("cp1251").decode("latin-1").encode(), "us-ascii", PRICES),
        (PRICES.encode("cp1251").decode("cp1252").encode(), "windows-1252", PRICES),
        ("Ärger mit 12 Öfen".encode(), "us-ascii", "Ärger mit 12 Öfen"),
    ],
)
def test_a_body_is_read_whatever_its_label_says(data: bytes, label: str, text: str) -> None:
    packed = base64.urlsafe_b64encode(data).decode().rstrip("=")
    message = made(("Content-Type", f'text/plain; charset="{label}"'), body={"data": packed})
    assert message.text == text


@given(st.binary(max_size=50))
def test_base64_needs_no_padding(data: bytes) -> None:
    assert unpacked(base64.urlsafe_b64encode(data).decode().rstrip("=")) == data


def test_a_snippet_is_text_again() -> None:
    message = message_of({"snippet": "it&#39;s &lt;here&gt;"}, {}, complete=True)
    assert message.preview == "it's <here>"


def test_a_piece_of_a_message_says_which_it_is() -> None:
    told = 'message/partial; id="x@y.example"; number=2; total=3'
    payload = {
        "mimeType": "message/partial",
        "headers": [{"name": "Content-Type", "value": told}],
        "body": {"attachmentId": "A", "size": 90_000},
    }
    message = message_of({"payload": payload}, {}, complete=True)
    assert read_message(message).notes == (Fragment(2, 3),) and len(message.attachments) == 1
