"""Mails that people write from addresses which several people read, and from behind help desks."""

from collections.abc import Iterator

from tests.corpus_discovery.case import Case, Maker
from tests.corpus_discovery.people import WORDS

ADDRESSES = (
    ("info@abel.example", ""),
    ("support@abel.example", "Abel Support"),
    ("sales-eu@abel.example", "Sales Team"),
    ("kontakt@weiss.example", "Weiß GmbH"),
    ("office@kern.example", "Otto Kern"),
    ("team@nairstudio.example", "Nair Studio"),
    ("billing@cloudhost.example", "Cloudhost Billing"),
    ("hello@kilnlane.example", "Kiln Lane"),
    ("hr@contoso.example", "HR"),
    ("bookings@coleevents.example", ""),
    ("press@gardenmuseum.example", "Press office"),
    ("orders@depot12.example", "Orders"),
    ("buchhaltung@fuchs.example", "Buchhaltung"),
    ("vertrieb@weiss.example", "Vertrieb"),
    ("contact@atelier.example", ""),
    ("customer.service@shop.example", "Customer Service"),
    ("info.berlin@abel.example", ""),
    ("abel-support@abel.example", ""),
    ("helpdesk@townlibrary.example", "Helpdesk"),
    ("jobs@contoso.example", "Careers"),
    ("ventas@fernandez.example", "Ventas"),
    ("service.client@boutique.example", "Service client"),
    ("reception@granthill.example", "Reception"),
    ("accounts@granthill.example", "Accounts"),
    ("admin@school.example", ""),
    ("cs@shop.example", "Customer Support"),
)


def cases() -> Iterator[Case]:
    """Yield every mail from a shared mailbox."""
    made = Maker("shared", automated=False, person=False, shared=True)
    for at, (address, name) in enumerate(ADDRESSES):
        subject, text = WORDS[at % len(WORDS)]
        made.add(address, f"Re: {subject}" if at % 2 else subject, text, name=name, answers=bool(at % 2))
    yield from made.made
