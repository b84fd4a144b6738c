import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Membership
from network.metrics.units import pair_of
from network.queries import class_figure
from network.ties import TieClass
from tests import factories
from tests.network.class_world import make_class, write, write_in_ring

PATH = "/c/networks/network/class/"
VIEWS = [
    *("Posts not yet reached", "Students not yet reached", "The team’s share of comments"),
    *("Ties by week", "Across pods", "Bridges", "Before and after", "Comments returned"),
    "How comments are spread",
]


@pytest.fixture
def as_instructor(client, instructor):
    client.force_login(instructor)
    return client


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def test_access(client, course, ada, observer, assistant, instructor, eve):
    assert client.get(PATH).status_code == 302
    for person, status in (
        (eve, 404),
        (ada, 403),
        (observer, 403),
        (assistant, 200),
        (instructor, 200),
    ):
        client.force_login(person)
        assert client.get(PATH).status_code == status


def test_a_student_gets_nothing_of_it_by_any_address(client, course, ada, bob):
    factories.make_comment(bob, factories.make_post(ada, course))
    client.force_login(bob)
    gets = [PATH, f"{PATH}?week=1", f"{PATH}pods/", f"{PATH}mail/not-answered/"]
    posts = [f"{PATH}first/", f"{PATH}back/", f"{PATH}pods/save/", f"{PATH}mail/not-answered/"]

    statuses = {client.get(path).status_code for path in gets}
    statuses |= {client.post(path).status_code for path in posts}

    assert statuses == {403}
    for name in ("course_home", "ego_network", "post_list", "person_list"):
        page = client.get(reverse(name, args=[course.slug])).content.decode()
        assert "Class network" not in page


def test_assistants_see_lists_and_leave_mails_and_pods_to_instructors(client, course, assistant):
    make_class(course, 2)
    client.force_login(assistant)

    response = client.get(PATH)

    assert "Put these posts first" in text_of(response)
    assert "Write to them" not in text_of(response)
    assert "Draw next pods" not in text_of(response)
    assert client.get(f"{PATH}pods/").status_code == 403
    assert client.get(f"{PATH}mail/not-answered/").status_code == 403


def test_an_empty_course_answers(as_instructor, course):
    response = as_instructor.get(PATH)

    assert response.status_code == 200
    assert "Nobody has commented yet." in text_of(response)


def test_a_small_class_gets_totals_and_lists_alone(as_instructor, course):
    students, posts = make_class(course, 19)
    write_in_ring(course, students, posts, 1, 2, 3)

    response = as_instructor.get(PATH)

    assert response.context["figure"] is None
    assert (response.context["cuts"], response.context["contacts"]) == ([], [])
    text = text_of(response)
    assert "This class has fewer than 20 students." in text
    assert all(view in text for view in VIEWS)
    assert "0 of 19 students have no comment by a classmate yet." in text


def test_each_view_says_how_it_is_counted(as_instructor, course, instructor):
    students, posts = make_class(course, 20, pods=4)
    write_in_ring(course, students, posts, 1, 2, 3)
    write(course, (instructor, posts[0]))

    text = text_of(as_instructor.get(PATH))

    assert all(view in text for view in VIEWS)
    assert text.count("How this is counted") == 10  # the figure, posts, and eight views
    assert text.count("Based on 60 comments.") == 6
    assert text.count("Based on 61 comments.") == 2  # those with the teaching team
    assert text.count("Based on 20 posts.") == 1


