"""world - prints the SQL of the demo shop "Mokka & Mehl".

	world.py [YYYY-MM-DD]

The same day gives the same shop, byte for byte. Orders lie in the two years
before that day (without one: today). The people have the names that break
careless programs; all addresses are reserved for examples.
"""
import datetime
import decimal
import random
import sys

SCHEMA = """
CREATE TABLE shopper (
	id INT NOT NULL PRIMARY KEY,
	mail VARCHAR(254) NOT NULL,
	given VARCHAR(200) NOT NULL,
	family VARCHAR(200) NOT NULL,
	phone VARCHAR(40),
	firm VARCHAR(200),
	tongue VARCHAR(10),
	open_account TINYINT NOT NULL,
	since DATETIME NOT NULL,
	about VARCHAR(100) NOT NULL,
	KEY mail (mail)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
CREATE TABLE stage (
	code VARCHAR(12) NOT NULL PRIMARY KEY,
	label VARCHAR(40) NOT NULL,
	kind VARCHAR(12) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
CREATE TABLE purchase (
	id INT NOT NULL PRIMARY KEY,
	number VARCHAR(20) NOT NULL UNIQUE,
	shopper_id INT,
	mail VARCHAR(254) NOT NULL,
	full_name VARCHAR(400) NOT NULL,
	phone VARCHAR(40),
	placed DATETIME NOT NULL,
	touched DATETIME NOT NULL,
	stage VARCHAR(12) NOT NULL,
	currency CHAR(3) NOT NULL,
	freight DECIMAL(15,3) NOT NULL,
	total DECIMAL(15,3) NOT NULL,
	tongue VARCHAR(10),
	KEY shopper_placed (shopper_id, placed),
	KEY mail (mail, placed)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
CREATE TABLE purchase_line (
	id INT NOT NULL,
	purchase_id INT NOT NULL,
	place INT NOT NULL,
	article INT NOT NULL,
	sku VARCHAR(20) NOT NULL,
	name VARCHAR(500) NOT NULL,
	pieces INT NOT NULL,
	each_price DECIMAL(15,3) NOT NULL,
	PRIMARY KEY (purchase_id, place, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
CREATE TABLE line_choice (
	purchase_id INT NOT NULL,
	line_id INT NOT NULL,
	question VARCHAR(100) NOT NULL,
	answer VARCHAR(500) NOT NULL,
	PRIMARY KEY (purchase_id, line_id, question)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
CREATE TABLE purchase_address (
	purchase_id INT NOT NULL,
	role VARCHAR(8) NOT NULL,
	name VARCHAR(400) NOT NULL,
	firm VARCHAR(200),
	street VARCHAR(300) NOT NULL,
	extra VARCHAR(300),
	town VARCHAR(100) NOT NULL,
	region VARCHAR(100),
	code VARCHAR(20),
	country CHAR(2) NOT NULL,
	PRIMARY KEY (purchase_id, role)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
CREATE TABLE parcel (
	id INT NOT NULL,
	purchase_id INT NOT NULL,
	sent DATETIME NOT NULL,
	carrier VARCHAR(60) NOT NULL,
	code VARCHAR(60) NOT NULL,
	follow VARCHAR(300),
	PRIMARY KEY (purchase_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
CREATE TABLE money_back (
	id INT NOT NULL,
	purchase_id INT NOT NULL,
	at DATETIME NOT NULL,
	amount DECIMAL(15,3) NOT NULL,
	why VARCHAR(500),
	PRIMARY KEY (purchase_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
CREATE TABLE diary (
	id INT NOT NULL,
	purchase_id INT NOT NULL,
	at DATETIME NOT NULL,
	stage VARCHAR(12) NOT NULL,
	words VARCHAR(1000),
	told TINYINT NOT NULL,
	PRIMARY KEY (purchase_id, at, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
"""

