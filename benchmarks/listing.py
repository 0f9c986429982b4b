"""`gmail_…` and `graph_list_ratio`, `…_open_calls`: what a list costs beyond the provider, and an opening.

Twenty threads of three messages of 20 KiB. Every request is answered 100 ms after its arrival, and at Graph
every request inside a batch as well, four at a time. The floor is what the provider alone takes: at Gmail the
list and a batch (2 answers), at Graph the search and a batch of twenty in five waves (6). Timed from the
command's leaving Slack to the answer's arrival at its response_url. Mailroom is a process of its own.
"""

import random
import secrets
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from statistics import median

from benchmarks.measures import Measure
from benchmarks.processes import APP, free_port
from bot.manifest import load_manifest
from bot.trying import Trial
from sandbox.clock import Clock
from sandbox.faults import Fault, Kind
from sandbox.google.accounts import Client
from sandbox.google.service import SERVICE, Google
from sandbox.mail.people import Person as MailPerson
from sandbox.mail.people import Provider
from sandbox.microsoft.accounts import App, Secret
from sandbox.microsoft.graph.batch import SERVICE as BATCH_SERVICE
from sandbox.microsoft.service import GRAPH_SERVICE, Microsoft
from sandbox.server import Sandbox
from sandbox.slack.app import SlackApp
from sandbox.slack.person import Person
from sandbox.slack.state import SlackUser
from sandbox.world import World
from tests.browser_walk import Browser, sign_in

THREADS, MESSAGES, BODY, LATENCY, ROUNDS = 20, 3, 20 * 1024, 0.1, 9
ANN, DANA = "ann@northwind.example", "dana@northwind.example"


@dataclass(frozen=True, slots=True)
class Place:
    """What a Trial asks a world for."""

    base_url: str
    bot_token: str
    signing_secret: str
    google_client_id: str
    google_client_secret: str
    microsoft_client_id: str
    microsoft_client_secret: str
    clock: Clock
    whom: str = DANA

    def share_clock(self, file: Path) -> None:
        """Let Mailroom go by the sandbox's clock."""
        self.clock.share(file)


@dataclass(frozen=True, slots=True)
class Vendor:
    """Whose mailbox is listed. `slow` are the services that take their time, `answers` make up the floor."""

    provider: Provider
    figure: str  # how its measures begin
    slow: tuple[str, ...]
    answers: int


GMAIL = Vendor("google", "gmail", (SERVICE,), 2)
OUTLOOK = Vendor("microsoft", "graph", (GRAPH_SERVICE, BATCH_SERVICE), 6)


def measure() -> list[Measure]:
    """Measure both vendors, one after the other."""
    return [found for vendor in (GMAIL, OUTLOOK) for found in _measure(vendor)]


def _measure(vendor: Vendor) -> list[Measure]:
    """List again and again, then open one of the threads listed."""
    with _standing(vendor) as (sandbox, ann):
        for _ in range(2):
            _list(sandbox, ann)
        for service in vendor.slow:
            sandbox.faults.add(Fault(service, Kind.LATENCY, times=None, seconds=LATENCY))
        seconds = [_list(sandbox, ann) for _ in range(ROUNDS)]
        opened = _open(sandbox, ann, vendor)
    floor = vendor.answers * LATENCY
    ratio, unit = median(seconds) / floor, f"× {vendor.answers} latencies"
    return [
        Measure(f"{vendor.figure}_list_ratio", round(ratio, 3), unit, 1.15, "lower", floor),
        Measure(f"{vendor.figure}_open_calls", opened, "calls to the provider", 0, "lower", 1),
    ]


