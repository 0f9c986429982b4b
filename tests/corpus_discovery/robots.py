"""Mails that programs write: receipts, notifications, bounces, answers, reports, invitations."""

from collections.abc import Iterator

from tests.corpus_discovery.case import ME, Case, Maker, invitation, report

_GENERATED = ("Auto-Submitted", "auto-generated")


def cases() -> Iterator[Case]:
    """Yield every mail of a program."""
    for make in (_addresses, _receipts, _trackers, _bounces, _replies, _reports, _invitations, _relays):
        yield from make().made


ADDRESSES = (
    "noreply", "no-reply", "no_reply", "no.reply", "donotreply", "do-not-reply", "do_not_reply",
    "noreply-account", "jira-no-reply", "noreply123", "no-reply+x7f3", "nicht-antworten", "nepasrepondre",
    "ne-pas-repondre", "no-responder", "noresponda.no-reply", "notifications", "notification",
    "calendar-notification", "notify", "alerts", "account-alerts", "mailer-daemon", "postmaster",
    "bounce+4711", "bounces-123", "auto-confirm", "autoreply", "order-confirmation", "shipment-tracking",
    "newsletter", "e-newsletter", "daily-digest", "updates", "system", "root", "jenkins", "builds",
    "receipts", "payments-noreply", "drive-shares-dm-noreply", "nao-responda", "nonrispondere", "noreply.de",
    "donot-reply", "unsubscribe", "listserv", "confirmations", "reminders", "surveys", "mailer", "workflow",
    "voicemail", "scanner", "backup", "security", "welcome-noreply", "verify", "statements",
    "benachrichtigung",
)  # fmt: skip


def _addresses() -> Maker:
    """Nothing but the address says it: the headers are those of any mail."""
    made = Maker("robot-by-address", automated=True, person=False)
    for at, local in enumerate(ADDRESSES):
        made.add(
            f"{local}@r{at}.service.example",
            "Your things",
            "There is news about your things.",
            name="Service",
        )
    return made


def _receipts() -> Maker:
    made = Maker("receipt", automated=True, person=False)
    subjects = (
        "Your receipt from Cloudhost",
        "Ihre Rechnung 4711",
        "Votre commande a été expédiée",
        "Tu pedido 99",
        "Order confirmation #12",
    )
    senders = (
        ("billing", "Cloudhost"),
        ("orders", "Depot"),
        ("kundenservice", "Versand"),
        ("service", "Boutique"),
        ("hello", "Tienda"),
    )
    signs = (
        (_GENERATED,),
        (("X-PM-Message-Id", "1"), ("Return-Path", "<pm_bounces@pm.mtasv.net>")),
        (("X-Mailer", "PHPMailer 6.8"),),
        (("X-Stripe-EID", "evt_1"),),
        (("X-MJ-MID", "1"),),
        (("X-Auto-Response-Suppress", "OOF, AutoReply"),),
    )
    for at in range(30):
        local, name = senders[at % 5]
        made.add(
            f"{local}@shop{at}.example",
            subjects[at % 5],
            "Thank you. Total 14.30.",
            *signs[at % 6],
            name=name,
        )
    return made


def _trackers() -> Maker:
    made = Maker("notification", automated=True, person=False)
    list_of = (("List-Id", "acme/app <app.acme.github.com>"), ("Precedence", "list"))
    programs = (
        (
            "notifications@github.com",
            "Ben Ortiz",
            (("X-GitHub-Reason", "mention"), ("List-Post", "<mailto:reply+abc@reply.github.com>"), *list_of),
        ),
        ("gitlab@git.example", "Ben Ortiz (@ben)", (("X-GitLab-Project", "app"), ("Precedence", "list"))),
        (
            "jira@abel.atlassian.net",
            "Ben (Jira)",
            (("X-JIRA-FingerPrint", "1"), _GENERATED, ("Precedence", "bulk")),
        ),
        ("bugs@bugs.example", "bugzilla", (("X-Bugzilla-Type", "changed"), _GENERATED)),
        ("redmine@tracker.example", "Tracker", (("X-Redmine-Project", "app"), _GENERATED)),
        (
            "forum@forum.example",
            "Ann via Forum",
            (("X-Discourse-Topic-Id", "4"), _GENERATED, ("List-Id", "<forum.example>")),
        ),
        ("alerts@sentry.example", "Sentry", (("X-Sentry-Reply-To", "1"),)),
        ("root@host.example", "Cron Daemon", (("X-Cron-Env", "<SHELL=/bin/sh>"), _GENERATED)),
        ("messages-noreply@linkedin.com", "Eve Marsh via LinkedIn", (("X-LinkedIn-Class", "INMAIL"),)),
        ("notification@facebookmail.com", "Facebook", (("X-Facebook", "from zuckmail"),)),
        (
            "drive-shares-dm-noreply@google.com",
            "Eve Marsh (via Google Docs)",
            (("Reply-To", "Eve Marsh <eve@abel.example>"),),
        ),
        ("dse@eumail.docusign.net", "Eve via DocuSign", (_GENERATED,)),
        ("ci@builds.example", "Build 12", (("X-Jenkins-Job", "app"),)),
        ("info@meetup.example", "Coffee people", (("X-Meetup-RECIP-ID", "1"), ("Precedence", "bulk"))),
        ("ben.ortiz@tracker.example", "Ben Ortiz", (_GENERATED,)),
        ("tracker@abel.example", "Tracker", (("Auto-Submitted", "auto-generated (issue changed)"),)),
    )
    for at in range(len(programs) * 2):
        address, name, headers = programs[at % len(programs)]
        made.add(address, f"[app] #{at} The price is cut off", "Ben closed this.", *headers, name=name)
    return made


