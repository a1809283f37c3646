"""Browsers of customers and agents who press their button again until somebody
says that it was taken, and mail hosts that deliver again likewise."""
import base64
import hashlib
import hmac
import html
import http.client
import json
import re
import subprocess
import time
import urllib.parse

SECRET = b"a secret that only the shop knows"
BORDER = "aftersale-faults-0123456789"
PATIENCE = 120			# seconds that somebody tries again


class TryAgain(Exception):
    """Nobody said what became of it."""


def part(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def token(desk, key, name, email):
    claims = {"iss": "main", "aud": desk, "iat": int(time.time()), "exp": int(time.time()) + 300,
              "jti": hashlib.sha256(str(time.time_ns()).encode() + key.encode()).hexdigest()[:22],
              "external_id": key, "name": name, "email": email}
    text = part(b'{"alg":"HS256"}') + b"." + part(json.dumps(claims).encode())
    return (text + b"." + part(hmac.new(SECRET, text, hashlib.sha256).digest())).decode()


class Visitor:
    """A browser: cookies, and what the forms of the last page hide."""

    def __init__(self, house):
        self.house, self.cookies, self.hidden = house, {}, {}
        self.again = 0				# how often a button was pressed again

    def once(self, method, path, body=None, kind=None):
        headers = {"Cookie": "; ".join("%s=%s" % pair for pair in self.cookies.items()),
                   "Connection": "close"}
        if kind:
            headers["Content-Type"] = kind
        if not path.startswith("http"):
            path = self.house.desk + path
        link = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=30)
        try:
            link.putrequest(method, urllib.parse.urlsplit(path)._replace(scheme="", netloc="").geturl(),
                            skip_host=True)
            for name, value in ({"Host": "localhost:%d" % self.house.port} | headers).items():
                link.putheader(name, value)
            if body is not None:
                link.putheader("Content-Length", str(len(body)))
            link.endheaders(body)
            reply = link.getresponse()
            text = reply.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as e:
            raise TryAgain(str(e)) from e
        finally:
            link.close()
        if reply.status >= 500:
            raise TryAgain(str(reply.status))
        for line in reply.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return reply.status, reply.headers.get("Location", ""), html.unescape(text)

    def ask(self, *words):
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return self.once(*words)
            except TryAgain as e:
                self.again += 1
                if time.monotonic() > until:
                    raise RuntimeError("%s %s: %s for %d s" % (*words[:2], e, PATIENCE)) from e
                time.sleep(0.05)

    def get(self, path):
        status, to, text = self.ask("GET", path)
        if status == 200:
            self.hidden = dict(re.findall(r'name="(csrf|form_token|seen)" value="([^"]*)"', text))
        return status, to, text

    def post(self, path, files=(), **fields):
        """The fields of the page, ours, and files as (name, bytes)."""
        fields = self.hidden | fields
        parts = [('--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
                  % (BORDER, name, value)).encode() for name, value in fields.items()]
        parts += [('--%s\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n'
                   "Content-Type: application/octet-stream\r\n\r\n" % (BORDER, name)).encode()
                  + data + b"\r\n" for name, data in files]
        return self.ask("POST", path, b"".join(parts) + ("--%s--\r\n" % BORDER).encode(),
                        "multipart/form-data; boundary=" + BORDER)


def must(holds, what, answer):
    if not holds:
        status, to, text = answer
        words = " ".join(re.sub(r"<[^>]*>", " ", text).split())
        raise RuntimeError("%s: %s %s %s" % (what, status, to, words[:300]))


