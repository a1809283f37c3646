#include <string.h>
#include <strings.h>

#include "quote_words.h"

const char *const quote_verbs[] = {
	"wrote", "writes", "schrieb", "schreibt", "geschrieben", "hat geschrieben",
	"a écrit", "a écrit", "escribió", "escribió", "escribio",
	"ha scritto", "scrive", "schreef", "geschreven", "napisał", "napisała",
	"napisał(a)", "napisał/a", "pisze", "escreveu", "skrev", "skriver",
	"kirjoitti", "napsal", "napsala", "napsal(a)", "odesílatel", "пишет",
	"написал", "написала", "написал(а)", "писал", "писала", "írta",
	"a scris", "έγραψε", "yazdı", "şunu yazdı", "yazmış",
	"写道", "寫道", "のメール", "書きました", "が書いた", "님이 작성", NULL
};
const char *const quote_told[] = {
	"you wrote", "you had wrote", "I wrote", "we wrote", "schreef u", "schreef je",
	"schreef jij", "schreef ik", "skrev du", "skrev ni", "skrev jag", "skrev jeg",
	"skrev vi", "schrieb ich", "вы писали", "я писал", "я писала", "я написал",
	"я написала", "he wrote", "she wrote", "they wrote", NULL
};
const char *const quote_openers[] = {
	"On ", "Am ", "Le ", "El ", "Il ", "Il giorno ", "Op ", "W dniu ", "Dnia ",
	"Em ", "No dia ", "A ", "Den ", "Dne ", "Pe ", "În ", "Στις ", "On\xc2\xa0",
	"Am\xc2\xa0", "Le\xc2\xa0", "El\xc2\xa0", "Mon", "Tue", "Wed", "Thu", "Fri",
	"Sat", "Sun", "Mo", "Di", "Mi", "Do", "Fr", "Sa", "So", "lun", "mar", "mer",
	"jeu", "ven", "sam", "dim", "pon", "pn", "wt", "śr", "czw", "pt", "sob", "sb",
	"niedz", "ndz", "man", "tir", "tis", "ons", "tor", "fre", "lør", "lör", "søn",
	"sön", "ma ", "ti ", "ke ", "to ", "pe ", "la ", "su ", "po ", "út ", "st ",
	"čt ", "pá ", "so ", "ne ", "пн", "вт", "ср", "чт", "пт", "сб", "вс", "V ",
	"El día ", NULL
};

const char *const quote_day_ends[] = {
	"day", "sday", "nesday", "rsday", "urday", "ntag", "enstag", "ttwoch",
	"nnerstag", "eitag", "mstag", "di", "credi", "anche", "es", "tes", "coles",
	"edì", "coledì", "dag", NULL
};

