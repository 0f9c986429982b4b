"""Puts the parts of accounts together for app.py."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint

from bot.accounts.approval import Approvals
from bot.accounts.coming_back import ComingBack
from bot.accounts.connecting import Connecting
from bot.accounts.grants import Grants
from bot.accounts.jobs import create_handlers
from bot.accounts.leaving import Leaving
from bot.accounts.parting import Disconnecting, Events
from bot.accounts.reading import Attempts
from bot.accounts.routes import create_routes
from bot.accounts.service import AccountsService
from bot.accounts.setting_out import SettingOut
from bot.accounts.withdrawing import Withdrawing
from bot.connections import Connections
from bot.engine import Engine, Handler
from bot.settings import Settings
from bot.visits import Visits
from store.database import Database
from store.members import Member
from store.sealing import Keyring


@dataclass(frozen=True, slots=True)
class Accounts:
    """What app.py registers: services for listeners, work for the ledger, pages for browsers."""

    service: AccountsService
    connecting: Connecting
    disconnecting: Disconnecting
    handlers: dict[str, Handler]
    routes: Blueprint

    @property
    def services(self) -> dict[str, Any]:
        return {
            "accounts": self.service,
            "connecting": self.connecting,
            "disconnecting": self.disconnecting,
        }


def build_accounts(
    settings: Settings,
    database: Database,
    connections: Connections,
    keyring: Keyring,
    engine: Engine,
    visits: Visits,
    forget: Callable[[Member, str], None],
    events: Events,
) -> Accounts:
    """Build accounts, and have what guests and leavers connected end.

    `forget` makes the inbox forget what it has read of an account.

    `events` are those of Calendar Sync, which a disconnect may take out first.
    """
    nudge = engine.nudge_after_commit
    redirect_uri = settings.redirect_uri
    attempts = Attempts(connections, keyring, redirect_uri, nudge)
    grants = Grants(connections, nudge)
    withdrawing = Withdrawing(database, connections, attempts, nudge)
    connecting = Connecting(database, connections, attempts, grants, settings.url, nudge)
    out = SettingOut(database, connections, attempts, grants, keyring, redirect_uri)
    back = ComingBack(database, connections, attempts, grants, keyring, redirect_uri, nudge)
    service = AccountsService(database, connections, keyring, forget)
    disconnecting = Disconnecting(database, connections, grants, withdrawing, forget, events)
    approvals = Approvals(database, connections, attempts, nudge)
    visits.standing.part = Leaving(grants, nudge).part
    return Accounts(
        service,
        connecting,
        disconnecting,
        create_handlers(visits, connecting, withdrawing, service, disconnecting, approvals),
        create_routes(out, back, approvals, visits, settings),
    )
