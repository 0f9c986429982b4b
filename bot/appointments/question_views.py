"""What a person changed in their calendar: both versions, and the ways to go on (screens.md 4, 5)."""

from bot import doors, payloads
from bot.appointments.syncs import LEAVE, PUT_BACK, TAKE, Question
from bot.appointments.times import in_calendar
from bot.blocks import (
    Block,
    View,
    actions,
    button,
    clip,
    escape,
    header,
    one_line,
    plain,
    section,
    window,
)
from bot.payloads import AppointmentRef, CalendarEventRef
from bot.places import Answer
from bot.words import Reader
from providers.calendar import Days, Hours
from store.calendars import ASKED, GONE, GUESTS, KEPT
from store.members import Member

QUESTION = "appointments.question_window"
ACTS = {
    "appointments.take": TAKE,
    "appointments.put_back": PUT_BACK,
    "appointments.leave": LEAVE,
}
_TAKE, _PUT_BACK, _LEAVE = ACTS
_REFUSED = (
    "This cannot be taken: it lies outside the years 2000 to 2100, or somebody has just changed the"
    " appointment. Nothing was changed. Put it back, leave both, or change it in the calendar first."
)


def is_news(question: Question, about: str) -> bool:
    """Say whether a message about this would still be true."""
    if about == GONE:
        return question.row.state == GONE
    told = (ASKED, KEPT) if about.startswith(GUESTS) else (ASKED,)
    return question.row.asked == about and question.row.state in told


def question_window(question: Question, reader: Reader) -> View:
    """Ask, or say how it stands."""
    title = clip(one_line(question.shown.appointment.title), 150)
    return window(
        reader.say("Calendar question"),
        [header(title), *_blocks(question, reader)],
        callback_id=QUESTION,
        close=reader.say("Close"),
    )


def question_message(question: Question, member: Member, reader: Reader) -> Answer:
    """The same as a message in the member's own conversation."""
    title = clip(one_line(question.shown.appointment.title), 150)
    said = _said(question, reader)
    text = f"{title}: {said}" if member.names_in_notifications else said
    return Answer(escape(text), [section(plain(title)), *_blocks(question, reader)])


def _blocks(question: Question, reader: Reader) -> list[Block]:
    said = _said(question, reader)
    if question.theirs is None or not question.is_open:
        ref = AppointmentRef(question.shown.appointment.id)
        return [section(plain(said)), actions(doors.OPEN_APPOINTMENT.draw(reader, ref))]
    lines = [
        *([reader.say(_REFUSED)] if question.refused else []),
        said,
        reader.say("In your calendar: {what}", what=_theirs(question, reader)),
        reader.say("In Mailroom: {what}", what=_mine(question, reader)),
    ]
    value = payloads.encode(CalendarEventRef(question.row.id, question.row.asked))
    take, put_back = _words(question, reader)
    return [
        section(plain("\n".join(lines))),
        actions(
            button(take, _TAKE, value, style="primary"),
            button(put_back, _PUT_BACK, value),
            button(reader.say("Leave both"), _LEAVE, value),
        ),
    ]


def _said(question: Question, reader: Reader) -> str:
    name = clip(one_line(question.shown.contact), 80) or reader.say("somebody who is no contact any more")
    state = question.row.state
    if state == GONE:
        return reader.say(
            "You deleted the appointment with {name} in your calendar. It stays deleted there; in Mailroom it"
            " is as before.",
            name=name,
        )
    if state == KEPT and question.row.asked.startswith(GUESTS):
        return reader.say(
            "You invited guests to the appointment with {name} in your calendar. Mailroom leaves the event"
            " alone from now on, also when the appointment changes.",
            name=name,
        )
    if state == KEPT:
        return reader.say("Both stay as they are: the appointment with {name} and the event.", name=name)
    if not question.is_open:
        return reader.say("The appointment with {name} and your calendar agree.", name=name)
    if question.theirs and _moved(question):
        return reader.say(
            "The appointment with {name} was moved to {time} in your calendar.",
            name=name,
            time=_start(question.theirs.when, reader),
        )
    return reader.say("The appointment with {name} was changed in your calendar.", name=name)


def _moved(question: Question) -> bool:
    theirs, mine = question.theirs and question.theirs.when, question.mine.when
    if isinstance(theirs, Hours) and isinstance(mine, Hours):
        return (theirs.starts, theirs.ends) != (mine.starts, mine.ends)
    return theirs != mine


def _words(question: Question, reader: Reader) -> tuple[str, str]:
    theirs, mine = question.theirs, question.mine
    if theirs and isinstance(theirs.when, Hours) and isinstance(mine.when, Hours) and _moved(question):
        new, old = reader.time(theirs.when.starts), reader.time(mine.when.starts)
        if new != old:
            return reader.say("Take {time}", time=new), reader.say("Put back {time}", time=old)
    return reader.say("Take the calendar's"), reader.say("Put back Mailroom's")


def _start(when: Hours | Days, reader: Reader) -> str:
    if isinstance(when, Days):
        return reader.date(when.first)
    local = reader.local(when.starts)
    if local.date() == reader.local(reader.now).date():
        return reader.time(when.starts)
    return reader.say("{day} {time}", day=reader.date(local.date()), time=reader.time(when.starts))


def _theirs(question: Question, reader: Reader) -> str:
    theirs = question.theirs
    if theirs is None:
        return ""
    return _line(theirs.title, theirs.when, theirs.place, reader)


def _mine(question: Question, reader: Reader) -> str:
    return _line(question.mine.title, question.mine.when, question.mine.place, reader)


def _line(title: str, when: Hours | Days, place: str, reader: Reader) -> str:
    said = [in_calendar(when, reader), clip(one_line(title), 100), clip(one_line(place), 100)]
    return " · ".join(filter(None, said))


def lost_message(name: str, reader: Reader) -> Answer:
    """The calendar is gone."""
    said = reader.say(
        'The calendar "{name}", into which Mailroom wrote your appointments, is gone. In Mailroom they are'
        " all there. Choose another calendar, and they appear in it.",
        name=clip(one_line(name), 100),
    )
    choose = doors.CALENDAR_SYNC.draw(reader, text=reader.say("Choose another"), style="primary")
    return Answer(escape(said), [section(plain(said)), actions(choose)])


def needs_you(question: Question, reader: Reader) -> Block:
    """A question that waits, on Home."""
    title = clip(one_line(question.shown.appointment.title), 100)
    said = reader.say('Your calendar says otherwise about "{title}".', title=title)
    ref = CalendarEventRef(question.row.id)
    label = reader.say("Open the question about {title}", title=title)
    return section(plain(said), doors.CALENDAR_QUESTION.draw(reader, ref, label=label))
