"""The Write window: an answer or a new message, with what should be known before Send (screens.md 4)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot import doors, payloads
from bot.blocks import (
    Block,
    View,
    actions,
    boxes,
    button,
    clip,
    context,
    field,
    header,
    one_line,
    option,
    plain,
    rich,
    rich_input,
    section,
    select,
    span,
    text_input,
    window,
)
from bot.inbox.body import draw_document
from bot.inbox.letters import Choice, WriteForm
from bot.inbox.write_fields import QUOTE, SIGNATURE, block_of
from bot.payloads import WriteRef
from bot.places import Notice, notice_blocks, with_notice
from bot.words import Reader
from providers.content.reading import read_message
from providers.mail import Message
from store.contacts import Contact

WRITE = "inbox.write_window"
SAVE_DRAFT, CONTINUE, MORE, DRAFT_LINK = (
    "inbox.save_draft",
    "inbox.continue_draft",
    "inbox.write_more",
    "inbox.draft_link",
)
SHOWN, MOST_BLOCKS, MOST_BYTES = 600, 8, 30_000  # of the message being answered
MOST_SUBJECT = 250


def write(form: WriteForm, reader: Reader, note: str = "") -> View:
    """Draw the window. `note` is said above everything else."""
    blocks = [*_notes(form, reader, note), *_about(form, reader)]
    blocks += _from(form, reader) + _to(form, reader)
    if not form.ref.thread:
        subject = text_input("subject", initial=form.subject, most=MOST_SUBJECT)
        blocks.append(field(reader.say("Subject"), subject, block_of("subject", form.ref)))
    typed = rich_input("text", initial=dict(form.typed) if form.typed else None)
    blocks.append(field(reader.say("Your message"), typed, block_of("text", form.ref)))
    blocks += _boxes(form, reader)
    blocks.append(_foot(form, reader))
    return window(
        reader.say("Reply") if form.ref.thread else reader.say("New message"),
        blocks,
        callback_id=WRITE,
        close=reader.say("Cancel"),
        submit=reader.say("Send"),
        metadata=payloads.encode(form.ref),
    )


def _notes(form: WriteForm, reader: Reader, note: str) -> list[Block]:
    blocks = [section(plain(note))] if note else []
    if form.newer:
        said = reader.say(
            "{name} wrote again before your message went, so it was not sent. Read the new message below;"
            " your text is still here.",
            name=first_name(form),
        )
        blocks.append(section(plain(said)))
    if form.answers_elsewhere:
        said = reader.say(
            "{name} asks for answers to go to another address: {address}. Choose under To where yours goes.",
            name=first_name(form),
            address=form.answers_elsewhere,
        )
        blocks.append(section(plain(said)))
    return blocks


def first_name(form: WriteForm) -> str:
    """What to call the person in a sentence: the contact's first name, else the address."""
    contact = form.person.contact
    return clip((one_line(contact.name).split(" ")[0] if contact else "") or form.person.addresses[0], 60)


def _about(form: WriteForm, reader: Reader) -> list[Block]:
    message = form.answers
    if message is None:
        name = clip(one_line(form.person.name), 120)
        return [] if name in form.person.addresses else [header(name)]  # whose address it is stands under To
    who = clip(one_line(message.sender.name) or message.sender.address, 80)
    when = reader.say("{who}, {when}", who=who, when=reader.when(message.date))
    return [
        header(form.subject or reader.say("(no subject)")),
        context(plain(when)),
        *_words_of(message, form.ref, reader),
    ]


def _words_of(message: Message, ref: WriteRef, reader: Reader) -> list[Block]:
    visible = read_message(message)
    if ref.more:
        return draw_document(visible.visible, MOST_BLOCKS, MOST_BYTES).blocks
    text = clip(visible.text.strip(), SHOWN) or reader.say("(no text)")
    return [rich([span(text)])]


def is_long(message: Message) -> bool:
    """Say whether the window shows only the beginning of the message."""
    return len(read_message(message).text.strip()) > SHOWN


def _from(form: WriteForm, reader: Reader) -> list[Block]:
    return _choice(form.senders, form.sender, reader.say("From"), block_of("from", form.ref), reader)


def _to(form: WriteForm, reader: Reader) -> list[Block]:
    return _choice(form.recipients, form.to, reader.say("To"), block_of("to", form.ref), reader)


