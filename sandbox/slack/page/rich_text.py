"""Turn a rich_text block into HTML.

Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from sandbox.slack.page.emoji import emoji_html
from sandbox.slack.page.mentions import broadcast_html, channel_html, date_html, link_html, person_html
from sandbox.slack.page.viewer import Viewer

_STYLES = (("code", "code"), ("bold", "strong"), ("italic", "em"), ("strike", "s"), ("underline", "u"))


def rich_text_html(elements: Sequence[Mapping[str, Any]], viewer: Viewer) -> Markup:
    """Draw the parts of a rich_text block, lists nested by their indent."""
    drawn = Markup("")
    lists: list[Mapping[str, Any]] = []
    for element in elements:
        if element["type"] == "rich_text_list":
            lists.append(element)
            continue
        drawn += _lists(lists, viewer) + _PARTS[element["type"]](element, viewer)
        lists = []
    return drawn + _lists(lists, viewer)


def inline_html(elements: Sequence[Mapping[str, Any]], viewer: Viewer) -> Markup:
    """Draw the words, links and mentions of one line or paragraph."""
    drawn = (_styled(_INLINE[element["type"]](element, viewer), element) for element in elements)
    return Markup("").join(drawn)


def _styled(words: Markup, element: Mapping[str, Any]) -> Markup:
    style = element.get("style") or {}
    for name, tag in _STYLES:
        if style.get(name):
            words = Markup(f"<{tag}>{{}}</{tag}>").format(words)
    return words


def _section(element: Mapping[str, Any], viewer: Viewer) -> Markup:
    return Markup('<div class="rich-section">{}</div>').format(inline_html(element["elements"], viewer))


def _quote(element: Mapping[str, Any], viewer: Viewer) -> Markup:
    return Markup("<blockquote>{}</blockquote>").format(inline_html(element["elements"], viewer))


def _preformatted(element: Mapping[str, Any], viewer: Viewer) -> Markup:
    return Markup("<pre>{}</pre>").format(inline_html(element["elements"], viewer))


def _lists(lists: Sequence[Mapping[str, Any]], viewer: Viewer) -> Markup:
    """Draw lists that follow one another, a deeper one inside the last item of the one before."""
    html = Markup("")
    place = 0
    while place < len(lists):
        top = lists[place]
        end = place + 1
        while end < len(lists) and lists[end].get("indent", 0) > top.get("indent", 0):
            end += 1
        html += _list(top, _lists(lists[place + 1 : end], viewer), viewer)
        place = end
    return html


def _list(element: Mapping[str, Any], nested: Markup, viewer: Viewer) -> Markup:
    tag, start = ("ol", int(element.get("offset", 0)) + 1) if element["style"] == "ordered" else ("ul", 1)
    items = [inline_html(item["elements"], viewer) for item in element["elements"]]
    if items:
        items[-1] += nested
    body = Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
    border = " bordered" if element.get("border") else ""
    opening = Markup('<{} class="indent-{}{}"{}>').format(
        Markup(tag),
        int(element.get("indent", 0)) % 3,
        Markup(border),
        Markup(f' start="{start}"') if start > 1 else "",
    )
    return opening + body + Markup(f"</{tag}>")


def _date(element: Mapping[str, Any], viewer: Viewer) -> Markup:
    return date_html(
        str(element["timestamp"]),
        element["format"],
        viewer,
        element.get("fallback", ""),
        element.get("url", ""),
    )


_Draw = Callable[[Mapping[str, Any], Viewer], Markup]
_PARTS: dict[str, _Draw] = {
    "rich_text_section": _section,
    "rich_text_quote": _quote,
    "rich_text_preformatted": _preformatted,
}
_INLINE: dict[str, _Draw] = {
    "text": lambda element, _: Markup("{}").format(element["text"]),
    "link": lambda element, _: link_html(element["url"], element.get("text", "")),
    "emoji": lambda element, _: emoji_html(element["name"]),
    "user": lambda element, viewer: person_html(element["user_id"], viewer),
    "channel": lambda element, viewer: channel_html(element["channel_id"], viewer),
    "usergroup": lambda element, _: broadcast_html(element["usergroup_id"]),
    "broadcast": lambda element, _: broadcast_html(element["range"]),
    "date": _date,
    "color": lambda element, _: Markup("<span>{}</span>").format(element["value"]),
}
