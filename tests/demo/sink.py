"""sink - takes every mail it is given and shows it in the browser.

Each mail is one file in a folder: a first line of JSON (who sent it to
whom, when), then the mail as it came. So it survives a restart, and a test
may read the folder.

	/mail/               all mails, newest first; ?to= filters by recipient
	/mail/<id>           one mail: text, HTML in a sandboxed frame, source
	/mail/api            the same as JSON; ?to=&since=<id>
	/mail/api/<id>       one mail as JSON
	POST /mail/behave    mode=ok|refuse|tempfail|close: how the next mails
	                     are treated, for tests
	POST /mail/empty     throw all mails away
	POST /mail/<id>/reply
	                     way=person|machine|host, text, from, subject: what
	                     comes back to this mail, by `mailroom --pipe`

A mail to the help desk itself is kept as well and goes to `mailroom --pipe`.
"""
import argparse
import datetime
import email
import email.policy
import html
import json
import os
import re
import shlex
import socketserver
import threading
import time

import reply
from site_http import Page, redirect, serve, text, document

MAX_MAIL = 64 << 20
SAID = {
    "taken": "The help desk has it. In a moment it is read there.",
    "later": "The help desk did not take it: is the mailroom installed?",
    "empty": "Write something first.",
    "nobody": "This mail has an empty return path: no host would send it back.",
}
MODES = {
    "ok": "takes every mail",
    "refuse": "refuses every recipient for good (550)",
    "tempfail": "asks to come back later (451)",
    "close": "hangs up in the middle of a mail",
}


class Box:
    """The folder of mails."""

    def __init__(self, folder):
        self.folder = folder
        self.mode = "ok"
        self.lock = threading.Lock()

    def ids(self):
        names = (n[:-4] for n in os.listdir(self.folder) if n.endswith(".eml"))
        return sorted(names, reverse=True)

    def put(self, sender, recipients, raw):
        head = {"from": sender, "to": recipients, "at": time.time()}
        with self.lock:
            id_ = "%019d" % time.time_ns()
            part = os.path.join(self.folder, id_ + ".part")
            with open(part, "wb") as f:
                f.write(json.dumps(head).encode() + b"\n" + raw)
                f.flush()
                os.fsync(f.fileno())
            os.rename(part, os.path.join(self.folder, id_ + ".eml"))
        return id_

    def get(self, id_):
        if not re.fullmatch(r"\d{19}", id_):
            raise FileNotFoundError(id_)
        with open(os.path.join(self.folder, id_ + ".eml"), "rb") as f:
            return Mail(id_, json.loads(f.readline()), f.read())

    def list(self, to="", since=""):
        for id_ in self.ids():
            if id_ <= since:
                return
            mail = self.get(id_)
            if not to or to.lower() in (r.lower() for r in mail.to):
                yield mail

    def empty(self):
        for id_ in self.ids():
            os.unlink(os.path.join(self.folder, id_ + ".eml"))


class Mail:
    """A mail as it was taken, and what can be read in it."""

    def __init__(self, id_, head, raw):
        self.id, self.raw = id_, raw
        self.sender, self.to, self.at = head["from"], head["to"], head["at"]
        self.message = email.message_from_bytes(
            raw, policy=email.policy.default)

    def header(self, name):
        return str(self.message.get(name, ""))

    def body(self, kind):
        part = self.message.get_body((kind,))
        if part is None:
            return None
        try:
            return part.get_content()
        except (LookupError, UnicodeError):
            return part.get_payload(decode=True).decode("utf-8", "replace")

    def attachments(self):
        return [a.get_filename() or a.get_content_type()
                for a in self.message.iter_attachments()]

    def as_json(self):
        return {
            "id": self.id, "at": self.at,
            "envelope_from": self.sender, "envelope_to": self.to,
            "subject": self.header("Subject"),
            "headers": [[k, str(v)] for k, v in self.message.items()],
            "text": self.body("plain"), "html": self.body("html"),
            "attachments": self.attachments(),
            "source": self.raw.decode("utf-8", "replace"),
        }


