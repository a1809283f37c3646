"""F7: hosts that misbehave (tests/mailroom/hostile.py), all at once, beside a
mailbox that is well and a mail host that uses the pipe. Memory has an end, the
others go on, nothing is lost or doubled when a folder is numbered anew."""
import os
import time

from house import TOP, children, wait_for
from imap import Dovecot
from people import deliver_until_taken, letter
from speed import peak

QUICK = "mute huge cut nopass lines broken mislead".split()
SLOW = "drip dripping endless folders pop3 http".split()
LIMIT = 16 << 10		# KiB more than an idle one
SECONDS = {False: 22, True: 300}
LETTERS = 20


def ports(house):
    folder = house.room + "/hostile"
    os.mkdir(folder)
    with open(folder + "/validity", "w") as f:
        f.write("7\n")
    with open(folder + "/uids", "w") as f:
        f.write("1 one\n2 two\n3 three\n")
    house.start("host-hostile", "/usr/bin/python3", "-B", TOP + "/tests/mailroom/hostile.py", folder)
    wait_for("hostile hosts", lambda: os.path.exists(folder + "/ports"))
    time.sleep(0.2)
    with open(folder + "/ports") as f:
        return {mode: int(port) for mode, port in map(str.split, f)}


def renumber(house):
    folder = house.room + "/hostile"
    with open(folder + "/uids", "w") as f:
        f.write("1 zero\n2 one\n3 two\n9 four\n")
    with open(folder + "/validity", "w") as f:
        f.write("8\n")


def highest(house):
    main = house.running["mailroom"].pid
    return max(peak(pid) for pid in [main] + children(main))


def run(test):
    house = test.house()
    house.configure()
    house.empty()
    house.start_host()
    house.configure()
    dovecot = Dovecot(house)
    house.service("mailroom")
    time.sleep(2)
    idle = highest(house)
    known = ports(house)
    dovecot.mailbox("renumber", "127.0.0.1", known.pop("renumber"))
    wait_for("three letters", lambda: house.ask("SELECT COUNT(*) FROM as_mail") == "3")
    for mode, port in known.items():
        if mode in QUICK or (test.long and mode in SLOW):
            dovecot.mailbox(mode, "127.0.0.1", port)
    dovecot.mailbox("well")
    until, number = time.monotonic() + SECONDS[test.long], 0
    while time.monotonic() < until:
        if number < LETTERS:
            mark = "#hostile-%06d#" % number
            if number % 2:
                deliver_until_taken(house, letter(mark))
            else:
                dovecot.put("well", letter(mark))
            test.acknowledged[mark] = 0
            number += 1
        if number == LETTERS // 2:
            renumber(house)
        # The others come again when their back-off says so.
        dovecot.due("user IN ('well', 'renumber')")
        time.sleep(1)
    grown = highest(house) - idle
    test.check("memory: %d KiB more than idle" % grown, grown <= LIMIT)
    test.check("those that failed are told", int(house.ask(
        "SELECT COUNT(*) FROM as_mailbox WHERE failures > 0 AND last_error IS NOT NULL")) >= 3)
    house.sql("UPDATE as_mailbox SET active = FALSE WHERE user NOT IN ('well', 'renumber')")
    house.stop("mailroom")
    for _ in range(3):		# a folder that was numbered anew takes a second look
        dovecot.due()
        house.drain()
    test.check("the mailbox that is well", house.ask(
        "SELECT failures, last_error IS NULL FROM as_mailbox WHERE user = 'well'"), "0 1")
    # Another mailbox has some of the same letters: these are the same rows.
    test.check("numbered anew: letters", house.ask(
        "SELECT COUNT(*) FROM as_mail WHERE subject IN ('zero', 'one', 'two', 'three', 'four')"), "5")
    test.holds(house)
