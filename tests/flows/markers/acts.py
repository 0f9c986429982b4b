"""Everything a member does, on a stage whose people and mail are marked; and everything that goes wrong."""

from datetime import timedelta

import requests

from sandbox.faults import Fault, Kind
from sandbox.slack.state import Message, View
from tests.browser_walk import Browser, sign_in
from tests.flows.accounts.walking import DIGITS, link_of, press_for, settings
from tests.flows.contacts.people import fill, open_form
from tests.flows.contacts.people import submit as submit_form
from tests.flows.inbox.reading import ask, open_thread
from tests.flows.inbox.test_files import page_of
from tests.flows.inbox.test_files import press as press_page
from tests.flows.markers.marks import Marks, letter
from tests.flows.markers.vendors import GMAIL, Vendor
from tests.flows.writing.post import SOON, open_new, open_reply, prepared, screen, send, submit
from tests.stage import Stage, texts

LATER = timedelta(minutes=4)


def listed(stage: Stage, marks: Marks, words: str = "") -> Message:
    """Ask for the conversations with the marked contact."""
    return ask(stage, stage.ann, f"/inbox {marks.address('contact')} {words}".strip())


# --- what goes well ---------------------------------------------------------------------------------------


def ask_before_anything_is_connected(stage: Stage, marks: Marks, vendor: Vendor = GMAIL) -> str:
    """Ask with words, connect from the answer, and go through the browser. Returns the six digits."""
    answer = listed(stage, marks, marks.words("wanted"))
    stage.press(stage.ann, answer, f"accounts.connect_{vendor.key}")
    page = sign_in(Browser(), link_of(stage.ann), marks.address("own"))
    stage.settle()
    assert page.name == "connect-digits", page.text
    return page.digits


def type_digits(stage: Stage, digits: str) -> None:
    """Type wrong digits, then the right ones, and look at what was wished for."""
    for typed in (f"{(int(digits) + 1) % 1_000_000:06d}", digits):
        stage.ann.fill(stage.ann.window(), DIGITS, typed)
        submitted = stage.ann.submit()
        stage.settle()
    assert submitted.accepted, submitted
    stage.press(stage.ann, stage.ann.window(), "accounts.show_wish")
    stage.ann.close()


def opened(stage: Stage, marks: Marks) -> View:
    """List, and open a conversation."""
    return open_thread(stage, stage.ann, listed(stage, marks), "Prices 1")


def page_of_a_file(stage: Stage, marks: Marks) -> str:
    """Open a conversation and get the page of its file."""
    return page_of(stage, opened(stage, marks), f"{marks.words('file')}.pdf")


def read(stage: Stage, marks: Marks) -> None:
    """List with and without words, open, unfold, fetch the file, look at Home."""
    press_for(stage, settings(stage), "accounts.addresses", f"Addresses of {marks.address('own')}")
    stage.ann.close()
    assert marks.words("subject") in texts(listed(stage, marks, marks.words("body")).blocks)
    url = page_of_a_file(stage, marks)
    assert marks.words("body") in texts(stage.ann.window().blocks)
    with requests.Session() as browser:
        file = press_page(browser, url, browser.get(url, timeout=30))
        assert marks.words("content") in file.text
        assert browser.get(url, timeout=30).status_code == 410
    stage.ann.close()


def add_contact(stage: Stage, marks: Marks) -> None:
    """Add the contact with everything that can be typed, look at the record, and find them again."""
    form = open_form(stage, stage.ann, marks.address("contact"))
    said = {one: marks.name(one) for one in ("company", "title", "phone", "notes")}
    fill(stage.ann, form, name=f"Tom {marks.name('contact')}", **said)
    assert submit_form(stage, stage.ann).accepted
    stage.ann.close()
    assert marks.words("subject") in texts(ask(stage, stage.ann, f"/inbox {marks.name('contact')}").blocks)
    ask(stage, stage.ann, f"/inbox {marks.name('nobody')}")
    stage.ann.open_home()
    stage.settle()


def keep_settings(stage: Stage, marks: Marks) -> None:
    """Name an own address, type a signature, and switch preview lines on."""
    own = marks.address("own")
    press_for(stage, settings(stage), "accounts.addresses", f"Addresses of {own}")
    stage.ann.fill(stage.ann.window(), "accounts.address", marks.address("claimed"))
    assert stage.ann.submit().accepted
    stage.ann.close()
    press_for(stage, settings(stage), "accounts.writing", f"Edit signature and quoting of {own}")
    stage.ann.fill(stage.ann.window(), "accounts.signature", f"Ann {marks.words('signature')}")
    assert stage.ann.submit().accepted
    stage.settle()
    stage.ann.press(settings(stage), "accounts.previews", value=["shown"])
    stage.settle()


