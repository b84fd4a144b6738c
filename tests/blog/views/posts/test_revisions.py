"""The history of a post: its author and the teaching team read it, nobody else."""

import pytest
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from blog.actions.drafts import save_draft
from blog.actions.posts import publish_post
from blog.actions.references import add_reference
from blog.actions.works import add_work
from blog.models import Audience, Draft, Grading, PostTarget
from tests import factories


@pytest.fixture
def post(ada, course):
    """Return a post published twice."""
    post = factories.make_draft_post(ada, course)
    add_reference(post, add_work(course, factories.ARTICLE, by=ada), by=ada)
    for text in ("First, with [@granovetter1973].", "Second."):
        publish(post, text)
    return post


def publish(post, text, audience=Audience.COURSE):
    return publish_post(post, by=post.author, title="Ties", text=text, audience=audience)


def listing(post):
    return reverse("revision_list", args=[post.course.slug, post.slug])


def reading(post, number):
    return reverse("revision_page", args=[post.course.slug, post.slug, number])


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (None, 302),
        ("eve", 404),
        ("bob", 403),
        ("observer", 403),
        ("ada", 200),
        ("assistant", 200),
        ("instructor", 200),
    ],
)
@pytest.mark.parametrize(
    "address", [listing, lambda post: reading(post, 1), lambda post: comparing(post, old=1, new=2)]
)
def test_history_answers_by_role(client, post, request, who, status, address):
    if who:
        client.force_login(request.getfixturevalue(who))

    assert client.get(address(post)).status_code == status


def test_the_list_names_every_text_and_the_one_that_is_read(client, ada, post):
    client.force_login(ada)

    answer = client.get(listing(post))

    assert [revision.number for revision in answer.context["revisions"]] == [2, 1]
    assert answer.content.decode().count("Readers see this version") == 1


def test_an_earlier_text_is_shown_as_it_was_with_its_references(client, ada, post):
    client.force_login(ada)

    text = client.get(reading(post, 1)).content.decode()

    assert 'First, with (<a class="cite" href="#ref-granovetter1973">' in text
    assert 'id="ref-granovetter1973"' in text
    assert "This is an earlier version." in text


def test_there_is_no_text_that_was_not_published(client, ada, post):
    client.force_login(ada)

    assert client.get(reading(post, 3)).status_code == 404


def test_what_was_for_its_author_alone_stays_so_when_the_post_opens(
    client, ada, instructor, course
):
    post = factories.make_draft_post(ada, course)
    publish(post, "For me alone.", Audience.ONLY_ME)
    publish(post, "For everybody.")

    client.force_login(instructor)
    assert [r.number for r in client.get(listing(post)).context["revisions"]] == [2]
    assert client.get(reading(post, 1)).status_code == 404
    client.force_login(ada)
    assert client.get(reading(post, 1)).status_code == 200


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_takes_the_same_queries_for_any_history(
    client, ada, post, more, django_assert_num_queries
):
    for number in range(more):
        publish(post, f"More {number}.")
    client.force_login(ada)

    with django_assert_num_queries(6):
        client.get(listing(post))


def comparing(post, **query):
    return reverse("revision_compare", args=[post.course.slug, post.slug]) + (
        "?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else ""
    )


def test_two_texts_are_compared_with_their_references(client, ada, post):
    client.force_login(ada)

    answer = client.get(comparing(post, old=1, new=2))

    comparison = answer.context["comparison"]
    assert (comparison.text.words.old, comparison.text.words.new) == (
        "First, with (Granovetter, 1973).\n",
        "Second.\n",
    )
    assert [entry["key"] for entry in comparison.references.removed] == ["granovetter1973"]
    text = answer.content.decode()
    assert '<ins><span class="visually-hidden">added: </span>Second</ins>' in text
    assert "No longer cited" in text


def test_without_a_choice_the_last_change_is_shown(client, ada, post):
    client.force_login(ada)

    comparison = client.get(comparing(post)).context["comparison"]

    assert (comparison.old.number, comparison.new.number) == (1, 2)


def test_what_was_typed_shows_as_it_was_typed(client, ada, post):
    publish(post, "<b>Second</b> & <script>alert(1)</script>")
    client.force_login(ada)

    text = client.get(comparing(post)).content.decode()

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_the_author_compares_their_draft_with_what_readers_see(client, ada, post):
    save_draft(PostTarget(post), by=ada, title="Ties", text="Second, with [@granovetter1973].")
    client.force_login(ada)

    answer = client.get(comparing(post, old=2, new="draft"))

    comparison = answer.context["comparison"]
    assert comparison.new.text == "Second, with [@granovetter1973]."
    assert [entry["key"] for entry in comparison.references.added] == ["granovetter1973"]
    assert "What you changed since you published" in client.get(listing(post)).content.decode()


def test_a_draft_is_its_authors_alone(client, ada, instructor, post):
    save_draft(PostTarget(post), by=ada, title="Ties", text="Not yet for anybody.")
    client.force_login(instructor)

    assert client.get(comparing(post, old=1, new="draft")).status_code == 404
    assert "draft" not in client.get(listing(post)).content.decode().lower()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("A *tie*.", "A **tie**.", "Only the formatting changed. Before: italic. Now: bold."),
        ("One.\n\nTwo.", "One.\n\n\nTwo.", "Only the Markdown is different"),
        ("A [tie](https://a.org).", "A [tie](https://b.org).", "Now: link to https://b.org."),
    ],
)
def test_a_change_without_a_changed_word_is_said_in_words(client, ada, course, old, new, words):
    post = factories.make_draft_post(ada, course)
    publish(post, old)
    publish(post, new)
    client.force_login(ada)

    page = client.get(comparing(post, old=1, new=2)).content.decode()

    assert words in page
    assert "Show the Markdown" in page


