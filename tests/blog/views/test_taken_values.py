"""Two people who take one address, name or title at once: the second form says so.

Each found the value free, so what looks for it before is made to see nothing here.
"""

import pytest
from allauth.account.forms import BaseSignupForm
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import IntegrityError, models
from django.urls import reverse

from blog.models import AuditEvent, Course, IdempotencyKey, Pod, Rubric, User
from blog.models.uniqueness import unless_taken
from tests import factories
from tests.submitted import fields_of

COURSE = {
    "title": "Second",
    "slug": "networks",
    "starts_on": "2030-01-01",
    "ends_on": "2030-02-01",
}


@pytest.fixture
def _sees_nothing(monkeypatch):
    """Let no form see what others have saved."""
    for check in ("validate_unique", "validate_constraints"):
        monkeypatch.setattr(models.Model, check, lambda *args, **kwargs: None)
    monkeypatch.setattr(BaseSignupForm, "validate_unique_email", lambda form, value: value)


def send(client, path, having, **changes):
    """Send the form of a page with changes; return the answer and the form's errors."""
    answer = client.post(path, fields_of(client.get(path), having) | changes)
    return answer.status_code, dict(answer.context["form"].errors)


@pytest.mark.usefixtures("_sees_nothing")
def test_an_address_of_a_course(client, course, instructor):
    instructor.user_permissions.add(Permission.objects.get(codename="open_course"))
    client.force_login(instructor)

    said = send(client, "/courses/new/", "slug", **COURSE)

    assert said == (422, {"slug": ["Another course has this address."]})
    assert (Course.objects.count(), IdempotencyKey.objects.count()) == (1, 0)


@pytest.mark.usefixtures("_sees_nothing")
def test_a_name_of_a_new_pod(client, course, instructor):
    Pod.objects.create(course=course, name="Harbour")
    client.force_login(instructor)

    said = send(client, reverse("pod_list", args=["networks"]), "name", name="Harbour")

    assert said == (422, {"name": ["This course already has a pod with this name."]})
    assert Pod.objects.count() == 1


@pytest.mark.usefixtures("_sees_nothing")
def test_a_name_of_a_pod_that_is_changed(client, course, instructor):
    Pod.objects.create(course=course, name="Harbour")
    pod = Pod.objects.create(course=course, name="Moor")
    client.force_login(instructor)

    said = send(client, reverse("pod_edit", args=["networks", pod.pk]), "name", name="Harbour")

    assert said == (422, {"name": ["This course already has a pod with this name."]})
    assert Pod.objects.get(pk=pod.pk).name == "Moor"
    assert not AuditEvent.objects.filter(action="pod_changed").exists()


@pytest.mark.usefixtures("_sees_nothing")
@pytest.mark.parametrize("is_new", [True, False])
def test_a_title_of_a_rubric(client, course, instructor, is_new):
    factories.make_rubric(course, "Reflection")
    rubric = factories.make_rubric(course, "Evidence")
    client.force_login(instructor)
    path = reverse("rubric_new", args=["networks"])
    if not is_new:
        path = reverse("rubric_edit", args=["networks", rubric.pk])

    said = send(client, path, "title", **{"title": "Reflection", "criterion-1": "Answers"})

    assert said == (422, {"title": ["This course already has a rubric with this title."]})
    titles = Rubric.objects.order_by("title").values_list("title", flat=True)
    assert list(titles) == ["Evidence", "Reflection"]


@pytest.mark.usefixtures("_sees_nothing")
def test_an_email_of_an_account(client, ada):
    form = {
        "display_name": "Mina Sol",
        "email": "ADA@example.edu",
        "password1": "five quiet herons wade",
    }

    answer = client.post("/accounts/signup/", form)

    assert (answer.status_code, answer.url) == (302, "/accounts/confirm-email/")
    assert User.objects.filter(email__iexact="ada@example.edu").count() == 1
    assert [(m.subject, m.to) for m in mail.outbox] == [
        ("You already have an account", ["ada@example.edu"])
    ]


def test_another_fault_is_not_said_to_be_a_taken_value(course):
    pod = Pod(course=course, name="Harbour")

    with pytest.raises(IntegrityError), unless_taken(pod, "name"):
        Pod.objects.create(course=course, name=None)
