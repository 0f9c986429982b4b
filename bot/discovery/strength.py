"""How much went back and forth, as one figure and as one of three groups. Pure, and the same for everybody.

turns    what both did: the smaller of what they wrote (14 days) and what the member wrote to them
volume   turns + half a turn for each further conversation + a tenth for each mail beyond the turns (≤ 10)
share    volume / (volume + 4): the first turns count most, no number of mails reaches 1
fresh    1 / (1 + days since the last mail / 30): today 1, two weeks ago 0.68
strength 100 × share × fresh, rounded, at least 1 for a two-way exchange
"""

from datetime import datetime, timedelta
from enum import StrEnum

_HALF = 4.0
_MONTH = timedelta(days=30)
_MOST_FURTHER = 10
OFTEN, NOW_AND_THEN = 43, 22


class Group(StrEnum):
    """The three groups of App Home, strongest first."""

    OFTEN = "often"
    NOW_AND_THEN = "now_and_then"
    ONCE = "once"


def strength_of(received: int, sent: int, conversations: int, last: datetime | None, now: datetime) -> int:
    """Work out the strength, 0 to 100. 0: nothing went back and forth."""
    turns = min(received, sent)
    if turns <= 0 or last is None:
        return 0
    further = min(abs(received - sent), _MOST_FURTHER)
    volume = turns + 0.5 * max(0, conversations - 1) + 0.1 * further
    age = max(timedelta(), now - last)
    return max(1, round(100 * volume / (volume + _HALF) / (1 + age / _MONTH)))


def group_of(strength: int) -> Group:
    """Say which group a strength belongs to."""
    if strength >= OFTEN:
        return Group.OFTEN
    return Group.NOW_AND_THEN if strength >= NOW_AND_THEN else Group.ONCE
