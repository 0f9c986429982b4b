"""Mails that a person wrote: plain, through lists, from odd addresses, with signs of machines."""

from collections.abc import Iterator

from tests.corpus_discovery.case import ME, Case, Maker

NAMES = (
    ("Tom Abel", "tom@abel.example"),
    ("Nadia Haddad", "nadia@haddad-foods.example"),
    ("Jürgen Weiß", "juergen.weiss@weiss-maschinen.example"),
    ("François Lefèvre", "f.lefevre@atelier.example"),
    ("Yuki Tanaka", "yuki@sakura.example"),
    ("Дмитрий Волков", "d.volkov@neva.example"),
    ("Marek Novák", "marek@novak.example"),
    ("Lucía Fernández", "lucia@fernandez.example"),
    ("Sven Aalto", "sven_aalto@aalto.example"),
    ("Olivia Grant", "ogrant@granthill.example"),
    ("李伟", "wei.li@jade.example"),
    ("Grace Olsen", "grace.olsen@gmail.com"),
)
WORDS = (
    ("Thursday", "Hi Ann,\n\nwould Thursday at ten suit you? I can bring the samples.\n\nBest"),
    ("Angebot", "Liebe Ann,\n\nvielen Dank für das Angebot. Wir hätten gern 40 Säcke.\n\nViele Grüße"),
    (
        "Livraison",
        "Bonjour Ann,\n\nla livraison est bien arrivée, merci. Une caisse était ouverte.\n\nCordialement",
    ),
    ("Muestras", "Hola Ann:\n\n¿nos puedes mandar dos muestras más?\n\nUn saludo"),
    ("Lunch?", "are you in town next week? lunch is on me"),
)
MAILERS = (
    ("X-Mailer", "Microsoft Outlook 16.0"),
    ("X-Mailer", "Apple Mail (2.3774.600.62)"),
    ("User-Agent", "Mozilla Thunderbird"),
    ("X-Mailer", "iPhone Mail (21A329)"),
    ("User-Agent", "Mutt/2.2.12"),
)


def cases() -> Iterator[Case]:
    """Yield every mail of a person."""
    for make in (_plain, _lists, _groups, _odd, _signs, _words, _answers, _forwards):
        yield from make().made


def _plain() -> Maker:
    made = Maker("person", automated=False, person=True)
    for at in range(60):
        name, address = NAMES[at % len(NAMES)]
        subject, text = WORDS[at % len(WORDS)]
        local, _, domain = address.partition("@")
        mailer = MAILERS[at % len(MAILERS)]
        answers = at % 3 == 0
        subject = f"Re: {subject}" if answers else subject
        if domain == "gmail.com":
            local = f"{local}{at}"
        made.add(
            f"{local}@{at}{domain}" if domain != "gmail.com" else f"{local}@{domain}",
            subject,
            f"{text}\n{name}",
            mailer,
            name=name,
            answers=answers,
        )
    return made


_MAILMAN = (
    ("List-Id", "Coffee traders <coffee.lists.example>"),
    ("List-Post", "<mailto:coffee@lists.example>"),
    (
        "List-Unsubscribe",
        "<https://lists.example/coffee>, <mailto:coffee-request@lists.example?subject=unsubscribe>",
    ),
    ("Precedence", "list"),
    ("X-BeenThere", "coffee@lists.example"),
    ("X-Mailman-Version", "2.1.39"),
    ("Sender", '"Coffee" <coffee-bounces@lists.example>'),
    ("Return-Path", "<coffee-bounces@lists.example>"),
)
_MAJORDOMO = (
    ("Precedence", "bulk"),
    ("Sender", "owner-coffee@lists.example"),
    ("List-Id", "<coffee.lists.example>"),
    ("Return-Path", "<owner-coffee@lists.example>"),
)
_EZMLM = (
    ("Precedence", "bulk"),
    ("Mailing-List", "contact coffee-help@lists.example; run by ezmlm"),
    ("Delivered-To", "mailing list coffee@lists.example"),
    ("List-Unsubscribe", "<mailto:coffee-unsubscribe@lists.example>"),
    ("Return-Path", "<coffee-return-314-ann=northwind.example@lists.example>"),
)
_LISTSERV = (
    ("Precedence", "list"),
    ("X-LSV-ListID", "COFFEE"),
    ("List-Unsubscribe", "<mailto:COFFEE-unsubscribe@lists.example>"),
    ("Sender", "Coffee traders <COFFEE@lists.example>"),
    ("Return-Path", "<owner-coffee*ann**northwind*-example@lists.example>"),
)
_SYMPA = (
    ("List-Id", "<coffee.lists.example>"),
    ("List-Post", "<mailto:coffee@lists.example>"),
    ("X-Loop", "coffee@lists.example"),
    ("X-Sequence", "81"),
    ("Precedence", "list"),
    ("List-Unsubscribe", "<mailto:sympa@lists.example?subject=unsubscribe%20coffee>"),
)
_GOOGLE = (
    ("List-Id", "<sales.northwind.example>"),
    (
        "List-Post",
        "<https://groups.google.com/a/northwind.example/group/sales/post>, <mailto:sales@northwind.example>",
    ),
    ("Mailing-list", "list sales@northwind.example; contact sales+owners@northwind.example"),
    ("Precedence", "list"),
    ("X-Google-Group-Id", "1029384756"),
    ("List-Unsubscribe", "<mailto:googlegroups-manage+1029384756+unsubscribe@googlegroups.com>"),
    ("Return-Path", "<sales+bncBDXYZ123@northwind.example>"),
)
_GROUPSIO = (
    ("List-Id", "<coffee.groups.io>"),
    ("List-Unsubscribe", "<https://groups.io/g/coffee/leave/1>"),
    ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    ("X-Groupsio-MsgNum", "4711"),
    ("Precedence", "Bulk"),
    ("Mailing-List", "list coffee@groups.io; contact coffee+owner@groups.io"),
    ("Return-Path", "<bounce+1+4711+2@groups.io>"),
)
_M365 = (("X-MS-Exchange-CrossTenant-FromEntityHeader", "Hosted"), ("List-Id", "<team.northwind.example>"))
LISTS = (_MAILMAN, _MAJORDOMO, _EZMLM, _LISTSERV, _SYMPA, _GOOGLE, _GROUPSIO, _M365)


