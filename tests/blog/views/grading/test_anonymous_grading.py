"""Grading without names: what graders see of students until the release, on every page."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from blog.actions.prompts import save_prompt
from blog.actions.releases import release_prompt
from blog.exceptions import Refused
from blog.models import AuditEvent, Comment, Grading, Prompt
from blog.queries.graded_names import graded_names, names_around
from blog.queries.release_page import release_tables, with_comments_to_grade
from blog.templatetags.dates import at_time, on_day
from tests import factories
from tests.blog.views.prompts.test_prompt import begin_before_prompt_form, prompt_form
from tests.long import all_but
from tests.submitted import fields_of

DESK = "/c/networks/desk/"
PAGE = f"{DESK}1/7/"
SETTING = f"{DESK}1/anonymous/"
NAMES = ["Quillon", "Wrenna", "Zuleika"]


@pytest.fixture
def prompt(course, instructor, assistant):
    return factories.make_prompt(
        begin_before_prompt_form(course),
        rubric=factories.make_rubric(course),
        comments_rubric=factories.make_rubric(course, "Talk", criteria=["Reads closely"]),
        comments_min=1,
        is_anonymous=True,
    )


@pytest.fixture
def students(prompt, course, instructor):
    """Return three students, each with what one person alone has, at the numbers 7, 8 and 9."""
    people = []
    for number, name in enumerate(NAMES, start=7):
        student = factories.make_user(
            f"{name} Vasterling", username=f"user-{name.lower()}", email=f"{name}@example.edu"
        )
        member = factories.add_member(course, student)
        member.section = factories.make_section(course, f"Section of {name}")
        member.listed_name = f"{name} Listed"
        member.save()
        member.student_identifiers.create(system="canvas", kind="id", value=f"90{number}1")
        factories.make_pod(course, f"Pod of {name}", student)
        factories.make_portrait(student)
        factories.make_extension(prompt, student, instructor, days=10 + number)
        factories.set_queue_number(prompt, student, number)
        people.append(student)
    return people


@pytest.fixture
def posts(prompt, course, students):
    """Return a post by each student, on which each other one has commented."""
    posts = [
        factories.make_post(student, course, title, prompt=prompt)
        for student, title in zip(students, ["Of ties", "Of nodes", "Of links"], strict=True)
    ]
    for post in posts:
        for student in students:
            if student != post.author:
                comment = factories.make_comment(student, post, "Which one?")
                factories.make_comment(post.author, post, "All.", parent=comment)
    return posts


@pytest.fixture(params=["instructor", "assistant"])
def grader(request, client, posts):
    grader = request.getfixturevalue(request.param)
    client.force_login(grader)
    return grader


def words(response):
    return " ".join(response.content.decode().split())


def send(client, page, address=None, **changes):
    fields = fields_of(client.get(page), "revision")
    return client.post(address or page, {**fields, **changes}, follow=True)


def traces(students, page):
    """Return what a page says of who somebody is."""
    said = [
        text
        for student in students
        for text in (
            student.display_name.split()[0],
            student.username,
            student.email,
            student.portrait_token,
        )
    ]
    return {text for text in said if text in page}


def facts(students, page):
    """Return what a page says that other pages tell of one person by name."""
    said = []
    for student in students:
        [extension], [member] = student.extensions.all(), student.memberships.all()
        said += [on_day(extension.until, member.course), str(member.section), str(member.pod)]
        said += member.student_identifiers.values_list("value", flat=True)
    return {text for text in said if text in page}


def addresses(page):
    """Return where the links and forms of a page lead within the course."""
    found = re.findall(r'(?:href|action|formaction|data-[a-z-]+)="(/c/networks/[^"]*)"', page)
    return {address.split("#")[0].replace("&amp;", "&") for address in found}


def crawl(client, first):
    """Return all pages of the desk of the first prompt that links lead to, by their address."""
    pages, waiting = {}, set(first)
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        pages[address] = words(response) if response.status_code == 200 else ""
        found = {each for each in addresses(pages[address]) if each.startswith(f"{DESK}1/")}
        waiting |= found - pages.keys()
    return pages


def grade_all(client, prompt, students, grader, other):
    """Grade a post and comments, by two graders who differ, so that each page has all it can."""
    for student in students:
        post = student.posts.get()
        factories.make_grading(post, grader, "¶1: true. See ¶1.", level=3)
        factories.make_grading(post, other, "As in ¶1.", level=2, of_record=False)
        grading = Grading.objects.create(
            prompt=prompt, student=student, grader=grader, kind="comments", of_record=True,
            html="<p>You went back.</p>", text="You went back.",
        )  # fmt: skip
        criterion = prompt.comments_rubric.criteria.get()
        grading.scores.create(criterion=criterion, level=criterion.levels.get(position=3))


@pytest.mark.parametrize("is_graded", all_but([True], [False, True]))
def test_no_page_of_the_desk_says_who_somebody_is(
    client, grader, prompt, students, posts, instructor, assistant, is_graded
):
    factories.make_calibration(prompt, *posts[:2], by=instructor)
    if is_graded:
        grade_all(client, prompt, students, instructor, assistant)
        posts[0].status = "withdrawn"
        posts[0].save()

    last_look = [f"{DESK}1/release/?student={number}" for number in (7, 8, 9)]
    queues = [DESK, f"{DESK}1/", f"{DESK}1/comments/", f"{DESK}1/calibration/"]
    pages = crawl(client, [*queues, *last_look])

    said = {at: traces(students, page) | facts(students, page) for at, page in pages.items()}
    assert said == dict.fromkeys(pages, set())
    read = {address for address, page in pages.items() if page}
    desks = {f"{DESK}1/{number}/{part}" for number in (7, 8, 9) for part in ("", "comments/")}
    assert {*desks, f"{DESK}1/agreement/"} <= read
    assert (f"{DESK}1/release/" in read) is (is_graded and grader == instructor)
    led_to = {each for page in pages.values() for each in addresses(page)}
    assert {each for each in led_to if re.match("/c/networks/(posts|desk/people)/.", each)} == set()


def test_what_is_saved_says_no_name_either(client, grader, students):
    saved = send(client, PAGE, text="Well seen.")
    gone = send(client, PAGE, text="")
    nothing = send(client, PAGE)
    following = send(client, f"{PAGE}comments/", f"{PAGE}comments/next/", text="You went back.")
    opened = client.post(f"{PAGE}open/")

    assert "Feedback for Student 7 saved." in words(saved)
    assert "Feedback for Student 7 removed." in words(gone)
    assert "Nothing to save for Student 7" in words(nothing)
    for response in (saved, gone, nothing, following, opened):
        assert traces(students, words(response)) == set()


def test_people_around_a_student_are_letters_that_stay(client, grader, prompt, students, posts):
    page, talk = words(client.get(PAGE)), words(client.get(f"{PAGE}comments/"))
    for said in (page, talk):
        assert "Classmate A" in said
        assert "Classmate B" in said
    around = names_around(students[0], {prompt.pk: graded_names(prompt, grader)}, [prompt])
    before = around[prompt.pk].labels

    new = factories.make_user("Yorick Vasterling")
    factories.add_member(prompt.course, new)
    factories.make_comment(new, posts[0])
    posts[0].comments.filter(author=students[1]).update(deleted_at=timezone.now())

    around = names_around(students[0], {prompt.pk: graded_names(prompt, grader)}, [prompt])
    assert before == {students[1].pk: "A", students[2].pk: "B"}
    assert around[prompt.pk].labels == before | {new.pk: "C"}


def test_letters_go_on_after_z(prompt, instructor, students, posts, course):
    for _each in range(26):
        student = factories.make_user()
        factories.add_member(course, student)
        factories.make_comment(student, posts[0])

    around = names_around(students[0], {prompt.pk: graded_names(prompt, instructor)}, [prompt])

    assert list(around[prompt.pk].labels.values())[-3:] == ["Z", "AA", "AB"]


def test_the_teaching_team_keeps_its_names_and_guests_lose_theirs(
    client, grader, posts, instructor
):
    factories.make_comment(instructor, posts[0], "And here?")
    factories.make_comment(None, posts[0], guest_name="Uncle Vasterling", addressee=None)

    page = words(client.get(PAGE))

    assert "Ines Instructor" in page
    assert "A guest" in page
    assert "Uncle Vasterling" not in page


def test_the_queue_is_in_the_order_of_its_numbers(client, grader, prompt, students, posts):
    factories.set_queue_number(prompt, students[0], 20)

    items = client.get(f"{DESK}1/").context["queue"]
    following = client.post(f"{DESK}1/8/next/", fields_of(client.get(f"{DESK}1/8/"), "revision"))

    assert [item.number for item in items] == [8, 9, 20]
    assert following.url == f"{DESK}1/9/"
    assert "pod" not in {part.key for part in client.get(f"{DESK}1/").context["parts"]}


def test_a_post_does_not_lead_to_its_authors_number(client, grader, students, posts):
    page = words(client.get(posts[0].get_absolute_url()))

    assert students[0].display_name in page
    assert f'href="{DESK}1/"' in page
    assert posts[0].slug not in "".join(each for each in addresses(page) if "/desk/" in each)
    response = client.get(f"{DESK}1/{posts[0].slug}/")
    assert (response.status_code, response.url) == (302, f"{DESK}1/")


def test_the_history_of_a_post_does_not_say_that_it_was_graded(client, grader, students, posts):
    grading = factories.make_grading(posts[0], grader, level=3)
    address = f"{posts[0].get_absolute_url()}history/"
    assert client.get(address).context["read"] == set()

    Prompt.objects.update(is_anonymous=False)

    assert client.get(address).context["read"] == {grading.revision_id}


def test_the_conversation_leaves_the_prompt_out(client, grader, students, posts, course):
    named = factories.make_prompt(course)
    address = f"{DESK}people/{students[0].username}/"

    page = client.get(address)

    assert [talk.prompt for talk, _grade, _peers in page.context["talks"]] == [named]
    assert "1 prompt is not on this page: it is graded without names." in words(page)
    assert "Which one?" not in words(page)
    assert f"{DESK}1/" not in "".join(addresses(words(page)))


@pytest.mark.parametrize("changes", [{}, {"version": "1.1"}, {"text": ""}])
def test_a_form_from_before_names_were_hidden_saves_and_shows_nothing(
    client, grader, prompt, students, posts, changes
):
    Prompt.objects.update(is_anonymous=False)
    address = f"{DESK}people/{students[0].username}/?prompt=1"
    fields = fields_of(client.get(address), "revision") | {"text": "Seen."} | changes
    Prompt.objects.update(is_anonymous=True)

    for sent_to in (address, address.replace("/?", "/next/?")):
        response = client.post(sent_to, fields)

        page = words(response)
        assert response.status_code == 409
        assert "Not saved: names are now hidden on this prompt." in page
        assert ("Seen." in page) is ("text" not in changes)
        assert f"{DESK}1/" not in "".join(addresses(page))
        assert "Student 7" not in page
    assert not Grading.objects.exists()


def test_after_the_release_names_are_shown_to_whom_it_released(
    client, grader, prompt, students, posts, instructor
):
    factories.make_grading(posts[0], instructor, level=3)
    release_prompt(prompt, by=instructor)

    queue, page = words(client.get(f"{DESK}1/")), words(client.get(PAGE))

    assert traces(students, queue) == {"Quillon", "user-quillon"}
    assert "Student 8" in queue
    assert traces(students, page) == {"Quillon", "user-quillon"}
    assert "Classmate A" in page
    assert traces(students, words(client.get(f"{DESK}1/8/"))) == {"Quillon"}  # in the queue alone
    for post in posts[1:]:
        factories.make_grading(post, instructor, level=3)
    release_prompt(prompt, by=instructor)
    page = words(client.get(PAGE))
    assert {"Quillon", "Wrenna", "Zuleika"} <= traces(students, page)
    assert "Classmate A" not in page
    assert f'href="{posts[1].get_absolute_url()}' in page


def test_a_release_that_is_taken_back_hides_the_name_again(
    client, grader, prompt, students, posts, instructor
):
    grading = factories.make_grading(posts[0], instructor, level=3)
    release_prompt(prompt, by=instructor)
    grading.refresh_from_db()
    grading.release(None)

    assert traces(students, words(client.get(PAGE))) == set()


def test_a_page_says_what_is_not_hidden(client, grader, posts):
    for address in (PAGE, f"{PAGE}comments/"):
        page = words(client.get(address))

        assert "Names hidden" in page
        assert "Names inside posts and comments are not hidden." in page


@pytest.mark.parametrize("before", [True, False])
def test_an_instructor_hides_and_shows_names(client, instructor, prompt, posts, before):
    Prompt.objects.update(is_anonymous=before)
    factories.make_grading(posts[0], instructor, level=3)
    client.force_login(instructor)
    page = words(client.get(SETTING))
    assert ("Show names to graders?" in page) is before
    assert "Grading has begun. Your change, with your name and the time, stays" in page

    for _click in range(2):
        page = words(client.post(SETTING, fields_of_setting(before), follow=True))

    assert Prompt.objects.get(pk=prompt.pk).is_anonymous is not before
    action = "anonymous_grading_ended" if before else "anonymous_grading_begun"
    event = AuditEvent.objects.get(action=action)
    assert (event.actor, event.target) == (instructor, f"prompt:{prompt.pk}")
    said = "showed names to graders" if before else "hid names from graders"
    assert f"Ines Instructor {said}" in words(client.get(SETTING))


def fields_of_setting(is_anonymous):
    return {"anonymous": "off" if is_anonymous else "on"}


def test_a_form_that_says_neither_changes_nothing(client, instructor, prompt, posts):
    client.force_login(instructor)

    assert client.post(SETTING, {"anonymous": "perhaps"}).status_code == 200
    assert Prompt.objects.get(pk=prompt.pk).is_anonymous


def test_assistants_see_that_names_are_hidden_and_no_setting(client, assistant, prompt, posts):
    client.force_login(assistant)

    page = words(client.get(f"{DESK}1/"))

    assert "Names hidden" in page
    assert SETTING not in page
    assert client.get(SETTING).status_code == 403


def test_names_with_hidden_students_cost_two_queries(
    prompt, students, instructor, course, django_assert_num_queries
):
    with django_assert_num_queries(2):
        graded_names(prompt, instructor)
    prompt.is_anonymous = False
    with django_assert_num_queries(0):
        graded_names(prompt, instructor)


@pytest.mark.parametrize("is_graded", [False, True])
def test_the_form_of_the_prompt_hides_names_until_grading_has_begun(
    client, instructor, prompt, posts, is_graded
):
    Prompt.objects.update(is_anonymous=False)
    if is_graded:
        factories.make_grading(posts[0], instructor, level=3)
    client.force_login(instructor)
    address = "/c/networks/prompts/1/edit/"
    assert (f'href="{SETTING}"' in words(client.get(address))) is is_graded
    form = prompt_form(rubric=prompt.rubric_id, comments_rubric=prompt.comments_rubric_id)

    response = client.post(address, form | {"is_anonymous": "on", "title": "Renamed"})

    assert Prompt.objects.get(pk=prompt.pk).is_anonymous is not is_graded
    if is_graded:
        assert "so names cannot be hidden here" in words(response)
        assert 'value="Renamed"' in words(response)


def test_saving_a_prompt_never_shows_names_by_the_way(prompt, posts, instructor):
    factories.make_grading(posts[0], instructor, level=3)
    prompt.is_anonymous = False

    with pytest.raises(Refused, match="Anonymous grading"):
        save_prompt(prompt, by=instructor, works=[], pasted=[])


WARNING = "These students have comments without a finished grade"


def test_the_last_look_warns_of_names_that_graders_of_comments_would_see(
    client, instructor, prompt, students, posts
):
    client.force_login(instructor)
    for student, post in zip(students, posts, strict=True):
        factories.make_grading(post, instructor, level=3)
        level = 3 if student == students[0] else None
        factories.make_comments_grading(prompt, student, instructor, level=level)

    page = words(client.get(f"{DESK}1/release/"))

    assert WARNING in page
    assert 'desk/1/7/comments/"' not in page
    for number in (8, 9):
        assert f'desk/1/{number}/comments/"><bdi>Student {number}</bdi></a>' in page


@pytest.mark.parametrize("without", ["names hidden", "a rubric for comments", "comments"])
def test_no_name_is_shown_too_early_where_nothing_waits(client, instructor, prompt, posts, without):
    client.force_login(instructor)
    for post in posts:
        factories.make_grading(post, instructor, level=3)
    if without == "names hidden":
        Prompt.objects.update(is_anonymous=False)
    elif without == "comments":
        Comment.objects.update(deleted_at=timezone.now())
    else:
        Prompt.objects.update(comments_rubric=None)

    assert WARNING not in words(client.get(f"{DESK}1/release/"))


def test_looking_for_names_shown_too_early_costs_two_queries(
    instructor, prompt, posts, django_assert_num_queries
):
    for post in posts:
        factories.make_grading(post, instructor, level=3)
    [table] = release_tables(prompt, [])
    assert instructor.memberships_now  # loaded once per request

    with django_assert_num_queries(2):
        rows = with_comments_to_grade(prompt, table.rows, instructor)

    assert len(rows) == 3


def test_pages_that_name_somebody_say_nothing_of_what_the_desk_shows_by_number(
    client, grader, prompt, students, posts, course
):
    address = f"/c/networks/people/{students[0].username}/"

    page, book = words(client.get(address)), words(client.get("/c/networks/gradebook/"))

    until = students[0].extensions.get().until
    for said in (page, book):
        assert "Names hidden" in said
        for telling in (at_time(until, course), on_day(until, course), "No post yet, due"):
            assert telling not in said


def test_a_student_without_a_post_is_due_with_everybody_while_names_are_hidden(
    client, grader, prompt, course, instructor
):
    nobody = factories.make_user("Xenia Vasterling")
    factories.add_member(course, nobody)
    factories.set_queue_number(prompt, nobody, 10)
    until = factories.make_extension(prompt, nobody, instructor, days=20).until

    page = words(client.get(f"{DESK}1/10/"))

    assert f"Due {at_time(prompt.due_at, course)}" in page
    assert "More time" not in page
    assert at_time(until, course) not in page
    assert "Names hidden" in words(client.get(f"/c/networks/people/{nobody.username}/"))
    Prompt.objects.update(is_anonymous=False)
    assert f"Due {at_time(until, course)}" in words(client.get(f"{DESK}1/10/"))


def test_lateness_is_by_the_due_date_of_all_while_names_are_hidden(
    client, grader, prompt, students, posts
):
    Prompt.objects.update(due_at=timezone.now() - timedelta(hours=3), late_posts="late")

    assert "After the due date" in words(client.get(PAGE))
    assert "day late" not in words(client.get(f"{DESK}1/"))
    Prompt.objects.update(is_anonymous=False)
    assert "After the due date" not in words(client.get(PAGE))
