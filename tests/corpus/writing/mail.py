"""Putting a mail and its expectation together."""

import base64
import quopri
from collections.abc import Sequence
from dataclasses import dataclass, field

ANN = "Ann Lee <ann@northwind.example>"
DANA = "Dana Fox <dana@brightfield.example>"


@dataclass(frozen=True, slots=True)
class Case:
    """One mail of the corpus. Sections that are None are not compared; "" means that there must be none."""

    name: str
    data: bytes
    visible: str
    signature: str | None = None
    quoted: str | None = None
    notes: tuple[str, ...] | None = None
    files: tuple[str, ...] | None = field(default=None)

    def expectation(self) -> str:
        """Write the .txt file: the visible text, then the sections that are compared."""
        text = self.visible.strip("\n") + "\n"
        for title, section in (("signature", self.signature), ("quoted", self.quoted)):
            if section is not None:
                text += f"=== {title}\n" + (section.strip("\n") + "\n" if section else "")
        if self.notes is not None:
            text += "=== notes\n" + "".join(f"{note}\n" for note in self.notes)
        if self.files is not None:
            text += "=== files\n" + "".join(f"{name}\n" for name in self.files)
        return text


def headers(
    subject: str = "Re: Thursday", *, sender: str = DANA, to: str = ANN, more: Sequence[str] = ()
) -> str:
    """Write the headers of a mail up to those of its content."""
    coded = subject
    if not subject.isascii():
        coded = f"=?utf-8?B?{base64.b64encode(subject.encode()).decode()}?="
    lines = [
        f"From: {sender}",
        f"To: {to}",
        f"Subject: {coded}",
        "Date: Tue, 3 Mar 2026 09:30:00 +0000",
        "Message-ID: <case@brightfield.example>",
        *more,
        "MIME-Version: 1.0",
    ]
    return "\r\n".join(lines) + "\r\n"


def part(
    content_type: str,
    body: str | bytes,
    *,
    charset: str = "utf-8",
    coding: str = "quoted-printable",
    more: Sequence[str] = (),
) -> bytes:
    """Write one leaf with its own headers. `content_type` without charset gets one if it is text."""
    data = body.encode(charset) if isinstance(body, str) else body
    if content_type.startswith("text/") and "charset" not in content_type:
        content_type += f"; charset={charset}"
    lines = [f"Content-Type: {content_type}", f"Content-Transfer-Encoding: {coding}", *more]
    if coding == "base64":
        data = base64.encodebytes(data).replace(b"\n", b"\r\n")
    elif coding == "quoted-printable":
        data = quopri.encodestring(data.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    else:
        data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + data + b"\r\n"


def multipart(kind: str, parts: Sequence[bytes], *, boundary: str = "=_b1", more: str = "") -> bytes:
    """Write parts as one multipart."""
    data = f'Content-Type: multipart/{kind}; boundary="{boundary}"{more}\r\n\r\n'.encode()
    for one in parts:
        data += f"--{boundary}\r\n".encode() + one + b"\r\n"
    return data + f"--{boundary}--\r\n".encode()


def html_mail(
    html: str, *, text: str | None = None, subject: str = "Re: Thursday", more: Sequence[str] = ()
) -> bytes:
    """Write an HTML mail, with a plain alternative if there is one."""
    leaf = part("text/html", html)
    body = multipart("alternative", [part("text/plain", text), leaf]) if text is not None else leaf
    return headers(subject, more=more).encode() + body


def text_mail(
    text: str, *, subject: str = "Re: Thursday", more: Sequence[str] = (), flowed: str = ""
) -> bytes:
    """Write a plain text mail."""
    return headers(subject, more=more).encode() + part(
        f"text/plain; charset=utf-8{flowed}", text, coding="8bit"
    )


def escaped(text: str) -> str:
    """Escape for HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
