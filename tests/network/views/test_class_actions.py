import re
from datetime import timedelta
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from blog.models import Audience, AuditEvent, Membership, OutboxMessage, Pod, Post
from blog.queries.waiting_posts import posts_without_comments
from network.queries.class_figures import ClassRecord
from network.queries.next_pods import drawn_students
from tests import factories
from tests.network.class_world import make_class, write, write_in_ring

PATH = "/c/networks/network/class/"


@pytest.fixture
def as_instructor(client, instructor):
    client.force_login(instructor)
    return client


def pod_members(course):
    return {
        pod.name: sorted(pod.memberships.values_list("user__display_name", flat=True))
        for pod in course.pods.all()
    }


def test_posts_of_the_list_are_put_first_and_back(as_instructor, course, assistant):
    students, posts = make_class(course, 3)
    young = factories.make_post(students[0], course, "Young")
    write(course, (students[0], posts[1]), (assistant, posts[2]))

    response = as_instructor.post(f"{PATH}first/", follow=True)

    assert Post.objects.get(put_first_at__isnull=False, title="Post 0")
    assert "now comes first in “Waiting for a first comment”" in response.content.decode()
    waiting = response.context["waiting"]
    assert [post.title for post in waiting.posts] == ["Post 0", "Post 2"]
    # Nobody waits for a first comment on what the teaching team has commented on.
    assert (waiting.to_put_first, waiting.put_first) == ([], [posts[0].pk])
    reader = factories.make_user("Rae Reader")
    factories.add_member(course, reader)
    assert posts_without_comments(reader, course) == [posts[0], young]

    as_instructor.post(f"{PATH}back/")

    assert not Post.objects.filter(put_first_at__isnull=False).exists()


def test_the_course_home_does_not_say_pod_first_where_the_team_put_others_first(
    as_instructor, course
):
    students, posts = make_class(course, 4, pods=2)
    home = reverse("course_home", args=[course.slug])
    reader = Client()
    reader.force_login(students[0])
    assert "Your pod first" in reader.get(home).content.decode()

    as_instructor.post(f"{PATH}first/")

    page = reader.get(home).content.decode()
    assert posts[1].title in page
    assert "Your pod first" not in page
    as_instructor.post(f"{PATH}back/")
    assert "Your pod first" in reader.get(home).content.decode()


def test_posts_that_no_classmate_can_read_are_not_waiting(as_instructor, course):
    _students, posts = make_class(course, 3)
    Post.objects.filter(pk=posts[0].pk).update(audience=Audience.INSTRUCTORS)
    Post.objects.filter(pk=posts[1].pk).update(audience=Audience.POD)

    waiting = as_instructor.get(PATH).context["waiting"]

    assert [post.title for post in waiting.posts] == ["Post 1", "Post 2"]


def test_a_mail_is_prepared_to_the_people_of_a_list(as_instructor, course, instructor):
    students, posts = make_class(course, 3)
    write(course, (students[0], posts[1]))
    page = as_instructor.get(f"{PATH}mail/not-answered/")
    assert [each.user for each in page.context["form"].listed] == [students[0], students[2]]

    response = as_instructor.post(
        f"{PATH}mail/not-answered/",
        {"title": "Hello", "text": "Some words.", "students": [students[2].pk], "key": uuid4()},
    )

    [(link, count)] = response.context["links"]
    assert (count, unquote(link)) == (
        1,
        f"mailto:{instructor.email}?bcc={students[2].email}&subject=Hello&body=Some words.",
    )
    assert not OutboxMessage.objects.exists()


def test_a_mail_to_nobody_comes_back_as_it_was_typed(as_instructor, course):
    make_class(course, 2)

    response = as_instructor.post(
        f"{PATH}mail/not-answered/", {"title": "Hello", "text": "My words.", "key": uuid4()}
    )

    assert response.status_code == 422
    page = response.content.decode()
    assert "Choose at least one student." in page
    assert "My words." in page
    assert response.context["links"] == []


def test_an_unknown_list_is_not_found(as_instructor):
    assert as_instructor.get(f"{PATH}mail/everybody/").status_code == 404


def test_drawing_is_the_same_each_time_and_saves_nothing(as_instructor, course):
    students, posts = make_class(course, 8, pods=2)
    write_in_ring(course, students, posts, 1)

    one, other = (as_instructor.get(f"{PATH}pods/?size=4") for _ in range(2))

    drawn = [(row.name, row.pod) for row, _field in one.context["rows"]]
    assert drawn == [(row.name, row.pod) for row, _field in other.context["rows"]]
    assert len(drawn) == 8
    assert {pod for _name, pod in drawn} == {1, 2}
    assert len(pod_members(course)) == 2


