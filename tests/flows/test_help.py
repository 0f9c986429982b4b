from tests.stage import Stage, texts


def test_help_lists_the_commands_for_the_member_alone(stage: Stage) -> None:
    answer = stage.type(stage.ann, "/inbox help")
    assert answer is not None
    assert answer.ephemeral
    assert "/inbox dana@northwind.example" in texts(answer.blocks)
    assert answer.ts not in {m.ts for m in stage.person("ben").messages("general")}


def test_somebody_without_an_account_is_told_to_connect_first(stage: Stage) -> None:
    answer = stage.type(stage.ann, "/inbox dana@northwind.example")
    assert answer is not None
    assert "Connect your mailbox first" in answer.text
    assert "Connect Gmail" in texts(answer.blocks)


def test_a_guest_is_refused_with_one_sentence(stage: Stage) -> None:
    answer = stage.type(stage.person("gia"), "/inbox dana@northwind.example")
    assert answer is not None
    assert "Mailroom is for members of Northwind" in answer.text
