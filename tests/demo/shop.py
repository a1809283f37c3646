"""shop - "Mokka & Mehl", the little shop beside the help desk.

It stands for the shop that a merchant has already: customers, an order
history, one order. It hands a customer over to the help desk as any shop
does, with a signed token made at the moment of the click:

	/orders/<key>/help   to a new request about this order
	/help-me             to the customer's requests
	/help-login          where the help desk sends somebody whose session
	                     there is gone; ?return_to= is kept

Signing in is choosing a name: it is a demo. The orders are read-only.
"""
import argparse
import base64
import hashlib
import hmac
import html
import json
import re
import secrets
import threading
import time
import urllib.parse

import pymysql
import pymysql.cursors

from site_http import Page, document, redirect, serve

# Customers and orders of tests/world are too many to be listed.
WORLD = 1000000
DECIMALS = {"JPY": 0, "KWD": 3}
PICTURE = {"MK": "☕", "ME": "🌾", "GV": "🎁"}


def b64(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def sign(secret, words):
    return b64(hmac.new(secret.encode(), words.encode(), hashlib.sha256).digest())


def token(conf, shopper, order=None, now=time.time, jti=secrets.token_urlsafe):
    """The JWT of the specification: who comes, from which shop, until when."""
    head = {"alg": "HS256", "typ": "JWT"}
    if "kid" in conf:
        head["kid"] = conf["kid"]
    iat = int(now())
    claims = {
        "iat": iat, "exp": iat + 120, "jti": jti(24),
        "aud": conf["desk"], "iss": conf["shop"],
        "external_id": str(shopper["id"]), "email": shopper["mail"],
        "name": (shopper["given"] + " " + shopper["family"])[:200],
        "first_name": shopper["given"], "last_name": shopper["family"],
    }
    if shopper["phone"]:
        claims["phone"] = shopper["phone"]
    if shopper["tongue"]:
        claims["locale"] = shopper["tongue"]
    if order:
        claims["order_key"], claims["order_no"] = str(order["id"]), order["number"]
    body = ".".join(b64(json.dumps(part, separators=(",", ":")).encode())
                    for part in (head, claims))
    return body + "." + sign(conf["secret"], body)


def to_desk(conf, shopper, return_to, order=None):
    query = urllib.parse.urlencode({"jwt": token(conf, shopper, order), "return_to": return_to})
    return redirect(conf["desk"] + "/sso?" + query)


def safe_path(path):
    """A path inside the help desk, or its list of requests."""
    if re.fullmatch(r"/(?![/\\])[^\\\x00-\x1f\x7f]{0,511}", path) and "//" not in path:
        return path
    return "/requests"


class Store:
    """The shop's database, one connection a thread."""

    def __init__(self, where):
        self.where, self.mine = where, threading.local()

    def rows(self, sql, *values):
        if not hasattr(self.mine, "link"):
            self.mine.link = pymysql.connect(
                charset="utf8mb4", autocommit=True,
                cursorclass=pymysql.cursors.DictCursor, **self.where)
        with self.mine.link.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    def row(self, sql, *values):
        found = self.rows(sql, *values)
        return found[0] if found else None


LEGAL = {"/imprint": "Legal notice", "/privacy": "Privacy", "/accessibility": "Accessibility"}


def e(words):
    return html.escape(str(words or ""))


def money(amount, currency):
    return f"<bdi>{currency} {amount:,.{DECIMALS.get(currency, 2)}f}</bdi>"


def day(at):
    return f'<time datetime="{at.isoformat()}Z">{at.strftime("%-d %b %Y")}</time>'


class Shop(Page):
    conf = {}

    def setup(self):
        super().setup()
        self.store = Store(self.conf["db"])

    def finish(self):
        link = getattr(self.store.mine, "link", None)
        if link:
            link.close()
        super().finish()

    # --- who is here ---------------------------------------------------

    def cookie(self, id_):
        return f"{id_}.{sign(self.conf['cookie'], str(id_))}"

    def shopper(self):
        given = re.search(r"(?:^|;\s*)mokka=([^;]*)", self.headers.get("Cookie", ""))
        id_ = given.group(1).partition(".")[0] if given else ""
        if not id_.isdigit() or not hmac.compare_digest(self.cookie(id_), given.group(1)):
            return None
        return self.store.row(
            "SELECT * FROM shopper WHERE id = %s AND open_account", int(id_))

    # --- addresses -----------------------------------------------------

    def get(self, path, query):
        if path == "/mokka.css":
            return self.style()
        me = self.shopper()
        if path == "/":
            return self.front(me)
        if path == "/signin":
            return self.signin(query.get("return_to", ""))
        if path == "/help-login":
            return_to = safe_path(query.get("return_to", ""))
            return to_desk(self.conf, me, return_to) if me else self.signin(return_to)
        if path in LEGAL:
            return self.page(me, LEGAL[path], f"<p>{e(LEGAL[path])}: a real shop has more to say here.</p>")
        known = re.fullmatch(r"/help-me|/orders(?:/(\d{1,9})(/help)?)?", path)
        if not known:
            return self.lost(me)
        if not me:
            return self.signin("")
        if path == "/help-me":
            return to_desk(self.conf, me, "/requests")
        if path == "/orders":
            return self.orders(me)
        order = self.store.row(
            "SELECT * FROM purchase JOIN stage ON code = stage"
            " WHERE id = %s AND shopper_id = %s", int(known.group(1)), me["id"])
        if not order:
            return self.lost(me)
        if known.group(2):
            return to_desk(self.conf, me, f"/orders/{order['id']}/new", order)
        return self.order(me, order)

    def post(self, path, form):
        if path == "/signout":
            return redirect("/", Set_Cookie="mokka=; Path=/; Max-Age=0")
        id_ = form.get("shopper", "")
        if path != "/signin" or not id_.isdigit() or not self.store.row(
                "SELECT id FROM shopper WHERE id = %s AND open_account", int(id_)):
            return self.signin("", 400)
        where = "/orders"
        if form.get("return_to"):
            where = "/help-login?" + urllib.parse.urlencode(
                {"return_to": safe_path(form["return_to"])})
        return redirect(where, Set_Cookie="mokka=" + self.cookie(id_) +
                        "; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000")

    # --- pages ---------------------------------------------------------

    def page(self, me, title, body, status=200):
        nav = '<a class="brand" href="/">Mokka &amp; Mehl</a>'
        if me:
            nav += ('<a href="/orders">Orders</a><a href="/help-me">Help</a>'
                    '<form method="post" action="/signout"><button class="plain">'
                    f'Sign out <bdi class="who">{e(me["given"])}</bdi></button></form>')
        else:
            nav += (f'<a href="{e(self.conf["desk"])}/">Help</a>'
                    '<a href="/signin">Sign in</a>')
        return document(title + " · Mokka & Mehl", body, "/mokka.css", nav, status)

    def lost(self, me):
        return self.page(me, "Not here", "<h1>There is no such page</h1>"
                         '<p><a href="/">Back to the shop</a></p>', 404)

    def front(self, me):
        goods = self.store.rows(
            "SELECT name, sku, MIN(each_price) AS price FROM purchase_line"
            " JOIN purchase ON purchase.id = purchase_id WHERE currency = 'EUR'"
            f" AND purchase_id < {WORLD}"
            " GROUP BY sku, name ORDER BY LEFT(sku, 2) <> 'MK', sku")
        cards = "".join(
            f'<li class="card"><span class="cup" aria-hidden="true">{PICTURE[g["sku"][:2]]}</span>'
            f'<b dir="auto">{e(g["name"])}</b>{money(g["price"], "EUR")}</li>' for g in goods)
        hello = ('<a class="button" href="/orders">Your orders</a>' if me
                 else '<a class="button" href="/signin">Sign in</a>')
        return self.page(me, "Coffee and flour", f"""
<section class="hero"><h1>Coffee roasted on Tuesdays.<br>Flour milled on Fridays.</h1>
<p>A demo shop: nothing here can be bought, but everything can be asked about.</p>{hello}</section>
<ul class="goods">{cards}</ul>""")

    def signin(self, return_to, status=200):
        people = self.store.rows(
            "SELECT s.*, (SELECT COUNT(*) FROM purchase WHERE shopper_id = s.id) AS orders"
            f" FROM shopper s WHERE open_account AND id < {WORLD} ORDER BY id")
        keep = f'<input type="hidden" name="return_to" value="{e(return_to)}">' if return_to else ""
        rows = "".join(
            f'<li><button class="choice" name="shopper" value="{p["id"]}">'
            f'<b><bdi>{e(p["given"])} {e(p["family"])}</bdi></b>'
            f'<span class="muted"><bdi>{e(p["mail"])}</bdi> · {p["orders"]} orders</span>'
            f'<span>{e(p["about"])}</span></button></li>' for p in people)
        return self.page(None, "Sign in", f"""
<h1>Who are you today?</h1>
<form method="post" action="/signin">{keep}<ul class="people">{rows}</ul></form>""", status)

    def orders(self, me):
        rows = self.store.rows(
            "SELECT * FROM purchase JOIN stage ON code = stage"
            " WHERE shopper_id = %s ORDER BY placed DESC, id DESC LIMIT 100", me["id"])
        items = "".join(
            f'<li class="order"><a href="/orders/{o["id"]}"><b>{e(o["number"])}</b></a>'
            f'<span>{day(o["placed"])}</span>'
            f'<span class="stage stage-{o["kind"]}">{e(o["label"])}</span>'
            f'<span class="sum">{money(o["total"], o["currency"])}</span>'
            f'<a class="help" href="/orders/{o["id"]}/help">Get help with this order</a></li>'
            for o in rows) or '<li class="muted">You have not ordered anything yet.</li>'
        return self.page(me, "Your orders", f'<h1>Your orders</h1><ol class="list">{items}</ol>')

    def order(self, me, o):
        ask = lambda sql: self.store.rows(sql, o["id"])
        choices = {}
        for c in ask("SELECT * FROM line_choice WHERE purchase_id = %s"):
            choices.setdefault(c["line_id"], []).append(
                f'<bdi>{e(c["question"])}: {e(c["answer"])}</bdi>')
        lines = "".join(
            f'<li><span><b dir="auto">{line["pieces"]} × {e(line["name"])}</b>'
            f'<small class="muted">{"<br>".join([e(line["sku"])] + choices.get(line["id"], []))}</small></span>'
            f'{money(line["each_price"] * line["pieces"], o["currency"])}</li>'
            for line in ask("SELECT * FROM purchase_line WHERE purchase_id = %s ORDER BY place"))
        back = "".join(
            f'<li><span>Returned {day(m["at"])} <small class="muted" dir="auto">{e(m["why"])}</small></span>'
            f'{money(-m["amount"], o["currency"])}</li>'
            for m in ask("SELECT * FROM money_back WHERE purchase_id = %s ORDER BY at"))
        parcels = "".join(
            f'<li>{e(p["carrier"])} <bdi dir="ltr">{e(p["code"])}</bdi> {day(p["sent"])}</li>'
            for p in ask("SELECT * FROM parcel WHERE purchase_id = %s ORDER BY id"))
        story = "".join(
            f'<li>{day(d["at"])} <b>{e(d["label"])}</b> {e(d["words"])}</li>'
            for d in ask("SELECT * FROM diary JOIN stage ON code = stage"
                         " WHERE purchase_id = %s AND told ORDER BY at, diary.id"))
        homes = "".join(
            f'<div><h2>{"Invoice to" if a["role"] == "billing" else "Sent to"}</h2>'
            "<address>" + "<br>".join(f"<bdi>{e(a[k])}</bdi>" for k in (
                "name", "firm", "street", "extra", "code", "town", "country") if a[k])
            + "</address></div>"
            for a in ask("SELECT * FROM purchase_address WHERE purchase_id = %s ORDER BY role"))
        return self.page(me, o["number"], f"""
<p><a href="/orders">All orders</a></p>
<h1>Order {e(o["number"])}</h1>
<p>{day(o["placed"])} <span class="stage stage-{o["kind"]}">{e(o["label"])}</span></p>
<ul class="lines">{lines}
<li><span>Delivery</span>{money(o["freight"], o["currency"])}</li>
<li class="total"><b>Total</b><b>{money(o["total"], o["currency"])}</b></li>{back}</ul>
<p><a class="button" href="/orders/{o["id"]}/help">Get help with this order</a></p>
<div class="homes">{homes}</div>
{'<h2>Parcels</h2><ul class="plain-list">' + parcels + '</ul>' if parcels else ''}
<h2>What happened</h2><ol class="plain-list">{story}</ol>""")


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--config", required=True, help="a JSON file, see tests/dev/demo.sh")
    ask.add_argument("--http", required=True, help="socket of the pages")
    given = ask.parse_args()
    with open(given.config, encoding="utf-8") as f:
        Shop.conf = json.load(f)
    serve(given.http, Shop)


if __name__ == "__main__":
    main()
