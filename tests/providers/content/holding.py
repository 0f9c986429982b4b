"""What must hold for any bytes that call themselves a mail; properties and fuzzer ask it."""

from bot.inbox.body_notes import draw_note
from bot.words import Reader
from providers.content.eml import parse_eml
from providers.content.reading import read_message
from tests.bot.inbox.rich_text import complaints, drawn_pages


def hold(data: bytes) -> None:
    """Read and draw a mail: no exception, nothing that Slack refuses, the same again the second time."""
    message = parse_eml(data).message
    reading = read_message(message)
    assert read_message(message) == reading
    for document in (reading.visible, reading.quoted, reading.signature):
        for page in drawn_pages(document) if document else ():
            assert complaints(page) == []
    for note in reading.notes:
        assert complaints([draw_note(note, Reader())]) == []
