"""Mails that fuzzing found (`make fuzz`): each broke something once."""

from pathlib import Path

from tests.providers.content.holding import hold

FOUND = Path(__file__).parents[2] / "corpus" / "found"


def test_mails_that_fuzzing_found_are_read_and_drawn() -> None:
    for mail in sorted(FOUND.glob("[!.]*")):
        hold(mail.read_bytes())
