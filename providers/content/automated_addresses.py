"""What an address alone says about who is behind it: tokens, never substrings.

"jira-no-reply@" is a machine, "connor.eply@", "bonoreply@" and "reply@" are not. Machine tokens count
anywhere in the local part; tokens of shared mailboxes count only if little else stands beside them, since
"maria.sales@" may well be called Sales.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from providers.content.automated_rule import Kind, Rule
from providers.content.automated_services import MARKET_DOMAINS, RELAY_DOMAINS, is_under
from providers.content.automated_tokens import (
    DAEMONS,
    FILLERS,
    LEADING_ROLES,
    MACHINES,
    NAMED_MACHINES,
    NEVER_REPLY,
    ROLES,
    SENDING_LABELS,
    SINGLE_MACHINES,
    SURNAMES_AT_HOME,
)
from providers.content.free_mail import is_free_mail, registered_label

_CUT = re.compile(r"[._\-+=~&]+")
_CODE = re.compile(r"(?=[^\d]*\d[^\d]*\d[^\d]*\d)[0-9a-z]{16,}|[0-9a-f]{12,}")
_DOOR = re.compile(
    r"^(?:reply|r|re|conversation|conv|ticket|case|issue|comment|msg|message|thread|note|m)[+.\-_=][\w+=.\-]*\d"
)
_VERP = re.compile(r"^(?:bounces?|prvs|srs\d|return|msprvs1|err|errors?)[+=\-]", re.I)
_LONGEST = 320  # what cannot be an address may be of any length
_WORDS = re.compile(r"[^\W\d_]+")


def address_marks(address: str, name: str = "") -> tuple[str, ...]:
    """Codes of the rules that an address meets without any mail: for people who are only known by it."""
    return tuple(code for code, _ in _marks(address.casefold()[:_LONGEST], name[:_LONGEST]))


def is_machine_address(address: str, name: str = "") -> bool:
    """Tell whether no person can be reached by an address later on."""
    return any(kind in _NOBODYS for _, kind in _marks(address.casefold()[:_LONGEST], name[:_LONGEST]))


_NOBODYS = frozenset({Kind.MACHINE, Kind.RELAY})


@lru_cache(maxsize=8192)
def _marks(address: str, name: str) -> tuple[tuple[str, Kind], ...]:
    return tuple(_found(address, name))


def _found(address: str, name: str) -> Iterator[tuple[str, Kind]]:
    local, _, domain = address.rpartition("@")
    base = (local or address).partition("+")[0]  # people tag their addresses: "tom+newsletter@"
    tokens = tokens_of(base)
    if _says_never_reply(tokens):
        yield "no_reply", Kind.MACHINE
    elif _is_daemon(base, name):
        yield "daemon", Kind.MACHINE
    elif _is_machine(tokens, domain, name) or _VERP.match(local):
        yield "machine_address", Kind.MACHINE
    if is_under(domain, MARKET_DOMAINS):
        yield "marketplace", Kind.RELAY
        return  # codes and doors are how its addresses look
    if is_under(domain, RELAY_DOMAINS) or (_DOOR.match(local) and _CODE.search(local.replace("-", ""))):
        yield "relay", Kind.MACHINE
    if is_shared(local, domain, name):
        yield "shared_mailbox", Kind.SHARED
    if _CODE.search(local.replace("-", "")):
        yield "coded_address", Kind.HINT
    if _is_firm(local, domain, name):
        yield "firm_address", Kind.HINT
    if _sends(domain):
        yield "sending_domain", Kind.HINT
    if _is_named_machine(name):
        yield "machine_name", Kind.HINT


def tokens_of(local: str) -> tuple[str, ...]:
    """Cut a local part into its words: "Jira-No_Reply2+x" is jira, no, reply, x."""
    cut = (re.sub(r"^\d+|\d+$", "", token) for token in _CUT.split(local.casefold()))
    return tuple(token for token in cut if token)


def is_shared(local: str, domain: str, name: str) -> bool:
    """Tell whether several people read an address: info@, support-eu@, "Billing Team"."""
    if local in _OWN_DOOR and _owns(name, domain):
        return False  # hello@janedoe.example with the name Jane Doe: a domain of their own
    if not is_free_mail(domain):
        labels = frozenset(re.split(r"[.\-]", domain))
        tokens = tokens_of(local.partition("+")[0])
        told = [token for token in tokens if token not in FILLERS and token not in labels]
        if tokens and any(token in ROLES for token in tokens) and all(token in ROLES for token in told):
            return True
        if len(tokens) > 1 and tokens[0] in LEADING_ROLES and not _names_one(tokens[1:], name):
            return True
    if _is_firm(local, domain, name) and registered_label(domain) != domain.split(".", 1)[0]:
        return True  # below their own domain people have no mailboxes called like it
    words = [word.casefold() for word in _WORDS.findall(name)]
    first = domain.split(".", 1)[0].replace("-", "")
    told = [word for word in words if word not in FILLERS and word != first]
    return any(word in ROLES for word in words) and all(word in ROLES for word in told)


_OWN_DOOR = frozenset({
    "mail", "email", "me", "hi", "hello", "hallo", "post", "kontakt", "contact", "info", "office", "service",
    "praxis", "kanzlei", "buero",
})  # fmt: skip
_FIRM_WORDS = frozenset({
    "gmbh", "ltd", "inc", "llc", "ag", "kg", "co", "plc", "studio", "group", "museum", "works", "bakery",
    "company", "und", "and", "news", "media", "club", "lab", "labs", "app", "cloud", "online", "store",
    "agency", "hotel", "gasthof", "gasthaus", "pension", "restaurant", "cafe", "weingut", "brauerei",
    "baeckerei", "metzgerei", "tischlerei", "schreinerei", "autohaus", "apotheke", "druckerei", "gaertnerei",
    "verlag", "galerie", "architekten", "rechtsanwaelte", "steuerberatung", "immobilien", "praxis", "kanzlei",
    "garage", "boulangerie", "cabinet", "editions", "ristorante", "trattoria", "hostel", "clinic", "dental",
    "salon", "gallery", "builders", "plumbing", "solicitors", "accountants", "consulting", "school",
    "church", "library",
})  # fmt: skip


def _owns(name: str, domain: str) -> bool:
    """Tell whether a domain is called like the person: a name of two words, at least one of them in it."""
    words = [_plain(word) for word in _WORDS.findall(name)]
    label = domain.casefold().replace("-", "").replace(".", "")
    if not 2 <= len(words) <= 4 or (ROLES | _FIRM_WORDS).intersection(words):
        return False
    return any(len(word) > 2 and word in label for word in words)


def _is_firm(local: str, domain: str, name: str) -> bool:
    """Paypal <paypal@mail.paypal.example>: name, address and domain are one word."""
    words = "".join(_plain(word) for word in _WORDS.findall(name))
    label = registered_label(domain).replace("-", "")
    return bool(local) and local == label == words and not is_free_mail(domain)


def _plain(word: str) -> str:
    told = word.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return "".join(c for c in unicodedata.normalize("NFD", told) if not unicodedata.combining(c))


def _says_never_reply(tokens: tuple[str, ...]) -> bool:
    joined = f".{'.'.join(tokens)}."
    return any(f".{phrase}." in joined for phrase in NEVER_REPLY)


def _is_daemon(local: str, name: str) -> bool:
    told = " ".join(_WORDS.findall(name.casefold()))
    return re.sub(r"[-_\d]", "", local) in DAEMONS or told in NAMED_MACHINES


def _is_machine(tokens: tuple[str, ...], domain: str, name: str) -> bool:
    if len(tokens) == 1 and tokens[0] in SINGLE_MACHINES:
        return True
    found = [token for token in tokens if token in MACHINES]
    surnames = SURNAMES_AT_HOME if is_free_mail(domain) else frozenset[str]()
    may_be_named = all(MACHINES[token] or token in surnames for token in found)
    return bool(found) and not (may_be_named and _named_after(tokens, name))


def _names_one(tokens: tuple[str, ...], name: str) -> bool:
    words = {word.casefold() for word in _WORDS.findall(name)}
    return len(words) > 1 and not words.isdisjoint(tokens)


def _named_after(tokens: tuple[str, ...], name: str) -> bool:
    """Tell whether the words of an address are those of a name of two words or more: that is a person's."""
    words = {word.casefold() for word in _WORDS.findall(name)}
    return len(words) > 1 and all(
        any(token == w or (len(token) == 1 and w[0] == token) for w in words) for token in tokens
    )


