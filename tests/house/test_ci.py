"""`.ci/run`: ends with pytest's own summary, and fails when anything failed or did not take place."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("browser", "postgres", "kill")
ALL: dict[str, object] = {"passed": dict.fromkeys(KINDS, 1), "skipped": []}


def run_ci(
    folder: Path, said: list[str], code: int, figures: dict[str, object] | None
) -> subprocess.CompletedProcess[str]:
    """Run the real script over a `make test` that says `said`."""
    (folder / ".ci").mkdir()
    for file in ("run", "complete.py"):
        shutil.copy(ROOT / ".ci" / file, folder / ".ci" / file)
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "python").symlink_to(sys.executable)
    recipe = "".join(f"\t@echo '{line}'\n" for line in said)
    if figures is not None:
        recipe += f"\t@echo '{json.dumps(figures)}' > build/tests.json\n"
    (folder / "Makefile").write_text(f"test:\n{recipe}\t@exit {code}\n", encoding="utf-8")
    return subprocess.run([folder / ".ci" / "run"], capture_output=True, text=True, check=False, timeout=60)


def test_a_good_run_ends_with_pytests_summary(tmp_path: Path) -> None:
    told = run_ci(tmp_path, ["ruff", "812 passed in 75.32s (0:01:15)", "goodbye"], 0, ALL)
    assert told.returncode == 0
    assert told.stdout.splitlines()[-1] == "812 passed in 75.32s (0:01:15)"


def test_a_failed_run_fails_and_still_ends_with_the_summary(tmp_path: Path) -> None:
    told = run_ci(tmp_path, ["FAILED tests/a.py::b", "2 failed, 810 passed in 75.32s"], 1, ALL)
    assert told.returncode != 0
    assert told.stdout.splitlines()[-1] == "2 failed, 810 passed in 75.32s"


def test_a_run_that_never_came_to_the_tests_fails(tmp_path: Path) -> None:
    told = run_ci(tmp_path, ["ruff found 3 errors"], 2, None)
    assert told.returncode != 0
    assert told.stdout.splitlines()[-1] == "no tests ran"


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_without_one_kind_of_test_fails(tmp_path: Path, kind: str) -> None:
    figures: dict[str, object] = {"passed": {name: int(name != kind) for name in KINDS}, "skipped": []}
    told = run_ci(tmp_path, ["812 passed in 75.32s"], 0, figures)
    assert told.returncode == 1
    assert f"No test marked {kind}" in told.stderr


def test_the_scripts_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert os.access(ROOT / ".ci" / "system", os.X_OK)
