"""What is shown of appointments: one that was saved or cancelled, lists, and the reminder."""

from bot import doors, payloads
from bot.appointments.dates import ROWS, OfContact, Page, Row, Standing, Stretch
from bot.appointments.times import elsewhere, reminder, when
from bot.blocks import (
    Block,
    View,
    actions,
    button,
    clip,
    context,
    escape,
    header,
    one_line,
    plain,
    section,
    window,
)
from bot.payloads import AppointmentRef, ListRef, PageRef, PersonRef
from bot.places import Answer, Notice, notice_blocks
from bot.words import Reader
from store.contacts import Contact
from store.members import Member

STANDING, CHOICE = "appointments.standing", "appointments.choice"
PLAN_AGAIN = "appointments.plan_again"
PAGE = "appointments"  # of Home
EARLIER = "earlier"
MOST_CHOICES = 8


def standing_window(standing: Standing, reader: Reader, *, on_record: bool = False) -> View:
    """How an appointment stands after something was decided. `on_record`: it lies on the contact's."""
    one = standing.row.appointment
    ref = AppointmentRef(one.id, on_record)
    if one.is_planned:
        blocks = [*_about(standing.row, reader), *_overlaps(standing, reader), _reminds(standing, reader)]
        blocks.append(actions(doors.OPEN_APPOINTMENT.draw(reader, ref, text=reader.say("Change"))))
        title = reader.say("Saved")
    else:
        again = button(reader.say("Undo"), PLAN_AGAIN, payloads.encode(ref), style="primary")
        said = reader.say("It is cancelled for everybody here. Undo plans it again as it was.")
        blocks = [*_about(standing.row, reader), section(plain(said)), actions(again)]
        title = reader.say("Cancelled")
    return window(title, blocks, callback_id=STANDING, close=reader.say("Close"))


def _about(row: Row, reader: Reader) -> list[Block]:
    one, told = row.appointment, _line(row, reader)
    if there := elsewhere(one, reader):
        yours = when(one, reader)
        both = reader.say("{yours} on your clock\n{there}", yours=yours, there=there)
        told = told.replace(yours, both, 1)
    return [header(clip(one.title, 150)), section(plain(told))]


def _line(row: Row, reader: Reader) -> str:
    one = row.appointment
    second = [one_line(row.contact), clip(one_line(one.place), 150)]
    if row.owner:
        second.append(reader.say("looked after by {name}", name=clip(one_line(row.owner), 80)))
    return "\n".join(filter(None, [when(one, reader), " · ".join(part for part in second if part)]))


def _overlaps(standing: Standing, reader: Reader) -> list[Block]:
    if not standing.overlaps:
        return []
    said = reader.say("At the same time:")
    lines = [_short(row, reader) for row in standing.overlaps]
    return [section(plain("\n".join([said, *lines])))]


def _short(row: Row, reader: Reader) -> str:
    title = clip(one_line(row.appointment.title), 100)
    return f"{title} · {when(row.appointment, reader)}"


def _reminds(standing: Standing, reader: Reader) -> Block:
    one = standing.row.appointment
    if one.remind_minutes is None:
        return context(plain(reader.say("Nobody is reminded.")))
    before = reminder(one.remind_minutes, reader).lower()
    if standing.calendar_reminds and not standing.row.owner:
        return context(plain(reader.say("The calendar reminds: {when}.", when=before)))
    if one.all_day:
        before = reader.say("{before}, counted from nine in the morning", before=before)
    if standing.row.owner:
        name = clip(one_line(standing.row.owner), 80)
        return context(plain(reader.say("{name} is reminded: {when}.", name=name, when=before)))
    return context(plain(reader.say("Reminder in a direct message: {when}.", when=before)))


# --- choosing whom ----------------------------------------------------------------------------------------


def choice_window(found: tuple[Contact, ...], reader: Reader) -> View:
    """Several contacts go by the name that was typed."""
    blocks = [section(plain(reader.say("With whom?")))]
    for contact in found[:MOST_CHOICES]:
        name = clip(one_line(contact.name), 100)
        detail = " · ".join(filter(None, [*contact.addresses[:1], clip(one_line(contact.company), 100)]))
        label = reader.say("New appointment with {name}", name=name)
        choose = doors.MAKE_APPOINTMENT.draw(
            reader, PersonRef(contact=contact.id), text=reader.say("Choose"), label=label
        )
        blocks.append(section(plain("\n".join(filter(None, [name, detail]))), choose))
    if len(found) > MOST_CHOICES:
        said = reader.say("More contacts go by that name: type more of it, or choose in the form.")
        form = doors.MAKE_APPOINTMENT.draw(reader, PersonRef(), text=reader.say("Empty form"))
        blocks += [section(plain(said)), actions(form)]
    return window(reader.say("New appointment"), blocks, callback_id=CHOICE, close=reader.say("Close"))


def nobody_window(words: str, address: str, reader: Reader) -> View:
    """Nobody in the contacts goes by that name."""
    said = reader.say(
        'Nobody in your contacts is called "{words}". Add the person first, then make the appointment.',
        words=clip(one_line(words), 100),
    )
    add = doors.ADD_CONTACT.draw(reader, PersonRef(address=address), style="primary")
    form = doors.MAKE_APPOINTMENT.draw(reader, PersonRef(), text=reader.say("Choose from the contacts"))
    blocks = notice_blocks(Notice(said, (add, form)))
    return window(reader.say("New appointment"), blocks, callback_id=CHOICE, close=reader.say("Close"))


