"""Comments on passages through their pages: without scripts, and as a script sends them."""

import json
import re
import uuid

import pytest
from django.urls import reverse

from blog.actions.comments import add_comment, delete_comment, hide_comment
from blog.actions.drafts import start_post
from blog.actions.posts import publish_post
from blog.models import Audience, Comment, Draft, Passage
from blog.text.passages import Selection
from tests import factories
from tests.submitted import fields_of

READERS, EVERYONE = Comment.Audience.READERS, Comment.Audience.EVERYONE
TEXT = "Weak ties carry *news*.\n\nNobody crosses <them> twice."
MARK = re.compile(r'<mark class="passage"([^>]*)>(.*?)</mark>')
HIDDEN_FIELDS = re.compile(r"data-passage\s[^>]*\shidden>")
QUOTED = re.compile(r'<blockquote class="quoted" dir="auto">\s*(.*?)\s*</blockquote>')


def publish(post, text=TEXT, audience=Audience.COURSE):
    publish_post(post, by=post.author, title="Ties", text=text, audience=audience)
    return post


@pytest.fixture
def post(ada, course):
    return publish(start_post(course, by=ada))


def comment_on(post, by, words="carry news", *, text="A thought.", **fields):
    selection = Selection(post.revision.number, words)
    return add_comment(post, by=by, text=text, selection=selection, **fields)


def new_address(post):
    return reverse("comment_new", args=[post.course.slug, post.slug])


def page_of(client, user, post, query=""):
    return read(client, user, post, query).content.decode()


def read(client, user, post, query=""):
    client.force_login(user)
    return client.get(f"{post.get_absolute_url()}{query}")


def form_of(response):
    return fields_of(response, "passage")


def said(passage=None, quotation="", **fields):
    return {
        "text": "I see.",
        "audience": READERS,
        "key": str(uuid.uuid4()),
        "quotation": quotation,
        "passage": json.dumps(passage) if passage else "",
    } | fields


def quotations(html):
    return QUOTED.findall(html)


# The form, without scripts


def test_the_number_of_a_paragraph_leads_to_the_form_for_it(client, post, bob):
    link = re.search(
        r'href="(\?on=2)#say" aria-label="Comment on paragraph 2"', page_of(client, bob, post)
    )

    response = read(client, bob, post, link[1])

    html = response.content.decode()
    assert "The words in paragraph 2 that you comment on" in html
    assert not HIDDEN_FIELDS.search(html)
    fields = form_of(response)
    assert json.loads(fields["passage"]) == {"revision": 1, "paragraph": 2}
    client.post(new_address(post), fields | {"text": "I see."})
    assert Passage.objects.get().exact == "Nobody crosses <them> twice."


def test_words_can_be_typed_into_it(client, post, bob):
    fields = form_of(read(client, bob, post, "?on=2"))

    client.post(new_address(post), fields | {"text": "I see.", "quotation": "nobody  CROSSES"})

    assert Passage.objects.get().exact == "Nobody crosses"


def test_words_that_are_not_there_come_back_with_the_text(client, post, bob):
    fields = form_of(read(client, bob, post, "?on=2"))

    response = client.post(
        new_address(post), fields | {"text": "Words of mine.", "quotation": "Weak ties"}
    )

    html = response.content.decode()
    again = form_of(response)
    assert response.status_code == 422
    assert "These words are not in paragraph 2." in html
    assert (again["text"], again["quotation"]) == ("Words of mine.", "Weak ties")
    assert json.loads(again["passage"])["paragraph"] == 2
    assert not Comment.objects.exists()


def test_a_comment_can_be_on_the_whole_post_after_all(client, post, bob):
    fields = form_of(read(client, bob, post, "?on=2"))

    client.post(new_address(post), fields | {"text": "I see.", "whole_post": "on"})

    assert Comment.objects.get().text == "I see."
    assert not Passage.objects.exists()


@pytest.mark.parametrize("number", ["0", "3", "x", "1" * 30, "-1"])
def test_a_paragraph_that_is_not_there_opens_the_usual_form(client, post, bob, number):
    response = read(client, bob, post, f"?on={number}")

    assert HIDDEN_FIELDS.search(response.content.decode())
    assert form_of(response)["passage"] == ""


