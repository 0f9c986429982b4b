"""The Connect window in all its states, and the messages for one that was closed (screens.md 4, 5)."""

from collections.abc import Mapping
from typing import Any

from bot import doors, payloads
from bot.accounts import endings, sentences
from bot.accounts.approval_views import administrator_text
from bot.accounts.attempts import FAILURES, Attempt, Link, Outcome
from bot.blocks import (
    Block,
    View,
    actions,
    button,
    clip,
    context,
    escape,
    field,
    header,
    one_line,
    plain,
    rich,
    section,
    span,
    text_input,
    window,
)
from bot.payloads import AccountRef, AllowRef, ListRef, SigninRef
from bot.places import Answer
from bot.words import Reader
from providers.oauth import Capability

WINDOW, CHOOSE, USE_MAILBOX = doors.CONNECT_WINDOW, "accounts.choose", "accounts.use_mailbox"
OPEN_PAGE, NEW_LINK, HELP = "accounts.open_page", "accounts.new_link", "accounts.did_it_not_work"
USE_ANOTHER, TYPE_DIGITS, DIGITS = "accounts.use_another", "accounts.type_digits", "accounts.digits"
CANCEL, SHOW_WISH = "accounts.cancel", "accounts.show_wish"


def link_window(link: Link, reader: Reader, *, unfolded: bool = False) -> View:
    """A fresh link with what it leads to."""
    return _window(link.attempt, _before(link.attempt, reader, link.url, unfolded), reader)


def connect_window(attempt: Attempt, reader: Reader, *, url: str = "", unfolded: bool = False) -> View:
    """The window as the attempt stands now. `url` where the link is still known: rows do not know it."""
    if attempt.outcome is Outcome.CODE:
        return _code_window(attempt, reader)
    if attempt.outcome is Outcome.CONNECTED:
        return _window(attempt, connected(attempt, reader), reader)
    if attempt.outcome in FAILURES:
        return _window(attempt, _ended(attempt, reader, unfolded), reader)
    if attempt.outcome is Outcome.LINK and url:
        return _window(attempt, _before(attempt, reader, url, unfolded), reader)
    return _window(attempt, _waiting(attempt, reader, unfolded), reader)


def choose_window(providers: tuple[str, ...], reader: Reader) -> View:
    """Which kind of account, where there are several."""
    said = reader.say("Which mailbox do you want to connect? A private one, or one from work or school.")
    return window(
        reader.say("Connect a mailbox"),
        [section(plain(said)), actions(*doors.connect_buttons(reader, providers))],
        callback_id=CHOOSE,
        close=reader.say("Close"),
    )


def link_in(view: View) -> str:
    """Read the address of the link out of a window that shows one."""
    for block in view.get("blocks", ()):
        for element in block.get("elements", ()):
            if element.get("action_id") == OPEN_PAGE:
                return str(element.get("url", ""))
    return ""


def with_link(view: Mapping[str, Any], url: str, reader: Reader) -> View:
    """Put a link in the place of Allow in a window that cannot give way: what was typed in it stays."""
    page = button(reader.say("Open the page ↗"), OPEN_PAGE, style="primary", url=url)

    def changed(block: Block) -> Block:
        held = [page if one.get("action_id") == doors.ALLOW.action_id else one for one in block["elements"]]
        return {**block, "elements": held}

    blocks = [changed(one) if one.get("type") == "actions" else one for one in view["blocks"]]
    names = ("callback_id", "title", "close", "submit", "private_metadata")
    return {"type": "modal", **{name: view[name] for name in names if view.get(name)}, "blocks": blocks}


def _window(attempt: Attempt, blocks: list[Block], reader: Reader, submit: str = "") -> View:
    usual = reader.say("Connect {label}", label=attempt.label)
    return window(
        reader.say("Allow the calendar") if attempt.for_calendar else usual,
        blocks,
        callback_id=USE_MAILBOX if submit else WINDOW,
        close=reader.say("Close"),
        submit=submit,
        metadata=payloads.encode(SigninRef(attempt.id)),
    )


def _before(attempt: Attempt, reader: Reader, url: str, unfolded: bool) -> list[Block]:
    if attempt.expected and attempt.for_calendar:
        title = reader.say("Allow the calendar of {address}", address=attempt.expected)
    elif attempt.expected:
        title = reader.say("Connect {address} again", address=attempt.expected)
    else:
        title = reader.say("Connect your {label} mailbox", label=attempt.label)
    blocks = [header(title)]
    for word, rest in sentences.short_lines(attempt, reader):
        blocks.append(rich([span(word, bold=True), span(f" {rest}")]))
    page = button(reader.say("Open the page ↗"), OPEN_PAGE, style="primary", url=url)
    blocks.append(actions(page))
    blocks.append(context(plain(reader.say("The link works once, within ten minutes."))))
    return blocks + _help(attempt, reader, unfolded)


def _waiting(attempt: Attempt, reader: Reader, unfolded: bool) -> list[Block]:
    said = reader.say(
        "Waiting for the page in your browser. This window shows the result; you may also close it."
    )
    return [section(plain(said)), *_help(attempt, reader, unfolded)]


