"""Cost of pages and writes on the production server, beside two floors, at three sizes.

    make bench                       a class, a faculty and a university
    make bench SIZES=class           the class alone, in less than three minutes
    make bench BENCH_ARGS="--rounds 5 --seconds 2"    longer, for percentiles that mean more
    make bench PEER=wordpress        with WordPress beside it, where Debian's packages are installed

It makes the sites from a seed, starts the server of the README for each of them, and visits them as
signed-in students by turns, so that a busy minute slows all. It writes ``docs/performance.md``.
DATABASE_URL names a PostgreSQL, in which it makes databases of its own; else it takes SQLite.
"""

import argparse
import json
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks import report, wordpress
from tests.benchmarks.driver import Load, drive
from tests.benchmarks.servers import ROOT, Server, is_postgres, own_database, run
from tests.benchmarks.sizes import SIZES
from tests.benchmarks.targets import CONNECTIONS, Measured
from tests.benchmarks.visits import visits_of
from tests.benchmarks.wordpress import WordPress

PAGE = ROOT / "docs" / "performance.md"
WARM_CONNECTIONS, WARM_SECONDS = 8, 0.3


class Site:
    """A site of one size: its server, its visits by place, and what was measured."""

    def __init__(self, size: str, folder: Path, stack: ExitStack):
        database = stack.enter_context(own_database(folder, size))
        file = folder / f"{size}.json"
        run(folder, database, "-m", "tests.benchmarks.make_site", size, str(file))
        made = json.loads(file.read_text())
        self.measured = Measured(size, building=made["seconds"])
        self.measured.counts = {place: plan["counts"] for place, plan in made["plans"].items()}
        self.visits = {place: visits_of(plan) for place, plan in made["plans"].items()}
        say(f"{size}: made in {made['seconds']:.0f} s")
        self._start = folder, database

    def start(self, stack: ExitStack) -> None:
        self.server = Server(*self._start)
        stack.callback(self.server.stop)
        self.measured.starting = self.server.starting

    def visit(self, place: str, name: str, connections: int, seconds: float) -> Load:
        page = self.visits[place][name]
        before = self.server.cpu() + self.server.database_cpu()
        load = drive(page, self.server.port, connections=connections, seconds=seconds)
        load.processor = self.server.cpu() + self.server.database_cpu() - before
        return load


def measure(sites: list[Site], peer: WordPress | None, *, rounds: int, seconds: float) -> None:
    """Visit all sites by turns, and then the peer, in each round."""
    peer_visits = peer.visits if peer else {}
    for site, place, name in each(sites):
        site.visit(place, name, WARM_CONNECTIONS, WARM_SECONDS)
    for name in peer_visits:
        peer.visit(name, WARM_CONNECTIONS, WARM_SECONDS)
    for number in range(rounds):
        for site, place, name in each(sites):
            for connections in CONNECTIONS:
                load = site.visit(place, name, connections, seconds)
                loads = site.measured.loads
                loads.setdefault((place, name, connections), Load()).add(load)
        for name in peer_visits:
            for connections in CONNECTIONS:
                load = peer.visit(name, connections, seconds)
                peer.loads.setdefault((name, connections), Load()).add(load)
        say(f"round {number + 1} of {rounds}")
    for site in sites:
        site.measured.memory = site.server.memory()


def each(sites: list[Site]):
    """Yield all visits, the same one at all sites before the next."""
    names = sites[0].visits["class"]
    for name in names:
        for site in sites:
            for place in site.visits:
                yield site, place, name


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default=",".join(SIZES), help="with commas; all by default")
    parser.add_argument("--seconds", type=float, default=0.5, help="of each visit in a round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer", choices=["", "wordpress"], default="")
    parser.add_argument("--output", type=Path, default=PAGE)
    arguments = parser.parse_args()
    sizes = [size for size in SIZES if size in arguments.sizes.split(",")]
    if not sizes or set(arguments.sizes.split(",")) - set(SIZES):
        parser.error(f"sizes are {', '.join(SIZES)}")
    if arguments.peer:
        try:
            wordpress.programs()
        except wordpress.Missing as missing:
            parser.error(str(missing))
    vendor = "PostgreSQL" if is_postgres(os.environ.get("DATABASE_URL", "")) else "SQLite"
    load = [os.getloadavg()[0]]
    with tempfile.TemporaryDirectory(prefix="pln-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        run(folder, "sqlite://:memory:", "manage.py", "collectstatic", "--noinput", "-v0")
        sites = [Site(size, folder, stack) for size in sizes]
        peer = WordPress(folder, stack) if arguments.peer else None
        for site in sites:
            site.start(stack)
        measure(sites, peer, rounds=arguments.rounds, seconds=arguments.seconds)
    load.append(os.getloadavg()[0])
    command = f"make bench SIZES={','.join(sizes)}"
    if arguments.peer:
        command += f" PEER={arguments.peer}"
    arguments.output.write_text(
        report.write(
            {site.measured.size: site.measured for site in sites},
            command=command,
            vendor=vendor,
            load=load,
            peer=peer.loads if peer else {},
        )
    )
    say(f"written to {arguments.output}")


if __name__ == "__main__":
    main()