const char *const quote_originals[] = {
	"original message", "original email", "original e-mail", "originalmessage",
	"original appointment", "ursprüngliche nachricht", "originalnachricht",
	"original-nachricht", "originale nachricht", "ursprüngliche e-mail",
	"message d'origine", "message d’origine", "message original",
	"message initial", "mail original", "courriel original", "e-mail d'origine",
	"mensaje original", "correo original", "messaggio originale",
	"messaggio original", "oorspronkelijk bericht", "oorspronkelijke bericht",
	"origineel bericht", "originele bericht", "wiadomość oryginalna",
	"oryginalna wiadomość", "pierwotna wiadomość", "wiadomość pierwotna",
	"mensagem original", "ursprungligt meddelande", "originalmeddelande",
	"original meddelande", "oprindelig meddelelse", "original meddelelse",
	"oprindelig besked", "opprinnelig melding", "original melding",
	"opprinnelig meddelelse", "alkuperäinen viesti", "původní zpráva",
	"původní e-mail", "исходное сообщение", "Исходное сообщение",
	"Оригинальное сообщение", "Исходное письмо", "Первоначальное сообщение",
	"元のメッセージ", "元のメール", "オリジナルメッセージ", "Original メッセージ",
	"原始邮件", "原始郵件", "原始郵件內容", "原邮件", "原始訊息", "orijinal mesaj",
	"Özgün ileti", "özgün ileti", "orijinal ileti", "eredeti üzenet",
	"mesaj original", "Αρχικό μήνυμα", "원본 메일", "원본 메시지",
	"ursprüngliche mail", "originalmail", "original-mail", "original mail",
	"mensaje anterior", "e-mail original", "pierwotny mail", "quoted message",
	"reply message", NULL
};
const char *const quote_forwarded[] = {
	"forwarded message", "forwarded by", "forwarded mail", "fwd message",
	"weitergeleitete nachricht", "weitergeleitete e-mail", "weitergeleitet von",
	"message transféré", "message transmis", "message réexpédié", "mensaje reenviado",
	"messaggio inoltrato", "doorgestuurd bericht", "przekazana wiadomość",
	"wiadomość przekazana", "treść przekazanej wiadomości", "mensagem encaminhada",
	"mensagem reencaminhada", "vidarebefordrat meddelande", "vidarebefordrat brev",
	"videresendt meddelelse", "videresendt besked", "videresendt melding",
	"välitetty viesti", "edelleenlähetetty viesti", "přeposlaná zpráva",
	"přeposlaný e-mail", "Пересылаемое сообщение", "Пересланное сообщение",
	"Переадресованное сообщение", "転送メッセージ", "転送されたメッセージ",
	"转发的邮件", "转发邮件", "轉寄郵件", "轉寄的郵件", "已转发邮件",
	"İletilen mesaj", "iletilen ileti", "yönlendirilmiş mesaj", NULL
};
const char *const quote_forward_subjects[] = {
	"Fwd", "Fw", "WG", "TR", "RV", "ENC", "Doorst", "Doorgestuurd", "PD", "VL", "VB",
	"Videresend", "Vidarebefordrat", "Přep", "Пересл", "ПЕР", "Tov", "İLT", "ilt",
	"转发", "轉寄", "转寄", "転送", "전달", "ΠΡΘ", "Redir", "Továbbítás", "Fwd.", NULL
};
const char *const quote_forwards[] = {
	"begin forwarded message", "begin forward message",
	"anfang der weitergeleiteten nachricht",
	"anfang der weitergeleiteten e-mail", "début du message réexpédié",
	"début du message transféré", "inicio del mensaje reenviado",
	"inizio messaggio inoltrato", "inizio del messaggio inoltrato",
	"begin doorgestuurd bericht", "begin van doorgestuurd bericht",
	"początek przekazywanej wiadomości", "początek przekazanej wiadomości",
	"início da mensagem reencaminhada", "início da mensagem encaminhada",
	"vidarebefordrat brev", "start på videresendt besked", "videresendt besked",
	"videresendt melding", "start på videresendt melding",
	"välitetty viesti alkaa", "začátek přeposílané zprávy",
	"začátek přeposlané zprávy", "Начало переадресованного сообщения",
	"Начало пересылаемого сообщения", "転送されたメッセージ", "転送メッセージ",
	"下面是被转发的邮件", "開始轉寄郵件", "以下是轉寄的郵件",
	"İletilen ileti başlangıcı", "iletilen ileti başlangıcı", NULL
};
const char *const quote_above[] = {
	"reply above this line", "write your reply above", "reply above the line",
	"type your reply above this line", "write above this line",
	"antworten sie über dieser zeile", "antwort über dieser zeile",
	"oberhalb dieser zeile", "répondre au-dessus de cette ligne",
	"responda por encima de esta línea", "rispondi sopra questa riga",
	"antwoord boven deze lijn", "antwoord boven deze regel", NULL
};

