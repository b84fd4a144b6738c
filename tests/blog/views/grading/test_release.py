"""The last look before a release: what it showed and was ticked is released, and nothing else."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from blog.actions.grading import give_feedback
from blog.actions.releases import release_prompt
from blog.actions.second_gradings import draw_second_gradings
from blog.models import Grading, OutboxMessage, Post, Prompt
from tests import factories

PAGE = "/c/networks/desk/1/release/"
NOT_RELEASED = "Not released, because it changed since you opened the page: Ada Student."


@pytest.fixture
def post(ada, course):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    return factories.make_post(ada, course, "Of ties", prompt=prompt, slug="of-ties")


@pytest.fixture
def other(bob, course, post):
    return factories.make_post(bob, course, "Of knots", prompt=post.prompt)


@pytest.fixture
def signed_in(client, instructor):
    client.force_login(instructor)
    return client


def ticked(response):
    """Return the keys of the grades that are ticked on the page."""
    boxes = re.findall(r'<input class="form-check-input"\s+type="checkbox"[^>]*>', html(response))
    return [re.search(r'value="([^"]*)"', box)[1] for box in boxes if "checked" in box]


def sent_by(response, **fields):
    """Return what a browser sends from the page."""
    listed = re.findall(r'name="listed"\s+value="([^"]*)"', html(response))
    return {"grading": ticked(response), "listed": listed, "when": "now"} | fields


def html(response):
    return response.content.decode()


def words(response):
    return " ".join(re.sub(r"<[^>]*>", " ", html(response)).split())


def rows(response):
    """Return the words of each row of the table."""
    found = re.findall(r"<tr role=\"row\"[^>]*>(.*?)</tr>", html(response), re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", " ", row).split()) for row in found][1:]


def change(grading, *, by, words="Other words.", levels=None):
    return give_feedback(
        grading.prompt,
        grading.student,
        by=by,
        post=grading.post,
        revision=grading.revision,
        levels=levels or {},
        words=words,
        version=grading.version,
    )


def test_the_ticked_grades_are_released_by_instructors_alone(
    signed_in, post, other, instructor, assistant
):
    listed = factories.make_grading(post, assistant, level=3)
    left_out = factories.make_grading(other, instructor, level=2)
    page = signed_in.get(PAGE)
    assert ticked(page) == [listed.state_key, left_out.state_key]
    assert not Grading.objects.released().exists()

    signed_in.force_login(assistant)
    assert signed_in.get(PAGE).status_code == 403
    assert signed_in.post(PAGE, sent_by(page)).status_code == 403
    signed_in.force_login(instructor)
    done = signed_in.post(PAGE, sent_by(page, grading=listed.state_key), follow=True)

    assert list(Grading.objects.released()) == [listed]
    assert "Released to 1 student. They see it now. The email will be sent at" in words(done)
    assert "Take back" in words(done)
    assert ticked(done) == [left_out.state_key]
    assert "Bob Student" in rows(done)[0]


def test_a_row_has_the_levels_the_points_and_what_to_look_at(
    signed_in, post, other, instructor, course
):
    ada = factories.make_grading(post, instructor, level=3)
    factories.publish_again(post)
    Prompt.objects.update(due_at=timezone.now() - timedelta(days=3))
    Grading.objects.update(html="")
    bob = factories.make_grading(other, instructor, level=4)
    other.published_at = timezone.now() - timedelta(days=20)
    other.save()
    third = factories.make_user("Zoe Student")
    factories.add_member(course, third)
    Grading.objects.create(
        prompt=post.prompt, student=third, grader=instructor, status="excused", of_record=True
    )

    page = signed_in.get(PAGE)

    assert rows(page) == [
        "Ada Student Changed since read Compare : Ada Student "
        "No feedback Write feedback : Ada Student 3 days late "
        "Answers the prompt Well Uses evidence Well 6",
        "Bob Student – Answers the prompt Beyond Uses evidence Beyond 8",
        "Zoe Student Excused Excused –",
    ]
    assert len(ticked(page)) == 3
    assert {ada.state_key, bob.state_key} < set(ticked(page))


def test_a_grade_that_graders_differ_on_cannot_go_until_it_is_settled(
    signed_in, post, instructor, assistant
):
    grading = factories.make_grading(post, instructor, level=3)
    factories.make_grading(post, assistant, level=2, of_record=False)

    page = signed_in.get(PAGE)
    done = signed_in.post(PAGE, {"grading": grading.state_key}, follow=True)

    assert "Nothing can be released yet" in words(page)
    assert "1 waits, because two graders chose different levels." in words(page)
    assert 'href="/c/networks/desk/1/agreement/"' in html(page)
    assert ticked(page) == []
    assert NOT_RELEASED in words(done)
    assert not Grading.objects.released().exists()


def test_a_grade_that_waits_for_a_second_grading_says_so_and_can_go(
    signed_in, post, instructor, assistant
):
    grading = factories.make_grading(post, instructor, "Good.", level=3)
    draw_second_gradings(post.prompt, by=instructor, size=1)

    page = signed_in.get(PAGE)
    factories.make_grading(post, assistant, level=3, of_record=False)
    after = signed_in.get(PAGE)

    assert "Second grading not given yet" in rows(page)[0]
    assert ticked(page) == [grading.state_key]
    assert "Second grading not given yet" not in words(after)


def test_who_gets_nothing_is_listed_with_what_to_do(signed_in, post, other, instructor, course):
    factories.make_grading(post, instructor, level=3)
    factories.add_member(course, factories.make_user("Cyn Student"))

    page = words(signed_in.get(PAGE))

    assert "2 students have no grade to release" in page
    assert "1 post to read Bob Student Grade the next post" in page
    assert "1 student without a post Cyn Student Record it, or write to them" in page


def test_a_section_is_released_alone(signed_in, post, other, instructor, course, ada):
    section = factories.make_section(course, "Monday")
    course.memberships.filter(user=ada).update(section=section)
    of_ada = factories.make_grading(post, instructor, level=3)
    factories.make_grading(other, instructor, level=2)

    page = signed_in.get(PAGE, {"section": section.pk})
    done = signed_in.post(f"{PAGE}?section={section.pk}", sent_by(page), follow=True)

    assert ticked(page) == [of_ada.state_key]
    assert list(Grading.objects.released()) == [of_ada]
    assert "Nothing can be released" not in words(done)
    assert "Bob Student" in words(signed_in.get(PAGE))


def test_the_look_shows_what_a_student_will_see_and_keeps_the_ticks(
    signed_in, post, other, instructor, ada
):
    factories.make_grading(post, instructor, "For Ada alone.", level=3)
    factories.make_grading(other, instructor, "For Bob alone.", level=2)
    page = signed_in.get(PAGE)
    assert "For Ada alone." in html(page)
    keys = ticked(page)
    number = post.prompt.queue_places.get(student=other.author).number

    sent = sent_by(page, grading=keys[1], student=number, when="date", at="2027-01-15T08:00")
    looked = signed_in.post(f"{PAGE}look/", sent)

    assert "What Bob will see" in words(looked)
    assert "For Bob alone." in html(looked)
    assert "4 of 8 points" in words(looked)
    assert "For Ada alone." not in html(looked)
    assert ticked(looked) == [keys[1]]
    assert 'value="2027-01-15T08:00"' in html(looked)
    assert not Grading.objects.released().exists()


def test_the_look_is_what_the_student_reads_after_the_release(signed_in, post, instructor, ada):
    factories.make_grading(post, instructor, "¶1: say who.", level=3)
    Grading.objects.update(override_hundredths=750, override_reason="A talk, too.")

    look = re.search(
        r'<div class="private">(.*?)</div>\s*<p class="meta', html(signed_in.get(PAGE)), re.S
    )[1]
    release_prompt(post.prompt, by=instructor)
    signed_in.force_login(ada)
    page = html(signed_in.get("/c/networks/posts/of-ties/"))

    shown = " ".join(look.split()).partition("</span> ")[2]
    assert "7.50 of 8 points" in shown
    assert shown in " ".join(page.split())


def test_a_grade_that_was_completed_since_is_listed_and_waits(signed_in, post, other, instructor):
    listed = factories.make_grading(post, instructor, level=3)
    page = signed_in.get(PAGE)
    waiting = factories.make_grading(other, instructor, level=3)

    done = signed_in.post(PAGE, sent_by(page), follow=True)

    assert list(Grading.objects.released()) == [listed]
    assert ticked(done) == [waiting.state_key]
    assert not OutboxMessage.objects.filter(recipient=other.author).exists()


@pytest.mark.parametrize("changed", ["levels", "words"])
def test_a_grade_that_was_changed_since_waits_and_is_named(
    signed_in, post, other, instructor, assistant, changed
):
    listed = factories.make_grading(other, instructor, level=3)
    grading = factories.make_grading(post, assistant, level=3)
    page = signed_in.get(PAGE)
    first = post.prompt.rubric.criteria.first()
    if changed == "levels":
        change(grading, by=assistant, words=grading.text, levels={first: first.levels.first()})
    else:
        change(grading, by=assistant)

    done = signed_in.post(PAGE, sent_by(page), follow=True)

    assert NOT_RELEASED in words(done)
    assert list(Grading.objects.released()) == [listed]
    signed_in.post(PAGE, sent_by(signed_in.get(PAGE)))
    assert Grading.objects.released().count() == 2


def test_grades_by_another_rubric_than_the_page_knew_wait(signed_in, post, instructor):
    grading = factories.make_grading(post, instructor, level=3)
    page = signed_in.get(PAGE)
    Prompt.objects.update(rubric=None)  # its words make it complete without one

    done = signed_in.post(PAGE, sent_by(page), follow=True)

    assert NOT_RELEASED in words(done)
    grading.refresh_from_db()
    assert not grading.is_released


def test_the_second_of_two_releases_at_once_releases_nothing_twice(
    signed_in, post, instructor, course
):
    factories.make_grading(post, instructor, level=3)
    page = signed_in.get(PAGE)
    signed_in.post(PAGE, sent_by(page))
    released_at = Grading.objects.get().released_at

    done = signed_in.post(PAGE, sent_by(page), follow=True)

    assert "Already released by someone else: Ada Student." in words(done)
    assert Grading.objects.get().released_at == released_at
    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize("sent", [{}, {"grading": ""}])
def test_a_release_of_nobody_says_what_to_do(signed_in, post, instructor, sent):
    factories.make_grading(post, instructor, level=3)

    done = signed_in.post(PAGE, sent)

    assert done.status_code == 422
    assert "Tick the students whose grades you want to release." in words(done)
    assert not Grading.objects.released().exists()


def test_a_release_of_made_up_keys_releases_nothing(signed_in, post, instructor):
    factories.make_grading(post, instructor, level=3)
    keys = ["x", "²", "9" * 5000, "1", "1:x", ":"]

    done = signed_in.post(PAGE, {"grading": keys}, follow=True)

    assert done.status_code == 200
    assert not Grading.objects.released().exists()


def test_before_any_grade_the_page_says_what_is_missing(signed_in, post):
    page = words(signed_in.get(PAGE))

    assert "No grades to release yet" in page
    assert "You can release a grade when every criterion has a level." in page
    assert "1 post to read" in page


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_page(signed_in, course, instructor, count, django_assert_num_queries):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    for state in ("released", "ready", "ungraded"):
        for _each in range(count):
            student = factories.make_user()
            factories.add_member(course, student)
            post = factories.make_post(student, course, prompt=prompt)
            if state != "ungraded":
                factories.make_grading(post, instructor, level=3)
        if state == "released":
            release_prompt(prompt, by=instructor)

    with django_assert_num_queries(25):
        signed_in.get(PAGE)


def test_whoever_is_to_grade_a_post_does_not_see_how_it_was_graded(
    signed_in, post, other, instructor, assistant
):
    factories.make_grading(post, assistant, "You went back.", level=4)
    factories.make_grading(other, assistant, "Short.", level=2)
    factories.make_calibration(post.prompt, post, by=instructor)

    page = signed_in.get(PAGE)

    assert "Ada Student" not in " ".join(rows(page))
    assert "1 post to read Ada Student" in words(page)
    assert "You went back." not in html(signed_in.get(f"{PAGE}?student=1"))
    signed_in.post(PAGE, sent_by(page))
    assert Grading.objects.get(student=post.author).released_at is None
    factories.make_grading(post, instructor, level=4, of_record=False)
    assert "You went back." in html(signed_in.get(PAGE))


def test_the_list_is_sorted_as_the_roster_by_family_name(signed_in, post, course, instructor):
    names = ["Amara Nwachukwu", "Teodora Ilić", "Dev Abbott"]
    for name in names:
        student = factories.make_user(name)
        factories.add_member(course, student)
        other = factories.make_post(student, course, prompt=post.prompt)
        factories.make_grading(other, instructor, level=3)

    page = signed_in.get(PAGE)

    found = [next(name for name in names if name in row) for row in rows(page)]
    assert found == ["Dev Abbott", "Teodora Ilić", "Amara Nwachukwu"]


def test_a_post_that_was_withdrawn_is_looked_at_again(signed_in, post, instructor):
    factories.make_grading(post, instructor, level=3)
    Post.objects.filter(pk=post.pk).update(status="withdrawn")

    assert "Post withdrawn" in rows(signed_in.get(PAGE))[0]


def test_whoever_comes_back_to_the_preview_begins_again(signed_in, post):
    answer = signed_in.get(f"{PAGE}look/?section=7")

    assert (answer.status_code, answer.url) == (302, f"{PAGE}?section=7")
