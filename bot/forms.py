"""Forms of our own pages: sent by the browser that was shown them, from this origin, and by nobody else.

A form carries a word that nobody can make who cannot read the cookie (reliability T2, T30).
"""

import hashlib
import hmac
import re
import secrets
from urllib.parse import urlsplit

from flask import Response, request

_COOKIE = re.compile(r"[A-Za-z0-9_-]{43}")


def form_word(cookie: str, about: str) -> str:
    """Make the word that a form carries. `about` names the page: of another page it is another word."""
    return hmac.new(cookie.encode(), f"form|{about}".encode(), hashlib.sha256).hexdigest()


class OwnForms:
    """One cookie and the forms that go with it. `name` is the cookie's; `life` its seconds."""

    def __init__(self, base_url: str, name: str, life: int) -> None:
        where = urlsplit(base_url)
        self._origin, self._https = f"{where.scheme}://{where.netloc}", where.scheme == "https"
        self._name = f"__Host-{name}" if self._https else name  # on loopback, ports share cookies
        self._life = life

    @property
    def cookie(self) -> str:
        """What this browser carries, "" if it was not here before."""
        given = request.cookies.get(self._name, "")
        return given if _COOKIE.fullmatch(given) else ""

    def cookie_or_new(self) -> str:
        """The same, or what `leave` gives it."""
        return self.cookie or secrets.token_urlsafe(32)

    def leave(self, answer: Response, cookie: str) -> Response:
        """Leave the cookie with a page."""
        answer.set_cookie(
            self._name,
            cookie,
            max_age=self._life,
            secure=self._https,
            httponly=True,
            samesite="Lax",
            path="/",
        )
        return answer

    def sent(self, about: str, word: str) -> bool:
        """Say whether a form is ours: from this origin, by a browser with the cookie it was made for.

        A page under no-referrer sends "Origin: null". Browsers name at least one of the two.
        Source: https://fetch.spec.whatwg.org/#append-a-request-origin-header
        """
        site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
        near = site in (None, "same-origin") and origin in (None, "null", self._origin)
        wanted = form_word(self.cookie, about)
        return near and bool(self.cookie) and hmac.compare_digest(word.encode(), wanted.encode())


def is_a_person() -> bool:
    """Say whether a browser shows the page to somebody: scanners of links must not take it away.

    Source: https://www.w3.org/TR/fetch-metadata/
    """
    headers = request.headers
    ahead = headers.get("Sec-Purpose", "") or headers.get("Purpose", "")
    return request.method == "GET" and headers.get("Sec-Fetch-Dest") == "document" and not ahead
