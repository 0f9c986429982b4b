"""How people close a message, by language: "Best regards", "Vielen Dank und viele Grüße aus Hamburg".

To add a language, add to `VALEDICTIONS`: words parted by commas (a line end is a blank), case-folded.
"""

import re
from typing import Final

from providers.content.quote_words import fold
from providers.content.signature_words import words_in

LONGEST: Final = 80  # characters of a closing, with the name behind it
MOST_WORDS: Final = 12  # of a closing that is known by its beginning

VALEDICTIONS: Final = frozenset(
    words_in("""
    best, best regards, kind regards, regards, warm regards, warmly, sincerely, yours sincerely,
    yours faithfully, yours truly, cheers, thanks, many thanks, thank you, all the best, best wishes,
    cordially, respectfully, br, kr, thanks and regards, thanks & regards, with kind regards,
    with best regards, with regards, talk soon, mit freundlichen grüßen, mit freundlichen grüssen,
    freundliche grüße, freundliche grüsse, viele grüße, viele grüsse, beste grüße, beste grüsse,
    liebe grüße, schöne grüße, herzliche grüße, grüße, gruß, lg, vg, mfg, mit besten grüßen,
    mit herzlichen grüßen, hochachtungsvoll, cordialement, bien cordialement, bien à vous,
    sincères salutations, meilleures salutations, amicalement, salutations distinguées, bonne journée,
    à bientôt, cdlt, saludos, un saludo, saludos cordiales, un cordial saludo, atentamente, un abrazo,
    cordialmente, gracias, cordiali saluti, distinti saluti, un saluto, saluti, grazie, a presto,
    cari saluti, atenciosamente, cumprimentos, melhores cumprimentos, com os melhores cumprimentos,
    obrigado, obrigada, abraços, att, met vriendelijke groet, met vriendelijke groeten,
    vriendelijke groet, vriendelijke groeten, groeten, groet, mvg, med vänliga hälsningar,
    vänliga hälsningar, med vänlig hälsning, hälsningar, mvh, bästa hälsningar, med venlig hilsen,
    venlig hilsen, de bedste hilsner, hilsen, mange hilsner, med vennlig hilsen, vennlig hilsen,
    beste hilsen, ystävällisin terveisin, terveisin, parhain terveisin, yt, z poważaniem, pozdrawiam,
    serdecznie pozdrawiam, z wyrazami szacunku, pozdrowienia, s pozdravem, s přátelským pozdravem,
    děkuji, hezký den, s pozdravom, s priateľským pozdravom, ďakujem, üdvözlettel, tisztelettel,
    köszönettel, baráti üdvözlettel, cu stimă, cu respect, cu drag, toate cele bune, mulțumesc,
    с уважением, с наилучшими пожеланиями, всего доброго, спасибо, з повагою, щиро дякую,
    найкращі побажання, поздрави, с уважение, с поздрав, με εκτίμηση, φιλικά, ευχαριστώ,
    με φιλικούς χαιρετισμούς, saygılarımla, saygılarımızla, iyi çalışmalar, teşekkürler, sevgiler,
    selamlar, مع خالص التحية, مع أطيب التحيات, تحياتي, مع تحياتي, شكرا, בברכה, תודה, בכבוד רב, با احترام,
    با تشکر, सादर, धन्यवाद, शुभकामनाओं सहित, よろしくお願いいたします, よろしくお願いします, 敬具, 以上,
    此致, 祝好, 谢谢, 謝謝, 敬上, 감사합니다, 드림, 올림, trân trọng, thân mến, cảm ơn, ขอแสดงความนับถือ,
    ขอบคุณครับ, ขอบคุณค่ะ, salam, hormat saya, srdačan pozdrav, lijep pozdrav, s poštovanjem,
    lep pozdrav, lugupidamisega, ar cieņu, pagarbiai, salutacions, kveðja, atentament,
    kindest regards, warmest regards, with warm regards, rgds, thx, thanks in advance,
    thank you in advance, thanks so much, thank you so much, thank you very much, thanks very much,
    thanks again, thank you again, thanks a lot, many thanks in advance, all best, all my best, yours,
    take care, speak soon, see you soon, respectfully yours, with thanks, with gratitude, gratefully,
    mit freundlichem gruß, mit freundlichem gruss, mit bestem gruß, mit herzlichem gruß, herzlichst,
    liebe grüsse, schöne grüsse, herzliche grüsse, mit besten grüssen, mit herzlichen grüssen,
    schönen gruß, besten gruß, lieben gruß, viele liebe grüße, ganz liebe grüße, sonnige grüße,
    vielen dank, besten dank, herzlichen dank, vielen dank im voraus, vielen dank vorab, danke,
    danke im voraus, danke vorab, mit besten empfehlungen, bis bald, schönen tag, schönes wochenende,
    très cordialement, bien à toi, bonne réception, belle journée, bonne soirée, bon week-end,
    sentiments distingués, salutations, cordiales salutations, avec mes salutations distinguées, merci,
    merci d'avance, merci beaucoup, avec mes remerciements, sincèrement, respectueusement, bises,
    muchas gracias, gracias de antemano, quedo a la espera, reciba un cordial saludo, cordiales saludos,
    un fuerte abrazo, abrazos, buen día, grazie mille, molte grazie, grazie in anticipo, buona giornata,
    buon lavoro, un cordiale saluto, in attesa di un riscontro, hartelijke groet, hartelijke groeten,
    alvast bedankt, bedankt, fijne dag, vänligen, varma hälsningar, tack, tack på förhand,
    bedste hilsner, med venlige hilsner, kærlig hilsen, tak, på forhånd tak, vh, kh, takk,
    på forhånd takk, pozdrawiam serdecznie, z pozdrowieniami, łączę pozdrowienia, dziękuję, miłego dnia,
    s úctou, díky, přeji hezký den, ďakujem vopred, üdv, köszönöm, mulțumesc anticipat, o zi bună,
    muito obrigado, muito obrigada, grato, grata, abraço, um abraço, abs, saudações, cordiais saudações,
    заранее спасибо, хорошего дня, с благодарностью, дякую, iyi günler, saygılar, şimdiden teşekkürler,
    よろしくお願い申し上げます, 何卒よろしくお願いいたします, 何卒よろしくお願い申し上げます,
    どうぞよろしくお願いいたします, どうぞよろしくお願いします, 引き続きよろしくお願いいたします,
    今後ともよろしくお願いいたします, 以上、よろしくお願いいたします, 以上、よろしくお願いします,
    此致敬礼, 顺祝商祺, 祝商祺, 고맙습니다, 수고하세요, ขอบคุณ, xin cảm ơn, terima kasih
    """)
)

