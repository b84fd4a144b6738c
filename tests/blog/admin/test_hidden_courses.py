"""Site staff see nothing more of a course that is being erased but the log of who did what."""

import pytest
from django.contrib import admin

from blog.models import AuditEvent, Course, OutboxMessage
from blog.tasks import hide_courses_to_erase
from network import ties
from tests import factories
from tests.blog.admin.support import list_url, page_url
from tests.full_course import let_its_day_come, models_of_course

# Mails of a course are deleted as it is hidden.
WITHOUT_COURSE = {Course, OutboxMessage}


def test_each_page_with_a_way_to_a_course_says_which_way():
    pages = {model: page for model, page in admin.site._registry.items() if model != AuditEvent}
    leading = set(pages) & models_of_course() - WITHOUT_COURSE
    with_path = {model for model in pages if getattr(pages[model], "course_path", "")}

    assert with_path == leading
    assert len(with_path) >= 7


@pytest.mark.django_db
def test_nothing_of_a_hidden_course_is_listed(site, instructor, ada, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    rows = {}
    for slug in ("gone", "stays"):
        course = factories.make_course(slug, instructor=instructor, title=f"Zq{slug}")
        post = factories.make_post(ada, course, prompt=factories.make_prompt(course))
        ties.rebuild(course)
        rows[slug] = {
            "blog_course": course,
            "blog_prompt": post.prompt,
            "blog_rubric": factories.make_rubric(course),
            "blog_work": factories.make_reference(post, cited=True).work,
            "network_tieclock": course.tie_clock,
        }
    let_its_day_come(rows["gone"]["blog_course"])
    assert hide_courses_to_erase() == 1
    # As one that somebody was given as the course was hidden.
    for found in rows.values():
        found["blog_membership"] = factories.add_member(found["blog_course"], ada)
        late = factories.make_post(ada, found["blog_course"])
        found["blog_post"] = late
        found["blog_comment"] = factories.make_comment(instructor, late, tied=False)

    for name, row in rows["stays"].items():
        text = site.get(list_url(name)).text
        assert ("Zqgone" in text, page_url(name, row) in text) == (False, True), name
        assert site.get(page_url(name, rows["gone"][name])).status_code == 302, name
    log = site.get(list_url("blog_auditevent"))
    assert "course_date_came" in log.text
    assert "?course__id__exact=" in log.text
    assert f"?course__id__exact={rows['gone']['blog_course'].pk}" not in log.text
