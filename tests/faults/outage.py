"""F4: the mail host is away for a day of model time in every manner, 2,000
letters wait, and then it is back but refuses some. All that can go is there
within ten minutes of model time, in order within each ticket."""
import collections
import os
import subprocess
import time

import letters
from clock import Clock
from house import wait_for

LETTERS, TICKETS, STEPS = 2000, 250, 48
DAY, MINUTE = 24 * 3600, 60
SPEED = 10			# model seconds a second, once it is back
# One reader in so many is refused, put off or cut off.
KINDS = {7: "rcpt4", 31: "data4", 57: "rcpt5", 83: "data5", 101: "cut"}
AWAY = ["stopped", "away", "rate 0", "tls"]


def reader(ticket):
    return KINDS.get(ticket % 125, "zoe")


def certificate(house):
    """For another host than ours, and nobody vouches for it."""
    folder = house.room + "/smtp/"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
                    "-subj", "/CN=other.example", "-keyout", folder + "key", "-out", folder + "cert"],
                   check=True, stderr=subprocess.DEVNULL)
    with open(folder + "host.pem", "w") as out:
        for name in ("key", "cert"):
            with open(folder + name) as f:
                out.write(f.read())


def a_day_away(test, house, clock):
    told = collections.Counter()
    for step in range(STEPS):
        manner = AWAY[step % len(AWAY)]
        if manner == "stopped":
            house.stop("host")
        else:
            house.start_host()
            house.mode(manner)
        first, after = LETTERS * step // STEPS, LETTERS * (step + 1) // STEPS
        letters.add(house, [(n % TICKETS + 1, n // TICKETS + 1, reader(n % TICKETS + 1))
                            for n in range(first, after)])
        # Without `must` any certificate is better than none.
        insists = {"AFTERSALE_MAIL_SMTP_TLS": "must"} if manner == "tls" else {}
        test.check("%s: the courier ends" % manner, house.once("courier", "--once", **insists), 0)
        told[house.ask("SELECT last_error FROM as_mail_host")] += 1
        clock.jump(DAY / STEPS)
    test.check("letters that came meanwhile", len(house.sent()), 0)
    test.check("letters that were tried", house.ask(
        "SELECT COUNT(*) FROM as_outbox WHERE state <> 'due' OR attempts > 0"), "0")
    test.check("the manners are told apart", len(told) >= len(AWAY))
    test.check("a certificate is told as such", any("SSL" in words for words in told))
    with open(house.room + "/log/courier") as f:
        test.check("somebody is told within a quarter of an hour", "has been away for" in f.read())
    test.holds(house, "after a day away")


def is_back(test, house, clock):
    house.start_host()
    house.mode("ok")
    began = clock.now()
    clock.run(SPEED)
    house.service("courier")
    left = ("SELECT COUNT(*) FROM as_outbox WHERE state = 'due' AND to_address LIKE 'zoe@%'")
    wait_for("the last letter", lambda: house.ask(left) == "0", 120)
    took = clock.now() - began
    test.check("ten minutes of model time are enough", took <= 10 * MINUTE)
    test.say("%d letters in %.1f minutes of model time" % (letters.distinct(house), took / MINUTE))
    house.mode("kind")		# takes what it had put off
    house.later()
    wait_for("those that were put off", lambda: due_now(house), 60)
    house.stop("courier")
    clock.stop()


def due_now(house):
    house.later()
    return house.ask("SELECT COUNT(*) FROM as_outbox WHERE state = 'due'") == "0"


def everything_is_told(test, house):
    refused = "to_address LIKE '____5@%'"
    test.check("letters refused for good", house.ask(
        "SELECT COUNT(*) FROM as_outbox WHERE state = 'failed' AND last_code BETWEEN 550 AND 554"
        " AND attempts = 1 AND " + refused),
        house.ask("SELECT COUNT(*) FROM as_outbox WHERE " + refused))
    test.check("all others are sent", house.ask(
        "SELECT COUNT(*) FROM as_outbox WHERE state <> 'sent' AND NOT " + refused), "0")
    test.check("all sent ones came", str(letters.distinct(house)),
               house.ask("SELECT COUNT(*) FROM as_outbox WHERE state = 'sent'"))
    test.check("overtaken", letters.overtaken(house), 0)
    cut = {row[3] for row in house.sent() if row[0] == "cut"}
    test.check("only what was cut off came twice", letters.twice(house) == len(cut) > 0)


def run(test):
    clock = Clock()
    house = test.house()
    house.configure()
    certificate(house)
    house.empty()
    house.start_host()
    house.configure()
    a_day_away(test, house, clock)
    is_back(test, house, clock)
    everything_is_told(test, house)
    test.holds(house)
    clock.set(0)
