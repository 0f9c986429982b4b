"""Connecting, seen from the browser: the page, the way to the provider, and the way back."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import structlog

from bot.accounts import rules
from bot.accounts.attempts import Attempt, Cause, Outcome
from bot.accounts.grants import Grants
from bot.accounts.keeping import keep
from bot.accounts.kinds import SHOW_ATTEMPT
from bot.accounts.reading import Attempts
from bot.connections import Connections
from providers.errors import ProviderError
from providers.oauth import Authorization, ConnectedIdentity, SignInRefused
from store import accounts, across, members, pendings, signins, work, workspaces
from store.across import Signin
from store.database import Database, Transaction, new_id
from store.members import Member
from store.sealing import Keyring

log = structlog.get_logger(__name__)

REFUSED = {  # SignInRefused.reason → how the attempt ends
    "declined": Outcome.DECLINED,
    "admin_approval": Outcome.APPROVAL,
    "blocked": Outcome.BLOCKED,
    "expired": Outcome.EXPIRED,
    "not_verified": Outcome.NOT_VERIFIED,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows: the attempt, and whose. `digits` only in the browser that may see them."""

    attempt: Attempt
    member: Member
    digits: str = ""


class SigningIn:
    """What a browser does. Thread-safe. Answers a Cause where nothing may be said about anybody."""

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

    # --- the page before ----------------------------------------------------------------------------------

    def page(self, ticket: str) -> Shown | Cause:
        """Look at a link. Uses nothing up."""
        with self._database.read() as tx:
            signin = across.signin_by_ticket(tx, rules.hashed(ticket))
            if signin is None:
                return Cause.UNKNOWN
            if signin.state_hash or signin.used_at:
                return Cause.USED
            return Cause.EXPIRED if signin.expires_at <= tx.now else self._shown(tx, signin)

    def not_me(self, ticket: str) -> Cause | None:
        """End the attempt that a link names: it came to the wrong person."""
        with self._database.write() as tx:
            signin = across.signin_by_ticket(tx, rules.hashed(ticket))
            if signin is None:
                return Cause.UNKNOWN
            if not signins.end(tx, signin.workspace_id, signin.id, Outcome.ENDED):
                return Cause.USED
            self._show_in_slack(tx, signin)
            return None

    def go_on(self, ticket: str, cookie: str) -> str | Cause:
        """Turn the link, once, into a sign-in in this browser. Returns the provider's address."""
        found = self.page(ticket)
        if isinstance(found, Cause):
            return found
        return self._begin(rules.hashed(ticket), found, cookie) or Cause.USED

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
            shown = self._shown(tx, fresh)
        return self._begin(rules.hashed(ticket), shown, cookie, choose=True) or Cause.USED

    def _begin(self, ticket_hash: str, found: Shown, cookie: str, *, choose: bool = False) -> str | None:
        attempt, member = found.attempt, found.member
        provider = self._connections.provider(attempt.provider)
        state = secrets.token_urlsafe(32)
        hint = "" if choose else attempt.expected or member.address or ""
        begun: Authorization = provider.oauth.begin(
            state, self._redirect_uri(provider.name), attempt.asked, hint
        )
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
                return None
            self._show_in_slack(tx, signin)
        return begun.url

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
            view_id=old.view_id,
            app_id=old.app_id,
        )
        signins.show_in(tx, old.workspace_id, old.id, None)  # the window shows the fresh one
        made = signins.get(tx, old.workspace_id, fresh_id)
        if made is None:
            raise RuntimeError("a sign-in was added and is not there")
        return made

    # --- the way back -------------------------------------------------------------------------------------

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
        except ProviderError as error:
            outcome = Outcome.UNAVAILABLE
            log.warning("sign-in failed", error=type(error).__name__, code=error.code)
        else:
            self._settle(taken, identity, cookie)
            return taken.id
        with self._database.write() as tx:
            signins.conclude(tx, taken.workspace_id, taken.id, outcome)
            self._show_in_slack(tx, taken)
        return taken.id

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
            self._show_in_slack(tx, signin)

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
            is_used_here=accounts.used_by_another(tx, *where, signin.provider, identity.subject),
        )

    # --- the page after -----------------------------------------------------------------------------------

    def finished(self, signin_id: str, cookie: str) -> Shown | Cause:
        """Look at how an attempt ended, in the browser that went through it."""
        with self._database.read() as tx:
            signin = across.signin_by_id(tx, signin_id)
            if signin is None:
                return Cause.UNKNOWN
            if signin.cookie_hash is None or signin.cookie_hash != rules.hashed(cookie):
                return Cause.OTHER_BROWSER
            shown = self._shown(tx, signin)
        if shown.attempt.outcome is not Outcome.CODE:
            return shown
        return Shown(shown.attempt, shown.member, rules.digits_of(cookie, signin.id))

    def _shown(self, tx: Transaction, signin: Signin) -> Shown:
        member = members.get(tx, signin.workspace_id, signin.member_id)
        if member is None:
            raise RuntimeError("a sign-in without its member")
        return Shown(self._attempts.describe(tx, signin), member)

    def _show_in_slack(self, tx: Transaction, signin: Signin) -> None:
        now = signins.get(tx, signin.workspace_id, signin.id)
        stands = self._attempts.describe(tx, now).outcome if now else ""
        shown = work.enqueue(
            tx,
            signin.workspace_id,
            SHOW_ATTEMPT,
            f"{signin.id}:{stands}",
            lane=signin.id,  # one drawing after the other, each of what stands by then
            ref=signin.id,
        )
        self._nudge(shown.id)
