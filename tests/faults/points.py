"""F1, named places: every FAIL_POINT of the sources is where a program dies by
SIGKILL, at its first and at its second passing. Then whoever was cut off tries
again with the same form token or the same raw letter, everything is drained,
and the checker looks. A place that nobody passes fails the test."""
import os
import re

from house import TOP, WEB
from imap import Dovecot
from people import Agent, Customer, TryAgain, deliver, letter

FOLDERS = {"courier": ["src/courier"], "mail": ["src/mailroom", "src/port/spool", "src/desk/incoming"],
           "command line": ["src/ctl"]}
FILE = [("lid.txt", b"a file of some length\n" * 200)]
TIMES = (1, 2)


def points():
    """The places by who passes them; the command line's are tests/schema's."""
    found = {"web": set(), "courier": set(), "mail": set(), "command line": set()}
    for at, _, names in os.walk(TOP + "/src"):
        for path in (os.path.join(at, name) for name in names if name.endswith(".c")):
            short = os.path.relpath(path, TOP)
            kind = next((kind for kind, folders in FOLDERS.items()
                         if any(short.startswith(folder) for folder in folders)), "web")
            with open(path, encoding="utf-8") as f:
                found[kind] |= set(re.findall(r'^\s*FAIL_POINT\("(\w+)"\);', f.read(), re.M))
    return found


class Story:
    """Numbers the messages, and knows which were taken."""

    def __init__(self, test, house):
        self.test, self.house, self.count = test, house, 0
        self.killed = set()

    def mark(self, files):
        self.count += 1
        mark = "#point-%06d#" % self.count
        self.test.tried.add(mark)
        return mark, files

    def fetched(self):
        """A letter that lies in a mailbox is as good as taken."""
        mark, files = self.mark([])
        self.taken(mark, files)
        return mark

    def taken(self, mark, files):
        self.test.acknowledged[mark] = len(files)

    def restart(self, program, **environment):
        house = self.house
        house.stop(program)
        house.start_fcgi(program, 1, **environment)

    def visit(self, program, point, times, act):
        """act(mark, files) presses a button until it is told that it was taken;
        the first press of the last one finds a program that will die."""
        self.restart(program, AFTERSALE_FAIL="%s:%d" % (point, times))
        for _ in range(times):
            mark, files = self.mark(FILE)
            again = act(mark, files, lambda: self.restart(program))
            self.taken(mark, files)
            if again:
                self.killed.add(point)


def web(test, house, places):
    zoe, ben, story = Customer(house), Agent(house), Story(test, house)
    number = zoe.ask_new(*story.mark([]))
    story.taken("#point-000001#", [])

    def pressing(person):
        """Its first failure brings a healthy program back."""
        def patient(restart):
            first = person.once

            def once(*words):
                try:
                    return first(*words)
                except TryAgain:
                    person.once = first
                    restart()
                    raise
            person.once = once
            return lambda: setattr(person, "once", first)
        return patient

    def asks(mark, files, restart):
        before, done = zoe.again, pressing(zoe)(restart)
        zoe.ask_new(mark, files)
        done()
        return zoe.again - before

    def writes(mark, files, restart):
        before, done = zoe.again, pressing(zoe)(restart)
        test.check("a message is taken", zoe.write(number, mark, files))
        done()
        return zoe.again - before

    def answers(mark, files, restart):
        before, done = ben.again, pressing(ben)(restart)
        test.check("an answer is taken", ben.write(number, mark, files))
        done()
        return ben.again - before

    for point in places:
        for times in TIMES:
            for program, act in zip(WEB, (asks, writes, answers)):
                story.visit(program, point, times, act)
                story.restart(program)
    test.check("places that no visit passes", sorted(places - story.killed), [])
    house.drain(mail=False)
    test.holds(house, "after every place of a visit")
    test.check("letters that came twice", doubled(house), 0)


def doubled(house):
    names = [row[3] for row in house.sent()]
    return len(names) - len(set(names))


def courier(test, house, places):
    zoe = Customer(house)
    story = Story(test, house)
    story.count = 100000
    for point in sorted(places):
        for times in TIMES:
            number = None
            for _ in range(times + 1):	# of one ticket: they go one after the other
                mark, files = story.mark([])
                if number:
                    zoe.write(number, mark, files)
                else:
                    number = zoe.ask_new(mark, files)
                story.taken(mark, files)
            before = doubled(house)
            test.check("%s, the %d. time" % (point, times),
                       house.once("courier", "--once", AFTERSALE_FAIL="%s:%d" % (point, times)), -9)
            house.drain(mail=False)
            test.holds(house, "after " + point)
            test.check("%s: letters twice" % point, doubled(house) - before,
                       1 if point == "after_250" else 0)


def mail(test, house, places):
    story, killed, dovecot = Story(test, house), set(), Dovecot(house)
    story.count = 200000
    dovecot.mailbox("points")
    for point in sorted(places):
        for times in TIMES if test.long else TIMES[1:]:
            raw = []
            for number in range(times + 1):
                mark, files = story.mark(FILE if number % 2 else [])
                raw.append(letter(mark, sender(mark), files=files))
                story.taken(mark, files)
            died = hand_over(house, raw, point, times)
            for _ in range(times):
                fetched = story.fetched()
                dovecot.put("points", letter(fetched, sender(fetched)))
            dovecot.due()
            house.later()
            died |= house.once("mailroom", "--once", AFTERSALE_FAIL="%s:%d" % (point, times)) != 0
            if died:
                killed.add(point)
            dovecot.due()
            house.drain()
            test.holds(house, "after " + point)
            for some in raw:		# a mail host that heard nothing tries again
                deliver(house, some)
            house.drain()
            test.holds(house, "after %s and another delivery" % point)
    test.check("places that no letter passes", sorted(places - killed), [])


def sender(mark):
    """Each letter is somebody else's: many of one are held for a person."""
    return mark.strip("#") + "@mail.example"


def hand_over(house, raw, point, times):
    """Each letter until it is taken; did the pipe die? Once is enough."""
    died = False
    for number, some in enumerate(raw):
        while deliver(house, some, AFTERSALE_FAIL="" if died else "%s:1" % point):
            died = True
    return died


def run(test):
    places = points()
    house = test.house()
    house.configure()
    house.empty()
    house.start_host()
    house.configure()
    house.start_web(workers=1)
    web(test, house, places["web"])
    courier(test, house, places["courier"])
    mail(test, house, places["mail"])
    test.say("%d places, %d messages" % (sum(len(some) for kind, some in places.items()
                                             if kind != "command line"), len(test.acknowledged)))
