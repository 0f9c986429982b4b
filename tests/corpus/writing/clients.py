"""One answer in the manner of each mail program that marks quotes and signatures, in English."""

from collections.abc import Iterator

from tests.corpus.writing.answers import (
    DIVS,
    LINE,
    LINE_TEXT,
    OLD,
    PARAGRAPHS,
    answer,
)
from tests.corpus.writing.mail import Case


def cases() -> Iterator[Case]:
    """Yield the cases of this module."""
    yield from _quote_elements()
    yield from _signatures()


def _quote_elements() -> Iterator[Case]:
    yield answer(
        "apple-mail",
        '<html><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space;">'
        f'{DIVS}<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><d'
        "iv>On 2 Mar 2026, at 10:00, "
        'Ann Lee &lt;ann@northwind.example&gt; wrote:</div><br class="Apple-interchange-n'
        f'ewline"><div><div>{OLD}</div>'
        "</div></blockquote></div><br></body></html>",
        f"> On 2 Mar 2026, at 10:00, Ann Lee <ann@northwind.example> wrote:\n>\n> {OLD}",
    )
    yield answer(
        "thunderbird",
        f'<html><head></head><body>{PARAGRAPHS}<p><br></p><div class="moz-cite-prefix">Am '
        "02.03.26 um 10:00 schrieb "
        'Ann Lee:<br></div><blockquote type="cite" cite="mid:1@northwind.example">'
        f"<p>{OLD}</p></blockquote></body></html>",
        f"Am 02.03.26 um 10:00 schrieb Ann Lee:\n\n> {OLD}",
    )
    yield answer(
        "yahoo",
        '<html><head></head><body><div class="ydp1-yahoo-style-wrap" style="font-family:H'
        'elvetica;font-size:16px;">'
        f'<div dir="ltr" data-setdir="false">{DIVS}</div><div><br></div></div>'
        '<div id="yahoo_quoted_8812" class="yahoo_quoted"><div style="font-size:13px;color:#26282a;">'
        f"<div>{LINE}</div><div><br></div><div><br></div><div>{OLD}</div></div></div></body></html>",
        f"{LINE_TEXT}\n\n{OLD}",
    )
    yield answer(
        "proton",
        f'<div style="font-family: Arial; font-size: 14px;">{DIVS}</div>'
        '<div class="protonmail_signature_block" style="font-size: 14px;"><div class="pro'
        'tonmail_signature_block-proton">'
        "Sent with Proton Mail secure email.</div></div>"
        f'<div class="protonmail_quote">{LINE}<br><br><blockquote class="protonmail_quote" type="cite">'
        f"<div>{OLD}</div></blockquote><br></div>",
        f"{LINE_TEXT}\n\n> {OLD}",
        "Sent with Proton Mail secure email.",
    )
    yield answer(
        "zoho",
        f'<div style="font-family: Verdana;">{DIVS}<br><br><div class="zmail_extra_hr" sty'
        'le="border-top: 1px solid;">'
        '</div><div class="zmail_extra" data-zbluepencil-ignore="true"><br><div id="Zm-_I'
        'd_-Sgn1">---- On Mon, 02 Mar '
        f"2026 10:00:00 +0100 <b>Ann Lee &lt;ann@northwind.example&gt;</b> wrote ---</div><br>"
        f"<blockquote><div>{OLD}</div></blockquote></div></div>",
        "---- On Mon, 02 Mar 2026 10:00:00 +0100 Ann Lee <ann@northwind.example> wrote ---\n\n> " + OLD,
    )
    yield answer(
        "fastmail",
        f"<!DOCTYPE html><html><body>{DIVS}<div><br></div><div>On Mon, 2 Mar 2026, at 10:0"
        "0 AM, Ann Lee wrote:</div>"
        f'<blockquote type="cite" id="qt"><div>{OLD}</div></blockquote></body></html>',
        f"On Mon, 2 Mar 2026, at 10:00 AM, Ann Lee wrote:\n\n> {OLD}",
    )
    yield answer(
        "roundcube",
        f'<html><body>{PARAGRAPHS}<p id="reply-intro">On 2026-03-02 10:00, Ann Lee wrote:</p>'
        '<blockquote type="cite" style="padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0">'
        f'<div id="replybody1"><p>{OLD}</p></div></blockquote></body></html>',
        f"On 2026-03-02 10:00, Ann Lee wrote:\n\n> {OLD}",
    )
    yield answer(
        "tutanota",
        f'<div dir="auto">{DIVS}</div><div><br></div><div>2 Mar 2026, 10:00 by ann@northwind.example:</div>'
        '<blockquote class="tutanota_quote" style="border-left: 1px solid #93A3B8;"><div>'
        f"{OLD}</div></blockquote>",
        f"2 Mar 2026, 10:00 by ann@northwind.example:\n\n> {OLD}",
    )
    yield answer(
        "front",
        f'{DIVS}<br><blockquote class="front-blockquote" type="cite"><div>On March 2, 2026'
        " at 10:00 AM, Ann Lee "
        f"(ann@northwind.example) wrote:</div><div>{OLD}</div></blockquote>",
        f"> On March 2, 2026 at 10:00 AM, Ann Lee (ann@northwind.example) wrote:\n> {OLD}",
    )
    yield answer(
        "spark",
        f'<html><body><div name="messageBodySection"><div dir="auto">{DIVS}</div></div>'
        '<div name="messageSignatureSection"><br><div class="matchFont">Sent from Spark</div></div>'
        f'<div name="messageReplySection">On 2 Mar 2026 at 10:00 +0100, Ann Lee, wrote:<br>'
        f'<blockquote type="cite" class="spark_quote" style="margin: 5px 5px;"><div>{OLD}<'
        "/div></blockquote></div></body></html>",
        f"On 2 Mar 2026 at 10:00 +0100, Ann Lee, wrote:\n\n> {OLD}",
        "Sent from Spark",
    )
    yield answer(
        "mail-ru",
        '<HTML><BODY><p style="margin-top: 0px;">Hello Ann,</p><p>Thursday at ten suits u'
        "s well.</p><p>Dana</p><br>"
        '<blockquote style="border-left:1px solid #0857A6; margin:10px; padding:0 0 0 10p'
        'x;">Понедельник, 2 марта 2026, '
        '10:00 +03:00 от Ann Lee &lt;ann@northwind.example&gt;:<br>&nbsp;<div id="mail_1"'
        f">{OLD}</div></blockquote></BODY></HTML>",
        f"> Понедельник, 2 марта 2026, 10:00 +03:00 от Ann Lee <ann@northwind.example>:\n>\n> {OLD}",
    )


