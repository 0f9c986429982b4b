"""Far down in a long list of conversations: turning pages, a restart, a mailbox that gives no more now."""

import pytest

from sandbox.faults import Fault, Kind
from tests.flows.inbox.reading import ask, subjects
from tests.stage import Stage, connect, texts

IVO = "ivo@petrovparts.example"


def test_every_page_of_a_long_list_follows_without_a_gap_even_after_a_restart(many: Stage) -> None:
    connect(many)
    answer = ask(many, many.ann, f"/inbox {IVO}")
    seen = subjects(answer)
    for number in range(11):
        if number == 6:
            many.restart()  # what was read is forgotten: the next page is found again from the beginning
        many.press(many.ann, answer, "inbox.older")
        seen += subjects(answer)
    orders = [int(subject.split()[1].rstrip(":")) for subject in seen]
    assert orders == list(range(orders[0], orders[0] - 60, -1))


@pytest.mark.parametrize("status", [429, 503])
def test_a_list_that_breaks_off_goes_on_from_there(many: Stage, status: int) -> None:
    connect(many)
    answer = ask(many, many.ann, f"/inbox {IVO}")
    seen = subjects(answer)
    many.faults.add(Fault("google", Kind.STATUS, "/gmail/v1|POST /batch", times=None, status=status))
    while subjects(answer):
        many.press(many.ann, answer, "inbox.older")
        seen += subjects(answer)
    assert "ann@northwind.example could not be read." in texts(answer.blocks)
    assert "nothing older" not in texts(answer.blocks)
    many.faults.clear("google")
    many.press(many.ann, answer, "inbox.older")  # the one button of that name now reads "Try again"
    seen += subjects(answer)
    orders = [int(subject.split()[1].rstrip(":")) for subject in seen]
    assert orders == list(range(orders[0], orders[0] - len(orders), -1))
    assert len(orders) > 20
