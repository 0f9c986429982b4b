"""The contract of a Mailbox: sending, exactly once."""

import pytest

from providers.errors import (
    Conflict,
    DeliveryUncertain,
    PermissionMissing,
    RateLimited,
    ReconnectRequired,
    Refused,
)
from providers.mail import EmailAddress, Outgoing
from providers.oauth import Capability
from tests.providers.contract import ANN, DANA, EVE, SALES, Stage, list_all, outgoing

KEY = "key-0123456789abcdef"


class SendingContract:
    """A vendor inherits this and gives a `stage`."""

    def test_preparing_sends_nothing(self, stage: Stage) -> None:
        mailbox = stage.open()
        prepared = mailbox.prepare(outgoing(), KEY)
        assert prepared.key == KEY and len(prepared.ref) < 500
        assert stage.inbox(DANA) == []
        assert mailbox.find_sent(prepared) is None

    def test_a_message_arrives_at_one_person(self, stage: Stage) -> None:
        mailbox = stage.open()
        sent = mailbox.send(mailbox.prepare(outgoing("Grüße\n\nAnn"), KEY))
        (arrived,) = stage.inbox(DANA)
        assert arrived["To"].addresses[0].addr_spec == DANA and arrived["From"].addresses[0].addr_spec == ANN
        assert arrived["Cc"] is None and arrived["Bcc"] is None
        assert arrived["Subject"] == "Lunch"
        text, html = arrived.get_body(("plain",)), arrived.get_body(("html",))
        assert text and "Grüße\n\nAnn" in text.get_content().replace("\r\n", "\n")
        assert html and "<p>Grüße" in html.get_content()
        assert stage.inbox(EVE) == [] and stage.drafts() == []
        if sent:
            assert mailbox.thread(sent.thread_id).messages[-1].id == sent.id

    def test_an_answer_joins_the_conversation_on_both_sides(self, stage: Stage) -> None:
        asked = stage.mail(DANA, ANN, "AW: Offer", minutes_ago=5)
        mailbox = stage.open()
        (before,) = list_all(mailbox, DANA)
        mailbox.send(mailbox.prepare(outgoing(subject="AW: Offer", reply=before.messages[-1]), KEY))
        (after,) = list_all(mailbox, DANA)
        assert after.id == before.id and [one.outgoing for one in after.messages] == [False, True]
        assert after.messages[-1].subject == "Re: Offer"
        (arrived,) = stage.inbox(DANA)
        assert arrived["In-Reply-To"] == asked and asked in arrived["References"]

    def test_an_answer_can_come_from_an_alias(self, stage: Stage) -> None:
        mailbox = stage.open()
        mailbox.send(mailbox.prepare(outgoing(sender=SALES), KEY))
        assert stage.inbox(DANA)[0]["From"].addresses[0].addr_spec == SALES

    def test_preparing_again_adopts_what_is_there(self, stage: Stage) -> None:
        mailbox = stage.open()
        mailbox.prepare(outgoing("first words"), KEY)
        again = mailbox.prepare(outgoing("better words"), KEY)
        mailbox.send(again)
        (arrived,) = stage.inbox(DANA)
        text = arrived.get_body(("plain",))
        assert text and "better words" in text.get_content()
        assert stage.drafts() == []

    def test_another_key_is_another_message(self, stage: Stage) -> None:
        mailbox = stage.open()
        one, two = mailbox.prepare(outgoing(), KEY), mailbox.prepare(outgoing(), KEY + "x")
        mailbox.send(one)
        assert mailbox.find_sent(two) is None
        mailbox.send(two)
        assert len(stage.inbox(DANA)) == 2

    def test_a_lost_answer_is_uncertain_and_the_evidence_is_found(self, stage: Stage) -> None:
        mailbox = stage.open()
        prepared = mailbox.prepare(outgoing(), KEY)
        stage.lose_answer_of_send()
        with pytest.raises(DeliveryUncertain):
            mailbox.send(prepared)
        assert len(stage.inbox(DANA)) == 1
        found = stage.open().find_sent(prepared)
        assert found is not None and mailbox.thread(found.thread_id).messages[-1].id == found.id

    def test_a_lost_request_is_uncertain_and_leaves_no_evidence(self, stage: Stage) -> None:
        mailbox = stage.open()
        prepared = mailbox.prepare(outgoing(), KEY)
        stage.lose_request_of_send()
        with pytest.raises(DeliveryUncertain):
            mailbox.send(prepared)
        assert stage.inbox(DANA) == [] and mailbox.find_sent(prepared) is None

    def test_an_answer_lost_in_a_conversation_is_found_there(self, stage: Stage) -> None:
        stage.mail(DANA, ANN, "Offer", minutes_ago=5)
        stage.mail(ANN, DANA, "Another", minutes_ago=4)
        mailbox = stage.open()
        (thread,) = [one for one in list_all(mailbox, DANA) if one.subject == "Offer"]
        prepared = mailbox.prepare(outgoing(subject="Offer", reply=thread.messages[-1]), KEY)
        stage.lose_answer_of_send()
        with pytest.raises(DeliveryUncertain):
            mailbox.send(prepared)
        found = mailbox.find_sent(prepared)
        assert found is not None and found.thread_id == thread.id

    def test_sending_again_sends_nothing_where_the_provider_promises_it(self, stage: Stage) -> None:
        if not stage.provider.sends_once:
            return
        mailbox = stage.open()
        prepared = mailbox.prepare(outgoing(), KEY)
        for lose in (stage.lose_request_of_send, stage.lose_answer_of_send, lambda: None):
            lose()
            with pytest.raises(DeliveryUncertain):
                mailbox.send(prepared)
        assert len(stage.inbox(DANA)) == 1
        assert mailbox.find_sent(prepared) is not None

    def test_a_draft_that_the_person_threw_away_is_uncertain(self, stage: Stage) -> None:
        mailbox = stage.open()
        prepared = mailbox.prepare(outgoing(), KEY)
        if not stage.drafts():
            return
        stage.discard_drafts()
        with pytest.raises(DeliveryUncertain):
            mailbox.send(prepared)
        assert mailbox.find_sent(prepared) is None and stage.inbox(DANA) == []

    def test_a_draft_that_the_person_readdressed_is_not_sent(self, stage: Stage) -> None:
        mailbox = stage.open()
        prepared = mailbox.prepare(outgoing(), KEY)
        if not stage.drafts():
            return
        stage.edit_draft(f"{DANA}, {EVE}")
        with pytest.raises(Conflict):
            mailbox.send(prepared)
        assert stage.inbox(DANA) == stage.inbox(EVE) == []

    def test_what_was_prepared_and_is_discarded_leaves_nothing_and_sends_nothing(self, stage: Stage) -> None:
        mailbox = stage.open()
        prepared = mailbox.prepare(outgoing(), KEY)
        other = mailbox.save_draft(outgoing("mine"))
        for _ in range(2):  # twice is no error
            mailbox.discard(prepared)
        assert [one["X-Mailroom-Key"] for one in stage.drafts()] == [None]
        assert other.id and stage.inbox(DANA) == []
        if stage.provider.sends_once:
            with pytest.raises(DeliveryUncertain):
                mailbox.send(prepared)

    def test_what_was_sent_is_not_discarded(self, stage: Stage) -> None:
        mailbox = stage.open()
        prepared = mailbox.prepare(outgoing(), KEY)
        mailbox.send(prepared)
        mailbox.discard(prepared)
        assert mailbox.find_sent(prepared) is not None
        assert len(stage.inbox(DANA)) == 1

    def test_a_prepared_draft_that_the_person_changed_is_theirs(self, stage: Stage) -> None:
        mailbox = stage.open()
        prepared = mailbox.prepare(outgoing(), KEY)
        if not stage.drafts():
            return
        stage.edit_draft(DANA)
        mailbox.discard(prepared)
        assert len(stage.drafts()) == 1

    def test_hostile_words_reach_nobody_else(self, stage: Stage) -> None:
        hostile = f"=?utf-8?q?a=0D=0ABcc=3A_{EVE}?=\r\nBcc: {EVE}"
        stage.mail(DANA, ANN, f"=?utf-8?q?x=0D=0ABcc=3A_{EVE}?=", minutes_ago=2)
        mailbox = stage.open()
        (thread,) = list_all(mailbox, DANA)
        to = EmailAddress(DANA, hostile)
        for number, subject in enumerate((hostile, thread.subject)):
            message = Outgoing(EmailAddress(ANN, hostile), to, subject, hostile, hostile)
            mailbox.send(mailbox.prepare(message, f"{KEY}{number}"))
        assert len(stage.inbox(DANA)) == 2
        assert [one for one in stage.inbox(EVE) if ANN in one["From"]] == []

    def test_a_recipient_that_is_none_is_refused(self, stage: Stage) -> None:
        message = Outgoing(EmailAddress(ANN), EmailAddress(f"{DANA}, {EVE}"), "x", "x", "x")
        with pytest.raises(Refused):
            mailbox = stage.open()
            mailbox.send(mailbox.prepare(message, KEY))
        assert stage.inbox(DANA) == stage.inbox(EVE) == []

    def test_a_sending_limit_says_how_long(self, stage: Stage) -> None:
        mailbox = stage.open()
        prepared = mailbox.prepare(outgoing(), KEY)
        stage.stop_sending()
        with pytest.raises(RateLimited) as failure:
            mailbox.send(prepared)
        assert 3000 < failure.value.retry_after.total_seconds() <= 3600
        assert stage.inbox(DANA) == []

    def test_sending_without_the_capability_names_it(self, stage: Stage) -> None:
        with pytest.raises(PermissionMissing) as failure:
            mailbox = stage.open(Capability.SEND, Capability.DRAFT)
            mailbox.send(mailbox.prepare(outgoing(), KEY))
        assert failure.value.capability in (Capability.SEND, Capability.DRAFT)

    def test_a_worthless_token_sends_nothing(self, stage: Stage) -> None:
        mailbox = stage.open()
        prepared = mailbox.prepare(outgoing(), KEY)
        stage.end_access()
        with pytest.raises(ReconnectRequired):
            mailbox.send(prepared)
        assert stage.inbox(DANA) == []

    def test_a_saved_draft_is_the_persons_and_is_not_sent(self, stage: Stage) -> None:
        stage.mail(DANA, ANN, "Offer", minutes_ago=5)
        mailbox = stage.open()
        (thread,) = list_all(mailbox, DANA)
        link = mailbox.save_draft(outgoing(subject="Offer", reply=thread.messages[-1]))
        (draft,) = stage.drafts()
        assert draft["X-Mailroom-Key"] is None and draft["To"].addresses[0].addr_spec == DANA
        assert link.id and link.url.startswith("https://")
        assert stage.inbox(DANA) == []
