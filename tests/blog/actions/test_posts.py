"""Publishing a post, withdrawing, deleting and restoring it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.actions.drafts import save_draft, start_post
from blog.actions.post_states import delete_post, restore_post, withdraw_post
from blog.actions.posts import publish_post
from blog.actions.references import add_reference, remove_reference
from blog.actions.works import add_work
from blog.exceptions import DuplicatePost, Refused, StaleDraft, TextRefused
from blog.models import Audience, AuditEvent, Draft, Post, PostTarget, Revision, Work
from blog.signals import interactions_changed
from tests import factories


@pytest.fixture
def heard():
    """Return the changes of ties, as (removed, added) pairs of writer and addressee."""
    told = []

    def listen(removed, added, **kwargs):
        told.append(
            ([(e.source, e.target) for e in removed], [(e.source, e.target) for e in added])
        )

    interactions_changed.connect(listen)
    yield told
    interactions_changed.disconnect(listen)


def publish(post, *, by=None, title="Weak ties", text="They carry news.", **fields):
    fields.setdefault("audience", Audience.COURSE)
    return publish_post(post, by=by or post.author, title=title, text=text, **fields)


# Publishing


def test_publish_opens_the_post_for_the_first_time(ada, course):
    at = timezone.now() - timedelta(hours=1)
    post = start_post(course, by=ada, title="x", text="y")

    revision = publish(post, title="  Weak\n ties ", text="They *carry* news.", at=at)

    post = Post.objects.get()
    assert (post.status, post.slug, post.title) == ("published", "weak-ties", "Weak ties")
    assert (post.published_at, post.revision, revision.number) == (at, revision, 1)
    assert revision.html == '<p dir="auto" id="p1">They <em>carry</em> news.</p>'
    assert (revision.words, revision.paragraphs) == (3, ["They carry news."])
    assert not Draft.objects.exists()
    assert AuditEvent.objects.get().action == "post_published"


def test_publish_again_makes_a_revision_and_keeps_date_and_address(ada, course):
    post = start_post(course, by=ada)
    publish(post)
    first = Post.objects.get()

    publish(post, title="Strong ties", text="They carry more.")

    post = Post.objects.get()
    assert (post.slug, post.published_at) == (first.slug, first.published_at)
    assert (post.title, post.revision.number) == ("Strong ties", 2)
    assert list(post.revisions.values_list("number", "text")) == [
        (2, "They carry more."),
        (1, "They carry news."),
    ]


def test_second_click_on_publish_is_no_second_publication(ada, course):
    post = start_post(course, by=ada)
    publish(post)
    publish(post)

    assert AuditEvent.objects.filter(action="post_published").count() == 1
    publish(post, audience=Audience.PUBLIC)
    assert AuditEvent.objects.filter(action="post_published").count() == 2


def test_publish_of_the_same_words_to_others_makes_no_revision(ada, course):
    post = start_post(course, by=ada)
    publish(post, audience=Audience.ONLY_ME)

    publish(post, audience=Audience.COURSE)

    assert Post.objects.get().audience == Audience.COURSE
    assert list(post.revisions.values_list("number", "audience")) == [(1, Audience.COURSE)]


def test_publish_gives_each_post_its_own_address(ada, bob, course):
    posts = [start_post(course, by=by) for by in (ada, bob, ada, bob)]
    titles = ["Ties", "Ties", "New", "社会"]

    for post, title in zip(posts, titles, strict=True):
        publish(post, title=title)

    assert [post.slug for post in posts] == ["ties", "ties-2", "new-2", "post"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": " \n "}, "title"),
        ({"text": " \n "}, "empty"),
        ({"audience": Audience.PUBLIC}, "widest audience"),
        ({"audience": Audience.POD}, "not in a pod"),
        ({"public_until": timezone.now() - timedelta(days=1)}, "future"),
    ],
)
def test_publish_refuses_what_does_not_fit(ada, course, fields, sentence):
    course.widest_audience = Audience.COURSE
    course.save()
    post = start_post(course, by=ada, title="x", text="kept")

    with pytest.raises(Refused, match=sentence):
        publish(post, **fields)

    post = Post.objects.get()
    assert (post.status, post.revision) == ("draft", None)
    assert Draft.objects.get().text == "kept"


def test_publish_refuses_a_text_that_is_too_long(ada, course):
    post = start_post(course, by=ada)

    with pytest.raises(TextRefused):
        publish(post, text="word " * 20_000)

    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "I follow @ada_tweets on Twitter.",
        "Twitter: @nytimes.",
        "I am @ada@mastodon.example now.",
        "RT @ada: hi",
        "So they say [@doe1999; @roe2001].",
    ],
)
def test_publish_leaves_a_word_that_is_no_key_as_it_is_typed(ada, course, text):
    post = start_post(course, by=ada)

    publish(post, text=text)

    assert Post.objects.get().revision.html == f'<p dir="auto" id="p1">{text}</p>'


def test_publish_counts_a_work_that_is_cited_by_hand_as_cited(ada, course):
    post = start_post(course, by=ada)
    typed, left_out = (
        add_reference(post, add_work(course, csl, by=ada), by=ada)
        for csl in (factories.ARTICLE, {"type": "book", "title": "Nets", "author": []})
    )

    revision = publish(post, text="Ties are weak (Granovetter, 1973, p. 3).")

    typed.refresh_from_db()
    left_out.refresh_from_db()
    assert revision.text == "Ties are weak (Granovetter, 1973, p. 3)."
    assert [(entry["key"], entry["cited_in"]) for entry in revision.references] == [
        ("granovetter1973", [1])
    ]
    assert (typed.cited, left_out.cited) == (True, False)
    assert list(Work.objects.visible_to(ada)) == [typed.work]
    with pytest.raises(Refused, match="Your published post cites this reference"):
        remove_reference(typed, by=ada)
    assert revision.rerender() is False


def test_publish_refuses_new_posts_after_the_course_but_not_corrections(ada, course):
    published = start_post(course, by=ada)
    publish(published)
    course.ends_on = timezone.now().date() - timedelta(days=1)
    course.save()
    late = start_post(course, by=ada)

    with pytest.raises(Refused, match="has ended"):
        publish(late)
    publish(published, text="They carry news, corrected.")

    assert Post.objects.get(pk=published.pk).revision.number == 2


def test_publish_refuses_words_that_were_saved_elsewhere_meanwhile(ada, course):
    post = start_post(course, by=ada, text="one")
    before = PostTarget(post).version_of(PostTarget(post).draft_by(ada))
    save_draft(PostTarget(post), by=ada, title="", text="from the other tab")

    with pytest.raises(StaleDraft):
        publish(post, version=before)

    assert Draft.objects.get().text == "from the other tab"


def test_publish_after_withdrawal_refuses_beside_another_post(ada, course, prompt):
    post = factories.make_post(ada, course, prompt=prompt)
    withdraw_post(post, by=ada)
    other = factories.make_post(ada, course, prompt=prompt)

    with pytest.raises(DuplicatePost) as refusal:
        publish(post)

    assert refusal.value.post == other


def test_publish_stamps_the_pod_of_that_moment_and_keeps_it(ada, course):
    herons = factories.make_pod(course, "Herons", ada)
    post = start_post(course, by=ada)
    publish(post, audience=Audience.POD)
    factories.make_pod(course, "Owls", ada)

    publish(post, audience=Audience.POD, text="Corrected.")

    assert Post.objects.get().pod == herons


def test_publish_to_others_than_the_pod_takes_the_stamp_off(ada, course):
    factories.make_pod(course, "Herons", ada)
    post = start_post(course, by=ada)
    publish(post, audience=Audience.POD)

    publish(post, audience=Audience.COURSE)

    assert Post.objects.get().pod is None


def test_publish_keeps_public_until_only_where_there_is_something_to_narrow(ada, course):
    day = timezone.now() + timedelta(days=30)
    wide, narrow = start_post(course, by=ada), start_post(course, by=ada)

    publish(wide, audience=Audience.PUBLIC, public_until=day)
    publish(narrow, audience=Audience.COURSE, public_until=day)

    assert (wide.public_until, narrow.public_until) == (day, None)


def test_publish_copies_the_cited_works_and_marks_their_references(ada, course):
    post = start_post(course, by=ada)
    cited = factories.make_reference(post)
    spare = factories.make_reference(
        post, factories.make_work(course, {"type": "book", "title": "Spare"}, doi=""), key="spare"
    )

    revision = publish(post, text="One.\n\nNews travel [@granovetter1973; @granovetter1973].")

    cited.refresh_from_db()
    spare.refresh_from_db()
    entry = revision.references[0]
    assert (cited.cited, spare.cited, len(revision.references)) == (True, False, 1)
    assert (entry["key"], entry["work"], entry["cited_in"]) == (
        "granovetter1973",
        cited.work.pk,
        [2],
    )
    assert entry["csl"] == factories.ARTICLE
    assert entry["html"].startswith("Granovetter, M. S. (1973). The strength of weak ties. <i>")


def test_a_corrected_work_reaches_a_post_with_its_next_publication_only(ada, course):
    post = start_post(course, by=ada)
    work = factories.make_reference(post).work
    publish(post, text="News [@granovetter1973].")
    work.csl = work.csl | {"title": "Corrected"}
    work.save()

    assert Post.objects.get().revision.references[0]["csl"] == factories.ARTICLE
    publish(post, text="News [@granovetter1973].")

    assert post.revision.number == 2
    assert post.revision.references[0]["csl"]["title"] == "Corrected"


# Withdrawing, deleting, restoring


@pytest.fixture
def commented(ada, bob, course):
    """Return a post of ada's under which bob has commented."""
    post = factories.make_post(ada, course)
    factories.make_comment(bob, post)
    return post


