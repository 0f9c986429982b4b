"""Phrases of programs, in lower case with one blank between words. Data only; matching: `automated_words`."""

# At the start of a subject. A colon or the whole wording keeps people's own subjects out.
BOUNCE_SUBJECTS = (
    "undelivered mail returned to sender", "undeliverable:", "undeliverable mail", "undeliverable message",
    "undelivered mail", "undelivered message", "returned mail:", "returned mail -", "returned email",
    "mail returned", "delivery status notification", "delivery failure", "delivery notification:",
    "delivery report", "delivery has failed", "mail delivery failed", "mail delivery failure",
    "mail delivery problem", "mail delivery subsystem", "message delivery failure", "message undeliverable",
    "message status - undeliverable", "failure notice", "failed mail", "failed delivery", "failure delivery",
    "non delivery", "non-delivery", "nondeliverable", "mail system error", "mail error",
    "mail could not be delivered", "message could not be delivered", "your message could not be delivered",
    "your message couldn't be delivered", "warning: could not send message", "warning: message",
    "delayed mail", "delivery delayed", "delivery delay", "delivery status (delay", "mail not delivered",
    "could not send message", "error sending message", "user unknown", "unknown user", "bounced mail",
    "bounce:", "rejected mail", "rejected:", "banned or potentially offensive", "unzustellbar",
    "nicht zustellbar", "zustellung fehlgeschlagen", "fehler beim zustellen", "remise impossible",
    "échec de la remise", "non remis", "non recapitabile", "impossibile recapitare", "no se puede entregar",
    "no entregable", "error de entrega", "falha na entrega", "onbestelbaar", "kan niet worden afgeleverd",
    "kan inte levereras", "olevererbart", "kunne ikke leveres", "ei voitu toimittaa", "niedostarczalne",
    "nedoručitelné", "не удается доставить", "недоставленное сообщение", "配信不能", "配信できませんでした",
    "未送達", "无法传递", "系统退信",
)  # fmt: skip

BOUNCE_OPENINGS = (
    "this message was created automatically by mail delivery software", "hi. this is the qmail-send program",
    "this is the mail system at host",
    "i'm sorry to have to inform you that your message could not be delivered",
    "the following addresses had permanent fatal errors", "delivery to the following recipients failed",
    "delivery to the following recipient failed", "a message that you sent could not be delivered",
    "your message did not reach some or all of the intended recipients",
    "the original message was received at",
    "this is an automatically generated delivery status notification",
    "i was unable to deliver your message", "unable to deliver message to the following",
    "this is the postfix program at host", "your message wasn't delivered to",
    "message could not be delivered to the following", "delivery has failed to these recipients",
    "this is the machine generated message from mail service", "the mail system could not deliver",
    "this is a permanent error; i've given up",
)  # fmt: skip

# What programs put before the subject of what they answer. People do not.
AUTO_REPLY_SUBJECTS = (
    "automatic reply:", "auto reply:", "auto-reply:", "autoreply:", "auto:", "auto response:",
    "auto-response:", "autoresponse:", "autoresponder:", "out of office:", "out of the office:",
    "out of office autoreply:", "out of office reply:", "automatic reply from", "auto reply from",
    "automated reply:", "automated response:", "[auto-reply]", "[autoreply]", "[auto reply]", "(auto-reply)",
    "away from my mail", "vacation reply", "vacation:", "automatische antwort:", "automatische antwort",
    "abwesenheitsnotiz", "abwesenheitsnachricht", "abwesend:", "abwesenheit:", "abwesenheitsassistent",
    "réponse automatique", "absence du bureau", "absent du bureau", "message d'absence",
    "respuesta automática", "respuesta automatica", "fuera de la oficina:", "resposta automática",
    "resposta automatica", "ausência temporária", "fora do escritório:", "risposta automatica",
    "fuori sede:", "risposta non al computer", "automatisch antwoord", "afwezigheidsbericht", "afwezig:",
    "automatiskt svar", "autosvar", "frånvaro:", "automatisk svar", "automatisk svar:", "fraværsmelding",
    "fravær:", "automaattinen vastaus", "poissaolo:", "autom. vastaus", "odpowiedź automatyczna",
    "automatyczna odpowiedź", "automatická odpověď", "automatické odpovede", "automatikus válasz",
    "răspuns automat", "автоматический ответ", "автоответ", "автоматична відповідь", "otomatik yanıt",
    "תשובה אוטומטית", "رد تلقائي", "自動応答", "自動返信", "不在通知", "自动答复", "自动回复", "自動回覆",
    "자동 회신", "자동응답", "[자동응답]", "자동 응답", "부재 중", "αυτόματη απάντηση", "automatski odgovor",
    "аутоматски одговор", "automatická odpoveď", "автоматичен отговор", "samodejni odgovor",
    "automatinis atsakymas", "automātiskā atbilde", "automātiska atbilde", "automaatvastus",
    "resposta automàtica", "erantzun automatikoa", "sjálfvirkt svar", "trả lời tự động", "balasan otomatis",
    "balasan automatik", "ตอบกลับอัตโนมัติ", "การตอบกลับอัตโนมัติ", "پاسخ خودکار", "स्वचालित उत्तर",
)  # fmt: skip

