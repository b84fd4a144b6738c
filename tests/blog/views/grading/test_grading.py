import re

import pytest

from blog.actions.grading import give_feedback
from blog.actions.releases import release_prompt
from blog.models import Grading, version_of
from tests import factories
from tests.submitted import version_in_form


@pytest.fixture
def graded(course):
    return factories.make_prompt(course, rubric=factories.make_rubric(course))


@pytest.fixture
def post(graded, ada, course):
    factories.set_queue_number(graded, ada, 7)
    return factories.make_post(ada, course, "Of ties", prompt=graded, slug="of-ties")


def filled(post, position=3, **changes):
    levels = {f"criterion-{c.pk}": position for c in post.prompt.rubric.criteria.all()}
    words = {"text": "Well seen.", "revision": post.revision_id}
    return words | {"rubric": version_of(post.prompt.rubric)} | levels | changes


PAGES = ["/c/networks/desk/", "/c/networks/desk/1/", "/c/networks/desk/1/7/"]


@pytest.mark.parametrize("path", PAGES)
def test_access(client, post, ada, bob, observer, eve, assistant, instructor, path):
    assert client.get(path).status_code == 302
    for user, status in [(eve, 404), (ada, 403), (bob, 403), (observer, 403)]:
        client.force_login(user)
        assert client.get(path).status_code == status
    for user in (assistant, instructor):
        client.force_login(user)
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("students", [1, 3])
def test_query_counts(client, course, graded, instructor, students, django_assert_num_queries):
    for n in range(students):
        student = factories.make_user()
        factories.add_member(course, student)
        post = factories.make_post(student, course, prompt=graded, slug=f"post-{n}")
        factories.make_comment(instructor, post)
        factories.make_grading(post, instructor, level=2)
    client.force_login(instructor)
    address = factories.desk_address(post)

    with django_assert_num_queries(3):
        client.get("/c/networks/desk/")
    # session, person with memberships, prompt; numbers, students, posts, gradings, what is due;
    # most points; the rows' peers, words, people, scores; replies to feedback
    with django_assert_num_queries(14):
        client.get("/c/networks/desk/1/")
    # the queue's 13, and: the student, their post, its gradings 2, the rubric 2, how it came
    # about 2, comments written and received, the history 3, who has it open, the reply
    with django_assert_num_queries(26):
        client.get(address)


def test_grading_student_next_saves_and_goes_on(client, post, bob, course, graded, assistant):
    following = factories.make_post(bob, course, prompt=graded, slug="next-one")
    client.force_login(assistant)

    response = client.post("/c/networks/desk/1/7/next/", filled(post))

    feedback = Grading.objects.get()
    assert response.url == factories.desk_address(following)
    assert (feedback.student, feedback.grader, feedback.revision) == (
        post.author,
        assistant,
        post.revision,
    )
    assert [s.level.position for s in feedback.scores.all()] == [3, 3]


def test_grading_student_next_leads_back_to_the_queue_at_the_end(client, post, assistant):
    client.force_login(assistant)

    response = client.post("/c/networks/desk/1/7/next/", filled(post))

    assert response.url == "/c/networks/desk/1/"


def test_grading_student_keeps_both_versions_of_a_stale_save(client, post, instructor):
    client.force_login(instructor)
    client.post("/c/networks/desk/1/7/", filled(post, text="From the first window"))

    response = client.post("/c/networks/desk/1/7/", filled(post, text="From the second"))

    page = response.content.decode()
    assert response.status_code == 409
    assert "From the first window" in page
    assert "Both versions are on this page: choose one." in page
    assert "From the second" in page
    assert Grading.objects.get().text == "From the first window"

    client.post(
        "/c/networks/desk/1/7/",
        filled(post, text="From the second", version=version_in_form(Grading)),
    )
    assert Grading.objects.get().text == "From the second"


def test_grading_student_keeps_a_refused_text(client, post, instructor):
    client.force_login(instructor)

    response = client.post("/c/networks/desk/1/7/", filled(post, text="x" * 10_001))

    assert response.status_code == 422
    assert "x" * 10_001 in response.content.decode()
    assert not Grading.objects.exists()


