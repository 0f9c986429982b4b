"""Mails that people write from addresses which are not theirs alone: shared, or lent by a market place."""

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
    """Yield every mail from such an address."""
    made = Maker("shared", automated=False, person=False, shared=True)
    for at, (address, name) in enumerate(ADDRESSES):
        subject, text = WORDS[at % len(WORDS)]
        made.add(address, f"Re: {subject}" if at % 2 else subject, text, name=name, answers=bool(at % 2))
    yield from made.made
    yield from _markets().made


def _markets() -> Maker:
    """Somebody writes about a bicycle: a person, but nobody can be reached there once it is sold."""
    made = Maker("market-place", automated=False, person=False)
    lent = (
        "4f9a2b7c6d1e8f3a@reply.craigslist.org", "9c0ab2e4d6f83715b0a2c4e6f8091a3c@sale.craigslist.org",
        "abc123@guest.booking.com", "m+2x4k9q8w7e1r5t6y@marketplace.amazon.com",
        "k7x2-1234567890ab@mail.kleinanzeigen.de", "user-4fzz81kq0aa3@guest.airbnb.com",
    )  # fmt: skip
    for at, address in enumerate(lent):
        subject = ("Bicycle", "Re: Bicycle")[at % 2]
        made.add(address, subject, "Hello, is it still there?", name="Sam Reed", answers=bool(at % 2))
    return made
