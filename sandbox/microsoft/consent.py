"""The pages between the app and the grant: account chooser, consent, approval, errors."""

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from sandbox.microsoft.accounts import Code
from sandbox.microsoft.authorize import Ask, check_account, missing, needs_approval, read_ask
from sandbox.microsoft.directory import Account, Policy
from sandbox.microsoft.drawing import Visits, draw, draw_error
from sandbox.microsoft.grants import CODE_LIFE
from sandbox.microsoft.realm import Realm
from sandbox.microsoft.refusals import Refusal, refusal
from sandbox.microsoft.scopes import OPENID, SENTENCES


class Pages:
    """Serve the sign-in pages. A visit is remembered under a random word that the forms carry on."""

    def __init__(self, realm: Realm) -> None:
        self._realm = realm
        self._visits: Visits[Ask] = Visits()

    def authorize(self, request: Request, authority: str) -> Response:
        """Answer GET /{tenant}/oauth2/v2.0/authorize."""
        try:
            ask = read_ask(self._realm, authority, request.args)
            hinted = self._realm.account(ask.login_hint) if ask.login_hint else None
            if ask.prompt == "none":
                return self._silently(ask, hinted)
            if hinted and ask.prompt != "select_account":
                return self._signed_in(request, self._visits.remember(ask), ask, hinted)
            return self._chooser(request, self._visits.remember(ask), ask)
        except Refusal as one:
            return draw_error(one, self._realm.now())

    def choose(self, request: Request) -> Response:
        """Answer POST /signin/choose: an account was picked."""
        try:
            visit, ask = self._visits.recall(request)
            return self._signed_in(request, visit, ask, self._account(request))
        except Refusal as one:
            return draw_error(one, self._realm.now())

    def chooser(self, request: Request) -> Response:
        """Answer POST /signin/accounts: use another account."""
        try:
            visit, ask = self._visits.recall(request)
            return self._chooser(request, visit, ask)
        except Refusal as one:
            return draw_error(one, self._realm.now())

    def decide(self, request: Request) -> Response:
        """Answer POST /signin/consent: Accept or Cancel."""
        try:
            visit, ask = self._visits.recall(request)
            account = self._account(request)
            check_account(self._realm, ask, account)
            asked = missing(self._realm, ask, account)
            self._visits.forget(visit)
            if request.form.get("decision") != "accept":
                return redirect(ask.refuse(self._realm, refusal(65004), error_subcode="cancel"))
            if needs_approval(ask, account, asked):
                raise refusal(90094)
            self._realm.grants.consent(ask.app.id, account, asked)
            if account.administers and request.form.get("organisation") == "on":
                self._realm.grants.consent_for_all(ask.app.id, account, asked)
            return self._grant(ask, account)
        except Refusal as one:
            return draw_error(one, self._realm.now())

    def approval(self, request: Request) -> Response:
        """Answer POST /signin/approval: the request goes to the administrators, the app hears nothing."""
        try:
            visit, ask = self._visits.recall(request)
            account = self._account(request)
            self._visits.forget(visit)
            if request.form.get("decision") != "request":
                return redirect(ask.refuse(self._realm, refusal(65004), error_subcode="cancel"))
            account.tenant.requests.append(account.address)
            return draw("sent.html", app=ask.app.name, account=account)
        except Refusal as one:
            return draw_error(one, self._realm.now())

    def _account(self, request: Request) -> Account:
        account = self._realm.account(request.form.get("account", ""))
        if account is None:
            raise refusal(50034)
        return account

    def _silently(self, ask: Ask, account: Account | None) -> Response:
        if account is None:
            return redirect(ask.refuse(self._realm, refusal(16000)))
        check_account(self._realm, ask, account)
        if missing(self._realm, ask, account):
            one = refusal(65001)
            wanted = Refusal(one.code, "consent_required", one.text)
            return redirect(ask.refuse(self._realm, wanted))
        return self._grant(ask, account)

    def _signed_in(self, request: Request, visit: str, ask: Ask, account: Account) -> Response:
        check_account(self._realm, ask, account)
        asked = missing(self._realm, ask, account)
        if not asked:
            self._visits.forget(visit)
            return self._grant(ask, account)
        shown: dict[str, object] = {
            "root": request.script_root,
            "visit": visit,
            "app": ask.app.name,
            "account": account,
        }
        if needs_approval(ask, account, asked):
            sendable = account.tenant.policy is Policy.APPROVAL
            return draw("approval.html", **shown, sentences=_sentences(asked), sendable=sendable)
        return draw("consent.html", **shown, sentences=_sentences(asked))

    def _chooser(self, request: Request, visit: str, ask: Ask) -> Response:
        people = self._realm.accounts()
        return draw("chooser.html", root=request.script_root, visit=visit, app=ask.app.name, people=people)

    def _grant(self, ask: Ask, account: Account) -> Response:
        code = self._realm.grants.give_code(
            Code(
                client_id=ask.app.id,
                account=account,
                scopes=ask.scopes,
                redirect_uri=ask.redirect_uri,
                challenge=ask.challenge,
                method=ask.method,
                nonce=ask.nonce,
                claims=ask.claims,
                expires_at=self._realm.now() + CODE_LIFE,
            )
        )
        return redirect(ask.answer_code(code, account))


def _sentences(asked: frozenset[str]) -> list[tuple[str, str]]:
    return [SENTENCES[one] for one in SENTENCES if one in asked and one != OPENID]
