"""Mails of the size that mailboxes are full of: newsletters from builders, threads that grew for weeks."""

from collections.abc import Iterator

from tests.corpus.writing.mail import Case, html_mail

PADDED = (
    '<td style="padding:10px 20px;font-family:Arial,sans-serif;font-size:14px;color:#'
    '333333;" class="mcnTextContent" '
    'valign="top">'
)


def cases() -> Iterator[Case]:
    """Yield the cases of this module."""
    yield _newsletter()
    yield _order()
    yield _gmail_thread()
    yield _outlook_thread()


def _newsletter() -> Case:
    rows: list[str] = []
    shown: list[str] = []
    for number in range(1, 41):
        rows.append(
            '<tr><td align="center" style="border-collapse:collapse"><table border="0" cellpa'
            'dding="0" width="600" '
            f'style="max-width:600px"><tbody><tr>{PADDED}<h2 style="margin:0;color:#202020;fon'
            f't-size:22px">Chair {number}'
            f'</h2><p style="margin:10px 0;line-height:150%">Model {number} comes in <strong>o'
            "ak</strong> and ash, and "
            f'is <em>in stock</em> again. <a href="https://click.example/t/{number}?u=abc&amp;id=def" '
            'style="color:#007C89;text-decoration:underline" target="_blank">See it</a></p></'
            "td></tr></tbody></table>"
            "</td></tr>\n"
        )
        shown += [f"Chair {number}", f"Model {number} comes in oak and ash, and is in stock again. See it"]
    html = (
        '<!doctype html><html xmlns:v="urn:schemas-microsoft-com:vml"><head><meta charset'
        '="UTF-8"><title>Spring</title>'
        '<style type="text/css">p{margin:10px 0;padding:0;} table{border-collapse:collapse;}</style></head>'
        '<body style="height:100%;margin:0"><span class="mcnPreviewText" style="display:n'
        "one; font-size:0px; "
        'max-height:0px; overflow:hidden;">Forty chairs</span><center><table align="cente'
        'r" width="100%"><tbody>'
        f'{"".join(rows)}</tbody></table></center><img src="https://t.example/o.gif" heigh'
        't="1" width="1"></body></html>'
    )
    return Case("large-newsletter", html_mail(html, subject="Spring"), "\n\n".join(shown), "", "")


def _order() -> Case:
    lines = [("Article", "Pieces", "Price")] + [(f"Chair {n}", str(n), f"{n * 120}.00") for n in range(1, 31)]
    cell = 'style="padding:8px;border-bottom:1px solid #eeeeee"'
    rows = "".join(f"<tr>{''.join(f'<td {cell}>{word}</td>' for word in line)}</tr>" for line in lines)
    html = (
        f'<div><p>Your order 4711:</p><table width="560" style="font-size:14px">{rows}</ta'
        "ble><p>Thank you.</p></div>"
    )
    table = "\n".join(" | ".join(line) for line in lines)
    return Case(
        "large-order",
        html_mail(html, subject="Order 4711"),
        f"Your order 4711:\n\n{table}\n\nThank you.",
        "",
        "",
    )


def _gmail_thread() -> Case:
    html, quoted = '<div dir="ltr">The very first question.</div>', "The very first question."
    for number in range(2, 15):
        line = f"On Mon, Mar {number}, 2026 at 10:00 AM Ann Lee <ann@northwind.example> wrote:"
        own = f"This is answer number {number}, which says a little more than the one before it."
        html = (
            f'<div dir="ltr">{own}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" '
            f'class="gmail_attr">{line.replace("<", "&lt;").replace(">", "&gt;")}<br></div><blockquote '
            'class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);'
            f'padding-left:1ex">{html}</blockquote></div>'
        )
        history = "\n".join(f"> {row}" if row else ">" for row in quoted.split("\n"))
        quoted = f"{own}\n\n{line}\n\n{history}"
    own, _, rest = quoted.partition("\n\n")
    return Case("large-gmail-thread", html_mail(html), own, "", rest)


def _outlook_thread() -> Case:
    html, shown = "", []
    for number in range(1, 16):
        own = f"Message {number} of a long exchange about the chairs and the date on which they come."
        html += (
            "<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0c"
            "m 0cm'><p class=MsoNormal>"
            "<b><span lang=EN-US style='font-size:11.0pt;font-family:\"Calibri\",sans-serif'>"
            "From:</span></b><span "
            "lang=EN-US style='font-size:11.0pt'> Ann Lee &lt;ann@northwind.example&gt; <br><"
            "b>Sent:</b> Monday, March "
            f"{number}, 2026 10:00 AM<br><b>To:</b> Dana Fox<br><b>Subject:</b> RE: Chairs<o:p"
            "></o:p></span></p></div>"
            "</div><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal><span style='co"
            f"lor:#1F497D'>{own}"
            "<o:p></o:p></span></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
        )
        shown.append(
            f"From: Ann Lee <ann@northwind.example>\nSent: Monday, March {number}, 2026 10:00 "
            "AM\nTo: Dana Fox\n"
            f"Subject: RE: Chairs\n\n{own}"
        )
    body = f"<div class=WordSection1><p class=MsoNormal>All settled.<o:p></o:p></p>{html}</div>"
    return Case(
        "large-outlook-thread", html_mail(body, subject="RE: Chairs"), "All settled.", "", "\n\n".join(shown)
    )
