"""house - an installation under measurement: its programs, its people.

./dev bench has started database, nginx and mail sink in the folder of a demo;
here the programs are started and ended, as often as a measurement needs it.
"""
import base64
import glob
import hashlib
import hmac
import http.client
import json
import mmap
import os
import pwd
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.parse

import pymysql

BOUNDARY = "----aftersale-bench"
PROGRAMS = ("storefront", "board", "panel")
SETTLES = 300
FREE_PAGES = 2000		# the server keeps some
FEW_PAGES = 100


class Wrong(Exception):
    """An answer, or a process, is not as it has to be."""


def b64(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def mac(key, text):
    return hmac.new(key, text, hashlib.sha256).digest()


def multipart(form, attachment=None):
    """The body of a form as a browser sends it, and as wrk.lua does."""
    parts = []
    for name, value in urllib.parse.parse_qsl(form, keep_blank_values=True):
        parts.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"'
                     f"\r\n\r\n{value}\r\n".encode())
    if attachment:
        parts.append(f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; "
                     'filename="receipt.pdf"\r\nContent-Type: application/pdf\r\n\r\n'.encode()
                     + attachment + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


class Client:
    """A visitor on one kept connection, who remembers cookies."""

    def __init__(self, port):
        self.port, self.jar = port, {}
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def cookie(self):
        return "; ".join(f"{name}={value}" for name, value in self.jar.items())

    def session(self, ends):
        """The one cookie that a session is known by."""
        return next(f"{name}={value}" for name, value in self.jar.items()
                    if name.endswith(ends))

    def ask(self, path, cookie=None, tag="", form=None, attachment=None):
        headers = {"Cookie": self.cookie() if cookie is None else cookie}
        if tag:
            headers["If-None-Match"] = tag
        body = None
        if form:
            body = multipart(form, attachment)
            headers["Content-Type"] = "multipart/form-data; boundary=" + BOUNDARY
        self.link.request("POST" if form else "GET", path, body, headers)
        answer = self.link.getresponse()
        text = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.jar[name.strip()] = value
        return answer.status, answer.headers, text


class House:
    AGENT = "ben@mokka.example"

    def __init__(self, state, port, workers):
        self.state, self.port, self.workers = state, port, workers
        self.run = self.word("run-is-at") or os.path.join(state, "run")
        self.log = os.path.join(state, "log", "aftersale.log")
        self.secrets = dict(re.findall(r"(\w+)=(\w+)", self.word("secrets")))
        with open(os.path.join(state, "etc", "shop.json"), encoding="utf-8") as f:
            self.shop = json.load(f)
        self.processes = {}
        self.floors = []
        self.held = []
        self.db = pymysql.connect(
            unix_socket=os.path.join(self.run, "db.sock"), user="owner",
            password=self.secrets["pw_owner"], database="aftersale",
            charset="utf8mb4", autocommit=True, cursorclass=pymysql.cursors.DictCursor)

    def word(self, name):
        try:
            with open(os.path.join(self.state, name), encoding="utf-8") as f:
                return f.read().strip()
        except FileNotFoundError:
            return ""

    def rows(self, sql, *values):
        with self.db.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    def one(self, sql, *values):
        found = self.rows(sql, *values)
        return next(iter(found[0].values())) if found else None

    # --- processes -----------------------------------------------------------

    def start(self, words, name, environment=None, **more):
        """Unprivileged, as tests/dev/process.sh starts all servers."""
        if os.getuid() == 0:
            user = pwd.getpwnam("www-data")
            more.update(user=user.pw_uid, group=user.pw_gid, extra_groups=[])
        with open(os.path.join(self.state, "log", name + ".log"), "ab") as log:
            return subprocess.Popen(
                words, stdout=log, stderr=log, cwd="/", start_new_session=True,
                env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8",
                     "TMPDIR": os.path.join(self.state, "tmp"), **(environment or {})},
                **more)

    def program(self, name):
        return os.path.join(self.state, "app", "libexec", "aftersale", name)

    def open(self, record=None):
        """All programs; recording they are one worker each that never ends."""
        for name in PROGRAMS:
            path = os.path.join(self.run, name + ".sock")
            if os.path.exists(path):
                os.unlink(path)
            words = [self.program(name), "--config", os.path.join(self.state, "etc/aftersale.conf"),
                     "--socket", path, "--workers", "1" if record else str(self.workers)]
            if record:
                words += ["--requests", "0"]
            self.processes[name] = self.start(
                words, name, {"AFTERSALE_RECORD": record} if record else None)
        self.wait_for([os.path.join(self.run, name + ".sock") for name in PROGRAMS])

    def wait_for(self, paths):
        until = time.monotonic() + 30
        while not all(os.path.exists(path) for path in paths):
            if time.monotonic() > until or any(p.poll() is not None
                                               for p in self.processes.values()):
                raise Wrong("a program did not start; see " + os.path.join(self.state, "log"))
            time.sleep(0.02)

    def close(self):
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(60)
        self.processes = {}

    def workers_of(self, name):
        pid = self.processes[name].pid
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as f:
            return f.read().split()

    def resident(self, name):
        """The largest worker, in KiB."""
        sizes = [0]
        for pid in self.workers_of(name):
            try:
                with open(f"/proc/{pid}/status", encoding="ascii") as f:
                    sizes += [int(size) for size in re.findall(r"VmRSS:\s+(\d+)", f.read())]
            except FileNotFoundError:
                pass
        return max(sizes)

    # --- the floor -----------------------------------------------------------

    def floor_environment(self):
        return {"FLOOR_SOCKET": os.path.join(self.run, "db.sock"),
                "FLOOR_USER": "aftersale", "FLOOR_PASSWORD": self.secrets["pw_desk"],
                "FLOOR_DB": "aftersale", "FLOOR_SHOP_USER": "aftersale_shop",
                "FLOOR_SHOP_PASSWORD": self.secrets["pw_views"],
                "FLOOR_SHOP_DB": "aftersale_views",
                "FLOOR_FILES": os.path.join(self.state, "files", "floor")}

    def open_floor(self, record):
        """As many workers as ours, on one socket of the same length of queue."""
        path = os.path.join(self.run, "floor.sock")
        if os.path.exists(path):
            os.unlink(path)
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(path)
            os.chmod(path, 0o666)
            door.listen(1024)
            for i in range(self.workers):
                self.floors.append(self.start(
                    [self.program("floor"), record, str(i * 1000 // self.workers)], "floor",
                    self.floor_environment(), stdin=door))

    def close_floor(self):
        for process in self.floors:
            process.send_signal(signal.SIGKILL)
            process.wait()
        self.floors = []

    def rows_read(self, record):
        """Rows that the server reads for a record, and for how many visits."""
        words = subprocess.run([self.program("floor"), "--count", record], check=False,
                               capture_output=True, text=True, env=self.floor_environment())
        if words.returncode:
            raise Wrong("the record cannot be replayed: " + words.stderr[-500:])
        visits, _, rows = (int(word) for word in words.stdout.split())
        return visits, rows

    def hold_files(self):
        """Keeps the data files in the system's memory, where a server that has
        enough of it keeps them. Mapped, since some systems give up within half
        a minute what is only read now and then."""
        for path in glob.glob(os.path.join(self.state, "db", "*", "*.ibd")):
            with open(path, "rb") as f:
                self.held.append(mmap.mmap(f.fileno(), 0, mmap.MAP_SHARED | mmap.MAP_POPULATE,
                                           mmap.PROT_READ))

    def fill_buffers(self):
        """Reads old messages until no page of the buffers is left that was never
        used: to fill one of those costs the system more than to read it anew."""
        at, last = 0, self.one("SELECT COALESCE(MAX(id), 0) FROM as_ticket")
        while at <= last and int(self.rows(
                "SHOW STATUS LIKE 'Innodb_buffer_pool_pages_free'")[0]["Value"]) > FREE_PAGES:
            self.rows("SELECT SUM(LENGTH(body)) FROM as_message WHERE ticket_id BETWEEN %s"
                      " AND %s", at, at + 9999)
            at += 10000

    def has_table(self, name):
        return self.one("SELECT COUNT(*) FROM information_schema.tables"
                        " WHERE table_schema = DATABASE() AND table_name = %s", name)

    def left_to_do(self):
        """What changes while the courier has something to do."""
        mark = self.rows("SELECT * FROM as_search_mark") \
            if self.has_table("as_search_mark") else None
        return self.one("SELECT COUNT(*) FROM as_count_delta"), mark

    def root(self, sql):
        """As the server's own user, who may set what is the server's."""
        words = ["mariadb", "--no-defaults", "--socket=" + os.path.join(self.run, "db.sock"),
                 "--user=" + pwd.getpwuid(os.stat(os.path.join(
                     self.state, "db")).st_uid).pw_name, "--execute=" + sql]
        if self.start(words, "root").wait(SETTLES):
            raise Wrong("the server refuses: " + sql)

    def write_pages(self):
        """What a scene has left to be written to the disk is not the next one's."""
        limit = self.one("SELECT @@innodb_max_dirty_pages_pct")
        self.root("SET GLOBAL innodb_max_dirty_pages_pct = 0")
        until = time.monotonic() + SETTLES
        while time.monotonic() < until and int(self.rows(
                "SHOW STATUS LIKE 'Innodb_buffer_pool_pages_dirty'")[0]["Value"]) > FEW_PAGES:
            time.sleep(0.1)
        self.root(f"SET GLOBAL innodb_max_dirty_pages_pct = {limit}")

    def settle(self):
        """The courier's chores, as if there had been a minute's rest. Letters
        count as sent: the sink would take minutes for those of a measurement."""
        self.rows("UPDATE as_outbox SET state = 'sent', sent_at = NOW(6) WHERE state = 'due'")
        until, before = time.monotonic() + SETTLES, None
        while time.monotonic() < until:
            self.rows("UPDATE as_chore SET next_at = NOW(6) WHERE name NOT IN"
                      " ('drop_files', 'drop_expired', 'letter_watch')")
            words = [self.program("courier"), "--config",
                     os.path.join(self.state, "etc", "aftersale.conf"), "--once"]
            if self.start(words, "courier").wait(SETTLES):
                raise Wrong("the courier failed; see its log")
            now = self.left_to_do()
            if now == before:
                break
            before = now
        else:
            print("bench: the courier is not done", file=sys.stderr)
        self.write_pages()

    # --- people --------------------------------------------------------------

    def client(self):
        return Client(self.port)

    def agent(self):
        """Signs in as an agent does; the cookie and the id of the person."""
        visitor = self.client()
        _, _, page = visitor.ask("/help/panel/sign-in")
        csrf = re.search(rb'name="csrf" value="([^"]*)', page).group(1).decode()
        status, _, _ = visitor.ask("/help/panel/sign-in", form=urllib.parse.urlencode({
            "csrf": csrf, "email": self.AGENT,
            "password": self.secrets["pw_agent"][:16]}))
        if status != 303:
            raise Wrong(f"the agent cannot sign in: {status}")
        return visitor.session("aftersale-panel")

    def customer(self, shopper):
        """Hands a shopper over as the shop does; the cookie."""
        sys.path.insert(0, os.path.join(self.state, "site"))
        import shop
        visitor = self.client()
        status, _, _ = visitor.ask("/help/sso?" + urllib.parse.urlencode(
            {"jwt": shop.token(self.shop, shopper), "return_to": "/requests"}))
        if status != 303 or not visitor.jar:
            raise Wrong(f"shopper {shopper['id']} cannot sign in: {status}")
        return visitor.session("aftersale")

    def tokens(self, cookie):
        """csrf and a new form token for the holder of a cookie: what the page
        would have carried (src/web/guard.c), without asking for it."""
        if not hasattr(self, "form_secret"):
            self.form_secret = self.one("SELECT value FROM as_secret WHERE name = 'form'")
        csrf = b64(mac(cookie.partition("=")[2].encode(), b"csrf"))
        head = f"{b64(secrets.token_bytes(16))}.{time.time_ns() // 1000:x}"
        return csrf, head + "." + b64(mac(self.form_secret, f"{head}.{csrf}".encode()))[:22]
