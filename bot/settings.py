"""Everything that can be set from outside: read once, checked at once, never changed.

Values come from the environment and from a `.env` file (the environment wins). The file is read, never
exported: no child process and no library finds our secrets in its environment.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

from bot.variables import (
    Secret,
    Variables,
    Wrong,
    base_url,
    command,
    folder_url,
    number,
    one_of,
    public_url,
    secret,
    shaped,
    way_to_ask,
)
from store.sealing import Keyring, KeyringError

DATABASES = ("sqlite:///", "postgresql://", "postgresql+psycopg://")
GOOGLE_CONSOLE = "It stands in the Google Cloud console under Clients, in your OAuth client."

ENTRA = "It stands in the Microsoft Entra admin centre under App registrations, in your app."


class SettingsError(Exception):
    """The settings cannot be used. `problems` are whole sentences, each with its fix, and hold no value."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(f"{len(problems)} settings are missing or wrong")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """One workspace, by its bot token. Source: the app's pages at Slack, OAuth and Basic Information."""

    bot_token: Secret
    signing_secret: Secret
    api_url: str  # ends in /api/


@dataclass(frozen=True, slots=True)
class GoogleSettings:
    """One OAuth client of type web, and Google's addresses, so that an emulator can stand in."""

    client_id: str
    client_secret: Secret
    auth_url: str
    token_url: str
    revoke_url: str
    userinfo_url: str
    gmail_api_url: str  # origin and path before /gmail/v1
    calendar_api_url: str  # origin and path before /calendar/v3


@dataclass(frozen=True, slots=True)
class MicrosoftSettings:
    """One app registration at Entra for accounts of every kind, and Microsoft's addresses."""

    client_id: str
    client_secret: Secret
    authority_url: str  # in the place of https://login.microsoftonline.com
    graph_api_url: str  # ends in /v1.0


@dataclass(frozen=True, slots=True)
class Settings:
    """All of it. Units: `cache_bytes` in bytes; `metrics_port` 0 is off."""

    url: str  # public base, without a slash at its end; links and redirects are made from it alone
    database_url: Secret
    encryption_keys: Secret
    command: str
    support: str  # a link to whoever helps, "" where nobody is named
    host: str
    port: int
    threads: int
    workers: int
    cache_bytes: int
    log_level: str
    metrics_port: int
    slack: SlackSettings
    google: GoogleSettings
    microsoft: MicrosoftSettings | None  # None: Outlook is not offered

    @property
    def https(self) -> bool:
        """Say whether people reach Mailroom over https: decides cookies' names and HSTS."""
        return self.url.startswith("https://")

    def redirect_uri(self, provider: str) -> str:
        """Return where `provider` sends the browser back to; the page there belongs to accounts."""
        return f"{self.url}{redirect_path(provider)}"

    @property
    def on_sqlite(self) -> bool:
        """Say whether the database is a file of this machine: then exactly one worker process."""
        return self.database_url.startswith("sqlite")


def load(environ: Mapping[str, str] | None = None, env_file: Path | None = Path(".env")) -> Settings:
    """Read and check all settings.

    Raises SettingsError with every problem at once.
    """
    variables = _variables(environ, env_file)
    settings = _read(variables)
    variables.report_unknown("MAILROOM_")
    if settings.on_sqlite and settings.workers > 1:
        variables.problems.append("MAILROOM_WORKERS must be 1 on SQLite. Take it out, or use PostgreSQL.")
    if variables.problems:
        raise SettingsError(variables.problems)
    return settings


def load_front(
    environ: Mapping[str, str] | None = None, env_file: Path | None = Path(".env")
) -> tuple[str, str]:
    """Read only the public address and the command's name: the manifest is made before there is a token.

    Raises SettingsError.
    """
    variables = _variables(environ, env_file)
    found = _url(variables), variables.take("MAILROOM_COMMAND", command, "/inbox")
    if variables.problems:
        raise SettingsError(variables.problems)
    return found


def _variables(environ: Mapping[str, str] | None, env_file: Path | None) -> Variables:
    values: dict[str, str | None] = {}
    if env_file is not None and env_file.is_file():
        values.update(dotenv_values(env_file, interpolate=False))
    values.update(os.environ if environ is None else environ)
    return Variables(values)


def redirect_path(provider: str) -> str:
    """Return the path of `provider`'s own way back: one for each, so that an answer cannot be mixed up."""
    return f"/oauth/{provider}/callback"


def names() -> list[str]:
    """List every setting that the code reads, in its order."""
    variables = Variables({})
    _read(variables)
    return variables.names


