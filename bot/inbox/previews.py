"""How a message begins, in one line: what its sender wrote, without the signature and what they quote.

The provider's own first words run into both and begin with what a newsletter hides, so they stand only where
the text is not at hand or is too long.
"""

import re
from dataclasses import replace
from itertools import takewhile

from bot.blocks import clip, one_line
from bot.inbox.body import first_words
from bot.inbox.cache import ThreadCache
from bot.inbox.rules import Addresses, Row, is_awaited, judge
from providers.content.document import Block, Document, Heading, Paragraph, Quote, Table
from providers.content.plain import words_of
from providers.content.quote_lines import Opening, header_block, opening_of
from providers.content.reading import read_message
from providers.mail import Message

LENGTH = 140
# What companies put above every mail that comes from outside.
_WARNING = re.compile(
    r"\W*(?:caution|warning|external|attention|achtung|vorsicht|extern|attenzione|atención|atenção|let op)\b"
    r"(?=.{0,200}\b(?:outside|originated|extern\w*|außerhalb|extérieur|esterno|fuera|fora|buiten)\b)"
    r"(?=.{0,200}\b(?:e-?mails?|messages?|nachricht|courriel|messaggio|correo|mensagem|bericht)\b)",
    re.IGNORECASE | re.DOTALL,
)
_MOST_READ = 50_000  # characters of a body that are read for one line
_ENOUGH = 6_000  # of them, as a rule


def beginning(message: Message, length: int) -> str:
    """Give the first words of a message, "" where nobody knows them."""
    body = message.html or message.text or ""
    if len(body) > _ENOUGH:
        own = _own(read_message(_begun(message)).visible)
        said = first_words(own, length) if own else ""
        if len(said) > length * 3 // 4:
            return said  # it goes on beyond the line, whatever follows
    if not 0 < len(body) <= _MOST_READ:
        return clip(one_line(message.preview), length)
    visible = read_message(message).visible
    return first_words(_own(visible) or visible, length) or clip(one_line(message.preview), length)


def _begun(message: Message) -> Message:
    """Cut off what a line has no room for anyway."""
    if not message.html:
        return replace(message, text=(message.text or "")[:_ENOUGH])
    body = max(0, message.html.find("<body"))
    return replace(message, html=message.html[: body + _ENOUGH], text=None, unique_html=None)


def _own(visible: Document) -> Document | None:
    """Leave out quotes between the answers, tables and a forwarded message; None if there is nothing else."""
    above = takewhile(lambda block: not _hands_on(block), visible.blocks)
    own = tuple(block for block in above if not isinstance(block, Quote | Table) and not _announces(block))
    if len(own) > 1 and _WARNING.match(_words(own[0])):
        own = own[1:]
    return Document(own) if own else None


def _hands_on(block: Block) -> bool:
    words = _words(block)
    return opening_of(words) is Opening.FORWARD or header_block(words.split("\n")) > 0


def _announces(block: Block) -> bool:
    return opening_of(_words(block)) in (Opening.ATTRIBUTION, Opening.CERTAIN)


def _words(block: Block) -> str:
    return words_of(block.spans) if isinstance(block, Paragraph | Heading) else ""


def as_read(listed: Row, cache: ThreadCache, own: Addresses, person: Addresses) -> Row:
    """Let a row of a list begin as its message does, and tell by its headers whether anybody waits.

    Costs a few milliseconds at most, never a call: the list has just brought the message.
    """
    kept = cache.packed(listed.account_id, listed.thread_id)
    conversation = judge(listed.account_id, kept.thread, own, person) if kept else None
    if conversation is None:
        return listed
    last = conversation.thread.unpacked_one(conversation.last)
    return replace(listed, preview=beginning(last, LENGTH), awaited=is_awaited(last, conversation.mine))
