from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from blog.models import Audience, Prompt, Work
from blog.text import render_question
from tests import factories
from tests.blog.lookup.stub import BUI
from tests.blog.views.prompts.test_prompt import BIBTEX, prompt_form
from tests.submitted import fields_of

NEW = "/c/networks/prompts/new/"
FIND = "/c/networks/prompts/new/arrange/"
EDIT = "/c/networks/prompts/1/edit/"


@pytest.fixture
def teacher(client, course, instructor):
    client.force_login(instructor)
    return client


def test_a_question_in_markdown_is_rendered_when_it_is_saved(teacher, course, ada):
    teacher.post(
        NEW, prompt_form(question="What **binds** us?\n\n- strong\n- [weak](https://x.org)")
    )

    prompt = Prompt.objects.get()
    assert "<strong>binds</strong>" in prompt.question_html
    assert prompt.question_plain == "What binds us?\nstrong\nweak"
    for address in (prompt.get_absolute_url(), course.get_absolute_url()):
        page = teacher.get(address).content.decode()
        assert "<strong>binds</strong>" in page
        assert "**binds**" not in page


def test_lists_show_the_words_of_a_question_without_marks(client, course, ada):
    html, plain = render_question("What **binds** us?")
    prompt = factories.make_prompt(course, question_html=html, question_plain=plain)
    factories.make_post(ada, course, slug="of-ties", prompt=prompt)

    client.force_login(ada)
    for address in ("prompts/", "posts/?prompt=1", "posts/of-ties/"):
        assert "What binds us?" in client.get(f"/c/networks/{address}").content.decode(), address


def test_what_a_question_holds_cannot_run(teacher):
    teacher.post(NEW, prompt_form(question="Why? <script>alert(1)</script>"))

    page = teacher.get("/c/networks/prompts/1/").content.decode()

    assert "<script>alert" not in page


def test_sentences_of_the_rendered_question_are_not_counted_as_words(course, ada):
    html, plain = render_question("What does it **really** mean to network?")
    prompt = factories.make_prompt(course, question_html=html, question_plain=plain)
    post = factories.make_draft_post(ada, course, prompt=prompt)

    rendered = post.render("What does it really mean to network?\n\nMy own five words here.")

    assert rendered.rendered.words == 5


def test_rerender_renders_questions_again(course, prompt):
    Prompt.objects.update(question="A *new* way", question_html="old", question_plain="old")

    call_command("rerender")

    prompt.refresh_from_db()
    assert (prompt.question_html, prompt.question_plain) == (
        '<p dir="auto">A <em>new</em> way</p>',
        "A new way",
    )


def test_the_preview_shows_a_question_and_saves_nothing(teacher):
    page = teacher.post(FIND, prompt_form(question="Why *now*?", preview="1"))

    assert "<em>now</em>" in page.content.decode()
    assert page.context["form"]["question"].value() == "Why *now*?"
    assert not page.context["form"].errors
    assert "data-unsaved" in page.content.decode()
    assert not Prompt.objects.exists()


def test_reading_is_found_by_doi_and_is_the_prompts_once_saved(teacher, crossref):
    crossref.lay_work(BUI)

    found = teacher.post(FIND, prompt_form(more_works=BUI["DOI"], find="1"))
    [item] = found.context["search"].found
    added = teacher.post(FIND, fields_of(found, "title") | {"add_records": item.records})

    assert not Work.objects.exists()
    [one] = added.context["form"].added_records
    assert one["label"] == "Hung et al., 2023"
    teacher.post(NEW, fields_of(added, "title"))
    work = Work.objects.get()
    assert list(Prompt.objects.get().required_works.all()) == [work]
    page = teacher.get("/c/networks/prompts/1/").content.decode()
    assert work.html in page


def test_reading_is_found_by_address(teacher, crossref):
    crossref.lay_work(BUI)

    found = teacher.post(FIND, prompt_form(more_works=f"https://doi.org/{BUI['DOI']}", find="1"))
    [item] = found.context["search"].found
    added = teacher.post(FIND, fields_of(found, "title") | {"add_records": item.records})
    teacher.post(NEW, fields_of(added, "title"))

    [work] = Prompt.objects.get().required_works.all()
    assert work.doi == BUI["DOI"].lower()


def test_reading_is_found_by_a_pasted_line(teacher):
    """No registry knows it, and what the line says is enough."""
    line = (
        "Wenger, E. (1998). Communities of practice: Learning, meaning, and identity. "
        "Cambridge University Press."
    )

    found = teacher.post(FIND, prompt_form(more_works=line, find="1"))
    [item] = found.context["search"].found
    added = teacher.post(FIND, fields_of(found, "title") | {"add_records": item.records})
    teacher.post(NEW, fields_of(added, "title"))

    [work] = Prompt.objects.get().required_works.all()
    assert (work.csl["author"], work.csl["publisher"], work.csl["issued"]) == (
        [{"family": "Wenger", "given": "E."}],
        "Cambridge University Press",
        {"date-parts": [[1998]]},
    )
    assert work.csl["title"] == "Communities of practice: Learning, meaning, and identity"


def test_reading_is_found_among_the_works_of_the_course(teacher, course, ada):
    work = factories.share_work(factories.make_work(course, added_by=ada))

    found = teacher.post(FIND, prompt_form(more_works="weak ties", find="1"))
    added = teacher.post(FIND, fields_of(found, "title") | {"add_work": work.pk})
    removed = teacher.post(FIND, fields_of(added, "title") | {"remove_work": work.pk})

    assert [item.listed.work for item in found.context["search"].found] == [work]
    assert added.context["form"].chosen_works == [work]
    assert added.context["form"]["more_works"].value() == ""
    assert removed.context["form"].chosen_works == []