def test_who_cannot_comment_gets_no_links(client, post, observer):
    assert "on-paragraph" not in page_of(client, observer, post)


# What a script sends


def test_a_selection_is_kept_once_however_often_it_arrives(client, post, bob):
    client.force_login(bob)
    passage = {"revision": 1, "paragraph": 1, "prefix": "Weak ties", "suffix": "."}
    sent = said(passage | {"signs_before": 8}, "carry news")

    responses = [client.post(new_address(post), sent) for _again in range(2)]

    assert [response.status_code for response in responses] == [302, 302]
    assert Passage.objects.get().exact == "carry news"


@pytest.mark.parametrize(
    "passage",
    [
        "no json",
        "[1]",
        "{}",
        '{"revision": "1", "paragraph": 1}',
        '{"revision": true, "paragraph": 1}',
        '{"revision": 1, "paragraph": -1}',
        '{"revision": 1, "paragraph": 1e3}',
        '{"revision": ' + "9" * 4000 + "}",
        "[" * 4000,
    ],
)
def test_what_has_no_meaning_is_no_passage(client, post, bob, passage):
    client.force_login(bob)

    response = client.post(new_address(post), said(passage=None) | {"passage": passage})

    assert response.status_code == 302
    assert not Passage.objects.exists()


def test_signs_that_no_database_stores_are_left_out(client, post, bob):
    client.force_login(bob)
    passage = r'{"revision": 1, "prefix": "a\u0000\ud800b", "signs_before": 8}'

    response = client.post(new_address(post), said(quotation="carry news") | {"passage": passage})

    assert response.status_code == 302
    assert Passage.objects.get().prefix == "Weak ties "


def test_the_text_is_kept_when_another_version_was_published_meanwhile(client, post, bob):
    client.force_login(bob)
    sent = said({"revision": 1, "signs_before": 8}, "carry news", text="Words of mine.")
    publish(post, "All of it is new.")

    response = client.post(new_address(post), sent)

    html = response.content.decode()
    assert response.status_code == 422
    assert "This post has a new version, and this passage is not in it any more." in html
    assert form_of(response)["text"] == "Words of mine."


def test_the_draft_keeps_the_passage(client, post, bob):
    client.force_login(bob)
    passage = {"revision": 1, "paragraph": 1, "prefix": "Weak 😀", "signs_before": 8}
    fields = form_of(read(client, bob, post))
    sent = fields | {"text": "Half", "quotation": "carry", "passage": json.dumps(passage)}

    saved = client.post(reverse("comment_draft_save", args=[post.course.slug, post.slug]), sent)

    again = form_of(read(client, bob, post))
    assert saved.status_code == 200
    assert Draft.objects.get().passage == passage | {"quotation": "carry"}
    assert (again["text"], again["quotation"]) == ("Half", "carry")
    assert json.loads(again["passage"]) == passage
    assert form_of(read(client, bob, post, "?on=2"))["quotation"] == ""


# The page


def test_a_passage_is_marked_and_its_comment_beside_it_and_in_the_thread(client, post, bob, ada):
    comment = comment_on(post, bob)

    html = page_of(client, ada, post)

    assert MARK.findall(html) == [
        (f' id="passage-{comment.pk}" data-passages="{comment.pk}"', "carry "),
        (f' data-passages="{comment.pk}"', "news"),
    ]
    assert html.count('<p dir="auto">A thought.</p>') == 2
    assert html.count(f'id="c{comment.pk}"') == 1
    assert quotations(html) == ["carry news"]
    assert f'<a href="#passage-{comment.pk}">' in html


def test_quoted_words_are_printed_as_words(client, post, bob):
    comment_on(post, bob, "crosses <them> twice")

    assert quotations(page_of(client, bob, post)) == ["crosses &lt;them&gt; twice"]


