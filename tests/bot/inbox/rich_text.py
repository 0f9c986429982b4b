"""What Slack takes of rich text, by the sandbox and by rules of our own, and a walk through all pages."""

import json
from collections.abc import Iterator
from typing import Any

from bot.inbox.body import draw_document
from providers.content.document import Document
from providers.content.links import honest_host
from sandbox.slack.blocks.validate import check_blocks

Json = dict[str, Any]
INSIDE = {
    "rich_text_section": {"text", "link", "date"},
    "rich_text_quote": {"text", "link"},
    "rich_text_preformatted": {"text"},
    "rich_text_list": {"rich_text_section"},
}


def drawn_pages(
    document: Document, budget_blocks: int = 20, budget_chars: int = 30_000
) -> Iterator[list[Json]]:
    """Draw page after page; each must keep the budgets and move on."""
    start: int | None = 0
    while start is not None:
        page = draw_document(document, budget_blocks=budget_blocks, budget_chars=budget_chars, start=start)
        assert len(page.blocks) <= budget_blocks
        assert len(json.dumps(page.blocks)) <= budget_chars + 2
        assert page.next_start is None or page.next_start > start
        yield page.blocks
        start = page.next_start


def complaints(blocks: list[Json]) -> list[str]:
    """Return everything about these blocks that Slack would refuse or that a mail must not be able to do."""
    refused = [str(problem) for problem in check_blocks(blocks)] if blocks else []
    return [*refused, *(complaint for block in blocks for complaint in _block(block))]


def _block(block: Json) -> Iterator[str]:
    if block.get("type") != "rich_text" or not block.get("elements"):
        yield f"not a rich text block: {block}"
        return
    if len(json.dumps(block)) > 10_000:
        yield "a block of more than 10,000 bytes"
    for element in block["elements"]:
        yield from _element(element)


def _element(element: Json) -> Iterator[str]:
    kind = element["type"]
    if kind not in INSIDE:
        yield f"no such element: {kind}"
        return
    if not element["elements"]:
        yield f"empty {kind}"
    if kind == "rich_text_list":
        if element["style"] not in ("bullet", "ordered") or not 0 <= element["indent"] <= 8:
            yield f"list with style {element['style']} and indent {element['indent']}"
        if element.get("offset", 0) < 0:
            yield "negative offset"
    for inner in element["elements"]:
        if inner["type"] not in INSIDE[kind]:
            yield f"{inner['type']} in {kind}"
        elif inner["type"] == "rich_text_section":
            yield from _element(inner)
        else:
            yield from _leaf(inner)


def _leaf(leaf: Json) -> Iterator[str]:
    text = leaf.get("text", "")
    if not text:
        yield "empty text"
    if len(text) > 3000:
        yield "text of more than 3,000 characters"
    if any(char in text for char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\x00"):
        yield "a character that hides or turns text"
    if leaf["type"] == "link":
        url = leaf["url"]
        if not url.lower().startswith(("http://", "https://", "mailto:")) or len(url) > 3000:
            yield f"a link to {url[:40]}"
        if honest_host(url, text):
            yield "a link whose words name another host"
