"""Microsoft's own ways of signing in."""

import json
import warnings
from datetime import timedelta
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from providers.errors import OperatorFault, ReconnectRequired
from providers.oauth import Capability, SignInRefused
from sandbox.mail.people import Person
from sandbox.microsoft.accounts import App, Secret
from sandbox.microsoft.directory import Policy
from sandbox.microsoft.walk import StoppedByMicrosoft
from tests.providers.contract import ANN, MAIL, REDIRECT, list_all, sign_in
from tests.providers.microsoft.stage import ANN as ANN_LEE
from tests.providers.microsoft.stage import APP, PRIVATE, SIGN_IN, MicrosoftStage

ASKED = frozenset({Capability.READ, Capability.SEND})
NORTHWIND = "northwind.example"


def asked(stage: MicrosoftStage, capabilities: frozenset[Capability], hint: str = "") -> dict[str, str]:
    url = stage.provider.oauth.begin("s", REDIRECT, capabilities, hint).url
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def connect(stage: MicrosoftStage, person: Person = ANN_LEE) -> object:
    begun = stage.provider.oauth.begin("s", REDIRECT, ASKED, person.address)
    return stage.provider.oauth.finish(begun.flow, REDIRECT, stage.consent(begun.url, person=person))


def refusal(stage: MicrosoftStage, **query: str) -> SignInRefused:
    begun = stage.provider.oauth.begin("s", REDIRECT, ASKED, ANN)
    with pytest.raises(SignInRefused) as refused:
        stage.provider.oauth.finish(begun.flow, REDIRECT, {"state": "s", **query})
    return refused.value


def test_exactly_the_least_scopes_are_asked_for(stage: MicrosoftStage) -> None:
    query = asked(stage, stage.provider.asks)
    own = {"openid", "profile", "offline_access"}
    assert set(query["scope"].split()) == own | {"User.Read", "Mail.Read", "Mail.Send"}
    assert query["response_mode"] == "query"
    assert "Mail.ReadWrite" in asked(stage, MAIL)["scope"].split()
    assert "Calendars.ReadWrite" in asked(stage, ASKED | {Capability.CALENDAR})["scope"].split()


def test_without_a_hint_the_account_is_chosen(stage: MicrosoftStage) -> None:
    assert asked(stage, ASKED)["prompt"] == "select_account"
    assert "prompt" not in asked(stage, ASKED, ANN)


def test_no_warning_of_msal_reaches_the_log(stage: MicrosoftStage) -> None:
    with warnings.catch_warnings(record=True) as heard:
        asked(stage, ASKED)
    assert heard == []


def test_microsofts_metadata_is_asked_for_once(stage: MicrosoftStage) -> None:
    for _ in range(3):
        who = sign_in(stage)
        stage.provider.oauth.refresh(who.tokens)
    assert len(stage.faults.calls(SIGN_IN, "GET .*/openid-configuration")) == 1
    assert len(stage.faults.calls(SIGN_IN, "GET .*/keys")) == 1
    assert len(stage.faults.calls(SIGN_IN, "discovery/instance")) == 0
    assert len(stage.faults.calls(SIGN_IN, "POST .*/token")) == 6


def test_keys_that_were_changed_are_looked_for(stage: MicrosoftStage) -> None:
    assert connect(stage)
    stage.microsoft.realm.id_tokens.rotate()
    assert connect(stage)
    stage.microsoft.realm.id_tokens.rotate()  # twice in a minute is no key of Microsoft's
    with pytest.raises(SignInRefused):
        connect(stage)


def test_a_personal_account_connects_like_one_at_work(stage: MicrosoftStage) -> None:
    begun = stage.provider.oauth.begin("s", REDIRECT, ASKED, "")
    who = stage.provider.oauth.finish(begun.flow, REDIRECT, stage.consent(begun.url, person=PRIVATE))
    assert who.address == PRIVATE.address and who.tokens.granted == ASKED
    assert who.subject.endswith(".9188040d-6c67-4c5b-b112-36a304b66dad")
    assert stage.provider.access_page is not None
    assert stage.provider.access_page(who.subject) == "https://account.live.com/consent/Manage"
    assert stage.provider.access_page(sign_in(stage).subject) == "https://myapps.microsoft.com"


