"""What else a mailbox holds: parts in odd orders, calls to meetings, reports, sealed mail, fragments."""

from collections.abc import Iterator

from tests.corpus.writing.mail import Case, headers, html_mail, multipart, part, text_mail

PLAIN = "text/plain"
PIXEL = b"\x89PNG\r\n\x1a\n" + bytes(40)


def cases() -> Iterator[Case]:
    """Yield the cases of this module."""
    yield from _parts()
    yield from _forwards()
    yield from _reports()
    yield from _meetings()
    yield from _sealed()


def _parts() -> Iterator[Case]:
    top = headers().encode()
    picture = part("image/png; name=plan.png", PIXEL, coding="base64", more=['Content-Disposition: inline; filename="plan.png"'])
    offer = part("application/pdf", b"%PDF-1.7", coding="base64", more=['Content-Disposition: attachment; filename="offer.pdf"'])
    yield Case(
        "parts-apple-text-picture-text",
        top + multipart("mixed", [part(PLAIN, "Before the picture."), picture, part(PLAIN, "After the picture.")]),
        "Before the picture.\n\nAfter the picture.",
        files=("plan.png",),
    )
    yield Case(
        "parts-html-then-list-footer",
        top + multipart("mixed", [part("text/html", "<p>The minutes are online.</p>"), part(PLAIN, "To leave the list, write to leave@list.example")]),
        "The minutes are online.\n\nTo leave the list, write to leave@list.example",
    )
    related = multipart("related", [part("text/html", '<p>See <img src="cid:p1" alt="the plan"></p>'), picture], boundary="r")
    inner = multipart("alternative", [part(PLAIN, "See the plan"), related], boundary="a")
    yield Case(
        "parts-nested-three-deep",
        top + multipart("mixed", [inner, offer], boundary="m"),
        "See [the plan]",
        files=("plan.png", "offer.pdf"),
    )
    yield Case("parts-attachment-only", top + multipart("mixed", [offer]), "", notes=("This message has no text.",), files=("offer.pdf",))
    yield Case("parts-empty", top + part(PLAIN, ""), "", notes=("This message has no text.",), files=())
    yield Case(
        "parts-no-content-type",
        b"From: dana@brightfield.example\r\nTo: ann@northwind.example\r\nSubject: Short\r\n\r\nJust this line.\r\n",
        "Just this line.",
    )
    yield Case(
        "parts-boundary-never-closed",
        top + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nStill readable.\r\n',
        "Still readable.",
    )
    yield Case(
        "parts-text-file-is-a-file",
        top + multipart("mixed", [part(PLAIN, "The log is attached."), part("text/plain; name=log.txt", "12:00 started", more=['Content-Disposition: attachment; filename="log.txt"'])]),
        "The log is attached.",
        files=("log.txt",),
    )
    yield Case(
        "parts-file-name-in-rfc2231",
        top + multipart("mixed", [part(PLAIN, "Bitte prüfen."), part("application/pdf", b"%PDF", coding="base64", more=["Content-Disposition: attachment; filename*=UTF-8''Angebot%20M%C3%A4rz.pdf"])]),
        "Bitte prüfen.",
        files=("Angebot März.pdf",),
    )
    yield Case("parts-empty-html-full-text", top + multipart("alternative", [part(PLAIN, "Only here."), part("text/html", "<html><body></body></html>")]), "Only here.")
    yield Case("parts-broken-base64", top + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nSGVsbG8gQW5u!!!\r\n", "Hello Ann")


def _forwards() -> Iterator[Case]:
    head = "From: Tom Abel <tom@abel.example>\nDate: Mon, Mar 2, 2026 at 10:00 AM\nSubject: Prices\nTo: Dana Fox <dana@brightfield.example>"
    lines = head.replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
    yield Case(
        "forward-gmail",
        html_mail(
            '<div dir="ltr">Please have a look.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
            f"---------- Forwarded message ---------<br>{lines}<br></div><br><br><div dir=\"ltr\">The prices are below.</div></div>",
            subject="Fwd: Prices",
        ),
        f"Please have a look.\n\n---------- Forwarded message ---------\n\n{head}\n\nThe prices are below.",
        quoted="",
    )
    yield Case(
        "forward-outlook",
        html_mail(
            '<div class=WordSection1><p class=MsoNormal>Please have a look.</p><div><div style=\'border:none;border-top:solid\'>'
            "<p class=MsoNormal><b>From:</b> Tom Abel<br><b>Sent:</b> Monday, March 2, 2026 10:00 AM<br><b>To:</b> Dana Fox<br>"
            "<b>Subject:</b> Prices</p></div></div><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>The prices are below.</p></div>",
            subject="FW: Prices",
        ),
        "Please have a look.\n\nFrom: Tom Abel\nSent: Monday, March 2, 2026 10:00 AM\nTo: Dana Fox\nSubject: Prices\n\nThe prices are below.",
        quoted="",
    )
    yield Case(
        "forward-apple",
        html_mail(
            '<html><body>Please have a look.<br><div><br><blockquote type="cite"><div>Begin forwarded message:</div><br>'
            "<div><b>From: </b>Tom Abel</div><div><b>Subject: </b>Prices</div><div><b>Date: </b>2 March 2026 at 10:00</div><br>"
            "<div>The prices are below.</div></blockquote></div></body></html>",
            subject="Fwd: Prices",
        ),
        "Please have a look.\n\n> Begin forwarded message:\n>\n> From: Tom Abel\n> Subject: Prices\n> Date: 2 March 2026 at 10:00\n>\n> The prices are below.",
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
        headers("Fwd: Prices").encode() + multipart("mixed", [part(PLAIN, "See attached."), b"Content-Type: message/rfc822\r\n\r\n" + inner]),
        "See attached.",
        notes=("Attached message from Tom Abel: Prices",),
        files=("message/rfc822",),
    )


def _reports() -> Iterator[Case]:
    def report(name: str, kind: str, words: str, machine: bytes, returned: str, visible: str, notes: tuple[str, ...]) -> Case:
        parts = [part(PLAIN, words), machine, b"Content-Type: text/rfc822-headers\r\n\r\n" + returned.encode() + b"\r\n"]
        data = headers("Undelivered", sender="Mail system <mailer-daemon@mx.example>").encode()
        return Case(name, data + multipart("report", parts, more=f"; report-type={kind}"), visible, notes=notes, files=())

    status = b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
    back = "From: ann@northwind.example\r\nSubject: Offer for spring"
    yield report(
        "report-no-such-address", "delivery-status", "I am sorry.", status
        + b"Final-Recipient: rfc822; dana@brightfield.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 unknown\r\n",
        back, "I am sorry.",
        ("Not delivered to dana@brightfield.example.", "The message: Offer for spring", "The address does not exist."),
    )  # fmt: skip
    yield report(
        "report-delayed", "delivery-status", "Still trying.", status
        + b"Final-Recipient: rfc822;dana@brightfield.example\r\nAction: delayed\r\nStatus: 4.4.1\r\n",
        back, "Still trying.",
        ("Not delivered yet to dana@brightfield.example. The mail system keeps trying.", "The message: Offer for spring",
         "The receiving server does not answer."),
    )  # fmt: skip
    yield report(
        "report-two-people-own-words", "delivery-status", "Two failed.", status
        + b"Final-Recipient: rfc822; a@x.example\r\nAction: failed\r\nStatus: 5.7.509\r\nDiagnostic-Code: smtp; 550 refused by policy\r\n\r\n"
        + b"Final-Recipient: rfc822; b@x.example\r\nAction: failed\r\nStatus: 5.2.2\r\n",
        back, "Two failed.",
        ("Not delivered to a@x.example and b@x.example.", "The message: Offer for spring",
         "The other side said: 550 refused by policy", "The mailbox is full."),
    )  # fmt: skip
    yield Case(
        "report-without-a-form",
        headers("failure notice", sender="MAILER-DAEMON@mx.example", more=["X-Failed-Recipients: dana@brightfield.example"]).encode()
        + part(PLAIN, "This is the mail system. I gave up."),
        "This is the mail system. I gave up.",
        notes=("Not delivered to dana@brightfield.example.", "No reason was given."),
    )
    seen = b"Content-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822; dana@brightfield.example\r\nDisposition: manual-action/MDN-sent-manually; "
    for state, sentence in (("displayed", "opened your message."), ("deleted", "deleted your message without opening it.")):
        yield report(
            f"receipt-{state}", "disposition-notification", "Your message was handled.", seen + state.encode() + b"\r\n", back,
            "Your message was handled.", (f"dana@brightfield.example {sentence}", "The message: Offer for spring"),
        )  # fmt: skip


def _meetings() -> Iterator[Case]:
    def call(name: str, method: str, lines: str, visible: str, notes: tuple[str, ...], before: str = "") -> Case:
        text = (
            f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\nMETHOD:{method}\r\n{before}BEGIN:VEVENT\r\nUID:1@x\r\n"
            f"{lines}END:VEVENT\r\nEND:VCALENDAR\r\n"
        )
        parts = [part("text/plain", visible)] if visible else []
        parts.append(part(f'text/calendar; method={method}; charset="utf-8"', text))
        return Case(name, headers("Meeting").encode() + multipart("alternative", parts), visible, notes=notes, files=())

    who = "ORGANIZER;CN=Dana Fox:mailto:dana@brightfield.example\r\nATTENDEE;PARTSTAT=NEEDS-ACTION;CN=Ann Lee:mailto:ann@northwind.example\r\n"
    yield call(
        "meeting-utc", "REQUEST",
        f"SUMMARY:Budget\\, second round\r\nDTSTART:20260305T090000Z\r\nDTEND:20260305T100000Z\r\nLOCATION:Room 4\r\n{who}",
        "You are invited.",
        ("Invitation: Budget, second round", "When: Thursday 2026-03-05, 09:00–10:00", "Where: Room 4", "From: Dana Fox", "With: Ann Lee"),
    )  # fmt: skip
    yield call(
        "meeting-zone-by-name", "REQUEST",
        f"SUMMARY:Budget\r\nDTSTART;TZID=Europe/Berlin:20260705T090000\r\nDTEND;TZID=Europe/Berlin:20260705T100000\r\n{who}", "",
        ("Invitation: Budget", "When: Sunday 2026-07-05, 07:00–08:00", "From: Dana Fox", "With: Ann Lee"),
    )  # fmt: skip
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:W. Europe Standard Time\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\n"
        "TZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\n"
        "DTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r\n"
        "END:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
    )
    for season, day, hours in (("winter", "20260305", "08:00–08:30"), ("summer", "20260702", "07:00–07:30")):
        yield call(
            f"meeting-outlook-zone-{season}", "REQUEST",
            f"SUMMARY:Budget\r\nDTSTART;TZID=W. Europe Standard Time:{day}T090000\r\nDURATION:PT30M\r\nRRULE:FREQ=WEEKLY\r\n", "",
            ("Invitation: Budget", f"When: Thursday {day[:4]}-{day[4:6]}-{day[6:]}, {hours}, repeated"), zone,
        )  # fmt: skip
    yield call(
        "meeting-whole-days", "PUBLISH", "SUMMARY:Fair\r\nDTSTART;VALUE=DATE:20260305\r\nDTEND;VALUE=DATE:20260308\r\n", "",
        ("Invitation: Fair", "When: Thursday 2026-03-05 – Saturday 2026-03-07"),
    )  # fmt: skip
    yield call("meeting-cancelled", "CANCEL", f"SUMMARY:Budget\r\nDTSTART:20260305T090000Z\r\n{who}", "Cancelled.",
               ("Cancelled: Budget", "When: Thursday 2026-03-05, 09:00", "From: Dana Fox", "With: Ann Lee"))  # fmt: skip
    yield call("meeting-accepted", "REPLY",
               "SUMMARY:Budget\r\nDTSTART:20260305T090000Z\r\nATTENDEE;PARTSTAT=ACCEPTED;CN=Ann Lee:mailto:ann@northwind.example\r\n", "",
               ("Ann Lee accepted: Budget", "When: Thursday 2026-03-05, 09:00"))  # fmt: skip


