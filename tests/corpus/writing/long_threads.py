"""Answers at their true weight: what Word puts around a sentence, histories that grew for weeks.

Lines of the markup break inside of tags only, or where the client breaks them.
"""

from collections.abc import Iterator

from tests.corpus.writing.mail import Case, escaped, html_mail

ANN = "Ann Lee <ann@northwind.example>"
CALIBRI = "style='font-size:11.0pt;font-family:\"Calibri\",sans-serif;mso-fareast-language:EN-US'"
APTOS = (
    "font-family: Aptos, Aptos_EmbeddedFont, Aptos_MSFontService, Calibri, Helvetica, sans-serif; "
    "font-size: 12pt; color: rgb(0, 0, 0);"
)
SENTENCES = (
    "The workshop has the first chairs ready.",
    "I would like to see one before we order more of them.",
    "Wednesday suits me, in the morning if you can.",
    "The oak is from the same forest as last year.",
    "Please look at the drawing once more, above all at the legs.",
)


def cases() -> Iterator[Case]:
    """Yield the cases of this module."""
    yield _word_reply()
    yield _word_thread()
    yield _web_thread()
    yield _gmail_thread()
    yield _apple_thread()
    yield _meeting()


def _said(number: int, count: int = 4) -> list[str]:
    return [f"{number}.{at}: {SENTENCES[(number + at) % len(SENTENCES)]}" for at in range(count)]


def _word_page(body: str) -> str:
    """Write what Word writes before the first word: fonts, styles, lists, settings in comments."""
    fonts = "".join(
        f'@font-face\n\t{{font-family:"Font {n}";\n\tpanose-1:2 15 5 2 2 2 4 3 2 {n % 9};}}\n'
        for n in range(40)
    )
    lists = "".join(
        f"@list l{n // 9}:level{n % 9 + 1}\n\t{{mso-level-number-format:bullet;\n\tmso-level-text:o;\n"
        f"\tmso-level-tab-stop:none;\n\tmso-level-number-position:left;\n\ttext-indent:-18.0pt;}}\n"
        for n in range(90)
    )
    return f"""<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head><meta
name=Generator content="Microsoft Word 15 (filtered medium)"><!--[if !mso]><style>v\\:*
{{behavior:url(#default#VML);}}
o\\:* {{behavior:url(#default#VML);}}</style><![endif]--><style><!--
/* Font Definitions */
{fonts}/* Style Definitions */
p.MsoNormal, li.MsoNormal, div.MsoNormal
	{{margin:0cm;font-size:11.0pt;font-family:"Calibri",sans-serif;mso-fareast-language:EN-US;}}
/* List Definitions */
{lists}--></style><!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit" spidmax="1026"
/></xml><![endif]--></head>
<body lang=EN-GB link="#0563C1" vlink="#954F72" style='word-wrap:break-word'><div
class=WordSection1>{body}</div>
</body></html>"""


def _word_paragraphs(lines: list[str]) -> str:
    start = f"<p class=MsoNormal><span lang=EN-US {CALIBRI}>"
    return "".join(
        f"{start}{line}<o:p></o:p></span></p>{start}<o:p>&nbsp;</o:p></span></p>\n" for line in lines
    )


def _word_header(number: int) -> tuple[str, str]:
    """Return the header block above an older message, as markup and as it is read."""
    html = f"""<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p
class=MsoNormal><b><span
lang=EN-US {CALIBRI}>From:</span></b><span lang=EN-US {CALIBRI}> {escaped(ANN)} <br><b>Sent:</b> Monday,
March {number},
2026 10:00 AM<br><b>To:</b> Dana Fox<br><b>Subject:</b> RE: Chairs<o:p></o:p></span></p></div>"""
    text = f"From: {ANN}\nSent: Monday, March {number}, 2026 10:00 AM\nTo: Dana Fox\nSubject: RE: Chairs"
    return html, text


def _word_reply() -> Case:
    """One sentence from Outlook for Windows, with a card: thirty kilobytes before the first word."""
    own = _said(1, 2)
    grey = "style='font-size:10.0pt;font-family:\"Arial\",sans-serif;color:#7F7F7F'"
    card = "".join(
        f"<p class=MsoNormal><span {grey}>{line}<o:p></o:p></span></p>\n"
        for line in ("Dana Fox", "Head of Purchasing", "Phone +44 20 7946 0123")
    )
    closing = f"<p class=MsoNormal><span lang=EN-US {CALIBRI}>Kind regards<o:p></o:p></span></p>\n"
    header, quoted = _word_header(2)
    html = _word_page(_word_paragraphs(own) + closing + card + header + _word_paragraphs(_said(2)))
    return Case(
        "real-word-reply",
        html_mail(html, subject="RE: Chairs"),
        "\n\n".join([*own, "Kind regards\nDana Fox"]),
        "Head of Purchasing\nPhone +44 20 7946 0123",
        "\n\n".join([quoted, *_said(2)]),
    )


def _word_thread() -> Case:
    """Twelve messages one below the other, none of them with an end."""
    body, quoted = _word_paragraphs(_said(0, 1)), []
    for number in range(1, 13):
        header, text = _word_header(number)
        body += header + _word_paragraphs(_said(number))
        quoted += [text, *_said(number)]
    data = html_mail(_word_page(body), subject="RE: Chairs")
    return Case("real-word-thread", data, _said(0, 1)[0], "", "\n\n".join(quoted))


