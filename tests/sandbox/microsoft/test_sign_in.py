"""The sign-in pages, walked over HTTP, with the real msal as the app."""

import json
from typing import Any

import jwt
import pytest
import requests

from sandbox.microsoft import scopes
from sandbox.microsoft.accounts import App
from sandbox.microsoft.directory import CONSUMERS, Policy
from sandbox.microsoft.walk import StoppedByMicrosoft
from tests.sandbox.microsoft.stand import BEN, CLEO, HOME, OWN, Stand, came


def claims(stand: Stand, id_token: str) -> dict[str, Any]:
    """Read an id_token, its signature checked with the published keys."""
    keys = requests.get(stand.base + "/common/discovery/v2.0/keys", timeout=10).json()["keys"]
    key = next(one for one in keys if one["kid"] == jwt.get_unverified_header(id_token)["kid"])
    read: dict[str, Any] = jwt.decode(
        id_token,
        jwt.PyJWK(key).key,
        algorithms=["RS256"],
        audience=stand.app.id,
        options={"verify_exp": False, "verify_nbf": False, "verify_iat": False},
    )
    return read


def stopped(stand: Stand, url: str, person: Any = CLEO, **options: Any) -> str:
    with pytest.raises(StoppedByMicrosoft) as caught:
        stand.microsoft.consent(url, person, **options)
    return caught.value.code


def test_msal_signs_in_a_work_account(stand: Stand) -> None:
    result = stand.connect(CLEO)
    assert set(result["scope"].split()) == {*(["User.Read", "Mail.Read", "Mail.Send"]), "openid", "profile"}
    who = claims(stand, result["id_token"])
    tenant = stand.microsoft.tenant("northwind.example").id
    assert (who["iss"], who["tid"]) == (f"{OWN}/{tenant}/v2.0", tenant)
    assert (who["preferred_username"], who["name"]) == (CLEO.address, CLEO.name)
    assert who["exp"] - who["iat"] == 3600
    assert who["oid"] == stand.microsoft.account(CLEO).oid
    assert "nonce" in who
    account = stand.client(cache=stand.caches[CLEO.address]).get_accounts()[0]
    assert account["home_account_id"] == f"{who['oid']}.{tenant}"


def test_msal_signs_in_a_personal_account(stand: Stand) -> None:
    who = claims(stand, stand.connect(HOME)["id_token"])
    assert who["tid"] == CONSUMERS
    assert who["oid"].startswith("00000000-0000-0000-")


def test_a_school_account_signs_in_and_is_called_so(stand: Stand) -> None:
    stand.microsoft.tenant("northwind.example").kind = "school"
    url, _ = stand.begin(stand.client())
    assert f"{CLEO.address} · school account" in requests.get(url, timeout=10).text
    assert "access_token" in stand.connect(CLEO)


def test_a_new_key_signs_and_the_old_one_stays_listed(stand: Stand) -> None:
    old = stand.connect(CLEO)["id_token"]
    stand.microsoft.realm.id_tokens.rotate()
    new = stand.connect(CLEO)["id_token"]
    assert claims(stand, old)["oid"] == claims(stand, new)["oid"]
    assert jwt.get_unverified_header(old)["kid"] != jwt.get_unverified_header(new)["kid"]


def test_the_discovery_document_names_microsofts_own_addresses(stand: Stand) -> None:
    path = "/v2.0/.well-known/openid-configuration"
    common = requests.get(f"{stand.base}/common{path}", timeout=10).json()
    assert common["issuer"] == f"{OWN}/{{tenantid}}/v2.0"
    assert common["token_endpoint"] == f"{OWN}/common/oauth2/v2.0/token"
    assert common["jwks_uri"] == f"{OWN}/common/discovery/v2.0/keys"
    tenant = stand.microsoft.tenant("northwind.example").id
    own = requests.get(f"{stand.base}/northwind.example{path}", timeout=10).json()
    assert own["issuer"] == f"{OWN}/{tenant}/v2.0"
    consumers = requests.get(f"{stand.base}/consumers{path}", timeout=10).json()
    assert consumers["issuer"] == f"{OWN}/{CONSUMERS}/v2.0"
    unknown = requests.get(f"{stand.base}/nowhere.example{path}", timeout=10)
    assert (unknown.status_code, unknown.json()["error"]) == (400, "invalid_tenant")


def test_instance_discovery_knows_microsoft_alone(stand: Stand) -> None:
    path = stand.base + "/common/discovery/instance?authorization_endpoint="
    known = requests.get(path + f"{OWN}/common/oauth2/v2.0/authorize", timeout=10).json()
    assert known["tenant_discovery_endpoint"].startswith(f"{OWN}/common/")
    other = requests.get(path + "https://evil.example/common/oauth2/v2.0/authorize", timeout=10)
    assert (other.status_code, other.json()["error"]) == (400, "invalid_instance")


