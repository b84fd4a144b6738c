"""Share of the entries of a reference list that are read right, by kind of work, in percent.

    python -m tests.benchmarks.bench_reference_lines [--show]

Right is an entry whose authors, year, title, container and DOI are all as they were written.
``--show`` prints the others. With ``PLN_TEST_DATA`` the same is done for real works that another
program formatted. Needs no database.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path

import django

COUNT = 800
SEED = 8


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plnsite.settings")
    django.setup()
    report("invented works", measure(), show="--show" in sys.argv)
    if folder := os.environ.get("PLN_TEST_DATA"):
        gold = Path(folder) / "references" / "apa7-gold-citeproc-js.json"
        report("real works", measure_real(json.loads(gold.read_text())), show="--show" in sys.argv)


def measure():
    """Return (kind, line, wrong parts) for each invented work."""
    from blog.citations.parsers.reference_line import read_reference
    from tests.benchmarks.reference_lines import Maker

    for sample in Maker(SEED).samples(COUNT):
        expected = {
            "title": sample.title,
            "year": sample.year,
            "author": sample.authors,
            "container": sample.container,
            "DOI": sample.doi,
        }
        yield sample.kind, sample.line, wrong(read_reference(sample.line), expected)


def measure_real(gold):
    """Return (kind, line, wrong parts) for each formatted work with its record."""
    from blog.citations.parsers import clean_csl
    from blog.citations.parsers.reference_line import read_reference

    for one in gold:
        csl = clean_csl(one["csl"])
        expected = {
            "title": csl.get("title", ""),
            "year": year(csl),
            "author": families(csl)[:19],
            "container": csl.get("container-title", ""),
            "DOI": csl.get("DOI", ""),
        }
        yield csl["type"], one["apa_text"], wrong(read_reference(one["apa_text"]), expected)


def wrong(record, expected):
    """Return the names of the parts in which a record differs."""
    from blog.citations.csl.fields import folded, unmarked

    if not record:
        return ["not read"]
    found = {
        "title": record.get("title", ""),
        "year": year(record),
        "author": families(record)[:19],
        "container": record.get("container-title", "") if expected["container"] else "",
        "DOI": record.get("DOI", ""),
    }

    def plain(value):
        if isinstance(value, list):
            return [folded(one) or one for one in value]
        return folded(unmarked(value)) if isinstance(value, str) else value

    return [part for part in expected if plain(found[part]) != plain(expected[part])]


def families(record):
    people = record.get("author") or record.get("host") or []
    return [person.get("family") or person.get("literal", "") for person in people]


def year(record):
    parts = record.get("issued", {}).get("date-parts") or [[None]]
    return parts[0][0]


def report(what, results, *, show):
    total, right = Counter(), Counter()
    for kind, line, parts in results:
        total[kind] += 1
        right[kind] += not parts
        if parts and show:
            print(f"  {', '.join(parts)}: {line}")
    print(f"{what}: {right.total()} of {total.total()}, {right.total() / total.total():.1%}")
    for kind in sorted(total):
        print(f"  {kind:20}{right[kind]:>5} of {total[kind]:>4}{right[kind] / total[kind]:>8.0%}")


if __name__ == "__main__":
    main()
