"""Links of a course that was copied in the LMS, and whose set-up was copied here."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.actions.prompts import delete_prompts, order_prompts_by_due_date
from blog.actions.setups import add_setup
from blog.lti.names import CLAIM
from blog.models import User, notice_version
from blog.queries.course_setup import setup_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_link(lms, platform, connected, course, instructor):
    """Return where a link of the copy leads to, which the LMS has taken along from the first."""
    copy = factories.make_course("copy", instructor=instructor)
    factories.make_platform_course(copy, instructor, platform, context_id="copied")

    def open_link(prompt):
        client, there = Client(), {f"{CLAIM}context": {"id": "copied"}}
        lms.launch(client, **there)
        User.objects.update(notice_version=notice_version())
        answer = lms.launch(client, **there, **{f"{CLAIM}custom": {"prompt": prompt.link_name}})
        return client.get(answer["Location"])

    open_link.copy = copy
    return open_link


def page_of(prompt):
    return reverse("prompt_page", args=[prompt.course.slug, prompt.number])


def test_links_lead_to_the_same_prompts(open_link, course, instructor):
    """Also where some were deleted, put in another order, or there before."""
    ties, pods, arcs = (
        factories.make_prompt(course, title=title, due_at=timezone.now() + timedelta(days=days))
        for title, days in (("Ties", 9), ("Pods", 8), ("Arcs", 7))
    )
    delete_prompts([pods], by=instructor)
    order_prompts_by_due_date(course, by=instructor)
    factories.make_prompt(open_link.copy, title="New")
    add_setup(open_link.copy, setup_of(course), by=instructor)
    copies = {prompt.title: prompt for prompt in open_link.copy.prompts.all()}

    for prompt in (ties, arcs):
        assert open_link(prompt).request["PATH_INFO"] == page_of(copies[prompt.title])
    gone = open_link(pods)
    assert gone.request["PATH_INFO"] == open_link.copy.get_absolute_url()
    assert "The prompt of this link is not here any more." in gone.content.decode()


def test_link_to_the_last_one_that_was_deleted_stays_gone(open_link, course, instructor):
    """The next new prompt of the copy has its number there."""
    _ties, pods = (factories.make_prompt(course, title=title) for title in ("Ties", "Pods"))
    delete_prompts([pods], by=instructor)
    add_setup(open_link.copy, setup_of(course), by=instructor)
    new = factories.make_prompt(open_link.copy, title="New")

    page = open_link(pods)

    assert new.number == pods.number
    assert "The prompt of this link is not here any more." in page.content.decode()


def test_link_of_before_leads_to_the_prompt_that_is_named_by_its_number(
    client, lms, connected, course
):
    prompt = factories.make_prompt(course)
    prompt.link_name = str(prompt.number)
    prompt.save()
    lms.launch(client)
    User.objects.update(notice_version=notice_version())

    answer = lms.launch(client, **{f"{CLAIM}custom": {"prompt": str(prompt.number)}})

    assert answer["Location"] == page_of(prompt)
