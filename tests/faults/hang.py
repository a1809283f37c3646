"""F4, silence: a mail host that stops talking at one step of the dialogue. The
courier waits for half a minute at most, the letter is untried (or unsure, after
its final dot), and goes out when the host talks again. All steps at once, each
with a database and a courier of its own."""
import threading
import time

import letters

STEPS = ["banner", "ehlo", "mail", "rcpt", "data", "dot"]
PATIENCE = 70			# two tries of 30 s, and a margin on a busy machine


def silent(test, step):
    house = test.house(database="hang_" + step)
    house.create()
    house.configure()
    house.ctl("migrate")
    house.start_host()
    house.configure()
    house.mode("hang " + step)
    letters.add(house, [(1, 1, "zoe"), (1, 2, "zoe"), (2, 1, "max")])
    began = time.monotonic()
    test.check(step + ": the courier ends", house.once("courier", "--once", seconds=120), 0)
    test.check(step + ": its patience", time.monotonic() - began < PATIENCE)
    test.check(step + ": letters tried", house.ask("SELECT COUNT(*) FROM as_outbox WHERE attempts > 0"),
               "1" if step == "dot" else "0")
    test.check(step + ": the host is away", house.ask(
        "SELECT COUNT(*) FROM as_mail_host WHERE away_since IS NOT NULL"), "1")
    house.mode("ok")
    house.drain(mail=False)
    test.check(step + ": letters that came", letters.distinct(house), 3)
    test.check(step + ": letters that came twice", letters.twice(house), 0)
    test.check(step + ": overtaken", letters.overtaken(house), 0)
    test.holds(house, step)


def run(test):
    def guarded(step):
        try:
            silent(test, step)
        except Exception as e:
            test.check(step, str(e), "")

    threads = [threading.Thread(target=guarded, args=(step,)) for step in STEPS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
