"""A creating form that is sent again is answered as the first time, whatever has changed since."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from blog.actions.comments import delete_comment
from blog.forms.courses.course import PodForm
from blog.models import (
    Announcement,
    Comment,
    Course,
    IdempotencyKey,
    Message,
    Pod,
    Post,
    Prompt,
    Reference,
    Rubric,
)
from network.models import Question
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
    "rubric_new": (Rubric, "points-1-1", {"title": "Reflection", "criterion-1": "Answers"}),
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


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_again_with_other_words_comes_back_and_can_be_sent(teacher, name):
    model, before = FORMS[name][0], FORMS[name][0].objects.count()
    sent = typed_into(teacher, name)
    first = teacher.post(path_of(name), sent)
    title = "name" if name == "pod_list" else "title"
    other = sent | {title: "Other words"} | ({"slug": "other"} if "slug" in sent else {})

    refused = teacher.post(path_of(name), other)
    again = fields_of(refused, FORMS[name][1])
    accepted = teacher.post(path_of(name), again)

    assert refused.status_code == 422
    assert f'<a href="{first.url}">that is saved</a>' in refused.content.decode()
    assert (again[title], again["key"] != sent["key"]) == ("Other words", True)
    assert (accepted.status_code, model.objects.count()) == (302, before + 2)


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


def test_a_comment_sent_again_with_other_words_comes_back(client, course, ada, bob):
    post = factories.make_post(ada, course)
    client.force_login(bob)
    page = client.get(post.get_absolute_url())
    sent = fields_of(page, "audience") | {"text": "A thought.\r\nTwo."}
    path = reverse("comment_new", args=["networks", post.slug])
    first = client.post(path, sent)

    same = client.post(path, sent | {"text": "A thought.\nTwo."})
    refused = client.post(path, sent | {"text": "A better thought."})
    again = fields_of(refused, "audience")
    accepted = client.post(path, again)

    assert (same.status_code, same.url) == (302, first.url)
    assert refused.status_code == 422
    assert f'<a href="{first.url}">that is saved</a>' in refused.content.decode()
    assert again["text"].strip() == "A better thought."
    assert accepted.status_code == 302
    assert list(Comment.objects.order_by("pk").values_list("text", flat=True)) == [
        "A thought.\nTwo.",
        "A better thought.",
    ]


def test_a_comment_is_checked_and_rendered_before_its_key_is_claimed(
    client, course, ada, bob, monkeypatch
):
    post = factories.make_post(ada, course)
    client.force_login(bob)
    sent = fields_of(client.get(post.get_absolute_url()), "audience") | {"text": "A thought."}
    render, claimed = Post.render_comment, []

    def seen(self, text):
        claimed.append(IdempotencyKey.objects.exists())
        return render(self, text)

    monkeypatch.setattr(Post, "render_comment", seen)
    client.post(reverse("comment_new", args=["networks", post.slug]), sent)

    assert claimed == [False]
    assert IdempotencyKey.objects.count() == 1


def test_a_name_that_its_own_first_sending_takes_meanwhile_is_not_refused(
    teacher, course, instructor, monkeypatch
):
    sent, check = typed_into(teacher, "pod_list"), PodForm.is_valid

    def first_arrives(form):
        monkeypatch.setattr(PodForm, "is_valid", check)
        teacher.post(path_of("pod_list"), sent)
        return form.is_valid()

    monkeypatch.setattr(PodForm, "is_valid", first_arrives)
    response = teacher.post(path_of("pod_list"), sent)

    assert (response.status_code, Pod.objects.count()) == (302, 1)


def test_a_key_without_a_digest_is_answered_as_before(client, course, ada, bob):
    post = factories.make_post(ada, course)
    client.force_login(bob)
    sent = fields_of(client.get(post.get_absolute_url()), "audience") | {"text": "A thought."}
    path = reverse("comment_new", args=["networks", post.slug])
    first = client.post(path, sent)
    IdempotencyKey.objects.update(digest="")

    second = client.post(path, sent)

    assert (second.status_code, second.url) == (302, first.url)


def test_a_reference_sent_again_with_other_words_comes_back(client, course, ada):
    post = factories.make_draft_post(ada, course)
    client.force_login(ada)
    path = reverse("reference_add", args=["networks", post.slug])
    sent = fields_of(client.get(path), "citation_key")
    sent |= {"type": "book", "authors": "Calder, A.", "title": "Of ties", "publisher": "Press"}
    first = client.post(path, sent)

    refused = client.post(path, sent | {"title": "Of webs"})
    again = fields_of(refused, "citation_key")
    accepted = client.post(path, again)

    assert refused.status_code == 422
    assert f'<a href="{first.url}">that is saved</a>' in refused.content.decode()
    assert again["title"] == "Of webs"
    assert accepted.status_code == 302
    assert Reference.objects.count() == 2


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


def test_a_message_sent_again_goes_out_once(teacher, course, ada, prompt):
    path = reverse("message_new", args=["networks", prompt.number, "no-post"])
    sent = fields_of(teacher.get(path), "students") | {"title": "Your post", "text": "Please."}

    answers = [teacher.post(f"{path}send/", sent) for _twice in range(2)]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, answers[0].url)}
    assert Message.objects.count() == 1


def test_an_announcement_sent_again_is_made_once(teacher, course, ada):
    path = reverse("announcement_new", args=["networks"])
    sent = fields_of(teacher.get(path), "text") | {"title": "News", "text": "Some words."}

    answers = [
        teacher.post(reverse("announcement_send", args=["networks"]), sent) for _twice in range(2)
    ]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, answers[0].url)}
    assert Announcement.objects.count() == 1


def test_a_question_sent_again_is_asked_once(client, course, ada, bob):
    work, post = factories.make_work(course), factories.make_post(ada, course)
    for one in (post, factories.make_post(bob, course)):
        factories.make_reference(one, work, cited=True)
    client.force_login(ada)
    path = reverse("question_new", args=["networks", post.slug])
    sent = fields_of(client.get(path), "text") | {"text": "What did I miss?", "people": bob.pk}

    answers = [client.post(path, sent) for _twice in range(2)]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, answers[0].url)}
    assert Question.objects.count() == 1
