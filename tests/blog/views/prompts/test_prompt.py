from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from blog.models import Audience, Prompt, Work
from tests import factories
from tests.submitted import fields_of, version_in_form

KEY = "3f0f8c2e-8f7c-4a43-a8a5-51d5a2a6f001"
BIBTEX = """@article{granovetter1973,
  author = {Granovetter, Mark S.}, title = {The strength of weak ties},
  journal = {American Journal of Sociology}, year = {1973}, doi = {10.1086/225469} }"""


def begin_before_prompt_form(course):
    """Let a course begin before the dates of ``prompt_form``, whatever the day of the tests."""
    course.starts_on = date(2026, 9, 1)
    course.save()
    return course


def prompt_form(**changes):
    return {
        "key": KEY,
        "version": version_in_form(Prompt),
        "title": "Blog post 1",
        "question": "What does it mean?",
        "opens_at": "2026-10-05T00:00",
        "due_at": "2026-10-18T23:59",
        "comments_due_at": "2026-10-25T23:59",
        "words_min": 500,
        "words_max": 800,
        "references_min": 2,
        "comments_min": 2,
        "rubric": "",
        "more_works": "",
    } | changes


@pytest.mark.parametrize("path", ["/c/networks/prompts/new/", "/c/networks/prompts/1/edit/"])
def test_creating_and_editing_prompts_is_for_instructors(
    client, course, prompt, ada, assistant, eve, instructor, path
):
    assert client.get(path).status_code == 302
    for user, status in [(eve, 404), (ada, 403), (assistant, 403), (instructor, 200)]:
        client.force_login(user)
        assert client.get(path).status_code == status


def test_prompt_new_reads_dates_in_the_courses_zone(client, instructor):
    course = factories.make_course(
        "vancouver",
        instructor=instructor,
        time_zone="America/Vancouver",
        starts_on=date(2026, 9, 1),
    )
    client.force_login(instructor)

    response = client.post("/c/vancouver/prompts/new/", prompt_form())

    prompt = Prompt.objects.get(course=course)
    assert response.url == "/c/vancouver/prompts/1/"
    assert prompt.due_at == datetime(2026, 10, 19, 6, 59, tzinfo=UTC)
    page = client.get(response.url).content.decode()
    assert "Sun 18 Oct, 23:59" in page
    assert "500–800 words, 2 references, comments on the posts of 2 classmates" in page


def test_prompt_new_sent_twice_creates_one(client, course, instructor):
    client.force_login(instructor)

    for _twice in range(2):
        client.post("/c/networks/prompts/new/", prompt_form())

    assert [p.number for p in course.prompts.all()] == [1]


def test_prompt_new_adds_pasted_reading_once(client, course, instructor):
    client.force_login(instructor)

    client.post("/c/networks/prompts/new/", prompt_form(more_works=BIBTEX))
    client.post(
        "/c/networks/prompts/new/",
        prompt_form(key="3f0f8c2e-8f7c-4a43-a8a5-51d5a2a6f002", more_works=BIBTEX),
    )

    work = Work.objects.get()
    assert work.doi == "10.1086/225469"
    assert list(work.required_by.values_list("number", flat=True)) == [1, 2]


def test_prompt_edit_tells_works_of_one_author_and_year_apart(client, course, prompt, instructor):
    for family, title in [("hooks", "Eros"), ("Adams", "Beta"), ("Adams", "Alpha")]:
        csl = {"type": "book", "title": title, "issued": {"date-parts": [[1994]]}}
        prompt.required_works.add(factories.make_work(course, csl, label=f"{family}, 1994"))
    client.force_login(instructor)

    form = client.get("/c/networks/prompts/1/edit/").context["form"]

    assert [work.label_with_title for work in form.chosen_works] == [
        "Adams, 1994. Beta",
        "Adams, 1994. Alpha",
        "hooks, 1994. Eros",
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"due_at": "2026-10-01T00:00"}, "The due date must be after the prompt opens."),
        (
            {"comments_due_at": "2026-10-06T00:00"},
            "Comments cannot be due before posts.",
        ),
        ({"words_max": 100}, "“Words to” must be at least “Words from”."),
        ({"more_works": "@article{broken, title = "}, "@article{broken"),
    ],
)
def test_prompt_new_with_bad_input_says_so_and_keeps_it(
    client, course, instructor, changes, message
):
    client.force_login(instructor)

    response = client.post("/c/networks/prompts/new/", prompt_form(**changes))

    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert "What does it mean?" in page
    assert not Prompt.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"due_at": "2026-10-01T00:00"}, "due_at"),
        ({"due_at": "2026-10-05T00:00"}, "due_at"),
        ({"comments_due_at": "2026-10-06T00:00"}, "comments_due_at"),
        ({"words_max": 100}, "words_max"),
    ],
)
def test_what_is_out_of_order_is_said_at_its_field_alone(
    client, course, instructor, changes, field
):
    client.force_login(instructor)

    form = client.post("/c/networks/prompts/new/", prompt_form(**changes)).context["form"]

    assert list(form.errors) == [field]


