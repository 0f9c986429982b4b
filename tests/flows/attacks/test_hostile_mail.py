"""Mail that speaks Slack's own language, in every place where a word of it is drawn."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from tests.flows.inbox.reading import ask, open_thread, subjects
from tests.flows.writing.post import connect
from tests.stage import Stage

MALLORY = "mallory@evil.example"
SPELL = "<!channel> <@U1> <https://evil.example|bank> <!date^1^{date}|now> @here *b* &lt;!here&gt; \u202egnp"
CALENDAR = f"""BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VEVENT
SUMMARY:{SPELL}
LOCATION:{SPELL}
DTSTART:20260301T100000Z
ORGANIZER;CN="{SPELL}":mailto:{MALLORY}
END:VEVENT
END:VCALENDAR"""
REPORT = f"""Final-Recipient: rfc822; <!channel>@evil.example
Action: failed
Diagnostic-Code: smtp; {SPELL}"""
# What Slack reads as a mention, a channel, a command or a link, wherever a text is mrkdwn.
ALIVE = re.compile(r"<[!@#]|<https?://evil|\u202e")


def receive(stage: Stage, hours: int, kind: str, body: str, *headers: str) -> None:
    """Let Ann have one of Mallory's mails."""
    head = [
        f'From: "{SPELL}" <{MALLORY}>',
        "To: ann@northwind.example",
        f"Subject: {hours} {SPELL}",
        f"Message-ID: <{hours}@evil.example>",
        "MIME-Version: 1.0",
        f"Content-Type: {kind}",
        *headers,
    ]
    raw = "\r\n".join([*head, "", *body.split("\n")]).encode()
    stage.world.send(raw, at=stage.clock.now() - timedelta(hours=hours), announce=False)


def parts(*inner: tuple[str, str]) -> str:
    """A body of several parts."""
    return "\n".join([*(f"--b\nContent-Type: {kind}\n\n{body}" for kind, body in inner), "--b--", ""])


def markup(found: Any) -> Iterator[str]:
    """Every text of what is shown in which Slack would read markup."""
    if isinstance(found, dict):
        if found.get("type") == "mrkdwn":
            yield str(found["text"])
        for one in found.values():
            yield from markup(one)
    elif isinstance(found, list):
        for one in found:
            yield from markup(one)


def test_no_mail_can_call_anybody_or_lead_anywhere_by_its_words(stage: Stage) -> None:
    file = (f'text/plain; name="{SPELL}.html"\nContent-Disposition: attachment', "x")
    receive(stage, 1, "text/plain; charset=utf-8", f"{SPELL}\n\n-- \n{SPELL}")
    receive(stage, 2, "text/html; charset=utf-8", f"<p>{SPELL.replace('<', '&lt;')}</p><h1>{SPELL}</h1>")
    receive(stage, 3, "multipart/mixed; boundary=b", parts(("text/calendar", CALENDAR), file))
    report = (("text/plain", SPELL), ("message/delivery-status", REPORT))
    receive(stage, 4, "multipart/report; boundary=b; report-type=delivery-status", parts(*report))
    attached = ("message/rfc822", f"From: {SPELL} <x@evil.example>\nSubject: {SPELL}\n\n{SPELL}")
    receive(stage, 5, "multipart/mixed; boundary=b", parts(attached))
    long = f'<a href="https://evil.example/{"ü" * 2500}">bank</a><p>{"x" * 9000}</p>' * 20
    receive(stage, 6, "text/html; charset=utf-8", long)
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {MALLORY}")
    assert len(subjects(answer)) >= 4
    seen: list[str] = [answer.text, *markup(answer.blocks)]
    for subject in subjects(answer):
        window = open_thread(stage, stage.ann, answer, subject)
        seen.extend(markup(window.blocks))
        assert "mallory" in str(window.blocks).casefold()
    assert [one for one in seen if ALIVE.search(one)] == []
