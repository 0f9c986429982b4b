"""Asks Slack whether an address is a colleague's. Guests are none: customers often are guests."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from bot.identity import profile
from bot.slack import CannotReach, Clients, ScopeMissing, SlackBusy, SlackError, ask

REMEMBERED = timedelta(days=1)
PATIENCE = (timedelta(seconds=10), timedelta(seconds=60))  # after a failure that may pass; then it is one
LONGEST = timedelta(minutes=30)  # of being asked for nothing but patience; then it is a failure
MOST = 20_000  # answers kept in memory


class Colleagues:
    """Remembers Slack's answers for a day. Thread-safe.

    A workspace that was installed without the permission gets no answers: nobody counts as a colleague then
    but by domain and connected mailboxes.
    """

    def __init__(self, clients: Clients, clock: Callable[[], datetime]) -> None:
        self._clients, self._clock = clients, clock
        self._lock = Lock()
        self._answers: OrderedDict[tuple[str, str], tuple[bool, datetime]] = OrderedDict()
        self._busy: dict[str, datetime] = {}
        self._failures: dict[str, int] = {}  # in a row, by workspace
        self._limited_since: dict[str, datetime] = {}  # every answer was to wait

    def busy_until(self, workspace_id: str) -> datetime | None:
        """Say until when Slack asked not to be asked. None: it may be asked."""
        until = self._busy.get(workspace_id)
        return until if until and until > self._clock() else None

    def is_one(self, workspace_id: str, address: str) -> bool:
        """Say whether this is a full member of the workspace, now or before.

        Raises: SlackBusy while it is worth waiting, SlackError where Slack does not tell.
        """
        now, key = self._clock(), (workspace_id, address)
        with self._lock:
            known = self._answers.get(key)
        if known and known[1] > now:
            return known[0]
        found = self._ask(workspace_id, address)
        with self._lock:
            self._answers[key] = (found, now + REMEMBERED)
            self._answers.move_to_end(key)
            while len(self._answers) > MOST:
                self._answers.popitem(last=False)
        return found

    def _ask(self, workspace_id: str, address: str) -> bool:
        client = self._clients.patient(workspace_id)
        try:
            told = ask(client.users_lookupByEmail, email=address)
        except (CannotReach, ScopeMissing):
            self._answered(workspace_id)
            return False
        except SlackBusy as error:
            if self._is_limited_too_long(workspace_id):
                raise SlackError(error.code) from None
            self._wait(workspace_id, error.retry_after)
            raise
        except SlackError:
            failures = self._failures.get(workspace_id, 0)
            if failures < len(PATIENCE):
                self._failures[workspace_id] = failures + 1
                self._wait(workspace_id, PATIENCE[failures])
                raise SlackBusy(PATIENCE[failures]) from None
            raise
        self._answered(workspace_id)
        who = profile(told["user"])
        return not (who.is_guest or who.is_stranger or who.is_bot)

    def _is_limited_too_long(self, workspace_id: str) -> bool:
        now, until = self._clock(), self._busy.get(workspace_id)
        if until is None or now - until >= LONGEST:  # that was another scan's
            self._limited_since.pop(workspace_id, None)
        return now - self._limited_since.setdefault(workspace_id, now) >= LONGEST

    def _answered(self, workspace_id: str) -> None:
        self._failures.pop(workspace_id, None)
        self._limited_since.pop(workspace_id, None)

    def _wait(self, workspace_id: str, how_long: timedelta) -> None:
        self._busy[workspace_id] = self._clock() + how_long
