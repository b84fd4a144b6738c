"""WordPress from Debian's packages, for a while and in a folder of its own, to compare with.

It installs nothing. Where a package is missing it names the command that installs them all, which
you run or not. What it starts (MariaDB, PHP, nginx) it stops, and its folder goes with it.

The site has as many posts and comments as the class; its visitors are signed out, which is what
WordPress is fastest at. Its caches of compiled PHP and of the database are as Debian has them.
"""

import os
import shutil
import subprocess
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks.driver import Load, drive
from tests.benchmarks.servers import children_of, seconds_of
from tests.benchmarks.targets import PEER_COMMENT, SHORT
from tests.benchmarks.visits import Page, Request
from tests.browser.shots import free_port

PACKAGES = (
    "mariadb-server nginx-light php-cli php-fpm php-mysql wordpress wordpress-theme-twentytwentyone"
    " wordpress-theme-twentytwentythree"
)
SOURCE = Path("/usr/share/wordpress")
THEMES = {"block theme": "twentytwentythree", "classic theme": "twentytwentyone"}
POSTS, COMMENTS, ON_POST = 500, 5_000, 20
STARTING = 60  # seconds
HERE = Path(__file__).parent


class Missing(Exception):
    """A package is not there."""


def programs() -> dict[str, str]:
    """Return where the programs are; raise Missing unless all of them are there."""
    folders = f"{os.environ['PATH']}:/usr/sbin:/sbin"
    php = sorted(Path("/usr/sbin").glob("php-fpm*"))
    found = {name: shutil.which(name, path=folders) for name in ("mariadbd", "nginx", "php")}
    found["mariadb-install-db"] = shutil.which("mariadb-install-db", path=folders)
    found["php-fpm"] = str(php[-1]) if php else None
    themes = [(SOURCE / "wp-content" / "themes" / theme).exists() for theme in THEMES.values()]
    if not all(found.values()) or not all(themes):
        raise Missing(
            "WordPress, or what serves it, is not installed, and this installs nothing. As root:\n"
            f"    apt-get install --no-install-recommends {PACKAGES}"
        )
    return found


class Comment(Page):
    """Comments by guests on many posts, with other words each: it refuses what it has seen."""

    turn = 0

    def request(self, reader: dict) -> Request:
        Comment.turn += 1
        words = f"Thought {Comment.turn}: weak ties carry news that nobody near us knows. " * 3
        form = {
            "comment": words,
            "author": "A reader",
            "email": "reader@example.edu",
            "comment_post_ID": reader["posts"][Comment.turn % len(reader["posts"])],
            "comment_parent": "0",
        }
        return Request("POST", self.next_path(), form)


