"""`make bench`: run every benchmark, print a table, write build/bench.json."""

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks import acknowledging, calendars, contacts, listing, nightly, reading, scanning
from benchmarks.measures import table, write

BENCHMARKS = {
    "listing": listing.measure,
    "acknowledging": acknowledging.measure,
    "reading": reading.measure,
    "scanning": scanning.measure,
    "nightly": nightly.measure,
    "calendars": calendars.measure,
    "contacts": contacts.measure,
}


def main(names: list[str]) -> int:
    """Run the benchmarks named, or all of them, each in a process that no other has filled before."""
    measures = []
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as processes:
        for name in names or list(BENCHMARKS):
            print(f"{name} …", file=sys.stderr, flush=True)
            measures += processes.submit(BENCHMARKS[name]).result()
    write(measures, Path("build/bench.json"))
    print(table(measures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
