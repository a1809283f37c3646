"""scenes - what is visited, and by whom.

A scene is a function that gives lines for wrk.lua: path, cookie, If-None-Match
and form, with tabs between. What they ask for is drawn from the whole world,
four fifths of it from the newest twentieth of the tickets.
"""
import collections
import os
import random
import re
import sys
import urllib.parse

READS, CUSTOMERS, SKEW_VISITS, SKEW_TICKETS = 20000, 300, 0.8, 0.05
PAGE = 25
PDF_BYTES = 1 << 20


class Skipped(Exception):
    """The installation has not what the scene asks for."""


# `alike`: both worlds are asked for the same.
Scene = collections.namedtuple("Scene", "name program draw status writes attachment alike")
ALL = []


def scene(name, program, status=200, writes=False, attachment=False, alike=False):
    def note(draw):
        ALL.append(Scene(name, program, draw, status, writes, attachment, alike))
        return draw
    return note


def line(path, cookie, tag="", form=""):
    return "\t".join((path, cookie, tag, form))


class World:
    """Who and what is there, looked up once."""

    def __init__(self, house):
        self.house, self.dice = house, random.Random(1683)
        self.first, self.last = house.rows(
            "SELECT MIN(id) AS a, MAX(id) AS b FROM as_ticket")[0].values()
        if not self.first:
            raise Skipped("there are no tickets")
        self.agent = house.agent()
        self.fill_page()
        if os.environ.get("AFTERSALE_BENCH_BREAK"):  # its own test: nobody is there
            self.agent = self.agent.partition("=")[0] + "=" + "x" * 43
        self.people = self.sign_in()
        self.types = [row["id"] for row in house.rows(
            "SELECT id FROM as_type WHERE NOT archived AND NOT needs_order")]

    def fill_page(self):
        """An agent of a small world has few tickets: a short page would be
        compared with a full one. So the newest are opened and handed over, by
        the pages themselves."""
        agent = self.house.one("SELECT id FROM as_agent WHERE email = %s", self.house.AGENT)
        count = "SELECT COUNT(*) FROM as_ticket WHERE owner_id = %s AND turn <> 'over'"
        lacks = PAGE + 1 - self.house.one(count, agent)
        if lacks <= 0 or self.last - self.first < 10 * PAGE:
            return
        status = self.house.one("SELECT id FROM as_status WHERE turn = 'store' AND NOT archived"
                                " ORDER BY place LIMIT 1")
        rows = self.house.rows("SELECT number FROM as_ticket WHERE turn = 'over'"
                               " ORDER BY id DESC LIMIT %s", lacks)
        for act in f"status:{status}", f"assign:{agent}":
            self.house.client().ask("/help/panel/inbox", self.agent, form=urllib.parse.urlencode(
                [("csrf", self.house.tokens(self.agent)[0]), ("act", act)]
                + [("t", row["number"]) for row in rows]))
        if self.house.one(count, agent) <= PAGE:
            print("mine: the agent's page is a short one here", file=sys.stderr)

    def hot(self):
        """The first of the newest twentieth."""
        return self.last - max(1, int((self.last - self.first + 1) * SKEW_TICKETS)) + 1

    def ids(self, n):
        """Ids of tickets, some of which may not exist."""
        hot = self.hot()
        return [self.dice.randint(hot if self.dice.random() < SKEW_VISITS else self.first,
                                  self.last) for _ in range(n)]

    def tickets(self, n, where="TRUE"):
        """Rows of drawn tickets; at least one, or the scene is skipped."""
        found, ids = [], self.ids(n)
        for at in range(0, n, 1000):
            some = ids[at:at + 1000]
            rows = {row["id"]: row for row in self.house.rows(
                "SELECT t.id, t.number, t.customer_id, t.order_key, t.order_no,"
                " t.last_message_id FROM as_ticket t WHERE t.id IN ("
                + ",".join(map(str, set(some))) + ") AND (" + where + ")")}
            found += [rows[id_] for id_ in some if id_ in rows]
        if not found:
            raise Skipped("no such ticket was drawn: " + where)
        return found

    def shoppers(self):
        """Drawn customers of the shop who have tickets, with an order: of two
        to five orders and a dozen tickets at most, where there are such. A
        larger world has larger customers, and those who wrote in the last runs
        have hundreds: their longer pages would be compared with short ones."""
        for where in ("(SELECT COUNT(DISTINCT o.order_key) BETWEEN 2 AND 5 AND COUNT(*) <= 12"
                      " FROM as_ticket o WHERE o.shop_id = 1 AND o.customer_id = t.customer_id)",
                      "TRUE"):
            seen = {}
            try:
                for ticket in self.tickets(8 * CUSTOMERS, "t.order_key IS NOT NULL AND " + where):
                    seen.setdefault(ticket["customer_id"], ticket)
            except Skipped:
                continue
            if len(seen) >= 20:
                break
        return list(seen.values())[:CUSTOMERS]

    def sign_in(self):
        people = []
        for ticket in self.shoppers():
            rows = self.house.rows(
                "SELECT s.* FROM as_customer c JOIN mokka.shopper s ON s.id = c.external_id"
                " WHERE c.id = %s AND s.open_account", ticket["customer_id"])
            if rows:
                people.append((self.house.customer(rows[0]), ticket["order_key"]))
        if not people:
            raise Skipped("nobody can sign in")
        return people

    def person(self):
        return self.dice.choice(self.people)

    def panel(self, *paths):
        """The same few addresses, one after the other."""
        return [line("/help/panel" + paths[i % len(paths)], self.agent)
                for i in range(len(paths) * 50)]


