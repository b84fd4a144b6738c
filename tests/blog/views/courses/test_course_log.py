"""The log of a course: who did what, for its instructors."""

import ast
import re
from datetime import date

import pytest
from django.urls import reverse

from blog.actions.course_dates import change_course_dates
from blog.actions.courses import change_course, change_member
from blog.actions.exports import record_grade_export
from blog.actions.releases import release_prompt, take_back_release
from blog.models import Audience, AuditEvent, Course, Membership
from blog.queries.course_log import ALL, GROUPS, PAGE_SIZE, course_log
from blog.templatetags.audit import WORDS
from tests import factories
from tests.test_architecture import ROOT

# What is recorded and not in the log of a course, by why.
LEFT_OUT = {
    "has no course": (
        *("account_changed", "account_erased", "confirmation_sent_again", "course_deleted"),
        "course_erased",
        *("email_change_asked", "email_confirmed"),
        *("feed_address_created", "feed_address_removed"),
        *("feed_address_renewed", "mail_choices_changed", "mail_resumed", "mail_retried"),
        *("mail_stopped", "may_open_courses", "portrait_removed", "post_feeds_created"),
        *("profile_changed", "second_steps_removed", "sessions_ended"),
        "notice_accepted",
        *("account_opened_by_lms", "lms_account_connected", "lms_account_disconnected"),
        *("platform_added", "platform_changed", "platform_registered"),
        *("registration_link_created", "tool_key_made"),
    ),
    "is what members write and choose": (
        *("comment_deleted", "comment_edited", "comment_readdressed", "comment_restored"),
        *("feedback_reply_removed", "feedback_reply_saved", "network_question"),
        *("norm_proposed", "norm_taken_back", "post_deleted", "post_published", "post_restored"),
        *("post_withdrawn", "process_note_removed", "process_note_saved", "revision_restored"),
        *("takeout_asked_for", "takeout_deleted", "wordpress_exported"),
        *("own_blog_connected", "post_prompt_chosen"),
        *("guest_comment_imported", "guest_comment_sent", "guest_objected"),
        *("guest_comment_restored", "guest_comment_withdrawn"),
        *("correction_accepted", "work_changed", "work_replaced", "work_split", "works_merged"),
    ),
    "is in the history of a student’s grade": (
        *("feedback_given", "feedback_removed", "grade_taken_over", "held_change_dropped"),
    ),
    "is a step before what is in the log": (
        *("grade_import_started", "lms_file_answered", "lms_file_started"),
        *("roster_import_answered", "roster_import_started"),
        *("wordpress_import_started", "wordpress_import_answered", "wordpress_import_confirmed"),
    ),
    "is said by the event of its course": ("post_narrowed",),
    "is done by the server each day": ("guest_comment_filtered", "rota_updated"),
}


def at(course, **query):
    return reverse("course_log", args=[course.slug], query=query or None)


def lines_of(response):
    [text] = re.findall(r'(?s)<ol class="dates">(.*)</ol>', response.content.decode()) or [""]
    return [
        " ".join(re.sub(r"<[^>]+>", " ", item).split())
        for item in re.findall(r"(?s)<div>(.*?)</div>", text)
    ]


@pytest.fixture
def signed_in(client, instructor):
    client.force_login(instructor)
    return client


def test_it_says_who_did_what(signed_in, course, ada, instructor):
    prompt = factories.make_prompt(course, title="Of ties", rubric=factories.make_rubric(course))
    post = factories.make_post(ada, course, prompt=prompt)
    factories.make_grading(post, instructor, level=2)
    [released] = release_prompt(prompt, by=instructor)
    take_back_release(prompt, released.released_at, by=instructor)
    record_grade_export(course, by=instructor, file_format="moodle", prompt=prompt, kind="sum")
    record_grade_export(course, by=instructor, file_format="xlsx")
    membership = ada.membership_in(course)
    change_member(membership, by=instructor, role=Membership.Role.ASSISTANT, pod=None)
    AuditEvent.record("network_exported", course, by=None, course=course, names=False)

    page = signed_in.get(at(course))

    assert lines_of(page) == [
        "Exported the class network On the server · with codes instead of names",
        "Changed a member’s role, pod or section Ines Instructor · about Ada Student"
        " · student → assistant",
        "Exported grades Ines Instructor · Excel",
        "Exported grades: Of ties Ines Instructor · Moodle · post and comments",
        "Took back released grades: Of ties Ines Instructor · 1 grade",
        "Released grades: Of ties Ines Instructor · 1 grade",
    ]


