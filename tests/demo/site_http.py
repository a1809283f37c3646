"""site_http - what shop and mail sink share: pages over a Unix socket.

A Page answers get() and post() with (status, type, body, headers).
"""
import html
import http.server
import os
import socketserver
import traceback
import urllib.parse

MAX_FORM = 65536


def text(words, status=200):
    return status, "text/plain; charset=utf-8", words.encode(), {}


def redirect(where, **headers):
    headers = {k.replace("_", "-"): v for k, v in headers.items()}
    return 303, "text/plain", b"", {"Location": where, **headers}


def document(title, body, style, nav, status=200):
    page = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{html.escape(title)}</title>
<link rel="stylesheet" href="{style}"></head>
<body><header><nav>{nav}</nav></header>
<main>{body}</main></body></html>
"""
    return (status, "text/html; charset=utf-8", page.encode(),
            {"Content-Security-Policy":
             "default-src 'none'; style-src 'self'; img-src 'self'; "
             "frame-src 'self'; form-action 'self'; base-uri 'none'"})


class Page(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    wbufsize = -1  # an answer goes out in one piece

    def get(self, path, query):
        raise NotImplementedError

    def post(self, path, form):
        return text("no such page", 404)

    def do_GET(self):
        path, _, query = self.path.partition("?")
        self.answer(self.get, path, query)

    do_HEAD = do_GET

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        if length > MAX_FORM:
            self.close_connection = True
            return self.send(text("too long", 413))
        form = self.rfile.read(length).decode("utf-8", "replace")
        self.answer(self.post, self.path.partition("?")[0], form)

    def answer(self, page, path, fields):
        fields = dict(urllib.parse.parse_qsl(fields, keep_blank_values=True))
        try:
            answer = page(urllib.parse.unquote(path), fields)
        except Exception:  # one broken page must not end the server
            traceback.print_exc()
            answer = text("This page is broken; see the log.", 500)
        self.send(answer)

    def send(self, answer):
        status, kind, body, headers = answer
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def style(self):
        here = os.path.dirname(os.path.abspath(__file__))
        with open(os.path.join(here, "mokka.css"), "rb") as f:
            return 200, "text/css", f.read(), {}

    def address_string(self):
        return "-"  # a Unix socket has no address

    def log_message(self, form, *args):
        pass  # nginx keeps the log


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    request_queue_size = 64


def serve(path, page):
    if os.path.exists(path):
        os.unlink(path)
    with Server(path, page) as server:
        os.chmod(path, 0o660)
        server.serve_forever()
