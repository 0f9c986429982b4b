"""What an operator types: migrate, doctor, key, reseal, manifest."""

import argparse
import sys
from datetime import UTC, datetime

from bot import doctor
from bot.console import Command, with_settings
from bot.manifest import manifest_for
from bot.settings import Settings, SettingsError, load, load_front
from store import across
from store.database import Database
from store.migrations import migrate
from store.sealing import Keyring, Unreadable, new_keyring_setting

RESEALED_AT_ONCE = 200  # values in one transaction, so that a running Mailroom never waits long


def _migrate(settings: Settings) -> int:
    found = doctor.database_finding(settings.database_url)
    if found.mends_by_migration:
        migrate(settings.database_url)
        found = doctor.database_finding(settings.database_url)
    print(found)
    return 0 if found.grade is doctor.Grade.GOOD else 1


def _doctor(arguments: argparse.Namespace) -> int:
    try:
        settings = load(env_file=arguments.env)
    except SettingsError as error:
        findings = [doctor.Finding(doctor.Grade.WRONG, problem) for problem in error.problems]
    else:
        findings = doctor.examine(settings)
    for finding in findings:
        print(finding)
    wrong = sum(finding.grade is doctor.Grade.WRONG for finding in findings)
    if wrong:
        print(f"\n{wrong} to mend. Nothing was changed.")
    return 1 if wrong else 0


def _key(_arguments: argparse.Namespace) -> int:
    print(f"MAILROOM_ENCRYPTION_KEYS={new_keyring_setting()}")
    return 0


def _reseal(settings: Settings) -> int:
    """Move everything sealed to the first key. May be stopped at any time and run beside `serve`."""
    keyring, moved = Keyring.parse(settings.encryption_keys), 0
    database = Database(settings.database_url, lambda: datetime.now(UTC))
    try:
        while True:
            with database.write() as tx:
                step = across.reseal(tx, keyring, RESEALED_AT_ONCE)
            moved += step
            if not step:
                break
    except Unreadable:
        print(
            "Something is sealed with a key that is not in MAILROOM_ENCRYPTION_KEYS. Put it back behind the"
            f" others and run this again. Moved so far: {moved}.",
            file=sys.stderr,
        )
        return 1
    finally:
        database.close()
    print(f"Moved to the first key: {moved}. The other keys are needed no longer.")
    return 0


def _manifest(arguments: argparse.Namespace) -> int:
    """Needs no more than the address: the app is made from it before there is a token or a secret."""
    try:
        url, command = load_front(env_file=arguments.env)
    except SettingsError as error:
        for problem in error.problems:
            print(f"- {problem}", file=sys.stderr)
        return 1
    print(manifest_for(url, command), end="")
    return 0


COMMANDS = (
    Command("migrate", "bring the database up to date", with_settings(_migrate)),
    Command("doctor", "say what is missing or wrong in the configuration, each with the fix", _doctor),
    Command("key", "make a key for MAILROOM_ENCRYPTION_KEYS", _key),
    Command(
        "reseal",
        "move everything sealed to the first key of MAILROOM_ENCRYPTION_KEYS",
        with_settings(_reseal),
    ),
    Command("manifest", "print the Slack app manifest for this deployment", _manifest),
)
