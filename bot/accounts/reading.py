"""From rows to the attempt that screens show."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.accounts.attempts import ABOUT_APPROVAL, Attempt, Outcome, Wish
from bot.accounts.kinds import SHOW_ATTEMPT
from bot.connections import Connections
from bot.payloads import ListRef
from providers import Provider
from providers.oauth import Capability
from store import accounts, contacts, members, nightly, pendings, signins, work, workspaces
from store.across import Signin
from store.database import Transaction
from store.members import Member
from store.sealing import Keyring


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows: the attempt, and whose. `digits` only in the browser that may see them."""

    attempt: Attempt
    member: Member
    digits: str = ""


class Attempts:
    """Describes sign-ins; opens the wish, which is sealed because it may hold an address."""

    def __init__(
        self,
        connections: Connections,
        keyring: Keyring,
        redirect_uri: Callable[[str], str],
        nudge: Callable[[str], None],
    ) -> None:
        self._connections, self._keyring, self._nudge = connections, keyring, nudge
        self._redirect_uri = redirect_uri

    def describe(self, tx: Transaction, signin: Signin) -> Attempt:
        """Say how an attempt stands."""
        provider = self._connections.provider(signin.provider)
        member = members.get(tx, signin.workspace_id, signin.member_id)
        workspace = workspaces.get(tx, signin.workspace_id)
        before = _account(tx, signin.workspace_id, signin.reconnect_account_id)
        account = _account(tx, signin.workspace_id, signin.account_id)
        pending = pendings.of_signin(tx, signin.workspace_id, signin.member_id, signin.id)
        known = account or pending
        adds = _allowed(signin.asks.split())
        night = nightly.get(tx, signin.workspace_id, signin.member_id)
        granted = account.granted if account else frozenset(pending.granted.split() if pending else ())
        return Attempt(
            id=signin.id,
            provider=provider.name,
            label=provider.label,
            company=provider.company,
            member_name=_named(member),
            workspace_name=workspace.name if workspace else "",
            outcome=_outcome(tx, signin, waits=pending is not None),
            asked=provider.asks | _allowed(before.granted if before else frozenset()) | adds,
            granted=_allowed(granted),
            address=known.address if known else "",
            account_id=signin.account_id or "",
            expected=before.address if before else "",
            wish=self._wish(tx, signin),
            begun_at=signin.created_at,
            team_id=workspace.team_id if workspace else "",
            app_id=signin.app_id or "",
            approve_url=self._approve_url(provider, signin),
            takes_back=provider.access_page is None,
            adds=adds,
            scans_nightly=night is not None and night.is_on,
        )

    def _approve_url(self, provider: Provider, signin: Signin) -> str:
        """Make the link for an administrator. It asks at once for all that this mailbox may ever ask."""
        if provider.approval is None:
            return ""
        everything = provider.asks | {Capability.DRAFT, Capability.CALENDAR}
        back = self._redirect_uri(provider.name)
        return provider.approval.link(ABOUT_APPROVAL + signin.id, back, everything)

    def shown(self, tx: Transaction, signin: Signin) -> Shown:
        """Describe an attempt for a page."""
        member = members.get(tx, signin.workspace_id, signin.member_id)
        if member is None:
            raise RuntimeError("a sign-in without its member")
        return Shown(self.describe(tx, signin), member)

    def show_in_slack(self, tx: Transaction, signin: Signin) -> None:
        """Have the window of an attempt drawn as it stands now."""
        now = signins.get(tx, signin.workspace_id, signin.id)
        stands = self.describe(tx, now).outcome if now else ""
        shown = work.enqueue(
            tx,
            signin.workspace_id,
            SHOW_ATTEMPT,
            f"{signin.id}:{stands}",
            lane=signin.id,  # one drawing after the other, each of what stands by then
            ref=signin.id,
        )
        self._nudge(shown.id)

    def seal_wish(self, workspace_id: str, signin_id: str, ref: ListRef) -> str | None:
        """Seal what is to be shown afterwards. None: nothing was asked."""
        if ref == ListRef():
            return None
        body = json.dumps({"contact": ref.contact, "address": ref.address, "words": ref.words})
        return self._keyring.seal(body, "signin", "wish_sealed", workspace_id, signin_id)

    def open_wish(self, signin: Signin) -> ListRef:
        """Open what was asked for."""
        if signin.wish_sealed is None:
            return ListRef()
        place = ("signin", "wish_sealed", signin.workspace_id, signin.id)
        return ListRef(**json.loads(self._keyring.open(signin.wish_sealed, *place)))

    def _wish(self, tx: Transaction, signin: Signin) -> Wish | None:
        ref = self.open_wish(signin)
        contact = contacts.get(tx, signin.workspace_id, ref.contact) if ref.contact else None
        name = contact.name if contact else ref.address
        return Wish(ref, name) if name else None


def _account(tx: Transaction, workspace_id: str, account_id: str | None) -> accounts.Account | None:
    return accounts.get(tx, workspace_id, account_id) if account_id else None


def _allowed(names: Iterable[str]) -> frozenset[Capability]:
    return frozenset(Capability(name) for name in names)


def _outcome(tx: Transaction, signin: Signin, *, waits: bool) -> Outcome:
    if signin.outcome:
        kept = Outcome(signin.outcome)
        return Outcome.EXPIRED if kept is Outcome.CODE and not waits else kept
    if signin.expires_at <= tx.now:  # also one that a callback took in a process that died over it
        return Outcome.EXPIRED
    return Outcome.UNDER_WAY if signin.state_hash else Outcome.LINK


def _named(member: Member | None) -> str:
    if member is None:
        return ""
    return f"{member.name} (@{member.handle})" if member.handle else member.name
