"""The address of a student on the grading desk, students without a post, and what is recorded."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog.models import Grading, Post
from tests import factories
from tests.submitted import fields_of

PAGE = "/c/networks/desk/1/7/"
OLD = "/c/networks/desk/1/of-ties/"


@pytest.fixture
def prompt(course, ada):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course), comments_min=2)
    factories.set_queue_number(prompt, ada, 7)
    return prompt


@pytest.fixture
def post(prompt, ada, course):
    return factories.make_post(ada, course, "Of ties", prompt=prompt, slug="of-ties")


@pytest.fixture
def desk(client, instructor):
    client.force_login(instructor)
    return client


def words(response):
    return " ".join(response.content.decode().split())


def send(desk, address=PAGE, **changes):
    """Send the form of a page as a browser would, with changes."""
    fields = fields_of(desk.get(PAGE), "revision")
    return desk.post(address, {**fields, **changes})


@pytest.mark.parametrize(("old", "new"), [(OLD, PAGE), (f"{OLD}next/", f"{PAGE}next/")])
def test_an_old_address_leads_to_the_new_one_with_what_was_sent(desk, post, old, new):
    for response in (desk.get(f"{old}"), desk.post(old, {"text": "Well seen."})):
        assert (response.status_code, response.url) == (307, new)


@pytest.mark.parametrize("slug", ["elsewhere", "bobs"])
def test_an_old_address_of_no_such_post_is_not_found(desk, post, bob, course, slug):
    factories.make_post(bob, course, slug="bobs")

    assert desk.get(f"/c/networks/desk/1/{slug}/").status_code == 404


def test_numbers_lead_to_students_alone(desk, post, course, bob, ada):
    factories.set_queue_number(post.prompt, bob, 8)
    course.memberships.filter(user=bob).update(role="observer")

    assert desk.get("/c/networks/desk/1/8/").status_code == 404
    assert desk.get("/c/networks/desk/1/99999/").status_code == 404
    assert ada.display_name not in PAGE


@pytest.mark.parametrize(
    ("sent", "stored", "said"),
    [
        ({"status": "missing"}, ("missing", None, ""), "Not submitted"),
        ({"status": "excused", "text": "Get well."}, ("excused", None, "Get well."), "Excused"),
        ({"status": "feedback", "text": "Come by."}, ("feedback", None, "Come by."), "Feedback"),
        ({"status": "", "text": "Come by."}, ("graded", None, "Come by."), "In progress"),
        (
            {"status": "graded", "override_points": "6.5", "override_reason": "A talk"},
            ("graded", 650, ""),
            "In progress: choose the levels",
        ),
    ],
)
def test_a_student_without_a_post_is_graded_and_written_to(desk, prompt, sent, stored, said):
    assert "No post from Ada Student" in words(desk.get(PAGE))

    assert send(desk, **sent).status_code == 302

    grading = Grading.objects.get()
    assert (grading.status, grading.override_hundredths, grading.text) == stored
    assert (grading.post, grading.revision) == (None, None)
    assert said in words(desk.get("/c/networks/desk/1/"))
    assert desk.get(PAGE).context["form"]["status"].value() == sent["status"]


def test_a_post_that_comes_later_is_graded_as_any_other(desk, prompt, ada, course):
    send(desk, status="missing")
    post = factories.make_post(ada, course, "Of ties", prompt=prompt)

    page = desk.get(PAGE)

    assert "Of ties" in words(page)
    send(desk, status="graded", text="Well seen.")
    grading = Grading.objects.get()
    assert (grading.status, grading.post, grading.revision) == ("graded", post, post.revision)


@pytest.mark.parametrize("typed", ["7,5", "7.5", " 7.50 "])
def test_other_points_are_typed_with_a_comma_or_a_point(desk, post, typed):
    page = desk.get(PAGE)

    send(desk, status="graded", override_points=typed, override_reason="A talk")

    assert Grading.objects.get().override_hundredths == 750
    field = page.context["form"].fields["override_points"].widget
    assert (field.input_type, field.attrs["inputmode"]) == ("text", "decimal")
    assert 'value="7.5"' in desk.get(PAGE).content.decode()
    assert "The grade is complete once each criterion has a level." in words(page)


def test_other_points_need_a_reason_at_its_field(desk, post):
    response = send(desk, override_points="3")

    assert response.status_code == 422
    assert response.context["form"].errors["override_reason"] == ["Say why other points count."]
    assert not Grading.objects.exists()


def test_more_points_than_the_rubric_has_are_refused_at_their_field(desk, post):
    response = send(desk, override_points="8,01", override_reason="A bonus")

    assert response.status_code == 422
    errors = response.context["form"].errors
    assert errors == {"override_points": ["This grade can have at most 8 points."]}
    assert 'value="8,01"' in response.content.decode()
    assert not Grading.objects.exists()


def test_a_private_note_is_its_graders_alone(client, desk, post, instructor, assistant):
    send(desk, text="Well seen.", private_note="Ask about the bakery.")
    assert "Ask about the bakery." in words(desk.get(PAGE))

    client.force_login(assistant)

    assert "Ask about the bakery." not in words(client.get(PAGE))


def test_a_form_that_asks_for_no_record_keeps_it(desk, post):
    send(desk, status="excused", private_note="Ill.")
    grading = Grading.objects.get()
    fields = fields_of(desk.get(PAGE), "revision")
    kept = {name: fields[name] for name in ("revision", "rubric", "version")}

    desk.post(PAGE, kept | {"text": "Get well."})

    grading.refresh_from_db()
    assert (grading.status, grading.private_note, grading.text) == ("excused", "Ill.", "Get well.")


def test_sixty_criteria_are_graded_with_one_form(desk, course, prompt, post):
    counts = []
    for names in (["One"], [f"Criterion {number}" for number in range(1, 61)]):
        prompt.rubric = factories.make_rubric(course, f"{len(names)}", names)
        prompt.save()
        with CaptureQueriesContext(connection) as queries:
            page = desk.get(PAGE)
        counts.append(len(queries))
    assert page.content.decode().count('class="criterion-name"') == 60
    assert counts[0] == counts[1]
    levels = {f"criterion-{one.pk}": 3 for one in prompt.rubric.criteria.all()}

    response = desk.post(PAGE, fields_of(page, "revision") | levels)

    grading = Grading.objects.complete().get()
    assert response.status_code == 302
    assert grading.points_by(grading.scores.select_related("level", "criterion")) == 180


def test_the_queue_is_shown_in_parts(desk, post, bob, course):
    factories.set_queue_number(post.prompt, bob, 8)
    send(desk, text="So far.")

    parts = {part.key: len(part.items) for part in desk.get(PAGE).context["parts"]}
    begun = desk.get(f"{PAGE}?show=in_progress")

    assert parts == {
        "all": 2, "ungraded": 0, "due": 0, "in_progress": 1, "graded": 0, "differs": 0,
        "changed": 0, "late": 0, "no_post": 1, "mine": 1,
    }  # fmt: skip
    assert [row.item.number for row in begun.context["rows"]] == [7]
    assert f'href="{PAGE}?show=in_progress"' in words(begun)


def test_a_grader_with_a_pod_sees_the_students_of_that_pod(
    client, post, ada, bob, course, assistant
):
    factories.make_pod(course, "Larks", assistant, ada)
    factories.make_pod(course, "Wrens", bob)
    factories.set_queue_number(post.prompt, bob, 8)
    client.force_login(assistant)

    page = client.get(f"{PAGE}?show=pod")

    assert [row.item.member.user for row in page.context["rows"]] == [ada]
    assert f'href="{PAGE}?show=pod"' in words(page)
    assert "My pod" in words(page)


def test_saving_goes_on_within_the_part_that_is_shown(desk, post, course):
    for name, at in [("Cem", 2), ("Dana", 1)]:
        student = factories.make_user(name)
        factories.add_member(course, student)
        other = factories.make_post(student, course, prompt=post.prompt)
        factories.make_grading(other, factories.make_user(), "")
        Grading.objects.update(html="<p>So far</p>")
        factories.set_queue_number(post.prompt, student, at)

    response = send(desk, f"{PAGE}next/?show=in_progress", text="Well seen.")

    assert response.url.endswith("?show=in_progress")
    assert Post.objects.count() == 3


def test_comments_stand_by_whom_they_were_written_to(desk, post, prompt, ada, bob, course):
    others = factories.make_post(bob, course, "Of nodes", prompt=prompt)
    late = factories.make_comment(ada, others)
    late.created_at = prompt.comments_close_at
    late.save()
    factories.make_comment(ada, others)

    page = words(desk.get(PAGE))

    assert [row.peers for row in desk.get(PAGE).context["rows"]][0] == 1
    for said in ("2 comments </span>", "to 1 of 2 classmates", "1 late", "1 of 2"):
        assert said in page


def test_more_classmates_than_asked_for_are_not_so_many_of_fewer(desk, post, prompt, ada, course):
    for name in ("Cem", "Dana", "Eli"):
        student = factories.make_user(name)
        factories.add_member(course, student)
        factories.make_comment(ada, factories.make_post(student, course, prompt=prompt))

    page = words(desk.get(PAGE))

    assert "to 3 classmates" in page
    assert "3 of 2" not in page


def test_without_scripts_no_key_is_promised(desk, post):
    page = desk.get(PAGE).content.decode()

    assert '<kbd class="on-btn for-keys" data-keys hidden>' in page


def test_whoever_looks_at_their_own_grades_goes_through_all_of_them(desk, post, course, instructor):
    for name, at in [("Cem", 2), ("Dana", 1)]:
        student = factories.make_user(name)
        factories.add_member(course, student)
        other = factories.make_post(student, course, prompt=post.prompt)
        factories.make_grading(other, instructor, level=2, of_record=True)
        factories.set_queue_number(post.prompt, student, at)
    queue = PAGE.removesuffix("7/")

    visited = [f"{PAGE}?show=mine"]
    for _student in range(3):
        fields = fields_of(desk.get(visited[-1]), "revision") | {"text": "Seen again."}
        levels = {f"criterion-{criterion.pk}": 3 for criterion in post.prompt.rubric.criteria.all()}
        visited.append(desk.post(visited[-1].replace("?", "next/?"), fields | levels).url)

    assert visited[1:] == [f"{queue}2/?show=mine", f"{queue}1/?show=mine", f"{queue}?show=mine"]


def test_a_row_has_the_words_and_the_references_of_its_post(desk, post):
    post.revision.words = 312
    work = {"work": 1, "csl": {}}
    references = [{"key": "a", "html": "A.", **work}, {"key": "b", "html": "", **work}]
    post.revision.references = references
    post.revision.save()

    [row] = desk.get(PAGE).context["rows"]

    assert (row.words, row.references) == (312, 1)


def test_the_help_leads_to_the_comment_bank(desk, post):
    assert 'href="/c/networks/desk/comments/"' in words(desk.get(PAGE))
