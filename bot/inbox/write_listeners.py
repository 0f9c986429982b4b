"""Slack in, for writing: the Write window, Send, and what the person decides about a message on its way.

A window with typed text in it is never replaced by a failure: it is drawn again with a note above the text.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt import Ack

from bot import doors, payloads
from bot.blocks import Block, View
from bot.inbox import sending_views, write_fields, write_views
from bot.inbox.letters import FAILED, NEWER, Entered, Standing
from bot.inbox.rich_text import INSIDE_SLACK, problem_of
from bot.inbox.service import InboxService, IsOwn
from bot.inbox.writing import WritingService
from bot.payloads import OutgoingRef, PersonRef, ThreadRef, WriteRef
from bot.places import Notice, WindowPlace, loading_window
from bot.visits import Body, Listener, Visit, Visits
from providers.content.typed import typed_addresses


@dataclass(slots=True)
class WritePlace(WindowPlace):
    """A Write window that stands open. What is told stands above the text, which stays.

    Of buttons only those come along that leave it standing: links, and Allow.
    """

    view: Mapping[str, Any] | None = None
    ref: WriteRef | None = None

    def tell(self, notice: Notice) -> None:
        """Say it above what was typed. No button may open another window in the place of this text."""
        if self.view is not None and self.ref is not None:
            links = tuple(one for one in notice.buttons if one.get("url") or _is_allow(one))
            self.show(write_views.with_note(self.view, self.ref, Notice(notice.text, links)))


def _is_allow(button: Mapping[str, Any]) -> bool:
    return button.get("action_id") == doors.ALLOW.action_id


# --- opening ----------------------------------------------------------------------------------------------


def reply(ack: Ack, body: Body, *, visits: Visits, writing: WritingService) -> None:
    """Reply: an answer to the person's newest message."""
    visit = visits.of(body)
    ref = visit.payload(ThreadRef)
    retry = doors.REPLY.draw(visit.reader, ref, text=visit.reader.say("Retry"))
    _open(ack, visit, lambda: write_views.write(writing.forms.reply(visit.member, ref), visit.reader), retry)


def write(ack: Ack, body: Body, *, visits: Visits, writing: WritingService) -> None:
    """Write: a new message to one person."""
    visit = visits.of(body)
    ref = visit.payload(PersonRef)
    retry = doors.WRITE.draw(visit.reader, ref, text=visit.reader.say("Retry"))
    _open(ack, visit, lambda: _new(visit, writing, ref), retry)


def write_to(ack: Ack, body: Body, *, visits: Visits, writing: WritingService, inbox: InboxService) -> None:
    """`/inbox write Dana`, `/inbox write dana@northwind.example`."""
    visit = visits.of(body)
    text = str(body.get("text", ""))

    def found() -> View:
        addresses, words = typed_addresses(text)
        if addresses:
            return _new(visit, writing, inbox.people(visit.member, [addresses[0].address])[0].ref)
        people = inbox.search(visit.member, words, 9) if words else ()
        if len(people) == 1:
            return _new(visit, writing, PersonRef(contact=people[0].id))
        if people:
            return write_views.which_one(people, visit.reader)
        return write_views.told(write_views.nobody(words, visit.reader), visit.reader)

    _open(ack, visit, found, None)


def _new(visit: Visit, writing: WritingService, ref: PersonRef) -> View:
    try:
        form = writing.forms.new(visit.member, ref)
    except IsOwn as own:
        return write_views.told(write_views.own_address(own.ref.mine, visit.reader), visit.reader)
    if form is None:
        return write_views.told(write_views.connect_first(writing.offers, visit.reader), visit.reader)
    return write_views.write(form, visit.reader)


def _open(ack: Ack, visit: Visit, make: Callable[[], View], retry: Block | None) -> None:
    place = visit.open_window(_loading(visit), retry)
    ack()
    visit.later(place, lambda: place.show(make()))


def _loading(visit: Visit) -> View:
    reader = visit.reader
    return loading_window(reader, reader.say("Write"), reader.say("Getting the message ready…"))


# --- the Write window -------------------------------------------------------------------------------------


def send(ack: Ack, body: Body, *, visits: Visits, writing: WritingService) -> None:
    """Send: refused beside the field, or taken once and shown in the same window."""
    visit = visits.of(body)
    ref = visit.payload(WriteRef)
    entered = write_fields.entered(body["view"], ref)
    refused = writing.refusals(visit.member, ref, entered)
    if refused:
        said = write_fields.refusals(refused, body["view"], ref, visit.reader)
        ack(response_action="errors", errors=said)
        return
    standing = writing.send(visit.member, ref, entered, str(body["view"]["id"]))
    ack(response_action="update", view=sending_views.sending(standing, visit.reader))
    visits.redraw_home(visit.member)


def save_draft(ack: Ack, body: Body, *, visits: Visits, writing: WritingService) -> None:
    """Save draft, Continue in Gmail: leave what was typed at the provider and show the way to it."""
    visit = visits.of(body)
    view, ref, place = _written(visit)
    entered = write_fields.entered(view, ref)
    problem = problem_of(entered.typed)
    if problem in INSIDE_SLACK:
        place.tell(Notice(write_fields.why_no_draft(problem, visit.reader)))
    elif writing.take_draft(visit.member, ref):
        visit.later(place, lambda: _save(visit, writing, place, ref, entered))
    ack()


