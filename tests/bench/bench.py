"""bench - measures scenes and their floor; README.md tells what the words mean.

./dev bench calls it, with everything but the programs running in both worlds.
"""
import argparse
import collections
import os
import statistics
import sys
import time

import records
import report
import scenes
from house import Wrong
from place import Place

CONNECTIONS = (4, 16)
# Requests that are recorded: to read, to write, to write with a file. WARM_UP
# more come before them.
RECORDED, RECORDED_WRITES, RECORDED_FILES, WARM_UP = 2000, 400, 60, 20
SAMPLE = 20
NOTHING = {"statements": None, "rows_examined_per_row": None, "bytes": None}


class Bench:
    """The world that is measured, and a small one (or None) beside it."""

    def __init__(self, world, small, options):
        self.world, self.small, self.options = world, small, options
        self.places = [small, world] if small else [world]
        self.failed = {}

    # --- recording -------------------------------------------------------------

    def recorded(self, scene):
        folder = os.path.join(self.world.folder, "record")
        name, = (name for name in os.listdir(folder) if name.startswith(scene.program + "."))
        return os.path.join(folder, name)

    def how_many(self, scene):
        n = RECORDED_FILES if scene.attachment else RECORDED_WRITES if scene.writes else RECORDED
        return min(n, self.options.records or n)

    def record(self, scene, path):
        """What the first requests of a worker cost more is left out."""
        n = self.how_many(scene)
        lines = scene.draw(self.world.world, (n if scene.writes else scenes.READS) + WARM_UP)
        lines = (lines * (1 if scene.writes else n // len(lines) + 2))[:n + WARM_UP]
        self.world.play(scene, lines[:WARM_UP])
        with open(self.recorded(scene), "rb") as f:
            f.seek(0, os.SEEK_END)
            self.world.play(scene, lines[WARM_UP:])
            raw = f.read()
        with open(path, "wb") as f:
            f.write(raw)
        self.world.hand_over(path)
        return records.read(raw)

    def cost(self, visits, path):
        """Facts of the record, the same for every number of connections."""
        for visit in visits:
            told = sum(s.link == "o" for s in visit.statements)
            if told != visit.counted:
                raise Wrong(f"{told} statements are recorded, {visit.counted} were counted")
        asked, rows = self.world.house.rows_read(path)
        shown = sum(max([1] + [s.rows for s in visit.statements]) for visit in visits)
        return {
            "statements": sum(len(visit.statements) for visit in visits) / len(visits),
            "rows_examined_per_row": rows / asked * len(visits) / shown,
            "bytes": round(statistics.mean(visit.body for visit in visits)),
        }

    # --- measuring ---------------------------------------------------------------

    def check_floor(self, scene, path):
        """Each answer of the floor is as long as one that was recorded."""
        with open(path, "rb") as f:
            lengths = {(visit.status, visit.body) for visit in records.read(f.read())}
        client = self.world.house.client()
        for line in scene.draw(self.world.world, SAMPLE)[:SAMPLE]:
            address, cookie, tag, form = line.split("\t")
            status, _, text = client.ask(address.replace("/help", "/floor", 1), cookie, tag, form)
            if (status, len(text)) not in lengths:
                raise Wrong(f"the floor answers {status} with {len(text)} bytes")

    def takers(self, scene, floor):
        """Who takes part in each round: a name, the place, the path there."""
        try:
            if self.small and not scene.writes:
                scene.draw(self.small.world, SAMPLE)
        except scenes.Skipped as why:
            print(f"{scene.name}: not in the small world, {why}", file=sys.stderr)
        else:
            if self.small:
                yield "small", self.small, "/help"
        yield "ours", self.world, "/help"
        if floor:
            yield "floor", self.world, "/floor"

    def rounds(self, scene, floor):
        """One after the other, so that all meet the same weather; the first
        round is to warm up."""
        options, got = self.options, collections.defaultdict(list)
        takers = list(self.takers(scene, floor))
        if not scene.writes:
            n = (options.rounds + 1) * len(options.connections)
            self.world.draw(scene, n)
            if takers[0][0] == "small":
                self.small.draw(scene, n, self.world)
        for i in range(options.rounds + 1):
            for k, connections in enumerate(options.connections):
                for name, place, prefix in takers:
                    one = place.round(scene, prefix, connections, options.seconds if i else 1,
                                      i * len(options.connections) + k)
                    if i:
                        got[name, connections].append(one)
        return got

    def row(self, scene, connections, got, facts):
        ours = got["ours", connections]
        rps, p50, p99 = report.middle(ours)
        return {"name": scene.name, "connections": connections, "rps": rps, "p50_ms": p50,
                "p99_ms": p99, **facts,
                "worker_rss_kib": self.world.house.resident(scene.program),
                "floor_ratio": report.ratio(ours, got["floor", connections]),
                "growth_ratio": report.ratio(ours, got["small", connections])}

    def measure(self, scene, path, facts):
        began = time.time()
        for place in self.places:
            if scene.program not in place.house.processes:
                raise Wrong("not running: " + scene.program)
            place.house.settle()
        if path:
            self.world.house.open_floor(path)
        try:
            if path:
                self.check_floor(scene, path)
            got = self.rounds(scene, bool(path))
        finally:
            self.world.house.close_floor()
            if scene.attachment:
                for place in self.places:
                    place.drop_files(began)
        return [self.row(scene, connections, got, facts)
                for connections in self.options.connections]

    # --- all of it -----------------------------------------------------------------

    def attempt(self, scene, work, *words):
        """What it gives, or None: then the scene failed, or cannot be there."""
        try:
            return work(scene, *words)
        except scenes.Skipped as why:
            self.failed[scene.name] = (False, str(why))
        except Wrong as why:
            self.failed[scene.name] = (True, str(why))
        return None

    def record_one(self, scene):
        path = os.path.join(self.world.folder, scene.name + ".record")
        return path, self.cost(self.record(scene, path), path)

    def record_all(self, wanted):
        """By programs of their own, before anything is measured."""
        if not self.options.floor:
            return {}
        self.world.house.open(os.path.join(self.world.folder, "record"))
        try:
            return {scene.name: self.attempt(scene, self.record_one) for scene in wanted}
        finally:
            self.world.house.close()

    def run(self):
        """What writes comes last both times."""
        wanted = [s for s in scenes.ALL if s.name in self.options.scene]
        recorded, rows = self.record_all(wanted), []
        wanted = [s for s in wanted if s.name not in self.failed]
        if not wanted:
            return []
        try:
            for place in self.places:
                place.house.open()
            for place in self.places:
                place.warm()
            for scene in wanted:
                path, facts = recorded.get(scene.name) or (None, NOTHING)
                some = self.attempt(scene, self.measure, path, facts) or []
                report.progress(some)
                rows += some
        finally:
            for place in self.places:
                place.house.close()
        return rows


def read_options():
    o = argparse.ArgumentParser(prog="./dev bench")
    o.add_argument("--state", required=True)
    o.add_argument("--port", type=int, required=True)
    o.add_argument("--tickets", type=int, required=True)
    o.add_argument("--small-state", help="of the world that it is compared with")
    o.add_argument("--small-port", type=int)
    o.add_argument("--small", type=int, default=0, help="tickets there")
    o.add_argument("--workers", type=int, default=3)
    o.add_argument("--seconds", type=int, default=3)
    o.add_argument("--rounds", type=int, default=3)
    o.add_argument("--records", type=int, default=0)
    o.add_argument("--connections", type=lambda t: [int(n) for n in t.split(",")],
                   default=CONNECTIONS)
    o.add_argument("--scene", type=lambda names: names.split(","),
                   default=[s.name for s in scenes.ALL])
    o.add_argument("--no-floor", dest="floor", action="store_false")
    o.add_argument("--json", required=True)
    o.add_argument("--command", default="./dev bench")
    return o.parse_args()


def main():
    options = read_options()
    if not set(options.scene) <= {s.name for s in scenes.ALL}:
        sys.exit("bench: scenes are " + ", ".join(s.name for s in scenes.ALL))
    small = None
    if options.small:
        small = Place(options.small_state, options.small_port, options.small, options)
    bench = Bench(Place(options.state, options.port, options.tickets, options), small, options)
    rows = bench.run()
    report.write(options, rows)
    for name, (loud, why) in bench.failed.items():
        print(f"{name}: {'FAILED' if loud else 'left out'}, {why}", file=sys.stderr)
    if any(loud for loud, _ in bench.failed.values()):
        sys.exit(1)


if __name__ == "__main__":
    main()
