"""What the demo's shop and mail sink promise. Run by tests/demo/run."""
import base64
import contextlib
import email
import email.policy
import hashlib
import hmac
import http.client
import io
import json
import os
import re
import smtplib
import socket
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse
from email.message import EmailMessage

import pymysql

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import shop
import sink
import site_http
import world

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CONTRACT = {
    "customer": "customer_key email first_name last_name phone company lang is_active is_guest created_at store_key",
    "order_index": "order_key customer_key email placed_at",
    "order": "order_key order_no customer_key email customer_name phone placed_at updated_at status_key"
             " status_name status_group currency total lang store_key",
    "order_line": "order_key line_key line_no product_key name sku qty unit_price line_total",
    "order_line_option": "order_key line_key name value",
    "order_address": "order_key kind name company line1 line2 city region postcode country phone",
    "shipment": "order_key shipment_key shipped_at carrier tracking_no tracking_url",
    "refund": "order_key refund_key refunded_at amount currency reason",
    "order_event": "order_key event_key at status_name note is_public",
}


def world_sql(day):
    out = io.StringIO()
    out.reconfigure = lambda **_: None
    argv, sys.argv = sys.argv, ["world.py", day]
    with contextlib.redirect_stdout(out):
        world.main()
    sys.argv = argv
    return out.getvalue()


def connect(database=None):
    return pymysql.connect(unix_socket=os.environ["AFTERSALE_DB_SOCKET"], user="root",
                           database=database, charset="utf8mb4", autocommit=True,
                           client_flag=pymysql.constants.CLIENT.MULTI_STATEMENTS)


def run(link, sql):
    with link.cursor() as cursor:
        cursor.execute(sql)
        while cursor.nextset():
            pass


def setUpModule():
    link = connect()
    run(link, "CREATE DATABASE mokka CHARACTER SET utf8mb4;"
              "CREATE DATABASE views CHARACTER SET utf8mb4; USE mokka;" + world_sql("2026-06-15"))
    with open(TOP + "/sql/shops/demo.sql", encoding="utf-8") as f:
        mapping = f.read()
    for name, value in (("DB", "mokka"), ("PX", ""), ("VP", "as_shop_"), ("SEC", "DEFINER")):
        mapping = mapping.replace(f"@{name}@", value)
    run(link, "USE views;" + mapping)


class TheMapping(unittest.TestCase):
    def setUp(self):
        self.link = connect("views")
        self.addCleanup(self.link.close)

    def ask(self, sql):
        with self.link.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    def test_has_the_nine_views_with_the_agreed_columns(self):
        for view, columns in CONTRACT.items():
            with self.link.cursor() as cursor:
                cursor.execute(f"SELECT * FROM `as_shop_{view}`")
                self.assertEqual([d[0] for d in cursor.description], columns.split(), view)
                self.assertTrue(cursor.fetchall(), view + " is empty")

    def test_shows_enough_of_a_shop(self):
        orders = self.ask("SELECT currency, customer_key, status_group FROM as_shop_order")
        self.assertGreaterEqual(len(orders), 60)
        self.assertGreaterEqual(len({o[1] for o in orders if o[1]}), 12)
        self.assertGreaterEqual(sum(o[1] is None for o in orders), 4)
        self.assertEqual({o[0] for o in orders}, {"EUR", "CHF", "GBP", "USD", "JPY", "KWD"})
        self.assertEqual({o[2] for o in orders},
                         {"new", "paid", "shipped", "done", "cancelled", "refunded", "failed", "other"})

    def test_shows_the_words_that_break_programs(self):
        words = " ".join(str(w) for row in self.ask(
            "SELECT name, value FROM as_shop_order_line_option UNION"
            " SELECT name, sku FROM as_shop_order_line UNION"
            " SELECT first_name, last_name FROM as_shop_customer") for w in row)
        for piece in ("'", '"', "<", "&", "🦊", "خطيب", "山田", world.LONG):
            self.assertIn(piece, words)

    def test_totals_are_the_sums_of_their_lines_and_freight(self):
        wrong = self.ask("SELECT p.number FROM mokka.purchase p WHERE total <> freight +"
                         " (SELECT SUM(line_total) FROM as_shop_order_line l WHERE l.order_key = p.id)")
        self.assertEqual(wrong, ())

    def test_nobody_acts_in_the_future(self):
        late = self.ask("SELECT COUNT(*) FROM as_shop_order_event WHERE at > '2026-06-15 12:00:00'")
        self.assertEqual(late[0][0], 0)

    def test_the_same_day_gives_the_same_shop(self):
        self.assertEqual(world_sql("2026-06-15"), world_sql("2026-06-15"))
        self.assertNotEqual(world_sql("2026-06-15"), world_sql("2026-06-16"))


