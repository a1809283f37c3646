"""Letters as rows of the outbox, numbered within their tickets, and what the
mail host's log says of their order."""
import json
import re

FACTS = {"shop_name": "Mokka", "author": "Ann", "body": "..\n.\n", "url": "https://shop.example/"}


def add(house, some):
    """some: (ticket, number in it, local part of the reader)."""
    rows = []
    for ticket, number, local in some:
        facts = json.dumps(FACTS | {"ticket_number": str(ticket), "subject": str(number)})
        rows.append("(%d, 'message_from_store', 'address', '%s@mail.example', 'Zoe', 'en', 'UTC',"
                    " CONCAT('<', UUID(), '@shop.example>'), '%s', NOW(6), NOW(6))"
                    % (ticket, local, facts.replace("\\", "\\\\")))
    house.sql("INSERT INTO as_outbox (ticket_id, letter, recipient_kind, to_address, to_name, lang,"
              " zone, message_id_header, facts, due_at, created_at) VALUES %s;"
              "UPDATE as_outbox SET seq = id WHERE seq = 0" % ",".join(rows))


def overtaken(house):
    """Letters that came after a later one of their ticket to the same reader;
    a second copy of one that had come is no overtaking."""
    seen, last, wrong = set(), {}, 0
    for _, _, reader, name, subject in house.sent():
        ticket, number = re.fullmatch(r"(?:Re: )?\[#?(\d+)\] (\d+)", subject).groups()
        if name in seen:
            continue
        seen.add(name)
        wrong += int(number) < last.get((ticket, reader), 0)
        last[ticket, reader] = int(number)
    return wrong


def distinct(house):
    return len({row[3] for row in house.sent()})


def twice(house):
    return len(house.sent()) - distinct(house)
