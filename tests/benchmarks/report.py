"""Writes what was measured as a page of the documentation."""

import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.driver import Load
from tests.benchmarks.sizes import SIZES
from tests.benchmarks.targets import CONNECTIONS, MISSED, USUAL, Measured, Verdict, ratio, verdicts
from tests.benchmarks.visits import EMPTY, PLAIN, WRITES

SPEEDS = [
    *(f"requests/s, {number}" for number in CONNECTIONS),
    *(f"p50 / p95 / p99 ms, {number}" for number in CONNECTIONS),
    "fewest answers",
]
PACKAGES = ("Django", "gunicorn", "whitenoise", "psycopg")
PLACES = {
    "class": "a course of 40 people, 500 posts and 5,000 comments",
    "lecture": "a course of 400 people, 4,140 posts and 41,400 comments",
}
INTRODUCTION = """\
# Performance

What pages and writes cost, beside two floors measured in the same run: *{empty}*, which goes
through all middleware and loads the session and the person, and *{plain}*, which shows the post
with its 20 comments by one flat template and asks nobody's rights. Written by

```sh
{command}
```

Students are signed in: session, membership and visibility are real. The server is the command of
the README. A figure of a processor is user and system time of the server's processes{database}, by
`/proc`; it hardly depends on what else runs. Times of answers and requests per second do, and the
program that sends the requests takes its part of the same cores: compare them within this run
alone. Each figure is of all rounds together, and so are percentiles.
"""


def write(sizes: dict[str, Measured], *, command: str, vendor: str, peer: dict, load=()) -> str:
    """Return the whole page."""
    database = " and of PostgreSQL's" if vendor == "PostgreSQL" else ""
    parts = [
        INTRODUCTION.format(empty=EMPTY, plain=PLAIN, command=command, database=database),
        "## Machine\n",
        table(["", ""], machine(vendor, load)),
        "## Targets\n",
        *targets(verdicts(sizes, peer, is_postgres=vendor == "PostgreSQL"), next(iter(sizes))),
    ]
    for measured in sizes.values():
        parts += section(measured)
    if peer:
        parts += beside(peer)
    return "\n".join(parts)


def machine(vendor: str, load) -> list[list[str]]:
    cpu = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    system = re.search(r'PRETTY_NAME="(.+)"', Path("/etc/os-release").read_text())
    return [
        ["date", f"{datetime.now(UTC):%d %B %Y, %H:%M} UTC"],
        ["commit", commit()],
        ["processor", f"{os.cpu_count()} × {cpu[1] if cpu else platform.machine()}"],
        ["system", f"{system[1] if system else ''}, Linux {platform.release()}"],
        ["versions", f"Python {platform.python_version()}, {packages}"],
        ["database", vendor],
        ["load of the machine, before and after", " and ".join(f"{one:.1f}" for one in load)],
    ]


def commit() -> str:
    words = ["git", "describe", "--always", "--dirty"]
    found = subprocess.run(words, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"


def targets(found: list[Verdict], first: str) -> list[str]:
    missed = [verdict for verdict in found if verdict.verdict == MISSED]
    named = "; ".join(f"{verdict.target} ({verdict.figure})" for verdict in missed)
    return [
        f"Of the size {first} where no other is named, with {USUAL} connections. Missed: "
        f"{len(missed)} of {len(found)}{': ' + named if named else ''}.\n",
        table(
            ["target", "figure", ""],
            [[verdict.target, verdict.figure, verdict.verdict] for verdict in found],
        ),
    ]


def section(measured: Measured) -> list[str]:
    size = SIZES[measured.size]
    parts = [
        f"## {measured.size.capitalize()}\n",
        f"{size.in_words}; made in {measured.building:.0f} s. The largest worker has "
        f"{measured.memory:.0f} MB at the end, with its part of what they share; the server takes "
        f"{measured.starting:.2f} s of a processor to start, for each worker.\n",
    ]
    for place in measured.counts:
        parts += [
            f"### In {PLACES[place]}\n",
            table(
                ["", "queries", "kB", "kB sent", "CPU ms", f"of {EMPTY}", f"of {PLAIN}"],
                costs(measured, place),
            ),
            table(["", *SPEEDS], times(measured, place)),
        ]
    return parts


def beside(peer: dict[tuple[str, int], Load]) -> list[str]:
    rows = []
    for name in dict.fromkeys(name for name, _connections in peer):
        loads = [peer[name, number] for number in CONNECTIONS]
        usual = peer[name, USUAL]
        cells = [f"{usual.bytes / 1000:.1f}", f"{usual.processor_ms:.1f}"]
        rows.append([name, *cells, *speeds(loads)])
    return [
        "## WordPress\n",
        f"{wordpress_versions()}, in the same run and by turns, signed out, with 500 posts and "
        "5,000 comments. Time of processors is that of MariaDB, PHP and nginx.\n",
        table(["", "kB sent", "CPU ms", *SPEEDS], rows),
    ]


def wordpress_versions() -> str:
    words = ["dpkg-query", "-W", "-f", "${Package} ${Version}, ", "wordpress", "mariadb-server"]
    words += ["php-fpm", "nginx"]
    found = subprocess.run(words, capture_output=True, text=True, check=False).stdout
    return found.rstrip(", ") or "WordPress"


def costs(measured: Measured, place: str) -> list[list[str]]:
    rows = []
    for name, count in measured.counts[place].items():
        cpu = measured.cpu(name, place)
        is_page = name not in WRITES
        rows.append(
            [
                name,
                str(count["queries"]),
                f"{count['bytes'] / 1000:.1f}" if is_page else "",
                f"{measured.loads[place, name, USUAL].bytes / 1000:.1f}" if is_page else "",
                f"{cpu:.1f}",
                ratio(measured.of_empty(name, place)),
                ratio(measured.cpu(PLAIN, place) / cpu),
            ]
        )
    return rows


def times(measured: Measured, place: str) -> list[list[str]]:
    return [
        [name, *speeds([measured.loads[place, name, number] for number in CONNECTIONS])]
        for name in measured.counts[place]
    ]


def speeds(loads: list[Load]) -> list[str]:
    """Return what ``SPEEDS`` names of the loads by numbers of connections."""
    percentiles = (
        " / ".join(f"{load.percentile(share):.0f}" for share in (0.5, 0.95, 0.99)) for load in loads
    )
    fewest = min(load.count for load in loads)
    return [*(f"{load.per_second:.0f}" for load in loads), *percentiles, str(fewest)]


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
