"""Small windows of an account: its addresses, how its mail is written, and letting it go; lost access."""

from collections.abc import Mapping
from typing import Any

from bot import doors, payloads
from bot.accounts.kept import (
    EVENTS_KEPT,
    EVENTS_LEFT,
    EVENTS_OUT,
    Addresses,
    Connected,
    Parting,
    Receipt,
    Withdrawn,
    Writing,
)
from bot.blocks import (
    Block,
    View,
    actions,
    boxes,
    button,
    context,
    escape,
    field,
    header,
    option,
    plain,
    section,
    select,
    text_input,
    window,
)
from bot.payloads import AccountRef, MineRef
from bot.places import Answer
from bot.words import Reader

ADD_ADDRESS, REMOVE_ADDRESS, ADDRESS = "accounts.add_address", "accounts.remove_address", "accounts.address"
KEEP_WRITING, SIGNATURE, QUOTE = "accounts.keep_writing", "accounts.signature", "accounts.quote"
DISCONNECT_NOW, LEAVING = "accounts.disconnect_now", "accounts.leaving"
ACCESS_PAGE = "accounts.access_page"
EVENTS = "accounts.events"
MOST_ADDRESSES, MOST_SIGNATURE = 40, 2000


def addresses_window(shown: Addresses, reader: Reader) -> View:
    """Every address that counts as the member's own, and one more."""
    said = reader.say(
        "Mailroom takes these addresses for you. A conversation counts as one-to-one when only you and one"
        " contact are in it."
    )
    blocks = [section(plain(said))]
    for one in shown.own[:MOST_ADDRESSES]:
        blocks.append(section(plain(f"{one.address}: {_source(one.source, shown, reader)}")))
        if one.source == "member":
            label = reader.say("Remove {address}", address=one.address)
            value = payloads.encode(MineRef(one.address))
            blocks[-1]["accessory"] = button(reader.say("Remove"), REMOVE_ADDRESS, value, label=label)
    # a fresh block_id empties the box after each address that was added (screens.md 0.7)
    blocks.append(
        field(reader.say("Another address of yours"), text_input(ADDRESS, most=320), f"add-{len(shown.own)}")
    )
    return window(
        reader.say("Addresses"),
        blocks,
        callback_id=ADD_ADDRESS,
        close=reader.say("Close"),
        submit=reader.say("Add"),
        metadata=payloads.encode(AccountRef(shown.connected.account.id)),
    )


def _source(source: str, shown: Addresses, reader: Reader) -> str:
    if source == "login":
        return reader.say("the mailbox itself")
    if source == "alias":
        return reader.say("{company} says that you send from it", company=shown.connected.company)
    return reader.say("you said so")


def writing_window(shown: Writing, reader: Reader) -> View:
    """Signature and quoting of one account."""
    account = shown.connected.account
    signature = text_input(SIGNATURE, initial=shown.signature, multiline=True, most=MOST_SIGNATURE)
    box = option(reader.say("Quote the last message below a reply"), "quote")
    chosen = boxes(QUOTE, [box], [box] if shown.quote_last else [])
    blocks = [
        section(plain(reader.say("For mail from {address}.", address=account.address))),
        field(
            reader.say("Signature"),
            signature,
            "signature",
            optional=True,
            hint=reader.say("Stands below what you write. You can leave it out of a message."),
        ),
        field(reader.say("Replies"), chosen, "quote", optional=True),
    ]
    return window(
        reader.say("Writing"),
        blocks,
        callback_id=KEEP_WRITING,
        close=reader.say("Cancel"),
        submit=reader.say("Save"),
        metadata=payloads.encode(AccountRef(account.id)),
    )


def disconnect_window(parting: Parting, reader: Reader) -> View:
    """What goes and what stays, before it happens."""
    account, company = parting.connected.account, parting.connected.company
    gone = reader.say(
        "Deleted here: Mailroom's access to this mailbox, its addresses and signature, what was read"
        " from it into memory, and people found whom no other mailbox of yours knows."
    )
    stays = reader.say(
        "Stays: your mail itself, what you sent, and the team's contacts and appointments. Whom you dismissed"
        " or blocked is not suggested again. You can connect the mailbox again at any time. If it is your"
        " last one, the nightly scan waits until one is connected again."
    )
    if parting.lives_on:
        access = reader.say(
            "Another connection of the same {company} account uses this access, so it is not withdrawn at"
            " {company}.",
            company=company,
        )
    elif parting.access_page:
        access = reader.say(
            "{company} lets no app give its access back. What Mailroom holds is deleted, so it cannot be used"
            " any more; the consent itself you can take back on a page of {company}'s.",
            company=company,
        )
    else:
        access = reader.say("{company} is told that the access has ended.", company=company)
    blocks = [
        header(reader.say("Disconnect {address}", address=account.address)),
        *(section(plain(line)) for line in (gone, stays, access)),
        *_access_page("" if parting.lives_on else parting.access_page, company, reader),
        *_events(parting.events, reader),
    ]
    return window(
        reader.say("Disconnect"),
        blocks,
        callback_id=DISCONNECT_NOW,
        close=reader.say("Keep it"),
        submit=reader.say("Disconnect"),
        metadata=payloads.encode(AccountRef(account.id)),
    )