# --- lists ------------------------------------------------------------------------------------------------


def home_page(page: Page, calendar: Block, reader: Reader) -> list[Block]:
    """Appointments on Home: the member's own to come. `calendar` is the line on Calendar Sync."""
    blocks = [
        header(reader.say("Appointments")),
        actions(
            doors.MAKE_APPOINTMENT.draw(
                reader,
                PersonRef(),
                text=reader.say("New"),
                style="primary",
                label=reader.say("New appointment"),
            )
        ),
        calendar,
    ]
    if page.upcoming.rows:
        blocks += [row(one, reader) for one in page.upcoming.rows]
    else:
        said = reader.say(
            "Nothing is planned. New makes an appointment with one of the team's contacts; it is also on each"
            " contact's record."
        )
        blocks.append(section(plain(said)))
    earlier = _turn(reader.say("Earlier"), EARLIER, 0, reader, 2) if page.has_earlier else None
    turns = [*_turns(page.upcoming, "", reader.say("Later"), reader.say("Back"), reader), earlier]
    return [*blocks, *([actions(*turns)] if any(turns) else [])]


def earlier_page(stretch: Stretch, reader: Reader) -> list[Block]:
    """The same page, standing at what is over."""
    blocks = [*_cancelled(stretch.cancelled, reader), header(reader.say("Earlier appointments"))]
    blocks += [row(one, reader) for one in stretch.rows]
    if not stretch.rows:
        blocks.append(section(plain(reader.say("Nothing is over yet. What was goes here by itself."))))
    upcoming = _turn(reader.say("Upcoming"), "", 0, reader, 2)
    turns = _turns(stretch, EARLIER, reader.say("Older"), reader.say("Newer"), reader)
    return [*blocks, actions(*turns, upcoming)]


def _cancelled(rows: tuple[Row, ...], reader: Reader) -> list[Block]:
    """Those that Open shows with Undo."""
    if not rows:
        return []
    said = reader.say("Cancelled. Open one to plan it again.")
    return [context(plain(said)), *(row(one, reader) for one in rows)]


def _turns(stretch: Stretch, where: str, on: str, back: str, reader: Reader) -> list[Block]:
    found = []
    if stretch.more:
        found.append(_turn(on, where, stretch.start + len(stretch.rows), reader, 0))
    if stretch.start:
        found.append(_turn(back, where, max(0, stretch.start - ROWS), reader, 1))
    return found


def _turn(words: str, where: str, start: int, reader: Reader, number: int) -> Block:
    place = " ".join(filter(None, [where, str(start) if start else ""]))
    return doors.HOME_TURNS[number].draw(reader, PageRef(PAGE, place), text=words)


def place_of(place: str) -> tuple[bool, int]:
    """Read where on the page somebody stands: among those that are over, and how far down."""
    words = place.split()
    numbers = [int(word) for word in words if word.isdecimal() and len(word) < 6]
    return EARLIER in words, numbers[0] if numbers else 0


def row(one: Row, reader: Reader) -> Block:
    """One appointment of a list."""
    title = clip(one_line(one.appointment.title), 150)
    opens = doors.OPEN_APPOINTMENT.draw(
        reader,
        AppointmentRef(one.appointment.id),
        label=reader.say("Open the appointment {title}", title=title),
    )
    return section(plain(f"{title}\n{_line(one, reader)}"), opens)


def record_tab(found: OfContact, contact_id: str, name: str, reader: Reader) -> list[Block]:
    """A contact's appointments, everybody's: what comes and what was."""
    new = doors.MAKE_APPOINTMENT.draw(reader, PersonRef(contact=contact_id), style="primary")
    if not (found.coming or found.past or found.cancelled):
        said = reader.say(
            "There is no appointment with {name}. Everybody here who uses Mailroom sees those that are made.",
            name=name,
        )
        return [section(plain(said)), actions(new)]
    blocks = [row(one, reader) for one in found.coming]
    if not found.coming:
        blocks.append(section(plain(reader.say("Nothing is planned."))))
    blocks += _cancelled(found.cancelled, reader)
    if found.past:
        blocks.append(context(plain(reader.say("Earlier"))))
        blocks += [row(one, reader) for one in found.past]
    return [*blocks, actions(new)]


# --- the reminder -----------------------------------------------------------------------------------------


def soon(standing: Standing, member: Member, reader: Reader) -> Answer:
    """An appointment is about to start (screens.md 5)."""
    one = standing.row.appointment
    ref = PersonRef(contact=one.contact_id)
    buttons = [doors.OPEN_APPOINTMENT.draw(reader, AppointmentRef(one.id), style="primary")]
    if standing.row.contact:
        buttons.append(
            doors.SHOW_THREADS.draw(reader, ListRef(contact=ref.contact), text=reader.say("Conversations"))
        )
    title = clip(one_line(one.title), 150)
    if member.names_in_notifications:
        text = "\n".join([reader.say("Soon: {title}", title=title), _line(standing.row, reader)])
    else:
        text = reader.say("You have an appointment soon: {when}", when=when(one, reader))
    blocks = [section(plain(f"{title}\n{_line(standing.row, reader)}")), actions(*buttons)]
    return Answer(escape(text), blocks)