def _web_thread() -> Case:
    """Ten messages from Outlook on the web, each line in a <div> with all of its fonts."""

    def lines(number: int) -> str:
        start = (
            f'<div class="elementToProof" style="text-align: left; text-indent: 0px; margin: 0px; {APTOS}">'
        )
        return "".join(f"{start}{line}</div>{start}<br></div>\n" for line in _said(number))

    body, quoted = lines(0), []
    for number in range(1, 11):
        body += f"""<div id="appendonsend"></div><hr style="display: inline-block; width: 98%;"><div
id="divRplyFwdMsg"
dir="ltr"><span style="font-family: Calibri, sans-serif; font-size: 11pt; color: rgb(0, 0, 0);"><b>From:</b>
{escaped(ANN)}<br><b>Sent:</b> Monday, March {number}, 2026 10:00 AM<br><b>To:</b> Dana Fox<br><b>Subject:</b>
Re: Chairs</span><div>&nbsp;</div></div>{lines(number)}"""
        text = f"From: {ANN}\nSent: Monday, March {number}, 2026 10:00 AM\nTo: Dana Fox\nSubject: Re: Chairs"
        quoted += ["---", text, *_said(number)]
    html = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style
type="text/css"
style="display:none;"> P {{margin-top:0;margin-bottom:0;}} </style></head><body
dir="ltr">{body}</body></html>"""
    return Case(
        "real-web-thread",
        html_mail(html),
        "\n\n".join(_said(0)),
        "",
        "\n\n".join(quoted).removeprefix("---\n\n"),
    )


def _nested(number: int, last: int) -> str:
    """Return what is read of a history in which each message quotes the one before."""
    own = "\n\n".join(_said(number))
    if number == last:
        return own
    history = "\n".join(f"> {row}" if row else ">" for row in _nested(number + 1, last).split("\n"))
    return f"{own}\n\n{_attribution(number + 1)}\n\n{history}"


def _attribution(number: int) -> str:
    return f"On Mon, Mar {number}, 2026 at 10:00 AM {ANN} wrote:"


def _gmail_thread() -> Case:
    """Fifteen messages from Gmail, each with the font that was chosen for it."""
    html, last = "", 15
    start = (
        '<div class="gmail_default" style="font-family:trebuchet ms,sans-serif;font-size:small;'
        'color:rgb(34,34,34)">'
    )
    for number in range(last, 0, -1):
        own = "".join(f"{start}{line}</div>{start}<br></div>" for line in _said(number))
        line = escaped(_attribution(number + 1)).replace("ann@northwind.example", _mailto())
        history = f"""<br><div class="gmail_quote gmail_quote_container"><div dir="ltr"
class="gmail_attr">{line}<br>
</div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);
padding-left:1ex">{html}</blockquote></div>"""
        html = f'<div dir="ltr">{own}</div>{history if html else ""}'
    own_words, _, quoted = _nested(1, last).partition(f"\n\n{_attribution(2)}")
    return Case("real-gmail-thread", html_mail(html), own_words, "", f"{_attribution(2)}{quoted}")


def _mailto() -> str:
    return '<a href="mailto:ann@northwind.example" target="_blank">ann@northwind.example</a>'


def _apple_thread() -> Case:
    """Ten messages from Apple Mail, each set in, each with the styles of WebKit."""
    spacing = (
        "caret-color: rgb(0, 0, 0); color: rgb(0, 0, 0); font-family: Helvetica; font-size: 12px; "
        "font-style: normal; letter-spacing: normal; text-align: start; text-indent: 0px; word-spacing: 0px;"
    )
    html, last = "", 10
    for number in range(last, 0, -1):
        own = "".join(
            f'<div style="{spacing}"><span style="{spacing}">{line}</span></div><div><br></div>'
            for line in _said(number)
        )
        line = escaped(_attribution(number + 1))
        history = f"""<div><br><blockquote type="cite"><div>{line}</div><br
class="Apple-interchange-newline"><div><div
style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;">{html}</div></div>
</blockquote></div>"""
        html = f"{own}{history if html else ''}"
    page = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body
style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break:
after-white-space;">{html}</body></html>"""
    return Case("real-apple-thread", html_mail(page), "\n\n".join(_said(1)))


def _meeting() -> Case:
    """What a meeting's organiser adds below: a table of layout, a rule of underscores, links that never
    end."""
    target = "https://meet.northwind.example/l/meetup-join/19%3ameeting_" + "NTY3OGFiY2Q" * 12
    more = "".join(
        f"""<div style="margin-bottom:{n}px; font-family:'Segoe UI','Helvetica
Neue',Helvetica,Arial,sans-serif;
"><span style="font-size:14px; color:#242424;">Room {n}: </span><a href="{target}%40{n}"
style="font-size:14px;
text-decoration:underline; color:#5B5FC7;" target="_blank">join from room {n}</a></div>
"""
        for n in range(1, 41)
    )
    html = _word_page(f"{_word_paragraphs(_said(1))}<div style='margin-bottom:6px'>{more}</div>")
    shown = [*_said(1), "\n".join(f"Room {n}: join from room {n}" for n in range(1, 41))]
    return Case("real-meeting", html_mail(html, subject="Chairs"), "\n\n".join(shown))