def test_a_draft_that_cannot_be_rendered_is_compared_as_it_was_typed(client, ada, post):
    save_draft(PostTarget(post), by=ada, title="Ties", text="Too many. " + "[^a]" * 400)
    client.force_login(ada)

    page = client.get(comparing(post, old=2, new="draft")).content.decode()

    assert "cannot be shown as its readers would see it" in page
    assert "Too many" in page


@pytest.mark.parametrize("number", ["3", "-1", "x", "", "9" * 30, "²"])
def test_a_text_that_is_not_there_compares_with_nothing(client, ada, post, number):
    client.force_login(ada)

    assert client.get(comparing(post, old=1, new=number)).status_code == 404


def test_a_text_for_its_author_alone_compares_with_nothing_for_others(
    client, ada, instructor, course
):
    post = factories.make_draft_post(ada, course)
    publish(post, "For me alone.", Audience.ONLY_ME)
    publish(post, "For everybody.")
    client.force_login(instructor)

    assert client.get(comparing(post, old=1, new=2)).status_code == 404
    assert "For me alone." not in client.get(comparing(post)).content.decode()


@pytest.fixture
def read(ada, course, instructor):
    """Return a post that was read by the instructor and published again since."""
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    post = factories.make_draft_post(ada, course, prompt=prompt)
    publish(post, "What was read.")
    feedback = factories.make_grading(post, instructor, level=3)
    publish(post, "What is there now.")
    return feedback


def test_the_author_learns_of_a_grading_only_from_its_release(client, ada, read):
    post, words = read.post, "Graded, so it cannot be removed"
    pages = [listing(post), reading(post, 1), post.get_absolute_url()]
    client.force_login(ada)

    before = [client.get(page).content.decode() for page in pages]
    Grading.objects.filter(pk=read.pk).update(released_at=timezone.now())
    after = [client.get(page).content.decode() for page in pages]

    assert [words in text for text in before] == [False, False, False]
    assert "since it was graded" not in "".join(before)
    assert [words in text for text in after] == [True, True, False]
    assert comparing(post, old=1).replace("&", "&amp;") in after[2]
    assert "You have changed the post since it was graded." in after[2]


def test_the_grading_page_shows_what_changed_since_the_grading(client, instructor, read):
    client.force_login(instructor)
    desk = factories.desk_address(read.post)

    answer = client.get(desk)

    assert (answer.context["changed"].old.text, answer.context["changed"].new.text) == (
        "What was read.",
        "What is there now.",
    )
    assert "The post has changed since it was graded." in answer.content.decode()
    assert "Graded, so it cannot be removed" in client.get(listing(read.post)).content.decode()


def test_nothing_changed_where_the_text_that_was_graded_is_published_still(
    client, instructor, ada, course
):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    post = factories.make_post(ada, course, prompt=prompt)
    factories.make_grading(post, instructor, level=3)
    client.force_login(instructor)

    answer = client.get(factories.desk_address(post))

    assert answer.context["changed"] is None


def test_a_text_that_was_read_cannot_be_deleted(read):
    with pytest.raises(ProtectedError):
        read.revision.delete()


def restoring(post, number, name="revision_restore"):
    return reverse(name, args=[post.course.slug, post.slug, number])


@pytest.mark.parametrize(
    ("who", "status"),
    [(None, 302), ("eve", 404), ("bob", 403), ("instructor", 403), ("ada", 200)],
)
def test_restoring_answers_by_role(client, post, request, who, status):
    if who:
        client.force_login(request.getfixturevalue(who))

    assert client.get(restoring(post, 1)).status_code == status
    assert not post.drafts.exists()
    if status == 403:
        assert client.post(restoring(post, 1)).status_code == 403
        assert not post.drafts.exists()


def test_an_earlier_text_is_restored_and_the_message_takes_it_back(client, ada, post):
    save_draft(PostTarget(post), by=ada, title="Ties", text="Half a thought.")
    client.force_login(ada)
    assert "This replaces your draft of" in client.get(restoring(post, 1)).content.decode()

    desk = client.post(restoring(post, 1), follow=True)

    assert desk.redirect_chain == [(reverse("post_edit", args=["networks", post.slug]), 302)]
    assert "First, with [@granovetter1973]." in desk.content.decode()
    archived = Draft.objects.archived().get()
    assert f'name="archived" value="{archived.pk}"' in desk.content.decode()

    undone = client.post(
        restoring(post, 1, "revision_restore_undo"), {"archived": archived.pk}, follow=True
    )

    assert "Your draft is as it was before." in undone.content.decode()
    assert post.drafts.current().get().text == "Half a thought."


@pytest.mark.parametrize("key", ["", "x", "0", "9" * 40])
def test_an_undo_of_nothing_changes_nothing(client, ada, post, key):
    client.force_login(ada)

    undo = restoring(post, 1, "revision_restore_undo")
    answer = client.post(undo, {"archived": key}, follow=True)

    assert "nothing to undo" in answer.content.decode()
    assert not post.drafts.exists()


def test_only_the_author_is_offered_to_restore_and_only_what_is_not_there(
    client, ada, instructor, post
):
    client.force_login(instructor)
    assert restoring(post, 1) not in client.get(reading(post, 1)).content.decode()
    client.force_login(ada)
    assert restoring(post, 1) in client.get(reading(post, 1)).content.decode()
    assert restoring(post, 2) not in client.get(reading(post, 2)).content.decode()
