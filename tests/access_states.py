"""Answers of addresses in other states of a course, its post or its reader.

A state's row says only what differs there from the open course of ``tests/access_rows.py``: a rule
for all addresses, and the addresses that have an answer of their own. A new address follows the
rule or fails in ``tests/test_access_states.py``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.utils import timezone

from blog.actions.withheld_names import withhold_name
from blog.models import Audience, Course, Membership, ModerationCase, Post, Revision, User
from blog.tasks.course_dates import change_courses_on_their_dates
from tests import factories
from tests.access_rows import ROLES, ROWS
from tests.access_world import World, parts_of

Row = dict[str, int]
DAY = timedelta(days=1)
AUTHOR_AND_TEAM = ("owner", "assistant", "instructor")


def as_ever(name: str, role: str, row: Row) -> int:
    """Answer as in the open course."""
    return row[role]


@dataclass(frozen=True)
class State:
    """A state: how the world enters it, and the answers of addresses there.

    ``others`` has the addresses without the rule: a whole row, or an answer of all that are asked.
    """

    enter: Callable[[World], World]
    rule: Callable[[str, str, Row], int] = as_ever
    others: dict[str, tuple[int, ...] | int] = field(default_factory=dict)
    roles: tuple[str, ...] = ROLES
    unseen: str = ""  # what classmates and strangers read nowhere
    asked: Callable[[str], bool] = lambda name: True

    def shows(self, name: str, role: str, page: bytes) -> bool:
        """Return whether a page has the words that classmates must not read."""
        if not self.unseen or role in AUTHOR_AND_TEAM or name.startswith("secret_"):
            return False  # a secret address is the author's own
        return self.unseen.encode() in page

    @property
    def names(self) -> list[str]:
        return [name for name in sorted(ROWS) if self.asked(name)]

    def expected(self, name: str) -> Row:
        """Return what each role that is asked for gets at an address."""
        row = dict(zip(ROLES, ROWS[name][1], strict=True))
        answer = self.others.get(name)
        if isinstance(answer, tuple):
            row = dict(zip(ROLES, answer, strict=True))
        elif answer is not None:
            return dict.fromkeys(self.roles, answer)
        rule = as_ever if name in self.others else self.rule
        return {role: rule(name, role, row) for role in self.roles}


def changed(model: type, **fields) -> Callable[[World], World]:
    """Return what changes the course, its post or the membership of its owner."""

    def enter(world: World) -> World:
        rows = {Course: world.course, Post: world.post, User: world.owner}
        rows[Membership] = world.course.memberships.get(user=world.owner)
        model.objects.filter(pk=rows[model].pk).update(**fields)
        return world

    return enter


def day_has_come(field_name: str) -> Callable[[World], World]:
    """Return what lets the day come on which a course changes."""

    def enter(world: World) -> World:
        changed(Course, **{field_name: timezone.localdate() - DAY})(world)
        assert change_courses_on_their_dates() == 1
        return world

    return enter


def public(world: World) -> World:
    """Open the post to the web."""
    changed(Course, widest_audience=Audience.PUBLIC)(world)
    changed(Post, audience=Audience.PUBLIC)(world)
    Revision.objects.filter(post=world.post).update(audience=Audience.PUBLIC)
    return world


def hidden(world: World) -> World:
    """Hide the post, as the team decided."""
    factories.make_case(
        world.post, by=world.people["instructor"], decision=ModerationCase.State.HIDE
    )
    return changed(Post, hidden_at=timezone.now())(world)


def drafted(world: World) -> World:
    """Put another post into all addresses, which was never published."""
    post = factories.make_draft_post(world.owner, world.course)
    factories.make_reference(post, key="granovetter1973")
    return replace(
        world, kwargs=world.kwargs | {"slug": post.slug}, pks=world.pks | {"post": post.pk}
    )


def is_of_post(name: str) -> bool:
    """Return whether an address is about a post, or about something below one."""
    below = (
        "case_",
        "comment_",
        "guest_",
        "picture_file",
        "question_",
        "report_",
        "secret_comment",
    )
    return "slug" in parts_of(name) or name.startswith(below)


def names_a_post(name: str) -> bool:
    return "slug" in parts_of(name)


# What is sent in an archived course as before: what readers note about themselves, files that go
# out, names that are withheld there too, what is one's own in every course, and the state itself.
# Forms of the grading desk come back, as nothing was sent: the action would refuse it, as it does
# on every channel (``tests/test_archived_courses.py``).
STAYS_SENT = (
    *("comments_seen", "feedback_seen", "course_reopen", "wordpress_export"),
    *("gradebook_export", "lms_file_download", "member_name_print", "member_name_withhold"),
    *("name_withhold_take_back", "report_take_back"),
    *("saved_comment_delete", "saved_comment_down", "saved_comment_up"),
    *("grading_person_next", "grading_post_next", "grading_student_next"),
    *("grading_student_comments_next", "level_choose", "level_choose_comments"),
    *("grading_times_delete", "grading_times_off", "grading_times_on"),
    *("typed_keep", "typed_keep_comments"),
)
# Pages of forms: what nobody can send is not shown either.
FORMS = {
    *("charter_start", "comment_addressee", "comment_edit", "comment_people", "comment_reply"),
    *("draft_compare", "draft_list", "grading_release", "guest_comment_refuse"),
    *("imported_post_edit", "network_figure_new", "norm_drop", "norm_edit", "norm_new"),
    *("picture_add", "post_cite", "post_edit", "post_new", "post_paste", "process_note_edit"),
    *("process_option", "question_new", "reference_add", "reference_edit", "report_new"),
    *("revision_restore", "work_edit", "work_merge", "write", "write_choice"),
}


# Where observers are told that they cannot write, before anybody looks for a post.
REFUSED_OBSERVERS = {
    *("post_preview", "reference_find", "visual_check", "visual_pieces"),
}
# What has no session, is about the site, or is what the notice says that everybody can do.
WITHOUT_THE_NOTICE = (
    *("about", "accessibility", "help_page", "privacy", "visibility", "notice", "notice_accept"),
    *("account_erase", "account_logout", "course_leave", "language_choose", "openid_connect_login"),
    *("manifest", "own_platform_disconnect", "own_platforms"),
    *("session_end", "session_list", "sessions_end_others"),
    *("takeout_delete", "takeout_file", "takeout_list", "takeout_new"),
    *("calendar_feed", "secret_comment_feed", "secret_course_feed", "secret_person_feed"),
    *("favicon", "healthz", "livez", "metrics", "readyz", "security_txt", "unsubscribe"),
    *("lti_canvas", "lti_keys", "lti_login", "lti_register"),
)


def read_only(name: str, role: str, row: Row) -> int:
    """Refuse whatever would write, and answer as ever who reads."""
    writes = ROWS[name][0] == "POST" or name in FORMS
    if role == "visitor" or row[role] == 404 or not writes or "course" not in parts_of(name):
        return row[role]
    return 403


def seen_by(*seers: str) -> Callable[[str, str, Row], int]:
    """Answer all but some readers of a post that there is none; observers never write in one."""

    def rule(name: str, role: str, row: Row) -> int:
        is_there = role in seers or (name in REFUSED_OBSERVERS and role == "observer")
        in_course = "course" in parts_of(name) or name == "picture_file"
        return row[role] if role == "visitor" or is_there or not in_course else 404

    return rule


def like(other: str) -> Callable[[str, str, Row], int]:
    """Answer in a course what another role gets there, and elsewhere as ever."""

    def rule(name: str, role: str, row: Row) -> int:
        return row[other] if "course" in parts_of(name) else row[role]

    return rule


def signed_out(name: str, role: str, row: Row) -> int:
    return row["visitor"]


def first_the_notice(name: str, role: str, row: Row) -> int:
    """Lead to the notice, or show it in the place of what was sent; scripts that save are told."""
    if row["visitor"] == 401:
        return row[role] if ROWS[name][0] == "GET" else 401
    return 302 if ROWS[name][0] == "GET" else 403


def course_of(begins: int, ends: int) -> Callable[[World], World]:
    """Return what moves the first and last day of the course, in days from now."""
    days = {"starts_on": begins, "ends_on": ends}
    return changed(Course, **{name: timezone.localdate() + n * DAY for name, n in days.items()})


def off_the_public_web(world: World) -> World:
    return day_has_come("public_ends_on")(public(world))


def hidden_on_the_public_web(world: World) -> World:
    return hidden(public(world))


def withheld(world: World) -> World:
    """Withhold the owner's name, as an instructor does."""
    membership = world.course.memberships.get(user=world.owner)
    withhold_name(membership, by=world.people["instructor"], gives_name=True)
    return world


