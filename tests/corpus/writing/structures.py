"""Parts in odd orders, and mail that was forwarded."""

from collections.abc import Iterator

from tests.corpus.writing.mail import Case, headers, html_mail, multipart, part

PLAIN = "text/plain"
PIXEL = b"\x89PNG\r\n\x1a\n" + bytes(40)


def cases() -> Iterator[Case]:
    """Yield the cases of this module."""
    yield from _parts()
    yield from _forwards()


def _parts() -> Iterator[Case]:
    top = headers().encode()
    picture = part(
        "image/png; name=plan.png",
        PIXEL,
        coding="base64",
        more=['Content-Disposition: inline; filename="plan.png"'],
    )
    offer = part(
        "application/pdf",
        b"%PDF-1.7",
        coding="base64",
        more=['Content-Disposition: attachment; filename="offer.pdf"'],
    )
    yield Case(
        "parts-apple-text-picture-text",
        top
        + multipart(
            "mixed", [part(PLAIN, "Before the picture."), picture, part(PLAIN, "After the picture.")]
        ),
        "Before the picture.\n\nAfter the picture.",
        files=("plan.png",),
    )
    yield Case(
        "parts-html-then-list-footer",
        top
        + multipart(
            "mixed",
            [
                part("text/html", "<p>The minutes are online.</p>"),
                part(PLAIN, "To leave the list, write to leave@list.example"),
            ],
        ),
        "The minutes are online.\n\nTo leave the list, write to leave@list.example",
    )
    related = multipart(
        "related", [part("text/html", '<p>See <img src="cid:p1" alt="the plan"></p>'), picture], boundary="r"
    )
    inner = multipart("alternative", [part(PLAIN, "See the plan"), related], boundary="a")
    yield Case(
        "parts-nested-three-deep",
        top + multipart("mixed", [inner, offer], boundary="m"),
        "See [the plan]",
        files=("plan.png", "offer.pdf"),
    )
    yield Case(
        "parts-attachment-only",
        top + multipart("mixed", [offer]),
        "",
        notes=("This message has no text.",),
        files=("offer.pdf",),
    )
    yield Case("parts-empty", top + part(PLAIN, ""), "", notes=("This message has no text.",), files=())
    yield Case(
        "parts-no-content-type",
        b"From: dana@brightfield.example\r\nTo: ann@northwind.example\r\nSubject: Short\r\n"
        b"\r\nJust this line.\r\n",
        "Just this line.",
    )
    yield Case(
        "parts-boundary-never-closed",
        top + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/pla'
        b"in\r\n\r\nStill readable.\r\n",
        "Still readable.",
    )
    yield Case(
        "parts-text-file-is-a-file",
        top
        + multipart(
            "mixed",
            [
                part(PLAIN, "The log is attached."),
                part(
                    "text/plain; name=log.txt",
                    "12:00 started",
                    more=['Content-Disposition: attachment; filename="log.txt"'],
                ),
            ],
        ),
        "The log is attached.",
        files=("log.txt",),
    )
    yield Case(
        "parts-file-name-in-rfc2231",
        top
        + multipart(
            "mixed",
            [
                part(PLAIN, "Bitte prüfen."),
                part(
                    "application/pdf",
                    b"%PDF",
                    coding="base64",
                    more=["Content-Disposition: attachment; filename*=UTF-8''Angebot%20M%C3%A4rz.pdf"],
                ),
            ],
        ),
        "Bitte prüfen.",
        files=("Angebot März.pdf",),
    )
    yield Case(
        "parts-empty-html-full-text",
        top
        + multipart(
            "alternative", [part(PLAIN, "Only here."), part("text/html", "<html><body></body></html>")]
        ),
        "Only here.",
    )
    yield Case(
        "parts-broken-base64",
        top + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nSGVsbG8gQW5u!!!\r\n",
        "Hello Ann",
    )


