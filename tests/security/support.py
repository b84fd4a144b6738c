"""Shared parts of the tests of every address: a course with one of each, addresses, forms.

Who may open what is in ``test_access``; who comes to see which words, in ``test_leaks``.
"""

import uuid
from datetime import timedelta

from django.urls import get_resolver, reverse
from django.utils import timezone

from blog.models import (
    Comment,
    Course,
    Draft,
    FeedAddress,
    Grading,
    Membership,
    Prompt,
    Rubric,
    User,
    new_feed_token,
    version_of,
)
from network.models import Intention
from tests import factories
from tests.submitted import version_in_form
from tests.test_access import named_addresses


def make_course_of(person, slug):
    """Make a course with one of each thing that has an address, and return what it is made of."""
    course = factories.make_course(slug, instructor=person)
    student = factories.make_user(f"Student of {slug}", username=f"student-{slug}")
    factories.add_member(course, student)
    rubric = factories.make_rubric(course)
    prompt = factories.make_prompt(course, rubric=rubric)
    post = factories.make_post(student, course, "Of ties", slug=f"post-{slug}", prompt=prompt)
    reference = factories.make_reference(
        post, factories.make_work(course, doi=""), key=f"key-{slug}", cited=True
    )
    factories.make_process_note(post, moments=["Of ties, as it began."])
    return {
        "course": course,
        "student": student,
        "rubric": rubric,
        "prompt": prompt,
        "post": post,
        "pod": factories.make_pod(course, "Pod 1"),
        "work": reference.work,
        "comment": factories.make_comment(student, post),
        "guest": factories.make_guest_comment(post),
        "draft": make_conflict_copy(person, course),
        "own": factories.make_comment(person, post, tied=False),
        "session": factories.make_session(person),
        "announcement": factories.make_announcement(course, person, sent=False),
        "extension": factories.make_extension(prompt, student, person),
        "intention": Intention.objects.create(
            course=course, person=person, week=course.starts_on, text="answer everybody"
        ),
        "question": factories.make_question(
            factories.make_post(person, course, "Cites nothing"), student
        ),
        "message": factories.make_message(prompt, person, student),
        "saved": factories.make_saved_comment(person),
        "norm": factories.make_norm(course),
        "proposal": factories.make_proposal(course, student),
        "feeds": make_feed_address(person),
        "feedback": factories.make_grading(post, person),
        "section": factories.make_section(course, "A01"),
        "invitation": factories.make_invitation(course, person),
        "roster": factories.make_roster_import(course, person),
        "wordpress": factories.make_wordpress_import(course, person),
        "grade": factories.make_grade_import(course, person),
        "lms": factories.make_lms_file(course, person),
        "adoption": factories.make_adoption(prompt, person),
        "takeout": factories.make_takeout(person),
        "connected": factories.make_platform_course(course, person),
        "account": factories.make_platform_account(person),
        "blog": factories.make_own_blog(student, course, f"{slug}.example.org"),
    }


def make_feed_address(person):
    """Give a person the secret address of their feeds, one for all courses."""
    address, _is_new = FeedAddress.objects.get_or_create(
        user=person, defaults={"posts_token": new_feed_token()}
    )
    return address


def make_conflict_copy(person, course):
    """Make a second text of a draft, between which and the first its writer has to choose."""
    draft = factories.make_draft_post(person, course).drafts.get()
    draft.pk, draft.is_conflict_copy, draft.text = None, True, "The other half."
    draft.save(force_insert=True)
    return draft


