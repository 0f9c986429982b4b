"""Who is suggested, and why everybody else is not."""

import pytest

from bot.discovery.evidence import Evidence, Own
from bot.discovery.rules import RULES, Known, Outcome, candidates, decide, is_blocked
from tests.bot.discovery.given import ME, NOW, OWN, TOM, decided, evidence_of, sent, wrote


def test_somebody_who_wrote_and_was_written_to_is_suggested() -> None:
    assert decided(wrote(), sent()).outcome is Outcome.SUGGEST


def test_an_answer_from_long_ago_counts_as_having_written_to_them() -> None:
    assert decided(wrote(), sent(days=300)).outcome is Outcome.SUGGEST


def test_their_mail_from_before_the_fourteen_days_does_not_count() -> None:
    assert decided(wrote(days=15), sent()).reasons == ("quiet",)
    assert decided(wrote(days=13.9), sent()).outcome is Outcome.SUGGEST


def test_one_way_is_left_out_in_both_directions() -> None:
    assert decided(wrote()).reasons == ("one_way",)
    assert decided(sent()).reasons == ("no_answer",)


def test_a_member_who_claims_to_be_me_proves_nothing() -> None:
    forged = wrote(sender=ME, to=TOM)  # came in, with the member's address in From
    assert decided(wrote(), forged).reasons == ("one_way",)


def test_what_a_program_sent_for_me_proves_nothing() -> None:
    for headers in (
        {"auto-submitted": "auto-replied"},
        {"content-class": "urn:content-classes:calendarmessage"},
    ):
        assert decided(wrote(), sent(headers=headers)).reasons == ("one_way",)
    assert decided(wrote(), sent(subject="unsubscribe")).reasons == ("one_way",)


def test_a_mail_to_a_crowd_proves_nothing_in_either_direction() -> None:
    crowd = ", ".join([TOM, *(f"p{number}@abel.example" for number in range(20))])
    assert decided(wrote(), sent(to=crowd)).reasons == ("one_way",)
    assert decided(wrote(to=crowd), sent()).reasons == ("crowd",)


def test_a_mark_reaches_the_sender_only_when_all_of_theirs_carry_it() -> None:
    away = wrote(headers={"auto-submitted": "auto-replied"})
    assert decided(away, sent()).reasons == ("auto_reply",)
    assert decided(away, wrote(days=2), sent()).outcome is Outcome.SUGGEST


def test_bulk_signs_on_an_answer_to_me_do_not_hide_a_person_but_a_machines_word_does() -> None:
    headers = {"list-unsubscribe": "<mailto:x@abel.example>", "x-hs-cid": "1"}
    assert decided(wrote(headers=headers), sent()).reasons == ("unsubscribe", "sending_service")
    assert decided(wrote(headers=headers, answers_me=True), sent()).outcome is Outcome.SUGGEST
    reply = {**headers, "auto-submitted": "auto-replied"}
    assert decided(wrote(headers=reply, answers_me=True), sent()).reasons == ("auto_reply",)


def test_who_writes_through_a_list_and_was_written_to_is_a_person() -> None:
    posted = wrote(to="coffee@lists.example", headers={"list-post": "<mailto:coffee@lists.example>"})
    assert decided(posted, sent()).outcome is Outcome.SUGGEST
    assert decided(posted).reasons == ("one_way",)
    assert decided(posted, sent(to="coffee@lists.example")).reasons == ("one_way",)


def test_a_strangers_header_does_not_make_a_person_a_list() -> None:
    forged = wrote("eve@marsh.example", headers={"list-post": f"<mailto:{TOM}>"})
    assert decided(forged, wrote(), sent()).outcome is Outcome.SUGGEST


def test_a_list_that_i_wrote_to_is_nobody() -> None:
    posted = wrote(to="coffee@lists.example", headers={"list-post": "<mailto:coffee@lists.example>"})
    assert "coffee@lists.example" not in evidence_of(posted, sent(to="coffee@lists.example"))


def test_behind_a_group_the_person_is_found_and_the_group_is_not() -> None:
    group = "sales@shop.example"
    headers = {"list-post": f"<mailto:{group}>", "x-original-sender": TOM}
    via = wrote(sender=f"'Tom Abel' via Sales <{group}>", to=group, headers=headers)
    assert decided(via, sent()).outcome is Outcome.SUGGEST
    hidden = wrote(sender=f"'Tom Abel' via Sales <{group}>", headers={"list-post": f"<mailto:{group}>"})
    assert decided(hidden, sent(to=group), address=group).reasons == ("group",)


def test_only_invitations_make_nobody_a_candidate() -> None:
    invited = wrote(headers={"content-class": "urn:content-classes:calendarmessage"})
    assert decided(invited, sent()).reasons == ("invitation",)
    assert decided(invited, wrote(days=2), sent()).outcome is Outcome.SUGGEST