def test_without_a_mail_property_the_login_name_is_the_address(stage: MicrosoftStage) -> None:
    stage.microsoft.without_mail_property(ANN_LEE)
    assert sign_in(stage).address == ANN


def test_an_account_without_a_mailbox_is_told_at_once(stage: MicrosoftStage) -> None:
    stage.microsoft.without_mailbox(ANN_LEE)
    with pytest.raises(SignInRefused) as refused:
        sign_in(stage)
    assert refused.value.reason == "no_mailbox"


# --- what organisations decide ------------------------------------------------------------------------------


def test_where_an_administrator_decides_no_browser_comes_back(stage: MicrosoftStage) -> None:
    stage.microsoft.tenant(NORTHWIND).policy = Policy.APPROVAL
    with pytest.raises(StoppedByMicrosoft) as page:
        connect(stage)
    assert page.value.code == "approval"


def test_going_back_from_the_approval_page_is_not_a_refusal_of_the_person(stage: MicrosoftStage) -> None:
    stage.microsoft.tenant(NORTHWIND).policy = Policy.APPROVAL
    begun = stage.provider.oauth.begin("s", REDIRECT, ASKED, ANN)
    back = stage.consent(begun.url, deny=True)
    with pytest.raises(SignInRefused) as refused:
        stage.provider.oauth.finish(begun.flow, REDIRECT, back)
    assert refused.value.reason in ("admin_approval", "declined")


def test_an_administrator_approves_for_everybody_and_connects_nobody(stage: MicrosoftStage) -> None:
    stage.microsoft.tenant(NORTHWIND).policy = Policy.APPROVAL_SILENT
    stage.microsoft.add_administrator("it@northwind.example")
    approval = stage.provider.approval
    assert approval is not None
    link = approval.link("waiting-1", REDIRECT, ASKED)
    back = stage.microsoft.admin_consent(link, "it@northwind.example")
    query = dict(parse_qsl(urlsplit(back).query))
    assert query["state"] == "waiting-1" and "code" not in query
    organisation = approval.read(query)
    who = sign_in_asking(stage)
    assert who.endswith(f".{organisation}")


def sign_in_asking(stage: MicrosoftStage) -> str:
    begun = stage.provider.oauth.begin("s", REDIRECT, ASKED, ANN)
    return stage.provider.oauth.finish(begun.flow, REDIRECT, stage.consent(begun.url)).subject


def test_an_administrator_who_declines_approves_nothing(stage: MicrosoftStage) -> None:
    stage.microsoft.add_administrator("it@northwind.example")
    approval = stage.provider.approval
    assert approval is not None
    back = stage.microsoft.admin_consent(
        approval.link("w", REDIRECT, ASKED), "it@northwind.example", deny=True
    )
    with pytest.raises(SignInRefused) as refused:
        approval.read(dict(parse_qsl(urlsplit(back).query)))
    assert refused.value.reason == "declined"


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"admin_consent": "True"},
        {"admin_consent": "False", "tenant": "6f1c2a44-0000-4000-8000-3d5b1c7e9a01"},
        {"admin_consent": "True", "tenant": "<script>"},
        {"code": "stolen", "state": "s"},
    ],
)
def test_what_is_no_approval_is_not_taken_for_one(stage: MicrosoftStage, query: dict[str, str]) -> None:
    assert stage.provider.approval is not None
    with pytest.raises(SignInRefused):
        stage.provider.approval.read(query)


@pytest.mark.parametrize("policy", [Policy.UNASSIGNED, Policy.ABSENT, Policy.CONDITIONAL])
def test_an_organisation_that_blocks_shows_its_own_page(stage: MicrosoftStage, policy: Policy) -> None:
    stage.microsoft.tenant(NORTHWIND).policy = policy
    with pytest.raises(StoppedByMicrosoft):
        connect(stage)


@pytest.mark.parametrize(
    ("error", "description", "reason"),
    [
        ("access_denied", "AADSTS65004: declined", "declined"),
        ("access_denied", "somebody said no", "declined"),
        ("access_denied", "AADSTS90094: an administrator", "admin_approval"),
        ("consent_required", "AADSTS65001: nobody consented", "admin_approval"),
        ("consent_required", "", "admin_approval"),
        ("access_denied", "AADSTS50105: not assigned", "blocked"),
        ("interaction_required", "AADSTS53003: conditional access", "blocked"),
        ("server_error_of_some_kind", "", "failed"),
    ],
)
def test_what_comes_back_says_why(stage: MicrosoftStage, error: str, description: str, reason: str) -> None:
    refused = refusal(stage, error=error, error_description=description)
    assert refused.reason == reason and error in refused.code


