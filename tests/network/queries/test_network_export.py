"""Exports beside the arcs: replies that load as the same ties, statements, counts."""

from collections import Counter, defaultdict
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog.actions.courses import remove_member
from blog.models import Audience, Comment
from network import ties
from network.export import encoded, reply_log
from network.importers.load_course import load_course
from network.importers.reply_log import Event, read_log
from network.models import TieUnit
from network.queries.network_export import network_export
from tests import factories
from tests.examples import examples
from tests.network.ties.support import comment, make_student, make_term, on, update

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 6, tzinfo=UTC)
# Around two midnights of two zones, so that a wrong zone moves units to other days.
MOMENTS = st.sampled_from(
    [datetime(2025, 3, day, hour, 59, 59, tzinfo=UTC) for day in (8, 9) for hour in (7, 10, 11, 23)]
)
PEOPLE = st.sampled_from(["a", "b", "c"])
logs = st.lists(st.tuples(PEOPLE, PEOPLE, MOMENTS, st.sampled_from("xy")), min_size=1, max_size=9)
ZONES = st.sampled_from(["America/Vancouver", "Pacific/Auckland", "UTC"])


def read(data, tmp_path, zone):
    path = tmp_path / "events.csv"
    path.write_bytes(data)
    return read_log(path, now=NOW, zone=zone)


def units_of(course, prefix=""):
    """Return the units of each post, as posts have other names in another course."""
    found = defaultdict(set)
    for source, target, post, day, events in TieUnit.objects.filter(course=course).values_list(
        "source__username", "target__username", "post", "day", "events"
    ):
        found[post].add((source.removeprefix(prefix), target.removeprefix(prefix), day, events))
    return Counter(frozenset(units) for units in found.values())


def arcs_of(course, day, prefix=""):
    names = {
        user.pk: user.username.removeprefix(prefix)
        for user in (membership.user for membership in course.memberships.select_related("user"))
    }
    return {
        (names[arc.source], names[arc.target]): (arc.units, arc.events, arc.strength)
        for arc in ties.arcs_of(course, day)
    }


def nearly(arcs):
    """Return sums to compare: courses that begin on other days round theirs from other days."""
    return {
        ends: (units, events, pytest.approx(strength, rel=1e-5))
        for ends, (units, events, strength) in arcs.items()
    }


