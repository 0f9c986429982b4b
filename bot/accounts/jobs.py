"""What accounts does behind: shows attempts, tells of lost access, reads aliases, gives grants back."""

from contextlib import suppress

from bot.accounts import connect_views
from bot.accounts.attempts import Outcome
from bot.accounts.connecting import Connecting
from bot.accounts.grants import Grants
from bot.accounts.kinds import READ_ADDRESSES, SHOW_ATTEMPT, WITHDRAW
from bot.accounts.service import AccountsService
from bot.engine import Done, Handler, Job
from bot.engine import Outcome as Result
from bot.places import Answer, Place, WindowPlace
from bot.slack import CannotReach, SlackBusy, SlackUnreachable, WindowGone
from bot.visits import Visits
from providers.errors import PermissionMissing, ReconnectRequired

NOT_SENT = "URLError"  # the connection failed before Slack had the whole request (urllib.request.do_open)


def post_once(job: Job, place: Place, answer: Answer) -> None:
    """Post a message at most once: after a lost answer it is not posted again, since Slack knows no key.

    Raises SlackBusy and SlackUnreachable where the work is to be tried again.
    """
    if job.step == "posting":
        return  # it may stand there already; Home says the same
    job.reach("posting")
    job.guard()
    try:
        with suppress(CannotReach):
            place.show(answer)
    except SlackBusy:
        job.reach("to post")
        raise
    except SlackUnreachable as error:
        if error.code == NOT_SENT:
            job.reach("to post")
        raise


def create_handlers(
    visits: Visits, connecting: Connecting, grants: Grants, accounts: AccountsService
) -> dict[str, Handler]:
    """Bind the work of accounts to its services."""

    def show_attempt(job: Job) -> Result:
        return _show_attempt(job, visits, connecting)

    def withdraw(job: Job) -> Result:
        grants.withdraw(job.workspace_id, job.ref or "")
        return Done()

    def read_addresses(job: Job) -> Result:
        # a grant that died since, or never allowed it: nothing to read, and its own notice tells of it
        with suppress(ReconnectRequired, PermissionMissing):
            accounts.read_addresses(job.workspace_id, job.ref or "")
        return Done()

    return {
        SHOW_ATTEMPT: Handler(show_attempt),
        WITHDRAW: Handler(
            withdraw, gave_up=lambda job, _code: grants.forget(job.workspace_id, job.ref or "")
        ),
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
