"""Leave a course, and erase an account: what goes, what stays, and who cannot go."""

import logging
from datetime import timedelta
from functools import partial
from io import StringIO
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import AnonymousUser, Group
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from blog import access
from blog.actions.accounts import change_account, confirm_email, save_profile
from blog.actions.comments import add_comment, edit_comment, restore_comment
from blog.actions.courses import restore_member
from blog.actions.drafts import save_draft, start_post
from blog.actions.erasure import erase_account, leave_course
from blog.actions.guest_comments import add_guest_comment
from blog.actions.posts import publish_post
from blog.actions.references import cite_post
from blog.exceptions import NotAllowed, Refused, StaleVersion
from blog.models import (
    Audience,
    Comment,
    CommentTarget,
    Draft,
    DraftSnapshot,
    Grading,
    GradingEvent,
    Membership,
    Notification,
    Passage,
    Post,
    PostTarget,
    StudentIdentifier,
    Takeout,
    User,
)
from blog.tasks import forget_erased_people
from network import ties
from network.models import Follow, TieArc
from tests import factories
from tests.leaks.canaries import CANARIES, mark
from tests.leaks.world import plant
from tests.quotations import quote_everywhere
from tests.written import snapshot

pytestmark = pytest.mark.django_db


# What Ada wrote, or what says who she is; names and addresses are asked for apart.
OWN_WORDS = set(
    """
    drafttitle drafttext draftwork pendingtitle pendingtext othertext snapshottext onlymetitle
    onlymetext onlymework onlymeprocess teamtitle teamtext teamprocess teammoment teamhelp podtitle
    podtext podhelp coursetitle coursetext openprocess openmoment publictext signedintext
    retreatedtext publicprocess gatedtitle gatedtext gatedpublictext withdrawntitle withdrawntext
    withdrawnprocess formertext formersecret deletedtitle secretfeed secretposts intention
    networkquestion feedbackreply formerreply letter openpassage
    """.split()  # noqa: SIM905 - a list of words is read more easily
)


def stored_words() -> str:
    return "\n".join("\n".join(rows) for table, rows in snapshot().items() if table != "blog_user")


def test_no_word_of_an_erased_person_is_left_in_the_database():
    """The words of ``tests.leaks``: of those that are Ada's none is in any table afterwards."""
    world = plant()
    call_command("rebuild_ties", stdout=StringIO())
    before = stored_words()
    ada = User.objects.get(pk=world.people["ada"].pk)

    plant_more(ada, world)
    others = [Comment.objects.filter(author=world.people[who], deleted_at=None).count()
              for who in ("bob", "cyn")]  # fmt: skip
    call_command("rebuild_search", stdout=StringIO(), verbosity=0)

    erase_account(ada, by=ada)

    call_command("rebuild_search", "--check", stdout=StringIO())
    after = stored_words() + repr(list(User.objects.values()))
    assert "theirs alone" not in after
    assert "a reason that was sent" in after
    assert "a norm of the class" in after
    gone = {name for name in CANARIES if mark(name) in before and mark(name) not in after}
    assert OWN_WORDS - gone == set()
    assert not any(mark(name) in after for name in ("nameada", "mailada", "deletedtext"))
    assert mark("nameada").lower() not in after.lower()  # as keys of citations have it
    citing = Post.objects.get(title="Citing")
    assert "A former member, 2" in citing.revision.html
    assert citing.revision.references[0]["csl"]["title"] == "A post by a former member"
    assert [Comment.objects.filter(author=world.people[who], deleted_at=None).count()
            for who in ("bob", "cyn")] == others  # fmt: skip


def plant_more(ada, world):
    """Plant what says who Ada is beside her texts: each has the words "theirs alone".

    In a course without grades, where no name has to stay with them.
    """
    course, instructor = factories.make_course(), world.people["instructor"]
    member = factories.add_member(course, ada)
    alone = {"name": "theirs alone", "family_name": "theirs alone"}
    # One has another email and was accepted, one is to her email as somebody typed it.
    accepted = factories.make_invitation(
        course, instructor, "other@theirs-alone.example", membership=member,
        accepted_at=timezone.now(), **alone,
    )  # fmt: skip
    factories.make_invitation(course, instructor, ada.email.upper(), **alone)
    change = {"before": {"listed_name": "theirs alone"}, "after": {"listed_name": "theirs alone"}}
    factories.make_roster_import(
        course,
        instructor,
        "",
        added_at=timezone.now(),
        changes={
            "members": [{"pk": member.pk, **change, "identifiers": {"id": [None, "theirs alone"]}}],
            "invitations": [{"pk": accepted.pk, **change}],
        },
    )
    for row in (ada, member):
        LogEntry.objects.create(
            user=instructor,
            content_type=ContentType.objects.get_for_model(row),
            object_id=str(row.pk),
            object_repr="theirs alone",
            action_flag=2,
            change_message="theirs alone",
        )
    decided = {"decided_by": instructor, "decided_at": timezone.now()}
    words = {"name": "theirs alone", "sentence": "theirs alone", "why": "theirs alone"}
    for state in ("open", "taken_back"):
        factories.make_proposal(course, ada, state=state, **words)
    factories.make_proposal(
        course, ada, state="declined", **decided, **words, reason="a reason that was sent"
    )
    factories.make_proposal(
        course, ada, state="accepted", **decided, **words | {
            "name": "a norm of the class", "sentence": ""}
    )  # fmt: skip
    factories.make_announcement(course, ada, "theirs alone", "theirs alone", sent=False)
    factories.make_announcement(course, ada, "theirs alone", withdrawn_at=timezone.now())
    factories.make_message(factories.make_prompt(course), ada, text="theirs alone")
    cite(world)


