"""Takes away what was prepared at the provider for a message that is not to be sent from there any more.

An hour passes first: until then the person may try again, and the same draft is used. What the person
changed at the provider is theirs and stays. Source: reference/reliability.md 4.2
"""

from bot.connections import Connections
from bot.engine import Done, Job, Outcome
from bot.inbox.letters import DRAFTING, QUEUED, SENDING, UNCERTAIN
from bot.inbox.outbox import prepared_as
from store import accounts, outgoing
from store.database import Database

_IN_USE = (QUEUED, DRAFTING, SENDING, UNCERTAIN)


class Leftovers:
    """The ledger's work for it: `ref` is the message, `step` the note of what was prepared."""

    def __init__(self, database: Database, connections: Connections) -> None:
        self._database, self._connections = database, connections

    def run(self, job: Job) -> Outcome:
        """Discard it, unless the message goes out with it after all."""
        with self._database.write() as tx:
            row = outgoing.get(tx, job.workspace_id, job.ref or "")
            if row is None or job.step is None or (row.prepared_ref == job.step and row.state in _IN_USE):
                return Done()
            account = accounts.find(tx, row.workspace_id, row.member_id, row.account_id)
            outgoing.forget_prepared(tx, row.workspace_id, row.id, job.step)
        if account is None or not self._connections.provider(account.provider).sends_once:
            return Done()
        prepared = prepared_as(row, job.step)
        self._connections.use(account, lambda mailbox: mailbox.discard(prepared))
        return Done()
