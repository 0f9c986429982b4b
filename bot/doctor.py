"""Say what is missing or wrong before it hurts, each with the fix, and never show a secret."""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from http.client import HTTPException
from urllib.parse import urlsplit

import requests
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.manifest import load_manifest
from bot.settings import GoogleSettings, MicrosoftSettings, Settings
from store.migrations import Standing, standing
from store.transactions import Busy, StoreFault, plain_errors

GOOGLE_CLIENT = re.compile(r"[0-9]+(-[a-z0-9]+)?\.apps\.googleusercontent\.com", re.ASCII)
SIGNING_SECRET = re.compile(r"[0-9a-z]{32}", re.ASCII)
SOUND_PYTHONS = {
    11: 10,
    12: 5,
    13: 0,
}  # 3.x: the first release whose email package keeps line ends out of headers
MOST_SKEW_SECONDS = 60

SLACK_REFUSALS = {
    "invalid_auth": ("Slack does not know this bot token.", "Copy it again from OAuth & Permissions."),
    "account_inactive": (
        "The app was removed from the workspace.",
        "Install it again and set the new bot token.",
    ),
    "token_revoked": (
        "Slack has revoked this bot token.",
        "Install the app again and set the new bot token.",
    ),
}

# Entra's numbers. Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
MICROSOFT_REFUSALS = {
    7000215: (
        "Microsoft refuses MICROSOFT_CLIENT_SECRET.",
        "Copy the secret's value, not its id, from Certificates & secrets; it is shown only once.",
    ),
    7000222: (
        "MICROSOFT_CLIENT_SECRET has expired.",
        "Make a new one under Certificates & secrets. Nobody has to connect again.",
    ),
    700016: (
        "Microsoft does not know MICROSOFT_CLIENT_ID.",
        "Copy the application (client) id from the overview of your app registration.",
    ),
}


class Grade(Enum):
    """How bad it is."""

    GOOD = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    grade: Grade
    what: str
    fix: str = ""
    mends_by_migration: bool = False

    def __str__(self) -> str:
        fix = f"\n         {self.fix}" if self.fix else ""
        return f"{self.grade.value:8} {self.what}{fix}"


def _good(what: str) -> Finding:
    return Finding(Grade.GOOD, what)


