"""Durable work of the outbox: sending, and telling how it stands in every place that shows it."""

from collections.abc import Mapping
from contextlib import suppress

from bot.engine import Done, Handler, Job, Outcome
from bot.errors import NotYours
from bot.inbox import sending_views, write_views
from bot.inbox.leftovers import Leftovers
from bot.inbox.letters import FAILED, NEWER, UNCERTAIN, Standing
from bot.inbox.outbox import DISCARD, SEND, SHOW, Outbox
from bot.inbox.sending import Sender
from bot.inbox.write_forms import Forms
from bot.places import WindowPlace, post
from bot.slack import CannotReach, MessageFixed, WindowChanged, WindowGone, ask
from bot.visits import Visits
from providers.errors import ProviderError
from store import members, outgoing
from store.database import Database
from store.members import Member


class Teller:
    """Draws a message anew wherever it is shown, from its row as it is at that moment."""

    def __init__(self, database: Database, outbox: Outbox, forms: Forms, visits: Visits) -> None:
        self._database, self._outbox, self._forms, self._visits = database, outbox, forms, visits

    def run(self, job: Job) -> Outcome:
        """Tell how a message stands: its window, a direct message where it is in trouble, Home."""
        with self._database.read() as tx:
            row = outgoing.get(tx, job.workspace_id, job.ref or "")
            member = members.get(tx, job.workspace_id, row.member_id) if row else None
            standing = self._outbox.standing(tx, row) if row else None
        if member is None or standing is None:
            return Done()
        seen = self._window(member, standing)
        if standing.row.told_ts:
            self._redraw(member, standing)
        trouble = standing.row.state in (FAILED, UNCERTAIN) and standing.row.told_at is None
        if trouble and not (seen and _is_newer(standing)):
            self._post(member, standing)
        self._visits.redraw_home(member)
        return Done()

    def _window(self, member: Member, standing: Standing) -> bool:
        """Draw the window. False: there is none any more."""
        row = standing.row
        if row.view_id is None:
            return False
        reader = self._visits.reader(member)
        place = WindowPlace(self._visits.clients.patient(member.workspace_id), row.view_id, reader)
        view = sending_views.sending(standing, reader)
        if _is_newer(standing):
            with suppress(ProviderError, NotYours):  # then the way to the text is a button
                view = write_views.write(self._forms.edit(member, row.id), reader)
        try:
            place.show(view)
        except (WindowGone, WindowChanged):
            with self._database.write() as tx:
                outgoing.forget_window(tx, row.workspace_id, row.id, row.view_id)
            return False
        return True

    def _redraw(self, member: Member, standing: Standing) -> None:
        """Draw the message that told of it again, in its place."""
        client = self._visits.clients.patient(member.workspace_id)
        answer = sending_views.trouble(standing, member, self._visits.reader(member))
        with suppress(MessageFixed, CannotReach):
            ask(
                client.chat_update,
                channel=member.dm_channel or "",
                ts=standing.row.told_ts,
                text=answer.text,
                blocks=list(answer.blocks),
            )

    def _post(self, member: Member, standing: Standing) -> None:
        """Tell of it in a direct message. Killed in between it is told twice rather than never."""
        client = self._visits.clients.patient(member.workspace_id)
        answer = sending_views.trouble(standing, member, self._visits.reader(member))
        with suppress(CannotReach):
            channel, ts = post(client, member.slack_user_id, answer)
            with self._database.write() as tx:
                outgoing.note(tx, member.workspace_id, standing.row.id, told_at=tx.now, told_ts=ts)
                members.set_dm_channel(tx, member.workspace_id, member.id, channel)


def _is_newer(standing: Standing) -> bool:
    return standing.row.state == FAILED and standing.row.error_kind == NEWER


def create_handlers(sender: Sender, teller: Teller, leftovers: Leftovers) -> Mapping[str, Handler]:
    """What the ledger's kinds of the outbox do."""
    return {
        SEND: Handler(sender.run, gave_up=sender.gave_up),
        SHOW: Handler(teller.run),
        DISCARD: Handler(leftovers.run, lane="bulk"),
    }