class WordPress:
    """A site of WordPress that runs until the stack is closed."""

    def __init__(self, folder: Path, stack: ExitStack):
        self._programs, self._folder = programs(), folder / "wordpress"
        self._folder.mkdir()
        (folder).chmod(0o755)
        self.port = free_port()
        self._owners = ("mysql", "www-data") if os.geteuid() == 0 else (None, None)
        self._started: list[subprocess.Popen] = []
        stack.callback(self._stop)
        self._start_database()
        post, *others = self._install()
        self._start_web()
        readers = {
            theme: [{"cookie": f"theme={theme}", "posts": others}] for theme in THEMES.values()
        }
        self.visits: dict[str, Page] = {}
        for words, theme in THEMES.items():
            self._add(Page(f"{SHORT}, {words}", [f"/?p={post}"], readers[theme]))
            self._add(Page(f"front page, 10 posts, {words}", ["/"], readers[theme]))
        self._add(Page("search", ["/?s=w20+w35"], readers["twentytwentyone"]))
        self._add(
            Comment(PEER_COMMENT, ["/wp-comments-post.php"], readers["twentytwentyone"], status=302)
        )
        self.loads: dict[tuple[str, int], Load] = {}

    def _add(self, page: Page) -> None:
        self.visits[page.name] = page

    def visit(self, name: str, connections: int, seconds: float) -> Load:
        before = self.cpu()
        load = drive(
            self.visits[name],
            self.port,
            connections=connections,
            seconds=seconds,
        )
        load.processor = self.cpu() - before
        return load

    def cpu(self) -> float:
        """Return the seconds of a processor that MariaDB, PHP and nginx have taken until now."""
        pids = [process.pid for process in self._started]
        return sum(seconds_of(pid) for pid in [*pids, *(c for p in pids for c in children_of(p))])

    # How it is started

    def _run(self, *command, user=None, **options) -> str:
        return subprocess.run(
            command, check=True, user=user, capture_output=True, text=True, **options
        ).stdout

    def _start(self, *command, user=None) -> None:
        log = (self._folder / f"{Path(command[0]).name}.log").open("w")
        self._started.append(
            subprocess.Popen(command, user=user, stdout=log, stderr=subprocess.STDOUT)
        )

    def _start_database(self) -> None:
        owner = self._owners[0]
        data, socket = self._folder / "mysql", self._folder / "mysql" / "socket"
        data.mkdir()
        if owner:
            shutil.chown(data, owner)
        self._run(
            self._programs["mariadb-install-db"],
            "--no-defaults",
            f"--datadir={data}",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            user=owner,
        )
        self._start(
            self._programs["mariadbd"],
            "--no-defaults",
            f"--datadir={data}",
            f"--socket={socket}",
            "--skip-networking",
            f"--pid-file={data / 'pid'}",
            user=owner,
        )
        self._wait(socket.exists)

    def _install(self) -> list[int]:
        """Install and fill the site; return the post with 20 comments, and some others."""
        site = self._folder / "site"
        shutil.copytree(SOURCE, site, symlinks=False, ignore_dangling_symlinks=True)
        config = (HERE / "wordpress" / "wp-config.php").read_text()
        socket = self._folder / "mysql" / "socket"
        (site / "wp-config.php").unlink(missing_ok=True)
        (site / "wp-config.php").write_text(
            config.replace("@SOCKET@", str(socket)).replace("@PORT@", str(self.port))
        )
        plugins = site / "wp-content" / "mu-plugins"
        plugins.mkdir(exist_ok=True)
        shutil.copy(HERE / "wordpress" / "bench.php", plugins)
        said = self._run(
            self._programs["php"],
            str(HERE / "wordpress" / "install.php"),
            str(site),
            str(socket),
            *map(str, (self.port, POSTS, COMMENTS, ON_POST)),
        )
        return [int(key) for key in said.strip().splitlines()[-1].split()]

    def _start_web(self) -> None:
        owner = self._owners[1]
        words = {
            "@FOLDER@": str(self._folder),
            "@PORT@": str(self.port),
            "@USER@": f"user = {owner}\ngroup = {owner}\nlisten.owner = {owner}" if owner else "",
            "@NGINX_USER@": f"user {owner};" if owner else "",
        }
        for name in ("php-fpm.conf", "nginx.conf"):
            text = (HERE / "wordpress" / name).read_text()
            for word, value in words.items():
                text = text.replace(word, value)
            (self._folder / name).write_text(text)
        fpm, nginx = self._folder / "php-fpm.conf", self._folder / "nginx.conf"
        self._start(self._programs["php-fpm"], "--nodaemonize", "--fpm-config", str(fpm))
        self._wait((self._folder / "php.socket").exists)
        self._start(self._programs["nginx"], "-c", str(nginx), "-p", str(self._folder))
        self._wait(self._answers)

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/?p=1", timeout=30).close()
        except OSError:
            return False
        return True

    def _wait(self, is_there) -> None:
        deadline = time.monotonic() + STARTING
        while not is_there():
            ended = [process.args[0] for process in self._started if process.poll() is not None]
            if ended or time.monotonic() > deadline:
                raise RuntimeError(f"{ended or 'a server'} did not start: see {self._folder}")
            time.sleep(0.1)

    def _stop(self) -> None:
        for process in reversed(self._started):
            process.terminate()
        for process in self._started:
            process.wait(timeout=60)
