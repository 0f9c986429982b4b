"""What people answer, by what they were asked and in their own language."""

import re

_TOPICS = (
    ("file", re.compile(r"\battach|\benclos|\banhang\b|\bangehängt", re.IGNORECASE)),
    (
        "money",
        re.compile(r"\bprices?\b|\bquotes?\b|\boffer|\binvoice|\bcosts?\b|\d[.,]\d\d\b", re.I),
    ),
    ("meeting", re.compile(r"\bmeet|\blunch|\bcall\b|\bphone|\b(?:mon|tues|wednes|thurs|fri)day\b", re.I)),
    ("question", re.compile(r"[?？؟]")),
    ("thanks", re.compile(r"\bthank|\bthanks\b|\bcheers\b", re.IGNORECASE)),
)

_ENGLISH = {
    "file": (
        "thank you, the file has arrived and opens well. I will read it this afternoon.",
        "got it. I pass the file on to the colleague who needs it and let you know what she says.",
    ),
    "money": (
        "thank you, that is clear. The price works for us, please go ahead.",
        "thanks for the quick figures. I have to show them to one more person, and then you hear from me.",
    ),
    "meeting": (
        "that suits me well. I have put it into my calendar.",
        "good idea. Half past ten would be best for me, but I can move things around.",
    ),
    "question": (
        "yes, that works. I will see to it today.",
        "good question. I have to look it up, and I will write to you tomorrow morning.",
        "I think so, yes. Let me ask in the warehouse to be sure.",
    ),
    "thanks": (
        "my pleasure, any time.",
        "you are welcome. Have a good day!",
    ),
    "other": (
        "thank you for your message. That is good to know, I have made a note of it.",
        "thanks for letting me know. All is well on our side, too.",
    ),
}
_GREETINGS = {
    "en": "Hi {name},",
    "de": "Hallo {name},",
    "fr": "Bonjour {name},",
    "es": "Hola {name}:",
    "pt": "Olá {name},",
    "pl": "Dzień dobry,",
    "sv": "Hej {name},",
    "ru": "Добрый день!",
    "ja": "{name} 様",
    "zh": "{name} 您好：",
    "ko": "{name} 님,",
    "ar": "مرحباً {name}،",
}
_ELSEWHERE = {
    "de": ("vielen Dank für die schnelle Antwort. So machen wir es.", "danke! Ich melde mich morgen dazu."),
    "fr": ("merci pour votre réponse rapide. C'est parfait ainsi.", "merci ! Je vous réponds demain."),
    "es": ("muchas gracias por la respuesta. Así lo hacemos.", "¡gracias! Mañana te digo algo."),
    "pt": ("muito obrigado pela resposta. Fica combinado.", "obrigado! Amanhã digo alguma coisa."),
    "pl": ("dziękuję za szybką odpowiedź. Tak zróbmy.", "dziękuję! Odezwę się jutro."),
    "sv": ("tack för det snabba svaret. Så gör vi.", "tack! Jag hör av mig i morgon."),
    "ru": ("Спасибо за быстрый ответ. Так и сделаем.", "Спасибо! Напишу завтра."),
    "ja": (
        "ご返信ありがとうございます。それでお願いします。",
        "ありがとうございます。明日ご連絡いたします。",
    ),
    "zh": ("感谢您的快速回复，就这么办。", "谢谢！我明天再联系您。"),
    "ko": ("빠른 답장 감사합니다. 그렇게 진행하겠습니다.", "감사합니다. 내일 다시 연락드리겠습니다."),
    "ar": ("شكراً على الرد السريع، موافق على ذلك.", "شكراً! سأكتب إليك غداً."),
}


def topic_of(text: str) -> str:
    """Tell what a message is about, roughly: file, money, meeting, question, thanks or other."""
    return next((name for name, words in _TOPICS if words.search(text)), "other")


def reply_text(asked: str, *, tongue: str, asker: str, answerer: str, number: int) -> str:
    """Write an answer: greeting, one sentence that fits, name. `number` chooses among the fitting ones."""
    choices = _ELSEWHERE.get(tongue) or _ENGLISH[topic_of(asked)]
    greeting = _GREETINGS.get(tongue, _GREETINGS["en"]).format(name=asker)
    sentence = choices[number % len(choices)]
    if not greeting.endswith((",", "،")):
        sentence = sentence[0].upper() + sentence[1:]
    return f"{greeting}\n\n{sentence}\n\n{answerer}"


AWAY = (
    "Thank you for your message. I am out of the office this week and read my mail again on Monday.\n\n{name}"
)
UNKNOWN = "The address you wrote to could not be found. Please check it for typing mistakes."


def new_words(text: str) -> str:
    """Leave out quoted history and signature, as far as they are marked."""
    kept: list[str] = []
    for line in text.split("\n"):
        if line == "-- " or re.match(r"-{5,}\s?\w", line) or re.search(r"<\S+@\S+>.*:\s*$", line):
            break
        if not line.startswith(">"):
            kept.append(line)
    return "\n".join(kept).strip()
