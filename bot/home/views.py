"""App Home: its frame and the page of today (screens.md 2). The other pages are drawn by their features."""

from bot import doors, payloads
from bot.accounts import views as account_views
from bot.accounts.kept import Connected
from bot.appointments import question_views
from bot.appointments import views as appointment_views
from bot.blocks import (
    Block,
    View,
    actions,
    button,
    clip,
    context,
    divider,
    external_select,
    header,
    home_tab,
    one_line,
    plain,
    section,
)
from bot.discovery import nightly_views, scan_views
from bot.discovery.decided_rows import blocked_line
from bot.home.homes import ACCOUNTS, APPOINTMENTS, CONTACTS, PEOPLE, TODAY, Home, Surroundings
from bot.inbox import find_views, sending_views
from bot.payloads import AccountRef, PageRef, PersonRef
from bot.places import Notice, notice_blocks
from bot.words import Reader
from store.contacts import Contact

MOST_NOTICES = 3
OPEN_TODAY, OPEN_ACCOUNTS, TRY = "home.today", "home.accounts", "home.try"
TO_HOME = "home.open"
OPEN_PEOPLE, OPEN_CONTACTS, OPEN_APPOINTMENTS = "home.people", "home.contacts", "home.appointments"


def home_view(
    home: Home, told: Notice | None, around: Surroundings, reader: Reader, sheet: list[Block] | None = None
) -> View:
    """Draw Home. `told` stands above everything, once; `sheet` is a page that its feature has drawn."""
    if sheet is not None:
        page = sheet
    else:
        page = account_page(home, reader) if home.page == ACCOUNTS else today(home, around, reader)
    return home_tab(
        [
            header(reader.say("Mailroom")),
            context(plain(_who(home, reader))),
            _navigation(home, reader),
            divider(),
            *(notice_blocks(told) if told else []),
            *_notices(home, reader),
            *page,
            divider(),
            foot(around, reader),
        ]
    )


def refused_view(told: Notice, around: Surroundings, reader: Reader) -> View:
    """What somebody sees who may not use Mailroom."""
    return home_tab([header(reader.say("Mailroom")), *notice_blocks(told), divider(), foot(around, reader)])


# --- frame ------------------------------------------------------------------------------------------------


def _who(home: Home, reader: Reader) -> str:
    if not home.connected:
        return reader.say("No mailbox is connected yet.")
    last = scan_views.home_line(home.scans, reader) if home.scans else ""
    first, more = home.connected[0].account.address, len(home.connected) - 1
    if not more:
        said = reader.say("{address} connected", address=first)
    else:
        said = reader.count(
            "{address} connected, {n} more", "{address} connected, {n} more", more, address=first
        )
    return " · ".join(filter(None, (said, last)))


def _navigation(home: Home, reader: Reader) -> Block:
    pages = (
        (TODAY, OPEN_TODAY, reader.say("Today")),
        (PEOPLE, OPEN_PEOPLE, _people_found(home, reader)),
        (CONTACTS, OPEN_CONTACTS, reader.say("Contacts")),
        (APPOINTMENTS, OPEN_APPOINTMENTS, reader.say("Appointments")),
        (ACCOUNTS, OPEN_ACCOUNTS, reader.say("Gmail & Outlook")),
    )
    return actions(*(_tab(words, action_id, page, home, reader) for page, action_id, words in pages))


def _people_found(home: Home, reader: Reader) -> str:
    if not home.waiting.people:
        return reader.say("People found")
    return reader.say("People found {n}", n=f"{home.waiting.people:,}")


def _tab(words: str, action_id: str, page: str, home: Home, reader: Reader) -> Block:
    chosen = home.page == page
    label = reader.say("{page}, this page", page=words) if chosen else words
    return button(
        words, action_id, payloads.encode(PageRef(page)), style="primary" if chosen else "", label=label
    )


def _notices(home: Home, reader: Reader) -> list[Block]:
    found = [_lost(one, reader) for one in home.lost]
    if home.night and home.night.is_failing:
        found.append(nightly_views.failing_notice(reader))
    return found[:MOST_NOTICES]


def _lost(one: Connected, reader: Reader) -> Block:
    address = one.account.address
    said = reader.say(
        "{company} has ended Mailroom's access to {address}. Nothing is lost: reconnect to go on.",
        company=one.company,
        address=address,
    )
    label = reader.say("Reconnect {address}", address=address)
    return section(plain(said), doors.RECONNECT.draw(reader, AccountRef(one.account.id), label=label))


def shown_on_home(team_id: str, app_id: str, reader: Reader) -> Notice:
    """Say in a message that Home shows what was asked for, with the way there: no press can open it."""
    link = button(
        reader.say("Open Home"),
        TO_HOME,
        url=f"slack://app?team={team_id}&id={app_id}&tab=home",
        style="primary",
    )
    return Notice(reader.say("Mailroom's Home shows it now."), (link,))


