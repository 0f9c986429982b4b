"""The words with which mail programs announce somebody else's words, by language.

Facts about what clients write, gathered from their public translations (Gmail, Outlook, Apple Mail,
Thunderbird, Yahoo, phones). To add a language: its "wrote", its header labels, its names for an original and
a forwarded message. Words are parted by commas (a line end is a blank) and compared case-folded.
"""

from typing import Final


def fold(text: str) -> str:
    """Case-fold for comparing; the dot that Turkish capitals leave behind goes too."""
    return text.casefold().replace("i\u0307", "i")


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(" ".join(word.split())) for word in text.split(",") if word.strip())


# The verb of "On <date>, <name> wrote:".
WROTE: Final = _words("""
    wrote, writes, has written, said, schrieb, hat geschrieben, geschrieben, a écrit, écrit, à écrit,
    a ecrit, escribió, escribio, ha escrito, ha scritto, scrisse, scritto, escreveu, schreef,
    heeft geschreven, het volgende geschreven, skrev, har skrevet, följande, kirjoitti, viestissään,
    napisał, napisała, napisał(a), napisal, napisal(a), pisze, napisała/napisał, napsal, napsala,
    napsal(a), napsal/a, napísal, napísala, napísal(a), napísal/a, írta, ezt írta, a következőt írta,
    alábbiakat írta, a scris, написа, написал, написала, написал(а), пишет, писал, писал(а), написав,
    написала, написав(ла), пише, напиша, напишал, έγραψε, έγραψαν, yazdı, şunu yazdı, şunları yazdı,
    yazmış, كتب, كتبت, كتبَ, כתב, כתבה, כתב/ה, מאת, نوشت, نوشته است, ने लिखा, लिखा, লিখেছেন, のメール,
    書きました, 書き込みました, が書いた, 写道, 寫道, 写到, 來信, 来信, 님이 작성, 작성, 썼습니다,
    님이 씀, đã viết, viết, เขียนว่า, เขียน, menulis, je napisao, je napisala, je napisao/la, napisao je,
    napisala je, je napisal, je napisal/a, је написао, је написала, је написао/ла, kirjutas, rakstīja,
    rašė, va escriure, escribiu, idatzi du, shkroi, skrifaði, დაწერა
""")

# Some languages put the verb before the name.
WROTE_BEFORE_NAME: Final = _words("""
    wrote, schrieb, schreef, skrev, kirjoitti, написал, написала, пишет, писал, написав, пише, написа,
    napisał, napisała, napsal, napsala, napísal, napísala, a écrit, ha scritto, escribió, escreveu,
    ezt írta, írta, έγραψε, yazdı, כתב, כתבה, كتب, كتبت, نوشت, napisao, napisala, menulis, đã viết,
    kirjutas, rakstīja, rašė, wiadomość napisana przez, missatge de, מאת, تمت كتابة ما يلي بواسطة
""")

