"""Small windows of the review: who sees contacts, and what is blocked."""

from bot import payloads
from bot.blocks import Block, View, actions, button, one_line, plain, section, window
from bot.discovery.people import Blocked, BlockedPage, Wish
from bot.discovery_payloads import BlockRef, WishRef
from bot.words import Reader

SHARING, BLOCKED, LIFT = "discovery.sharing", "discovery.blocked_list", "discovery.lift"
NEWER, OLDER = "discovery.blocked_newer", "discovery.blocked_older"


def sharing_window(wish: Wish, workspace: str, reader: Reader) -> View:
    """Who sees contacts: read once, before the first Add. It carries the wish on."""
    until = int(wish.found_until.timestamp() * 1000) if wish.found_until else 0
    carried = WishRef(wish.act, wish.where, ",".join(wish.ids), wish.group or "", until)
    return window(
        reader.say("Contacts are shared"),
        [section(plain(who_will_see(workspace, reader, several=len(wish.ids) != 1)))],
        callback_id=SHARING,
        submit=reader.say("Add"),
        close=reader.say("Not now"),
        metadata=payloads.encode(carried),
    )


def who_will_see(workspace: str, reader: Reader, *, several: bool = False) -> str:
    """What is told before the first Add. `several`: of more than one person, or who knows how many."""
    return reader.count(
        "Contacts are shared: everybody in {workspace} who uses Mailroom will see this name, address and"
        " company, and that you added it. Your mail stays yours.",
        "Contacts are shared: everybody in {workspace} who uses Mailroom will see these names, addresses and"
        " companies, and that you added them. Your mail stays yours.",
        2 if several else 1,
        workspace=one_line(workspace),
    )


def blocked_window(page: BlockedPage, length: int, reader: Reader, told: str = "") -> View:
    """What is blocked, each with Unblock. `told` says what was just done."""
    blocks = [section(plain(told))] if told else []
    if page.rows:
        blocks += [_blocked(one, page, reader) for one in page.rows]
    else:
        said = reader.say("Nothing is blocked. Block stands in the menu of each person under People found.")
        blocks.append(section(plain(said)))
    newer = older = None
    if page.start:
        ref = payloads.encode(BlockRef(start=max(0, page.start - length)))
        newer = button(reader.say("Newer"), NEWER, ref)
    if page.more:
        older = button(reader.say("Older"), OLDER, payloads.encode(BlockRef(start=page.start + length)))
    if newer or older:
        blocks.append(actions(newer, older))
    return window(reader.say("Blocked"), blocks, callback_id=BLOCKED, close=reader.say("Close"))


def _blocked(one: Blocked, page: BlockedPage, reader: Reader) -> Block:
    day = reader.day(one.at)
    if one.shown.startswith("@"):
        said = reader.say("All of {domain}, blocked {day}", domain=one.shown[1:], day=day)
    elif one.shown:
        said = reader.say("{address}, blocked {day}", address=one.shown, day=day)
    else:
        said = reader.say("Blocked {day}; the name was not kept when your mailbox was disconnected", day=day)
    shown = one.shown.removeprefix("@") or day
    lift = button(
        reader.say("Unblock"),
        LIFT,
        payloads.encode(BlockRef(one.hash, page.start)),
        label=reader.say("Unblock {shown}", shown=shown),
    )
    return section(plain(said), lift)
