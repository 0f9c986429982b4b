"""Kinds of mail that somebody who did not know the rules wrote down, and the rules missed."""

from collections.abc import Iterator

from tests.corpus_discovery.case import Case, Maker

_RELAYED = (  # a firm's mail server that hands everything on to a sending service
    (
        ("Return-Path", "<0100019d@us-east-1.amazonses.com>"),
        ("X-SES-Outgoing", "2026.11.18-54.240.7.1"),
        ("Feedback-ID", "::1.us-east-1.abc=:AmazonSES"),
    ),
    (
        ("Return-Path", "<bounces+12-ab-ann=northwind.example@em1.greenroofs.example>"),
        ("X-SG-EID", "u001.abc"),
        ("X-SG-ID", "u001.def"),
    ),
    (("X-Mailin-EID", "MjQyODY0"), ("X-sib-id", "YGIYw"), ("Feedback-ID", "1:2:Sendinblue")),
)
_WRITTEN_IN = (
    ("X-Mailer", "Amazon WorkMail"),
    ("X-Mailer", "Apple Mail (2.3826.200.121)"),
    ("X-Mailer", "iPhone Mail (22B91)"),
    ("X-Mailer", "Microsoft Outlook 16.0"),
    ("User-Agent", "Mozilla Thunderbird"),
    ("User-Agent", "K-9 Mail for Android"),
)
_KERNEL = (
    ("Precedence", "bulk"),
    ("X-Mailing-List", "pools@lists.example"),
    ("List-Id", "<pools.lists.example>"),
    ("List-Subscribe", "<mailto:pools+subscribe@lists.example>"),
    ("List-Unsubscribe", "<mailto:pools+unsubscribe@lists.example>"),
    ("Return-Path", "<pools+bounces-412-ann=northwind.example@lists.example>"),
)
_AWAY = (
    "Αυτόματη απάντηση: Τιμές", "Automatski odgovor: Cijene", "Automatická odpoveď: Ceny",
    "Автоматичен отговор: Цени", "Samodejni odgovor: Cene", "Automatinis atsakymas: Kainos",
    "Automātiskā atbilde: Cenas", "Automaatvastus: Hinnad", "Resposta automàtica: Preus",
    "Trả lời tự động: Giá", "Balasan otomatis: Harga", "ตอบกลับอัตโนมัติ: ราคา", "[자동응답] 가격",
)  # fmt: skip


def cases() -> Iterator[Case]:
    """Yield both kinds."""
    yield from _people().made
    yield from _robots().made


def _people() -> Maker:
    made = Maker("independent-person", automated=False, person=True)
    for at, program in enumerate(_WRITTEN_IN):
        for number, relayed in enumerate(_RELAYED):
            address = f"pat@roofs{at}{number}.example"
            made.add(address, "Roof tiles", "Hi Ann, they came today.", program, *relayed, name="Pat Green")
    for name, address in (
        ("Norman Mailer", "norman.mailer@gmail.com"),
        ("Kay Bounce", "kay.bounce@hotmail.com"),
        ("Anna Robot", "anna.robot@web.de"),
    ):
        made.add(address, "Book", "Shall I bring it?", name=name)
    made.add("kurt@rein.example", "[PATCH] fix a race", "It was mine.", *_KERNEL, to="pools@lists.example")
    for at, (subject, text) in enumerate(
        (
            ("Adresse", "Bitte antworten Sie nicht auf diese Adresse, sondern an meine private."),
            ("Address", "Please do not reply to this email address but to my work one."),
            ("Re: data", "Please do not reply to this email with the figures, call me instead."),
            ("Re: Prices", 'They wrote "this is an automated message" again. Useless.'),
        )
    ):
        made.add(f"lena@hart{at}.example", subject, text, name="Lena Hart", answers=subject[:2] == "Re")
    return made


def _robots() -> Maker:
    made = Maker("independent-robot", automated=True, person=False)
    for at, subject in enumerate(_AWAY):
        made.add(f"ivo@away{at}.example", subject, "-", name="Ivo")
    mails = (
        (
            "lena@flow.example",
            "Expense approved",
            "It was approved.",
            (("x-ms-mail-application", "Microsoft Power Automate; User-Agent: azure-logic-apps/1.0"),),
        ),
        (
            "ben@sheet.example",
            "Daily sheet",
            "Rows today: 4",
            (("Message-ID", "<autogen-java-5b4de35c-3d1a-4226@google.com>"),),
        ),
        ("info@cakes.example", "Form", "hi\n\nThis e-mail was sent from a contact form on Cakes.", ()),
        (
            "maria@cakes2.example",
            "Form",
            "This is a notification that a contact form was submitted on your website (Cakes).",
            (),
        ),
        ("web@kiki.example", "Form Submission", "Sent via form submission from Studio Kiki", ()),
        (
            "eve@recall.example",
            "Recall: Budget",
            'Eve would like to recall the message, "Budget".',
            (),
        ),
        (
            "hall3@office.example",
            "Scanned document",
            "It was scanned and sent to you using a Xerox Multifunction Printer.",
            (),
        ),
        ("rechnung.online@bill.telco.example", "Ihre Rechnung", "Ihre Rechnung ist da.", ()),
    )
    for address, subject, text, headers in mails:
        made.add(address, subject, text, *headers)
    return made
