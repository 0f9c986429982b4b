import io
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sandbox.seed.mbox import MboxFile, write_mbox
from sandbox.seed.own_mail import NoMail, OwnMail, load_mbox
from sandbox.world import World
from tests.sandbox.seed.place import ANN, NOON

FIRST = """From me@home.example Mon Nov  2 10:00:00 2026
From: Kim <kim@work.example>
To: Jo <jo@home.example>
Subject: One
Date: Mon, 2 Nov 2026 10:00:00 +0000
Message-ID: <1@work.example>

Hello.
>From here on it is quoted.
>>From twice.

From now on I write a word that looks like a beginning.
"""
SECOND = """From - Tue Nov  3 10:00:00 2026
From: Jo <jo@home.example>
To: Kim <kim@work.example>
Subject: Re: One
Date: Tue, 3 Nov 2026 10:00:00 +0000
Message-ID: <2@home.example>
In-Reply-To: <1@work.example>

Thanks.
"""


def load(path: Path, member: str | None = None) -> tuple[World, OwnMail]:
    world = World(lambda: NOON)
    return world, load_mbox(world, path, member)


def stored(folder: Path, text: str | bytes, name: str = "mail.mbox") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mbox") / "large.mbox"
    with path.open("wb") as out:
        write_mbox(out, 3000, now=NOON)
    return path


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_messages_are_found_between_lines_that_only_look_like_a_beginning(
    tmp_path: Path, newline: str
) -> None:
    path = stored(tmp_path, f"{FIRST}\n{SECOND}".replace("\n", newline))
    file = MboxFile(path)
    texts = [file.message(span).decode() for span in file.spans]
    assert len(texts) == 2
    assert "\nFrom here on it is quoted." in texts[0].replace("\r", "")
    assert "\n>From twice." in texts[0].replace("\r", "")
    assert texts[1].rstrip().endswith("Thanks.")


def test_a_program_that_forgets_the_empty_line_is_read_as_well(tmp_path: Path) -> None:
    assert len(MboxFile(stored(tmp_path, FIRST + SECOND)).spans) == 2


def test_the_member_is_whom_most_messages_have_in_common(tmp_path: Path) -> None:
    third = FIRST.replace("Kim <kim@work.example>", "Lou <lou@far.example>").replace("<1@", "<3@")
    world, own = load(stored(tmp_path, f"{FIRST}\n{SECOND}\n{third}"))
    assert (own.member.name, own.member.address) == ("Jo", "jo@home.example")
    assert own.messages == 3
    assert world.mailbox("jo@home.example").thread_count() == 2


def test_a_member_who_is_named_is_believed(tmp_path: Path) -> None:
    _, own = load(stored(tmp_path, f"{FIRST}\n{SECOND}"), "Kim@work.example")
    assert own.member.address == "kim@work.example"


def test_what_the_member_wrote_is_filed_as_sent_and_both_sides_have_it(tmp_path: Path) -> None:
    world, own = load(stored(tmp_path, f"{FIRST}\n{SECOND}"), "jo@home.example")
    newest, oldest = world.mailbox(own.member.address).messages()
    assert newest.labels == {"SENT"}
    assert oldest.labels == {"INBOX"}
    assert newest.thread_id == oldest.thread_id
    assert [one.labels for one in world.mailbox("kim@work.example").messages()] == [{"INBOX"}, {"SENT"}]


def test_labels_and_aliases_of_an_export_are_understood(tmp_path: Path) -> None:
    sent = SECOND.replace(
        "From: Jo <jo@home.example>", "X-Gmail-Labels: Sent,Opened\nFrom: Jo <jo@alias.example>"
    )
    spam = FIRST.replace("From: Kim", "X-Gmail-Labels: Spam,Unread\nFrom: Kim")
    chat = FIRST.replace("From: Kim", "X-Gmail-Labels: Chat\nFrom: Kim")
    text = "\n".join([FIRST, sent, sent.replace("<2@", "<4@"), spam, chat])
    world, own = load(stored(tmp_path, text), "jo@home.example")
    assert [one.address for one in own.member.send_as] == ["jo@alias.example"]
    labels = [one.labels for one in world.mailbox("jo@home.example").messages()]
    assert {"SPAM", "UNREAD"} in labels
    assert (own.messages, own.broken) == (4, 1)


