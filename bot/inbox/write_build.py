"""Puts the parts of writing together for app.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.connections import Connections
from bot.engine import Engine, Handler
from bot.inbox.cache import ThreadCache
from bot.inbox.jobs import Teller, create_handlers
from bot.inbox.leftovers import Leftovers
from bot.inbox.outbox import Outbox
from bot.inbox.sending import Sender
from bot.inbox.service import InboxService
from bot.inbox.write_forms import Forms
from bot.inbox.writing import WritingService
from bot.visits import Visits
from store.database import Database
from store.sealing import Keyring


@dataclass(frozen=True, slots=True)
class Writing:
    """What app.py registers: the service for listeners, work for the ledger."""

    service: WritingService
    handlers: Mapping[str, Handler]


def build_writing(
    database: Database,
    connections: Connections,
    keyring: Keyring,
    engine: Engine,
    visits: Visits,
    inbox: InboxService,
    cache: ThreadCache,
    clock: Callable[[], datetime],
) -> Writing:
    """Build writing and sending. `cache` is the one that the inbox reads into."""
    outbox = Outbox(keyring, connections, engine.nudge_after_commit)
    forms = Forms(database, connections, inbox, outbox, cache, clock)
    sender = Sender(database, connections, outbox, inbox.forget, clock)
    teller = Teller(database, outbox, forms, visits)
    return Writing(
        WritingService(database, connections, outbox, forms),
        create_handlers(sender, teller, Leftovers(database, connections)),
    )
