"""Figures of how hard a promise was tried, which tests count and docs/security.md shows.

    make figures                          all of them, on SQLite: half an hour
    DATABASE_URL=postgres://… make figures
    make figures PYTEST_ARGS="-k killed"  some; the others stay as they are

A test that has one carries the mark ``figure`` and calls the fixture of that name::

    @pytest.mark.figure
    def test_nothing_is_lost(figure): …
        figure("A server is killed under load", f"{kills} kills")

One that many cases of a table have names its counts, and the run adds them up::

        figure("Nobody reads it", "{readers} readers, {pages} pages", readers=1, pages=len(pages))
"""

import json
import os
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "security.md"
HEADING = "## Figures\n"
ENGINES = ("SQLite", "PostgreSQL")
COLUMNS = ["promise", "test", *ENGINES]
VARIABLE = "PLN_FIGURES"  # the file that figures are written to, a line each

Row = dict[str, str]


def recorder(test: str) -> Callable[..., None]:
    """Return what writes a figure of a test down, if somebody asked for figures."""

    def record(promise: str, words: str, **counts: int) -> None:
        if file := os.environ.get(VARIABLE):
            row = {"promise": promise, "test": f"`{test}`", "words": words, "counts": counts}
            with Path(file).open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(row) + "\n")

    return record


def added_up(written: Iterable[str]) -> list[Row]:
    """Return the figures of a run, one for each promise of a test: counts of its cases are added.

    Of figures without counts the last one holds, which is that of the longest case.
    """
    words: dict[tuple[str, str], str] = {}
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for line in written:
        row = json.loads(line)
        place = row["promise"], row["test"]
        words[place] = row["words"]
        counts[place].update(row["counts"])
    return [
        {"promise": promise, "test": test, "words": said.format(**numbers) if numbers else said}
        for (promise, test), said in words.items()
        for numbers in [_readable(counts[promise, test])]
    ]


def _readable(counts: Counter[str]) -> dict[str, str]:
    return {name: f"{number:,}" for name, number in counts.items()}


def with_figures(page: str, found: list[Row], engine: str) -> str:
    """Return a page with new figures of an engine in its table, which is its last part."""
    before, _heading, after = page.partition(HEADING)
    introduction = after.partition("| ")[0]
    rows = {(row["promise"], row["test"]): row for row in rows_of(page)}
    for new in found:
        row = rows.setdefault((new["promise"], new["test"]), dict.fromkeys(COLUMNS, ""))
        row |= {"promise": new["promise"], "test": new["test"], engine: new["words"]}
    lines = [COLUMNS, ["---"] * len(COLUMNS)]
    lines += [[row[column] for column in COLUMNS] for _key, row in sorted(rows.items())]
    return before + HEADING + introduction + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def rows_of(page: str) -> list[Row]:
    """Return the rows of the table of a page, which are below its head."""
    lines = page.partition(HEADING)[2].splitlines()
    return [_read(line) for line in lines if line.startswith("|")][2:]


def _read(line: str) -> Row:
    cells = [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]
    return dict(zip(COLUMNS, cells, strict=True))


def main(arguments: list[str]) -> int:
    engine = "PostgreSQL" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "SQLite"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures"
        file.touch()
        os.environ[VARIABLE] = str(file)
        # A test notes its figure at its end, so one that failed has none.
        result = pytest.main(["-m", "figure", *arguments])
        found = added_up(file.read_text().splitlines())
    PAGE.write_text(with_figures(PAGE.read_text(), found, engine))
    print(f"{len(found)} figures are in {PAGE.relative_to(ROOT)}.")
    return int(result)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