def cite(world):
    """Let Bob cite a post of Ada's, in a published version and in what he types."""
    bob, cited = world.people["bob"], Post.objects.get(title=mark("coursetitle"))
    post = factories.make_draft_post(bob, world.course)
    key = cite_post(cited, by=bob, onto=post, url="https://example.org/").key
    text = f"As [@{key}] has it."
    publish_post(post, by=bob, title="Citing", text=text, audience=Audience.COURSE)
    Draft.objects.create(user=bob, post=post, title="Citing", text=f"Again: {text}", version=1)
    DraftSnapshot.objects.create(user=bob, post=post, text=text)
    post.refresh_from_db()
    quote_everywhere(post, bob, mark("nameada"), text)


@pytest.fixture
def thread(course, ada, bob):
    """Return Ada's post with a comment of Bob's and her reply, and hers below a post of his."""
    post = factories.make_post(ada, course, "Mine", "My words.")
    comment = factories.make_comment(bob, post, "Bob asks.")
    answer = factories.make_comment(ada, post, "Ada answers.", parent=comment)
    factories.make_comment(bob, post, "Bob thanks.", parent=answer)
    other = factories.make_post(bob, course, "Bobs", "Bobs words.")
    mine = factories.make_comment(ada, other, "Ada wonders.")
    factories.make_comment(bob, other, "Bob explains.", parent=mine)
    return post, other


def test_threads_of_others_keep_their_shape(client, course, ada, bob, thread):
    post, other = thread
    alone = factories.make_post(ada, course, "Alone", "Nobody commented.")
    factories.make_passage(post.comments.first(), "My words", post.revision)
    Follow.objects.create(course=course, follower=bob, followed=ada)
    assert TieArc.objects.filter(course=course).exists()

    erase_account(ada, by=ada)

    client.force_login(bob)
    post.refresh_from_db()
    page = client.get(post.get_absolute_url()).text
    for words in ("A post by a former member", "A former member", "Bob asks.", "Bob thanks."):
        assert words in page
    assert "Comment deleted by its author." in page
    assert not any(words in page for words in ("My words", "Ada answers", ada.email))
    page = client.get(other.get_absolute_url()).text
    assert "Bob explains." in page
    assert "Ada wonders" not in page
    alone.refresh_from_db()
    assert alone.deleted_at is not None
    assert not Passage.objects.exists()
    assert not Follow.objects.exists()
    assert not TieArc.objects.filter(course=course).exists()
    assert ties.ties_of(User.objects.get(pk=bob.pk), course) == []
    found = client.get(reverse("search", args=[course.slug]), {"q": "answers"}).text
    assert "Ada" not in found


def test_grades_and_their_history_stay_under_no_name(course, ada, instructor):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    post = factories.make_post(ada, course, "Mine", "My words.", prompt=prompt)
    grading = factories.make_grading(
        post, instructor, "Well done.", level=2, released_at=timezone.now()
    )
    GradingEvent.of(grading, by=instructor, kind=GradingEvent.Kind.SAVED).save()
    member = Membership.objects.get(user=ada, course=course)
    member.listed_name = "Lovelace, Ada"
    member.save()
    StudentIdentifier.objects.create(membership=member, kind="sis_id", value="V001")
    others = {"pk": member.pk + 1, "after": {"listed_name": "Boole, George"}}
    listed = factories.make_roster_import(
        course,
        instructor,
        "",
        added_at=timezone.now(),
        changes={"members": [{"pk": member.pk, "after": {"listed_name": "Lovelace"}}, others]},
    )

    erase_account(ada, by=ada)

    assert Grading.objects.get().text == "Well done."
    assert GradingEvent.objects.count() == 1
    assert str(Grading.objects.get().student) == "A former member"
    with pytest.raises(Refused):
        restore_member(course.memberships.get(user=ada), by=instructor)
    member.refresh_from_db()
    assert member.listed_name == "Lovelace, Ada"
    assert forget_erased_people() == 0
    course.ends_on = timezone.now().date() - timedelta(days=366)
    course.starts_on = course.ends_on - timedelta(days=90)
    course.save()
    assert forget_erased_people() == 3
    assert forget_erased_people() == 0
    member.refresh_from_db()
    listed.refresh_from_db()
    assert listed.changes == {"members": [others]}
    assert (member.listed_name, StudentIdentifier.objects.count()) == ("", 0)


