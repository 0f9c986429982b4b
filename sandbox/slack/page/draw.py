"""Fill the page's templates; every value that a template prints is escaped unless it is finished HTML."""

import json
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import ChainableUndefined, Environment, FileSystemLoader
from markupsafe import Markup

from sandbox.slack.page import dates, values
from sandbox.slack.page.emoji import emoji_text
from sandbox.slack.page.mentions import safe_url
from sandbox.slack.page.mrkdwn import mrkdwn_html
from sandbox.slack.page.rich_text import rich_text_html
from sandbox.slack.page.values import Surface
from sandbox.slack.page.viewer import Viewer

Block = Mapping[str, Any]


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=ChainableUndefined,  # most fields of Block Kit are optional
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["json"] = lambda thing: json.dumps(thing, separators=(",", ":"))
    made.filters["emoji"] = emoji_text
    made.filters["initials"] = initials
    made.filters["hue"] = hue
    made.globals.update(
        text_html=text_html,
        rich_text_html=rich_text_html,
        safe_url=safe_url,
        clock_time=dates.clock_time,
        day_name=dates.day_name,
        stamp=dates.stamp,
        text_of=values.text_of,
        options_of=values.options_of,
        ids_of=values.ids_of,
        rich_of=values.rich_of,
        is_chosen=values.is_chosen,
        ident=values.ident,
    )
    return made


def text_html(thing: Mapping[str, Any] | None, viewer: Viewer) -> Markup:
    """Draw a text object, plain or mrkdwn."""
    if not thing:
        return Markup("")
    if thing["type"] == "mrkdwn":
        return mrkdwn_html(thing["text"], viewer, bool(thing.get("verbatim")))
    words = emoji_text(thing["text"]) if thing.get("emoji", True) else thing["text"]
    return Markup("{}").format(words)


def initials(name: str) -> str:
    """Give the one or two letters of a face that is drawn instead of a photograph."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


def hue(name: str) -> int:
    """Give a person the same colour everywhere. Units: degrees."""
    return zlib.crc32(name.encode()) % 360


def draw(template: str, **names: Any) -> Markup:
    """Fill one template."""
    return Markup(_TEMPLATES.get_template(template).render(**names))


def blocks_html(blocks: Sequence[Block], surface: Surface, viewer: Viewer) -> Markup:
    """Draw Block Kit."""
    return draw("surface.html", blocks=blocks, surface=surface, viewer=viewer)


_TEMPLATES = _environment()