@pytest.fixture
def short_course(course):
    course.starts_on, course.ends_on = date(2026, 9, 1), date(2026, 10, 25)
    course.time_zone = "America/Vancouver"
    course.save()
    return course


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"comments_due_at": "2026-10-26T00:00"}, ["comments_due_at"]),
        ({"comments_due_at": "2028-01-01T23:59"}, ["comments_due_at"]),
        (
            {"due_at": "2026-10-26T00:00", "comments_due_at": "2026-10-26T23:59"},
            ["due_at", "comments_due_at"],
        ),
    ],
)
@pytest.mark.parametrize("path", ["new", "1/edit"])
def test_dates_after_the_last_day_are_refused_at_their_fields(
    client, short_course, instructor, path, changes, fields
):
    factories.make_prompt(short_course)
    client.force_login(instructor)

    response = client.post(f"/c/networks/prompts/{path}/", prompt_form(**changes))

    assert (response.status_code == 302) == (not fields)
    if fields:
        errors = response.context["form"].errors
        assert list(errors) == fields
        assert errors[fields[0]][0].startswith("The course ends on Sun 25 Oct 2026.")


@pytest.mark.parametrize("path", ["new", "1/edit"])
def test_a_due_date_at_midnight_is_saved_with_a_warning(client, course, instructor, path):
    factories.make_prompt(course)
    client.force_login(instructor)
    form = prompt_form(due_at="2026-10-18T00:00", comments_due_at="2026-10-25T23:59")

    response = client.post(f"/c/networks/prompts/{path}/", form, follow=True)

    assert [str(message) for message in response.context["messages"]][1:] == [
        "“Post by” is the start of Sun 18 Oct 2026. If you mean the end of that day, change it to "
        "23:59."
    ]


def test_a_prompt_that_is_late_already_can_be_renamed(client, short_course, instructor):
    prompt = factories.make_prompt(
        short_course,
        opens_at=datetime(2026, 10, 1, tzinfo=UTC),
        due_at=datetime(2026, 11, 1, tzinfo=UTC),
        comments_due_at=datetime(2026, 11, 8, tzinfo=UTC),
    )
    client.force_login(instructor)
    page = fields_of(client.get("/c/networks/prompts/1/edit/"), "question")

    client.post("/c/networks/prompts/1/edit/", page | {"title": "Renamed"})

    prompt.refresh_from_db()
    assert prompt.title == "Renamed"


@pytest.mark.parametrize("days_left", [-3, 0, 1, 16, 30])
def test_the_dates_that_a_new_prompt_begins_with_are_accepted(
    client, course, instructor, days_left
):
    course.ends_on = course.today() + timedelta(days=days_left)
    course.save()
    client.force_login(instructor)
    page = fields_of(client.get("/c/networks/prompts/new/"), "question")

    response = client.post("/c/networks/prompts/new/", page | {"question": "Why?"})

    # A course that is over takes no more dates; else what the form begins with is right.
    assert (response.status_code == 302) == (days_left >= 0)


def test_prompt_edit_keeps_its_number(client, course, prompt, instructor):
    client.force_login(instructor)

    client.post("/c/networks/prompts/1/edit/", prompt_form(title="Renamed"))

    prompt.refresh_from_db()
    assert (prompt.number, prompt.title) == (1, "Renamed")


def test_unopened_prompt_is_not_found_by_students(client, course, ada, observer, assistant):
    factories.make_prompt(
        course,
        opens_at=timezone.now() + timedelta(days=1),
        due_at=timezone.now() + timedelta(days=2),
    )
    for user, status in [(ada, 404), (observer, 404), (assistant, 200)]:
        client.force_login(user)
        assert client.get("/c/networks/prompts/1/").status_code == status


@pytest.mark.parametrize("posts", [1, 3])
def test_prompt_page_query_count(client, course, prompt, ada, posts, django_assert_num_queries):
    for _n in range(posts):
        author = factories.make_user()
        factories.add_member(course, author)
        factories.make_post(author, course, prompt=prompt)
    client.force_login(ada)

    # session, user with memberships; prompt, own post, comments, feedback, required works, posts
    with django_assert_num_queries(8):
        client.get("/c/networks/prompts/1/")


def test_prompt_page_lists_only_what_the_reader_sees(client, course, prompt, ada, bob):
    factories.make_post(bob, course, "For all", prompt=prompt)
    factories.make_post(
        factories.make_user(), course, "For the team", prompt=prompt, audience=Audience.INSTRUCTORS
    )
    client.force_login(ada)

    posts = client.get("/c/networks/prompts/1/").context["page"]

    assert [post.title for post in posts] == ["For all"]


@pytest.mark.parametrize(
    ("published", "late"),
    [
        (datetime(2026, 10, 18, 23, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 10, 19, 0, 0, 0, tzinfo=UTC), True),
    ],
)
def test_a_deadline_includes_its_minute(course, published, late):
    prompt = factories.make_prompt(
        course,
        due_at=datetime(2026, 10, 18, 23, 59, tzinfo=UTC),
        opens_at=datetime(2026, 10, 1, tzinfo=UTC),
    )

    assert prompt.is_late(published) is late


def test_answers_to_a_prompt_have_pages(client, course, prompt, ada, monkeypatch):
    monkeypatch.setattr("blog.views.prompts.prompt.POSTS_PER_PAGE", 2)
    for n in range(5):
        author = factories.make_user()
        factories.add_member(course, author)
        factories.make_post(author, course, f"Answer {n}", prompt=prompt)
    client.force_login(ada)

    pages = [client.get("/c/networks/prompts/1/", {"page": n}) for n in (1, 2, 3)]

    titles = [[post.title for post in page.context["page"]] for page in pages]
    assert titles == [["Answer 4", "Answer 3"], ["Answer 2", "Answer 1"], ["Answer 0"]]
    html = [page.content.decode() for page in pages]
    assert ['href="?page=2#posts"' in one for one in html] == [True, False, True]
    assert ["That’s all for now." in one for one in html] == [False, False, True]
