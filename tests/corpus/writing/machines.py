"""What machines write: delivery reports, receipts, calls to meetings."""

from collections.abc import Iterator

from tests.corpus.writing.mail import Case, headers, multipart, part

PLAIN = "text/plain"


def cases() -> Iterator[Case]:
    """Yield the cases of this module."""
    yield from _reports()
    yield from _meetings()


def _reports() -> Iterator[Case]:
    def report(
        name: str, kind: str, words: str, machine: bytes, returned: str, visible: str, notes: tuple[str, ...]
    ) -> Case:
        parts = [
            part(PLAIN, words),
            machine,
            b"Content-Type: text/rfc822-headers\r\n\r\n" + returned.encode() + b"\r\n",
        ]
        data = headers("Undelivered", sender="Mail system <mailer-daemon@mx.example>").encode()
        return Case(
            name,
            data + multipart("report", parts, more=f"; report-type={kind}"),
            visible,
            notes=notes,
            files=(),
        )

    status = b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
    back = "From: ann@northwind.example\r\nSubject: Offer for spring"
    yield report(
        "report-no-such-address",
        "delivery-status",
        "I am sorry.",
        status + b"Final-Recipient: rfc822; dana@brightfield.example\r\nAction: failed\r\nStatus: 5"
        b".1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 unknown\r\n",
        back,
        "I am sorry.",
        (
            "Not delivered to dana@brightfield.example.",
            "The message: Offer for spring",
            "The address does not exist.",
        ),
    )
    yield report(
        "report-delayed",
        "delivery-status",
        "Still trying.",
        status + b"Final-Recipient: rfc822;dana@brightfield.example\r\nAction: delayed\r\nStatus: 4.4.1\r\n",
        back,
        "Still trying.",
        (
            "Not delivered yet to dana@brightfield.example. The mail system keeps trying.",
            "The message: Offer for spring",
            "The receiving server does not answer.",
        ),
    )
    yield report(
        "report-two-people-own-words",
        "delivery-status",
        "Two failed.",
        status + b"Final-Recipient: rfc822; a@x.example\r\nAction: failed\r\nStatus: 5.7.509\r\nDia"
        b"gnostic-Code: smtp; 550 refused by policy\r\n\r\n"
        + b"Final-Recipient: rfc822; b@x.example\r\nAction: failed\r\nStatus: 5.2.2\r\n",
        back,
        "Two failed.",
        (
            "Not delivered to a@x.example and b@x.example.",
            "The message: Offer for spring",
            "The other side said: 550 refused by policy",
            "The mailbox is full.",
        ),
    )
    yield Case(
        "report-without-a-form",
        headers(
            "failure notice",
            sender="MAILER-DAEMON@mx.example",
            more=["X-Failed-Recipients: dana@brightfield.example"],
        ).encode()
        + part(PLAIN, "This is the mail system. I gave up."),
        "This is the mail system. I gave up.",
        notes=("Not delivered to dana@brightfield.example.", "No reason was given."),
    )
    seen = (
        b"Content-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822; d"
        b"ana@brightfield.example\r\nDisposition: manual-action/MDN-sent-manually; "
    )
    for state, sentence in (
        ("displayed", "opened your message."),
        ("deleted", "deleted your message without opening it."),
    ):
        yield report(
            f"receipt-{state}",
            "disposition-notification",
            "Your message was handled.",
            seen + state.encode() + b"\r\n",
            back,
            "Your message was handled.",
            (f"dana@brightfield.example {sentence}", "The message: Offer for spring"),
        )


def _meetings() -> Iterator[Case]:
    def call(
        name: str, method: str, lines: str, visible: str, notes: tuple[str, ...], before: str = ""
    ) -> Case:
        text = (
            f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\nMETHOD:{method}\r\n{before}"
            "BEGIN:VEVENT\r\nUID:1@x\r\n"
            f"{lines}END:VEVENT\r\nEND:VCALENDAR\r\n"
        )
        parts = [part("text/plain", visible)] if visible else []
        parts.append(part(f'text/calendar; method={method}; charset="utf-8"', text))
        return Case(
            name,
            headers("Meeting").encode() + multipart("alternative", parts),
            visible,
            notes=notes,
            files=(),
        )

    who = (
        "ORGANIZER;CN=Dana Fox:mailto:dana@brightfield.example\r\nATTENDEE;PARTSTAT=NEEDS"
        "-ACTION;CN=Ann Lee:mailto:ann@northwind.example\r\n"
    )
    yield call(
        "meeting-utc",
        "REQUEST",
        "SUMMARY:Budget\\, second round\r\nDTSTART:20260305T090000Z\r\nDTEND:20260305T100"
        f"000Z\r\nLOCATION:Room 4\r\n{who}",
        "You are invited.",
        (
            "Invitation: Budget, second round",
            "When: Thursday 5 March 2026, 09:00–10:00",
            "Where: Room 4",
            "From: Dana Fox",
            "With: Ann Lee",
        ),
    )
    yield call(
        "meeting-zone-by-name",
        "REQUEST",
        "SUMMARY:Budget\r\nDTSTART;TZID=Europe/Berlin:20260705T090000\r\nDTEND;TZID=Europ"
        f"e/Berlin:20260705T100000\r\n{who}",
        "",
        ("Invitation: Budget", "When: Sunday 5 July 2026, 07:00–08:00", "From: Dana Fox", "With: Ann Lee"),
    )
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:W. Europe Standard Time\r\nBEGIN:STANDARD\r\nDTSTART:160"
        "10101T030000\r\nTZOFFSETFROM:+0200\r\n"
        "TZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r\nEND:ST"
        "ANDARD\r\nBEGIN:DAYLIGHT\r\n"
        "DTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ="
        "YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r\n"
        "END:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
    )
    for season, day, when in (
        ("winter", "20260305", "Thursday 5 March 2026, 08:00–08:30"),
        ("summer", "20260702", "Thursday 2 July 2026, 07:00–07:30"),
    ):
        yield call(
            f"meeting-outlook-zone-{season}",
            "REQUEST",
            f"SUMMARY:Budget\r\nDTSTART;TZID=W. Europe Standard Time:{day}T090000\r\nDURATION:"
            "PT30M\r\nRRULE:FREQ=WEEKLY\r\n",
            "",
            ("Invitation: Budget", f"When: {when}, every week"),
            zone,
        )
    yield call(
        "meeting-whole-days",
        "PUBLISH",
        "SUMMARY:Fair\r\nDTSTART;VALUE=DATE:20260305\r\nDTEND;VALUE=DATE:20260308\r\n",
        "",
        ("Invitation: Fair", "When: Thursday 5 March 2026 – Saturday 7 March 2026"),
    )
    yield call(
        "meeting-cancelled",
        "CANCEL",
        f"SUMMARY:Budget\r\nDTSTART:20260305T090000Z\r\n{who}",
        "Cancelled.",
        ("Cancelled: Budget", "When: Thursday 5 March 2026, 09:00", "From: Dana Fox", "With: Ann Lee"),
    )
    yield call(
        "meeting-accepted",
        "REPLY",
        "SUMMARY:Budget\r\nDTSTART:20260305T090000Z\r\nATTENDEE;PARTSTAT=ACCEPTED;CN=Ann "
        "Lee:mailto:ann@northwind.example\r\n",
        "",
        ("Ann Lee accepted: Budget", "When: Thursday 5 March 2026, 09:00"),
    )
