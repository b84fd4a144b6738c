"""Keys of another course, in an address or in a form, lead nowhere."""

from copy import deepcopy

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Grading
from network.models import Follow
from tests import factories
from tests.security.support import (
    KEYED,
    address_of,
    choices,
    grading_form,
    keys_of,
    make_course_of,
    part_to_swap,
    prompt_form,
)
from tests.written import kept, snapshot


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker):
    """Yield somebody who may do everything in two courses with different numbers of a prompt."""
    with kept(django_db_blocker):
        root = factories.make_user("Rosa Root", is_staff=True, is_superuser=True)
        here, there = make_course_of(root, "here"), make_course_of(root, "there")
        there["prompt"].number = 7
        there["prompt"].save()
        yield root, here, there


@pytest.fixture
def copies(planted, db):
    """Return copies, since no database takes back the changes of a test in an object."""
    return deepcopy(planted)


@pytest.fixture
def root(copies):
    return copies[0]


@pytest.fixture
def two_courses(copies):
    return copies[1:]


@pytest.mark.figure
@pytest.mark.parametrize("name", KEYED)
def test_key_of_another_course_does_not_exist_here(client, root, two_courses, figure, name):
    here, there = two_courses
    part = part_to_swap(name)
    part = name.split("_")[0] if part == "pk" else part
    keys, others = keys_of(here), keys_of(there)
    if name == "comment_use_change":  # for whoever wrote a comment that a version uses
        for rows, of in ((here, keys), (there, others)):
            factories.make_comment_use(rows["own"], factories.publish_again(rows["post"]))
            of["comment"] = rows["own"].pk
    if name == "tie_page":  # for whoever has a tie
        for rows in (here, there):
            Follow.objects.create(course=rows["course"], follower=root, followed=rows["student"])
    own = address_of(name, keys)
    swapped = address_of(name, keys | {part: others[part]})
    reader = root
    if name == "feedback_reply":  # for whoever has feedback, not for the teaching team
        reader = here["student"]
        now = timezone.now()
        Grading.objects.filter(student=reader).update(released_at=now, of_record=True)
    if name == "grading_release_back":  # of a moment, or of nothing
        own, swapped = (f"{address}?released_at=2026-09-01T12:00Z" for address in (own, swapped))
    client.force_login(reader)
    before = snapshot()

    statuses = {client.get(swapped).status_code, client.post(swapped).status_code}

    assert client.get(own).status_code != 404
    assert snapshot() == before
    # Where the post is another's alone, nothing is looked up: the key here is refused alike.
    refused = {404} if client.post(own).status_code != 403 else {403}
    led_on = {302} if name in ("draft_compare", "draft_restore") else {404}
    assert statuses - {405} in (led_on, refused)
    figure(
        "A key of another course in an address leads nowhere",
        "{addresses} addresses, {requests} requests",
        addresses=1,
        requests=2,
    )


@pytest.mark.parametrize("name", ["reference_edit", "reference_remove"])
def test_reference_of_another_post_is_not_found_here(client, course, ada, name):
    mine = factories.make_post(ada, course, "Mine")
    other = factories.make_post(ada, course, "Other")
    reference = factories.make_reference(other)
    client.force_login(ada)
    before = snapshot()

    answer = client.post(reverse(name, args=[course.slug, mine.slug, reference.key]))

    assert answer.url == reverse("post_edit", args=[course.slug, mine.slug])
    assert snapshot() == before


FOREIGN_CHOICES = {
    "comment_new": lambda there: choices(text="Hello", audience=30, parent=there["comment"].pk),
    "comment_addressee": lambda there: {"addressee": there["student"].pk},
    "member_edit": lambda there: {
        "role": "student",
        "pod": there["pod"].pk,
        "section": there["section"].pk,
    },
    "pod_edit": lambda there: {
        "name": "Pod 1",
        "members": [there["course"].memberships.get(user=there["student"]).pk],
    },
    "post_new": lambda there: choices(
        title="T", text="T", audience=30, prompt=there["prompt"].number, action="save"
    ),
    "prompt_edit": lambda there: prompt_form(rubric=there["rubric"].pk),
    "prompt_new": lambda there: prompt_form(required_works=[there["work"].pk]),
}


@pytest.mark.parametrize("name", FOREIGN_CHOICES)
def test_choice_of_another_course_is_no_choice_here(client, root, two_courses, name):
    here, there = two_courses
    client.force_login(root)
    before = snapshot()

    answer = client.post(address_of(name, keys_of(here)), FOREIGN_CHOICES[name](there))

    assert answer.status_code in (200, 403, 422)
    assert snapshot() == before


def test_revision_of_another_post_is_not_what_was_read(client, root, two_courses):
    here, there = two_courses
    Grading.objects.all().delete()
    client.force_login(root)

    client.post(
        address_of("grading_student", keys_of(here)),
        grading_form() | {"revision": there["post"].revision_id},
    )

    assert Grading.objects.get().revision == here["post"].revision
