"""Every file that leaves the site is listed here, and each about other people is in the record."""

import inspect
import re

import pytest
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from blog.models import AuditEvent
from tests import factories

# How a view sends a file: what its code, or a function of its module that it calls, says.
FILE = re.compile(r"Content-Disposition|FileResponse\(|as_file\(|as_text\(|text/csv|\bfeed_of\(")
# What others did: an event for each file, with its action.
RECORDED = {
    "gradebook_export": "grades_exported",
    "lms_file_download": "lms_file_filled",
    "network_export_file": "network_exported",
}
# Files without an event, by why.
NOT_RECORDED = {
    "feedback_export": "one’s own grades",
    "takeout_file": "one’s own file; takeout_asked_for is in the record",
    "wordpress_export": "one’s own posts; wordpress_exported is in the record",
    "people_opml": "whom oneself follows",
    "bibliography_export": "works, which every member sees",
    "post_references": "works of a post, for whoever reads it",
    "rubric_export": "a rubric, nothing of a person",
    "setup_export": "the set-up of a course, nothing of a person",
}


def patterns(resolver=None):
    """Yield every address of ours with its view."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLPattern):
            if one.name and one.callback.__module__.startswith(("blog.", "network.")):
                yield one.name, inspect.unwrap(one.callback)
        else:
            yield from patterns(one)


def sends_file(view) -> bool:
    """Return whether a view, or what it calls of its own module, sends a file."""
    here = {
        name: one
        for name, one in vars(inspect.getmodule(view)).items()
        if inspect.isfunction(one) and one.__module__ == view.__module__
    }
    todo, seen = [view], set()
    while todo:
        source = inspect.getsource(inspect.unwrap(todo.pop()))
        if FILE.search(source):
            return True
        names = {name for name in here if re.search(rf"\b{name}\(", source)} - seen
        seen |= names
        todo += [here[name] for name in names]
    return False


def test_each_file_that_is_sent_is_in_the_list():
    """Whoever adds an export says here which event records it, or why none does."""
    found = {name for name, view in patterns() if sends_file(view)}

    assert sorted(found) == sorted([*RECORDED, *NOT_RECORDED])


@pytest.fixture
def lms_file(course, ada, instructor):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    post = factories.make_post(ada, course, prompt=prompt)
    factories.make_grading(post, instructor, level=3, released_at=timezone.now())
    answers = {"grade_column": "4", "prompt": "1", "kind": "post"}
    return factories.make_lms_file(course, instructor, answers=answers)


@pytest.fixture
def addresses(course, lms_file):
    grades = ("csv", "xlsx", "canvas-groups", "canvas", "moodle", "brightspace", "blackboard")
    return {
        "gradebook_export": [
            reverse("gradebook_export", args=[course.slug, one], query={"prompt": 1})
            for one in grades
        ],
        "lms_file_download": [reverse("lms_file_download", args=[course.slug, lms_file.pk])],
        "network_export_file": [reverse("network_export_file", args=[course.slug, "csv"])],
    }


@pytest.mark.parametrize("name", RECORDED)
def test_each_file_about_others_is_recorded_once(client, course, instructor, addresses, name):
    client.force_login(instructor)

    for address in addresses[name]:
        before = AuditEvent.objects.count()
        assert client.get(address).status_code == 405  # a link or a prefetch downloads nothing
        assert AuditEvent.objects.count() == before

        answer = client.post(address)

        assert answer.headers["Content-Disposition"].startswith("attachment"), address
        [event] = AuditEvent.objects.all()[: AuditEvent.objects.count() - before]
        assert (event.action, event.actor, event.course) == (RECORDED[name], instructor, course)


@pytest.mark.parametrize("name", RECORDED)
def test_a_file_that_is_refused_is_not_recorded(client, ada, addresses, name):
    client.force_login(ada)
    before = AuditEvent.objects.count()

    for address in addresses[name]:
        assert client.post(address).status_code == 403

    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("name", ["gradebook_export", "lms_file_download"])
def test_grades_of_an_archived_course_still_go_out(client, course, instructor, addresses, name):
    course.archived_at = timezone.now()
    course.save()
    client.force_login(instructor)

    for address in addresses[name]:
        assert client.post(address).status_code == 200
        assert AuditEvent.objects.first().action == RECORDED[name]
