"""The window Skipped: why people were left out, one reason open at a time (screens.md 4)."""

from bot import payloads
from bot.blocks import Block, View, actions, button, clip, context, one_line, plain, section, window
from bot.discovery.progress import MIXED, OTHER, LeftOutPage
from bot.discovery.words import say_reason
from bot.discovery_payloads import LeftOutPerson, LeftOutRef
from bot.words import Reader
from store.met import LeftOut

SHOW_REASON, OLDER, NEWER = "discovery.show_reason", "discovery.older_skipped", "discovery.newer_skipped"
ANYWAY, EVERY_SENDER = "discovery.anyway", "discovery.every_sender"
SKIPPED = "discovery.skipped"
PEOPLE = 20  # on a page
NOT_ANYWAY = frozenset({"dismissed", "blocked", "own"})  # taken back under People found, or never wanted


def skipped_window(page: LeftOutPage, reader: Reader, suggested: str = "") -> View:
    """Draw the reasons with their numbers, and the people of the one that is open.

    `suggested` is the address that was just taken out of the list.
    """
    blocks: list[Block] = [section(plain(_intro(page, reader)))]
    if suggested:
        said = reader.say("{address} stands under People found now.", address=suggested)
        blocks.insert(0, section(plain(said)))
    for code, number in page.reasons:
        blocks += _reason(page, code, number, reader)
    if not page.every_sender:
        every = button(reader.say("Look at every sender"), EVERY_SENDER)
        said = reader.say(
            "Mail that your mail service files under promotions and the like is not opened, and nights look"
            " at new mail only. Look at every sender reads two weeks of senders."
        )
        blocks += [context(plain(said)), actions(every)]
    return window(reader.say("Why left out"), blocks, callback_id=SKIPPED, close=reader.say("Close"))


def _intro(page: LeftOutPage, reader: Reader) -> str:
    if not page.reasons:
        return reader.say(
            "Nobody is kept here at the moment: whoever a scan leaves out is forgotten after two weeks. The"
            " next scan fills this list again."
        )
    total = sum(number for _, number in page.reasons)
    return reader.count(
        "{n} address was met and left out. It is forgotten with the next scan, or after two weeks.",
        "{n} addresses were met and left out. They are forgotten with the next scan, or after two weeks.",
        total,
    )


def _reason(page: LeftOutPage, code: str, number: int, reader: Reader) -> list[Block]:
    said = _title(code, reader)
    open_here = code == page.chosen
    ref = payloads.encode(LeftOutRef("" if open_here else code))
    label = (
        reader.say("Hide: {reason}", reason=said) if open_here else reader.say("Show: {reason}", reason=said)
    )
    words = reader.say("Hide") if open_here else reader.say("Show")
    line = reader.say("{reason} {n}", reason=said, n=f"{number:,}")
    blocks = [section(plain(line), button(words, SHOW_REASON, ref, label=label))]
    if open_here:
        blocks += [_person(one, page, reader) for one in page.people]
        blocks += _turning(page, reader)
    return blocks


def _title(code: str, reader: Reader) -> str:
    return reader.say("Other reasons.") if code == OTHER else say_reason(reader, code)


def _person(one: LeftOut, page: LeftOutPage, reader: Reader) -> Block:
    name = clip(one_line(one.name), 100)
    who = f"{name} · {one.address}" if name else one.address
    why = " ".join(say_reason(reader, code) for code in one.reasons.split())
    mails = _careful(page.alike.get(one.address, ""), reader)
    mails += reader.count("{n} message.", "{n} messages.", one.mails)
    if set(one.reasons.split()) & NOT_ANYWAY:
        return section(plain(clip(f"{who}\n{mails} {why}", 600)))
    ref = payloads.encode(LeftOutPerson(one.address, page.chosen, page.start))
    anyway = button(
        reader.say("Suggest anyway"),
        ANYWAY,
        ref,
        label=reader.say("Suggest {name} anyway", name=name or one.address),
    )
    return section(plain(clip(f"{who}\n{mails} {why}", 600)), anyway)


def _careful(alike: str, reader: Reader) -> str:
    """Warn of a domain that is not what it looks like."""
    if not alike:
        return ""
    if alike == MIXED:
        return reader.say("Careful: the domain mixes letters of two alphabets.") + " "
    said = reader.say("Careful: the domain looks like {domain}, and is another one.", domain=clip(alike, 100))
    return f"{said} "


def _turning(page: LeftOutPage, reader: Reader) -> list[Block]:
    newer = older = None
    if page.start:
        ref = payloads.encode(LeftOutRef(page.chosen, max(0, page.start - PEOPLE)))
        newer = button(reader.say("Newer"), NEWER, ref)
    if page.more:
        older = button(
            reader.say("Older"), OLDER, payloads.encode(LeftOutRef(page.chosen, page.start + PEOPLE))
        )
    return [actions(newer, older)] if newer or older else []
