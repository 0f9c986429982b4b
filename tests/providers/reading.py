"""The contract of a Mailbox: reading."""

from email.message import EmailMessage

import pytest

from providers.errors import (
    CursorExpired,
    NotFound,
    PermissionMissing,
    ProviderError,
    RateLimited,
    ReconnectRequired,
    Refused,
    Unavailable,
)
from providers.oauth import Capability
from tests.providers.contract import ANN, DANA, EVE, SALES, UNVERIFIED, Stage, list_all, subjects


class ReadingContract:
    """A vendor inherits this and gives a `stage`."""

    def test_mail_from_and_to_a_person_is_listed_newest_first(self, stage: Stage) -> None:
        stage.mail(DANA, ANN, "Oldest", minutes_ago=30)
        stage.mail(ANN, DANA, "Middle", minutes_ago=20)
        stage.mail(EVE, ANN, "Not hers", minutes_ago=15)
        stage.mail(DANA, SALES, "Newest", minutes_ago=10)
        assert subjects(list_all(stage.open(), DANA)) == ["Newest", "Middle", "Oldest"]

    def test_mail_of_all_addresses_of_a_person_is_listed(self, stage: Stage) -> None:
        stage.mail(DANA, ANN, "One", minutes_ago=2)
        stage.mail(EVE, ANN, "Two", minutes_ago=1)
        assert subjects(list_all(stage.open(), DANA, EVE)) == ["Two", "One"]

    def test_a_copy_for_the_person_is_listed(self, stage: Stage) -> None:
        stage.mail(EVE, ANN, "With a copy", cc=DANA)
        assert subjects(list_all(stage.open(), DANA)) == ["With a copy"]

    def test_a_listed_thread_is_whole(self, stage: Stage) -> None:
        first = stage.mail(DANA, ANN, "Offer", "What does it cost?", minutes_ago=3)
        stage.mail(ANN, DANA, "Re: Offer", "It costs 100.", minutes_ago=2, answers=first)
        (thread,) = list_all(stage.open(), DANA)
        texts = [(one.text or "").strip() for one in thread.messages]
        assert texts == ["What does it cost?", "It costs 100."]
        assert [one.outgoing for one in thread.messages] == [False, True]
        assert [one.sender.address for one in thread.messages] == [DANA, ANN]
        assert thread.messages[1].references == (first,)
        assert {one.thread_id for one in thread.messages} == {thread.id}
        assert thread.link.startswith("https://")

    def test_a_listed_thread_is_the_same_when_opened(self, stage: Stage) -> None:
        stage.mail(DANA, ANN, "Offer")
        mailbox = stage.open()
        (listed,) = list_all(mailbox, DANA)
        assert mailbox.thread(listed.id) == listed

    def test_words_narrow_the_list(self, stage: Stage) -> None:
        stage.mail(DANA, ANN, "Lunch", "about the pricing", minutes_ago=2)
        stage.mail(DANA, ANN, "Dinner", "about the weather", minutes_ago=1)
        assert subjects(list_all(stage.open(), DANA, words="pricing")) == ["Lunch"]
        assert list_all(stage.open(), DANA, words="pricing weather") == []

    @pytest.mark.parametrize(
        "words",
        [
            "in:anywhere",
            "OR from:eve",
            f"}} OR from:{EVE} {{",
            f"zebra OR from:{EVE}",
            f'" OR from:{EVE} OR "',
            f") OR ({EVE}",
            "-from:dana",
            "{secret dana}",
        ],
    )
    def test_no_words_reach_mail_of_others(self, stage: Stage, words: str) -> None:
        stage.mail(DANA, ANN, "Hers")
        stage.mail(EVE, ANN, "Secret zebra", "secret zebra")
        assert "Secret zebra" not in subjects(list_all(stage.open(), DANA, words=words))

    @pytest.mark.parametrize(
        "address",
        [
            f"{DANA} OR from:{EVE}",
            f"{DANA}}} from:{EVE}",
            f'"{EVE}" OR {DANA}',
            f"-{DANA}",
            "a(b)@partner.example",
            "",
            "dana",
        ],
    )
    def test_an_address_that_says_more_than_an_address_is_refused(self, stage: Stage, address: str) -> None:
        with pytest.raises(Refused):
            stage.open().threads_with([address], "", 20, None)

    def test_spam_trash_and_drafts_are_left_out(self, stage: Stage) -> None:
        first = stage.mail(DANA, ANN, "Kept", minutes_ago=5)
        stage.mail(DANA, ANN, "Spam", minutes_ago=4)
        stage.mail(DANA, ANN, "Trash", minutes_ago=3)
        stage.move("Spam", "spam")
        stage.move("Trash", "trash")
        stage.mail(DANA, ANN, "Re: Kept", "second", minutes_ago=1, answers=first)
        (kept,) = list_all(stage.open(), DANA)
        assert len(kept.messages) == 2

    def test_a_cursor_leads_through_all_pages_once(self, stage: Stage) -> None:
        expected = [f"Number {n}" for n in range(7)]
        for n, subject in enumerate(expected):
            stage.mail(DANA, ANN, subject, minutes_ago=n + 1)
        assert subjects(list_all(stage.open(), DANA, limit=3)) == expected

    def test_a_cursor_of_nowhere_has_expired(self, stage: Stage) -> None:
        stage.mail(DANA, ANN, "One")
        with pytest.raises(CursorExpired):
            stage.open().threads_with([DANA], "", 20, "no-cursor-of-this-provider")

    def test_nothing_found_is_an_empty_page(self, stage: Stage) -> None:
        page = stage.open().threads_with([DANA], "", 20, None)
        assert page.items == () and page.cursor is None

    def test_a_thread_that_is_gone_is_not_found(self, stage: Stage) -> None:
        stage.mail(DANA, ANN, "Here")
        mailbox = stage.open()
        (thread,) = list_all(mailbox, DANA)
        for unknown in ("0123456789abcdef", "no id at all", f"{thread.id}0"):
            with pytest.raises(NotFound):
                mailbox.thread(unknown)

    def test_a_thread_in_the_trash_is_not_found(self, stage: Stage) -> None:
        stage.mail(DANA, ANN, "Here")
        mailbox = stage.open()
        (thread,) = list_all(mailbox, DANA)
        stage.move("Here", "trash")
        with pytest.raises(NotFound):
            mailbox.thread(thread.id)

    def test_the_version_changes_with_the_thread_and_only_then(self, stage: Stage) -> None:
        first = stage.mail(DANA, ANN, "Offer", minutes_ago=5)
        mailbox = stage.open()
        before = list_all(mailbox, DANA)[0]
        assert list_all(mailbox, DANA)[0].version == before.version
        stage.mail(DANA, ANN, "Re: Offer", "more", answers=first)
        assert list_all(mailbox, DANA)[0].version != before.version

    def test_html_text_and_files_are_told_apart(self, stage: Stage) -> None:
        stage.mail(DANA, ANN, "Report", body=report())
        mailbox = stage.open()
        (message,) = list_all(mailbox, DANA)[0].messages
        assert message.html is not None and "<b>Grüße</b>" in message.html
        assert message.text is not None and "Grüße" in message.text
        assert [(one.name, one.type, one.inline) for one in message.attachments] == [
            ("logo.png", "image/png", True),
            ("Übersicht.pdf", "application/pdf", False),
        ]
        assert message.attachments[0].content_id == "logo@partner"

    def test_an_attachment_is_delivered_byte_by_byte_and_again(self, stage: Stage) -> None:
        stage.mail(DANA, ANN, "Report", body=report())
        mailbox = stage.open()
        (message,) = list_all(mailbox, DANA)[0].messages
        part = message.attachments[1].part
        for _ in range(2):
            stream = mailbox.attachment(message.id, part)
            chunks = list(stream.chunks)
            assert b"".join(chunks) == PDF
            assert len(chunks) > 1
            assert (stream.name, stream.type) == ("Übersicht.pdf", "application/pdf")

    def test_an_attachment_that_is_not_there_is_not_found(self, stage: Stage) -> None:
        stage.mail(DANA, ANN, "Report", body=report())
        mailbox = stage.open()
        (message,) = list_all(mailbox, DANA)[0].messages
        with pytest.raises(NotFound):
            mailbox.attachment(message.id, "7.7")
        with pytest.raises(NotFound):
            mailbox.attachment("0123456789abcdef", message.attachments[0].part)

    def test_own_addresses_are_the_login_and_what_was_verified(self, stage: Stage) -> None:
        own = [one.address for one in stage.open().own_addresses()]
        assert own[0] == ANN and SALES in own and UNVERIFIED not in own

    @pytest.mark.parametrize(
        ("status", "kind"), [(500, Unavailable), (503, Unavailable), (429, RateLimited), (404, NotFound)]
    )
    def test_a_failure_is_told_in_our_words(
        self, stage: Stage, status: int, kind: type[ProviderError]
    ) -> None:
        stage.mail(DANA, ANN, "Secret subject")
        mailbox = stage.open()
        stage.fail(status)
        with pytest.raises(kind) as failure:
            mailbox.threads_with([DANA], "secret", 20, None)
        told = repr(failure.value) + str(failure.value)
        assert DANA not in told and "secret" not in told.lower()
        assert failure.value.__cause__ is None and failure.value.__context__ is None

    def test_a_worthless_token_asks_to_connect_again(self, stage: Stage) -> None:
        stage.mail(DANA, ANN, "Here")
        mailbox = stage.open()
        stage.end_access()
        with pytest.raises(ReconnectRequired):
            mailbox.threads_with([DANA], "", 20, None)

    def test_reading_without_the_capability_names_it(self, stage: Stage) -> None:
        with pytest.raises(PermissionMissing) as failure:
            stage.open(Capability.READ).threads_with([DANA], "", 20, None)
        assert failure.value.capability == Capability.READ

    def test_the_search_link_names_person_and_account(self, stage: Stage) -> None:
        link = stage.open().search_link([DANA])
        assert link.startswith("https://") and "dana" in link and ANN in link


PNG = b"\x89PNG\r\n"
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 400


def report() -> EmailMessage:
    """A mail with everything: both bodies, a picture in the text, a file with a name from elsewhere."""
    message = EmailMessage()
    message.set_content("Grüße\n", charset="iso-8859-1")
    message.add_alternative('<p><b>Grüße</b> <img src="cid:logo@partner"></p>', subtype="html")
    html = message.get_body(("html",))
    assert isinstance(html, EmailMessage)
    html.add_related(PNG, "image", "png", cid="<logo@partner>", filename="logo.png", disposition="inline")
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="Übersicht.pdf")
    return message
