"""Mails to many: newsletters through every kind of service, old ones without headers, announcements."""

from collections.abc import Iterator

from tests.corpus_discovery.case import Case, Maker

_LEAVE = ("List-Unsubscribe", "<https://shop.example/leave?u=42>, <mailto:leave@shop.example>")
_CLICK = ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
SERVICES = (
    (
        _LEAVE,
        _CLICK,
        ("X-Mailer", "Mailchimp Mailer - **CID42**"),
        ("X-Campaign", "mailchimp42"),
        ("List-Id", "<42.list-id.mcsv.net>"),
        ("Return-Path", "<bounce-mc.us1_42.1-ann=northwind.example@mail1.mcsv.net>"),
        ("Feedback-ID", "42:42.1:us1:mc"),
    ),
    (_LEAVE, ("X-SG-EID", "abc"), ("Return-Path", "<bounces+42-1-ann=northwind.example@em.shop.example>")),
    (
        _LEAVE,
        _CLICK,
        ("X-SES-Outgoing", "2026.11.01-54.240.1.1"),
        ("Feedback-ID", "1.eu-west-1.abc:AmazonSES"),
        ("Return-Path", "<0102018abc-1@eu-west-1.amazonses.com>"),
    ),
    (
        ("X-Mailgun-Sid", "WyI0"),
        ("List-Id", "<news.shop.example>"),
        ("List-Post", "<https://shop.example/p/1>"),
        _LEAVE,
        _CLICK,
    ),
    (
        ("X-SFMC-Stack", "1"),
        ("X-CSA-Complaints", "csa-complaints@eco.example"),
        _LEAVE,
        ("Return-Path", "<bounce-1_HTML-2@bounce.s7.exacttarget.com>"),
    ),
    (
        _LEAVE,
        ("X-HS-Cid", "1"),
        ("Return-Path", "<1axbncea@bf01.hubspotemail.net>"),
        ("Feedback-ID", "aaq:1:hs"),
    ),
    (("X-Sib-Id", "a"), ("X-Mailin-Campaign", "42"), _LEAVE),
    (("X-Kmail-Account", "a"), _LEAVE, _CLICK),
    (("X-Roving-ID", "1"), _LEAVE, ("Return-Path", "<A1B2_1-2@in.constantcontact.com>")),
    (("Precedence", "bulk"), ("X-Mailer", "phplist v3.6"), _LEAVE),
    (("Precedence", "bulk"), _LEAVE, ("X-Mailer", "Lyris ListManager")),
    (("List-Unsubscribe", "<mailto:leave-news-1234567@lists.shop.example>"),),
    (("Precedence", "junk"), ("X-Mailer", "GroupMail")),
    (("List-Id", "<news.shop.example>"), _LEAVE, ("Precedence", "list"), _CLICK),
    (
        ("List-Id", "Announcements <announce.shop.example>"),
        ("List-Post", "NO"),
        ("Precedence", "list"),
        ("X-Mailman-Version", "2.1.39"),
        ("X-BeenThere", "announce@shop.example"),
    ),
    (("X-MSFBL", "abc"), ("X-MSYS-API", "{}"), _LEAVE),
)
LETTERS = (
    (
        "Autumn at the shop",
        "<h1>Autumn</h1><p>You are receiving this because you signed up. <a href='#'>Unsubscribe</a></p>",
    ),
    ("25 % auf alles", "<p>Im Browser ansehen</p><h1>25 % auf alles</h1><p>Newsletter abbestellen</p>"),
    ("Les nouveautés", "<h1>Nouveautés</h1><p>Pour vous désabonner, cliquez ici.</p>"),
)
_FROM = (
    ("news@shop.example", "The Shop"),
    ("julia@shop.example", "Julia from The Shop"),
    ("hello@shop.example", "Shop"),
)


def cases() -> Iterator[Case]:
    """Yield every mail to many."""
    for make in (_newsletters, _old, _announced):
        yield from make().made


def _newsletters() -> Maker:
    made = Maker("newsletter", automated=True, person=False)
    for at in range(len(SERVICES) * 3):
        headers, (subject, html) = SERVICES[at % len(SERVICES)], LETTERS[at % 3]
        address, name = _FROM[(at // 3) % 3]
        local, _, domain = address.partition("@")
        address = f"{local}@s{at}.{domain}" if local != "julia" else f"{local}{at}@{domain}"
        made.add(address, subject, "", *headers, name=name, html=html)
    return made


_PIXEL = '<img src="https://shop.example/o.gif" width="1" height="1">'


def _old() -> Maker:
    """Newsletters of the time before list headers, and of senders who leave them out."""
    made = Maker("newsletter-without-headers", automated=True, person=False)
    letters = (
        ("newsletter@cafe.example", "Cafe News", "This month: beans. To unsubscribe, reply with REMOVE."),
        (
            "news@daily.example",
            "Daily",
            "Top stories. You are receiving this message because you registered.",
        ),
        (
            "online@newsletter.zine.example",
            "Zine Dispatch",
            "To cancel your subscription go to our site. View online.",
        ),
        (
            "tips@weekly.example",
            "Weekly Tips",
            "Tip 42. If you no longer wish to receive these tips, unsubscribe here.",
        ),
        ("deals@flights.example", "Flights", "Fly for 9. Manage your subscription at flights.example."),
        (
            "editor@list.magazine.example",
            "The Editor",
            "Can't read this email? View it in your browser. Opt out here.",
        ),
        ("promo@kettles.example", "Kettles", "Half price."),
        ("digest@forum.example", "Forum digest", "12 new posts."),
        ("offers@bank.example", "Bank", "A card for you."),
        ("rssfeeds@reader.example", "boing", "New entry."),
    )
    for address, name, text in letters:
        made.add(address, text.split(".", maxsplit=1)[0], "", name=name, html=f"<p>{text}</p>{_PIXEL}")
        made.add(address.replace("@", "-de@"), "Neues", text, name=name)
    return made


def _announced() -> Maker:
    made = Maker("filed-by-the-provider", automated=True, person=False)
    for at, label in enumerate(("Category Promotions", "Category Social", "Spam") * 3):
        made.add(
            f"mia{at}@brand.example",
            "For you",
            "Look at this.",
            ("X-Gmail-Labels", f"Inbox,{label}"),
            name="Mia",
        )
    return made