def test_a_size_that_cannot_be_is_refused(as_instructor, course):
    make_class(course, 4)

    response = as_instructor.get(f"{PATH}pods/?size=1")

    assert response.status_code == 422
    assert 'value="1"' in response.content.decode()


def test_pods_are_adjusted_and_saved_as_new_ones(as_instructor, course):
    students, _posts = make_class(course, 4, pods=1)
    members = [Membership.objects.get(user=student) for student in students]
    key = as_instructor.get(f"{PATH}pods/?size=2").context["form"]["key"].value()
    numbers = ["1", "2", "1", ""]
    sent = {f"pod-{member.pk}": n for member, n in zip(members, numbers, strict=True)}

    for _twice in range(2):
        response = as_instructor.post(f"{PATH}pods/save/", sent | {"key": key}, follow=True)

    assert response.redirect_chain[-1][0] == "/c/networks/settings/pods/"
    assert pod_members(course) == {
        "Pod 1": ["S3 Student"],
        "Pod 2": ["S0 Student", "S2 Student"],
        "Pod 3": ["S1 Student"],
    }
    [event] = AuditEvent.objects.filter(action="next_pods_saved")
    second = Pod.objects.get(name="Pod 2")
    assert event.data["pods"][str(second.pk)] == sorted([members[0].pk, members[2].pk])


def test_who_left_meanwhile_and_strangers_are_left_out(as_instructor, course, eve):
    students, _posts = make_class(course, 2)
    stranger = factories.add_member(factories.make_course("other"), eve)
    Membership.objects.filter(user=students[1]).update(ended_at=course_time(course))
    sent = {f"pod-{m.pk}": "1" for m in Membership.objects.filter(user__in=students)}

    as_instructor.post(f"{PATH}pods/save/", sent | {f"pod-{stranger.pk}": "1", "key": uuid4()})

    assert pod_members(course) == {"Pod 1": ["S0 Student"]}


def course_time(course):
    return course.created_at + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (["77", "1", "1", "2", "2"], "The highest number here is 5."),
        (["0", "1", "1", "2", "2"], "The lowest number here is 1."),
        (["x", "1", "1", "2", "2"], "Enter a whole number."),
        (["", "", "", "", ""], "Give at least one student the number of a new pod."),
    ],
)
def test_numbers_that_cannot_be_are_refused_and_stay(as_instructor, course, numbers, said):
    students, _posts = make_class(course, 5)
    members = [Membership.objects.get(user=student) for student in students]
    sent = {f"pod-{member.pk}": n for member, n in zip(members, numbers, strict=True)}

    response = as_instructor.post(f"{PATH}pods/save/", sent | {"key": uuid4(), "size": "3"})

    assert response.status_code == 422
    page = re.sub(r"\s+", " ", response.content.decode())
    assert "Nothing was saved. What you chose is still here." in page
    assert said in page
    assert {field.name: field.value() for _row, field in response.context["rows"]} == sent
    assert {row.pod for row, _field in response.context["rows"]} == {1, 2}  # still drawn by three
    assert not course.pods.exists()
    assert not AuditEvent.objects.filter(action="next_pods_saved").exists()


def test_what_comes_without_its_key_or_size_stays(as_instructor, course):
    students, _posts = make_class(course, 2)
    sent = {f"pod-{m.pk}": "2" for m in Membership.objects.filter(user__in=students)}

    response = as_instructor.post(f"{PATH}pods/save/", sent | {"size": "99"})

    assert response.status_code == 422
    assert {field.name: field.value() for _row, field in response.context["rows"]} == sent
    assert not course.pods.exists()


def test_the_page_of_a_large_class_has_a_field_for_each_student_and_no_list(as_instructor, course):
    make_class(course, 60)

    page = as_instructor.get(f"{PATH}pods/?size=2").content.decode()

    assert len(re.findall(r'<input type="number" name="pod-', page)) == 60
    assert "<option" not in page


def test_nobody_shares_a_pod_with_another_section(course, instructor):
    students, posts = make_class(course, 6)
    sections = [factories.make_section(course) for _ in range(2)]
    for place, student in enumerate(students):
        Membership.objects.filter(user=student).update(section=sections[place % 2])
    write_in_ring(course, students, posts, 1)

    drawn = drawn_students(ClassRecord(course), instructor, size=3, by_section=True)

    assert {(row.pod, row.member.section_id) for row in drawn} == {
        (1, sections[0].pk),
        (2, sections[1].pk),
    }


@pytest.mark.parametrize("size", [2, 6])
def test_query_count_of_drawing(as_instructor, course, size, django_assert_num_queries):
    students, posts = make_class(course, size, pods=2)
    write_in_ring(course, students, posts, 1)

    # session, user with memberships; members, units, clock; sections
    with django_assert_num_queries(6):
        as_instructor.get(f"{PATH}pods/")
