import pytest

from blog.actions.drafts import save_draft
from blog.actions.posts import publish_post
from blog.actions.references import add_reference, change_reference, remove_reference
from blog.actions.revisions import restore_revision, undo_restore
from blog.actions.work_merges import merge_works
from blog.actions.works import add_work
from blog.exceptions import Refused
from blog.models import Audience, AuditEvent, Draft, Post, PostTarget, Work
from tests import factories

BOOK = {
    "type": "book",
    "author": [{"family": "Luna", "given": "Ana"}],
    "title": "Nets",
    "issued": {"date-parts": [[2020]]},
}


@pytest.fixture
def post(ada, course):
    """Return a post that first cited an article, and then nothing."""
    post = factories.make_draft_post(ada, course)
    add_reference(post, add_work(course, factories.ARTICLE, by=ada), by=ada)
    publish(post, "First, with [@granovetter1973, p. 3]; @granovetter1973 again.")
    publish(post, "Second.")
    return post


def publish(post, text):
    return publish_post(post, by=post.author, title="Ties", text=text, audience=Audience.COURSE)


def first(post):
    return post.revisions.select_related("post__course").get(number=1)


def draft_of(post):
    return PostTarget(Post.objects.get(pk=post.pk)).draft_by(post.author)


def titles_of(post):
    return {reference.key: reference.work.csl["title"] for reference in post.references.all()}


def test_words_and_references_come_back_and_readers_see_no_change(ada, post):
    remove_reference(post.references.get(), by=ada)

    restore_revision(first(post), by=ada)

    assert draft_of(post).text == first(post).text
    assert titles_of(post) == {"granovetter1973": factories.ARTICLE["title"]}
    post.refresh_from_db()
    assert post.revision.text == "Second."
    assert publish(post, draft_of(post).text).html == first(post).html
    assert AuditEvent.objects.get(action="revision_restored").data == {"number": 1}


def test_a_key_that_means_another_work_by_now_goes_on_meaning_it(ada, course, post):
    remove_reference(post.references.get(), by=ada)
    add_reference(post, add_work(course, BOOK, by=ada), by=ada, key="granovetter1973")

    restore_revision(first(post), by=ada)

    (new,) = titles_of(post).keys() - {"granovetter1973"}
    assert titles_of(post) == {"granovetter1973": "Nets", new: factories.ARTICLE["title"]}
    assert draft_of(post).text == f"First, with [@{new}, p. 3]; @{new} again."
    assert publish(post, draft_of(post).text).references[0]["csl"] == factories.ARTICLE


def test_a_work_that_has_another_key_by_now_is_cited_by_that(ada, post):
    change_reference(post.references.get(), by=ada, key="weak-ties")

    restore_revision(first(post), by=ada)

    assert list(titles_of(post)) == ["weak-ties"]
    assert draft_of(post).text == "First, with [@weak-ties, p. 3]; @weak-ties again."


def test_keys_that_have_changed_places_are_told_apart(ada, course):
    post = factories.make_draft_post(ada, course)
    article = add_reference(post, add_work(course, factories.ARTICLE, by=ada), by=ada, key="a")
    book = add_reference(post, add_work(course, BOOK, by=ada), by=ada, key="b")
    publish(post, "An article [@a], a book [@b].")
    publish(post, "Nothing.")
    for reference, key in ((article, "c"), (book, "a"), (article, "b")):
        change_reference(reference, by=ada, key=key)

    restore_revision(first(post), by=ada)

    assert draft_of(post).text == "An article [@b], a book [@a]."


def test_a_record_that_is_gone_is_made_again_from_the_revision(ada, course, post):
    remove_reference(post.references.get(), by=ada)
    course.works.all().delete()

    restore_revision(first(post), by=ada)

    assert course.works.get().csl == factories.ARTICLE
    assert titles_of(post) == {"granovetter1973": factories.ARTICLE["title"]}


def test_restore_archives_the_draft_before_and_undo_brings_it_back(ada, post):
    save_draft(PostTarget(post), by=ada, title="Half", text="Half a thought.")

    archived = restore_revision(first(post), by=ada)
    assert (archived.title, archived.text) == ("Half", "Half a thought.")
    undo_restore(archived, by=ada)

    assert (draft_of(post).title, draft_of(post).text) == ("Half", "Half a thought.")


def test_undo_archives_what_was_written_since(ada, post):
    save_draft(PostTarget(post), by=ada, title="Half", text="Half a thought.")
    archived = restore_revision(first(post), by=ada)
    save_draft(PostTarget(post), by=ada, title="Ties", text="First, and more.")

    undo_restore(archived, by=ada)

    assert draft_of(post).text == "Half a thought."
    assert "First, and more." in Draft.objects.by(ada).archived().values_list("text", flat=True)


def test_undo_leaves_no_draft_where_there_was_none(ada, post):
    archived = restore_revision(first(post), by=ada)

    undo_restore(archived, by=ada)

    assert not post.drafts.of_posts().current().exists()


def test_a_text_that_the_draft_has_already_is_not_restored(ada, post):
    restore_revision(first(post), by=ada)

    assert restore_revision(first(post), by=ada) is None
    assert AuditEvent.objects.filter(action="revision_restored").count() == 1


def test_a_deleted_post_is_brought_back_first(ada, post):
    Post.objects.filter(pk=post.pk).update(deleted_at=post.created_at)

    with pytest.raises(Refused, match="deleted"):
        restore_revision(first(post), by=ada)

    assert not post.drafts.exists()


def test_a_record_that_was_merged_stays_under_its_key(ada, course, instructor, post):
    kept = factories.share_work(add_work(course, BOOK, by=ada))
    add_reference(post, kept, by=ada, key="luna2020")
    merge_works(post.references.get(key="granovetter1973").work, into=kept, by=instructor)

    restore_revision(first(post), by=ada)

    assert draft_of(post).text == first(post).text
    assert set(titles_of(post)) == {"granovetter1973", "luna2020"}


def test_a_work_that_became_somebody_elses_is_restored_as_a_copy(ada, bob, post):
    work = post.references.get(key="granovetter1973").work
    post.references.all().delete()
    Work.objects.filter(pk=work.pk).update(shared_at=None, added_by=bob)

    restore_revision(first(post), by=ada)

    restored = post.references.get(key="granovetter1973").work
    assert restored != work
    assert (restored.added_by, restored.shared_at, restored.csl) == (ada, None, work.csl)


@pytest.mark.parametrize("works", [1, 3])
def test_references_that_are_still_there_cost_nothing(
    ada, course, works, django_assert_num_queries
):
    post = factories.make_draft_post(ada, course)
    for number in range(works):
        add_reference(
            post,
            add_work(course, BOOK | {"title": f"Nets {number}"}, by=ada),
            by=ada,
            key=f"k{number}",
        )
    publish(post, " ".join(f"[@k{number}]" for number in range(works)))
    publish(post, "Nothing.")
    revision = first(post)

    with django_assert_num_queries(9):
        restore_revision(revision, by=ada)