def _save(visit: Visit, writing: WritingService, place: WritePlace, ref: WriteRef, entered: Entered) -> None:
    form, link = writing.save_draft(visit.member, ref, entered)
    place.tell(write_views.draft_saved(form.label, link.url, visit.reader))


def more(ack: Ack, body: Body, *, visits: Visits, writing: WritingService) -> None:
    """More of this message: show the answered message at length, above what was typed."""
    visit = visits.of(body)
    _, ref, place = _written(visit)
    ack()
    longer = replace(ref, more=True)
    visit.later(
        place, lambda: place.show(write_views.write(writing.forms.again(visit.member, longer), visit.reader))
    )


def _written(visit: Visit) -> tuple[Mapping[str, Any], WriteRef, WritePlace]:
    view = visit.window or {}
    ref = payloads.decode(WriteRef, str(view.get("private_metadata", "")))
    place = visit.this_window()
    return view, ref, WritePlace(place.client, place.view_id, place.reader, None, view, ref)


# --- a message on its way ---------------------------------------------------------------------------------


def open_outgoing(ack: Ack, body: Body, *, visits: Visits, writing: WritingService) -> None:
    """Open, from Home or a direct message: how it stands; where the person wrote again, the text."""
    visit = visits.of(body)
    ref = visit.payload(OutgoingRef)
    standing = writing.standing(visit.member, ref.outgoing)
    if standing.row.state == FAILED and standing.row.error_kind == NEWER:
        _open(ack, visit, lambda: _edited(visit, writing, ref), _open_door(visit, ref))
        return
    place = visit.open_window(sending_views.sending(standing, visit.reader))
    ack()
    now = writing.shown_in(visit.member, ref.outgoing, place.view_id)
    if now.row.state != standing.row.state:
        visit.later(place, lambda: place.show(sending_views.sending(now, visit.reader)))


def edit(ack: Ack, body: Body, *, visits: Visits, writing: WritingService) -> None:
    """Edit: the text of a message that was not sent, in a Write window again."""
    visit = visits.of(body)
    ref = visit.payload(OutgoingRef)
    place = visit.replace_window(_loading(visit), _open_door(visit, ref))
    ack()
    visit.later(place, lambda: place.show(_edited(visit, writing, ref)))


def _edited(visit: Visit, writing: WritingService, ref: OutgoingRef) -> View:
    return write_views.write(writing.forms.edit(visit.member, ref.outgoing), visit.reader)


def _open_door(visit: Visit, ref: OutgoingRef) -> Block:
    return doors.OPEN_OUTGOING.draw(visit.reader, ref)


def draft_of_kept(ack: Ack, body: Body, *, visits: Visits, writing: WritingService) -> None:
    """Save draft, of a message that was not sent."""
    visit = visits.of(body)
    ref, reader = visit.payload(OutgoingRef), visit.reader
    saving = loading_window(reader, reader.say("Write"), reader.say("Saving your text as a draft…"))
    place = visit.replace_window(saving, _open_door(visit, ref))
    ack()

    def save() -> None:
        standing, link = writing.save_kept(visit.member, ref.outgoing)
        place.show(sending_views.sending(standing, reader, draft=link.url))
        visits.redraw_home(visit.member)

    visit.later(place, save)


Decide = Callable[[WritingService], Callable[..., Standing]]


def _decides(which: Decide) -> Listener:
    """Make the listener of a button that decides something and draws how it stands afterwards."""

    def decided(ack: Ack, body: Body, *, visits: Visits, writing: WritingService) -> None:
        visit = visits.of(body)
        standing = which(writing)(visit.member, visit.payload(OutgoingRef).outgoing)
        if visit.window:
            visit.replace_window(sending_views.sending(standing, visit.reader))
        ack()
        visits.redraw_home(visit.member)

    return decided


def followed_link(ack: Ack) -> None:
    """A link button was pressed: the browser does the rest."""
    ack()


COMMANDS: dict[str, Listener] = {"write": write_to}
ACTIONS: dict[str, Listener] = {
    doors.REPLY.action_id: reply,
    doors.WRITE.action_id: write,
    doors.OPEN_OUTGOING.action_id: open_outgoing,
    write_views.SAVE_DRAFT: save_draft,
    write_views.CONTINUE: save_draft,
    write_views.MORE: more,
    write_views.DRAFT_LINK: followed_link,
    sending_views.TRY_AGAIN: _decides(lambda writing: writing.try_again),
    sending_views.CHECK: _decides(lambda writing: writing.check_again),
    sending_views.SEND_AGAIN: _decides(lambda writing: writing.send_again),
    sending_views.WAS_SENT: _decides(lambda writing: writing.it_was_sent),
    sending_views.DELETE: _decides(lambda writing: writing.drop),
    sending_views.DELETE_TOLD: _decides(lambda writing: writing.drop),
    sending_views.EDIT: edit,
    sending_views.DRAFT: draft_of_kept,
    sending_views.SENT_LINK: followed_link,
}
VIEWS: dict[str, Listener] = {write_views.WRITE: send}
