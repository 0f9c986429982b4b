"""The thread window: one conversation, paged, its newest message open (screens.md 4).

What is open, which page and in which order stands in the window's metadata and in every button (ThreadPlace):
nothing about a window is remembered here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot import doors, payloads
from bot.blocks import (
    Block,
    View,
    actions,
    button,
    clip,
    context,
    header,
    one_line,
    overflow,
    plain,
    window,
)
from bot.inbox import unfolding
from bot.inbox.message_views import (
    BODY_BLOCKS,
    BODY_BYTES,
    Shown,
    folded_line,
    frame_blocks,
    open_message,
)
from bot.inbox.rules import from_me, others
from bot.inbox.threads import OpenThread
from bot.inbox.views import open_in
from bot.payloads import ThreadPlace, ThreadRef
from bot.words import Reader
from providers.mail import Message

THREAD = "inbox.thread"  # the window's callback id
NEWER_MESSAGES, OLDER_MESSAGES, ORDER = "inbox.newer_messages", "inbox.older_messages", "inbox.order"
MENU = "inbox.thread_menu"
REFRESH, PERSON, ELSEWHERE = "refresh", "person", "elsewhere"  # what the menu offers

PAGE = 10  # messages at once
MESSAGE_BLOCKS = 80  # for all messages of a page (screens.md 4)
MESSAGE_BYTES = 150_000  # for their texts together; the frames around take the rest of 200 KB

Links = Mapping[tuple[str, str], str]  # (message id, part) → the page just made for a file


def thread_window(opened: OpenThread, place: ThreadPlace, reader: Reader, links: Links | None = None) -> View:
    """Draw a thread as it stands. `links`: pages for files that were just asked for."""
    count = len(opened.thread.messages)
    place = replace(place, page=min(max(0, place.page), (count - 1) // PAGE))
    names = [unfolding.name_of(message.id) for message in opened.thread.messages]
    open_ = unfolding.read(place.open, unfolding.name_of(opened.conversation.last.id))
    gone = open_.keys() - set(names)
    if gone:
        open_ = {name: how for name, how in open_.items() if name not in gone}
        place = replace(place, open=unfolding.write(open_))
    shown = list(_page(opened, place, names, open_, links or {}))
    top = _top(opened, place, reader) + ([_gone(reader)] if gone else [])
    blocks = [*top, *_messages(shown, reader), *_bottom(opened, place, reader)]
    return window(
        reader.say("Conversation"),
        blocks,
        callback_id=THREAD,
        close=reader.say("Close"),
        metadata=payloads.encode(place),
    )


def thread_ref(place: ThreadPlace) -> ThreadRef:
    """Name the thread of a window."""
    return ThreadRef(place.account, place.thread, place.contact, place.address)


def place_of(ref: ThreadRef) -> ThreadPlace:
    """How a thread stands when it is opened."""
    return ThreadPlace(ref.account, ref.thread, ref.contact, ref.address)


# --- the page ---------------------------------------------------------------------------------------------


def _page(
    opened: OpenThread,
    place: ThreadPlace,
    names: Sequence[str],
    open_: Mapping[str, unfolding.Unfolded],
    links: Links,
) -> Iterator[Shown]:
    messages = opened.thread.messages

    def opens(name: str, how: unfolding.Unfolded | None) -> str:
        changed = unfolding.without(open_, name) if how is None else unfolding.with_open(open_, name, how)
        return payloads.encode(replace(place, open=unfolding.write(changed)))

    for at in _places(len(messages), place):
        message = messages[at]
        yield Shown(
            message=message,
            mine=from_me(message, opened.own),
            others=_strangers(message, opened),
            how=open_.get(names[at]),
            opens=partial(opens, names[at]),
            account=opened.account.id,
            alone=len(messages) == 1,
            links={part: url for (of, part), url in links.items() if of == message.id},
        )


def _places(count: int, place: ThreadPlace) -> list[int]:
    """The places of one page's messages, counted from the oldest, in the order in which they are shown."""
    order = range(count) if place.oldest_first else range(count - 1, -1, -1)
    return list(order[place.page * PAGE : (place.page + 1) * PAGE])


def _strangers(message: Message, opened: OpenThread) -> int:
    return len(others(message, opened.own) - frozenset(opened.person.addresses))


