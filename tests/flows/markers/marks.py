"""Strings that nobody else writes, put wherever mail, secrets and people stand; and where they turned up."""

import base64
import re
import secrets
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from pathlib import Path

import psycopg
import sqlalchemy

from sandbox.mail.people import Person, SendAs
from store.database import Database
from tests.flows.markers.vendors import GMAIL, Vendor
from tests.postgres import Server
from tests.stage import Stage

INVENTORY = Path(__file__).resolve().parents[3] / "docs" / "security.md"
ROW = re.compile(r"^\| `(?P<column>[a-z_]+\.[a-z_]+)` \|", re.MULTILINE)


@dataclass(frozen=True)
class Marks:
    """One test's markers: every one of mail begins with `mail`, every one of a person with `person`."""

    mail: str = field(default_factory=lambda: f"qm{secrets.token_hex(5)}")
    person: str = field(default_factory=lambda: f"qp{secrets.token_hex(5)}")

    def words(self, kind: str) -> str:
        """A marker in mail: a subject, a body, a file's name, words looked for."""
        return f"{self.mail}{kind}"

    def name(self, kind: str) -> str:
        """A marker in somebody's name."""
        return f"{self.person}{kind}"

    def address(self, kind: str, domain: str = "marked.example") -> str:
        """A marker in somebody's address."""
        return f"{self.person}{kind}@{domain}"


def people(stage: Stage, marks: Marks, vendor: Vendor = GMAIL) -> None:
    """Give Ann a marked name and address in Slack, a marked mailbox with an alias, and a marked contact."""
    ann = stage.ann.user
    stage.workspace.users[ann.id] = replace(
        ann, real_name=f"Ann {marks.name('member')}", email=marks.address("member")
    )
    alias = SendAs(marks.address("alias"), f"Ann {marks.name('alias')}")
    own = (marks.address("own"), marks.address("alias"))
    stage.world.add(Person(f"Ann {marks.name('own')}", own, vendor.key, (alias,)))
    stage.world.add(Person(f"Tom {marks.name('contact')}", (marks.address("contact"),)))
    for number in range(3):
        letter(stage, marks, number)


def letter(stage: Stage, marks: Marks, number: int) -> None:
    """Have the contact write a mail that is marked in every place."""
    mail = EmailMessage()
    mail["From"] = f"Tom {marks.name('contact')} <{marks.address('contact')}>"
    mail["To"] = marks.address("own")
    mail["Subject"] = f"Prices {number} {marks.words('subject')}"
    mail["Message-ID"] = f"<{number}.{secrets.token_hex(6)}@marked.example>"
    body, quoted = f"Body {marks.words('body')}.", marks.words("quoted")
    mail.set_content(f"{body}\n\nOn Friday Ann wrote:\n> {quoted}\n")
    quote = f'<div class="gmail_quote">On Friday Ann wrote:<blockquote>{quoted}</blockquote></div>'
    mail.add_alternative(f"<div>{body}</div>{quote}", subtype="html")
    mail.add_attachment(
        marks.words("content").encode(),
        maintype="application",
        subtype="pdf",
        filename=f"{marks.words('file')}.pdf",
    )
    stage.world.send(mail.as_bytes(), announce=False)


def secrets_of(stage: Stage) -> list[str]:
    """Every token, code and secret that this stage has given out so far."""
    grants, environment = stage.google.realm.grants, stage.environment()
    given = stage.microsoft.realm.grants
    return [
        *given._refresh,
        *given._access,
        *given._codes,
        *given._spent,
        environment["MICROSOFT_CLIENT_SECRET"],
        *grants._owners,
        *grants._access,
        *grants._codes,
        environment["SLACK_BOT_TOKEN"],
        environment["SLACK_SIGNING_SECRET"],
        environment["GOOGLE_CLIENT_SECRET"],
        environment["MAILROOM_ENCRYPTION_KEYS"].partition(":")[2],
    ]


# --- looking ----------------------------------------------------------------------------------------------


def stands_in(content: bytes, text: str) -> bool:
    """Say whether a text stands in a content: as it is, in hex, UTF-16 or base64."""
    raw, low = text.encode(), content.lower()
    plain = (raw.lower(), raw.hex().encode(), text.lower().encode("utf-16-le"))
    coded = [base64.b64encode(b"\0" * shift + raw)[(0, 2, 3)[shift] : -4] for shift in range(3)]
    return any(one in low for one in plain) or any(one in content for one in coded)


def columns_with(database: Database, text: str) -> set[str]:
    """Name every column in which a text stands readable, of whatever tables there are."""
    found: set[str] = set()
    with database.read() as tx:
        for table in sqlalchemy.inspect(tx.connection).get_table_names():
            for row in tx.connection.execute(sqlalchemy.text(f'select * from "{table}"')).mappings():
                found |= {f"{table}.{name}" for name, value in row.items() if in_value(value, text)}
    return found


def in_value(value: object, text: str) -> bool:
    """Say whether a text stands in a value."""
    return value is not None and stands_in(str(value).encode(), text)


def sqlite_files(url: str) -> Iterator[tuple[str, bytes]]:
    """The database's file, and what SQLite keeps beside it."""
    path = Path(url.removeprefix("sqlite:///"))
    for one in sorted(path.parent.glob(f"{path.name}*")):
        yield one.name, one.read_bytes()


def postgres_files(server: Server, url: str) -> Iterator[tuple[str, bytes]]:
    """A dump, and every file of the server: tables, indexes, the write-ahead log, its own log."""
    name = url.partition("@/")[2].partition("?")[0]
    command = [str(server.binaries / "pg_dump"), "-h", str(server.folder), "-U", "mailroom", name]
    yield "pg_dump", subprocess.run(command, capture_output=True, check=True).stdout
    server.run("CHECKPOINT")
    with psycopg.connect(f"host={server.folder} user=mailroom dbname={name}") as link:
        number = link.execute("select oid from pg_database where datname = current_database()").fetchone()
    assert number is not None
    for part in (f"data/base/{number[0]}", "data/pg_wal", "log"):
        whole = server.folder / part
        for path in sorted(whole.rglob("*")) if whole.is_dir() else [whole]:
            if path.is_file():
                yield str(path.relative_to(server.folder)), path.read_bytes()


def files_with(files: Iterable[tuple[str, bytes]], mark: str, secret: Iterable[str]) -> list[str]:
    """Name the files in which a marker stands in any shape, or a secret as it is."""
    known = [one.encode() for one in secret]
    return [
        name
        for name, content in files
        if stands_in(content, mark) or any(one in content for one in known if one)
    ]


def inventoried(heading: str) -> list[str]:
    """The columns that a table of docs/security.md lists."""
    page = INVENTORY.read_text(encoding="utf-8")
    part = page.partition(f"\n### {heading}\n")[2].partition("\n#")[0]
    return [match["column"] for match in ROW.finditer(part)]