# code, label, the kind that the help desk knows
STAGES = [
    ("received", "Received", "new"), ("paid", "Paid", "paid"),
    ("roasting", "In the roastery ☕", "paid"), ("sent", "On its way", "shipped"),
    ("delivered", "Delivered", "done"), ("cancelled", "Cancelled", "cancelled"),
    ("refunded", "Money returned", "refunded"),
    ("declined", "Payment declined", "failed"), ("parked", "On <hold> & waiting", "other"),
]

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren"

# mail, given, family, phone, firm, language, open, currency, orders, country,
# town, street, what makes this person worth a sign-in
PEOPLE = [
    ("anna.schmidt@example.com", "Anna", "Schmidt", "+49 30 5550100", None, "de",
     1, "EUR", 14, "DE", "Berlin", "Karl-Marx-Allee 1", "a regular, German"),
    ("siobhan@example.com", "Siobhán", "O'Connor", "+353 1 5550101", None, "en-IE",
     1, "EUR", 6, "IE", "Dublin", "3 St Stephen's Green", "an apostrophe"),
    ("jojo@example.com", "Jean-Luc \"Jojo\"", "Lefèvre", None, "Lefèvre & Fils <SARL>", "fr",
     1, "EUR", 5, "FR", "Orléans", "12, rue de l'Église", "quotes, & and <"),
    ("layla@example.com", "ليلى", "الخطيب", "+965 5550103", None, "ar",
     1, "KWD", 6, "KW", "مدينة الكويت", "شارع الخليج العربي ١٢", "Arabic, right to left, dinars"),
    ("yuki@example.com", "雪", "山田", "+81 3 5550104", None, "ja",
     1, "JPY", 5, "JP", "東京都", "神保町1丁目2番3号", "Japanese, yen without decimals"),
    ("hubert@example.com", LONG_NAME, "von " + LONG[:60], "+1 212 5550105", LONG, "en-US",
     1, "USD", 4, "US", "New York", LONG + " 99, Apartment 1205", "very long words"),
    ("jose@example.com", "Jose", "Garcia", None, None, "es",
     1, "EUR", 3, "ES", "Sevilla", "Calle Sierpes 8", "jose@, not josé@"),
    ("josé@example.com", "José", "García", None, None, "es_ES",
     1, "EUR", 3, "ES", "Cádiz", "Plaza de Mina 4", "josé@, not jose@"),
    ("bobby@example.com", "<b>Robert</b>", "'); DROP TABLE purchase;--", None,
     "<script>alert(1)</script>", "en-GB",
     1, "GBP", 4, "GB", "London", "<img src=x onerror=alert(2)>", "tries to break in"),
    ("zoe@example.com", "Zoë 🦊", "Fuchs", "+41 44 5550109", "🦊 & Söhne", "de-CH",
     1, "CHF", 60, "CH", "Zürich", "Langstrasse 7", "60 orders, emoji, francs"),
    ("nora@example.com", "Nora", "Neumann", None, None, "de",
     1, "EUR", 0, "DE", "Köln", "Domplatz 2", "no orders yet"),
    ("ivo@example.com", "Ivo", "Ivanov", None, None, "bg",
     0, "EUR", 2, "BG", "София", "бул. Витоша 5", "account closed"),
    ("mei@example.com", "Mei-Ling", "O’Hara & Co.", "+44 20 5550112", None, None,
     1, "GBP", 4, "GB", "Leeds", "Flat 1/2\\3, 50% Mill", "no language, a backslash, a per cent sign"),
]

# Guests have no account; the last one writes from a customer's address.
GUESTS = [
    ("guest@example.org", "Gwen Guest", "EUR", "DE", "Hamburg", "Deichstraße 3"),
    ("guest@example.org", "Gwen Guest", "EUR", "DE", "Hamburg", "Deichstraße 3"),
    ("Guest.Two@Example.org", "Gus \"Two\" <Guest>", "USD", "US", "Austin", "6th St 10"),
    ("josé@example.org", "José Huésped", "EUR", "ES", "Málaga", "Calle Larios 1"),
    ("jose@example.org", "Jose Huesped", "EUR", "ES", "Málaga", "Calle Larios 2"),
    ("anna.schmidt@example.com", "Anna Schmidt", "EUR", "DE", "Berlin", "Karl-Marx-Allee 1"),
]

