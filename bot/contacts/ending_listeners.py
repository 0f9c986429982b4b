"""Slack in: the menu of a record, deleting, merging, and Undo. Ends with the tables app.py registers."""

from collections.abc import Callable
from dataclasses import replace

from slack_bolt import Ack

from bot import doors
from bot.blocks import Block, View
from bot.contacts import ending_views as views
from bot.contacts import views as form_views
from bot.contacts.editing import Editing
from bot.contacts.endings import Endings
from bot.contacts.listeners import DrawRecord, open_form, record_below
from bot.contacts.pairs import Pair, TooMuch
from bot.errors import Told
from bot.payloads import DETAILS, ContactAct, ContactRef, MergeRef, PersonRef, RecordPlace, decode
from bot.places import Notice, WindowPlace
from bot.visits import Body, Listener, Visit, Visits

# Opens the form for an appointment; app.py hands it in, so that features stay independent.
MakeAppointment = Callable[[Visit, PersonRef], None]


def choose_act(
    ack: Ack,
    body: Body,
    *,
    visits: Visits,
    editing: Editing,
    endings: Endings,
    make_appointment: MakeAppointment,
) -> None:
    """The menu of a record: New appointment, Edit, Merge, Delete."""
    visit = visits.of(body)
    chosen = visit.payload(ContactAct)
    match chosen.act:
        case views.APPOINTMENT_ACT:
            make_appointment(visit, PersonRef(contact=chosen.contact))
        case views.EDIT_ACT:
            open_form(visit, editing, chosen.contact)
        case views.MERGE_ACT:
            kept = endings.read(visit.member, chosen.contact)
            ref = MergeRef(kept.id, record=record_below(visit), on_top=visit.opens_on_top)
            visit.open_window(views.choose_window(kept, ref, visit.reader))
        case views.DELETE_ACT:
            ended = endings.delete(visit.member, chosen.contact)
            visit.replace_window(views.ended_window(ended, visit.reader))
            visits.redraw_home(visit.member)
    ack()


def undo(ack: Ack, body: Body, *, visits: Visits, endings: Endings, draw_record: DrawRecord) -> None:
    """Undo: the window becomes the record again; pressed on Home, Home says it."""
    visit = visits.of(body)
    back = endings.undo(visit.member, visit.payload(ContactRef).contact)
    if visit.window is None:
        ack()
        told = Notice(views.back_line(back, visit.reader))
        visit.later(visit.place, lambda: visits.home(visit.member).tell(told))
        return
    if back.contact is None or back.taken:
        visit.replace_window(views.back_window(back, visit.reader))
        ack()
    else:
        ack()
        _show(visit, visit.this_window(_again(visit, back.contact.id)), back.contact.id, draw_record)
    visits.redraw_home(visit.member)


def next_step(ack: Ack, body: Body, *, visits: Visits, endings: Endings) -> None:
    """Next: what the two come to."""
    visit = visits.of(body)
    ref = visit.payload(MergeRef)
    gone_id = views.chosen(body["view"]["state"]["values"])
    if not gone_id or gone_id == ref.kept:
        said = visit.reader.say("Choose another contact than this one.")
        ack(response_action="errors", errors={views.WITH: said})
        return
    pair = endings.pair(visit.member, ref.kept, gone_id)
    if isinstance(pair, TooMuch):
        ack(response_action="errors", errors={views.WITH: views.too_much(pair, visit.reader)})
    else:
        ack(response_action="update", view=_preview(pair, ref, visit))


def merge_holder(ack: Ack, body: Body, *, visits: Visits, endings: Endings) -> None:
    """Merge, in a form whose address somebody else has: straight to what the two come to."""
    visit = visits.of(body)
    ref = visit.payload(MergeRef)
    pair = endings.pair(visit.member, ref.kept, ref.gone)
    if isinstance(pair, TooMuch):
        raise Told(Notice(views.too_much(pair, visit.reader)))
    visit.replace_window(_preview(pair, ref, visit))
    ack()


def step_back(ack: Ack, body: Body, *, visits: Visits, endings: Endings) -> None:
    """Back: choose somebody else."""
    visit = visits.of(body)
    ref = replace(visit.payload(MergeRef), gone="", kept_version=0, gone_version=0)
    visit.replace_window(views.choose_window(endings.read(visit.member, ref.kept), ref, visit.reader))
    ack()


def merge(ack: Ack, body: Body, *, visits: Visits, endings: Endings, draw_record: DrawRecord) -> None:
    """Merge: one contact, with Undo; where one of them was changed meanwhile, the preview again."""
    visit = visits.of(body)
    ref = visit.payload(MergeRef)
    ended = endings.merge(visit.member, ref, views.theirs(body["view"]["state"]["values"]))
    if isinstance(ended, TooMuch):
        raise Told(Notice(views.too_much(ended, visit.reader)))
    if isinstance(ended, Pair):
        ack(response_action="update", view=_preview(ended, ref, visit))
        return
    ack(response_action="update", view=views.ended_window(ended, visit.reader))
    if ref.on_top:
        _show(visit, visit.window_below(_again(visit, ref.kept)), ref.kept, draw_record, ref.record)
    visits.redraw_home(visit.member)


def offer(ack: Ack, body: Body, *, visits: Visits, endings: Endings) -> None:
    """Offer the other contacts while somebody types."""
    visit = visits.of(body)
    kept = decode(MergeRef, str((body.get("view") or {}).get("private_metadata", ""))).kept
    found = endings.others(visit.member, str(body.get("value", "")), kept, views.MOST_OFFERED)
    ack(options=views.offered(found))


def _preview(pair: Pair, ref: MergeRef, visit: Visit) -> View:
    shown = replace(ref, gone=pair.gone.id, kept_version=pair.kept.version, gone_version=pair.gone.version)
    return views.preview_window(pair, shown, visit.reader)


def _again(visit: Visit, contact_id: str) -> Block:
    ref = PersonRef(contact=contact_id)
    return doors.OPEN_RECORD.draw(visit.reader, ref, text=visit.reader.say("Try again"))


def _show(
    visit: Visit, place: WindowPlace, contact_id: str, draw_record: DrawRecord, record: str = ""
) -> None:
    stood = decode(RecordPlace, record) if record else RecordPlace()
    at = replace(stood, contact=contact_id, address="", tab=DETAILS)
    visit.after_answer(place, lambda: draw_record(visit, place, at))


ACTIONS: dict[str, Listener] = {
    views.MENU: choose_act,
    views.UNDO: undo,
    views.BACK: step_back,
    form_views.MERGE_HOLDER: merge_holder,
}
OPTIONS: dict[str, Listener] = {views.WITH: offer}
VIEWS: dict[str, Listener] = {views.CHOOSE: next_step, views.PREVIEW: merge}
