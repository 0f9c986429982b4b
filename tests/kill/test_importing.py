"""Killed at any line of an import, every line of the file counts once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from store import contacts
from store.database import Database, new_id
from store.sealing import new_keyring_setting
from tests.clock import TurnedClock
from tests.store.places import somebody

pytestmark = pytest.mark.kill

ROOT = Path(__file__).parents[2]
EVERY = os.environ.get("MAILROOM_PROOF") == "every"
IMPORTING = [f"{name}.py" for name in ("bot/contacts/import_jobs", "store/imports", "store/contact_changes")]


def test_killed_at_any_line_of_an_import_every_line_of_the_file_counts_once(
    sqlite_url: str, clock: TurnedClock
) -> None:
    database = Database(sqlite_url, clock)
    who = somebody(database)
    with database.write() as tx:
        contacts.add(
            tx,
            who.workspace_id,
            new_id(),
            name="Kept",
            addresses=("kept@x.example",),
            source="hand",
            added_by=None,
        )
    database.close()
    plan = {
        "url": sqlite_url,
        "keys": new_keyring_setting(),
        "now": clock().isoformat(),
        "workspace": who.workspace_id,
        "member": who.member_id,
        "files": IMPORTING,
        "stride": 1 if EVERY else 11,
    }
    ran = subprocess.run(
        [sys.executable, "-m", "tests.kill.importing"],
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=600,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["deaths"] > 7
