"""Conversations with the crowd, made by a seed: questions, answers, thanks, and some silence."""

import random

from sandbox.seed.crowd import stranger
from sandbox.seed.script import Conversation, Letter

_GOODS = (
    "Harbour Blend",
    "Lighthouse roast",
    "the hand grinder",
    "paper filters",
    "the blue cups",
    "Driftwood decaf",
    "the small kettle",
    "gift boxes",
)
_OPENINGS = (
    (
        "{goods}: is it in stock?",
        "Dear Ann,\n\ndo you have {goods} in stock? We need {count} by the end of the month.\n\n{name}",
        "Hello {name},\n\nyes, {count} are no problem. They can leave on {day}.\n\nAnn",
    ),
    (
        "A question about {goods}",
        "Hi Ann,\n\na guest asked where {goods} comes from. What may I tell them?\n\nBest\n{name}",
        "Hi {name},\n\nthe story is on our page, and I attach it as a file for your table.\n\nAnn",
    ),
    (
        "Delivery on {day}",
        "Good morning,\n\nnobody is here on {day} before ten. Could the driver come later?\n\n{name}",
        "Hello {name}, I told him. He comes at eleven and brings {goods}.\n\nAnn",
    ),
    (
        "Order {count}",
        "Dear Ann,\n\nplease send us:\n\n- {count} x {goods}\n- the new price list\n\nThank you\n{name}",
        "Dear {name},\n\nthank you for your order, it leaves on {day}.\n\nAnn",
    ),
    (
        "Thank you for the visit",
        "Dear Ann,\n\nit was good to see you here. People still talk about {goods}.\n\n{name}",
        "Dear {name}, thank you for having me. See you in spring!\n\nAnn",
    ),
    (
        "Price of {goods} from January",
        "Hello Ann, will the price of {goods} change in January? I am planning the year.\n\n{name}",
        "Hello {name}, it stays the same until {day} the 1st of March.\n\nAnn",
    ),
)
_THANKS = ("Perfect, thank you!\n\n{name}", "Great. See you on {day}.\n\n{name}", "Thanks, Ann.")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
PER_PERSON = 3  # conversations with the same person, on average


def talk_with_crowd(seed: int, count: int, days: int) -> list[Conversation]:
    """Make `count` conversations over the last `days` days."""
    chance = random.Random(f"{seed}:crowd:{count}")
    return [_conversation(chance, count, days) for _ in range(count)]


def _conversation(chance: random.Random, count: int, days: int) -> Conversation:
    # Squared: some people write often, most write once or twice, as in any mailbox.
    number = int(chance.random() ** 2 * max(1, count // PER_PERSON))
    key = f"crowd-{number}"
    words = {
        "goods": chance.choice(_GOODS),
        "count": str(chance.randrange(2, 90)),
        "day": chance.choice(_DAYS),
        "name": _first_name(number),
    }
    subject, asked, answered = chance.choice(_OPENINGS)
    age = chance.randrange(3, max(4, days))
    when = f"{age}d {chance.randrange(5, 20):02}:{chance.randrange(60):02}"
    attach = (
        {"attach": f"{words['goods'].title()}.pdf"} if "attach" in answered and chance.random() < 0.8 else {}
    )
    letters = [Letter(key, ("ann",), when, "", text=asked.format_map(words))]
    if chance.random() < 0.7:
        wait = f"+{chance.randrange(1, 26)}h{chance.randrange(60)}m"
        text = answered.format_map(words)
        letters.append(Letter("ann", (key,), wait, "gmail", options=attach, text=text))
        if chance.random() < 0.6:
            text = chance.choice(_THANKS).format_map(words)
            letters.append(Letter(key, ("ann",), f"+{chance.randrange(1, 20)}h", "", text=text))
    title = subject.format_map(words)
    return Conversation(title[0].upper() + title[1:], tuple(letters), "crowd")


def _first_name(number: int) -> str:
    return stranger(number).actor.first_name
