"""Links that a mail filter has put its own address around: where they lead once it has looked.

The wrapped address stays the one that is pressed, since the filter protects whoever presses it. What is
compared with the words, and shown beside words that lie, is where it leads. Sources: the public forms of
Microsoft's Safe Links, Proofpoint's URL Defense (versions 2 and 3) and Google's redirects.
"""

from urllib.parse import parse_qs, unquote, urlsplit

_SIGNS = ("safelinks.protection.outlook.com", "urldefense", "google.com/url?")
_LONGEST = 6000  # characters


def destination(target: str) -> str:
    """Return where a link leads; `target` itself when nobody has wrapped it. Never raises."""
    if len(target) > _LONGEST or not any(sign in target for sign in _SIGNS):
        return target
    try:
        inner = _inside(target)
    except ValueError:
        return target
    return inner if inner.startswith(("https://", "http://")) else target


def _inside(target: str) -> str:
    parts = urlsplit(target)
    host, query = parts.hostname or "", parse_qs(parts.query, max_num_fields=50)
    if host.endswith(".safelinks.protection.outlook.com"):
        return query.get("url", [""])[0]
    if host == "urldefense.proofpoint.com" and parts.path == "/v2/url":
        return unquote(query.get("u", [""])[0].replace("-", "%").replace("_", "/"))
    if host in ("urldefense.com", "urldefense.us") and parts.path.startswith("/v3/__"):
        return target.partition("/v3/__")[2].rpartition("__;")[0]
    if host in ("www.google.com", "google.com") and parts.path == "/url":
        return query.get("q", query.get("url", [""]))[0]
    return ""