# People write these as well: hints.
AWAY_SUBJECTS = (
    "out of office", "out of the office", "on vacation", "on holiday", "on annual leave",
    "on maternity leave", "nicht im büro", "im urlaub", "en congé", "en vacances", "de vacaciones",
    "fuera de la oficina", "in ferie", "fuori ufficio", "op vakantie", "på semester", "away from the office",
    "currently unavailable",
)  # fmt: skip
AWAY = (
    "i am out of the office", "i'm out of the office", "i am currently out of", "i'm currently out of",
    "i will be out of the office", "i am away from", "i am on vacation", "i am on holiday",
    "i'm on vacation", "i'm on holiday", "i am on annual leave", "i am currently away", "i am on leave",
    "on parental leave", "on maternity leave", "limited access to email", "limited access to my email",
    "limited access to e-mail", "in urgent cases", "will respond to your message upon my return",
    "reply to your message when i return", "ich bin derzeit nicht im büro", "ich bin bis",
    "ich bin zur zeit nicht", "ich bin ab dem", "bin ich wieder erreichbar",
    "vielen dank für ihre nachricht. ich bin", "in dringenden fällen", "je suis absent",
    "je suis actuellement absent", "je suis en congé", "en cas d'urgence", "estoy fuera de la oficina",
    "me encuentro fuera", "estaré fuera", "sono fuori ufficio", "sarò assente", "ik ben afwezig",
    "ik ben niet aanwezig", "jag är på semester", "estou ausente", "estarei ausente", "jestem poza biurem",
    "jag är inte på kontoret", "jeg er ikke på kontoret",
)  # fmt: skip

# Only a program says this of itself.
AUTOMATIC = (
    "this is an automated message", "this is an automated email", "this is an automated e-mail",
    "this is an automatic message", "this is an automated notification", "this is an automated response",
    "this is an automated reply", "this is an automatic reply", "this is an auto-generated",
    "this is an autogenerated", "this is an automatically generated",
    "this email was automatically generated", "this e-mail was automatically generated",
    "this message was automatically generated", "this message is automatically generated",
    "this email was generated automatically", "this message was generated automatically",
    "this is a system generated", "this is a system-generated", "please do not reply to this email",
    "please do not reply to this e-mail", "please do not reply to this message",
    "please do not reply to this mail", "please do not respond to this", "please don't reply to this",
    "do not reply to this email", "do not reply directly to this", "replies to this email are not",
    "replies to this message are not", "replies to this address are not", "this mailbox is unattended",
    "sent from an unmonitored", "sent from a notification-only", "diese e-mail wurde automatisch",
    "diese nachricht wurde automatisch", "dies ist eine automatisch", "dies ist eine automatische",
    "bitte antworten sie nicht auf diese", "bitte nicht auf diese e-mail antworten",
    "ceci est un message automatique", "ce message a été envoyé automatiquement",
    "merci de ne pas répondre à ce", "ne pas répondre à ce", "ce message est généré automatiquement",
    "este es un mensaje automático", "este mensaje ha sido generado automáticamente", "no responda a este",
    "por favor, no responda", "esta é uma mensagem automática", "não responda a este",
    "messaggio automatico", "non rispondere a questa", "dit is een automatisch",
    "gelieve niet te antwoorden op", "detta är ett automatiskt", "dette er en automatisk",
    "wiadomość została wygenerowana automatycznie", "это автоматическое", "このメールは自動", "此为系统自动",
    "本邮件由系统自动", "was sent from a contact form on",
    "that a contact form was submitted on your website", "sent via form submission from",
    "would like to recall the message", "using a xerox multifunction", "using an hp digital sending device",
)  # fmt: skip

