"""The production server, what its processes take of the machine, and databases of its own."""

import os
import re
import secrets
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from tests.browser.shots import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
TICK = os.sysconf("SC_CLK_TCK")
STARTING, STOPPING = 180, 60  # seconds, at most


def production(folder: Path, database: str) -> dict[str, str]:
    """Return the environment of a site behind one proxy that ends HTTPS, as the README has it."""
    own = {
        "BENCH_FOLDER": str(folder),
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "DATABASE_URL": database,
        "SECRET_KEY": _secret_of(folder),
        "ALLOWED_HOSTS": "localhost",
        "TRUSTED_PROXY_COUNT": "1",
        "PYTHONUNBUFFERED": "1",
    }
    return {name: value for name, value in os.environ.items() if name != "DEBUG"} | own


def _secret_of(folder: Path) -> str:
    file = folder / "secret"
    if not file.exists():
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


def command_of_readme() -> list[str]:
    """Return the words of the line that starts the server in the README."""
    [words] = re.findall(r"^\.venv/bin/(gunicorn .+)$", (ROOT / "README.md").read_text(), re.M)
    return words.split()


class Server:
    """Serves a site until it is stopped; ``cpu`` and ``memory`` are of all its processes."""

    def __init__(self, folder: Path, database: str, environment: dict[str, str] | None = None):
        self.port = free_port()
        self.database = database
        self._log = (folder / f"server-{self.port}.log").open("w")
        # All servers of one person would have the same control socket.
        own = ["--bind", f"127.0.0.1:{self.port}", "--no-control-socket"]
        command = [sys.executable, "-m", *command_of_readme(), *own]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment or production(folder, database),
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        self._postmaster = postmaster_of(database)
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise
        self.starting = self.cpu() / len(self.workers)

    def _wait(self) -> None:
        address = f"http://127.0.0.1:{self.port}/healthz"
        request = urllib.request.Request(address, headers={"Host": "localhost"})
        deadline = time.monotonic() + STARTING
        while True:
            try:
                urllib.request.urlopen(request, timeout=5).close()
                return
            except OSError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"no server: see {self._log.name}") from None
                time.sleep(0.1)

    @property
    def workers(self) -> list[int]:
        return children_of(self._process.pid)

    def cpu(self) -> float:
        """Return the seconds of a processor that the server has taken until now."""
        return sum(seconds_of(pid) for pid in [self._process.pid, *self.workers])

    def database_cpu(self) -> float:
        """Return the same of PostgreSQL, as far as it runs on this machine; all its databases."""
        if self._postmaster is None:
            return 0.0
        running = sum(seconds_of(pid) for pid in children_of(self._postmaster))
        return running + seconds_of(self._postmaster, ended=True)

    def memory(self) -> float:
        """Return the megabytes of the largest worker."""
        return max(memory_of(pid) for pid in self.workers)

    def kill(self) -> None:
        """End all processes at once; none of them can finish anything."""
        for pid in [self._process.pid, *self.workers]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        self._log.close()

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=STOPPING)
        except subprocess.TimeoutExpired:
            for pid in [*self.workers, self._process.pid]:
                os.kill(pid, signal.SIGKILL)
            self._process.wait()
        self._log.close()


# What Linux says of processes


def children_of(pid: int) -> list[int]:
    try:
        words = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [int(word) for word in words]


def seconds_of(pid: int, *, ended: bool = False) -> float:
    """Return the user and system time of a process, with its ended children if that is asked."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:  # it has just ended
        return 0.0
    times = stat.rpartition(")")[2].split()[11:15]
    return sum(map(int, times if ended else times[:2])) / TICK


def memory_of(pid: int) -> float:
    """Return megabytes; of what processes share, each has its part."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+)", rollup, re.M)[1]) / 1024


def postmaster_of(database: str) -> int | None:
    """Return the process of a PostgreSQL on this machine."""
    if not is_postgres(database):
        return None
    with closing(_psycopg(database)) as connection:
        pid = connection.execute("SELECT pg_backend_pid()").fetchone()[0]
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            return None
    return int(stat.rpartition(")")[2].split()[1]) if "(postgres" in stat else None


# Databases


def is_postgres(address: str) -> bool:
    return urlsplit(address).scheme.startswith("postgres")


def _psycopg(address: str):
    import psycopg

    return psycopg.connect(address, autocommit=True)


@contextmanager
def own_database(folder: Path, name: str):
    """Yield the address of an empty database, beside that of DATABASE_URL if it is PostgreSQL."""
    address = os.environ.get("DATABASE_URL", "")
    if not is_postgres(address):
        yield f"sqlite:///{folder / name}.sqlite3"
        return
    own = f"bench_pages_{name}"
    with closing(_psycopg(address)) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {own}")
        connection.execute(f"CREATE DATABASE {own}")
    try:
        yield urlsplit(address)._replace(path=f"/{own}").geturl()
    finally:
        with closing(_psycopg(address)) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {own} WITH (FORCE)")


def run(folder: Path, database: str, *words: str) -> None:
    """Run a Python command in the environment of the site; a failure ends the benchmark."""
    subprocess.run([sys.executable, *words], cwd=ROOT, env=production(folder, database), check=True)
