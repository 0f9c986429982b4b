"""A draft needs one permission more: asked for at that moment, and nothing typed is lost."""

from sandbox.mail.mailbox import DRAFT
from sandbox.microsoft.directory import Policy
from sandbox.microsoft.walk import StoppedByMicrosoft
from sandbox.slack.state import View
from tests.browser_walk import Browser
from tests.flows.accounts.walking import connected, link_of, query_of, shown
from tests.flows.inbox.reading import add_contact, ask, row_of, subjects
from tests.flows.outlook.given import ANN, CLEO, OutlookStage, connect, sign_in
from tests.flows.writing.post import open_reply, part, read, screen

TEXT = "Let me think about Friday."


def wants_draft(stage: OutlookStage) -> View:
    """Type an answer and press Save draft."""
    window = stage.cleo.window()
    stage.cleo.fill(window, "text", TEXT)
    stage.press(stage.cleo, window, "inbox.save_draft")
    return stage.cleo.window()


def drafts(stage: OutlookStage) -> list[str]:
    return [part(read(one), "plain") for one in stage.mailbox(CLEO).messages() if DRAFT in one.labels]


def test_allowing_drafts_opens_on_top_and_the_text_below_is_then_saved(outlook: OutlookStage) -> None:
    connect(outlook)
    open_reply(outlook, ANN, person=outlook.cleo)
    before = drafts(outlook)
    writing = wants_draft(outlook)
    assert "not allowed to save drafts in this mailbox yet" in screen(writing)
    outlook.press(outlook.cleo, writing, "accounts.allow")
    assert len(outlook.cleo.windows()) == 2
    link = link_of(outlook.cleo)
    page = Browser().open(link)
    assert "Write drafts" in page.text and f"This connects {CLEO} again" in page.text
    assert sign_in(outlook, link, CLEO).name == "connect-finished"
    outlook.settle()
    assert "reading, sending and drafts" in shown(outlook.cleo)
    outlook.cleo.close()
    (account,) = connected(outlook, "cleo")
    assert set(account.granted) == {"read", "send", "draft"}
    outlook.press(outlook.cleo, outlook.cleo.window(), "inbox.save_draft")
    assert "Saved as a draft in Outlook." in screen(outlook.cleo.window())
    (made,) = [one for one in drafts(outlook) if one not in before]
    assert TEXT in made


def test_on_the_third_level_the_way_is_a_link_and_the_text_stays(outlook: OutlookStage) -> None:
    connect(outlook)
    third_level(outlook)
    assert len(outlook.cleo.windows()) == 3
    writing = wants_draft(outlook)
    outlook.press(outlook.cleo, writing, "accounts.allow")
    assert len(outlook.cleo.windows()) == 3
    assert sign_in(outlook, link_of(outlook.cleo), CLEO).name == "connect-finished"
    outlook.settle()
    outlook.press(outlook.cleo, outlook.cleo.window(), "inbox.save_draft")
    assert "Saved as a draft in Outlook." in screen(outlook.cleo.window())
    assert any(TEXT in one for one in drafts(outlook))


def third_level(stage: OutlookStage) -> None:
    """From the record over the thread to Reply."""
    cleo = stage.cleo
    add_contact(stage, "Ann Lee", ANN)
    answer = ask(stage, cleo, f"/inbox {ANN}")
    subject = subjects(answer)[0]
    stage.press(cleo, answer, "record.open")
    record = cleo.window()
    stage.press(cleo, record, "inbox.open_thread", block_id=row_of(record, subject))
    stage.press(cleo, cleo.window(), "inbox.reply")


def test_an_organisation_that_decides_about_drafts_leaves_mail_working(outlook: OutlookStage) -> None:
    connect(outlook)
    tenant = outlook.microsoft.tenant("northwind.example")
    tenant.policy = Policy.APPROVAL
    open_reply(outlook, ANN, person=outlook.cleo)
    outlook.press(outlook.cleo, wants_draft(outlook), "accounts.allow")
    try:
        sign_in(outlook, link_of(outlook.cleo), CLEO)
    except StoppedByMicrosoft as stopped:
        assert stopped.code == "approval"
    else:
        raise AssertionError("the new permission was given without an administrator")
    outlook.press(outlook.cleo, outlook.cleo.window(), "accounts.did_it_not_work")
    told = shown(outlook.cleo)
    link = next(word for word in told.split() if "/adminconsent?" in word)
    assert "Mail.ReadWrite" in query_of(link)["scope"]
    outlook.cleo.close()
    assert TEXT in str(outlook.cleo.window().typed)
    assert subjects(ask(outlook, outlook.cleo, f"/inbox {ANN}"))
    (account,) = connected(outlook, "cleo")
    assert account.state == "active"