FROM: Final = _words("""
    from, von, de, da, van, från, fra, lähettäjä, od, feladó, de la, от, від, від кого, од, από, kimden,
    gönderen, من, المرسل, מאת, از, فرستنده, प्रेषक, से, 差出人, 送信者, 送信元, 发件人, 发送人, 寄件者,
    寄件人, 發件人, 보낸 사람, 보낸사람, 발신, từ, người gửi, จาก, ผู้ส่ง, dari, daripada, pošiljatelj,
    šalje, saatja, no, nuo, expéditeur, remitente, mittente, remetente, afzender, avsändare, afsender,
    avsender, nadawca, odesílatel, odosielateľ, expeditor, отправитель, відправник, подател, αποστολέας,
    frá, nga, nork
""")
SENT: Final = _words("""
    sent, date, received, sent on, date sent, gesendet, gesendet am, datum, envoyé, envoyé le,
    date d'envoi, enviado, enviado el, enviado em, enviada, enviada em, enviat, fecha, data, inviato,
    verzonden, skickat, skickat den, sendt, dato, sendt den, sendingsdato, lähetetty, päivämäärä,
    päiväys, pvm, wysłano, wysłane, data wysłania, odesláno, odoslané, dátum, elküldve, küldve, trimis,
    отправлено, дата, надіслано, изпратено, στάλθηκε, ημερομηνία, gönderildi, gönderme tarihi, tarih,
    تاريخ الإرسال, تم الإرسال, التاريخ, תאריך, נשלח, נשלח ב, تاریخ, ارسال شده, भेजा गया, दिनांक, तारीख,
    送信日時, 日付, 日時, 发送时间, 发送日期, 日期, 时间, 寄件日期, 傳送日期, 發送時間, 보낸 날짜, 날짜, 일시,
    발송일, đã gửi, ngày, ngày gửi, ส่ง, วันที่, ส่งเมื่อ, dikirim, tanggal, dihantar, tarikh, poslano,
    saadetud, saatmisaeg, poslato, kuupäev, nosūtīts, datums, išsiųsta, bidalia
""")
TO: Final = _words("""
    to, an, à, a, para, aan, till, til, vastaanottaja, do, komu, címzett, către, catre, кому, до, προς,
    kime, alıcı, إلى, المستلم, אל, ל, به, प्रति, को, 宛先, 收件人, 收件者, 받는 사람, 받는사람, 수신,
    đến, tới, người nhận, ถึง, ผู้รับ, kepada, untuk, prima, za, saaja, kellele, adressaat, kam, kuri, gavėjas,
    destinataire, destinatario, destinatário, per a, bestemming, mottagare, modtager, mottaker, odbiorca,
    příjemce, príjemca, destinatar, получатель, получател, παραλήπτης, nori, kas
""")
SUBJECT: Final = _words("""
    subject, betreff, objet, asunto, oggetto, assunto, onderwerp, ämne, emne, aihe, temat, předmět,
    predmet, tárgy, subiect, тема, относно, θέμα, konu, الموضوع, موضوع, נושא, הנדון, विषय, 件名, 主题,
    主題, 主旨, 標題, 제목, chủ đề, tiêu đề, เรื่อง, หัวเรื่อง, subjek, perihal, perkara, teema, temats,
    tēma, tema, teema, assumpte, gaia, efni
""")
CC: Final = _words("""
    cc, bcc, kopie, kopi, copie, copie à, copia, con copia, kopia, cópia, másolat, kopio, dw, копия,
    копія, κοιν, κοινοποίηση, bilgi, نسخة, نسخة إلى, עותק, رونوشت, 抄送, 副本, 参照, 參考, 참조,
    đồng gửi, สำเนา, tembusan, reply-to, antwort an, responder a, répondre à, rispondi a, attachments,
    anlagen, anhänge, pièces jointes, adjuntos, datos adjuntos, allegati, anexos, bijlagen, bilagor,
    vedhæftede filer, vedlegg, liitteet, załączniki, přílohy, prílohy, mellékletek, вложения, вкладення,
    συνημμένα, ekler, 添付ファイル, 附件, 첨부 파일, importance, wichtigkeit, priority, priorität,
    priorité, importancia, priorità, organization, organisation
""")

