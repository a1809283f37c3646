"""One question and its answer, as browsers send them, with nothing kept.

	story.py long|short DESK SHOP-CONFIG AGENT-PASSWORD

A customer comes with the shop's token, sees the orders, asks with a file; an
agent signs in, finds it, answers with a file; the customer reads the answer
and takes the file; both sign out. `short` ends when the ticket can be read.
Each step says one line; the first that fails ends it.
"""
import html
import http.client
import json
import os
import re
import sys
import urllib.parse

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "demo"))
import shop

ANNA = {"id": 101, "mail": "anna.berg@example.org", "given": "Anna",
        "family": "Berg", "phone": None, "tongue": "en"}
BORDER = "aftersale-story-0123456789"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082")


class Answer:
    def __init__(self, reply):
        self.status, self.headers = reply.status, reply.headers
        self.body = reply.read()
        self.text = html.unescape(self.body.decode("utf-8", "replace"))
        self.to = reply.headers.get("Location", "")


class Visitor:
    """A browser: cookies, and what the forms of the last page hide."""

    def __init__(self, desk):
        self.desk, self.cookies, self.hidden = desk, {}, {}

    def ask(self, method, path, body=None, kind=None):
        url = urllib.parse.urlsplit(path if path.startswith("http") else self.desk + path)
        link = http.client.HTTPConnection(url.netloc, timeout=60)
        headers = {"Cookie": self.cookie()}
        if kind:
            headers["Content-Type"] = kind
        link.request(method, url.path + ("?" + url.query if url.query else ""), body, headers)
        answer = Answer(link.getresponse())
        link.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.hidden.update(re.findall(r'name="(csrf|form_token|seen)" value="([^"]+)"', answer.text))
        return answer

    def cookie(self):
        return "; ".join(f"{n}={v}" for n, v in self.cookies.items())

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, **fields):
        return self.ask("POST", path, urllib.parse.urlencode(self.hidden | fields),
                        "application/x-www-form-urlencoded")

    def send(self, path, file, **fields):
        """A form with a file; `file` is its name and what is in it."""
        parts = [f'--{BORDER}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode()
                 for n, v in (self.hidden | fields).items()]
        parts.append(f'--{BORDER}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"'
                     "\r\nContent-Type: application/octet-stream\r\n\r\n".encode()
                     + file[1] + f"\r\n--{BORDER}--\r\n".encode())
        return self.ask("POST", path, b"".join(parts), "multipart/form-data; boundary=" + BORDER)


def must(holds, sentence, answer=None):
    if holds:
        print("ok  ", sentence)
        return
    print("FAIL", sentence)
    if answer is not None:
        print("    status", answer.status, answer.to)
        print("    " + " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())[:600])
    sys.exit(1)


def hand_over(desk, shop_config):
    """The shop's word about a customer, as an address of the help desk."""
    with open(shop_config, encoding="utf-8") as file:
        conf = json.load(file) | {"desk": desk}
    return "/sso?" + urllib.parse.urlencode({"jwt": shop.token(conf, ANNA), "return_to": "/orders"})


def sign_in(desk, shop_config):
    """The customer at the list of orders, and one order's key."""
    anna = Visitor(desk)
    path = hand_over(desk, shop_config)
    answer = anna.get(path)
    must(answer.status == 303 and answer.to.endswith("/orders"),
         "the customer comes in with the shop's token", answer)
    answer = anna.get(answer.to)
    order = re.search(r"/board/order/(\d+)", answer.text) or re.search(r"/orders/(\d+)/new", answer.text)
    must(answer.status == 200 and order, "and sees the order history", answer)
    again = Visitor(desk).get(path)
    must(again.status != 303, "the token opens the door once", again)
    return anna, order[1]


def ask(anna, order):
    """A new request with a file; its number."""
    answer = anna.get(f"/orders/{order}/new")
    kind = re.search(r'<option value="([1-9]\d*)"', answer.text)
    must(answer.status == 200 and kind, "the form knows the order", answer)
    answer = anna.send("/new", ("lid.png", PICTURE), type=kind[1], order=order,
                       subject="Lid <broken>", message="The lid is broken.\nWhat now? 🫖")
    must(answer.status == 303 and "/sent/" in answer.to, "a request with a file is taken", answer)
    return answer.to.rpartition("/")[2]


def read_request(anna, number):
    answer = anna.get(f"/board/ticket/{number}")
    must(answer.status == 200 and "The lid is broken." in answer.text and "🫖" in answer.text,
         "it can be read on the board", answer)
    return answer


def answer_it(desk, password, number):
    """The agent, after finding and answering the ticket."""
    ben = Visitor(desk)
    answer = ben.get("/panel/")
    must(answer.status == 303 and "/panel/sign-in" in answer.to, "the panel asks who is there", answer)
    ben.get(answer.to)
    answer = ben.post("/panel/sign-in", email="ben@mokka.example", password=password)
    must(answer.status == 303 and "/sign-in" not in answer.to, "the agent signs in", answer)
    answer = ben.get("/panel/inbox")
    must(answer.status == 200 and number in answer.text and "Lid <broken>" in answer.text,
         "and finds the ticket in the inbox", answer)
    answer = ben.get(f"/panel/ticket/{number}")
    must(answer.status == 200 and "The lid is broken." in answer.text, "and reads it", answer)
    download(ben, answer.text, "/panel/file/", PICTURE, "and takes the customer's file")
    answer = ben.send(f"/panel/ticket/{number}", ("note.txt", b"A new lid: 12 cm\n"),
                      kind="reply", message="A new lid is on its way.", then="")
    must(answer.status == 303, "and answers with a file", answer)
    return ben


def download(who, page, place, content, sentence):
    file = re.search(re.escape(place) + r"[^\"?/]+", page)
    answer = who.get(file[0]) if file else None
    must(answer and answer.status == 200 and answer.body == content
         and answer.headers["Content-Disposition"].startswith("attachment")
         and answer.headers["X-Content-Type-Options"] == "nosniff", sentence, answer)


def sign_out(who, form, leave, closed):
    who.get(form)
    before = dict(who.cookies)
    answer = who.post(leave)
    must(answer.status == 303, f"{leave} is taken", answer)
    who.cookies = before
    answer = who.get(closed)
    must(answer.status != 200, "and the old cookie opens nothing more", answer)


def main(length, desk, shop_config, password):
    anna, order = sign_in(desk, shop_config)
    number = ask(anna, order)
    read_request(anna, number)
    if length == "short":
        return
    ben = answer_it(desk, password, number)
    page = anna.get(f"/board/ticket/{number}").text
    must("A new lid is on its way." in page, "the customer reads the answer on the board")
    download(anna, page[page.index("on its way."):], "/board/file/", b"A new lid: 12 cm\n",
             "and takes the agent's file")
    stranger = Visitor(desk).get(f"/board/ticket/{number}")
    must(stranger.status != 200, "nobody else reads it", stranger)
    answer = anna.post(f"/board/ticket/{number}", message="Thank you!")
    must(answer.status == 303, "the customer writes again", answer)
    sign_out(anna, "/orders", "/sign-out", "/orders")
    sign_out(ben, "/panel/profile", "/panel/sign-out", "/panel/inbox")


if __name__ == "__main__":
    main(*sys.argv[1:])
