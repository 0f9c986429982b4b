"""Writing a message down: threading headers right, and nothing in it that was not meant (CVE-2024-6923)."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import SMTP

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from providers.content.compose import Unsendable, base_subject, compose, reply_subject
from providers.content.encoded_words import decode_words
from providers.mail import EmailAddress, InReplyTo, Outgoing

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ANN = EmailAddress("ann@mailroom.example", "Ann Lee")
DANA = EmailAddress("dana@northwind.example", "Dana Smith")
KEY = "k3y-of-this-message"
OURS = ["content-type", "mime-version", "from", "to", "subject", "date", "x-mailroom-key"]
EXCHANGE_ID = "<" + "A" * 56 + "@PROD0123.namprd10.prod.outlook.com>"


def outgoing(
    subject: str = "Hello",
    *,
    sender: EmailAddress = ANN,
    to: EmailAddress = DANA,
    text: str = "Hi",
    reply: InReplyTo | None = None,
) -> Outgoing:
    return Outgoing(sender, to, subject, text, f"<p>{text}</p>", reply)


def header_lines(raw: bytes) -> list[str]:
    """The names of the header block, read by hand: any line end counts, so that a hidden line is seen."""
    block = raw.partition(b"\r\n\r\n")[0].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return [line.split(b":")[0].decode().lower() for line in block.split(b"\n") if line[:1] not in b" \t"]


def references(raw: bytes) -> list[str]:
    return str(message_from_bytes(raw)["References"]).split()


HOSTILE = "=?utf-8?q?a=0D=0ABcc=3A_evil@x?="
NESTED = "=?utf-8?q?=3D=3Futf-8=3Fq=3Fa=3D0D=3D0ABcc=3A_evil@x=3F=3D?="
names = st.text(max_size=80) | st.sampled_from(
    [HOSTILE, NESTED, "x\r\nBcc: evil@x.com", 'a" <evil@x.com>, "b']
)


@settings(deadline=None, max_examples=60)
@given(subject=names, name=names, other=names, text=st.text(max_size=120))
@example(subject=HOSTILE, name=HOSTILE, other=NESTED, text="")
@example(subject="a\r\nBcc: evil@x.com", name="x\nBcc: y", other="\x0bBcc: z", text="\r\n.\r\n")
@example(subject="\u2028Bcc: e@x.com", name="\x85Bcc: e@x.com", other="\udc0d", text="\udcff")
def test_no_words_make_a_header_or_a_recipient(subject: str, name: str, other: str, text: str) -> None:
    raw = compose(
        outgoing(
            subject, sender=EmailAddress(ANN.address, name), to=EmailAddress(DANA.address, other), text=text
        ),
        KEY,
        AT,
    )
    assert header_lines(raw) == OURS
    for policy in (SMTP, SMTP.clone(max_line_length=998)):
        read = message_from_bytes(raw, policy=policy)
        again = message_from_bytes(read.as_bytes(), policy=policy)
        for message in (read, again):
            assert message["Bcc"] is None and message["Cc"] is None
            assert [one.addr_spec for one in message["To"].addresses] == [DANA.address]


@settings(deadline=None, max_examples=60)
@given(
    rfc_id=st.text(max_size=40) | st.sampled_from([EXCHANGE_ID, "<a>\r\nBcc: e@x", "<=?utf-8?q?=0A?=>"]),
    earlier=st.lists(st.text(max_size=40) | st.just("<a@b>"), max_size=5),
)
def test_no_message_id_makes_a_header(rfc_id: str, earlier: list[str]) -> None:
    raw = compose(outgoing(reply=InReplyTo("t", "m", rfc_id, tuple(earlier))), KEY, AT)
    assert set(header_lines(raw)) - set(OURS) <= {"in-reply-to", "references"}
    assert len(header_lines(raw)) == len(set(header_lines(raw)))


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=200))
def test_a_subject_arrives_as_it_was_written(subject: str) -> None:
    raw = compose(outgoing(subject), KEY, AT)
    arrived = decode_words(str(message_from_bytes(raw)["Subject"]).replace("\r\n", "").replace("\n", ""))
    visible = "".join(c for c in subject if c.isprintable() and not c.isspace())
    assert "".join(c for c in arrived if c.isprintable() and not c.isspace()) == visible


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs")), max_size=300))
def test_the_text_arrives_as_it_was_written(text: str) -> None:
    raw = compose(outgoing(text=text), KEY, AT)
    part = message_from_bytes(raw, policy=SMTP).get_body(("plain",))
    assert part is not None
    assert part.get_content().replace("\r\n", "\n").rstrip("\n") == text.rstrip("\n")


def test_the_message_ids_of_exchange_are_not_damaged() -> None:
    chain = tuple(f"<{n}{'b' * 75}@prod.outlook.com>" for n in range(40))
    raw = compose(outgoing(reply=InReplyTo("t", "m", EXCHANGE_ID, chain)), KEY, AT)
    assert message_from_bytes(raw)["In-Reply-To"] == EXCHANGE_ID
    assert references(raw) == [*chain, EXCHANGE_ID]
    assert b"=?" not in raw.partition(b"\r\n\r\n")[0]
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_of_a_long_chain_the_first_and_the_latest_stay() -> None:
    chain = tuple(f"<{n}@x>" for n in range(500))
    kept = references(compose(outgoing(reply=InReplyTo("t", "m", "<parent@x>", chain)), KEY, AT))
    assert kept[0] == "<0@x>" and kept[-2:] == ["<499@x>", "<parent@x>"] and len(kept) <= 60


def test_a_parent_without_an_id_gets_no_invented_one() -> None:
    raw = compose(outgoing(reply=InReplyTo("t", "m", "", ("<a@x>",))), KEY, AT)
    assert header_lines(raw) == OURS


@pytest.mark.parametrize(
    "address", ["a@b.com, evil@x.com", "a@b.com\r\nBcc: e@x.com", "a b@x.com", "ü@x.com", "", "a@b.com>"]
)
def test_a_recipient_that_is_not_one_address_is_refused(address: str) -> None:
    with pytest.raises(Unsendable) as refusal:
        compose(outgoing(to=EmailAddress(address)), KEY, AT)
    assert str(refusal.value) == "recipient"


def test_a_message_of_the_persons_own_carries_no_key() -> None:
    assert header_lines(compose(outgoing(), "", AT)) == OURS[:-1]


@pytest.mark.parametrize(
    ("subject", "answer"),
    [
        ("Offer", "Re: Offer"),
        ("Re: Offer", "Re: Offer"),
        ("RE: AW: Sv: Offer", "Re: Offer"),
        ("TR : Offer", "Re: Offer"),
        ("Re[3]: Fwd: Offer", "Re: Offer"),
        ("回复：Offer", "Re: Offer"),
        ("Regarding: Offer", "Re: Regarding: Offer"),
        ("", "Re:"),
    ],
)
def test_the_subject_of_an_answer(subject: str, answer: str) -> None:
    assert reply_subject(subject) == answer
    assert base_subject(answer) == base_subject(subject)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60))
def test_answering_an_answer_changes_no_subject(subject: str) -> None:
    assert reply_subject(reply_subject(subject)) == reply_subject(subject)
