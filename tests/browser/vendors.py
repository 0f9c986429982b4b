"""Where a journey takes place: the vendor of the mailbox, and the width of the screen."""

from dataclasses import dataclass

ANN, PRIVATE = "ann@northwind.example", "ann.lee.private@gmail.example"
CLEO, CLEO_PRIVATE = "cleo@northwind.example", "cleo.martin@outlook.example"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A member who has connected nothing yet, and what Dana and they wrote to each other.

    `private`: the mailbox of theirs that a newcomer chooses by mistake. `newest`: the conversation that waits
    for an answer, with words of it; `other`: one more.
    """

    handle: str
    name: str
    address: str
    private: str
    newest: tuple[str, str]
    other: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Vendor:
    """One kind of mailbox, in the words of its pages and in the names of the sandbox.

    `service`, `sending`, `looking`: where the sandbox can be made to fail when a message is sent, and when it
    is looked for.
    """

    key: str
    company: str
    connect: str
    allow: str
    newcomer: Newcomer
    service: str
    sending: str
    looking: str


GMAIL = Vendor(
    "google",
    "Google",
    "Connect Gmail",
    "Allow",
    Newcomer(
        "ann",
        "Ann Lee",
        ANN,
        PRIVATE,
        ("Lunch when you are in town?", "little place by the canal"),
        ("Photo of the new label", "May we use it in the catalogue?"),
    ),
    "google",
    "POST .*/drafts/send",
    "/messages|/drafts",
)
OUTLOOK = Vendor(
    "microsoft",
    "Microsoft",
    "Connect Outlook",
    "Accept",
    Newcomer(
        "cleo",
        "Cleo Martin",
        CLEO,
        CLEO_PRIVATE,
        ("Coffee at the fair?", "Coffee at your stand"),
        ("Colours of the new cups", "May I show the picture to our buyers"),
    ),
    "graph",
    "POST .*/reply",
    "sentitems",
)
VENDORS = {"gmail": GMAIL, "outlook": OUTLOOK}


@dataclass(frozen=True, slots=True)
class Setting:
    """One vendor on one size of screen. Written out it begins the name of a picture."""

    vendor: Vendor
    size: str

    def __str__(self) -> str:
        return next(f"{name}-{self.size}" for name, one in VENDORS.items() if one is self.vendor)


DESK = Setting(GMAIL, "desk")
# every journey with both vendors and at both widths; the four of them would tell nothing more
SETTINGS = (DESK, Setting(GMAIL, "phone"), Setting(OUTLOOK, "desk"))