@settings(
    max_examples=examples(30),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(logs, ZONES, st.booleans())
def test_replies_load_as_the_same_units_and_arcs(tmp_path, log, zone, bom):
    events = [Event(str(n), *ends, at, post) for n, (*ends, at, post) in enumerate(log)]
    if all(event.source == event.target for event in events):
        return
    with transaction.atomic():
        first = load_course("first", events, set(), zone=zone, report=lambda line: None)
        export = network_export(first, "events", names=True)
        data = b"".join(encoded({"events.csv": reply_log(export.replies)}, bom=bom)["events.csv"])
        again = read(data, tmp_path, first.zone)
        second = load_course("second", again, set(), zone=zone, report=lambda line: None)
        last = first.ends_on

        assert units_of(second, "p") == units_of(first)
        assert arcs_of(second, last, "p") == nearly(arcs_of(first, last))
        transaction.set_rollback(True)


@pytest.mark.long
def test_a_real_course_loads_as_the_same_units_and_arcs(real_data, tmp_path):
    log = read_log(real_data / "ties" / "dlt1_events.csv", now=NOW)
    with transaction.atomic():
        first = load_course("first", log, {"444", "445"}, report=lambda line: None)
    data = "".join(reply_log(network_export(first, "events").replies)).encode()
    coded = read(data, tmp_path, UTC)
    data = "".join(reply_log(network_export(first, "events", names=True).replies)).encode()
    named = read(data, tmp_path, UTC)

    with transaction.atomic():
        second = load_course("second", named, set(), report=lambda line: None)

    assert len(coded) == len(named) == 2443
    assert units_of(second, "p") == units_of(first)
    assert arcs_of(second, first.ends_on, "p") == nearly(arcs_of(first, first.ends_on))


def test_a_reply_whose_day_was_stored_in_another_zone_keeps_its_day(instructor, tmp_path):
    course = make_term(instructor)
    ada, bob = (make_student(course, name) for name in ("Ada", "Bob"))
    comment(bob, factories.make_post(ada, course), 3)  # its time is that of the test

    [reply] = network_export(course, "events").replies

    assert course.day_of(reply.at) == on(3)


def test_replies_and_counts_are_of_the_day(instructor):
    course = make_term(instructor)
    ada, bob = (make_student(course, name) for name in ("Ada", "Bob"))
    post = factories.make_post(ada, course)
    for day in (1, 1, 9):
        comment(bob, post, day)

    export = network_export(course, "zip", as_of=on(5))

    assert len(export.replies) == 2
    assert sum(edge.events for edge in export.network.edges) == 2
    assert export.facts.left_out.later == 1
    assert (export.facts.as_of, export.facts.landmark) == (on(5), course.starts_on)


def test_every_comment_is_in_the_files_or_counted_at_the_reason_why_not(instructor):
    course = make_term(instructor)
    ada, bob, cy = (make_student(course, name) for name in ("Ada", "Bob", "Cy"))
    post, withdrawn = factories.make_post(ada, course), factories.make_post(bob, course)
    comment(bob, post)
    comment(ada, post)
    update(comment(bob, post), deleted_at=timezone.now())
    update(comment(bob, post), state=Comment.State.HIDDEN)
    factories.make_guest_comment(post, state="open")
    comment(cy, withdrawn)
    type(post).objects.filter(pk=withdrawn.pk).update(status="withdrawn")
    ties.rebuild(course)
    remove_member(course.memberships.get(user=cy), by=instructor)

    left_out = asdict(network_export(course, "zip").facts.left_out)

    assert left_out == {
        "to_oneself": 1,
        "by_guests": 1,
        "deleted": 1,
        "hidden_or_waiting": 1,
        "on_unpublished_posts": 1,
        "later": 0,
        "people_who_left": 1,
    }
    # The person who left is no comment, and one comment counts.
    assert sum(left_out.values()) == Comment.objects.filter(post__course=course).count()


def test_statements_are_of_posts_and_comments_that_more_than_one_can_read(instructor):
    course = factories.make_course(instructor=instructor)
    ada, bob = (make_student(course, name) for name in ("Ada", "Bob"))
    at = timezone.now() - timedelta(days=2)
    post = factories.make_post(ada, course, at=at)
    factories.make_post(ada, course, audience=Audience.ONLY_ME)
    first = factories.make_comment(bob, post, at=at + timedelta(hours=1))
    factories.make_comment(ada, post, parent=first, at=at + timedelta(hours=2))
    factories.make_guest_comment(post, state="open")

    statements = network_export(course, "xapi", names=True).statements
    coded = network_export(course, "xapi").statements
    yesterday = network_export(course, "xapi", as_of=course.today() - timedelta(days=9)).statements

    assert [(one.actor, one.verb, one.at) for one in sorted(statements, key=lambda s: s.at)] == [
        (ada.username, "authored", at),
        (bob.username, "commented", at + timedelta(hours=1)),
        (ada.username, "replied", at + timedelta(hours=2)),
    ]
    written, commented, replied = sorted(coded, key=lambda one: one.at)
    assert commented.target == written.id == commented.post
    assert replied.target == commented.id
    assert written.actor == replied.actor != commented.actor
    assert not yesterday


def test_no_code_says_a_number_that_addresses_say(instructor):
    course = factories.make_course(instructor=instructor)
    ada, bob = (make_student(course, name) for name in ("Ada", "Bob"))
    factories.make_comment(bob, factories.make_post(ada, course))

    export = network_export(course, "zip")
    [reply] = export.replies

    assert {reply.source, reply.target} < {node.id for node in export.network.nodes}
    assert [code[0] for code in (reply.id, reply.source, reply.target, reply.thread)] == [*"EPPT"]
    assert {len(code) for code in (reply.id, reply.source, reply.target, reply.thread)} == {13}


@pytest.mark.parametrize("pairs", [1, 3])
def test_an_export_takes_as_many_queries_whatever_its_size(
    instructor, pairs, django_assert_num_queries
):
    course = make_term(instructor)
    for number in range(pairs):
        one, other = (make_student(course, f"{name} {number}") for name in ("One", "Other"))
        comment(one, factories.make_post(other, course))

    with django_assert_num_queries(13):
        export = network_export(course, "zip")

    assert len(export.replies) == pairs
