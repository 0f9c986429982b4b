"""How people and programs close a message, by language. To add a language, add to each table.

Words are parted by commas (a line end is a blank) and compared case-folded.
"""

from typing import Final

from providers.content.quote_words import fold


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a table."""
    return tuple(fold(" ".join(word.split())) for word in text.split(",") if word.strip())


# What mailing lists put below every mail.
LIST_FOOTERS: Final = words_in("""
    mailing list, listinfo, unsubscribe, you received this message because you are subscribed,
    to leave the list, reply to this email directly,
    you're receiving this email, abmelden, abbestellen, se désabonner, se désinscrire, darse de baja,
    annulla l'iscrizione, cancelar inscrição, afmelden, отписаться, wypisać się, 退订, 配信停止
    """)

# What phones and programs add by themselves.
SENT_FROM: Final = words_in("""
    sent from my, sent from mail for windows, sent from outlook, sent from yahoo, sent from proton,
    sent via, get outlook for, sent from aol, sent from the all new aol, sent from samsung,
    sent from huawei, sent from canary, sent from thunderbird, get bluemail, yahoo mail: search,
    sent from gmail mobile, sent with mailbird, secured with tuta,
    skaffa outlook, outlook for ios を入手, outlook for android を入手,
    sent from mailspring, sent with spark, sent with proton, sent using, sent with airmail, virus-free,
    this email has been checked for viruses, this email has been scanned, von meinem iphone gesendet,
    von meinem ipad gesendet, gesendet von, von meinem, holen sie sich outlook, gesendet mit,
    diese nachricht wurde von meinem, outlook für ios beziehen, outlook für android beziehen,
    versendet mit, envoyé de mon, envoyé depuis, envoyé à partir de, obtenir outlook pour,
    télécharger outlook pour, enviado desde mi, enviado desde, obtener outlook para, inviato da,
    inviato dal mio, scarica outlook per, ottieni outlook per, enviado do meu, enviado a partir do,
    enviada do meu, obter o outlook para, verzonden vanaf mijn, verstuurd vanaf mijn, verzonden met,
    download outlook voor, outlook voor ios downloaden, skickat från min, skickat från,
    hämta outlook för, sendt fra min, sendt fra, hent outlook til, få outlook for, lähetetty iphonesta,
    lähetetty puhelimesta, lähetetty galaxy,
    lähetetty samsung, lähetetty android, hanki outlook, wysłane z, wysłano z, pobierz outlook, odesláno z,
    odoslané z, získat outlook, elküldve az, az iphone-omról küldve, iphone-ról küldve, trimis de pe,
    trimis din, отправлено с, отправлено из, получить outlook для, надіслано з, изпратено от,
    στάλθηκε από, εστάλη από το, εστάλη από τη, iphone'umdan gönderildi, samsung cihazımdan gönderildi,
    galaxy cihazımdan gönderildi,
    samsung galaxy okostelefonról küldve, أرسلت من, أُرسلت من, أُرسل من,
    مُرسل من, נשלח מה, ارسال شده از, मेरे iphone से भेजा गया, iphoneから送信, iphone から送信, von samsung,
    von outlook, تم الإرسال من, iphone-omról küldve, đã gửi từ, poslano s mog, 从我的, 发自我的, 發自我的,
    從我的 iphone 傳送, 나의 iphone에서, 내 iphone에서, được gửi từ, ส่งจาก, dikirim dari, poslano s mojeg,
    poslano z, poslano iz, saadetud minu, nosūtīts no, išsiųsta iš, enviat des
    """)

# The whole line: their names are words that a sentence may begin with as well.
SENT_FROM_ALONE: Final = frozenset(
    words_in("""
    sent from nine, sent from hey, sent from hey for android, sent from hey for ios, sent from hey for iphone,
    gesendet von nine, sent with shortwave, sent from airmail
    """)
)

# What some companies put below every mail.
BEFORE_PRINTING: Final = words_in("""
    please consider the environment before, think of the environment before, please think before you print,
    bitte denken sie an die umwelt bevor, denken sie an die umwelt bevor,
    bitte prüfen sie der umwelt zuliebe, pensez à l'environnement avant, antes de imprimir este mensaje,
    antes de imprimir este correo, prima di stampare questa e-mail, pensa all'ambiente prima,
    pense no ambiente antes, denk aan het milieu voordat
    """)

# One of these stands in every such line; without one "Von meinem Chef kam die Zusage" is the sender's.
DEVICES: Final = words_in("""
    iphon, ipad, ipod, apple, android, samsung, galaxy, huawei, xiaomi, redmi, pixel, nokia, motorola,
    oneplus, oppo, sony, blackberry, windows, outlook, mail, yahoo, aol, proton, spark, superhuman,
    tutanota, virus, gmx, web.de, libero, missive, canary, edison, zoho, telekom, vodafone, phone,
    fone, telefon, telefoon, téléphone, teléfono, telefono, teléf, telemóvel, cellulare, celular,
    mobil, móvil, móbil, mobiel, mobile, handy, natel, tablet, device, gerät, appareil, dispositivo,
    dispositiv, apparaat, enhet, enhed, cihaz, laite, urządzen, zařízen, zariaden, készülék, eszköz,
    uređaj, naprav, puhelim, телефон, смартфон, мобильн, мобілн, почт, пошт, устройств, пристро,
    κινητό, συσκευή, هاتف, جوال, موبايل, جهاز, טלפון, נייד, מכשיר, گوشی, تلفن, فون, फ़ोन, फोन, モバイル,
    スマート, 携帯, 手机, 手機, 行動, 邮箱, 信箱, 휴대, 모바일, điện thoại, thiết bị, โทรศัพท์,
    มือถือ, ponsel, perangkat, peranti
    """)

DISCLAIMERS: Final = words_in("""
    this e-mail, this email, this message, this communication, this transmission, confidentiality,
    confidential, disclaimer, the information contained, the information in this, the contents of this,
    important notice, notice:, privileged, please consider the environment, the content of this,
    if you are not the intended, legal notice, the information transmitted, this electronic mes,
    this electronic mail, please note: this e-mail, please note: this email, please note that this e-mail,
    please note that this email, any views expressed, the views expressed, warning: computer viruses,
    diese e-mail, diese email, diese nachricht, der inhalt dieser, vertraulichkeitshinweis, hinweis:,
    informationen zum datenschutz finden, hinweise zum datenschutz finden, unsere datenschutzhinweise,
    unsere datenschutzerklärung, die in dieser, die information in dieser, wichtiger hinweis,
    ce message, ce courriel, cet e-mail,
    cet email, le présent message, les informations contenues, avis de confidentialité, este mensaje,
    este correo, la información contenida, aviso legal, aviso de confidencialidad, questo messaggio,
    questa e-mail, le informazioni contenute, avviso, ai sensi del, esta mensagem, este e-mail,
    este email, as informações contidas, aviso de confidencialidade, dit bericht, deze e-mail,
    de informatie in, de informatie verzonden,
    denna e-post, detta meddelande, det här e-postmeddelandet, denne e-mail,
    denne e-posten, tämä viesti, tämä sähköposti, ta wiadomość, treść tej wiadomości,
    niniejsza wiadomość, informacje zawarte,
    tato zpráva, tento e-mail, táto správa, ez az e-mail, az üzenet, jelen e-mail, acest mesaj,
    acest e-mail, это сообщение, данное сообщение, информация содержащаяся, настоящее сообщение,
    це повідомлення, това съобщение, το παρόν μήνυμα, αυτό το μήνυμα, το μήνυμα αυτό, bu e-posta,
    bu mesaj, bu elektronik posta, هذه الرسالة, يحتوي هذا البريد, הודעה זו, מסר זה, این ایمیل,
    このメール, 本メール, 本邮件, 此邮件, 本郵件, 此電子郵件, 본 메일, 이 메일, email này, thư này,
    pesan ini, e-mail ini, ova poruka, to sporočilo, see kiri, šis e-pasts, šis laiškas
    """)

SECRECY: Final = words_in("""
    confidential, privileged, intended solely, intended only, intended recipient, intended for,
    unauthorized, unauthorised, before printing, datenschutz, vertraulich, nicht der richtige,
    nicht der beabsichtigte, unbefugt, empfänger, confidentiel, destinataire, confidencial, destinatario,
    riservat, confidenzial, destinatár, vertrouwelijk, geadresseerde, konfidentiell, mottagare,
    fortrolig, modtager, mottaker, luottamuksell, poufn, adresat, důvěrn, příjemc, dôvern, príjemc,
    bizalmas, címzett, confidențial, destinatar, конфиденциальн, адресат, конфіденційн, поверителн,
    εμπιστευτικ, παραλήπτη, gizli, alıcı, سري, المرسل إليه, חסוי, סודי, הנמען, محرمانه, 機密, 宛先, 保密,
    机密, 收件人, 기밀, 수신, bảo mật, người nhận, rahasia, povjerljiv, zaupn, konfidentsiaal,
    konfidenciāl
    """)
