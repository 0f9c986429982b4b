"""Microsoft: sign-in, mail, calendars. app.py asks for a Provider here; the rest is this folder's own."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from providers import Provider
from providers.microsoft.approval import AdminConsent
from providers.microsoft.authority import Authority
from providers.microsoft.calendar import OutlookCalendar
from providers.microsoft.folders import KnownFolders
from providers.microsoft.graph import Graph
from providers.microsoft.identity import PERSONAL, organisation_of
from providers.microsoft.mail import OutlookMailbox
from providers.microsoft.oauth import MicrosoftOAuth, scopes_of
from providers.oauth import Capability

_PERSONAL_PAGE = "https://account.live.com/consent/Manage"
_WORK_PAGE = "https://myapps.microsoft.com"


def _now() -> datetime:
    return datetime.now(UTC)


def microsoft_provider(
    client_id: str,
    client_secret: str,
    authority_url: str,
    graph_api_url: str,
    now: Callable[[], datetime] = _now,
    wait: Callable[[float], None] = time.sleep,
) -> Provider:
    """Build Microsoft from its settings. `wait` pauses before asking again, in seconds.

    `authority_url` replaces https://login.microsoftonline.com, `graph_api_url` ends in /v1.0. Makes no
    request. Build it once a process, after the fork.
    """
    authority = Authority(authority_url)
    graph = Graph(graph_api_url, now, wait)
    known = KnownFolders(now)
    return Provider(
        name="microsoft",
        label="Outlook",
        company="Microsoft",
        oauth=MicrosoftOAuth(client_id, client_secret, authority, graph, now),
        asks=frozenset({Capability.READ, Capability.SEND}),
        open_mailbox=lambda access_token, address: OutlookMailbox(graph, known, access_token, address),
        open_calendar=lambda access_token, address: OutlookCalendar(graph, access_token, address),
        sends_once=False,
        close=graph.close,
        approval=AdminConsent(client_id, authority.on_the_wire, scopes_of),
        access_page=access_page,
    )


def access_page(subject: str) -> str:
    """Give the page where the holder of an account takes access back: Microsoft lets no app do it."""
    return _PERSONAL_PAGE if organisation_of(subject) == PERSONAL else _WORK_PAGE
