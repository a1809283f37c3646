#include <stddef.h>

#include "text.h"

static const char *const greetings[] = {
	"Bonjour,", "Madame, Monsieur,", "Bonsoir,", "Bonjour à toute l'équipe,", NULL
};
static const char *const farewells[] = {
	"Cordialement,", "Merci d'avance,", "Bien à vous,", "Bonne journée,", NULL
};
static const char *const subjects[] = {
	"Où en est ma commande %o ?", "%t : %a", "Question sur %p",
	"Facture de la commande %o", "Colis jamais arrivé", "Retour de %p",
	"Mauvaise mouture", "Remboursement", "Pièce pour %w : %t",
	"Changement d'adresse", "Garantie de la %w", "Le café est %a", NULL
};
static const char *const asks[] = {
	"J'ai commandé %p et j'aurais dû le recevoir %d.",
	"Pourriez-vous me dire quand le colis de la commande %o arrivera ?",
	"J'ai un problème avec ma %w, côté %t : c'est %a et je ne sais plus quoi faire.",
	"J'attends depuis %n jours et le suivi n'indique toujours rien.",
	"Le café est %a alors que j'utilise le même moulin et la même eau que d'habitude.",
	"Merci de me renvoyer la facture, notre comptabilité ne la retrouve pas.",
	"Quand j'allume la machine, j'entends un bruit (%t), puis elle s'arrête.",
	"Je souhaite renvoyer %p parce que c'est %a.",
	"Auriez-vous encore en stock cette pièce pour la %w : %t ?",
	"Le numéro de série est %s et la machine a moins de deux ans.",
	"Sur le sachet, je lis le lot %l.",
	"J'ai été débité deux fois, merci de rembourser l'un des paiements.",
	"Le transporteur dit l'avoir laissé chez un voisin à %c, mais personne n'est au courant.",
	"Je joins une photo pour que vous voyiez ce que je veux dire.",
	"Peut-on livrer plutôt à mon bureau de %c ?",
	"Nous tenons un petit café à %c et il nous faut %n kilos d'espresso par semaine.",
	"Merci pour votre réponse rapide, cela m'a bien aidé.",
	"J'ai déjà détartré %n fois et tout nettoyé, rien n'y fait.",
	"Quelle mouture conseillez-vous pour une cafetière de %n tasses ?",
	"La carte cadeau était pour l'anniversaire de ma mère, %d.", NULL
};
static const char *const answers[] = {
	"Merci de votre message, et toutes nos excuses pour ce désagrément.",
	"J'ai vérifié votre commande %o : elle a quitté notre torréfaction %d.",
	"Nous vous envoyons gratuitement la pièce (%t), vous l'aurez dans %n jours.",
	"Pourriez-vous nous envoyer une photo (%t) et le numéro de série sous la machine ?",
	"Le remboursement sera sur votre compte dans %n jours ouvrés.",
	"Vous trouverez la facture en pièce jointe.",
	"Débranchez la machine, retirez la pièce (%t) et rincez-la à l'eau tiède.",
	"Le colis vous attend au bureau de poste de %c.",
	"Malheureusement, %p est épuisé jusqu'à %d.",
	"L'adresse de livraison est changée, vous n'avez rien d'autre à faire.",
	"Le lot %l a été torréfié un peu plus foncé, nous l'échangeons volontiers.",
	"La %w est garantie deux ans.",
	"Dites-nous si tout fonctionne maintenant.",
	"Je ferme cette demande ; une courte réponse suffit pour la rouvrir.",
	"Pour vous remercier de votre patience, nous ajoutons un sachet : %p.", NULL
};
static const char *const notes[] = {
	"Le client a appelé %d, à traiter en premier.",
	"Vu avec l'entrepôt : %t en rupture pour %n semaines.",
	"Même problème que le lot %l, prévenir la torréfaction.",
	"Numéro %s déjà réparé une fois.",
	"Perte confirmée près de %c, l'assurance paie.", NULL
};
static const char *const parts[] = {
	"moulin", "réservoir d'eau", "mousseur à lait", "joint", "filtre", "pompe",
	"couvercle", "bac d'égouttage", "groupe", "buse vapeur", "poignée", "écran",
	"soupape", "porte-filtre", "trémie", "meule", "tuyau", "câble", "thermostat",
	"chaudière", "douchette", "tasseur", "interrupteur", "verseuse", "ressort", NULL
};
static const char *const states[] = {
	"cassé", "amer", "en panne", "perdu", "trop tard", "acide", "fendu", "trop petit",
	"desserré", "bloqué", "brûlé", "bouché", "froid", "rouillé", "rayé", "bruyant", NULL
};
static const char *const days[] = {
	"lundi", "vendredi", "mardi", "mercredi", "jeudi", "samedi", "le 1er mars",
	"le 12 mai", "le 24 décembre", "le 3 octobre", "ce week-end", "à Pâques", NULL
};
const struct words words_fr = { "fr", greetings, farewells, subjects, asks,
				answers, notes, parts, states, days };
