"""Refuse a run in which the tests of a browser, of PostgreSQL or of killed processes did not take place."""

import json
import sys
from pathlib import Path

KINDS = ("browser", "postgres", "kill")


SCHEMAS = Path(__file__).resolve().parents[2] / "shared" / "schemas"


def main(path: str) -> int:
    """Compare what ran with what must have run."""
    figures = json.loads(Path(path).read_text(encoding="utf-8"))
    complaints = [
        f"No test marked {kind} has run and passed. CI must run them."
        for kind in KINDS
        if not figures["passed"].get(kind)
    ]
    for name in figures["skipped"]:
        if "schema" in name and not SCHEMAS.is_dir():
            sys.stderr.write(f"Left out: {name}. The published schemas do not stand beside the project.\n")
        else:
            complaints.append(f"{name} was skipped. Nothing may be skipped in CI.")
    for complaint in complaints:
        sys.stderr.write(f"{complaint}\n")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
