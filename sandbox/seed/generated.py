"""Conversations made by a seed: years of small orders with one contact, for searching and paging."""

import random

from sandbox.seed.script import Conversation, Letter

_PARTS = (
    "gasket",
    "burr set",
    "hopper lid",
    "steam wand",
    "drip tray",
    "lever spring",
    "thermostat",
    "pump head",
    "shower screen",
    "portafilter",
    "boiler element",
    "water filter",
    "grinder belt",
    "control knob",
)
_RARE = ("pressure valve", "brass flange")  # few conversations hold these: something to search for
_ASKS = (
    "Dear Ann,\n\nwe have {count} pieces of the {part} in stock, {size} mm. Shall I keep them?\n\nIvo",
    "Ann,\n\nthe {part} you asked for has arrived: {count} pieces, {size} mm, {price} each.\n\nIvo Petrov",
    "Hello Ann,\n\nfor the {part} ({size} mm) the price goes up to {price} next month. Order now?\n\nIvo",
    "Dear Ann,\n\nyour {part}, {count} pieces, left this morning with the post.\n\nIvo Petrov",
)
_ANSWERS = (
    "Dear Ivo,\n\nyes please, all {count}.\n\nAnn",
    "Thank you, Ivo. We take {count} now and the rest in spring.\n\nAnn",
    "Dear Ivo, please wait with the {part}, I have to ask the workshop first.\n\nAnn",
)
_CLOSINGS = (
    "Done. The invoice is in the box.\n\nIvo",
    "Very well. They leave on {day}.\n\nIvo",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
PER_RARE = 25  # one conversation in so many is about a rare part


def orders_with_ivo(seed: int, count: int) -> list[Conversation]:
    """Make `count` conversations of one to three letters, about three in a week, the newest two days old."""
    chance = random.Random(f"{seed}:orders")
    return [_order(chance, number, count) for number in range(count)]


def _order(chance: random.Random, number: int, count: int) -> Conversation:
    rare = number % PER_RARE == PER_RARE // 2
    words = {
        "part": _RARE[(number // PER_RARE) % len(_RARE)] if rare else chance.choice(_PARTS),
        "count": str(chance.randrange(2, 60)),
        "size": str(chance.randrange(6, 90)),
        "price": f"{chance.randrange(90, 4200) / 100:.2f}",
        "day": chance.choice(_DAYS),
    }
    days = 2 + (count - 1 - number) * 2
    ask = chance.choice(_ASKS).format_map(words)
    letters = [_letter("ivo", "ann", f"{days}d {chance.randrange(6, 16):02}:{chance.randrange(60):02}", ask)]
    if days > 7 and chance.random() < 0.6:
        wait = f"+{chance.randrange(1, 30)}h{chance.randrange(60)}m"
        letters.append(_letter("ann", "ivo", wait, chance.choice(_ANSWERS).format_map(words)))
        if chance.random() < 0.5:
            closing = chance.choice(_CLOSINGS).format_map(words)
            letters.append(_letter("ivo", "ann", f"+{chance.randrange(2, 40)}h", closing))
    subject = f"Order {21_000 + number}: {words['count']} x {words['part']}"
    return Conversation(subject, tuple(letters), "orders")


def _letter(sender: str, to: str, when: str, text: str) -> Letter:
    return Letter(sender, (to,), when, "plain" if sender == "ivo" else "gmail", text=text)


def shelf_rows(count: int) -> str:
    """Write a table of so many shelves, for mail that is longer than a window can hold."""
    if not count:
        return ""
    rows = [
        f"| {chr(65 + number % 26)}{number:03} | {_PARTS[number % len(_PARTS)]} | {number * 37 % 211} |"
        for number in range(count)
    ]
    return "\n\n" + "\n".join(["| Shelf | What | Pieces |", *rows])
