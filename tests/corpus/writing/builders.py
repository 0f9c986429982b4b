"""Mails from builders and shops at their true weight: styles twice, tables in tables, a word here and there.

The markup follows what such tools are known to write (ghost tables for Outlook, a hidden beginning, links
that are counted); names and words are ours. Lines break inside of tags only.
"""

from collections.abc import Iterator

from tests.corpus.writing.mail import Case, html_mail

FONT = "font-family:'Helvetica Neue',Helvetica,Arial,Verdana,sans-serif;"
TOKEN = "eyJhIjoxLCJiIjoiY2hhaXJzIiwiYyI6InNwcmluZyIsImQiOiI0NzExIn0"
RESET = "-ms-text-size-adjust:100%;-webkit-text-size-adjust:100%;mso-table-lspace:0pt;mso-table-rspace:0pt;"
CELL = f"mso-line-height-rule:exactly;{RESET}color:#656565;{FONT}font-size:16px;line-height:150%;"
TABLE = (
    f'border="0" cellpadding="0" cellspacing="0" width="100%" style="border-collapse:collapse;{RESET}" '
    'role="presentation"'
)
PADDING = "&#847;&zwnj;&nbsp;&#8199;&shy;" * 60
SMALL = "@media only screen and (max-width:480px)"


def cases() -> Iterator[Case]:
    """Yield the cases of this module."""
    yield _campaign()
    yield _ghost_tables()
    yield _columns()
    yield _order()
    yield _digest()
    yield _statement()


def _page(prefix: str, rules: int, body: str) -> str:
    """Write a head as builders do (a rule for each block, all again for small screens) around a body."""
    styles = "".join(
        f".{prefix}-{n} .{prefix}Content,.{prefix}-{n} .{prefix}Content p{{color:#2{n:02}020;{FONT}font-size:"
        f"{12 + n % 9}px;line-height:150%;text-align:left;padding:{n % 20}px 18px}}\n"
        f"{SMALL}{{.{prefix}-{n}{{width:100%!important;font-size:{14 + n % 4}px!important}}}}\n"
        for n in range(rules)
    )
    return f"""<!doctype html><html xmlns="http://www.w3.org/1999/xhtml"
xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<!--[if gte mso 15]><xml><o:OfficeDocumentSettings><o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch>
</o:OfficeDocumentSettings></xml><![endif]--><meta charset="UTF-8"><meta name="viewport"
content="width=device-width, initial-scale=1"><title>Northwind</title><style type="text/css">
{styles}</style></head><body style="height:100%;margin:0;padding:0;width:100%;{RESET}">{body}</body></html>"""


def _link(number: int, words: str) -> str:
    target = (
        f"https://northwind.example/track/click/30{number:06}/shop.northwind.example?p={TOKEN}{number:04}"
    )
    return f"""<a href="{target}&amp;u=4711"
target="_blank" style="{CELL}text-decoration:underline;">{words}</a>"""


def _campaign() -> Case:
    """A campaign: each text in tables in tables, comments for Outlook around all of them."""
    rows, shown = "", []
    for n in range(1, 25):
        rows += f"""<tr><td valign="top" class="campaign-{n}"><table {TABLE} class="mcnTextBlock"><tbody
class="mcnTextBlockOuter"><tr><td valign="top" class="mcnTextBlockInner" style="padding-top:9px;{RESET}">
<!--[if mso]><table align="left" border="0" cellspacing="0" cellpadding="0" width="100%"><tr><![endif]-->
<!--[if mso]><td valign="top" width="600" style="width:600px;"><![endif]--><table align="left" {TABLE}
class="mcnTextContentContainer"><tbody><tr><td valign="top" class="mcnTextContent" style="padding:0
18px;{CELL}">
<h3 style="display:block;margin:0;padding:0;color:#202020;{FONT}font-size:20px;font-style:normal;">Chair
{n}</h3>
<p style="margin:10px 0;padding:0;{CELL}">Model {n} is made of <strong>oak</strong>, weighs {n + 4} kilograms
and stands on four legs. {_link(n, f"See model {n}")}</p></td></tr></tbody></table><!--[if mso]></td></tr>
</table><![endif]--></td></tr></tbody></table></td></tr>
"""
        text = f"Model {n} is made of oak, weighs {n + 4} kilograms and stands on four legs. See model {n}"
        shown += [f"Chair {n}", text]
    body = f"""<!--[if !gte mso 9]><!----><span class="mcnPreviewText" style="display:none; font-size:0px;
line-height:0px; max-height:0px; opacity:0; overflow:hidden; mso-hide:all;">Chairs{PADDING}</span>
<!--<![endif]--><center><table align="center" {TABLE} id="bodyTable"><tbody>{rows}</tbody></table></center>
<img src="https://northwind.example/open/{TOKEN}.gif" height="1" width="1" alt="">"""
    html = _page("campaign", 60, body)
    return Case("real-campaign", html_mail(html, subject="Chairs"), "\n\n".join(shown), "", "")


