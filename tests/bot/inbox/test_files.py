"""`python app.py read`: files, folders and mailbox files, as a member would see them."""

import io
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot.inbox.files import read_paths
from tests.bot.inbox.rich_text import complaints
from tests.providers.content.corpus import CORPUS, corpus_files

MAIL = (
    b"From: Dana Fox <dana@brightfield.example>\nTo: ann@northwind.example\nSubject: Thursday\n\n"
    b"Thursday suits us.\n"
)


def read(*paths: Path) -> tuple[int, list[dict[str, Any]]]:
    out = io.StringIO()
    code = read_paths([str(path) for path in paths], True, out, io.StringIO())
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_file_gives_one_line_with_everything_a_member_would_see(tmp_path: Path) -> None:
    mail = tmp_path / "one.eml"
    mail.write_bytes(MAIL)
    code, (shown,) = read(mail)
    assert code == 0
    assert {name: shown[name] for name in ("from", "to", "subject", "text", "quoted", "signature")} == {
        "from": "Dana Fox <dana@brightfield.example>",
        "to": ["ann@northwind.example"],
        "subject": "Thursday",
        "text": "Thursday suits us.",
        "quoted": "",
        "signature": "",
    }
    assert shown["file"] == str(mail)
    assert shown["attachments"] == []
    assert complaints(shown["blocks"]) == []


def test_attachments_are_listed_with_name_type_and_size() -> None:
    _, (shown,) = read(CORPUS / "mails" / "parts-nested-three-deep.eml")
    assert shown["attachments"] == [
        {"name": "plan.png", "type": "image/png", "size": 48},
        {"name": "offer.pdf", "type": "application/pdf", "size": 8},
    ]


def test_a_folder_is_read_through_in_order(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    for name in ("b.eml", "a.eml", "inner/c.eml"):
        (tmp_path / name).write_bytes(MAIL)
    (tmp_path / "notes.txt").write_text("not a mail")
    _, shown = read(tmp_path)
    assert [Path(line["file"]).name for line in shown] == ["a.eml", "b.eml", "c.eml"]


def test_a_mailbox_file_gives_a_line_for_each_message_and_undoes_its_quoting(tmp_path: Path) -> None:
    box = tmp_path / "box.mbox"
    separator = b"From dana@brightfield.example Mon Mar  2 10:00:00 2026\n"
    box.write_bytes(separator + MAIL + b">From here on it is quiet.\n\n" + separator + MAIL)
    _, shown = read(box)
    assert [line["file"] for line in shown] == [f"{box}#1", f"{box}#2"]
    assert shown[0]["text"] == "Thursday suits us.\nFrom here on it is quiet."


def test_a_sentence_that_begins_with_from_parts_no_messages(tmp_path: Path) -> None:
    box = tmp_path / "box.mbox"
    separator = b"From dana@brightfield.example Mon Mar  2 10:00:00 2026\n"
    box.write_bytes(separator + MAIL + b"\nFrom 10:30 on it is quiet.\n" + separator + MAIL)
    _, shown = read(box)
    assert [line["text"] for line in shown] == [
        "Thursday suits us.\n\nFrom 10:30 on it is quiet.",
        "Thursday suits us.",
    ]


def test_a_mailbox_file_of_a_separator_alone_says_that_it_holds_nothing(tmp_path: Path) -> None:
    box = tmp_path / "box.mbox"
    box.write_bytes(b"From dana@brightfield.example Mon Mar  2 10:00:00 2026\n")
    _, shown = read(box)
    assert [set(line) for line in shown] == [{"file", "error"}]


def test_a_folder_without_mail_says_so(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no mail")
    code, [shown] = read(tmp_path)
    assert "No mail was found in this folder" in shown["error"]
    assert code == 1


def test_names_of_files_are_text_that_any_program_takes(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"a\xff\x1b[31m\n.eml")).write_bytes(MAIL)
    _, [shown] = read(tmp_path)
    assert shown["file"] == f"{tmp_path}/a\ufffd[31m .eml"


def test_a_pipe_is_read_as_a_file_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(pipe.write_bytes, MAIL)
        _, [shown] = read(pipe)
    assert shown["text"] == "Thursday suits us."


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    mail = tmp_path / "a.eml"
    mail.write_bytes(MAIL)
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "app.py", "read", str(mail)],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert ended.returncode == 1
    assert ended.stderr == "The result could not be written: No space left on device. No mail was changed.\n"


def test_a_broken_message_says_so_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"")
    (tmp_path / "b.eml").write_bytes(MAIL)
    code, shown = read(tmp_path)
    assert ("error" in shown[0], shown[1]["text"]) == (True, "Thursday suits us.")
    assert code == 1


def test_bytes_that_are_no_mail_say_so(tmp_path: Path) -> None:
    (tmp_path / "picture.eml").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00" + bytes(range(256)))
    _, (shown,) = read(tmp_path)
    assert shown["error"] == "This is not a mail message: it has no headers and no text."


def test_a_text_that_is_no_mail_says_so_and_a_mail_without_headers_shows_its_text(tmp_path: Path) -> None:
    for name in ("list.txt", "notes.md", "bare.eml"):
        (tmp_path / name).write_text("Shopping list\n\nmilk\nbread: two\n")
    error = "This is not a mail message: it has none of the headers of one."
    for name in ("list.txt", "notes.md"):
        _, (shown,) = read(tmp_path / name)
        assert shown["error"] == error
    _, (shown,) = read(tmp_path / "bare.eml")
    assert "milk" in shown["text"]


def test_every_file_of_a_maildir_is_mail(tmp_path: Path) -> None:
    (tmp_path / "cur").mkdir()
    (tmp_path / "cur" / "1772.M1P2.host:2,S").write_bytes(MAIL)
    _, (shown,) = read(tmp_path)
    assert shown["text"] == "Thursday suits us."


def test_a_path_that_is_not_there_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "b.eml").write_bytes(MAIL)
    code, shown = read(tmp_path / "missing.eml", tmp_path / "b.eml")
    assert "could not be read" in shown[0]["error"]
    assert shown[1]["text"] == "Thursday suits us."
    assert code == 1


def test_an_invitation_without_words_shows_what_and_when() -> None:
    _, (shown,) = read(CORPUS / "mails" / "meeting-whole-days.eml")
    assert shown["text"] == "Invitation: Fair\nWhen: Thursday 5 March 2026 – Saturday 7 March 2026"


@pytest.mark.parametrize("mail", corpus_files(), ids=lambda mail: mail.stem)
def test_every_mail_of_the_corpus_draws_blocks_that_slack_takes(mail: Path) -> None:
    _, (shown,) = read(mail)
    assert "error" not in shown
    assert complaints(shown["blocks"]) == []


def test_the_command_needs_no_settings(tmp_path: Path) -> None:
    (tmp_path / "b.eml").write_bytes(MAIL)
    app = Path(__file__).parents[3] / "app.py"
    run = subprocess.run(
        [sys.executable, str(app), "read", "--json", "b.eml"],
        cwd=tmp_path,
        env={},
        capture_output=True,
        check=True,
    )
    assert json.loads(run.stdout)["text"] == "Thursday suits us."


def test_for_a_person_the_words_stand_below_the_headers(tmp_path: Path) -> None:
    out = io.StringIO()
    read_paths([str(CORPUS / "mails" / "gmail-en.eml")], False, out, io.StringIO())
    assert "Subject: Re: Thursday\n\nHello Ann,\n\nThursday at ten suits us well." in out.getvalue()
    assert "[Quoted text, folded: 3 lines]" in out.getvalue()
