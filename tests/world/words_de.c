#include <stddef.h>

#include "text.h"

static const char *const greetings[] = {
	"Guten Tag,", "Hallo,", "Sehr geehrte Damen und Herren,", "Guten Morgen,",
	"Moin,", "Liebes Team,", "Grüß Gott,", "Guten Abend,", NULL
};
static const char *const farewells[] = {
	"Mit freundlichen Grüßen", "Viele Grüße", "Vielen Dank", "Herzliche Grüße",
	"Danke im Voraus und schöne Grüße", "Beste Grüße", NULL
};
static const char *const subjects[] = {
	"Wo bleibt meine Bestellung %o?", "%t ist %a", "Frage zu %p",
	"Rechnung zu %o", "Paket nicht angekommen", "Rückgabe von %p",
	"%p kam %a an", "Falscher Mahlgrad", "Erstattung für %o",
	"Ersatzteil für %w: %t", "Liefertermin", "Gewährleistung für %w",
	"Adresse ändern", "Zahlung fehlgeschlagen", "%t fehlt",
	"Kaffee schmeckt %a", "Vorschlag für den Shop", "Fehler %n im Display", NULL
};
static const char *const asks[] = {
	"Ich habe %p bestellt, und es sollte schon am %d hier sein.",
	"Können Sie mir bitte sagen, wann das Paket zur Bestellung %o ankommt?",
	"Der Teil mit der Bezeichnung %t an meiner %w ist leider %a.",
	"Seit %n Tagen warte ich, und in der Sendungsverfolgung steht immer noch nichts.",
	"Der Kaffee schmeckt %a, obwohl ich dieselbe Mühle und dasselbe Wasser nehme wie immer.",
	"Bitte schicken Sie mir die Rechnung noch einmal, unsere Buchhaltung findet sie nicht.",
	"Wenn ich die Maschine einschalte, wird es laut (%t), und dann geht sie aus.",
	"Ich möchte %p gerne zurückgeben, denn es ist %a.",
	"Haben Sie als Ersatzteil noch %t für die %w auf Lager?",
	"Die Tüte war offen, als der Postbote sie brachte, und die Hälfte der Bohnen fehlte.",
	"Die Seriennummer lautet %s, und die Maschine ist noch keine zwei Jahre alt.",
	"Auf der Tüte steht Charge %l, haltbar bis zum nächsten Sommer.",
	"Ich habe doppelt mit Kreditkarte bezahlt, bitte erstatten Sie eine der Zahlungen.",
	"Laut Paketdienst wurde es bei einem Nachbarn in %c abgegeben, aber hier weiß niemand etwas davon.",
	"Ein Foto hängt an, damit Sie sehen, was ich meine.",
	"Können Sie die Lieferadresse auf mein Büro in %c ändern?",
	"Im Display steht Fehler %n, und das rote Licht (%t) blinkt.",
	"Wir haben ein kleines Café in %c und brauchen jede Woche etwa %n Kilo Espresso.",
	"Ich habe sie %n Mal entkalkt, alles gereinigt und das Teil gewechselt (%t), aber nichts hilft.",
	"Kann ich noch stornieren, oder wird schon geröstet?",
	"Der Gutschein aus Ihrem Newsletter wurde an der Kasse nicht angenommen.",
	"Ich bin wirklich enttäuscht, nun fehlt schon zum %n. Mal etwas.",
	"Schön wäre es, wenn es die %w auch etwas kleiner gäbe.",
	"Danke für die schnelle Antwort, das hat mir sehr geholfen.",
	"Ja, genau wie von Ihnen beschrieben: %t, und jetzt %a.",
	"Eignet sich das Mehl für Sauerteigbrot, und wie lange ist es haltbar?",
	"Letztes Mal hatte ich die %w gekauft und war sehr zufrieden.",
	"Welchen Mahlgrad empfehlen Sie für eine Kanne mit %n Tassen?",
	"Ich habe am %d alles versucht, aber %t ist immer noch %a.",
	"Rufen Sie mich gerne an, ab %n Uhr bin ich zu Hause.",
	"Gilt die Gewährleistung auch für so etwas wie %t?",
	"Die Geschenkkarte war für den Geburtstag meiner Mutter am %d gedacht.", NULL
};
static const char *const answers[] = {
	"Vielen Dank für Ihre Nachricht, und entschuldigen Sie bitte die Umstände.",
	"Ich habe Ihre Bestellung %o geprüft: Sie hat unsere Rösterei am %d verlassen.",
	"Wir schicken Ihnen kostenlos Ersatz (%t), er sollte in %n Tagen bei Ihnen sein.",
	"Bitte senden Sie uns ein Foto (%t) und die Seriennummer von der Unterseite der Maschine.",
	"Die Erstattung ist veranlasst und in %n Werktagen auf Ihrem Konto.",
	"Die Rechnung finden Sie im Anhang dieser Nachricht.",
	"Ziehen Sie bitte den Stecker, nehmen Sie das Teil heraus (%t) und spülen Sie es mit warmem Wasser ab.",
	"Der Kollege aus der Werkstatt sagt: Ist etwas %a, liegt es meistens am Kalk.",
	"Das Paket liegt für Sie in der Filiale in %c bereit.",
	"Leider ist %p bis %d ausverkauft.",
	"Die Lieferadresse ist geändert, Sie müssen nichts weiter tun.",
	"Sie können es innerhalb von dreißig Tagen zurückschicken, der Aufkleber hängt an.",
	"Die Charge %l wurde etwas dunkler geröstet als sonst, wir tauschen sie gerne um.",
	"Ich habe beim Paketdienst eine Nachforschung beauftragt und melde mich am %d wieder.",
	"Als Entschuldigung liegt Ihrer nächsten Bestellung eine Tüte bei: %p.",
	"Für eine Herdkanne empfehlen wir einen etwas gröberen Mahlgrad als für Espresso.",
	"Die %w hat zwei Jahre Gewährleistung.",
	"Geben Sie uns bitte Bescheid, ob es jetzt geht: %t.",
	"Da wir nichts mehr von Ihnen gehört haben, nehme ich an, dass alles in Ordnung ist.",
	"Die Bank hat bestätigt, dass nur eine Zahlung gebucht wurde.",
	"Die neue %w hat einiges, was besser ist (%t), ich kann sie empfehlen.",
	"Ich schließe diese Anfrage; eine kurze Antwort öffnet sie jederzeit wieder.",
	"Ihr Gutschein gilt bis %d für alle Kaffeesorten.",
	"Für die Reparatur der %w braucht die Werkstatt etwa %n Tage.", NULL
};
static const char *const notes[] = {
	"Kunde hat am %d angerufen, klingt %a, bitte zuerst beantworten.",
	"Mit dem Lager geklärt: %t erst in %n Wochen wieder da.",
	"Erstattung genehmigt, %n Prozent der Bestellung.",
	"Dasselbe wie bei Charge %l, bitte der Rösterei sagen.",
	"Seriennummer %s war schon in Reparatur, siehe Liste der Werkstatt.",
	"Paketdienst bestätigt den Verlust bei %c, die Versicherung zahlt.",
	"Bitte keinen Termin für die %w zusagen.",
	"Warten auf den Lieferanten (%t).", NULL
};
static const char *const parts[] = {
	"Mahlwerk", "Wassertank", "Milchschäumer", "Dichtung", "Filter", "Pumpe",
	"Deckel", "Abtropfschale", "Brühgruppe", "Dampfdüse", "Griff", "Anzeige",
	"Ventil", "Dichtungsring", "Siebträger", "Bohnenbehälter", "Mahlscheibe",
	"Schlauch", "Netzkabel", "Thermostat", "Kessel", "Duschsieb", "Stempel",
	"Schalter", "Glaskanne", "Waage", "Feder", "Schraube", "Trester",
	"Reinigungsbürste", "Druckmesser", "Heizelement", NULL
};
static const char *const states[] = {
	"kaputt", "bitter", "undicht", "weg", "zu spät", "sauer", "gesprungen",
	"viel zu klein", "locker", "verklemmt", "verbrannt", "verstopft", "kalt",
	"rostig", "zerkratzt", "laut", "schimmelig", "nass", "verbogen",
	"ausgeblichen", "schwach", NULL
};
static const char *const days[] = {
	"Montag", "Freitag", "Dienstag", "Mittwoch", "Donnerstag", "Samstag",
	"1. März", "12. Mai", "24. Dezember", "3. Oktober", "Wochenende",
	"14. Februar", "Monatsersten", "Ostermontag", NULL
};
const struct words words_de = { "de", greetings, farewells, subjects, asks,
				answers, notes, parts, states, days };
