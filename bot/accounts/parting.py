"""Disconnecting: asked in a window, done by the ledger, so that it ends however the process does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

import structlog

from bot.accounts.grants import Grants
from bot.accounts.kept import (
    EVENTS_KEPT,
    EVENTS_LEFT,
    EVENTS_OUT,
    Connected,
    Parting,
    Receipt,
    Withdrawn,
)
from bot.accounts.kinds import DISCONNECT
from bot.accounts.withdrawing import Withdrawing
from bot.connections import Connections
from bot.engine import Job
from bot.errors import NotYours
from providers.errors import PermissionMissing, ProviderError, ReconnectRequired, Refused
from store import accounts, across, activity, blocks, deciding, members, work
from store.accounts import Account
from store.database import Database, Transaction
from store.members import Member

# the receipt must not overtake the answer to the submit, which puts "Disconnecting" into the same window
AFTER_ANSWER = timedelta(seconds=1)
TRIES = 4  # at what has to be done before the account goes

log = structlog.get_logger(__name__)


class Events(Protocol):
    """What stands in the calendars of an account; another feature's, put in by app.py."""

    def in_account(self, member: Member, account_id: str) -> int:
        """Count it."""

    def clear(self, job: Job, account: Account) -> None:
        """Take it out. Raises: providers.errors."""


class Disconnecting:
    """Lets accounts go. Thread-safe. `forget` drops what the inbox has read of one."""

    def __init__(
        self,
        database: Database,
        connections: Connections,
        grants: Grants,
        withdrawing: Withdrawing,
        forget: Callable[[Member, str], None],
        events: Events,
    ) -> None:
        self._database, self._connections, self._forget = database, connections, forget
        self._events, self._grants, self._withdrawing = events, grants, withdrawing

    def parting(self, member: Member, account_id: str) -> Parting:
        """Read what disconnecting would mean. Raises: NotYours."""
        with self._database.read() as tx:
            account = accounts.find(tx, member.workspace_id, member.id, account_id)
            if account is None:
                raise NotYours
            lives_on = across.is_used_elsewhere(tx, account.provider, account.subject, but_account=account.id)
        provider = self._connections.provider(account.provider)
        connected = Connected(account, provider.label, provider.company, provider.asks)
        events = self._events.in_account(member, account_id)
        access_page = self._page(account) if provider.access_page else ""
        return Parting(connected, lives_on, access_page, events)

    def _page(self, account: Account) -> str:
        """Give the page where the holder of an account sees and ends its access, "" where none is known."""
        vendor = self._connections.provider(account.provider)
        return vendor.access_page(account.subject) if vendor.access_page else vendor.apps_page

    def ask(self, member: Member, account_id: str, view_id: str, *, events: str = "") -> None:
        """Put it into the ledger; the receipt goes into the window. Raises: NotYours.

        `events` says what becomes of those in its calendars: EVENTS_KEPT or EVENTS_OUT.
        """
        with self._database.write(patience=1.5) as tx:
            if accounts.find(tx, member.workspace_id, member.id, account_id) is None:
                raise NotYours
            enqueue(tx, member, account_id, view_id, events=events)

    def owner(self, job: Job) -> tuple[Member | None, str]:
        """Say who asked, and in which window; "" where nobody did."""
        _, member_id, *_ = job.key.split(":")
        with self._database.read() as tx:
            return members.get(tx, job.workspace_id, member_id), _window(job)

    def carry_out(self, job: Job) -> Receipt:
        """Delete the account, and have its access withdrawn where nobody else lives on it."""
        account = None
        if job.step is None:
            with self._database.read() as tx:
                account = accounts.get(tx, job.workspace_id, job.ref or "")
            if account is None:
                return Receipt(Withdrawn.GONE)
            events = self._clear_calendars(job, account)
            self._let_go(job, account, events)
        return self._receipt(job, account)

    def _let_go(self, job: Job, account: Account, events: str) -> None:
        """Delete it, and put its grant by to be withdrawn, unless another connection lives on that."""
        tokens = self._connections.tokens_of(account)
        with self._database.write() as tx:
            across.end_one_by_one(tx, account.provider, account.subject)
            owner = members.get(tx, job.workspace_id, account.member_id)
            let_go(tx, account)
            elsewhere = across.is_used_elsewhere(tx, account.provider, account.subject)
            pending_id = "" if elsewhere or tokens is None else self._grants.take_over(tx, account, tokens)
            stands = Withdrawn.LIVES_ON if elsewhere else Withdrawn.ASKED if pending_id else Withdrawn.GONE
            job.reach_in(tx, f"{stands}:{account.provider}:{events}:{pending_id}")
        if owner:
            self._forget(owner, account.id)

    def _receipt(self, job: Job, account: Account | None) -> Receipt:
        """Say how it went; what was read off the account only in the run that deleted it."""
        stands, provider, events, pending_id = (job.step or "").split(":")
        vendor, withdrawn = self._connections.provider(provider), Withdrawn(stands)
        if withdrawn is Withdrawn.ASKED:
            withdrawn = self._withdrawing.ask_now(job.workspace_id, pending_id, again=bool(_window(job)))
            if withdrawn is Withdrawn.GONE:  # an earlier run of this was answered
                withdrawn = Withdrawn.NO_WAY if vendor.access_page else Withdrawn.DONE
        page = self._page(account) if account else vendor.apps_page
        return Receipt(withdrawn, account.address if account else "", vendor.company, page, events)

    def _clear_calendars(self, job: Job, account: Account) -> str:
        """Take our events out while the access still lives. What cannot be done does not hold it up."""
        events = [*job.key.split(":"), ""][3]
        if events != EVENTS_OUT:
            return events
        try:
            self._events.clear(job, account)
        except (ReconnectRequired, PermissionMissing, Refused) as error:
            log.warning("events left", error=type(error).__name__, code=error.code)
            return EVENTS_LEFT
        except ProviderError:
            if job.attempts < TRIES:
                raise
            return EVENTS_LEFT
        return events


def enqueue(tx: Transaction, member: Member, account_id: str, view_id: str = "", *, events: str) -> str:
    """Put a disconnect into the ledger, once for a window, or for a member who may not use it any more."""
    made = work.enqueue(
        tx,
        member.workspace_id,
        DISCONNECT,
        f"{account_id}:{member.id}:{view_id}:{events}",
        due_at=tx.now + AFTER_ANSWER if view_id else tx.now,
        lane=account_id,  # asked in two windows, the second finds it done
        ref=account_id,
    )
    return made.id


def is_ending(tx: Transaction, account: Account) -> bool:
    """Say whether its end is decided because the member might not use Mailroom any more."""
    key = f"{account.id}:{account.member_id}::{EVENTS_KEPT}"
    return work.by_key(tx, account.workspace_id, DISCONNECT, key) is not None


def let_go(tx: Transaction, account: Account) -> None:
    """Delete an account with its tokens, and whom only this mailbox knew."""
    if accounts.remove(tx, account.workspace_id, account.member_id, account.id):
        _forget_people(tx, account.workspace_id, account.member_id)
        activity.note(tx, account.workspace_id, account.member_id, "disconnected")


def _window(job: Job) -> str:
    return job.key.split(":")[2]


def _forget_people(tx: Transaction, workspace_id: str, member_id: str) -> None:
    """Forget whom only this mailbox knew; dismissals and blocks stay as hashes that name nobody."""
    deciding.forget_without_evidence(tx, workspace_id, member_id)
    if not accounts.of_member(tx, workspace_id, member_id):
        blocks.forget_names(tx, workspace_id, member_id)
