"""place - a world under measurement: what is asked for there, and rounds of it."""
import os
import re
import shutil
import subprocess
import time

import report
import scenes
from fill import fill
from house import House, Wrong

HERE = os.path.dirname(os.path.abspath(__file__))
WRITES_A_SECOND = 4000
PAUSE = 0.1		# what wrk leaves half done ends, and is not the next round's
SLOT = 5000		# lines, of which a round has some of its own


class Place:
    def __init__(self, state, port, tickets, options):
        self.house, self.options = House(state, port, options.workers), options
        self.folder = os.path.join(state, "tmp", "bench")
        shutil.rmtree(self.folder, ignore_errors=True)
        for name in (self.folder, os.path.join(self.folder, "record"),
                     os.path.join(state, "files", "floor")):
            os.makedirs(name, 0o700, exist_ok=True)
            self.hand_over(name)
        self.attachment = os.path.join(self.folder, "receipt.pdf")
        self.lines = os.path.join(self.folder, "lines")
        self.world = self.meet(tickets)

    def hand_over(self, path):
        if os.getuid() == 0:
            shutil.chown(path, "www-data", "www-data")

    def meet(self, tickets):
        """Fills a world that ./dev world has not made, and signs people in; by
        programs that are not measured."""
        self.house.open()
        try:
            if not self.house.word("world"):
                fill(self.house, tickets)
            world = scenes.World(self.house)
        finally:
            self.house.close()
        with open(self.attachment, "wb") as f:
            f.write(scenes.attachment(world.dice))
        return world

    def play(self, scene, lines):
        """One after the other; every answer has to be the right one."""
        client = self.house.client()
        body = None
        if scene.attachment:
            with open(self.attachment, "rb") as f:
                body = f.read()
        for i, line in enumerate(lines):
            path, cookie, tag, form = line.split("\t")
            more = body + b"%020d" % (time.time_ns() + i) if body else None
            status, headers, _ = client.ask(path, cookie, tag, form, more)
            if status != scene.status:
                raise Wrong(f"{path.partition('?')[0]}: {status} and not {scene.status}: "
                            f"{headers.get('Location', '')}")

    def write_lines(self, lines):
        with open(self.lines, "w", encoding="utf-8") as f:
            f.write("\n".join(lines) + "\n")

    def draw(self, scene, rounds, other=None):
        """The lines of all rounds of a scene that reads; where both worlds are
        to be asked for the same, those that the other place has drawn."""
        if other and scene.alike:
            with open(other.lines, encoding="utf-8") as f:
                lines = f.read().replace(other.world.agent, self.world.agent).splitlines()
        else:
            lines = scene.draw(self.world, rounds * SLOT)
        self.write_lines(lines)

    def round(self, scene, prefix, connections, seconds, number):
        """One round; each has lines of its own, its neighbours the same ones."""
        if scene.writes:
            self.write_lines(scene.draw(self.world, seconds * WRITES_A_SECOND))
        return self.wrk(scene, prefix, connections, seconds, number * SLOT)

    def wrk(self, scene, prefix, connections, seconds, skip=0):
        """Requests/s, p50, p99."""
        os.truncate(self.house.log, 0)
        done = subprocess.run(
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "--latency",
             "-s", os.path.join(HERE, "wrk.lua"), f"http://127.0.0.1:{self.house.port}", "--",
             self.lines, prefix, str(skip), self.attachment if scene.attachment else "-"],
            check=True, capture_output=True, text=True)
        told = re.search(r"^bench (\d+) (\d+) (\S+) (\S+) (\d+)$", done.stdout, re.M)
        if not told or done.stderr:
            raise Wrong("wrk: " + (done.stderr or done.stdout)[-300:])
        requests, micros, p50, p99, errors = (float(word) for word in told.groups())
        time.sleep(PAUSE)
        if errors or not requests:
            raise Wrong(f"{errors:.0f} errors of {requests:.0f} requests")
        self.check_answers(scene, connections)
        return requests / micros * 1e6, p50, p99

    def check_answers(self, scene, connections):
        """nginx has noted each status; wrk leaves some unheard at the end."""
        with open(self.house.log, encoding="utf-8", errors="replace") as f:
            seen = report.count(re.findall(r'" (\d{3}) \d+ ', f.read()))
        unheard = seen.pop("499", 0)
        seen.pop(str(scene.status), None)
        if seen or unheard > 2 * connections:
            raise Wrong(f"answers with another status than {scene.status}: {seen}, "
                        f"unheard {unheard}")

    def warm(self):
        """As after a day's work: the server's buffers are full, what they do not
        hold is in the system's memory, and each of the newest tickets was opened
        once, and its order."""
        self.house.hold_files()
        self.house.fill_buffers()
        for scene, lines in scenes.day(self.world):
            self.write_lines(lines)
            seconds, done = 5 if len(lines) > SLOT else 1, 0
            while done < len(lines):
                rps, _, _ = self.wrk(scene, "/help", 16, seconds, done)
                done += int(rps * seconds)

    def drop_files(self, since):
        """A run would leave a gigabyte; nothing that is measured opens them."""
        for folder in "floor", "attachments":
            for top, _, names in os.walk(os.path.join(self.house.state, "files", folder)):
                for name in names:
                    path = os.path.join(top, name)
                    if os.stat(path).st_mtime >= since and \
                            os.stat(path).st_size >= scenes.PDF_BYTES:
                        os.unlink(path)
