"""F5: the same letter many times. By the pipe and by IMAP at once, killed when
it was stored and nobody had been told, with the same name and other words,
and without a name: one message for each content, and what is odd is flagged."""
import random
import threading

from imap import Dovecot
from people import deliver, deliver_until_taken, letter

TIMES = 50
BOXES = 3


def at_once(house, raws):
    threads = [threading.Thread(target=deliver_until_taken, args=(house, raw)) for raw in raws]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def messages(house, mark):
    return int(house.ask("SELECT COUNT(*) FROM as_message WHERE body LIKE '%%%s%%'" % mark))


def travelled(raw):
    """The same letter, as it looks after another way."""
    return b"Received: from a.example by b.example; Mon, 2 Mar 2026 10:0%d:00 +0000\n" \
        % random.randrange(10) + raw


def by_the_pipe(test, house):
    raw = letter("#same-000001#", files=[("a.txt", b"a file\n" * 99)])
    at_once(house, [raw] * TIMES)
    house.drain()
    test.check("50 times by the pipe: letters", house.ask(
        "SELECT COUNT(*), SUM(copies) FROM as_mail"), "1 %d" % TIMES)
    test.check("50 times by the pipe: messages", messages(house, "#same-000001#"), 1)
    deliver_until_taken(house, raw)
    house.drain()
    test.check("once more, much later", messages(house, "#same-000001#"), 1)


def by_both(test, house, dovecot):
    raw = letter("#same-000002#")
    for number in range(BOXES):
        dovecot.put("box%d" % number, travelled(raw))
        dovecot.mailbox("box%d" % number)
    sorters = [threading.Thread(target=house.once, args=("mailroom", "--once")) for _ in range(2)]
    for sorter in sorters:
        sorter.start()
    at_once(house, [travelled(raw) for _ in range(TIMES - BOXES)])
    for sorter in sorters:
        sorter.join()
    dovecot.due()
    house.drain()
    test.check("pipe and IMAP: each way was gone", house.ask(
        "SELECT GROUP_CONCAT(DISTINCT way ORDER BY way) FROM as_mail WHERE way = 'imap' OR"
        " received_at > (SELECT MIN(received_at) FROM as_mail)"), "pipe,imap")
    test.check("pipe and IMAP: messages", messages(house, "#same-000002#"), 1)


def killed(test, house):
    """Stored, and nobody was told: the mail host brings it again."""
    for number, place in enumerate(("spool_renamed", "mail_rows_committed", "after_commit")):
        mark = "#same-00001%d#" % number
        raw = letter(mark)
        deliver(house, raw, AFTERSALE_FAIL=place + ":1")
        house.once("mailroom", "--once", AFTERSALE_FAIL=place + ":1")
        deliver_until_taken(house, raw)
        house.drain()
        test.check("killed %s: messages" % place, messages(house, mark), 1)


def other_words(test, house):
    first = letter("#same-000020#")
    other = first.replace(b"The lid is broken", b"Send me the money")
    at_once(house, [first])
    house.drain()
    at_once(house, [other] * 5)
    house.drain()
    test.check("one name, other words: messages", messages(house, "#same-000020#"), 1)
    test.check("the second is kept and flagged", house.ask(
        "SELECT COUNT(*) FROM as_mail WHERE mail_id = '<same-000020@mail.example>'"
        " AND state = 'held' AND reason IS NOT NULL AND copies = 5"), "1")


def without_a_name(test, house):
    first = letter("#same-000030#", message_id=False)
    at_once(house, [travelled(first) for _ in range(10)])
    house.drain()
    test.check("without a name: messages", messages(house, "#same-000030#"), 1)
    at_once(house, [first.replace(b"broken", b"lost")] * 3)
    house.drain()
    test.check("without a name, other words: messages", messages(house, "#same-000030#"), 2)


def run(test):
    house = test.house()
    house.configure()
    house.empty()
    house.start_host()
    house.configure()
    by_the_pipe(test, house)
    by_both(test, house, Dovecot(house))
    killed(test, house)
    other_words(test, house)
    without_a_name(test, house)
    test.holds(house)
