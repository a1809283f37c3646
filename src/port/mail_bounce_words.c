/*
 * What mail hosts say when they cannot deliver, in the languages they say it
 * in; of ASCII lower case, and where the first letter is another one, without
 * it. A sentence that a person may write about a parcel is
 * here as well: who writes it decides (mail_bounce.c).
 */
#include <stddef.h>
#include <string.h>

#include "mail_bounce_words.h"

/* It did not arrive. All lower case. */
const char *const bounce_failures[] = {
	"not be delivered", "n't be delivered", "cannot be delivered",
	"not delivered", "n't delivered", "not been delivered", "not yet been delivered",
	"unable to deliver", "able to deliver", "could not deliver",
	"couldn't deliver", "cannot deliver", "failed to deliver",
	"did not reach", "not be reached", "did not receive",
	"didn't reach", "delivery failed", "delivery has failed",
	"delivery failure", "delivery failed permanently", "failed permanently",
	"delivery error", "delivery problem", "problem delivering",
	"delivery incomplete", "could not be sent", "unable to send",
	"trying to deliver", "mail delivery status", "delivery to the following",
	"delivery of email to", "delivery of the following",
	"delivery of your message", "delivery status notification",
	"failed recipient", "failed address", "address(es) failed",
	"addresses failed", "address failed", "recipient failed",
	"recipients failed", "had permanent fatal errors", "fatal errors",
	"undeliverable", "undelivered", "error-for", "intended recipient",
	"final delivery userid", "automatically rejected", "was rejected",
	"been rejected", "has been returned", "is being returned",
	"being returned to you", "returned to sender", "message returned",
	"your message was addressed", "mail system error", "non-delivery",
	"nondelivery", "no valid recipients", "still being retried",
	"was addressed", "addressed to", "not accepted", "been postponed",
	"has been delayed", "to be delayed",
	"nicht zugestellt", "nicht ausgeliefert", "nicht übermittelt",
	"unzustellbar", "n'a pas pu", "n'a pu être", "pas été remis",
	"non remis", "chec de la remise", "chec de remise",
	"remise à ces destinataires", "pas été distribué",
	"fehler bei der nachrichtenzustellung", "zustellung fehlgeschlagen",
	"error de entrega", "error al entregar", "entrega a estos destinatarios",
	"recapito non riuscito", "falha na entrega", "falha ao entregar",
	"bezorging aan", "bezorgen is mislukt", "dostarczanie do",
	"leverans till", "levering til",
	"no pudo ser entregado", "no se pudo entregar", "podido entregar",
	"sido entregado", "no se ha entregado", "non è stato possibile recapitare",
	"impossibile recapitare", "non recapitat", "non consegnat",
	"pôde ser entregue", "possível entregar", "não foi entregue",
	"nao pode ser", "niet worden afgeleverd", "niet worden bezorgd",
	"niet bezorgd", "niet afgeleverd", "nie można dostarczyć",
	"nie mogła zostać dostarczona", "niedostarczalna",
	"может быть доставлено", "е удалось доставить",
	"евозможно доставить", "е доставлено", "бой доставки",
	"е удалось выполнить доставку", "kunde inte levereras",
	"kunne ikke leveres", "teslim edilemedi", "配信できません",
	"配達できません", "配信に失敗", "送信に失敗", "送信できません", "送信できなかった", "届けられません",
	"无法投递", "未能传递", "传递失败", "无法发送", "无法送达", "投递失败", "退信", "無法投遞",
	"無法傳送", "배달되지", "전송하지 못", "배달하지 못", "dostarczenie do", "kan ikke levere", "evering mislyktes", "everingen mislyktes",
	"non-delivery report",
	"gick inte att leverera", "kan inte leverera", "toimitus seuraaville", "ei voitu toimittaa",
	"epäonnistui", "doručení pro", "nepodařilo se doručit", "nelze doručit",
	"nebyla doručena", "nie powiodło się", "kézbesíteni", "kézbesíthetetlen",
	"nu a putut fi livrat", "传递到以下", "未送达", "傳遞到下列", "nicht an folgende",
	"keine zustellung", "consegna non riuscita", "n'est pas parvenu", "non distribu",
	"no se ha podido", "не вдалося доставити", "verzögert sich", "blocked by our",
	NULL
};

/* Why. In a machine's mouth they say the same. */
const char *const bounce_reasons[] = {
	"user unknown", "unknown user", "no such user", "no such recipient",
	"no such mailbox", "no mailbox here", "recipient unknown",
	"unknown recipient", "unknown address", "address unknown",
	"does not exist", "doesn't exist", "not exist", "doesn't have a",
	"mailbox unavailable", "is unavailable", "mailbox full",
	"mailbox is full", "mailfolder is full", "over quota", "quota exceeded",
	"exceeded quota", "quota violation", "exceeding their quota",
	"disk quota", "storage allocation", "account has been disabled",
	"account is disabled", "address rejected", "recipient rejected",
	"user not found", "not found", "unknown host", "host unknown",
	"not listed in", "no longer valid", "is wrong", "invalid mailbox",
	"invalid recipient", "invalid address", "rcpt to", "does not like recipient",
	"processing error", "returned mail", "unrouteable", "unroutable",
	"name service error", "mail loop", "too many hops", "did not exactly match",
	"delivery attempts", "nicht gefunden", "unbekannt", "postfach ist voll", "no encontrado",
	"non trovato", "niet gevonden", "nie znaleziono", "não encontrado", "не найден",
	"不存在", "見つかりません",
	NULL
};