# Between dashes: "-----Original Message-----".
ORIGINAL: Final = _words("""
    original message, original appointment, original email, original mail, original, reply message,
    this is a copy of,
    replied message, ursprüngliche nachricht, originalnachricht, original-nachricht,
    ursprünglicher termin, message d'origine, message original, message d’origine, courriel d'origine,
    message initial, mensaje original, correo original, messaggio originale, mensagem original,
    oorspronkelijk bericht, origineel bericht, originalmeddelande, ursprungligt meddelande,
    oprindelig meddelelse, original meddelelse, opprinnelig melding, alkuperäinen viesti,
    alkuperäinen sanoma, oryginalna wiadomość, wiadomość oryginalna, původní zpráva, původní e-mail,
    pôvodná správa, eredeti üzenet, mesaj original, mesajul original, исходное сообщение,
    оригинальное сообщение, первоначальное сообщение, вихідне повідомлення, оригінальне повідомлення,
    оригинално съобщение, първоначално съобщение, αρχικό μήνυμα, orijinal mesaj, özgün ileti,
    orjinal mesaj, özgün mesaj, الرسالة الأصلية, رسالة أصلية, הודעה מקורית, پیام اصلی, मूल संदेश,
    元のメッセージ, 元のメール, オリジナルメッセージ, 原始邮件, 原邮件, 原始郵件, 原始信件, 原始訊息,
    回复的原邮件, 邮件原件, 원본 메시지, 원본 메일, 원본메세지, 원본 이메일, thư gốc, tin nhắn gốc,
    ข้อความต้นฉบับ, ข้อความเดิม, pesan asli, mesej asal, izvorna poruka, originalna poruka, izvirno sporočilo,
    оригинална порука, algne kiri, algsõnum, sākotnējais ziņojums, pradinis laiškas, pirminis pranešimas,
    missatge original, mensaxe orixinal, jatorrizko mezua, upprunaleg skilaboð
""")
FORWARDED: Final = _words("""
    forwarded message, forwarded email, forwarded mail, begin forwarded message, forwarded by, forward,
    forwarded, weitergeleitete nachricht, anfang der weitergeleiteten nachricht, weitergeleitet von,
    weitergeleitete e-mail, message transféré, début du message transféré, message transmis,
    courriel transféré, début du message réexpédié, mensaje reenviado, inicio del mensaje reenviado,
    inicia mensaje reenviado, comienzo del mensaje reenviado, messaggio inoltrato,
    inizio messaggio inoltrato, mensagem encaminhada, mensagem reencaminhada,
    início da mensagem encaminhada, início da mensagem reencaminhada, doorgestuurd bericht,
    begin doorgestuurd bericht, vidarebefordrat meddelande, vidarebefordrat brev, vidarebefordrat mejl,
    börja vidarebefordrat meddelande, videresendt meddelelse, start på videresendt besked,
    videresendt besked, videresendt melding, videresendt e-post, edelleenlähetetty viesti,
    välitetty viesti, välitetty viesti alkaa, wiadomość przekazana dalej, przekazana wiadomość,
    początek przekazywanej wiadomości, wiadomość przekazana, přeposlaná zpráva,
    začátek přeposílané zprávy, preposlaná správa, začiatok preposlanej správy, továbbított üzenet,
    továbbított levél, mesaj redirecționat, mesaj retransmis, mesaj redirectionat,
    пересылаемое сообщение, пересланное сообщение, начало переадресованного сообщения,
    начало пересланного сообщения, переслане повідомлення, препратено съобщение, προωθημένο μήνυμα,
    αρχή προωθημένου μηνύματος, iletilmiş mesaj, yönlendirilmiş mesaj, iletilen mesaj,
    رسالة معاد توجيهها, الرسالة المعاد توجيهها, הודעה שהועברה, תחילת ההודעה שהועברה, پیام بازارسال‌شده,
    अग्रेषित संदेश, 転送メッセージ, 転送されたメッセージ, 転送メール, 転送されたメール, 转发的邮件,
    转发邮件, 转发邮件信息, 轉寄郵件, 轉寄的郵件, 轉寄信件, 전달된 메시지, 전달된 메일, 전달한 메일,
    thư đã chuyển tiếp, tin nhắn được chuyển tiếp, thư được chuyển tiếp, ข้อความที่ส่งต่อ, pesan terusan,
    pesan yang diteruskan, mesej yang dimajukan, mesej dimajukan, proslijeđena poruka,
    posredovano sporočilo, прослеђена порука, edastatud kiri, edasisaadetud kiri, pārsūtīts ziņojums,
    započni proslijeđenu poruku, továbbított levél kezdete, începe mesajul redirecționat, ileti başlangıcı,
    iletilmiş ileti başlangıcı, 下面是被转发的邮件, 开始转发邮件,
    以下是轉寄的郵件, 開始轉寄郵件, chuyển tiếp thư,
    persiųstas laiškas, missatge reenviat, mensaxe reenviada, birbidalitako mezua, áframsend skilaboð
""")

# How the first line of a quote names what it quotes, where nothing else does: Orange's webmail.
QUOTED: Final = ("Message du ",)

# Prefixes of a subject that say "forwarded": in such a message the old mail below is the content.
FORWARD_PREFIXES: Final = _words("""
    fw, fwd, wg, i, tr, rv, rv., enc, enc., vs, vb, vl, pd, fyi, doorst, vidarebefordrat, továbbítás,
    továbbított, redirecționat, пересл, перес, отп, пд, прп, προώθ, πρθ, ilt, yml, إعادة توجيه, הועבר,
    转发, 轉寄, 전달, 転送, chuyển tiếp, ส่งต่อ, trs, proslijeđeno, posr, edasi, pārs, persiųsti,
    inoltrato, transf, reenv, fs
""")
