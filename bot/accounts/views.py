"""Accounts on App Home: the page "Gmail & Outlook", and a sign-in that is under way (screens.md 2)."""

from collections.abc import Sequence

from bot import doors, payloads
from bot.accounts import connect_views, sentences
from bot.accounts.attempts import Attempt
from bot.accounts.kept import Connected, SettingsPage
from bot.blocks import (
    Block,
    actions,
    boxes,
    button,
    header,
    option,
    overflow,
    plain,
    rich,
    section,
    span,
)
from bot.payloads import AccountAct, AccountRef, SigninRef
from bot.words import Reader

ADDRESSES, DISCONNECT, MORE = "accounts.addresses", "accounts.disconnect", "accounts.more"
WRITING, PREVIEWS = "accounts.writing", "accounts.previews"
MAKE_DEFAULT, SIGNATURE = "make_default", "signature"  # entries of the menu
SHOWN = "shown"  # the value of the box for preview lines
MOST = 12  # accounts on the page: screens.md 2.5 leaves 60 blocks


def account_rows(connected: tuple[Connected, ...], reader: Reader) -> list[Block]:
    """Each account: what it is, how it stands, what is allowed, and what can be done. Two blocks each."""
    blocks: list[Block] = []
    for one in connected[:MOST]:
        blocks += _row(one, reader)
    return blocks


def _row(one: Connected, reader: Reader) -> list[Block]:
    account = one.account
    ref = payloads.encode(AccountRef(account.id))
    kind = [one.label] + ([reader.say("for new messages")] if account.is_default else [])
    lines = [
        [span(account.address, bold=True), span(" · " + " · ".join(kind))],
        [span(state(one, reader))],
    ]
    choices = [] if account.is_default else [(reader.say("Make default"), MAKE_DEFAULT)]
    choices.append((reader.say("Signature"), SIGNATURE))
    menu = [option(text, payloads.encode(AccountAct(account.id, act))) for text, act in choices]
    row = actions(
        _mend(one, reader),
        button(
            reader.say("Addresses"),
            ADDRESSES,
            ref,
            label=reader.say("Addresses of {address}", address=account.address),
        ),
        button(
            reader.say("Disconnect"),
            DISCONNECT,
            ref,
            label=reader.say("Disconnect {address}", address=account.address),
        ),
        overflow(MORE, menu),
    )
    return [rich(*lines), row]


def state(one: Connected, reader: Reader) -> str:
    """How an account stands, in words."""
    if one.account.state == "reconnect":
        since = one.account.lost_at
        return reader.say(
            "Access has ended {when}. Nothing is lost: reconnect to go on.",
            when=reader.when(since) if since else "",
        )
    said = reader.say("Works. Allowed: {what}.", what=sentences.allowed_line(one.granted, reader))
    if one.missing:
        said += " " + " ".join(sentences.missing_line(capability, reader) for capability in one.missing)
    return said


def _mend(one: Connected, reader: Reader) -> Block | None:
    ref, address = AccountRef(one.account.id), one.account.address
    if one.account.state == "reconnect":
        label = reader.say("Reconnect {address}", address=address)
        return doors.RECONNECT.draw(reader, ref, style="primary", label=label)
    if one.missing:
        label = reader.say("Allow the rest for {address}", address=address)
        return doors.RECONNECT.draw(reader, ref, text=reader.say("Allow the rest"), label=label)
    return None


def settings_page(page: SettingsPage, reader: Reader, night: Sequence[Block] = ()) -> list[Block]:
    """ "Gmail & Outlook": accounts, connecting more, how mail is written, what answers show.

    `night` is what another feature sets there, once there is a mailbox.
    """
    blocks = [header(reader.say("Gmail & Outlook"))]
    if page.connected:
        blocks += account_rows(page.connected, reader)
    else:
        said = reader.say("No mailbox is connected. Connect one to read and answer your mail in Slack.")
        blocks.append(section(plain(said)))
    blocks.append(actions(*doors.connect_buttons(reader, page.offers, more=bool(page.connected))))
    if page.connected:
        blocks += night
        blocks.append(header(reader.say("Writing")))
        blocks += [_writing_row(one, reader) for one in page.connected[:MOST]]
    blocks += [header(reader.say("Answers")), _previews(page, reader)]
    return blocks


def _writing_row(one: Connected, reader: Reader) -> Block:
    account = one.account
    signed = reader.say("with a signature") if account.has_signature else reader.say("no signature")
    quoted = reader.say("quotes the last message") if account.quote_last else reader.say("quotes nothing")
    edit = button(
        reader.say("Edit"),
        WRITING,
        payloads.encode(AccountRef(account.id)),
        label=reader.say("Edit signature and quoting of {address}", address=account.address),
    )
    return section(plain(f"{account.address}: {signed}, {quoted}"), edit)


def _previews(page: SettingsPage, reader: Reader) -> Block:
    box = option(reader.say("Show the first words of each conversation"), SHOWN)
    return actions(boxes(PREVIEWS, [box], [box] if page.preview_lines else []))


def connecting_state(attempt: Attempt, reader: Reader) -> list[Block]:
    """While the page in the browser is open: since when, and the ways out."""
    begun = attempt.begun_at or reader.now
    said = reader.say(
        "Connecting {label}: waiting for the page in your browser, since {time}.",
        label=attempt.label,
        time=reader.time(begun),
    )
    ref = payloads.encode(SigninRef(attempt.id))
    return [
        section(plain(said)),
        actions(
            button(reader.say("Did it not work?"), connect_views.HELP, ref),
            button(reader.say("Cancel"), connect_views.CANCEL, ref),
        ),
    ]