def examine(settings: Settings, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> list[Finding]:
    """Look at everything that the settings name."""
    findings = [python_finding(sys.version_info[:3])]
    findings += _address(settings)
    findings.append(database_finding(settings.database_url))
    findings.append(signing_finding(settings.slack.signing_secret))
    findings += _slack(settings, now)
    findings += _google(settings)
    findings += _microsoft(settings)
    return findings


def database_finding(url: str) -> Finding:
    """Say how the database stands to this Mailroom."""
    try:
        with plain_errors():
            how = standing(url)
    except (Busy, StoreFault) as error:
        return Finding(
            Grade.WRONG,
            f"The database cannot be opened ({str(error).split()[0]}).",
            "Check that it runs, that MAILROOM_DATABASE_URL is right, and that Mailroom may write there.",
        )
    if how is Standing.CURRENT:
        return Finding(Grade.GOOD, "The database answers and its tables are up to date.")
    if how is Standing.NEWER:
        return Finding(
            Grade.WRONG,
            "The database belongs to a later version of Mailroom.",
            "Start that version again, or restore a backup from before it.",
        )
    what = "has no tables yet" if how is Standing.EMPTY else "is older than this Mailroom"
    return Finding(
        Grade.WRONG, f"The database {what}.", "Run `python app.py migrate`.", mends_by_migration=True
    )


def python_finding(version: tuple[int, int, int]) -> Finding:
    """Judge the Python that runs us. Source: CVE-2024-6923, fixed in 3.11.10 and 3.12.5."""
    major, minor, patch = version
    name = f"Python {major}.{minor}.{patch}"
    if (major, minor) < (3, 11):
        return Finding(Grade.WRONG, f"{name} is too old.", "Install Python 3.11, 3.12 or 3.13.")
    if patch < SOUND_PYTHONS.get(minor, 0):
        return Finding(
            Grade.WARNING,
            f"{name} has a known fault in its mail library. Mailroom works around it.",
            f"Update to Python 3.{minor}.{SOUND_PYTHONS[minor]} or later when you can.",
        )
    return _good(name)


def _address(settings: Settings) -> Iterator[Finding]:
    if settings.https:
        yield _good(f"People reach Mailroom at {settings.url}")
    else:
        yield Finding(
            Grade.WARNING,
            f"MAILROOM_URL is {settings.url}: only this machine can use it, and Slack cannot reach it.",
            "For real use give the https:// address of your proxy or tunnel.",
        )


def signing_finding(secret: str) -> Finding:
    """Judge the signing secret by its shape: Slack answers nobody who asks whether it is right."""
    if SIGNING_SECRET.fullmatch(secret):
        return _good("The signing secret has the shape of Slack's.")
    return Finding(
        Grade.WRONG,
        "SLACK_SIGNING_SECRET does not look like one of Slack's: every request would be refused.",
        "It is 32 small letters and digits, under Basic Information, App Credentials.",
    )


def _slack(settings: Settings, now: Callable[[], datetime]) -> Iterator[Finding]:
    client = WebClient(
        settings.slack.bot_token, base_url=settings.slack.api_url, timeout=10, retry_handlers=[]
    )
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        code = str(error.response.get("error", "unknown")) if error.response is not None else "unknown"
        what, fix = SLACK_REFUSALS.get(
            code, (f"Slack refuses the bot token ({code}).", "Set a new SLACK_BOT_TOKEN.")
        )
        yield Finding(Grade.WRONG, what, fix)
        return
    except (OSError, SlackClientError, ValueError, HTTPException) as error:  # no answer, or no Slack's answer
        yield Finding(
            Grade.WRONG,
            f"Slack cannot be reached ({type(error).__name__}).",
            "Check this machine's way to the internet, and SLACK_API_URL if you set it.",
        )
        return
    headers = {name.lower(): value for name, value in answer.headers.items()}
    yield _good(f"Slack knows the app in the workspace {answer.get('team', '')}.")
    yield _scopes(headers.get("x-oauth-scopes"))
    yield from _clock(headers.get("date"), now())


def _scopes(header: str | None) -> Finding:
    granted = {scope.strip() for scope in (header or "").split(",")}
    missing = [scope for scope in load_manifest().scopes if scope not in granted]
    if not missing:
        return _good("Slack has granted every scope of manifest.yml.")
    return Finding(
        Grade.WRONG,
        f"Slack has not granted: {', '.join(missing)}.",
        "Update the app's manifest at Slack from manifest.yml, then install the app again in the workspace.",
    )


def _clock(date: str | None, now: datetime) -> Iterator[Finding]:
    if not date:
        return
    try:
        skew = abs((now - parsedate_to_datetime(date)).total_seconds())
    except (ValueError, TypeError):
        return
    if skew <= MOST_SKEW_SECONDS:
        yield _good("This machine's clock agrees with Slack's.")
    else:
        yield Finding(
            Grade.WRONG,
            f"This machine's clock is {round(skew)} s away from Slack's: requests will be refused.",
            "Switch on time synchronisation (NTP).",
        )


def _google(settings: Settings) -> Iterator[Finding]:
    at_google = (urlsplit(settings.google.auth_url).hostname or "").endswith("google.com")
    if at_google and not GOOGLE_CLIENT.fullmatch(settings.google.client_id):
        yield Finding(
            Grade.WRONG,
            "GOOGLE_CLIENT_ID does not look like one of Google's.",
            "It ends in .apps.googleusercontent.com and stands in the Google Cloud console, under Clients.",
        )
    else:
        yield _client_at_google(settings.google)
    yield _good(f"Register this redirect address with it: {settings.redirect_uri('google')}")


def _client_at_google(ours: GoogleSettings) -> Finding:
    """Offer a refresh token that is none: a client that Google knows is told that, another one is refused."""
    form = {
        "client_id": ours.client_id,
        "client_secret": ours.client_secret,
        "grant_type": "refresh_token",
        "refresh_token": "none",
    }
    try:
        answer = requests.post(ours.token_url, data=form, timeout=10, allow_redirects=False).json()
    except (requests.RequestException, ValueError) as error:
        return Finding(
            Grade.WRONG,
            f"Google's sign-in cannot be reached ({type(error).__name__}).",
            "Check this machine's way to the internet, and GOOGLE_TOKEN_URL if you set it.",
        )
    told = answer if isinstance(answer, dict) else {}
    if told.get("error") == "invalid_grant":
        return _good("Google takes the client's id and secret.")
    unknown = "not found" in str(told.get("error_description", ""))
    name = "GOOGLE_CLIENT_ID" if unknown else "GOOGLE_CLIENT_SECRET"
    return Finding(
        Grade.WRONG,
        f"Google does not know {name}." if unknown else f"Google refuses {name}.",
        "Copy it again from the Google Cloud console, under Clients, from the same client as the other one.",
    )


def _microsoft(settings: Settings) -> Iterator[Finding]:
    ours = settings.microsoft
    if ours is None:
        yield _good("Outlook is not offered: MICROSOFT_CLIENT_ID and MICROSOFT_CLIENT_SECRET are not set.")
        return
    try:
        numbers = _refused_by_microsoft(ours)
    except (requests.RequestException, ValueError) as error:
        yield Finding(
            Grade.WRONG,
            f"Microsoft's sign-in cannot be reached ({type(error).__name__}).",
            "Check this machine's way to the internet, and MICROSOFT_AUTHORITY_URL if you set it.",
        )
        return
    known = [MICROSOFT_REFUSALS[one] for one in numbers if one in MICROSOFT_REFUSALS]
    if known:
        yield Finding(Grade.WRONG, *known[0])
    else:
        yield _good("Microsoft takes the app's id and secret. Note when the secret ends: no app is told.")
    yield _good(f"Register this redirect address with it: {settings.redirect_uri('microsoft')}")


def _refused_by_microsoft(ours: MicrosoftSettings) -> list[int]:
    """Offer a refresh token that is none: what is refused first tells how our own half stands."""
    form = {
        "client_id": ours.client_id,
        "client_secret": ours.client_secret,
        "grant_type": "refresh_token",
        "refresh_token": "none",
        "scope": "User.Read",
    }
    url = f"{ours.authority_url}/common/oauth2/v2.0/token"
    answer = requests.post(url, data=form, timeout=10, allow_redirects=False).json()
    numbers = answer.get("error_codes") if isinstance(answer, dict) else None
    if not isinstance(numbers, list):
        raise ValueError("no answer of Microsoft's")
    return numbers