class Smtp(socketserver.StreamRequestHandler):
    """The few words of RFC 5321 that a sender needs."""

    timeout = 60

    def handle(self):
        self.forget()
        self.say("220 sink ready")
        while True:
            line = self.rfile.readline(4096)
            if not line:
                return
            word, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
            verb = getattr(self, "do_" + word.lower(), None)
            if verb is None:
                self.say("500 what is " + word[:20])
            elif verb(rest) == "bye":
                return

    def forget(self):
        self.sender, self.recipients = None, []

    def say(self, *lines):
        for line in lines[:-1]:
            self.wfile.write((line[:3] + "-" + line[4:] + "\r\n").encode())
        self.wfile.write((lines[-1] + "\r\n").encode())

    def do_ehlo(self, _):
        self.forget()
        self.say("250 sink", "250 8BITMIME", "250 SMTPUTF8", "250 PIPELINING",
                 "250 SIZE %d" % MAX_MAIL)

    def do_helo(self, _):
        self.forget()
        self.say("250 sink")

    @staticmethod
    def address(rest):
        found = re.match(r"(?:FROM|TO):\s*<([^>]*)>", rest, re.I)
        return found and found.group(1)

    def do_mail(self, rest):
        self.sender = self.address(rest)
        if self.sender is None:
            self.say("501 MAIL FROM:<address>")
        else:
            self.say("250 yes")

    def do_rcpt(self, rest):
        to, mode = self.address(rest), self.server.box.mode
        if self.sender is None:
            self.say("503 MAIL first")
        elif not to:
            self.say("501 RCPT TO:<address>")
        elif mode == "refuse":
            self.say("550 5.1.1 no such mailbox here")
        elif mode == "tempfail":
            self.say("451 4.3.0 come back later")
        else:
            self.recipients.append(to)
            self.say("250 yes")

    def do_data(self, _):
        if not self.recipients:
            self.say("503 RCPT first")
            return None
        if self.server.box.mode == "close":
            return "bye"
        self.say("354 go on, end with a dot")
        lines, size = [], 0
        while True:
            line = self.rfile.readline(1 << 20)
            if not line:
                return "bye"
            if line in (b".\r\n", b".\n"):
                break
            size += len(line)
            if size <= MAX_MAIL:
                lines.append(line[1:] if line.startswith(b".") else line)
        if size > MAX_MAIL:
            self.say("552 5.3.4 too big")
        else:
            letter = b"".join(lines)
            id_ = self.server.box.put(self.sender, self.recipients, letter)
            for to in filter(Pages.is_desk, self.recipients):
                reply.deliver(Pages.pipe, self.sender, to, letter)
            self.say("250 2.0.0 kept as " + id_)
        self.forget()

    def do_rset(self, _):
        self.forget()
        self.say("250 forgotten")

    def do_noop(self, _):
        self.say("250 still here")

    def do_quit(self, _):
        self.say("221 bye")
        return "bye"