def _lists() -> Maker:
    made = Maker("list-post", automated=False, person=True)
    for at, headers in enumerate(LISTS * 5):
        name, address = NAMES[at % len(NAMES)]
        local, _, domain = address.partition("@")
        subject, text = WORDS[at % len(WORDS)]
        subject = f"Re: [coffee] {subject}" if at % 2 else f"[coffee] {subject}"
        footer = "\n\n-- \nCoffee traders mailing list\nTo unsubscribe write to coffee-leave@lists.example"
        made.add(
            f"{local}.l{at}@{domain}",
            subject,
            f"{text}\n{name}{footer if at % 3 else ''}",
            *headers,
            name=name,
            to="coffee@lists.example",
        )
    return made


def _groups() -> Maker:
    made = Maker("rewritten", automated=False, person=True)
    for at in range(12):
        name, address = NAMES[at % len(NAMES)]
        local, _, domain = address.partition("@")
        author = f"{local}.g{at}@{domain}"
        subject, text = WORDS[at % len(WORDS)]
        beside = (
            (("X-Original-From", f"{name} <{author}>" if name.isascii() else author),),
            (("X-Original-Sender", author),),
            (("Reply-To", f"Customer <{author}>"),),
        )[at % 3]
        headers, group = ((_GOOGLE, "sales@northwind.example"), (_MAILMAN, "coffee@lists.example"))[at % 2]
        made.add(group, subject, f"{text}\n{name}", *headers, *beside, name=f"'{name}' via Sales", to=group,
                 author=author)  # fmt: skip
    return made


ODD = (
    "connor.eply@abel.example", "bonoreply@abel.example", "thenoreplyguy@abel.example", "reply@abel.example",
    "maria.sales@abel.example", "jan.bot@abel.example", "mail@hans-mueller.example", "hello@janedoe.example",
    "x.ae.a12@abel.example", "4711@abel.example", "007.bond@abel.example", "o'brien@abel.example",
    "a@b.example", "jane+northwind@abel.example", "j.d.o.e@gmail.com", "quality.control.tom@abel.example",
    "infomaniac@abel.example", "helpmann@abel.example", "christian.post@abel.example",
    "bill.inge@abel.example", "newsome@abel.example", "alertson.peter@abel.example",
    "daemon.hill2@abel.example", "robotham.kim@abel.example", "supporter1904@gmx.de",
    "no-one.else@abel.example", "automatedcontrols@abel.example", "noor.reply@abel.example",
    "lista.maria@abel.example", "bounceback.betty@abel.example", "admincourt@abel.example",
    "systemsmith@abel.example", "notifi@abel.example", "updike.john@abel.example",
    "digestive.dan@abel.example", "mailerova.jana@abel.example", "robertnoreplyson@abel.example",
    "deals4dan@web.de", "team.rocket.james@gmail.com", "der.service@gmx.net", "süß@bücher.example",
    "info.tom@gmail.com", "19840203anna@qq.com", "l33t.h4x0r@proton.me", "dr.no@abel.example",
    "no@abel.example", "ann.news@gmail.com", "postma.ster@abel.example", "newsletterfan@yahoo.co.uk",
    "abuse.studies.lab.kim@uni.example",
)  # fmt: skip
_ODD_NAMES = {
    "mail@hans-mueller.example": "Hans Müller", "hello@janedoe.example": "Jane Doe",
    "jan.bot@abel.example": "Jan Bot", "reply@abel.example": "Rita Eply",
    "maria.sales@abel.example": "Maria Sales", "ann.news@gmail.com": "Ann News",
    "4711@abel.example": "Kofi Engel", "christian.post@abel.example": "Christian Post",
}  # fmt: skip


def _odd() -> Maker:
    made = Maker("odd-address", automated=False, person=True)
    for at, address in enumerate(ODD):
        subject, text = WORDS[at % len(WORDS)]
        made.add(address, subject, text, MAILERS[at % len(MAILERS)], name=_ODD_NAMES.get(address, ""))
    return made