def _help(attempt: Attempt, reader: Reader, unfolded: bool) -> list[Block]:
    fresh = button(reader.say("New link"), NEW_LINK, payloads.encode(SigninRef(attempt.id)))
    if unfolded:
        lines = sentences.help_lines(attempt, reader)
        text = administrator_text(attempt, reader)
        listed = {"type": "rich_text", "elements": [_listed(lines)]}
        return [listed, {"type": "rich_text", "elements": [_preformatted(text)]}, actions(fresh)]
    why = button(reader.say("Did it not work?"), HELP, payloads.encode(SigninRef(attempt.id)))
    work = reader.say("A work account? An administrator may have to approve Mailroom first.")
    return [context(plain(work)), actions(fresh, why)]


def _listed(lines: list[str]) -> Block:
    items = [{"type": "rich_text_section", "elements": [span(line)]} for line in lines]
    return {"type": "rich_text_list", "style": "bullet", "elements": items}


def _preformatted(text: str) -> Block:
    return {"type": "rich_text_preformatted", "elements": [span(text)]}


def _code_window(attempt: Attempt, reader: Reader) -> View:
    said = reader.say(
        "{address} is not your Slack address. The page in your browser shows six digits: type them here if"
        " this is your mailbox.",
        address=attempt.address,
    )
    digits = field(
        reader.say("Code from the page"),
        text_input(DIGITS, most=20),
        "digits",
        hint=reader.say("Good for ten minutes. After five wrong tries it begins anew."),
    )
    ref = payloads.encode(SigninRef(attempt.id))
    another = button(reader.say("Use another"), USE_ANOTHER, ref, label=reader.say("Use another mailbox"))
    blocks = [header(reader.say("One more step")), section(plain(said)), digits, actions(another)]
    return _window(attempt, blocks, reader, submit=reader.say("Use this mailbox"))


def connected(attempt: Attempt, reader: Reader) -> list[Block]:
    """What was connected, what was not allowed, and the ways on."""
    blocks = [
        header(reader.say("Connected: {address}", address=attempt.address)),
        section(plain(reader.say("Allowed: {what}.", what=sentences.allowed_line(attempt.granted, reader)))),
    ]
    blocks += [section(plain(sentences.missing_line(one, reader))) for one in attempt.missing]
    buttons = [_to_calendar_sync(attempt, reader), _wish_button(attempt, reader), _rest(attempt, reader)]
    if any(buttons):
        blocks.append(actions(*buttons))
    if attempt.for_calendar:
        return blocks
    if Capability.READ in attempt.granted:
        night = None if attempt.scans_nightly else doors.NIGHTLY_ON.draw(reader)
        blocks.append(actions(doors.START_SCAN.draw(reader), night))
    if attempt.wish is None:
        tip = reader.say("Mailroom's Home finds people and your conversations with them from now on.")
        blocks.append(context(plain(tip)))
    return blocks


def _to_calendar_sync(attempt: Attempt, reader: Reader) -> Block | None:
    if not attempt.for_calendar or Capability.CALENDAR not in attempt.granted:
        return None
    return doors.CALENDAR_SYNC.draw(reader, text=reader.say("Go on in Calendar Sync"), style="primary")


def _rest(attempt: Attempt, reader: Reader) -> Block | None:
    """Ask again for what was left open, the calendar only where it was asked for."""
    if not attempt.missing or not attempt.account_id:
        return None
    text = reader.say("Allow the rest")
    if attempt.for_calendar:
        return doors.ALLOW.draw(reader, AllowRef(attempt.account_id, Capability.CALENDAR), text=text)
    return doors.RECONNECT.draw(reader, AccountRef(attempt.account_id), text=text)


def _wish_button(attempt: Attempt, reader: Reader) -> Block | None:
    if attempt.wish is None:
        return None
    name = clip(one_line(attempt.wish.name).split(" ")[0], 30)
    text = reader.say("Show {name}'s conversations", name=name)
    if "@" in name or len(text) > 30:
        text = reader.say("Show the conversations")
    label = reader.say("Show conversations with {name}", name=attempt.wish.name)
    return button(text, SHOW_WISH, payloads.encode(attempt.wish.ref), style="primary", label=label)


def _ended(attempt: Attempt, reader: Reader, unfolded: bool) -> list[Block]:
    told = endings.ending(attempt, reader)
    blocks = [header(told.title), section(plain(told.happened)), section(plain(told.what_next))]
    if told.forward and not unfolded:
        blocks.append({"type": "rich_text", "elements": [_preformatted(told.forward)]})
    return blocks + _help(attempt, reader, unfolded)


# --- messages: only where the window was closed before the end --------------------------------------------


def show_wish_again(wish: ListRef, reader: Reader) -> Block:
    """Ask again for what could not be shown."""
    return button(reader.say("Try again"), SHOW_WISH, payloads.encode(wish))


def connected_message(attempt: Attempt, reader: Reader) -> Answer:
    """The connection was made; the wish stands ready."""
    return Answer(
        escape(reader.say("{address} is connected to Mailroom.", address=attempt.address)),
        connected(attempt, reader),
    )


def code_message(attempt: Attempt, reader: Reader) -> Answer:
    """Six digits wait to be typed."""
    said = reader.say(
        "{address} is nearly connected. The page in your browser shows six digits: type them here if it is"
        " your mailbox. They are good for ten minutes.",
        address=attempt.address,
    )
    ref = payloads.encode(SigninRef(attempt.id))
    typing = button(reader.say("Type the digits"), TYPE_DIGITS, ref, style="primary")
    return Answer(escape(said), [section(plain(said)), actions(typing)])
