"""`app.py classify` and `app.py discover` on files, as an operator meets them."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from bot.discovery.files import classify_paths, discover_paths
from tests.bot.discovery.given import ME, NOW, TOM

APP = Path(__file__).resolve().parents[3] / "app.py"
DATE = "Thu, 19 Nov 2026 09:00:00 +0000"
OLD = "Thu, 19 Mar 2026 09:00:00 +0000"


def eml(sender: str, to: str, *headers: str, number: str = "1", date: str = DATE) -> bytes:
    lines = [
        f"From: {sender}", f"To: {to}", "Subject: Prices", f"Date: {date}",
        f"Message-ID: <{number}@x.example>",
        *headers, "", "Hi", "",
    ]  # fmt: skip
    return "\r\n".join(line for line in lines if line != "Date: ").encode()


def write(folder: Path, **mails: bytes) -> Path:
    for name, data in mails.items():
        (folder / f"{name}.eml").write_bytes(data)
    return folder


def discovered(*paths: Path, me: str = ME) -> dict[str, Any]:
    out, err = StringIO(), StringIO()
    discover_paths([str(path) for path in paths], frozenset(me.split(",")), NOW, True, out, err)
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


def found(*paths: Path, me: str = ME) -> list[str]:
    return [one["email"] for one in discovered(*paths, me=me)["found"]]


def reasons(told: dict[str, Any]) -> dict[str, list[str]]:
    return {one["email"]: one["reasons"] for one in told["skipped"]}


def test_classify_writes_a_line_for_every_message(tmp_path: Path) -> None:
    write(tmp_path, a=eml("Tom <tom@abel.example>", ME), b=eml("no-reply@abel.example", ME), c=b"")
    (tmp_path / "d.eml").write_bytes(b"\xff\x00 nothing of a mail")
    out = StringIO()
    assert classify_paths([str(tmp_path)], True, out) == 1  # two of them could not be read
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [Path(line["file"]).name for line in lines] == ["a.eml", "b.eml", "c.eml", "d.eml"]
    assert [line["automated"] for line in lines] == [False, True, False, False]
    assert [line["reasons"] for line in lines[:3]] == [[], ["no_reply"], ["unreadable"]]
    assert set(lines[0]) == {"file", "automated", "reasons"}


def test_discover_says_what_it_could_not_read_and_ends_with_one(tmp_path: Path) -> None:
    write(tmp_path, a=eml(TOM, ME))
    out, err = StringIO(), StringIO()
    assert discover_paths([str(tmp_path)], frozenset({ME}), NOW, True, out, err) == 0
    write(tmp_path, b=b"")
    assert discover_paths([str(tmp_path)], frozenset({ME}), NOW, True, out, err) == 1
    assert err.getvalue() == f"{tmp_path / 'b.eml'}: The file is empty.\n"


def test_classify_says_the_same_in_words(tmp_path: Path) -> None:
    write(tmp_path, a=eml("no-reply@abel.example", ME), b=eml(TOM, ME, "List-Post: <mailto:x@lists.example>"))
    out = StringIO()
    classify_paths([str(tmp_path)], False, out)
    assert "a.eml: machine (An address that takes no answers.)" in out.getvalue()
    assert "b.eml: person (Came through a mailing list or a group.)" in out.getvalue()


def test_a_missing_path_is_said_and_the_rest_is_done(tmp_path: Path) -> None:
    write(tmp_path, a=eml(TOM, ME))
    out = StringIO()
    assert classify_paths([str(tmp_path / "gone.eml"), str(tmp_path)], False, out) == 1
    assert "could not be read" in out.getvalue()
    assert "a.eml: person" in out.getvalue()


def test_nothing_in_a_folder_is_passed_over_in_silence(tmp_path: Path) -> None:
    write(tmp_path, a=eml("Tom <tom@abel.example>", ME))
    (tmp_path / "gone.eml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "round.eml").symlink_to(tmp_path / "round.eml")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "loop").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(tmp_path / "pipe.eml")  # would be waited for until somebody writes into it
    out = StringIO()
    assert classify_paths([str(tmp_path)], True, out) == 1
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [Path(line["file"]).name for line in lines] == ["a.eml", "gone.eml", "round.eml", "loop"]
    assert [line["reasons"] for line in lines] == [[], *[["unreadable"]] * 3]
    assert all(line["error"].startswith("The file could not be read: ") for line in lines[1:3])
    assert lines[3]["error"].startswith("The link to a folder was not followed.")


def test_a_folder_that_may_not_be_opened_is_said() -> None:
    out = StringIO()
    me = os.geteuid()
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        closed = Path(name) / "closed"
        closed.mkdir(mode=0)
        if me == 0:
            os.seteuid(65534)  # root may open every folder
        try:
            code = classify_paths([name], True, out)
        finally:
            os.seteuid(me)
            closed.chmod(0o700)
    line = json.loads(out.getvalue())
    assert (code, line["file"], line["reasons"]) == (1, str(closed), ["unreadable"])
    assert line["error"] == "The folder could not be read: Permission denied."


def test_discover_finds_whom_i_wrote_to_and_says_why_not_the_others(tmp_path: Path) -> None:
    write(
        tmp_path,
        a=eml("Abel, Tom <tom@abel.example>", ME, "In-Reply-To: <2@x.example>", number="1"),
        b=eml(ME, TOM, number="2", date=OLD),
        c=eml("Eve <eve@marsh.example>", ME, number="3"),
        d=eml("no-reply@shop.example", ME, number="4"),
        e=eml("ben@northwind.example", ME, number="5"),
    )
    told = discovered(tmp_path)
    assert told["scanned"] == 5
    assert told["found"] == [
        {
            "email": TOM,
            "name": "Tom Abel",
            "conversations": 1,
            "last_activity": "2026-11-19T09:00:00+00:00",
            "strength": 19,
        }
    ]
    assert reasons(told) == {
        "eve@marsh.example": ["one_way"],
        "no-reply@shop.example": ["no_reply"],
        "ben@northwind.example": ["colleague"],
    }


def test_an_mbox_and_a_folder_say_the_same(tmp_path: Path) -> None:
    mails = [eml("Tom <tom@abel.example>", ME), eml(ME, TOM, number="2")]
    (tmp_path / "all.mbox").write_bytes(
        b"".join(b"From x@y.example Thu Nov 19 09:00:00 2026\r\n" + m + b"\r\n" for m in mails)
    )
    folder = tmp_path / "folder"
    folder.mkdir()
    write(folder, a=mails[0], b=mails[1])
    assert discovered(tmp_path / "all.mbox") == discovered(folder)


def test_what_the_export_files_as_sent_is_mine_whatever_from_says(tmp_path: Path) -> None:
    mails = tmp_path / "one"
    (mails / "Sent").mkdir(parents=True)
    write(mails, a=eml("Tom <tom@abel.example>", ME))
    write(mails / "Sent", b=eml("ann@old.example", TOM, number="2"))
    assert found(mails) == [TOM]
    labelled = tmp_path / "two"
    labelled.mkdir()
    write(
        labelled,
        a=eml("Tom <tom@abel.example>", ME, "X-Gmail-Labels: Inbox"),
        b=eml("ann@old.example", TOM, "X-Gmail-Labels: Sent,Opened", number="2"),
    )
    assert found(labelled) == [TOM]


@pytest.mark.parametrize(
    "trace",
    [
        "Return-Path: <eve@evil.example>",
        "Authentication-Results: mx.northwind.example; dkim=none; spf=fail; dmarc=fail",
        "List-Post: <mailto:coffee@lists.example>",
    ],
)
def test_from_is_not_believed_of_a_mail_that_came_from_elsewhere(tmp_path: Path, trace: str) -> None:
    write(tmp_path, a=eml("Tom <tom@abel.example>", ME), b=eml(ME, TOM, trace, number="2"))
    assert found(tmp_path) == []
    write(tmp_path, b=eml(ME, TOM, f"Return-Path: <{ME}>", number="2"))
    assert found(tmp_path) == [TOM]


def test_a_maildir_is_read_with_its_sent_folder(tmp_path: Path) -> None:
    for folder, data in (("cur", eml("Tom <tom@abel.example>", ME)), (".Sent/cur", eml(ME, TOM, number="2"))):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "1700000000.M1P2.host:2,S").write_bytes(data)
    assert found(tmp_path) == [TOM]


def test_spam_trash_and_drafts_are_looked_past(tmp_path: Path) -> None:
    for label in ("Spam", "Trash", "Drafts"):
        write(
            tmp_path,
            a=eml("Tom <tom@abel.example>", ME),
            b=eml(ME, TOM, f"X-Gmail-Labels: {label},Sent", number="2"),
        )
        assert found(tmp_path) == []


def test_a_mail_that_lies_there_twice_counts_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        a=eml("Tom <tom@abel.example>", ME),
        b=eml("Tom <tom@abel.example>", ME),
        c=eml(ME, TOM, number="2"),
    )
    told = discovered(tmp_path)
    assert told["scanned"] == 3
    assert told["found"][0]["conversations"] == 2
    assert told["found"][0]["strength"] == 26  # one turn in two conversations


def test_conversations_are_tied_by_what_mails_answer(tmp_path: Path) -> None:
    write(
        tmp_path,
        a=eml(ME, TOM, number="q1"),
        b=eml(TOM, ME, "References: <q1@x.example>", number="a1"),
        c=eml(ME, TOM, "In-Reply-To: <a1@x.example>", number="q2"),
        d=eml(TOM, ME, number="other"),
    )
    assert discovered(tmp_path)["found"][0]["conversations"] == 2


def test_several_own_addresses_are_one_me(tmp_path: Path) -> None:
    write(tmp_path, a=eml(TOM, "ann@home.example"), b=eml("ann@home.example", TOM, number="2"))
    assert found(tmp_path, me=f"{ME},ann@home.example") == [TOM]
    assert found(tmp_path) == []


def test_mail_without_a_date_is_left_for_review(tmp_path: Path) -> None:
    write(tmp_path, a=eml(TOM, ME, date=""), b=eml(ME, TOM, number="2"))
    assert reasons(discovered(tmp_path)) == {TOM: ["undated"]}


def test_broken_mail_is_passed_over(tmp_path: Path) -> None:
    write(
        tmp_path,
        a=eml(TOM, ME),
        b=eml(ME, TOM, number="2"),
        c=b"",
        d=b"\x00\xff: \r\n\r\n",
        e=b"From: =?x?b?\xff?= <<>>\r\n",
    )
    assert found(tmp_path) == [TOM]


def run(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(APP), *words],
        cwd=folder, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_both_commands_need_no_settings(tmp_path: Path) -> None:
    write(tmp_path, a=eml("Tom <tom@abel.example>", ME), b=eml(ME, TOM, number="2"))
    told = run("discover", ".", "--me", ME, "--now", "2026-11-20", "--json", folder=tmp_path)
    assert (told.returncode, told.stderr) == (0, "")
    assert [one["email"] for one in json.loads(told.stdout)["found"]] == [TOM]
    told = run("classify", "a.eml", "--json", folder=tmp_path)
    assert json.loads(told.stdout) == {"file": "a.eml", "automated": False, "reasons": []}


def test_a_page_for_people_says_who_and_why(tmp_path: Path) -> None:
    write(
        tmp_path,
        a=eml("Tom <tom@abel.example>", ME),
        b=eml(ME, TOM, number="2"),
        c=eml("eve@marsh.example", ME, number="3"),
    )
    done = run("discover", ".", "--me", ME, "--now", "2026-11-20T09:00:00Z", folder=tmp_path)
    assert done.stderr == ""
    told = done.stdout
    assert "3 messages looked at. 1 person found." in told
    assert "Tom <tom@abel.example>: Now and then (26), 2 conversations, yesterday" in told
    assert "eve@marsh.example: Wrote to you, and you never wrote to them." in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--me", "nobody"], "complete email address"),
        (["--me", ""], "--me wants the addresses"),
        (["--me", ME, "--now", "soon"], "--now wants a date"),
    ],
)
def test_what_cannot_be_understood_is_said_in_one_line(tmp_path: Path, words: list[str], said: str) -> None:
    told = run("discover", ".", *words, folder=tmp_path)
    assert told.returncode == 2
    assert said in told.stderr
    assert told.stderr.count("\n") == 1
