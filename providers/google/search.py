"""Gmail's search language and links into its web page: what a person typed never becomes an operator.

Source: https://support.google.com/mail/answer/7190, reference/providers.md 1.2
"""

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from providers.content.addresses import normalise
from providers.errors import Refused
from providers.mail import EmailAddress

_WEB = "https://mail.google.com/mail/u/"
# What the search language, or one like it, could take for more than a letter of the address.
_UNSAFE = re.compile(r"[\s\"`(){}\[\]<>|,;:\\]|^-")
_PHRASE = re.compile(r"\"([^\"]{0,200})\"|([^\s\"]{1,200})")
_MARKS = re.compile(r"[\"\\(){}\[\]<>|]")
_WORD = re.compile(r"[^\W_]+")
_MOST_ADDRESSES = 40
BULK = ("promotions", "social", "updates", "forums")  # what Gmail itself files as sent to many
_MOST_WORDS = 16


def search_terms(addresses: Sequence[str], words: str) -> str:
    """Write the search for mail from or to any of the addresses that holds all of the words.

    Words are passed as quoted words, so that `in:anywhere`, `OR` or a bracket typed by a member is looked
    for, not obeyed. Raises Refused for an address that could be read as anything else, or none at all.
    """
    if not addresses or len(addresses) > _MOST_ADDRESSES:
        raise Refused("addresses")
    group = " ".join(f"{field}:{_safe(one)}" for one in addresses for field in ("from", "to", "cc"))
    return " ".join([f"{{{group}}}", *_quoted(words)])


def sent_terms(address: str) -> str:
    """Write the search for what was sent to an address in the last days."""
    return f"in:sent to:{_safe(address)} newer_than:8d"


def arrived_terms(since: datetime, *, without_bulk: bool) -> str:
    """Write the search for what lies in the inbox since then, with or without what Gmail files as bulk."""
    bulk = " ".join(f"-category:{one}" for one in BULK) if without_bulk else ""
    return f"in:inbox {_after(since)} {bulk}".rstrip()


def departed_terms(since: datetime) -> str:
    """Write the search for what was sent since then."""
    return f"in:sent {_after(since)}"


def from_terms(address: str, name: str, since: datetime, *, in_a_row: bool = False) -> str:
    """Write the search for what a person sent to the inbox; the name keeps out longer addresses like it.

    `in_a_row`: the address must follow upon the name, which keeps out longer ones under the same name too.
    """
    written = " ".join(_MARKS.sub(" ", f"{name} {address}" if in_a_row else name).split())
    named = f' from:"{written}"' if any(char.isalnum() for char in name) else ""
    return f"in:inbox from:{_safe(address)}{named} {_after(since)}"


def written_terms(addresses: Sequence[str]) -> str:
    """Write the search for what was sent to any of the addresses, ever."""
    group = " ".join(f"to:{_safe(one)}" for one in addresses)
    return f"in:sent {{{group}}}" if len(addresses) > 1 else f"in:sent {group}"


def sent_ids_terms(message_ids: Sequence[str]) -> str:
    """Write the search for those of the messages with these Message-IDs that the member sent."""
    group = " ".join(f"rfc822msgid:{one.strip('<>')}" for one in message_ids)
    return f"in:sent {{{group}}}" if len(message_ids) > 1 else f"in:sent {group}"


def left_out(field: str, people: Sequence[EmailAddress]) -> str:
    """Write what keeps mail from or to some people out of a search."""
    return "".join(f" -{field}:{one.address}" for one in people if is_safe(one.address))


def holds(person: EmailAddress, address: str) -> bool:
    """Say whether a search for an address finds another person too: it compares runs of words."""
    return person.address != address and _run(address) in _run(f"{person.name} {person.address}")


def is_longer(person: EmailAddress, address: str) -> bool:
    """Say whether a search without this person's address still finds the other one."""
    return _run(address) in _run(person.address) and _run(person.address) != _run(address)


def _run(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def is_safe(address: str) -> bool:
    """Say whether an address can be searched for."""
    try:
        return bool(_safe(address))
    except Refused:
        return False


def _after(since: datetime) -> str:
    return f"after:{int(since.timestamp())}"


def _safe(address: str) -> str:
    try:
        written = normalise(address)
    except ValueError:
        raise Refused("address") from None
    if _UNSAFE.search(address) or _UNSAFE.search(written):
        raise Refused("address")
    return written


def _quoted(words: str) -> list[str]:
    found = (phrase or word for phrase, word in _PHRASE.findall(words[:1000]))
    plain = (" ".join(_MARKS.sub(" ", one).split()) for one in found)
    return [f'"{one}"' for one in plain if any(c.isalnum() for c in one)][:_MOST_WORDS]


def search_link(account: str, addresses: Sequence[str]) -> str:
    """Make the address of Gmail's page with everything from or to these addresses."""
    return _page(account, f"search/{quote(search_terms(addresses, ''), safe='')}")


def thread_link(account: str, thread_id: str) -> str:
    """Make the address of Gmail's page with this conversation."""
    return _page(account, f"all/{quote(thread_id, safe='', errors='replace')}")


def draft_link(account: str, message_id: str) -> str:
    """Make the address of Gmail's page that goes on with this draft (the id of its message)."""
    return _page(account, f"drafts?compose={quote(message_id, safe='', errors='replace')}")


def _page(account: str, place: str) -> str:
    return f"{_WEB}?authuser={quote(account, safe='@')}#{place}"
