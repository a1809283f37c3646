"""A real Dovecot beside a house, started as tests/mailroom does, and mailboxes
of it that the house fetches."""
import os
import pwd
import subprocess
import time

from house import TOP, wait_for

SCRIPT = """set -eu
box=$1 top=$2 pids=()
. "$top/tests/mailroom/host.sh"
trap 'kill "${pids[@]}"; wait; exit' TERM
start_dovecot
echo "$imap" >"$box/imap.new"
mv "$box/imap.new" "$box/imap"
wait
"""


class Dovecot:
    def __init__(self, house):
        self.house, self.count = house, 0
        # Its processes are somebody else, who has to reach the letters.
        self.box = house.room + "-dovecot"
        os.mkdir(self.box)
        os.chmod(os.path.dirname(self.box), 0o711)
        os.chmod(self.box, 0o711)
        house.start("dovecot", "bash", "-c", SCRIPT, "dovecot", self.box, TOP)
        wait_for("Dovecot", lambda: os.path.exists(self.box + "/imap"))
        with open(self.box + "/imap") as f:
            self.port = int(f.read())

    def put(self, user, raw):
        """As if it had been delivered there."""
        folder = "%s/dovecot/mail/%s" % (self.box, user)
        for name in ("tmp", "new", "cur"):
            os.makedirs(os.path.join(folder, name), exist_ok=True)
        self.count += 1
        name = "%d.%d.host" % (time.time_ns(), self.count)
        with open(os.path.join(folder, "tmp", name), "wb") as f:
            f.write(raw.replace(b"\n", b"\r\n"))
        os.rename(os.path.join(folder, "tmp", name), os.path.join(folder, "new", name))
        if os.getuid() == 0:
            who = pwd.getpwnam("www-data")
            for at, folders, files in os.walk(folder):
                for path in [at] + [os.path.join(at, some) for some in folders + files]:
                    os.chown(path, who.pw_uid, who.pw_gid)

    def mailbox(self, user, host="localhost", port=None):
        sealed = subprocess.run(
            ["/usr/bin/python3", "-B", TOP + "/tests/mailroom/seal.py",
             self.house.room + "/mailbox.key", "secret"],
            stdout=subprocess.PIPE, check=True, encoding="ascii").stdout.strip()
        self.house.sql("INSERT INTO as_mailbox (name, kind, host, port, tls, user, password, old_too,"
                       " next_at, created_at) VALUES ('%s', 'imap', '%s', %d, 'none', '%s', 0x%s, 1,"
                       " NOW(6), NOW(6))" % (user, host, port or self.port, user, sealed))

    def due(self, which="TRUE"):
        self.house.sql("UPDATE as_mailbox SET next_at = NOW(6) WHERE " + which)
