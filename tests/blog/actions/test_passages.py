"""Comments on passages: what is kept, what is refused, and what a new version does to them."""

import pytest
from django.db import connection

from blog.actions import comments
from blog.actions.comments import add_comment
from blog.actions.drafts import start_post
from blog.actions.posts import publish_post
from blog.exceptions import Refused
from blog.models import Audience, Passage, Post
from blog.queries.passages import passage_selected
from blog.text.passages import Change, Place, Selection, read
from tests import factories

TEXT = """Weak ties carry **news** that strong ties do not have. 😀 They are the bridges.

They are the bridges, and nobody crosses them twice.

| who | what |
|---|---|
| Ada | bread |
"""


def publish(post, text, audience=Audience.COURSE):
    publish_post(post, by=post.author, title="Ties", text=text, audience=audience)
    return post


@pytest.fixture
def post(ada, course):
    return publish(start_post(course, by=ada), TEXT)


@pytest.fixture
def comment_on(post, bob):
    def comment(words="", *, by=bob, revision=1, **fields):
        selection = Selection(revision, words, **fields)
        return add_comment(post, by=by, text="A thought.", selection=selection).passage

    return comment


# What is kept


def test_a_passage_is_kept_with_its_words_their_context_and_their_place(comment_on, post):
    passage = comment_on("carry news that", signs_before=8, paragraph=1)

    assert (passage.exact, passage.prefix) == ("carry news that", "Weak ties ")
    assert passage.suffix == " strong ties do not have. 😀 They"
    assert (passage.place, passage.place_now) == (Place(10, 25), Place(10, 25))
    assert passage.revision == post.revision


def test_it_is_searched_before_the_post_is_locked(comment_on, post, monkeypatch):
    calls = []
    search, lock = comments.passage_selected, Post.lock_row
    monkeypatch.setattr(
        comments, "passage_selected", lambda *args: calls.append("search") or search(*args)
    )
    monkeypatch.setattr(Post, "lock_row", lambda post: calls.append("lock") or lock(post))

    comment_on("carry news")

    assert calls == ["search", "lock"]


@pytest.mark.parametrize("is_given", [False, True])
def test_it_is_searched_again_in_a_version_that_was_published_meanwhile(post, bob, is_given):
    loaded = Post.objects.get(pk=post.pk)
    selection = Selection(1, "carry news")
    passage = passage_selected(loaded, selection, bob) if is_given else None
    publish(post, f"As I said:\n\n{TEXT}")

    add_comment(loaded, by=bob, text="So?", selection=selection, passage=passage)

    [stored] = Passage.objects.all()
    assert stored.place == Place(10, 20)
    assert stored.place_now == Place(21, 31)


def test_places_are_in_code_points(comment_on):
    assert comment_on("They are the bridges.", paragraph=1).start == 53


def test_without_words_it_is_the_whole_paragraph(comment_on, post):
    assert comment_on(paragraph=2).exact == post.revision.paragraphs[1]


def test_words_over_several_blocks_are_one_passage(comment_on):
    passage = comment_on("nobody crosses them twice.\n\nwho\twhat Ada", signs_before=88)

    assert passage.exact == "nobody crosses them twice.\nwho\nwhat\nAda"


def test_the_same_words_are_told_apart_by_what_a_script_says(comment_on):
    second = comment_on("They are the bridges", signs_before=63, suffix=", and nobody")

    assert second.prefix.endswith("bridges.\n")


def test_a_reply_has_no_passage_of_its_own(post, bob, ada, comment_on):
    comment = comment_on(paragraph=1).comment

    reply = add_comment(
        post, by=ada, text="Yes.", parent=comment, selection=Selection(1, paragraph=2)
    )

    assert not hasattr(reply, "passage")


# What is refused


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"words": "bread", "paragraph": 1}, "These words are not in paragraph 1."),
        ({"words": "butter"}, "These words are not in the post."),
        ({"words": "ties", "paragraph": 1}, "These words are there more than once."),
        ({"words": "bread", "paragraph": 9}, "These words are not in paragraph 9."),
        ({"paragraph": 1, "revision": 2}, "This post has a new version"),
    ],
)
def test_words_that_are_not_there_are_refused_at_their_field(post, comment_on, fields, message):
    with pytest.raises(Refused, match=message) as refused:
        comment_on(**fields)

    assert refused.value.field == "quotation"
    assert not post.comments.exists()


