"""How many members' nights one process gets through, and whether its memory stays where it is.

A thousand members with a Gmail mailbox each, every request to Google answered after 100 ms. First a night by
date, not timed, in which every mailbox gets its place in Gmail's history; then the night after, with three
new mails each, timed from the start of the engine until no scan is left. Mailroom is a process of its own
with the engine and the threads that it has by default; Slack is asked about each member as always.
`nightly_memory_growth`: the process's memory after the last member, against a tenth of the way.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy import delete, func, select

import app
from benchmarks.measures import Measure
from bot import logs
from bot.connections import Connections
from bot.discovery.hashes import Hashes
from bot.discovery.nightly import NightlyService
from bot.settings import load
from providers.oauth import Capability, Tokens
from sandbox.faults import Fault, Kind
from sandbox.google.service import SERVICE
from sandbox.mail.mailbox import INBOX
from sandbox.mail.people import Person
from sandbox.mail.raw import RawMessage
from sandbox.slack.state import SlackUser
from store import accounts, members
from store.database import Database
from store.ids import new_id
from store.members import Member, Profile
from store.migrations import migrate
from store.schema import scan, work
from store.sealing import Keyring
from tests.flows.accounts.walking import connected, member
from tests.stage import Stage, connect, standing

MEMBERS = int(os.environ.get("MAILROOM_BENCH_MEMBERS", "1000"))
LATENCY, NEW = 0.1, 3
NEEDED = 42  # members a minute for ten thousand in a night of four hours
NIGHT = timedelta(hours=20)  # from nine in the morning to the small hours, when every scan is due


def measure() -> list[Measure]:
    """Let two nights pass, and time the second."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        migrate(url)
        with standing(url) as stage:
            crowd = _Crowd.arrived(stage)
            crowd.pass_night(0)
            crowd.write()
            stage.faults.add(Fault(SERVICE, Kind.LATENCY, times=None, seconds=LATENCY))
            night = crowd.pass_night(1)
            stage.faults.clear()
    rate = 60 * MEMBERS / night["seconds"]
    growth = night["memory_last"] / night["memory_first"]
    return [
        Measure("nightly_members_per_minute", round(rate, 1), "members a minute", 100, "higher", NEEDED),
        Measure("nightly_memory_growth", round(growth, 3), f"× {MEMBERS // 10} members", 1.1, "lower", 1.0),
    ]


@dataclass(slots=True)
class _Crowd:
    """The stage with its members, whose nights pass in another process."""

    stage: Stage
    people: list[Member]

    @classmethod
    def arrived(cls, stage: Stage) -> "_Crowd":
        """Connect one member as people do, and put the others beside her."""
        connect(stage)
        ann, (account,) = member(stage), connected(stage)
        stage.mailroom.stop()
        stage.clock.run()
        stage.google.limits.units_per_user_minute = 10**9
        database, keyring = _opened(stage)
        connections = Connections(database, {}, keyring, stage.clock.now)
        owner = stage.world.person(account.address)
        assert owner is not None
        grants = stage.google.realm.grants
        scopes = grants.granted(stage.client.id, owner)
        people = []
        for number in range(MEMBERS):
            who, user = _person(number), f"U1{number:08}"
            stage.world.add(who)
            stage.workspace.users[user] = SlackUser(user, who.slack, who.name, email=who.address)
            secret = grants.give_refresh(stage.client.id, who, scopes)
            access = grants.give_access(stage.client.id, who, scopes)
            ends, account_id = stage.clock.now() + timedelta(hours=1), new_id()
            tokens = Tokens(access, ends, secret, frozenset(Capability(one) for one in account.granted))
            sealed = connections.seal_tokens(tokens, "account", ann.workspace_id, account_id)
            with database.write() as tx:
                one = members.arrive(
                    tx, ann.workspace_id, Profile(user, who.name, who.address, "Europe/Amsterdam", "en-GB")
                )
                accounts.add(
                    tx, ann.workspace_id, one.id, account_id, provider="google", subject=who.subject,
                    address=who.address, name=who.name, granted=account.granted, tokens_sealed=sealed,
                    expires_at=ends,
                )  # fmt: skip
            people.append(one)
        database.close()
        return cls(stage, people)

    def pass_night(self, number: int) -> dict[str, float]:
        """Plan everybody's next night and let a process of its own carry it out."""
        self.stage.clock.set(datetime(2026, 11, 20 + number, 9, 0, tzinfo=UTC))
        database, keyring = _opened(self.stage)
        nights = NightlyService(database, Hashes(keyring), lambda _: None, ("google",))
        with database.write() as tx:
            tx.execute(delete(work))
        for one in self.people:
            nights.wish(one, is_on=True)
        database.close()
        self.stage.clock.advance(NIGHT)
        plan = {
            "values": self.stage.environment(),
            "now": self.stage.clock.now().isoformat(),
            "scans": MEMBERS * (number + 1),
        }
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.nightly"],
            input=json.dumps(plan),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        found: dict[str, float] = json.loads(done.stdout)
        return found

    def write(self) -> None:
        """Let everybody get mail from somebody new."""
        for number in range(MEMBERS):
            for letter in range(NEW):
                made = EmailMessage()
                made["From"] = f"New {letter} <new.{number}.{letter}@firm{number % 60}.example>"
                made["To"] = _person(number).address
                made["Subject"], made["Message-ID"] = "A question", f"<{number}.{letter}@bench.example>"
                made.set_content("Is it there?\n")
                at = self.stage.clock.now()
                self.stage.mailbox(_person(number).address).file(RawMessage(made.as_bytes()), {INBOX}, at)


def _person(number: int) -> Person:
    return Person(f"Member {number}", (f"member.{number}@northwind.example",), "google", slack=f"m{number}")


def _opened(stage: Stage) -> tuple[Database, Keyring]:
    settings = stage.settings()
    return Database(settings.database_url, stage.clock.now), Keyring.parse(settings.encryption_keys)


# --- the process ------------------------------------------------------------------------------------------


def carry(plan: dict[str, object]) -> dict[str, float]:
    """Run Mailroom until as many scans as planned have ended."""
    begun = time.monotonic()
    start = datetime.fromisoformat(str(plan["now"]))
    values = plan["values"]
    assert isinstance(values, dict) and isinstance(plan["scans"], int)
    mailroom = app.build(load(values, env_file=None), _clock(start, begun))
    mailroom.start()
    begun = time.monotonic()
    first, wanted = 0.0, plan["scans"]
    while (left := wanted - _ended(mailroom.database)) > 0:
        if not first and left <= MEMBERS * 9 // 10:
            first = _memory()
        time.sleep(0.1)
    seconds, last = time.monotonic() - begun, _memory()
    mailroom.stop()
    return {"seconds": seconds, "memory_first": first or last, "memory_last": last}


def _clock(start: datetime, begun: float) -> Callable[[], datetime]:
    return lambda: start + timedelta(seconds=time.monotonic() - begun)


def _ended(database: Database) -> int:
    with database.read() as tx:
        return int(tx.scalar(select(func.count()).select_from(scan).where(scan.c.state != "running")) or 0)


def _memory() -> float:
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    logs.configure("critical")
    print(json.dumps(carry(json.load(sys.stdin))))
