"""Pure decisions of connecting: how long, which digits, whose mailbox, what to do with an answer."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from bot.accounts.attempts import Outcome
from providers.oauth import Capability

LIFE = timedelta(minutes=10)  # of a link, of a sign-in under way, of six digits
TRIES = 5
NEEDED = frozenset({Capability.READ, Capability.SEND})  # with neither, a connection is good for nothing


def hashed(secret: str) -> str:
    """Hash a long random secret for its row: a link, a state, a cookie."""
    return hashlib.sha256(secret.encode()).hexdigest()


def digits_of(cookie: str, about: str) -> str:
    """Make six digits that only the browser with this cookie can be shown again."""
    made = hmac.new(cookie.encode(), f"digits|{about}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(made[:8]) % 1_000_000:06d}"


def hashed_digits(digits: str, about: str) -> str:
    """Hash six digits for their row, slowly: a million of them would be tried in a second otherwise.

    Source: RFC 7914; 16 MiB and some 40 ms each.
    """
    return hashlib.scrypt(digits.encode(), salt=about.encode(), n=2**14, r=8, p=1, dklen=32).hex()


def typed_digits(text: str) -> str:
    """Read what a person typed for "482 913"."""
    return "".join(one for one in text if one in "0123456789")


@dataclass(frozen=True, slots=True)
class Found:
    """What is known when a provider has said who signed in."""

    address: str
    subject: str
    granted: frozenset[Capability]
    member_address: str | None  # Slack's, normalised
    reconnects: str | None  # the subject that a reconnect is about
    is_connected: bool  # this very mailbox, by this very member
    is_used_here: bool  # by another member of the workspace
    is_admitted: bool = True  # the member may still use Mailroom


def decide(found: Found) -> Outcome:
    """Say what becomes of a grant: connected, six digits first, or given back."""
    if not found.is_admitted:
        return Outcome.NOT_ADMITTED
    if not found.granted & NEEDED:
        return Outcome.NOTHING_ALLOWED
    if found.reconnects is not None and found.reconnects != found.subject:
        return Outcome.OTHER_ACCOUNT
    if found.is_used_here:
        return Outcome.USED_HERE
    if found.is_connected or found.address == found.member_address:
        return Outcome.CONNECTED
    return Outcome.CODE