def keys_of(rows):
    """Return the values in the addresses of a course, by the name of the address's part."""
    return {
        "course": rows["course"].slug,
        "slug": rows["post"].slug,
        "number": rows["prompt"].number,
        "username": rows["student"].username,
        "language": "en",
        "place": rows["prompt"].queue_places.get(student=rows["student"]).number,
        "provider_id": "university",
        "key": rows["work"].references.get().key,
        "code": rows["course"].join_code,
        "announcement": rows["announcement"].pk,
        "extension": rows["extension"].pk,
        "intention": rows["intention"].pk,
        "question": rows["question"].pk,
        "message": rows["message"].pk,
        "session": rows["session"].pk,
        "to": "no-post",
        "people": "not-answered",
        "saved": rows["saved"].pk,
        "norm": rows["norm"].pk,
        "proposal": rows["proposal"].pk,
        "token": rows["feeds"].posts_token,
        "target": rows["post"],
        "pod": rows["pod"].pk,
        "rubric": rows["rubric"].pk,
        "comment": rows["comment"].pk,
        "guest": rows["guest"].pk,
        "post": rows["post"].pk,
        "draft": rows["draft"].pk,
        "conflict": rows["draft"].pk,
        "editor": rows["work"].pk,
        "grading": rows["feedback"].pk,
        "criterion": rows["rubric"].criteria.first().pk,
        "name": "year",
        "file_format": "csv",
        "work": rows["work"].pk,
        "ending": "bib",
        "section": rows["section"].pk,
        "invitation": rows["invitation"].pk,
        "roster": rows["roster"].pk,
        "wordpress": rows["wordpress"].pk,
        "grade": rows["grade"].pk,
        "lms": rows["lms"].pk,
        "adoption": rows["adoption"].pk,
        "takeout": rows["takeout"].pk,
        "connected": rows["connected"].pk,
        "platform": rows["connected"].platform.pk,
        "own": rows["account"].pk,
        "blog": rows["blog"].pk,
    }


def parts_of(name):
    return get_resolver().reverse_dict[name][0][0][1]


def address_of(name, keys):
    kwargs = {part: keys.get(part, keys.get(name.split("_")[0])) for part in parts_of(name)}
    return reverse(name, kwargs=kwargs)


# Keys of another course


# The parts of an address that name one thing, the telling ones first.
NAMING = ("pk", "target", "slug", "username", "number")


def part_to_swap(name):
    """Return which part of an address names a thing of its course, if one does."""
    if name.startswith("saved_comment"):  # it is its grader's in every course
        return None
    parts = parts_of(name)
    return next((part for part in NAMING if part in parts and "course" in parts), None)


KEYED = [name for name in named_addresses() if part_to_swap(name)]


def choices(**fields):
    return {"key": str(uuid.uuid4()), **fields}


def prompt_form(**fields):
    now = timezone.now()
    return choices(
        version=version_in_form(Prompt),
        title="Prompt",
        question="Why?",
        opens_at=f"{now:%Y-%m-%dT%H:%M}",
        due_at=f"{now + timedelta(days=7):%Y-%m-%dT%H:%M}",
        comments_due_at=f"{now + timedelta(days=9):%Y-%m-%dT%H:%M}",
        words_min=0,
        references_min=0,
        comments_min=0,
        **fields,
    )


# More fields than a form has


# Each form with its model, whom it is of, and what a clean one brings.
FORMS = {
    "comment_new": (Comment, lambda: choices(text="A thought.", audience=30)),
    "comment_edit": (Comment, lambda: comment_form()),
    "course_edit": (Course, lambda: course_form()),
    "course_new": (Course, lambda: choices(slug="new-one", **course_form())),
    "grading_student": (Grading, lambda: grading_form()),
    "join_course": (Membership, dict),
    "post_new": (
        Draft,
        lambda: choices(title="T", text="Words.", audience=30, action="save"),
    ),
    "profile_edit": (User, lambda: profile_form()),
    "prompt_edit": (Prompt, lambda: prompt_form()),
    "prompt_new": (Prompt, lambda: prompt_form()),
}


def grading_form():
    rubric, version = version_in_form(Rubric), version_in_form(Grading)
    return {"text": "Well said.", "status": "graded", "version": version, "rubric": rubric}


def comment_form():
    version = version_of(Comment.objects.latest("pk"))
    return {"text": "Another thought.", "audience": 30, "comment_version": version}


def profile_form():
    return {"display_name": "Root", "time_zone": "UTC", "version": version_in_form(User)}


def course_form():
    return {
        "version": version_in_form(Course),
        "title": "A course",
        "starts_on": timezone.localdate() - timedelta(days=60),
        "ends_on": timezone.localdate() + timedelta(days=60),
        "time_zone": "UTC",
        "default_audience": 30,
        "widest_audience": 30,
        "guest_comments": "off",
    }
