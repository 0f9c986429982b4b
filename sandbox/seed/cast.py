"""Who lives in the sandbox's world, and in which manner each of them writes.

A key names one address: `ann` and `ann-lee` are two addresses of the same mailbox.
"""

from functools import cache

from sandbox.mail.people import SendAs
from sandbox.seed.actors import Actor, Voice
from sandbox.seed.crowd import stranger

HOUSE = "northwind.example"


MEMBERS = (
    Actor(
        "Ann Lee",
        {"ann": f"ann@{HOUSE}", "ann-lee": f"ann.lee@{HOUSE}", "sales": f"sales@{HOUSE}"},
        provider="google",
        slack="ann",
        temper="silent",
        send_as=(
            SendAs(f"ann.lee@{HOUSE}", "Ann Lee"),
            SendAs(f"press@{HOUSE}", "Northwind Press", accepted=False),
        ),
        signature="<div>Ann Lee<br>Northwind, coffee and kitchen goods</div>",
        zone="Europe/Amsterdam",
    ),
    Actor(
        "Ann Lee",
        {"ann-private": "ann.lee.private@gmail.example"},
        provider="google",
        temper="silent",
        zone="Europe/Amsterdam",
    ),
    Actor("Ben Ortiz", {"ben": f"ben@{HOUSE}"}, provider="google", slack="ben", zone="America/New_York"),
    Actor(
        "Cleo Martin",
        {"cleo": f"cleo@{HOUSE}"},
        "outlook",
        provider="microsoft",
        slack="cleo",
        zone="Europe/Paris",
    ),
    Actor(
        "Cleo Martin",
        {"cleo-private": "cleo.martin@outlook.example"},
        "outlook",
        provider="microsoft",
        temper="silent",
        zone="Europe/Paris",
    ),
    Actor(
        "Oskar Brandt",
        {"oskar": f"oskar@{HOUSE}"},
        "outlook",
        provider="google",
        slack="oskar",
        zone="Europe/Berlin",
    ),
    Actor("Gia Rossi", {"gia": "gia@rossi.example"}, "apple", slack="gia", zone="Europe/Rome"),
    Actor("Sam Okafor", {"sam": "sam@fabrikam.example"}, "outlook", slack="sam", zone="America/Chicago"),
)

_CONTACTS = (
    Actor(
        "Dana Reyes",
        {"dana": f"dana@{HOUSE}"},
        "apple",
        signature="Dana Reyes\nBuying",
        zone="Europe/Amsterdam",
    ),
    Actor(
        "Tom Abel",
        {"tom": "tom@abel.example"},
        "outlook",
        signature="Tom Abel\nAbel Ltd",
        zone="Europe/London",
    ),
    Actor("Tom Abel", {"tom-fake": "tom@abe1.example"}, "outlook", temper="silent", zone="Europe/Moscow"),
    Actor("Hannah Cole", {"hannah": "hannah@coleevents.example"}),
    Actor("Cole Events Bookings", {"bookings": "bookings@coleevents.example"}, "plain"),
    Actor("Grace Olsen", {"grace": "grace.olsen@freemail.example"}, "yahoo"),
    Actor("Marek Novák", {"marek": "marek@novak.example"}, "thunderbird", zone="Europe/Prague"),
    Actor("Sven Aalto", {"sven": "sven@aalto.example"}, "proton", zone="Europe/Helsinki"),
    Actor(
        "Olivia Grant",
        {"olivia": "olivia.grant@granthill.example"},
        "outlook",
        signature="Olivia Grant | Grant Hill Architects | +44 20 7946 0018",
    ),
    Actor("Felix Brand", {"felix": "felix.brand@depot12.example"}, "outlook"),
    Actor("Ruth Bell", {"ruth": "ruth@harbourpaper.example"}, "apple"),
    Actor(
        "Mira Kowalska",
        {
            "mira": "mira@kowalska.example",
            "mira-work": "m.kowalska@harbourworks.example",
            "mira-home": "mira.kow@gmail.example",
        },
        zone="Europe/Warsaw",
    ),
    Actor("Ines Duarte", {"ines": "ines@kilnlane.example"}, "apple"),
    Actor("Arthur Penn", {"arthur": "arthur.penn@freemail.example"}, "yahoo"),
    Actor(
        "Nadia Haddad",
        {"nadia": "nadia@haddad-foods.example"},
        "gmail",
        signature="Nadia Haddad",
        zone="Asia/Beirut",
    ),
    Actor("Nadja Haddad", {"nadja-typo": "nadja@haddad-foods.example"}, temper="nobody"),
    Actor("Theo Banks", {"theo": "theo@townlibrary.example"}, "thunderbird"),
    Actor("Grete Holm", {"grete": "grete.holm@holm.example"}, "outlook", temper="away", zone="Europe/Oslo"),
    Actor("Ivo Petrov", {"ivo": "ivo@petrovparts.example"}, "plain", encoding="7bit", zone="Europe/Sofia"),
    Actor(
        "Priya Nair",
        {"priya": "priya@nairstudio.example"},
        signature="Priya Nair\nNair Studio",
        zone="Asia/Kolkata",
    ),
    Actor("Paul Stone", {"paul": "paul@nairstudio.example"}, "apple", zone="Asia/Kolkata"),
    Actor(
        "Erik Lindqvist",
        {"erik": "erik.lindqvist@contoso.example"},
        "outlook",
        "sv",
        signature="Erik Lindqvist\nInköp, Contoso AB\n+46 8 123 456 78",
        zone="Europe/Stockholm",
    ),
    Actor("Peggy Olander", {"peggy": "peggy@olander.example"}, "plain", encoding="7bit"),
    Actor("Victor Hale", {"victor": "victor.hale@halecoffee.example"}, "plain", encoding="7bit"),
    Actor("Eve Marsh", {"eve": "eve@marsh-and-sons.example"}, "gmail"),
    Actor("Otto Kern", {"otto": "otto@kern.example"}, "plain", encoding="8bit", charset="windows-1252"),
    Actor("Lena Fuchs", {"lena": "lena@fuchs-recht.example"}, "thunderbird", "de", zone="Europe/Berlin"),
)