static const char *const from[] = {
	"From", "Von", "Absender", "De", "Expéditeur", "Exp", "Remitente", "Da",
	"Mittente", "Van", "Afzender", "Od", "Nadawca", "Remetente", "Från",
	"Avsändare", "Fra", "Afsender", "Avsender", "Lähettäjä", "Odesílatel", "От",
	"От кого", "Отправитель", "差出人", "送信者", "发件人", "寄件者", "寄件人",
	"Kimden", "Gönderen", "Feladó", "Από", "De la", "보낸 사람", "发自", NULL
};
static const char *const date[] = {
	"Sent", "Date", "Sent at", "Sent on", "Gesendet", "Gesendet am", "Datum",
	"Envoyé", "Envoyé le", "Date d'envoi", "Enviado", "Enviado el", "Enviada",
	"Enviado em", "Enviada em", "Fecha", "Fecha de envío", "Inviato", "Inviata",
	"Data", "Verzonden", "Wysłano", "Wysłane", "Wysłany", "Skickat", "Sendt", "Dato",
	"Lähetetty", "Päivämäärä", "Päiväys", "Pvm", "Odesláno", "Отправлено", "Дата",
	"送信日時", "日時", "日付", "送信日", "发送时间", "发送日期", "日期", "时间",
	"傳送時間", "寄件日期", "時間", "Gönderildi", "Gönderme Tarihi", "Tarih",
	"Gönderim", "Gönderilme tarihi", "Elküldve", "Dátum", "보낸 날짜", NULL
};
static const char *const to[] = {
	"To", "An", "Empfänger", "À", "A", "Destinataire", "Para", "Destinatario", "Aan",
	"Naar", "Do", "Adresat", "Till", "Til", "Vastaanottaja", "Komu", "Pro", "Кому",
	"宛先", "收件人", "收件者", "Kime", "Alıcı", "Címzett", "Προς", "받는 사람",
	"Către", NULL
};
static const char *const cc[] = {
	"Cc", "Kopie", "Copie", "Copie à", "Kopia", "Kopi", "DW", "Do wiadomości",
	"Копия", "抄送", "副本", "Bilgi", "Kopio", "Bcc", "Reply-To", "Antwort an",
	"Importance", "Priority", "Priorität", "Wichtigkeit", "Attachments", "Anlagen",
	"Organization", NULL
};
static const char *const subject[] = {
	"Subject", "Betreff", "Objet", "Sujet", "Asunto", "Oggetto", "Onderwerp",
	"Temat", "Assunto", "Ämne", "Emne", "Aihe", "Předmět", "Тема", "件名", "主题",
	"主旨", "主題", "Konu", "Tárgy", "Subiect", "Θέμα", "제목", "Thema", NULL
};
const char *const *const quote_labels[LABELS] = {
	[LABEL_FROM] = from, [LABEL_DATE] = date, [LABEL_TO] = to,
	[LABEL_CC] = cc, [LABEL_SUBJECT] = subject,
};

