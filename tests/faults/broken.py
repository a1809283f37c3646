"""The checker itself: each invariant is broken once, and named."""
import os
import re

from check import HERE, check, tables
from people import Agent, Customer

LETTER = """INSERT INTO as_mail (id, sha256, size, way, state, due_at, mail_id, content, class,
 outcome, trace, ticket_id, message_id, received_at, decided_at)
 SELECT 1, sha256, size, 'pipe', 'done', NOW(6), '<1@mail.example>', sha256, 'human', 'joined',
 '[]', @t, @c, NOW(6), NOW(6) FROM as_attachment LIMIT 1;
UPDATE as_message SET source = 'mail' WHERE id = @c;
INSERT INTO as_message_mail (message_id, as_mail_id) VALUES (@c, 1);
INSERT INTO as_delivery (outbox_id, ticket_id, message_id, address, kind, as_mail_id, at)
 SELECT id, ticket_id, message_id, to_address, 'failed', 1, NOW(6) FROM as_outbox WHERE id = @o;
INSERT INTO as_participant (ticket_id, address, created_at) VALUES (@t, 'a@b.example', NOW(6));
INSERT INTO as_relation VALUES (@t, 'maybe_of', @t, NOW(6));
UPDATE as_ticket SET has_people = TRUE, has_related = TRUE, has_undelivered = TRUE WHERE id = @t;
"""
KNOWN = """SET @t = (SELECT MIN(id) FROM as_ticket), @o = (SELECT MIN(id) FROM as_outbox),
 @c = (SELECT MIN(id) FROM as_message WHERE kind = 'customer'),
 @r = (SELECT MIN(id) FROM as_message WHERE kind = 'reply'),
 @n = (SELECT MIN(id) FROM as_message WHERE kind = 'note');
"""
BREAKS = {
    "ticket without its customer": "DELETE FROM as_customer",
    "ticket without a message": "DELETE FROM as_message",
    "ticket that was not created once": "DELETE FROM as_event WHERE field = 'created'",
    "number of messages": "UPDATE as_ticket SET messages = messages + 1",
    "last message": "UPDATE as_ticket SET last_message_id = @c",
    "last message for the customer": "UPDATE as_ticket SET last_public_id = @n",
    "words of the last message": "UPDATE as_ticket SET last_words = 'x'",
    "turn of the status": "UPDATE as_ticket SET turn = 'nobody'",
    "closed or not": "UPDATE as_ticket SET closed_at = NOW(6)",
    "first reply": "UPDATE as_ticket SET first_reply_at = NULL",
    "status by its history": "UPDATE as_event SET new_id = 0 WHERE field IN ('created', 'status')",
    "priority by its history": "INSERT INTO as_event (ticket_id, at, actor_kind, cause, field, new_id)"
                               " VALUES (@t, NOW(6), 'agent', 'person', 'priority', 0)",
    "owner by its history": "INSERT INTO as_event (ticket_id, at, actor_kind, cause, field, new_id)"
                            " VALUES (@t, NOW(6), 'agent', 'person', 'owner', 99)",
    "event of no ticket": "UPDATE as_event SET ticket_id = 99",
    "counter": "DELETE FROM as_count; DELETE FROM as_count_delta",
    "message of no ticket": "UPDATE as_message SET ticket_id = 99 WHERE id = @n",
    "message with another status": "UPDATE as_message SET status_id = 0 WHERE id = @c",
    "number of files": "UPDATE as_message SET files = 5 WHERE id = @c",
    "form without its message": "UPDATE as_form_token SET message_id = NULL LIMIT 1",
    "two forms, one message": "UPDATE as_form_token SET message_id = @c, ticket_id = @t",
    "file of no message": "UPDATE as_attachment SET message_id = 99",
    "file whose bytes are unknown": "UPDATE as_attachment SET sha256 = UNHEX(SHA2('x', 256))",
    "upload whose bytes are unknown": "INSERT INTO as_upload (public_id, holder, name, type, size, sha256,"
        " created_at) VALUES ('u', 'h', 'n', 't', 1, UNHEX(SHA2('x', 256)), NOW(6))",
    "upload that was sent": "INSERT INTO as_upload (public_id, holder, name, type, size, sha256,"
        " created_at) SELECT public_id, 'h', name, type, size, sha256, NOW(6) FROM as_attachment LIMIT 1",
    "letter in no state": "UPDATE as_outbox SET state = 'sent', sent_at = NULL",
    "letter about nothing": "UPDATE as_outbox SET message_id = 99 LIMIT 1",
    "two letters of one kind to one reader": "UPDATE as_outbox SET message_id = @c, letter = 'x', to_address = 'x'",
    "letter that overtook another": "UPDATE as_outbox SET to_address = 'x';"
        "UPDATE as_outbox SET state = 'sent', sent_at = NOW(6), attempts = 1 ORDER BY seq DESC LIMIT 1",
    "reply without its letter": "DELETE FROM as_outbox WHERE message_id = @r",
    "mail in no state": "UPDATE as_mail SET trace = NULL",
    "mail of which nothing came": "DELETE FROM as_message_mail",
    "mail about no ticket": "UPDATE as_mail SET ticket_id = 99",
    "mail whose bytes are unknown": "UPDATE as_mail SET sha256 = UNHEX(SHA2('x', 256))",
    "message of no mail": "UPDATE as_message SET source = 'mail' WHERE id = @r",
    "mail row of no message": "UPDATE as_message_mail SET message_id = 99",
    "two messages of one letter": "INSERT INTO as_message_mail (message_id, as_mail_id) VALUES (@r, 1)",
    "fate of no letter": "UPDATE as_delivery SET outbox_id = 0",
    "two fates by one report": "INSERT INTO as_delivery (outbox_id, ticket_id, message_id, address, kind,"
        " as_mail_id, at) SELECT outbox_id, ticket_id, message_id, address, kind, as_mail_id, at FROM as_delivery",
    "participant of no ticket": "UPDATE as_participant SET ticket_id = 99",
    "relation of no ticket": "UPDATE as_relation SET other_id = 99",
    "participant that is not looked for": "UPDATE as_ticket SET has_people = FALSE",
    "relation that is not looked for": "UPDATE as_ticket SET has_related = FALSE",
    "fate that is not looked for": "UPDATE as_ticket SET has_undelivered = FALSE",
}

