"""One message inside the thread window: a line while folded, everything while open (screens.md 4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from bot import payloads
from bot.blocks import Block, actions, button, clip, context, divider, one_line, plain, rich, section, span
from bot.inbox.body import draw_document
from bot.inbox.body_notes import draw_note
from bot.inbox.file_kinds import file_kind, file_name
from bot.inbox.previews import beginning
from bot.inbox.unfolding import Unfolded
from bot.payloads import FileRef
from bot.words import Reader, set_apart
from providers.content.document import Block as Content
from providers.content.document import Document, Paragraph, Quote
from providers.content.reading import Reading, read_message
from providers.mail import Attachment, EmailAddress, Message

SHOW, HIDE, QUOTED, MORE = "inbox.show", "inbox.hide", "inbox.quoted", "inbox.more"
MORE_FILES, BEGINNING, FILE, FILE_PAGE = (
    "inbox.more_files",
    "inbox.beginning",
    "inbox.file",
    "inbox.file_page",
)

FILES, ALL_FILES = 5, 15  # files shown at first, and at most
BODY_BLOCKS, BODY_BYTES = 20, 60_000  # of one message, when it stands open alone
MOST_NOTES = 3

Opens = Callable[[Unfolded | None], str]  # how the message is to stand → the payload of that


@dataclass(frozen=True, slots=True)
class Shown:
    """One message on the page. `others`: how many people beside the member and the person take part."""

    message: Message
    mine: bool
    others: int
    how: Unfolded | None  # None: folded
    opens: Opens
    account: str
    alone: bool = False  # the thread has no other message
    links: Mapping[str, str] | None = None  # part → the page that was just made for that file


def folded_line(shown: Shown, reader: Reader) -> Block:
    """A folded message: who, when, how many files, the first words; of a message with others, no words."""
    message = shown.message
    who, when = set_apart(author(shown, reader)), reader.when(message.date)
    if shown.others:
        with_ = reader.count("with {n} other person", "with {n} other people", shown.others)
        text = reader.say("{who}, {when}, {with_}", who=who, when=when, with_=with_)
    else:
        text = reader.say("{who}, {when}", who=who, when=when)
    files = sum(not file.inline for file in message.attachments)
    if files:
        text += " · " + reader.count("{n} file", "{n} files", files)
    if not shown.others:
        text += "\n" + beginning(message, 100)
    about = reader.say("Show the message of {who}, {when}", who=who, when=when)
    return section(
        plain(text.strip(), 250), button(reader.say("Show"), SHOW, shown.opens(Unfolded()), label=about)
    )


def author(shown: Shown, reader: Reader) -> str:
    """Who wrote it, in a few words."""
    return reader.say("You") if shown.mine else _short(shown.message.sender)


def _short(person: EmailAddress) -> str:
    return clip(one_line(person.name) or person.address or "?", 60)


def open_message(shown: Shown, reader: Reader, blocks: int, size: int) -> list[Block]:
    """An open message, its text within `blocks` and `size` bytes; the frame around it comes on top."""
    message, how = shown.message, shown.how or Unfolded()
    reading = read_message(message)
    before, after = [divider(), _head(shown, reader)], _files(shown, how, reader)
    if message.html is None and message.text is None and message.preview:
        return [*before, *_only_preview(message, reader), *after, *_foot(shown, how, reading, None, reader)]
    before += [draw_note(note, reader) for note in reading.notes[:MOST_NOTES]]
    text = _text(reading, how)
    drawn = draw_document(text, blocks, size, how.start)
    if how.start and not drawn.blocks:
        how = replace(how, start=0)
        drawn = draw_document(text, blocks, size)
    return [*before, *drawn.blocks, *after, *_foot(shown, how, reading, drawn.next_start, reader)]


def frame_blocks(shown: Shown) -> int:
    """How many blocks an open message may take beside its text."""
    how, files = shown.how or Unfolded(), len(shown.message.attachments)
    return 2 + MOST_NOTES + min(files, ALL_FILES if how.files else FILES) + (1 if files else 0) + 1


def _head(shown: Shown, reader: Reader) -> Block:
    message = shown.message
    lines = [
        plain(reader.say("From {who}", who=_full(message.sender)), 300),
        plain(reader.say("To {who}", who=_everybody(message, reader)), 300),
        plain(reader.when(message.date)),
    ]
    if shown.others:
        said = reader.count(
            "With {n} other person: to be read here, not answered from here.",
            "With {n} other people: to be read here, not answered from here.",
            shown.others,
        )
        lines.append(plain(said))
    return context(*lines)


def _full(person: EmailAddress) -> str:
    name = one_line(person.name)
    return f"{clip(name, 80)} <{person.address}>" if name and name != person.address else person.address


def _everybody(message: Message, reader: Reader) -> str:
    people = [*message.to, *message.cc]
    shown = [_full(person) for person in people[:4]]
    more = len(people) - len(shown)
    if more > 0:
        shown.append(reader.count("{n} more", "{n} more", more))
    return ", ".join(shown) or reader.say("nobody named")


def _text(reading: Reading, how: Unfolded) -> Document:
    """What is shown of a message: quoted text comes after it, so that opening it moves nothing."""
    if not how.quoted:
        return reading.visible
    signature = reading.signature.blocks if reading.signature else ()
    quoted = reading.quoted.blocks if reading.quoted else ()
    return Document((*reading.visible.blocks, *signature, *_as_quotes(quoted)))


def _as_quotes(history: tuple[Content, ...]) -> tuple[Content, ...]:
    """Set history apart as a quote, without marking as quoted twice what its sender's program quoted."""
    match history:
        case (Paragraph() as attribution, Quote() as words):  # "On … wrote:" stands before its quote
            return (Quote((attribution, *words.blocks)),)
    quoted = [block.blocks for block in history if isinstance(block, Quote)]
    if len(quoted) == len(history):  # Apple Mail quotes its "On … wrote:" too, on a phone by itself
        return (Quote(tuple(chain.from_iterable(quoted))),)
    return (Quote(history),)