def test_a_passage_has_a_longest_length(comment_on, post):
    publish(post, "word " * 500)

    with pytest.raises(Refused, match="too long"):
        comment_on("word " * 401, revision=2, signs_before=0)


# A new version


def now(passage):
    passage.refresh_from_db()
    place = passage.place_now
    if place is None:
        return None
    return read(passage.comment.post.revision.html).text[slice(*place)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"One more.\n\n{TEXT}", "carry news that"),
        (TEXT.replace("**news**", "news"), "carry news that"),
        (TEXT.replace("Weak ties carry", "Those carry"), "carry news that"),
        (TEXT.replace("carry **news** that", "say what"), None),
    ],
)
def test_publishing_finds_a_passage_again_or_says_that_it_is_gone(post, comment_on, text, found):
    passage = comment_on("carry news that", signs_before=8)

    publish(post, text)

    assert now(passage) == found


def test_words_that_come_back_are_found_from_where_they_were(post, comment_on):
    passage = comment_on("carry news that", signs_before=8)
    publish(post, "Nothing of it.")
    assert now(passage) is None

    publish(post, TEXT)

    assert now(passage) == "carry news that"
    assert (passage.start, passage.exact) == (10, "carry news that")


def test_a_new_audience_alone_looks_for_nothing(post, comment_on):
    passage = comment_on("carry news that", signs_before=8)
    Passage.objects.update(start_now=None, end_now=None)

    publish(post, TEXT, Audience.PUBLIC)

    assert now(passage) is None


def test_what_was_selected_in_the_version_before_is_kept_as_it_was(post, comment_on):
    publish(post, f"One more.\n\n{TEXT}")

    passage = comment_on("carry news that", signs_before=8, paragraph=1)

    assert (passage.revision.number, passage.start) == (1, 10)
    assert now(passage) == "carry news that"


def test_what_is_gone_since_it_was_selected_is_refused(post, comment_on):
    publish(post, "Nothing of it.")

    with pytest.raises(Refused, match="This post has a new version"):
        comment_on("carry news that", signs_before=8)


def test_a_version_that_a_reader_could_not_read_tells_them_nothing(ada, bob, course):
    post = publish(start_post(course, by=ada), "A secret word.", Audience.ONLY_ME)
    publish(post, "A secret word. And more.")

    for words in ("", "A secret word."):
        selection = Selection(1, words, paragraph=1)
        with pytest.raises(Refused, match="This post has a new version"):
            add_comment(post, by=bob, text="A thought.", selection=selection)
    assert not post.comments.exists()


def test_all_passages_of_a_post_are_found_again_in_two_queries(
    post, comment_on, django_assert_num_queries
):
    for paragraph in (1, 2, 1):
        comment_on(paragraph=paragraph)

    with django_assert_num_queries(2):
        Passage.objects.find_again(post)


def test_a_post_without_passages_takes_one_query(ada, course, django_assert_num_queries):
    post = factories.make_post(ada, course)

    with django_assert_num_queries(1):
        Passage.objects.find_again(post)


def test_passages_are_looked_for_before_the_transaction_that_publishes(
    post, comment_on, monkeypatch
):
    comment_on("carry news that", signs_before=8)
    inside = []
    find = Change.find

    def noted(*arguments):
        inside.append(len(connection.savepoint_ids))
        return find(*arguments)

    monkeypatch.setattr(Change, "find", noted)
    outside = len(connection.savepoint_ids)

    publish(post, f"One more.\n\n{TEXT}")

    assert inside == [outside]


def test_a_passage_of_a_comment_that_came_meanwhile_is_found_too(post, comment_on):
    passage = comment_on("carry news that", signs_before=8)
    publish(post, f"One more.\n\n{TEXT}")

    Passage.objects.update(start_now=None, end_now=None)
    Passage.objects.find_again(post, found={})

    assert now(passage) == "carry news that"
