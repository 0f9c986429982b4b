"""Claims challenges: what Graph wants a next access token to prove (continuous access evaluation).

Graph says it to whoever used the old token; msal has to say it to Entra when the token is refreshed. Between
the two it waits here, under a hash of the token that was refused, in this process: the one that was refused
is the one that refreshes.
Source: https://learn.microsoft.com/entra/identity-platform/claims-challenge
"""

import base64
import binascii
import hashlib
import json
import re
import threading
from collections import OrderedDict

_MOST = 1024
_CLAIMS = re.compile(r"""\bclaims="([A-Za-z0-9+/=_-]{1,8000})\"""")


class Challenges:
    """What is waiting to be said. Thread-safe."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[bytes, str] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, access_token: str, www_authenticate: str) -> None:
        """Keep the challenge in the header of a 401, if there is one."""
        found = _CLAIMS.search(www_authenticate)
        claims = _read(found[1]) if found else ""
        if not claims:
            return
        with self._lock:
            self._waiting[_key(access_token)] = claims
            while len(self._waiting) > _MOST:
                self._waiting.popitem(last=False)

    def take(self, access_token: str) -> str | None:
        """Give the challenge that this token met, once."""
        with self._lock:
            return self._waiting.pop(_key(access_token), None)


def _key(access_token: str) -> bytes:
    return hashlib.sha256(access_token.encode()).digest()


def _read(encoded: str) -> str:
    """Decode; what is no JSON object is no challenge."""
    plain = encoded.rstrip("=").replace("+", "-").replace("/", "_")
    try:
        claims = base64.urlsafe_b64decode(plain + "=" * (-len(plain) % 4)).decode()
        return claims if isinstance(json.loads(claims), dict) else ""
    except (binascii.Error, ValueError):
        return ""
