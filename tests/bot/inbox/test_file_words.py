"""What leaves Mailroom as a file: its name on the page and in the browser."""

import pytest

from bot.inbox.attachments import File
from bot.inbox.file_words import disposition


@pytest.mark.parametrize(
    ("name", "type_", "leaves"),
    [
        ("plan.pdf", "application/pdf", "plan.pdf"),
        ("", "application/pdf", "file"),
        ("", "message/rfc822", "message.eml"),
        ("Offer of 2.50", "message/rfc822", "Offer of 2.50.eml"),
        ("offer.EML", "message/rfc822", "offer.EML"),
        ("W" * 300, "message/rfc822", "W" * 110 + ".eml"),
    ],
)
def test_an_attached_message_leaves_with_the_ending_that_mail_programs_open(
    name: str, type_: str, leaves: str
) -> None:
    file = File("a", "m", "2", name, type_, 9)
    assert disposition(file, shown=False).startswith(f'attachment; filename="{leaves}"')