def day(world):
    """What a day's work has left in memory: each of the newest tickets was
    opened once, and its order. Pairs of a scene and its lines."""
    opened = {scene.name: scene for scene in ALL}
    rows = world.house.rows("SELECT number, order_key FROM as_ticket WHERE id >= %s"
                            " ORDER BY id", world.hot())
    tickets = [line("/help/panel/ticket/" + row["number"], world.agent) for row in rows]
    orders = [line(f"/help/panel/ticket/{row['number']}/order", world.agent)
              for row in rows if row["order_key"]]
    return [(opened[name], lines) for name, lines in
            (("ticket", tickets), ("order-panel", orders)) if lines]


# --- lists of the panel ------------------------------------------------------

@scene("inbox", "panel")
def _(world, n):
    return world.panel("/inbox")


@scene("postings", "panel")
def _(world, n):
    return world.panel("/postings")


@scene("postings-deep", "panel")
def _(world, n):
    """Pages that begin two years ago, or in the middle of a younger world."""
    old, = world.house.rows("SELECT MIN(created_at) AS a, MAX(created_at) AS b FROM as_message")
    middle = world.house.one("SELECT GREATEST(NOW(6) - INTERVAL 2 YEAR, %s + INTERVAL"
                             " TIMESTAMPDIFF(SECOND, %s, %s) / 2 SECOND)",
                             old["a"], old["a"], old["b"])
    rows = world.house.rows("SELECT id, created_at FROM as_message FORCE INDEX (by_date)"
                            " WHERE shop_id = 1 AND created_at < %s"
                            " ORDER BY shop_id DESC, created_at DESC LIMIT %s", middle, n // 10)
    return [line(f"/help/panel/postings?after=0.{row['created_at']:%Y%m%dT%H%M%S.%f}.{row['id']}",
                 world.agent) for row in rows]


def sorted_by(world, words):
    return world.panel(*(f"/inbox?view=all&{words}{way}" for way in ("", "&dir=down")))


@scene("status-by-type", "panel")
def _(world, n):
    """Filtered by each status in turn, sorted by type."""
    return world.panel(*(f"/inbox?view=all&status={row['id']}&sort=type" for row in
                         world.house.rows("SELECT id FROM as_status WHERE NOT archived")))


@scene("by-status", "panel")
def _(world, n):
    return sorted_by(world, "sort=status")


@scene("by-priority", "panel")
def _(world, n):
    return sorted_by(world, "sort=priority")


@scene("by-date", "panel")
def _(world, n):
    return world.panel("/inbox?view=all", "/inbox?view=all&dir=up")


@scene("mine", "panel")
def _(world, n):
    return world.panel("/inbox?view=mine")


# --- one ticket, one customer --------------------------------------------------

@scene("ticket", "panel")
def _(world, n):
    """Six messages, a file and an order, as far as there are such."""
    files = ("EXISTS (SELECT 1 FROM as_message m WHERE m.ticket_id = t.id"
             " AND m.files > 0)")
    rows = []
    for where in ("t.messages = 6 AND t.order_key IS NOT NULL AND " + files,
                  "t.messages BETWEEN 5 AND 7 AND t.order_key IS NOT NULL AND " + files,
                  "t.order_key IS NOT NULL", "TRUE"):
        try:
            rows = world.tickets(2 * n, where)
        except Skipped:
            continue
        if len({row["id"] for row in rows}) >= 20:
            break
    return [line("/help/panel/ticket/" + row["number"], world.agent) for row in rows]


@scene("order-panel", "panel")
def _(world, n):
    """The order as it is now, which that page asks for when it is open."""
    return [line(f"/help/panel/ticket/{row['number']}/order", world.agent)
            for row in world.tickets(n, "t.order_key IS NOT NULL")]


@scene("orders", "storefront")
def _(world, n):
    return [line("/help/orders", world.person()[0]) for _ in range(n)]


@scene("requests", "storefront")
def _(world, n):
    return [line("/help/requests", world.person()[0]) for _ in range(n)]


@scene("board", "board")
def _(world, n):
    """The board of an order of one's own."""
    people = (world.person() for _ in range(n))
    return [line("/help/board/order/" + order, cookie) for cookie, order in people]


@scene("new-form", "storefront")
def _(world, n):
    people = (world.person() for _ in range(n))
    return [line(f"/help/orders/{order}/new", cookie) for cookie, order in people]


# --- search ------------------------------------------------------------------------

def finds(world, words):
    return [line("/help/panel/inbox?q=" + urllib.parse.quote(word), world.agent)
            for word in words]


def vocabulary(world):
    """How often the words of drawn messages stand in them, of 1."""
    if not world.house.has_table("as_word"):
        raise Skipped("texts are not searched yet")
    ids = ",".join(str(row["last_message_id"]) for row in world.tickets(2000))
    bodies = world.house.rows(f"SELECT body FROM as_message WHERE id IN ({ids})")
    seen = collections.Counter()
    for row in bodies:
        seen.update(set(re.findall(r"[a-z]{4,20}", row["body"].lower())))
    return {word: n / len(bodies) for word, n in seen.items()}


def nearest(words, share, n):
    return sorted(words, key=lambda word: abs(words[word] - share))[:n]


@scene("search-rare", "panel")
def _(world, n):
    vocabulary(world)
    rows = world.house.rows("SELECT word FROM as_word WHERE docs BETWEEN 3 AND 8"
                            " AND word RLIKE '^[a-z]{4,20}$' LIMIT 200")
    if not rows:
        raise Skipped("no word stands in about five messages")
    return finds(world, [row["word"] for row in rows])


@scene("search-common", "panel", alike=True)
def _(world, n):
    return finds(world, nearest(vocabulary(world), 0.2, 5))


# One stands in a fifth of the messages, the other in three of a hundred; even a
# thousand tickets fill a page with both.
PAIRS = """have guarantee, espresso geht, mehl wieder, machine dans, please still,
bitte paket, hello card, will display, vous bien, days frother, order tank, photo fois,
your darker, send replace, that usual, habe mahlwerk, freundlichen schicken,
guten leider, thanks washed, days milk"""


@scene("search-two", "panel")
def _(world, n):
    return finds(world, PAIRS.replace("\n", " ").split(", "))


@scene("search-address", "panel")
def _(world, n):
    """Of people with a dozen tickets or so, as many as some have in the world of
    1,000: both worlds show as long a list."""
    for where in ("(SELECT COUNT(*) FROM as_ticket o WHERE o.shop_id = 1"
                  " AND o.customer_id = t.customer_id) BETWEEN 12 AND 14", "TRUE"):
        try:
            ids = ",".join({str(row["customer_id"]) for row in world.tickets(8000, where)})
            break
        except Skipped:
            continue
    rows = world.house.rows("SELECT email FROM as_customer WHERE email IS NOT NULL"
                            f" AND id IN ({ids})")
    return finds(world, [row["email"] for row in rows])


@scene("search-order", "panel")
def _(world, n):
    rows = world.tickets(n, "t.order_no IS NOT NULL")
    return finds(world, [row["order_no"] for row in rows])


@scene("news", "panel", status=304)
def _(world, n):
    return [line(f"/help/panel/ticket/{row['number']}/news?seen={row['last_message_id']}",
                 world.agent, f"\"{row['last_message_id']}\"") for row in world.tickets(n)]


# --- writing, last: the world is another one afterwards ------------------------------

def talk(world):
    """Subjects and messages of the world: what a run writes is searched afterwards."""
    ids = ",".join(str(row["last_message_id"]) for row in world.tickets(1000))
    return world.house.rows("SELECT t.subject, m.body FROM as_message m JOIN as_ticket t"
                            f" ON t.id = m.ticket_id WHERE m.id IN ({ids})")


def form(world, cookie, body, **fields):
    csrf, token = world.house.tokens(cookie)
    return urllib.parse.urlencode({"csrf": csrf, "form_token": token, "message": body,
                                   **fields})


def submits(world, n):
    lines, said = [], talk(world)
    for _ in range(n):
        cookie, order = world.person()
        words = world.dice.choice(said)
        lines.append(line("/help/new", cookie, "", form(
            world, cookie, words["body"], type=world.dice.choice(world.types),
            order=order, subject=words["subject"])))
    return lines


@scene("submit", "storefront", status=303, writes=True)
def _(world, n):
    return submits(world, n)


@scene("submit-file", "storefront", status=303, writes=True, attachment=True)
def _(world, n):
    return submits(world, n)


@scene("answer", "panel", status=303, writes=True)
def _(world, n):
    said = talk(world)
    return [line("/help/panel/ticket/" + row["number"], world.agent, "",
                 form(world, world.agent, world.dice.choice(said)["body"]))
            for row in world.tickets(n)]


def attachment(dice):
    """A PDF of 1 MiB and a little, as far as anybody looks: each ends otherwise."""
    head = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    return head + dice.randbytes(PDF_BYTES - len(head))
