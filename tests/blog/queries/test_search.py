"""The search of a course: what is found, for whom, in which order; on each database."""

import pytest
from django.db import connection

from blog.models import Audience, Comment, SearchEntry
from blog.models.search import check_search, keep_search_index, rebuild_search
from blog.queries.search import SearchCriteria, search_course
from blog.text.search import terms_of
from tests import factories


def found(reader, course, query, kind="", **fields):
    """Return the titles, or the words of comments and people, that a search finds, by kind."""
    reader.__dict__.pop("memberships_now", None)
    rebuild_search(course)
    result = search_course(reader, course, SearchCriteria(query, kind, **fields))
    titles = {
        one.kind: ["".join(p.text for p in hit.title) for hit in one.hits] for one in result.kinds
    }
    return {kind: some for kind, some in titles.items() if some}


def test_words_of_titles_and_texts_are_found_in_any_form(ada, course):
    factories.make_post(ada, course, "Half-open doors", "Élèves des ÉCOLES.")

    for query in (
        "door",
        "Doors",
        "half open",
        "half-open",
        "eleve",
        "ÉLÈVES",
        '"ecoles"',
        "école",
    ):
        assert found(ada, course, query) == {"post": ["Half-open doors"]}, query
    for query in ("window", "oor", '"open half"', "open windows"):
        assert found(ada, course, query) == {}, query


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("我们在网络中学习。", "网络"),
        ("私たちはネットワークで学ぶ", "ネットワーク"),
        ("والشبكات تجمعنا", "شبكات"),
        ("إِنَّ الشَّبَكَةَ", "الشبكه"),
        ("Лена учится в сетях", "сети"[:3]),
        ("เราเรียนรู้", "เรียน"),
        ("नेटवर्क में", "नेटवर्क"),
        ("Die Straße", "STRASSE"),
    ],
)
def test_words_of_all_scripts_are_found(ada, course, text, query):
    factories.make_post(ada, course, "A post", text)

    assert found(ada, course, query) == {"post": ["A post"]}


def test_what_follows_in_quotation_marks_has_to_follow_in_the_text(ada, course):
    factories.make_post(ada, course, "One", "The open door of a shed.")
    factories.make_post(ada, course, "Other", "The door was open.")

    assert found(ada, course, '"open door"') == {"post": ["One"]}
    assert found(ada, course, "“door was”") == {"post": ["Other"]}


def test_all_kinds_are_found(ada, bob, course):
    post = factories.make_post(ada, course, "Ties", "Weak ties carry news.")
    factories.make_reference(post, factories.make_work(course), cited=True)
    factories.make_comment(bob, post, "Granovetter counted them.")
    factories.add_member(course, factories.make_user("Nia Granovetter"))

    assert found(ada, course, "granovetter") == {
        "comment": ["Ties"],
        "work": ["Granovetter, 1973. The strength of weak ties"],
        "person": ["Nia Granovetter"],
    }


def test_what_a_reader_cannot_see_is_not_found(ada, bob, instructor, course):
    secret = factories.make_post(ada, course, "Canary", "A canary.", audience=Audience.ONLY_ME)
    factories.make_reference(secret, factories.make_work(course), cited=True)
    factories.make_draft_post(ada, course, "Canary", "A canary.")
    factories.make_withdrawn_post(ada, course, "Canary")
    post = factories.make_post(ada, course, "Open")
    factories.make_comment(ada, post, "A canary.", audience=Comment.Audience.TEAM)
    factories.make_comment(ada, post, "A canary.", deleted_at=post.published_at)
    factories.make_comment(ada, post, "A canary.", state=Comment.State.HIDDEN)

    assert found(bob, course, "canary") == found(bob, course, "granovetter") == {}
    assert found(ada, course, "canary") == {"post": ["Canary"], "comment": ["Open"]}
    assert found(instructor, course, "canary") == {"comment": ["Open"]}


def test_former_words_of_a_post_are_not_found(ada, course):
    post = factories.make_post(ada, course, "One", "The former word.")
    factories.publish_again(post, "The present one.")

    assert found(ada, course, "former") == {}
    assert found(ada, course, "present") == {"post": ["One"]}


def test_another_course_is_not_searched(ada, course):
    other = factories.make_course()
    factories.add_member(other, ada)
    factories.make_post(ada, other, "Elsewhere")
    rebuild_search(other)

    assert found(ada, course, "elsewhere") == {}


def test_a_name_that_is_withheld_is_not_found(ada, bob, instructor, course):
    bob.memberships.update(is_confidential=True)

    assert found(ada, course, "bob") == {}
    assert found(instructor, course, "bob") == {}


