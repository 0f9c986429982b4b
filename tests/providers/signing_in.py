"""The contract of an OAuthClient."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from providers.errors import OperatorFault, ProviderError, RateLimited, ReconnectRequired, Unavailable
from providers.oauth import Capability, SignInRefused
from tests.providers.contract import ANN, MAIL, REDIRECT, Stage, sign_in


class SignInContract:
    """A vendor inherits this and gives a `stage`."""

    def test_signing_in_tells_who_it_is_and_what_is_granted(self, stage: Stage) -> None:
        who = sign_in(stage)
        assert who.address == ANN and who.subject and who.subject != ANN
        assert who.tokens.granted == MAIL
        assert who.tokens.access_token and who.tokens.secret
        assert who.tokens.expires_at.tzinfo is not None

    def test_the_token_opens_the_mailbox(self, stage: Stage) -> None:
        who = sign_in(stage)
        mailbox = stage.provider.open_mailbox(who.tokens.access_token, who.address)
        assert mailbox.own_addresses()[0].address == ANN

    def test_the_consent_page_is_asked_with_state_and_proof(self, stage: Stage) -> None:
        begun = stage.provider.oauth.begin("state-1", REDIRECT, MAIL, ANN)
        query = {name: values[0] for name, values in parse_qs(urlsplit(begun.url).query).items()}
        assert query["state"] == "state-1" and query["redirect_uri"] == REDIRECT
        assert query["code_challenge_method"] == "S256" and query["login_hint"] == ANN
        secrets = [value for value in json.loads(begun.flow).values() if isinstance(value, str)]
        assert query["code_challenge"] not in secrets
        assert not any("verifier" in name for name in query)

    def test_two_sign_ins_share_no_secret(self, stage: Stage) -> None:
        one = stage.provider.oauth.begin("s", REDIRECT, MAIL, "")
        two = stage.provider.oauth.begin("s", REDIRECT, MAIL, "")
        assert one.flow != two.flow and one.url != two.url

    def test_secrets_do_not_show_when_printed(self, stage: Stage) -> None:
        begun = stage.provider.oauth.begin("s", REDIRECT, MAIL, "")
        tokens = sign_in(stage).tokens
        shown = repr([begun, tokens, stage.provider])
        for secret in (begun.flow, tokens.secret, tokens.access_token):
            assert secret not in shown

    def test_a_person_who_declines_is_told_apart(self, stage: Stage) -> None:
        begun = stage.provider.oauth.begin("s", REDIRECT, MAIL, ANN)
        with pytest.raises(SignInRefused) as refusal:
            stage.provider.oauth.finish(begun.flow, REDIRECT, stage.consent(begun.url, deny=True))
        assert refusal.value.reason == "declined"

    def test_a_code_is_good_once(self, stage: Stage) -> None:
        begun = stage.provider.oauth.begin("s", REDIRECT, MAIL, ANN)
        query = stage.consent(begun.url)
        stage.provider.oauth.finish(begun.flow, REDIRECT, query)
        with pytest.raises(SignInRefused) as refusal:
            stage.provider.oauth.finish(begun.flow, REDIRECT, query)
        assert refusal.value.reason == "expired"

    def test_a_code_of_another_sign_in_is_refused(self, stage: Stage) -> None:
        mine = stage.provider.oauth.begin("s", REDIRECT, MAIL, ANN)
        theirs = stage.provider.oauth.begin("s", REDIRECT, MAIL, ANN)
        with pytest.raises(SignInRefused):
            stage.provider.oauth.finish(mine.flow, REDIRECT, stage.consent(theirs.url))

    def test_a_callback_without_a_code_is_refused(self, stage: Stage) -> None:
        begun = stage.provider.oauth.begin("s", REDIRECT, MAIL, ANN)
        for query in ({}, {"code": ""}, {"code": "4/forged"}, {"error": "<script>"}):
            with pytest.raises(SignInRefused) as refusal:
                stage.provider.oauth.finish(begun.flow, REDIRECT, {"state": "s", **query})
            assert "<" not in refusal.value.code

    def test_an_answer_of_another_company_is_refused(self, stage: Stage) -> None:
        begun = stage.provider.oauth.begin("s", REDIRECT, MAIL, ANN)
        query = {**stage.consent(begun.url), "iss": "https://evil.example"}
        with pytest.raises(SignInRefused) as refusal:
            stage.provider.oauth.finish(begun.flow, REDIRECT, query)
        assert refusal.value.reason == "failed"

    def test_an_old_token_is_exchanged_for_a_fresh_one(self, stage: Stage) -> None:
        who = sign_in(stage)
        fresh = stage.provider.oauth.refresh(who.tokens)
        assert fresh.access_token != who.tokens.access_token
        assert fresh.secret and fresh.granted == who.tokens.granted
        stage.end_access()
        again = stage.provider.oauth.refresh(fresh)
        assert stage.provider.open_mailbox(again.access_token, ANN).own_addresses()

    def test_access_that_was_taken_back_asks_to_connect_again(self, stage: Stage) -> None:
        who = sign_in(stage)
        stage.take_back()
        with pytest.raises(ReconnectRequired):
            stage.provider.oauth.refresh(who.tokens)

    def test_connecting_again_is_the_same_person(self, stage: Stage) -> None:
        assert sign_in(stage).subject == sign_in(stage).subject

    def test_withdrawing_ends_the_grant_and_twice_is_no_error(self, stage: Stage) -> None:
        who = sign_in(stage)
        if not stage.provider.oauth.revoke(who.tokens):
            return
        with pytest.raises(ReconnectRequired):
            stage.provider.oauth.refresh(who.tokens)
        assert stage.provider.oauth.revoke(who.tokens)

    def test_our_own_wrong_secret_is_not_the_persons_fault(self, stage: Stage) -> None:
        who = sign_in(stage)
        with pytest.raises(OperatorFault):
            stage.with_wrong_secret().oauth.refresh(who.tokens)

    @pytest.mark.parametrize(("status", "kind"), [(500, Unavailable), (503, Unavailable), (429, RateLimited)])
    def test_a_sign_in_that_is_down_breaks_nothing(
        self, stage: Stage, status: int, kind: type[ProviderError]
    ) -> None:
        who = sign_in(stage)
        stage.fail_sign_in(status)
        with pytest.raises(kind) as failure:
            stage.provider.oauth.refresh(who.tokens)
        assert who.tokens.secret not in repr(failure.value) and failure.value.__context__ is None
        assert stage.provider.oauth.refresh(who.tokens).access_token

    @pytest.mark.parametrize("missing", [Capability.READ, Capability.SEND])
    def test_a_box_left_empty_shows_in_what_is_granted(self, stage: Stage, missing: Capability) -> None:
        granted = sign_in(stage, without=[missing]).tokens.granted
        assert missing not in granted
        assert granted