def unbase64(words):
    return base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))


class Site:
    """A page class on a socket, and a visitor who keeps cookies."""

    def __init__(self, page):
        self.path = tempfile.mktemp(prefix="as.", dir="/tmp")
        self.cookie = ""
        self.server = site_http.Server(self.path, page)
        threading.Thread(target=self.server.serve_forever, args=(.05,), daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        os.unlink(self.path)

    def visit(self, path, form=None):
        link = http.client.HTTPConnection("shop")
        link.sock = socket.socket(socket.AF_UNIX)
        link.sock.connect(self.path)
        body = form if form is None else urllib.parse.urlencode(form)
        link.request("GET" if form is None else "POST", path, body, {"Cookie": self.cookie})
        answer = link.getresponse()
        words = answer.read().decode()
        link.close()
        if answer.getheader("Set-Cookie"):
            self.cookie = answer.getheader("Set-Cookie").partition(";")[0]
        return answer.status, words, answer.headers


class TheShop(unittest.TestCase):
    conf = {"desk": "http://127.0.0.1:1/help", "shop": "main", "secret": "s" * 32, "cookie": "c"}

    def setUp(self):
        shop.Shop.conf = dict(self.conf, db={
            "unix_socket": os.environ["AFTERSALE_DB_SOCKET"], "user": "root", "database": "mokka"})
        self.site = Site(shop.Shop)
        self.addCleanup(self.site.close)

    def claims(self, headers):
        where = urllib.parse.urlsplit(headers["Location"])
        self.assertEqual(where.path, "/help/sso")
        query = dict(urllib.parse.parse_qsl(where.query))
        head, body, seal = query["jwt"].split(".")
        self.assertEqual(unbase64(seal), hmac.digest(b"s" * 32, f"{head}.{body}".encode(), "sha256"))
        self.assertEqual(json.loads(unbase64(head))["alg"], "HS256")
        return json.loads(unbase64(body)), query["return_to"]

    def test_hands_over_the_customer_and_the_order(self):
        self.site.visit("/signin", {"shopper": "104"})
        status, page, _ = self.site.visit("/orders")
        self.assertEqual(status, 200)
        key = re.search(r'/orders/(\d+)/help"', page).group(1)
        status, _, headers = self.site.visit(f"/orders/{key}/help")
        self.assertEqual(status, 303)
        claims, return_to = self.claims(headers)
        self.assertEqual(return_to, f"/orders/{key}/new")
        self.assertEqual((claims["order_key"], claims["order_no"]), (key, "MM-" + key))
        self.assertEqual(claims["aud"], self.conf["desk"])
        self.assertEqual((claims["iss"], claims["external_id"]), ("main", "104"))
        self.assertEqual((claims["email"], claims["locale"]), ("layla@example.com", "ar"))
        self.assertLess(abs(claims["iat"] - time.time()), 5)
        self.assertEqual(claims["exp"] - claims["iat"], 120)

    def test_no_token_is_made_twice(self):
        self.site.visit("/signin", {"shopper": "101"})
        ids = {self.claims(self.site.visit("/help-me")[2])[0]["jti"] for _ in range(5)}
        self.assertEqual(len(ids), 5)
        self.assertGreaterEqual(min(map(len, ids)), 16)

    def test_a_token_fits_its_known_answer(self):
        shopper = {"id": 1, "mail": "a@example.com", "given": "A", "family": "B", "phone": None, "tongue": None}
        made = shop.token(dict(self.conf, kid="old"), shopper, now=lambda: 1700000000, jti=lambda n: "j" * n)
        self.assertEqual(hashlib.sha256(made.encode()).hexdigest(),
                         "0f9c92d153b1b4d76592a8441e3f091addb3f313e4dda8e21789b32466005651")
        self.assertEqual(json.loads(unbase64(made.split(".")[0]))["kid"], "old")

    def test_the_way_back_is_kept_and_stays_inside(self):
        self.site.visit("/signin", {"shopper": "101"})
        for asked, goes in (("/requests/5?a=b", "/requests/5?a=b"), ("//evil.example", "/requests"),
                            ("https://evil.example", "/requests"), ("/\\evil", "/requests"),
                            ("/a\nb", "/requests"), ("", "/requests")):
            query = urllib.parse.urlencode({"return_to": asked})
            self.assertEqual(self.claims(self.site.visit("/help-login?" + query)[2])[1], goes)

    def test_who_is_not_signed_in_is_asked_and_then_sent_on(self):
        status, page, _ = self.site.visit("/help-login?return_to=/requests/7")
        self.assertEqual(status, 200)
        self.assertIn('name="return_to" value="/requests/7"', page)
        _, _, headers = self.site.visit("/signin", {"shopper": "102", "return_to": "/requests/7"})
        self.assertEqual(self.claims(self.site.visit(headers["Location"])[2])[1], "/requests/7")

    def test_a_foreign_order_is_like_none(self):
        self.site.visit("/signin", {"shopper": "101"})
        foreign = self.site.visit("/orders/20001")
        self.assertEqual(foreign[0], 404)
        self.assertEqual(foreign[1], self.site.visit("/orders/99999")[1])
        self.assertEqual(self.site.visit("/orders/20001/help")[0], 404)

    def test_a_forged_cookie_is_nobody(self):
        self.site.cookie = "mokka=101." + "A" * 43
        self.assertIn("Who are you today?", self.site.visit("/orders")[1])

    def test_a_closed_account_cannot_sign_in(self):
        self.assertEqual(self.site.visit("/signin", {"shopper": "112"})[0], 400)

    def test_every_page_of_every_customer_is_whole(self):
        for shopper in range(101, 114):
            if shopper == 112:
                continue
            self.site.visit("/signin", {"shopper": str(shopper)})
            status, page, _ = self.site.visit("/orders")
            self.assertEqual(status, 200)
            for key in re.findall(r'"/orders/(\d+)"', page)[:3]:
                status, page, _ = self.site.visit("/orders/" + key)
                self.assertEqual(status, 200)
                self.assertNotRegex(page, r"<script|<img|<b>Robert")


class TheSink(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.smtp = sink.SmtpServer(("127.0.0.1", 0), sink.Smtp)
        self.box = self.smtp.box = sink.Pages.box = sink.Box(self.folder.name)
        threading.Thread(target=self.smtp.serve_forever, args=(.05,), daemon=True).start()
        self.addCleanup(self.smtp.server_close)
        self.addCleanup(self.smtp.shutdown)
        self.site = Site(sink.Pages)
        self.addCleanup(self.site.close)

    def send(self, to="guest@example.org", subject="Grüße <b>&", html_part=True):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "help@mokka.example", to, subject
        mail.set_content("Hello ☕\n.\n..dots\nhttps://desk.example/r/1?a=1&b=2.\n")
        if html_part:
            mail.add_alternative("<p>Hello<script>alert(1)</script></p>", subtype="html")
        with smtplib.SMTP("127.0.0.1", self.smtp.server_address[1], timeout=5) as link:
            link.send_message(mail)

    def test_keeps_a_mail_and_shows_it(self):
        self.send()
        mail, = json.loads(self.site.visit("/mail/api")[1])
        self.assertEqual((mail["subject"], mail["envelope_to"]), ("Grüße <b>&", ["guest@example.org"]))
        self.assertIn("\n.\n..dots\n", mail["text"].replace("\r", ""))
        self.assertIn("Grüße &lt;b&gt;&amp;", self.site.visit("/mail/")[1])
        page = self.site.visit("/mail/" + mail["id"])[1]
        self.assertIn('<a href="https://desk.example/r/1?a=1&amp;b=2">', page)
        self.assertNotIn("<script", page)
        _, part, headers = self.site.visit(f"/mail/{mail['id']}/html")
        self.assertIn("<script", part)
        self.assertTrue(headers["Content-Security-Policy"].startswith("sandbox;"))

    def test_a_restart_loses_nothing(self):
        self.send()
        self.assertEqual([m.header("Subject") for m in sink.Box(self.folder.name).list()], ["Grüße <b>&"])

    def test_filters_by_recipient_and_by_time(self):
        self.send("a@example.org")
        self.send("b@example.org")
        new, old = json.loads(self.site.visit("/mail/api")[1])
        self.assertEqual([m["envelope_to"][0] for m in (new, old)], ["b@example.org", "a@example.org"])
        self.assertEqual(json.loads(self.site.visit("/mail/api?to=A@example.org")[1]), [old])
        self.assertEqual(json.loads(self.site.visit("/mail/api?since=" + old["id"])[1]), [new])
        self.assertEqual(json.loads(self.site.visit("/mail/api/" + old["id"])[1]), old)

    def test_what_comes_back_is_what_programs_write(self):
        taken = os.path.join(self.folder.name, "taken")
        sink.Pages.pipe = ["/bin/sh", "-c", f"cat >{taken}; echo \"$@\" >{taken}.to", "pipe"]
        self.addCleanup(setattr, sink.Pages, "pipe", [])
        self.send()
        mail, = json.loads(self.site.visit("/mail/api")[1])
        where = f"/mail/{mail['id']}/reply"

        def back(**form):
            _, _, headers = self.site.visit(where, form)
            with open(taken, "rb") as f:
                letter = email.message_from_binary_file(f, policy=email.policy.default)
            with open(taken + ".to") as f:
                return headers["Location"], f.read().split(), letter

        self.assertIn("said=empty", self.site.visit(where, {"text": " "})[2]["Location"])
        said, to, letter = back(text="Danke ☕\r\nZoë")
        self.assertIn("said=taken", said)
        self.assertEqual(to, ["--from", "guest@example.org", "--to", "help@mokka.example"])
        self.assertEqual(letter["Subject"], "Re: Grüße <b>&")
        self.assertEqual(letter["To"], "help@mokka.example")
        self.assertTrue(letter.get_content().startswith("Danke ☕\nZoë\n\nOn "))
        self.assertIn("\n> Hello ☕\n> .\n> ..dots\n", letter.get_content())
        _, to, letter = back(way="machine")
        self.assertEqual(to[1], "<>")
        self.assertEqual(letter["Auto-Submitted"], "auto-replied (vacation)")
        _, to, letter = back(way="host")
        self.assertEqual(to, ["--from", "<>", "--to", "help@mokka.example"])
        self.assertEqual(letter.get_content_type(), "multipart/report")
        self.assertEqual([p.get_content_type() for p in letter.iter_parts()],
                         ["text/plain", "message/delivery-status", "text/rfc822-headers"])
        sink.Pages.pipe = ["/bin/false"]
        self.assertIn("said=later", self.site.visit(where, {"text": "x"})[2]["Location"])

    def test_mails_to_the_desk_reach_it(self):
        taken = os.path.join(self.folder.name, "taken")
        sink.Pages.pipe = ["/bin/sh", "-c", f"cat >>{taken}; echo \"$@\" >>{taken}.to", "pipe"]
        sink.Pages.desk = "help@mokka.example"
        self.addCleanup(setattr, sink.Pages, "pipe", [])
        self.addCleanup(setattr, sink.Pages, "desk", "")
        for to in ("guest@example.org", "HELP+r1.c2.x@mokka.example", "help@mokka.example.org",
                   "help@mokka.example"):
            self.send(to)
        with open(taken + ".to") as f:
            self.assertEqual([line.split()[-1] for line in f],
                             ["HELP+r1.c2.x@mokka.example", "help@mokka.example"])
        with open(taken, "rb") as f:
            self.assertIn(b"\r\n.\r\n..dots\r\n", f.read())
        self.assertEqual(len(self.box.ids()), 4)

    def test_behaves_as_it_is_told(self):
        for mode, trouble in (("refuse", smtplib.SMTPRecipientsRefused),
                              ("tempfail", smtplib.SMTPRecipientsRefused),
                              ("close", smtplib.SMTPServerDisconnected)):
            self.assertEqual(self.site.visit("/mail/behave", {"mode": mode})[0], 303)
            with self.assertRaises(trouble):
                self.send()
        self.assertEqual(self.site.visit("/mail/behave", {"mode": "nonsense"})[0], 400)
        self.site.visit("/mail/behave", {"mode": "ok"})
        self.send()
        self.assertEqual(len(self.box.ids()), 1)

    def test_no_path_leaves_the_folder(self):
        self.assertEqual(self.site.visit("/mail/..%2f..%2fetc%2fpasswd")[0], 404)
        self.assertEqual(self.site.visit("/mail/1234567890123456789")[0], 404)


if __name__ == "__main__":
    unittest.main()
