"""Messages on their way with the work that carries them: sealed text, rows of the ledger, who is told.

Every change of state and the work that follows from it stand in one transaction, which the caller opens.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.connections import Connections
from bot.inbox.letters import FAILED, QUEUED, SENDING, UNCERTAIN, Body, Standing
from providers import mail
from providers.mail import EmailAddress, Prepared
from store import accounts, contacts, outgoing, work
from store.database import Transaction
from store.ids import new_id
from store.outgoing import KEPT, Outgoing
from store.sealing import Keyring

# kinds of the ledger; bot/inbox/jobs.py does them
SEND, SHOW, DISCARD = "inbox.send", "inbox.show_outgoing", "inbox.discard"

# Slack must have drawn its answer to a press before the work behind draws over it.
LEAD = timedelta(seconds=1)

LEFT = timedelta(hours=1)  # how long a prepared message that did not go waits to be used after all


def send_key(row: Outgoing) -> str:
    """Name the work of the present attempt. Work of an earlier one must not go on."""
    return f"{row.id}:{row.attempt}"


def prepared_as(row: Outgoing, ref: str) -> Prepared:
    """What was prepared earlier. Its text lies at the provider; who it goes to is compared again."""
    sender, to = EmailAddress(row.from_address), EmailAddress(row.to_address)
    return Prepared(row.key, ref, mail.Outgoing(sender, to, "", "", ""))


class Outbox:
    """Opens and seals messages, and puts their work into the ledger."""

    def __init__(self, keyring: Keyring, connections: Connections, nudge: Callable[[str], None]) -> None:
        self._keyring, self._connections, self._nudge = keyring, connections, nudge

    # --- text ---------------------------------------------------------------------------------------------

    def seal_subject(self, workspace_id: str, outgoing_id: str, subject: str) -> str | None:
        """Seal a subject for one message."""
        if not subject:
            return None
        return self._keyring.seal(subject, "outgoing", "subject_sealed", workspace_id, outgoing_id)

    def seal_body(self, workspace_id: str, outgoing_id: str, body: Body) -> str:
        """Seal what was typed for one message."""
        return self._keyring.seal(body.pack(), "outgoing", "body_sealed", workspace_id, outgoing_id)

    def subject(self, row: Outgoing) -> str:
        """Open the subject; "" where it is not known or gone."""
        if row.subject_sealed is None:
            return ""
        return self._keyring.open(row.subject_sealed, "outgoing", "subject_sealed", row.workspace_id, row.id)

    def body(self, row: Outgoing) -> Body | None:
        """Open what was typed. None: it has gone, or its time is over."""
        if row.body_sealed is None:
            return None
        packed = self._keyring.open(row.body_sealed, "outgoing", "body_sealed", row.workspace_id, row.id)
        return Body.unpack(packed)

    def signature(self, tx: Transaction, workspace_id: str, account_id: str) -> str:
        """Open the signature of an account; "" where there is none."""
        sealed = accounts.signature(tx, workspace_id, account_id)
        if sealed is None:
            return ""
        return self._keyring.open(sealed, "account", "signature_sealed", workspace_id, account_id)

    # --- work ---------------------------------------------------------------------------------------------

    def send(self, tx: Transaction, row: Outgoing) -> None:
        """Have the present attempt run when it is due."""
        self._enqueue(tx, row, SEND, send_key(row), row.due_at)

    def show(self, tx: Transaction, row: Outgoing) -> None:
        """Have the window, Home and, if need be, a direct message tell how it stands."""
        self._enqueue(tx, row, SHOW, f"{row.id}:{new_id()}", None)

    def discard_later(self, tx: Transaction, row: Outgoing) -> None:
        """Have what was prepared for it taken away in an hour. Beside its sending it never runs."""
        if row.prepared_ref:
            key, lane = f"{row.id}:{new_id()}", f"{SEND}:{row.id}"
            work.enqueue(
                tx,
                row.workspace_id,
                DISCARD,
                key,
                due_at=tx.now + LEFT,
                lane=lane,
                ref=row.id,
                step=row.prepared_ref,
            )

    def _enqueue(self, tx: Transaction, row: Outgoing, kind: str, key: str, due_at: datetime | None) -> None:
        made = work.enqueue(
            tx, row.workspace_id, kind, key, due_at=due_at, lane=f"{kind}:{row.id}", ref=row.id
        )
        self._nudge(made.id)

    def again(self, tx: Transaction, row: Outgoing, come_from: Sequence[str], **values: Any) -> bool:
        """Begin another attempt. False: it is in another state by now, and nothing changed."""
        values = {
            "error_kind": None,
            "error_code": None,
            "told_at": None,
            "keep_until": None,
            "due_at": tx.now + LEAD,
            "attempt": row.attempt + 1,
            "state": QUEUED,
        } | values
        if not outgoing.move(tx, row.workspace_id, row.id, come_from=come_from, **values):
            return False
        fresh = outgoing.get(tx, row.workspace_id, row.id)
        if fresh is not None:
            self.send(tx, fresh)
            self.show(tx, fresh)
        return True

    def trouble(self, tx: Transaction, row: Outgoing, kind: str, code: str | None) -> bool:
        """Close an attempt that did not end as sent: not certain once it may have gone, else not sent."""
        state = UNCERTAIN if row.state == SENDING else FAILED
        moved = outgoing.move(
            tx,
            row.workspace_id,
            row.id,
            state,
            come_from=(row.state,),
            error_kind=kind,
            error_code=code,
            keep_until=tx.now + KEPT,
        )
        if moved:
            self.show(tx, row)
            fresh = outgoing.get(tx, row.workspace_id, row.id)  # prepared only now, maybe
            if fresh is not None and state == FAILED:
                self.discard_later(tx, fresh)
        return moved

    # --- how it stands ------------------------------------------------------------------------------------

    def standing(self, tx: Transaction, row: Outgoing) -> Standing:
        """Say how a message stands, for a view."""
        contact = contacts.get(tx, row.workspace_id, row.contact_id) if row.contact_id else None
        account = accounts.find(tx, row.workspace_id, row.member_id, row.account_id)
        label = self._connections.provider(account.provider).label if account else ""
        waits = row.state in (QUEUED, "drafting") and row.error_kind is not None and row.due_at > tx.now
        if (
            account is None and row.state == FAILED
        ):  # whatever it was then: this is what stands in the way now
            row = replace(row, error_kind="AccountGone", error_code=None)
        return Standing(
            row=row,
            subject=self.subject(row),
            name=contact.name if contact else "",
            label=label,
            retry_at=row.due_at if waits else None,
        )
