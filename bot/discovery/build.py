"""Puts the parts of discovery together for app.py."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.blocks import Block
from bot.connections import Connections
from bot.discovery import (
    digest_listeners,
    nightly_listeners,
    review_listeners,
    scan_listeners,
    several_listeners,
)
from bot.discovery.blocking import BlockService
from bot.discovery.digest_drawing import DigestDrawing, DigestPresses
from bot.discovery.digesting import Digests
from bot.discovery.hashes import Hashes
from bot.discovery.looking import PeopleService
from bot.discovery.night_jobs import NightJobs
from bot.discovery.nightly import NightlyService
from bot.discovery.people_views import people_page
from bot.discovery.reviewing import ReviewService
from bot.discovery.scan_build import build_scanning
from bot.discovery.scanning import ScanService
from bot.engine import Engine, Handler
from bot.visits import Visits
from bot.words import Reader
from store.database import Database
from store.members import Member
from store.sealing import Keyring

LISTENERS = (scan_listeners, review_listeners, several_listeners, nightly_listeners, digest_listeners)


@dataclass(frozen=True, slots=True)
class Discovery:
    """What app.py registers: services for listeners, work for the ledger; and what Home draws."""

    nights: NightlyService
    scans: ScanService
    people: PeopleService
    reviews: ReviewService
    services: dict[str, Any]
    handlers: dict[str, Handler]

    def page(self, member: Member, reader: Reader, place: str, version: int) -> list[Block]:
        """Draw Home's page People found."""
        return people_page(self.people.page(member, place, version), reader)


def build_discovery(
    database: Database,
    connections: Connections,
    keyring: Keyring,
    engine: Engine,
    visits: Visits,
    clock: Callable[[], datetime],
) -> Discovery:
    """Build discovery: scans, the review of whom they found, nights and digests."""
    nudge, hashes = engine.nudge_after_commit, Hashes(keyring)
    scanning = build_scanning(database, connections, engine, visits, hashes, clock)
    nights = NightlyService(database, hashes, nudge, tuple(connections.providers))
    digests = Digests(database, nights, nudge)
    drawing = DigestDrawing(digests, visits)
    reviews = ReviewService(database, hashes, drawing.decided)
    people = PeopleService(database, clock)
    services = {
        **scanning.services,
        "reviews": reviews,
        "blocking": BlockService(database, hashes, keyring, drawing.decided),
        "people_found": people,
        "nights": nights,
        "digest_drawing": drawing,
        "digest_presses": DigestPresses(digests, reviews),
    }
    return Discovery(
        nights,
        scanning.service,
        people,
        reviews,
        services,
        {**NightJobs(nights, digests, scanning.service, visits).handlers(), **scanning.handlers},
    )
