"""The rota on pages: its setting, a student's posts, and what the teaching team sees."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Post, Prompt
from tests import factories
from tests.hidden_posts import NOT_FOR_CLASSMATES
from tests.submitted import fields_of

HEADING = "Posts for you to comment on"


@pytest.fixture
def prompt(course):
    return factories.make_rota_prompt(course, comments_min=2)


@pytest.fixture
def post(ada, course, prompt):
    return factories.make_post(ada, course, "Ferries", prompt=prompt)


@pytest.fixture
def bobs_post(bob, course, prompt):
    return factories.make_post(bob, course, "Bridges", prompt=prompt)


def page(client, user, name, course, *args):
    client.force_login(user)
    return " ".join(client.get(reverse(name, args=[course.slug, *args])).content.decode().split())


def every_list(client, user, course, prompt):
    """Return the three pages where the rota shows."""
    return [
        page(client, user, "course_home", course),
        page(client, user, "prompt_page", course, prompt.number),
        page(client, user, "post_list", course),
    ]


def section(html):
    """Return the section of the rota."""
    return html.partition('id="rota-')[2].partition("</section>")[0]


# The setting


def test_a_prompt_gives_two_posts_unless_told_otherwise(client, course, instructor):
    client.force_login(instructor)
    form = fields_of(client.get("/c/networks/prompts/new/"), "question")
    assert (form["rota"], form["rota_posts"]) == ("", "2")

    client.post(
        "/c/networks/prompts/new/", form | {"question": "Why?", "rota": "pods", "rota_posts": ""}
    )

    assert Prompt.objects.values_list("rota", "rota_posts").get() == ("pods", 2)


@pytest.mark.parametrize("number", ["0", "7", "-1", "x"])
def test_a_number_of_posts_out_of_range_is_refused_at_its_field(client, course, instructor, number):
    client.force_login(instructor)
    form = fields_of(client.get("/c/networks/prompts/new/"), "question")

    response = client.post(
        "/c/networks/prompts/new/",
        form | {"question": "Why?", "rota": "mixed", "rota_posts": number},
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["rota_posts"]


# A student's posts


def test_a_student_reads_on_each_list_what_they_were_given(client, bob, course, prompt, post):
    factories.make_rota_entry(bob, post)

    for html in every_list(client, bob, course, prompt):
        assert HEADING in html

    html = section(page(client, bob, "course_home", course))
    assert f'href="{post.get_absolute_url()}#say"' in html
    assert "so that each post has 2 readers" in html
    assert "They come from the whole course" in html


def test_the_reason_names_the_pod(client, bob, course, prompt, post):
    Prompt.objects.update(rota=Prompt.Rota.PODS_FIRST, rota_posts=1)
    factories.make_rota_entry(bob, post)

    html = section(page(client, bob, "prompt_page", course, prompt.number))

    assert "so that each post has a reader. Posts of your pod come first" in html


def test_act_and_step_lead_to_the_posts_that_are_left(client, bob, course, prompt, post, bobs_post):
    factories.make_rota_entry(bob, post)
    anchor = f'href="#rota-{prompt.number}">See your posts to comment on'

    assert page(client, bob, "course_home", course).count(anchor) == 2
    factories.make_comment(bob, post)
    html = page(client, bob, "course_home", course)

    assert anchor not in html
    assert "You have commented on all of them." in section(html)
    assert f'href="{post.get_absolute_url()}#say"' not in section(html)


def test_what_a_student_was_given_is_on_their_home_once(client, bob, course, prompt, post):
    other = factories.make_post(factories.make_user(), course, prompt=prompt)
    factories.make_rota_entry(bob, post)
    client.force_login(bob)

    context = client.get(reverse("course_home", args=[course.slug])).context

    assert ([*context["waiting"]], [*context["new"]]) == ([other], [])


def test_an_offer_says_why_it_is_made(client, bob, course, prompt, post):
    factories.make_rota_entry(bob, post, is_offer=True)

    html = section(page(client, bob, "course_home", course))

    assert "Nobody has commented on this post yet. You have written your comments" in html


@pytest.mark.parametrize("who", ["ada", "instructor", "observer"])
def test_others_do_not_see_what_somebody_was_given(client, request, bob, course, prompt, post, who):
    factories.make_rota_entry(bob, post)
    reader = request.getfixturevalue(who)

    home, _prompt_page, posts = every_list(client, reader, course, prompt)

    assert (HEADING in home, HEADING in posts) == (False, False)


@pytest.mark.parametrize("is_offer", [False, True])
@pytest.mark.parametrize("fields", NOT_FOR_CLASSMATES)
def test_a_given_post_that_its_reader_cannot_see_is_on_no_list(
    client, bob, course, prompt, post, fields, is_offer
):
    factories.make_rota_entry(bob, post, is_offer=is_offer)
    Post.objects.update(**fields)

    assert not [html for html in every_list(client, bob, course, prompt) if "Ferries" in html]


@pytest.mark.parametrize(
    ("hours_to_due", "has_post", "words"),
    [
        (1, True, "you get 2 posts to comment on here on"),
        (1, False, "If you have published"),
        (-2, True, "Your posts appear here within a few minutes"),
        (-2, False, "Publish your post first."),
    ],
)
def test_who_has_no_posts_yet_reads_what_they_wait_for(
    client, bob, course, hours_to_due, has_post, words
):
    due_at = timezone.now() + timedelta(hours=hours_to_due)
    prompt = factories.make_rota_prompt(course, due_at=due_at)
    if has_post:
        factories.make_post(bob, course, prompt=prompt)

    html = page(client, bob, "prompt_page", course, prompt.number)

    assert words in section(html)


def test_nothing_is_promised_when_the_date_has_passed(client, bob, course):
    prompt = factories.make_rota_prompt(course, hours_left=-1)

    assert HEADING not in page(client, bob, "prompt_page", course, prompt.number)


def test_everybody_reads_on_the_prompt_when_posts_are_given(client, observer, course, prompt):
    html = page(client, observer, "prompt_page", course, prompt.number)

    assert "2 posts, given to each student on" in html


# The teaching team, on the last day


def test_the_team_sees_on_the_last_day_which_first_comment_is_missing(
    client, instructor, course, bob, post, bobs_post
):
    factories.make_comment(bob, post)
    for hours, is_listed in [(25, False), (23, True)]:
        Prompt.objects.update(comments_due_at=timezone.now() + timedelta(hours=hours))
        for name, *args in [("course_home",), ("prompt_page", 1)]:
            html = page(client, instructor, name, course, *args)
            missing = html.partition('id="missing"')[2].partition("</section>")[0]

            assert ("Bridges" in missing, "Ferries" in missing) == (is_listed, False)


def test_the_prompt_goes_on_naming_them_after_the_date_and_the_home_does_not(
    client, assistant, course, post
):
    Prompt.objects.update(comments_due_at=timezone.now() - timedelta(hours=1))

    assert 'id="missing"' in page(client, assistant, "prompt_page", course, 1)
    assert 'id="missing"' not in page(client, assistant, "course_home", course)


@pytest.mark.parametrize("who", ["bob", "observer"])
def test_nobody_else_sees_that_list(client, request, course, post, who):
    Prompt.objects.update(comments_due_at=timezone.now() + timedelta(hours=1))
    reader = request.getfixturevalue(who)

    assert 'id="missing"' not in page(client, reader, "prompt_page", course, 1)


# Costs


@pytest.mark.parametrize("posts", [1, 3])
@pytest.mark.parametrize(
    ("name", "args", "queries"),
    [("course_home", [], 25), ("prompt_page", [1], 9), ("post_list", [], 11)],
)
def test_pages_with_a_rota_cost_the_same_at_one_and_three(
    client, django_assert_num_queries, bob, course, prompt, name, args, queries, posts
):
    for _ in range(posts):
        author = factories.make_user()
        factories.add_member(course, author)
        factories.make_rota_entry(bob, factories.make_post(author, course, prompt=prompt))
    client.force_login(bob)

    with django_assert_num_queries(queries):
        client.get(reverse(name, args=[course.slug, *args]))
