"""Google: sign-in, Gmail, calendars. app.py asks for a Provider here; the rest of this folder is its own."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from providers import Provider
from providers.google.api import GmailApi
from providers.google.calendar import GoogleCalendar
from providers.google.calendar_api import CalendarApi
from providers.google.endpoints import Endpoints
from providers.google.gmail import GmailMailbox
from providers.google.oauth import GoogleOAuth
from providers.oauth import Capability

APPS_PAGE = "https://myaccount.google.com/permissions"


def _now() -> datetime:
    return datetime.now(UTC)


def google_provider(
    client_id: str,
    client_secret: str,
    auth_url: str,
    token_url: str,
    revoke_url: str,
    userinfo_url: str,
    gmail_api_url: str,
    calendar_api_url: str,
    now: Callable[[], datetime] = _now,
    wait: Callable[[float], None] = time.sleep,
) -> Provider:
    """Build Google from its settings. `wait` pauses between smaller batches, in seconds.

    Makes no request. Takes some tens of milliseconds: build it once a process, after the fork.
    """
    api = GmailApi(gmail_api_url, now)
    calendar_api = CalendarApi(calendar_api_url, now)
    endpoints = Endpoints(auth_url, token_url, revoke_url, userinfo_url)

    def close() -> None:
        api.close()
        calendar_api.close()

    return Provider(
        name="google",
        label="Gmail",
        company="Google",
        oauth=GoogleOAuth(client_id, client_secret, endpoints, now),
        asks=frozenset({Capability.READ, Capability.SEND, Capability.DRAFT}),
        open_mailbox=lambda access_token, address: GmailMailbox(api, access_token, address, wait),
        open_calendar=lambda access_token, _address: GoogleCalendar(calendar_api, access_token),
        sends_once=True,
        close=close,
        apps_page=APPS_PAGE,
    )
