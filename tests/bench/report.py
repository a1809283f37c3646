"""report - what was measured, as a table for people and as JSON."""
import collections
import datetime
import json
import os
import platform
import re
import subprocess
import sys

KEYS = ("name", "connections", "rps", "p50_ms", "p99_ms", "statements",
        "rows_examined_per_row", "bytes", "worker_rss_kib", "floor_ratio", "growth_ratio")
HEADS = ("scene", "conn", "req/s", "p50 ms", "p99 ms", "stmts", "rows/row", "bytes",
         "RSS KiB", "of floor", "of 1,000")
FORMS = ("{}", "{}", "{:.0f}", "{:.2f}", "{:.2f}", "{:.1f}", "{:.1f}", "{}", "{}",
         "{:.2f}", "{:.2f}")


def count(words):
    return dict(collections.Counter(words))


def middle(rounds):
    """The round in the middle by requests/s, as a whole."""
    return sorted(rounds)[len(rounds) // 2]


def ratio(ours, others):
    """Of each round and its neighbour, the one in the middle: what disturbs a
    machine for some seconds disturbs both. None where there is no neighbour."""
    ratios = [one[0] / other[0] for one, other in zip(ours, others)]
    return sorted(ratios)[len(ratios) // 2] if ratios else None


def words(command):
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return (done.stdout or done.stderr).strip().split("\n")[0]


def found(pattern, path):
    with open(path, encoding="utf-8") as f:
        seen = re.search(pattern, f.read(), re.M)
    return seen.group(1) if seen else ""


def machine(command):
    return {
        "cpu": found(r"^model name\s*: (.*)$", "/proc/cpuinfo") or platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(int(found(r"^MemTotal:\s*(\d+)", "/proc/meminfo")) / 2 ** 20, 1),
        "kernel": platform.release(),
        "mariadb": words(["mariadbd", "--no-defaults", "--version"]),
        "nginx": words(["nginx", "-v"]),
        "compiler": words(["cc", "--version"]),
        "date": datetime.date.today().isoformat(),
        "command": command,
    }


def cells(row):
    return ["-" if row[key] is None else form.format(row[key])
            for key, form in zip(KEYS, FORMS)]


def table(rows):
    lines = [list(HEADS)] + [cells(row) for row in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEADS))]
    return "\n".join("  ".join(cell.ljust(width) if not i else cell.rjust(width)
                               for i, (cell, width) in enumerate(zip(line, widths)))
                     for line in lines)


def progress(rows):
    for row in rows:
        print("  ".join(cells(row)), file=sys.stderr, flush=True)


def write(options, rows):
    with open(options.json, "w", encoding="utf-8") as f:
        json.dump({"machine": machine(options.command), "tickets": options.tickets,
                   "scenes": [{key: row[key] for key in KEYS} for row in rows]}, f, indent=1)
        f.write("\n")
    print("\n" + table(rows))
