"""An outgoing message → the JSON that Graph writes a mail from. Graph makes the plain text from the HTML.

Source: https://learn.microsoft.com/graph/api/message-reply, https://learn.microsoft.com/graph/api/user-sendmail
"""

import re
import unicodedata
from typing import Any

from providers.content.addresses import clean_name, normalise
from providers.content.clean import one_line
from providers.content.compose import reply_subject
from providers.errors import Refused
from providers.mail import EmailAddress, Outgoing
from providers.microsoft.search import MARKER, key_of

_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,253}")
_LONGEST_SUBJECT = 255  # Exchange's own limit
_LARGEST = 3 * 1024 * 1024  # bytes of a request that Graph takes, with room for the rest of it


def message_of(outgoing: Outgoing, key: str, account: str) -> dict[str, Any]:
    """Write the message, `key` as our property ("" for none). Raises Refused.

    Recipients are always named: an answer to one's own message would go to oneself, and one to a mail with
    Reply-To to that address, not to the person it was written to.
    """
    _check(outgoing.to, "recipient")
    _check(outgoing.sender, "sender")
    subject = reply_subject(outgoing.subject) if outgoing.in_reply_to else outgoing.subject
    written: dict[str, Any] = {
        "subject": _header_words(subject)[:_LONGEST_SUBJECT],
        "body": {"contentType": "HTML", "content": _clean(outgoing.html)},
        "toRecipients": [_person(outgoing.to)],
        "ccRecipients": [],
        "bccRecipients": [],
    }
    if outgoing.sender.address != account:
        written["from"] = _person(outgoing.sender)
    if key:
        written["singleValueExtendedProperties"] = [{"id": MARKER, "value": key_of(key)}]
    if len(written["body"]["content"].encode()) > _LARGEST:
        raise Refused("unsendable_size")
    return written


def _check(who: EmailAddress, role: str) -> None:
    """Refuse what is not exactly one address."""
    try:
        same = normalise(who.address) == who.address.lower()
    except ValueError:
        same = False
    if not same or not _ADDRESS.fullmatch(who.address):
        raise Refused(f"unsendable_{role}")


def _person(who: EmailAddress) -> dict[str, Any]:
    name = _header_words(clean_name(who.name))[:100]
    return {"emailAddress": {"address": who.address, **({"name": name} if name else {})}}


def _header_words(text: str) -> str:
    """Write words for a header so that no program on their way takes them for code (RFC 2047)."""
    return one_line(_clean(text)).replace("=?", "= ?")


def _clean(text: str) -> str:
    """Take out what no mail may hold: controls, and half characters that JSON cannot carry."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
