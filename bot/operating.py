"""What an operator types: migrate, doctor, key, manifest."""

import argparse

from bot import doctor
from bot.console import Command, with_settings
from bot.manifest import manifest_for
from bot.settings import Settings, SettingsError, load
from store.migrations import migrate
from store.sealing import new_keyring_setting


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


def _manifest(settings: Settings) -> int:
    print(manifest_for(settings.url, settings.command), end="")
    return 0


COMMANDS = (
    Command("migrate", "bring the database up to date", with_settings(_migrate)),
    Command("doctor", "say what is missing or wrong in the configuration, each with the fix", _doctor),
    Command("key", "make a key for MAILROOM_ENCRYPTION_KEYS", _key),
    Command("manifest", "print the Slack app manifest for this deployment", with_settings(_manifest)),
)
