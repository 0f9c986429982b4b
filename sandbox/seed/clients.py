"""Mail programs: how each of them writes HTML, quotes what it answers, and numbers its messages.

Written by us after what these programs are known to produce; no real mail is copied.
"""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from sandbox.seed.markup import block_to_html, paragraphs
from sandbox.seed.numbers import digest, exchange_number, gmail_number, short_number, uuid_number
from sandbox.seed.quoting import (
    Past,
    arrows,
    attributed,
    forward_lines,
    gmail_forward,
    outlook_header,
    outlook_plain,
    outlook_quote,
)
from sandbox.seed.tongues import Tongue


@dataclass(frozen=True, slots=True)
class Client:
    """One mail program. `html` is None for those that write plain text alone.

    `gap` is the empty line that it leaves above a signature.
    """

    html: Callable[[str], str] | None
    quote_html: Callable[[str, Past, Tongue], str]
    quote_plain: Callable[[Past, Tongue], str]
    forward_html: Callable[[Past, Tongue], str]
    number: Callable[[str, str], str]
    headers: tuple[tuple[str, str], ...] = ()
    signature: Callable[[str], str] = lambda text: f"<div>{text}</div>"
    gap: str = ""


_WORD_GAP = '<p class="MsoNormal"><o:p>&nbsp;</o:p></p>'


def _marks(text: str, p: str, *, gap: str = "", table: str = "", quote: str = "<blockquote>") -> str:
    """Write blocks: `p` is a template with {} for a paragraph, `gap` what stands between two."""
    out: list[str] = []
    for block in paragraphs(text):
        kind, inner = block_to_html(block)
        if kind == "p":
            out.append(p.format(inner))
        elif kind == "h":
            out.append(f"<h2>{inner}</h2>")
        elif kind == "table":
            out.append(f'<table {table}border="1" cellspacing="0">{inner}</table>')
        elif kind == "quote":
            out.append(f"{quote}{inner}</blockquote>")
        else:
            out.append(inner)
    return gap.join(out)


def _gmail(text: str) -> str:
    return '<div dir="ltr">' + _marks(text, "<div>{}</div>", gap="<div><br></div>") + "</div>"


def _outlook(text: str) -> str:
    styled = _marks(
        text,
        '<p class="MsoNormal"><span lang="EN-GB" style="font-size:11.0pt">{}<o:p></o:p></span></p>',
        gap=_WORD_GAP,
        table='class="MsoTableGrid" ',
    )
    return f'<div class="WordSection1">{styled}</div>'


def _apple(text: str) -> str:
    return _marks(text, "<div>{}</div>", gap='<div><br class=""></div>', table='class="" ')


def _yahoo(text: str) -> str:
    inner = _marks(text, '<div dir="ltr" data-setdir="false">{}</div>', gap="<div><br></div>")
    return f'<div class="yahoo-style-wrap" style="font-family:Helvetica;font-size:13px;">{inner}</div>'


def _thunderbird(text: str) -> str:
    return _marks(text, "<p>{}</p>", quote='<blockquote type="cite">')


def _proton(text: str) -> str:
    style = "font-family: Arial, sans-serif; font-size: 14px;"
    return _marks(text, f'<div style="{style}">{{}}</div>', gap=f'<div style="{style}"><br></div>')


_APPLE_QUOTE = attributed(
    '<div><br><blockquote type="cite"><div>{says}</div><br class="Apple-interchange-newline"><div>',
    "</div></blockquote></div><br>",
)

CLIENTS = {
    "gmail": Client(
        _gmail,
        attributed(
            '<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{says}<br></div>'
            '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;padding-left:1ex">',
            "</blockquote></div>",
        ),
        arrows,
        gmail_forward,
        gmail_number,
        signature=lambda text: (
            f'<br clear="all"><div><span class="gmail_signature_prefix">-- </span><br>'
            f'<div dir="ltr" class="gmail_signature">{text}</div></div>'
        ),
    ),
    "outlook": Client(
        _outlook,
        outlook_quote,
        outlook_plain,
        lambda past, tongue: outlook_header(past, tongue) + past.html,
        exchange_number,
        (("X-MS-Has-Attach", ""), ("Content-Language", "en-GB")),
        lambda text: f'<p class="MsoNormal"><span style="color:#1F497D">{text}<o:p></o:p></span></p>',
        _WORD_GAP,
    ),
    "apple": Client(
        _apple,
        _APPLE_QUOTE,
        arrows,
        lambda past, tongue: _APPLE_QUOTE("", past, tongue),
        uuid_number,
        (("X-Mailer", "Apple Mail (2.3826.400.131.1.6)"),),
        lambda text: f'<div id="AppleMailSignature">{text}</div>',
    ),
    "yahoo": Client(
        _yahoo,
        attributed(
            '<div id="yahoo_quoted_4471" class="yahoo_quoted"><div>{says}</div><div><br></div><div>',
            "</div></div>",
        ),
        arrows,
        gmail_forward,
        lambda seed, _domain: (
            f"<{int(digest(seed, 8), 16)}.{int(digest(seed + 'y', 8), 16)}@mail.yahoo.example>"
        ),
        (("X-Mailer", "WebService/1.1.24652 YMailNorrin"),),
    ),
    "thunderbird": Client(
        _thunderbird,
        attributed(
            '<div class="moz-cite-prefix">{says}<br></div><blockquote type="cite" cite="mid:past">',
            "</blockquote>",
        ),
        arrows,
        lambda past, tongue: (
            f'<div class="moz-forward-container"><br>-------- {tongue.original} --------<br>'
            f"{forward_lines(past, tongue, '<br>', escape)}<br><br>{past.html}</div>"
        ),
        uuid_number,
        (("User-Agent", "Mozilla Thunderbird"),),
        lambda text: f'<pre class="moz-signature" cols="72">-- \n{text}</pre>',
    ),
    "proton": Client(
        _proton,
        attributed(
            '<div class="protonmail_quote">{says}<br><blockquote class="protonmail_quote" type="cite">',
            "</blockquote></div>",
        ),
        arrows,
        gmail_forward,
        lambda seed, _domain: f"<{digest(seed, 86)}=@pm.example>",
    ),
    "plain": Client(None, lambda html, *_: html, arrows, lambda *_: "", short_number),
}


def page(client: str, html: str, charset: str) -> str:
    """Put a body into the frame that the program writes around it."""
    if client == "outlook":
        return (
            '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
            f'xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta http-equiv="Content-Type" '
            f'content="text/html; charset={charset}"><style><!--p.MsoNormal {{margin:0cm;font-size:11.0pt;}}'
            f'--></style></head><body lang="EN-GB" link="#0563C1">{html}</body></html>'
        )
    if client in {"apple", "thunderbird"}:
        head = f'<meta http-equiv="content-type" content="text/html; charset={charset}">'
        return f"<html><head>{head}</head><body>{html}</body></html>"
    return html
