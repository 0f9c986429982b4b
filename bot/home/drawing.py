"""Publishes App Home so that an older drawing never stays on top of a newer one.

Slack publishes whatever comes last. Each drawing carries the hash of what it expects to replace (slack.md
2.4); where that has changed, only the newest drawing goes on.
"""

from collections.abc import Mapping

from bot.home.homes import DrawPage, Home, Sight, Surroundings
from bot.home.service import HomeService
from bot.home.views import home_view
from bot.places import Notice
from bot.slack import Clients, WindowChanged, ask
from bot.words import Reader
from store.members import Member

ROUNDS = 3  # drawings in a row that others may overtake


class DrawHome:
    """Draws and publishes a member's Home. Thread-safe. `pages` are those that features draw, by name."""

    def __init__(
        self, homes: HomeService, clients: Clients, around: Surroundings, pages: Mapping[str, DrawPage]
    ) -> None:
        self._homes, self._clients, self._around = homes, clients, around
        self._pages = pages

    def __call__(
        self, member: Member, reader: Reader, told: Notice | None = None, page: str = "", place: str = ""
    ) -> None:
        """Draw Home as things stand, with a notice on top when there is one. Page "": the one used last."""
        for _ in range(ROUNDS):
            home = self._homes.begin(member, page, place)
            if home is None or self._publish(member, home, reader, told):
                return

    def _publish(self, member: Member, home: Home, reader: Reader, told: Notice | None) -> bool:
        """Publish one drawing. False: it may lie on top of a newer one, so draw again."""
        draw = self._pages.get(home.page)
        sheet = draw(member, reader, Sight(home.place, home.version)) if draw else None
        view = home_view(home, told, self._around, reader, sheet)
        publish = self._clients.patient(member.workspace_id).views_publish
        if home.published:
            try:
                done = ask(publish, user_id=member.slack_user_id, view=view, hash=home.published)
                self._homes.shown(member, home.version, str(done["view"]["hash"]))
                return True  # a newer one expects what this one replaced, and will find that out
            except WindowChanged:
                if not self._homes.is_newest(member, home.version):
                    return True
        done = ask(publish, user_id=member.slack_user_id, view=view)
        return self._homes.shown(member, home.version, str(done["view"]["hash"]))
