"""Killed at any line of an import, every line of the file counts once."""

import pytest

from tests.flows.appointments.dates import add_contact
from tests.kill.running import deaths
from tests.stage import standing

pytestmark = pytest.mark.kill

IMPORTING = [
    *(f"bot/contacts/{name}.py" for name in ("import_jobs", "planning")),
    *(f"store/{name}.py" for name in ("imports", "contact_changes")),
]


def test_killed_at_any_line_of_an_import_every_line_of_the_file_counts_once(sqlite_url: str) -> None:
    with standing(sqlite_url) as stage:
        add_contact(stage, "Kept", "kept@x.example")
        assert deaths("importing", stage, files=IMPORTING) > 7
