"""The block for nginx, run by a real nginx before a site that says what it was asked."""

import gzip
import http.client
import json
import re
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import ExitStack, closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import yaml

from tests.browser.shots import free_port
from tests.deploy.files import DEPLOY, ROOT

pytestmark = pytest.mark.skipif(
    not (shutil.which("nginx") and shutil.which("openssl")),
    reason="no nginx or openssl: install nginx-light and openssl",
)

BLOCK = DEPLOY / "nginx" / "pln.conf"
START_WITHIN = 30
# As Debian's nginx.conf has it, which compresses whatever a site behind it does not.
AROUND = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ }}
http {{
  include /etc/nginx/mime.types; gzip on; gzip_min_length 1;
  client_body_temp_path {folder}/body; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi; proxy_temp_path {folder}/proxy;
  include {folder}/pln.conf;
}}
"""
STYLE, HASHED = "css/site.css", "css/site.0123456789ab.css"


class Site(BaseHTTPRequestHandler):
    """Answers with what it was asked, and how long the body was."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        length = len(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        asked = {"path": self.path, "length": length, "headers": dict(self.headers)}
        body = json.dumps(asked).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_words):
        pass


def replaced(text, *pairs):
    """Return a text with other addresses, each of which it has had."""
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def of_a_test(text, folder, *, plain, secure):
    """Return the block with ports and folders of a test."""
    text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE)
    return replaced(
        text,
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ", f"listen 127.0.0.1:{secure} "),
        ("/etc/ssl/pln/", f"{folder}/"),
        ("/srv/pln/static/", f"{folder}/static/"),
        ("/var/log/nginx/", f"{folder}/"),
        ("/var/www/html", f"{folder}/www"),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with a certificate, static files and an answer to who checks the name."""
    folder = tmp_path_factory.mktemp("nginx")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
        + ["-nodes", "-days", "2", "-subj", "/CN=pln.example.edu"]
        + ["-addext", "subjectAltName=DNS:pln.example.edu"]
        + ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True,
        capture_output=True,
    )
    for name in (STYLE, HASHED):
        path = folder / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("body { color: black }")
        (path.parent / f"{path.name}.gz").write_bytes(gzip.compress(b"compressed before"))
    challenge = folder / "www" / ".well-known" / "acme-challenge" / "token"
    challenge.parent.mkdir(parents=True)
    challenge.write_text("answer")
    return folder


class Proxy:
    def __init__(self, folder, block):
        self.folder, self.plain, self.secure = folder, free_port(), free_port()
        block = of_a_test(block, folder, plain=self.plain, secure=self.secure)
        (folder / "pln.conf").write_text(block)
        self.file = folder / "nginx.conf"
        self.file.write_text(AROUND.format(folder=folder))

    def command(self, *words):
        return ["nginx", "-c", str(self.file), "-e", f"{self.folder}/error.log", *words]

    @contextmanager
    def running(self):
        process = subprocess.Popen(self.command(), stderr=subprocess.DEVNULL)
        try:
            wait_for(lambda: self.ask_plainly("/"), self.folder / "error.log")
            yield self
        finally:
            process.terminate()
            process.wait()

    def secured(self, *protocols):
        """Return a connection to the site by its name, whose certificate is checked."""
        context = ssl.create_default_context(cafile=self.folder / "fullchain.pem")
        context.set_alpn_protocols(protocols)
        plain = socket.create_connection(("127.0.0.1", self.secure), timeout=30)
        return context.wrap_socket(plain, server_hostname="pln.example.edu")

    def ask(self, method, path, body=None, **headers):
        with closing(http.client.HTTPConnection("pln.example.edu")) as line:
            line.sock = self.secured("http/1.1")
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            line.request(method, path, body=body, headers=named)
            answer = line.getresponse()
            return answer.status, dict(answer.headers), answer.read()

    def ask_plainly(self, path):
        with closing(http.client.HTTPConnection("127.0.0.1", self.plain, timeout=30)) as line:
            line.request("GET", path, headers={"Host": "elsewhere.example.com"})
            answer = line.getresponse()
            return answer.status, answer.headers.get("Location"), answer.read()


def wait_for(answer, log):
    """Wait until something is answered; nginx says in its log why it is not."""
    deadline = time.monotonic() + START_WITHIN
    while True:
        try:
            if answer():
                return
        except OSError:
            pass
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)


@contextmanager
def site_at(address, port=0):
    """Serve the site at an address until the end; yield its port."""
    site = ThreadingHTTPServer((address, port), Site)
    Thread(target=site.serve_forever, daemon=True).start()
    try:
        yield site.server_port
    finally:
        site.shutdown()
        site.server_close()


@pytest.fixture(scope="module")
def proxy(folder):
    with site_at("127.0.0.1") as port:
        block = replaced(BLOCK.read_text(), ("127.0.0.1:8000", f"127.0.0.1:{port}"))
        with Proxy(folder, block).running() as proxy:
            yield proxy


def test_nginx_finds_nothing_to_say(proxy):
    done = subprocess.run(proxy.command("-t"), capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert [line for line in done.stderr.splitlines() if "[" in line] == []  # no [warn], no [emerg]


def test_the_site_is_told_who_asks_and_how(proxy):
    status, _headers, body = proxy.ask(
        "GET",
        "/c/edci338/?page=2",
        X_Forwarded_For="203.0.113.9",
        X_Forwarded_Proto="http",
        X_Request_ID="mine",
    )

    asked = json.loads(body)
    assert (status, asked["path"]) == (200, "/c/edci338/?page=2")
    sent = {name.lower(): value for name, value in asked["headers"].items()}
    assert sent["host"] == "pln.example.edu"
    assert sent["x-forwarded-for"] == "127.0.0.1"
    assert sent["x-forwarded-proto"] == "https"
    assert re.fullmatch(r"[0-9a-f]{32}", sent["x-request-id"])


def test_browsers_are_offered_http_2(proxy):
    with proxy.secured("h2", "http/1.1") as line:
        assert line.selected_alpn_protocol() == "h2"


def test_without_https_one_is_sent_to_the_site_and_nowhere_else(proxy):
    assert proxy.ask_plainly("/c/x/?a=b")[:2] == (301, "https://pln.example.edu/c/x/?a=b")
    assert proxy.ask_plainly("/.well-known/acme-challenge/token")[::2] == (200, b"answer")


@pytest.mark.parametrize(
    ("path", "megabytes", "status"),
    [
        ("/c/edci338/posts/of-ties/pictures/", 12, 200),
        ("/c/edci338/posts/of-ties/pictures/", 14, 413),
        ("/c/edci338/wordpress/", 14, 200),
    ],
)
def test_files_may_be_as_large_as_the_site_takes_them(proxy, path, megabytes, status):
    body = bytes(megabytes * 1_000_000)

    found, _headers, answer = proxy.ask("POST", path, body)

    assert found == status
    if status == 200:
        assert json.loads(answer)["length"] == len(body)


def test_one_address_sends_two_large_files_at_once(proxy):
    """The third waits for none of them: it is told to come again."""
    with ExitStack() as stack:
        for _each in range(2):
            line = stack.enter_context(proxy.secured("http/1.1"))
            line.sendall(
                b"POST /c/edci338/wordpress/ HTTP/1.1\r\nHost: pln.example.edu\r\n"
                b"Content-Length: 10\r\nExpect: 100-continue\r\n\r\n"
            )
            assert b"100 Continue" in line.recv(1000)  # so nginx has begun with it

        assert proxy.ask("POST", "/c/edci338/wordpress/", b"third")[0] == 429
        assert proxy.ask("GET", "/c/edci338/")[0] == 200

    assert proxy.ask("POST", "/c/edci338/wordpress/", b"alone")[0] == 200


def test_pages_are_not_compressed_once_more(proxy):
    _status, headers, _body = proxy.ask("GET", "/", Accept_Encoding="gzip")

    assert "Content-Encoding" not in headers


@pytest.mark.parametrize(
    ("name", "kept"),
    [(STYLE, "max-age=60, public"), (HASHED, "max-age=315360000, public, immutable")],
)
def test_static_files_are_kept_for_as_long_as_their_name_allows(proxy, name, kept):
    status, headers, body = proxy.ask("GET", f"/static/{name}", Accept_Encoding="gzip")

    assert (status, headers["Cache-Control"]) == (200, kept)
    assert (headers["Content-Encoding"], gzip.decompress(body)) == ("gzip", b"compressed before")
    assert headers["Content-Type"] == "text/css; charset=utf-8"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/static/../fullchain.pem", "/static/..%2fprivkey.pem"])
def test_nothing_beside_the_static_files_is_served(proxy, path):
    _status, _headers, body = proxy.ask("GET", path)

    assert b"PRIVATE KEY" not in body
    assert b"CERTIFICATE" not in body


def test_media_are_asked_of_the_site(proxy):
    _status, _headers, body = proxy.ask("GET", "/media/pictures/1.webp")

    assert json.loads(body)["path"] == "/media/pictures/1.webp"


def test_figures_are_not_served(proxy):
    assert proxy.ask("GET", "/metrics")[0] == 404


def test_nothing_that_was_answered_is_kept():
    assert "proxy_cache " not in BLOCK.read_text()


def test_the_log_has_no_addresses_and_no_paths(proxy):
    proxy.ask("GET", "/calendar/secret/?q=words", User_Agent="a browser")

    lines = (proxy.folder / "pln.log").read_text().splitlines()
    assert set(json.loads(lines[-1])) == {
        *("time", "request_id", "method", "status", "bytes", "seconds")
    }


def block_of_compose(folder, *resolvers):
    """Return what the container of nginx makes, with folders of a test for those of the image."""
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())
    servers = "".join(f"nameserver {resolver}\n" for resolver in resolvers)
    (folder / "resolv.conf").write_text(f"search lan\n{servers}")
    script = replaced(
        compose["services"]["nginx"]["command"][-1].replace("$$", "$"),
        ("/etc/nginx/pln.conf", str(BLOCK)),
        ("/etc/nginx/conf.d/default.conf", str(folder / "default.conf")),
        ("/etc/resolv.conf", str(folder / "resolv.conf")),
        ("/proc/net/if_inet6", str(folder / "no-ipv6")),
        ('exec nginx -g "daemon off;"', "true"),
    )
    hosts = {"ALLOWED_HOSTS": "blog.example.org,pln.example.org", "PATH": "/usr/bin:/bin"}
    subprocess.run(["sh", "-c", script], env=hosts, check=True)
    return (folder / "default.conf").read_text()


def test_compose_makes_the_same_block_its_own(folder, tmp_path):
    made = block_of_compose(tmp_path, "127.0.0.11", "10.0.0.9")

    assert made.startswith("resolver 127.0.0.11 valid=2s;\n")
    assert "default web:8000;" in made
    assert made.count("proxy_pass http://$site;") == BLOCK.read_text().count("proxy_pass ") == 2
    assert "upstream pln" not in made
    assert made.count("server_name blog.example.org pln.example.org;") == 2
    assert "access_log /dev/stdout pln;" in made
    assert "[::]" not in made


@pytest.mark.parametrize(
    ("resolvers", "expected"),
    [
        (["fd00::1", "10.0.0.9"], "[fd00::1]"),
        (["fe80::1%eth0", "10.0.0.9"], "10.0.0.9"),
        ([], "127.0.0.11"),
    ],
)
def test_compose_names_its_name_server_as_nginx_reads_it(folder, tmp_path, resolvers, expected):
    """An address of IPv6 stands in brackets, and one of a link is none for nginx."""
    made = block_of_compose(tmp_path, *resolvers)

    assert made.startswith(f"resolver {expected} valid=2s;\n")


class Names(Thread):
    """Says of each name that it is at ``address``, as the engine of containers does."""

    def __init__(self):
        super().__init__(daemon=True)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port, self.address = self.socket.getsockname()[1], "127.0.0.1"

    def run(self):
        while True:
            asked, who = self.socket.recvfrom(512)
            is_ipv4 = asked[-3] == 1  # else of IPv6, of which there is none
            answer = b"\xc0\x0c\0\1\0\1\0\0\0\0\0\4" + socket.inet_aton(self.address)
            head = asked[:2] + b"\x81\x80\0\1" + bytes([0, is_ipv4]) + bytes(4)
            self.socket.sendto(head + asked[12:] + answer * is_ipv4, who)


@pytest.mark.slow
def test_nginx_of_compose_finds_the_site_where_it_is_now(folder, tmp_path):
    """It starts before the site is there, and goes on when the engine has moved it."""
    names, port = Names(), free_port()
    names.start()
    place = tmp_path / "nginx"
    shutil.copytree(folder, place)
    block = replaced(
        block_of_compose(tmp_path, f"127.0.0.1:{names.port}"),
        ("blog.example.org pln.example.org", "pln.example.edu"),
        ("web:8000", f"web:{port}"),
        ("/dev/stdout", "/var/log/nginx/pln.log"),
    )

    with Proxy(place, block).running() as proxy:
        with site_at("127.0.0.1", port):
            status, _headers, body = proxy.ask("GET", "/c/a%20b/?x=%20y")
        names.address = "127.0.0.2"
        with site_at("127.0.0.2", port):
            wait_for(lambda: proxy.ask("GET", "/")[0] == 200, place / "error.log")

    assert (status, json.loads(body)["path"]) == (200, "/c/a%20b/?x=%20y")
