"""The page of connected courses: their people, and whether grades go there."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.actions.platform_courses import start_lms_roster
from blog.exceptions import Refused
from blog.models import (
    MAX_ATTEMPTS,
    AuditEvent,
    Grading,
    LineItem,
    Membership,
    Platform,
    PlatformAccount,
    PlatformCourse,
    PlatformMember,
    PlatformScore,
    RosterImport,
)
from blog.templatetags.dates import at_time
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher(client, instructor):
    client.force_login(instructor)
    return client


def address(name, connected):
    return reverse(name, args=[connected.course.slug, connected.pk])


def page_of(client, connected):
    answer = client.get(reverse("connected_course_list", args=[connected.course.slug]))
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_page_without_a_connection_says_how_to_make_one(teacher, course):
    answer = teacher.get(reverse("connected_course_list", args=[course.slug]))

    assert "No course of an LMS is connected yet." in answer.content.decode()


def test_heading_begins_with_a_capital_in_every_language(client, course, languages):
    """The names of tables, which are the same words, do not."""
    client.force_login(course.memberships.get(role="instructor").user)
    where = reverse("connected_course_list", args=[course.slug])

    page = client.get(where, headers={"accept-language": "fr-ca"}).content.decode()

    assert "<h1>Plateforme d’apprentissage</h1>" in page
    assert 'aria-current="page">Plateforme d’apprentissage</a>' in page


def test_list_of_the_lms_becomes_a_preview(teacher, lms, connected, ada, bob):
    PlatformAccount.objects.create(issuer=lms.url, subject="s-a", user=ada)
    lms.members = [
        {"user_id": "s-a", "name": "Ada Student", "email": ada.email, "roles": ["Learner"]},
        {"user_id": "s-n", "name": "Nia New", "email": "nia@example.edu", "roles": ["Learner"]},
    ]

    answer = teacher.post(address("connected_course_roster", connected))

    roster_import = RosterImport.objects.get()
    assert answer["Location"] == reverse(
        "roster_import", args=[connected.course.slug, roster_import.pk]
    )
    preview = teacher.get(answer["Location"]).content.decode()
    assert "nia@example.edu" in preview
    assert "Bob Student" in preview  # who is not in the list any more
    assert [member.user for member in PlatformMember.objects.all()] == [ada]
    assert not Membership.objects.filter(user__email="nia@example.edu").exists()


def test_lms_that_is_off_is_not_asked_for_its_list(teacher, lms, connected, ada):
    PlatformAccount.objects.create(issuer=lms.url, subject="s-a", user=ada)
    lms.members = [{"user_id": "s-a", "name": "Ada", "email": ada.email, "roles": ["Learner"]}]
    Platform.objects.update(is_on=False)
    assert "Compare with the roster" not in page_of(teacher, connected)

    answer = teacher.post(address("connected_course_roster", connected), follow=True)

    assert "This LMS is off, so it is not asked." in answer.content.decode()
    assert lms.asked == []
    assert not RosterImport.objects.exists()
    off = PlatformCourse.objects.get()
    with pytest.raises(Refused):
        start_lms_roster(off, lms.members, by=connected.connected_by)
    assert not PlatformMember.objects.exists()


def test_list_of_the_lms_is_shown_as_a_roster_and_not_as_a_file(teacher, lms, connected, ada):
    PlatformAccount.objects.create(issuer=lms.url, subject="s-a", user=ada)
    person = {"name": "Nia New", "email": "nia@example.edu", "user_id": "s-n"}
    lms.members = [
        {"user_id": "s-a", "email": ada.email, "roles": ["Learner"], "status": "Inactive"},
        {**person, "roles": ["Learner"]},
        {"user_id": "s-x", "name": "Adam Admin", "roles": ["Administrator"]},
        {"user_id": "s-y", "name": "Mel Mentor", "roles": ["Mentor"]},
    ]

    answer = teacher.post(address("connected_course_roster", connected), follow=True)

    page = answer.content.decode()
    assert '<h1 dir="auto">Roster of “Networks there” in Campus LMS</h1>' in page
    assert "2 people there are neither students nor teachers: left out" in page
    assert "Inactive in the LMS" in page
    for words in (".csv", "Line 2", "line has no person", "columns wrong", "The list says"):
        assert words not in page


def test_long_key_of_the_lms_is_found_again(teacher, lms, connected):
    """A launch stores it, and the list has the same."""
    key = "k" * 255
    lms.launch(Client(), sub=key)
    lms.members = [{"user_id": key, "name": "Sam Student", "roles": ["Learner"]}]

    preview = teacher.post(address("connected_course_roster", connected), follow=True)

    [row] = preview.context["preview"].rows
    assert (row.member.user.email, row.changes) == ("sam@example.edu", {})


def test_list_that_is_not_whole_is_not_compared(teacher, lms, connected):
    lms.members = [{"user_id": f"s-{number}", "roles": ["Learner"]} for number in range(101)]
    lms.next_origin = "https://other.example"

    answer = teacher.post(address("connected_course_roster", connected), follow=True)

    assert "is incomplete, so it was not compared" in answer.content.decode()
    assert not RosterImport.objects.exists()


def test_list_names_the_key_that_somebody_has_now(teacher, lms, connected, ada, bob):
    """The one they have, if it is in the list; a key that is not there any more is an old one."""
    for subject, person in (("s-old", ada), ("s-new", ada), ("s-b", bob), ("s-b2", bob)):
        PlatformAccount.objects.create(issuer=lms.url, subject=subject, user=person)
    member(connected, ada, "s-old")
    member(connected, bob, "s-b")
    lms.members = [{"user_id": key, "roles": ["Learner"]} for key in ("s-new", "s-b", "s-b2")]

    teacher.post(address("connected_course_roster", connected))

    keys = PlatformMember.objects.values_list("user__display_name", "subject")
    assert sorted(keys) == [("Ada Student", "s-new"), ("Bob Student", "s-b")]


@pytest.mark.parametrize(
    ("status", "said"), [(503, "is not responding right now"), (403, "does not let us see")]
)
def test_lms_that_lists_nobody_changes_nothing(teacher, lms, connected, status, said):
    lms.status = status

    answer = teacher.post(address("connected_course_roster", connected), follow=True)

    assert said in answer.content.decode()
    assert not RosterImport.objects.exists()


@pytest.mark.parametrize(
    ("status", "said", "names_service"),
    [
        (401, "does not let this site in. Ask its administrator to check how", False),
        (400, "does not let this site see who is in this course", True),
    ],
)
def test_lms_that_lets_nobody_in_lists_nobody(
    teacher, lms, connected, monkeypatch, status, said, names_service
):
    monkeypatch.setattr(lms, "answer_post", lambda *args: (status, "text/plain", None))

    page = teacher.post(address("connected_course_roster", connected), follow=True)

    words = page.content.decode()
    assert said in words
    assert ("Names and Role Provisioning" in words) == names_service


def test_list_that_comes_shows_that_this_site_is_let_in(teacher, lms, connected, ada):
    Platform.objects.update(denied_at=timezone.now())

    teacher.post(address("connected_course_roster", connected))

    assert Platform.objects.get().denied_at is None


def test_lms_in_a_private_network_is_told_so(teacher, platform, connected):
    platform.token_url = "https://10.1.2.3/token"
    platform.save()
    PlatformCourse.objects.update(memberships_url="https://10.1.2.3/members")

    answer = teacher.post(address("connected_course_roster", connected), follow=True)

    assert "The LMS is on a private network" in answer.content.decode()


def test_grades_are_sent_from_a_word_on(teacher, lms, connected, ada):
    member(connected, ada, "s-a")
    grade(connected, ada)
    assert not PlatformScore.objects.exists()

    teacher.post(address("connected_course_grades_start", connected), follow=True)

    assert PlatformCourse.objects.get().sends_grades
    assert [score.student for score in PlatformScore.objects.waiting()] == [ada]
    assert "Sent: 0 · waiting: 1 · refused: 0" in page_of(teacher, connected)

    teacher.post(address("connected_course_grades_stop", connected))

    assert not PlatformCourse.objects.get().sends_grades
    assert {"lms_grades_started", "lms_grades_stopped"} <= set(
        AuditEvent.objects.values_list("action", flat=True)
    )


def test_students_who_have_not_come_from_the_lms_are_named(teacher, connected, ada, bob):
    """Only once their grades are released, and as long as grades go there."""
    PlatformCourse.objects.update(sends_grades=True)
    graded = grade(connected, ada)
    post = factories.make_post(bob, connected.course, "Of knots", prompt=graded.prompt)
    factories.make_grading(post, connected.connected_by, released_at=timezone.now())
    said = "have not come yet from a course in the LMS that gets grades. Their grades are sent when"
    page = page_of(teacher, connected)
    assert f"2 students with a released grade {said} they do: Ada Student , Bob Student" in page

    member(connected, ada, "s-a")
    page = page_of(teacher, connected)
    assert "1 student with a released grade has not come yet from a course in the LMS" in page
    assert "when they do: Bob Student" in page

    Grading.objects.filter(student=bob).update(released_at=None, released_rubric=None)
    assert "not come yet" not in page_of(teacher, connected)

    Grading.objects.update(released_at=timezone.now())
    PlatformCourse.objects.update(sends_grades=False)
    assert "not come yet" not in page_of(teacher, connected)


def test_lms_that_takes_no_grades_is_told_none(teacher, connected):
    PlatformCourse.objects.update(lineitems_url="")

    answer = teacher.post(address("connected_course_grades_start", connected), follow=True)

    assert "does not accept grades from this course" in answer.content.decode()
    assert not PlatformCourse.objects.get().sends_grades


def test_refused_grades_are_sent_again(teacher, connected, ada):
    member(connected, ada, "s-a")
    PlatformCourse.objects.update(sends_grades=True)
    item = LineItem.objects.create(
        platform_course=connected, prompt=factories.make_prompt(connected.course), kind="post"
    )
    PlatformScore.objects.create(line_item=item, student=ada, refused_status=422)
    assert "refused (422)" in page_of(teacher, connected)

    teacher.post(address("connected_course_retry", connected))

    assert PlatformScore.objects.due().count() == 1


@pytest.mark.parametrize(
    ("state", "is_left_there"),
    [
        ({"refused_status": 422}, True),
        ({"refused_status": 422, "sent_hundredths": None}, False),
        ({"refused_status": 404}, True),
        ({"attempts": MAX_ATTEMPTS, "due_at": timezone.now()}, True),
        ({"attempts": 2, "due_at": timezone.now()}, False),
        ({"sent_at": timezone.now()}, True),
    ],
)
def test_grade_that_stays_in_the_lms_is_told(teacher, connected, ada, state, is_left_there):
    """As long as it is taken back here, and nobody tells the LMS so."""
    said = "The LMS still shows this grade, which was taken back here."
    score = score_of(connected, ada, **state)
    assert said not in page_of(teacher, connected)

    Grading.objects.update(released_at=None, released_rubric=None)

    assert (said in page_of(teacher, connected)) == is_left_there

    score.due_at = score.due_at or timezone.now()
    score.save()
    Platform.objects.update(is_on=False)

    assert (said in page_of(teacher, connected)) == (score.sent_hundredths is not None)


def test_grade_that_was_changed_here_alone_is_told(teacher, connected, ada):
    """Not one whose feedback alone was changed."""
    score = score_of(connected, ada, sent_at=timezone.now() - timedelta(hours=1))
    grading = Grading.objects.get()
    points = grading.points_by(grading.scores.all())
    PlatformScore.objects.update(sent_hundredths=int(points * 100))
    Grading.objects.update(edited_at=timezone.now())
    said = "The grade was changed here, and the LMS still shows the one before."
    assert said not in page_of(teacher, connected)

    PlatformScore.objects.update(sent_hundredths=int(points * 100) + 50)

    assert said in page_of(teacher, connected)

    score.sent_at = timezone.now() + timedelta(seconds=1)
    score.save()
    Grading.objects.update(edited_at=None)

    assert said not in page_of(teacher, connected)


def test_lms_that_is_off_is_told(teacher, connected):
    assert "This LMS is off." not in page_of(teacher, connected)

    Platform.objects.update(is_on=False)
    page = page_of(teacher, connected)
    assert "This LMS is off. Nobody can sign in from there until site staff turn it on" in page

    PlatformCourse.objects.update(sends_grades=True)

    assert "Grades wait here, and are sent when site staff turn it on" in page_of(
        teacher, connected
    )


def test_lms_that_lets_nobody_in_is_told(teacher, connected, ada):
    said = "This LMS does not let this site in. Grades wait here."
    item = LineItem.objects.create(
        platform_course=connected, prompt=factories.make_prompt(connected.course), kind="post"
    )
    PlatformScore.objects.create(line_item=item, student=ada, due_at=timezone.now())
    Platform.objects.update(denied_at=timezone.now())
    assert said not in page_of(teacher, connected)

    PlatformCourse.objects.update(sends_grades=True)

    assert said in page_of(teacher, connected)


def test_row_says_when_it_is_tried_again(teacher, connected, ada):
    PlatformCourse.objects.update(sends_grades=True)
    item = LineItem.objects.create(
        platform_course=connected, prompt=factories.make_prompt(connected.course), kind="post"
    )
    due = timezone.now() + timedelta(hours=3)
    score = PlatformScore.objects.create(line_item=item, student=ada, due_at=due, attempts=1)
    said = f"The LMS did not answer. Next try: {at_time(due, connected.course)}"
    assert said in page_of(teacher, connected)

    score.attempts, score.due_at = 0, timezone.now()
    score.save()

    assert "Next try" not in page_of(teacher, connected)


def test_page_that_takes_a_release_back_tells_of_the_lms(teacher, connected, ada):
    """Of the points that it has: whether it is told that they are taken back."""
    score = score_of(connected, ada, sent_hundredths=None, sent_at=timezone.now())
    grading = Grading.objects.get()
    where = reverse("grading_release_back", args=[connected.course.slug, grading.prompt.number])
    moment = {"released_at": grading.released_at.isoformat()}

    def words():
        page = " ".join(teacher.get(where, moment).content.decode().split())
        said = ("The LMS is asked to take them back too.", "The LMS shows these grades, and is not")
        return [words for words in said if words in page]

    assert words() == []
    score.sent_hundredths = 900
    score.save()
    assert words() == ["The LMS is asked to take them back too."]

    for closed in (
        PlatformCourse.objects.filter(sends_grades=True),
        Platform.objects.filter(is_on=True),
    ):
        field = "is_on" if closed.model is Platform else "sends_grades"
        closed.update(**{field: False})
        assert words() == ["The LMS shows these grades, and is not"]
        closed.model.objects.update(**{field: True})
    PlatformMember.objects.all().delete()
    assert words() == ["The LMS shows these grades, and is not"]


def test_nothing_is_sent_again_once_sending_is_stopped(teacher, connected, ada):
    PlatformCourse.objects.update(sends_grades=True)
    item = LineItem.objects.create(
        platform_course=connected, prompt=factories.make_prompt(connected.course), kind="post"
    )
    PlatformScore.objects.create(line_item=item, student=ada, refused_status=422)
    assert "Send again now" in page_of(teacher, connected)
    PlatformCourse.objects.update(sends_grades=False)
    assert "Send again now" not in page_of(teacher, connected)

    answer = teacher.post(address("connected_course_retry", connected), follow=True)

    assert "No grades go to this LMS now" in answer.content.decode()
    assert PlatformScore.objects.get().refused_status == 422


def test_given_up_is_told(teacher, connected, ada):
    PlatformCourse.objects.update(sends_grades=True)
    item = LineItem.objects.create(
        platform_course=connected, prompt=factories.make_prompt(connected.course), kind="post"
    )
    in_ten_years = timezone.now() + timedelta(days=3650)
    PlatformScore.objects.create(
        line_item=item, student=ada, attempts=MAX_ATTEMPTS, due_at=in_ten_years
    )

    page = page_of(teacher, connected)

    assert "Sent: 0 · waiting: 0 · refused: 0" in page
    assert "1 grade was given up: the LMS did not answer for days." in page
    assert "given up: the LMS did not answer" in page
    assert "Send again now" in page


def test_course_is_disconnected_after_a_question(teacher, connected):
    where = address("connected_course_disconnect", connected)

    page = teacher.get(where)
    teacher.post(where)

    assert "Nobody can sign in from there any more" in page.content.decode()
    assert not PlatformCourse.objects.connected().exists()


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same(teacher, connected, ada, count, django_assert_num_queries):
    PlatformCourse.objects.update(sends_grades=True)
    for _ in range(count):
        item = LineItem.objects.create(
            platform_course=connected, prompt=factories.make_prompt(connected.course), kind="post"
        )
        PlatformScore.objects.create(line_item=item, student=ada, refused_status=422)
    where = reverse("connected_course_list", args=[connected.course.slug])

    with django_assert_num_queries(6):
        teacher.get(where)


def member(connected, person, subject):
    PlatformMember.objects.create(platform_course=connected, user=person, subject=subject)


def score_of(connected, person, **state):
    """Return what an LMS to which grades go has of a released grade: nine points, unless said."""
    PlatformCourse.objects.update(sends_grades=True)
    member(connected, person, "s-a")
    graded = grade(connected, person)
    item, _is_new = LineItem.objects.get_or_create(
        platform_course=connected, prompt=graded.prompt, kind=graded.kind
    )
    PlatformScore.objects.all().delete()
    values = {"sent_hundredths": 900} | state
    return PlatformScore.objects.create(line_item=item, student=person, **values)


def grade(connected, person):
    prompt = factories.make_prompt(connected.course, rubric=factories.make_rubric(connected.course))
    post = factories.make_post(person, connected.course, "Of ties", prompt=prompt)
    instructor = connected.connected_by
    return factories.make_grading(post, instructor, released_at=timezone.now())


def test_planned_release_leaves_the_state_of_before(teacher, connected, ada):
    PlatformCourse.objects.update(sends_grades=True)
    item = LineItem.objects.create(
        platform_course=connected, prompt=factories.make_prompt(connected.course), kind="post"
    )
    tomorrow = timezone.now() + timedelta(days=1)
    score = PlatformScore.objects.create(line_item=item, student=ada, due_at=tomorrow)
    assert "Sent:" not in page_of(teacher, connected)

    score.sent_at = timezone.now()
    score.save()

    assert "Sent: 1 · waiting: 0 · refused: 0" in page_of(teacher, connected)
