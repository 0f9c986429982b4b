"""The Find window: whom, and perhaps which words (screens.md 4)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot import payloads
from bot.blocks import (
    Block,
    View,
    clip,
    context,
    external_select,
    field,
    one_line,
    option,
    plain,
    text_input,
    window,
)
from bot.inbox.people import Person
from bot.payloads import PersonRef
from bot.words import Reader
from store.contacts import Contact

FIND = "inbox.find"  # the window's callback id
WHOM, WORDS = "inbox.whom", "inbox.words"  # each is block and field at once
MOST_OFFERED = 50
_LONGEST_VALUE = 150  # characters of an option's value (slack.md 1.3)


def find_window(reader: Reader, person: Person | None = None, words: str = "") -> View:
    """Ask for a contact or an address. `person` and `words` are what it opens with."""
    chosen = _offer(person, reader) if person else None
    whom = external_select(WHOM, placeholder=reader.say("A name, a company or a whole address"))
    if chosen:
        whom["initial_option"] = chosen
    hint = reader.say("Type a whole address to see mail with somebody who is not in your contacts.")
    blocks = [
        field(reader.say("Whose conversations?"), whom, WHOM, hint=hint),
        field(
            reader.say("Words to look for"),
            text_input(WORDS, initial=words, most=200),
            WORDS,
            optional=True,
            hint=reader.say("Only conversations that contain them are shown."),
        ),
        context(plain(reader.say("Only you see what is found. Your mail stays in your own mailbox."))),
    ]
    return window(
        reader.say("Find a conversation"),
        blocks,
        callback_id=FIND,
        close=reader.say("Cancel"),
        submit=reader.say("Show"),
    )


def offers(typed: Sequence[Person], known: Iterable[Contact], reader: Reader) -> list[Block]:
    """What the field offers: addresses that were typed whole first, then contacts; nobody twice."""
    people = [*typed, *(Person(contact.addresses, contact) for contact in known if contact.addresses)]
    unique = {person.ref: person for person in reversed(people)}
    ordered = [unique[ref] for ref in dict.fromkeys(person.ref for person in people)]
    found = [_offer(person, reader) for person in ordered]
    return [one for one in found if one][:MOST_OFFERED]


def _offer(person: Person, reader: Reader) -> Block | None:
    """One option. None: an address too long to be carried by one."""
    value = payloads.encode(person.ref)
    if len(value) > _LONGEST_VALUE:
        return None
    if person.contact is None:
        return option(reader.say("Show mail with {address}", address=person.addresses[0]), value)
    name = clip(one_line(person.name), 75)
    company = one_line(person.contact.company)
    detail = " · ".join(part for part in (person.addresses[0], company) if part and part != name)
    return option(name, value, clip(detail, 75))


def chosen(values: Mapping[str, Any]) -> tuple[PersonRef | None, str]:
    """Read what the window was submitted with. Raises UnknownPayload for a forged choice."""
    whom = (values.get(WHOM) or {}).get(WHOM) or {}
    picked = whom.get("selected_option")
    words = str(((values.get(WORDS) or {}).get(WORDS) or {}).get("value") or "")
    ref = payloads.decode(PersonRef, str(picked["value"])) if picked else None
    return ref, " ".join(words.split())[:200]