def test_figure_and_table_say_the_same(as_instructor, course):
    students, posts = make_class(course, 20, pods=3)
    write_in_ring(course, students, posts, 1, 4, days_ago=20)
    write_in_ring(course, students[:9], posts[:9], 2)

    figure = as_instructor.get(PATH).context["figure"]

    drawn = {
        (line.one, line.other, line.tie_class): (line.path.split("Q")[0], line.path.split()[-2:])
        for line in figure.lines
    }
    names = {row.name: row.person.pk for row in figure.student_rows}
    told = {
        (*pair_of(row.person.pk, names[peer]), kind)
        for row in figure.student_rows
        for kind, peers in row.ties
        for peer in peers
    }
    assert told == set(drawn)
    assert sum(len(peers) for row in figure.student_rows for _, peers in row.ties) == 2 * len(told)
    at = {node.key: (node.x, node.y) for node in figure.nodes}
    assert at.keys() == set(names.values())
    for (one, other, _kind), (start, end) in drawn.items():
        assert start == "M{:g} {:g}".format(*at[one])
        assert [float(part) for part in end] == list(at[other])
    waiting = {node.key for node in figure.nodes if node.is_waiting}
    assert waiting == {row.person.pk for row in figure.student_rows if row.is_waiting}


def test_the_figure_is_the_same_each_visit_and_each_week(as_instructor, course):
    students, posts = make_class(course, 20)
    write_in_ring(course, students, posts, 1, 2, days_ago=30)
    write_in_ring(course, students, posts, 5)

    now, again, earlier = (
        as_instructor.get(PATH + query).context["figure"] for query in ("", "?week=7", "?week=3")
    )

    assert now == again
    assert [(n.x, n.y) for n in earlier.nodes] == [(n.x, n.y) for n in now.nodes]
    assert (len(earlier.lines), len(now.lines)) == (40, 60)


def test_weeks_are_links_and_a_slider(as_instructor, course):
    response = as_instructor.get(f"{PATH}?week=99")

    page = response.content.decode()
    assert response.context["criteria"].week == response.context["last_week"] == 7
    assert [week for week in range(1, 9) if f'href="?week={week}"' in page] == [*range(1, 8)]
    assert '<input class="form-range"' in page
    assert as_instructor.get(f"{PATH}?week=x&pod=y").status_code == 200


def test_those_who_left_are_out_and_the_team_is_apart(as_instructor, course, assistant):
    students, posts = make_class(course, 20)
    write(course, (students[0], posts[1]), (assistant, posts[2]), (students[3], posts[4]))
    Membership.objects.filter(user=students[0]).update(ended_at=timezone.now())

    figures = as_instructor.get(PATH).context["figures"]

    assert students[2].pk in figures.reach.tied_to_staff_only
    assert students[1].pk in figures.reach.not_answered
    assert students[0].pk not in figures.reach.not_answered
    assert (figures.comments, figures.peer_comments) == (2, 1)
    assert figures.share.by_staff == 1


def test_required_comments_can_be_left_out(as_instructor, course, prompt):
    prompt.comments_min, prompt.comments_due_at = 1, timezone.now() + timedelta(days=40)
    prompt.save()
    students, posts = make_class(course, 3)
    posts[0].prompt = prompt
    posts[0].save()
    write(course, (students[1], posts[0]), (students[2], posts[1]))

    everything = as_instructor.get(PATH).context["figures"]
    chosen = as_instructor.get(f"{PATH}?without_required=on")

    assert (everything.comments, chosen.context["figures"].comments) == (2, 1)
    assert "Required comments are left out, too." in text_of(chosen)


def test_a_comment_makes_new_figures(as_instructor, course, ada, bob):
    post = factories.make_post(ada, course)
    factories.make_comment(bob, post)
    first = as_instructor.get(PATH).context["figures"]
    factories.make_comment(bob, post)

    second = as_instructor.get(PATH).context["figures"]

    assert (first.comments, second.comments) == (1, 2)


@pytest.mark.parametrize("waiting", [1, 3])
def test_query_count(as_instructor, course, waiting, django_assert_num_queries):
    students, posts = make_class(course, waiting)
    write(course, *((student, posts[0]) for student in students[1:]))
    write(course, *((students[0], post) for post in posts[1:]))
    make_class(course, waiting)
    as_instructor.get(PATH)

    # session, memberships; members, clock, state of units; figures and comparison, which are
    # kept; the keys of posts that wait, the first of them, and among how many
    with django_assert_num_queries(10):
        response = as_instructor.get(PATH)

    assert response.context["waiting"].total == waiting + (waiting == 1)