def test_our_own_mistake_in_a_sign_in_is_not_the_persons(stage: MicrosoftStage) -> None:
    begun = stage.with_wrong_secret().oauth.begin("s", REDIRECT, ASKED, ANN)
    with pytest.raises(OperatorFault) as fault:
        stage.with_wrong_secret().oauth.finish(begun.flow, REDIRECT, stage.consent(begun.url))
    assert fault.value.code == "invalid_client_7000215"


# --- staying connected --------------------------------------------------------------------------------------


def test_the_secret_holds_no_access_token_and_a_new_refresh_token_each_time(stage: MicrosoftStage) -> None:
    who = sign_in(stage)
    fresh = stage.provider.oauth.refresh(who.tokens)
    assert json.loads(who.tokens.secret)["RefreshToken"] != json.loads(fresh.secret)["RefreshToken"]
    assert who.tokens.access_token not in who.tokens.secret and fresh.access_token not in fresh.secret
    assert len(fresh.secret) < 4000


def test_a_refresh_whose_answer_was_lost_can_be_made_again(stage: MicrosoftStage) -> None:
    who = sign_in(stage)
    stage.provider.oauth.refresh(who.tokens)  # and its result is never kept
    assert stage.provider.oauth.refresh(who.tokens).access_token


def test_ninety_days_unused_ends_a_grant(stage: MicrosoftStage) -> None:
    who = sign_in(stage)
    stage.clock.advance(timedelta(days=91))
    with pytest.raises(ReconnectRequired):
        stage.provider.oauth.refresh(who.tokens)


def test_a_changed_password_or_a_new_rule_asks_to_connect_again(stage: MicrosoftStage) -> None:
    who = sign_in(stage)
    stage.microsoft.tenant(NORTHWIND).policy = Policy.CONDITIONAL
    with pytest.raises(ReconnectRequired):
        stage.provider.oauth.refresh(who.tokens)
    stage.microsoft.tenant(NORTHWIND).policy = Policy.ALLOWED
    assert stage.provider.oauth.refresh(who.tokens)
    stage.microsoft.change_password(ANN_LEE)
    with pytest.raises(ReconnectRequired):
        stage.provider.oauth.refresh(who.tokens)


def test_an_expired_secret_of_ours_ends_nobodys_grant(stage: MicrosoftStage) -> None:
    who = sign_in(stage)
    ended = Secret("secret-1", stage.clock.now() - timedelta(days=1))
    stage.microsoft.register(App(APP.id, (ended,), APP.redirect_uris))
    with pytest.raises(OperatorFault) as fault:
        stage.provider.oauth.refresh(who.tokens)
    assert fault.value.code == "invalid_client_7000222"
    stage.microsoft.register(APP)
    assert stage.provider.oauth.refresh(who.tokens).access_token


def test_a_secret_that_is_none_asks_to_connect_again(stage: MicrosoftStage) -> None:
    who = sign_in(stage)
    broken = type(who.tokens)(who.tokens.access_token, who.tokens.expires_at, "{}", who.tokens.granted)
    with pytest.raises(ReconnectRequired):
        stage.provider.oauth.refresh(broken)


def test_a_claims_challenge_is_answered_by_the_next_refresh(stage: MicrosoftStage) -> None:
    who = sign_in(stage)
    stage.clock.advance(timedelta(minutes=1))
    stage.microsoft.challenge(ANN_LEE)
    with pytest.raises(ReconnectRequired):
        list_all(stage.provider.open_mailbox(who.tokens.access_token, ANN), "dana@partner.example")
    fresh = stage.provider.oauth.refresh(who.tokens)
    assert list_all(stage.provider.open_mailbox(fresh.access_token, ANN), "dana@partner.example") == []


def test_microsoft_lets_no_app_withdraw_a_grant(stage: MicrosoftStage) -> None:
    assert stage.provider.oauth.revoke(sign_in(stage).tokens) is False
