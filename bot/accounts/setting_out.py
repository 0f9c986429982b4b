"""Connecting, seen from the browser: the page with the consent, and the way to the provider."""

import secrets
from collections.abc import Callable

import structlog

from bot.accounts import rules
from bot.accounts.attempts import Attempt, Cause, Outcome
from bot.accounts.grants import Grants
from bot.accounts.reading import Attempts, Shown
from bot.connections import Connections
from providers.errors import ProviderError
from store import accounts, across, pendings, signins
from store.across import Signin
from store.database import Database, Transaction, new_id
from store.members import Member
from store.sealing import Keyring

log = structlog.get_logger(__name__)


class SettingOut:
    """What a browser does before the provider. Thread-safe. Answers a Cause where nothing may be said."""

    def __init__(
        self,
        database: Database,
        connections: Connections,
        attempts: Attempts,
        grants: Grants,
        keyring: Keyring,
        redirect_uri: Callable[[str], str],
    ) -> None:
        self._database, self._connections, self._attempts = database, connections, attempts
        self._grants, self._keyring, self._redirect_uri = grants, keyring, redirect_uri

    def page(self, ticket: str) -> Shown | Cause:
        """Look at a link. Uses nothing up."""
        with self._database.read() as tx:
            signin = across.signin_by_ticket(tx, rules.hashed(ticket))
            if signin is None:
                return Cause.UNKNOWN
            if signin.state_hash or signin.used_at:
                return Cause.USED
            return Cause.EXPIRED if signin.expires_at <= tx.now else self._attempts.shown(tx, signin)

    def not_me(self, ticket: str) -> Cause | None:
        """End the attempt that a link names: it came to the wrong person."""
        with self._database.write() as tx:
            signin = across.signin_by_ticket(tx, rules.hashed(ticket))
            if signin is None:
                return Cause.UNKNOWN
            if not signins.end(tx, signin.workspace_id, signin.id, Outcome.ENDED):
                return Cause.USED
            self._attempts.show_in_slack(tx, signin)
            return None

    def go_on(self, ticket: str, cookie: str) -> str | Cause:
        """Turn the link, once, into a sign-in in this browser. Returns the provider's address."""
        found = self.page(ticket)
        if isinstance(found, Cause):
            return found
        return self._begin(rules.hashed(ticket), found, cookie)

    def begin_again(self, signin_id: str, cookie: str) -> str | Cause:
        """Begin anew in the browser that has just been through it: another account, another try.

        Gives back what the first attempt left waiting. Returns the provider's address.
        """
        with self._database.write() as tx:
            old = across.signin_by_id(tx, signin_id)
            if old is None or old.cookie_hash != rules.hashed(cookie):
                return Cause.OTHER_BROWSER
            if old.outcome == Outcome.CONNECTED or old.expires_at + rules.LIFE <= tx.now:
                return Cause.EXPIRED
            waiting = pendings.of_signin(tx, old.workspace_id, old.member_id, old.id)
            if waiting:
                self._grants.let_go(tx, waiting)
                signins.conclude(tx, old.workspace_id, old.id, Outcome.ENDED)
            ticket = secrets.token_urlsafe(32)
            fresh = self._copy(tx, old, rules.hashed(ticket))
            shown = self._attempts.shown(tx, fresh)
        return self._begin(rules.hashed(ticket), shown, cookie, choose=True)

    def _begin(self, ticket_hash: str, found: Shown, cookie: str, *, choose: bool = False) -> str | Cause:
        attempt, member = found.attempt, found.member
        provider = self._connections.provider(attempt.provider)
        state = secrets.token_urlsafe(32)
        hint = "" if choose else self._hint(attempt, member)
        try:
            begun = provider.oauth.begin(state, self._redirect_uri(provider.name), attempt.asked, hint)
        except ProviderError as error:
            log.warning(
                "no sign-in page", provider=provider.name, error=type(error).__name__, code=error.code
            )
            return Cause.UNAVAILABLE
        sealed = self._keyring.seal(begun.flow, "signin", "flow_sealed", member.workspace_id, attempt.id)
        with self._database.write() as tx:
            signin = across.begin_signin(
                tx,
                ticket_hash,
                state_hash=rules.hashed(state),
                cookie_hash=rules.hashed(cookie),
                flow_sealed=sealed,
                expires_at=tx.now + rules.LIFE,
            )
            if signin is None:
                return Cause.USED
            self._attempts.show_in_slack(tx, signin)
        return begun.url

    def _hint(self, attempt: Attempt, member: Member) -> str:
        """Name the account that is most likely meant; "" has the person choose."""
        if attempt.expected:
            return attempt.expected
        with self._database.read() as tx:
            mine = accounts.of_member(tx, member.workspace_id, member.id)
        known = {one.address for one in mine}
        return member.address if member.address and member.address not in known else ""

    def _copy(self, tx: Transaction, old: Signin, ticket_hash: str) -> Signin:
        fresh_id = new_id()
        signins.open_link(
            tx,
            old.workspace_id,
            old.member_id,
            fresh_id,
            provider=old.provider,
            ticket_hash=ticket_hash,
            expires_at=tx.now + rules.LIFE,
            wish_sealed=self._attempts.seal_wish(old.workspace_id, fresh_id, self._attempts.open_wish(old)),
            reconnect_account_id=old.reconnect_account_id,
            asks=old.asks.split(),
            view_id=old.view_id,
            app_id=old.app_id,
        )
        signins.show_in(tx, old.workspace_id, old.id, None)  # the window shows the fresh one
        made = signins.get(tx, old.workspace_id, fresh_id)
        if made is None:
            raise RuntimeError("a sign-in was added and is not there")
        return made
