"""Stencils: what is filled in is what the template would have printed."""

import importlib
import pkgutil

import pytest
from django.test import override_settings
from django.utils.safestring import mark_safe
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

import blog.templatetags
import network.templatetags as network_tags
from blog.citations.comparison import VerificationResult
from blog.templatetags import (
    bibliography,
    citations,
    composers,
    entries,
    mastheads,
    people,
    pictures,
    queue_rows,
    stencils,
    threads,
)
from blog.templatetags.compact import compacted
from network.templatetags import ego_network, network
from network.ties import TieClass
from tests.examples import examples

WORDS = st.text(
    st.characters(categories=["L", "N", "P", "S", "Zs"]) | st.sampled_from("<>&\"'%(){}"),
    max_size=20,
).map(str.strip)
KEYS = st.integers(1, 10**12)
SLUGS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)
BOOLEANS = st.booleans()
REPLY_TO = st.sampled_from(["", "person", "comment", "unseen"])
VALUES = {
    "pk": KEYS,
    "parent": KEYS,
    "prompt_number": KEYS,
    "place": KEYS,
    "writer": KEYS,
    "seq": KEYS,
    "course_slug": SLUGS,
    "post_slug": SLUGS,
    "username": SLUGS,
    "csrf_token": SLUGS,
    "key": SLUGS,
    "time_zone": SLUGS,
}
FIELDS = {
    "role": st.sampled_from(["student", "instructor", "assistant", "observer"]),
    "act": st.sampled_from(["", "add", "added"]),
    "result": st.sampled_from(["", *VerificationResult]).map(str),
    "student_page": st.sampled_from(["grading_student", "grading_student_comments"]),
    "kind": st.sampled_from(["post", "comments"]),
    "work": st.sampled_from(["named", "grade", "nothing"]),
    "state": st.sampled_from(["", *sorted(queue_rows.PLAIN_STATES)]),
    "page": st.sampled_from(["", "search", "course_home", "person_list", "grading_overview"]),
    "reply_to": REPLY_TO,
    "tie_class": st.sampled_from(TieClass),
    "anchor": st.sampled_from(["start", "middle", "end"]),
    "last": st.sampled_from(["", "post", "none"]),
    "comments": st.sampled_from(["", "own", "waiting", "none", "last"]),
    "readers": st.sampled_from(["", "team", "everyone"]),
    "formats": st.sampled_from([(), (("bib", "BibTeX"), ("ris", "RIS"))]),
}
STENCILS = {
    "comment": (threads.COMMENT, threads.CommentShape),
    "public comment": (threads.PUBLIC_COMMENT, threads.PublicShape),
    "deleted comment": (threads.DELETED, threads.DeletedShape),
    "branch": (threads.BRANCH, threads.BranchShape),
    "composer": (composers.COMPOSER, composers.ComposerShape),
    "masthead": (mastheads.MASTHEAD, mastheads.MastheadShape),
    "citation": (citations.CITE, citations.CiteShape),
    "picture dialog": (pictures.DIALOG, pictures.DialogShape),
    "row of a queue": (queue_rows.ROW, queue_rows.QueueShape),
    "work": (bibliography.WORK, bibliography.WorkShape),
    "person": (people.PERSON, people.PersonShape),
    "entry of a post": (entries.ENTRY, entries.EntryShape),
    "words of a tie": (ego_network.WORDS, ego_network.ClassShape),
    "line of a tie": (ego_network.PATH, ego_network.ClassShape),
    "node of a tie": (ego_network.NODE, ego_network.NodeShape),
    "row of a tie": (ego_network.ROW, ego_network.RowShape),
    "follow button": (network.FOLLOW, network.FollowShape),
}


def test_each_stencil_is_tried():
    modules = [
        importlib.import_module(found.name)
        for package in (blog.templatetags, network_tags)
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    found = {
        each
        for module in modules
        for each in vars(module).values()
        if isinstance(each, stencils.Stencil)
    }

    assert found == {stencil for stencil, _shape in STENCILS.values()}


@pytest.mark.parametrize("name", STENCILS)
@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_what_is_filled_in_is_what_the_template_prints(name, data):
    stencil, shape_type = STENCILS[name]
    shape = shape_type(
        **{field: data.draw(FIELDS.get(field, BOOLEANS)) for field in shape_type._fields}
    )
    values = {place: data.draw(VALUES.get(place, WORDS)) for place in stencil.places}

    assert bare(compacted(stencil.fill(shape, values))) == bare(stencil.render(shape, values))


def bare(text):
    """Return a text without marks of isolation: a sentence has them, unless a stencil is cut."""
    return text.replace("\u2068", "").replace("\u2069", "")


def filled(**values):
    names = threads.PLACES.split()
    return threads.PUBLIC_COMMENT.fill(
        threads.PublicShape(False, False, False, "", False, False, False),
        dict.fromkeys([*names, "course_slug"], "") | values,
    )


def test_values_are_escaped_and_safe_ones_are_not():
    html = filled(author_name="<b>Ada</b>", body=mark_safe("<p>100 % and %(pk)s</p>"), pk=7)

    assert "&lt;b&gt;Ada&lt;/b&gt;" in html
    assert "<b>Ada" not in html
    assert "<p>100 % and %(pk)s</p>" in html
    assert 'id="c7"' in html


def test_long_texts_are_not_kept_and_are_escaped_all_the_same():
    stencils._escaped_text.cache_clear()
    short, long = "<" * stencils.MAX_KEPT_SIGNS, "<" * (stencils.MAX_KEPT_SIGNS + 1)

    assert short.replace("<", "&lt;") in filled(author_name=short)
    assert long.replace("<", "&lt;") in filled(author_name=long)

    assert stencils._escaped_text.cache_info().currsize <= 2  # "" and the short one


def test_a_shape_is_rendered_once_for_each_language():
    stencils._cut.cache_clear()

    with override("en"):
        filled(pk=1)
        filled(pk=2)
    assert stencils._cut.cache_info().misses == 1
    with override("de"):
        filled(pk=3)

    assert stencils._cut.cache_info().misses == 2


@override_settings(DEBUG=True)
def test_changed_templates_are_seen_while_developing():
    stencils._cut.cache_clear()

    filled(pk=1)

    assert stencils._cut.cache_info().currsize == 0


def test_nothing_that_was_filled_in_stays():
    stencils._cut.cache_clear()
    filled(author_name="Ada Lovelace", pk=7)

    assert "Ada" not in filled(author_name="Bob", pk=8)
