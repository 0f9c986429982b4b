from tests.stage import Stage, connect


def test_a_mailbox_of_the_members_own_slack_address_is_connected_at_once(stage: Stage) -> None:
    page = connect(stage)
    assert page.name == "connect-finished"
    assert "Connected: ann@northwind.example" in page.text
    assert "reading, sending and drafts" in page.text


def test_another_mailbox_waits_for_six_digits(stage: Stage) -> None:
    page = connect(stage, address="ann.lee.private@gmail.example")
    assert page.name == "connect-digits"
    assert len(page.digits) == 6
    assert "Whoever asks you for this number wants to read your mail." in page.text
