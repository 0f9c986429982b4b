"""What a message says, as Exchange tells it: HTML or text, what is new in it, whether it is a meeting."""

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sandbox.mail.content import Part, strip_tags, text_of

_HEAD = '<html><head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
_UNSAFE = ["script", "iframe", "object", "embed", "form", "base"]
_QUOTES = (
    "div#divRplyFwdMsg",
    "div#appendonsend",
    "div.gmail_quote",
    "div.gmail_quote_container",
    "blockquote[type=cite]",
    "div.moz-cite-prefix",
    "div.yahoo_quoted",
    "div.protonmail_quote",
    "blockquote",
)
_QUOTED_TEXT = re.compile(
    r"^(?:>|-{2,} ?(?:Original|Urspr|Forwarded|Message d)|_{20,}\s*$|(?:On|Am|Le|El|Em|Den) .{5,200}:\s*$)",
    re.MULTILINE,
)
_CALENDAR = re.compile(r"^(METHOD|DTSTART|DTEND|LOCATION)[^:\r\n]*:([^\r\n]*)", re.MULTILINE)


def body_part(root: Part) -> Part | None:
    """Find what is shown: the first HTML, else the first text, that is no file."""
    for kind in ("text/html", "text/plain"):
        for part in root.shown():
            if part.type == kind and not part.attached:
                return part
    return None


def files_of(root: Part) -> list[Part]:
    """List the parts that are attachments: not the body, not its containers, not the invitation."""
    return [part for part in root.shown() if not part.type.startswith("multipart/") and _is_file(part)]


def _is_file(part: Part) -> bool:
    return part.type != "text/calendar" and (part.attached or part.type not in ("text/plain", "text/html"))


def is_inline(part: Part) -> bool:
    names = {name.lower(): value for name, value in part.headers}
    return "content-id" in names and not names.get("content-disposition", "").lower().startswith("attachment")


def body(root: Part, kind: str) -> dict[str, str]:
    """Write the body as "html" or "text"."""
    part = body_part(root)
    if kind == "text":
        return {"contentType": "text", "content": text_of(root).replace("\r\n", "\n").replace("\n", "\r\n")}
    if part is not None and part.type == "text/html":
        return {"contentType": "html", "content": _safe(part.content.decode("utf-8", "replace"))}
    text = part.content.decode("utf-8", "replace") if part else ""
    shown = html.escape(text).replace("\r\n", "\n").replace("\n", "<br>\r\n")
    said = f'<body>\r\n<div class="PlainText">{shown}</div>\r\n</body></html>'
    return {"contentType": "html", "content": f"{_HEAD}</head>\r\n{said}"}


def unique_body(root: Part, kind: str) -> dict[str, str]:
    """Write the part that is new in this message, quotes of earlier ones cut off."""
    whole = body(root, kind)
    if kind == "text":
        found = _QUOTED_TEXT.search(whole["content"].replace("\r\n", "\n"))
        text = whole["content"].replace("\r\n", "\n")
        kept = text[: found.start()].rstrip() if found and text[: found.start()].strip() else text
        return {"contentType": "text", "content": kept.replace("\n", "\r\n")}
    return {"contentType": "html", "content": _without_quotes(whole["content"])}


def _without_quotes(text: str) -> str:
    tree = LexborHTMLParser(text)
    for selector in _QUOTES:
        first = tree.css_first(selector)
        if first is None:
            continue
        node: LexborNode | None = first
        while node is not None and node.tag not in ("body", "html"):
            while node.next is not None:
                node.next.decompose()
            parent = node.parent
            if node is first:
                node.decompose()
            node = parent
        break
    kept = tree.html or ""
    return kept if strip_tags(kept).strip() else text


def _safe(text: str) -> str:
    """Take out what Exchange takes out unless outlook.allow-unsafe-html is preferred."""
    lowered = text.lower()
    if not any(f"<{tag}" in lowered for tag in _UNSAFE):
        return text
    tree = LexborHTMLParser(text)
    tree.strip_tags(_UNSAFE)
    return tree.html or ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """What an invitation, an answer to one or a cancellation says."""

    type: str  # an OData type
    kind: str  # meetingMessageType
    start: datetime | None
    end: datetime | None
    location: str
    answer: str  # responseType


_ANSWERS = {
    "ACCEPTED": ("meetingAccepted", "accepted"),
    "TENTATIVE": ("meetingTenativelyAccepted", "tentativelyAccepted"),
    "DECLINED": ("meetingDeclined", "declined"),
}


def meeting_of(root: Part) -> Meeting | None:
    """Read the invitation in a message; None when there is none with a method."""
    part = next((one for one in root.walk() if one.type == "text/calendar"), None)
    if part is None:
        return None
    lines = re.sub(r"\r?\n[ \t]", "", part.content.decode("utf-8", "replace"))
    found: dict[str, str] = {}
    for name, value in _CALENDAR.findall(lines):
        found.setdefault(name, value.strip())
    answered = re.search(r"PARTSTAT=([A-Z-]+)", lines)
    times = (_moment(found.get("DTSTART", "")), _moment(found.get("DTEND", "")), found.get("LOCATION", ""))
    match found.get("METHOD", "").upper():
        case "REQUEST":
            return Meeting("#microsoft.graph.eventMessageRequest", "meetingRequest", *times, "none")
        case "CANCEL":
            return Meeting("#microsoft.graph.eventMessage", "meetingCancelled", *times, "none")
        case "REPLY":
            kind, answer = _ANSWERS.get(answered.group(1) if answered else "", ("none", "none"))
            return Meeting("#microsoft.graph.eventMessageResponse", kind, *times, answer)
    return None


def _moment(text: str) -> datetime | None:
    for form in ("%Y%m%dT%H%M%SZ", "%Y%m%dT%H%M%S", "%Y%m%d"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None