def _forwards() -> Iterator[Case]:
    head = (
        "From: Tom Abel <tom@abel.example>\nDate: Mon, Mar 2, 2026 at 10:00 AM\nSubject: "
        "Prices\nTo: Dana Fox <dana@brightfield.example>"
    )
    lines = head.replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
    yield Case(
        "forward-gmail",
        html_mail(
            '<div dir="ltr">Please have a look.</div><br><div class="gmail_quote"><div dir="l'
            'tr" class="gmail_attr">'
            f'---------- Forwarded message ---------<br>{lines}<br></div><br><br><div dir="lt'
            'r">The prices are below.</div></div>',
            subject="Fwd: Prices",
        ),
        f"Please have a look.\n\n---------- Forwarded message ---------\n\n{head}\n\nThe prices are below.",
        quoted="",
    )
    yield Case(
        "forward-outlook",
        html_mail(
            "<div class=WordSection1><p class=MsoNormal>Please have a look.</p><div><div styl"
            "e='border:none;border-top:solid'>"
            "<p class=MsoNormal><b>From:</b> Tom Abel<br><b>Sent:</b> Monday, March 2, 2026 1"
            "0:00 AM<br><b>To:</b> Dana Fox<br>"
            "<b>Subject:</b> Prices</p></div></div><p class=MsoNormal><o:p>&nbsp;</o:p></p><p"
            " class=MsoNormal>The prices are below.</p></div>",
            subject="FW: Prices",
        ),
        "Please have a look.\n\nFrom: Tom Abel\nSent: Monday, March 2, 2026 10:00 AM\nTo:"
        " Dana Fox\nSubject: Prices\n\nThe prices are below.",
        quoted="",
    )
    yield Case(
        "forward-apple",
        html_mail(
            '<html><body>Please have a look.<br><div><br><blockquote type="cite"><div>Begin f'
            "orwarded message:</div><br>"
            "<div><b>From: </b>Tom Abel</div><div><b>Subject: </b>Prices</div><div><b>Date: <"
            "/b>2 March 2026 at 10:00</div><br>"
            "<div>The prices are below.</div></blockquote></div></body></html>",
            subject="Fwd: Prices",
        ),
        "Please have a look.\n\n> Begin forwarded message:\n>\n> From: Tom Abel\n> Subjec"
        "t: Prices\n> Date: 2 March 2026 at 10:00\n>\n> The prices are below.",
        quoted="",
    )
    yield Case(
        "forward-only",
        html_mail(
            '<div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>'
            f"{lines}<br></div><br><div>The prices are below.</div></div>",
            subject="Fwd: Prices",
        ),
        f"---------- Forwarded message ---------\n\n{head}\n\nThe prices are below.",
        quoted="",
    )
    inner = headers("Prices", sender="Tom Abel <tom@abel.example>").encode() + part(PLAIN, "The prices.")
    yield Case(
        "forward-as-attachment",
        headers("Fwd: Prices").encode()
        + multipart("mixed", [part(PLAIN, "See attached."), b"Content-Type: message/rfc822\r\n\r\n" + inner]),
        "See attached.",
        notes=("Attached message from Tom Abel: Prices",),
        files=("Prices.eml",),
    )
    page = headers("Delivery", sender="Eva Lind <eva@abel.example>").encode() + part(
        "text/html", "<p>We deliver <b>on Monday</b>.</p><ul><li>Oak<li>Ash</ul>"
    )
    yield Case(
        "forward-of-nothing-but-messages",
        headers("Fwd: 2 messages").encode()
        + multipart(
            "mixed",
            [part(PLAIN, "\n"), *(b"Content-Type: message/rfc822\r\n\r\n" + one for one in (inner, page))],
        ),
        "The prices.\n\n---\n\nWe deliver on Monday.\n\n- Oak\n- Ash",
        notes=("Attached message from Tom Abel: Prices", "Attached message from Eva Lind: Delivery"),
        files=("Prices.eml", "Delivery.eml"),
    )
