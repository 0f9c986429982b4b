"""What is asked of Graph, in its query language, and links into Outlook on the web.

What a person typed is looked for as words and never becomes an operator (KQL knows AND, OR, NOT, property:).
Source: https://learn.microsoft.com/graph/search-query-parameter, reference/providers.md 3.1
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import quote

from providers.content.addresses import normalise
from providers.errors import Refused
from providers.microsoft.meetings import PROPERTIES, TYPE

MARKER = "String {5d1f0c8e-8a3b-4a55-9c0e-6f2f1b7c4e21} Name MailroomKey"

# MAPI's own names for what Graph has no property for: it leaves the headers out of what was sent from here.
IN_REPLY_TO, REFERENCES = "String 0x1042", "String 0x1039"
MESSAGE_CLASS = "String 0x001a"  # tells Teams' chats, which Graph lists among the messages

_HIT = (
    "id,conversationId,receivedDateTime,sentDateTime,isDraft,parentFolderId,"
    "from,sender,toRecipients,ccRecipients,bccRecipients,replyTo"
)
_SEEN = f"{_HIT},subject,internetMessageId,internetMessageHeaders"
_WHOLE = (
    "id,conversationId,internetMessageId,subject,from,toRecipients,ccRecipients,bccRecipients,replyTo,"
    "receivedDateTime,sentDateTime,isDraft,bodyPreview,parentFolderId,webLink,body,uniqueBody,"
    "internetMessageHeaders"
)
_MEETING = ",".join(f"{TYPE}/{one}" for one in PROPERTIES)
_FILES = "attachments($select=id,name,contentType,size,isInline,microsoft.graph.fileAttachment/contentId)"
_ASKED = " or ".join(f"id eq '{one}'" for one in (IN_REPLY_TO, REFERENCES, MESSAGE_CLASS))
_PROPERTIES = f"singleValueExtendedProperties($filter={_ASKED})"

_UNSAFE = re.compile(r"[\s\"`(){}\[\]<>|,;:\\*]|^-")
_PLAIN = re.compile(r"[A-Za-z0-9._-]+@[A-Za-z0-9.-]+")
_GAPS = re.compile(r"[^A-Za-z0-9._@-]+")
_PHRASE = re.compile(r"\"([^\"]{0,200})\"|([^\s\"]{1,200})")
_MARKS = re.compile(r"[\"\\(){}\[\]<>|*]")
_KEY = re.compile(r"[A-Za-z0-9_-]{8,80}")
_PERSONAL = re.compile(r"(?:outlook|hotmail|live|msn|passport)\.[a-z]{2,3}(?:\.[a-z]{2})?")
_MOST_ADDRESSES = 40
_MOST_WORDS = 16


def checked(addresses: Sequence[str]) -> tuple[str, ...]:
    """Write the addresses the one way; raises Refused for what could be read as more than an address."""
    if not addresses or len(addresses) > _MOST_ADDRESSES:
        raise Refused("addresses")
    return tuple(dict.fromkeys(_safe(one) for one in addresses))


def _safe(address: str) -> str:
    try:
        written = normalise(address)
    except ValueError:
        raise Refused("address") from None
    if _UNSAFE.search(address) or _UNSAFE.search(written):
        raise Refused("address")
    return written


def hits(addresses: Sequence[str], words: str, top: int) -> str:
    """Write the search for messages that any of the addresses takes part in and that hold all the words."""
    people = " OR ".join(f"participants:{_term(one)}" for one in checked(addresses))
    if len(addresses) > 1:
        people = f"({people})"
    terms = " AND ".join([people, *_quoted(words)])
    sought = '"{}"'.format(terms.replace('"', '\\"'))
    return _path("/me/messages", search=sought, select=_HIT, top=top)


def is_plain(address: str) -> bool:
    """Say whether an address has only signs that the search is known to take as they are."""
    return _PLAIN.fullmatch(address) is not None


def _term(address: str) -> str:
    return address if is_plain(address) else f'"{address}"'


def _quoted(words: str) -> list[str]:
    found = (phrase or word for phrase, word in _PHRASE.findall(words[:1000]))
    plain = (" ".join(_MARKS.sub(" ", one).split()) for one in found)
    return [f'"{one}"' for one in plain if any(c.isalnum() for c in one)][:_MOST_WORDS]


def received_from(address: str, top: int) -> str:
    """Write the exact question for what an address sent: for addresses that the search does not know.

    The property of the order has to come first in the filter, or Graph calls it InefficientFilter.
    """
    since = "receivedDateTime ge 1900-01-01T00:00:00Z"
    exact = f"from/emailAddress/address eq {_literal(_safe(address))}"
    order = "receivedDateTime desc"
    return _path("/me/messages", filter=f"{since} and {exact}", orderby=order, select=_HIT, top=top)


def conversation(conversation_id: str, top: int, *, meetings: bool = True) -> str:
    """Write the question for every message of a conversation; an order with it would be refused.

    `meetings` asks for what only invitations have; there are mailboxes that cannot parse that.
    """
    wanted = f"conversationId eq {_literal(conversation_id)}"
    select = f"{_WHOLE},{_MEETING}" if meetings else _WHOLE
    return _path("/me/messages", filter=wanted, select=select, expand=f"{_FILES},{_PROPERTIES}", top=top)


def changes(folder: str, since: datetime) -> str:
    """Write the question for what came into a folder; the answers lead to the rounds after it."""
    wanted = f"receivedDateTime ge {_moment(since)}"
    path = f"/me/mailFolders/{folder}/messages/delta"
    asked = _path(path, select=_SEEN, filter=wanted, orderby="receivedDateTime desc")
    return f"{asked}&changeType=created"


def arrived_count(since: datetime) -> str:
    """Write the question for how many mails the inbox got since then."""
    wanted = f"receivedDateTime ge {_moment(since)}"
    return _path("/me/mailFolders/inbox/messages", filter=wanted, count="true", select="id", top=1)


def sent_to(address: str) -> str:
    """Write the search for what was sent to an address: a superset, since it compares words.

    Which signs of an address the search takes for gaps is not known, so they are gaps here.
    """
    words = [one for one in _GAPS.split(_safe(address)) if any(char.isalnum() for char in one)]
    sought = '"{}"'.format(" AND ".join(f"recipients:{one}" for one in words))
    return _path("/me/mailFolders/sentitems/messages", search=sought, select=_HIT, top=100)


def received_since(address: str, since: datetime) -> str:
    """Write the exact question for what an address sent to the inbox."""
    moment = f"receivedDateTime ge {_moment(since)}"
    exact = f"from/emailAddress/address eq {_literal(_safe(address))}"
    order = "receivedDateTime desc"
    path = "/me/mailFolders/inbox/messages"
    return _path(path, filter=f"{moment} and {exact}", orderby=order, select=_SEEN, top=50)


def is_safe(address: str) -> bool:
    """Say whether an address can be searched for."""
    try:
        return bool(_safe(address))
    except Refused:
        return False


def _moment(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def folder(name: str) -> str:
    """Write the question for the id of a well-known folder."""
    return _path(f"/me/mailFolders/{name}", select="id")


def marked(key: str) -> str:
    """Write the question for what was sent with our marker."""
    exact = f"ep/id eq {_literal(MARKER)} and ep/value eq {_literal(key_of(key))}"
    wanted = f"singleValueExtendedProperties/Any(ep: {exact})"
    select = "id,conversationId,sentDateTime,receivedDateTime,isDraft"
    return _path("/me/mailFolders/sentitems/messages", filter=wanted, select=select, top=5)


def key_of(key: str) -> str:
    """Check a key of ours before it stands in a question."""
    if not _KEY.fullmatch(key):
        raise Refused("unsendable_key")
    return key


def message(message_id: str, *below: str) -> str:
    """Write the path of a message or of something in it; ids hold "/", "+" and "="."""
    return "/".join(
        ["/me/messages", *(quote(one, safe="", errors="replace") for one in (message_id, *below))]
    )


def _literal(text: str) -> str:
    return "'{}'".format(text.replace("'", "''"))


def _path(path: str, **options: object) -> str:
    return f"{path}?" + "&".join(f"${name}={_encoded(str(value))}" for name, value in options.items())


@lru_cache(maxsize=64)  # most of what is asked for is always the same, and long
def _encoded(value: str) -> str:
    return quote(value, safe="", errors="replace")


def search_link(account: str, addresses: Sequence[str]) -> str:
    """Make the address of Outlook on the web, signed in as the account, that looks for these addresses.

    Microsoft documents no address of a search: where Outlook passes over this one, it opens the mailbox.
    """
    sought = quote(" OR ".join(f"participants:{one}" for one in checked(addresses)), safe="@:")
    return f"{_web(account)}deeplink/search?query={sought}&login_hint={quote(account, safe='@')}"


def safe_link(link: str, account: str) -> str:
    """Give a link of Graph's if it is one, else the mailbox."""
    return link if link.startswith("https://") and len(link) <= 2000 else _web(account)


def _web(account: str) -> str:
    personal = _PERSONAL.fullmatch(account.rpartition("@")[2].lower())
    return "https://outlook.live.com/mail/0/" if personal else "https://outlook.office.com/mail/"
