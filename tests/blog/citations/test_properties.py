"""Properties of every set of works and citations, however hostile."""

import random
import re
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.citations import CiteItem, Cluster, format_citations, parse_cluster
from tests.blog.citations.factories import article
from tests.examples import examples

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)
HOSTILE = st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "<i><b>",
        "&lt;svg onload=x&gt;",
    ]
    + ["</i></i>", "\x00\u202e", "'" * 9, "“”", "Jr.", "{", "10.1/<x>", 'https://x.org/"><script>']
)
VALUE = ANY_JSON | HOSTILE | st.just({"date-parts": [[None]]}) | st.lists(HOSTILE, max_size=30)
NAME = st.dictionaries(
    st.sampled_from(
        ["family", "given", "literal", "suffix", "dropping-particle", "short", "custom"]
    ),
    HOSTILE | ANY_JSON,
)
FIELDS = st.sampled_from(
    ["type", "title", "container-title", "issued", "volume", "issue", "page", "number", "edition"]
    + [
        "publisher",
        "DOI",
        "URL",
        "accessed",
        "genre",
        "medium",
        "original-date",
        "status",
        "version",
    ]
    + ["event-title", "language", "title-short", "reviewed-title", "reviewed-author", "authority"]
)
TYPES = st.sampled_from(
    ["article-journal", "book", "chapter", "webpage", "thesis", "broadcast", "legal_case", "report"]
    + ["review", "speech", "paper-conference", "motion_picture", "personal_communication", "patent"]
)
RECORD = st.builds(
    lambda fields, type_, people, editors: (
        fields | {"type": type_, "author": people, "editor": editors}
    ),
    st.dictionaries(FIELDS, VALUE, max_size=8),
    TYPES | VALUE,
    st.lists(NAME, max_size=5) | VALUE,
    st.lists(NAME, max_size=3) | VALUE,
)
KEYS = st.sampled_from(["a", "b", "c", "d", "missing"])
CLUSTERS = st.lists(
    st.builds(
        lambda items, narrative: Cluster(tuple(items), narrative),
        st.lists(st.builds(CiteItem, KEYS, HOSTILE | st.just(""), locator=HOSTILE), max_size=4),
        st.booleans(),
    ),
    max_size=6,
)
WORKS = st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), RECORD, max_size=4)
TAG = re.compile(r'</?i>|<a href="https?://[^"<>]*" rel="nofollow noopener">|</a>', re.IGNORECASE)


@given(works=WORKS, clusters=CLUSTERS)
@settings(max_examples=examples(300))
def test_nothing_a_record_holds_raises_or_comes_out_as_markup(works, clusters):
    formatted = format_citations(works, clusters)

    assert len(formatted.in_text) == len(clusters)
    for entry in formatted.entries:
        bare = TAG.sub("", entry.html)
        assert "<" not in bare
        assert '"' not in bare
        entry.text.encode()


@given(works=WORKS, clusters=CLUSTERS)
@settings(deadline=None)
def test_every_cited_work_has_one_entry_and_every_other_key_is_unknown(works, clusters):
    cited = {item.key for cluster in clusters for item in cluster.items}

    formatted = format_citations(works, clusters)

    assert sorted(entry.key for entry in formatted.entries) == sorted(cited & works.keys())
    assert set(formatted.unknown) == cited - works.keys()
    assert len(set(formatted.unknown)) == len(formatted.unknown)


@given(works=WORKS, clusters=CLUSTERS, seed=st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_in_which_works_are_kept_does_not_matter(works, clusters, seed):
    keys = list(works)
    seed.shuffle(keys)

    assert format_citations({key: works[key] for key in keys}, clusters) == format_citations(
        works, clusters
    )


@given(st.text(alphabet="@-;,. {}[]:ab12pvix§¶–\\*", max_size=200))
def test_any_text_between_brackets_is_parsed_or_left(inner):
    cluster = parse_cluster(inner)

    assert cluster is None or (cluster.items and all(item.key for item in cluster.items))


def test_no_two_works_are_called_the_same():
    """Two hundred works by few people in few years, the worst a course could bring."""
    people = [f"{family}, {given}" for family in ("Lee", "Luna", "Sol") for given in ("Ann", "Bo")]
    chance = random.Random(20)
    works = {
        f"k{n}": article(
            *chance.choices(people, k=chance.randint(0, 5)), year=chance.choice([2019, 2020])
        )
        for n in range(200)
    }

    formatted = format_citations(works, [Cluster((CiteItem(key),)) for key in works])

    texts = ["".join(run.text for run in runs) for runs in formatted.in_text]
    assert len(set(texts)) == 200


@pytest.mark.parametrize(
    "csl",
    [
        {"author": [{"family": "A", "given": "B"}] * 20_000},
        {"title": "x" * 1_000_000},
        {"title": "<i>" * 100_000},
        {"title": "“" * 100_000},
        {"author": [{"family": "A" * 100_000, "given": "b-" * 100_000}]},
        {"page": "1-" * 100_000},
        {"DOI": "10.1234/" + "(" * 100_000 + ")" * 100_000},
    ],
    ids=["authors", "title", "tags", "quotes", "name", "pages", "doi"],
)
@pytest.mark.parametrize("copies", [1, 3])
def test_a_huge_record_costs_little(csl, copies):
    works = {f"k{n}": csl for n in range(copies)}
    start = process_time()

    format_citations(works, [Cluster((CiteItem(key),)) for key in works])

    assert process_time() - start < 2  # seconds; the honest time is a tenth of one