def test_what_is_found_nowhere_says_what_to_do_and_keeps_the_form(teacher):
    page = teacher.post(FIND, prompt_form(title="Ties", more_works="zzz yyy", find="1"))

    assert page.status_code == 200
    assert page.context["search"].why
    assert "Paste the full APA line or BibTeX." in page.content.decode()
    assert page.context["form"]["title"].value() == "Ties"
    assert page.context["form"]["more_works"].value() == "zzz yyy"


def test_reading_that_was_not_looked_up_is_not_lost(teacher):
    page = teacher.post(NEW, prompt_form(more_works="10.1086/225469"))

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["more_works"]
    assert "Press “Find” to look this up" in page.content.decode()


def test_the_works_of_nobody_else_can_be_required(teacher, course, ada):
    private = factories.make_work(course, added_by=ada)

    page = teacher.post(NEW, prompt_form(required_works=[private.pk]))

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["required_works"]


def test_required_reading_comes_first_in_the_editors_references(client, course, prompt, ada):
    required = factories.make_work(course, shared_at=timezone.now())
    prompt.required_works.add(required)
    client.force_login(ada)

    page = client.get("/c/networks/posts/new/?prompt=1")

    assert page.context["required_works"] == [required]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (
            "2026-03-08T02:30",
            "The clocks go forward on Sun 8 Mar 2026, so there is no 02:30 on that day.",
        ),
        (
            "2026-11-01T01:30",
            "The clocks go back on Sun 1 Nov 2026, so 01:30 comes twice on that day.",
        ),
    ],
)
def test_a_time_that_the_clocks_skip_or_show_twice_is_said_at_its_field(
    teacher, course, typed, words
):
    course.time_zone, course.starts_on = "America/Los_Angeles", date(2026, 1, 1)
    course.save()

    page = teacher.post(NEW, prompt_form(opens_at="2026-01-02T00:00", due_at=typed))

    assert list(page.context["form"].errors) == ["due_at"]
    assert words in page.context["form"].errors["due_at"][0]
    assert typed in page.content.decode()


def test_a_deadline_keeps_its_clock_time_when_the_clocks_change(teacher, course):
    course.time_zone = "America/Los_Angeles"
    course.save()

    teacher.post(NEW, prompt_form(due_at="2026-10-31T23:59", comments_due_at="2026-11-01T23:59"))

    prompt = Prompt.objects.get()
    assert prompt.comments_due_at - prompt.due_at == timedelta(hours=25)


def test_dates_before_the_course_are_said_at_their_field(teacher, course):
    course.starts_on = date(2026, 10, 19)
    course.save()

    page = teacher.post(NEW, prompt_form())

    assert list(page.context["form"].errors) == ["due_at"]
    assert "The course begins on Mon 19 Oct 2026." in page.content.decode()


def test_a_post_is_on_time_until_its_minute_is_over(prompt):
    prompt.due_at = prompt.due_at.replace(second=0, microsecond=0)

    assert not prompt.is_late(prompt.due_at + timedelta(seconds=59))
    assert prompt.is_late(prompt.due_at + timedelta(seconds=60))


def test_the_widest_audience_of_a_prompt_is_chosen_within_that_of_the_course(teacher, course):
    course.widest_audience = Audience.SIGNED_IN
    course.save()

    choices = teacher.get(NEW).context["form"].fields["widest_audience"].choices
    teacher.post(NEW, prompt_form(widest_audience=Audience.POD))

    assert [value for value, _label in choices] == [
        "", Audience.INSTRUCTORS, Audience.POD, Audience.COURSE, Audience.SIGNED_IN,
    ]  # fmt: skip
    assert choices[0][1] == "As in the course: everyone signed in"
    assert Prompt.objects.get().widest_audience == Audience.POD


def test_two_instructors_who_change_the_reading_see_both(teacher, course, prompt, instructor):
    work = factories.make_work(course, shared_at=timezone.now(), added_by=instructor)
    page = teacher.get(EDIT)
    prompt.required_works.add(work)
    Prompt.objects.update(version=2)

    answer = teacher.post(EDIT, fields_of(page, "title") | {"title": "Mine"})

    assert answer.status_code == 409
    names = [difference.field.name for difference in answer.context["form"].differences]
    assert names == ["title", "required_works"]


def test_pasted_bibtex_is_read_without_finding(teacher):
    teacher.post(NEW, prompt_form(more_works=BIBTEX))

    assert Prompt.objects.get().required_works.get().doi == "10.1086/225469"


def test_the_form_takes_as_many_queries_for_three_works_as_for_one(
    teacher, course, prompt, django_assert_num_queries
):
    counts = []
    for number in (1, 3):
        for _each in range(number - prompt.required_works.count()):
            work = factories.make_work(course, {"type": "book", "title": f"B {number}{_each}"})
            prompt.required_works.add(work)
        with django_assert_num_queries(10) as asked:
            teacher.get(reverse("prompt_edit", args=[course.slug, 1]))
        counts.append(len(asked))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("day", ["9999-12-31T23:59", "0001-01-01T00:00"])
@pytest.mark.parametrize("field", ["opens_at", "due_at", "comments_due_at"])
@pytest.mark.parametrize("zone", ["America/Vancouver", "Asia/Tokyo"])
def test_a_date_that_is_none_in_another_zone_is_refused(teacher, course, field, day, zone):
    type(course).objects.update(time_zone=zone)

    answer = teacher.post("/c/networks/prompts/new/", prompt_form(**{field: day}))

    assert answer.status_code == 422
    assert "This day is too far away." in answer.content.decode()
