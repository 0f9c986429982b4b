"""What a benchmark gives back, and how a table of them is printed and kept."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure beside its goal and its baseline, all of the same run. `better`: lower or higher."""

    name: str
    value: float
    unit: str
    goal: float
    better: str
    baseline: float

    @property
    def met(self) -> bool:
        return self.value <= self.goal if self.better == "lower" else self.value >= self.goal


def write(measures: Sequence[Measure], path: Path) -> None:
    """Write the form that every benchmark shares: a list of objects."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(m) for m in measures], indent=1) + "\n", encoding="utf-8")


def table(measures: Sequence[Measure]) -> str:
    """Lay the figures out for a terminal."""
    rows = [("name", "value", "goal", "baseline", "unit", "")]
    for m in measures:
        sign = "≤" if m.better == "lower" else "≥"
        rows.append(
            (
                m.name,
                f"{m.value:.3g}",
                f"{sign} {m.goal:g}",
                f"{m.baseline:.4g}",
                m.unit,
                "" if m.met else "missed",
            )
        )
    widths = [max(len(row[i]) for row in rows) for i in range(6)]
    return "\n".join(
        "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows
    )
