"""A registry on this machine: it answers what a test lays down for it, and keeps what was asked."""

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qsl, unquote, urlsplit

HEADERS = {"Content-Type": "application/json"}


class Stub:
    """``answers``: path (and query, if it matters) → (status, headers, body) or a function.

    ``forms`` are the fields of each form that was sent to it.
    """

    def __init__(self, server):
        self.url = f"http://127.0.0.1:{server.server_port}"
        self.answers = {}
        self.asked = []
        self.forms = []
        self.headers = []
        self.closing = Event()

    def lay(self, path, document, *, status=200, **headers):
        """Answer a path with JSON, or with a text as it is."""
        body = document if isinstance(document, str) else json.dumps(document)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, HEADERS | given, body.encode())

    def lay_work(self, message):
        """Answer for one work as Crossref does."""
        document = {"status": "ok", "message-type": "work", "message": message}
        self.lay(f"/works/{message['DOI']}", document)

    def lay_search(self, *messages):
        """Answer every search with these hits."""
        items = [{"score": 90 - n, **message} for n, message in enumerate(messages)]
        self.lay("/works", {"status": "ok", "message": {"items": items}})

    def answer(self, handler):
        parts = urlsplit(handler.path)
        self.asked.append(unquote(handler.path))
        self.headers.append(dict(handler.headers))
        path = unquote(parts.path)
        answer = self.answers.get(f"{path}?{unquote(parts.query)}", self.answers.get(path))
        if callable(answer):
            answer(handler, self.closing)
            return
        status, headers, body = answer or (404, {"Content-Type": "text/plain"}, b"Not found.")
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)


@contextmanager
def registry():
    """Run a stub for the length of a block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            try:
                stub.answer(self)
            except OSError:
                self.close_connection = True

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            stub.forms.append(dict(parse_qsl(body.decode())))
            self.do_GET()

        def log_message(self, *args):
            """Log nothing: the requests are in ``stub.asked``."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stub = Stub(server)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        stub.closing.set()
        server.shutdown()
        server.server_close()


# What Crossref says of the two works of the first seed, as far as a comparison looks.
BUI = {
    "DOI": "10.3389/fpsyg.2023.1287728",
    "type": "journal-article",
    "title": [
        "Editorial: The roles of social media in education: affective, behavioral, "
        "and cognitive dimensions"
    ],
    "container-title": ["Frontiers in Psychology"],
    "short-container-title": ["Front. Psychol."],
    "author": [
        {"given": "Bui Phu", "family": "Hung", "sequence": "first"},
        {"given": "Mark Bedoya", "family": "Ulla", "sequence": "additional"},
        {"given": "Veronico N.", "family": "Tarrayo", "sequence": "additional"},
        {"given": "Pham Chien", "family": "Thang", "sequence": "additional"},
    ],
    "issued": {"date-parts": [[2023, 10, 19]]},
    "volume": "14",
    "article-number": "1287728",
    "publisher": "Frontiers Media SA",
}
RAJAGOPAL = {
    "DOI": "10.5210/fm.v17i1.3559",
    "type": "journal-article",
    "title": [
        "Understanding personal learning networks: Their structure, content and the networking "
        "skills needed to optimally use them"
    ],
    "container-title": ["First Monday"],
    "author": [
        {"given": "Kamakshi", "family": "Rajagopal"},
        {"given": "Desirée", "family": "Joosten-ten Brinke"},
        {"given": "Jan", "family": "Van Bruggen"},
        {"given": "Peter B.", "family": "Sloep"},
    ],
    "issued": {"date-parts": [[2012, 1, 2]]},
    "volume": "17",
    "issue": "1",
    "publisher": "University of Illinois Libraries",
}
