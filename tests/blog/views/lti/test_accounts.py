"""The accounts in LMSs that lead to one here, and what goes with them."""

import pytest
from django.test import Client
from django.urls import reverse

from blog.actions.releases import release_prompt
from blog.models import (
    PlatformAccount,
    PlatformCourse,
    PlatformMember,
    User,
)
from blog.tasks import send_due_scores
from tests import factories
from tests.blog.views.lti.test_launches import accept_notice, connect_address, words

pytestmark = pytest.mark.django_db


def test_account_is_disconnected_by_its_owner(client, lms, connected):
    lms.launch(client)
    person = User.objects.get(email="sam@example.edu")
    accept_notice(person)
    account = PlatformAccount.objects.get(subject="s-1")

    page = client.get(reverse("own_platforms"))
    client.post(reverse("own_platform_disconnect", args=[account.pk]))

    assert "Campus LMS" in words(page)
    assert not PlatformAccount.objects.filter(subject="s-1").exists()
    assert "There is an account with the email" in words(lms.launch(Client()))


def test_key_of_the_lms_goes_with_the_account(client, lms, connected, course, bob):
    """Whoever disconnects it gets no grades by it any more; it names whoever connects it next."""
    PlatformCourse.objects.update(sends_grades=True)
    lms.launch(client)
    person = User.objects.get(email="sam@example.edu")
    accept_notice(person)
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    post = factories.make_post(person, course, "Of ties", prompt=prompt)
    factories.make_grading(post, connected.connected_by, level=3)
    client.post(reverse("own_platform_disconnect", args=[person.platform_accounts.get().pk]))

    release_prompt(prompt, by=connected.connected_by)

    assert send_due_scores() == 0
    assert lms.scores == []
    assert not PlatformMember.objects.exists()

    window = Client()
    address = connect_address(lms.launch(window))
    window.force_login(bob)
    window.post(address)

    assert [member.user for member in PlatformMember.objects.all()] == [bob]
