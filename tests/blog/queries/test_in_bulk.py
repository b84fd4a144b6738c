"""Rows by their keys: in their order, each once, and nobody for None."""

from blog.models.people import UNPRINTED_FIELDS
from blog.queries.in_bulk import people_by_key, works_by_key
from tests import factories


def test_works_come_in_the_order_of_their_keys(course, django_assert_num_queries):
    works = [
        factories.make_work(course, factories.ARTICLE | {"DOI": f"10.1086/{n}"}) for n in range(3)
    ]
    first, second, third = (work.pk for work in works)

    with django_assert_num_queries(1):
        found = works_by_key([third, None, first, third, -1, second])

    assert list(found) == [third, first, second]
    assert list(found.values()) == [works[2], works[0], works[1]]


def test_people_come_with_what_lists_print(ada, bob, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = people_by_key([bob.pk, ada.pk, None, bob.pk])
        assert {person.display_name for person in found.values()} == {"Ada Student", "Bob Student"}

    assert found == {ada.pk: ada, bob.pk: bob}
    assert found[ada.pk].get_deferred_fields() == set(UNPRINTED_FIELDS)


def test_no_keys_are_no_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert (works_by_key([None]), people_by_key([])) == ({}, {})