def _ghost_tables() -> Case:
    """Sections of <div> beside tables that only Outlook sees."""
    body, shown = "", []
    for n in range(1, 21):
        text = f"Step {n}: open the box, take part {n} out and lay it beside part {n + 1}."
        body += f"""<!--[if mso | IE]></td></tr></table><table align="center" border="0" cellpadding="0"
class=""
role="presentation" style="width:600px;" width="600" bgcolor="#ffffff"><tr><td style="line-height:0px;
font-size:0px;mso-line-height-rule:exactly;"><![endif]--><div
style="background:#ffffff;background-color:#ffffff;
margin:0px auto;max-width:600px;"><table align="center" {TABLE}><tbody><tr><td style="direction:ltr;
font-size:0px;padding:20px 0;text-align:center;"><div class="mj-column-per-100 mj-outlook-group-fix"
style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;"><table
{TABLE}><tbody><tr><td align="left" style="font-size:0px;padding:10px 25px;word-break:break-word;"><div
style="{FONT}font-size:13px;line-height:1;text-align:left;color:#000000;">{text}</div></td></tr><tr><td
align="center" style="font-size:0px;padding:10px 25px;word-break:break-word;"><img height="auto"
src="https://img.northwind.example/s/{TOKEN}/{n}.png" style="border:0;display:block;outline:none;width:100%;"
width="550" alt="Part {n}"></td></tr></tbody></table></div></td></tr></tbody></table></div>
"""
        shown.append(f"{text}\n[Part {n}]")
    html = _page("mj", 40, body)
    return Case("real-ghost-tables", html_mail(html, subject="Steps"), "\n\n".join(shown), "", "")


def _columns() -> Case:
    """What drag and drop leaves behind: two columns, each text ten elements deep."""
    rows, shown = "", []
    for n in range(1, 19):
        columns = ""
        for side in ("left", "right"):
            columns += f"""<td class="column column-{side}" width="50%"
style="{RESET}font-weight:400;text-align:left;
vertical-align:top;border-top:0px;border-right:0px;border-bottom:0px;border-left:0px;"><table
class="text_block block-{n}" {TABLE}><tr><td class="pad" style="padding-bottom:10px;padding-left:20px;
padding-right:20px;padding-top:10px;"><div style="{FONT}"><div class="" style="font-size:14px;{FONT}
mso-line-height-alt:21px;color:#393d47;line-height:1.5;"><p style="margin:0;font-size:14px;text-align:left;
mso-line-height-alt:21px;"><span style="font-size:15px;color:#0f2c52;">Desk {n} {side}</span></p><p
style="margin:0;font-size:14px;mso-line-height-alt:21px;">{_link(n, "Order it")}</p></div></div></td></tr>
</table></td>"""
            shown.append(f"Desk {n} {side}\nOrder it")
        rows += f"""<table class="row row-{n}" align="center" {TABLE}><tbody><tr><td><table
class="row-content stack"
align="center" {TABLE}><tbody><tr>{columns}</tr></tbody></table></td></tr></tbody></table>
"""
    html = _page("row", 30, f'<table class="nl-container" {TABLE}><tr><td>{rows}</td></tr></table>')
    return Case("real-columns", html_mail(html, subject="Desks"), "\n\n".join(shown), "", "")


