"""Pages as programs read them that know microformats: h-entry, h-cite and h-card (mf2)."""

from datetime import UTC, datetime

import mf2py
import pytest
from django.urls import reverse

from blog.actions.comments import add_comment
from blog.actions.drafts import start_post
from blog.actions.posts import publish_post
from blog.models import Audience, Comment, Revision
from blog.text.passages import Selection
from tests import factories

SITE = "http://testserver"
AT = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)


def parse(client, path):
    """Return what a parser finds on a page, addresses made whole."""
    return mf2py.parse(client.get(path).content.decode(), url=f"{SITE}{path}")


def items(client, path, kind):
    return [item for item in parse(client, path)["items"] if kind in item["type"]]


def card(person, name=None):
    return {
        "name": [name or person.display_name],
        "url": [f"{SITE}/c/networks/people/{person.username}/"],
    }


@pytest.fixture
def post(ada, course, prompt):
    return factories.make_post(
        ada, course, "Of ties", "Weak ties bring news.", at=AT, slug="of-ties", prompt=prompt
    )


def test_page_of_a_post_is_an_entry_with_its_comments(client, ada, bob, post, prompt):
    comment = factories.make_comment(bob, post, "News of what?", at=AT)
    guest = factories.make_comment(
        None, post, "Of jobs.", guest_name="Gus", addressee=ada, at=AT, tied=False
    )
    client.force_login(bob)

    [entry] = items(client, post.get_absolute_url(), "h-entry")

    found = entry["properties"]
    address = f"{SITE}/c/networks/posts/of-ties/"
    assert found["name"] == ["Of ties"]
    assert found["url"] == found["uid"] == [address]
    assert found["published"] == ["2026-10-05T09:30+0000"]
    assert found["category"] == [prompt.title]
    assert [author["properties"] for author in found["author"]] == [card(ada)]
    assert [content["value"] for content in found["content"]] == ["Weak ties bring news."]
    cites = [cite["properties"] for cite in found["comment"]]
    assert [cite["type"] for cite in found["comment"]] == [["h-cite"]] * 2
    assert [cite["author"][0]["properties"] for cite in cites] == [card(bob), {"name": ["Gus"]}]
    assert [cite["content"][0]["value"] for cite in cites] == ["News of what?", "Of jobs."]
    assert [cite["published"] for cite in cites] == [["2026-10-05T09:30+0000"]] * 2
    assert [cite["url"] for cite in cites] == [
        [f"{SITE}{reverse('comment_page', args=[post.course.slug, one.pk])}"]
        for one in (comment, guest)
    ]


def test_content_of_a_post_is_its_text_without_the_comments_on_passages(client, ada, bob, course):
    text = "Weak ties bring news.\n\nStrong ones bring *soup*."
    post = start_post(course, by=ada)
    publish_post(post, by=ada, title="Of ties", text=text, audience=Audience.COURSE)
    for paragraph, words in ((1, "news"), (2, "soup"), (2, "")):
        selection = Selection(1, words=words, paragraph=paragraph)
        add_comment(post, by=bob, text="Really?", selection=selection)
    client.force_login(bob)

    [entry] = items(client, post.get_absolute_url(), "h-entry")

    values = [content["value"] for content in entry["properties"]["content"]]
    assert [value.split() for value in values] == [text.replace("*", "").split()]


def test_public_page_is_an_entry_by_public_names(client, ada, bob, course):
    public = factories.make_post(
        ada, course, "Out there", "Hello.", at=AT, slug="out", audience=Audience.PUBLIC
    )
    everyone = Comment.Audience.EVERYONE
    comment = factories.make_comment(bob, public, "Hello back.", at=AT, audience=everyone)
    path = reverse("post_public", args=[public.pk, "out"])

    [entry] = items(client, path, "h-entry")

    found = entry["properties"]
    assert found["name"] == ["Out there"]
    assert found["url"] == found["uid"] == [f"{SITE}{path}"]
    assert found["published"] == ["2026-10-05"]
    assert [author["properties"] for author in found["author"]] == [{"name": ["A student"]}]
    assert [content["value"] for content in found["content"]] == ["Hello."]
    [cite] = [cite["properties"] for cite in found["comment"]]
    assert cite["author"][0]["properties"] == {"name": ["A student"]}
    assert cite["url"] == [f"{SITE}{path}#c{comment.pk}"]
    assert cite["content"][0]["value"] == "Hello back."


def test_a_list_of_posts_is_a_feed(client, ada, bob, course, post):
    client.force_login(bob)

    [feed] = items(client, reverse("post_list", args=[course.slug]), "h-feed")

    [entry] = feed["children"]
    found = entry["properties"]
    assert entry["type"] == ["h-entry"]
    assert found["name"] == ["Of ties"]
    assert found["url"] == [f"{SITE}/c/networks/posts/of-ties/"]
    assert found["published"] == ["2026-10-05"]
    assert found["summary"] == ["Weak ties bring news."]
    assert [author["properties"] for author in found["author"]] == [card(ada)]


def test_page_of_a_person_is_a_card_with_a_feed(client, ada, bob, course, post):
    ada.about = "I read\nslowly."
    ada.save()
    client.force_login(bob)
    path = reverse("person_page", args=[course.slug, ada.username])

    [found] = items(client, path, "h-card")
    [feed] = items(client, path, "h-feed")

    properties = found["properties"]
    assert properties["name"] == ["Ada Student"]
    assert properties["url"] == properties["uid"] == [f"{SITE}{path}"]
    assert properties["note"] == ["I read\nslowly."]
    assert [entry["properties"]["name"] for entry in feed["children"]] == [["Of ties"]]


def test_people_are_cards_under_the_names_that_their_reader_knows(client, ada, bob, course):
    withheld = factories.make_user("Cyn Student")
    factories.add_member(course, withheld, is_confidential=True)
    client.force_login(bob)

    found = [
        {name: one["properties"][name] for name in ("name", "url")}
        for one in items(client, reverse("person_list", args=[course.slug]), "h-card")
    ]

    people = [card(ada), card(bob), card(withheld, withheld.neutral_name)]
    assert all(one in found for one in people)


def test_pages_say_where_their_feeds_are(client, bob, course, post):
    client.force_login(bob)

    relations = parse(client, post.get_absolute_url())["rel-urls"]

    address = f"{SITE}/c/networks/posts/of-ties/comments.atom"
    assert relations[address]["rels"] == ["alternate"]
    assert relations[address]["type"] == "application/atom+xml"


def test_a_content_note_is_the_summary_of_what_is_behind_it(client, bob, post):
    Revision.objects.update(content_note="about loss")
    comment = factories.make_comment(bob, post, "The words.")
    Comment.objects.filter(pk=comment.pk).update(content_note="about grief")
    client.force_login(bob)

    [entry] = items(client, post.get_absolute_url(), "h-entry")

    assert entry["properties"]["summary"] == ["Content note: about loss"]
    [cite] = entry["properties"]["comment"]
    assert cite["properties"]["summary"] == ["Content note: about grief"]
