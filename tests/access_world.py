"""One of everything that has an address, and how to ask for it as one role after another.

``tests/test_access.py`` asks as it stands; ``tests/test_access_states.py`` in other states.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from blog.models import (
    Course,
    FeedAddress,
    Invitation,
    MailKind,
    Membership,
    Post,
    User,
    WorkMerge,
    unsubscribe_address,
)
from network.models import Intention
from tests import factories
from tests.access_rows import ROLES, ROWS
from tests.action_world import make_cast
from tests.written import rows_written, snapshot, stands_as, undone

WROTE = 0  # instead of the status of an answer that changed rows and must not


@dataclass(frozen=True)
class World:
    """The people by role, and the parts of addresses: words by part, numbers by kind."""

    people: dict[str, User | None]
    kwargs: dict[str, object]
    pks: dict[str, int]

    @property
    def course(self) -> Course:
        return Course.objects.get(slug=self.kwargs["course"])

    @property
    def post(self) -> Post:
        return Post.objects.get(pk=self.pks["post"])

    @property
    def owner(self) -> User:
        return User.objects.get(pk=self.people["owner"].pk)

    def url(self, name: str) -> str:
        given = {
            part: self.kwargs.get(part, self.pks.get(name.split("_")[0])) for part in parts_of(name)
        }
        return reverse(name, kwargs=given)


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
    return World(people, kwargs, pks)


def made_for(name: str, world: World) -> World:
    """Return the world with what an address needs of its own, which is made by the way."""
    people, kwargs = world.people, world.kwargs
    if name == "member_restore":
        Membership.objects.filter(user__username=kwargs["username"]).update(ended_at=timezone.now())
        return replace(world, people={**people, "owner": people["peer"]})
    if name.startswith("comment_use"):
        comment = factories.make_comment(people["peer"], world.post)
        factories.make_comment_use(comment, factories.publish_again(world.post))
        return replace(world, pks={"comment": comment.pk})
    if name == "work_split":
        return replace(world, pks={"work": WorkMerge.objects.get().duplicate_id})
    if name.startswith("guest_comment"):
        return of_guest(name, world)
    if token := token_of(name, world):
        return replace(world, kwargs={**kwargs, "token": token})
    return world


def token_of(name: str, world: World) -> str:
    """Return the secret in the address of something, unless it is a picture's."""
    owner = world.people["owner"]
    if name == "portrait_file":
        return owner.portrait_token
    if name == "unsubscribe":
        return unsubscribe_address(owner, MailKind.DIGEST).rstrip("/").rpartition("/")[-1]
    if name in ("invitation_page", "invitation_sign_up"):
        return Invitation.objects.get(pk=world.pks["invitation"]).token
    if name == "calendar_feed":
        return owner.feed_address.token
    return owner.feed_address.posts_token if name.startswith("secret_") else ""


def of_guest(name: str, world: World) -> World:
    """Return the world with a guest's comment, which everybody in the course can see."""
    comment = factories.make_guest_comment(world.post, state="open")
    is_of_team = name.endswith(("publish", "refuse", "spam", "undo"))
    guest = comment.pk if is_of_team else world.pks["post"]
    return replace(
        world,
        kwargs=world.kwargs | {"token": comment.guest.token},
        pks=world.pks | {"guest": guest},
    )


class Asking:
    """Asks for addresses as one role after another, each signed in once."""

    def __init__(self, world: World, roles: tuple[str, ...] = ROLES):
        self.people, self.roles = world.people, roles
        self.clients = {role: Client() for role in roles}
        for role, client in self.clients.items():
            if world.people[role]:
                client.force_login(world.people[role])
        self.cookies = {role: dict(one.cookies) for role, one in self.clients.items()}

    def of(self, world: World) -> "Asking":
        """Return who asks in this world: the same where its people are."""
        return self if world.people is self.people else Asking(world, self.roles)

    def __call__(self, name: str, world: World, before: dict) -> Iterator[tuple[str, int, bytes]]:
        """Yield who gets what at an address, as role, status and page; undo what each wrote.

        Who is refused or only reads must leave the database as it was ``before``; else the status
        is ``WROTE``.
        """
        method, url = ROWS[name][0], world.url(name)
        for role, client in self.clients.items():
            with undone():
                since = rows_written()
                answer = getattr(client, method.lower())(url)
                # What is streamed is read to its end, which closes the file.
                page = b"".join(answer.streaming_content) if answer.streaming else answer.content
                status = answer.status_code
                if status in (403, 404) or method == "GET":
                    status = status if stands_as(before, since, snapshot) else WROTE
            client.cookies.clear()
            client.cookies.load({key: one.value for key, one in self.cookies[role].items()})
            yield role, status, page


def parts_of(name: str) -> list[str]:
    """Return the names of what an address is made with."""
    return get_resolver().reverse_dict[name][0][0][1]
