"""Forms without autosave keep the typed text in the browser (static/js/lib/copied-forms.js)."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from tests import factories

# Each page with a field that tells its form from the others of the page.
FORMS = {
    "grading_student": "text",
    "prompt_new": "question",
    "prompt_edit": "question",
    "course_new": "about",
    "course_edit": "about",
    "rubric_new": "criterion-1",
    "rubric_edit": "criterion-1",
    "profile_edit": "about",
    "reference_add": "authors",
    "reference_edit": "authors",
    "work_edit": "authors",
    "post_paste": "pasted",
    "process_note_edit": "ai_tools",
    "pod_list": "name",
    "pod_edit": "name",
}
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)


@pytest.fixture
def addresses(course, instructor, ada):
    """Return the address of each page, by its name."""
    instructor.user_permissions.add(Permission.objects.get(codename="open_course"))
    rubric = factories.make_rubric(course)
    prompt = factories.make_prompt(course, rubric=rubric)
    factories.make_post(ada, course, prompt=prompt)
    own = factories.make_post(instructor, course)
    reference = factories.make_reference(
        own, factories.make_work(course, added_by=instructor), cited=True
    )
    pod = factories.make_pod(course, "Pod", ada)
    arguments = {
        "grading_student": [prompt.number, prompt.queue_places.get(student=ada).number],
        "prompt_edit": [prompt.number],
        "rubric_edit": [rubric.pk],
        "reference_add": [own.slug],
        "reference_edit": [own.slug, reference.key],
        "work_edit": [reference.work_id],
        "post_paste": [own.slug],
        "process_note_edit": [own.slug],
        "pod_edit": [pod.pk],
    }
    of_site = {name: reverse(name) for name in ("course_new", "profile_edit")}
    of_course = {
        name: reverse(name, args=[course.slug, *arguments.get(name, [])])
        for name in FORMS.keys() - of_site.keys()
    }
    return of_site | of_course


def form_with(response, field: str) -> tuple[str, str]:
    """Return the attributes and the content of the form of a page that has a field."""
    forms = FORM.findall(response.content.decode())
    [form] = [form for form in forms if f'name="{field}"' in form[1]]
    return form


@pytest.mark.parametrize("name", FORMS)
def test_a_form_keeps_its_words_in_the_browser(client, instructor, addresses, name):
    client.force_login(instructor)

    attributes, content = form_with(client.get(addresses[name]), FORMS[name])

    assert "data-copied" in attributes
    assert f'data-writer="{instructor.pk}"' in attributes
    assert re.search(r'data-place="[a-z-]+ \w+"', attributes)
    assert "data-unsaved" not in attributes
    assert "data-kept" in content
    assert "data-no-connection" in content


def test_no_two_forms_have_one_place_in_the_browser(client, instructor, addresses):
    client.force_login(instructor)
    places = [
        re.search(r'data-place="([^"]+)"', form_with(client.get(address), FORMS[name])[0])[1]
        for name, address in addresses.items()
    ]

    assert len(set(places)) == len(FORMS)


def test_the_box_of_a_look_up_keeps_its_words_beside_the_form_to_type_in(
    client, instructor, addresses
):
    client.force_login(instructor)
    page = client.get(addresses["reference_add"])

    attributes, content = form_with(page, "pasted")

    assert 'data-place="look-up ' in attributes
    assert 'data-place="new-reference ' in form_with(page, "authors")[0]
    assert "data-kept" in content
