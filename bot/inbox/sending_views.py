"""A message on its way: the Sending window, the rows on Home, the direct message when it did not go out.

All of them draw the same row, so that every place says the same.
"""

from collections.abc import Sequence

from bot import doors, payloads
from bot.blocks import Block, View, actions, button, clip, confirm, escape, one_line, plain, section, window
from bot.inbox.letters import FAILED, NEWER, SENT, UNCERTAIN, Standing
from bot.inbox.sending_words import CURED_BY_CONNECTING, about, how, short_trouble, short_way, told
from bot.payloads import AccountRef, OutgoingRef, ThreadRef
from bot.places import Answer
from bot.words import Reader
from store.members import Member

SENDING = "inbox.sending_window"
TRY_AGAIN, EDIT, DRAFT, DELETE = (
    "inbox.try_again",
    "inbox.edit_outgoing",
    "inbox.draft_outgoing",
    "inbox.delete_text",
)
CHECK, WAS_SENT, SEND_AGAIN = "inbox.check_again", "inbox.it_was_sent", "inbox.send_again"
DELETE_TOLD = "inbox.delete_text_told"  # the same button in a direct message
SENT_LINK = "inbox.sent_draft_link"

_NOT_AGAIN = (NEWER, "NotFound", "AnsweredGone", "NotVerified", "NotTheirs", "AccountGone", "TextGone")


def sending(standing: Standing, reader: Reader, draft: str = "") -> View:
    """Draw how a message stands. `draft`: where the draft made of its text is opened."""
    row = standing.row
    to = [reader.say("To {address}", address=row.to_address)]
    if standing.subject:
        to.append(clip(one_line(standing.subject), 150))
    blocks = [section(plain("\n".join(to)))]
    if draft:
        said = reader.say("Saved as a draft in {label}. Nothing was sent from here.", label=standing.label)
        link = button(reader.say("Open in {label}", label=standing.label), SENT_LINK, url=draft)
        blocks.append(section(plain(said), link))
    else:
        blocks += [section(plain(how(standing, reader))), *_ways_on(standing, reader)]
    return window(
        reader.say("Your message"),
        blocks,
        callback_id=SENDING,
        close=reader.say("Close"),
        metadata=payloads.encode(OutgoingRef(row.id)),
    )


def _ways_on(standing: Standing, reader: Reader) -> list[Block]:
    row = standing.row
    value = payloads.encode(OutgoingRef(row.id))
    if row.state == SENT and row.thread_id:
        person = row.contact_id or ""
        ref = ThreadRef(row.account_id, row.thread_id, person, "" if person else row.person_address)
        return [actions(doors.OPEN_THREAD.draw(reader, ref, text=reader.say("Open thread")))]
    if row.state == UNCERTAIN:
        again = button(reader.say("Send again"), SEND_AGAIN, value)
        again["confirm"] = confirm(
            reader.say("Send it again?"),
            reader.say("It may have gone out already. Then {address} gets it twice.", address=row.to_address),
            reader.say("Send again"),
            reader.say("Not now"),
        )
        first = [
            button(reader.say("Check again"), CHECK, value, style="primary"),
            button(reader.say("It was sent"), WAS_SENT, value),
            again if row.body_sealed else None,
        ]
        return [actions(*first), actions(_delete(DELETE, value, reader))]
    if row.state == FAILED and row.body_sealed:
        return _ways_after_failure(standing, value, reader)
    return []


def _ways_after_failure(standing: Standing, value: str, reader: Reader) -> list[Block]:
    row = standing.row
    again = row.error_kind not in _NOT_AGAIN
    first = [
        button(reader.say("Try again"), TRY_AGAIN, value, style="primary") if again else None,
        button(reader.say("Edit"), EDIT, value, style="" if again else "primary"),
        button(reader.say("Save draft"), DRAFT, value),
    ]
    second = [
        doors.RECONNECT.draw(reader, AccountRef(row.account_id))
        if row.error_kind in CURED_BY_CONNECTING
        else None,
        _delete(DELETE, value, reader),
    ]
    return [actions(*first), actions(*second)]


def _delete(action_id: str, value: str, reader: Reader) -> Block:
    element = button(reader.say("Delete my text"), action_id, value, style="danger")
    element["confirm"] = confirm(
        reader.say("Delete the text?"),
        reader.say("It cannot be brought back."),
        reader.say("Delete"),
        reader.say("Keep"),
        danger=True,
    )
    return element


# --- Home -------------------------------------------------------------------------------------------------


def needs_you(standings: Sequence[Standing], reader: Reader) -> list[Block]:
    """Rows for what was not sent or is not certain: one block each."""
    return [_row(one, short_trouble(one, reader), reader) for one in standings]


def sending_and_sent(standings: Sequence[Standing], reader: Reader) -> list[Block]:
    """Rows for what is on its way or went out within a day: one block each."""
    return [_row(one, short_way(one, reader), reader) for one in standings]


def _row(standing: Standing, state: str, reader: Reader) -> Block:
    named = about(standing, reader)
    ref = OutgoingRef(standing.row.id)
    door = doors.OPEN_OUTGOING.draw(reader, ref, label=reader.say("Open: {about}", about=named))
    return section(plain(f"{named}\n{state}"), door)


# --- direct message ---------------------------------------------------------------------------------------


def trouble(standing: Standing, member: Member, reader: Reader) -> Answer:
    """Tell in a direct message how a message stands that did not simply go out."""
    row = standing.row
    line = about(standing, reader)
    ref = OutgoingRef(row.id)
    blocks = [section(plain(f"{line}\n{told(standing, reader)}"))]
    if row.state in (FAILED, UNCERTAIN):
        door = doors.OPEN_OUTGOING.draw(reader, ref, style="primary")
        blocks.append(actions(door, _delete(DELETE_TOLD, payloads.encode(ref), reader)))
    short = told(standing, reader)
    return Answer(
        escape(f"{line}: {short}") if member.names_in_notifications else _nameless(standing, reader), blocks
    )


def _nameless(standing: Standing, reader: Reader) -> str:
    said = {
        FAILED: "A message of yours was not sent. Your text is kept.",
        UNCERTAIN: "It is not certain whether a message of yours was sent.",
        SENT: "A message of yours was sent.",
    }.get(standing.row.state, "A message of yours is on its way.")
    return reader.say(said)
