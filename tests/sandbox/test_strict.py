"""STRICT.md names tests; each has to exist, and each table has to name one in every row."""

import re
from pathlib import Path

HERE = Path(__file__).parent
STRICT = HERE.parent.parent / "sandbox" / "STRICT.md"


def rows() -> list[list[str]]:
    """Return the cells of every row, heads and rules left out."""
    lines = [line for line in STRICT.read_text().splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if not set(row[0]) <= {"-"} and row[-1] != "test"]


def test_every_row_of_the_strict_table_names_a_test_that_exists() -> None:
    tests = {
        name
        for path in HERE.rglob("test_*.py")
        for name in re.findall(r"^\s*def (test_\w+)", path.read_text(), re.MULTILINE)
    }
    assert rows()
    for row in rows():
        assert len(row) == 3, row
        assert row[1], row
        named = re.findall(r"test_\w+", row[2])
        assert named, f"no test for: {row[0]}"
        assert set(named) <= tests, f"no such test: {set(named) - tests}"
