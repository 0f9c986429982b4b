"""Refuse a run in which the tests of a browser, of PostgreSQL or of killed processes did not take place."""

import json
import sys
from pathlib import Path

KINDS = ("browser", "postgres", "kill")


def main(path: str) -> int:
    """Compare what ran with what must have run."""
    passed = json.loads(Path(path).read_text(encoding="utf-8"))["passed"]
    missing = [kind for kind in KINDS if not passed.get(kind)]
    for kind in missing:
        sys.stderr.write(f"No test marked {kind} has run and passed. CI must run them.\n")
    skipped = json.loads(Path(path).read_text(encoding="utf-8"))["skipped"]
    for name in skipped:
        sys.stderr.write(f"{name} was skipped. Nothing may be skipped in CI.\n")
    return 1 if missing or skipped else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
