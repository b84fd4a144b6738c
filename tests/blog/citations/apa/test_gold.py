"""The list and the text against citeproc-js, on 114 records of a registry as it sent them.

The oracle writes titles of containers in title case and leaves entities and tags of its input as
they are; so both sides lose their markup, case, and the difference between kinds of dashes and
quotation marks before they are compared. Everything else is compared letter by letter.
"""

import html
import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from blog.citations import CiteItem, Cluster, format_citations

DATA = os.environ.get("PLN_TEST_DATA")
GOLD = Path(DATA or "") / "references" / "apa7-gold-citeproc-js.json"
pytestmark = pytest.mark.skipif(
    not (DATA and GOLD.exists()), reason="PLN_TEST_DATA names no folder with the oracle's output"
)

RIGHT = 0.98  # the share of each kind that must agree


@pytest.fixture(scope="module")
def records():
    return json.loads(GOLD.read_text())


def formatted(record):
    return format_citations({"k": record["csl"]}, [Cluster((CiteItem("k"),))])


def alike(text):
    """Level what the two sides may differ in."""
    text = re.sub(r"</?(?:sub|sup|scp|b)>", "", html.unescape(html.unescape(text)))
    text = re.sub("[\u2010-\u2014]", "-", text)
    text = re.sub("[“”]", '"', re.sub("[‘’]", "'", text))
    return " ".join(text.split()).casefold()


def without_tags(text):
    return alike(re.sub(r"</?i>", "", text))


def agreement(records, ours, theirs):
    """Count records and agreeing records by type, and collect those that differ."""
    right, total, different = Counter(), Counter(), []
    for record in records:
        kind = record["csl"]["type"]
        total[kind] += 1
        right[kind] += ours(record) == theirs(record)
        if ours(record) != theirs(record):
            different.append((kind, ours(record), theirs(record)))
    return {kind: (right[kind], total[kind]) for kind in total}, different


@pytest.mark.parametrize("kind", ["article-journal", "chapter"])
def test_entries_agree_with_the_oracle(records, kind):
    counts, different = agreement(
        records,
        lambda record: without_tags(formatted(record).entries[0].text),
        lambda record: without_tags(record["apa_text"]),
    )

    right, total = counts[kind]
    assert right / total >= RIGHT, different


def test_entries_of_the_other_kinds_agree_too(records):
    counts, different = agreement(
        records,
        lambda record: without_tags(formatted(record).entries[0].text),
        lambda record: without_tags(record["apa_text"]),
    )

    assert counts.keys() >= {"report", "paper-conference", "dataset"}
    assert different == []


def test_italics_agree_with_the_oracle(records):
    def ours(record):
        return _italics(re.sub(r"</?a\b[^>]*>", "", formatted(record).entries[0].html))

    counts, different = agreement(records, ours, lambda record: _italics(record["apa_html"]))

    assert sum(right for right, _ in counts.values()) >= RIGHT * len(records), different


def test_citations_agree_with_the_oracle(records):
    counts, different = agreement(
        records,
        lambda record: alike("".join(run.text for run in formatted(record).in_text[0])),
        lambda record: alike(record["in_text"]),
    )

    assert sum(right for right, _ in counts.values()) >= RIGHT * len(records), different


def test_all_works_together_are_told_apart(records):
    works = {record["DOI"]: record["csl"] for record in records}

    together = format_citations(works, [Cluster((CiteItem(key),)) for key in works])

    texts = ["".join(run.text for run in runs) for runs in together.in_text]
    assert len(together.entries) == len(set(texts)) == len(works)


def _italics(text):
    """List the italic stretches of an entry."""
    return [alike(part) for part in re.findall(r"<i>(.*?)</i>", text, re.DOTALL)]