const char *const quote_sent_mine[] = {
	"Sent from my ", "Sent via my ", "Sent on my ", "Gesendet von meinem ",
	"Gesendet von meiner ", "Envoyé de mon ", "Envoyé depuis mon ",
	"Envoyé à partir de mon ", "Envoyé de ma ", "Enviado desde mi ",
	"Inviato dal mio ", "Verstuurd vanaf mijn ", "Verzonden vanaf mijn ",
	"Verstuurd met mijn ", "Wysłane z mojego ", "Wysłano z mojego ",
	"Enviado do meu ", "Enviado a partir do meu ", "Enviada do meu ",
	"Skickat från min ", "Skickat från mitt ", "Sendt fra min ",
	"Sendt fra mit ", "Odesláno z mého ", "Отправлено с моего ",
	"发自我的", "發自我的", "从我的", "從我的", NULL
};
const char *const quote_sent[] = {
	"Sent from ", "Sent with ", "Sent via ", "Sent using ", "Get Outlook for ",
	"Get BlueMail for ",	"Gesendet von ", "Gesendet mit ", "Gesendet aus ", "Gesendet über ",
	"Gesendet via ", "Diese Nachricht wurde von ", "Diese E-Mail wurde von ",
	"Outlook für ", "Holen Sie sich Outlook ", "Envoyé de ", "Envoyé depuis ",
	"Envoyé à partir de ", "Envoyé avec ", "Envoyé par ", "Envoyé via ",
	"Télécharger Outlook ", "Obtenez Outlook ", "Obtenir Outlook ",
	"Provenance : ", "Enviado desde ", "Enviado con ", "Enviado de ", "Enviado a partir ",
	"Enviado via ", "Enviado pelo ", "Obtener Outlook ", "Obtenga Outlook ",
	"Obter o Outlook ", "Baixe o Outlook ", "Inviato da ", "Inviato con ",
	"Ottieni Outlook ", "Scarica Outlook ", "Verstuurd vanaf ", "Verzonden vanaf ",
	"Verzonden vanuit ", "Verzonden met ", "Verzonden via ", "Outlook voor ",
	"Download Outlook ", "Wysłane z ", "Wysłano z ", "Wysłane przez ",
	"Pobierz program Outlook ", "Pobierz Outlook ", "Pobierz aplikację Outlook ", "Skickat från ",
	"Skickades från ", "Hämta Outlook ", "Sendt fra ", "Hent Outlook ",
	"Skaff deg Outlook ", "Last ned Outlook ", "Lähetetty ", "Hanki Outlook ",
	"Odesláno z ", "Odesláno ze ", "Odesláno prostřednictvím ", "Odesláno pomocí ",
	"Získejte Outlook ", "Отправлено с ", "Отправлено из ", "Отправлено через ",
	"Скачать Outlook ", "Скачайте Outlook ", "Download Yahoo ", "Yahoo Mail:",
	"Virus-free", "Virenfrei", "Sans virus", "Libre de virus",
	"来自", "發送自", "发送自", "获取 ", "取得 ", "获取适用于", "Tải ", "Скачать ",
	"Κατεβάστε ", "Stáhnout Outlook ", "Descargar Outlook ", "Bekijk Outlook ",
	"Odeslané z ", "Odoslané z ", "Trimis de pe ", "Poslano s ", "Poslano z ",
	"Отправлено из ", "Надіслано з ", "Изпратено от ", "Küldve ", "Στάλθηκε από ", NULL
};
const char *const quote_sent_ends[] = {
	"から送信", "から送信されました", "gönderildi", "gönderdim", "で送信", "を入手",
	"发送", "發送", "傳送", "edinin", "indirin", "sent from phone", "에서 보냄",
	"에서 보낸 메일", "다운로드", "받기", "को भेजा गया", NULL
};
const char *const quote_sent_around[] = {
	"Von ", "Diese Nachricht wurde ", "Diese E-Mail wurde ", NULL
};
const char *const quote_sent_around_ends[] = {
	"gesendet", "verschickt", "geschickt", NULL
};
const char *const quote_things[] = {
	"iPhone", "iPad", "iPod", "iOS", "iPhonesta", "iPadista", "iPhonu", "iPhonen",
	"iPhone'umdan", "iPhone’umdan", "iPad'imden", "iPad’imden", "Android",
	"Androidista", "Androidilta", "Androidu", "Samsung", "Samsungu", "Galaxy", "BlackBerry",
	"Outlook", "Yahoo", "Gmail", "Windows", "Windowsille", "Huawei", "Nokia", "Xiaomi",
	"Redmi", "Pixel", "OnePlus", "Motorola", "Proton", "ProtonMail", "GMX",
	"WEB.DE", "freenet", "T-Online", "AOL", "BlueMail", "Mailbird", "Thunderbird",
	"Tutanota", "K-9", "eM Client", "FairEmail", "Verizon", "T-Mobile", "Vodafone",
	"Айфона", "Mail.ru", "Яндекс.Почты", "Яндекс", "Avast", "AVG", "avast.com", NULL
};
const char *const quote_own_things[] = {
	"unterwegs", "phone", "mobile", "smartphone", "tablet", "device", "handset", "cell",
	"cellphone", "Handy", "Mobiltelefon", "Gerät", "Mobilgerät", "téléphone",
	"portable", "tablette", "appareil", "móvil", "teléfono", "celular",
	"dispositivo", "cellulare", "telefono", "telefoon", "telefonu", "telemóvel",
	"telefone", "mobil", "telefon", "mobiltelefon", "surfplatta", "мобильного",
	"телефона", "смартфона", "手机", "手機", "电脑", NULL
};
const char *const quote_excuses[] = {
	"please excuse", "excuse", "sorry for", "apologies", "pardon", "get the app",
	"get it", "typos", NULL
};

