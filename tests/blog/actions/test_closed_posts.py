"""A post that was cited, and then withdrawn or narrowed: nobody publishes its title."""

import pytest
from django.urls import reverse

from blog.actions.post_states import delete_post, restore_post, withdraw_post
from blog.actions.posts import publish_post, republish_post
from blog.actions.references import add_reference, cite_post
from blog.actions.revisions import restore_revision
from blog.exceptions import Refused
from blog.models import Audience, Post, Revision, Work
from tests import factories

HIDDEN = ["withdrawn", "deleted", "only me", "teaching team"]
CLOSED = "cites a post that the whole course cannot read any more: @key"


def publish(post, text, audience=Audience.COURSE):
    post.refresh_from_db()
    return publish_post(post, by=post.author, title=post.title, text=text, audience=audience)


def hide(post, way):
    post.refresh_from_db()
    if way == "withdrawn":
        withdraw_post(post, by=post.author)
    elif way == "deleted":
        delete_post(post, by=post.author)
    else:
        audience = Audience.ONLY_ME if way == "only me" else Audience.INSTRUCTORS
        publish(post, post.revision.text, audience)


@pytest.fixture
def hers(ada, course):
    return factories.make_post(ada, course, "A title she takes back")


@pytest.fixture
def his(hers, bob, course):
    """Return Bob's draft, which cites Ada's post."""
    post = factories.make_draft_post(bob, course, "His", text="So [@key].")
    reference = cite_post(hers, by=bob, onto=post, url="https://example.edu/hers")
    reference.key = "key"
    reference.save()
    return post


@pytest.mark.parametrize("audience", [Audience.INSTRUCTORS, Audience.COURSE])
@pytest.mark.parametrize("way", HIDDEN)
def test_a_post_that_cites_a_hidden_one_is_not_published(hers, his, way, audience):
    hide(hers, way)

    with pytest.raises(Refused, match=CLOSED):
        publish(his, "So [@key].", audience)

    assert not Revision.objects.filter(post=his).exists()
    publish(his, "So.", audience)


def test_the_writer_reads_which_reference_to_remove(client, hers, his, bob, course):
    hide(hers, "withdrawn")
    client.force_login(bob)

    response = client.post(
        reverse("post_publish", args=[course.slug, his.slug]),
        {"title": "His", "text": "So [@key].", "audience": Audience.COURSE, "confirm": "1"},
    )

    assert response.status_code == 422
    assert "Remove the citation from your text and the reference" in response.content.decode()


def test_for_oneself_alone_it_tells_nobody(hers, his):
    hide(hers, "withdrawn")

    publish(his, "So [@key].", Audience.ONLY_ME)

    with pytest.raises(Refused, match=CLOSED):
        publish(his, "So [@key].", Audience.COURSE)


def test_what_the_course_reads_already_can_be_corrected(hers, his):
    publish(his, "So [@key].")
    hide(hers, "withdrawn")

    publish(his, "So it is [@key].")

    assert Revision.objects.filter(post=his).count() == 2


def test_a_withdrawn_post_that_cites_it_stays_withdrawn(hers, his, bob):
    publish(his, "So [@key].")
    hide(hers, "only me")
    hide(his, "withdrawn")

    with pytest.raises(Refused, match=CLOSED):
        republish_post(his, by=bob)


def test_nobody_else_takes_it_from_the_list(hers, his, course):
    publish(his, "So [@key].")
    hide(hers, "only me")
    cyn = factories.make_user("Cyn")
    factories.add_member(course, cyn)
    draft = factories.make_draft_post(cyn, course)

    with pytest.raises(Refused, match="only cite a post that the whole course can read"):
        add_reference(draft, Work.objects.get(post=hers), by=cyn)


def test_an_earlier_version_comes_back_without_it(hers, his, bob):
    revision = publish(his, "So [@key].")
    publish(his, "So.")
    his.references.all().delete()
    hide(hers, "withdrawn")

    restore_revision(revision, by=bob)

    assert (his.drafts.current().get().text, his.references.count()) == ("So [@key].", 0)
    assert Work.objects.count() == 1


def test_a_deleted_post_that_cites_it_comes_back_for_its_author_alone(
    client, hers, his, ada, bob, instructor, course
):
    publish(his, "So [@key].", Audience.COURSE)
    hide(his, "deleted")
    hide(hers, "only me")
    client.force_login(bob)

    page = client.post(reverse("post_restore", args=[course.slug, his.slug]), follow=True)

    his.refresh_from_db()
    assert (his.deleted_at, his.audience, his.is_published) == (None, Audience.ONLY_ME, True)
    assert "only you can see the post now" in page.content.decode()
    for reader in (ada, instructor):
        assert not Post.objects.filter(pk=his.pk).visible_to(reader).exists()
    publish(his, "So.")


@pytest.mark.parametrize("is_withdrawn", [False, True])
@pytest.mark.parametrize("audience", [Audience.INSTRUCTORS, Audience.POD, Audience.COURSE])
@pytest.mark.parametrize("way", HIDDEN)
def test_no_audience_learns_of_it_from_a_restored_post(
    hers, his, bob, instructor, course, way, audience, is_withdrawn
):
    factories.make_pod(course, "Alder", bob)
    publish(his, "So [@key].", audience)
    if is_withdrawn:
        hide(his, "withdrawn")
    hide(his, "deleted")
    hide(hers, way)
    his.refresh_from_db()

    assert not restore_post(his, by=bob)

    his.refresh_from_db()
    assert (his.audience, his.pod, his.is_withdrawn) == (Audience.ONLY_ME, None, is_withdrawn)
    assert not Post.objects.filter(pk=his.pk).visible_to(instructor).exists()


@pytest.mark.parametrize("way", HIDDEN)
def test_what_is_only_in_the_list_narrows_no_restored_post(hers, his, bob, way):
    publish(his, "So.")
    hide(his, "deleted")
    hide(hers, way)
    his.refresh_from_db()

    assert restore_post(his, by=bob)
    assert his.audience == Audience.COURSE
