"""Effects of another half-life: counts of the whole class, and the model's answer then."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from network import ties
from network.models import TieClock
from network.queries.clock_preview import preview_half_lives
from network.ties import TieClass
from tests import factories


@pytest.fixture
def talk(course, ada, bob, instructor):
    """Let Ada and Bob write to each other over weeks, Cyn once, and the instructor to Ada."""
    cyn = factories.make_user("Cyn Student")
    factories.add_member(course, cyn)
    course.starts_on -= timedelta(days=60)
    course.save()
    for days, one, other in [
        *((n, ada, bob) for n in (40, 22, 12)),
        *((n, bob, ada) for n in (35, 20, 11)),
        (10, cyn, ada),
        (5, instructor, ada),
    ]:
        at = timezone.now() - timedelta(days=days)
        factories.make_comment(one, factories.make_post(other, course, at=at), at=at)


def counted(preview):
    return preview.strong, preview.weak, preview.very_weak


def test_preview_says_what_the_model_says_after_the_change(course, talk):
    previews = preview_half_lives(course)

    assert [one.half_life for one in previews] == [7, 14, 28]
    assert [one.is_chosen for one in previews] == [False, True, False]
    staff = {m.user_id for m in course.memberships.all() if not m.is_student}
    for preview in previews:
        ties.set_half_life(course, preview.half_life)
        classes = Counter(
            pair.tie_class for pair in ties.pairs_of(course) if not {pair[0], pair[1]} & staff
        )
        assert counted(preview) == (
            classes[TieClass.STRONG],
            classes[TieClass.WEAK],
            classes[TieClass.VERY_WEAK],
        )
    assert counted(previews[0]) != counted(previews[2])


def test_page_changes_the_half_life_for_instructors(client, course, ada, bob, instructor, talk):
    path = f"/c/{course.slug}/settings/ties/"
    client.force_login(ada)
    assert client.get(path).status_code == 403
    client.force_login(instructor)

    page = client.get(path).content.decode()
    saved = client.post(path, {"half_life": "28"}, follow=True).content.decode()

    assert "half as much every two weeks" in page
    assert "All ties of the course are recalculated." in saved
    assert TieClock.objects.get(course=course).half_life == 28
    assert ties.check(course) == []


@pytest.mark.parametrize("sent", ["", "13", "x"])
def test_bad_half_life_changes_nothing(client, course, instructor, sent):
    client.force_login(instructor)

    answer = client.post(f"/c/{course.slug}/settings/ties/", {"half_life": sent})

    assert answer.status_code == 422
    assert ties.clock_of(course).half_life == 14


@pytest.mark.parametrize("pairs", [1, 3])
def test_query_count(client, course, ada, instructor, pairs, django_assert_num_queries):
    for _n in range(pairs):
        peer = factories.make_user()
        factories.add_member(course, peer)
        factories.make_comment(peer, factories.make_post(ada, course))
    client.force_login(instructor)

    # session, user with memberships; clock twice, students, units
    with django_assert_num_queries(6):
        client.get(f"/c/{course.slug}/settings/ties/")