def foot(around: Surroundings, reader: Reader) -> Block:
    """Links to the public pages."""
    pages = (
        ("help", reader.say("Help")),
        ("privacy", reader.say("Privacy")),
        ("support", reader.say("Support")),
    )
    return context(" · ".join(f"<{around.url}/{path}|{words}>" for path, words in pages))


# --- pages ------------------------------------------------------------------------------------------------


def account_page(home: Home, reader: Reader) -> list[Block]:
    """Gmail & Outlook: a sign-in under way, then the accounts and their settings."""
    waiting = account_views.connecting_state(home.attempt, reader) if home.attempt else []
    night = nightly_views.settings_blocks(home.night, reader, home.version) if home.night else []
    blocked = [_title(reader.say("Privacy")), blocked_line(home.blocked, reader)] if home.blocked else []
    return [*waiting, *account_views.settings_page(home.settings, reader, night), *blocked]


def today(home: Home, around: Surroundings, reader: Reader) -> list[Block]:
    """Today: find somebody, what needs the member, what is on its way, whom they looked at last."""
    blocks: list[Block] = []
    if home.attempt:
        blocks += account_views.connecting_state(home.attempt, reader)
    elif not home.connected:
        blocks += _welcome(home, around, reader)
    if home.connected or home.people:
        blocks.append(_find(home, reader))
    if home.connected and home.scans:
        blocks += scan_views.home_state(home.scans, reader)
    if home.connected and not home.recent:
        blocks.append(_first_steps(home, around, reader))
    asked = [question_views.needs_you(one, reader) for one in home.questions]
    if home.needs_you or asked:
        rows = [*sending_views.needs_you(home.needs_you, reader), *asked]
        blocks += [_title(reader.say("Needs you")), *rows]
    if home.under_way:
        rows = sending_views.sending_and_sent(home.under_way, reader)
        blocks += [_title(reader.say("Sending and sent")), *rows]
    if home.waiting.people:
        blocks += [_title(reader.say("People found")), _waiting(home, reader)]
    if home.coming:
        rows = [appointment_views.row(one, reader) for one in home.coming]
        blocks += [_title(reader.say("Next appointments")), *rows]
    if home.recent:
        blocks += [_title(reader.say("Recent contacts")), *(_recent(one, reader) for one in home.recent)]
    return blocks


def _title(words: str) -> Block:
    return header(words)


def _find(home: Home, reader: Reader) -> Block:
    placeholder = reader.say("Name or address")
    block = section(
        plain(reader.say("Whose conversations do you want to see?")),
        external_select(find_views.WHOM, placeholder=placeholder),
    )
    block["block_id"] = f"find{home.version}"  # a new one, so that the last choice does not stay in it
    return block


def _waiting(home: Home, reader: Reader) -> Block:
    said = reader.count(
        "{n} person is waiting: {name}",
        "{n} people are waiting, the strongest: {name}",
        home.waiting.people,
        name=home.waiting.strongest,
    )
    return section(plain(said), doors.HOME_PAGE.draw(reader, PageRef(PEOPLE), text=reader.say("Review")))


def _recent(contact: Contact, reader: Reader) -> Block:
    name = clip(one_line(contact.name), 100) or contact.addresses[0]
    detail = " · ".join(filter(None, [contact.addresses[0], clip(one_line(contact.company), 100)]))
    opens = doors.OPEN_RECORD.draw(
        reader,
        PersonRef(contact=contact.id),
        text=reader.say("Conversations"),
        label=reader.say("Conversations with {name}", name=name),
    )
    return section(plain(f"{name}\n{detail}"), opens)


def _first_steps(home: Home, around: Surroundings, reader: Reader) -> Block:
    if home.people:
        said = reader.say(
            "Choose somebody above, or type {command} and a name or an address in any conversation."
            " Whom you looked at last will stand here.",
            command=around.command,
        )
    else:
        said = reader.say(
            "Type {command} and an address in any conversation, or type a whole address above."
            " Whoever you add to your contacts there is found by name from then on.",
            command=around.command,
        )
    return section(plain(said))


def _welcome(home: Home, around: Surroundings, reader: Reader) -> list[Block]:
    does = (
        reader.say(
            "Type {command} and an address: your own mail with that person appears, for you alone.",
            command=around.command,
        ),
        reader.say("Open a conversation, read it whole, and answer from your own mailbox."),
        reader.say(
            "Keep the people you write with as contacts of your team. A scan, when you ask for it, finds them"
            " by name, address and how much went back and forth."
        ),
    )
    never = (
        reader.say("It never shows your mail to anybody else, and posts nothing in a channel."),
        reader.say("It never sends anything unless you press Send."),
        reader.say("It never stores the mail that you read: it stays in memory for minutes."),
    )
    return [
        section(_listed(reader.say("What Mailroom does"), does)),
        section(_listed(reader.say("What it never does"), never)),
        actions(
            *doors.connect_buttons(reader, home.settings.offers),
            button(reader.say("Try it without an account"), TRY, url=f"{around.url}/help#try"),
        ),
    ]


def _listed(title: str, lines: tuple[str, ...]) -> str:
    return "\n".join([f"*{title}*", *(f"• {line}" for line in lines)])
