"""The people of a course as OPML: one feed each, at the reader's secret address."""

from xml.etree import ElementTree

import pytest
from django.urls import reverse

from blog.models import FeedAddress
from tests import factories

SITE = "http://127.0.0.1:8000"
ADDRESS = "/c/networks/people.opml"


def outlines(client):
    """Return the outlines in the one folder of the file, which is valid OPML 2.0."""
    answer = client.get(ADDRESS)
    assert answer["Content-Type"] == "text/x-opml; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="networks-people.opml"'
    assert answer["Cache-Control"] == "private, no-store"
    opml = ElementTree.fromstring(answer.content)
    assert (opml.tag, opml.attrib) == ("opml", {"version": "2.0"})
    assert [child.tag for child in opml] == ["head", "body"]
    [folder] = opml.find("body")
    assert all(one.get("text") for one in opml.iter("outline"))  # what the standard requires
    return [one.attrib for one in folder]


@pytest.fixture
def signed_in(client, ada):
    client.force_login(ada)
    return client


def test_each_person_has_the_feed_that_opens_without_a_session(signed_in, ada, bob):
    FeedAddress.objects.create(user=ada, posts_token="secret")

    found = outlines(signed_in)

    assert found == [
        {
            "type": "rss",
            "text": name,
            "title": name,
            "xmlUrl": f"{SITE}/feeds/secret/networks/people/{person.username}.atom",
            "htmlUrl": f"{SITE}/c/networks/people/{person.username}/",
        }
        for name, person in (("Ada Student", ada), ("Bob Student", bob))
    ]
    signed_in.logout()
    assert [signed_in.get(one["xmlUrl"]).status_code for one in found] == [200, 200]


def test_without_a_secret_address_feeds_are_for_who_signed_in(signed_in, ada):
    [own] = outlines(signed_in)

    assert own["xmlUrl"] == f"{SITE}/c/networks/people/{ada.username}/feed.atom"
    assert signed_in.get(own["xmlUrl"]).status_code == 200


def test_teachers_are_there_once_they_have_written(signed_in, instructor, course):
    assert [one["text"] for one in outlines(signed_in)] == ["Ada Student"]
    factories.make_post(instructor, course)

    assert [one["text"] for one in outlines(signed_in)] == ["Ines Instructor", "Ada Student"]


def test_names_are_those_that_the_reader_knows_and_hold_what_xml_can(signed_in, course):
    withheld = factories.make_user("Cyn Student")
    factories.add_member(course, withheld, is_confidential=True)
    factories.add_member(course, factories.make_user("A \ufffe<&“\x0b"))

    names = {one["text"] for one in outlines(signed_in)}

    assert names == {"Ada Student", withheld.neutral_name, "A <&“"}


def test_it_costs_the_same_at_one_person_and_at_three(signed_in, course, django_assert_num_queries):
    for _ in range(2):
        # Session, person, memberships; people, their last posts, the address.
        with django_assert_num_queries(5):
            signed_in.get(reverse("people_opml", args=[course.slug]))
        for _ in range(2):
            factories.add_member(course, factories.make_user())