_SHOWROOM = (
    Actor(
        "Noor Vermeer",
        {"noor": "noor@vermeerlights.example"},
        signature="Noor Vermeer",
        zone="Europe/Amsterdam",
    ),
    Actor("Hamish Reid", {"hamish": "hamish@reidjoinery.example"}, "thunderbird"),
    Actor("Agnès Dubois", {"agnes": "agnes.dubois@freemail.example"}, "yahoo", zone="Europe/Paris"),
    Actor("Joana Pires", {"joana": "joana.pires@fairbuild.example"}, "outlook"),
    Actor("Fair Build Office", {"fairbuild": "office@fairbuild.example"}, "plain"),
    Actor("Tomas Berg", {"tomas": "tomas@bergglass.example"}, "outlook", zone="Europe/Stockholm"),
    Actor("Ella Winter", {"ella": "ella.winter@townmuseum.example"}, "apple"),
    Actor("Lukas Hahn", {"lukas": "lukas@hahnpictures.example"}, zone="Europe/Berlin"),
    Actor("Kerry Blake", {"kerry": "kerry.blake@shelfdeals.example"}, "outlook", zone="America/New_York"),
)

_ABROAD = (
    Actor(
        "Jürgen Weiß",
        {"juergen": "juergen.weiss@weiss-maschinen.example"},
        "outlook",
        "de",
        "windows-1252",
        signature="Jürgen Weiß\nWeiß Maschinen, Kassel",
        zone="Europe/Berlin",
    ),
    Actor(
        "François Lefèvre",
        {"francois": "francois@atelier-lefevre.example"},
        "thunderbird",
        "fr",
        "iso-8859-1",
        zone="Europe/Paris",
    ),
    Actor(
        "田中 由紀",
        {"yuki": "yuki.tanaka@sakura.example"},
        "plain",
        "ja",
        "iso-2022-jp",
        "7bit",
        zone="Asia/Tokyo",
    ),
    Actor(
        "Дмитрий Волков",
        {"dmitri": "d.volkov@neva.example"},
        "plain",
        "ru",
        "koi8-r",
        "8bit",
        zone="Europe/Moscow",
    ),
    Actor("Lucía Fernández", {"lucia": "lucia@fernandez.example"}, "apple", "es", zone="Europe/Madrid"),
    Actor(
        "Paulo Silva",
        {"paulo": "paulo.silva@freemail.example"},
        "yahoo",
        "pt",
        "iso-8859-1",
        zone="America/Sao_Paulo",
    ),
    Actor("李伟", {"wei": "wei.li@jade.example"}, "plain", "zh", "gb18030", "base64", zone="Asia/Shanghai"),
    Actor("김민준", {"minjun": "minjun@hanok.example"}, "plain", "ko", "euc-kr", "base64", zone="Asia/Seoul"),
    Actor("ليلى منصور", {"leila": "leila@mansour.example"}, "gmail", "ar", zone="Africa/Cairo"),
    Actor(
        "Zofia Wiśniewska",
        {"zofia": "zofia@wisniewska.example"},
        "plain",
        "pl",
        "iso-8859-2",
        zone="Europe/Warsaw",
    ),
)

_MACHINES = tuple(
    Actor(name, {key: address}, style, temper="silent")
    for name, key, address, style in (
        ("Cloudhost", "cloudhost", "billing@cloudhost.example", "plain"),
        ("Coast Rail", "rail", "no-reply@coastrail.example", "plain"),
        ("The Morning Cup", "morningcup", "hello@news.morningcup.example", "plain"),
        ("Kitchen Hall", "kitchenhall", "offers@kitchenhall.example", "plain"),
        ("Tracker", "tracker", f"notifications@tracker.{HOUSE}", "plain"),
        ("Account security", "security", "no-reply@accounts.gmail.example", "plain"),
        ("Mail Delivery Subsystem", "mailer-daemon", f"mailer-daemon@mail.{HOUSE}", "plain"),
        ("Pottery signup", "signup", "signup@pottery.example", "plain"),
        ("Parcel service", "parcels", "tracking@parcels.example", "plain"),
        ("Coffee traders", "coffee-traders", "coffee-traders@lists.example", "plain"),
        ("Northwind", "info", f"info@{HOUSE}", "plain"),
    )
)

CAST = (*MEMBERS, *_CONTACTS, *_SHOWROOM, *_ABROAD, *_MACHINES)


@cache
def _voices() -> dict[str, Voice]:
    return {key: Voice(key, actor, actor.addresses[key]) for actor in CAST for key in actor.addresses}


@cache
def _by_address() -> dict[str, Voice]:
    return {voice.address.lower(): voice for voice in _voices().values()}


def voice(key: str) -> Voice:
    """Find who speaks under a key; `crowd-17` is somebody made up. Raises KeyError."""
    kind, _, number = key.partition("crowd-")
    if not kind and number.isdecimal():
        return stranger(int(number))
    return _voices()[key]


def voice_at(address: str) -> Voice | None:
    """Find who speaks from an address, None for people who are not of the cast."""
    return _by_address().get(address.lower())
