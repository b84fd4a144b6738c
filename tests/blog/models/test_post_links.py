"""Links between posts, as publishing stores them."""

import pytest
from django.db import IntegrityError, transaction

from blog.actions.post_states import delete_post, restore_post, withdraw_post
from blog.actions.posts import publish_post, republish_post
from blog.models import Audience, PostLink
from tests import factories


@pytest.fixture
def cited(bob, course):
    return factories.make_post(bob, course, "Of ties")


@pytest.fixture
def post(ada, course):
    return factories.make_draft_post(ada, course)


@pytest.fixture
def publish(ada, post):
    def publish_with(text):
        publish_post(post, by=ada, title="Mine", text=text, audience=Audience.COURSE)
        return linked()

    return publish_with


def linked():
    return list(PostLink.objects.order_by("linked").values_list("linked", flat=True))


def test_a_published_text_keeps_its_links_up_to_date(publish, bob, course, cited):
    other = factories.make_post(bob, course, "Another")

    assert publish(f"See [Bob]({cited.get_absolute_url()}).") == [cited.pk]
    both = f"See [Bob]({cited.get_absolute_url()}#p1) [and](/p/{other.pk}/)."
    assert publish(both) == [cited.pk, other.pk]
    assert publish(f"See [him](/p/{other.pk}/{other.slug}/).") == [other.pk]
    assert publish("See nobody.") == []


def test_a_bare_address_of_this_site_is_a_link(publish, settings, cited):
    settings.SITE_URL = "https://pln.example.edu"

    assert publish(f"See https://pln.example.edu{cited.get_absolute_url()}") == [cited.pk]
    assert publish(f"See https://blog.example.edu{cited.get_absolute_url()}") == []


def test_a_post_of_another_course_and_the_post_itself_are_no_links(publish, ada, cited):
    there = factories.make_course("there")
    factories.add_member(there, ada)
    far = factories.make_post(ada, there, slug="far")
    publish("Words.")

    text = f"[a](/p/{far.pk}/) [b]({far.get_absolute_url()}) [c](/c/networks/posts/mine/)"

    assert publish(text) == []


def test_links_outlive_withdrawal_and_deletion_of_either_post(publish, ada, bob, post, cited):
    publish(f"See [Bob]({cited.get_absolute_url()}).")

    withdraw_post(post, by=ada)
    republish_post(post, by=ada)
    delete_post(cited, by=bob)
    restore_post(cited, by=bob)

    assert linked() == [cited.pk]


def test_a_draft_links_to_nothing(ada, course, cited):
    factories.make_draft_post(ada, course, text=f"See [Bob]({cited.get_absolute_url()}).")

    assert linked() == []


def test_the_database_keeps_one_link_and_none_to_itself(ada, course, cited):
    post = factories.make_post(ada, course)
    PostLink.objects.create(post=post, linked=cited)

    for pair in ({"post": post, "linked": cited}, {"post": post, "linked": post}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PostLink.objects.create(**pair)