# Whole sentences of newsletters: enough by themselves.
SUBSCRIBED = (
    "you are receiving this", "you're receiving this", "you received this email because",
    "you received this message because", "you have received this email because", "you get this because",
    "because you signed up", "because you are subscribed", "because you subscribed",
    "because you registered", "if you no longer wish to receive", "no longer want to receive",
    "manage your preferences", "manage your subscription", "cancel your subscription",
    "change your subscription", "to be removed from this", "sie erhalten diese e-mail",
    "sie erhalten diese mail", "sie erhalten diesen newsletter", "newsletter abbestellen",
    "vous recevez cet e-mail", "vous recevez ce message car", "cancelar la suscripción",
    "recibe este correo", "cancelar inscrição", "annulla iscrizione",
)  # fmt: skip

# Words that people use as well.
UNSUBSCRIBE = (
    
    "update your preferences", "opt out", "opt-out", "manage preferences", "email preferences",
    "communication preferences", "notification settings", "notification preferences", "abmelden",
    "se désabonner", "désabonner", "désinscrire", "désinscription", "vous recevez ce message",
    "darse de baja", "cancelar suscripción", "has recibido este", "cancelar assinatura", "disiscriviti",
    "annullare l'iscrizione", "uitschrijven", "avregistrera", "avsluta prenumeration", "avmeld", "afmeld",
    "peruuta tilaus", "wypisz się", "odhlásit", "leiratkozás", "dezabonare", "отписаться", "відписатися",
    "abonelikten", "配信停止", "退订", "取消訂閱", "수신거부", "leave the list", "leave this list",
    "to be removed from", "abbestellen", "reply with remove",
)  # fmt: skip

BROWSER = (
    "view in browser", "view in your browser", "view it in your browser", "view this email in",
    "view this message in", "view online", "view the online version", "view as a web page",
    "view as webpage", "read online", "web version", "having trouble viewing", "trouble viewing this",
    "can't see this email", "can't read this email", "if you cannot see", "im browser ansehen",
    "im browser anzeigen", "im browser öffnen", "online ansehen", "onlineversion", "webversion",
    "nicht richtig angezeigt", "nicht korrekt angezeigt", "voir dans le navigateur", "version en ligne",
    "afficher dans le navigateur", "ver en el navegador", "ver en línea", "ver no navegador",
    "visualizza nel browser", "versione online", "bekijk in browser", "bekijk online", "webversie",
    "visa i webbläsaren", "vis i nettleser", "zobacz w przeglądarce", "открыть в браузере",
)  # fmt: skip

TRANSACTION_SUBJECTS = (
    "order confirmation", "your order", "order #", "order no", "has shipped", "has been shipped",
    "your receipt", "your invoice", "invoice #", "payment received", "payment confirmation",
    "payment reminder", "your payment", "password reset", "reset your password", "password was changed",
    "verify your", "confirm your", "verification code", "security code", "security alert", "sign-in",
    "new login", "new sign in", "one-time", "your booking", "booking confirmation", "your reservation",
    "reservation confirmed", "your itinerary", "your ticket", "e-ticket", "your subscription",
    "your account", "your trial", "your statement", "statement is ready", "your delivery", "your package",
    "your parcel", "out for delivery", "action required", "welcome to", "thanks for signing up",
    "has been received", "case #", "ticket #", "[ticket", "request received", "bestellbestätigung",
    "ihre bestellung", "deine bestellung", "ihre rechnung", "deine rechnung", "versandbestätigung",
    "wurde versendet", "passwort zurücksetzen", "bestätigungscode", "ihre buchung", "buchungsbestätigung",
    "sendungsverfolgung", "votre commande", "votre facture", "confirmation de", "votre réservation",
    "su pedido", "tu pedido", "su factura", "confirmación de", "il tuo ordine", "conferma ordine",
    "la tua fattura", "seu pedido", "sua fatura", "je bestelling", "uw bestelling", "uw factuur",
    "din beställning", "weekly digest", "daily digest", "weekly summary", "daily report", "weekly report",
   
)  # fmt: skip

UNMONITORED = (
    "this mailbox is not monitored", "this inbox is not monitored", "this address is not monitored",
)  # fmt: skip
