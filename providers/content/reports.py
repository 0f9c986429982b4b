"""Delivery reports (RFC 3464) and read receipts (RFC 8098): what they say about whom."""

from email.parser import HeaderParser
from email.policy import compat32

from providers.content.addresses import parse_addresses
from providers.content.clean import one_line
from providers.content.encoded_words import decode_words
from providers.content.notes import AttachedMessage, DeliveryReport, Failure, ReadReceipt

MAX_FAILURES = 20
MAX_GROUPS = 60
Fields = dict[str, str]


def read_delivery_report(text: str, original: str) -> DeliveryReport | None:
    """Read a message/delivery-status part; `original` is the returned message or its headers, "" for none."""
    failures = []
    for group in _groups(text)[: MAX_FAILURES * 2]:
        address = _after_type(group.get("original-recipient", "") or group.get("final-recipient", ""))
        if not address:
            continue
        action = group.get("action", "failed").split(" ")[0].casefold().strip(";,.")
        status = group.get("status", "").split(" ")[0][:12]
        failures.append(
            Failure(address[:320], action, status, _after_type(group.get("diagnostic-code", ""))[:400])
        )
    if not failures:
        return None
    return DeliveryReport(tuple(failures[:MAX_FAILURES]), header_of(original, "subject"))


def read_receipt(text: str, original: str) -> ReadReceipt | None:
    """Read a message/disposition-notification part."""
    for group in _groups(text)[:5]:
        disposition = group.get("disposition", "").casefold()
        if disposition:
            reader = _after_type(group.get("final-recipient", "") or group.get("original-recipient", ""))
            deleted = "deleted" in disposition.rpartition(";")[2]
            return ReadReceipt(reader[:320], deleted, header_of(original, "subject"))
    return None


def read_attached(text: str) -> AttachedMessage:
    """Read who wrote an attached message, and about what."""
    people = parse_addresses([_fields(text.lstrip()[:64_000]).get("from", "")])
    return AttachedMessage(people[0] if people else None, header_of(text, "subject"))


def header_of(text: str, name: str) -> str:
    """Return one header of a message given as text, decoded, in one line."""
    return one_line(decode_words(_fields(text.lstrip()[:64_000]).get(name, "")))[:300]


def _groups(text: str) -> list[Fields]:
    """Cut a report into its groups of fields, which empty lines part."""
    groups: list[Fields] = []
    for block in text.replace("\r\n", "\n").strip().split("\n\n", MAX_GROUPS)[:MAX_GROUPS]:
        fields = _fields(block.lstrip())  # some servers part them by several
        if fields:
            groups.append(fields)
    return groups


def _fields(text: str) -> Fields:
    fields: Fields = {}
    for name, value in HeaderParser(policy=compat32).parsestr(text, headersonly=True).items():
        fields.setdefault(name.casefold(), one_line(str(value)))
    return fields


def _after_type(value: str) -> str:
    """Return what stands behind "rfc822;" or "smtp;"."""
    head, mark, rest = value.partition(";")
    return (rest if mark and " " not in head.strip() else value).strip(" <>")