def _only_preview(message: Message, reader: Reader) -> list[Block]:
    said = reader.say("Only the beginning of this message can be shown here. Open the rest in your mailbox.")
    return [rich([span(clip(one_line(message.preview), 500))]), context(plain(said))]


def _foot(
    shown: Shown, how: Unfolded, reading: Reading, following: int | None, reader: Reader
) -> list[Block]:
    who = author(shown, reader)
    row: list[Block | None] = []
    if not shown.alone:
        about = reader.say("Hide the message of {who}", who=who)
        row.append(button(reader.say("Hide"), HIDE, shown.opens(None), label=about))
    if (reading.quoted or reading.signature) and not (how.start and following):
        row.append(_quoted_button(shown, how, reading, reader))
    if following is not None:
        about = reader.say("More of the message of {who}", who=who)
        on = shown.opens(replace(how, start=following))
        row.append(button(reader.say("More of this message"), MORE, on, label=about))
    if how.start:
        back = shown.opens(replace(how, start=0))
        row.append(button(reader.say("From the beginning"), BEGINNING, back))
    return [actions(*row)] if row else []


def _quoted_button(shown: Shown, how: Unfolded, reading: Reading, reader: Reader) -> Block:
    if how.quoted:
        words = reader.say("Hide quoted text") if reading.quoted else reader.say("Hide signature")
    else:
        words = reader.say("Show quoted text") if reading.quoted else reader.say("Show signature")
    about = reader.say("{words}, message of {who}", words=words, who=author(shown, reader))
    return button(words, QUOTED, shown.opens(replace(how, quoted=not how.quoted)), label=about)


# --- files ------------------------------------------------------------------------------------------------


def _files(shown: Shown, how: Unfolded, reader: Reader) -> list[Block]:
    """The files of a message: those offered as files first, pictures of the text behind "more"."""
    everything = sorted(shown.message.attachments, key=lambda file: file.inline)
    offered = [file for file in everything if not file.inline]
    first = everything[:ALL_FILES] if how.files else offered[:FILES]
    blocks = [_file(shown, file, reader) for file in first]
    left = everything[len(first) :]
    if left and not how.files:
        all_ = button(_others(left, not first, reader), MORE_FILES, shown.opens(replace(how, files=True)))
        blocks.append(actions(all_))
    elif left:
        n = len(left)
        said = reader.count("{n} more file is in your mailbox.", "{n} more files are in your mailbox.", n)
        blocks.append(context(plain(said)))
    return blocks


def _others(left: list[Attachment], alone: bool, reader: Reader) -> str:
    """What can be unfolded: "more" only where something stands above it."""
    if not alone:
        return reader.count("{n} more file", "{n} more files", len(left))
    if all(file.type.startswith("image/") for file in left):
        return reader.count("{n} picture", "{n} pictures", len(left))
    return reader.count("{n} file", "{n} files", len(left))


def _file(shown: Shown, file: Attachment, reader: Reader) -> Block:
    name = file_name(file, reader)
    text = f"{clip(name, 150)}\n{file_kind(file.name, file.type, reader)} · {reader.size(file.size)}"
    url = (shown.links or {}).get(file.part)
    if url:
        said = reader.say("The page opens in your browser; it works once and for ten minutes.")
        about = reader.say("Open the page with {name}", name=name)
        words = reader.say("Open the page")
        return section(
            plain(f"{text}\n{said}"), button(words, FILE_PAGE, url=url, style="primary", label=about)
        )
    ref = payloads.encode(FileRef(shown.account, shown.message.id, file.part))
    about = reader.say("Get the file {name}", name=name)
    return section(plain(text), button(reader.say("Get file"), FILE, ref, label=about))
