"""What accounts does behind: shows attempts, tells of lost access, reads aliases, gives grants back."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from bot.accounts import connect_views, keeping_views, left_views
from bot.accounts.approval import Approvals
from bot.accounts.approval_views import approved_message, approved_yet_message
from bot.accounts.attempts import Attempt, Outcome
from bot.accounts.connecting import Connecting
from bot.accounts.kinds import (
    APPROVED,
    APPROVED_YET,
    DISCONNECT,
    READ_ADDRESSES,
    SHOW_ATTEMPT,
    TELL_LEFT,
    WITHDRAW,
)
from bot.accounts.parting import Disconnecting
from bot.accounts.service import AccountsService
from bot.accounts.withdrawing import Withdrawing
from bot.connections import TELL_LOST
from bot.engine import Again, Done, Handler, Job
from bot.engine import Outcome as Result
from bot.places import Answer, WindowPlace, post_once
from bot.slack import WindowGone
from bot.visits import Visits
from bot.words import Reader
from providers.errors import PermissionMissing, ReconnectRequired

Message = Callable[[Attempt, Reader], Answer]


def create_handlers(
    visits: Visits,
    connecting: Connecting,
    withdrawing: Withdrawing,
    accounts: AccountsService,
    disconnecting: Disconnecting,
    approvals: Approvals,
) -> dict[str, Handler]:
    """Bind the work of accounts to its services."""

    def show_attempt(job: Job) -> Result:
        return _show_attempt(job, visits, connecting)

    def tell_lost(job: Job) -> Result:
        return _tell_lost(job, visits, accounts)

    def disconnect(job: Job) -> Result:
        return _disconnect(job, visits, disconnecting)

    def withdraw(job: Job) -> Result:
        answer = withdrawing.ask(job.workspace_id, job.ref or "")
        return Again(answer) if isinstance(answer, timedelta) else Done()

    def tell_left(job: Job) -> Result:
        return _tell_left(job, visits, withdrawing)

    def read_addresses(job: Job) -> Result:
        # a grant that died since, or never allowed it: nothing to read, and its own notice tells of it
        with suppress(ReconnectRequired, PermissionMissing):
            accounts.read_addresses(job.workspace_id, job.ref or "")
        return Done()

    def tell_approved(job: Job) -> Result:
        return _tell_waiting(job, visits, approvals, approved_message)

    def ask_whether_approved(job: Job) -> Result:
        return _tell_waiting(job, visits, approvals, approved_yet_message)

    return {
        APPROVED: Handler(tell_approved),
        APPROVED_YET: Handler(ask_whether_approved),
        SHOW_ATTEMPT: Handler(show_attempt),
        TELL_LOST: Handler(tell_lost),
        DISCONNECT: Handler(disconnect, patience=timedelta(hours=1)),
        WITHDRAW: Handler(
            withdraw, gave_up=lambda job, _code: withdrawing.give_up(job.workspace_id, job.ref or "")
        ),
        TELL_LEFT: Handler(tell_left),
        READ_ADDRESSES: Handler(read_addresses),
    }


def _show_attempt(job: Job, visits: Visits, connecting: Connecting) -> Result:
    """Redraw the Connect window; where it was closed, say in a message what needs or brings something."""
    found = connecting.shown(job.workspace_id, job.ref or "")
    if found is None:
        return Done()
    attempt, member, view_id = found
    reader = visits.reader(member)
    if job.step is None:
        visits.redraw_home(member)
    if view_id and job.step is None:
        window = WindowPlace(visits.clients.patient(job.workspace_id), view_id, reader)
        with suppress(WindowGone):
            window.show(connect_views.connect_window(attempt, reader))
            return Done()
    if attempt.outcome is Outcome.CONNECTED:
        post_once(job, visits.direct(member), connect_views.connected_message(attempt, reader))
    elif attempt.outcome is Outcome.CODE:
        post_once(job, visits.direct(member), connect_views.code_message(attempt, reader))
    return Done()


def _tell_lost(job: Job, visits: Visits, accounts: AccountsService) -> Result:
    """Say once that access has ended."""
    found = accounts.lost(job.workspace_id, job.ref or "")
    if found is None:
        return Done()
    lost, owner = found
    post_once(job, visits.direct(owner), keeping_views.lost_message(lost, visits.reader(owner)))
    accounts.note_told_lost(job.workspace_id, lost.account.id)
    visits.redraw_home(owner)
    return Done()


def _tell_waiting(job: Job, visits: Visits, approvals: Approvals, message: Message) -> Result:
    """Tell or ask somebody who waits for an organisation, once; nobody who has gone on meanwhile."""
    found = approvals.waiting(job.workspace_id, job.ref or "")
    if found is not None:
        reader = visits.reader(found.member)
        post_once(job, visits.direct(found.member), message(found.attempt, reader))
    return Done()


def _tell_left(job: Job, visits: Visits, withdrawing: Withdrawing) -> Result:
    """Tell once of access that the provider did not end, and what can be done about it."""
    left = withdrawing.left(job)
    if left is None:
        return Done()
    message = left_views.left_message(left, visits.reader(left.told))
    post_once(job, visits.direct(left.told), message)
    withdrawing.forget(job.workspace_id, job.key.split(":")[0])
    return Done()


def _disconnect(job: Job, visits: Visits, disconnecting: Disconnecting) -> Result:
    """Let the account go, then put the receipt into the window that asked."""
    receipt = disconnecting.carry_out(job)
    owner, view_id = disconnecting.owner(job)
    if owner is None or not view_id:  # they may not use Mailroom any more
        return Done()
    visits.redraw_home(owner)
    reader = visits.reader(owner)
    window = WindowPlace(visits.clients.patient(job.workspace_id), view_id, reader)
    with suppress(WindowGone):
        window.show(keeping_views.receipt_window(receipt, reader))
    return Done()