def test_an_export_in_another_language_is_filed_in_the_same_places(tmp_path: Path) -> None:
    label = "=?UTF-8?Q?Gesendet,Ge=C3=B6ffnet,Familie?="
    sent = SECOND.replace("From: Jo", f"X-Gmail-Labels: {label}\nFrom: Jo")
    world, _ = load(stored(tmp_path, f"{FIRST}\n{sent}"), "jo@home.example")
    assert world.mailbox("jo@home.example").messages()[0].labels == {"SENT", "Familie"}


def test_what_thunderbird_deleted_is_in_the_trash(tmp_path: Path) -> None:
    deleted = FIRST.replace("From: Kim", "X-Mozilla-Status: 0009\nFrom: Kim")
    world, _ = load(stored(tmp_path, deleted), "jo@home.example")
    assert world.mailbox("jo@home.example").messages()[0].labels == {"TRASH"}


def test_broken_messages_are_counted_and_the_others_served(tmp_path: Path) -> None:
    nonsense = b"From x Mon Nov  2 10:00:00 2026\nSubject: =?utf-8?B?////=?= \xff\xfe\n"
    nonsense += (
        b'From: =?no-such-charset?Q?=FF?= <,;:"\nDate: 32 Foo 99999\nReferences: <<<>>> <a\n\n\x00\xff\n'
    )
    no_head = b"From x Mon Nov  2 10:00:00 2026\nonly: \n\n"
    bomb = (
        b"From x Mon Nov  2 10:00:00 2026\n"
        + b"X-Bomb: "
        + b"A" * 3_000_000
        + b"\nTo: "
        + b"<" * 60_000
        + b"\n\nx\n"
    )
    text = f"{FIRST}\n".encode() + b"\n".join([nonsense, no_head, bomb]) + f"\n{SECOND}".encode()
    world, own = load(stored(tmp_path, text), "jo@home.example")
    assert own.messages + own.broken == 5
    subjects = [one.raw.subject for one in world.mailbox("jo@home.example").messages()]
    assert {"One", "Re: One"} <= set(subjects)


def test_a_message_from_the_future_counts_as_of_now(tmp_path: Path) -> None:
    late = FIRST.replace("2 Nov 2026 10:00:00", "2 Nov 2099 10:00:00")
    world, _ = load(stored(tmp_path, late), "jo@home.example")
    assert world.mailbox("jo@home.example").messages()[0].at == NOON


@pytest.mark.parametrize("text", ["", "\n\n", "This is not mail.\n", "From nobody\n"])
def test_a_file_without_mail_is_refused_in_words(tmp_path: Path, text: str) -> None:
    with pytest.raises(NoMail, match=r"mail\.mbox holds no mail"):
        load(stored(tmp_path, text))


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(NoMail, match=r"no file gone\.mbox"):
        load(tmp_path / "gone.mbox")


@pytest.mark.parametrize("count", [1, 40, 300])
def test_a_written_mailbox_holds_exactly_as_many_messages_as_asked(tmp_path: Path, count: int) -> None:
    out = io.BytesIO()
    write_mbox(out, count, now=NOON)
    _, own = load(stored(tmp_path, out.getvalue()))
    assert (own.messages, own.broken) == (count, 0)


def test_equal_seeds_write_equal_mailboxes_and_others_do_not() -> None:
    written = []
    for seed in (1, 1, 2):
        out = io.BytesIO()
        write_mbox(out, 50, seed=seed, now=datetime(2026, 11, 20, tzinfo=UTC))
        written.append(out.getvalue())
    assert written[0] == written[1]
    assert written[0] != written[2]


def test_three_thousand_messages_are_served_to_their_owner_in_threads(large: Path) -> None:
    world, own = load(large)
    assert (own.member.name, own.member.address) == ("Ann Lee", ANN)
    assert (own.messages, own.broken) == (3000, 0)
    mailbox = world.mailbox(ANN)
    assert 900 < mailbox.thread_count() < 2500
    with_dana = [one for one in mailbox.messages() if "dana@northwind.example" in one.raw.first("From")]
    assert with_dana
    assert all(len(mailbox.thread(one.thread_id)) >= 1 for one in with_dana)


def test_a_large_mailbox_stays_on_disk(tmp_path: Path) -> None:
    body = "\n".join(["a line of a long letter"] * 20_000)
    entries = (
        FIRST.replace("<1@", f"<{number}@")
        .replace("Hello.", body)
        .replace("Subject: One", f"Subject: {number}")
        for number in range(60)
    )
    path = stored(tmp_path, "\n".join(entries))
    assert path.stat().st_size > 25_000_000
    tracemalloc.start()
    world, _ = load(path, "jo@home.example")
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(world.mailbox("jo@home.example").messages()) == 60
    assert held < 3_000_000
    assert peak < 8_000_000