def _bounces() -> Maker:
    made = Maker("bounce", automated=True, person=False)
    failed = "Final-Recipient: rfc822; nobody@nowhere.example\nAction: failed\nStatus: 5.1.1"
    status = f"Reporting-MTA: dns; mx.example\n\n{failed}"
    kind, body = report("delivery-status", "The address could not be found.", status)
    subjects = (
        "Undelivered Mail Returned to Sender", "Delivery Status Notification (Failure)",
        "Undeliverable: Prices", "Unzustellbar: Preise", "Mail delivery failed: returning message to sender",
        "Returned mail: see transcript for details",
    )  # fmt: skip
    senders = (
        "mailer-daemon@mx.example",
        "postmaster@mx.example",
        "MicrosoftExchange329e71@abel.example",
        "mail@mx.example",
    )
    for at in range(12):
        made.add(
            senders[at % 4],
            subjects[at % 6],
            body,
            ("Content-Type", kind),
            ("Return-Path", "<>"),
            name="Mail Delivery System",
        )
    bare = (
        ("failure notice", "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to."),
        (
            "Mail delivery failed: returning message to sender",
            "This message was created automatically by mail delivery software.",
        ),
        (
            "Zustellung",
            "This is the mail system at host mx.example.\n\nI'm sorry, it could not be delivered.",
        ),
        (
            "Warning: could not send message for past 4 hours",
            "The original message was received at Mon, 2 Nov 2026",
        ),
        ("Nicht zustellbar: Preise", "Diese Nachricht konnte nicht zugestellt werden."),
    )
    for at in range(10):
        subject, text = bare[at % 5]
        made.add(
            f"mx{at}@relay.example", subject, text, ("X-Failed-Recipients", "a@b.example" if at > 4 else "")
        )
    return made


def _replies() -> Maker:
    """Answers of people's mail programs: the address is a person's, the mail is not."""
    made = Maker("auto-reply", automated=True, person=False)
    subjects = (
        "Automatic reply: Prices", "Automatische Antwort: Preise", "Réponse automatique : Prix",
        "Respuesta automática: Precios", "Risposta automatica: Prezzi", "Automatisch antwoord: Prijzen",
        "Autosvar: Priser", "Out of Office: Prices", "Abwesenheitsnotiz: Preise",
        "Automatické odpovede: Ceny",
    )  # fmt: skip
    signs = (
        (("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")),
        (("X-Autoreply", "yes"), ("Precedence", "bulk")),
        (("Auto-Submitted", "auto-replied (vacation)"),),
        (("X-MS-Exchange-Inbox-Rules-Loop", "eve@abel.example"),),
        (),
        (("Return-Path", "<>"), ("X-Autorespond", "Prices")),
        (("Precedence", "auto_reply"),),
    )
    for at in range(30):
        subject = (
            subjects[at % 10]
            if at % 7 == 4 or at % 2
            else f"Re: {subjects[at % 10].partition(':')[2].strip()}"
        )
        made.add(
            f"grete{at}@holm.example",
            subject,
            "I am out of the office until Monday.",
            *signs[at % 7],
            name="Grete Holm",
            answers=True,
        )
    tickets = (
        "This is an automated response. We have received your request #4711 and will answer soon.",
        "Diese E-Mail wurde automatisch erstellt. Wir haben Ihre Anfrage erhalten.",
        "Please do not reply to this email. Your request has been received.",
    )  # fmt: skip
    for at in range(9):
        made.add(f"anna{at}@desk.example", "Re: Prices [#4711]", tickets[at % 3], name="Desk", answers=True)
    return made


def _reports() -> Maker:
    made = Maker("report", automated=True, person=False)
    shown = "Disposition: manual-action/MDN-sent-manually; displayed"
    kind, body = report(
        "disposition-notification",
        "Your message was read.",
        f"Final-Recipient: rfc822; eve@abel.example\n{shown}",
    )
    for at in range(6):
        made.add(
            f"olivia{at}@granthill.example",
            "Read: Prices",
            body,
            ("Content-Type", kind),
            name="Olivia Grant",
            answers=True,
        )
    kind, body = report("feedback-report", "An abuse report.", "Feedback-Type: abuse\nVersion: 1")
    for at in range(3):
        made.add(f"fbl{at}@provider.example", "Complaint", body, ("Content-Type", kind))
    return made


def _invitations() -> Maker:
    """A person acted and a program wrote: alone it makes nobody somebody to suggest."""
    made = Maker("invitation", automated=True, person=False)
    for at in range(15):
        method = ("REQUEST", "REPLY", "CANCEL")[at % 3]
        subject = ("Tasting", "Accepted: Tasting", "Cancelled: Tasting")[at % 3]
        kind, body = invitation(
            "Tasting of the spring range.", method, "tom@abel.example" if at % 3 != 1 else ME
        )
        sender = (("Sender", "Google Calendar <calendar-notification@google.com>"),) if at % 5 == 0 else ()
        made.add(f"tom.i{at}@abel.example", subject, body, ("Content-Type", kind), *sender, name="Tom Abel")
    return made


def _relays() -> Maker:
    """A person's words through somebody else's door: nothing can be written to that address later."""
    made = Maker("relay", automated=True, person=False)
    doors = (
        "support+id4711@acme.zendesk.com", "reply+aaab3x7q2m4@reply.github.com",
        "ticket+8842@company.freshdesk.com",
        "conversation-9a8b7c6d5e4f3a2b@messages.crm.example", "x+9182736455@mail.asana.com",
        "help.abcd@acme.intercom-mail.com",
    )  # fmt: skip
    for door in doors:
        made.add(door, "Re: Your question", "Hello, here is my answer.", name="Eve Marsh")
    return made
