"""Turn Slack's mrkdwn into HTML.

Whatever is not a mark is escaped before any tag is written, so hostile text stays text.
Source: https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from sandbox.slack.page.emoji import CODE, EMOJI, emoji_html
from sandbox.slack.page.mentions import angle_html, link_html
from sandbox.slack.page.viewer import Viewer

_FENCE = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_ANGLE = re.compile(r"<([@#!]?[^<>\s|][^<>|]*(?:\|[^<>]*)?)>")
BARE_LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]}'*_~]")
BARE_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
_QUOTE = re.compile(r"^(?:&gt;|>) ?(.*)$")
_KEPT = re.compile("\ue000(\\d+)\ue001")
# A mark counts only at the edge of a word, with no blank on its inner side.
_MARKS = tuple(
    (
        re.compile(
            rf"(?<![^\W_])(?<!{mark}){mark}(?=[^\s{mark}])([^\n{mark}]*?)(?<!\s){mark}(?!{mark})(?![^\W_])"
        ),
        tag,
    )
    for mark, tag in ((r"\*", "strong"), ("_", "em"), ("~", "s"))
)


def decode(text: str) -> str:
    """Undo the three entities that Slack asks for; any other stays as typed."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


class _Kept:
    """Keep finished HTML aside, behind marks that no text can hold."""

    def __init__(self) -> None:
        self.pieces: list[Markup] = []

    def put(self, piece: Markup) -> str:
        self.pieces.append(piece)
        return f"\ue000{len(self.pieces) - 1}\ue001"

    def back(self, text: str) -> str:
        while _KEPT.search(text):
            text = _KEPT.sub(lambda found: str(self.pieces[int(found[1])]), text)
        return text


def mrkdwn_html(text: str, viewer: Viewer, verbatim: bool = False) -> Markup:
    """Draw mrkdwn; verbatim leaves bare web and mail addresses as words."""
    kept = _Kept()
    text = text.replace("\ue000", "").replace("\ue001", "")
    text = _FENCE.sub(lambda found: kept.put(Markup("<pre>{}</pre>").format(decode(found[1]))), text)
    text = _CODE.sub(lambda found: kept.put(Markup("<code>{}</code>").format(decode(found[1]))), text)
    text = _ANGLE.sub(lambda found: kept.put(angle_html(decode(found[1]), viewer)), text)
    if not verbatim:
        text = BARE_LINK.sub(lambda found: kept.put(link_html(decode(found[0]))), text)
        text = BARE_MAIL.sub(lambda found: kept.put(link_html(f"mailto:{found[0]}")), text)
    text = CODE.sub(_emoji(kept), text)
    # Every piece of what was typed is escaped in _line; the pieces kept aside are finished HTML.
    return Markup(kept.back(_lines(text)))


def _emoji(kept: _Kept) -> Callable[[re.Match[str]], str]:
    return lambda found: kept.put(emoji_html(found[1])) if found[1] in EMOJI else found[0]


def _lines(text: str) -> str:
    """Join the lines, each run of quoted ones in a blockquote."""
    done: list[str] = []
    quoted: list[str] = []
    for line in text.split("\n"):
        quote = _QUOTE.match(line)
        if quote:
            quoted.append(_line(quote[1]))
            continue
        if quoted:
            done.append(_quote(quoted))
            quoted = []
        done.append(_line(line))
    if quoted:
        done.append(_quote(quoted))
    return (
        "<br>".join(done)
        .replace("</blockquote><br>", "</blockquote>")
        .replace("<br><blockquote>", "<blockquote>")
    )


def _quote(lines: list[str]) -> str:
    return "<blockquote>" + "<br>".join(lines) + "</blockquote>"


def _line(text: str) -> str:
    marked = str(escape(decode(text)))
    for pattern, tag in _MARKS:
        marked = pattern.sub(rf"<{tag}>\1</{tag}>", marked)
    return marked
