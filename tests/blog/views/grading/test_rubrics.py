import pytest
from django.utils import timezone

from blog.actions.rubrics import change_rubric, save_rubric
from blog.exceptions import Refused
from blog.forms.grading.rubrics import RubricForm
from blog.models import AuditEvent, Criterion, Grading, Level, OutboxMessage, Rubric
from blog.queries.rubric_words import CriterionContent, LevelContent
from tests import factories
from tests.submitted import fields_of, version_in_form

KEY = "0d4e7a10-93f1-4f8c-b8d4-6a2f9a1c7e55"


def criterion(place, title="", names=("No", "So", "Yes", "More")):
    """Return the fields of a criterion with these levels, worth 1, 2, 3… points."""
    fields = {f"criterion-{place}": title, f"weight-{place}": "1"}
    for number, name in enumerate(names, start=1):
        fields |= {f"level-{place}-{number}": name, f"points-{place}-{number}": str(number)}
    return fields


def rubric_form(**changes):
    version = version_in_form(Rubric)
    fields = {"key": KEY, "version": version, "title": "Reflection", **criterion(1, "Answers")}
    return fields | changes


@pytest.mark.parametrize(
    "path", ["/c/networks/settings/rubrics/", "/c/networks/settings/rubrics/new/"]
)
def test_access(client, course, ada, assistant, eve, instructor, path):
    assert client.get(path).status_code == 302
    for user, status in [(eve, 404), (ada, 403), (assistant, 403), (instructor, 200)]:
        client.force_login(user)
        assert client.get(path).status_code == status


@pytest.mark.parametrize("rubrics", [1, 3])
def test_rubric_list_query_count(client, course, instructor, rubrics, django_assert_num_queries):
    for n in range(rubrics):
        factories.make_prompt(course, rubric=factories.make_rubric(course, f"Rubric {n}"))
    client.force_login(instructor)

    with django_assert_num_queries(7):
        client.get("/c/networks/settings/rubrics/")


def test_the_form_says_what_points_do(client, course, instructor):
    client.force_login(instructor)

    page = client.get(f"/c/{course.slug}/settings/rubrics/new/")

    said = " ".join(page.content.decode().split())
    assert "A grade is the sum of the points of the chosen levels" in said


def test_rubric_new_sent_twice_makes_one(client, course, instructor):
    client.force_login(instructor)

    for _twice in range(2):
        client.post(
            "/c/networks/settings/rubrics/new/",
            rubric_form(**criterion(2), **criterion(3, "Evidence", ["No", "Yes"]))
            | {"text-1-2": "Somewhat", "points-1-4": "4,5", "weight-3": "2.5", "about-3": "Where"},
        )

    rubric = Rubric.objects.get()
    first, second = rubric.criteria.all()
    assert (first.title, second.title, second.position) == ("Answers", "Evidence", 2)
    assert (second.description, second.weight, second.levels.count()) == ("Where", 2.5, 2)
    assert [level.hundredths for level in first.levels.all()] == [100, 200, 300, 450]
    assert first.levels.get(position=2).description == "Somewhat"


def test_a_rubric_can_have_sixty_criteria_of_seven_levels(client, course, instructor):
    client.force_login(instructor)
    names = ["None", "Weak", "Fair", "Good", "Fine", "Strong", "Superb"]
    fields = {"title": "Long"}
    for place in range(1, 61):
        fields |= criterion(place, f"Criterion {place}", names)

    response = client.post("/c/networks/settings/rubrics/new/", rubric_form(**fields))

    assert response.status_code == 302
    rubric = Rubric.objects.get()
    assert list(rubric.criteria.values_list("position", flat=True)) == list(range(1, 61))
    assert rubric.criteria.last().title == "Criterion 60"
    assert Level.objects.filter(criterion__rubric=rubric).count() == 420


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"criterion-1": ""}, "Add at least one criterion."),
        ({"points-1-4": "1"}, "Points must not go down from one level to the next."),
        ({"title": ""}, "This field is required."),
    ],
)
def test_rubric_new_with_bad_input(client, course, instructor, changes, message):
    client.force_login(instructor)

    response = client.post("/c/networks/settings/rubrics/new/", rubric_form(**changes))

    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Rubric.objects.exists()


@pytest.mark.parametrize("fields", [{"title": "Reflection"}, {"removed": "x"}])
def test_rubric_new_without_its_fields_says_what_is_missing(client, course, instructor, fields):
    client.force_login(instructor)

    response = client.post("/c/networks/settings/rubrics/new/", fields)

    assert response.status_code == 422
    assert "Add at least one criterion." in response.content.decode()
    assert not Rubric.objects.exists()


