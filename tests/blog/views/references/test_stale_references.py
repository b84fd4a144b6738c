"""References that somebody else saved meanwhile, in the class bibliography or from a post."""

import pytest

from blog.actions import references, works
from blog.models import Reference, Work
from tests import factories
from tests.blog.views.test_stale_forms import opened, save, work_place
from tests.submitted import fields_of


@pytest.fixture
def teacher(client, instructor):
    client.force_login(instructor)
    return client


def test_a_stale_reference_does_not_change_its_key_either(teacher, course, instructor):
    place = work_place("reference", course, instructor)
    first, second = opened(teacher, place), opened(teacher, place)
    save(teacher, place, first, title="Saved by A")

    response = save(teacher, place, second, title="Typed by B", citation_key="other")

    assert response.status_code == 409
    assert 'value="other"' in response.content.decode()
    assert Reference.objects.get().key == "granovetter1973"


def test_a_wrong_key_beside_a_choice_is_said_and_keeps_both(teacher, course, instructor):
    place = work_place("reference", course, instructor)
    first, second = opened(teacher, place), opened(teacher, place)
    save(teacher, place, first, title="Saved by A")

    response = save(teacher, place, second, volume="80", citation_key="two words")

    page = response.content.decode()
    assert response.status_code == 409
    assert "Saved by A" in page
    assert "Use letters and digits" in page
    assert place.value("title") == "Saved by A"


def test_a_saved_value_that_the_form_does_not_take_is_said_at_its_field(
    teacher, course, instructor
):
    place = work_place("work", course, instructor)
    page = opened(teacher, place)
    Work.objects.update(csl=factories.ARTICLE | {"URL": "no address"}, version=2)
    shown = save(teacher, place, page, url="https://example.org/")

    chosen = fields_of(shown, "title") | {"keep-url": "stored"}
    refused = save(teacher, place, chosen)

    assert refused.status_code == 422
    assert refused.context["form"].errors == {"url": ["Enter a valid URL."]}


def test_fields_that_the_form_of_a_work_does_not_have_stay_as_saved(teacher, course, instructor):
    place = work_place("work", course, instructor)
    page = opened(teacher, place)
    Work.objects.update(csl=factories.ARTICLE | {"ISSN": "0002-9602"}, version=2)

    assert save(teacher, place, page, volume="80").status_code == 409
    again = fields_of(save(teacher, place, page, volume="80"), "title")
    assert save(teacher, place, again).status_code == 302

    assert (place.value("ISSN"), place.value("volume")) == ("0002-9602", "80")


@pytest.mark.parametrize(
    ("page", "action"),
    [("work", "works.change_work"), ("reference", "reference.change_reference")],
)
def test_a_correction_that_loses_the_race_after_its_check_shows_both(
    teacher, course, instructor, monkeypatch, page, action
):
    place = work_place(page, course, instructor)
    sent = opened(teacher, place)
    change = works.change_work if page == "work" else references.change_reference

    def change_late(*args, **kwargs):
        rows = Work.objects.filter(version=1)
        rows.update(csl=factories.ARTICLE | {"title": "Saved by A"}, version=2)
        return change(*args, **kwargs)

    monkeypatch.setattr(f"blog.views.references.{action}", change_late)

    response = save(teacher, place, sent, title="Typed by B")

    assert response.status_code == 409
    assert "Typed by B" in response.content.decode()
    assert place.value("title") == "Saved by A"


def test_sharing_a_work_meanwhile_is_no_conflict_and_is_not_undone(course, instructor):
    work = factories.make_work(course, added_by=instructor)
    works.share_works([Work.objects.get(pk=work.pk)], by=instructor)

    works.change_work(work, factories.ARTICLE | {"title": "Ties"}, by=instructor)

    assert Work.objects.get(pk=work.pk).is_shared