/* It may still arrive. */
const char *const bounce_delays[] = {
	"not yet been delivered", "not been delivered yet", "has been delayed",
	"been delayed", "is delayed", "message delayed", "delayed mail",
	"(delay)", "warning message only", "warning only", "advisory-only",
	"will retry", "temporary problem", "will be retried", "be retried for", "still being retried",
	"attempts will continue", "will continue to be made", "will keep trying",
	"continue trying", "continue to try", "been postponed",
	"do not need to resend", "noch nicht zugestellt", "verzögert",
	"n'a pas encore", "retardé", "aún no se ha", "non ancora", "has not been delivered yet",
	"hasn't been delivered yet", "one or more of its recipients yet", "retrasad",
	"retraso", "in ritardo", "ritardat", "vertraagd", "opóźni", "atrasad", "fördröj",
	"försen", "forsink", "viivästy", "zpožd", "задерж", "отложен", "遅延", "遅れ", "延迟",
	"延遲", "gecik", "will be attempted again", "continue to be attempted",
	"tentatives se poursuiv", "weiter versucht", "erneut versucht",
	NULL
};

/* The host's own words for its letter, at the beginning of a subject. */
const char *const bounce_subjects[] = {
	"undeliver", "undelivered", "mail delivery", "delivery status",
	"delivery failure", "delivery fail", "delivery notification",
	"delivery report", "delivery error", "returned mail", "mail returned",
	"returned to sender", "failure notice", "failure delivery",
	"mail failure", "mail failed", "mail system error", "mail error",
	"mail could not", "message could not", "non-delivery", "nondelivery",
	"non delivery", "permanent delivery", "could not deliver",
	"message delivery", "message undeliverable", "message not delivered",
	"mail not delivered", "notice: mail delivery", "e-mail delivery", "email delivery",
	"[postmaster]", "warning: message", "warning: could not send",
	"delayed mail", "automatically rejected", "processing error",
	"failed mail", "delivery incomplete",
	"unzustellbar", "nicht zustellbar", "zustellung fehlgeschlagen",
	"échec de la remise", "Échec de la remise", "non remis", "no se puede entregar",
	"correo no entregado", "impossibile recapitare", "mancato recapito",
	"mensagem não entregue", "não entregue", "niet bezorgd", "onbestelbaar",
	"non recapitabile", "recapito non riuscito", "niedostarcz", "nie można dostarczyć",
	"não é possível entregar", "falha na entrega", "kan inte levereras", "ej levererbar",
	"kan ikke leveres", "kunne ikke leveres", "ikke leveret", "ei voi toimittaa",
	"ei voida toimittaa", "toimitus epäonnistui", "nedoručiteln", "nelze doručit",
	"teslim edilemedi", "teslim edilemez", "kézbesíthetetlen", "nelivrabil",
	"не удается доставить", "Не удается доставить", "не доставлено", "Не удаётся доставить",
	"未送达", "无法传递", "无法投递", "無法傳遞", "無法投遞", "未傳遞", "배달되지 않음", "反送",
	"zustellfehler", "zustellung verzögert", "zustellungsfehler", "mail konnte nicht",
	"e-mail konnte nicht", "message non distribu", "échec de la distribution",
	"remise retardée", "entrega retrasada", "recapito ritardato", "bezorging vertraagd",
	"entrega atrasada", "error de entrega", "errore di recapito", "delivery delayed",
	"message status - undeliverable", "message delayed", "email could not",
	"e-mail could not", "your message could not", "your message was not",
	"**message you sent", "message you sent", "mail blocked", "undelivarable",
	"недоставленное", "Недоставленное", "Не доставлено", "Не удалось доставить", "退信", "系统退信", "配信不能",
	NULL
};

/* Who writes such letters and nothing else: a part of the name, or of the
 * address up to its @. */
const char *const bounce_senders[] = {
	"mailer-daemon", "mailerdaemon", "mail-daemon", "maildaemon", "mdaemon",
	"mail_daemon", "mail.delivery", "maildelivery",
	"microsoftexchange", "<ndr@", "<dsn@",
	NULL
};

/* The same where a name or an address begins so: Royal Mail Delivery and the
 * parcel delivery service are people. */
const char *const bounce_delivery_senders[] = {
	"mail delivery", "mail deliver", "message delivery", "email delivery",
	"e-mail delivery", "internet mail delivery", "delivery subsystem", NULL
};

/* Who may be a person as well. */
const char *const bounce_hosts[] = {
	"postmaster", "post_master", "mail administrator", "mail system",
	"mailsystem", "mail_service", "system administrator",
	"systemadministrator", "smtp", "<imss@", "antivirus", "mail server",
	"mailserver", "double-bounce", "<bounce@", "<bounces@",
	NULL
};

bool bounce_any(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (strstr(text, *words))
			return true;
	return false;
}
