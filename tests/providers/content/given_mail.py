"""Messages to put rules to, from a few header lines."""

from providers.content.eml import parse_eml
from providers.mail import Message


def mail(
    *headers: str, sender: str = "Tom Abel <tom@abel.example>", subject: str = "Prices", text: str = "Hi"
) -> Message:
    """Make a message of a person's, with further headers."""
    lines = [
        f"From: {sender}", "To: ann@northwind.example", f"Subject: {subject}",
        "Date: Thu, 19 Nov 2026 09:00:00 +0000", "Message-ID: <1@abel.example>", *headers, "", text, "",
    ]  # fmt: skip
    return parse_eml("\r\n".join(lines).encode()).message
