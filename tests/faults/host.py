"""A mail host that fails as it is told, for the fault tests.

host.py FOLDER [PORT]: listens on the loopback, writes its port to FOLDER/port,
and appends a line to FOLDER/log for each letter whose final dot it saw: answer,
sender, recipient, Message-ID, Subject, separated by tabs. FOLDER/mode is read
for each connection:

    ok            takes everything
    away          greets with 421
    hang STEP     says nothing at banner, ehlo, mail, rcpt, data or dot
    rate N        421 at the mail after the Nth of a connection
    tls           offers STARTTLS with FOLDER/host.pem

The recipient's local part fails by itself: rcpt4, rcpt5, data4, data5 are
refused there for good or until the mode is `kind`; cut is taken and the
connection closed without an answer, once for each Message-ID.
"""
import os
import socketserver
import ssl
import sys
import threading
from email import message_from_bytes, policy

folder = sys.argv[1]
lock = threading.Lock()
was_cut = set()
REFUSALS = {"rcpt4": "450 4.2.1 mailbox busy", "rcpt5": "550 5.1.1 no such mailbox",
            "data4": "452 4.3.1 disk full", "data5": "554 5.7.1 looks like spam"}


class Talk(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        with open(folder + "/mode") as f:
            self.mode, _, self.word = f.read().strip().partition(" ")
        self.letters, self.secure = 0, False
        try:
            self.talk()
        except (OSError, ValueError):
            pass

    def talk(self):
        if self.mode == "away":
            self.say("421 4.3.2 closed for today")
            return
        self.stay_silent("banner")
        self.say("220 mail.example")
        while True:
            line = self.rfile.readline().decode("utf-8", "replace").rstrip("\r\n")
            word = line.upper().split(":")[0].split(" ")[0].lower()
            if not word or not getattr(self, "on_" + word, self.unknown)(line):
                return

    def stay_silent(self, step):
        """Until the client has gone."""
        if self.mode == "hang" and self.word == step:
            while self.rfile.read(4096):
                pass
            raise ConnectionError

    def refuses(self, place):
        return self.mode != "kind" and self.recipient.startswith(place) and REFUSALS.get(self.recipient.split("@")[0])

    def unknown(self, _):
        self.say("502 what?")
        return True

    def on_ehlo(self, _):
        self.stay_silent("ehlo")
        self.say("250-mail.example")
        if self.mode == "tls" and not self.secure:
            self.say("250-STARTTLS")
        self.say("250 SIZE 50000000")
        return True

    def on_starttls(self, _):
        self.say("220 go on")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder + "/host.pem")
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = socketserver._SocketWriter(self.connection)
        self.secure = True
        return True

    def on_mail(self, line):
        self.stay_silent("mail")
        if self.mode == "rate" and self.letters >= int(self.word):
            self.say("421 4.7.0 too many letters, come back later")
            return False
        self.sender = line.split("<", 1)[1].split(">", 1)[0]
        self.say("250 ok")
        return True

    def on_rcpt(self, line):
        self.stay_silent("rcpt")
        self.recipient = line.split("<", 1)[1].split(">", 1)[0]
        self.say(self.refuses("rcpt") or "250 ok")
        return True

    def on_rset(self, _):
        self.say("250 ok")
        return True

    def on_quit(self, _):
        self.say("221 bye")
        return False

    def on_data(self, _):
        self.stay_silent("data")
        self.say("354 go on")
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                return self.end_of(b"".join(lines))
            lines.append(line[1:] if line.startswith(b".") else line)
        return False

    def end_of(self, letter):
        self.stay_silent("dot")
        if self.refuses("data"):
            self.say(self.refuses("data"))
            return True
        message = message_from_bytes(letter, policy=policy.default)
        name = message["Message-ID"]
        with lock:
            cut = self.recipient.startswith("cut@") and name not in was_cut
            was_cut.add(name)
            with open(folder + "/log", "a", encoding="utf-8") as f:
                f.write("\t".join(["cut" if cut else "250", self.sender, self.recipient, name,
                                   str(message["Subject"])]) + "\n")
            with open(folder + "/letters", "ab") as f:
                f.write(b"%d\n" % len(letter) + letter)
        self.letters += 1
        if not cut:
            self.say("250 taken")
        return not cut


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64


server = Server(("127.0.0.1", int(sys.argv[2]) if len(sys.argv) > 2 else 0), Talk)
with open(folder + "/port.new", "w") as f:
    f.write(str(server.server_address[1]))
os.rename(folder + "/port.new", folder + "/port")
server.serve_forever()