def test_rubric_title_taken_is_said_in_place(client, course, instructor):
    factories.make_rubric(course, "Reflection")
    client.force_login(instructor)

    response = client.post("/c/networks/settings/rubrics/new/", rubric_form())

    assert "This course already has a rubric with this title." in response.content.decode()


@pytest.fixture
def rubric(course):
    return factories.make_rubric(course)


@pytest.fixture
def grade(course, instructor, ada, rubric):
    """Return a function that grades a new post with the rubric."""

    def make(**fields):
        prompt = rubric.prompts.first() or factories.make_prompt(course, rubric=rubric)
        student = factories.make_user()
        factories.add_member(course, student)
        post = factories.make_post(student, course, prompt=prompt)
        return factories.make_grading(post, instructor, level=2, **fields)

    return make


@pytest.fixture
def edit(client, instructor, rubric):
    """Return a function that sends what a browser sends from an open page, with changes."""
    client.force_login(instructor)
    path = f"/c/networks/settings/rubrics/{rubric.pk}/"

    def send(page, **changes):
        fields = fields_of(page, "criterion-1") | {
            name.replace("_", "-"): v for name, v in changes.items()
        }
        return client.post(path, fields, follow=True)

    send.open = lambda: client.get(path)
    return send


def save(form, *, by):
    save_rubric(form.save(commit=False), by=by, criteria=form.contents(), released=form.released)


def rows():
    """Return everything that is stored of rubrics, to tell whether any of it was changed."""
    return [
        list(Rubric.objects.values_list("title", "version")),
        list(Criterion.objects.values_list("pk", "title")),
        list(Level.objects.values_list("pk", "title", "description", "hundredths")),
    ]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"criterion_3": "Third thing"}, "Criterion 3"),
        ({"criterion_6": "Third thing"}, "Criterion 6"),
        ({"text_3_2": "Third thing"}, "Criterion 3, level 2"),
        ({"points_1_4": "77.5"}, "Criterion 1, points of level 4"),
        ({"points_2_1": "0"}, "Criterion 2, points of level 1"),
        ({"points_1_1": "many"}, "Criterion 1, points of level 1"),
        ({"points_1_2": ""}, "Criterion 1, points of level 2"),
        ({"weight_2": "3"}, "Criterion 2, weight"),
    ],
)
def test_what_was_typed_before_the_first_grade_is_refused_in_place_and_kept(
    edit, grade, changes, name
):
    page = edit.open()
    grade()
    before = rows()

    refused = edit(page, criterion_1="New words", **changes)

    text = " ".join(refused.content.decode().split())
    [typed] = changes.values()
    assert "Someone has graded with this rubric while this page was open" in text
    assert f'<dt>{name}</dt> <dd dir="auto"> {typed or "(empty)"} </dd>' in text
    assert 'value="New words"' in text
    assert rows() == before

    edit(refused)
    assert Criterion.objects.filter(title="New words").exists()


def test_a_page_from_before_the_first_grade_can_change_words(edit, grade):
    page = edit.open()
    grade()

    edit(page, criterion_1="New words")

    assert list(Criterion.objects.values_list("title", flat=True)) == ["New words", "Uses evidence"]


@pytest.mark.parametrize("name", ["criterion_1", "level_1_2", "text_1_2"])
def test_new_words_of_released_grades_are_asked_for_then_dated_and_mailed(edit, grade, name):
    shown = [grade(released_at=timezone.now()) for _each in range(2)]
    waiting, before = grade(), rows()

    asked = edit(edit.open(), **{name: "New words"})

    text = " ".join(asked.content.decode().split())
    assert "2 released grades show words that you changed" in text
    assert "New words" in text
    assert rows() == before
    assert not Grading.objects.filter(edited_at__isnull=False).exists()

    edit(asked)

    assert rows() != before
    assert set(Grading.objects.filter(edited_at__isnull=False)) == set(shown)
    assert OutboxMessage.objects.filter(template="feedback_edited").count() == 2
    waiting.refresh_from_db()
    assert waiting.edited_at is None
    event = AuditEvent.objects.get(action="rubric_edited")
    assert (event.target, event.data) == (f"rubric:{waiting.prompt.rubric_id}", {"released": 2})


