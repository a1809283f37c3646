"""Mail hosts that misbehave, for tests/mailroom/run.

hostile.py FOLDER: listens on one port of the loopback for each of the modes
below and writes "MODE PORT" lines to FOLDER/ports. All speak just enough IMAP;
FOLDER/<mode>.log gets the commands that came.

    mute      accepts and never says a word
    drip      greets at one byte a second
    dripping  sends a letter at one byte a second
    endless   a letter that never ends, without its announced length
    huge      announces a literal of 2 GB and sends what is taken of it
    cut       hangs up in the middle of a letter
    nopass    refuses every password
    folders   has 10,000 folders, and not the one that is asked for
    lines     sends lines without an end
    pop3      greets as POP3 does
    http      answers as a web server
    renumber  FOLDER/validity is its UIDVALIDITY, FOLDER/uids its letters, one
              "UID TEXT" a line
    broken    three letters, of which it refuses the second
    mislead   lists UIDs from below, above and twice
    crowd     40,000 letters with the highest numbers there are, all but one
              of which it does not have any more
"""
import os
import re
import socket
import sys
import threading
import time

folder = sys.argv[1]
CROWD = 4294900000
MODES = ("mute drip dripping endless huge cut nopass folders lines pop3 http "
         "renumber broken mislead crowd").split()
LETTER = ("From: ann@mail.example\r\nSubject: %s\r\nMessage-ID: <%s@mail.example>"
          "\r\n\r\nHello\r\n")


def read(name):
    with open(os.path.join(folder, name)) as f:
        return f.read()


class Host:
    def __init__(self, mode, connection):
        self.mode, self.connection = mode, connection
        self.file = connection.makefile("rb")

    def say(self, text):
        self.connection.sendall(text.encode() + b"\r\n")

    def drip(self, data):
        for byte in data:
            self.connection.sendall(bytes([byte]))
            time.sleep(1)

    def talk(self):
        if self.mode == "mute":
            self.file.read()
            return
        if self.mode == "drip":
            self.drip(b"* OK [CAPABILITY IMAP4rev1] a very patient host\r\n" * 99)
            return
        if self.mode == "lines":
            while True:
                self.connection.sendall(b"* OK " + b"x" * 65536)
        if self.mode == "http":
            self.say("HTTP/1.1 400 Bad Request\r\n\r\n")
            return
        self.say("+OK ready" if self.mode == "pop3" else "* OK IMAP4rev1 ready")
        while True:
            line = self.file.readline(8192).decode("latin-1").rstrip("\r\n")
            if not line:
                return
            with open(os.path.join(folder, self.mode + ".log"), "a") as f:
                f.write(line + "\n")
            tag, _, rest = line.partition(" ")
            word, _, rest = rest.partition(" ")
            if word.upper() == "UID":
                word, _, rest = rest.partition(" ")
            if not self.answer(tag, word.upper(), rest):
                return

    def answer(self, tag, word, rest):
        if word == "CAPABILITY":
            self.say("* CAPABILITY IMAP4rev1")
        elif word in ("LOGIN", "AUTHENTICATE") and self.mode == "nopass":
            self.say(tag + " NO [AUTHENTICATIONFAILED] wrong password")
            return True
        elif word == "SELECT":
            return self.select(tag)
        elif word == "SEARCH":
            first, last = re.search(r"UID (\d+):(\d+)", rest).groups()
            within = (lambda u: int(first) <= u <= int(last)) \
                if self.mode == "crowd" else lambda u: True
            self.say("* SEARCH " + " ".join(str(u) for u in self.uids() if within(u)))
        elif word == "FETCH":
            return self.fetch(tag, int(rest.split()[0]))
        elif word == "LIST":
            for i in range(10000 if self.mode == "folders" else 2):
                self.say('* LIST (\\HasNoChildren) "/" "Folder &AOk- %d"' % i)
        elif word == "LOGOUT":
            self.say("* BYE")
        self.say(tag + " OK done")
        return word != "LOGOUT"

    def letters(self):
        if self.mode == "renumber":
            return {int(u): t for u, t in
                    (line.split(" ", 1) for line in read("uids").splitlines())}
        if self.mode == "broken":
            return {1: "one", 2: "two", 3: "three"}
        return {CROWD if self.mode == "crowd" else 1: self.mode}

    def uids(self):
        if self.mode == "crowd":
            return range(CROWD, CROWD + 40000)
        if self.mode == "mislead":
            return [7, 0, 1, 99999999999999999999, 1, 3000000]
        return sorted(self.letters())

    def select(self, tag):
        if self.mode == "folders":
            self.say(tag + " NO no such mailbox")
            return True
        uids = self.uids()
        validity = read("validity").strip() if self.mode == "renumber" else "1"
        self.say("* %d EXISTS" % len(uids))
        self.say("* OK [UIDVALIDITY %s] yes" % validity)
        self.say("* OK [UIDNEXT %d] next" % (8 if self.mode == "mislead"
                                             else max(uids, default=0) + 1))
        self.say(tag + " OK [READ-WRITE] selected")
        return True

    def fetch(self, tag, uid):
        if self.mode == "dripping":
            self.say("* 1 FETCH (UID 1 BODY[] {5000}")
            self.drip(b"x" * 5000)
        if self.mode == "endless":
            self.say("* 1 FETCH (UID 1 BODY[] {4000000000}")
            block = (LETTER % ("endless", "endless")).encode() + b"y" * 65536
            while True:
                self.connection.sendall(block)
        if self.mode == "huge":
            self.say("* 1 FETCH (UID 1 BODY[] {2147483647}")
            self.connection.sendall((LETTER % ("huge", "huge")).encode())
            while True:
                self.connection.sendall(b"z" * 65536)
        if self.mode == "broken" and uid == 2:
            self.say(tag + " NO this one is broken")
            return True
        text = self.letters().get(uid)
        if text is None:
            self.say(tag + " OK nothing")
            return True
        letter = (LETTER % (text, text)).encode()
        self.connection.sendall(b"* 1 FETCH (UID %d BODY[] {%d}\r\n"
                                % (uid, len(letter) + (self.mode == "cut") * 9))
        self.connection.sendall(letter)
        if self.mode == "cut":
            return False
        self.say(")")
        self.say(tag + " OK done")
        return True


def serve(mode, listener):
    def talk(connection):
        try:
            Host(mode, connection).talk()
        except OSError:
            pass
        connection.close()

    while True:
        connection, _ = listener.accept()
        threading.Thread(target=talk, args=(connection,), daemon=True).start()


lines = []
for mode in MODES:
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=serve, args=(mode, listener), daemon=True).start()
    lines.append("%s %d\n" % (mode, listener.getsockname()[1]))
with open(folder + "/ports.new", "w") as f:
    f.writelines(lines)
os.rename(folder + "/ports.new", folder + "/ports")
threading.Event().wait()
