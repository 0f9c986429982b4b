"""One labelled mail, and the parts that mails are put together from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.utils import format_datetime

ME = "ann@northwind.example"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
Headers = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Case:
    """A mail with what is true of it.

    `automated`: made by a machine or sent in bulk. `person`: who is behind it, "" for nobody that could be a
    contact. `shared`: several people read the address. `direct`: a mail from the person to the member alone.
    """

    kind: str
    number: int
    raw: bytes
    sender: str  # the address that wrote; of a rewritten group mail the author's
    automated: bool
    person: bool
    shared: bool = False
    answers: bool = False  # answers a mail of the member's

    @property
    def name(self) -> str:
        """A file name."""
        return f"{self.kind}-{self.number:03}"

    @property
    def message_id(self) -> str:
        """The Message-ID of the mail."""
        return f"<{self.name}@made.example>"

    @property
    def question_id(self) -> str:
        """The Message-ID of the member's mail that this one answers."""
        return f"<question-{self.name}@northwind.example>"


@dataclass(slots=True)
class Maker:
    """Number the cases of one kind."""

    kind: str
    automated: bool
    person: bool
    shared: bool = False
    made: list[Case] = field(default_factory=list)

    def add(
        self,
        sender: str,
        subject: str,
        text: str = "",
        *headers: tuple[str, str],
        name: str = "",
        html: str = "",
        to: str = ME,
        answers: bool = False,
        author: str = "",
        kind: str = "text/plain; charset=utf-8",
    ) -> None:
        """Make one case. A given header replaces what would stand there; an empty value leaves it out."""
        number = len(self.made)
        case = Case(
            self.kind, number, b"", author or sender, self.automated, self.person, self.shared, answers
        )
        when = NOW - timedelta(hours=5 + (number * 7) % 300)
        fields = {
            "Return-Path": f"<{sender}>",
            "Received": f"from mail.example by mx.northwind.example; {format_datetime(when)}",
            "From": f"{_phrase(name)} <{sender}>" if name else sender,
            "To": to,
            "Subject": _encoded(subject),
            "Date": format_datetime(when),
            "Message-ID": case.message_id,
            "MIME-Version": "1.0",
            "Content-Type": "text/html; charset=utf-8" if html and not text else kind,
        }
        if answers:
            fields |= {"In-Reply-To": case.question_id, "References": case.question_id}
        lines: list[str] = []
        given = {key.casefold() for key, _ in headers}
        lines.extend(f"{key}: {value}" for key, value in fields.items() if key.casefold() not in given)
        lines.extend(f"{key}: {value}" for key, value in headers if value)
        body = text or html
        if html and text:
            edge = "=_edge"
            lines = [line for line in lines if not line.startswith("Content-Type:")]
            lines.append(f'Content-Type: multipart/alternative; boundary="{edge}"')
            body = (
                f"--{edge}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
                f"--{edge}\nContent-Type: text/html; charset=utf-8\n\n{html}\n--{edge}--\n"
            )
        raw = "\r\n".join((*lines, "", *body.split("\n"), "")).encode()
        self.made.append(
            Case(self.kind, number, raw, case.sender, self.automated, self.person, self.shared, answers)
        )


def _encoded(text: str) -> str:
    return text if text.isascii() else Header(text, "utf-8").encode(linesep="\r\n")


def _phrase(name: str) -> str:
    if not name.isascii():
        return Header(name, "utf-8").encode(linesep="\r\n")
    return f'"{name}"' if any(sign in name for sign in ',.()[]@"') else name


def report(kind: str, text: str, second: str, third: str = "") -> tuple[str, str]:
    """Make the Content-Type and body of a multipart/report (RFC 6522)."""
    edge = "=_report"
    third = third or "Subject: Prices\nTo: nobody@nowhere.example\n"
    body = (
        f"--{edge}\nContent-Type: text/plain\n\n{text}\n--{edge}\nContent-Type: message/{kind}\n\n{second}\n"
        f"--{edge}\nContent-Type: text/rfc822-headers\n\n{third}\n--{edge}--\n"
    )
    return f'multipart/report; report-type={kind}; boundary="{edge}"', body


def invitation(text: str, method: str, organizer: str) -> tuple[str, str]:
    """Make the Content-Type and body of an invitation (RFC 6047)."""
    edge = "=_meeting"
    calendar = (
        f"BEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\nUID:a1@made.example\nDTSTAMP:20261101T090000Z\n"
        f"DTSTART:20261125T090000Z\nSUMMARY:Tasting\nORGANIZER:mailto:{organizer}\nATTENDEE:mailto:{ME}\n"
        "END:VEVENT\nEND:VCALENDAR"
    )
    body = (
        f"--{edge}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
        f"--{edge}\nContent-Type: text/calendar; charset=utf-8; method={method}\n\n{calendar}\n--{edge}--\n"
    )
    return f'multipart/alternative; boundary="{edge}"', body
