"""What mail clients write into their markup: quotes, signatures, hidden text.

The facts are public ones about each client's output (providers.md 7, "quoted reply"). To add a client: its
or name into the table it belongs to, lower case.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from providers.content.html_hidden import hides, too_small

HIDDEN: Final = 1
QUOTE: Final = 2
ATTRIBUTION: Final = 4
REST: Final = 8
FORWARD: Final = 16
SIGNATURE: Final = 32
BOLD: Final = 64
ITALIC: Final = 128
STRIKE: Final = 256
KEEP_LINES: Final = 512  # white-space: pre-wrap and the like
TIGHT: Final = 1024  # a paragraph without space around it: one line of several
CODE: Final = 2048
NOT_BOLD: Final = 4096
FAINT: Final = 16384  # words directly in it are not to be seen; what else is in it may be
QUOTE_IF_SET_IN: Final = 8192  # Gmail calls the <blockquote> and the <div> around it the same

_TELLING: Final = frozenset({"id", "name", "type", "hidden", "data-marker", "data-smartmail"})
_REMEMBERED: Final = 2048  # classes, and styles: a message repeats few of them
Attributes = Mapping[str, str]


def _table(**names: tuple[int, str]) -> dict[str, int]:
    return {name: meaning for meaning, words in names.values() for name in words.split()}


_CLASSES: Final = _table(
    gmail=(QUOTE_IF_SET_IN, "gmail_quote"),
    quote=(
        QUOTE,
        "yahoo_quoted protonmail_quote tutanota_quote zmail_extra freshdesk_quote front-blockquote clean_bq "
        "hs_reply gorgias-quote sh-quoted-content spark_quote",
    ),
    attribution=(ATTRIBUTION, "gmail_attr moz-cite-prefix airmail_ext_on gmail_quote_attribution"),
    forward=(FORWARD, "moz-email-headers-table"),
    rest=(REST, "ms-outlook-mobile-reference-message originalmessage"),
    signature=(
        SIGNATURE,
        "gmail_signature moz-signature protonmail_signature_block tutanota_signature front-signature "
        "yahoo-signature hs_signature",
    ),
    tight=(
        TIGHT,
        "msonormal msoplaintext msolistparagraph msolistparagraphcxspfirst msolistparagraphcxspmiddle",
    ),
    tight_too=(TIGHT, "msolistparagraphcxsplast x_msonormal x_msolistparagraph"),
)
_IDS: Final = _table(
    rest=(
        REST,
        "divrplyfwdmsg appendonsend stopspelling olk_src_body_section "
        "mail-editor-reference-message-container isreplycontent zwchr originalmessage",
    ),
    attribution=(ATTRIBUTION, "reply-intro"),
    signature=(
        SIGNATURE,
        "signature ms-outlook-mobile-signature applemailsignature composer_signature outlooksignature "
        "__aol_mail_signature__ zm-_id_-sgn",
    ),
)
_NAMES: Final = _table(quote=(QUOTE, "messagereplysection"), signature=(SIGNATURE, "messagesignaturesection"))
_DECLARATIONS: Final = (
    ("font-weight:bold", BOLD),
    ("font-weight:600", BOLD),
    ("font-weight:700", BOLD),
    ("font-weight:800", BOLD),
    ("font-weight:900", BOLD),
    ("font-weight:normal", NOT_BOLD),
    ("font-weight:400", NOT_BOLD),
    ("font-style:italic", ITALIC),
    ("line-through", STRIKE),
    ("white-space:pre", KEEP_LINES),
)


_MARGIN: Final = re.compile(r"margin(-top|-bottom)?\s*:((?:\s*[\d.]+[a-z%]*){1,4})", re.IGNORECASE)


def meaning_of(attributes: Attributes) -> int:
    """Return the meanings of an element, added up."""
    style, names = attributes.get("style"), attributes.get("class")
    meaning = _style(style) if style else 0
    if names:
        meaning |= _class(names)
    return meaning if _TELLING.isdisjoint(attributes) else meaning | _others(attributes)


def _others(attributes: Attributes) -> int:
    meaning = 0
    name = attributes.get("id")
    if name:
        # Outlook puts "x_" before the ids of a mail that it quotes; Yahoo and Apple number theirs.
        known = name.lower().removeprefix("x_")
        meaning = _IDS.get(known, 0)
        if known.startswith("yahoo_quoted"):
            meaning |= QUOTE
        elif known.startswith("applemailsignature"):
            meaning |= SIGNATURE
    name = attributes.get("name")
    if name:
        meaning |= _NAMES.get(name.lower(), 0)
    if attributes.get("type", "").lower() == "cite":
        meaning |= QUOTE
    if "hidden" in attributes:
        meaning |= HIDDEN
    marker = attributes.get("data-marker") or attributes.get("data-smartmail")
    if marker == "__QUOTED_TEXT__":
        meaning |= REST
    elif marker in ("gmail_signature", "signature"):
        meaning |= SIGNATURE
    return meaning


@lru_cache(_REMEMBERED)
def _class(names: str) -> int:
    meaning = 0
    for name in names.lower().split()[:20]:
        meaning |= _CLASSES.get(name.removeprefix("x_"), 0)
    return meaning


@lru_cache(_REMEMBERED)
def _style(style: str) -> int:
    plain = "".join(style.lower().split())
    meaning = 0
    for words, means in _DECLARATIONS:
        if words in plain:
            meaning |= means
    if "margin" in plain and _tight(style):
        meaning |= TIGHT
    if hides(style):
        meaning |= HIDDEN
    if "font-size:0" in plain and too_small(style):
        meaning |= FAINT
    return meaning


def _tight(style: str) -> bool:
    """Tell whether margins leave no space above and below ("margin: 0cm 0cm 0.0001pt" does not)."""
    top = bottom = False
    for side, values in _MARGIN.findall(style[:2000]):
        sizes = [float(number) for number in re.findall(r"\d+\.?\d*", values)] or [1.0]
        if side.lower() != "-bottom":
            top = sizes[0] < 1
        if side.lower() != "-top":
            bottom = (sizes[2] if len(sizes) > 2 else sizes[0]) < 1
    return top and bottom