# What is of no release, level or work here is not looked for where nobody can write.
REFUSED_FIRST = (
    *("grading_release_back", "grading_release_date", "grading_settle"),
    *("grading_student_settle", "work_add"),
)
# What nobody begins after the last day; a comment that is sent comes back.
TOO_LATE = ("comment_people", "comment_reply", "own_blog_connect", "question_new")
# Whose one course is over gets the list.
NO_COURSE_NOW = (302, 302, 200, 200, 200, 200, 200, 200)
NOBODY_JOINS = (404, 404, 404, 302, 302, 302, 302, 302)

NOT_THERE = (302, 404, 404, 404, 404, 404, 404, 404)
NOT_BEGUN_THERE = (302, 404, 404, 404, 404, 403, 403, 403)
# Of a post that only its author and the team see nobody cites or asks anything; what names no post,
# or is sent with nothing in it, is answered as ever.
OF_HIDDEN = {
    **dict.fromkeys(
        ("comment_people", "comment_reply", "post_cite", "question_new"), NOT_BEGUN_THERE
    ),
    **dict.fromkeys(("comment_check", "comment_paste", "comment_pieces", "comment_preview")),
    **dict.fromkeys(("grading_post", "grading_post_next", "question_decline")),
    "secret_comment_feed": None,  # at the author’s own secret address
}
# A conversation that is over with the post, which its author took back.
OF_WITHDRAWN = OF_HIDDEN | {
    **dict.fromkeys(
        ("comment_feed", "comment_new", "discover_leave", "discover_readmit"), NOT_THERE
    ),
    "secret_comment_feed": 404,
}
BY_ITS_AUTHOR = (302, 404, 404, 404, 404, 403, 404, 404)
NO_POST_TO_GRADE = (302, 404, 404, 403, 403, 403, 404, 404)
# Nothing of a draft was published, so it has no versions either.
OF_DRAFTS = {
    **dict.fromkeys(
        ("comment_feed", "comment_new", "discover_leave", "discover_readmit"), NOT_THERE
    ),
    **dict.fromkeys(("post_references", "process_moment", "process_option"), NOT_THERE),
    **dict.fromkeys(("revision_compare", "revision_page", "revision_restore"), NOT_THERE),
    **dict.fromkeys(("comment_people", "post_cite", "question_new"), BY_ITS_AUTHOR),
    **dict.fromkeys(("grading_post", "grading_post_next"), NO_POST_TO_GRADE),
    "post_page": (302, 404, 404, 404, 404, 302, 404, 404),
    "secret_comment_feed": 404,
}
OF_COURSES = {
    "not begun": State(course_of(9, 99)),
    "ended": State(
        course_of(-99, -9),
        others={
            **dict.fromkeys(TOO_LATE, (302, 404, 404, 403, 403, 403, 403, 403)),
            "intention_save": (302, 404, 404, 422, 422, 422, 422, 422),
            "my_work": NO_COURSE_NOW,
        },
    ),
    "archived": State(
        day_has_come("read_only_on"),
        read_only,
        {
            **dict.fromkeys(STAYS_SENT),
            "feedback_reply": (302, 404, 404, 404, 404, 404, 404, 404),
            **dict.fromkeys(REFUSED_FIRST, (302, 404, 404, 403, 403, 403, 403, 403)),
            "guest_comment_restore": 403,
            "guest_comment_withdraw": 403,
            "join_course": NOBODY_JOINS,
            "my_work": NO_COURSE_NOW,
        },
    ),
    "closed to others": State(
        day_has_come("closes_on"),
        others={
            "join_course": NOBODY_JOINS,
            "invitation_edit": (302, 404, 404, 403, 403, 403, 403, 404),  # it was withdrawn
            "invitation_page": 404,
            "invitation_sign_up": 404,
        },
    ),
}
OF_POSTS = {
    "public": State(
        public,
        others={
            **dict.fromkeys(("picture_file", "post_public", "post_public_comments"), 200),
            "guest_comment_import": (302, 404, 404, 403, 403, 403, 403, 200),
            "guest_comment_new": 422,  # nothing was written, and it would be refused
        },
        asked=is_of_post,
    ),
    "off the public web": State(off_the_public_web, asked=is_of_post),
    "hidden on the public web": State(
        hidden_on_the_public_web, seen_by(*AUTHOR_AND_TEAM), OF_HIDDEN, asked=is_of_post
    ),
    "draft": State(drafted, seen_by("owner"), OF_DRAFTS, asked=names_a_post),
    "withdrawn": State(
        changed(Post, status=Post.Status.WITHDRAWN),
        seen_by(*AUTHOR_AND_TEAM),
        OF_WITHDRAWN,
        asked=is_of_post,
    ),
    "hidden": State(hidden, seen_by(*AUTHOR_AND_TEAM), OF_HIDDEN, asked=is_of_post),
}
SECRET_FEEDS = ("secret_comment_feed", "secret_course_feed", "secret_person_feed")
# What stays one's own: to read what was said of it, and to end what one has begun.
OWN_OF_OBSERVERS = (
    *("case_page", "comment_use_change", "revision_compare", "revision_list", "revision_page"),
    *("feedback_reply", "feedback_seen", "follow", "intention_look_back", "mute", "report_new"),
    *("proposal_take_back", "question_close", "question_edit", "question_reopen"),
)
OF_READERS = {
    "removed": State(
        changed(Membership, ended_at=timezone.now()),
        like("removed"),
        {
            **dict.fromkeys((*SECRET_FEEDS, "picture_file"), 404),
            "join_course": 200,
            "member_restore": 403,
            "my_work": 200,
        },
        roles=("owner",),
    ),
    "observer": State(
        changed(Membership, role=Membership.Role.OBSERVER),
        like("observer"),
        {**dict.fromkeys(OWN_OF_OBSERVERS), "my_work": 200, "post_restore": 403},
        roles=("owner",),
    ),
    "closed account": State(
        changed(User, is_active=False),
        signed_out,
        {
            **dict.fromkeys((*SECRET_FEEDS, "calendar_feed", "unsubscribe"), 404),
            "member_restore": 403,
        },
        roles=("owner",),
    ),
    "without the notice": State(
        changed(User, notice_version=""),
        first_the_notice,
        dict.fromkeys(WITHOUT_THE_NOTICE),
        roles=("owner",),
    ),
    "withheld name": State(
        withheld,
        others={"portrait_file": (404, 404, 404, 404, 404, 200, 200, 200)},
        unseen="Ada Student",
    ),
}
STATES = OF_COURSES | OF_POSTS | OF_READERS