def names():
    with open(HERE + "/invariants.sql", encoding="utf-8") as f:
        return re.findall(r"^SELECT '([^']+)'", f.read(), re.M)


def found(house, change):
    """The invariants that this change breaks; it is undone."""
    told = tables(house, "START TRANSACTION;\n%s%s%s;\n" % (KNOWN, LETTER, change))
    return {sentence.partition(":")[0] for sentence in told}


def break_files(test, house):
    name = house.sql("SELECT LOWER(HEX(sha256)) FROM as_attachment ORDER BY id LIMIT 1")
    path = "%s/attachments/%s/%s/%s" % (house.room, name[:2], name[2:4], name)
    with open(path, "rb") as f:
        data = f.read()
    stray = os.path.join(house.room, "attachments", "00", "00", "00" * 32)

    def put(what):
        with open(path, "wb") as f:
            f.write(what)

    def told(sentence):
        test.check(sentence, any(s.startswith(sentence) for s in check(house)))

    os.unlink(path)
    told("row without its file")
    put(data[:-1])
    told("file of another length")
    put(b"x" * len(data))
    told("file with other bytes")
    put(data)
    os.makedirs(os.path.dirname(stray))
    open(stray, "w").close()
    test.check("a young file may have no row yet", check(house), [])
    os.utime(stray, (0, 0))
    told("file without a row")
    os.rename(stray, house.room + "/attachments/tmp/odd")
    told("forgotten file")
    os.unlink(house.room + "/attachments/tmp/odd")


def break_acknowledgements(test, house):
    def told(acknowledged, tried, sentence):
        test.check(sentence, any(s.startswith(sentence) for s in check(house, acknowledged, tried)))

    all_marks = {"#web-000001#": 1, "#web-000002#": 0, "#web-000003#": 1, "#web-000004#": 0}
    test.check("all is well", check(house, all_marks), [])
    told(all_marks | {"#web-000009#": 0}, (), "acknowledged and lost")
    told(all_marks | {"#web-000002#": 1}, (), "acknowledged with its files")
    told({"#web-000001#": 1}, (), "nobody sent it")
    body = house.sql("SELECT body FROM as_message ORDER BY id LIMIT 1 OFFSET 1")
    house.sql("UPDATE as_message SET body = '#web-000001#' ORDER BY id LIMIT 2")
    told(all_marks, (), "there twice")
    test.check("the words were other ones", "#web-000002#" in body)


def run(test):
    house = test.house()
    house.configure()
    house.empty()
    house.start_web(workers=1)
    zoe = Customer(house)
    number = zoe.ask_new("#web-000001#", [("a.txt", b"a small file\n" * 50)])
    zoe.write(number, "#web-000002#")
    ben = Agent(house)
    ben.write(number, "#web-000003#", [("b.txt", b"another\n" * 50)])
    ben.write(number, "#web-000004#", kind="note")
    test.check("all is well", check(house), [])
    test.check("a letter that came is well", found(house, "DO 0"), set())
    for name in names():
        test.check(name, name in found(house, BREAKS.get(name, "DO 0")))
    test.check("every break has its invariant", sorted(set(BREAKS) - set(names())), [])
    break_files(test, house)
    break_acknowledgements(test, house)
