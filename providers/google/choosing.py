"""Which mails a scan of Gmail reads next, so that few of them are by one person."""

from collections.abc import Sequence

from providers.google.batch import LARGEST_BATCH
from providers.google.scan_place import Entry, Place

_FIRST = 8  # enough to meet whoever writes most; after it, none of their mails is waiting any more
_MANY = 2 * LARGEST_BATCH


def sizes(place: Place) -> Sequence[int]:
    """Say how many mails are read in each wave of the next stretch."""
    group = place.answered or (*place.sent, *place.others)
    if len(group) > _MANY:
        return _FIRST, LARGEST_BATCH - _FIRST
    return (LARGEST_BATCH,) if group else ()


def choose(place: Place, size: int) -> list[Entry]:
    """Choose one mail of each conversation: the newest answered ones, else some from the whole time."""
    if place.answered:
        return list(_one_of_each(place.answered).values())[:size]
    others = list(_one_of_each(place.others).values())
    wanted = size - len(place.sent)
    if 0 < wanted < len(others):
        step = len(others) / wanted  # a machine's mails often come one after the other
        others = [others[int(number * step)] for number in range(wanted)]
    return [*place.sent, *others][:size]


def _one_of_each(entries: Sequence[Entry]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for one in entries:
        found.setdefault(one[1], one)
    return found
