"""The same exchange in many languages: what Dana answers, and how each program announces Ann's older mail."""

from dataclasses import dataclass

ANN = "Ann Lee"
ADDRESS = "ann@northwind.example"


@dataclass(frozen=True, slots=True)
class Language:
    """`own`: Dana's paragraphs. `wrote`: Gmail's line above a quote. `labels`: From, Sent, To, Subject."""

    code: str
    own: tuple[str, ...]
    history: str
    wrote: str
    labels: tuple[str, str, str, str]
    original: str
    phone: str


def _language(
    code: str, own: str, history: str, wrote: str, labels: str, original: str, phone: str
) -> Language:
    from_, sent, to, subject = labels.split("|")
    line = wrote.replace("NAME", ANN).replace("MAIL", ADDRESS)
    return Language(code, tuple(own.split("|")), history, line, (from_, sent, to, subject), original, phone)


LANGUAGES = (
    _language(
        "en", "Hello Ann,|Thursday at ten suits us well.|Best wishes,", "Could we meet on Thursday?",
        "On Mon, Mar 2, 2026 at 10:00 AM NAME <MAIL> wrote:", "From|Sent|To|Subject",
        "Original Message", "Sent from my iPhone",
    ),
    _language(
        "de", "Hallo Ann,|Donnerstag um zehn passt uns gut.|Viele Grüße",
        "Können wir uns am Donnerstag treffen?",
        "Am Mo., 2. März 2026 um 10:00 Uhr schrieb NAME <MAIL>:", "Von|Gesendet|An|Betreff",
        "Ursprüngliche Nachricht", "Von meinem iPhone gesendet",
    ),
    _language(
        "fr", "Bonjour Ann,|Jeudi à dix heures nous convient.|Cordialement,",
        "Pouvons-nous nous voir jeudi ?",
        "Le lun. 2 mars 2026 à 10:00, NAME <MAIL> a écrit :", "De|Envoyé|À|Objet",
        "Message d'origine", "Envoyé de mon iPhone",
    ),
    _language(
        "es", "Hola Ann:|El jueves a las diez nos viene bien.|Un saludo", "¿Podemos vernos el jueves?",
        "El lun, 2 mar 2026 a las 10:00, NAME (<MAIL>) escribió:", "De|Enviado|Para|Asunto",
        "Mensaje original", "Enviado desde mi iPhone",
    ),
    _language(
        "it", "Ciao Ann,|giovedì alle dieci va bene per noi.|Un saluto", "Possiamo vederci giovedì?",
        "Il giorno lun 2 mar 2026 alle ore 10:00 NAME <MAIL> ha scritto:", "Da|Inviato|A|Oggetto",
        "Messaggio originale", "Inviato da iPhone",
    ),
    _language(
        "pt", "Olá Ann,|quinta-feira às dez fica bem para nós.|Abraços",
        "Podemos nos encontrar na quinta-feira?",
        "Em seg., 2 de mar. de 2026 às 10:00, NAME <MAIL> escreveu:", "De|Enviado|Para|Assunto",
        "Mensagem original", "Enviado do meu iPhone",
    ),
    _language(
        "nl", "Hallo Ann,|donderdag om tien uur komt ons goed uit.|Groeten",
        "Kunnen we donderdag afspreken?",
        "Op ma 2 mrt 2026 om 10:00 schreef NAME <MAIL>:", "Van|Verzonden|Aan|Onderwerp",
        "Oorspronkelijk bericht", "Verstuurd vanaf mijn iPhone",
    ),
    _language(
        "sv", "Hej Ann,|torsdag klockan tio passar oss bra.|Hälsningar", "Kan vi träffas på torsdag?",
        "Den mån 2 mars 2026 kl 10:00 skrev NAME <MAIL>:", "Från|Skickat|Till|Ämne",
        "Ursprungligt meddelande", "Skickat från min iPhone",
    ),
    _language(
        "da", "Hej Ann,|torsdag klokken ti passer os fint.|Hilsen", "Kan vi mødes på torsdag?",
        "Den man. 2. mar. 2026 kl. 10.00 skrev NAME <MAIL>:", "Fra|Sendt|Til|Emne",
        "Oprindelig meddelelse", "Sendt fra min iPhone",
    ),
    _language(
        "no", "Hei Ann,|torsdag klokken ti passer fint for oss.|Hilsen", "Kan vi møtes på torsdag?",
        "man. 2. mars 2026 kl. 10:00 skrev NAME <MAIL>:", "Fra|Sendt|Til|Emne",
        "Opprinnelig melding", "Sendt fra min iPhone",
    ),
    _language(
        "fi", "Hei Ann,|torstai kello kymmenen sopii meille.|Terveisin", "Voimmeko tavata torstaina?",
        "ma 2. maalisk. 2026 klo 10.00 NAME (MAIL) kirjoitti:", "Lähettäjä|Lähetetty|Vastaanottaja|Aihe",
        "Alkuperäinen viesti", "Lähetetty iPhonesta",
    ),
    _language(
        "pl", "Cześć Ann,|czwartek o dziesiątej nam pasuje.|Pozdrawiam",
        "Czy możemy spotkać się w czwartek?",
        "pon., 2 mar 2026 o 10:00 NAME <MAIL> napisał(a):", "Od|Wysłano|Do|Temat",
        "Oryginalna wiadomość", "Wysłane z iPhone'a",
    ),
    _language(
        "cs", "Ahoj Ann,|čtvrtek v deset se nám hodí.|S pozdravem", "Můžeme se sejít ve čtvrtek?",
        "po 2. 3. 2026 v 10:00 odesílatel NAME <MAIL> napsal:", "Od|Odesláno|Komu|Předmět",
        "Původní zpráva", "Odesláno z iPhonu",
    ),
    _language(
        "hu", "Szia Ann,|csütörtök tíz óra megfelel nekünk.|Üdvözlettel", "Találkozhatunk csütörtökön?",
        "NAME <MAIL> ezt írta (időpont: 2026. márc. 2., H, 10:00):", "Feladó|Elküldve|Címzett|Tárgy",
        "Eredeti üzenet", "Az iPhone-omról küldve",
    ),
    _language(
        "ro", "Bună Ann,|joi la ora zece ne convine.|Cu drag", "Ne putem întâlni joi?",
        "În lun., 2 mar. 2026 la 10:00, NAME <MAIL> a scris:", "De la|Trimis|Către|Subiect",
        "Mesaj original", "Trimis de pe iPhone-ul meu",
    ),
    _language(
        "ru", "Здравствуйте, Анна!|Четверг в десять нам подходит.|С уважением",
        "Можем встретиться в четверг?",
        "пн, 2 мар. 2026 г. в 10:00, NAME <MAIL>:", "От|Отправлено|Кому|Тема",
        "Исходное сообщение", "Отправлено с iPhone",
    ),
    _language(
        "uk", "Вітаю, Анно!|Четвер о десятій нам підходить.|З повагою", "Чи можемо зустрітися в четвер?",
        "пн, 2 бер. 2026 р. о 10:00 NAME <MAIL> пише:", "Від|Надіслано|Кому|Тема",
        "Оригінальне повідомлення", "Надіслано з iPhone",
    ),
    _language(
        "bg", "Здравей, Ан,|четвъртък в десет ни устройва.|Поздрави", "Можем ли да се видим в четвъртък?",
        "На пн, 2.03.2026 г. в 10:00 NAME <MAIL> написа:", "От|Изпратено|До|Относно",
        "Оригинално съобщение", "Изпратено от моя iPhone",
    ),
    _language(
        "el", "Γεια σου Ann,|η Πέμπτη στις δέκα μας βολεύει.|Φιλικά",
        "Μπορούμε να συναντηθούμε την Πέμπτη;",
        "Στις Δευ 2 Μαρ 2026 στις 10:00 π.μ., ο χρήστης NAME <MAIL> έγραψε:", "Από|Στάλθηκε|Προς|Θέμα",
        "Αρχικό μήνυμα", "Στάλθηκε από το iPhone μου",
    ),
    _language(
        "tr", "Merhaba Ann,|perşembe saat on bize uyar.|Sevgiler", "Perşembe günü buluşabilir miyiz?",
        "NAME <MAIL>, 2 Mar 2026 Pzt, 10:00 tarihinde şunu yazdı:", "Kimden|Gönderildi|Kime|Konu",
        "Özgün İleti", "iPhone'umdan gönderildi",
    ),
    _language(
        "he", "שלום אן,|יום חמישי בעשר מתאים לנו.|בברכה", "אפשר להיפגש ביום חמישי?",
        "בתאריך יום ב׳, 2 במרץ 2026 ב-10:00 מאת NAME <MAIL>:", "מאת|נשלח|אל|נושא",
        "הודעה מקורית", "נשלח מה-iPhone שלי",
    ),
    _language(
        "ar", "مرحبا آن،|يوم الخميس الساعة العاشرة يناسبنا.|مع تحياتي", "هل يمكننا اللقاء يوم الخميس؟",
        "في الاثنين، 2 مارس 2026 في 10:00 ص تمت كتابة ما يلي بواسطة NAME <MAIL>:",
        "من|تاريخ الإرسال|إلى|الموضوع", "الرسالة الأصلية", "أرسلت من الـ iPhone",
    ),
    _language(
        "fa", "سلام آن،|پنجشنبه ساعت ده برای ما خوب است.|با احترام", "می‌توانیم پنجشنبه دیدار کنیم؟",
        "در تاریخ دوشنبه 2 مارس 2026، ساعت 10:00 NAME <MAIL> نوشت:", "از|ارسال شده|به|موضوع",
        "پیام اصلی", "ارسال شده از آیفون من",
    ),
    _language(
        "hi", "नमस्ते ऐन,|गुरुवार दस बजे हमारे लिए ठीक है।|सादर", "क्या हम गुरुवार को मिल सकते हैं?",
        "सोम, 2 मार्च 2026 को 10:00 am बजे को NAME <MAIL> ने लिखा:", "प्रेषक|भेजा गया|प्रति|विषय",
        "मूल संदेश", "मेरे iPhone से भेजा गया",
    ),
    _language(
        "ja", "アン様|木曜日の十時で問題ありません。|よろしくお願いいたします", "木曜日にお会いできますか。",
        "2026年3月2日(月) 10:00 NAME <MAIL>:", "差出人|送信日時|宛先|件名",
        "元のメッセージ", "iPhoneから送信",
    ),
    _language(
        "zh", "安，你好：|星期四十点对我们合适。|祝好", "我们星期四可以见面吗？",
        "NAME <MAIL> 于2026年3月2日周一 10:00写道：", "发件人|发送时间|收件人|主题",
        "原始邮件", "发自我的 iPhone",
    ),
    _language(
        "tw", "安，您好：|星期四十點對我們合適。|敬上", "我們星期四可以見面嗎？",
        "NAME <MAIL> 於 2026年3月2日 週一 上午10:00寫道：", "寄件者|寄件日期|收件者|主旨",
        "原始郵件", "從我的 iPhone 傳送",
    ),
    _language(
        "ko", "안녕하세요 앤,|목요일 열 시가 좋습니다.|감사합니다", "목요일에 만날 수 있을까요?",
        "2026년 3월 2일 (월) 오전 10:00, NAME <MAIL>님이 작성:", "보낸 사람|보낸 날짜|받는 사람|제목",
        "원본 메시지", "나의 iPhone에서 보냄",
    ),
    _language(
        "vi", "Chào Ann,|thứ Năm lúc mười giờ phù hợp với chúng tôi.|Trân trọng",
        "Chúng ta gặp nhau thứ Năm được không?",
        "Vào Th 2, 2 thg 3, 2026 vào lúc 10:00 NAME <MAIL> đã viết:", "Từ|Đã gửi|Đến|Chủ đề",
        "Thư gốc", "Được gửi từ iPhone của tôi",
    ),
    _language(
        "th", "สวัสดีแอน|วันพฤหัสบดีเวลาสิบโมงเราสะดวก|ขอบคุณครับ", "เราพบกันวันพฤหัสบดีได้ไหม",
        "ในวันที่ จ. 2 มี.ค. 2026 เวลา 10:00 NAME <MAIL> เขียนว่า:", "จาก|ส่ง|ถึง|เรื่อง",
        "ข้อความต้นฉบับ", "ส่งจาก iPhone ของฉัน",
    ),
    _language(
        "id", "Halo Ann,|Kamis pukul sepuluh cocok untuk kami.|Salam", "Bisakah kita bertemu hari Kamis?",
        "Pada tanggal Sen, 2 Mar 2026 pukul 10.00 NAME <MAIL> menulis:", "Dari|Dikirim|Kepada|Subjek",
        "Pesan Asli", "Dikirim dari iPhone saya",
    ),
    _language(
        "hr", "Bok Ann,|četvrtak u deset nam odgovara.|Lijep pozdrav", "Možemo li se naći u četvrtak?",
        "pon, 2. ožu 2026. u 10:00 NAME <MAIL> napisao je:", "Od|Poslano|Prima|Predmet",
        "Izvorna poruka", "Poslano s mojeg iPhonea",
    ),
)  # fmt: skip
