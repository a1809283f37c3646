#include <stddef.h>

#include "text.h"

static const char *const greetings[] = {
	"Hello,", "Hi,", "Hi there,", "Good morning,", "Dear Mokka & Mehl,",
	"Dear Sir or Madam,", "Good evening,", "Hi team,", NULL
};
static const char *const farewells[] = {
	"Kind regards,", "Thanks,", "Best wishes,", "Thank you very much,",
	"Many thanks in advance,", "Yours sincerely,", "Cheers,", NULL
};
static const char *const subjects[] = {
	"Where is my order %o?", "%t is %a", "Question about %p", "Invoice for %o",
	"My parcel has not arrived", "I would like to return %p",
	"%p arrived %a", "Wrong grind in my parcel", "Refund for %o",
	"Spare part for %w: %t", "Delivery date of %p", "Warranty for %w",
	"Please change my address", "Payment did not work", "Missing %t",
	"Coffee tastes %a", "Idea for your shop", "Number %n on the display", NULL
};
static const char *const asks[] = {
	"I ordered %p and it should have been here on %d.",
	"Could you please tell me when the parcel for order %o will arrive?",
	"The %t of the %w is %a and I do not know what to do.",
	"I have been waiting for %n days now and the tracking page still says nothing.",
	"The coffee tastes %a, although I use the same grinder and the same water as always.",
	"Please send me the invoice again, our bookkeeping cannot find it.",
	"When I switch the machine on, the %t makes a loud noise and then it stops.",
	"I would like to return %p because it is %a.",
	"Do you have a spare %t for the %w in stock?",
	"The bag was open when the postman brought it and half of the beans were gone.",
	"My serial number is %s and the machine is less than two years old.",
	"On the bag it says lot %l, best before next summer.",
	"I paid twice by credit card, please refund one of the payments.",
	"The parcel service says that it was delivered to a neighbour in %c, but nobody here knows anything.",
	"I have attached a photo so that you can see what I mean.",
	"Is it possible to change the delivery address to my office in %c?",
	"The display shows error %n and the red light next to the %t is blinking.",
	"We run a small cafe in %c and need about %n kilos of espresso every week.",
	"I have descaled it %n times, cleaned the %t and changed the %t, but nothing helps.",
	"Can I still cancel it, or is it already being roasted?",
	"The discount code from your newsletter was not accepted at the checkout.",
	"I am really disappointed, this is the %n. time that something is missing.",
	"It would be lovely if you sold the %w in a smaller size, too.",
	"Thank you for the quick answer, that helped a lot.",
	"Yes, the %t is %a now, exactly as you described it.",
	"Is the flour suitable for sourdough bread and how long does it keep?",
	"Last time I bought the %w and was very happy with it.",
	"Which grind do you recommend for a moka pot with %n cups?",
	"I tried what you wrote on %d, but the %t is still %a.",
	"Please call me if you need anything else, I am at home after %n o'clock.",
	"Does the guarantee also cover the %t?",
	"The gift card was meant for my mother's birthday on %d.", NULL
};
static const char *const answers[] = {
	"Thank you for your message, and sorry for the trouble.",
	"I have looked into your order %o and everything left our roastery on %d.",
	"We will send you a new %t free of charge, it should arrive within %n days.",
	"Could you please send us a photo of the %t and the serial number on the bottom of the machine?",
	"The refund is on its way and will be on your account in %n working days.",
	"You will find the invoice attached to this message.",
	"Please unplug the machine, take out the %t and rinse it with warm water.",
	"Our colleague in the workshop says that a %a %t is usually a sign of limescale.",
	"The parcel is waiting for you at the post office in %c.",
	"I am afraid that %p is sold out until %d.",
	"We have changed the delivery address, nothing else is needed from your side.",
	"You can send it back within thirty days, the label is attached.",
	"Lot %l was roasted a little darker than usual, we are happy to replace it.",
	"I asked the parcel service to search for it and will write again on %d.",
	"As an apology we have added a bag of %p to your next order.",
	"For a moka pot we recommend a grind a little coarser than espresso.",
	"The %w is covered by our guarantee for two years.",
	"Please tell us whether the %t works now.",
	"Since we have not heard from you, I assume that everything is in order.",
	"The bank has confirmed that only one payment was booked.",
	"The new %w comes with a better %t, I can recommend it.",
	"I am closing this request, but a short answer opens it again at any time.",
	"Your discount code is valid until %d and works for all kinds of coffee.",
	"The technician needs about %n days for the repair of the %w.", NULL
};
static const char *const notes[] = {
	"Customer called on %d, sounds %a, please answer first.",
	"Checked with the warehouse: the %t is out of stock for %n weeks.",
	"Refund approved, %n percent of the order.",
	"Same problem as with lot %l, tell the roastery.",
	"Serial %s was repaired before, see the workshop's list.",
	"Carrier confirmed the loss near %c, insurance pays.",
	"Please do not promise a date for the %w.",
	"Waiting for the supplier of the %t.", NULL
};
static const char *const parts[] = {
	"grinder", "water tank", "milk frother", "seal", "filter", "pump", "lid",
	"drip tray", "brew group", "steam wand", "handle", "display", "valve",
	"gasket", "portafilter", "hopper", "burr", "hose", "power cable",
	"thermostat", "boiler", "shower screen", "tamper", "switch", "glass jug",
	"scale", "spring", "screw", "bean container", "cleaning brush",
	"pressure gauge", "heating element", NULL
};
static const char *const states[] = {
	"broken", "bitter", "leaking", "missing", "too late", "sour", "cracked",
	"much too small", "loose", "stuck", "burnt", "blocked", "cold", "rusty",
	"scratched", "noisy", "mouldy", "wet", "bent", "faded", "weak", NULL
};
static const char *const days[] = {
	"Monday", "Friday", "Tuesday", "Wednesday", "Thursday", "Saturday",
	"1 March", "12 May", "24 December", "3 October", "the weekend",
	"14 February", "the first of the month", "Easter", NULL
};
const struct words words_en = { "en", greetings, farewells, subjects, asks,
				answers, notes, parts, states, days };
