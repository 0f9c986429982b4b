"""Slack on the way out: clients of a workspace, and its refusals in our words.

Slack's error codes become the classes below in one function; nothing above knows a code.
"""

import http.client
import re
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.error import URLError

from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from store import across
from store.database import Database, outside_transaction
from store.workspaces import Workspace

QUICK, PATIENT = 2, 10  # seconds: while a person waits for a window, and in work that is done behind
ASKED, LONGEST = 30, 3600  # seconds to wait where Slack names none that can be read, and at most


class SlackError(Exception):
    """Slack did not do what was asked. `code` is its word, safe to log."""

    codes: tuple[str, ...] = ()

    def __init__(self, code: str = "") -> None:
        super().__init__(code)
        self.code = code


class TriggerExpired(SlackError):
    """The press is more than three seconds old, or already opened a window."""

    codes = ("expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged")


class WindowGone(SlackError):
    """The person has closed the window."""

    codes = ("not_found", "view_not_found", "view_closed")


class WindowChanged(SlackError):
    """The window was redrawn since we looked."""

    codes = ("hash_conflict",)


class TooManyWindows(SlackError):
    """A fourth window on top of three."""

    codes = ("push_limit_reached",)


class TooLarge(SlackError):
    """More than Slack shows in one place, or blocks that it does not accept."""

    codes = ("view_too_large", "msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_arguments")


class CannotReach(SlackError):
    """No way to this person any more."""

    codes = (
        "channel_not_found", "user_not_found", "is_archived", "user_disabled", "not_in_channel",
        "cannot_dm_bot", "users_not_found", "user_not_visible", "user_not_in_channel",
    )  # fmt: skip


class MessageFixed(SlackError):
    """The message cannot be changed any more."""

    codes = ("message_not_found", "cant_update_message", "edit_window_closed")


class TokenDead(SlackError):
    """The app was removed from the workspace, or its token withdrawn."""

    codes = ("token_revoked", "token_expired", "account_inactive", "invalid_auth", "not_authed")


class ScopeMissing(SlackError):
    """The app was installed without a permission that this needs."""

    codes = ("missing_scope", "not_allowed_token_type")


class SlackBusy(SlackError):
    """Slack asks for patience."""

    def __init__(self, retry_after: timedelta) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


class SlackUnreachable(SlackError):
    """No answer: what was asked may or may not have been done."""


_CODE, _SECONDS = re.compile(r"[a-z0-9_.:-]{1,80}"), re.compile(r"[0-9]{1,10}")
UNREADABLE = "unreadable"
_BROKEN = (UNREADABLE, "internal_error", "fatal_error", "service_unavailable", "request_timeout")
_BY_CODE = {code: kind for kind in SlackError.__subclasses__() for code in kind.codes}


def ask(call: Callable[..., Any], **arguments: Any) -> Any:
    """Call Slack once. Raises SlackError; never repeats, because Slack knows no idempotency key."""
    outside_transaction()
    try:
        return call(**arguments)
    except SlackApiError as error:
        raise _refusal(error) from None  # the response may hold what we sent: not into a traceback
    except (URLError, OSError, http.client.HTTPException, UnicodeDecodeError) as error:
        raise SlackUnreachable(type(error).__name__) from None


def _refusal(error: SlackApiError) -> SlackError:
    response = error.response
    if getattr(response, "status_code", 0) == 429:
        wait = str(response.headers.get("Retry-After", response.headers.get("retry-after", "")))
        return SlackBusy(_patience(wait))
    told = str(response.get("error", "")) if hasattr(response, "get") else ""
    code = told if _CODE.fullmatch(told) else UNREADABLE  # slack_sdk repeats a page that is no answer
    if getattr(response, "status_code", 0) >= 500 or code in _BROKEN:
        return SlackUnreachable(code)
    return _BY_CODE.get(code, SlackError)(code)


def _patience(wait: str) -> timedelta:
    """Read how long Slack asks to wait. Nobody is made to wait for years by a number that is none."""
    return timedelta(seconds=min(int(wait), LONGEST) if _SECONDS.fullmatch(wait) else ASKED)


class Clients:
    """Slack clients by workspace. One token, one workspace; an installation table takes its place later."""

    def __init__(self, token: str, api_url: str, database: Database) -> None:
        self._token, self._api_url, self._database = token, api_url, database
        self._lock = threading.Lock()
        self._installed: tuple[AuthorizeResult, Workspace] | None = None

    def authorize(self, team_id: str | None) -> AuthorizeResult | None:
        """Say whose token answers a request. Asks Slack once, then remembers (slack.md 4.1, 6)."""
        result, workspace = self._installation()
        return result if team_id == workspace.team_id else None

    def workspace(self, team_id: str) -> Workspace:
        """The workspace of a request. Raises TokenDead for one that Mailroom is not installed in."""
        _, workspace = self._installation()
        if team_id != workspace.team_id:
            raise TokenDead("not_installed")
        return workspace

    def forget(self) -> None:
        """Ask Slack again at the next request: after an installation was removed or renewed."""
        with self._lock:
            self._installed = None

    def quick(self, workspace_id: str) -> WebClient:
        """For what happens before a press is acknowledged."""
        return self._client(workspace_id, QUICK)

    def patient(self, workspace_id: str) -> WebClient:
        """For work behind the scenes."""
        return self._client(workspace_id, PATIENT)

    def _client(self, workspace_id: str, timeout: int) -> WebClient:
        _, workspace = self._installation()
        if workspace.id != workspace_id:
            raise TokenDead("not_installed")
        return self._bare(timeout)

    def _bare(self, timeout: int) -> WebClient:
        # No retry handlers: the built-in one can post a message twice (slack.md 3).
        return WebClient(token=self._token, base_url=self._api_url, timeout=timeout, retry_handlers=[])

    def _installation(self) -> tuple[AuthorizeResult, Workspace]:
        known = self._installed
        if known:
            return known
        with self._lock:
            if self._installed is None:
                self._installed = self._ask_who_we_are()
            return self._installed

    def _ask_who_we_are(self) -> tuple[AuthorizeResult, Workspace]:
        told = ask(self._bare(QUICK).auth_test)
        with self._database.write(patience=1.5) as tx:
            workspace = across.install(tx, told["team_id"], told.get("enterprise_id"), told["team"])
        result = AuthorizeResult(
            enterprise_id=workspace.enterprise_id,
            team_id=workspace.team_id,
            team=workspace.name,
            bot_token=self._token,
            bot_id=told.get("bot_id"),
            bot_user_id=told.get("user_id"),
        )
        return result, workspace
