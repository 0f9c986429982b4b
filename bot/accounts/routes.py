"""The browser in: the page before the provider, the way back, and the page after.

GET shows and uses nothing up; what changes something is a form of ours, from this origin, with the cookie and
the word that goes with it (reliability T1, T2, T30).
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from bot.accounts import endings, rules, sentences
from bot.accounts.approval import Approvals, is_about_approval
from bot.accounts.approval_views import administrator_text
from bot.accounts.attempts import FAILURES, Answered, Attempt, Cause, Outcome
from bot.accounts.coming_back import ComingBack
from bot.accounts.reading import Shown
from bot.accounts.setting_out import SettingOut
from bot.forms import OwnForms, form_word
from bot.settings import Settings
from bot.visits import Visits
from bot.words import Reader

COOKIE_LIFE = 1800  # seconds: a link, the way through the provider, and a look at the page after
STATUS = {
    Cause.UNKNOWN: 400,
    Cause.USED: 410,
    Cause.EXPIRED: 410,
    Cause.OTHER_BROWSER: 403,
    Cause.NOT_FROM_HERE: 403,
    Cause.UNAVAILABLE: 503,
}
AGAIN = FAILURES - {
    Outcome.TOO_MANY_TRIES,
    Outcome.ENDED,
    Outcome.NOT_ADMITTED,
}  # worth another try in the same browser


@dataclass(frozen=True, slots=True)
class Back:
    """The ways back to Slack. `app` opens the program; only where there is a real Slack."""

    app: str
    web: str


def way_back(attempt: Attempt, slack_api_url: str) -> Back:
    """Find the way back to Slack: its own addresses, or the page of a Slack that stands in for it."""
    place = urlsplit(slack_api_url)
    if not f".{place.hostname}".endswith(".slack.com"):
        return Back("", f"{place.scheme}://{place.netloc}/")
    team, app = attempt.team_id, attempt.app_id
    return Back(
        f"slack://app?team={team}&id={app}&tab=home", f"https://slack.com/app_redirect?app={app}&team={team}"
    )


class Pages:
    """Draws the pages and judges where a form comes from."""

    def __init__(self, visits: Visits, settings: Settings) -> None:
        self._visits, self._settings = visits, settings
        self._forms = OwnForms(settings.url, "mailroom", COOKIE_LIFE)

    @property
    def cookie(self) -> str:
        """What this browser carries, if it was here before."""
        return self._forms.cookie

    def from_here(self, about: str) -> bool:
        """Say whether the form is ours."""
        return self._forms.sent(about, request.form.get("word", ""))

    def confirm(self, ticket: str, shown: Shown) -> Response:
        """The consent: what will be allowed, for whom, and how it ends."""
        cookie = self._forms.cookie_or_new()
        reader = self._visits.reader(shown.member)
        attempt = shown.attempt
        answer = self._page(
            "connect_confirm.html",
            attempt,
            reader,
            allowed=sentences.asked_lines(attempt.asked, reader),
            kept=sentences.kept_lines(reader),
            ending=sentences.ending_line(attempt.company, reader),
            word=form_word(cookie, rules.hashed(ticket)),
            link=f"{self._settings.url}/connect/{ticket}",
            forward=administrator_text(attempt, reader) if attempt.approve_url else "",
        )
        return self._forms.leave(answer, cookie)

    def finished(self, shown: Shown) -> Response:
        """How it ended."""
        reader, attempt = self._visits.reader(shown.member), shown.attempt
        word = form_word(self.cookie, attempt.id)
        if attempt.outcome is Outcome.CONNECTED:
            return self._page(
                "connect_finished.html",
                attempt,
                reader,
                allowed=sentences.allowed_line(attempt.granted, reader),
                missing=[sentences.missing_line(one, reader) for one in attempt.missing],
            )
        if attempt.outcome is Outcome.CODE:
            digits = f"{shown.digits[:3]} {shown.digits[3:]}"
            return self._page("connect_digits.html", attempt, reader, digits=digits, word=word)
        ended = endings.ending(attempt, reader)
        again = attempt.outcome in AGAIN
        return self._page(
            "connect_ended.html", attempt, reader, status=400, ended=ended, again=again, word=word
        )

    def ended_by_choice(self, shown: Shown) -> Response:
        """The link came to somebody else, who said so."""
        reader = self._visits.reader(shown.member)
        ended = endings.not_me_ending(shown.attempt, reader)
        return self._page("connect_ended.html", shown.attempt, reader, ended=ended, again=False, word="")

    def approval(self, provider: str, answered: Answered | Cause) -> Response:
        """What an administrator sees, who need not be anybody here."""
        if isinstance(answered, Cause):
            return self.cause(answered)
        ended = endings.approval_ending(answered, provider, Reader())
        page = render_template("connect_approval.html", ended=ended, answered=answered, say=Reader().say)
        return make_response(page, 200 if answered is Answered.APPROVED else 400)

    def cause(self, cause: Cause) -> Response:
        """Why there is nothing to show; says nothing about anybody."""
        ended = endings.cause_ending(cause, Reader())
        page = render_template("connect_cause.html", ended=ended, say=Reader().say)
        return make_response(page, STATUS[cause])

    def _page(
        self, template: str, attempt: Attempt, reader: Reader, status: int = 200, **values: object
    ) -> Response:
        back = way_back(attempt, self._settings.slack.api_url)
        page = render_template(template, attempt=attempt, say=reader.say, back=back, **values)
        return make_response(page, status)


def create_routes(
    out: SettingOut, back: ComingBack, approvals: Approvals, visits: Visits, settings: Settings
) -> Blueprint:
    """Build the blueprint."""
    routes = Blueprint("accounts", __name__, template_folder="pages")
    pages = Pages(visits, settings)

    @routes.get("/connect/<ticket>")
    def confirm(ticket: str) -> Response:
        found = out.page(ticket)
        return pages.cause(found) if isinstance(found, Cause) else pages.confirm(ticket, found)

    @routes.post("/connect/<ticket>")
    def decide(ticket: str) -> Response:
        if not pages.from_here(rules.hashed(ticket)):
            return pages.cause(Cause.NOT_FROM_HERE)
        if request.form.get("decision") == "not_me":
            return _not_me(pages, out, ticket)
        return _onwards(pages, out.go_on(ticket, pages.cookie))

    @routes.get("/oauth/<provider>/callback")
    def callback(provider: str) -> Response:
        if is_about_approval(request.args):
            return pages.approval(
                approvals.company(provider), approvals.take(provider, request.args.to_dict())
            )
        found = back.finish(provider, request.args.to_dict(), pages.cookie)
        if isinstance(found, Cause):
            return pages.cause(found)
        # the code is used: on to an address without it
        return _to(url_for("accounts.finished", signin_id=found))

    @routes.get("/connect/finished/<signin_id>")
    def finished(signin_id: str) -> Response:
        found = back.finished(signin_id, pages.cookie)
        return pages.cause(found) if isinstance(found, Cause) else pages.finished(found)

    @routes.post("/connect/finished/<signin_id>")
    def again(signin_id: str) -> Response:
        if not pages.from_here(signin_id):
            return pages.cause(Cause.NOT_FROM_HERE)
        return _onwards(pages, out.begin_again(signin_id, pages.cookie))

    return routes


def _not_me(pages: Pages, out: SettingOut, ticket: str) -> Response:
    found, ended = out.page(ticket), out.not_me(ticket)
    if isinstance(found, Cause) or ended:
        return pages.cause(found if isinstance(found, Cause) else Cause.USED)
    return pages.ended_by_choice(found)


def _onwards(pages: Pages, found: str | Cause) -> Response:
    return pages.cause(found) if isinstance(found, Cause) else _to(found)


def _to(address: str) -> Response:
    return make_response(redirect(address, 303))