def test_its_times_are_those_of_html_which_have_no_microseconds(signed_in, course, instructor):
    course.title = "Other"
    change_course(course, by=instructor)

    page = signed_in.get(reverse("course_log", args=["networks"])).text

    assert re.search(r'<time datetime="\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}">', page)


def test_it_has_old_and_new_values_of_settings(signed_in, course, instructor):
    course.title, course.about = "Of ties", "Other words."
    course.default_audience = Audience.POD
    course.time_zone = "Asia/Tokyo"
    change_course(course, by=instructor)
    course.closes_on = date(2099, 5, 4)
    change_course_dates(course, by=instructor)

    dates, settings, zone = lines_of(signed_in.get(at(course)))

    assert "none → 2099-05-04" in dates
    assert "title: Learning in networks → Of ties" in settings
    assert "about the course" in settings
    assert "Other words" not in settings
    assert f"{Audience.COURSE.label} → {Audience.POD.label}" in settings
    assert "→ Asia/Tokyo" in zone


def test_it_is_filtered_by_what_was_done(signed_in, course, instructor):
    record_grade_export(course, by=instructor, file_format="csv")
    AuditEvent.record("course_changed", course, by=instructor, course=course)

    assert lines_of(signed_in.get(at(course, group="exports"))) == [
        "Exported grades Ines Instructor · CSV"
    ]
    assert len(lines_of(signed_in.get(at(course, group="anything")))) == 2
    assert "Nothing of this kind has happened." in (
        signed_in.get(at(course, group="moderation")).content.decode()
    )


def test_another_course_and_what_members_write_are_not_in_it(signed_in, course, ada, instructor):
    other = factories.make_course()
    AuditEvent.record("course_changed", other, by=None, course=other)
    post = factories.make_post(ada, course)
    for action in ("post_published", "comment_deleted", "moderation_report"):
        AuditEvent.record(action, post, by=ada, course=course)

    assert lines_of(signed_in.get(at(course))) == []


def test_pages_begin_at_the_key_of_an_event(signed_in, course, instructor):
    for number in range(PAGE_SIZE + 1):
        record_grade_export(course, by=instructor, file_format="csv" if number else "xlsx")

    first = signed_in.get(at(course, group="exports"))
    [older] = re.findall(r'href="\?(group=exports&amp;before=\d+)"', first.content.decode())
    second = signed_in.get(f"{at(course)}?{older.replace('&amp;', '&')}")

    assert len(lines_of(first)) == PAGE_SIZE
    assert lines_of(second) == ["Exported grades Ines Instructor · Excel"]
    assert b"before=" not in second.content
    assert b"Newest lines" in second.content


@pytest.mark.parametrize("before", ["", "0", "x", "-1", "9" * 400, "٣", "1e9"])
def test_a_key_that_is_none_breaks_nothing(signed_in, course, before):
    assert signed_in.get(at(course, before=before)).status_code == 200


@pytest.mark.parametrize("events", [1, 3])
def test_queries_do_not_grow(course, ada, instructor, events, django_assert_num_queries):
    for _ in range(events):
        prompt = factories.make_prompt(course, number=1 + course.prompts.count())
        AuditEvent.record("prompt_changed", prompt, by=instructor, course=course)
        member = factories.add_member(course, factories.make_user())
        AuditEvent.record("member_removed", member, by=instructor, course=course)
    course = Course.objects.get()

    with django_assert_num_queries(3):
        page = course_log(course)

    assert len(page.lines) == 2 * events


def test_each_action_of_the_log_has_its_words():
    assert sorted(WORDS) == sorted(ALL)
    assert len(ALL) == len(set(ALL))


def test_each_recorded_action_is_in_the_log_or_left_out_for_a_reason():
    """Whoever records something new says here who reads it."""
    named = {action for actions in LEFT_OUT.values() for action in actions}

    assert sorted(recorded_actions() - set(ALL) - named) == []
    assert sorted(named & set(ALL)) == []


def recorded_actions() -> set[str]:
    """Return the names that calls of ``AuditEvent.record`` spell out."""
    found = set()
    for app in ("blog", "network"):
        for path in (ROOT / app).rglob("*.py"):
            for call in ast.walk(ast.parse(path.read_text())):
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "AuditEvent.record":
                    constants = [n for n in ast.walk(call.args[0]) if isinstance(n, ast.Constant)]
                    if not isinstance(call.args[0], ast.JoinedStr):
                        found |= {constant.value for constant in constants}
    return found


def test_groups_are_those_of_the_form(signed_in, course):
    page = signed_in.get(at(course)).content.decode()

    assert re.findall(r'<option value="(\w+)"', page) == list(GROUPS)
