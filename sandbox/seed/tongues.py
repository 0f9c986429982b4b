"""How mail clients announce quoted history in the languages of the world's people."""

from dataclasses import dataclass
from datetime import datetime

_MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "es": "ene feb mar abr may jun jul ago sept oct nov dic",
    "pt": "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
    "pl": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "sv": "jan feb mars apr maj juni juli aug sep okt nov dec",
    "ru": "янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.",
}


@dataclass(frozen=True, slots=True)
class Tongue:
    """The words of one language. `wrote` holds {day} {time} {name} {address}."""

    code: str
    wrote: str
    sender: str
    sent: str
    to: str
    cc: str
    subject: str
    original: str
    reply: str = "Re: "
    forward: str = "Fwd: "

    def attribution(self, at: datetime, name: str, address: str) -> str:
        """Announce a quotation as this language's mail clients do."""
        return self.wrote.format(day=self.day(at), time=f"{at:%H:%M}", name=name, address=address)

    def day(self, at: datetime) -> str:
        """Write a date as this language does."""
        if self.code in {"ja", "zh"}:
            return f"{at.year}年{at.month}月{at.day}日"
        if self.code == "ko":
            return f"{at.year}년 {at.month}월 {at.day}일"
        if self.code in _MONTHS:
            month = _MONTHS[self.code].split()[at.month - 1]
            dot = "." if self.code == "de" else ""
            return f"{at.day}{dot} {month} {at.year}"
        return f"{at.day}/{at.month}/{at.year}"


TONGUES = {
    tongue.code: tongue
    for tongue in (
        Tongue(
            "en",
            "On {day} at {time}, {name} <{address}> wrote:",
            "From",
            "Sent",
            "To",
            "Cc",
            "Subject",
            "Original Message",
        ),
        Tongue(
            "de",
            "Am {day} um {time} Uhr schrieb {name} <{address}>:",
            "Von",
            "Gesendet",
            "An",
            "Cc",
            "Betreff",
            "Ursprüngliche Nachricht",
            "AW: ",
            "WG: ",
        ),
        Tongue(
            "fr",
            "Le {day} à {time}, {name} <{address}> a écrit :",
            "De",
            "Envoyé",
            "À",
            "Cc",
            "Objet",
            "Message d'origine",
            "RE: ",
            "TR: ",
        ),
        Tongue(
            "es",
            "El {day}, a las {time}, {name} <{address}> escribió:",
            "De",
            "Enviado",
            "Para",
            "CC",
            "Asunto",
            "Mensaje original",
            "RE: ",
            "RV: ",
        ),
        Tongue(
            "pt",
            "Em {day} às {time}, {name} <{address}> escreveu:",
            "De",
            "Enviado",
            "Para",
            "Cc",
            "Assunto",
            "Mensagem original",
            "RES: ",
            "ENC: ",
        ),
        Tongue(
            "pl",
            "W dniu {day} o {time} {name} <{address}> pisze:",
            "Od",
            "Wysłano",
            "Do",
            "DW",
            "Temat",
            "Wiadomość oryginalna",
            "Odp: ",
            "PD: ",
        ),
        Tongue(
            "sv",
            "Den {day} kl. {time} skrev {name} <{address}>:",
            "Från",
            "Skickat",
            "Till",
            "Kopia",
            "Ämne",
            "Ursprungligt meddelande",
            "SV: ",
            "VB: ",
        ),
        Tongue(
            "ru",
            "{day} в {time}, {name} <{address}> написал(а):",
            "От",
            "Отправлено",
            "Кому",
            "Копия",
            "Тема",
            "Исходное сообщение",
        ),
        Tongue(
            "ja",
            "{day} {time} {name} <{address}>:",
            "差出人",
            "送信日時",
            "宛先",
            "CC",
            "件名",
            "元のメッセージ",
        ),
        Tongue(
            "zh",
            "{name} <{address}> 于{day} {time}写道：",
            "发件人",
            "发送时间",
            "收件人",
            "抄送",
            "主题",
            "原始邮件",
            "回复: ",
            "转发: ",
        ),
        Tongue(
            "ko",
            "{day} {time}, {name} <{address}>님이 작성:",
            "보낸 사람",
            "보낸 날짜",
            "받는 사람",
            "참조",
            "제목",
            "원본 메시지",
        ),
        Tongue(
            "ar",
            "في {day} {time}، كتب {name} <{address}>:",
            "من",
            "تاريخ الإرسال",
            "إلى",
            "نسخة",
            "الموضوع",
            "الرسالة الأصلية",
            "رد: ",
        ),
    )
}
