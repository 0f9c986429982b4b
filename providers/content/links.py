"""Addresses of links: which may be links at all, and whether the words on one tell the truth."""

import re
from unicodedata import normalize
from urllib.parse import urlsplit

from providers.content.clean import clean
from providers.content.lookalikes import mixes_scripts
from providers.content.wrapped_links import destination

MAX_TARGET = 3000  # Slack refuses longer ones (slack.md 1.3); they stay as text
_BLANKS = re.compile(r"[\s\x00-\x1f]+")
# Bare addresses in running text: no nested repetition, so the time is linear in the text.
_BARE = re.compile(
    r"(?<![\w@./:-])(?:https?://[^\s<>\"'|\\^`{}\u00a0]{1,2000}|www\.[^\s<>\"'|\\^`{}\u00a0]{1,500}"
    r"|(?:mailto:)?[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})",
    re.IGNORECASE,
)
_HOSTLIKE = re.compile(
    r"(?<![\w-])([a-z]{2,12}://|www\.)?((?:[\w-]{1,63}\.){1,8}(?:xn--[a-z0-9-]{2,59}|[^\W\d_]{2,24}))(?![\w@-])(/?)",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+%-]{1,64}@((?:[\w-]{1,63}\.){1,8}[\w-]{2,24})", re.IGNORECASE)
