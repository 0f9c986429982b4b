"""Calendar Sync without Slack: services, the ledger and a database, with a vendor's calendars behind them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import TypeVar

from bot.appointments.agreeing import Agreeing
from bot.appointments.asking import Asking
from bot.appointments.nights import Nights
from bot.appointments.queue import AGREE, AGREE_BULK, NIGHT, SHOW, TELL, CalendarQueue
from bot.appointments.reminders import REMIND
from bot.appointments.service import AppointmentsService
from bot.appointments.syncing import CalendarSync
from bot.connections import Connections
from bot.engine import Done, Engine, Handler, Job, Outcome
from providers import Provider
from providers.calendar import Calendar
from providers.oauth import Capability
from sandbox.calendars.calendar import Calendar as Shelf
from store import accounts, contacts, members
from store.accounts import Account
from store.database import Database, new_id
from store.members import Member
from store.sealing import Keyring, new_keyring_setting
from tests.engine.conftest import OnlyNudges
from tests.providers.calendars import CalendarStage
from tests.store.places import somebody

T = TypeVar("T")
_numbers = count()


class Killed(Exception):
    """The process ends here, as far as what is around a call to the provider can tell."""


class Direct(Connections):
    """Opens the stage's calendars with a fresh grant. `dies`: what happens to the next call."""

    stage: CalendarStage
    dies = ""

    def use_calendar(self, account: Account, do: Callable[[Calendar], T]) -> T:
        dies, self.dies = self.dies, ""
        if dies == "before":
            raise Killed
        done = do(self.stage.open())
        if dies == "after":
            raise Killed
        return done


@dataclass
class Desk:
    """One member with two calendars."""

    stage: CalendarStage
    database: Database
    member: Member
    contact: str
    account: str
    shelves: tuple[Shelf, Shelf]
    connections: Direct
    engine: Engine
    dates: AppointmentsService
    sync: CalendarSync
    asking: Asking
    told: list[str] = field(default_factory=list)

    def rest(self) -> None:
        """Let everything happen that is due now or is tried again later."""
        self.stage.faults.clear()
        self.connections.dies = ""
        for _ in range(4):
            self.stage.forgive_quota()
            self.engine.settle()
            self.stage.clock.advance(timedelta(minutes=6))
        self.engine.settle()

    def night(self) -> None:
        """Let a night pass."""
        self.stage.clock.advance(timedelta(days=1))
        self.rest()


@contextmanager
def desk(stage: CalendarStage, provider: Provider, url: str) -> Iterator[Desk]:
    """Set up a member whose mailbox is connected and who syncs nothing yet."""
    stage.faults.clear()
    clock, number = stage.clock.now, next(_numbers)
    database = Database(url, clock)
    who = somebody(database, f"T{number}", "U1")
    keyring = Keyring.parse(new_keyring_setting())
    connections = Direct(database, {provider.name: provider}, keyring, clock)
    connections.stage = stage
    contact, account = new_id(), new_id()
    with database.write() as tx:
        contacts.add(
            tx,
            who.workspace_id,
            contact,
            name="Dana",
            addresses=["dana@x.example"],
            source="hand",
            added_by=None,
        )
        accounts.add(
            tx,
            who.workspace_id,
            who.member_id,
            account,
            provider=provider.name,
            subject="s",
            address=stage.ann.address,
            name="",
            granted=[Capability.READ, Capability.CALENDAR],
            tokens_sealed="v1.x",
            expires_at=clock(),
        )
        member = members.get(tx, who.workspace_id, who.member_id)
    assert member is not None
    handlers: dict[str, Handler] = {}
    engine = Engine(database, clock, handlers, lambda *_: None, carrier=OnlyNudges(), spread=lambda: 0.0)
    queue = CalendarQueue(engine.nudge_after_commit)
    agreeing = Agreeing(database, connections, queue)
    made = Desk(
        stage,
        database,
        member,
        contact,
        account,
        (stage.everybody.add(stage.ann, f"A{number}"), stage.everybody.add(stage.ann, f"B{number}")),
        connections,
        engine,
        AppointmentsService(database, engine.nudge_after_commit, queue),
        CalendarSync(database, connections, queue, agreeing),
        Asking(database, connections, queue, agreeing),
    )

    def tell(job: Job) -> Outcome:
        made.told.append(job.key)
        return Done()

    handlers.update(
        {
            AGREE: Handler(agreeing.run),
            AGREE_BULK: Handler(agreeing.run, lane="bulk"),
            NIGHT: Handler(Nights(database, connections, queue, agreeing).run, lane="bulk"),
            TELL: Handler(tell),
            SHOW: Handler(lambda _: Done()),
            REMIND: Handler(lambda _: Done()),
        }
    )
    engine.start()
    try:
        yield made
    finally:
        engine.stop()
        database.close()
