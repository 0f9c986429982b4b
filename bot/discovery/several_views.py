"""The window in which some people of a digest are chosen (screens.md 4, Choose several)."""

from collections.abc import Collection
from dataclasses import dataclass

from bot import payloads
from bot.blocks import Block, View, actions, boxes, button, clip, field, option, plain, section, window
from bot.discovery import review_words as words
from bot.discovery.people import Outcome
from bot.discovery.review_views import who_will_see
from bot.discovery_payloads import BatchRef, SeveralRef
from bot.words import Reader
from store.candidates import PENDING, Candidate

SEVERAL, CHOSEN = "discovery.several", "discovery.chosen"
DISMISS, ALL, NONE = "discovery.several_dismiss", "discovery.several_all", "discovery.several_none"
UNDO = "discovery.several_undo"
GROUP = 10  # boxes in one group
FIELD = "chosen"  # how the block ids of the groups begin


@dataclass(frozen=True, slots=True)
class Several:
    """People of a digest as they stand. `untold` is the workspace whose members see contacts, "" once told.

    `drawn` numbers the drawings: a group of boxes keeps what was ticked as long as its block id stays.
    """

    digest: str
    people: tuple[Candidate, ...]
    untold: str = ""
    drawn: int = 0

    @property
    def waiting(self) -> tuple[Candidate, ...]:
        return tuple(person for person in self.people if person.state == PENDING)


def several_window(
    several: Several, chosen: Collection[str], reader: Reader, told: str = "", undo: str = ""
) -> View:
    """Draw everybody who waits with a box. `told` says what was done, which the batch `undo` takes back."""
    waiting = several.waiting
    blocks: list[Block] = []
    if told:
        back = button(reader.say("Undo"), UNDO, payloads.encode(BatchRef(undo))) if undo else None
        blocks.append(section(plain(told), back))
    if several.untold and waiting:
        blocks.append(section(plain(who_will_see(several.untold, reader, several=True))))
    blocks += [
        _group(waiting[at : at + GROUP], at, several, chosen, reader) for at in range(0, len(waiting), GROUP)
    ]
    ref = payloads.encode(SeveralRef(several.digest, several.drawn))
    if waiting:
        blocks.append(
            actions(
                button(reader.say("Dismiss chosen"), DISMISS, ref),
                button(reader.say("All"), ALL, ref, label=reader.say("Choose all")),
                button(reader.say("None"), NONE, ref, label=reader.say("Choose none")),
            )
        )
    else:
        said = reader.say("Everybody of this digest is decided. Home shows whom you added and dismissed.")
        blocks.append(section(plain(said)))
    return window(
        reader.say("Choose several"),
        blocks,
        callback_id=SEVERAL,
        close=reader.say("Close"),
        submit=reader.say("Add chosen") if waiting else "",
        metadata=ref,
    )


def _group(
    people: Collection[Candidate], at: int, several: Several, chosen: Collection[str], reader: Reader
) -> Block:
    options = [_option(person, reader) for person in people]
    ticked = [one for one in options if one["value"] in chosen]
    label = reader.say("People") if not at else reader.say("More people")
    block_id = f"{FIELD}:{at}:{several.drawn}"
    return field(label, boxes(CHOSEN, options, ticked), block_id, optional=True)


def _option(person: Candidate, reader: Reader) -> Block:
    talks = reader.count("{n} conversation", "{n} conversations", person.conversations)
    return option(words.name_of(person), person.id, f"{clip(person.address, 50)} · {talks}")


def result(outcome: Outcome, reader: Reader) -> str:
    """Say what a press on Add chosen or Dismiss chosen did."""
    parts = [words.done(outcome, reader) if outcome.done else "", words.said_of(outcome, reader)]
    return " ".join(part for part in parts if part)