# number, name, price in euros, choices
GOODS = [
    ("MK-001", "House blend \"Mokka\"", "8.90", (("Size", ("250 g", "500 g", "1 kg")),
                                              ("Grind", ("Whole beans", "Espresso", "Filter <coarse>")))),
    ("MK-002", "Ethiopia Yirgacheffe, washed & sun-dried", "12.50", (("Size", ("250 g", "500 g")),)),
    ("MK-003", "قهوة عربية بالهيل", "14.00", (("الحجم", ("٢٥٠ غ", "٥٠٠ غ")),)),
    ("MK-004", "Decaf <mild>, 'for late evenings'", "9.80", ()),
    ("MK-010", "Grinder No. 3 – hand-forged", "129.00", (("Engraving", (
        "", "For Zoë 🦊", "\"Good morning\" & good night", LONG)),)),
    ("MK-011", "Moka pot, 6 cups 🫖", "34.00", (("Colour", ("Spruce", "Ember", "Red/white 50%")),)),
    ("MK-012", "Cup \"" + LONG + "\"", "11.00", ()),
    ("ME-001", "Rye flour, type 1150", "3.20", (("Size", ("1 kg", "5 kg")),)),
    ("ME-002", "Weizenmehl <Typ 550> & Hefe", "2.80", (("Size", ("1 kg", "5 kg")),)),
    ("ME-003", "抹茶ロールケーキ mix", "7.70", ()),
    ("ME-004", "Cinnamon buns 🥨 (frozen)", "6.40", (("Pieces", ("6", "12")),)),
    ("GV-001", "Gift card", "50.00", (("Words", ("Happy birthday!", "Bon appétit, l'ami", "كل عام وأنتم بخير")),)),
]

# what a euro costs, and how many decimals are paid
MONEY = {"EUR": ("1", 2), "CHF": ("0.95", 2), "GBP": ("0.86", 2),
         "USD": ("1.09", 2), "JPY": ("163", 0), "KWD": ("0.335", 3)}

CARRIERS = [("DHL", "https://track.example/dhl?code=%s"), ("La Poste", "https://track.example/lp/%s"),
            ("Bike & Bean", None), ("郵便", "https://track.example/jp/%s")]

WHYS = ["One bag was torn <open>", "Wrong grind, sorry & enjoy", "تأخر التوصيل", "Customer's \"change of mind\"", None]

# what happens to an order, and how often
FATES = [(("received", "paid", "roasting", "sent", "delivered"), 9),
         (("received", "paid", "roasting", "sent"), 4), (("received", "paid", "roasting"), 2),
         (("received", "paid"), 2), (("received",), 1), (("received", "cancelled"), 1),
         (("received", "paid", "sent", "delivered", "refunded"), 2),
         (("received", "declined"), 1), (("received", "paid", "parked"), 1)]

WORDS = {"received": "Thank you! We have your order.", "sent": "Your parcel has left the roastery.",
         "refunded": "The money is on its way back.", "parked": "Waiting for green beans from Cádiz & Jimma.",
         "declined": "The bank said <no>."}


def sql(value):
    if value is None:
        return "NULL"
    if isinstance(value, (int, decimal.Decimal)):
        return str(value)
    if isinstance(value, datetime.datetime):
        return "'%s'" % value.strftime("%Y-%m-%d %H:%M:%S")
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


