"""Contacts in numbers: a file of 100,000 comes in, and somebody is found among 200,000.

`contacts_import`: people a second, from the upload's first byte until each is a contact, as a share of what
the database takes when the bare rows are handed to it. `contacts_import_memory`: the process at its largest.
`contacts_search`, `contacts_search_postgres`: the slow end (p95) of searches as people type them, on either
database, against reading every row with LIKE.
"""

import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from benchmarks.measures import Measure
from bot import logs
from bot.contacts.doorkeeping import hashed
from bot.contacts.import_jobs import create_handlers
from bot.contacts.importing import Importing
from bot.engine import Engine
from store import across, contacts, imports, members
from store.database import Database, new_id
from store.members import Member, Profile
from store.migrations import migrate
from store.schema import contact, contact_address, work
from store.sealing import Keyring, new_keyring_setting
from tests import postgres

LINES, CROWD, SEARCHES, OFFERED = 100_000, 200_000, 10, 50
SYLLABLES = ("ber", "man", "sto", "lin", "hof", "ner", "kov", "ski", "son", "ard", "eli", "mar", "tin", "lop")
FIRST = ("Dana", "Ivo", "Mira", "Tom", "Zoë", "Łukasz", "Søren", "Jürgen", "Nadia", "Elif", "Wei", "Aiko")


def measure() -> list[Measure]:
    """Measure in a process of its own, whose memory is nobody else's. Takes some minutes."""
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.contacts"], capture_output=True, text=True, check=True
    )
    found = json.loads(ran.stdout)
    return [
        Measure("contacts_import", found["import"], "× rows/s of bare inserts", 0.1, "higher", found["bare"]),
        Measure("contacts_import_memory", found["memory"], "MB at most", 150, "lower", found["before"]),
        Measure(
            "contacts_search", found["search"], "× p95 of reading every row", 0.8, "lower", found["like"]
        ),
        Measure(
            "contacts_search_postgres",
            found["search_postgres"],
            "× p95 of reading every row",
            0.6,
            "lower",
            found["like_postgres"],
        ),
    ]


def _people(count: int) -> Iterator[tuple[str, str, str]]:
    chance = random.Random(1)

    def word(syllables: int) -> str:
        return "".join(chance.choice(SYLLABLES) for _ in range(syllables)).capitalize()

    for number in range(count):
        name = f"{chance.choice(FIRST)} {word(3)}"
        yield name, f"p{number}@{word(2).lower()}.example", f"{word(3)} Ltd"


def _open(folder: str, name: str) -> tuple[Database, Member]:
    return _begin(f"sqlite:///{folder}/{name}.db")


def _begin(url: str) -> tuple[Database, Member]:
    migrate(url)
    database = Database(url, lambda: datetime.now(UTC))
    with database.write() as tx:
        workspace = across.install(tx, "T1", None, "Northwind")
        profile = Profile("U1", "Ann", "ann@northwind.example", "UTC", "en", is_admin=True)
        return database, members.arrive(tx, workspace.id, profile)


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _import(folder: str) -> float:
    """Send a file, have it looked at, import it. Returns people a second."""
    database, member = _open(folder, "import")
    importing = Importing(database, Keyring.parse(new_keyring_setting()), lambda _id: None)
    handlers = create_handlers(database, importing, lambda _member: None)
    engine = Engine(database, database.clock, handlers, lambda _place, _error: None)

    def parts() -> Iterator[bytes]:
        yield b"Name,Email,Company\n"
        for name, address, company in _people(LINES):
            yield f"{name},{address},{company}\n".encode()

    def whole() -> None:
        importing.receive(member, "ticket", parts())
        importing.check(
            _file(database, member), member.workspace_id, ["name", "addresses", "company"], "fill"
        )
        _run(database, engine)
        importing.apply(_file(database, member), member.workspace_id)
        _run(database, engine)

    seconds = _seconds(whole)
    if _file(database, member).fresh != LINES:
        raise RuntimeError("not everybody came in")
    database.close()
    return LINES / seconds