def _read(take_from: Variables) -> Settings:
    take, need = take_from.take, take_from.need
    return Settings(
        url=_url(take_from),
        database_url=take("MAILROOM_DATABASE_URL", _database_url, Secret("sqlite:///mailroom.db")),
        encryption_keys=need(
            "MAILROOM_ENCRYPTION_KEYS",
            _keys,
            Secret(""),
            "Make one with `python app.py key` and keep it safe.",
        ),
        command=take("MAILROOM_COMMAND", command, "/inbox"),
        support=take("MAILROOM_SUPPORT", way_to_ask, ""),
        host=take("MAILROOM_HOST", str, "127.0.0.1"),
        port=take("MAILROOM_PORT", number(1, 65535), 3000),
        threads=take("MAILROOM_THREADS", number(1, 128), 16),
        workers=take("MAILROOM_WORKERS", number(1, 32), 1),
        cache_bytes=take("MAILROOM_CACHE_MIB", number(1, 4096), 64) * 1024 * 1024,
        log_level=take("MAILROOM_LOG_LEVEL", one_of("debug", "info", "warning", "error"), "info"),
        metrics_port=take("MAILROOM_METRICS_PORT", number(0, 65535), 0),
        slack=_slack(take_from),
        google=_google(take_from),
        microsoft=_microsoft(take_from),
    )


def _url(take_from: Variables) -> str:
    fix = "Give the https:// address under which Slack and browsers reach Mailroom."
    return take_from.need("MAILROOM_URL", public_url, "", fix)


def _slack(take_from: Variables) -> SlackSettings:
    return SlackSettings(
        bot_token=take_from.need(
            "SLACK_BOT_TOKEN",
            shaped(r"xoxb-[\w-]{8,}", "must be a whole bot token: xoxb- and at least eight characters."),
            Secret(""),
            "Install the app in your workspace; Slack shows the token under OAuth & Permissions.",
        ),
        signing_secret=take_from.need(
            "SLACK_SIGNING_SECRET",
            secret,
            Secret(""),
            "Slack shows it under Basic Information, App Credentials.",
        ),
        api_url=take_from.take("SLACK_API_URL", folder_url, "https://slack.com/api/"),
    )


def _google(take_from: Variables) -> GoogleSettings:
    take, need = take_from.take, take_from.need
    return GoogleSettings(
        client_id=need("GOOGLE_CLIENT_ID", secret, Secret(""), GOOGLE_CONSOLE),
        client_secret=need("GOOGLE_CLIENT_SECRET", secret, Secret(""), GOOGLE_CONSOLE),
        auth_url=take("GOOGLE_AUTH_URL", base_url, "https://accounts.google.com/o/oauth2/v2/auth"),
        token_url=take("GOOGLE_TOKEN_URL", base_url, "https://oauth2.googleapis.com/token"),
        revoke_url=take("GOOGLE_REVOKE_URL", base_url, "https://oauth2.googleapis.com/revoke"),
        userinfo_url=take(
            "GOOGLE_USERINFO_URL", base_url, "https://openidconnect.googleapis.com/v1/userinfo"
        ),
        gmail_api_url=take("GMAIL_API_URL", base_url, "https://gmail.googleapis.com"),
        calendar_api_url=take("GOOGLE_CALENDAR_API_URL", base_url, "https://www.googleapis.com"),
    )


def _microsoft(take_from: Variables) -> MicrosoftSettings | None:
    take = take_from.take
    read = MicrosoftSettings(
        client_id=take("MICROSOFT_CLIENT_ID", secret, Secret("")),
        client_secret=take("MICROSOFT_CLIENT_SECRET", secret, Secret("")),
        authority_url=take("MICROSOFT_AUTHORITY_URL", base_url, "https://login.microsoftonline.com"),
        graph_api_url=take("GRAPH_API_URL", base_url, "https://graph.microsoft.com/v1.0"),
    )
    for name, given, other in (
        ("MICROSOFT_CLIENT_ID", read.client_id, read.client_secret),
        ("MICROSOFT_CLIENT_SECRET", read.client_secret, read.client_id),
    ):
        if other and not given and not any(one.startswith(f"{name} ") for one in take_from.problems):
            take_from.problems.append(f"{name} is not set. {ENTRA}")
    return read if read.client_id and read.client_secret else None


def _database_url(text: str) -> Secret:
    try:
        port = urlsplit(text).port or 1
    except ValueError:
        port = 0
    if not port or not text.startswith(DATABASES) or text in DATABASES:
        raise Wrong("must start with sqlite:/// and a file's path, or with postgresql://.")
    return Secret(text)


def _keys(text: str) -> Secret:
    try:
        Keyring.parse(text)
    except KeyringError as error:
        raise Wrong(f"cannot be used: {error}. Make a key with `python app.py key`.") from None
    return Secret(text)
