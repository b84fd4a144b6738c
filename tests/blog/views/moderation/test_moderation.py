"""The pages of moderation: reports, the team’s list, and the case about one thing."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.actions.moderation import decide as decide_about
from blog.models import Comment, Course, Post, Report
from blog.queries.moderation import case_entry
from tests import factories
from tests.submitted import fields_of


def at(name, *args):
    return reverse(name, args=["networks", *args])


def page_of(client, reader, url):
    client.force_login(reader)
    return client.get(url).content.decode()


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course, "Of ties")


@pytest.fixture
def comment(bob, post):
    return factories.make_comment(bob, post, "You never read a book.")


@pytest.fixture
def cyn(course):
    user = factories.make_user("Cyn Student")
    factories.add_member(course, user)
    return user


# Reports


def test_a_report_is_sent_once_and_shown_to_who_sent_it(client, cyn, comment, course):
    norm = factories.make_norm(course, "Discuss the text")
    client.force_login(cyn)
    page = at("report_new", comment)
    sent = fields_of(client.get(page), "sentence") | {"norm": str(norm.pk), "sentence": "It hurts."}

    first, second = (client.post(page, sent) for _twice in range(2))

    assert (first.url, second.url) == (page, page)
    assert Report.objects.get().norm == norm
    html = page_of(client, cyn, page)
    assert "You reported this on" in html
    assert "Waits for the teaching team" in html


def test_a_report_without_a_norm_comes_back_with_its_words(client, cyn, comment):
    client.force_login(cyn)
    page = at("report_new", comment)

    response = client.post(
        page, fields_of(client.get(page), "sentence") | {"sentence": "It hurts."}
    )

    assert response.status_code == 422
    assert "Choose one of these." in response.content.decode()
    assert "It hurts." in response.content.decode()


def test_a_report_is_taken_back(client, cyn, comment):
    report = factories.make_report(comment, cyn)
    client.force_login(cyn)

    first, second = (client.post(at("report_take_back", comment)) for _twice in range(2))

    report.refresh_from_db()
    assert not report.is_open
    assert first.url == second.url == comment.get_absolute_url()


def test_nobody_else_learns_who_reported(client, ada, bob, cyn, assistant, post, comment):
    factories.make_report(comment, cyn, sentence="It hurts.")
    places = [post.get_absolute_url(), at("case_page", comment), at("course_work")]

    for reader in (ada, bob):
        seen = "".join(page_of(client, reader, url) for url in places)
        assert "It hurts." not in seen
        assert "Cyn Student" not in seen
        assert "reported" not in seen.lower()
    assert "Reported by Cyn Student" in page_of(client, assistant, at("moderation"))


def test_a_reported_member_of_the_team_does_not_learn_it_either(
    client, assistant, instructor, cyn, post
):
    comment = factories.make_comment(assistant, post)
    factories.make_report(comment, cyn, sentence="It hurts.")

    assert "It hurts." in page_of(client, instructor, at("moderation"))
    for url in (at("moderation"), at("case_page", comment), at("moderation_log")):
        html = page_of(client, assistant, url)
        assert "It hurts." not in html
        assert "Cyn Student" not in html


# Decisions


def decide(client, verb, comment, reason="It is about the person."):
    page = client.get(at("case_page", comment))
    form = [one for one in page.context["forms"] if one.decision == verb][0]
    sent = {"key": form["key"].value(), "version": form["version"].value(), "reason": reason}
    return client.post(at(f"case_{verb}", comment), sent), sent


def test_who_sees_what_is_hidden_is_said_as_it_is(client, instructor, post, comment):
    """The author of a post sees hidden comments on it."""
    client.force_login(instructor)
    for target, readers in (
        (comment, "Only its author, the post’s author and the teaching team can see it"),
        (post, "Only its author and the teaching team can see it"),
    ):
        before = " ".join(client.get(at("case_page", target)).content.decode().split())
        response, _sent = decide(client, "hide", target)
        after = client.get(response.url).content.decode()
        assert (f"{readers} then." in before, f"It is hidden. {readers}." in after) == (True, True)


def test_from_a_report_to_what_each_is_told(client, bob, cyn, instructor, post, comment):
    factories.make_report(comment, cyn)
    client.force_login(instructor)

    response, sent = decide(client, "hide", comment)
    again = client.post(at("case_hide", comment), sent)

    assert (response.url, again.url) == (at("case_page", comment), at("case_page", comment))
    assert Comment.objects.get(pk=comment.pk).is_hidden
    assert comment.moderation_case.events.filter(kind="hide").count() == 1
    for url in (post.get_absolute_url(), at("course_work"), at("case_page", comment)):
        assert "It is about the person." in page_of(client, bob, url)
    assert "decided to hide it." in page_of(client, cyn, at("course_work"))
    assert "You never read a book." not in page_of(client, cyn, post.get_absolute_url())


def test_a_decision_needs_a_reason(client, instructor, comment):
    client.force_login(instructor)

    response, _sent = decide(client, "hide", comment, reason=" ")

    assert response.status_code == 422
    assert "Write why." in response.content.decode()
    assert not Comment.objects.get(pk=comment.pk).is_hidden


def test_a_decision_after_another_comes_back_with_its_reason(
    client, cyn, instructor, assistant, comment
):
    factories.make_report(comment, cyn)
    client.force_login(assistant)
    page = client.get(at("case_page", comment))
    client.force_login(instructor)
    decide(client, "keep", comment, "It is about the text.")
    client.force_login(assistant)
    form = page.context["forms"][-1]
    sent = {"key": form["key"].value(), "version": form["version"].value(), "reason": "Too sharp."}

    response = client.post(at("case_hide", comment), sent)

    html = response.content.decode()
    assert response.status_code == 409
    assert "Too sharp." in html
    assert "It is about the text." in html
    assert not Comment.objects.get(pk=comment.pk).is_hidden
    sent["version"] = response.context["sent"]["version"].value()
    assert client.post(at("case_hide", comment), sent).status_code == 302


def test_a_decision_is_undone_from_its_page(client, instructor, comment):
    client.force_login(instructor)
    decide(client, "hide", comment)
    sent = {"version": comment.moderation_case.version}

    first, second = (client.post(at("case_undo", comment), sent) for _twice in range(2))

    assert first.url == second.url == at("case_page", comment)
    assert not Comment.objects.get(pk=comment.pk).is_hidden


@pytest.mark.parametrize("version", [None, "", "abc", "0", "1"])
def test_an_old_page_undoes_no_later_decision(client, instructor, comment, version):
    client.force_login(instructor)
    decide(client, "hide", comment)
    decide(client, "hide", comment, "It is worse than that.")

    answer = client.post(at("case_undo", comment), {} if version is None else {"version": version})

    assert answer.status_code == 409
    assert "Something changed here after you opened this page." in answer.content.decode()
    assert comment.moderation_case.events.filter(kind="undo").count() == 0


@pytest.mark.parametrize("version", ["", "abc", "-1"])
def test_a_decision_without_a_version_is_as_old_as_can_be(client, instructor, comment, version):
    client.force_login(instructor)
    page = client.get(at("case_page", comment))
    sent = {"key": page.context["forms"][-1]["key"].value(), "reason": "No.", "version": version}

    answer = client.post(at("case_hide", comment), sent)

    assert answer.status_code == 409
    assert not Comment.objects.get(pk=comment.pk).is_hidden


def test_a_hidden_post_is_moderated_as_a_comment_is(client, bob, ada, instructor, post):
    client.force_login(instructor)
    decide(client, "hide", post)

    client.force_login(bob)
    assert client.get(post.get_absolute_url()).status_code == 404
    assert client.post(at("comment_new", post.slug)).status_code == 404
    assert "The teaching team hid this post." in page_of(client, ada, post.get_absolute_url())
    assert "Of ties" in page_of(client, instructor, at("moderation"))


# What its author does


def test_an_author_objects_and_the_team_reads_it(client, bob, instructor, comment):
    factories.make_case(comment, by=instructor)
    client.force_login(bob)
    page = at("case_page", comment)
    sent = fields_of(client.get(page), "text") | {"text": "It is about chapter two."}

    first, second = (client.post(at("case_object", comment), sent) for _twice in range(2))

    assert first.url == second.url == page
    html = page_of(client, instructor, at("moderation"))
    assert "Bob Student objects" in html
    assert "It is about chapter two." in html


def test_nothing_is_decided_nothing_is_there_for_its_author(client, bob, comment):
    factories.make_report(comment, factories.make_user())
    client.force_login(bob)

    assert client.get(at("case_page", comment)).status_code == 404


def test_in_an_archived_course_an_author_still_reads_why(client, bob, instructor, comment, course):
    factories.make_case(comment, by=instructor, reason="It is about the person.")
    Course.objects.filter(pk=course.pk).update(archived_at=timezone.now())

    html = page_of(client, bob, at("case_page", comment))

    assert "It is about the person." in html
    assert at("case_object", comment) not in html


# The team’s list


def test_an_empty_list_says_what_comes_here(client, course, instructor):
    html = page_of(client, instructor, at("moderation"))

    assert "Nothing is waiting." in html
    assert "Nothing is hidden." in html
    assert 'class="nav-note"' not in html


def test_the_navigation_says_that_something_waits_and_not_how_much(
    client, cyn, ada, assistant, comment
):
    factories.make_report(comment, cyn)

    assert '<span class="nav-note">waiting</span>' in page_of(client, assistant, at("post_list"))
    assert "nav-note" not in page_of(client, ada, at("post_list"))


def test_what_waits_is_listed_oldest_first_and_not_what_its_author_took_away(
    client, cyn, bob, instructor, post
):
    comments = [factories.make_comment(bob, post, f"Comment {n}") for n in range(3)]
    for comment in reversed(comments):
        factories.make_report(comment, cyn)
    Post.objects.filter(pk=factories.make_post(bob, post.course).pk).update(audience=0)
    client.force_login(instructor)

    waiting = client.get(at("moderation")).context["waiting"]

    assert [entry.target for entry, _forms in waiting] == comments[::-1]


@pytest.mark.parametrize("count", [1, 3])
def test_moderation_costs_the_same_at_one_and_three_cases(
    client, django_assert_num_queries, cyn, bob, instructor, post, count
):
    for _each in range(count):
        factories.make_report(factories.make_comment(bob, post), cyn)
        hidden = factories.make_comment(bob, post, state=Comment.State.HIDDEN, tied=False)
        factories.make_case(hidden, by=instructor, decision="hide")
    client.force_login(instructor)

    with django_assert_num_queries(10):
        # session, user with memberships; cases with events and reports; hidden posts and comments,
        # the decisions that hid them; the last decisions; what waits by guests
        client.get(at("moderation"))


@pytest.mark.parametrize("count", [1, 3])
def test_post_page_costs_three_queries_more_however_many_cases(
    client, django_assert_num_queries, cyn, bob, post, count
):
    for _each in range(count):
        factories.make_report(factories.make_comment(bob, post), cyn)
    client.force_login(bob)

    with django_assert_num_queries(8):
        client.get(post.get_absolute_url())


def test_the_log_of_a_case_has_what_concerns_its_reader(ada, bob, cyn, instructor, comment):
    factories.make_case(comment, by=instructor)
    factories.make_report(comment, cyn)

    kinds = [
        [event.kind for event in case_entry(comment, reader).log] for reader in (instructor, bob)
    ]

    assert kinds == [["ask", "report"], ["ask"]]


@pytest.mark.parametrize("decision", ["keep", "ask"])
def test_its_author_does_not_see_that_something_is_reported_again(
    client, bob, cyn, instructor, comment, decision
):
    decide_about(comment, by=instructor, decision=decision, reason="See the text.")
    pages = [comment.post.get_absolute_url(), at("case_page", comment), at("course_work")]

    def shown():
        htmls = [page_of(client, bob, page) for page in pages]
        return [re.sub(r"<[^>]*>", " ", html).split() for html in htmls]

    before = shown()
    factories.make_report(comment, cyn)

    assert shown() == before


def test_the_team_opens_a_case_about_their_own_words_that_nobody_has_begun(
    client, course, instructor
):
    post = factories.make_post(instructor, course, "Of ties")

    assert "Nothing is waiting here" in page_of(client, instructor, at("case_page", post))