class World:
    def __init__(self, day):
        self.noon = datetime.datetime.combine(day, datetime.time(12))
        self.dice = random.Random(1683)
        self.next = {}

    def row(self, table, *values):
        print("INSERT INTO %s VALUES (%s);" % (table, ", ".join(map(sql, values))))

    def id(self, table):
        self.next[table] = self.next.get(table, 0) + 1
        return self.next[table]

    def price(self, euros, currency):
        rate, decimals = MONEY[currency]
        step = decimal.Decimal(1).scaleb(-decimals)
        return (decimal.Decimal(euros) * decimal.Decimal(rate)).quantize(step)

    def make(self):
        print("SET NAMES utf8mb4;\nSTART TRANSACTION;")
        for stage in STAGES:
            self.row("stage", *stage)
        for i, (mail, given, family, phone, firm, tongue, is_open, currency, many,
                country, town, street, about) in enumerate(PEOPLE):
            shopper = 101 + i
            self.row("shopper", shopper, mail, given, family, phone, firm, tongue,
                     is_open, self.noon - datetime.timedelta(days=800 - i), about)
            for nth in range(many):
                self.order(10001 + self.id("numbers"), shopper, mail, given + " " + family,
                           phone, firm, tongue, currency, country, town, street, nth)
        for i, (mail, name, currency, country, town, street) in enumerate(GUESTS):
            self.order(20001 + i, None, mail, name, None, None, None, currency,
                       country, town, street, i)
        print("COMMIT;")

    def order(self, key, shopper, mail, name, phone, firm, tongue, currency,
              country, town, street, nth):
        dice = self.dice
        placed = self.noon - datetime.timedelta(
            days=nth * 11 + dice.randrange(1, 11), seconds=dice.randrange(40000))
        # The newest orders are still under way, the oldest are done.
        fate = dice.choices(*zip(*FATES))[0] if nth else FATES[1][0]
        if nth > 4 and fate[-1] in ("received", "paid", "roasting"):
            fate = FATES[0][0]
        total = freight = self.price(dice.choice(["0", "4.90"]), currency)
        for place in range(1, dice.choice([1, 1, 2, 2, 3, 5]) + 1):
            total += self.line(key, place, currency, nth)
        at = placed
        for stage in fate:
            self.row("diary", self.id("diary"), key, at, stage, WORDS.get(stage), 1)
            if stage == "sent":
                self.parcels(key, at)
            if stage == "refunded":
                whole = dice.random() < .5
                self.row("money_back", self.id("money_back"), key, at,
                         total if whole else self.price("3.50", currency), dice.choice(WHYS))
            touched = at
            at = min(at + datetime.timedelta(hours=dice.randrange(1, 40)), self.noon)
        if dice.random() < .2:
            self.row("diary", self.id("diary"), key, touched, fate[-1],
                     "Internal: customer called, \"nice\" & patient", 0)
        self.row("purchase", key, "MM-%d" % key, shopper, mail, name, phone,
                 placed, touched, fate[-1], currency, freight, total, tongue)
        code = "%05d" % dice.randrange(100000)
        self.row("purchase_address", key, "billing", name, firm, street, None, town, None, code, country)
        if dice.random() < .7:
            self.row("purchase_address", key, "shipping", name, None, street,
                     dice.choice([None, "c/o \"Neighbour\" <2nd floor>"]), town, None, code, country)

    def line(self, key, place, currency, nth):
        line = self.id("purchase_line")
        article = self.dice.randrange(len(GOODS))
        sku, name, euros, choices = GOODS[article]
        pieces = self.dice.choice([1, 1, 1, 2, 3, 12])
        each = self.price(euros, currency)
        self.row("purchase_line", line, key, place, 501 + article, sku,
                 name, pieces, each)
        for question, answers in choices:
            answer = self.dice.choice(answers)
            if answer:
                self.row("line_choice", key, line, question, answer)
        return each * pieces

    def parcels(self, key, at):
        for _ in range(self.dice.choice([1, 1, 1, 2])):
            carrier, follow = self.dice.choice(CARRIERS)
            code = "00%d" % self.dice.randrange(10 ** 12)
            self.row("parcel", self.id("parcel"), key, at, carrier, code,
                     follow and follow % code)


def main():
    day = datetime.date.today()
    if len(sys.argv) > 1:
        day = datetime.date.fromisoformat(sys.argv[1])
    sys.stdout.reconfigure(encoding="utf-8")
    print(SCHEMA)
    World(day).make()


if __name__ == "__main__":
    main()