def test_nobody_is_named_as_a_bridge_in_a_sparse_class(as_instructor, course):
    students, posts = make_class(course, 20)
    write_in_ring(course, students, posts, 1)

    response = as_instructor.get(PATH)

    assert response.context["figures"].average_degree == 2
    assert response.context["cuts"] == []
    assert "so no names are shown" in text_of(response)


def test_a_bridge_is_named_in_words(as_instructor, course):
    """Two circles of ten, where everybody has met three, joined by one student of each."""
    students, posts = make_class(course, 20)
    for half in (slice(0, 10), slice(10, 20)):
        write_in_ring(course, students[half], posts[half], 1, 2, 3)
    write(course, (students[0], posts[10]))

    response = as_instructor.get(PATH)

    assert [cut.people for cut in response.context["cuts"]] == [[students[0]], [students[10]]]
    text = text_of(response)
    assert (
        "If S0 Student stops commenting, S1 Student, S2 Student, S3 Student and 6 others lose "
        "every path to the rest of the class." in text
    )
    assert "A bridge is no role" in text


def test_ties_between_pods_are_counted_beside_chance(as_instructor, course):
    students, posts = make_class(course, 4, pods=2)
    write(course, (students[0], posts[2]), (students[1], posts[0]), (students[3], posts[1]))

    response = as_instructor.get(PATH)

    assert response.context["mixing"].rows == [("Pod 1", [1, 1]), ("Pod 2", [1, 1])]
    assert "E–I index −0.33; at random it would be 0.33." in text_of(response)


def test_windows_are_compared_from_thirty_units_on(as_instructor, course):
    students, posts = make_class(course, 20)
    write_in_ring(course, students, posts, 1, days_ago=20)
    sparse = as_instructor.get(PATH)
    write_in_ring(course, students, posts, 1, 2)

    compared = as_instructor.get(PATH).context["comparison"]

    assert "There are too few comments to compare: 20 in both periods" in text_of(sparse)
    assert (compared.written.before, compared.written.after) == (20, 40)
    assert compared.written.is_beyond_chance


def test_windows_that_overlap_are_refused_and_stay(as_instructor, course):
    later = course.today()
    query = f"days=14&earlier={later - timedelta(days=3)}&later={later}"

    response = as_instructor.get(f"{PATH}?{query}")

    assert response.status_code == 422
    assert "The days overlap." in text_of(response)
    assert f'value="{later:%Y-%m-%d}"' in response.content.decode()
    assert response.context["comparison"] is None


@pytest.mark.parametrize("day", ["0001-01-01", "0001-01-20", "1899-12-31", "9999-12-31"])
@pytest.mark.parametrize("name", ["earlier", "later"])
def test_windows_at_the_ends_of_the_calendar_are_refused(as_instructor, course, name, day):
    days = {"days": "28", "earlier": "2026-01-01", "later": "2026-02-01"} | {name: day}

    response = as_instructor.get(PATH, days)

    assert response.status_code == 422
    assert "This day is too far away." in text_of(response)
    assert response.context["comparison"] is None


def test_a_range_of_chance_has_the_sign_of_a_minus(as_instructor, course):
    students, posts = make_class(course, 20)
    write_in_ring(course, students, posts, 1, days_ago=20)
    write_in_ring(course, students, posts, 1, 2)

    response = as_instructor.get(PATH)

    change = response.context["comparison"].written
    assert change.low < 0
    said = f"By chance alone the difference would be from −{-change.low} to {change.high}."
    assert said in text_of(response)


def test_who_is_in_a_list_of_the_past_is_written_to_from_that_of_today(as_instructor, course):
    students, posts = make_class(course, 3)
    write(course, (students[0], posts[1]))
    last = as_instructor.get(PATH).context["last_week"]

    now = text_of(as_instructor.get(PATH))
    then = [
        text_of(as_instructor.get(PATH + query))
        for query in (f"?week={last - 1}", f"?week={last}&without_required=on")
    ]

    assert now.count("Write to them") == 2
    assert "Ties between students now: 0 strong" in now
    assert all("Write to them" not in text for text in then)
    assert all("Show today’s list" in text for text in then)


