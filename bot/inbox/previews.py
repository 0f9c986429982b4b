"""How a message begins, in one line: what its sender wrote, without the signature and what they quote.

The provider's own first words run into both, so they stand only where the text is not at hand or is too long.
"""

import re
from dataclasses import replace

from bot.blocks import clip, one_line
from bot.inbox.body import first_words
from bot.inbox.cache import ThreadCache
from bot.inbox.rules import Addresses, Row, judge
from providers.content.reading import read_message
from providers.mail import Message

LENGTH = 140
_MOST_READ = 50_000  # characters of a body that are read for one line
# What announces a quote holds one of these: "… wrote:", "From: …", an address, "-----Original Message-----".
_MAY_QUOTE = re.compile(r"[:：׃@>]|[-_*]{4}")


def beginning(message: Message, length: int) -> str:
    """Give the first words of a message, "" where nobody knows them."""
    body = message.html or message.text or ""
    said = first_words(read_message(message).visible, length) if 0 < len(body) <= _MOST_READ else ""
    return said or clip(one_line(message.preview), length)


def without_quote(row: Row, cache: ThreadCache, own: Addresses, person: Addresses) -> Row:
    """Let a row of a list begin as its message does, where the provider's words may run into a quote.

    Short words hold the whole message, so its signature too. Costs a few milliseconds then, never a call: the
    list has just brought the text.
    """
    runs_on = len(row.preview) < LENGTH or _MAY_QUOTE.search(row.preview)
    kept = cache.get(row.account_id, row.thread_id) if runs_on else None
    conversation = judge(row.account_id, kept.thread, own, person) if kept else None
    return replace(row, preview=beginning(conversation.last, LENGTH)) if conversation else row
