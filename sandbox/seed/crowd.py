"""A crowd without end, made up by number: for large mailboxes. Number 17 is always the same person."""

from functools import lru_cache

from sandbox.seed.actors import Actor, Voice

_NAMES = """
Alma Bruno Carla Diego Elin Farid Gloria Hugo Iris Jonas Karin Leo Maya Nils Oda Pavel Quinn Rosa Simon Tara
Uwe Vera Willem Xenia Yusuf Zoe Amir Berta Cyril Dorit Emil Flora Gustav Hedda Igor Juna Kofi Lotte
/ Adler Berg Castillo Dahl Engel Ferrari Garcia Hoffmann Ibsen Jansen Keller Lombard Meyer Nowak Olsson Petit
Quist Rossi Sommer Tahir Ullmann Vogel Winter Xavier Yilmaz Zeller Brook Carver Dunn Ellis Frost
/ bakery kitchen bistro hotel tearoom market deli roastery canteen theatre museum library farm inn pottery
/ hill bridge harbour forest lake mill garden castle square river
/ gmail outlook apple gmail thunderbird yahoo outlook proton plain gmail
"""
_FIRST, _LAST, _TRADES, _PLACES, _STYLES = (tuple(line.split()) for line in _NAMES.split("/"))


@lru_cache(maxsize=4096)
def stranger(number: int) -> Voice:
    """Make up the person with this number: name, house, address and mail program."""
    first = _FIRST[number % len(_FIRST)]
    last = _LAST[(number // len(_FIRST) + number * 7) % len(_LAST)]
    house = f"{_PLACES[number * 3 % len(_PLACES)]}{_TRADES[number * 5 % len(_TRADES)]}"
    if number % 6 == 0:
        address = f"{first}.{last}{number % 90 + 10}@freemail.example".lower()
    else:
        address = f"{first}.{last}@{house}{number // 150 or ''}.example".lower()
    key = f"crowd-{number}"
    return Voice(key, Actor(f"{first} {last}", {key: address}, _STYLES[number % len(_STYLES)]), address)