def write(stage: Stage, marks: Marks) -> None:
    """Reply, write anew, save a draft, allowing that where it was not asked for before."""
    reply(stage, marks)
    assert "Sent " in screen(send(stage, f"Answer {marks.words('reply')}"))
    stage.ann.close()
    window = open_new(stage, marks.address("contact"))
    stage.ann.fill(window, "subject", f"New {marks.words('new')}")
    stage.ann.fill(window, "text", f"Draft {marks.words('draft')}")
    stage.press(stage.ann, window, "inbox.save_draft")
    if "not allowed to save drafts" in screen(window):
        stage.press(stage.ann, window, "accounts.allow")
        sign_in(Browser(), link_of(stage.ann), marks.address("own"))
        stage.settle()
        stage.ann.close()
        stage.press(stage.ann, window, "inbox.save_draft")
    assert "Saved as a draft" in screen(window)
    assert "Sent " in screen(send(stage, f"Text {marks.words('text')}"))
    stage.ann.close()


def reply(stage: Stage, marks: Marks) -> View:
    """Open Write for the newest conversation."""
    return open_reply(stage, marks.address("contact"))


# --- what goes wrong --------------------------------------------------------------------------------------


def fail_to_send(stage: Stage, marks: Marks, vendor: Vendor) -> None:
    """Lose the answer, be refused, be throttled, find nobody there, and stay uncertain."""
    for kind, status, ends in vendor.failures:
        reply(stage, marks)
        stage.faults.add(Fault(vendor.service, kind, vendor.sending, status=status or 503, retry_after=20))
        shown = send(stage, f"Trouble {marks.words('trouble')}")
        for _ in range(3):
            stage.later(LATER)
        assert ends in screen(shown), (kind, status, screen(shown))
        stage.ann.close()
    _uncertain(stage, marks, vendor)
    stage.ann.open_home()
    stage.settle()


def _uncertain(stage: Stage, marks: Marks, vendor: Vendor) -> None:
    reply(stage, marks)
    stage.faults.add(Fault(vendor.service, Kind.RESET_BEFORE, vendor.sending))
    shown = send(stage, f"Unsure {marks.words('unsure')}")
    if vendor is GMAIL:
        _lose_draft(stage, marks.address("own"))
    for _ in range(3):
        stage.later(LATER)
    assert "Not certain." in screen(shown)
    stage.press(stage.ann, shown, "inbox.check_again")
    stage.later(SOON)
    stage.ann.close()


def _lose_draft(stage: Stage, own: str) -> None:
    """Delete what was prepared, as its owner can in Gmail: it would go out otherwise."""
    filed, mailbox = prepared(stage, own), stage.mailbox(own)
    known = stage.google.gmail.state.drafts(mailbox.person)
    for draft in [draft for draft, message in known.items() if message == filed.id]:
        del known[draft]
    mailbox.remove(filed.id)


def fail_to_read(stage: Stage, marks: Marks, vendor: Vendor) -> None:
    """Let the provider and Slack fail in each way while somebody lists, opens and fetches."""
    answer = listed(stage, marks)
    for kind, status in (
        *((Kind.STATUS, status) for status in (400, 401, 403, 404, 429, 500, 503)),
        (Kind.RESET_BEFORE, 503),
        (Kind.RESET_AFTER, 503),
    ):
        letter(stage, marks, status + (kind is not Kind.STATUS))
        for path in vendor.reading:
            times = 1 if status == 401 else 2  # refused twice, the access counts as ended
            stage.faults.add(Fault(vendor.service, kind, path, times=times, status=status, retry_after=60))
            listed(stage, marks, marks.words("failing"))
            stage.press(stage.ann, answer, "inbox.older" if _has(answer, "inbox.older") else "inbox.search")
            stage.faults.clear(vendor.service)
        if stage.ann.windows():
            stage.ann.close()
    for path in ("/api/views", "/api/chat", "/api/users", "/commands/", "/actions/"):
        for kind in (Kind.STATUS, Kind.RESET_AFTER):
            stage.faults.add(Fault("slack", kind, path, times=1, status=503))
            stage.type(stage.ann, f"/inbox {marks.address('contact')} {marks.words('slackless')}")
            stage.ann.command("general", "/inbox")
            stage.settle()
            stage.faults.clear("slack")
            while stage.ann.windows():
                stage.ann.close()


def _has(message: Message, action_id: str) -> bool:
    return action_id in str(message.blocks)


def lose_and_reconnect(stage: Stage, marks: Marks, vendor: Vendor) -> None:
    """Have the access taken back while a message waits, hear of it, and connect again."""
    reply(stage, marks)
    assert submit(stage, f"Waiting {marks.words('waiting')}").accepted
    vendor.end_access(stage, marks.address("own"))
    stage.later(SOON)
    listed(stage, marks)
    stage.ann.close()
    told = next(one for one in stage.ann.dm() if "accounts.reconnect" in str(one.blocks))
    stage.press(stage.ann, told, "accounts.reconnect")
    sign_in(Browser(), link_of(stage.ann), marks.address("own"))
    stage.settle()
    stage.ann.close()
    assert marks.words("subject") in texts(listed(stage, marks).blocks)


def disconnect(stage: Stage, marks: Marks) -> None:
    """Let the mailbox go."""
    own = marks.address("own")
    press_for(stage, settings(stage), "accounts.disconnect", f"Disconnect {own}")
    assert stage.ann.submit().accepted
    stage.later(SOON)
    assert "Disconnected" in screen(stage.ann.window())