def test_posts_and_comments_of_ones_pod_of_oneself_and_on_a_prompt(ada, bob, course):
    prompt = factories.make_prompt(course)
    factories.make_post(ada, course, "Ties of Ada", prompt=prompt)
    of_bob = factories.make_post(bob, course, "Ties of Bob")
    factories.make_comment(ada, of_bob, "More on ties.")
    factories.make_pod(course, None, bob)

    assert found(ada, course, "ties", by="me") == {
        "post": ["Ties of Ada"],
        "comment": ["Ties of Bob"],
    }
    assert found(bob, course, "ties", by="pod") == {"post": ["Ties of Bob"]}
    assert found(ada, course, "ties", prompt=prompt) == {"post": ["Ties of Ada"]}


def test_pages_follow_each_other_by_key(ada, course):
    posts = [factories.make_post(ada, course, f"Ties {n}") for n in range(12)]
    rebuild_search(course)
    criteria = SearchCriteria("ties", "post")

    first = search_course(ada, course, criteria).of["post"]
    factories.make_post(ada, course, "Newer ties")
    rebuild_search(course)
    last = search_course(ada, course, criteria, after=first.next_key).of["post"]

    assert [hit.row for hit in [*first.hits, *last.hits]] == posts[::-1]
    assert len(first.hits) == 10
    assert last.next_key is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(ada, bob, course, count, django_assert_num_queries):
    for n in range(count):
        post = factories.make_post(ada, course, f"Ties {n}")
        factories.make_reference(post, factories.make_work(course, doi=f"10.1/{n}"), cited=True)
        factories.make_comment(bob, post, "More on ties.")
    rebuild_search(course)
    assert ada.memberships_now

    # Posts, comments, works, who cites them, people.
    with django_assert_num_queries(5):
        result = search_course(ada, course, SearchCriteria("ties"))

    assert [len(one.hits) for one in result.kinds] == [count, count, count, 0]


HOSTILE = ['"', '""', "' OR 1=1 --", "NEAR(a b)", "a* OR b^2", "-ties", "c12post", "a:b AND NOT c"]
HOSTILE += ["\x00", "ties\x00", "%", "_", "\\", "(((", "&|!<->:*", "‮", "x" * 10_000, "a " * 5_000]
HOSTILE += ["\ud800", "😀", "½", "\u0301", '"unended phrase', "«»„“”"]


@pytest.mark.parametrize("query", HOSTILE)
def test_any_query_is_answered(ada, course, query):
    found(ada, course, query)


def test_a_content_note_stands_for_its_text(ada, course):
    post = factories.make_post(ada, course, "A post", "About a wound.")
    post.revision.content_note = "injury"
    post.revision.save()
    rebuild_search(course)

    [hit] = search_course(ada, course, SearchCriteria("wound")).of["post"].hits

    assert [piece.text for piece in hit.context] == ["Content note: injury"]


@pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL can")
def test_sqlite_knows_no_typing_errors(ada, course):
    factories.make_post(ada, course, "Networks")

    assert found(ada, course, "netwroks") == {}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs pg_trgm")
def test_typing_errors_are_forgiven(ada, bob, course):
    factories.make_post(ada, course, "Networks of practice")
    factories.make_post(ada, course, "Networks", audience=Audience.ONLY_ME)

    for query in ("netwroks", "networsk", "practise"):
        assert found(bob, course, query) == {"post": ["Networks of practice"]}, query
    assert found(bob, course, "giraffe") == {}


def test_the_index_notices_what_differs_and_is_rebuilt(ada, course):
    post = factories.make_post(ada, course, "A post")
    assert check_search(course) == [f"post {post.pk}"]

    rebuild_search(course)
    assert check_search(course) == []

    SearchEntry.objects.filter(post=post).update(words="c1post other")
    assert check_search(course) == [f"post {post.pk}"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL asks its index")
@pytest.mark.parametrize(("query", "asks_index"), [("netw", False), ("“networks”", True)])
def test_sqlite_asks_the_index_of_the_site_for_whole_words_alone(course, query, asks_index):
    """It would read all words of the site that begin so; a counter of its steps does not see it."""
    matching = SearchEntry.objects.matching(course, "post", terms_of(query))

    assert ("MATCH" in str(matching.query)) is asks_index


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no triggers here")
def test_triggers_that_were_lost_come_back_with_their_words(ada, course):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER search_words_are_added")
    factories.make_post(ada, course, "Lost words")
    assert found(ada, course, "“lost”") == {}

    keep_search_index(None, "default")

    assert found(ada, course, "“lost”") == {"post": ["Lost words"]}
