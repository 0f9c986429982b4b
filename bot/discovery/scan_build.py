"""Puts the parts of scanning together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.connections import Connections
from bot.discovery.colleagues import Colleagues
from bot.discovery.hashes import Hashes
from bot.discovery.kinds import SCAN, TELL_SCAN
from bot.discovery.knowledge import Knowledge
from bot.discovery.leaving_out import LeavingOut
from bot.discovery.scan_drawing import ShowScan
from bot.discovery.scan_steps import Looking
from bot.discovery.scanner import Scanner
from bot.discovery.scanning import ScanService
from bot.discovery.settling import Settling
from bot.engine import Engine, Handler
from bot.visits import Visits
from store.database import Database


@dataclass(frozen=True, slots=True)
class Scanning:
    """What is registered of it."""

    service: ScanService
    services: dict[str, Any]
    handlers: dict[str, Handler]


def build_scanning(
    database: Database,
    connections: Connections,
    engine: Engine,
    visits: Visits,
    hashes: Hashes,
    clock: Callable[[], datetime],
) -> Scanning:
    """Build scanning: the service that begins scans, the work that does them, what draws them."""
    nudge = engine.nudge_after_commit
    service = ScanService(database, connections, clock, nudge)
    show = ShowScan(database, service, visits)
    knowledge, colleagues = Knowledge(hashes), Colleagues(visits.clients, clock)
    looking = Looking(database, connections, knowledge, clock)
    settling = Settling(database, knowledge, colleagues, clock)
    scanner = Scanner(database, connections, looking, settling, colleagues, clock, nudge, show.step)
    return Scanning(
        service,
        {"scans": service, "show_scan": show, "leaving_out": LeavingOut(database, knowledge, clock)},
        {
            SCAN: Handler(scanner.run, gave_up=scanner.gave_up, lane="bulk"),
            TELL_SCAN: Handler(show.tell),
        },
    )