def test_a_second_sign_in_asks_nothing(stand: Stand) -> None:
    stand.connect(CLEO)
    url, _ = stand.begin(stand.client(), login_hint=CLEO.address)
    page = requests.get(url, allow_redirects=False, timeout=10)
    assert page.status_code == 302
    assert "code" in came(page.headers["Location"])
    again, _ = stand.begin(stand.client(), login_hint=CLEO.address, prompt="consent")
    assert 'data-page="microsoft-consent"' in requests.get(again, timeout=10).text


def test_a_new_scope_is_asked_for_alone(stand: Stand) -> None:
    stand.connect(CLEO)
    url, _ = stand.begin(stand.client(), [scopes.MAIL_READ, scopes.MAIL_WRITE], login_hint=CLEO.address)
    page = requests.get(url, timeout=10).text
    assert scopes.SENTENCES[scopes.MAIL_WRITE][0] in page
    assert scopes.SENTENCES[scopes.MAIL_READ][0] not in page


def test_declining_sends_the_browser_back_with_65004(stand: Stand) -> None:
    url, flow = stand.begin(stand.client())
    back = came(stand.microsoft.consent(url, CLEO, deny=True))
    assert (back["error"], back["error_subcode"]) == ("access_denied", "cancel")
    assert back["error_description"].startswith("AADSTS65004: ")
    assert back["state"] == flow["state"]
    assert "code" not in back


@pytest.mark.parametrize("policy", [Policy.APPROVAL, Policy.APPROVAL_SILENT])
def test_an_organisation_may_want_an_administrators_approval(stand: Stand, policy: Policy) -> None:
    stand.microsoft.tenant("northwind.example").policy = policy
    url, _ = stand.begin(stand.client())
    assert stopped(stand, url) == "approval"
    declined = came(stand.microsoft.consent(url, CLEO, deny=True))
    assert declined["error"] == "access_denied"
    assert "code" in came(stand.microsoft.consent(url, HOME))


def test_the_request_for_approval_leads_nowhere(stand: Stand) -> None:
    tenant = stand.microsoft.tenant("northwind.example")
    tenant.policy = Policy.APPROVAL
    url, _ = stand.begin(stand.client())
    assert stopped(stand, url, ask_approval=True) == "sent"
    assert tenant.requests == [CLEO.address]


def test_existing_grants_go_on_when_approval_becomes_necessary(stand: Stand) -> None:
    stand.connect(CLEO)
    stand.microsoft.tenant("northwind.example").policy = Policy.APPROVAL
    assert "access_token" in stand.connect(CLEO)
    more, _ = stand.begin(stand.client(), [scopes.CALENDARS_WRITE])
    assert stopped(stand, more) == "approval"


def test_approval_is_wanted_for_mail_and_not_for_the_profile(stand: Stand) -> None:
    stand.microsoft.tenant("northwind.example").policy = Policy.APPROVAL
    assert "access_token" in stand.connect(CLEO, [scopes.USER_READ])


def test_prompt_consent_wants_approval_even_after_an_administrator_gave_it(stand: Stand) -> None:
    tenant = stand.microsoft.tenant("northwind.example")
    tenant.policy = Policy.APPROVAL
    tenant.consented[stand.app.id] = {*scopes.SENTENCES}
    assert "access_token" in stand.connect(CLEO)
    url, _ = stand.begin(stand.client(), prompt="consent")
    assert stopped(stand, url) == "approval"


@pytest.mark.parametrize(
    ("policy", "code"),
    [(Policy.UNASSIGNED, "50105"), (Policy.ABSENT, "700016"), (Policy.CONDITIONAL, "53003")],
)
def test_an_organisation_may_shut_the_app_out(stand: Stand, policy: Policy, code: str) -> None:
    stand.microsoft.tenant("northwind.example").policy = policy
    url, _ = stand.begin(stand.client())
    assert stopped(stand, url) == code


def test_assigned_people_may_use_what_others_may_not(stand: Stand) -> None:
    tenant = stand.microsoft.tenant("northwind.example")
    tenant.policy, tenant.assigned = Policy.UNASSIGNED, {BEN.address}
    assert "access_token" in stand.connect(BEN)


