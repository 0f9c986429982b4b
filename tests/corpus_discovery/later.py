"""Mails written after the rules, in the manner of senders that everybody knows; labels by who made them."""

from collections.abc import Iterator

from tests.corpus_discovery.case import ME, Case, Maker

_LEAVE = ("List-Unsubscribe", "<https://x.example/u>")
_DISCLAIMER = (
    "\n\nThis email was sent to you by Abel Ltd and is confidential. If you received it in error,\n"
    "please delete it. This mailbox is not monitored outside of office hours."
)


def cases() -> Iterator[Case]:
    """Yield both kinds."""
    yield from _robots().made
    yield from _people().made


def _robots() -> Maker:
    made = Maker("later-robot", automated=True, person=False)
    mails = (
        ("invitations@linkedin.com", "Eve Marsh", "Ann, add me", "See my profile.", ()),
        (
            "paypal@mail.paypal.example",
            "PayPal",
            "You sent a payment",
            "Total 12.00",
            (("X-Email-Type-Id", "RT1"),),
        ),
        ("ebay@reply.auctions.example", "auctions", "You won", "Pay now.", (("X-Mailer", "JavaMail"),)),
        ("auto-confirm@shop.example", "Shop", "Ordered: beans", "Thank you.", ()),
        ("order-update@shop.example", "Shop", "Your package", "Tomorrow.", ()),
        (
            "store+4711@t.shops.example",
            "Kilnlane",
            "Order #4711 confirmed",
            "Thank you.",
            (("X-SG-EID", "a"),),
        ),
        ("info@mailer.films.example", "Films", "New this week", "Watch now.", ()),
        ("buchungsbestaetigung@bahn.example", "Bahn", "Buchungsbestätigung", "Ihre Fahrt.", ()),
        (
            "tom@startup.example",
            "Tom from Startup",
            "How is it going?",
            "Need help?",
            (("X-Mailgun-Sid", "a"), _LEAVE),
        ),
        (
            "eve.writes@substack.com",
            "Eve Marsh",
            "Essay 12",
            "Read on.",
            (_LEAVE, ("List-Id", "<eve.substack.com>")),
        ),
        (
            "coffee-request@lists.example",
            "",
            "Coffee Digest, Vol 3, Issue 4",
            "Send submissions to coffee@lists.example",
            (("List-Post", "<mailto:coffee@lists.example>"), ("Precedence", "list")),
        ),
        (
            "dmarcreport@mail.example",
            "",
            "Report Domain: northwind.example Submitter: mail",
            "See attached.",
            (),
        ),
        ("automated@homes.example", "Homes", "Reservation reminder", "Soon.", ()),
        ("calendar-notification@google.com", "Google Calendar", "Notification: Tasting", "At ten.", ()),
        ("team@mail.zoomer.example", "Zoomer", "Verify your account", "Click.", ()),
        (
            "feedback@survey.hotel.example",
            "Hotel",
            "How was your stay?",
            "Please do not reply to this email.",
            (),
        ),
        (
            "mailman@lists.example",
            "",
            "lists.example mailing list memberships reminder",
            "Passwords.",
            (("Precedence", "bulk"),),
        ),
        (
            "ben@northpole.example",
            "Ben",
            "Re: Prices",
            "I am out of the office until the 3rd.",
            (("X-Autoreply", "yes"),),
        ),
        ("eve@abel.example", "Eve", "Out of Office: back on Monday", "Away.", ()),
        (
            "members@club.example",
            "Club",
            "Members' letter",
            "You are receiving this email because you are a member.",
            (),
        ),
        (
            "anna@shop2.example",
            "Anna at Shop",
            "Sale",
            "Sale ends today. Unsubscribe: https://shop2.example/u",
            (("X-PM-Message-Id", "1"),),
        ),
        ("statement@bank.example", "Bank", "Your statement is ready", "Log in.", (("X-Mailer", "Unica"),)),
        (
            "x1@mg.tool.example",
            "Tool",
            "Your trial ends",
            "Three days left.",
            (("Return-Path", "<bounce+a.b-ann=northwind.example@mg.tool.example>"),),
        ),
        ("wordpress@blog.example", "Blog", "[Blog] Please moderate", "A comment.", ()),
        (
            "voice@carrier.example",
            "Carrier",
            "New voicemail",
            "This is an automated message from your carrier.",
            (),
        ),
        ("hr-noreply@contoso.example", "HR", "Policy", "Read the policy.", ()),
        (
            "support@tool2.example",
            "Tool Support",
            "[Ticket #12] Received",
            "We have it.",
            (("Auto-Submitted", "auto-replied"),),
        ),
        ("do.not.reply.alerts@bank.example", "Bank", "Alert", "Spent 9.", ()),
        ("mia@brand2.example", "Mia", "Just for you", "View this email in your browser. Opt out.", ()),
        (
            "kurier@news.zeitung.example",
            "Der Kurier",
            "Der Morgen",
            "Guten Morgen. Newsletter abbestellen",
            (),
        ),
    )
    for address, name, subject, text, headers in mails:
        made.add(address, subject, text, *headers, name=name)
    return made


