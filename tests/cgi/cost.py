"""What a page costs as plain CGI, from the start of its process to the end.

	cost.py CGI-FOLDER DESK SHOP-CONFIG

The pages: a form, the sign-in of the panel, and a customer's order history
with the shop's orders in it. DESK is where the customer signs in.

The process waits for nothing but the database, so its own time on the
processor is the page without the database's work; other programs of a loaded
machine do not count either. The time by the clock, with the database, is
printed beside it. Three times 50 visits, the best of the three medians.
"""
import os
import statistics
import sys
import time
import urllib.parse

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import story

MOST, VISITS, ROUNDS = 15.0, 50, 3
PAGES = (("panel", "/sign-in"), ("storefront", "/guest"), ("storefront", "/orders"))


def environment(desk, program, path, cookie):
    url = urllib.parse.urlsplit(desk)
    script = url.path + ("" if program == "storefront" else "/" + program)
    return {
        "GATEWAY_INTERFACE": "CGI/1.1", "SERVER_PROTOCOL": "HTTP/1.1",
        "REQUEST_METHOD": "GET", "REQUEST_SCHEME": url.scheme,
        "SCRIPT_NAME": script, "PATH_INFO": path, "QUERY_STRING": "",
        "REQUEST_URI": script + path, "HTTP_HOST": url.netloc,
        "HTTP_COOKIE": cookie,
        "SERVER_NAME": url.hostname, "SERVER_PORT": str(url.port),
        "REMOTE_ADDR": "127.0.0.1", "PATH": "/usr/bin:/bin",
    }


def visit(program, env):
    """Milliseconds: on the processor, by the clock."""
    answer, page = os.pipe()
    began = time.monotonic()
    pid = os.posix_spawn(program, [program], env, file_actions=(
        (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
        (os.POSIX_SPAWN_DUP2, page, 1), (os.POSIX_SPAWN_CLOSE, answer)))
    os.close(page)
    with os.fdopen(answer, "rb") as file:
        text = file.read()
    _, status, used = os.wait4(pid, 0)
    took = time.monotonic() - began
    if status or not text.startswith(b"Status: 200"):
        sys.exit(f"{program} {env['PATH_INFO']}: {text[:200]!r}, status {status}")
    return (used.ru_utime + used.ru_stime) * 1000, took * 1000


def page(program, env):
    medians = []
    for _ in range(ROUNDS):
        visits = [visit(program, env) for _ in range(VISITS)]
        medians.append(tuple(statistics.median(column) for column in zip(*visits)))
    own, clock = min(medians)
    print(f"     {os.path.basename(program)} {env['PATH_INFO']}: {own:.1f} ms, by the clock {clock:.1f} ms")
    return own < MOST


def main(folder, desk, shop_config):
    anna = story.Visitor(desk)
    anna.get(story.hand_over(desk, shop_config))
    results = [page(os.path.join(folder, program), environment(desk, program, path, anna.cookie()))
               for program, path in PAGES]
    sys.exit(0 if all(results) else 1)


main(*sys.argv[1:])