def _signatures() -> Iterator[Case]:
    text = "Hello Ann,\n\nThursday at ten suits us well."
    divs = "<div>Hello Ann,</div><div><br></div><div>Thursday at ten suits us well.</div><div><br></div>"
    yield answer(
        "gmail-signature",
        f'<div dir="ltr">{divs}<span class="gmail_signature_prefix">-- </span><br><div dir'
        '="ltr" class="gmail_signature" '
        'data-smartmail="gmail_signature"><div dir="ltr"><b>Dana Fox</b><div>Head of Purchasing</div>'
        "<div>Brightfield Ltd</div></div></div></div>",
        "",
        "Dana Fox\nHead of Purchasing\nBrightfield Ltd",
        own=text,
    )
    yield answer(
        "outlook-signature",
        f'<div dir="ltr">{divs}</div><div id="Signature"><p>Dana Fox<br>Head of Purchasing</p></div>',
        "",
        "Dana Fox\nHead of Purchasing",
        own=text,
    )
    yield answer(
        "thunderbird-signature",
        f'{divs}<pre class="moz-signature" cols="72">-- \nDana Fox\nBrightfield Ltd</pre>',
        "",
        "Dana Fox\nBrightfield Ltd",
        own=text,
    )
    yield answer(
        "card-below-the-name",
        f"{divs}<div>Kind regards,</div><div>Dana Fox</div><div><br></div><div>Head of Pur"
        "chasing</div><div>Brightfield Ltd"
        '</div><div>T +44 20 7946 0123</div><div><a href="https://brightfield.example">br'
        "ightfield.example</a></div>",
        "",
        "Head of Purchasing\nBrightfield Ltd\nT +44 20 7946 0123\nbrightfield.example",
        own=f"{text}\n\nKind regards,\nDana Fox",
    )
    yield answer(
        "disclaimer",
        f"{divs}<p>Dana</p><hr><p style='font-size:8pt'>This e-mail and any attachments ar"
        "e confidential and intended solely "
        "for the addressee. If you have received it in error, please tell the sender and delete it.</p>",
        "",
        "This e-mail and any attachments are confidential and intended solely for the add"
        "ressee. If you have "
        "received it in error, please tell the sender and delete it.",
        own=f"{text}\n\nDana",
    )