class Pages(Page):
    """The mails in the browser."""

    def get(self, path, query):
        if path in ("/mail", "/mail/"):
            return self.all(query.get("to", ""))
        if path == "/mail/mokka.css":
            return self.style()
        if path == "/mail/api":
            mails = self.box.list(query.get("to", ""), query.get("since", ""))
            return self.json([m.as_json() for m in mails])
        try:
            if path.startswith("/mail/api/"):
                return self.json(self.box.get(path[10:]).as_json())
            if path.endswith("/html"):
                return self.html_part(self.box.get(path[6:-5]))
            if path.endswith("/source"):
                source = self.box.get(path[6:-7]).raw.decode("utf-8", "replace")
                return text(source)
            return self.one(self.box.get(path[6:]), query.get("said", ""))
        except FileNotFoundError:
            return self.frame("No such mail", "<h1>No such mail</h1>", 404)

    def post(self, path, form):
        if path == "/mail/behave" and form.get("mode") in MODES:
            self.box.mode = form["mode"]
            return redirect("/mail/")
        if path == "/mail/empty":
            self.box.empty()
            return redirect("/mail/")
        if path.startswith("/mail/") and path.endswith("/reply"):
            return self.reply(path[6:-6], form)
        return text("mode=" + "|".join(MODES), 400)

    pipe = []  # the program that takes letters for the help desk
    desk = ""  # whose they are: this address, with whatever behind a plus

    @classmethod
    def is_desk(cls, address):
        local, _, domain = address.lower().rpartition("@")
        return bool(cls.pipe) and f"{local.partition('+')[0]}@{domain}" == cls.desk

    def reply(self, id_, form):
        try:
            mail = self.box.get(id_)
        except FileNotFoundError:
            return self.frame("No such mail", "<h1>No such mail</h1>", 404)
        way, words = form.get("way", "person"), form.get("text", "").strip()
        if way == "person" and not words:
            return redirect("/mail/%s?said=empty#reply" % id_)
        if way == "host" and not mail.sender:
            return redirect("/mail/%s?said=nobody#reply" % id_)
        if way == "person":
            letter = reply.by_person(mail, words, form.get("from", "").strip(),
                                     form.get("subject", "").strip())
        else:
            letter = (reply.by_host if way == "host" else reply.by_machine)(mail)
        taken = bool(self.pipe) and self.hand_over(*letter)
        return redirect("/mail/%s?said=%s#reply" % (id_, "taken" if taken else "later"))

    def hand_over(self, sender, recipient, letter):
        return reply.deliver(self.pipe, sender, recipient, letter.as_bytes())

    @staticmethod
    def json(what):
        return 200, "application/json", json.dumps(what).encode(), {}

    def frame(self, title, body, status=200):
        return document(title, body, "/mail/mokka.css",
                        '<a class="brand" href="/mail/">Mails</a>'
                        '<a href="/">Shop</a>', status)

    def html_part(self, mail):
        """Someone else's HTML: its own address, nothing allowed but style."""
        return (200, "text/html; charset=utf-8",
                (mail.body("html") or "").encode(),
                {"Content-Security-Policy":
                 "sandbox; default-src 'none'; style-src 'unsafe-inline'; "
                 "img-src data:; frame-ancestors 'self'"})

    def all(self, to):
        e = html.escape
        rows = "".join(
            f'<li><a href="/mail/{m.id}"><b dir="auto">'
            f'{e(m.header("Subject")) or "(no subject)"}</b></a>'
            f'<span class="muted"><bdi>{e(", ".join(m.to))}</bdi> · '
            f'{clock(m.at)}</span></li>'
            for m in self.box.list(to)) or '<li class="muted">No mails yet.</li>'
        modes = "".join(
            f'<option value="{m}"{" selected" if m == self.box.mode else ""}>'
            f'{words}</option>' for m, words in MODES.items())
        return self.frame("Mails", f"""
<h1>Every mail that the help desk sent</h1>
<form class="row"><label>To <input type="email" name="to" value="{e(to)}"></label>
<button>Filter</button></form>
<ol class="list">{rows}</ol>
<form class="row" method="post" action="/mail/behave">
<label>This mail host <select name="mode">{modes}</select></label>
<button>Change</button></form>""")

    def one(self, mail, said=""):
        e = html.escape
        facts = "".join(f"<dt>{n}</dt><dd><bdi>{e(v)}</bdi></dd>" for n, v in (
            ("From", mail.header("From")), ("To", ", ".join(mail.to)),
            ("Time", clock(mail.at)),
            ("Attachments", ", ".join(mail.attachments()))) if v)
        plain, rich = mail.body("plain"), mail.body("html")
        parts = ""
        if plain is not None:
            parts += f'<h2>Text</h2><pre class="mail" dir="auto">{links(plain)}</pre>'
        if rich is not None:
            parts += (f'<h2>HTML</h2><iframe class="mail" sandbox title="HTML"'
                      f' src="/mail/{mail.id}/html"></iframe>')
        headers = e("".join(f"{k}: {v}\n" for k, v in mail.message.items()))
        return self.frame(mail.header("Subject"), f"""
<p><a href="/mail/">All mails</a></p>
<h1 dir="auto">{e(mail.header("Subject")) or "(no subject)"}</h1>
<dl class="facts">{facts}</dl>{parts}
<details><summary>Headers</summary><pre>{headers}</pre>
<p><a href="/mail/{mail.id}/source">Source</a></p></details>
<h2 id="reply">Reply</h2>{f'<p role="status">{e(SAID[said])}</p>' if said in SAID else ""}
<form class="stack" method="post" action="/mail/{mail.id}/reply">
<p><label>Text <textarea name="text" rows="6" dir="auto"></textarea></label></p>
<details><summary>From and subject</summary>
<p><label>From <input name="from" placeholder="{e(reply.me(mail))}"></label></p>
<p><label>Subject <input name="subject" placeholder="{e(reply.re_subject(mail))}"></label></p></details>
<p class="ways"><button name="way" value="person">Send reply</button>
<button name="way" value="machine">Out of office</button>
<button name="way" value="host">Bounce</button></p></form>""")


def clock(at):
    return datetime.datetime.fromtimestamp(at).strftime("%Y-%m-%d %H:%M:%S")


def links(plain):
    """Escaped text in which addresses of pages can be clicked."""
    parts = re.split(r"(https?://[^\s<>\"']*[^\s<>\"'.,;:!?)])", plain)
    for i, part in enumerate(parts):
        part = html.escape(part)
        parts[i] = f'<a href="{part}">{part}</a>' if i % 2 else part
    return "".join(parts)


class SmtpServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--mail", required=True, help="folder of the mails")
    ask.add_argument("--http", required=True, help="socket of the pages")
    ask.add_argument("--port-file", required=True, help="gets the SMTP port")
    ask.add_argument("--pipe", default="", help="command that takes replies")
    ask.add_argument("--desk", default="", help="whose mails it takes as well")
    given = ask.parse_args()
    os.umask(0o077)
    Pages.pipe, Pages.desk = shlex.split(given.pipe), given.desk
    smtp = SmtpServer(("127.0.0.1", 0), Smtp)
    smtp.box = Pages.box = Box(given.mail)
    threading.Thread(target=smtp.serve_forever, daemon=True).start()
    with open(given.port_file + ".new", "w") as f:
        f.write(str(smtp.server_address[1]))
    os.rename(given.port_file + ".new", given.port_file)
    serve(given.http, Pages)


if __name__ == "__main__":
    main()
