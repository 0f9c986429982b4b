"""What must hold before anything is built: tables up to date, one process on SQLite, every key at hand."""

from collections.abc import Callable
from datetime import datetime

from bot import doctor
from bot.serving import CannotStart
from bot.settings import Settings
from store import across
from store.database import Database, SecondProcess
from store.sealing import Keyring


def open_database(settings: Settings, clock: Callable[[], datetime]) -> Database:
    """Open and take the database.

    Raises: CannotStart when it is not up to date, cannot be reached or belongs to another process.
    """
    found = doctor.database_finding(settings.database_url)
    if found.grade is not doctor.Grade.GOOD:
        raise CannotStart(f"{found.what} {found.fix}")
    database = Database(settings.database_url, clock)
    try:
        database.take()
    except SecondProcess as taken:
        raise CannotStart(str(taken)) from None
    return database


def open_keyring(settings: Settings, database: Database) -> Keyring:
    """Read the keys. Raises: CannotStart, with the database closed, while anything needs another one."""
    keyring = Keyring.parse(settings.encryption_keys)
    with database.read() as tx:
        unreadable = across.count_unreadable(tx, keyring)
    if unreadable:
        database.close()
        raise CannotStart(
            f"{unreadable} values are sealed with a key that is not in MAILROOM_ENCRYPTION_KEYS."
            " Put that key back behind the first one; nothing was changed."
        )
    return keyring
