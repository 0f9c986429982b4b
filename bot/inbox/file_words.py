"""What the pages for files say, and the safe name and type under which a file leaves."""

import re
from urllib.parse import quote

from bot.blocks import clip, one_line
from bot.inbox.attachments import Cause, File, Offered
from bot.inbox.file_kinds import file_kind
from bot.words import Reader
from providers.content.parts import ENCLOSING

# Types that a browser shows without running anything. Everything else leaves as bytes to be saved.
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_HARMLESS = PICTURES | {"application/pdf", "application/zip"}
_RESERVED = re.compile(r"[\\/:*?\"<>|\x00-\x1f]")

STATUS = {
    Cause.UNKNOWN: 404,
    Cause.USED: 410,
    Cause.EXPIRED: 410,
    Cause.OTHER_BROWSER: 403,
    Cause.DISCONNECTED: 410,
}


def page_words(offered: Offered, reader: Reader) -> dict[str, str]:
    """Say everything that the page of a file says."""
    file = offered.file
    nameless = reader.say("Attached message") if file.type in ENCLOSING else reader.say("File without a name")
    name = clip(one_line(file.name), 200) or nameless
    kind = file_kind(file.name, file.type, reader)
    may_show = file.type in PICTURES
    return {
        "lang": reader.locale.split("-")[0],
        "title": reader.say("File"),
        "name": name,
        "facts": reader.say("{kind}, {size}", kind=kind, size=reader.size(file.size)),
        "where": reader.say("From a message in {address}.", address=offered.account.address),
        "caution": reader.say("Mailroom has not looked into it: open it only if you know the sender."),
        "download": reader.say("Download"),
        "show": reader.say("Show the picture") if may_show else "",
        "once": reader.say(
            "This page works once, for ten minutes, in this browser. Get file in Slack makes another."
        ),
    }


def cause_words(cause: Cause, reader: Reader) -> dict[str, str]:
    """Say why there is no file here, and what to do."""
    title, happened = {
        Cause.UNKNOWN: ("There is no file here", "This address leads nowhere, or no longer."),
        Cause.USED: ("This page was used already", "Each page for a file works once."),
        Cause.EXPIRED: ("This page is too old", "Pages for files work for ten minutes."),
        Cause.OTHER_BROWSER: (
            "This page belongs to another browser",
            "Only the browser that opened it first may fetch the file. Nothing was given out here.",
        ),
        Cause.DISCONNECTED: (
            "The mailbox is not connected any more",
            "The file is still in the mailbox itself; Mailroom cannot reach it.",
        ),
    }[cause]
    next_ = "Go back to the conversation in Slack and press Get file again."
    return {"title": reader.say(title), "happened": reader.say(happened), "what_next": reader.say(next_)}


def not_from_here(reader: Reader) -> dict[str, str]:
    """Say that a form was sent which is not the page's own."""
    return {
        "title": reader.say("That did not work"),
        "happened": reader.say("The request did not come from the page of the file. Nothing was given out."),
        "what_next": reader.say("Go back to the conversation in Slack and press Get file again."),
    }


def not_fetched(sentence: str, reader: Reader) -> dict[str, str]:
    """Say that the provider did not give the file; the page is still good."""
    return {
        "title": reader.say("The file could not be fetched"),
        "happened": sentence,
        "what_next": reader.say("This page is still good: go back to it and try again."),
    }


def leaving_type(file: File) -> str:
    """The type under which a file leaves: its own where that is harmless."""
    return file.type if file.type in _HARMLESS else "application/octet-stream"


def disposition(file: File, *, shown: bool) -> str:
    """Name the file for the browser, for old and new ones.

    Source: RFC 6266 4.3, RFC 8187 3.2; a name never carries a path.
    """
    name = _RESERVED.sub("_", one_line(file.name)).strip(". ")
    if file.type in ENCLOSING and not name.lower().endswith(".eml"):  # else no program knows what it is
        name = f"{_cut(name or 'message', 110)}.eml"
    name = _cut(name or "file", 120)
    plain = "".join(char if char.isascii() and char not in '"%;\\' else "_" for char in name)
    how = "inline" if shown else "attachment"
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _cut(name: str, length: int) -> str:
    """Shorten a name and keep its ending, by which a machine knows what it is."""
    if len(name) <= length:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:length]
    return f"{stem[: length - len(ending) - 1]}.{ending}"