def _people() -> Maker:
    made = Maker("later-person", automated=False, person=True)
    mails = (
        ("ruth@abel.example", "Ruth Abel", "Prices", f"Dear Ann, forty would do.{_DISCLAIMER}", ()),
        ("paul.newsome@abel.example", "Paul Newsome", "Update on the order", "It left today.", ()),
        ("mark.alert@abel.example", "Mark Alert", "Hello", "How are you?", ()),
        ("kim@kim.example", "Kim", "Friday", "Friday works.", ()),
        ("novak@novak2.example", "Jan Novak", "Beans", "Two sacks please.", ()),
        ("office.manager.lee@abel.example", "Lee Park", "Keys", "The keys are at the desk.", ()),
        ("info@anna-schmidt.example", "Anna Schmidt", "Termin", "Passt Dienstag?", ()),
        ("sales.jones@abel.example", "Sarah Jones", "Visit", "May I come by?", ()),
        ("abel.tom.2@gmail.com", "", "photos", "here they are", (("X-Gm-Message-State", "AOJu"),)),
        ("peter@consult.example", "Peter via Consult", "Workshop", "See you there.", ()),
        ("eva@kunden.example", "Dr. Eva Kunde", "Rechnung", "Anbei die Rechnung, danke.", ()),
        ("service@otto-kern.example", "Otto Kern", "Re: Prices", "Fine with me.", ()),
        (
            "lena@fuchs.example",
            "Fuchs, Lena",
            "AW: Vertrag",
            "Ich melde mich.",
            (("X-MS-Exchange-Organization-AuthAs", "Internal"),),
        ),
        ("theo@library.example", "Theo Banks", "unsubscribe me please, joking", "Coffee?", ()),
        (
            "ines@kilnlane2.example",
            "Ines",
            "Fwd: Your invoice",
            "Is this ours?\n\n----- Forwarded -----\nUnsubscribe",
            (),
        ),
        ("d@short.example", "D", "ok", "ok", ()),
        ("zoe+mail@abel.example", "Zoe", "Plan", "Plan attached.", ()),
        ("hugo@agency.example", "Hugo", "Proposal", "As promised.", (("X-HS-Cid", "1"),)),
        ("gil@abel.example", "Gil", "Your account at our shop", "I opened one for you, login below.", ()),
        ("wei@jade.example", "李伟", "样品", "您好，样品收到了。", ()),
        ("amal@mansour.example", "أمل منصور", "السعر", "شكرا لك", ()),
        ("bot@abel.example", "Jan Bot", "Hoi", "Tot morgen.", ()),
        ("post@hansen.example", "Ole Hansen", "Kaffe", "Fire sekker, takk.", ()),
        ("ceo@tinyfirm.example", "Maya Winter", "Idea", "Let us talk.", ()),
        ("ask@lucy.example", "Lucy Ask", "Question", "What does it cost?", ()),
        ("j.no.reply@abel.example", "Julia No-Reply Test", "Funny name", "Yes, really.", ()),
    )
    for address, name, subject, text, headers in mails:
        made.add(address, subject, text, *headers, name=name, to=ME)
    return made
