"""An administrator grants an app to a whole organisation: one page, and a redirect without any code.

Source: https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from sandbox.microsoft.accounts import App
from sandbox.microsoft.authorize import check_authority
from sandbox.microsoft.directory import Account
from sandbox.microsoft.drawing import Visits, draw, draw_error
from sandbox.microsoft.realm import Realm
from sandbox.microsoft.refusals import Refusal, described, refusal
from sandbox.microsoft.scopes import GRAPH, OPENID, SENTENCES, read, unknown


@dataclass(frozen=True, slots=True, repr=False)
class AdminAsk:
    """One valid request for a grant to everybody."""

    app: App
    tenant_id: str  # "" for whichever the administrator belongs to
    redirect_uri: str
    scopes: frozenset[str]
    state: str

    def answer(self, **parameters: str) -> str:
        told = {"state": self.state} if self.state else {}
        joint = "&" if "?" in self.redirect_uri else "?"
        return self.redirect_uri + joint + urlencode({**parameters, **told})


class AdminPages:
    """Serve the admin consent pages."""

    def __init__(self, realm: Realm) -> None:
        self._realm = realm
        self._visits: Visits[AdminAsk] = Visits()

    def ask(self, request: Request, authority: str) -> Response:
        """Answer GET /{tenant}/v2.0/adminconsent."""
        try:
            ask = _read(self._realm, authority, request.args)
            accounts = [
                one
                for one in self._realm.accounts()
                if not one.tenant.personal and ask.tenant_id in ("", one.tenant.id)
            ]
            accounts.sort(key=lambda one: not one.administers)
            visit = self._visits.remember(ask)
            return draw(
                "admin.html",
                root=request.script_root,
                visit=visit,
                app=ask.app.name,
                people=accounts,
                sentences=[SENTENCES[one] for one in SENTENCES if one in ask.scopes and one != OPENID],
            )
        except Refusal as one:
            return draw_error(one, self._realm.now())

    def decide(self, request: Request) -> Response:
        """Answer POST /signin/admin: Accept or Cancel, by one of the accounts."""
        try:
            visit, ask = self._visits.recall(request)
            account = self._realm.account(request.form.get("account", ""))
            if account is None or account.tenant.personal or ask.tenant_id not in ("", account.tenant.id):
                raise refusal(50020)
            if not account.administers:
                raise refusal(90094)
            self._visits.forget(visit)
            if request.form.get("decision") != "accept":
                return redirect(self._declined(ask))
            return redirect(self._granted(ask, account))
        except Refusal as one:
            return draw_error(one, self._realm.now())

    def _declined(self, ask: AdminAsk) -> str:
        one = refusal(65004)
        told = described(one, self._realm.now())["description"]
        return ask.answer(error=one.error, error_subcode="cancel", error_description=told)

    def _granted(self, ask: AdminAsk, account: Account) -> str:
        self._realm.grants.consent_for_all(ask.app.id, account, ask.scopes)
        listed = " ".join(GRAPH + one for one in sorted(ask.scopes))
        return ask.answer(admin_consent="True", tenant=account.tenant.id, scope=listed)


def _read(realm: Realm, authority: str, query: Mapping[str, str]) -> AdminAsk:
    tenant = check_authority(realm, authority)
    if authority == "consumers" or (tenant is not None and tenant.personal):
        raise refusal(50020)
    app = realm.apps.get(query.get("client_id", ""))
    if app is None:
        raise refusal(700016)
    if query.get("redirect_uri", "") not in app.redirect_uris:
        raise refusal(50011)
    scopes = read(query.get("scope", ""))
    if not scopes:
        raise refusal(900144, "scope")
    if strange := unknown(scopes):
        raise refusal(650053, ", ".join(strange)[:80])
    return AdminAsk(
        app, tenant.id if tenant else "", query["redirect_uri"], frozenset(scopes), query.get("state", "")
    )
