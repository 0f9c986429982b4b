import re
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from sandbox.mail.mailbox import FiledMessage
from sandbox.people.reading import leaves, read
from sandbox.seed.members import slack_users
from tests.sandbox.seed.place import ANN, NOON, Place, a_place

PRIVATE = "ann.lee.private@gmail.example"
OWN = {ANN, "ann.lee@northwind.example", PRIVATE}


def threads(place: Place, address: str = ANN) -> dict[str, list[FiledMessage]]:
    found: dict[str, list[FiledMessage]] = defaultdict(list)
    for message in reversed(place.world.mailbox(address).messages()):
        found[message.thread_id].append(message)
    return found


def named(place: Place, subject: str, address: str = ANN) -> list[FiledMessage]:
    (found,) = (thread for thread in threads(place, address).values() if thread[0].raw.subject == subject)
    return found


def others(message: FiledMessage) -> set[str]:
    return {address for _, address in message.raw.addresses("From", "To", "Cc")} - OWN


def test_ann_has_more_than_sixty_conversations_beside_the_four_hundred(shared_place: Place) -> None:
    subjects = [thread[0].raw.subject for thread in threads(shared_place).values()]
    orders = [subject for subject in subjects if re.match(r"Order 2\d{4}: ", subject)]
    assert len(orders) == 400
    assert len(subjects) - len(orders) >= 60


def test_equal_seeds_and_times_give_equal_mailboxes(place: Place) -> None:
    with a_place() as other:
        assert [one.raw.bytes() for one in other.ann.messages()] == [
            one.raw.bytes() for one in place.ann.messages()
        ]


@pytest.mark.parametrize("hour", [0, 5, 12, 23])
def test_nothing_comes_from_the_future_at_any_hour_of_the_day(hour: int) -> None:
    now = datetime(2027, 3, 1, hour, 1, tzinfo=UTC)
    with a_place(now) as place:
        late = [one.raw.subject for one in place.ann.messages() if one.at > now]
        assert late == []
        assert place.ann.messages()[0].at > now - timedelta(days=1)


def test_every_message_id_is_its_own(shared_place: Place) -> None:
    ids = Counter(one.raw.message_id for one in shared_place.ann.messages() if one.raw.message_id)
    assert ids.most_common(1)[0][1] == 1


def test_answers_stand_in_the_thread_of_what_they_answer_on_both_sides(shared_place: Place) -> None:
    for address in (ANN, "dana@northwind.example"):
        thread = named(shared_place, "Prices for the spring order", address)
        assert len(thread) == 4
        assert all(later.raw.references for later in thread[1:])


def test_the_date_header_tells_the_moment_of_sending(shared_place: Place) -> None:
    for message in shared_place.ann.messages():
        if message.raw.first("Date") != "yesterday":
            assert parsedate_to_datetime(message.raw.first("Date")) == message.at, message.raw.subject


def test_an_answer_quotes_the_hour_that_its_writer_saw_in_summer_as_in_winter(shared_place: Place) -> None:
    seen: set[str] = set()
    for orders in threads(shared_place).values():
        for asked, answer in pairwise(orders):
            if ANN not in {address for _, address in answer.raw.addresses("From")}:
                continue
            at = asked.at.astimezone(ZoneInfo("Europe/Amsterdam"))
            said = re.search(r"On \d+ \w+ \d{4} at (\d\d:\d\d), ", read(answer.raw).text)
            if said and asked.raw.message_id == answer.raw.references[-1]:
                assert said[1] == f"{at:%H:%M}", answer.raw.subject
                seen.add(f"{at:%z}")
    assert seen == {"+0100", "+0200"}


def test_one_conversation_has_sixty_messages_and_some_with_other_people(shared_place: Place) -> None:
    thread = named(shared_place, "The new website")
    assert len(thread) == 60
    assert sum(len(others(message)) > 1 for message in thread) == 2


def test_sales_is_in_copy_of_every_mail_with_nadia(shared_place: Place) -> None:
    with_nadia = [
        one
        for one in shared_place.ann.messages()
        if "nadia@haddad-foods.example" in {address for _, address in one.raw.addresses("From", "To")}
    ]
    assert len({one.thread_id for one in with_nadia}) == 12
    assert all("sales@northwind.example" in others(one) for one in with_nadia)
    identities = shared_place.ann.person.identities()
    assert "sales@northwind.example" not in {one.address for one in identities}


def test_one_contact_writes_from_three_addresses_to_two_accounts(shared_place: Place) -> None:
    mira = shared_place.world.person("mira@kowalska.example")
    assert mira is not None
    assert len(mira.addresses) == 3
    for account, expected in ((ANN, 2), (PRIVATE, 1)):
        senders = {
            address
            for one in shared_place.world.mailbox(account).messages()
            for _, address in one.raw.addresses("From")
        }
        assert len(senders & set(mira.addresses)) == expected