def test_the_log_names_the_key_of_who_was_erased_once_that_is_sure(
    ada, caplog, django_capture_on_commit_callbacks
):
    caplog.set_level(logging.INFO, logger="blog")

    with django_capture_on_commit_callbacks() as callbacks:
        erase_account(ada, by=ada)
    assert "Decided" not in caplog.text
    for callback in callbacks:
        callback()

    assert caplog.messages == [f"Decided: account_erased user:{ada.pk}"]


def test_an_erased_account_opens_no_more(client, ada, course):
    ada.groups.add(Group.objects.create(name="Helpers"))
    email = ada.email
    client.post(reverse("account_login"), {"login": email, "password": factories.PASSWORD})
    Authenticator.objects.create(user=ada, type="totp", data={})
    key = UserSession.objects.get().session_key
    address = reverse("account_erase")
    page = client.get(address).text
    assert "Backups of this site still have all of it for up to 30 days" in page
    assert "Norms of a charter that you proposed and that were accepted stay" in page
    assert "announcements and messages that were sent, without your name" in page

    asked = client.post(address).url  # whoever has just signed in too
    assert asked.startswith(reverse("account_reauthenticate"))
    assert User.objects.filter(email=email).exists()
    assert client.post(asked, {"password": factories.PASSWORD}).url == address
    mail.outbox.clear()

    assert client.post(address).url == reverse("home")

    [last] = mail.outbox
    assert (last.to, last.subject) == ([email], "Your account is erased")
    assert "Hello Ada Student," in last.body
    assert "for up to 30 days" in last.body
    assert client.get(reverse("profile_edit")).status_code == 302
    response = client.post(
        reverse("account_login"), {"login": email, "password": factories.PASSWORD}
    )
    assert response.status_code == 200
    ada.refresh_from_db()
    assert (ada.is_active, ada.has_usable_password()) == (False, False)
    assert not ada.groups.exists()
    assert not Authenticator.objects.exists()
    assert not UserSession.objects.exists()
    assert not Session.objects.filter(session_key=key).exists()
    assert not User.objects.filter(email=email).exists()


def test_nobody_can_take_beforehand_what_an_erased_account_needs(course, ada, bob):
    """Addresses and slugs are unique, and those of erased rows were once their keys."""
    post = factories.make_post(ada, course, "Mine")
    factories.make_comment(bob, post)
    factories.make_post(bob, course, "Erased", slug=f"erased-{post.pk}")
    factories.make_user(email=f"erased-{ada.pk}@erased.invalid")

    erase_account(ada, by=ada)

    ada.refresh_from_db()
    assert ada.erased_at


def test_a_profile_that_was_open_is_not_saved_over_an_erased_account(ada):
    stale = User.objects.get(pk=ada.pk)
    erase_account(ada, by=ada)

    stale.about = "I am Ada."
    with pytest.raises(StaleVersion):
        save_profile(stale, by=stale)


def test_staff_cannot_bring_an_erased_account_back(ada):
    root = factories.make_user(is_staff=True, is_superuser=True)
    erase_account(ada, by=ada)

    for change in (
        partial(change_account, ada, by=root, is_active=True),
        partial(confirm_email, ada, by=root),
    ):
        with pytest.raises(NotAllowed):
            change()
    assert not access.can_appoint_instructor(root, ada)


def test_the_last_instructor_cannot_vanish(course, instructor, ada):
    for deed in (
        lambda: erase_account(instructor, by=instructor),
        lambda: leave_course(course.memberships.get(user=instructor), by=instructor),
    ):
        with pytest.raises(Refused, match="needs an instructor"):
            deed()
    assert User.objects.get(pk=instructor.pk).is_active

    factories.add_member(course, factories.make_user("Successor"), factories.Role.INSTRUCTOR)
    erase_account(User.objects.get(pk=instructor.pk), by=User.objects.get(pk=instructor.pk))

    assert not course.memberships.active().filter(user=instructor).exists()


def test_site_staff_end_that_first(ada):
    ada.is_staff = True
    ada.save()

    with pytest.raises(Refused, match="Ask another superuser to remove that role first"):
        erase_account(ada, by=ada)


