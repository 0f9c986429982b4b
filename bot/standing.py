"""Who people are to a workspace now, asked from Slack; whoever may not use Mailroom any more loses access.

Slack tells of changes (`user_change`), and is asked about people not heard of for a day. Either way, what a
guest or somebody who left had connected is ended in the transaction that notes it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot import identity
from bot.slack import Clients, SlackBusy, SlackUnreachable, ask
from providers.content.addresses import normalise
from store import members, workspaces
from store.database import Database, Transaction
from store.members import Member

FRESH = timedelta(hours=24)  # how long Slack's word on a person is believed
FIRST = timedelta(minutes=1)  # how long at first: what it told before somebody was known here is not kept
LONGER = timedelta(hours=1) - FIRST  # how much longer where Slack gives no answer
QUIET = timedelta(seconds=30)  # how long Slack is not asked again then, about those who are believed
QUESTIONS = 3


@dataclass(slots=True)
class Standing:
    """Knows members as Slack does. Thread-safe.

    `part` is set when accounts are built: puts the end of all that a member connected into the ledger.
    """

    database: Database
    clients: Clients
    clock: Callable[[], datetime]
    part: Callable[[Transaction, Member], None] | None = field(default=None)
    _silent: dict[str, datetime] = field(default_factory=dict)  # workspace id → until when Slack is not asked

    def member(self, who: identity.Caller) -> Member:
        """Find the member, asking Slack about people not seen for a day. Raises NotAllowed, SlackError.

        Where Slack gives no answer, whoever it admitted a little earlier goes on for up to an hour.
        """
        workspace = self.clients.workspace(who.team_id)
        if who.home_team_id != workspace.team_id:
            raise identity.NotAllowed("stranger", workspace.name)
        member = self._known(workspace.id, who.user_id)
        if member and member.refreshed_at + FRESH >= self.clock():
            return member
        if self._is_silent(workspace.id) and (believed := self._believed(member)):
            return believed
        try:
            return self._ask_slack(workspace.id, workspace.team_id, workspace.name, who.user_id)
        except (SlackBusy, SlackUnreachable) as error:
            self._silent[workspace.id] = self.clock() + getattr(error, "retry_after", QUIET)
            # read again: Slack may have told meanwhile that they are a guest now
            if believed := self._believed(self._known(workspace.id, who.user_id)):
                return believed
            raise

    def _known(self, workspace_id: str, user_id: str) -> Member | None:
        with self.database.read() as tx:
            return members.by_slack_user(tx, workspace_id, user_id)

    def _is_silent(self, workspace_id: str) -> bool:
        until = self._silent.get(workspace_id)
        return until is not None and self.clock() < until

    def _believed(self, member: Member | None) -> Member | None:
        """Give a member whom Slack admitted within the hour; whoever changed since is asked about."""
        if member and member.is_admitted and member.refreshed_at + FRESH + LONGER > self.clock():
            return member
        return None

    def look_again(self, member: Member, older: timedelta = FRESH) -> Member:
        """Know a member as Slack does now, for work that nobody waits for. Raises NotAllowed, SlackError."""
        if member.refreshed_at + older > self.clock():
            return member
        with self.database.read() as tx:
            workspace = workspaces.get(tx, member.workspace_id)
        if workspace is None:
            raise identity.NotAllowed("stranger")
        return self._ask_slack(workspace.id, workspace.team_id, workspace.name, member.slack_user_id)

    def _ask_slack(self, workspace_id: str, team_id: str, name: str, user_id: str) -> Member:
        """Ask, and ask again where Slack tells of a change before the answer is noted."""
        for _ in range(QUESTIONS):
            known = self._known(workspace_id, user_id)
            told = ask(self.clients.quick(workspace_id).users_info, user=user_id, include_locale=True)
            who = identity.profile(told["user"])
            try:
                identity.refuse_unless_member(who, team_id, name)
            except identity.NotAllowed:
                self._note(workspace_id, who, is_admitted=False)
                raise
            with self.database.write(patience=1.5) as tx:
                at = tx.now if known else tx.now - FRESH + FIRST
                if noted := members.refresh(tx, workspace_id, _stored(who), known, at):
                    return noted
        known = self._known(workspace_id, user_id)
        if known is None or not known.is_admitted:
            raise identity.NotAllowed("guest", name)
        return known  # an answer that stays behind what Slack has told: asked again at the next step

    def changed(self, body: Mapping[str, Any]) -> None:
        """Slack says that somebody is not what they were. Of people who never came nothing is kept."""
        workspace = self.clients.workspace(str(body.get("team_id", "")))
        who = identity.profile(body["event"]["user"])
        try:
            identity.refuse_unless_member(who, workspace.team_id, workspace.name)
            is_admitted = True
        except identity.NotAllowed:
            is_admitted = False
        self._note(workspace.id, who, is_admitted=is_admitted)

    def _note(self, workspace_id: str, who: identity.Profile, *, is_admitted: bool) -> None:
        """Note what became of somebody who is known here; at their next step Slack is asked anew."""
        known = self._known(workspace_id, who.user_id)
        if known is None or (_is_as_told(known, who, is_admitted) and known.slack_updated >= who.updated):
            return  # a status, a picture: told of everybody, many times a day
        with self.database.write(patience=1.5) as tx:
            workspaces.lock(tx, workspace_id)  # of two words on one person, one is noted after the other
            known = members.by_slack_user(tx, workspace_id, who.user_id)
            if known is None or 0 < who.updated < known.slack_updated:
                return  # delivered late: newer was heard since
            updated = who.updated or known.slack_updated
            if _is_as_told(known, who, is_admitted):
                members.heard_of(tx, workspace_id, known.id, updated)
                return
            if not is_admitted and self.part:
                self.part(tx, known)
            members.distrust(
                tx,
                workspace_id,
                known.id,
                is_guest=who.is_guest,
                is_deleted=_is_gone(who, is_admitted),
                is_admin=who.is_admin and is_admitted,
                slack_updated=updated,
            )


def _is_gone(who: identity.Profile, is_admitted: bool) -> bool:
    """Say whether they left, or belong to another organisation now."""
    return not is_admitted and not who.is_guest


def _is_as_told(known: Member, who: identity.Profile, is_admitted: bool) -> bool:
    """Say whether nothing has changed that counts here."""
    now = (who.is_guest, _is_gone(who, is_admitted), who.is_admin, who.name, who.handle)
    return now == (known.is_guest, known.is_deleted, known.is_admin, known.name, known.handle)


def _stored(who: identity.Profile) -> members.Profile:
    try:
        address = normalise(who.address) if who.address else None
    except ValueError:  # Slack takes addresses that nobody can write to
        address = None
    return members.Profile(
        slack_user_id=who.user_id,
        name=who.name,
        address=address,
        zone=who.zone,
        locale=who.locale,
        is_admin=who.is_admin,
        is_guest=who.is_guest,
        is_deleted=who.is_deleted,
        handle=who.handle,
        slack_updated=who.updated,
    )
