"""Model time: the database's clock, which is the house's (DECISIONS, 11), set
through libfaketime's file. Only tests that `run` starts beside such a server
may turn it."""
import os
import threading
import time


class Clock:
    def __init__(self):
        self.file = os.environ["FAKETIME_TIMESTAMP_FILE"]
        self.offset, self.over, self.thread = 0.0, threading.Event(), None
        self.set(0)

    def set(self, offset):
        self.offset = offset
        with open(self.file + ".new", "w") as f:
            f.write("%+.3f\n" % offset)
        os.rename(self.file + ".new", self.file)

    def now(self):
        return time.time() + self.offset

    def jump(self, seconds):
        self.set(self.offset + seconds)

    def run(self, factor):
        """From now on time runs this much faster, until stop()."""
        self.over.clear()
        begin, base = time.monotonic(), self.offset

        def forward():
            while not self.over.wait(0.02):
                self.set(base + (time.monotonic() - begin) * (factor - 1))
        self.thread = threading.Thread(target=forward, daemon=True)
        self.thread.start()

    def stop(self):
        self.over.set()
        if self.thread:
            self.thread.join()
        self.thread = None
