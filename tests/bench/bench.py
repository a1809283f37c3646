"""bench - measures scenes and their floor; README.md tells what the words mean.

./dev bench calls it once for each world, with everything but the programs
running there.
"""
import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time

import records
import report
import scenes
from house import House, Wrong

HERE = os.path.dirname(os.path.abspath(__file__))
CONNECTIONS = (4, 16)
# Requests that are recorded: to read, to write, to write with a file. WARM_UP
# more come before them.
RECORDED, RECORDED_WRITES, RECORDED_FILES, WARM_UP = 2000, 400, 60, 20
WRITES_A_SECOND = 4000
PAUSE = 0.1		# what wrk leaves half done ends, and is not the next round's


class Bench:
    def __init__(self, house, options):
        self.house, self.options = house, options
        self.folder = os.path.join(house.state, "tmp", "bench")
        shutil.rmtree(self.folder, ignore_errors=True)
        for name in (self.folder, os.path.join(self.folder, "record"),
                     os.path.join(house.state, "files", "floor")):
            os.makedirs(name, 0o700, exist_ok=True)
            self.hand_over(name)
        self.world = None
        self.attachment = os.path.join(self.folder, "receipt.pdf")

    def hand_over(self, path):
        if os.getuid() == 0:
            shutil.chown(path, "www-data", "www-data")

    def meet(self):
        """Signs people in, by programs that are not measured."""
        self.house.open()
        try:
            self.world = scenes.World(self.house)
        finally:
            self.house.close()
        with open(self.attachment, "wb") as f:
            f.write(scenes.attachment(self.world.dice))

    # --- recording -------------------------------------------------------------

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

    def recorded(self, scene):
        folder = os.path.join(self.folder, "record")
        name, = (name for name in os.listdir(folder) if name.startswith(scene.program + "."))
        return os.path.join(folder, name)

    def how_many(self, scene):
        n = RECORDED_FILES if scene.attachment else RECORDED_WRITES if scene.writes else RECORDED
        return min(n, self.options.records or n)

    def record(self, scene, path):
        """What the first requests of a worker cost more is left out."""
        n = self.how_many(scene)
        lines = scene.draw(self.world, (n if scene.writes else scenes.READS) + WARM_UP)
        lines = (lines * (1 if scene.writes else n // len(lines) + 2))[:n + WARM_UP]
        self.play(scene, lines[:WARM_UP])
        with open(self.recorded(scene), "rb") as f:
            f.seek(0, os.SEEK_END)
            self.play(scene, lines[WARM_UP:])
            raw = f.read()
        with open(path, "wb") as f:
            f.write(raw)
        self.hand_over(path)
        return records.read(raw)

    # --- one round ---------------------------------------------------------------

    def lines_file(self, scene, seconds):
        path = os.path.join(self.folder, "lines")
        n = seconds * WRITES_A_SECOND if scene.writes else scenes.READS
        with open(path, "w", encoding="utf-8") as f:
            f.write("\n".join(scene.draw(self.world, n)) + "\n")
        return path

    def wrk(self, scene, lines, prefix, connections, seconds, skip=0):
        """One round of wrk; requests/s, p50, p99."""
        os.truncate(self.house.log, 0)
        done = subprocess.run(
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "--latency",
             "-s", os.path.join(HERE, "wrk.lua"), f"http://127.0.0.1:{self.house.port}", "--",
             lines, prefix, str(skip), self.attachment if scene.attachment else "-"],
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

    def check_floor(self, scene, path):
        """Each answer of the floor is as long as one that was recorded."""
        with open(path, "rb") as f:
            lengths = {(visit.status, visit.body) for visit in records.read(f.read())}
        client = self.house.client()
        for line in scene.draw(self.world, 20)[:20]:
            address, cookie, tag, form = line.split("\t")
            status, _, text = client.ask(address.replace("/help", "/floor", 1), cookie, tag, form)
            if (status, len(text)) not in lengths:
                raise Wrong(f"the floor answers {status} with {len(text)} bytes")

    def rounds(self, scene, floor):
        """Ours and the floor in turn, so that both meet the same weather."""
        got = {}
        options = self.options
        lines = None
        if scene.program not in self.house.processes:
            raise Wrong("not running: " + scene.program)
        for i in range(-1, options.rounds):
            for connections in options.connections:
                for prefix in ("/help", "/floor") if floor else ("/help",):
                    seconds = options.seconds if i >= 0 else 1
                    if not lines or scene.writes:
                        lines = self.lines_file(scene, seconds)
                    one = self.wrk(scene, lines, prefix, connections, seconds,
                                   (i + 1) * scenes.READS // 4)
                    if i >= 0:
                        got.setdefault((prefix, connections), []).append(one)
        return got

    # --- one scene -----------------------------------------------------------------

    def cost(self, visits, path):
        """Facts of the record, the same for every number of connections."""
        for visit in visits:
            told = sum(s.link == "o" for s in visit.statements)
            if told != visit.counted:
                raise Wrong(f"{told} statements are recorded, {visit.counted} were counted")
        asked, rows = self.house.rows_read(path)
        shown = sum(max([1] + [s.rows for s in visit.statements]) for visit in visits)
        return {
            "statements": sum(len(visit.statements) for visit in visits) / len(visits),
            "rows_examined_per_row": rows / asked * len(visits) / shown,
            "bytes": round(statistics.mean(visit.body for visit in visits)),
        }

    def drop_files(self, since):
        """A run would leave a gigabyte; nothing that is measured opens them."""
        for folder in "floor", "attachments":
            for top, _, names in os.walk(os.path.join(self.house.state, "files", folder)):
                for name in names:
                    path = os.path.join(top, name)
                    if os.stat(path).st_mtime >= since and \
                            os.stat(path).st_size >= scenes.PDF_BYTES:
                        os.unlink(path)

    def measure(self, scene, path, facts):
        house, began = self.house, time.time()
        house.settle()
        if path:
            house.open_floor(path)
        try:
            if path:
                self.check_floor(scene, path)
            got = self.rounds(scene, bool(path))
        finally:
            house.close_floor()
            if scene.attachment:
                self.drop_files(began)
        for connections in self.options.connections:
            ours = got["/help", connections]
            rps, p50, p99 = report.middle(ours)
            yield {"name": scene.name, "connections": connections, "rps": rps, "p50_ms": p50,
                   "p99_ms": p99, **facts, "worker_rss_kib": house.resident(scene.program),
                   "floor_ratio": report.ratio(ours, got["/floor", connections])
                   if path else None, "growth_ratio": None}

    def run(self):
        """Everything recorded first, by programs of their own, then measured;
        what writes comes last both times."""
        wanted = [s for s in scenes.ALL if s.name in self.options.scene]
        rows, failed, paths = [], {}, {}
        if self.options.floor:
            self.house.open(os.path.join(self.folder, "record"))
            try:
                for scene in wanted:
                    paths[scene.name] = self.try_record(scene, failed)
            finally:
                self.house.close()
        self.house.open()
        try:
            for scene in wanted:
                if scene.name not in failed:
                    rows += self.try_measure(scene, paths.get(scene.name), failed)
        finally:
            self.house.close()
        return rows, failed

    def try_record(self, scene, failed):
        path = os.path.join(self.folder, scene.name + ".record")
        try:
            return path, self.cost(self.record(scene, path), path)
        except scenes.Skipped as why:
            failed[scene.name] = (False, str(why))
        except Wrong as why:
            failed[scene.name] = (True, str(why))
        return None

    def try_measure(self, scene, recorded, failed):
        path, facts = recorded or (None, {"statements": None, "rows_examined_per_row": None,
                                          "bytes": None})
        try:
            rows = list(self.measure(scene, path, facts))
        except scenes.Skipped as why:
            failed[scene.name] = (False, str(why))
            return []
        except Wrong as why:
            failed[scene.name] = (True, str(why))
            return []
        report.progress(rows)
        return rows


def read_options():
    o = argparse.ArgumentParser(prog="./dev bench")
    o.add_argument("--state", required=True)
    o.add_argument("--port", type=int, required=True)
    o.add_argument("--tickets", type=int, required=True)
    o.add_argument("--workers", type=int, default=3)
    o.add_argument("--seconds", type=int, default=3)
    o.add_argument("--rounds", type=int, default=3)
    o.add_argument("--records", type=int, default=0)
    o.add_argument("--connections", type=lambda t: [int(n) for n in t.split(",")],
                   default=CONNECTIONS)
    o.add_argument("--scene", type=lambda names: names.split(","),
                   default=[s.name for s in scenes.ALL])
    o.add_argument("--floor", action="store_true", help="measure the floor, too")
    o.add_argument("--small", help="what was measured in the small world")
    o.add_argument("--json", required=True)
    o.add_argument("--command", default="./dev bench")
    o.add_argument("--fill", type=int, default=0, help="tickets made through the pages")
    return o.parse_args()


def fill(house, n):
    """A small world through the pages themselves: requests, answers, a file."""
    import fill as filling
    house.open()
    try:
        filling.fill(house, n)
    finally:
        house.close()


def main():
    options = read_options()
    if not set(options.scene) <= {s.name for s in scenes.ALL}:
        sys.exit("bench: scenes are " + ", ".join(s.name for s in scenes.ALL))
    house = House(options.state, options.port, options.workers)
    if options.fill:
        fill(house, options.fill)
    bench = Bench(house, options)
    bench.meet()
    rows, failed = bench.run()
    report.write(options, rows)
    for name, (loud, why) in failed.items():
        print(f"{name}: {'FAILED' if loud else 'left out'}, {why}", file=sys.stderr)
    if any(loud for loud, _ in failed.values()):
        sys.exit(1)


if __name__ == "__main__":
    main()
