"""The sentences of the review: who somebody is, what was decided when, and what became of a press."""

from bot.blocks import clip, one_line
from bot.discovery.people import Act, Blocking, Outcome, Undone, Where
from bot.discovery.words import say_conversations
from bot.words import Reader
from store.candidates import ADDED, DISMISSED, Candidate
from store.deciding import BLOCKED, Batch

NAME, LINE = 60, 120  # characters of a name where it is one of many, and of an address or a company


def name_of(person: Candidate) -> str:
    """What to call somebody: the name, or the address where none is known."""
    return clip(one_line(person.name) or person.address, NAME)


def who(person: Candidate) -> str:
    """Name, address and company in one line."""
    known = (one_line(person.name), person.address, one_line(person.company))
    return " · ".join(clip(part, LINE) for part in known if part)


def exchange(person: Candidate, reader: Reader) -> str:
    """How much went back and forth: theirs of two weeks, the member's of all time, and each says so."""
    return reader.say(
        "{talks}, they wrote {received}; you wrote {sent} in all",
        talks=say_conversations(reader, person.conversations, person.last_at),
        received=f"{person.received:,}",
        sent=f"{person.sent:,}",
    )


def decided(person: Candidate, reader: Reader) -> str:
    """Say what was decided, when and where: "Added today 08:12, from your digest."."""
    at = reader.when(person.decided_at) if person.decided_at else ""
    digest = person.decided_in in (Where.DIGEST, Where.SEVERAL)
    if person.state == ADDED:
        sentence = "Added {at}, from your digest." if digest else "Added {at}."
    elif person.decided_in == BLOCKED:
        sentence = "Blocked {at}."
    else:
        sentence = "Dismissed {at}, from your digest." if digest else "Dismissed {at}."
    return reader.say(sentence, at=at)


def is_blocked(person: Candidate) -> bool:
    """Tell whether a block keeps somebody away."""
    return person.state == DISMISSED and person.decided_in == BLOCKED


def said_of(outcome: Outcome, reader: Reader) -> str:
    """Say what a press has done; "" when all went as asked, which the screen shows anyway."""
    if len(outcome.before) == 1 and not outcome.done:
        (person,) = outcome.before
        return reader.say(
            "{name} was decided before: {decided} Nothing was changed now.",
            name=name_of(person),
            decided=decided(person, reader),
        )
    if not outcome.everybody:
        return reader.say("Nobody of them waits any more. Nothing was changed.")
    parts = [_before(outcome, reader), _joined(outcome, reader)]
    return " ".join(part for part in parts if part)


def _before(outcome: Outcome, reader: Reader) -> str:
    if not outcome.before:
        return ""
    return reader.count(
        "{n} of them was decided before and stays as it was.",
        "{n} of them were decided before and stay as they were.",
        len(outcome.before),
    )


def _joined(outcome: Outcome, reader: Reader) -> str:
    if not outcome.joined:
        return ""
    if len(outcome.joined) == 1:
        return reader.say(
            "{name} is in your contacts already; nothing was added twice.", name=name_of(outcome.joined[0])
        )
    return reader.count(
        "{n} is in your contacts already; nothing was added twice.",
        "{n} are in your contacts already; nothing was added twice.",
        len(outcome.joined),
    )


def done(outcome: Outcome, reader: Reader) -> str:
    """Say that people were added or dismissed, for a window or a message that shows nothing else."""
    people = outcome.done
    if len(people) == 1:
        name = name_of(people[0])
        if outcome.act is Act.ADD:
            return reader.say("{name} is in your contacts now.", name=name)
        return reader.say("{name} was dismissed and is not suggested again.", name=name)
    if outcome.act is Act.ADD:
        return reader.count("{n} person was added.", "{n} people were added.", len(people))
    return reader.count("{n} person was dismissed.", "{n} people were dismissed.", len(people))


def last_decision(batch: Batch, name: str, reader: Reader) -> str:
    """Say what was decided last, beside its Undo. `name` is of the only person, "" of several."""
    at = reader.when(batch.at)
    if name:
        added, dismissed = "{name} was added, {at}.", "{name} was dismissed, {at}."
        sentence = added if batch.state == ADDED else dismissed
        if batch.decided_in == BLOCKED:
            sentence = "{name} was blocked, {at}."
        return reader.say(sentence, name=name, at=at)
    if batch.decided_in == BLOCKED:
        return reader.count(
            "{n} person was blocked, {at}.", "{n} people were blocked, {at}.", batch.people, at=at
        )
    if batch.state == ADDED:
        return reader.count(
            "{n} person was added, {at}.", "{n} people were added, {at}.", batch.people, at=at
        )
    return reader.count(
        "{n} person was dismissed, {at}.", "{n} people were dismissed, {at}.", batch.people, at=at
    )


def undone(result: Undone, reader: Reader) -> str:
    """Say who waits again, and why somebody does not."""
    if not result.back and not result.stay:
        return reader.say("There is nothing left to undo. Nothing was changed.")
    said = ""
    if len(result.back) == 1:
        said = reader.say("{name} is waiting again.", name=name_of(result.back[0]))
    elif result.back:
        said = reader.count("{n} person is waiting again.", "{n} people are waiting again.", len(result.back))
    if not result.stay:
        return said
    names = reader.listed([name_of(one) for one in result.stay[:5]])
    if all(one.state == ADDED for one in result.stay):
        why = reader.count(
            "{names} stays in your contacts: the record was there before, or has been used since.",
            "{names} stay in your contacts: their records were there before, or have been used since.",
            len(result.stay),
            names=names,
        )
    else:
        why = reader.count(
            "{names} is still kept away by a block or a dismissal of its own.",
            "{names} are still kept away by a block or a dismissal of their own.",
            len(result.stay),
            names=names,
        )
    return f"{said} {why}".strip()


def blocked(done: Blocking, reader: Reader) -> str:
    """Say what a block keeps away; "" when the one person who went says it all."""
    shown = done.shown.removeprefix("@")
    if not done.fresh:
        return reader.say("{shown} was blocked before. Nothing was changed.", shown=shown)
    if done.shown.startswith("@"):
        return reader.say(
            "All of {domain} is blocked: nobody there is suggested again. Dismissed shows what is blocked.",
            domain=shown,
        )
    if done.gone == 1:
        return ""
    return reader.say(
        "{address} is blocked and not suggested again. Below the list stands what you have blocked.",
        address=shown,
    )
