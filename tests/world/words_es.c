#include <stddef.h>

#include "text.h"

static const char *const greetings[] = {
	"Hola:", "Buenos días:", "Buenas tardes:", "Estimados señores:", NULL
};
static const char *const farewells[] = {
	"Un saludo,", "Muchas gracias,", "Gracias de antemano,", "Atentamente,", NULL
};
static const char *const subjects[] = {
	"¿Dónde está mi pedido %o?", "%t: %a", "Pregunta sobre %p",
	"Factura del pedido %o", "El paquete no ha llegado", "Devolución de %p",
	"Molienda equivocada", "Reembolso", "Repuesto para la %w: %t",
	"Cambio de dirección", "Garantía de la %w", "El café sabe %a", NULL
};
static const char *const asks[] = {
	"Pedí %p y tenía que haber llegado %d.",
	"¿Podrían decirme cuándo llegará el paquete del pedido %o?",
	"Tengo un problema con la %w (%t): está %a y no sé qué hacer.",
	"Llevo %n días esperando y el seguimiento todavía no dice nada.",
	"El café sabe %a, aunque uso el mismo molinillo y la misma agua de siempre.",
	"Por favor, envíenme otra vez la factura, en contabilidad no la encuentran.",
	"Cuando enciendo la máquina se oye un ruido (%t) y luego se apaga.",
	"Quisiera devolver %p porque está %a.",
	"¿Tienen todavía este repuesto para la %w: %t?",
	"El número de serie es %s y la máquina tiene menos de dos años.",
	"En la bolsa pone lote %l.",
	"Me han cobrado dos veces, por favor devuelvan uno de los pagos.",
	"El transportista dice que lo dejó con un vecino en %c, pero aquí nadie sabe nada.",
	"Adjunto una foto para que vean a qué me refiero.",
	"¿Se puede cambiar la entrega a mi oficina de %c?",
	"Tenemos una pequeña cafetería en %c y necesitamos %n kilos de café por semana.",
	"Gracias por la respuesta tan rápida, me ha ayudado mucho.",
	"Ya la he descalcificado %n veces y sigue igual.",
	"¿Qué molienda recomiendan para una cafetera de %n tazas?",
	"La tarjeta regalo era para el cumpleaños de mi madre, %d.", NULL
};
static const char *const answers[] = {
	"Gracias por su mensaje y disculpe las molestias.",
	"He revisado su pedido %o: salió de nuestro tostadero %d.",
	"Le enviamos gratis la pieza (%t), la tendrá en %n días.",
	"¿Podría enviarnos una foto (%t) y el número de serie de la parte de abajo?",
	"El reembolso estará en su cuenta en %n días hábiles.",
	"Encontrará la factura adjunta a este mensaje.",
	"Desenchufe la máquina, saque la pieza (%t) y enjuáguela con agua tibia.",
	"El paquete le espera en la oficina de correos de %c.",
	"Lamentablemente %p está agotado hasta %d.",
	"La dirección de entrega está cambiada, no tiene que hacer nada más.",
	"El lote %l se tostó un poco más de lo normal, se lo cambiamos con gusto.",
	"La %w tiene dos años de garantía.",
	"Díganos por favor si ya funciona.",
	"Cierro esta consulta; una respuesta breve basta para abrirla de nuevo.",
	"Como disculpa añadimos una bolsa a su próximo pedido: %p.", NULL
};
static const char *const notes[] = {
	"El cliente llamó %d, contestar primero.",
	"Hablado con el almacén: %t agotado durante %n semanas.",
	"Lo mismo que con el lote %l, avisar al tostadero.",
	"El número %s ya estuvo en reparación.",
	"Pérdida confirmada cerca de %c, paga el seguro.", NULL
};
static const char *const parts[] = {
	"molinillo", "depósito de agua", "espumador", "junta", "filtro", "bomba", "tapa",
	"bandeja", "grupo", "vaporizador", "mango", "pantalla", "válvula", "portafiltro",
	"tolva", "muela", "manguera", "cable", "termostato", "caldera", "interruptor",
	"jarra", "muelle", "tornillo", "resistencia", NULL
};
static const char *const states[] = {
	"roto", "amargo", "averiado", "perdido", "tarde", "ácido", "agrietado",
	"demasiado pequeño", "suelto", "atascado", "quemado", "frío", "oxidado", "rayado", NULL
};
static const char *const days[] = {
	"el lunes", "el viernes", "el martes", "el miércoles", "el jueves", "el sábado",
	"el 1 de marzo", "el 12 de mayo", "el 24 de diciembre", "el fin de semana", NULL
};
const struct words words_es = { "es", greetings, farewells, subjects, asks,
				answers, notes, parts, states, days };
