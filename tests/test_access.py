"""Who gets in where: one row per address, and no address without its row.

The addresses come from the URL configuration, so a new one fails here until somebody has written
down what every role gets. Each row is asked with a fresh session per role; what changes something
is asked with POST, and a role that gets 403 or 404 must leave the database as it was.
"""

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from blog.models import (
    FeedAddress,
    Invitation,
    MailKind,
    Membership,
    Post,
    WorkMerge,
    unsubscribe_address,
)
from network.models import Intention
from tests import factories
from tests.access_rows import ROLES, ROWS
from tests.action_world import make_cast
from tests.error_pages import bare_error_pages
from tests.written import kept, rows_written, snapshot, stands_as, undone

ALLAUTH = ("accounts/", "accounts/two-step/", "accounts/university/", "admin/")


def named_addresses():
    """Return the name of every address that is ours: not allauth's, not the admin site's."""
    names = []

    def walk(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                names.append(pattern.name)
            elif str(pattern.pattern) not in ALLAUTH:
                walk(pattern.url_patterns)

    walk(get_resolver().url_patterns)
    return names


def test_every_address_has_its_row():
    assert sorted(ROWS) == sorted(named_addresses())


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One of everything, for all rows, as each is asked and undone."""
    with kept(django_db_blocker), bare_error_pages():
        yield plant()


def plant():
    """Make one of everything. ``owner`` is Ada; ``removed`` was a student and is no longer."""
    course, [_visitor, eve, observer, bob, ada, assistant, instructor] = make_cast()
    removed = factories.make_user("Rem Removed")
    factories.add_member(course, removed, ended_at=timezone.now())
    rubric = factories.make_rubric(course)
    prompt = factories.make_prompt(course, rubric=rubric)
    pod = factories.make_pod(course, "Pod 1")
    post = factories.make_post(ada, course, "Of ties", prompt=prompt)
    work = factories.make_reference(post, cited=True).work
    gone = factories.make_work(course, doi="")
    WorkMerge.objects.create(duplicate=gone, canonical=work, made_by=instructor)
    comment = factories.make_comment(ada, post)
    factories.make_case(comment, by=instructor)
    proposal = factories.make_proposal(course, ada)
    grading = factories.make_grading(post, instructor, released_at=timezone.now())
    factories.make_process_note(post, moments=["Its beginning."])
    kwargs = {
        "course": course.slug,
        "code": course.join_code,
        "number": prompt.number,
        "slug": post.slug,
        "username": ada.username,
        "place": prompt.queue_places.get(student=ada).number,
        "key": "granovetter1973",
        "file_format": "csv",
        "language": "en",
        "ending": "bib",
        "name": "year",
        "token": factories.make_picture(post).token,
        "size": "small",
        "to": "no-post",
        "people": "not-answered",
        "source": "version-1",
        "target": f"comment-{comment.pk}",
    }
    factories.make_portrait(ada)
    takeout = factories.make_takeout(ada)
    FeedAddress.objects.create(user=ada, posts_token="s" * 32)
    people = dict(
        zip(ROLES, [None, eve, removed, observer, bob, ada, assistant, instructor], strict=True)
    )
    pks = {"pod": pod.pk, "rubric": rubric.pk, "comment": comment.pk, "post": post.pk}
    pks["takeout"], pks["blog"] = takeout.pk, factories.make_own_blog(ada, course).pk
    pks["work"], pks["norm"], pks["proposal"] = work.pk, proposal.norm_id, proposal.pk
    pks["grading"], pks["editor"] = grading.pk, work.pk
    kwargs["criterion"] = rubric.criteria.first().pk
    pks["invitation"] = factories.make_invitation(course, instructor).pk
    pks["section"] = factories.make_section(course).pk
    pks["adoption"] = factories.make_adoption(prompt, instructor).pk
    pks["grade"] = factories.make_grade_import(course, instructor).pk
    pks["lms"] = factories.make_lms_file(course, instructor).pk
    pks["wordpress"] = factories.make_wordpress_import(course, instructor).pk
    pks["roster"] = factories.make_roster_import(course, instructor).pk
    pks["draft"] = pks["conflict"] = factories.make_conflict_copy(ada, post).pk
    pks["extension"] = factories.make_extension(prompt, ada, instructor).pk
    pks["saved"] = factories.make_saved_comment(instructor).pk
    pks["announcement"] = factories.make_announcement(course, instructor, sent=False).pk
    pks["intention"] = Intention.objects.create(
        course=course, person=ada, week=course.starts_on, text="answer everybody"
    ).pk
    pks["question"] = factories.make_question(post, bob).pk
    pks["session"] = factories.make_session(ada).pk
    connected = factories.make_platform_course(course, instructor)
    pks["connected"], pks["platform"] = connected.pk, connected.platform.pk
    pks["own"] = factories.make_platform_account(ada, connected.platform).pk
    pks["message"] = factories.make_message(prompt, instructor, bob).pk
    return people, kwargs, pks


def of_guest(name, kwargs, pks):
    """Return the keys of a guest's comment, which everybody in the course can see."""
    comment = factories.make_guest_comment(Post.objects.get(pk=pks["post"]), state="open")
    is_of_team = name.endswith(("publish", "refuse", "spam", "undo"))
    return kwargs | {"token": comment.guest.token}, pks | {
        "guest": comment.pk if is_of_team else pks["post"]
    }


@pytest.mark.whole
@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ROWS))
def test_access(name, world):
    people, kwargs, pks = world
    method, expected = ROWS[name]
    if name == "member_restore":
        Membership.objects.filter(user__username=kwargs["username"]).update(ended_at=timezone.now())
        people = {**people, "owner": people["peer"]}
    if name.startswith("comment_use"):
        post = Post.objects.get(pk=pks["post"])
        comment = factories.make_comment(people["peer"], post)
        factories.make_comment_use(comment, factories.publish_again(post))
        pks = {"comment": comment.pk}
    if name == "work_split":
        pks = {"work": WorkMerge.objects.get().duplicate_id}
    if name == "portrait_file":
        kwargs = {"token": people["owner"].portrait_token}
    if name == "unsubscribe":
        address = unsubscribe_address(people["owner"], MailKind.DIGEST)
        kwargs = {"token": address.rstrip("/").rpartition("/")[-1]}
    if name.startswith("guest_comment"):
        kwargs, pks = of_guest(name, kwargs, pks)
    if name in ("invitation_page", "invitation_sign_up"):
        kwargs = {"token": Invitation.objects.get(pk=pks["invitation"]).token}
    if name == "calendar_feed":
        kwargs = {"token": people["owner"].feed_address.token}
    if name.startswith("secret_"):
        kwargs = {**kwargs, "token": people["owner"].feed_address.posts_token}
    wanted = get_resolver().reverse_dict[name][0][0][1]
    given = {key: kwargs.get(key, pks.get(name.split("_")[0])) for key in wanted}
    url = reverse(name, kwargs=given)

    before, statuses = snapshot(), []
    for role in ROLES:
        with undone():
            client = Client()
            if people[role]:
                client.force_login(people[role])
            since = rows_written()
            answer = getattr(client, method.lower())(url)
            status = answer.status_code
            if answer.streaming:
                b"".join(answer.streaming_content)  # which closes the file
            if status in (403, 404) or method == "GET":
                assert stands_as(before, since, snapshot), f"{role} changed rows"
            statuses.append(status)

    assert dict(zip(ROLES, statuses, strict=True)) == dict(zip(ROLES, expected, strict=True))
