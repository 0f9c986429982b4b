"""The pages between the app and the grant: account chooser, consent with tick boxes, errors."""

import secrets
import threading
from collections import OrderedDict
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from sandbox.google.accounts import CODE_LIFE, Code
from sandbox.google.authorize import Ask, PageError, check_person, read_ask
from sandbox.google.realm import Realm
from sandbox.google.scopes import SENTENCES, SIGN_IN
from sandbox.mail.people import Person

VISITS_KEPT = 1_000

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "pages"), autoescape=True, undefined=StrictUndefined
)


class Pages:
    """Serve the sign-in pages. A visit is remembered under a random word that the forms carry on."""

    def __init__(self, realm: Realm) -> None:
        self._realm = realm
        self._lock = threading.Lock()
        self._visits: OrderedDict[str, Ask] = OrderedDict()

    def authorize(self, request: Request) -> Response:
        """Answer GET /o/oauth2/v2/auth."""
        try:
            ask = read_ask(self._realm, request.args)
            if "none" in ask.prompt:
                return redirect(ask.answer(error="interaction_required"))
            hinted = self._realm.person(ask.login_hint) if ask.login_hint else None
            if hinted and "select_account" not in ask.prompt:
                return self._consent_page(request, self._remember(ask), ask, hinted)
            return self._chooser(request, self._remember(ask), ask)
        except PageError as error:
            return self._error(error)

    def choose(self, request: Request) -> Response:
        """Answer POST /signin/choose: an account was picked."""
        try:
            visit, ask = self._recall(request)
            person = self._realm.person(request.form.get("account", ""))
            if person is None:
                raise PageError("invalid_request", "There is no Google Account with this address here.")
            return self._consent_page(request, visit, ask, person)
        except PageError as error:
            return self._error(error)

    def chooser(self, request: Request) -> Response:
        """Answer POST /signin/accounts: use another account."""
        try:
            visit, ask = self._recall(request)
            return self._chooser(request, visit, ask)
        except PageError as error:
            return self._error(error)

    def decide(self, request: Request) -> Response:
        """Answer POST /signin/consent: Allow or Cancel."""
        try:
            visit, ask = self._recall(request)
            person = self._realm.person(request.form.get("account", ""))
            if person is None:
                raise PageError("invalid_request", "There is no Google Account with this address here.")
            check_person(self._realm, ask, person)
            with self._lock:
                self._visits.pop(visit, None)
            if request.form.get("decision") != "allow":
                return redirect(ask.answer(error="access_denied"))
            return self._allow(ask, person, frozenset(request.form.getlist("scope")))
        except PageError as error:
            return self._error(error)

    def _allow(self, ask: Ask, person: Person, ticked: frozenset[str]) -> Response:
        boxes = ask.boxes(person, self._realm)
        asked = ask.shown(person, self._realm)
        given = frozenset(one for one in asked if one not in boxes or one in ticked)
        given |= frozenset(ask.scopes) - frozenset(asked)
        if not given:
            return redirect(ask.answer(error="access_denied"))
        return redirect(self._grant(ask, person, given, shown=bool(asked)))

    def _grant(self, ask: Ask, person: Person, given: frozenset[str], *, shown: bool) -> str:
        scopes = given
        if ask.include_granted:
            scopes |= self._realm.grants.granted(ask.client.id, person)
        code = self._realm.grants.consent(
            Code(
                client_id=ask.client.id,
                person=person,
                scopes=scopes,
                redirect_uri=ask.redirect_uri,
                challenge=ask.challenge,
                method=ask.method,
                nonce=ask.nonce,
                offline=ask.offline and shown,
                expires_at=self._realm.now() + CODE_LIFE,
            )
        )
        more = {"hd": person.hosted_domain} if person.hosted_domain else {}
        prompt = "consent" if shown else "none"
        ordered = " ".join(sorted(scopes, reverse=True))
        return ask.answer(code=code, scope=ordered, authuser="0", **more, prompt=prompt)

    def _consent_page(self, request: Request, visit: str, ask: Ask, person: Person) -> Response:
        check_person(self._realm, ask, person)
        asked = ask.shown(person, self._realm)
        if not asked:  # everything was granted before: Google asks nothing and gives no refresh token
            return redirect(self._grant(ask, person, frozenset(ask.scopes), shown=False))
        boxes = ask.boxes(person, self._realm)
        return _page(
            "consent.html",
            root=request.script_root,
            visit=visit,
            app=ask.client.name,
            person=person,
            boxes=[(scope, SENTENCES[scope]) for scope in boxes],
            plain=[SENTENCES[one] for one in asked if one not in boxes and one not in SIGN_IN],
            sign_in=[SENTENCES[one] for one in asked if one in SIGN_IN],
            ticked=self._realm.boxes_ticked,
        )

    def _chooser(self, request: Request, visit: str, ask: Ask) -> Response:
        people = self._realm.people()
        return _page(
            "chooser.html", root=request.script_root, visit=visit, app=ask.client.name, people=people
        )

    def _error(self, error: PageError) -> Response:
        response = _page("error.html", code=error.code, text=error.text, status=error.status)
        response.status_code = error.status
        return response

    def _remember(self, ask: Ask) -> str:
        with self._lock:
            visit = secrets.token_urlsafe(24)
            self._visits[visit] = ask
            while len(self._visits) > VISITS_KEPT:
                self._visits.popitem(last=False)
            return visit

    def _recall(self, request: Request) -> tuple[str, Ask]:
        visit = request.form.get("visit", "")
        with self._lock:
            ask = self._visits.get(visit)
        if ask is None:
            raise PageError("invalid_request", "This page has been used already. Start again from the app.")
        return visit, ask


def _page(name: str, **values: object) -> Response:
    response = Response(
        _templates.get_template(name).render(**values), content_type="text/html; charset=utf-8"
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response