def test_a_passage_that_is_gone_says_which_version_it_was_in(client, post, bob, ada, instructor):
    comment_on(post, bob)
    publish(post, "All of it is new.")

    theirs, own, team = (page_of(client, reader, post) for reader in (bob, ada, instructor))

    history = reverse("revision_page", args=[post.course.slug, post.slug, 1])
    for html in (theirs, own, team):
        assert quotations(html) == ["carry news"]
        assert "This passage is no longer in the post." in html
        assert "It was in version 1." in html
        assert not MARK.search(html)
    assert [history in html for html in (theirs, own, team)] == [False, True, True]


def test_a_passage_whose_words_changed_says_so(client, post, bob):
    text = "Weak ties carry some kinds of news to those who listen."
    publish(post, text)
    comment_on(post, bob, "carry some kinds of news to those who listen")
    publish(post, text.replace("kinds", "sorts"))

    html = page_of(client, bob, post)

    assert "Its words have changed since." in html
    assert [words for _id, words in MARK.findall(html)] == [
        "carry some sorts of news to those who listen"
    ]
    assert quotations(html) == ["carry some kinds of news to those who listen"]


def test_deleted_and_hidden_comments_mark_nothing(client, post, bob, ada, instructor):
    delete_comment(comment_on(post, bob), by=bob)
    hide_comment(comment_on(post, bob), by=instructor)

    html = page_of(client, ada, post)

    assert not MARK.search(html)
    assert quotations(html) == ["carry news"]  # of the hidden one, which the author sees


def test_the_passage_of_a_private_comment_is_private(client, post, bob, ada, instructor, course):
    cyn = factories.make_user("Cyn Student")
    factories.add_member(course, cyn)
    comment_on(post, bob, audience=Comment.Audience.TEAM)

    marked = [bool(MARK.search(page_of(client, one, post))) for one in (ada, bob, instructor, cyn)]

    assert marked == [True, True, True, False]


def test_words_of_a_version_for_fewer_people_stay_with_those_who_could_read_it(
    client, ada, bob, instructor, course
):
    post = publish(start_post(course, by=ada), "A secret word.", Audience.INSTRUCTORS)
    comment_on(post, instructor, "A secret word.")
    publish(post, "All of it is new.")

    shown = ["secret" in page_of(client, reader, post) for reader in (bob, ada, instructor)]

    assert shown == [False, True, True]
    assert "This passage is no longer in the post." in page_of(client, bob, post)


def test_on_the_public_page_a_passage_follows_its_comment(client, ada, bob, course):
    post = publish(start_post(course, by=ada), audience=Audience.PUBLIC)
    comment_on(post, bob, "Weak ties", audience=EVERYONE, text="For all.")
    comment_on(post, bob, "crosses", text="For the course.")
    url = reverse("post_public", args=[post.pk, post.slug])

    html = client.get(url).content.decode()

    assert [words for _id, words in MARK.findall(html)] == ["Weak ties"]
    assert quotations(html) == ["Weak ties"]
    assert "on-paragraph" not in html


def test_a_version_of_the_course_is_not_quoted_to_the_public(client, ada, bob, course):
    post = publish(start_post(course, by=ada))
    publish_post(post, by=ada, title="Ties", text="New words.", audience=Audience.PUBLIC)
    comment = factories.make_comment(bob, post, audience=EVERYONE)
    factories.make_passage(comment, "carry news", post.revisions.get(number=1))

    public = client.get(reverse("post_public", args=[post.pk, post.slug])).content.decode()

    assert "carry news" not in public
    assert "This passage is no longer in the post." in public
    assert quotations(page_of(client, ada, post)) == ["carry news"]


# Queries


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_with_passages_takes_as_many_queries_as_one_without(
    client, ada, course, post, count, django_assert_num_queries
):
    bare = factories.make_post(ada, course)
    reader = factories.make_user("Ray Reader")
    factories.add_member(course, reader)
    for number in range(count):
        writer = factories.make_user(f"Writer {number}")
        factories.add_member(course, writer)
        comment_on(post, writer)
        factories.make_comment(writer, bare)
    client.force_login(reader)
    client.get(bare.get_absolute_url())

    with django_assert_num_queries(5):
        client.get(bare.get_absolute_url())
    with django_assert_num_queries(5):
        client.get(post.get_absolute_url())
