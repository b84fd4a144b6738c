"""Works of a course: one record per DOI that is shared, and one of each person's own."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from blog.models import Work
from tests import factories

DOI = "10.1086/225469"


@pytest.fixture
def shared(course, ada):
    return factories.make_work(course, doi=DOI, added_by=ada, shared_at=timezone.now())


def test_a_course_has_one_shared_work_per_doi(course, shared, bob):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.make_work(course, doi=DOI, added_by=bob, shared_at=timezone.now())


def test_a_person_has_one_work_of_their_own_per_doi(course, ada):
    factories.make_work(course, doi=DOI, added_by=ada)

    with pytest.raises(IntegrityError), transaction.atomic():
        factories.make_work(course, doi=DOI, added_by=ada)


def test_works_of_their_own_stand_beside_each_other_and_the_shared_one(course, shared, ada, bob):
    own = [factories.make_work(course, doi=DOI, added_by=user) for user in (ada, bob)]

    assert list(course.works.order_by("pk")) == [shared, *own]


def test_another_course_has_a_shared_work_of_its_own(shared, eve):
    elsewhere = eve.memberships.get().course

    assert factories.make_work(elsewhere, doi=DOI, shared_at=timezone.now()).pk


@pytest.mark.parametrize("shared_at", [None, timezone.now()])
def test_any_number_of_works_have_no_doi(course, ada, shared_at):
    for _ in range(2):
        factories.make_work(course, doi="", added_by=ada, shared_at=shared_at)

    assert course.works.count() == 2


@pytest.mark.parametrize(
    ("label", "title", "line"),
    [
        ("Quill, 2020", "Small <i>rooms</i>", "Quill, 2020. Small rooms"),
        ("Quill, n.d.", "Small rooms", "Quill, n.d. Small rooms"),
        ("“Who Reads?”, n.d.", "Who reads?", "“Who Reads?”, n.d. Who reads?"),
        ("Quill, 2020", "", "Quill, 2020."),
    ],
)
def test_a_label_and_a_title_have_one_full_stop_between_them(label, title, line):
    assert Work(label=label, csl={"title": title}).label_with_title == line
