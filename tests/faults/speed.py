"""How many ordinary letters a second go through the whole pipeline (spool,
as_mail, reader, decision, message), one half after the other and both at once,
flushing at every commit; and what one of 25 MiB takes of memory.

The figure is for this machine, as busy as it is; the promise of 200 a second is
of two idle cores, so a slower run is told and fails only below a quarter."""
import os
import platform
import random
import subprocess
import threading
import time

from people import letter
from house import children, wait_for

LETTERS = {False: 1000, True: 10000}
FEEDERS, SENDERS = 2, 150
PROMISE, LEAST = 200, 50
BIG, SMALL = 25 << 20, 10 << 10
SLACK = 1536			# KiB that a large letter may take more than a small one
WORDS = "the lid of my moka pot is broken and the handle gets hot when I make coffee".split()


def words(number):
    return "\n".join(" ".join(random.choices(WORDS, k=12)) for _ in range(number))


def ordinary(number):
    """Plain words, or both forms, some with a file; always with a quote."""
    mark, sender = "#speed-%06d#" % number, "s%d@mail.example" % (number % SENDERS)
    quote = "\n\nOn Mon, 2 Mar 2026 at 09:00, Mokka <help@shop.example> wrote:\n> " \
        + words(12).replace("\n", "\n> ")
    if number % 10 < 6:
        return mark, sender, letter(mark, sender, words=mark + " " + words(20) + quote)
    if number % 10 == 9:
        return mark, sender, letter(mark, sender, words=words(10),
                                    files=[("photo.txt", random.randbytes(15000).hex().encode())])
    plain = words(15)
    text = ("From: Zoe <%s>\nTo: help@shop.example\nSubject: Request %s\nMessage-ID: <%s@mail.example>\n"
            "Date: Mon, 02 Mar 2026 10:00:00 +0000\nMIME-Version: 1.0\n"
            "Content-Type: multipart/alternative; boundary=xyz\n\n--xyz\n"
            "Content-Type: text/plain; charset=utf-8\n\n%s %s%s\n--xyz\n"
            "Content-Type: text/html; charset=utf-8\n\n<html><body><div>%s %s</div>"
            "<blockquote type=cite>%s</blockquote></body></html>\n--xyz--\n"
            % (sender, mark, mark.strip("#"), plain, mark, quote,
               plain.replace("\n", "<br>\n"), mark, words(12).replace("\n", "<br>\n")))
    return mark, sender, text.encode()


def peak(pid):
    """KiB that a process had at most."""
    try:
        with open("/proc/%d/status" % pid) as f:
            return max([int(line.split()[1]) for line in f if line.startswith("VmHWM")] or [0])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def cpu(pid):
    """Seconds of a process and of those it has buried."""
    try:
        with open("/proc/%d/stat" % pid) as f:
            numbers = f.read().rpartition(") ")[2].split()
        return sum(map(int, numbers[11:15])) / os.sysconf("SC_CLK_TCK")
    except FileNotFoundError:
        return 0


def workers(house):
    """Who works for a letter: pids by name."""
    with open(os.path.dirname(house.socket) + "/pid") as f:
        found = {"mariadbd": [int(f.read())]}
    if "mailroom" in house.running:
        main = house.running["mailroom"].pid
        for pid in [main] + children(main):
            with open("/proc/%d/comm" % pid) as f:
                found.setdefault(f.read().strip(), []).append(pid)
    return found


def spent(house):
    """Processor seconds by name."""
    return {name: sum(map(cpu, pids)) for name, pids in workers(house).items()}


def questions(house):
    return int(house.sql("SHOW GLOBAL STATUS LIKE 'Questions'").split()[1])


