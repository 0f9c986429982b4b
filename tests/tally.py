"""Count what really ran, by marker: a kind of test that silently never runs is no test.

Loaded with `-p tests.tally`. Writes the file that MAILROOM_TALLY names.
Shape: {"passed": {marker: count}, "skipped": [test, …]}.
"""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

KINDS = ("browser", "postgres", "kill")


class Tally:
    """Listens to reports, which xdist's workers send to the one process that prints the summary."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.passed: Counter[str] = Counter()
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count one phase of one test."""
        if report.skipped:
            self.skipped.append(report.nodeid)
        if report.when == "call" and report.passed:
            self.passed.update(str(kind) for name, kind in report.user_properties if name == "kind")

    def pytest_sessionfinish(self) -> None:
        """Write the figures."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        figures = {"passed": {kind: self.passed[kind] for kind in KINDS}, "skipped": sorted(self.skipped)}
        self.path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Note a test's markers where its report carries them: its keywords hold names and parameters as well."""
    item.user_properties.extend(("kind", kind) for kind in KINDS if item.get_closest_marker(kind))


def pytest_configure(config: pytest.Config) -> None:
    """Listen in the process that prints the summary, if a file is wanted."""
    path = os.environ.get("MAILROOM_TALLY")
    if path and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Tally(Path(path)), "tally")