def test_exchange_numbers_its_messages_with_more_than_a_line_can_hold(shared_place: Place) -> None:
    thread = named(shared_place, "Beställning av muggar")
    assert max(len(one.raw.message_id) for one in thread) >= 81
    assert thread[-1].raw.references[0] == thread[0].raw.message_id


@pytest.mark.parametrize(
    ("subject", "charset", "words"),
    [
        ("見積もりのお願い", "iso-2022-jp", "いつもお世話になっております"),
        ("Поставка в январе", "koi8-r", "Можем ли мы получить"),
        ("Ersatzteile für die Röstmaschine", "windows-1252", "Lösung"),
        ("关于茶叶样品", "gb18030", "三种茶叶样品"),
        ("도자기 컵 문의", "euc-kr", "안녕하세요"),
        ("Paczka z próbkami", "iso-8859-2", "próbki dotarły"),
        ("سؤال عن الطلب", "utf-8", "هل يمكن تغيير"),
    ],
)
def test_people_abroad_write_in_their_own_charsets(
    shared_place: Place, subject: str, charset: str, words: str
) -> None:
    first = named(shared_place, subject)[0]
    part = next(part for part in leaves(first.raw.parse()) if part.get_content_type() == "text/plain")
    assert part.get_content_charset() == charset
    assert words in read(first.raw).text


@pytest.mark.parametrize(
    ("subject", "mark"),
    [
        ("Prices for the spring order", 'type="cite"'),
        ("Invoice 2026-0117", "divRplyFwdMsg"),
        ("Stand at the summer fair", "gmail_quote"),
        ("The grinder makes a strange noise", "yahoo_quoted"),
        ("Bags for the marathon", "protonmail_quote"),
        ("Catalogue for the library", "moz-cite-prefix"),
    ],
)
def test_each_mail_program_quotes_in_its_own_manner(shared_place: Place, subject: str, mark: str) -> None:
    assert any(mark in read(one.raw).source for one in named(shared_place, subject))


@pytest.mark.parametrize(
    ("subject", "header", "value"),
    [
        ("The Morning Cup: the small mill", "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("Your receipt from Cloudhost", "Auto-Submitted", "auto-generated"),
        ("[coffee-traders] Good books on water?", "List-Id", "<coffee-traders.lists.example>"),
        ("Automatic reply: Order 9002", "Auto-Submitted", "auto-replied"),
        ("Delivery Status Notification (Failure)", "X-Failed-Recipients", "nadja@haddad-foods.example"),
        ("Stand at the summer fair", "Reply-To", "bookings@coleevents.example"),
    ],
)
def test_machines_and_odd_senders_carry_their_headers(
    shared_place: Place, subject: str, header: str, value: str
) -> None:
    first = next(thread for thread in threads(shared_place).values() if thread[0].raw.subject == subject)[0]
    assert first.raw.first(header) == value


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("Tasting with Abel Ltd", "text/calendar"),
        ("Delivery Status Notification (Failure)", "message/delivery-status"),
        ("Read: Quote for the office kitchen", "message/disposition-notification"),
        ("Sealed", "application/pgp-encrypted"),
        ("Signed", "application/pkcs7-signature"),
        ("The file that only Outlook opens", "application/ms-tnef"),
        ("Fwd: (no subject)", "message/rfc822"),
        ("Kettles for the hotel", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_special_mail_holds_its_special_part(shared_place: Place, subject: str, kind: str) -> None:
    message = named(shared_place, subject)[0]
    kinds = {part.get_content_type() for part in leaves(message.raw.parse())}
    assert kind in kinds


def test_hostile_subjects_arrive_as_they_were_written(shared_place: Place) -> None:
    subjects = {one.raw.subject for one in shared_place.ann.messages()}
    assert any("<!channel>" in subject for subject in subjects)
    assert any("\u202e" in subject for subject in subjects)


def test_recent_mail_is_unread_and_mail_of_last_week_is_not(shared_place: Place) -> None:
    for message in shared_place.ann.messages():
        if "INBOX" in message.labels:
            assert ("UNREAD" in message.labels) == (NOON - message.at < timedelta(days=2))


def test_the_workspace_has_an_administrator_a_guest_and_a_stranger(shared_place: Place) -> None:
    users = {user.name: user for user in slack_users(shared_place.world)}
    assert users["ann"].email == ANN
    assert users["oskar"].is_admin
    assert users["gia"].is_restricted
    assert users["sam"].is_stranger
    assert users["sam"].team_id
