"""F1, anywhere: customers, agents and a mail host write numbered messages with
files, and meanwhile a random worker dies by SIGKILL every 20 to 200 ms."""
import collections
import random
import threading
import time

from people import Agent, Customer, deliver_until_taken, letter

KILLS = {False: 120, True: 2000}
CUSTOMERS, HOSTS = 6, 2
AGENTS = ["ben@shop.example", "ada@shop.example"]
PAUSE = 0.04			# seconds that a person thinks
NOT_TOLD_ONCE = """SELECT COUNT(*) FROM as_message m WHERE m.kind = 'customer' AND m.source = 'web'
 AND (SELECT COUNT(*) FROM as_outbox o WHERE o.message_id = m.id AND o.recipient_kind = 'agent') <>
 (SELECT COUNT(*) FROM as_agent WHERE active AND notify = 'all')"""


class Crowd:
    def __init__(self, test, house):
        self.test, self.house = test, house
        self.lock, self.over = threading.Lock(), threading.Event()
        self.count, self.again, self.failures = 0, 0, []
        self.numbers = []		# of tickets, for agents

    def mark(self):
        with self.lock:
            self.count += 1
            mark = "#load-%06d#" % self.count
            self.test.tried.add(mark)
        files = [("file-%d.txt" % n, random.randbytes(random.randrange(50, 30000)).hex().encode())
                 for n in range(random.choice((0, 0, 1, 2)))]
        return mark, files

    def taken(self, mark, files):
        with self.lock:
            self.test.acknowledged[mark] = len(files)

    def customer(self, key):
        zoe = Customer(self.house, str(key), "Customer %d" % key, "c%d@mail.example" % key)
        own = []
        while not self.over.is_set():
            mark, files = self.mark()
            if not own or random.random() < 0.4:
                own.append(zoe.ask_new(mark, files))
                self.numbers.append(own[-1])
                self.taken(mark, files)
            elif zoe.write(random.choice(own), mark, files):
                self.taken(mark, files)
            self.over.wait(random.random() * PAUSE)
        with self.lock:
            self.again += zoe.again

    def agent(self, email):
        ben = Agent(self.house, email)
        while not self.over.is_set():
            if self.numbers:
                mark, files = self.mark()
                if ben.write(random.choice(self.numbers), mark, files,
                             kind=random.choice(("reply", "reply", "note"))):
                    self.taken(mark, files)
            self.over.wait(random.random() * PAUSE)
        with self.lock:
            self.again += ben.again

    def mail_host(self):
        while not self.over.is_set():
            mark, files = self.mark()
            # Many letters of one sender are held for a person.
            raw = letter(mark, mark.strip("#") + "@mail.example", files=files)
            tries = deliver_until_taken(self.house, raw)
            with self.lock:
                self.again += tries - 1
            self.taken(mark, files)
            self.over.wait(random.random() * PAUSE)

    def guarded(self, act, *words):
        def run():
            try:
                act(*words)
            except Exception as e:	# told at the end; the others go on
                self.failures.append(str(e))
        return threading.Thread(target=run, daemon=True)


def kill_some(house, most):
    """Deaths by who died."""
    deaths = collections.Counter()
    while sum(deaths.values()) < most:
        time.sleep(random.uniform(0.02, 0.2))
        victims = house.victims()
        if victims:
            # Programs alike, however many workers they have.
            name = random.choice(sorted({name for name, _ in victims}))
            if house.kill(random.choice([pid for who, pid in victims if who == name])):
                deaths[name] += 1
    return deaths


def run(test):
    house = test.house()
    house.configure()
    house.empty()
    house.start_host()
    house.configure()
    house.start_web()
    house.service("courier")
    house.service("mailroom")
    house.watch()
    crowd = Crowd(test, house)
    threads = [crowd.guarded(crowd.customer, 200 + n) for n in range(CUSTOMERS)]
    threads += [crowd.guarded(crowd.agent, email) for email in AGENTS]
    threads += [crowd.guarded(crowd.mail_host) for _ in range(HOSTS)]
    for thread in threads:
        thread.start()
    deaths = kill_some(house, KILLS[test.long])
    crowd.over.set()
    for thread in threads:
        thread.join()
    house.unwatch()
    house.stop("courier", "mailroom")
    house.drain()
    test.check("nobody gave up", crowd.failures, [])
    test.holds(house)
    test.check("customers' messages that were not told to each agent once", house.ask(NOT_TOLD_ONCE), "0")
    names = [row[3] for row in house.sent()]
    twice = len(names) - len(set(names))
    test.check("letters twice, at most one a death of the courier", twice <= deaths["courier"])
    test.check("letters under a name of their own", str(len(set(names))),
               house.ask("SELECT COUNT(*) FROM as_outbox WHERE state = 'sent'"))
    test.check("people wrote", len(test.acknowledged) > sum(deaths.values()) // 4)
    test.say("%d deaths: %s" % (sum(deaths.values()), ", ".join(
        "%s %d" % pair for pair in sorted(deaths.items()))))
    test.say("%d messages taken of %d, %d buttons pressed again, %d letters, %d of them twice"
             % (len(test.acknowledged), len(test.tried), crowd.again, len(names), twice))
