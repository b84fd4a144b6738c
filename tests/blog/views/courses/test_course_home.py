"""The course home: one act by the reader's state, their progress, what waits and what is new."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Prompt
from tests import factories


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, comments_min=1, words_min=250)


def at(name, course, *args):
    return reverse(name, args=[course.slug, *args])


def page_of(client, user, course):
    client.force_login(user)
    return client.get(at("course_home", course))


def html_of(client, user, course):
    return page_of(client, user, course).content.decode()


def blue_act(html):
    """Return the words of the one blue button, and the rest of the page."""
    assert html.count("btn-primary") == 1
    return " ".join(html.split("btn-primary")[1].split(">", 1)[1].split("<")[0].split())


# The one act


def test_a_student_without_a_post_writes_it(client, ada, course, prompt):
    html = html_of(client, ada, course)

    assert blue_act(html) == "Write your post"
    assert f'href="{at("post_new", course)}?prompt={prompt.number}"' in html


def test_a_student_with_a_draft_continues_it(client, ada, course, prompt):
    draft = factories.make_draft_post(ada, course, prompt=prompt)

    html = html_of(client, ada, course)

    assert blue_act(html) == "Continue writing"
    assert f'href="{at("post_edit", course, draft.slug)}"' in html


def test_a_student_who_withdrew_publishes_again_and_reads_who_sees_it(client, ada, course, prompt):
    post = factories.make_withdrawn_post(ada, course, prompt=prompt)

    html = html_of(client, ada, course)

    assert blue_act(html) == "Publish again"
    assert f'action="{at("post_republish", course, post.slug)}"' in html
    assert "Post withdrawn" in html
    assert "Only you and the teaching team see it" in html
    assert "Post not started" not in html


def test_a_student_who_published_finds_a_post_to_comment_on(client, ada, course, prompt):
    factories.make_post(ada, course, prompt=prompt)

    html = html_of(client, ada, course)

    assert blue_act(html) == "Find a post to comment on"
    assert f'href="{at("post_list", course)}?prompt=1&amp;new=on"' in html


def test_a_student_reads_that_a_comment_would_be_late(client, ada, course, prompt):
    factories.make_post(ada, course, prompt=prompt)
    now = timezone.now()
    dates = {"due_at": now - timedelta(days=5), "comments_due_at": now - timedelta(days=3)}
    Prompt.objects.update(opens_at=now - timedelta(days=9), **dates)

    html = html_of(client, ada, course)

    assert "Comment late" in html
    assert "Comments were due on" in html


def test_a_student_who_did_all_that_is_asked_has_nothing_blue(client, ada, bob, course, prompt):
    factories.make_post(ada, course, prompt=prompt)
    factories.make_comment(ada, factories.make_post(bob, course, prompt=prompt))

    assert "btn-primary" not in html_of(client, ada, course)


def test_nobody_is_asked_to_write_when_the_course_is_over(client, ada, course, prompt):
    course.ends_on = course.today() - timedelta(days=1)
    course.save()

    assert "Write your post" not in html_of(client, ada, course)


def test_the_teaching_team_opens_the_grading_desk(client, instructor, ada, course, prompt):
    factories.make_post(ada, course, prompt=prompt)

    html = html_of(client, instructor, course)

    assert blue_act(html) == "Open the grading desk"
    assert "1 post to read" in html
    assert "See the roster" in html


def test_the_team_reads_how_many_posts_wait_in_all_prompts(client, instructor, ada, bob, course):
    now = timezone.now()
    for days in (20, 6):
        due = now - timedelta(days=days)
        opens = due - timedelta(days=7)
        prompt = factories.make_prompt(course, opens_at=opens, due_at=due)
        for author in (ada, bob):
            factories.make_post(author, course, prompt=prompt)

    page = page_of(client, instructor, course)

    assert "4 posts to read, in 2 prompts" in " ".join(page.content.decode().split())
    assert reverse("grading_overview", args=[course.slug]) in page.content.decode()
    overview = client.get(reverse("grading_overview", args=[course.slug]))
    html = " ".join(overview.content.decode().split())
    assert "4 posts to read, in 2 prompts" in html
    assert [each.number for each in overview.context["to_read"]] == [1, 2]
    assert 'class="btn btn-primary" href="/c/networks/desk/1/"' in html


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("student", []),
        ("observer", []),
        ("assistant", ["Moderation"]),
        ("instructor", ["Moderation", "Announcements", "Rubrics", "Settings"]),
    ],
)
def test_the_team_finds_what_has_no_entry_in_the_masthead(client, course, role, said):
    reader = factories.make_user()
    factories.add_member(course, reader, role=role)

    html = html_of(client, reader, course)

    menu = re.findall(r'<nav class="course-menu".*?</nav>', html, re.DOTALL)
    assert re.findall(r"<a [^>]*>(\w+)", "".join(menu)) == said


def test_the_course_menu_says_that_something_waits(client, course, ada, bob, instructor):
    comment = factories.make_comment(bob, factories.make_post(ada, course, "Ties"))
    assert "nav-note" not in html_of(client, instructor, course)

    factories.make_report(comment, ada)

    html = html_of(client, instructor, course)
    assert html.count('<span class="nav-note">waiting</span>') == 2  # beside Course, too


# The head


@pytest.mark.parametrize(
    ("chars", "classes"),
    [(90, "question"), (91, "question question-m"), (221, "question question-l")],
)
def test_the_title_is_the_headline_and_a_long_question_is_set_smaller(
    client, ada, course, prompt, chars, classes
):
    prompt.title, prompt.question_plain = "Of ties", "q" * chars
    prompt.question_html = f"<p>{prompt.question_plain}</p>"
    prompt.save()

    html = html_of(client, ada, course)

    assert ">Of ties</a>" in html.split("</h1>")[0]
    assert f'<div class="{classes} stack-s" dir="auto"><p>qqq' in html


# First steps


def test_a_newcomer_reads_first_steps_in_words(client, ada, instructor, course, prompt):
    html = html_of(client, ada, course)

    steps = html.split('<ol class="steps">')[1].split("</ol>")[0]
    for words in (
        "1. Write a post",
        "A first post of 250 words is enough",
        "2. Comment on the post of 1 classmate",
        "3. Meet your pod",
        "You are not in a pod yet",
        "Ines Instructor puts you in one",
    ):
        assert words in steps
    assert "Feedback" not in html


def test_a_newcomer_with_a_pod_is_led_to_it(client, ada, bob, course, prompt):
    factories.make_pod(course, "Alder", ada, bob)

    html = html_of(client, ada, course)

    assert "You are in Alder" in html
    assert "Your pod, Alder" in html
    assert at("person_page", course, bob.username) in html


@pytest.mark.parametrize("write", [factories.make_draft_post, factories.make_withdrawn_post])
def test_who_has_written_something_is_no_newcomer(client, ada, course, prompt, write):
    write(ada, course)

    assert page_of(client, ada, course).context["is_newcomer"] is False


def test_who_has_commented_is_no_newcomer(client, ada, bob, course, prompt):
    factories.make_comment(ada, factories.make_post(bob, course))

    html = html_of(client, ada, course)

    assert "Feedback after you publish" in html
    assert "1. Write a post" not in html


# Lists


def test_prompts_have_the_state_of_their_reader(client, ada, instructor, course, prompt):
    post = factories.make_post(ada, course, prompt=prompt)
    factories.make_grading(post, instructor, released_at=timezone.now())

    assert "Published, feedback ready" in html_of(client, ada, course)


def test_several_unread_feedbacks_are_one_line_of_news(client, ada, instructor, course):
    for title in ("Older", "Newer"):
        post = factories.make_post(ada, course, title, prompt=factories.make_prompt(course))
        factories.make_grading(post, instructor, released_at=timezone.now())

    html = html_of(client, ada, course)

    assert html.count('class="news"') == 1
    assert ">Newer</span> is ready" in html
    assert f"{at('course_work', course)}#published" in html


def test_the_lists_end_in_words(client, ada, bob, course, prompt):
    assert "Nothing new in the last seven days." in html_of(client, ada, course)
    factories.make_post(bob, course)

    html = html_of(client, ada, course)

    assert "That’s all that is new." in html
    assert "caught up" not in html


def test_the_home_costs_the_same_at_one_and_three(
    client, django_assert_num_queries, ada, bob, instructor, course
):
    def add_one():
        prompt = factories.make_prompt(course, rubric=rubric)
        post = factories.make_post(ada, course, prompt=prompt)
        factories.make_grading(post, instructor, level=1, released_at=timezone.now())
        factories.make_post(bob, course)
        stranger = factories.make_user()
        factories.add_member(course, stranger)
        factories.make_comment(stranger, factories.make_post(stranger, course))
        factories.make_announcement(course, instructor)

    rubric = factories.make_rubric(course)
    factories.make_pod(course, "Alder", ada, bob)
    client.force_login(ada)
    add_one()
    with django_assert_num_queries(23):
        client.get(at("course_home", course))
    add_one()
    add_one()
    with django_assert_num_queries(23):
        client.get(at("course_home", course))


def test_the_home_of_a_student_reads_their_own_pod_alone(client, ada, bob, course):
    own = factories.make_pod(course, "Alder", ada, bob)
    factories.make_pod(course, "Birch", *_members(course, 1))

    [(pod, members)] = page_of(client, ada, course).context["pods"]

    assert (pod, [member.user for member in members]) == (own, [ada, bob])


def test_a_student_without_a_pod_has_none_on_the_home(client, ada, course):
    factories.make_pod(course, "Birch", *_members(course, 1))

    assert page_of(client, ada, course).context["pods"] == []


@pytest.mark.parametrize(("pods", "listed", "has_more"), [(3, 3, False), (13, 12, True)])
def test_the_home_of_the_team_lists_the_first_pods(
    client, course, instructor, pods, listed, has_more
):
    for number in range(pods):
        factories.make_pod(course, f"Pod {number:02}", *_members(course, 1))

    page = page_of(client, instructor, course)

    names = [pod.name for pod, _members in page.context["pods"]]
    assert names == [f"Pod {number:02}" for number in range(listed)]
    assert ("Everyone in this course" in page.content.decode()) == has_more


def _members(course, count):
    people = [factories.make_user() for _ in range(count)]
    for person in people:
        factories.add_member(course, person)
    return people
