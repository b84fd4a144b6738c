"""Times of a grader: measured for themselves alone."""

import pytest

from blog.actions.grading_times import add_grading_time
from blog.models import GradingTime
from blog.queries.grading_pace import pace_of
from tests import factories

PAGE = "/c/networks/desk/time/"
QUEUE = "/c/networks/desk/1/"


@pytest.fixture
def prompt(course, ada):
    prompt = factories.make_prompt(course)
    factories.set_queue_number(prompt, ada, 7)
    return prompt


@pytest.fixture
def post(prompt, ada, course):
    return factories.make_post(ada, course, prompt=prompt)


@pytest.fixture
def desk(client, instructor):
    client.force_login(instructor)
    return client


def save(desk, seconds, words="Well seen."):
    form = desk.get(f"{QUEUE}7/").context["form"]
    fields = {"text": words, "rubric": "", "status": "graded", "seconds": seconds}
    return desk.post(f"{QUEUE}7/", fields | {"version": form.initial.get("version", "")})


def stored():
    return list(GradingTime.objects.values_list("seconds", flat=True))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("90", [90]), ("999999", [7200]), ("0", []), ("-5", []), ("", []), ("soon", [])],
)
def test_a_save_brings_its_time_within_limits(desk, post, sent, kept):
    assert save(desk, sent).status_code == 302

    assert stored() == kept


def test_times_of_one_student_add_up(desk, post):
    save(desk, "60")
    save(desk, "30", words="Well seen, twice.")

    assert stored() == [90]


def test_nothing_is_measured_of_whoever_switched_it_off(desk, post):
    desk.post(f"{PAGE}off/")

    save(desk, "60")

    assert stored() == []
    assert 'name="seconds"' not in desk.get(f"{QUEUE}7/").content.decode()
    assert "Your time is not measured." in desk.get(PAGE).content.decode()
    desk.post(f"{PAGE}on/")
    save(desk, "60", words="Again.")
    assert stored() == [60]


def make_times(grader, prompt, *minutes):
    for each in minutes:
        student = factories.make_user()
        GradingTime.objects.create(grader=grader, prompt=prompt, student=student, seconds=each * 60)


def make_posts(course, prompt, n):
    for _number in range(n):
        student = factories.make_user()
        factories.add_member(course, student)
        factories.make_post(student, course, prompt=prompt)


@pytest.mark.parametrize(
    ("minutes", "posts", "words"),
    [
        ((3, 3), 12, None),
        ((2, 3, 40), 12, "about 35 minutes at your pace"),
        ((10, 10, 10), 15, "about 2.5 hours at your pace"),
        ((1, 1, 1), 1, "about 1 minute at your pace"),
        ((3, 3, 3), 0, None),
    ],
)
def test_the_queue_tells_how_long_the_rest_takes(
    desk, course, prompt, instructor, minutes, posts, words
):
    make_times(instructor, prompt, *minutes)
    make_posts(course, prompt, posts)

    html = " ".join(desk.get(QUEUE).content.decode().split())

    assert ("at your pace" in html) == bool(words)
    assert words is None or words in html


def test_nobody_else_sees_or_has_a_grader_s_times(
    client, course, prompt, assistant, instructor, ada
):
    make_times(assistant, prompt, 3, 3, 3)
    make_posts(course, prompt, 1)
    client.force_login(instructor)

    assert "at your pace" not in client.get(QUEUE).content.decode()
    assert "after 3 posts in this course" in client.get(PAGE).content.decode()
    assert not GradingTime.objects.visible_to(instructor).exists()
    client.force_login(ada)
    assert client.get(PAGE).status_code == 403


def test_times_of_all_courses_can_be_deleted(desk, prompt, instructor, assistant):
    make_times(instructor, prompt, 3, 3, 3)
    make_times(assistant, prompt, 4)
    assert "3 times are stored" in desk.get(PAGE).content.decode()

    answer = desk.post(f"{PAGE}delete/", follow=True)

    assert "3 times deleted." in answer.content.decode()
    assert list(GradingTime.objects.values_list("grader", flat=True)) == [assistant.pk]


@pytest.mark.parametrize("n", [1, 3])
def test_page_query_count(desk, prompt, instructor, n, django_assert_num_queries):
    make_times(instructor, prompt, *[3] * n)

    # session, person with memberships; the pace, the number of times
    with django_assert_num_queries(4):
        desk.get(PAGE)


def test_comments_of_a_student_are_measured_apart(desk, prompt, post, ada, instructor, course):
    for kind, seconds in (("post", 60), ("comments", 600)):
        add_grading_time(prompt, ada, seconds, by=instructor, kind=kind)
        for _each in range(2):
            student = factories.make_user()
            add_grading_time(prompt, student, seconds, by=instructor, kind=kind)

    assert pace_of(instructor, course, left=2).minutes == 2
    assert pace_of(instructor, course, left=2, kind="comments").minutes == 20
    seconds = GradingTime.objects.filter(student=ada).order_by("seconds")
    assert list(seconds.values_list("kind", "seconds")) == [("post", 60), ("comments", 600)]
