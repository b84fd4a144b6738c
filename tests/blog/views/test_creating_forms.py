"""A creating form that is sent again is answered as the first time, whatever has changed since."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from blog.actions.comments import delete_comment
from blog.models import Comment, Course, Pod, Post, Prompt, Reference, Rubric
from tests import factories
from tests.submitted import fields_of

# Each form with its model, a field that no other form of its page has, and what is typed.
FORMS = {
    "course_new": (
        Course,
        "slug",
        {"title": "A course", "slug": "first", "starts_on": "2026-01-05", "ends_on": "2026-04-10"},
    ),
    "pod_list": (Pod, "name", {"name": "Larks"}),
    "prompt_new": (Prompt, "question", {"title": "Weak ties", "question": "Why?"}),
    "rubric_new": (Rubric, "points-1", {"title": "Reflection", "criterion-1": "Answers"}),
}
# Those that refuse a name which is taken, as it is by their own first sending.
NAMED = ["course_new", "pod_list", "rubric_new"]


@pytest.fixture
def teacher(client, course, instructor):
    instructor.user_permissions.add(Permission.objects.get(codename="open_course"))
    client.force_login(instructor)
    return client


def path_of(name):
    return reverse(name, args=[] if name == "course_new" else ["networks"])


def typed_into(client, name):
    """Return what a browser sends from a new page with everything filled in."""
    _model, field, typed = FORMS[name]
    return fields_of(client.get(path_of(name)), field) | typed


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_twice_is_answered_alike(teacher, name):
    model = FORMS[name][0]
    before, sent = model.objects.count(), typed_into(teacher, name)

    first, second = (teacher.post(path_of(name), sent) for _twice in range(2))

    assert (first.status_code, first.url) == (302, second.url)
    assert second.status_code == 302
    assert model.objects.count() == before + 1


@pytest.mark.parametrize("name", NAMED)
def test_a_name_that_another_form_took_is_refused(teacher, name):
    teacher.post(path_of(name), typed_into(teacher, name))

    response = teacher.post(path_of(name), typed_into(teacher, name))

    assert response.status_code == 422


@pytest.mark.parametrize("name", FORMS)
def test_a_refused_form_can_be_sent_again_with_its_key(teacher, name):
    model, before = FORMS[name][0], FORMS[name][0].objects.count()
    sent = typed_into(teacher, name)
    title = "name" if name == "pod_list" else "title"

    refused = teacher.post(path_of(name), sent | {title: ""})
    accepted = teacher.post(path_of(name), sent)

    assert (refused.status_code, accepted.status_code) == (422, 302)
    assert model.objects.count() == before + 1


@pytest.mark.parametrize("name", FORMS)
def test_a_form_without_its_key_is_refused(teacher, name):
    before = FORMS[name][0].objects.count()

    response = teacher.post(path_of(name), typed_into(teacher, name) | {"key": "none"})

    assert response.status_code == 422
    assert FORMS[name][0].objects.count() == before


def test_a_reply_sent_again_leads_to_it_though_its_parent_is_gone(client, course, ada, bob):
    post = factories.make_post(ada, course)
    parent = factories.make_comment(ada, post)
    client.force_login(bob)
    page = client.get(reverse("comment_reply", args=["networks", parent.pk]))
    sent = fields_of(page, "text") | {"text": "A thought."}
    path = reverse("comment_new", args=["networks", post.slug])
    first = client.post(path, sent)
    delete_comment(parent, by=ada)

    second = client.post(path, sent)

    assert (second.status_code, second.url) == (302, first.url)
    assert Comment.objects.filter(parent=parent).count() == 1


def test_a_post_sent_again_is_saved_though_its_prompt_has_its_post(client, course, ada, prompt):
    client.force_login(ada)
    path = reverse("post_new", args=["networks"])
    page = client.get(path, {"prompt": prompt.number})
    sent = fields_of(page, "title") | {"title": "One", "text": "Words."}

    answers = [client.post(path, sent) for _twice in range(2)]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, answers[0].url)}
    assert Post.objects.count() == 1


def test_a_reference_sent_again_is_not_refused(client, course, ada):
    post = factories.make_draft_post(ada, course)
    client.force_login(ada)
    path = reverse("reference_add", args=["networks", post.slug])
    sent = fields_of(client.get(path), "citation_key")
    sent |= {"type": "book", "authors": "Calder, A.", "title": "Of ties", "publisher": "Press"}

    answers = [client.post(path, sent) for _twice in range(2)]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, answers[0].url)}
    assert Reference.objects.count() == 1