@contextmanager
def _standing(vendor: Vendor) -> Iterator[tuple[Sandbox, Person]]:
    port = free_port()
    sandbox = Sandbox(SlackApp.from_manifest(dict(load_manifest().content)))
    with closing(_Closing(sandbox)):
        world = World(sandbox.clock.now)
        _fill(world, vendor.provider)
        client = Client(
            "bench.apps", secrets.token_urlsafe(12), (f"http://127.0.0.1:{port}/oauth/google/callback",)
        )
        google = Google(world, sandbox.clock.now, sandbox.faults)
        google.register(client)
        google.limits.units_per_user_minute = 10**9  # this measures time, not what a minute allows
        google.mount(sandbox)
        outlook = App(
            str(uuid.uuid4()),
            (Secret(secrets.token_urlsafe(12)),),
            (f"http://127.0.0.1:{port}/oauth/microsoft/callback",),
        )
        microsoft = Microsoft(world, sandbox.clock.now, sandbox.faults)
        microsoft.register(outlook)
        microsoft.mount(sandbox)
        workspace = sandbox.slack.add_workspace([SlackUser("U0ANN", "ann", "Ann Lee", email=ANN)])
        sandbox.slack.request_url = f"http://127.0.0.1:{port}/slack/events"
        base = sandbox.start()
        assert workspace.installation is not None
        place = Place(
            base,
            workspace.installation.bot_token,
            sandbox.slack.app.signing_secret,
            client.id,
            client.secret,
            outlook.id,
            outlook.secrets[0].text,
            sandbox.clock,
        )
        with closing(Trial(APP, place, port)) as trial:
            if not trial.ready():
                raise RuntimeError(trial.wait())
            ann = sandbox.slack.as_user("ann")
            _connect(sandbox, ann, vendor.provider)
            yield sandbox, ann


class _Closing:
    def __init__(self, sandbox: Sandbox) -> None:
        self.close = sandbox.stop


def _fill(world: World, provider: Provider) -> None:
    ann, dana = MailPerson("Ann Lee", (ANN,), provider), MailPerson("Dana Reyes", (DANA,))
    for person in (ann, dana):
        world.add(person)
    words = random.Random(7)
    begun = datetime.now(UTC) - timedelta(days=30)
    for thread in range(THREADS):
        first = ""
        for place in range(MESSAGES):
            made = EmailMessage()
            sender, to = (DANA, ANN) if place % 2 == 0 else (ANN, DANA)
            made["From"], made["To"] = sender, to
            made["Subject"] = f"{'Re: ' if place else ''}Order {thread}"
            made["Message-ID"] = mark = f"<{thread}.{place}@northwind.example>"
            if first:
                made["In-Reply-To"] = made["References"] = first
            first = first or mark
            at = begun + timedelta(hours=thread * 3 + place)
            made["Date"] = at.strftime("%a, %d %b %Y %H:%M:%S +0000")
            made.set_content(_words(words, BODY))
            world.send(made.as_bytes(), at=at, announce=False)


def _words(chance: random.Random, length: int) -> str:
    lines: list[str] = []
    while sum(len(line) for line in lines) < length:
        lines.append(" ".join("".join(chance.choices("aeinorst", k=6)) for _ in range(10)) + "\n")
    return "".join(lines)


def _connect(sandbox: Sandbox, ann: Person, provider: str) -> None:
    ann.command("general", "/inbox connect")
    sandbox.settle()
    ann.press(ann.window(), f"accounts.connect_{provider}")
    sandbox.settle()
    link = ann.element(ann.window(), "accounts.open_page")["url"]
    page = sign_in(Browser(), link, ANN)
    if page.status != 200:
        raise RuntimeError(page.text)
    ann.close()


def _list(sandbox: Sandbox, ann: Person) -> float:
    """Type the command; give the seconds until the answer is there."""
    answered = len(sandbox.faults.calls("slack", "POST /commands"))
    begun = time.perf_counter()
    ann.command("general", f"/inbox {DANA}")
    if not sandbox.faults.wait_for_calls("slack", "POST /commands", answered + 1):
        raise RuntimeError("no answer came")
    return time.perf_counter() - begun


def _open(sandbox: Sandbox, ann: Person, vendor: Vendor) -> int:
    """Open the newest thread of the last list; give the calls that it cost at the provider."""
    sandbox.faults.forget_calls()
    answer = [m for m in ann.messages("general") if m.ephemeral][-1]
    ann.press(answer, "inbox.open_thread", block_id=_first_actions(answer.blocks))
    if not sandbox.faults.wait_for_calls("slack", "POST /api/views.update", 1):
        raise RuntimeError("the thread was not shown")
    return sum(len(sandbox.faults.calls(service)) for service in vendor.slow)


def _first_actions(blocks: list[dict[str, object]]) -> str:
    return str(next(block["block_id"] for block in blocks if block["type"] == "actions"))
