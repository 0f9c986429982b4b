"""Slack in: the way to the pages Import and Export. Ends with the table app.py registers."""

from slack_bolt import Ack

from bot.contacts import page_views as views
from bot.contacts.doorkeeping import EXPORT, IMPORT, Doorkeeping
from bot.errors import Told
from bot.payloads import UnknownPayload
from bot.places import Notice
from bot.visits import Body, Listener, Visits

_KINDS = {views.IMPORT: IMPORT, views.EXPORT: EXPORT}


def move(ack: Ack, body: Body, *, visits: Visits, doorkeeping: Doorkeeping) -> None:
    """Import or Export in the menu of Contacts: a link, made now, for administrators."""
    visit = visits.of(body)
    kind = visit.value
    if kind not in _KINDS:
        raise UnknownPayload
    if not visit.member.is_admin:
        said = visit.reader.say(
            "Only administrators of this workspace can import and export contacts. Nothing was changed;"
            " ask one of them."
        )
        raise Told(Notice(said))
    url = doorkeeping.offer(visit.member, _KINDS[kind])
    visit.open_window(views.link_window(kind, url, visit.reader))
    ack()


def followed_link(ack: Ack) -> None:
    """The link was pressed: the browser does the rest."""
    ack()


ACTIONS: dict[str, Listener] = {views.MOVE: move, views.OPEN_PAGE: followed_link}