def _choice(
    choices: tuple[Choice, ...], chosen: str, label: str, block_id: str, reader: Reader
) -> list[Block]:
    if len(choices) == 1:
        return [context(plain(reader.say("{label}: {address}", label=label, address=choices[0].address)))]
    options = {one.key: option(_middle(one.address), one.key) for one in choices}
    element = select(block_id.split(":")[0], list(options.values()), chosen=options.get(chosen))
    return [field(label, element, block_id)]


def _middle(address: str) -> str:
    """Shorten an address that an option cannot hold, in its middle: both ends tell it apart."""
    return address if len(address) <= 75 else f"{address[:36]}…{address[-36:]}"


def _boxes(form: WriteForm, reader: Reader) -> list[Block]:
    offered = {}
    if form.has_signature:
        offered[SIGNATURE] = option(reader.say("Add my signature"), SIGNATURE)
    if form.answers:
        offered[QUOTE] = option(reader.say("Quote the message below mine"), QUOTE)
    if not offered:
        return []
    wanted = {SIGNATURE: form.signature, QUOTE: form.quote}
    ticked = [one for name, one in offered.items() if wanted[name]]
    element = boxes("boxes", list(offered.values()), ticked)
    return [field(reader.say("Below your text"), element, block_of("boxes", form.ref), optional=True)]


def _foot(form: WriteForm, reader: Reader) -> Block:
    # without values: what the window is about stands in its metadata, which is written anew with each note
    longer = form.answers is not None and not form.ref.more and is_long(form.answers)
    return actions(
        button(reader.say("Save draft"), SAVE_DRAFT),
        button(reader.say("Continue in {label}", label=form.label), CONTINUE),
        button(reader.say("More of this message"), MORE) if longer else None,
    )


# --- the window again, with what was typed in it ----------------------------------------------------------


def with_note(view: Mapping[str, Any], ref: WriteRef, told: Notice) -> View:
    """Say something above a window that stands open. Nothing is asked of anybody, nothing typed is lost."""
    again = payloads.encode(replace(ref, drafts=ref.drafts + 1))
    return with_notice(view, told) | {"private_metadata": again}


def draft_saved(label: str, url: str, reader: Reader) -> Notice:
    """Say where the draft is that was just saved."""
    said = reader.say(
        "Saved as a draft in {label}. What you type here from now on is not in it.", label=label
    )
    link = button(reader.say("Open in {label}", label=label), DRAFT_LINK, url=url, style="primary")
    return Notice(said, (link,))


# --- before the window ------------------------------------------------------------------------------------


def connect_first(offers: tuple[str, ...], reader: Reader) -> Notice:
    """Nothing is connected, so nothing can be written."""
    said = reader.say("Connect your mailbox first; then you can write from here.")
    return Notice(said, tuple(doors.connect_buttons(reader, offers)))


def own_address(address: str, reader: Reader) -> Notice:
    """A command to write to oneself."""
    said = reader.say(
        "{address} is your own address, so there is nobody to write to. Type the other person's address, or"
        " find the person here.",
        address=clip(address, 254),
    )
    return Notice(said, (doors.FIND.draw(reader, style="primary"),))


def nobody(words: str, reader: Reader) -> Notice:
    """A command to write to somebody who is not found."""
    if not words:
        said = reader.say("To whom? Type a name or an address after the command, or find the person here.")
    else:
        said = reader.say(
            'Nobody in your contacts is called "{words}". Type the address instead, or find the person here.',
            words=clip(one_line(words), 100),
        )
    return Notice(said, (doors.FIND.draw(reader, style="primary"),))


def which_one(found: tuple[Contact, ...], reader: Reader) -> View:
    """Several contacts go by the name that was typed."""
    blocks: list[Block] = [section(plain(reader.say("Several contacts go by that name. Who is it?")))]
    for contact in found[:8]:
        name = one_line(contact.name) or contact.addresses[0]
        detail = " · ".join(filter(None, [contact.addresses[0], one_line(contact.company)]))
        door = doors.WRITE.draw(
            reader,
            payloads.PersonRef(contact=contact.id),
            label=reader.say("Write to {name}", name=name),
        )
        blocks.append(section(plain(f"{clip(name, 150)}\n{clip(detail, 200)}"), door))
    return window(reader.say("Write"), blocks, callback_id="inbox.which_one", close=reader.say("Close"))


def told(notice: Notice, reader: Reader) -> View:
    """A window that says one thing."""
    return window(
        reader.say("Write"), notice_blocks(notice), callback_id="inbox.told", close=reader.say("Close")
    )
