"""The words that calendars put before a title when they cancel or answer, as far as we know them."""

import re
from typing import Final

# To add a language: its words, lower case, without the colon.
_CANCELLED: Final = """
canceled, cancelled, canceled event, cancelled event, abgesagt, abgesagter termin, annulé, annulée,
cancelado, cancelada, annullato, annullata, geannuleerd, inställt, avlyst, aflyst, peruutettu, odwołano,
odwołane, anulowane, anulat, zrušeno, zrušené, отменено, отмена, скасовано, lemondva, törölve, iptal edildi,
ακυρώθηκε, キャンセル済み, キャンセル, 已取消, 취소됨, בוטל, ملغى
"""
_ANSWERED: Final = """
accepted, declined, tentative, tentatively accepted, zugesagt, angenommen, abgelehnt, mit vorbehalt, mit
vorbehalt zugesagt, vorläufig, accepté, acceptée, refusé, refusée, provisoire, aceptado, aceptada,
rechazado, rechazada, provisional, aceite, aceito, recusado, provisório, accettato, accettata, rifiutato,
rifiutata, provvisorio, geaccepteerd, geweigerd, afgewezen, voorlopig, accepterat, accepterad, avböjt,
preliminärt, akseptert, avslått, accepteret, afvist, foreløbig, hyväksytty, hylätty, alustava,
zaakceptowano, odrzucono, wstępnie, přijato, odmítnuto, принято, отклонено, прийнято, відхилено, elfogadva,
elutasítva, kabul edildi, reddedildi, 承諾済み, 承諾, 辞退, 仮承諾, 已接受, 已拒绝, 수락됨, 거절됨,
new time proposed, neue zeit vorgeschlagen
"""


def _table(words: str) -> frozenset[str]:
    return frozenset(word.strip() for word in words.replace("\n", " ").split(",") if word.strip())


_BEFORE: Final = {
    "CANCEL": _table(_CANCELLED),
    "REPLY": _table(_ANSWERED),
    "COUNTER": _table(_ANSWERED),
}
_PREFIX: Final = re.compile(r"([^:：]{3,30}?)\s?[:：]\s*(?=\S)")


def title_alone(title: str, method: str) -> str:
    """Return a title without the word before it that says what `method` says already."""
    found = _PREFIX.match(title)
    if found and found[1].casefold() in _BEFORE.get(method, ()):
        return title[found.end() :]
    return title