@pytest.mark.parametrize("name", ["title", "level_1_3", "text_1_4", "about_2"])
def test_words_that_no_student_reads_are_saved_at_once(edit, grade, name):
    grade(released_at=timezone.now())

    saved = edit(edit.open(), **{name: "New words"})

    assert "Rubric saved." in saved.content.decode()
    assert not Grading.objects.filter(edited_at__isnull=False).exists()
    assert AuditEvent.objects.get(action="rubric_edited").data == {"released": 0}


def test_line_ends_of_a_browser_are_no_new_words(edit, grade):
    Level.objects.update(description="One line\nand another")
    grade(released_at=timezone.now())

    saved = edit(edit.open(), text_1_2="One line\r\nand another")

    assert "Rubric saved." in saved.content.decode()
    assert not Grading.objects.filter(edited_at__isnull=False).exists()


def test_it_is_asked_again_when_more_grades_show_the_new_words(edit, grade):
    grade(released_at=timezone.now())
    asked = edit(edit.open(), criterion_1="New words")
    grade(released_at=timezone.now())

    again = edit(asked)

    assert "2 released grades show words that you changed" in " ".join(
        again.content.decode().split()
    )
    assert not Criterion.objects.filter(title="New words").exists()


def test_grades_with_an_earlier_rubric_show_its_words(edit, grade, rubric, course, instructor):
    shown = grade(released_at=timezone.now())
    change_rubric(shown.prompt, None, by=instructor, instead_of=rubric)

    asked = edit(edit.open(), criterion_1="New words")

    assert "1 released grade shows words that you changed" in " ".join(
        asked.content.decode().split()
    )


def test_rubric_edit_is_refused_if_a_grade_is_released_after_the_form_was_checked(
    course, instructor, rubric, grade
):
    grade()
    form = RubricForm(rubric_form(**criterion(2, "Also")), instance=rubric, course=course)
    assert form.is_valid()
    Grading.objects.update(released_at=timezone.now(), released_rubric=rubric)
    before = rows()

    with pytest.raises(Refused, match="released in the meantime"):
        save(form, by=instructor)

    assert rows() == before


def test_rubric_edit_is_refused_if_somebody_graded_since_the_form_was_checked(
    course, instructor, ada
):
    rubric = factories.make_rubric(course)
    post = factories.make_post(ada, course, prompt=factories.make_prompt(course, rubric=rubric))
    form = RubricForm(rubric_form(), instance=rubric, course=course)
    assert form.is_valid()
    factories.make_grading(post, instructor, level=2)

    with pytest.raises(Refused, match="graded with this rubric in the meantime"):
        save(form, by=instructor)

    titles = Criterion.objects.values_list("title", flat=True)
    assert list(titles) == ["Answers the prompt", "Uses evidence"]


def test_a_new_and_an_edited_rubric_are_recorded(client, course, instructor):
    client.force_login(instructor)

    client.post("/c/networks/settings/rubrics/new/", rubric_form())
    rubric = Rubric.objects.get()
    client.post(f"/c/networks/settings/rubrics/{rubric.pk}/", rubric_form(title="Reading"))

    events = AuditEvent.objects.filter(actor=instructor, course=course)
    assert list(events.order_by("pk").values_list("action", "target")) == [
        ("rubric_created", f"rubric:{rubric.pk}"),
        ("rubric_edited", f"rubric:{rubric.pk}"),
    ]


def test_points_of_a_used_rubric_are_refused_without_a_form(instructor, rubric, grade):
    grade()
    levels = tuple(LevelContent(f"Level {n}", "", n) for n in range(1, 5))
    before = rows()

    with pytest.raises(Refused, match="graded with this rubric in the meantime"):
        save_rubric(rubric, by=instructor, criteria=[CriterionContent("Voice", levels)] * 2)

    assert rows() == before


def test_rubric_edit_counts_versions(client, course, instructor):
    rubric = factories.make_rubric(course)
    client.force_login(instructor)

    client.post(f"/c/networks/settings/rubrics/{rubric.pk}/", rubric_form())

    rubric.refresh_from_db()
    assert rubric.version == 2


def test_a_rubric_for_comments_is_in_use_too(client, course, instructor):
    rubric = factories.make_rubric(course, "Talk")
    factories.make_prompt(course, title="Ties", comments_rubric=rubric)
    client.force_login(instructor)

    listed = client.get("/c/networks/settings/rubrics/").content.decode()
    asked = client.get(
        f"/c/networks/settings/rubrics/{rubric.pk}/delete/", follow=True
    ).content.decode()

    assert "Used for comments by Ties" in listed
    assert "A prompt uses this rubric." in asked
    assert "No prompt has it" not in asked