def _messages(shown: list[Shown], reader: Reader) -> list[Block]:
    """Draw a page's messages; the open ones share what a window may hold."""
    open_ = [one for one in shown if one.how]
    share = max(1, len(open_))
    room = MESSAGE_BLOCKS - (len(shown) - len(open_)) - sum(frame_blocks(one) for one in open_)
    blocks = max(1, min(BODY_BLOCKS, room // share))
    size = min(BODY_BYTES, MESSAGE_BYTES // share)
    drawn: list[Block] = []
    for one in shown:
        drawn += open_message(one, reader, blocks, size) if one.how else [folded_line(one, reader)]
    return drawn


# --- above and below --------------------------------------------------------------------------------------


def _top(opened: OpenThread, place: ThreadPlace, reader: Reader) -> list[Block]:
    blocks = [header(one_line(opened.thread.subject) or reader.say("(no subject)")), _facts(opened, reader)]
    blocks.append(_controls(opened, place, reader))
    mixed = sum(1 for message in opened.thread.messages if _strangers(message, opened))
    if mixed:
        said = reader.count(
            "{n} message is with other people too: it can be read here, not answered.",
            "{n} messages are with other people too: they can be read here, not answered.",
            mixed,
        )
        blocks.append(context(plain(said)))
    return blocks


def _gone(reader: Reader) -> Block:
    """What was open and is not there any more: nothing else is opened in its place."""
    said = reader.say("A message that stood open is no longer here: it was deleted or moved in your mailbox.")
    return context(plain(said))


def _facts(opened: OpenThread, reader: Reader) -> Block:
    messages = opened.thread.messages
    dates = _dates(messages[0].date, messages[-1].date, reader)
    facts = [_who(opened)]
    if opened.several_accounts:
        facts.append(opened.account.address)
    facts.append(reader.count("{n} message, {dates}", "{n} messages, {dates}", len(messages), dates=dates))
    facts.append(reader.say("as of {time}", time=reader.time(opened.as_of)))
    return context(*(plain(fact, 200) for fact in facts))


def _dates(first: datetime, last: datetime, reader: Reader) -> str:
    if reader.day(first) == reader.day(last):
        return reader.day(last)
    # "11 November to Sunday" would mix two ways of naming days: seen from a week on, all have dates
    later = replace(reader, now=reader.now + timedelta(days=7))
    return reader.say("{first} to {last}", first=later.day(first), last=later.day(last))


def _who(opened: OpenThread) -> str:
    person, address = opened.person, opened.person.addresses[0]
    name = one_line(person.name if person.contact else opened.conversation.called)
    return f"{clip(name, 80)} · {address}" if name and name != address else address


def _controls(opened: OpenThread, place: ThreadPlace, reader: Reader) -> Block:
    turned = payloads.encode(replace(place, oldest_first=not place.oldest_first, page=0))
    words = reader.say("Newest first") if place.oldest_first else reader.say("Oldest first")
    several = len(opened.thread.messages) > 1
    return actions(
        doors.REPLY.draw(reader, thread_ref(place), style="primary"),
        button(words, ORDER, turned) if several else None,
        overflow(MENU, _menu(opened, reader)),
    )


def _menu(opened: OpenThread, reader: Reader) -> list[Block]:
    person = reader.say("Record") if opened.person.contact else reader.say("Who this is")
    entries: list[Block] = [
        {"text": plain(reader.say("Refresh")), "value": REFRESH},
        {"text": plain(person), "value": PERSON},
    ]
    if opened.thread.link:
        words = open_in(opened.account.provider, reader)
        entries.append({"text": plain(words), "value": ELSEWHERE, "url": opened.thread.link})
    return entries


def _bottom(opened: OpenThread, place: ThreadPlace, reader: Reader) -> list[Block]:
    count = len(opened.thread.messages)
    if count <= PAGE:
        return []
    last = (count - 1) // PAGE
    further = button(
        reader.say("Newer") if place.oldest_first else reader.say("Older"),
        NEWER_MESSAGES if place.oldest_first else OLDER_MESSAGES,
        payloads.encode(replace(place, page=place.page + 1)),
    )
    back = button(
        reader.say("Older") if place.oldest_first else reader.say("Newer"),
        OLDER_MESSAGES if place.oldest_first else NEWER_MESSAGES,
        payloads.encode(replace(place, page=place.page - 1)),
    )
    places = _places(count, place)
    low, high = min(places) + 1, max(places) + 1
    said = reader.say("Messages {low} to {high} of {count}", low=low, high=high, count=count)
    return [
        actions(back if place.page else None, further if place.page < last else None),
        context(plain(said)),
    ]
