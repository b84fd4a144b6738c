"""A prompt that requires one of the comments across pods: said and counted on every page."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from blog.models import Prompt
from tests import factories
from tests.blog.views.prompts.test_prompt import prompt_form
from tests.submitted import fields_of

SENTENCE = "comments on the posts of 2 classmates, one of them in another pod"


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, comments_min=2, comments_across_pods=True)


@pytest.fixture
def cyn(course):
    user = factories.make_user("Cyn Student")
    factories.add_member(course, user)
    return user


@pytest.fixture
def pods(course, ada, bob, cyn):
    """Return Ada, Bob and one more in one pod, Cyn in another."""
    podmate = factories.make_user("Pat Student")
    factories.add_member(course, podmate)
    factories.make_pod(course, "Alder", ada, bob, podmate)
    factories.make_pod(course, "Birch", cyn)
    return podmate


def comment_on(author, writer, prompt):
    post = factories.make_post(author, prompt.course, prompt=prompt)
    return factories.make_comment(writer, post)


def page(client, user, name, course, *args):
    client.force_login(user)
    html = client.get(reverse(name, args=[course.slug, *args])).content.decode()
    return " ".join(html.split())


# What is required


@pytest.mark.parametrize(
    ("count", "across", "words"),
    [
        (1, False, "comments on the post of 1 classmate"),
        (2, False, "comments on the posts of 2 classmates"),
        (1, True, "comments on the post of 1 classmate in another pod"),
        (2, True, SENTENCE),
    ],
)
def test_the_requirement_is_one_phrase(count, across, words):
    prompt = Prompt(comments_min=count, comments_across_pods=across)

    assert prompt.required_comments == prompt.requirements == words


def test_a_comment_across_pods_is_one_of_the_required_ones(course):
    prompt = factories.make_prompt(course)
    prompt.comments_across_pods = True

    with pytest.raises(ValidationError, match="Require at least one comment first."):
        prompt.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        prompt.save()


# The form


def test_instructors_choose_it_and_see_it_chosen(client, course, instructor):
    client.force_login(instructor)

    client.post("/c/networks/prompts/new/", prompt_form(comments_across_pods="on"))

    assert Prompt.objects.get().comments_across_pods is True
    form = client.get("/c/networks/prompts/1/edit/").context["form"]
    assert form["comments_across_pods"].value() is True
    assert SENTENCE in page(client, instructor, "prompt_page", course, 1)


def test_it_is_refused_where_no_comment_is_required(client, course, instructor):
    client.force_login(instructor)
    form = prompt_form(comments_across_pods="on", comments_min=0)

    response = client.post("/c/networks/prompts/new/", form)

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "comments_across_pods": ["Require at least one comment first."]
    }


def test_a_box_that_somebody_else_unticked_meanwhile_stays_unticked(
    client, course, instructor, prompt
):
    client.force_login(instructor)
    path = "/c/networks/prompts/1/edit/"
    opened = fields_of(client.get(path), "question")
    client.post(path, {name: value for name, value in opened.items() if "across" not in name})

    late = client.post(path, opened | {"title": "Late title"})

    [box] = [one for one in late.context["form"].differences if "across" in one.field.name]
    assert (box.stored, box.submitted, box.choice) == ("No", "Yes", "stored")
    again = fields_of(late, "question")
    client.post(path, again)
    stored = Prompt.objects.get()
    assert (stored.title, stored.comments_across_pods) == ("Late title", False)


# A student's own state


def test_enough_comments_in_ones_own_pod_are_not_enough(client, ada, bob, pods, course, prompt):
    for author in (bob, pods):
        comment_on(author, ada, prompt)

    steps = page(client, ada, "course_home", course)
    listed = page(client, ada, "prompt_list", course)
    work = page(client, ada, "course_work", course)

    assert "Comments written" not in steps
    for html in (steps, listed):
        assert "You commented on 2 of 2 classmates" in html
        assert "Comment on at least one classmate in another pod" in html
    assert "On the post of a classmate in another pod" in work
    assert "2 of 2 classmates so far" not in work
    assert "Comment on posts for" in work  # under Dates


def test_what_is_missing_is_what_the_list_of_posts_is_filtered_by(
    client, ada, bob, pods, course, prompt
):
    factories.make_post(ada, course, prompt=prompt)
    to_posts = f'href="{reverse("post_list", args=[course.slug])}?prompt=1&amp;'

    comment_on(bob, ada, prompt)
    html = page(client, ada, "course_home", course)
    assert html.count(f'{to_posts}new=on"') == 2

    comment_on(pods, ada, prompt)
    html = page(client, ada, "course_home", course)
    assert html.count(f'{to_posts}pod=other&amp;new=on"') == 2


def test_one_in_another_pod_completes_them(client, ada, bob, cyn, pods, course, prompt):
    for author in (bob, cyn):
        comment_on(author, ada, prompt)

    steps = page(client, ada, "course_home", course)
    work = page(client, ada, "course_work", course)

    assert "Comments written" in steps
    assert "You commented on 2 classmates" in page(client, ada, "prompt_list", course)
    for html in (steps, work):
        assert "in another pod</span>" not in html
    assert "Comment on posts for" not in work


def test_my_work_suggests_no_post_of_ones_pod_if_only_another_pod_is_missing(
    client, ada, bob, cyn, pods, course, prompt
):
    for author in (bob, pods):
        comment_on(author, ada, prompt)
    factories.make_post(bob, course, "In the pod")
    assert "In the pod" not in page(client, ada, "course_work", course).split("</aside>")[0]

    factories.make_post(cyn, course, "Elsewhere", prompt=prompt)

    assert "Elsewhere" in page(client, ada, "course_work", course).split("</aside>")[0]


# Where it is said


def test_it_is_said_to_a_newcomer_in_the_editor_and_at_the_grading_desk(
    client, ada, instructor, course, prompt
):
    first = page(client, ada, "course_home", course)
    client.force_login(ada)
    address = f"{reverse('post_new', args=[course.slug])}?prompt={prompt.number}"
    editor = " ".join(client.get(address, follow=True).content.decode().split())
    factories.make_post(ada, course, "Of ties", prompt=prompt)
    number = prompt.queue_places.get(student=ada).number
    desk = page(client, instructor, "grading_student", course, prompt.number, number)

    assert "2. Comment on the posts of 2 classmates, one of them in another pod" in first
    assert "Comment on 2 classmates’ posts, one of them in another pod" in editor
    assert f"the prompt requires {SENTENCE}" in desk