def of_size(mark, size):
    """A letter of exactly so many bytes, most of them a file."""
    raw = letter(mark, files=[("big.txt", b"")])
    head, tail = raw.rpartition(b"\n--")[::2]
    line = b"QUJD" * 18 + b"\n"
    room = size - len(raw)
    return head + (line * (room // len(line) + 1))[:room] + b"\n--" + tail


def pipe_peak(house, raw):
    """Of the pipe and its child, when they have all but the end of the letter."""
    with open(house.room + "/log/pipe", "ab") as log:
        pipe = subprocess.Popen(house.pipe_command("zoe@mail.example"), stdin=subprocess.PIPE,
                                stdout=log, stderr=log, env=house.environment_of({}))
    pipe.stdin.write(raw)
    pipe.stdin.flush()
    time.sleep(0.2)
    found = max(peak(pid) for pid in [pipe.pid] + children(pipe.pid))
    pipe.stdin.close()
    pipe.wait()
    return found


def service_peak(house):
    """Of the mailroom and its sorters: the reader has limits of its own."""
    return max(map(peak, workers(house)["mailroom"]))


def sorted_all(house):
    return not house.spooled() and house.ask("SELECT COUNT(*) FROM as_mail WHERE state = 'new'") == "0"


def memory(test, house):
    # A service that has seen some letters is as large as it gets.
    for number in range(20):
        mark, sender, raw = ordinary(900000 + number)
        test.tried.add(mark)
        subprocess.run(house.pipe_command(sender), input=raw, check=True, env=house.environment_of({}))
    house.service("mailroom")
    wait_for("the first letters", lambda: sorted_all(house), 60)
    found = {}
    for size, mark in ((SMALL, "#size-000001#"), (BIG, "#size-000002#")):
        in_pipe = pipe_peak(house, of_size(mark, size))
        wait_for("a letter of %d bytes" % size, lambda: sorted_all(house), 120)
        found[size] = in_pipe, service_peak(house)
        test.acknowledged[mark] = 1
    house.stop("mailroom")
    test.say("10 KiB: pipe %d KiB, mailroom %d KiB; 25 MiB: pipe %d KiB, mailroom %d KiB"
             % (found[SMALL] + found[BIG]))
    test.check("the pipe's memory is constant", found[BIG][0] - found[SMALL][0] <= SLACK)
    test.check("the mailroom's memory is constant", found[BIG][1] - found[SMALL][1] <= SLACK)


def feed(test, house, numbers):
    """Letters into the spool, as many mail hosts as there are cores; seconds."""
    letters = [ordinary(n) for n in numbers]

    def some(first):
        for mark, sender, raw in letters[first::FEEDERS]:
            subprocess.run(house.pipe_command(sender), input=raw, check=True,
                           env=house.environment_of({}))
            test.acknowledged[mark] = 1 if b"photo.txt" in raw else 0
    began = time.monotonic()
    threads = [threading.Thread(target=some, args=(first,)) for first in range(FEEDERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - began


def run(test):
    number = LETTERS[test.long]
    house = test.house()
    house.configure()
    house.empty()
    house.start_host()
    house.configure()
    house.sql("SET GLOBAL innodb_flush_log_at_trx_commit = 1")
    memory(test, house)
    fed = feed(test, house, range(number))
    asked = questions(house)
    before = spent(house)
    house.service("mailroom")
    began = time.monotonic()
    wait_for("the last letter", lambda: sorted_all(house), 600)
    took = time.monotonic() - began
    cost = {name: 1000 * (seconds - before.get(name, 0)) / number
            for name, seconds in spent(house).items()}
    asked = (questions(house) - asked) / number
    test.say("%d letters: into the spool %.0f/s with %d feeders, from there to tickets %.0f/s"
             % (number, number / fed, FEEDERS, number / took))
    began = time.monotonic()
    feed(test, house, range(number, 2 * number))
    wait_for("the last letter", lambda: sorted_all(house), 600)
    both = time.monotonic() - began
    test.say("both at once %.0f/s, every commit flushed" % (number / both))
    test.say("a letter takes %.1f statements and processor time of %s" % (
        asked, ", ".join("%s %.1f ms" % pair for pair in sorted(cost.items()))))
    test.say("%s, %s cores, load %.1f; %s; MariaDB %s" % (
        platform.machine(), os.cpu_count(), os.getloadavg()[0], platform.release(),
        house.ask("SELECT VERSION()")))
    house.stop("mailroom")
    test.check("%.0f letters a second, of %d" % (number / took, PROMISE), number / took >= LEAST)
    test.holds(house)
