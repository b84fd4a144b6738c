"""Figures of how hard a promise was tried, which tests count and docs/security.md shows.

    make figures                          all of them, on SQLite: half an hour
    DATABASE_URL=postgres://… make figures
    make figures PYTEST_ARGS="-k killed"  some; the others stay as they are

A test that has one carries the mark ``figure`` and calls the fixture of that name::

    @pytest.mark.figure
    def test_nothing_is_lost(figure): …
        figure("A server is killed under load", f"{kills} kills")
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "security.md"
HEADING = "## Figures\n"
ENGINES = ("SQLite", "PostgreSQL")
COLUMNS = ["promise", "test", *ENGINES]
VARIABLE = "PLN_FIGURES"  # the file that figures are written to, a line each

Row = dict[str, str]


def recorder(test: str) -> Callable[[str, str], None]:
    """Return what writes a figure of a test down, if somebody asked for figures."""

    def record(promise: str, words: str) -> None:
        if file := os.environ.get(VARIABLE):
            row = {"promise": promise, "test": f"`{test}`", "words": words}
            with Path(file).open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(row) + "\n")

    return record


def with_figures(page: str, found: list[Row], engine: str) -> str:
    """Return a page with new figures of an engine in its table, which is its last part."""
    before, _heading, after = page.partition(HEADING)
    introduction, _bar, table = after.partition("| ")
    rows = {(row["promise"], row["test"]): row for row in map(_read, _lines(table))}
    for new in found:
        row = rows.setdefault((new["promise"], new["test"]), dict.fromkeys(COLUMNS, ""))
        row |= {"promise": new["promise"], "test": new["test"], engine: new["words"]}
    lines = [COLUMNS, ["---"] * len(COLUMNS)]
    lines += [[row[column] for column in COLUMNS] for _key, row in sorted(rows.items())]
    return before + HEADING + introduction + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _lines(table: str) -> list[str]:
    """Return the rows of a table below its head, of which the first bar was taken off."""
    return [line for line in table.splitlines()[2:] if line.startswith("|")]


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
        found = [json.loads(line) for line in file.read_text().splitlines()]
    PAGE.write_text(with_figures(PAGE.read_text(), found, engine))
    print(f"{len(found)} figures are in {PAGE.relative_to(ROOT)}.")
    return int(result)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