const char *const quote_postscripts[] = {
	"P.S.", "PS:", "PS.", "P. S.", "PS ", "PPS", "P.P.S", "p.s:", "Nachtrag:", "NB:", "N.B.",
	"P.D.", "PD:", "ps. ", "追伸", "З.Ы.", "П.С.", "又及", NULL
};
const char *const quote_among[] = {
	"inline", "in-line", "in red", "in blue", "in green", "answers below",
	"comments below", "replies below", "responses below", "answered below",
	"commented below", "below in", "in rot", "in blau", "in grün", "in roter",
	"in blauer", "antworten unten", "antworten im text", "kommentare unten",
	"anmerkungen im text", "direkt im text", "unten im text", "en rouge", "en bleu",
	"en vert", "réponses ci-dessous", "dans le texte", "dans le corps", "en rojo",
	"en azul", "respuestas abajo", "in rosso", "in blu", "risposte sotto",
	"risposte di seguito", "nel testo", "in het rood", "in het blauw",
	"antwoorden hieronder", "in de tekst", "na czerwono", "na niebiesko",
	"odpowiedzi poniżej", "w tekście", "em vermelho", "em azul", "respostas abaixo",
	"i rött", "i blått", "svar nedan", "med rødt", "med blåt", "i rødt", "svar nedenfor",
	"punaisella", "sinisellä", "vastaukset alla", "červeně", "modře", "odpovědi níže",
	"красным", "синим", "ответы ниже", "в тексте", "赤字", "青字", "インライン",
	"红色", "蓝色字", "紅色", "kırmızı", "mavi ile", "aşağıda cevap", NULL
};
const char *const quote_mine[] = {
	"I wrote to", "I have written to", "I had written to", "we wrote to", "I emailed",
	"schrieb ich", "habe ich geschrieben", "schrieben wir", "ich schrieb", "j'ai écrit",
	"j’ai écrit", "nous avons écrit", "ai écrit", "escribí", "he escrito", "escribimos",
	"ho scritto a ", "ho scritto all", "abbiamo scritto", "schreef ik", "heb ik geschreven",
	"napisałem", "napisałam", "pisałem", "pisałam", "escrevi", "skrev jag", "skrev jeg",
	"skrev vi", "kirjoitin", "kirjoitimme", "napsal jsem", "napsala jsem", "psal jsem",
	"psala jsem", "я писал", "я писала", "я написал", "я написала", "yazdım", "yazdık", NULL
};

const char *const quote_list_feet[] = {
	"mailing list", "mailing-list", "mailman/listinfo", "listinfo", "unsubscribe",
	"mailingliste", "liste de diffusion", "lista de correo", NULL
};

static bool same(const char *text, const char *word, size_t n)
{
	/* The longest of both sides decides: a text that ends early differs. */
	return !strncasecmp(text, word, n);
}

size_t quote_starts(const char *text, const char *const *words)
{
	size_t longest = 0;

	for (; *words; words++) {
		size_t n = strlen(*words);

		if (n > longest && same(text, *words, n))
			longest = n;
	}
	return longest;
}

bool quote_ends(const char *text, const char *const *words)
{
	size_t len = strlen(text);

	for (; *words; words++) {
		size_t n = strlen(*words);

		if (n <= len && same(text + len - n, *words, n))
			return true;
	}
	return false;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "wrote" in "<ann@shop.example>wrote:" is a word, in "rewrote" it is not. A
 * word of a script without blanks stands anywhere. */
static bool is_word(const char *text, const char *at, size_t n)
{
	if (is_letter(*at) && at > text && is_letter(at[-1]))
		return false;
	/* Below U+00C0 are marks like ®; behind U+2FFF begin the scripts without
	 * blanks. */
	return !(is_letter(at[n - 1]) &&
		 (is_letter(at[n]) || ((unsigned char) at[n] > 0xc2 &&
				       (unsigned char) at[n] < 0xe3 &&
				       (unsigned char) at[n] != 0xe2)));
}

bool quote_has(const char *text, const char *const *words)
{
	for (; *words; words++) {
		size_t n = strlen(*words);

		for (const char *p = strcasestr(text, *words); p;
		     p = strcasestr(p + 1, *words))
			if (is_word(text, p, n))
				return true;
	}
	return false;
}