def _events(number: int, reader: Reader) -> list[Block]:
    """Ask what becomes of what Calendar Sync wrote."""
    if not number:
        return []
    keep = option(reader.say("Leave them in the calendar"), EVENTS_KEPT)
    out = option(reader.say("Take them out first"), EVENTS_OUT)
    label = reader.count(
        "{n} appointment stands in its calendar",
        "{n} appointments stand in its calendar",
        number,
    )
    return [field(label, select(EVENTS, [keep, out], chosen=keep), "events")]


def remaining(values: Mapping[str, Any]) -> str:
    """Read what becomes of events in the calendar; "" where nothing was asked."""
    found = ((values.get("events") or {}).get(EVENTS) or {}).get("selected_option") or {}
    value = str(found.get("value") or "")
    return value if value in (EVENTS_KEPT, EVENTS_OUT) else ""


def leaving_window(reader: Reader) -> View:
    """While it happens."""
    return _plain_window(
        [section(plain(reader.say("Disconnecting. Closing this window does not stop it.")))], reader
    )


_DELETED = (
    "Access, addresses and signature are deleted here, and so are people found whom no other mailbox of yours"
    " knows."
)
_STAYED = (
    "Contacts stay with the team, and whom you dismissed or blocked is not suggested again. Without a mailbox"
    " the nightly scan waits. Connect again whenever you like."
)


def receipt_window(receipt: Receipt, reader: Reader) -> View:
    """What was done, and what is left for the person to do."""
    title = (
        reader.say("Disconnected: {address}", address=receipt.address)
        if receipt.address
        else reader.say("Disconnected")
    )
    at_provider = {
        Withdrawn.DONE: "{company} has ended Mailroom's access.",
        Withdrawn.LIVES_ON: "The access at {company} goes on, because another connection uses it.",
        Withdrawn.NO_WAY: (
            "{company} lets no app give its access back. Nothing is kept here to use it with. To take back"
            " the consent as well, take Mailroom out of the list of apps in your {company} account."
        ),
        Withdrawn.FAILED: (
            "{company} could not be reached to end the access there. Nothing is kept here to use it with; to"
            " be sure, take Mailroom out of the list of apps in your {company} account's security settings."
        ),
        Withdrawn.ASKED: "{company} is being asked to end Mailroom's access.",
        Withdrawn.LATER: (
            "{company} could not be reached to end the access there. Mailroom goes on asking for a week, uses"
            " its access for nothing else, and tells you here if {company} does not end it. To end it"
            " yourself, take Mailroom out of the list of apps in your {company} account's security settings."
        ),
        Withdrawn.GONE: "It was disconnected already.",
    }[receipt.withdrawn]
    is_open = receipt.withdrawn in (Withdrawn.NO_WAY, Withdrawn.LATER, Withdrawn.FAILED)
    page = receipt.access_page if is_open else ""
    blocks = [
        header(title),
        section(plain(reader.say(_DELETED))),
        section(plain(reader.say(at_provider, company=receipt.company))),
        *_access_page(page, receipt.company, reader),
        *_what_became_of_events(receipt.events, reader),
        context(plain(reader.say(_STAYED))),
    ]
    return _plain_window(blocks, reader)


def _what_became_of_events(events: str, reader: Reader) -> list[Block]:
    said = {
        EVENTS_KEPT: "What Calendar Sync wrote stays in your calendar.",
        EVENTS_OUT: "What Calendar Sync wrote is taken out of your calendar.",
        EVENTS_LEFT: (
            "What Calendar Sync wrote could not be taken out of your calendar and stays there. You can delete"
            " it there."
        ),
    }.get(events)
    return [section(plain(reader.say(said)))] if said else []


def _access_page(url: str, company: str, reader: Reader) -> list[Block]:
    return [actions(access_page_button(url, company, reader))] if url else []


def access_page_button(url: str, company: str, reader: Reader) -> Block:
    """Lead to where a person sees which apps have access to an account, and ends it."""
    return button(reader.say("Your apps at {company} ↗", company=company), ACCESS_PAGE, url=url)


def _plain_window(blocks: list[Block], reader: Reader) -> View:
    return window(reader.say("Disconnect"), blocks, callback_id=LEAVING, close=reader.say("Close"))


def lost_message(lost: Connected, reader: Reader) -> Answer:
    """Access has ended: why, what is paused, and that nothing is lost (screens.md 5)."""
    address, company = lost.account.address, lost.company
    said = reader.say("{company} has ended Mailroom's access to {address}.", company=company, address=address)
    why = reader.say(
        "That happens after a new password, when access is taken back in the account, or after a long"
        " time without use. Reading and sending from this mailbox are paused. Nothing is lost: reconnect it,"
        " and everything is as before."
    )
    again = doors.RECONNECT.draw(reader, AccountRef(lost.account.id), style="primary")
    return Answer(escape(f"{said} {why}"), [section(plain(said)), section(plain(why)), actions(again)])