# They go on in many ways.
_BEGINNINGS: Final = words_in("""
    looking forward to, i look forward to, have a great, have a nice, have a good, have a lovely,
    have a wonderful, ich freue mich auf, ich wünsche ihnen, je vous prie d'agréer, veuillez agréer,
    nous vous prions d'agréer, veuillez recevoir, dans l'attente de, quedo a la espera de,
    quedamos a la espera
    """)
_FIRST: Final = frozenset(words.split(" ", 1)[0] for words in (*VALEDICTIONS, *_BEGINNINGS))
_MARKS: Final = " ,.!:*_–-—~،、。，！："
_PLACE: Final = re.compile(
    r" (?:aus|nach|from|depuis|desde|uit|från|fra) (?:[^\W\d]{2,15}[ -]){0,3}[^\W\d]{2,20}$"
)  # "Viele Grüße aus dem sonnigen München"
_PARTED: Final = re.compile(r"\s*[/|&+,]\s*")
_AND: Final = re.compile(r" (?:and|und|et|y|e|en|och|og|i|a|и) ")


def closes(text: str) -> bool:
    """Tell whether a line closes a letter; the sender's name may stand behind it."""
    if len(text) > LONGEST or fold(text.lstrip(_MARKS).partition(" ")[0]).rstrip(_MARKS) not in _FIRST:
        return False
    lower = _plain(text)
    if lower in VALEDICTIONS:
        return True
    if lower.startswith(_BEGINNINGS):
        return text.rstrip()[-1] != "?" and len(lower.split()) <= MOST_WORDS
    return _named(lower) or _joined(lower)


def names_behind(text: str) -> bool:
    """Tell whether such a line ends with a name: "Best, Ann"."""
    return "," in text and _named(_plain(text))


def _plain(text: str) -> str:
    return fold(text).strip(_MARKS).replace("\u2019", "'")


def _named(lower: str) -> bool:
    head, comma, name = lower.partition(",")
    return bool(comma) and head in VALEDICTIONS and len(name) < 30 and not _joined(name.strip())


def _joined(lower: str) -> bool:
    parts = _PARTED.split(_PLACE.sub("", lower))
    return all(p in VALEDICTIONS or all(one in VALEDICTIONS for one in _AND.split(p)) for p in parts)
