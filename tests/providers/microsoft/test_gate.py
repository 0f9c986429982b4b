"""Four places for a mailbox, given in the order of asking."""

import threading
from collections.abc import Callable

from providers.microsoft.gate import AT_ONCE, Gate, Gates


class Asker(threading.Thread):
    """Enters a gate and stays until it is told to leave."""

    def __init__(self, gate: Gate, places: int, order: list[str], name: str) -> None:
        super().__init__(daemon=True)
        self._gate, self._places, self._order, self._name = gate, places, order, name
        self.inside, self.leave = threading.Event(), threading.Event()

    def run(self) -> None:
        with self._gate.enter(self._places):
            self._order.append(self._name)
            self.inside.set()
            self.leave.wait(30)


def waiting(gate: Gate) -> Callable[[int], bool]:
    def are(count: int) -> bool:
        with gate._condition:
            return len(gate._queue) == count

    return are


def until(holds: Callable[[], bool]) -> None:
    pause = threading.Event()
    while not holds():
        pause.wait(0.001)


def test_a_batch_is_not_passed_by_by_single_requests() -> None:
    gate, order = Gate(), list[str]()
    first = Asker(gate, 1, order, "single")
    batch, late = Asker(gate, 20, order, "batch"), Asker(gate, 1, order, "late")
    queued = waiting(gate)
    first.start()
    assert first.inside.wait(10)
    batch.start()
    until(lambda: queued(1))
    late.start()
    until(lambda: queued(2))
    assert not batch.inside.is_set() and not late.inside.is_set()
    for one in (first, batch, late):
        one.leave.set()
        one.join(10)
    assert order == ["single", "batch", "late"]


def test_four_single_requests_go_side_by_side() -> None:
    gate, order = Gate(), list[str]()
    askers = [Asker(gate, 1, order, str(n)) for n in range(AT_ONCE + 1)]
    for one in askers:
        one.start()
    until(lambda: len(order) == AT_ONCE and waiting(gate)(1))
    for one in askers:
        one.leave.set()
        one.join(10)
    assert len(order) == AT_ONCE + 1


def test_a_place_is_given_back_whatever_happens_inside() -> None:
    gate = Gate()
    for _ in range(AT_ONCE + 1):
        try:
            with gate.enter(AT_ONCE):
                raise ValueError
        except ValueError:
            pass
    with gate.enter(AT_ONCE):
        pass


def test_each_mailbox_has_its_own_gate_for_as_long_as_somebody_holds_it() -> None:
    gates = Gates()
    ann = gates.of("ann@northwind.example")
    assert gates.of("ann@northwind.example") is ann
    assert gates.of("ben@northwind.example") is not ann
