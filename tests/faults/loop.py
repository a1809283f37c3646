"""Two installations that answer each other for a simulated day. A mail host
between them carries every letter of one to the other's pipe, first untouched,
then without the headers by which machines know each other. Whatever is done,
each sends at most one automatic letter to the other."""
import re

from clock import Clock
from people import deliver_until_taken, letter

STEPS = {False: 12, True: 96}
DAY = 24 * 3600
OURS = {"a": "help@a.example", "b": "help@b.example"}
MARKS = re.compile(rb"^(auto-submitted|precedence|x-auto\S*|x-aftersale\S*|list-\S*|feedback-id):"
                   rb".*\n(?:[ \t].*\n)*", re.I | re.M)


class Desk:
    def __init__(self, test, name):
        self.name, self.address = name, OURS[name]
        self.house = test.house(database="loop_" + name, sender=self.address)
        self.house.create()
        self.house.configure()
        self.house.ctl("migrate")
        self.house.start_host()
        self.house.configure()
        self.carried = 0

    def work(self):
        self.house.once("mailroom", "--once")
        self.house.once("courier", "--once")

    def letters(self):
        """Those that the mail host took and nobody carried on: (sender, recipient, raw)."""
        with open(self.house.room + "/smtp/letters", "rb") as f:
            f.seek(self.carried)
            data = f.read()
        self.carried += len(data)
        found, rows = [], self.house.sent()
        while data:
            size, _, data = data.partition(b"\n")
            found.append(data[:int(size)])
            data = data[int(size):]
        return [(row[1], row[2], raw) for row, raw in zip(rows[len(rows) - len(found):], found)]


def carry(desks, strip):
    """What one wrote to the other arrives; how many letters that were."""
    number = 0
    for desk, other in (desks, desks[::-1]):
        for sender, to, raw in desk.letters():
            if not to.endswith("@" + other.address.split("@")[1]):
                continue
            raw = raw.replace(b"\r\n", b"\n")
            if strip:
                head, _, body = raw.partition(b"\n\n")
                raw = MARKS.sub(b"", head + b"\n") + b"\n" + body
                sender = desk.address
            deliver_until_taken(other.house, b"Return-Path: <%s>\nDelivered-To: %s\n"
                                % (sender.encode(), to.encode()) + raw, sender=sender)
            number += 1
    return number


def a_day(test, strip):
    clock = Clock()
    desks = (Desk(test, "a"), Desk(test, "b"))
    first = letter("#loop-000001#", sender=OURS["b"], to=OURS["a"])
    deliver_until_taken(desks[0].house, first, sender=OURS["b"])
    carried = []
    for _ in range(STEPS[test.long]):
        for desk in desks:
            desk.work()
        carried.append(carry(desks, strip))
        clock.jump(DAY / STEPS[test.long])
    clock.set(0)
    how = "without marks" if strip else "as they are"
    for desk in desks:
        sent = desk.house.ask("SELECT COUNT(*) FROM as_outbox WHERE to_address LIKE '%%@%s'"
                              % ("b.example" if desk.name == "a" else "a.example"))
        test.check("%s: automatic letters of %s" % (how, desk.name), int(sent) <= 1)
        test.holds(desk.house, "%s: %s" % (how, desk.name))
    test.check(how + ": nothing goes on at the end of the day", carried[-8:], [0] * 8)
    test.say("%s: %d letters carried in a day" % (how, sum(carried)))
    for desk in desks:
        desk.house.stop()


def run(test):
    a_day(test, strip=False)
    a_day(test, strip=True)