def test_ties_of_an_earlier_week_are_not_called_those_of_now(as_instructor, course):
    students, posts = make_class(course, 3)
    write(course, (students[0], posts[1]), days_ago=21)
    last = as_instructor.get(PATH).context["last_week"]

    then = text_of(as_instructor.get(f"{PATH}?week={last - 1}"))

    said = f"Ties between students at the end of week {last - 1}: 0 strong, 0 weak, 1 very weak."
    assert said in then
    assert "Ties between students now" not in then


def test_a_large_class_is_shown_by_pods_that_open(as_instructor, course):
    students, posts = make_class(course, 61, pods=3)
    write(course, (students[0], posts[3]), (students[0], posts[1]), (students[4], posts[2]))
    pods = {pod.name: pod.pk for pod in course.pods.all()}

    groups = as_instructor.get(PATH).context["figure"]
    opened = as_instructor.get(f"{PATH}?pod={pods['Pod 1']}").context["figure"]

    assert (groups.kind, len(groups.nodes)) == ("groups", 3)
    told = {(row.name, name, n) for row in groups.group_rows for name, n in row.others}
    names = {key: name for name, key in pods.items()}
    drawn = {(names[line.one], names[line.other], line.ties) for line in groups.lines}
    assert told == drawn | {(other, one, ties) for one, other, ties in drawn}
    assert [(row.students, row.inside) for row in groups.group_rows] == [(21, 1), (20, 0), (20, 0)]
    assert (opened.kind, len(opened.nodes), len(opened.lines)) == ("people", 21, 1)
    [first] = [row for row in opened.student_rows if row.person == students[0]]
    assert (first.ties, first.outside) == ([(TieClass.VERY_WEAK, ["S3 Student"])], 1)


def test_many_pods_are_numbers_with_few_lines_and_all_is_in_the_table(
    as_instructor, course, monkeypatch
):
    monkeypatch.setattr(class_figure, "MAX_LINES_OF_MANY", 2)
    students, posts = make_class(course, 66, pods=22)
    twice = [(students[n], posts[m]) for n, m in ((0, 1), (22, 23))]  # of Pod 1 and Pod 2
    once = [(students[n], posts[n + 1]) for n in (3, 5, 7)]
    write(course, *twice, *once)

    response = as_instructor.get(PATH)

    figure = response.context["figure"]
    assert [node.label for node in figure.nodes] == [str(n) for n in range(1, 23)]
    assert [node.name for node in figure.nodes] == [f"Pod {n}" for n in range(1, 23)]
    assert [(line.ties) for line in figure.lines] == [2]
    told = {(row.name, name, n) for row in figure.group_rows for name, n in row.others}
    assert ("Pod 1", "Pod 2", 2) in told
    assert ("Pod 4", "Pod 5", 1) in told
    text = text_of(response)
    assert "A line joins two groups with at least 2 ties between their students." in text
    assert "All ties are in the table." in text
    mixing = response.context["mixing"]
    assert mixing.names == [f"Pod {n}" for n in range(1, 23)]
    assert mixing.is_large
    assert "Show all groups" in text


@pytest.mark.parametrize(
    ("names", "labels"),
    [
        ([f"Pod {n}" for n in range(20)], [str(n) for n in range(20)]),
        ([*(f"Pod {n}" for n in range(19)), "Kelp"], [*(f"Pod {n}" for n in range(19)), "Kelp"]),
        (["Pod 1", "Pod 2"], ["Pod 1", "Pod 2"]),
    ],
)
def test_labels_of_groups(names, labels):
    found = class_figure.group_labels(dict(enumerate(names, 1)) | {0: "No pod"})

    assert found == dict(enumerate(labels, 1)) | {0: "No pod"}


def test_a_large_class_without_groups_has_dots(as_instructor, course):
    students, posts = make_class(course, 61)
    write(course, (students[0], posts[3]))

    response = as_instructor.get(PATH)

    figure = response.context["figure"]
    assert (figure.kind, len(figure.nodes), len(figure.student_rows)) == ("dots", 61, 61)
    assert "The names of so many students are in the table." in text_of(response)