def _order() -> Case:
    """An order: a picture, a name and a price in each line, so no table of data."""
    lines, shown = "", ["Thank you for your order", "Order 4711 is on its way."]
    for n in range(1, 31):
        lines += f"""<tr class="order-list__item"
style="width:100%;border-bottom-width:1px;border-bottom-color:#e5e5e5;">
<td class="order-list__item__cell" style="{FONT}padding-bottom:15px;"><table style="border-spacing:0;
border-collapse:collapse;"><tbody><tr><td style="{FONT}"><img
src="https://img.northwind.example/p/{TOKEN}{n}.png"
align="left" width="60" height="60" class="order-list__product-image" alt="" style="margin-right:15px;
border-radius:8px;border:1px solid #e5e5e5;"></td><td class="order-list__product-description-cell"
style="{FONT}
width:100%;"><span class="order-list__item-title" style="font-size:16px;font-weight:600;line-height:1.4;
color:#555;">Lamp {n} × {n % 3 + 1}</span><br><span class="order-list__item-variant" style="font-size:14px;
color:#999;">Brass</span></td><td class="order-list__price-cell" style="{FONT}white-space:nowrap;"><p
class="order-list__item-price" style="color:#555;line-height:150%;font-size:16px;margin:0 0 0 15px;"
align="right">€{n * 12}.00</p></td></tr></tbody></table></td></tr>
"""
        shown.append(f"Lamp {n} × {n % 3 + 1}\nBrass\n€{n * 12}.00")
    body = f"""<table class="body" {TABLE}><tr><td style="{FONT}"><center><table class="container"
{TABLE}><tbody><tr>
<td style="{FONT}"><h2 style="font-weight:normal;font-size:24px;margin:0 0 10px;">Thank you for your
order</h2>
<p style="{CELL}">Order 4711 is on its way.</p></td></tr></tbody></table><table class="row section" {TABLE}>
<tbody>{lines}</tbody></table></center></td></tr></table>"""
    html = _page("order", 50, body)
    return Case("real-order", html_mail(html, subject="Order 4711"), "\n\n".join(shown), "", "")


def _digest() -> Case:
    """A digest of people: many long links, each word in a cell of its own."""
    rows, shown = "", []
    for n in range(1, 31):
        rows += f"""<tr><td style="padding-bottom:24px;{RESET}"><table role="presentation" valign="top"
{TABLE}><tbody><tr>
<td valign="top" width="56" style="padding-right:8px;{RESET}"><a
href="https://northwind.example/comm/in/p{n}?"
style="cursor:pointer;color:#0a66c2;display:inline-block;text-decoration:none;"><img alt=""
src="https://img.northwind.example/dms/image/{TOKEN}/{n}" width="48" height="48"
style="border-radius:100%;"></a>
</td><td valign="top" style="{CELL}"><h4 style="margin:0;font-size:14px;">{_link(n, f"Person {n}")}</h4><p
style="margin:0;color:#666;font-weight:400;font-size:12px;line-height:1.33;">Carpenter at Northwind, team
{n % 7}</p></td></tr></tbody></table></td></tr>
"""
        shown += [f"Person {n}", f"Carpenter at Northwind, team {n % 7}"]
    html = _page("digest", 30, f'<table class="mercado-container" {TABLE}><tbody>{rows}</tbody></table>')
    return Case("real-digest", html_mail(html, subject="People"), "\n\n".join(shown), "", "")


def _statement() -> Case:
    """A statement: sixty lines of data, each cell with all of its style."""
    lines = [("Date", "What", "Amount")]
    lines += [(f"{n % 28 + 1} March", f"Delivery {n}", f"{n * 3}.50") for n in range(1, 61)]
    style = f"{CELL}padding:8px 12px;border-bottom:1px solid #eeeeee;vertical-align:middle;text-align:left;"
    start = f'<td width="200" valign="middle" style="{style}">'
    cells = ["".join(f"{start}{word}</td>" for word in line) for line in lines]
    rows = "".join(f'<tr style="background-color:#ffffff;">{row}</tr>\n' for row in cells)
    body = f"""<div style="{CELL}max-width:640px;margin:0 auto;"><p style="{CELL}">Your statement for
March:</p>
<table cellpadding="0" cellspacing="0" width="600" style="border-collapse:collapse;{FONT}">{rows}</table>
<p style="{CELL}">Nothing is owed.</p></div>"""
    table = "\n".join(" | ".join(line) for line in lines)
    text = f"Your statement for March:\n\n{table}\n\nNothing is owed."
    html = _page("statement", 25, body)
    return Case("real-statement", html_mail(html, subject="March"), text, "", "")