@pytest.mark.parametrize(
    "address", ["no-reply@abel.example", "mailer-daemon@abel.example", "reply+aaab3x7q2m4@reply.github.com"]
)
def test_no_exchange_makes_a_person_of_a_machines_address(address: str) -> None:
    assert decided(wrote(address, answers_me=True), sent(to=address), address=address).outcome is Outcome.SKIP


def test_a_shared_mailbox_is_shown_apart_and_behind_everybody_else() -> None:
    mails = (wrote("Support <support@abel.example>"), sent(to="support@abel.example"), wrote(), sent())
    assert decided(*mails, address="support@abel.example").outcome is Outcome.SHARED
    shown = candidates(evidence_of(*mails), Known(OWN), NOW)
    assert [(one.address, one.shared) for one in shown] == [(TOM, False), ("support@abel.example", True)]


def test_the_providers_promotions_are_left_out() -> None:
    assert decided(wrote(categories=["promotions"]), sent()).reasons == ("category_bulk",)


def test_colleagues_are_left_out_by_domain_but_not_at_free_mail() -> None:
    known = Known(Own(frozenset({"ann@gmail.com", ME}), frozenset({"gmail.com", "northwind.example"})))
    for address, outcome in (
        ("ben@northwind.example", Outcome.SKIP),
        ("ben@mail.northwind.example", Outcome.SKIP),
        ("ben@gmail.com", Outcome.SUGGEST),
        ("ben@notnorthwind.example", Outcome.SUGGEST),
    ):
        assert decided(wrote(address), sent(to=address), address=address, known=known).outcome is outcome


def test_what_is_known_decides_before_the_mails_do() -> None:
    mails = (wrote(), sent())
    assert decided(*mails, known=Known(OWN, contacts=frozenset({TOM}))).outcome is Outcome.CONTACT
    assert decided(*mails, known=Known(OWN, dismissed=frozenset({TOM}))).reasons == ("dismissed",)
    assert decided(*mails, known=Known(OWN, blocked=frozenset({"@abel.example"}))).reasons == ("blocked",)
    colleague = Own(frozenset({ME}), colleagues=frozenset({TOM}))
    assert decided(*mails, known=Known(colleague)).reasons == ("colleague",)


def test_blocking_a_domain_blocks_what_is_below_it_and_nothing_beside_it() -> None:
    blocked = {"@abel.example", "eve@marsh.example"}
    assert is_blocked("tom@abel.example", blocked)
    assert is_blocked("tom@mail.abel.example", blocked)
    assert is_blocked("eve@marsh.example", blocked)
    assert not is_blocked("tom@notabel.example", blocked)
    assert not is_blocked("ben@marsh.example", blocked)


def test_what_could_not_be_looked_up_is_left_for_review() -> None:
    known = Known(OWN, unchecked=frozenset({TOM}))
    assert decided(wrote(), known=known).outcome is Outcome.REVIEW
    assert decided(wrote(), sent(), known=known).outcome is Outcome.SUGGEST


def test_mail_without_a_date_is_left_for_review() -> None:
    assert decide(Evidence(TOM, undated=1, sent=1), Known(OWN)).outcome is Outcome.REVIEW


def test_an_address_of_mine_with_a_tag_is_mine() -> None:
    assert Own(frozenset({"ann.lee@gmail.com"})).is_me("annlee+shop@googlemail.com")
    assert "ann+shop@northwind.example" not in evidence_of(wrote("ann+shop@northwind.example"))


def test_dots_and_tags_are_matched_for_evidence_and_never_merged() -> None:
    mails = (wrote("jane.doe@gmail.com"), wrote("janedoe+x@gmail.com"), sent(to="janedoe@gmail.com"))
    shown = candidates(evidence_of(*mails), Known(OWN), NOW)
    assert [one.address for one in shown] == ["jane.doe@gmail.com", "janedoe+x@gmail.com"]
    assert shown[0].maybe_same == ("janedoe+x@gmail.com", "janedoe@gmail.com")
    assert [one.received for one in shown] == [1, 1]


def test_a_candidate_says_what_was_exchanged() -> None:
    mails = (
        wrote("tom@abel.example", thread="a", days=3),
        wrote("Tom Abel <tom@abel.example>", thread="b", days=1),
        sent(to="Abel, Tom <tom@abel.example>", thread="a", days=2),
        sent(thread="old", days=200),
    )
    (tom,) = candidates(evidence_of(*mails), Known(OWN), NOW)
    assert (tom.name, tom.company, tom.conversations) == ("Tom Abel", "Abel", 2)
    assert (tom.received, tom.sent, tom.last) == (2, 2, mails[1].message.date)


def test_an_address_that_cannot_be_written_to_is_left_out() -> None:
    assert decided(wrote("tom at abel"), sent(), address="tom at abel").reasons == ("unreadable",)


def test_the_ladder_stands_in_this_order() -> None:
    assert [rule.code for rule in RULES] == [
        "own", "machine", "colleague", "contact", "blocked", "dismissed", "unreadable", "group", "undated",
        "quiet", "no_answer", "automated", "unchecked", "one_way", "unasked", "shared",
    ]  # fmt: skip