def _sends(domain: str) -> bool:
    labels = domain.split(".")[:-2]
    return any(re.sub(r"\d+$", "", label) in SENDING_LABELS for label in labels)


def _is_named_machine(name: str) -> bool:
    words = [word.casefold() for word in _WORDS.findall(name)]
    joined = f" {' '.join(words)} "
    return any(f" {one} " in joined for one in _MACHINE_NAMES)


_MACHINE_NAMES = (
    "newsletter", "notification", "notifications", "no reply", "noreply", "do not reply", "alerts", "digest",
    "mailer", "benachrichtigung", "auto confirm", "automated",
)  # fmt: skip


def _marked(code: str) -> "Rule":
    kind, source = _CODES[code]
    return Rule(code, kind, source, lambda look: code in address_marks(look.sender.address, look.sender.name))


_CODES = {
    "no_reply": (Kind.MACHINE, "convention"),
    "daemon": (Kind.MACHINE, "RFC 2142, RFC 5321"),
    "machine_address": (Kind.MACHINE, "convention"),
    "relay": (Kind.MACHINE, "help desks, trackers"),
    "marketplace": (Kind.RELAY, "market places"),
    "shared_mailbox": (Kind.SHARED, "RFC 2142"),
    "firm_address": (Kind.HINT, "convention"),
    "coded_address": (Kind.HINT, "convention"),
    "sending_domain": (Kind.HINT, "convention"),
    "machine_name": (Kind.HINT, "convention"),
}
RULES = tuple(_marked(code) for code in _CODES)
