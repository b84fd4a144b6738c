"""Posts as their readers and their author find them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Audience, AuditEvent, Comment, Post
from blog.queries.drafts import OwnDrafts
from tests import factories

# A literal, since the name of a test must be the same in every process.
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)

EVERYONE = Comment.Audience.EVERYONE


@pytest.fixture
def post(ada, course, prompt):
    return factories.make_post(ada, course, "Weak ties", "What weak ties bring.", prompt=prompt)


def address(name, post):
    return reverse(name, args=[post.course.slug, post.slug])


def page_of(client, user, url):
    client.force_login(user)
    return client.get(url)


# Four questions


OWN = ["post_withdraw", "post_delete", "post_restore"]


@pytest.mark.parametrize("name", ["post_page", *OWN])
def test_a_post_asks_strangers_to_log_in(client, post, name):
    url = address(name, post)

    response = client.post(url) if name == "post_restore" else client.get(url)

    assert response.status_code == 302
    assert response.url == f"{reverse('account_login')}?next={url}"


@pytest.mark.parametrize("name", ["post_list", "draft_list"])
def test_lists_ask_strangers_to_log_in(client, course, name):
    url = reverse(name, args=[course.slug])

    assert client.get(url).url == f"{reverse('account_login')}?next={url}"


@pytest.mark.parametrize("name", ["post_page", *OWN])
def test_a_post_does_not_exist_for_outsiders(client, post, eve, name):
    client.force_login(eve)
    url = address(name, post)

    response = client.post(url) if name == "post_restore" else client.get(url)

    assert response.status_code == 404


@pytest.mark.parametrize("name", ["post_list", "draft_list"])
def test_lists_do_not_exist_for_outsiders(client, course, eve, name):
    assert page_of(client, eve, reverse(name, args=[course.slug])).status_code == 404


@pytest.mark.parametrize("name", ["post_withdraw", "post_delete"])
@pytest.mark.parametrize("who", ["bob", "instructor", "observer"])
def test_only_its_author_withdraws_and_deletes(request, client, post, name, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(address(name, post)).status_code == 403
    assert client.post(address(name, post)).status_code == 403
    post.refresh_from_db()
    assert (post.status, post.deleted_at) == (Post.Status.PUBLISHED, None)


def test_observers_have_no_drafts(client, course, observer):
    assert page_of(client, observer, reverse("draft_list", args=[course.slug])).status_code == 403


# The page


def test_post_page_shows_text_prompt_and_byline(client, post, bob):
    response = page_of(client, bob, address("post_page", post))

    html = response.content.decode()
    assert response.status_code == 200
    assert '<h1 id="post-title">Weak ties</h1>' in html
    assert '<p id="p1">What weak ties bring.</p>' in html
    assert "What does it mean to learn in a network?" in html
    assert "Visible to: course" in html
    assert reverse("person_page", args=[post.course.slug, post.author.username]) in html


def test_post_page_lists_references_with_their_way_back(client, post, bob):
    post.revision.references = [
        {
            "key": "doe:2012",
            "work": 1,
            "csl": {},
            "html": "Doe, J. (2012). <i>Ties</i>.",
            "cited_in": [1, 3],
        }
    ]
    post.revision.save()

    html = page_of(client, bob, address("post_page", post)).content.decode()

    assert '<li class="ref" id="ref-doe.3a.2012">' in html
    assert "<p>Doe, J. (2012). <i>Ties</i>.</p>" in html
    assert re.findall(r'<a href="#p(\d)"><span class="visually-hidden">paragraph', html) == [
        "1",
        "3",
    ]


def test_a_draft_leads_its_author_to_the_desk(client, ada, bob, course):
    draft = factories.make_draft_post(ada, course)

    assert page_of(client, ada, address("post_page", draft)).url == address("post_edit", draft)
    assert page_of(client, bob, address("post_page", draft)).status_code == 404


def test_a_withdrawn_post_says_so_to_author_and_team(client, ada, bob, assistant, post):
    Post.objects.filter(pk=post.pk).update(status=Post.Status.WITHDRAWN)

    assert b"You have withdrawn" in page_of(client, ada, address("post_page", post)).content
    assert (
        b"has withdrawn this post" in page_of(client, assistant, address("post_page", post)).content
    )
    assert page_of(client, bob, address("post_page", post)).status_code == 404


def test_lateness_is_between_author_and_team(client, ada, bob, assistant, post, prompt):
    prompt.opens_at = timezone.now() - timedelta(days=9)
    prompt.due_at = timezone.now() - timedelta(days=2)
    prompt.save()
    url = address("post_page", post)

    shown = [
        b"after the due date" in page_of(client, u, url).content for u in (ada, assistant, bob)
    ]

    assert shown == [True, True, False]


def test_the_deadlines_minute_still_counts(client, ada, post, prompt):
    prompt.due_at = timezone.now().replace(second=0, microsecond=0)
    prompt.save()
    Post.objects.filter(pk=post.pk).update(published_at=prompt.due_at + timedelta(seconds=59))

    assert b"after the due date" not in page_of(client, ada, address("post_page", post)).content


def test_the_private_margin_is_between_author_and_team(client, ada, bob, assistant, observer, post):
    url = address("post_page", post)

    shown = [
        b"and the teaching team see this" in page_of(client, u, url).content
        for u in (ada, assistant, bob, observer)
    ]

    assert shown == [True, True, False, False]


def test_nothing_of_a_grade_is_on_the_page_before_its_release(
    client, ada, bob, instructor, post, prompt
):
    prompt.rubric = factories.make_rubric(prompt.course)
    prompt.save()
    factories.make_feedback(post, instructor, "Which design first?", level=3)

    for reader in (ada, bob):
        response = page_of(client, reader, address("post_page", post))
        html = response.content.decode()
        assert response.context["feedback"] is None
        assert "Which design first?" not in html
        assert "Uses evidence" not in html
        assert ("Not released" in html) == (reader == ada)


def test_released_feedback_is_its_authors(client, ada, bob, assistant, instructor, post, prompt):
    prompt.rubric = factories.make_rubric(prompt.course)
    prompt.save()
    factories.make_feedback(
        post, instructor, "Which design first?", level=3, released_at=timezone.now()
    )
    url = address("post_page", post)

    html = page_of(client, ada, url).content.decode()

    assert "<p>Which design first?</p>" in html
    assert re.findall(r"<dt>(.*?)</dt><dd>(Well)", html) == [
        ("Answers the prompt", "Well"),
        ("Uses evidence", "Well"),
    ]
    assert "Not released" not in html
    for reader in (bob, assistant):
        assert b"Which design first?" not in page_of(client, reader, url).content


def test_not_released_is_said_only_where_there_is_a_rubric(client, ada, post):
    assert b"Not released" not in page_of(client, ada, address("post_page", post)).content


def test_the_conversation_stands_in_two_levels(client, ada, bob, instructor, post):
    first = factories.make_comment(bob, post, "First.")
    second = factories.make_comment(ada, post, "Second.", parent=first)
    third = factories.make_comment(instructor, post, "Third.", parent=second)

    html = page_of(client, bob, address("post_page", post)).content.decode()

    assert re.findall(r'id="(c\d+)"', html) == [f"c{c.pk}" for c in (first, second, third)]
    assert html.count("<ol>") == 1
    assert f'<a href="#c{second.pk}">to Ada Student</a>' in html


def test_a_hidden_comment_is_announced_as_hidden_to_those_who_see_it(
    client, ada, bob, observer, post
):
    factories.make_comment(bob, post, "Rude.", state=Comment.State.HIDDEN)
    url = address("post_page", post)

    for reader, shown in ((ada, True), (bob, True), (observer, False)):
        html = page_of(client, reader, url).content
        assert (b"Rude." in html) == shown
        assert (b"Hidden by the teaching team." in html) == shown


@pytest.mark.parametrize("reader", ["bob", "ada", "instructor"])
def test_post_page_costs_the_same_at_one_and_three_comments(
    request, client, django_assert_num_queries, post, bob, instructor, reader
):
    # session, user, memberships, post, comments, draft; then the follow, or the author’s feedback
    cost = 7
    client.force_login(request.getfixturevalue(reader))
    first = factories.make_comment(bob, post)

    with django_assert_num_queries(cost):
        client.get(address("post_page", post))
    factories.make_comment(instructor, post, parent=first)
    factories.make_comment(factories.make_user(), post, deleted_at=timezone.now())
    with django_assert_num_queries(cost):
        client.get(address("post_page", post))


def test_the_composer_closes_with_the_course(client, bob, post, course):
    course.ends_on = course.today() - timedelta(days=1)
    course.save()

    html = page_of(client, bob, address("post_page", post)).content.decode()

    assert "and its conversations with it" in html
    assert 'id="say"' not in html


def test_observers_read_without_a_composer(client, observer, post):
    factories.make_comment(post.author, post)

    html = page_of(client, observer, address("post_page", post)).content.decode()

    assert 'id="say"' not in html
    assert "Reply to" not in html


# Withdraw, delete, restore


def test_withdraw_asks_first(client, ada, post):
    response = page_of(client, ada, address("post_withdraw", post))

    assert response.status_code == 200
    post.refresh_from_db()
    assert post.is_published


def test_withdraw_takes_the_post_back(client, ada, post):
    client.force_login(ada)

    response = client.post(address("post_withdraw", post), follow=True)

    post.refresh_from_db()
    assert post.status == Post.Status.WITHDRAWN
    assert response.redirect_chain == [(address("post_page", post), 302)]
    assert AuditEvent.objects.get().action == "post_withdrawn"


def test_withdraw_refuses_a_draft_in_words(client, ada, course):
    draft = factories.make_draft_post(ada, course)
    client.force_login(ada)

    response = client.post(address("post_withdraw", draft))

    assert response.status_code == 302
    assert [str(m) for m in response.wsgi_request._messages] == [
        "Only a published post can be withdrawn."
    ]


def test_delete_offers_its_undo_in_the_message(client, ada, post):
    client.force_login(ada)

    response = client.post(address("post_delete", post), follow=True)

    html = response.content.decode()
    post.refresh_from_db()
    assert post.deleted_at is not None
    assert response.redirect_chain[-1] == (reverse("draft_list", args=[post.course.slug]), 302)
    form = re.search(r'role="status">.*?(<form.*?</form>)', html, re.DOTALL)[1]
    assert f'action="{address("post_restore", post)}"' in form
    assert "csrfmiddlewaretoken" in form


def test_a_title_in_the_undo_message_is_escaped(client, ada, course):
    post = factories.make_post(ada, course, "<b>Bold</b>", slug="bold")
    client.force_login(ada)

    html = client.post(address("post_delete", post), follow=True).content.decode()

    assert "“&lt;b&gt;Bold&lt;/b&gt;” is deleted" in html


def test_restore_brings_the_post_back(client, ada, post):
    client.force_login(ada)
    client.post(address("post_delete", post))

    response = client.post(address("post_restore", post))

    post.refresh_from_db()
    assert (post.deleted_at, post.status) == (None, Post.Status.PUBLISHED)
    assert response.url == address("post_page", post)


def test_restore_refuses_a_second_answer_in_words(client, ada, course, prompt, post):
    client.force_login(ada)
    client.post(address("post_delete", post))
    factories.make_post(ada, course, "Another", prompt=prompt)

    response = client.post(address("post_restore", post))

    post.refresh_from_db()
    assert post.deleted_at is not None
    assert response.url == reverse("draft_list", args=[course.slug])


def test_restore_is_the_authors(client, bob, post):
    Post.objects.filter(pk=post.pk).update(deleted_at=timezone.now())
    client.force_login(bob)

    assert client.post(address("post_restore", post)).status_code == 404


# Lists


def test_post_list_shows_what_the_reader_sees_newest_first(client, ada, bob, course):
    now = timezone.now()
    old = factories.make_post(ada, course, "Old", at=now - timedelta(days=2))
    new = factories.make_post(ada, course, "New", at=now - timedelta(days=1))
    factories.make_post(ada, course, "Mine", audience=Audience.INSTRUCTORS)
    factories.make_draft_post(ada, course)

    response = page_of(client, bob, reverse("post_list", args=[course.slug]))

    assert list(response.context["page"]) == [new, old]
    assert b"You are caught up." in response.content


def test_post_list_keeps_the_answers_to_a_prompt(client, ada, bob, course, post):
    factories.make_post(ada, course, "Something else")
    client.force_login(bob)
    url = reverse("post_list", args=[course.slug])

    assert list(client.get(url, {"prompt": post.prompt.number}).context["page"]) == [post]
    assert client.get(url, {"prompt": 99}).status_code == 404
    assert client.get(url, {"prompt": "x"}).status_code == 404


def test_post_list_ends(client, ada, bob, course):
    for number in range(11):
        factories.make_post(ada, course, f"Post {number}")
    client.force_login(bob)
    url = reverse("post_list", args=[course.slug])

    first, last, beyond = (client.get(url, {"page": n}) for n in ("1", "2", "99"))

    assert [len(r.context["page"]) for r in (first, last, beyond)] == [10, 1, 1]
    assert [b"You are caught up." in r.content for r in (first, last)] == [False, True]
    assert b"Older posts" in first.content
    assert b"Newer posts" in last.content


def test_post_list_hints_at_posts_without_a_reply(client, ada, bob, instructor, course):
    waiting = factories.make_post(ada, course, "Waiting")
    answered = factories.make_post(ada, course, "Answered")
    alone = factories.make_post(ada, course, "Alone")
    factories.make_comment(bob, answered)
    factories.make_comment(ada, alone)
    factories.make_comment(instructor, waiting, audience=Comment.Audience.TEAM)

    page = page_of(client, bob, reverse("post_list", args=[course.slug])).context["page"]

    assert {p: p.is_answered for p in page} == {waiting: False, answered: True, alone: False}


def test_post_list_without_posts_says_what_will_be_here(client, bob, observer, course):
    url = reverse("post_list", args=[course.slug])

    assert b"Write the first" in page_of(client, bob, url).content
    html = page_of(client, observer, url).content
    assert b"No posts yet" in html
    assert b"Write the first" not in html


def test_post_list_costs_the_same_at_one_and_three_posts(
    client, django_assert_num_queries, ada, bob, course, prompt
):
    client.force_login(bob)
    url = reverse("post_list", args=[course.slug])
    factories.make_post(ada, course, prompt=prompt)

    with django_assert_num_queries(6):
        client.get(url)
    for _ in range(2):
        factories.make_post(factories.make_user(), course, prompt=prompt)
    with django_assert_num_queries(6):
        client.get(url)


def test_post_drafts_sorts_what_is_the_readers_own(client, ada, bob, course):
    draft = factories.make_draft_post(ada, course, "Begun")
    changed = factories.make_post(ada, course, "Changed")
    changed.drafts.create(user=ada, title="Changed again", text="More.")
    withdrawn = factories.make_post(ada, course, "Back")
    Post.objects.filter(pk=withdrawn.pk).update(status=Post.Status.WITHDRAWN)
    deleted = factories.make_post(ada, course, "Gone", deleted_at=timezone.now())
    factories.make_post(ada, course, "Lost", deleted_at=timezone.now() - timedelta(days=31))
    factories.make_post(ada, course, "Published")
    factories.make_draft_post(bob, course, "Bob’s")

    context = page_of(client, ada, reverse("draft_list", args=[course.slug])).context

    assert context["drafts"] == OwnDrafts([draft], [changed], [withdrawn], [deleted])


def test_post_drafts_costs_the_same_at_one_and_three(
    client, django_assert_num_queries, ada, course
):
    client.force_login(ada)
    url = reverse("draft_list", args=[course.slug])
    factories.make_draft_post(ada, course)

    with django_assert_num_queries(5):
        client.get(url)
    factories.make_draft_post(ada, course)
    factories.make_draft_post(ada, course)
    with django_assert_num_queries(5):
        client.get(url)


def test_post_drafts_empty(client, ada, course):
    html = page_of(client, ada, reverse("draft_list", args=[course.slug])).content

    assert b"Nothing in the drawer" in html


# The page beyond the course


@pytest.fixture
def public(ada, course):
    ada.public_name = "A. S."
    ada.save()
    return factories.make_post(ada, course, "Out there", audience=Audience.PUBLIC)


def public_address(post, slug=None):
    return reverse("post_public", args=[post.pk, slug or post.slug])


def test_post_public_names_neither_course_nor_people(client, ada, bob, course, public):
    first = factories.make_comment(bob, public, "For all.", audience=EVERYONE)
    factories.make_comment(ada, public, "Thank you.", parent=first, audience=EVERYONE)

    response = client.get(public_address(public))

    html = response.content.decode()
    assert response.status_code == 200
    assert re.findall(r'class="name">(.*?)<', html) == ["A. S.", "A student", "A. S."]
    for secret in (course.title, course.slug, ada.display_name, bob.display_name, ada.username):
        assert f">{secret}" not in html
        assert f"/{secret}/" not in html
    assert "noindex" not in html
    assert "X-Robots-Tag" not in response
    assert "private" in response["Cache-Control"]


def test_post_public_shows_only_what_its_writer_opened(client, bob, instructor, public):
    shown = factories.make_comment(bob, public, "For all.", audience=EVERYONE)
    factories.make_comment(bob, public, "For the course.")
    factories.make_comment(bob, public, "Rude.", audience=EVERYONE, state=Comment.State.HIDDEN)
    factories.make_comment(bob, public, "Oh.", audience=EVERYONE, deleted_at=timezone.now())

    for reader in (None, bob, instructor):
        if reader:
            client.force_login(reader)
        threads = client.get(public_address(public)).context["threads"]
        assert [line.comment for line in threads] == [shown]


def test_post_public_leads_from_a_wrong_slug_to_the_right_one(client, public):
    assert client.get(public_address(public, "wrong")).url == public_address(public)


def test_post_public_for_everyone_signed_in(client, eve, public):
    Post.objects.filter(pk=public.pk).update(audience=Audience.SIGNED_IN)
    url = public_address(public)

    assert client.get(url).url == f"{reverse('account_login')}?next={url}"
    response = page_of(client, eve, url)
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    assert b'<meta name="robots" content="noindex">' in response.content


@pytest.mark.parametrize(
    "fields",
    [
        {"audience": Audience.COURSE},
        {"status": Post.Status.WITHDRAWN},
        {"deleted_at": LONG_AGO},
        {"public_until": LONG_AGO},
    ],
    ids=str,
)
def test_post_public_ends_with_its_audience(client, ada, eve, public, fields):
    Post.objects.filter(pk=public.pk).update(**fields)
    url = public_address(public)

    assert client.get(url).status_code == 302
    assert page_of(client, eve, url).status_code == 404
    assert page_of(client, ada, url).status_code == 404


def test_post_public_tells_strangers_nothing_about_what_exists(client, post):
    hidden, missing = public_address(post), reverse("post_public", args=[9999, "x"])

    assert client.get(hidden).url == f"{reverse('account_login')}?next={hidden}"
    assert client.get(missing).url == f"{reverse('account_login')}?next={missing}"


def test_post_public_costs_the_same_at_one_and_three_comments(
    client, django_assert_num_queries, bob, public
):
    factories.make_comment(bob, public, audience=EVERYONE)

    with django_assert_num_queries(2):
        client.get(public_address(public))
    for _ in range(2):
        factories.make_comment(bob, public, audience=EVERYONE)
    with django_assert_num_queries(2):
        client.get(public_address(public))
