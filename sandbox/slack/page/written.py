"""Turn what a person typed into an editor into what Slack's own editor sends.

Slack's editor makes links of addresses and emoji elements of emoji while one types; the page's small editor
sends plain words, so it is done here.
"""

import re
from collections.abc import Iterator
from typing import Any

from sandbox.slack.page.emoji import CODE, EMOJI
from sandbox.slack.page.mrkdwn import BARE_LINK, BARE_MAIL

Json = dict[str, Any]

_NAMES = {character: name for name, character in reversed(EMOJI.items())}
_EMOJI = re.compile("|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True)))
_SPECIAL = re.compile(f"{BARE_LINK.pattern}|{BARE_MAIL.pattern}|{CODE.pattern}|{_EMOJI.pattern}")


def as_sent(block: Json | None) -> Json | None:
    """Return a rich_text block with links and emoji as elements of their own; None stays None."""
    if block is None:
        return None
    return {**block, "elements": [_part(part) for part in block["elements"]]}


def _part(part: Json) -> Json:
    if part["type"] == "rich_text_preformatted":
        return part
    if part["type"] == "rich_text_list":
        return {**part, "elements": [_part(item) for item in part["elements"]]}
    return {**part, "elements": [piece for element in part["elements"] for piece in _pieces(element)]}


def _pieces(element: Json) -> Iterator[Json]:
    if element["type"] != "text" or element.get("style", {}).get("code"):
        yield element
        return
    words, end = element["text"], 0
    for found in _SPECIAL.finditer(words):
        special = _special(found[0])
        if special is None:
            continue
        if found.start() > end:
            yield {**element, "text": words[end : found.start()]}
        yield special | ({"style": element["style"]} if "style" in element else {})
        end = found.end()
    if end < len(words):
        yield {**element, "text": words[end:]}


def _special(words: str) -> Json | None:
    if words.startswith(":"):
        name = words.strip(":")
        return _emoji(name) if name in EMOJI else None
    if words in _NAMES:
        return _emoji(_NAMES[words])
    if "://" in words:
        return {"type": "link", "url": words}
    return {"type": "link", "url": f"mailto:{words}", "text": words}


def _emoji(name: str) -> Json:
    points = "-".join(f"{ord(letter):x}" for letter in EMOJI[name])
    return {"type": "emoji", "name": name, "unicode": points}
