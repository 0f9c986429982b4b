"""Addresses of links: which may be links at all, and whether the words on one tell the truth."""

import re
from urllib.parse import urlsplit

from providers.content.clean import clean

MAX_TARGET = 3000  # Slack refuses longer ones (slack.md 1.3); they stay as text
_BLANKS = re.compile(r"[\s\x00-\x1f]+")
# Bare addresses in running text: no nested repetition, so the time is linear in the text.
_BARE = re.compile(
    r"(?<![\w@./:-])(?:https?://[^\s<>\"'|\\^`{}\u00a0]{1,2000}|www\.[^\s<>\"'|\\^`{}\u00a0]{1,500}"
    r"|(?:mailto:)?[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})",
    re.IGNORECASE,
)
_HOSTLIKE = re.compile(
    r"(?<![\w@.-])(?:[a-z]{2,12}://)?((?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24})(?![\w@-])", re.IGNORECASE
)
_MAIL = re.compile(r"[\w.+%-]{1,64}@((?:[\w-]{1,63}\.){1,8}[\w-]{2,24})", re.IGNORECASE)
_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,20}")
# What nearly all links are: nothing in them needs care.
_ORDINARY = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9-]*\.)*[a-z0-9-]+(?::\d{1,5})?(?:[/?#][!#-;=?-\[\]_a-z~]*)?",
    re.IGNORECASE | re.ASCII,
)
_TRAILING = ".,;:!?'\"*_»”’>…"
# Second-level registries: the name that somebody owns is one label longer. The few that mail is full of;
# for the others the comparison is stricter than needed, which only shows the target more often.
_REGISTRIES = frozenset(
    [
        "co.uk",
        "org.uk",
        "ac.uk",
        "gov.uk",
        "com.au",
        "net.au",
        "org.au",
        "co.nz",
        "co.jp",
        "or.jp",
        "ne.jp",
        "ac.jp",
        "co.kr",
        "com.br",
        "com.cn",
        "com.tw",
        "com.hk",
        "com.mx",
        "com.tr",
        "com.ar",
        "com.pl",
        "com.sg",
        "co.za",
        "co.in",
        "co.il",
        "co.id",
        "com.ua",
    ]
)


def safe_target(href: str) -> str:
    """Return the http, https or mailto address that `href` means, "" when it is anything else or unusable."""
    if _ORDINARY.fullmatch(href) and len(href) <= MAX_TARGET:
        return href
    target = _BLANKS.sub("", clean(href[: MAX_TARGET * 2]))
    scheme, colon, rest = target.partition(":")
    scheme = scheme.casefold()
    if target.startswith("//"):
        target, scheme, rest = f"https:{target}", "https", target
    elif not colon or scheme not in ("http", "https", "mailto"):
        return ""
    host = host_of(target)
    usable = bool(_HOST.fullmatch(host)) or (scheme != "mailto" and ":" in host)  # IPv6
    if scheme == "mailto":
        usable = usable and rest.partition("?")[0].count("@") == 1
    target = target.replace("|", "%7C").replace(">", "%3E").replace("<", "%3C").replace('"', "%22")
    return target if usable and len(target) <= MAX_TARGET else ""


def host_of(target: str) -> str:
    """Return the host of a link (for mailto the domain), lower case, "" when there is none."""
    try:
        parts = urlsplit(target)
        if parts.scheme.casefold() == "mailto":
            return parts.path.rpartition("@")[2].casefold().strip(".")
        return (parts.hostname or "").strip(".")
    except ValueError:
        return ""


def honest_host(target: str, words: str) -> str:
    """Return "" when the words on a link agree with its target, else the host that must be shown beside them.

    Words disagree when they name a host or a mail domain that belongs to somebody else than the target's.
    """
    if "." not in words or target.partition(":")[2].lstrip("/") == words or target == words:
        return ""
    host = host_of(target)
    named = [found.group(1) for found in _MAIL.finditer(words[:1000])]
    named += [found.group(1) for found in _HOSTLIKE.finditer(words[:1000])]
    owner = _owner(host)
    return host if any(_owner(name.casefold()) != owner for name in named if _looks_owned(name)) else ""


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
    while words:
        last = words[-1]
        if last in _TRAILING or (last in ")]}" and words.count(last) > words.count("([{"[")]}".index(last)])):
            words = words[:-1]
        else:
            break
    return words


def _owner(host: str) -> str:
    labels = host.split(".")
    keep = 3 if ".".join(labels[-2:]) in _REGISTRIES else 2
    return ".".join(labels[-keep:])


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


def _looks_owned(name: str) -> bool:
    """Tell a host from a file name or an abbreviation that merely has a dot ("offer.pdf", "e.g")."""
    last = name.rpartition(".")[2].casefold()
    return last not in _FILE_ENDINGS and len(name) > 3
