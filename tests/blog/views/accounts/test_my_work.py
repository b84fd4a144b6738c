"""My work: everything of one's own in a course, for oneself alone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Draft, Post
from blog.queries.own_posts import OwnPosts
from tests import factories


def address(course):
    return reverse("course_work", args=[course.slug])


def page_of(client, user, course):
    client.force_login(user)
    return client.get(address(course))


def html_of(client, user, course):
    return page_of(client, user, course).content.decode()


# Four questions; tests/test_access.py asks the rest


def test_observers_have_no_work(client, course, observer):
    assert page_of(client, observer, course).status_code == 403


def test_outsiders_are_not_told_that_the_page_exists(client, course, eve):
    assert page_of(client, eve, course).status_code == 404


def test_nobody_finds_the_work_of_another(client, ada, bob, instructor, course, prompt):
    post = factories.make_post(ada, course, "Of ties", prompt=prompt)
    factories.make_draft_post(ada, course, "Ada’s draft")
    factories.make_draft_comment(ada, factories.make_post(bob, course), "Ada’s comment")
    factories.make_grading(post, instructor, "Ada’s feedback", released_at=timezone.now())

    for reader in (bob, instructor):
        html = html_of(client, reader, course)
        assert "Of ties" not in html.split("</aside>")[1]
        assert "Ada’s" not in html


# Ways to it


def test_the_account_menu_leads_to_it_in_a_course_and_elsewhere(client, ada, course):
    client.force_login(ada)

    in_course = client.get(reverse("course_home", args=[course.slug])).content.decode()
    elsewhere = client.get(reverse("profile_edit")).content.decode()

    assert in_course.count(f'href="{address(course)}"') == 2  # the course's links, and the menu
    assert f'href="{reverse("my_work")}"' in elsewhere


def test_without_a_course_in_the_address_it_leads_to_the_only_one(client, ada, course):
    client.force_login(ada)

    assert client.get(reverse("my_work")).url == address(course)


def test_of_several_courses_one_is_chosen(client, ada, course):
    other = factories.make_course("other", title="Other networks")
    factories.add_member(other, ada)
    client.force_login(ada)

    html = client.get(reverse("my_work")).content.decode()

    assert [f'href="{address(one)}"' in html for one in (course, other)] == [True, True]


def test_without_a_course_it_says_how_to_join_one(client, db):
    client.force_login(factories.make_user())

    assert "You are not in a course yet" in client.get(reverse("my_work")).content.decode()


def test_the_drafts_of_old_links_are_here(client, ada, course):
    client.force_login(ada)

    response = client.get(reverse("draft_list", args=[course.slug]))

    assert response.url == f"{address(course)}#drafts"


# What it lists


def test_posts_are_sorted_by_their_state(client, ada, bob, course):
    draft = factories.make_draft_post(ada, course, "Begun")
    changed = factories.make_post(ada, course, "Changed")
    factories.make_draft(ada, changed)
    withdrawn = factories.make_withdrawn_post(ada, course, "Back")
    deleted = factories.make_post(ada, course, "Gone", deleted_at=timezone.now())
    factories.make_post(ada, course, "Lost", deleted_at=timezone.now() - timedelta(days=31))
    factories.make_draft_post(bob, course, "Bob’s")

    response = page_of(client, ada, course)

    assert response.context["posts"] == OwnPosts([draft], [changed], [withdrawn], [deleted])
    html = response.content.decode()
    assert "Unpublished changes" in html
    assert "Only you and the teaching team see these posts." in html
    assert reverse("post_republish", args=[course.slug, withdrawn.slug]) in html
    assert reverse("post_restore", args=[course.slug, deleted.slug]) in html


@pytest.mark.parametrize(
    ("seen", "words"),
    [(False, "Read your feedback"), (True, "Feedback read")],
)
def test_a_published_post_has_the_state_of_its_feedback(
    client, ada, instructor, course, seen, words
):
    rubric = factories.make_rubric(course)
    prompt = factories.make_prompt(course, rubric=rubric)
    post = factories.make_post(ada, course, "Of ties", prompt=prompt)
    factories.make_grading(post, instructor, level=3, released_at=timezone.now())
    client.force_login(ada)
    if seen:
        client.post(reverse("feedback_seen", args=[course.slug, prompt.number]))

    html = client.get(address(course)).content.decode()

    assert f"{words}<span" in html
    assert f'href="{post.get_absolute_url()}#feedback"' in html
    assert ("6 of 8 points" in html) is seen


def test_feedback_before_its_release_is_not_there(client, ada, instructor, course, prompt):
    post = factories.make_post(ada, course, prompt=prompt)
    tomorrow = timezone.now() + timedelta(days=1)
    factories.make_grading(post, instructor, released_at=tomorrow)

    html = html_of(client, ada, course)

    assert "Feedback not released" in html
    assert instructor.display_name not in html


def test_feedback_of_a_deleted_post_is_still_found(client, ada, instructor, course, prompt):
    post = factories.make_post(ada, course, prompt=prompt, deleted_at=timezone.now())
    factories.make_grading(post, instructor, released_at=timezone.now())

    html = html_of(client, ada, course)

    assert "Feedback without a post" in html
    assert f'href="{prompt.get_absolute_url()}#feedback"' in html


def test_comments_that_were_not_sent_lead_to_where_they_are_written(client, ada, bob, course):
    post = factories.make_post(bob, course, "Of ties")
    comment = factories.make_comment(bob, post)
    own = factories.make_comment(ada, post)
    factories.make_draft_comment(ada, post, "A thought on ties")
    factories.make_draft_comment(
        ada, post, "A reply on ties", kind=Draft.Kind.REPLY, parent=comment
    )
    factories.make_draft_comment(ada, post, "A better thought", kind=Draft.Kind.EDIT, comment=own)

    html = html_of(client, ada, course)

    for words in ("A thought on ties", "A reply on ties", "A better thought"):
        assert f"“{words}”" in html
    assert f'href="{post.get_absolute_url()}#say"' in html
    assert f'href="{reverse("comment_reply", args=[course.slug, comment.pk])}"' in html
    assert f'href="{reverse("comment_edit", args=[course.slug, own.pk])}"' in html


def test_words_under_a_post_that_is_gone_stay_readable(client, ada, bob, course):
    post = factories.make_withdrawn_post(bob, course, "Bob’s secret")
    factories.make_draft_comment(ada, post, "My own words")

    html = html_of(client, ada, course)

    assert "On a post that you cannot see any more" in html
    assert '<div class="stored" dir="auto">My own words</div>' in html
    assert "Bob’s secret" not in html


def test_the_current_prompt_has_what_is_due(client, ada, bob, course):
    prompt = factories.make_prompt(course, comments_min=2)
    waiting = factories.make_post(bob, course, "Waits", prompt=prompt)
    factories.make_draft_post(ada, course, "Begun", text="Three short words.", prompt=prompt)

    response = page_of(client, ada, course)

    context = response.context
    assert (context["now"].prompt, context["draft"].words) == (prompt, 3)
    assert [due.is_for_comments for due in context["dates"]] == [False, True]
    assert context["waiting"] == [waiting]
    html = response.content.decode()
    assert html.count("btn-primary") == 1
    assert "Continue writing" in html


def test_comments_that_are_written_are_listed_once_for_each_person(client, ada, bob, course):
    prompt = factories.make_prompt(course, comments_min=1)
    post = factories.make_post(bob, course, "Of ties", prompt=prompt)
    first = factories.make_comment(ada, post)
    factories.make_comment(ada, post, "And another thing.")

    context = page_of(client, ada, course).context

    assert context["comments"] == [first]
    assert [due.is_for_comments for due in context["dates"]] == [False]


def test_the_teaching_team_has_its_drafts_and_posts_and_no_prompt(
    client, instructor, course, prompt
):
    factories.make_draft_post(instructor, course, "A note to all")

    response = page_of(client, instructor, course)

    assert response.context["now"] is None
    assert "A note to all" in response.content.decode()


def test_it_says_where_nothing_is_yet(client, ada, course):
    html = html_of(client, ada, course)

    assert "Nothing of yours yet" in html
    assert "That’s everything of yours in this course." not in html


def test_it_costs_the_same_at_one_and_three(
    client, django_assert_num_queries, ada, bob, instructor, course
):
    rubric = factories.make_rubric(course)

    def add_one():
        prompt = factories.make_prompt(course, rubric=rubric, comments_min=2)
        post = factories.make_post(ada, course, prompt=prompt)
        factories.make_grading(post, instructor, level=2, released_at=timezone.now())
        factories.make_draft(ada, post)
        factories.make_draft_post(ada, course)
        factories.make_withdrawn_post(ada, course)
        factories.make_post(ada, course, deleted_at=timezone.now())
        peers = factories.make_post(bob, course, prompt=prompt)
        factories.make_comment(ada, peers)
        factories.make_draft_comment(ada, peers)

    client.force_login(ada)
    add_one()
    with django_assert_num_queries(17):
        client.get(address(course))
    add_one()
    add_one()
    with django_assert_num_queries(17):
        client.get(address(course))


def test_a_deleted_post_leads_here_with_its_undo(client, ada, course):
    post = factories.make_post(ada, course)
    client.force_login(ada)

    response = client.post(reverse("post_delete", args=[course.slug, post.slug]))

    assert response.url == address(course)
    assert Post.objects.get().deleted_at is not None


def test_whoever_has_left_reads_that_and_not_that_they_never_joined(client, ada, course):
    course.memberships.filter(user=ada).update(ended_at=timezone.now())
    client.force_login(ada)

    page = client.get(reverse("my_work")).content.decode()

    assert "You are in no course now" in page
    assert "You have left 1 course." in page
    assert "not in a course yet" not in page
