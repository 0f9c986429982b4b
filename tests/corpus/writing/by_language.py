"""The exchange in every language, as the four most common programs write it."""

from collections.abc import Iterator

from tests.corpus.writing.languages import ADDRESS, ANN, LANGUAGES, Language
from tests.corpus.writing.mail import Case, escaped, html_mail, text_mail


def cases() -> Iterator[Case]:
    """Yield the cases of this module."""
    for language in LANGUAGES:
        yield _gmail(language)
        yield _outlook(language)
        yield _iphone(language)
        yield _outlook_plain(language)
        yield _gmail_plain(language)


def _gmail(language: Language) -> Case:
    direction = "rtl" if language.code in ("he", "ar", "fa") else "ltr"
    own = "<div><br></div>".join(f"<div>{escaped(line)}</div>" for line in (*language.own, "Dana"))
    shown = escaped(language.wrote).replace(ADDRESS, f'<a href="mailto:{ADDRESS}">{ADDRESS}</a>')
    html = (
        f'<div dir="{direction}">{own}</div><br>'
        f'<div class="gmail_quote gmail_quote_container"><div dir="{direction}" class="gma'
        f'il_attr">{shown}<br></div>'
        '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px '
        "solid rgb(204,204,204);"
        f'padding-left:1ex"><div dir="{direction}">{escaped(language.history)}</div></blockquote></div>'
    )
    quoted = f"{language.wrote}\n\n> {language.history}"
    return Case(f"gmail-{language.code}", html_mail(html), "\n\n".join((*language.own, "Dana")), "", quoted)


def _gmail_plain(language: Language) -> Case:
    text = "\n\n".join((*language.own, "Dana")) + f"\n\n{language.wrote}\n\n> {language.history}\n>\n"
    quoted = f"{language.wrote}\n\n> {language.history}"
    return Case(
        f"gmail-plain-{language.code}", text_mail(text), "\n\n".join((*language.own, "Dana")), "", quoted
    )


def _outlook(language: Language) -> Case:
    from_, sent, to, subject = language.labels
    own = "".join(
        f"<p class=MsoNormal><span lang=EN-US>{escaped(line)}<o:p></o:p></span></p>"
        "<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>"
        for line in (*language.own, "Dana")
    )
    html = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-mic'
        'rosoft-com:office:word">'
        '<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><style><!-- p.MsoNormal '
        "{margin:0cm;font-size:11.0pt;} --></style></head><body lang=EN-US link=blue vlink=purple>"
        f"<div class=WordSection1>{own}"
        "<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>"
        f"<p class=MsoNormal><b><span>{from_}:</span></b><span> {ANN} &lt;{ADDRESS}&gt; <br>"
        f"<b>{sent}:</b> 2. 3. 2026 10:00<br><b>{to}:</b> Dana Fox<br><b>{subject}:</b> Th"
        "ursday<o:p></o:p></span></p>"
        "</div></div><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
        f"<p class=MsoNormal>{escaped(language.history)}<o:p></o:p></p></div></body></html>"
    )
    quoted = (
        f"{from_}: {ANN} <{ADDRESS}>\n{sent}: 2. 3. 2026 10:00\n{to}: Dana Fox\n{subject}: Thursday"
        f"\n\n{language.history}"
    )
    return Case(f"outlook-{language.code}", html_mail(html), "\n\n".join((*language.own, "Dana")), "", quoted)


def _iphone(language: Language) -> Case:
    own = "<div><br></div>".join(f"<div>{escaped(line)}</div>" for line in language.own)
    html = (
        '<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head>'
        f'<body dir="auto">{own}<br><div dir="ltr">{escaped(language.phone)}</div>'
        f'<div dir="ltr"><br><blockquote type="cite">{escaped(language.wrote)}<br><br></blockquote></div>'
        f'<blockquote type="cite"><div dir="ltr">\ufeff{escaped(language.history)}</div></'
        "blockquote></body></html>"
    )
    quoted = f"> {language.wrote}\n\n> {language.history}"
    return Case(f"iphone-{language.code}", html_mail(html), "\n\n".join(language.own), language.phone, quoted)


def _outlook_plain(language: Language) -> Case:
    from_, sent, to, subject = language.labels
    head = f"{from_}: {ANN}\n{sent}: 2. 3. 2026 10:00\n{to}: Dana Fox\n{subject}: Thursday"
    own = "\n\n".join((*language.own, "Dana"))
    text = f"{own}\n\n-----{language.original}-----\n{head}\n\n{language.history}\n"
    return Case(
        f"outlook-plain-{language.code}",
        text_mail(text),
        own,
        "",
        f"-----{language.original}-----\n\n{head}\n\n{language.history}",
    )