def test_who_leaves_a_course_keeps_their_words_there_and_nothing_else(client, course, ada, bob):
    post = factories.make_post(ada, course, "Mine", "My words.")
    Follow.objects.create(course=course, follower=ada, followed=bob)
    Follow.objects.create(course=course, follower=bob, followed=ada)
    client.force_login(ada)
    address = reverse("course_leave", args=[course.slug])
    assert "What stays" in client.get(address).text

    assert client.post(address).status_code == 302

    assert client.get(reverse("course_home", args=[course.slug])).status_code == 404
    assert Post.objects.get() == post
    assert not Follow.objects.exists()
    assert not Notification.objects.filter(reader=ada).exists()
    assert client.post(address).status_code == 404
    with pytest.raises(NotAllowed):
        leave_course(course.memberships.get(user=ada), by=bob)


@pytest.fixture
def begun(course, ada, bob):
    """Return what Ada’s requests have loaded before her account is erased."""
    own = factories.make_post(ada, course)
    theirs = factories.make_post(bob, course)
    comment = factories.make_comment(ada, theirs)
    factories.make_comment(bob, own)
    deleted = factories.make_comment(ada, theirs, deleted_at=timezone.now())
    public = factories.make_post(
        bob, factories.make_course(guest_comments="moderated"), audience=Audience.PUBLIC
    )
    stale = User.objects.get(pk=ada.pk)
    stale.membership_in(course)  # as the decorator of each page has
    rows = {
        "own": Post.objects.select_related("course").get(pk=own.pk),
        "theirs": Post.objects.select_related("course").get(pk=theirs.pk),
        "public": Post.objects.select_related("course").get(pk=public.pk),
        "comment": Comment.objects.select_related("post__course").get(pk=comment.pk),
        "deleted": Comment.objects.select_related("post__course").get(pk=deleted.pk),
    }
    erase_account(ada, by=ada)
    return stale, rows


LATE = "Written by a request that began before."
LATE_WRITES = {
    "comment": lambda rows, by: add_comment(rows["theirs"], by=by, text=LATE),
    "edit": lambda rows, by: edit_comment(rows["comment"], by=by, text=LATE),
    "draft": lambda rows, by: save_draft(PostTarget(rows["own"]), by=by, title=LATE, text=LATE),
    "comment draft": lambda rows, by: save_draft(CommentTarget(rows["theirs"]), by=by, text=LATE),
    "publish": lambda rows, by: publish_post(
        rows["own"], by=by, title=LATE, text=LATE, audience=Audience.COURSE
    ),
    "new post": lambda rows, by: start_post(rows["own"].course, by=by, title=LATE, text=LATE),
    "as a guest": lambda rows, by: add_guest_comment(
        rows["public"], by=by, key=uuid4(), text=LATE, name=LATE, email="ada@example.edu"
    ),
}


@pytest.mark.every_database
@pytest.mark.parametrize("write", LATE_WRITES)
def test_a_request_that_began_before_writes_nothing_after(begun, write):
    by, rows = begun

    with pytest.raises(NotAllowed, match="This account was erased"):
        LATE_WRITES[write](rows, by)

    assert LATE not in stored_words()


def test_a_deleted_comment_does_not_come_back_with_words(begun):
    by, rows = begun

    restore_comment(rows["deleted"], by=by)

    assert Comment.objects.get(pk=rows["deleted"].pk).text == ""


def test_comments_that_somebody_sent_as_a_guest_go_too(bob, course, ada):
    """While signed in, or with a confirmed email; not those of others who typed an address."""
    public = factories.make_post(
        bob, factories.make_course(guest_comments="moderated"), audience=Audience.PUBLIC
    )
    EmailAddress.objects.create(user=ada, email="ada@home.example", verified=True)
    EmailAddress.objects.create(user=ada, email="bea@home.example", verified=False)
    words = {"post": public, "text": "theirs alone", "name": "theirs alone"}
    add_guest_comment(by=ada, key=uuid4(), email="a@elsewhere.example", **words)
    add_guest_comment(by=AnonymousUser(), key=uuid4(), email="ADA@home.example", **words)
    others = words | {"text": "of somebody else", "name": "Bea"}
    add_guest_comment(by=AnonymousUser(), key=uuid4(), email="bea@home.example", **others)
    call_command("rebuild_search", stdout=StringIO(), verbosity=0)
    file = factories.make_takeout(bob, public.course)

    erase_account(ada, by=ada)

    assert not Takeout.objects.filter(pk=file.pk).exists()
    assert Takeout.objects.waiting().get().course == public.course
    assert "theirs alone" not in stored_words()
    assert "elsewhere.example" not in stored_words()
    assert Comment.objects.filter(text="of somebody else", deleted_at=None).exists()
    call_command("rebuild_search", "--check", stdout=StringIO())