def _file(database: Database, member: Member) -> imports.Import:
    with database.read() as tx:
        file = imports.by_ticket(tx, member.workspace_id, hashed("ticket"))
    if file is None:
        raise RuntimeError("the file is gone")
    return file


def _run(database: Database, engine: Engine) -> None:
    with database.read() as tx:
        due = tx.all(select(work.c.id).where(work.c.state == "ready"))
    for row in due:
        engine.run_work(row.id)


def _fill(database: Database, member: Member, count: int) -> None:
    """Hand bare rows to the database."""
    people: list[dict[str, Any]] = []
    addresses: list[dict[str, Any]] = []
    with database.write(patience=60) as tx:
        for number, (name, address, company) in enumerate(_people(count), 1):
            contact_id = new_id()
            people.append(
                {
                    "id": contact_id,
                    "workspace_id": member.workspace_id,
                    "name": name,
                    "company": company,
                    "source": "file",
                    "created_at": tx.now,
                    "updated_at": tx.now,
                    "search": contacts.searched(name, company, [address]),
                }
            )
            owned = {"workspace_id": member.workspace_id, "contact_id": contact_id}
            addresses.append({**owned, "address": address, "position": 0})
            if number % 1000 == 0 or number == count:
                tx.connection.execute(contact.insert(), people)
                tx.connection.execute(contact_address.insert(), addresses)
                people, addresses = [], []


def _searches(database: Database, member: Member) -> tuple[float, float]:
    """p95 of searching and of reading every row, in milliseconds, alternating."""
    chance, known = random.Random(2), list(_people(2000))
    typed = []
    for _ in range(SEARCHES):
        name, address, company = chance.choice(known)
        typed += [
            name,
            name[:3],
            name.split()[1],
            company[:6],
            address,
            f"{name.split()[1][:4]} {company[:4]}",
        ]
    ours, read_through = [], []
    for words in typed:
        statement = select(contact.c.id, contact.c.name).where(
            contact.c.workspace_id == member.workspace_id,
            *(contact.c.search.like(f"%{one}%") for one in contacts.fold(words).split()),
        )
        bare = statement.order_by(contact.c.search + "").limit(OFFERED)
        with database.read() as tx:
            if not database.is_sqlite:  # reading every row is what is compared with, not an index
                tx.connection.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
                tx.connection.exec_driver_sql("SET LOCAL enable_indexscan = off")
                tx.connection.exec_driver_sql("SET LOCAL enable_indexonlyscan = off")
            begun = time.perf_counter()
            tx.all(bare)
            read_through.append((time.perf_counter() - begun) * 1000)
        with database.read() as tx:
            begun = time.perf_counter()
            contacts.search(tx, member.workspace_id, words, OFFERED)
            ours.append((time.perf_counter() - begun) * 1000)
    return _slow_end(ours), _slow_end(read_through)


def _searches_on_postgres() -> tuple[float, float]:
    """The same on a PostgreSQL of its own, after it has looked at its rows as it does by itself in time."""
    with postgres.running() as server:
        name = server.create()
        database, member = _begin(server.url(name))
        _fill(database, member, CROWD)
        server.run("VACUUM ANALYZE", name)
        found = _searches(database, member)
        database.close()
        return found


def _slow_end(figures: list[float]) -> float:
    return statistics.quantiles(figures, n=20)[-1]


def _main() -> None:
    logs.configure("critical")  # what is said here is read as figures
    with tempfile.TemporaryDirectory() as folder:
        before = _memory()
        rate = _import(folder)
        memory = _memory()
        database, member = _open(folder, "bare")
        bare = LINES / _seconds(lambda: _fill(database, member, LINES))
        database.close()
        database, member = _open(folder, "search")
        _fill(database, member, CROWD)
        ours, like = _searches(database, member)
        database.close()
    ours_there, like_there = _searches_on_postgres()
    found = {"import": round(rate / bare, 3), "bare": round(bare), "memory": round(memory)}
    found |= {"search_postgres": round(ours_there / like_there, 3), "like_postgres": round(like_there, 1)}
    found |= {"before": round(before), "search": round(ours / like, 3), "like": round(like, 1)}
    sys.stdout.write(json.dumps(found))


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    _main()
