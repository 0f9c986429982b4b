"""What mails say of the people in them."""

from bot.discovery.evidence import Own, delivered_aliases
from tests.bot.discovery.given import ME, OWN, TOM, evidence_of, sent, wrote


def test_reasons_are_counted_by_mail() -> None:
    away = {"auto-submitted": "auto-replied"}
    (tom,) = evidence_of(wrote(headers=away), wrote(headers=away, days=2), wrote(days=3)).values()
    assert (tom.mails, tom.human, tom.marks) == (3, 1, (("auto_reply", 2),))


def test_names_come_from_what_they_wrote_and_from_what_i_wrote() -> None:
    (tom,) = evidence_of(wrote("T. Abel <tom@abel.example>"), sent(to="Tom Abel <tom@abel.example>")).values()
    assert {one.name for one in tom.names} == {"T. Abel", "Tom Abel"}


def test_conversations_are_those_of_the_fourteen_days() -> None:
    (tom,) = evidence_of(
        wrote(thread="a"), sent(thread="a"), sent(thread="b"), sent(thread="c", days=90)
    ).values()
    assert tom.threads == {"a", "b"}
    assert tom.sent == 3


def test_the_last_activity_is_never_in_the_future() -> None:
    (tom,) = evidence_of(wrote(days=-0.5), sent()).values()
    assert tom.last is not None
    assert tom.last == max(tom.last, sent().message.date)
    assert evidence_of(wrote(days=-400))[TOM].mails == 0


def test_a_mail_of_a_machine_is_no_activity() -> None:
    (tom,) = evidence_of(wrote(days=1, headers={"precedence": "bulk"}), sent(days=5)).values()
    assert tom.last == sent(days=5).message.date


def test_a_mail_without_a_readable_sender_is_nobodys() -> None:
    assert evidence_of(wrote("")) == {}


def test_an_alias_is_learned_from_deliveries_for_two_senders() -> None:
    one = wrote(headers={"delivered-to": "ann.lee@old.example"})
    other = wrote("eve@marsh.example", headers={"delivered-to": "Ann.Lee@old.example"})
    again = wrote(days=2, headers={"delivered-to": "ann.lee@old.example"})
    assert delivered_aliases([one, again], OWN) == frozenset()
    assert delivered_aliases([one, other], OWN) == {"ann.lee@old.example"}


def test_nobody_can_make_a_stranger_mine_by_a_header() -> None:
    forged = [
        wrote("eve@marsh.example", headers={"delivered-to": TOM}),
        wrote("eve@other.example", headers={"delivered-to": TOM}),
    ]
    assert delivered_aliases([*forged, wrote()], OWN) == frozenset()
    listed = {"delivered-to": "mailing list coffee@lists.example"}
    assert (
        delivered_aliases([wrote(headers=listed), wrote("a@b.example", headers=listed)], OWN) == frozenset()
    )


def test_an_own_address_in_delivered_to_is_not_learned_again() -> None:
    mails = [wrote(headers={"delivered-to": ME}), wrote("a@b.example", headers={"delivered-to": ME})]
    assert delivered_aliases(mails, Own(frozenset({ME}))) == frozenset()