def _sealed() -> Iterator[Case]:
    top = headers().encode()
    pgp = "This message is encrypted with PGP. Only your own mail program can open it."
    yield Case(
        "sealed-pgp-mime",
        top + multipart("encrypted", [part("application/pgp-encrypted", b"Version: 1", coding="7bit"), part("application/octet-stream; name=encrypted.asc", b"-----BEGIN PGP MESSAGE-----", coding="7bit")], more='; protocol="application/pgp-encrypted"'),
        "",
        notes=(pgp,),
    )
    armour = "-----BEGIN PGP MESSAGE-----\n\nhQEMA0abcdef\n=abcd\n-----END PGP MESSAGE-----"
    yield Case("sealed-pgp-inline", text_mail(armour), armour.replace("\n=abcd", "\n=abcd"), notes=(pgp,))
    yield Case(
        "sealed-smime",
        top + part('application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"', b"0\x80", coding="base64"),
        "",
        notes=("This message is encrypted with S/MIME. Only your own mail program can open it.",),
        files=("smime.p7m",),
    )
    yield Case(
        "sealed-smime-signed-only",
        top + part('application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"', b"0\x80", coding="base64"),
        "",
        notes=("This message is signed in a form (S/MIME) that Mailroom cannot open.",),
    )
    yield Case(
        "sealed-clear-signature",
        top + multipart("signed", [part(PLAIN, "Signed in the open."), part("application/pgp-signature; name=signature.asc", b"-----BEGIN PGP SIGNATURE-----", coding="7bit")]),
        "Signed in the open.",
        notes=(),
        files=(),
    )
    yield Case(
        "sealed-winmail",
        top + multipart("mixed", [part(PLAIN, "The table is attached."), part("application/ms-tnef; name=winmail.dat", b"\x78\x9f\x3e\x22", coding="base64")]),
        "The table is attached.",
        notes=("Part of this message is packed in a form of Outlook's own (winmail.dat).", "Ask the sender to send it as HTML or plain text to see what is in it."),
        files=("winmail.dat",),
    )
    yield Case(
        "fragment-two-of-three",
        top + b'Content-Type: message/partial; id="x@y"; number=2; total=3\r\n\r\nmiddle of it\r\n',
        "",
        notes=("This is part 2 of 3 of a longer message.",),
    )
