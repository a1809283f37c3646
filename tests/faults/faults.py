"""Runs the fault tests named on the command line, each in an installation of
its own: `faults.py BUILD short|long NAME…`."""
import importlib
import os
import shutil
import sys
import tempfile
import threading
import time
import traceback

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from check import check
from house import House



IDLE = ["hang"]


class Test:
    """What a fault test is given: a place, and somebody who keeps count."""

    def __init__(self, name, build, length):
        self.name, self.build, self.long = name, build, length == "long"
        self.passed = self.failed = 0
        self.room = tempfile.mkdtemp(prefix="as-", dir="/tmp")
        self.houses, self.acknowledged, self.tried = [], {}, set()

    def house(self, **words):
        house = House(tempfile.mkdtemp(dir=self.room), self.build, **words)
        self.houses.append(house)
        return house

    def check(self, what, got, want=True):
        if got == want:
            self.passed += 1
            return True
        self.failed += 1
        print("FAIL %s: %s: got %r, want %r" % (self.name, what, got, want), flush=True)
        return False

    def holds(self, house, what="invariants"):
        """Nothing is lost, doubled or half done."""
        broken = check(house, self.acknowledged, self.tried)
        if not self.check(what, len(broken), 0):
            print("\n".join("     " + sentence for sentence in broken), flush=True)

    @staticmethod
    def say(text):
        print("     " + text, flush=True)

    def logs(self):
        for house in self.houses:
            for name in sorted(os.listdir(house.room + "/log")):
                with open(os.path.join(house.room, "log", name), errors="replace") as f:
                    last = f.read().splitlines()[-8:]
                if last and name != "aftersale.log":
                    print("--- " + name, *last, sep="\n", flush=True)

    def sanitised(self):
        """What a build with sanitisers would have complained about."""
        for house in self.houses:
            for name in os.listdir(house.room + "/log"):
                with open(os.path.join(house.room, "log", name), errors="replace") as f:
                    text = f.read()
                self.check("nothing wrong in the log of " + name,
                           "Sanitizer" in text or "runtime error" in text, False)

    def run(self):
        began = time.monotonic()
        try:
            importlib.import_module(self.name).run(self)
            self.sanitised()
        except Exception:		# whatever it was, the others go on
            self.failed += 1
            traceback.print_exc()
        finally:
            for house in self.houses:
                house.unwatch()
                house.stop()
        if self.failed:
            self.logs()
        shutil.rmtree(self.room)
        print("%s %s: %d passed, %d failed, %.0f s"
              % ("FAIL" if self.failed else "ok  ", self.name, self.passed, self.failed,
                 time.monotonic() - began), flush=True)
        return not self.failed


def main():
    build, length, *names = sys.argv[1:]
    good = []

    def open_drawer(name):
        good.append(Test(name, build, length).run())

    # Those that only wait, wait beside the others.
    beside = [threading.Thread(target=open_drawer, args=(name,)) for name in names if name in IDLE]
    for thread in beside:
        thread.start()
    for name in names:
        if name not in IDLE:
            open_drawer(name)
    for thread in beside:
        thread.join()
    sys.exit(0 if good and all(good) else 1)


main()
