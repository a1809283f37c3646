"""A whole installation for the fault tests: nginx, FastCGI programs, courier,
mailroom, a mail host; all of this process's own, known by their pids.

The database is the one tests/with-mariadb.sh started. What dies is started
again a moment later, as a supervisor of services would.
"""
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
WEB = ["storefront", "board", "panel"]
CONF = """[db]
socket = {socket}
user = root
name = {database}
[paths]
home = {room}
templates = {top}/templates
assets = {top}/templates/assets
locale = {build}/locale
sql = {top}/sql
inspector = {build}/inspector
{reader}[web]
base_url = http://localhost:{port}/help
[shop.main]
name = Mokka & Mehl
db = scene_shop
map = scene
login_url = http://localhost:{port}/help-login
secret = a secret that only the shop knows
[mail]
from = {sender}
ehlo = shop.example
smtp_url = smtp://127.0.0.1:{smtp}
{mail}"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(what, holds, seconds=30):
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            raise RuntimeError(what + " did not happen in %d s" % seconds)
        time.sleep(0.02)


def children(pid):
    """All below a process, the process itself not among them."""
    try:
        with open("/proc/%d/task/%d/children" % (pid, pid)) as f:
            own = [int(word) for word in f.read().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []
    return own + [grand for child in own for grand in children(child)]


class House:
    def __init__(self, room, build, database="aftersale", sender="help@shop.example",
                 mail="", smtp=None):
        self.room, self.build, self.database = room, build, database
        self.socket = os.environ["AFTERSALE_DB_SOCKET"]
        self.port = free_port()
        self.desk = "http://localhost:%d/help" % self.port
        self.sender, self.mail, self.smtp = sender, mail, smtp
        self.running, self.commands, self.lock = {}, {}, threading.Lock()
        self.guard, self.over = None, threading.Event()
        for folder in ("run", "log", "attachments", "spool", "tmp", "smtp"):
            os.makedirs(os.path.join(room, folder), mode=0o700, exist_ok=True)
        self.mode("ok")
        for name in ("log", "letters"):
            open(os.path.join(room, "smtp", name), "w").close()

    # --- what it is told ----------------------------------------------------

    def program(self, name):
        return os.path.join(self.build, name)

    @property
    def conf(self):
        return os.path.join(self.room, "aftersale.conf")

    def configure(self):
        reader = self.program("reader")
        with open(self.conf, "w", encoding="utf-8") as f:
            os.fchmod(f.fileno(), 0o600)
            f.write(CONF.format(
                socket=self.socket, database=self.database, room=self.room, top=TOP,
                build=self.build, port=self.port, sender=self.sender, smtp=self.smtp or 1,
                mail=self.mail, reader="reader = %s\n" % reader if os.path.exists(reader) else ""))
        with open(os.path.join(self.room, "nginx.conf"), "w", encoding="utf-8") as f:
            f.write(self.nginx())

    def nginx(self):
        """The sample that people are given, with our paths."""
        with open(TOP + "/conf/nginx.conf.sample", encoding="utf-8") as f:
            server = f.read().partition("# Your shop's own locations")[0]
        for old, new in ((r"listen 443 ssl http2;", "listen 127.0.0.1:%d;" % self.port),
                         (r".*ssl_certificate.*\n", ""), (r"server_name shop.example;", "server_name _;"),
                         (r"/run/aftersale/", self.room + "/run/"),
                         (r"/usr/share/aftersale/assets", TOP + "/templates/assets"),
                         (r"/var/log/nginx/", self.room + "/log/")):
            server = re.sub(old, new, server)
        temporary = "".join("%s_temp_path %s/tmp/%s;\n" % (kind, self.room, kind)
                            for kind in ("client_body", "fastcgi", "proxy", "scgi", "uwsgi"))
        # Its workers would be somebody else, who may not enter our folder.
        user = "user root;\n" if os.getuid() == 0 else ""
        return (user + "daemon off;\nworker_processes 1;\npid %s/run/nginx.pid;\n" % self.room
                + "error_log stderr error;\nevents { worker_connections 256; }\nhttp {\n"
                + temporary + "server_tokens off;\n" + server + "}\n}\n")

    def environment_of(self, more):
        """Ours, but for the name of with-mariadb.sh's database: there are others."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith("AFTERSALE_DB_")}
        return ours | more

    def pipe_command(self, sender):
        """What a mail host runs for a letter."""
        return [self.program("mailroom"), "--pipe", "--config", self.conf, "--from", sender]

    def sql(self, text, database=None):
        return subprocess.run(
            ["mariadb", "--no-defaults", "--socket=" + self.socket, "--user=root", "-N",
             "--default-character-set=utf8mb4", database or self.database],
            input=text, stdout=subprocess.PIPE, check=True, encoding="utf-8").stdout.strip()

    def create(self):
        """A database of its own, beside the one there is."""
        self.sql("CREATE OR REPLACE DATABASE " + self.database, database="aftersale")

    def ask(self, text):
        return self.sql(text).replace("\t", " ")

    def empty(self):
        """A help desk as `aftersale migrate` leaves it, the shop of the scenes, two agents."""
        tables = self.sql("SELECT table_name FROM information_schema.tables WHERE table_schema ="
                          " DATABASE() AND table_type = 'BASE TABLE' AND table_name <> 'as_schema'")
        self.sql("".join("DELETE FROM %s;\n" % name for name in tables.split()))
        open(self.room + "/smtp/log", "w").close()
        for folder in ("attachments", "spool"):
            shutil.rmtree(os.path.join(self.room, folder))
            os.mkdir(os.path.join(self.room, folder), 0o700)
        self.ctl("migrate")
        with open(TOP + "/tests/scene/shop.sql", encoding="utf-8") as f:
            self.sql(f.read())
        password = os.path.join(self.room, "password")
        with open(password, "w") as f:
            f.write("correct horse battery\n")
        self.ctl("admin", "add", "--email", "ben@shop.example", "--name", "Ben",
                 "--role", "agent", "--password-file", password)
        self.ctl("admin", "add", "--email", "ada@shop.example", "--name", "Ada",
                 "--role", "administrator", "--password-file", password)

    def ctl(self, *words):
        return subprocess.run([self.program("aftersale"), "--config", self.conf, *words],
                              stdout=subprocess.PIPE, check=True, encoding="utf-8",
                              env=self.environment_of({})).stdout

    # --- what runs ----------------------------------------------------------

    def start(self, name, *command, **environment):
        log = open(os.path.join(self.room, "log", name), "ab")
        with self.lock:
            self.commands[name] = command
            self.running[name] = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                env=self.environment_of(environment))
        log.close()

    def start_fcgi(self, name, workers, **environment):
        path = "%s/run/%s.sock" % (self.room, name)
        if os.path.exists(path):
            os.unlink(path)
        self.start(name, self.program(name), "--config", self.conf, "--socket", path,
                   "--workers", str(workers), **environment)
        wait_for(name, lambda: os.path.exists(path))

    def start_web(self, workers=3):
        for name in WEB:
            self.start_fcgi(name, workers)
        self.start("nginx", "nginx", "-p", self.room, "-c", self.room + "/nginx.conf", "-e", "stderr")
        wait_for("nginx", self.listens)

    def listens(self):
        with socket.socket() as s:
            return not s.connect_ex(("127.0.0.1", self.port))

    def start_host(self):
        """The mail host, unless it runs; it keeps its port when it comes back."""
        if "host" in self.running:
            return
        port = os.path.join(self.room, "smtp", "port")
        if os.path.exists(port):
            os.unlink(port)
        self.start("host", "/usr/bin/python3", "-B", HERE + "/host.py", self.room + "/smtp",
                   *([str(self.smtp)] if self.smtp else []))
        wait_for("the mail host", lambda: os.path.exists(port))
        with open(port) as f:
            self.smtp = int(f.read())

    def mode(self, mode):
        with open(self.room + "/smtp/mode", "w") as f:
            f.write(mode + "\n")

    def service(self, name, *options):
        self.start(name, self.program(name), "--config", self.conf, *options)

    def watch(self):
        """From now on what dies is started again."""
        self.over.clear()
        self.guard = threading.Thread(target=self.keep_up, daemon=True)
        self.guard.start()

    def keep_up(self):
        while not self.over.wait(0.05):
            for name, process in list(self.running.items()):
                if process.poll() is not None and not self.over.is_set():
                    self.start(name, *self.commands[name])

    def unwatch(self):
        self.over.set()
        if self.guard:
            self.guard.join()
        self.guard = None

    def stop(self, *names):
        """SIGTERM, then SIGKILL, to those alone and what they started."""
        for name in names or list(self.running)[::-1]:
            process = self.running.pop(name, None)
            if not process:
                continue
            below = children(process.pid)
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            for pid in below:
                self.kill(pid)

    @staticmethod
    def kill(pid):
        try:
            os.kill(pid, signal.SIGKILL)
            return True
        except ProcessLookupError:
            return False

    def victims(self):
        """Everybody who does work: (program, pid). Of what runs workers, these."""
        found = []
        for name, process in list(self.running.items()):
            if name in ("nginx", "host", "dovecot") or process.poll() is not None:
                continue
            below = children(process.pid)
            found += [(name + "'s", pid) for pid in below]
            if name not in WEB:
                found.append((name, process.pid))
        return found

    # --- the end of a test ----------------------------------------------------

    def later(self):
        """Time passes: leases end, what was put off is due, a probe may go. A
        courier at work may have the rows in another order: then once more."""
        for last in (False, False, False, False, True):
            try:
                return self.pass_time()
            except subprocess.CalledProcessError:
                if last:
                    raise

    def pass_time(self):
        self.sql("UPDATE as_outbox SET due_at = NOW(6) WHERE state = 'due';"
                 "UPDATE as_outbox SET lease_until = NOW(6) WHERE lease_until IS NOT NULL;"
                 "UPDATE as_mail_host SET probe_at = NOW(6) WHERE away_since IS NOT NULL;"
                 "UPDATE as_mail SET due_at = NOW(6), lease_until = NULL WHERE state = 'new';"
                 "UPDATE as_mailbox SET lease_until = NULL")

    def once(self, name, *options, seconds=60, **environment):
        """A run of a service that ends by itself; its exit status."""
        with open(os.path.join(self.room, "log", name), "ab") as log:
            return subprocess.run(
                [self.program(name), "--config", self.conf, *options], stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, timeout=seconds,
                env=self.environment_of(environment)).returncode

    def drain(self, mail=True):
        """Everything that waits is done, now that nobody is killed."""
        for _ in range(20):
            self.later()
            if mail:
                self.once("mailroom", "--once")
            self.once("courier", "--once")
            left = self.ask("SELECT (SELECT COUNT(*) FROM as_mail WHERE state = 'new')"
                            " + (SELECT COUNT(*) FROM as_outbox WHERE state = 'due')")
            if left == "0" and not self.spooled():
                return
        raise RuntimeError("%s rows and %d files still wait" % (left, self.spooled()))

    def spooled(self):
        """Letters that nobody has taken. What a dead pipe left half written lies elsewhere."""
        return sum(len(files) for at, _, files in os.walk(os.path.join(self.room, "spool"))
                   if os.path.basename(at) in ("new", "bad"))

    def sent(self):
        """What the mail host took: (answer, sender, recipient, Message-ID, subject)."""
        with open(self.room + "/smtp/log", encoding="utf-8") as f:
            return [line.rstrip("\n").split("\t") for line in f]
