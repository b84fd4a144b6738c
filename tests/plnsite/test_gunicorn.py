"""Trusted headers of gunicorn.conf.py."""

import os
import runpy
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from gunicorn.config import Config

ROOT = Path(__file__).parents[2]
CONF = ROOT / "gunicorn.conf.py"
APP = """
def app(environ, start_response):
    said = f"begins at {environ['SCRIPT_NAME']!r}, path {environ['PATH_INFO']!r}".encode()
    start_response("200 OK", [("Content-Length", str(len(said)))])
    return [said]
"""


@pytest.fixture
def config():
    config = Config()
    told = runpy.run_path(str(CONF))
    for name in ("forwarder_headers", "control_socket_disable"):
        config.set(name, told[name])
    return config


def test_no_header_says_where_the_site_begins(config):
    assert config.forwarder_headers == []


def test_no_socket_is_there_for_other_programs(config):
    assert config.control_socket_disable is True


@contextmanager
def served(folder: Path, conf: str):
    """Serve an application that says where it begins; who asks early waits in the line."""
    (folder / "echo.py").write_text(APP)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port, handed_on = listening.getsockname()[1], listening.fileno()
        command = [sys.executable, "-m", "gunicorn", "--config", conf, "--no-control-socket"]
        where = ["--bind", f"fd://{handed_on}", "--pythonpath", f"{folder},{ROOT}", "echo:app"]
        server = subprocess.Popen(
            [*command, *where],
            cwd=folder,
            env={name: value for name, value in os.environ.items() if name != "GUNICORN_CMD_ARGS"},
            pass_fds=[handed_on],
            stderr=subprocess.DEVNULL,
        )
    try:
        yield port
    finally:
        server.terminate()
        server.wait()


def ask(port: int, header: str) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        request = f"GET /c/ HTTP/1.1\r\nHost: x\r\n{header}\r\nConnection: close\r\n\r\n"
        client.sendall(request.encode())
        answer = b"".join(iter(lambda: client.recv(65536), b""))
    return answer.decode().partition("\r\n\r\n")[2]


@pytest.mark.parametrize("header", ["SCRIPT_NAME: /c", "Script-Name: /c", "PATH_INFO: /admin/"])
def test_a_running_server_believes_no_such_header(tmp_path, header):
    with served(tmp_path, str(CONF)) as port:
        said = ask(port, header)

    assert said == "begins at '', path '/c/'"


def test_without_our_settings_it_would(tmp_path):
    """Or the test above would see nothing."""
    (tmp_path / "none.py").write_text("")
    with served(tmp_path, str(tmp_path / "none.py")) as port:
        said = ask(port, "SCRIPT_NAME: /c")

    assert said == "begins at '/c', path '/'"
