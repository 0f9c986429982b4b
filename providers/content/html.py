"""HTML mail → pieces. Nothing remote is ever fetched; nothing raises; bounded in size, depth and time."""

from selectolax.lexbor import LexborHTMLParser

from providers.content.document import Image, Paragraph, Preformatted
from providers.content.html_builder import Builder
from providers.content.html_guard import harmless
from providers.content.html_sheet import hidden_names
from providers.content.html_steps import Steps
from providers.content.html_symbols import with_symbols
from providers.content.html_tokens import tokens_of
from providers.content.html_walk import Walk
from providers.content.html_word import joined_pieces
from providers.content.pieces import Piece, piece_of
from providers.content.text import read_text

MAX_HTML = 2 * 1024 * 1024  # characters considered (reliability.md T16)
MAX_TAGS = 200_000  # a page of nothing else would take as much memory for each as for a line of text


def beginning_of(html: str) -> str:
    """Return as much of a page as is read."""
    html = html[:MAX_HTML]
    if len(html) <= MAX_TAGS or html.count("<") <= MAX_TAGS:
        return html
    return html[: -1 - len(html.split("<", MAX_TAGS + 1)[-1])]


def read_html(html: str, *, hidden: bool = False) -> list[Piece]:
    """Read the body of an HTML mail, in order, as a browser would show it; `hidden`: what it hides, too."""
    source = with_symbols(harmless(beginning_of(html)))
    try:
        tree = LexborHTMLParser(source)
    except UnicodeEncodeError:  # lone surrogates: no valid text, but some decoders let them through
        tree = LexborHTMLParser(source.encode("utf-8", "replace").decode("utf-8"))
    body = tree.body
    tokens = tokens_of((body.html if body else None) or "")
    builder = Builder()
    unseen = hidden_names(tree) if "<style" in source else frozenset()
    Walk(builder, tokens, Steps(hidden=hidden, unseen=unseen)).through(0, len(tokens.tags))
    builder.end_paragraph()
    pieces = joined_pieces(builder.pieces)
    if len(pieces) == 1 and isinstance(pieces[0].block, Preformatted):
        return read_text(pieces[0].block.text)  # a plain text message in the clothes of HTML
    if not pieces and builder.pictures_left_out:
        return [piece_of(Paragraph((Image(),)))]
    return pieces