@pytest.mark.parametrize(
    ("authority", "person"),
    [("organizations", HOME), ("consumers", CLEO), ("outlook.example", CLEO), ("northwind.example", HOME)],
)
def test_an_account_of_another_kind_is_refused(stand: Stand, authority: str, person: Any) -> None:
    if authority == "outlook.example":
        authority = CONSUMERS
    url, _ = stand.begin(stand.client(authority))
    assert stopped(stand, url, person) == "50020"


def test_an_app_for_organisations_refuses_personal_accounts(stand: Stand) -> None:
    stand.microsoft.register(
        App(stand.app.id, stand.app.secrets, stand.app.redirect_uris, audience="organizations")
    )
    url, _ = stand.begin(stand.client())
    assert stopped(stand, url, HOME) == "50020"


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("client_id=7d3b1a52", "client_id=00000000", "700016"),
        ("callback&", "callback2&", "50011"),
        ("response_type=code", "response_type=token", "700051"),
        ("response_mode=query", "response_mode=fragment", "700054"),
        ("Mail.Read+", "Mail.Everything+", "650053"),
        ("code_challenge_method=S256", "code_challenge_method=S512", "90014"),
        ("/common/", "/nowhere.example/", "90002"),
    ],
)
def test_a_wrong_request_stays_on_microsofts_page(stand: Stand, before: str, after: str, code: str) -> None:
    url, _ = stand.begin(stand.client(), ["Mail.Read", "User.Read"])
    assert before in url, url
    assert stopped(stand, url.replace(before, after)) == code


def test_without_a_page_the_app_hears_what_is_missing(stand: Stand) -> None:
    url, _ = stand.begin(stand.client(), prompt="none", login_hint=CLEO.address)
    back = came(requests.get(url, allow_redirects=False, timeout=10).headers["Location"])
    assert back["error"] == "consent_required"
    nobody, _ = stand.begin(stand.client(), prompt="none")
    back = came(requests.get(nobody, allow_redirects=False, timeout=10).headers["Location"])
    assert back["error"] == "interaction_required"


def test_a_used_page_cannot_be_pressed_again(stand: Stand) -> None:
    url, _ = stand.begin(stand.client(), login_hint=CLEO.address)
    page = requests.get(url, timeout=10).text
    visit = page.split('name="visit" value="')[1].split('"')[0]
    form = {"visit": visit, "account": CLEO.address, "decision": "cancel"}
    sent = [
        requests.post(stand.base + "/signin/consent", data=form, allow_redirects=False, timeout=10)
        for _ in range(2)
    ]
    assert [one.status_code for one in sent] == [302, 400]


def admin_url(stand: Stand, tenant: str = "organizations") -> str:
    query = f"client_id={stand.app.id}&scope=https://graph.microsoft.com/Mail.Read+Mail.Send+User.Read"
    return (
        f"{stand.base}/{tenant}/v2.0/adminconsent?{query}&redirect_uri={stand.app.redirect_uris[0]}&state=s-1"
    )


def test_an_administrator_without_mailbox_consents_for_everybody(stand: Stand) -> None:
    tenant = stand.microsoft.tenant("northwind.example")
    tenant.policy = Policy.APPROVAL
    stand.microsoft.add_administrator("root@northwind.example")
    back = came(stand.microsoft.admin_consent(admin_url(stand, tenant.id), "root@northwind.example"))
    assert (back["admin_consent"], back["tenant"], back["state"]) == ("True", tenant.id, "s-1")
    assert "code" not in back
    assert "access_token" in stand.connect(CLEO)
    assert "access_token" in stand.connect(BEN)


def test_an_administrator_may_decline(stand: Stand) -> None:
    stand.microsoft.add_administrator("root@northwind.example")
    back = came(stand.microsoft.admin_consent(admin_url(stand), "root@northwind.example", deny=True))
    assert back["error"] == "access_denied"
    assert "admin_consent" not in back


def test_nobody_else_consents_for_everybody(stand: Stand) -> None:
    with pytest.raises(StoppedByMicrosoft) as caught:
        stand.microsoft.admin_consent(admin_url(stand), CLEO.address)
    assert caught.value.code == "90094"
    assert "northwind" not in json.dumps(list(stand.microsoft.tenant("northwind.example").consented))


def test_an_administrator_may_consent_while_signing_in(stand: Stand) -> None:
    tenant = stand.microsoft.tenant("northwind.example")
    tenant.policy, tenant.admins = Policy.APPROVAL, {BEN.address}
    url, _ = stand.begin(stand.client())
    assert "code" in came(stand.microsoft.consent(url, BEN, organisation=True))
    assert "access_token" in stand.connect(CLEO)


def test_a_plain_address_cannot_be_registered_off_loopback() -> None:
    with pytest.raises(ValueError, match="https"):
        App("a", (), ("http://mailroom.example/back",))