def _signs() -> Maker:
    """People's mail with headers that machines' mail has as well."""
    made = Maker("person-with-signs", automated=False, person=True)
    signs = (
        (("Feedback-ID", "12345678:user:proton"),),
        (("Feedback-ID", "i1a2b3c4:Fastmail"),),
        (("X-Auto-Response-Suppress", "DR, OOF, AutoReply"),),
        (("Auto-Submitted", "no"),),
        (("Return-Path", "<SRS0=abcd=XY=abel.example=eve@forward.example>"),),
        (("Return-Path", "<prvs=1234abcd=eve@abel.example>"),),
        (("X-SES-Outgoing", "2026.11.01-1.2.3.4"),),
        (("X-Mailgun-Sid", "WyJhIl0="),),
        (("Precedence", "first-class"),),
        (("X-Priority", "1"), ("Importance", "high")),
        (("Disposition-Notification-To", "eve@abel.example"),),
        (("Return-Path", "<eve+caf_=ann=northwind.example@gmail.com>"),),
        (("X-Entity-Ref-ID", "null"),),
        (("Auto-Submitted", "no (written by hand)"),),
        (("X-Mailer", "PHP/8.2 (webmail)"),),
        (("Organization", "Newsletter Press"),),
    )
    for at, headers in enumerate(signs * 2):
        subject, text = WORDS[at % len(WORDS)]
        made.add(f"eve{at}@abel.example", subject, text, *headers, name="Eve Marsh")
    return made


def _words() -> Maker:
    """People write about machines, absences and newsletters."""
    made = Maker("person-about-machines", automated=False, person=True)
    subjects = (
        ("Out of office next week", "Hi Ann,\n\nI am out next week, Ben takes over. Talk soon."),
        ("Your newsletter", "Lovely newsletter this month. How many people unsubscribe from it, usually?"),
        ("Re: Undeliverable: Prices", "My mail came back, did yours? Here is my other address."),
        ("Invoice 4711", "Hi Ann,\n\nthe invoice is attached, sorry for the delay.\n\nGina"),
        ("Delivery", "The driver comes at nine. Please do not park in front of the gate."),
        ("Auto repair", "The van is at the garage until Friday, so we deliver by bike."),
        ("Automatic grinder", "The automatic grinder is broken again. Do you have a spare?"),
        ("Vacation", "We are back! Pictures follow. Did I miss anything?"),
        ("notification of change of address", "Dear Ann, we move on the 1st. New address below."),
        ("Failure of the pump", "The pump failed again last night. When can someone come?"),
        ("Re: Automatic reply: Prices", "Thanks, enjoy the holiday. It can wait."),
        ("Welcome!", "So glad that you join us. See you on Monday at the door."),
        ("Test", "test"),
        ("", "see you at nine"),
        ("Unsubscribe button", "The unsubscribe button of your shop does not work on my phone."),
    )
    for at, (subject, text) in enumerate(subjects):
        references = (("References", "<old@made.example>"),) if subject.startswith("Re:") else ()
        made.add(f"gina{at}@abel.example", subject, text, *references, name="Gina Abel")
    return made


_LEAVING = (
    ("List-Unsubscribe", "<https://tool.example/u/1>"),
    ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
)


def _answers() -> Maker:
    """People answer the member through tools and gateways that sign as bulk mail."""
    made = Maker("answer-through-a-tool", automated=False, person=True)
    tools = (
        (("X-HS-Cid", "abc"), ("Return-Path", "<1axbounce@bf01.eu1.hubspotemail.net>")),
        (("X-SG-EID", "abc"), ("Return-Path", "<bounces+123-ann=northwind.example@em123.abel.example>")),
        (("X-Mailgun-Sid", "abc"),),
        (("X-Report-Abuse", "please report"),),
        _LEAVING,
        (*_LEAVING, ("X-HS-Cid", "abc"), ("Return-Path", "<1axbounce@bf01.eu1.hubspotemail.net>")),
        (*_LEAVING, ("Return-Path", "<bounces+9-ann=northwind.example@em9.abel.example>")),
    )
    for at, headers in enumerate(tools * 2):
        subject, text = WORDS[at % len(WORDS)]
        made.add(f"hugo{at}@abel.example", f"Re: {subject}", text, *headers, name="Hugo Sommer", answers=True)
    return made


def _forwards() -> Maker:
    made = Maker("forward", automated=False, person=True)
    quoted = (
        "---------- Forwarded message ---------\nFrom: Shop <news@shop.example>\nSubject: Sale\n"
        f"To: {ME}\n\nBig sale. View in browser. You are receiving this because you signed up. Unsubscribe."
    )
    for at in range(8):
        made.add(
            f"ivo{at}@petrovparts.example",
            ("Fwd: Sale", "WG: Sale", "FW: Sale", "Tr: Sale")[at % 4],
            f"Is that something for us?\n\n{quoted}",
            name="Ivo Petrov",
        )
    return made
