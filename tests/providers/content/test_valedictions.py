"""How letters close: whole words of a language, put together, with a town or a name behind them."""

import pytest

from providers.content.valedictions import closes, names_behind

CLOSINGS = (
    "Best regards",
    "Thanks in advance,",
    "Thanks, best regards",
    "*Kind regards,*",
    "Looking forward to hearing from you,",
    "Have a nice weekend!",
    "Viele Grüße aus dem sonnigen München",
    "Vielen Dank und viele Grüße",
    "Mit freundlichen Grüßen / Kind regards",
    "Je vous prie d\u2019agréer, Madame, mes salutations distinguées.",
    "Gracias y saludos",
    "Quedo a la espera, saludos",
    "Grazie e cordiali saluti",
    "Děkuji a přeji hezký den",
    "Спасибо и хорошего дня",
    "以上、よろしくお願いいたします。",
)
OTHERS = (
    "",
    "Have a good look at it?",
    "Thanks to Bob the key is here",
    "Best practice",
    "Regards the second floor, it is free",
    "Danke für die Blumen",
    "Bis bald ist der Titel des Buches",
    "Best regards " * 8,
)


@pytest.mark.parametrize("line", CLOSINGS)
def test_a_line_closes_a_letter(line: str) -> None:
    assert closes(line)


@pytest.mark.parametrize("line", OTHERS)
def test_another_line_closes_none(line: str) -> None:
    assert not closes(line)


def test_a_name_behind_a_closing_is_told_from_a_second_closing() -> None:
    assert names_behind("Best, Ann")
    assert names_behind("Viele Grüße, Ann Lee")
    assert not names_behind("Thanks, best regards")
    assert not names_behind("Best,")
