import pytest

from blog.models import Section
from tests import factories
from tests.submitted import fields_of

PAGE = "/c/networks/settings/sections/"


@pytest.mark.parametrize("sections", [1, 3])
def test_section_list_query_count(client, course, instructor, sections, django_assert_num_queries):
    for _n in range(sections):
        factories.make_section(course)
    client.force_login(instructor)

    # session, user with memberships; sections with the number of their members
    with django_assert_num_queries(3):
        client.get(PAGE)


def test_section_is_created_once_renamed_and_deleted(client, course, ada, instructor):
    client.force_login(instructor)
    form = fields_of(client.get(PAGE), "name") | {"name": "A01"}
    for _twice in range(2):
        client.post(PAGE, form)
    section = Section.objects.get()
    ada.memberships.update(section=section)

    client.post(f"{PAGE}{section.pk}/", {"name": "A02"})
    section.refresh_from_db()
    assert section.name == "A02"

    client.post(f"{PAGE}{section.pk}/delete/")
    assert not Section.objects.exists()
    assert ada.memberships.get().section is None


def test_taken_name_is_an_error_at_the_field(client, course, instructor):
    section = factories.make_section(course, "A01")
    factories.make_section(course, "B02")
    client.force_login(instructor)

    answer = client.post(f"{PAGE}{section.pk}/", {"name": "B02"})

    assert answer.status_code == 422
    assert "This course already has a section with this name." in answer.content.decode()
    section.refresh_from_db()
    assert section.name == "A01"
