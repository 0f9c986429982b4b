"""Connecting, seen from the browser: the way back from the provider, and the page after."""

from collections.abc import Callable, Mapping

import structlog

from bot.accounts import approval, rules
from bot.accounts.attempts import Cause, Outcome
from bot.accounts.grants import Grants
from bot.accounts.keeping import keep
from bot.accounts.reading import Attempts, Shown
from bot.connections import Connections
from providers.errors import OperatorFault, ProviderError
from providers.oauth import ConnectedIdentity, SignInRefused
from store import accounts, across, members, signins, workspaces
from store.across import Signin
from store.database import Database, Transaction, new_id
from store.sealing import Keyring

log = structlog.get_logger(__name__)

REFUSED = {  # SignInRefused.reason → how the attempt ends
    "declined": Outcome.DECLINED,
    "admin_approval": Outcome.APPROVAL,
    "blocked": Outcome.BLOCKED,
    "expired": Outcome.EXPIRED,
    "not_verified": Outcome.NOT_VERIFIED,
    "no_mailbox": Outcome.NO_MAILBOX,
    "failed": Outcome.FAILED,
}


class ComingBack:
    """What a browser does after the provider. Thread-safe. Answers a Cause where nothing may be said."""

    def __init__(
        self,
        database: Database,
        connections: Connections,
        attempts: Attempts,
        grants: Grants,
        keyring: Keyring,
        redirect_uri: Callable[[str], str],
        nudge: Callable[[str], None],
    ) -> None:
        self._database, self._connections, self._attempts = database, connections, attempts
        self._grants, self._keyring, self._redirect_uri, self._nudge = grants, keyring, redirect_uri, nudge

    def finish(self, provider: str, query: Mapping[str, str], cookie: str) -> str | Cause:
        """Take what the provider sent the browser back with. Returns the attempt's id, for its page.

        The state is taken by one statement before anybody is asked; whatever fails after that ends this
        attempt and no other.
        """
        taken = self._take(provider, rules.hashed(query.get("state", "")), rules.hashed(cookie))
        if isinstance(taken, Cause):
            return taken
        place = ("signin", "flow_sealed", taken.workspace_id, taken.id)
        flow = self._keyring.open(taken.flow_sealed or "", *place)
        outcome = Outcome.FAILED
        try:
            identity = self._connections.provider(provider).oauth.finish(
                flow, self._redirect_uri(provider), query
            )
        except SignInRefused as refused:
            outcome = REFUSED.get(refused.reason, Outcome.FAILED)
            log.info("sign-in refused", reason=refused.reason, code=refused.code)
        except OperatorFault as error:
            outcome = Outcome.NOT_SET_UP
            log.error("our own settings are refused", provider=provider, code=error.code)
        except ProviderError as error:
            outcome = Outcome.UNAVAILABLE
            log.warning("sign-in failed", error=type(error).__name__, code=error.code)
        else:
            self._settle(taken, identity, cookie)
            return taken.id
        with self._database.write() as tx:
            signins.conclude(tx, taken.workspace_id, taken.id, outcome)
            if outcome in (Outcome.APPROVAL, Outcome.BLOCKED) and self._approvable(provider):
                approval.wait(tx, taken)
            self._attempts.show_in_slack(tx, taken)
        return taken.id

    def _approvable(self, provider: str) -> bool:
        return self._connections.provider(provider).approval is not None

    def _take(self, provider: str, state_hash: str, cookie_hash: str) -> Signin | Cause:
        with self._database.write() as tx:
            found = across.signin_by_state(tx, state_hash)
            if found is None or found.provider != provider:
                return Cause.UNKNOWN
            if found.cookie_hash != cookie_hash:
                return Cause.OTHER_BROWSER
            taken = across.take_signin(tx, state_hash, cookie_hash)
            if taken is None:
                return Cause.USED if found.used_at else Cause.EXPIRED
            return taken

    def _settle(self, signin: Signin, identity: ConnectedIdentity, cookie: str) -> None:
        pending_id = new_id()
        digits_hash = rules.hashed_digits(rules.digits_of(cookie, signin.id), pending_id)
        with self._database.write() as tx:
            workspaces.lock(tx, signin.workspace_id)  # of two members with one mailbox, one is first
            outcome = rules.decide(self._found(tx, signin, identity))
            if outcome is Outcome.CONNECTED:
                keep(tx, self._connections, self._nudge, signin, identity, identity.tokens)
            else:
                signins.conclude(tx, signin.workspace_id, signin.id, outcome)
                if outcome is Outcome.CODE:
                    self._grants.hold(tx, signin, identity, pending_id, digits_hash, tx.now + rules.LIFE)
                else:
                    self._grants.give_back(tx, signin, identity)
            self._attempts.show_in_slack(tx, signin)

    def _found(self, tx: Transaction, signin: Signin, identity: ConnectedIdentity) -> rules.Found:
        where = (signin.workspace_id, signin.member_id)
        member = members.get(tx, *where)
        before = (
            accounts.find(tx, *where, signin.reconnect_account_id) if signin.reconnect_account_id else None
        )
        return rules.Found(
            address=identity.address,
            subject=identity.subject,
            granted=identity.tokens.granted,
            member_address=member.address if member else None,
            reconnects=before.subject if before else None,
            is_connected=accounts.find_subject(tx, *where, signin.provider, identity.subject) is not None,
            is_admitted=member is not None and member.is_admitted,
            is_used_here=accounts.used_by_another(tx, *where, signin.provider, identity.subject),
        )

    def finished(self, signin_id: str, cookie: str) -> Shown | Cause:
        """Look at how an attempt ended, in the browser that went through it."""
        with self._database.read() as tx:
            signin = across.signin_by_id(tx, signin_id)
            if signin is None:
                return Cause.UNKNOWN
            if signin.cookie_hash is None or signin.cookie_hash != rules.hashed(cookie):
                return Cause.OTHER_BROWSER
            shown = self._attempts.shown(tx, signin)
        if shown.attempt.outcome is not Outcome.CODE:
            return shown
        return Shown(shown.attempt, shown.member, rules.digits_of(cookie, signin.id))
