"""Every mail of the corpus reads as the text beside it says."""

from pathlib import Path

import pytest

from bot.inbox.body_notes import note_lines
from bot.words import Reader
from providers.content.eml import parse_eml
from providers.content.reading import read_message
from tests.providers.content.corpus import corpus_files, expected_of

MAILS = corpus_files()


@pytest.mark.parametrize("mail", MAILS, ids=[mail.stem for mail in MAILS])
def test_the_mail_reads_as_the_text_beside_it(mail: Path) -> None:
    expected = expected_of(mail)
    message = parse_eml(mail.read_bytes()).message
    reading = read_message(message)
    seen = {
        "signature": reading.signature_text,
        "quoted": reading.quoted_text,
        "notes": "\n".join(line for note in reading.notes for line in note_lines(note, Reader())),
        "files": "\n".join(attachment.name or attachment.type for attachment in message.attachments),
    }
    assert reading.text == expected.visible
    assert {name: seen[name] for name in expected.sections} == expected.sections


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    assert len(MAILS) >= 150
