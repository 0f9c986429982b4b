"""Who wrote a mail that a list or a group handed on.

Groups put their own address in From ("Ann via Sales" <sales@northwind.example>), since DMARC leaves them no
choice; the author stands in a header beside it. Lists that leave From alone need no help.
"""

import re
from functools import lru_cache

from providers.content.addresses import clean_name, parse_addresses
from providers.content.encoded_words import decode_words
from providers.mail import EmailAddress, Message

_VIA = re.compile(r"\s+(?:via|über|par|durch|through)\s+\S.*$", re.I)
_MAILTO = re.compile(r"<mailto:([^>?\s]+)", re.I)
_LIST_SENDER = re.compile(r"^(?:owner-.+|.+-(?:owner|bounces?|admin|errors|return)(?:[-+].*)?)@", re.I)
_DISCUSSION = (
    "x-beenthere", "x-mailman-version", "mailing-list", "x-google-group-id", "x-ml-name", "x-lsv-listid",
    "x-egroups-from", "x-groupsio-msgnum", "x-listprocessor-version", "x-majordomo-version", "x-sequence",
)  # fmt: skip
_ONE_SENDER = ("list-unsubscribe-post", "feedback-id", "x-csa-complaints", "x-mailgun-sid", "x-sg-eid")


def author_of(message: Message) -> EmailAddress:
    """Say who wrote it. Where a group hides the author for good, that is From, the group's own address."""
    sender = _whole(message)
    if not _is_rewritten(message):
        return sender
    shown = bare_name(sender.name) if _VIA.search(sender.name) else ""
    for name in ("x-original-from", "x-original-sender", "x-mailfrom"):
        for found in parse_addresses(message.headers.get(name, ())[:1]):
            if _could_be_author(found, message):
                return EmailAddress(found.address, shown or found.name)
    for found in message.reply_to:
        if _could_be_author(found, message):
            return EmailAddress(found.address, shown or found.name)
    return EmailAddress(_unfolded(sender.address) or sender.address, bare_name(sender.name))


def _whole(message: Message) -> EmailAddress:
    """Put a name together that its comma cut in two: From: Abel, Tom <tom@abel.example>."""
    if "@" in message.sender.address:
        return message.sender
    written = message.headers.get("from", ())[:1]
    found = next((one for one in parse_addresses(written) if "@" in one.address), None)
    if found is None:
        return message.sender
    name = clean_name(decode_words(written[0].partition("<")[0])) if "<" in written[0] else found.name
    return EmailAddress(found.address, name)


def hands_on(message: Message) -> bool:
    """Tell whether a list or group on which people write to each other handed it on (RFC 2369, RFC 2919).

    A newsletter has list headers as well; what it lacks is an address to post to.
    """
    headers = message.headers
    if list_addresses(message) or any(_filled(message, name) for name in _DISCUSSION):
        return True
    if any(_filled(message, name) for name in _ONE_SENDER):
        return False
    if "list" in " ".join(headers.get("precedence", ())).casefold().split():
        return True
    named = _filled(message, "list-id") or "bulk" in " ".join(headers.get("precedence", ())).casefold()
    return named and any(
        _LIST_SENDER.match(one.address) for one in parse_addresses(headers.get("sender", ()))
    )


def list_addresses(message: Message) -> frozenset[str]:
    """Find where one writes to reach the list: List-Post, and what Mailman and Delivered-To tell."""
    headers = message.headers
    posts = [one for value in headers.get("list-post", ()) for one in _MAILTO.findall(value)]
    # The lists of the Linux kernel name no List-Post; Debian's write more behind the address.
    posts += [
        word for value in headers.get("x-mailing-list", ()) for word in value.split()[:1] if "@" in word
    ]
    delivered = [
        value.casefold().partition("mailing list")[2]
        for value in headers.get("delivered-to", ())
        if "mailing list" in value.casefold()
    ]
    found = parse_addresses([*posts, *headers.get("x-beenthere", ()), *delivered])
    return frozenset(one.address for one in found if "@" in one.address)


def is_group_address(message: Message) -> bool:
    """Tell whether the author stays hidden behind the address of a group."""
    author = author_of(message).address
    return author in list_addresses(message) or (
        author == message.sender.address
        and _VIA.search(message.sender.name) is not None
        and hands_on(message)
    )


@lru_cache(maxsize=2048)
def bare_name(name: str) -> str:
    """Take " via Sales" and the quotation marks that groups put around a name off it."""
    return _VIA.sub("", name).strip("'\"‘’ ")


def _is_rewritten(message: Message) -> bool:
    if not hands_on(message):
        return False
    sender = message.sender
    return (
        _VIA.search(sender.name) is not None
        or sender.address in list_addresses(message)
        or bool(_unfolded(sender.address))
    )


def _could_be_author(found: EmailAddress, message: Message) -> bool:
    lists = list_addresses(message)
    return "@" in found.address and found.address != message.sender.address and found.address not in lists


def _unfolded(address: str) -> str:
    """groups.io and its like write dana=northwind.example@groups.io for dana@northwind.example."""
    local, _, domain = address.partition("@")
    who, mark, where = local.rpartition("=")
    hosts = ("groups.io", "dmarc.ietf.org", "googlegroups.com")
    known = any(domain == host or domain.endswith(f".{host}") for host in hosts)
    return f"{who}@{where}" if mark and known and "." in where and "+" not in who else ""


def _filled(message: Message, name: str) -> bool:
    return any(value.strip() for value in message.headers.get(name, ()))