class Customer(Visitor):
    def __init__(self, house, key="101", name="Zoë", email="zoe@mail.example"):
        super().__init__(house)
        until = time.monotonic() + PATIENCE
        while True:		# a token opens the door once, even when nobody saw it open
            answer = self.ask("GET", "/sso?" + urllib.parse.urlencode(
                {"jwt": token(house.desk, key, name, email), "return_to": "/requests"}))
            if answer[0] == 303 and any(self.cookies.values()) or time.monotonic() > until:
                break
        must(answer[0] == 303, "sign-in of a customer", answer)

    def ask_new(self, mark, files=()):
        """A new request; its number."""
        answer = self.get("/new")
        kind = re.search(r'<option value="([1-9]\d*)"', answer[2])
        must(answer[0] == 200 and kind, "the form", answer)
        words = {"type": kind[1], "subject": "Request " + mark, "message": "The lid is broken. " + mark}
        answer = self.post("/new", files, **words)
        while answer[0] == 422 and "can’t be sent" in answer[2]:
            # Who looked into the file died meanwhile: nothing was stored.
            self.again += 1
            self.get("/new")
            answer = self.post("/new", files, **words)
        must(answer[0] == 303 and "/sent/" in answer[1], "a new request", answer)
        return answer[1].rpartition("/")[2]

    def write(self, number, mark, files=()):
        answer = self.get("/board/ticket/" + number)
        must(answer[0] == 200, "the ticket", answer)
        answer = self.post("/board/ticket/" + number, files, message="One more thing. " + mark)
        if answer[0] == 409 or answer[0] == 422:
            return False		# somebody wrote meanwhile: nothing was stored
        must(answer[0] == 303, "a message", answer)
        return True


class Agent(Visitor):
    def __init__(self, house, email="ben@shop.example"):
        super().__init__(house)
        self.get("/panel/sign-in")
        answer = self.post("/panel/sign-in", email=email, password="correct horse battery")
        must(answer[0] == 303 and "sign-in" not in answer[1], "sign-in of an agent", answer)

    def write(self, number, mark, files=(), kind="reply"):
        answer = self.get("/panel/ticket/" + number)
        must(answer[0] == 200, "the ticket", answer)
        answer = self.post("/panel/ticket/" + number, files, kind=kind, then="",
                           message="Thank you. " + mark)
        if answer[0] == 409 or answer[0] == 422:
            return False
        must(answer[0] == 303, "an answer", answer)
        return True


def letter(mark, sender="zoe@mail.example", to="help@shop.example", files=(), message_id=True,
           words="The lid is broken.", subject="Request"):
    """A raw letter as a mail host hands it over."""
    name = "<%s@mail.example>" % mark.strip("#")
    head = ["Return-Path: <%s>" % sender, "Delivered-To: " + to,
            "From: Zoe <%s>" % sender, "To: " + to, "Subject: %s %s" % (subject, mark),
            "Date: Mon, 02 Mar 2026 10:00:00 +0000", "MIME-Version: 1.0"]
    if message_id:
        head.append("Message-ID: " + name)
    text = words + " " + mark + "\n"
    if not files:
        return ("\n".join(head + ["Content-Type: text/plain; charset=utf-8", "", text])).encode()
    body = "--%s\nContent-Type: text/plain; charset=utf-8\n\n%s\n" % (BORDER, text)
    for file, data in files:
        body += ("--%s\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n"
                 'Content-Disposition: attachment; filename="%s"\n\n%s\n'
                 % (BORDER, file, base64.encodebytes(data).decode()))
    return "\n".join(head + ["Content-Type: multipart/mixed; boundary=" + BORDER, "",
                             body + "--%s--\n" % BORDER]).encode()


def deliver(house, raw, sender="zoe@mail.example", **environment):
    """One try of a mail host; the exit status of the pipe."""
    with open(house.room + "/log/pipe", "ab") as log:
        return subprocess.run(house.pipe_command(sender), input=raw, stdout=log, stderr=log,
                              env=house.environment_of(environment), timeout=60).returncode


def deliver_until_taken(house, raw, **environment):
    """How often it took."""
    until = time.monotonic() + PATIENCE
    tries = 1
    while deliver(house, raw, **environment):
        if time.monotonic() > until:
            raise RuntimeError("a letter was not taken in %d s" % PATIENCE)
        tries += 1
        environment = {}
        time.sleep(0.05)
    return tries
