"""A mail host that can be told to fail, for tests/mail/run.

smtpd.py FOLDER: listens on a free port of the loopback, writes it to
FOLDER/port, and appends a line to FOLDER/log for every letter whose final dot
it saw: answer, sender, recipient, Message-ID, Subject, separated by tabs. The
letters themselves lie in FOLDER/letters.

FOLDER/mode is read anew for every connection:

    ok      takes everything
    away    greets with 421
    hang    never greets
    slow    takes a second for every letter
    utf8    offers SMTPUTF8, and takes everything

What was said to it, but for the letters, is in FOLDER/dialogue.

The recipient's local part makes it fail for that letter alone: rcpt4, rcpt5,
data4, data5 are refused there, cut is taken and the connection then closed
without an answer.
"""
import os
import socketserver
import sys
import threading
import time
from email import message_from_bytes, policy

folder = sys.argv[1]
lock = threading.Lock()
count = 0


def mode():
    with open(folder + "/mode") as f:
        return f.read().strip()


def keep(answer, sender, recipient, letter):
    """One line in the log, and the letter in a file of its own."""
    global count
    message = message_from_bytes(letter, policy=policy.default)
    with lock:
        count += 1
        with open("%s/letters/%d" % (folder, count), "wb") as f:
            f.write(letter)
        with open(folder + "/log", "a") as f:
            f.write("\t".join([answer, sender, recipient, message["Message-ID"],
                               message["Subject"]]) + "\n")


class Talk(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        try:
            self.talk()
        except (ConnectionError, BrokenPipeError):
            pass

    def talk(self):
        self.mode = mode()
        if self.mode == "hang":
            self.rfile.read()
            return
        if self.mode == "away":
            self.say("421 4.3.2 closed for today")
            return
        self.say("220 mail.example")
        while True:
            line = self.rfile.readline()
            with lock, open(folder + "/dialogue", "ab") as f:
                f.write(line)
            if not line or not self.answer(line.rstrip(b"\r\n").decode()):
                return

    def answer(self, line):
        word = line.upper().split(":")[0].split(" ")[0]
        return getattr(self, "on_" + word.lower(), self.unknown)(line)

    def unknown(self, line):
        self.say("502 what?")
        return True

    def on_ehlo(self, line):
        self.say("250-mail.example")
        if self.mode == "utf8":
            self.say("250-8BITMIME")
            self.say("250-SMTPUTF8")
        self.say("250 SIZE 10000000")
        return True

    def on_mail(self, line):
        self.sender = line.split("<", 1)[1].split(">", 1)[0]
        self.say("250 ok")
        return True

    def on_rcpt(self, line):
        self.recipient = line.split("<", 1)[1].split(">", 1)[0]
        self.kind = self.recipient.split("@")[0]
        self.say({"rcpt4": "450 4.2.1 mailbox busy",
                  "rcpt5": "550 5.1.1 no such mailbox"}.get(self.kind, "250 ok"))
        return True

    def on_rset(self, line):
        self.say("250 ok")
        return True

    def on_quit(self, line):
        self.say("221 bye")
        return False

    def on_data(self, line):
        self.say("354 go on")
        lines = []
        while True:
            line = self.rfile.readline()
            if not line:
                return False
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b".") else line)
        return self.end_of(b"".join(lines))

    def end_of(self, letter):
        if self.mode == "slow":
            time.sleep(1)
        if self.kind == "data4":
            self.say("452 4.3.1 disk full")
            return True
        if self.kind == "data5":
            self.say("554 5.7.1 looks like spam")
            return True
        keep("cut" if self.kind == "cut" else "250",
             self.sender, self.recipient, letter)
        if self.kind == "cut":
            return False
        self.say("250 taken")
        return True


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64


port = int(sys.argv[2]) if len(sys.argv) > 2 else 0
server = Server(("127.0.0.1", port), Talk)
with open(folder + "/port.new", "w") as f:
    f.write(str(server.server_address[1]))
os.rename(folder + "/port.new", folder + "/port")
server.serve_forever()