def test_withdraw_closes_the_post_and_removes_its_interactions(ada, bob, commented, heard):
    withdraw_post(commented, by=ada)

    assert Post.objects.get().status == "withdrawn"
    assert heard == [([(bob.pk, ada.pk)], [])]
    assert AuditEvent.objects.get().action == "post_withdrawn"


def test_withdraw_refuses_a_draft(ada, course):
    post = factories.make_draft_post(ada, course)

    with pytest.raises(Refused, match="Only a published post"):
        withdraw_post(post, by=ada)


def test_publish_after_withdrawal_brings_the_interactions_back(ada, bob, commented, heard):
    withdraw_post(commented, by=ada)
    heard.clear()

    publish(commented)

    assert heard == [([], [(bob.pk, ada.pk)])]


def test_delete_and_restore_are_each_others_undoing(ada, bob, commented, heard):
    delete_post(commented, by=ada)
    restore_post(commented, by=ada)

    assert Post.objects.get().deleted_at is None
    assert heard == [([(bob.pk, ada.pk)], []), ([], [(bob.pk, ada.pk)])]
    assert list(AuditEvent.objects.values_list("action", flat=True)) == [
        "post_restored",
        "post_deleted",
    ]


def test_delete_twice_is_delete_once(ada, commented, heard):
    delete_post(commented, by=ada)
    delete_post(commented, by=ada)

    assert (AuditEvent.objects.count(), len(heard)) == (1, 1)


def test_restore_refuses_beside_another_post(ada, course, prompt):
    post = factories.make_post(ada, course, prompt=prompt, deleted_at=timezone.now())
    other = factories.make_draft_post(ada, course, prompt=prompt)

    with pytest.raises(DuplicatePost) as refusal:
        restore_post(post, by=ada)

    assert refusal.value.post == other
    assert Post.objects.get(pk=post.pk).deleted_at is not None


def test_restore_of_a_withdrawn_post_goes_beside_another_post(ada, course, prompt):
    post = factories.make_post(ada, course, prompt=prompt)
    withdraw_post(post, by=ada)
    delete_post(post, by=ada)
    factories.make_draft_post(ada, course, prompt=prompt)

    restore_post(post, by=ada)

    assert Post.objects.get(pk=post.pk).deleted_at is None
