"""A prompt whose posts appear once one's own is published: what its pages say, and to whom."""

import pytest
from django.urls import reverse

from blog.models import Audience, Post, Prompt
from tests import factories
from tests.blog.views.prompts.test_prompt import prompt_form
from tests.submitted import fields_of

FACT = "Appear once you have published yours"
WAITS = "Posts of others appear once yours is published"


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, title="Of beginnings", own_post_first=True)


@pytest.fixture
def post(ada, course, prompt):
    return factories.make_post(ada, course, "Of ties", prompt=prompt)


def page(client, user, name, course, *args, query=""):
    client.force_login(user)
    html = client.get(reverse(name, args=[course.slug, *args]) + query).content.decode()
    return " ".join(html.split())


# The setting


def test_an_instructor_sets_it_in_the_form_of_the_prompt(client, instructor, course):
    client.force_login(instructor)

    client.post(reverse("prompt_new", args=[course.slug]), prompt_form(own_post_first="on"))

    assert Prompt.objects.get().own_post_first


def test_the_form_shows_it_and_takes_it_back(client, instructor, course, prompt):
    client.force_login(instructor)
    address = reverse("prompt_edit", args=[course.slug, prompt.number])
    form = fields_of(client.get(address), "title")
    assert form.pop("own_post_first") == "on"

    client.post(address, form)

    prompt.refresh_from_db()
    assert not prompt.own_post_first


# What pages say


def test_a_student_is_told_why_there_are_no_posts_and_what_shows_them(client, bob, course, post):
    html = page(client, bob, "prompt_page", course, 1)

    assert (FACT in html, WAITS in html, "Of ties" in html) == (True, True, False)
    assert "everyone writes their own post first" in html
    assert "You can comment once your post is published" in html
    assert "No posts yet" not in html


def test_whoever_has_commented_enough_is_led_to_posts_once_they_show(
    client, ada, bob, course, prompt
):
    Prompt.objects.update(own_post_first=False, comments_min=1)
    factories.make_comment(bob, factories.make_post(ada, course, prompt=prompt))
    assert "Read more posts" in page(client, bob, "course_home", course)
    Prompt.objects.update(own_post_first=True)

    html = page(client, bob, "course_home", course)

    assert ("Comments written" in html, "Read more posts" in html) == (True, False)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"audience": Audience.ONLY_ME}, "Your post is only for you."),
        ({"status": Post.Status.WITHDRAWN}, "Your post is withdrawn."),
    ],
)
def test_a_student_with_a_post_that_does_not_count_is_told_so(
    client, bob, course, post, prompt, fields, words
):
    own = factories.make_post(bob, course, prompt=prompt)
    Post.objects.filter(pk=own.pk).update(**fields)

    html = page(client, bob, "prompt_page", course, 1)

    assert (WAITS in html, words in html) == (True, True)


def test_after_the_course_a_student_is_not_asked_to_publish(client, bob, course, post):
    type(course).objects.update(ends_on=course.starts_on)

    html = page(client, bob, "prompt_page", course, 1)

    assert "The course has ended, and you did not publish a post for this prompt." in html


def test_once_the_own_post_is_published_the_page_is_as_any_other(client, bob, course, post, prompt):
    factories.make_post(bob, course, prompt=prompt)

    html = page(client, bob, "prompt_page", course, 1)

    assert (WAITS in html, "Of ties" in html, FACT in html) == (False, True, True)


def test_the_team_sees_posts_and_the_setting(client, instructor, course, post):
    html = page(client, instructor, "prompt_page", course, 1)

    assert (WAITS in html, "Of ties" in html, FACT in html) == (False, True, True)


def test_the_list_of_posts_says_which_prompts_it_leaves_out(client, ada, bob, course, post):
    factories.make_post(ada, course, "Of weather", prompt=factories.make_prompt(course))

    html = page(client, bob, "post_list", course)

    assert ("Of weather" in html, "Of ties" in html) == (True, False)
    assert "Posts of others for this prompt appear once yours is published:" in html
    assert 'href="/c/networks/prompts/1/">Of beginnings</a>' in html
    assert "appear once yours" not in page(client, ada, "post_list", course)
    assert "appear once yours" not in page(client, bob, "post_list", course, query="?prompt=2")


def test_the_list_of_one_prompt_says_it_in_place_of_its_posts(client, bob, course, post):
    html = page(client, bob, "post_list", course, query="?prompt=1")

    assert (WAITS in html, "Write the first post" in html) == (True, False)


def test_whoever_chooses_what_to_write_is_told(client, ada, bob, course, prompt, post):
    sentence = f"{WAITS}."

    assert sentence in page(client, bob, "write_choice", course)
    assert sentence in page(client, bob, "post_new", course, query="?prompt=1")
    assert sentence not in page(client, ada, "write_choice", course)


def test_my_work_has_ones_own_words_and_not_the_post(client, bob, course, post):
    factories.make_comment(bob, post, "I see it otherwise.")

    html = page(client, bob, "course_work", course)

    assert ("I see it otherwise." in html, "Of ties" in html) == (True, False)
    assert "On a post that you cannot see now" in html


@pytest.mark.parametrize("count", [1, 3])
def test_post_list_takes_one_query_more(client, ada, bob, course, count, django_assert_num_queries):
    for _each in range(count):
        prompt = factories.make_prompt(course, own_post_first=True)
        factories.make_post(ada, course, prompt=prompt)
        factories.make_post(ada, course)
    client.force_login(bob)
    address = reverse("post_list", args=[course.slug])

    with django_assert_num_queries(11):
        client.get(address)
