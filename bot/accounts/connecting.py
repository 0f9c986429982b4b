"""Connecting, seen from Slack: a link, what became of it, and the six digits."""

import hmac
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.accounts import approval, rules
from bot.accounts.attempts import Attempt, Link, Outcome
from bot.accounts.grants import Grants
from bot.accounts.keeping import keep
from bot.accounts.reading import Attempts
from bot.connections import Connections
from bot.errors import NotYours
from bot.payloads import ListRef
from providers.oauth import Capability
from store import accounts, members, pendings, signins, workspaces
from store.across import Signin
from store.database import Database, Transaction, new_id
from store.members import Member
from store.pendings import Pending


@dataclass(frozen=True, slots=True)
class Guess:
    """What came of six typed digits. `left`: how many more tries there are after wrong ones; 0: decided."""

    attempt: Attempt
    left: int = 0


class Connecting:
    """What a member does in the Connect window. Thread-safe."""

    def __init__(
        self,
        database: Database,
        connections: Connections,
        attempts: Attempts,
        grants: Grants,
        base_url: str,
        nudge: Callable[[str], None],
    ) -> None:
        self._database, self._connections, self._attempts = database, connections, attempts
        self._grants, self._base_url, self._nudge = grants, base_url, nudge

    @property
    def providers(self) -> tuple[str, ...]:
        """Name the kinds of account that can be connected here."""
        return tuple(self._connections.providers)

    def open(
        self,
        member: Member,
        provider: str,
        app_id: str,
        *,
        wish: ListRef | None = None,
        reconnects: str = "",
        asks: frozenset[Capability] = frozenset(),
    ) -> Link:
        """Make a link, good for ten minutes. Raises: NotYours for an account that is not the member's."""
        if provider not in self._connections.providers:
            raise NotYours
        with self._database.write(patience=1.5) as tx:
            if reconnects and accounts.find(tx, member.workspace_id, member.id, reconnects) is None:
                raise NotYours
            return self._link(tx, member, provider, app_id, wish or ListRef(), reconnects, asks)

    def reopen(
        self, member: Member, account_id: str, app_id: str, asks: frozenset[Capability] = frozenset()
    ) -> Link:
        """Make a link that connects an account again, and asks for more. Raises: NotYours."""
        with self._database.read() as tx:
            account = accounts.find(tx, member.workspace_id, member.id, account_id)
        if account is None:
            raise NotYours
        return self.open(member, account.provider, app_id, reconnects=account.id, asks=asks)

    def again(self, member: Member, signin_id: str, app_id: str, view_id: str | None) -> Link:
        """Make another link for the same purpose; the old one ends, and so does what it left waiting."""
        with self._database.write(patience=1.5) as tx:
            old = self._find(tx, member, signin_id)
            self._drop(tx, member, old)
            wish, reconnects = self._attempts.open_wish(old), old.reconnect_account_id or ""
            if reconnects and accounts.find(tx, member.workspace_id, member.id, reconnects) is None:
                reconnects = ""  # disconnected meanwhile: it is a new connection now
            return self._link(tx, member, old.provider, app_id, wish, reconnects, old.asks.split(), view_id)

    def cancel(self, member: Member, signin_id: str) -> None:
        """End an attempt. Raises: NotYours."""
        with self._database.write(patience=1.5) as tx:
            self._drop(tx, member, self._find(tx, member, signin_id))

    def shown_in(self, member: Member, signin_id: str, view_id: str) -> None:
        """Remember which window shows an attempt."""
        with self._database.write(patience=1.5) as tx:
            signins.show_in(tx, member.workspace_id, signin_id, view_id)

    def attempt(self, member: Member, signin_id: str) -> Attempt:
        """Say how an attempt stands. Raises: NotYours."""
        with self._database.read() as tx:
            return self._attempts.describe(tx, self._find(tx, member, signin_id))

    def troubled(self, member: Member, signin_id: str) -> Attempt:
        """Say how an attempt stands that did not work. Its organisation may decide: ask again in two days."""
        attempt = self.attempt(member, signin_id)
        if attempt.approve_url and attempt.outcome is not Outcome.CONNECTED:
            with self._database.write(patience=1.5) as tx:
                approval.wait(tx, self._find(tx, member, signin_id))
        return attempt

    def shown(self, workspace_id: str, signin_id: str) -> tuple[Attempt, Member, str | None] | None:
        """Read an attempt with its member and the window that shows it, for work that is done behind."""
        with self._database.read() as tx:
            found = signins.get(tx, workspace_id, signin_id)
            owner = members.get(tx, workspace_id, found.member_id) if found else None
            if found is None or owner is None:
                return None
            return self._attempts.describe(tx, found), owner, found.view_id

    def under_way(self, member: Member) -> Attempt | None:
        """Find what the member has begun in a browser and not finished."""
        with self._database.read() as tx:
            found = signins.under_way(tx, member.workspace_id, member.id)
            return self._attempts.describe(tx, found) if found else None

    def confirm(self, member: Member, signin_id: str, typed: str) -> Guess:
        """Connect the mailbox whose page shows these digits. Raises: NotYours."""
        with self._database.read() as tx:
            waiting = pendings.of_signin(tx, member.workspace_id, member.id, signin_id)
        guess = rules.hashed_digits(rules.typed_digits(typed), waiting.id) if waiting else ""
        with self._database.write(patience=1.5) as tx:
            workspaces.lock(tx, member.workspace_id)  # of two who confirm the same mailbox, one is first
            signin = self._find(tx, member, signin_id)
            row = pendings.of_signin(tx, member.workspace_id, member.id, signin_id)
            left = self._try(tx, signin, row, guess) if row else 0
            return Guess(self._attempts.describe(tx, self._find(tx, member, signin_id)), left)

    def _try(self, tx: Transaction, signin: Signin, row: Pending, guess: str) -> int:
        """Take one guess. Returns how many are left after a wrong one; 0: it is decided."""
        used = pendings.count_try(tx, row.workspace_id, row.id, rules.TRIES)
        if used is not None and hmac.compare_digest(guess, row.digits_hash):
            self._take(tx, signin, row)
            return 0
        left = rules.TRIES - used if used is not None else 0
        if not left:
            self._grants.let_go(tx, row)
            signins.conclude(tx, signin.workspace_id, signin.id, Outcome.TOO_MANY_TRIES)
        return left

    def _take(self, tx: Transaction, signin: Signin, row: Pending) -> None:
        if accounts.used_by_another(tx, row.workspace_id, row.member_id, row.provider, row.subject):
            self._grants.let_go(tx, row)
            signins.conclude(tx, row.workspace_id, signin.id, Outcome.USED_HERE)
            return
        tokens = self._connections.open_tokens(row.tokens_sealed, "pending", row.workspace_id, row.id)
        pendings.remove(tx, row.workspace_id, row.id)
        keep(tx, self._connections, self._nudge, signin, row, tokens)

    def _link(
        self,
        tx: Transaction,
        member: Member,
        provider: str,
        app_id: str,
        wish: ListRef,
        reconnects: str,
        asks: Iterable[str],
        view_id: str | None = None,
    ) -> Link:
        signin_id, ticket = new_id(), secrets.token_urlsafe(32)
        signins.open_link(
            tx,
            member.workspace_id,
            member.id,
            signin_id,
            provider=provider,
            ticket_hash=rules.hashed(ticket),
            expires_at=tx.now + rules.LIFE,
            wish_sealed=self._attempts.seal_wish(member.workspace_id, signin_id, wish),
            reconnect_account_id=reconnects or None,
            asks=asks,
            view_id=view_id,
            app_id=app_id,
        )
        made = self._find(tx, member, signin_id)
        return Link(self._attempts.describe(tx, made), f"{self._base_url}/connect/{ticket}")

    def _drop(self, tx: Transaction, member: Member, signin: Signin) -> None:
        if signins.end(tx, member.workspace_id, signin.id, Outcome.ENDED):
            return
        waiting = pendings.of_signin(tx, member.workspace_id, member.id, signin.id)
        if waiting:
            self._grants.let_go(tx, waiting)
            signins.conclude(tx, member.workspace_id, signin.id, Outcome.ENDED)

    def _find(self, tx: Transaction, member: Member, signin_id: str) -> Signin:
        found = signins.find(tx, member.workspace_id, member.id, signin_id)
        if found is None:
            raise NotYours
        return found