def test_grading_student_binds_to_the_revision_that_was_read(client, post, instructor):
    read = post.revision
    newer = factories.make_revision(post, number=2)
    post.revision = newer
    post.save()
    client.force_login(instructor)

    client.post("/c/networks/desk/1/7/", filled(post, revision=read.pk))

    assert Grading.objects.get().revision == read
    assert "Changed since read" in client.get("/c/networks/desk/1/").content.decode()


def test_second_grading_is_made_the_grade_by_an_instructor(client, post, instructor, assistant):
    client.force_login(instructor)
    client.post("/c/networks/desk/1/7/", filled(post))
    client.force_login(assistant)
    client.post("/c/networks/desk/1/7/", filled(post, position=1))
    second = Grading.objects.get(grader=assistant)

    choose = f"/c/networks/desk/1/7/gradings/{second.pk}/choose/"
    assert client.post(choose).status_code == 403

    client.force_login(instructor)
    assert client.post(choose).url == "/c/networks/desk/1/7/"
    second.refresh_from_db()
    assert second.of_record


CANARIES = ["canary-7f3a", "Beyond"]
STUDENT_PAGES = [
    "/",
    "/me/",
    "/c/networks/",
    "/c/networks/posts/",
    "/me/work/networks/",
    "/c/networks/posts/of-ties/",
    "/c/networks/posts/of-ties/edit/",
    "/c/networks/posts/of-ties/history/",
    "/c/networks/people/",
    "/c/networks/network/",
]


def crawl(client, user, pages):
    client.force_login(user)
    answers = [client.get(page) for page in pages]
    assert {answer.status_code for answer in answers} == {200}
    return "".join(answer.content.decode() for answer in answers)


def test_nothing_of_a_grade_is_seen_before_release(client, post, ada, bob, instructor, graded):
    give_feedback(
        graded,
        ada,
        by=instructor,
        post=post,
        revision=post.revision,
        levels={c: c.levels.get(position=4) for c in graded.rubric.criteria.all()},
        words="canary-7f3a",
        version=None,
    )
    pages = [*STUDENT_PAGES, f"/c/networks/people/{ada.username}/"]

    before = crawl(client, ada, pages)
    assert [canary for canary in CANARIES if canary in before] == []

    release_prompt(graded, by=instructor)

    after = crawl(client, ada, ["/c/networks/posts/of-ties/"])
    assert [canary for canary in CANARIES if canary in after] == CANARIES
    others = crawl(client, bob, [p for p in pages if "edit" not in p and "history" not in p])
    assert [canary for canary in CANARIES if canary in others] == []


def test_the_queue_has_the_facts_of_each_post(client, post, bob, instructor):
    of_bob = factories.make_post(bob, post.course, prompt=post.prompt)
    factories.make_comment(post.author, of_bob)
    post.prompt.comments_min = 2
    post.prompt.save()
    client.force_login(instructor)

    page = client.get("/c/networks/desk/1/").content.decode()
    row = re.search(r'<tr role="row">(?:(?!</tr>).)*Ada Student.*?</tr>', page, re.DOTALL)[0]
    cells = " ".join(re.sub(r"<[^>]*>", " ", row).split())

    assert f"Words {post.revision.words} References 0 " in cells
    assert "Classmates commented on 1 of 2 " in cells


def test_the_queue_says_where_graders_differ(client, post, bob, course, instructor, assistant):
    other = factories.make_post(bob, course, prompt=post.prompt)
    for each in (post, other):
        factories.make_grading(each, instructor, level=3)
    factories.make_grading(post, assistant, level=2, of_record=False)
    client.force_login(instructor)

    page = " ".join(client.get("/c/networks/desk/1/").content.decode().split())
    shown = client.get("/c/networks/desk/1/?show=differs")

    assert "Release 1 grade" in page
    assert page.count("Second grading differs") == 2  # the filter, and the state of one student
    assert [row.item.post for row in shown.context["rows"]] == [post]