_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,20}")
# What nearly all links are: nothing in them needs care.
_ORDINARY = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9-]*\.)*[a-z0-9-]+(?::\d{1,5})?(?:[/?#][!#-;=?-\[\]_a-z~]*)?"
    r"|mailto:[\w.+%-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}",
    re.IGNORECASE | re.ASCII,
)
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"))
_TRAILING = ".,;:!?'\"*_»”’>…"
# Second-level registries ("co.uk") and houses that let anybody have a name of theirs: the name that somebody
# owns is one label longer. Source: the kinds that most of https://publicsuffix.org/list/ consists of.
_REGISTRIES = frozenset(
    ("ac", "co", "com", "edu", "gen", "go", "gob", "gov", "gv", "id", "mil", "ne", "net", "nom", "or", "org",
     "sch", "web")
)  # fmt: skip
_HOUSES = frozenset(
    ("amazonaws.com", "appspot.com", "azurewebsites.net", "blogspot.com", "cloudfront.net",
     "firebaseapp.com", "fly.dev", "github.io", "gitlab.io", "glitch.me", "herokuapp.com", "myshopify.com",
     "netlify.app", "ngrok.io", "onrender.com", "pages.dev", "repl.co", "sharepoint.com", "surge.sh",
     "vercel.app", "web.app", "weebly.com", "wixsite.com", "wordpress.com", "workers.dev")
)  # fmt: skip
_LONGEST_WORDS = 1000  # on a link, that are looked at; longer ones always show where it leads
_DOTS = str.maketrans("\u3002\uff0e\uff61", "...")  # browsers take these for dots as well


def safe_target(href: str) -> str:
    """Return the http, https or mailto address that `href` means, "" when it is anything else or unusable."""
    if len(href) <= MAX_TARGET and _ORDINARY.fullmatch(href):
        return href
    target = _BLANKS.sub("", clean(href[: MAX_TARGET * 2]))
    scheme, colon, rest = target.partition(":")
    scheme = scheme.casefold()
    if scheme in ("http", "https"):
        target = target.replace("\\", "/")  # as browsers do: "https://evil.example\\@bank.example" is evil's
    if target.startswith("//"):
        target, scheme, rest = f"https:{target}", "https", target
    elif not colon or scheme not in ("http", "https", "mailto"):
        return ""
    host = host_of(target)
    usable = bool(_HOST.fullmatch(host)) or (scheme != "mailto" and ":" in host)  # IPv6
    if scheme == "mailto":
        usable = usable and rest.partition("?")[0].count("@") == 1
        target = _without_recipients(target)
    target = target.replace("|", "%7C").replace(">", "%3E").replace("<", "%3C").replace('"', "%22")
    return target if usable and len(target) <= MAX_TARGET else ""


def host_of(target: str) -> str:
    """Return the host of a link (for mailto the domain), lower case, "" when there is none."""
    try:
        parts = urlsplit(target)
        if parts.scheme.casefold() == "mailto":
            host = parts.path.rpartition("@")[2].casefold()
        else:
            host = parts.hostname or ""
    except ValueError:
        return ""
    # "exampl\u00ba" is looked up as "examplo".
    return (host if host.isascii() else normalize("NFKC", host).casefold()).strip(".")


def honest_host(target: str, words: str) -> str:
    """Return "" when the words on a link agree with its target, else what must be shown beside them.

    Words disagree when they name a host or a mail domain that belongs to somebody else than the target's, or
    another person's address. A host whose letters only look like others, or that hides behind "name@", is
    always shown.
    """
    if words.isascii():
        if "." not in words or _says_its_address(target, words):
            return ""
    else:
        words = normalize("NFKC", words).translate(_DOTS)
    target = destination(target)
    host = host_of(target)
    if not host.isascii() and mixes_scripts(host):
        shown = _in_ascii(host)
        return shown if words != shown else ""
    mail = target[:7].casefold() == "mailto:"
    said = target if target.isascii() else normalize("NFKC", target).translate(_DOTS)
    if said.partition(":")[2].lstrip("/") == words or said == words:
        return host if "@" in target and not mail and "@" in urlsplit(target).netloc else ""
    if len(words) > _LONGEST_WORDS:
        return host
    addresses = [(found.group(), found.group(1)) for found in _MAIL.finditer(words)]
    named = [domain for _, domain in addresses]
    named += [found.group(2) for found in _HOSTLIKE.finditer(_MAIL.sub(" ", words)) if _looks_owned(found)]
    owner = _owner(host)
    if any(_owner(name.casefold()) != owner for name in named):
        return host
    address = said[7:].partition("?")[0] if mail else ""
    return address if any(one.casefold() != address.casefold() for one, _ in addresses if mail) else ""


def _says_its_address(target: str, words: str) -> bool:
    """Tell quickly what most links are: their own address in plain letters."""
    if not target.isascii():
        return False
    scheme, _, rest = target.partition(":")
    return (target == words or rest.lstrip("/") == words) and ("@" not in rest or scheme == "mailto")


def _in_ascii(host: str) -> str:
    """Write a host as it is looked up; where no rule allows it, as that would look."""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        labels = host.split(".")
        return ".".join(one if one.isascii() else f"xn--{one.encode('punycode').decode()}" for one in labels)


def _without_recipients(target: str) -> str:
    """Leave subject and text of a mail that a link begins; whom else it would go to, nobody would see."""
    address, mark, rest = target.partition("?")
    kept = [one for one in rest.split("&") if one.partition("=")[0].casefold() in ("subject", "body")]
    return f"{address}{mark}{'&'.join(kept)}" if kept else address


def find_links(text: str) -> list[tuple[int, int, str]]:
    """Find bare addresses in running text as (start, end, target), in order."""
    if "@" not in text and "://" not in text and "www." not in text and "WWW." not in text:
        return []
    found = []
    for match in _BARE.finditer(text):
        words = _without_trailing(match.group())
        lower = words[:8].casefold()
        target = safe_target(
            words
            if lower.startswith(("http:", "https:", "mailto:"))
            else f"https://{words}"
            if lower.startswith("www.") and "@" not in words
            else f"mailto:{words}"
        )
        if target:
            found.append((match.start(), match.start() + len(words), target))
    return found


def _without_trailing(words: str) -> str:
    """Leave the punctuation that closes the sentence, and a bracket that was opened before the address."""
    if words[-1:].isalnum() or words[-1:] == "/":
        return words
    surplus = {closing: words.count(closing) - words.count(opening) for opening, closing in _BRACKETS}
    end = len(words)
    while end:
        last = words[end - 1]
        if last not in _TRAILING:
            if surplus.get(last, 0) <= 0:
                break
            surplus[last] -= 1
        end -= 1
    return words[:end]


def _owner(host: str) -> str:
    labels = host.split(".")
    registry = len(labels[-1]) == 2 and len(labels) > 1 and labels[-2] in _REGISTRIES
    return ".".join(labels[-3 if registry or ".".join(labels[-2:]) in _HOUSES else -2 :])


_FILE_ENDINGS = frozenset(
    [
        "pdf",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "ppt",
        "pptx",
        "txt",
        "csv",
        "jpg",
        "jpeg",
        "png",
        "gif",
        "zip",
        "html",
        "htm",
        "php",
        "asp",
        "aspx",
        "js",
        "py",
        "md",
        "json",
        "xml",
        "exe",
        "mp3",
        "mp4",
        "ics",
        "eml",
        "odt",
        "ods",
        "mov",
        "avi",
        "rtf",
    ]
)


def _looks_owned(found: re.Match[str]) -> bool:
    """Tell a host from a file name or an abbreviation that merely has a dot ("offer.pdf", "e.g")."""
    begins, name, path = found.groups()
    last = name.rpartition(".")[2].casefold()
    return bool(begins or path) or (last not in _FILE_ENDINGS and len(name) > 3)
