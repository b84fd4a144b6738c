"""Rights to actions: one row per action, and no action without its row.

The actions come from their modules, so a new one fails here until somebody has written down who
may do it. Each is called directly, without a view, as an import or a launch from another system
calls it: whoever may not do it gets NotAllowed, and the database is as it was.
"""

import ast
import inspect

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from blog.actions import (
    accounts,
    comments,
    course_dates,
    courses,
    draft_conflicts,
    drafts,
    feed_addresses,
    feedback,
    mail,
    paste,
    pictures,
    pods,
    portraits,
    post_states,
    posts,
    process_notes,
    prompts,
    references,
    revisions,
    work_merges,
    works,
)
from blog.exceptions import NotAllowed
from blog.models import (
    Audience,
    HelpStatement,
    OutboxMessage,
    Pod,
    PostTarget,
    Prompt,
    User,
    comment_target,
    notice_version,
)
from blog.paste import Paste
from blog.pictures import CleanPicture
from blog.text.passages import Selection
from tests import factories
from tests.action_rows import NOTIFICATION_ROWS
from tests.action_rows_of_blogs import BLOG_ROWS
from tests.action_rows_of_comments import COMMENT_ROWS
from tests.action_rows_of_courses import COURSE_ROWS
from tests.action_rows_of_grading import GRADING_ROWS
from tests.action_rows_of_guests import EVERYBODY, GUEST_ROWS
from tests.action_rows_of_lti import LTI_ROWS
from tests.action_rows_of_network import NETWORK_ROWS
from tests.action_rows_of_prompts import PROMPT_ROWS
from tests.action_rows_of_roster import ROSTER_ROWS
from tests.action_world import BOOK, all_actions, planted
from tests.moderation_actions import MODERATION_ROWS
from tests.written import rows_written, snapshot, stands_as, undone

# Whoever may do it, of the ROLES in tests.action_world; the others may not.
OWNER = "owner"
TEAM = "assistant instructor"
OWNER_OR_TEAM = "owner assistant instructor"
WRITERS = "peer owner assistant instructor"
MEMBERS = "observer peer owner assistant instructor"
INSTRUCTOR = "instructor"
STUDENTS = "peer owner"
OWNER_OR_INSTRUCTOR = "owner instructor"
STAFF = "staff superuser"
SUPERUSER = "superuser"
SIGNED_IN = "outsider observer peer owner assistant instructor staff superuser"

MADE = CleanPicture(b"large", b"small", (1600, 900), (800, 450), was_animated=False)
PASTE = Paste("News [@luna2020].", "Pasted", works={"luna2020": BOOK})
CONTENT = {"title": "T", "text": "Words.", "audience": Audience.COURSE, "public_until_day": None}


# The rows: “action” or “action: what it is tried on”, who may do it, and the call. ``w`` is the
# world of one of everything, whose rows are read from the database at each look.
AREAS = [
    *(NOTIFICATION_ROWS, GUEST_ROWS, COMMENT_ROWS, MODERATION_ROWS),
    *(GRADING_ROWS, ROSTER_ROWS, COURSE_ROWS, PROMPT_ROWS, NETWORK_ROWS, LTI_ROWS, BLOG_ROWS),
]
ROWS = {name: row for rows in AREAS for name, row in rows.items()} | {
    "accounts.save_profile": ("peer", lambda w, by: accounts.save_profile(w.peer, by=by)),
    "accounts.accept_notice": (
        "peer",
        lambda w, by: accounts.accept_notice(w.peer, notice_version(), by=by),
    ),
    "accounts.change_account": (
        STAFF,
        lambda w, by: accounts.change_account(w.peer, by=by, is_active=False),
    ),
    "accounts.change_account: rights": (
        SUPERUSER,
        lambda w, by: accounts.change_account(w.peer, by=by, is_staff=True),
    ),
    "accounts.change_account: of staff": (
        SUPERUSER,
        lambda w, by: accounts.change_account(w.clerk, by=by, is_active=False),
    ),
    "accounts.record_email_change_asked": (
        "peer",
        lambda w, by: accounts.record_email_change_asked(w.peer, by=by),
    ),
    "accounts.end_sessions": ("peer", lambda w, by: accounts.end_sessions(w.peer, [], by=by)),
    "accounts.remove_second_steps": (
        STAFF,
        lambda w, by: accounts.remove_second_steps(w.with_second_step, by=by),
    ),
    "accounts.choose_editor": (
        "peer",
        lambda w, by: accounts.choose_editor(w.peer, "markdown", by=by),
    ),
    "accounts.allow_opening_courses": (
        STAFF,
        lambda w, by: accounts.allow_opening_courses(w.peer, by=by, allowed=True),
    ),
    "accounts.confirm_email": (STAFF, lambda w, by: accounts.confirm_email(w.peer, by=by)),
    "accounts.confirm_email: of staff": (
        SUPERUSER,
        lambda w, by: accounts.confirm_email(w.clerk, by=by),
    ),
    "accounts.ask_to_confirm_email": (
        STAFF,
        lambda w, by: accounts.ask_to_confirm_email(w.unconfirmed, by=by),
    ),
    "comments.add_comment": (
        WRITERS,
        lambda w, by: comments.add_comment(w.post, by=by, text="A thought."),
    ),
    "comments.add_comment: on a passage": (
        WRITERS,
        lambda w, by: comments.add_comment(
            w.post, by=by, text="A thought.", selection=Selection(1, paragraph=1)
        ),
    ),
    "comments.add_comment: a reply": (
        WRITERS,
        lambda w, by: comments.add_comment(w.post, by=by, text="A reply.", parent=w.comment),
    ),
    "comments.add_comment: on a post for its author and the teaching team": (
        OWNER_OR_TEAM,
        lambda w, by: comments.add_comment(w.private_post, by=by, text="A thought."),
    ),
    "comments.edit_comment": (
        OWNER,
        lambda w, by: comments.edit_comment(w.comment, by=by, text="A better thought."),
    ),
    "comments.delete_comment": (OWNER, lambda w, by: comments.delete_comment(w.comment, by=by)),
    "comments.restore_comment": (
        OWNER,
        lambda w, by: comments.restore_comment(w.deleted_comment, by=by),
    ),
    "comments.correct_addressee": (
        OWNER_OR_INSTRUCTOR,
        lambda w, by: comments.correct_addressee(w.comment, by=by, addressee=w.peer),
    ),
    "courses.create_course": (
        SUPERUSER,
        lambda w, by: courses.create_course(
            by=by,
            slug="new",
            title="New",
            starts_on=w.course.starts_on,
            ends_on=w.course.ends_on,
        ),
    ),
    "courses.appoint_instructor": (
        STAFF,
        lambda w, by: courses.appoint_instructor(w.course, w.peer, by=by),
    ),
    "course_dates.change_course_dates": (
        INSTRUCTOR,
        lambda w, by: course_dates.change_course_dates(w.course, by=by),
    ),
    "course_dates.choose_day_to_erase": (
        INSTRUCTOR,
        lambda w, by: course_dates.choose_day_to_erase(w.course, by=by),
    ),
    "courses.change_course": (INSTRUCTOR, lambda w, by: courses.change_course(w.course, by=by)),
    "draft_conflicts.keep_conflict_copy": (
        OWNER,
        lambda w, by: draft_conflicts.keep_conflict_copy(
            PostTarget(w.post), by=by, content=CONTENT, tab=None
        ),
    ),
    "draft_conflicts.keep_conflict_copy: of a comment": (
        WRITERS,
        lambda w, by: draft_conflicts.keep_conflict_copy(
            comment_target(w.post), by=by, content=CONTENT, tab=None
        ),
    ),
    "draft_conflicts.keep_earlier_words": (
        OWNER,
        lambda w, by: draft_conflicts.keep_earlier_words(
            PostTarget(w.post), by=by, content=CONTENT
        ),
    ),
    "draft_conflicts.resolve_conflict": (
        OWNER,
        lambda w, by: draft_conflicts.resolve_conflict(w.copy, by=by, chosen=CONTENT, rest=[]),
    ),
    "draft_conflicts.undo_resolution": (
        OWNER,
        lambda w, by: draft_conflicts.undo_resolution(w.archived, by=by),
    ),
    "drafts.start_post": (WRITERS, lambda w, by: drafts.start_post(w.course, by=by)),
    "drafts.save_draft": (
        OWNER,
        lambda w, by: drafts.save_draft(PostTarget(w.post), by=by, **CONTENT),
    ),
    "drafts.save_draft: of a comment": (
        WRITERS,
        lambda w, by: drafts.save_draft(comment_target(w.post), by=by, text="Half", audience=30),
    ),
    "drafts.save_draft: of a reply": (
        WRITERS,
        lambda w, by: drafts.save_draft(
            comment_target(w.post, parent=w.comment), by=by, text="Half", audience=30
        ),
    ),
    "drafts.save_draft: of an edit": (
        OWNER,
        lambda w, by: drafts.save_draft(
            comment_target(w.post, comment=w.comment), by=by, text="Half", audience=30
        ),
    ),
    "drafts.discard_draft": (OWNER, lambda w, by: drafts.discard_draft(PostTarget(w.post), by=by)),
    "mail.retry_mail": (STAFF, lambda w, by: mail.retry_mail(OutboxMessage.objects.all(), by=by)),
    "paste.add_pasted_references": (
        OWNER,
        lambda w, by: paste.add_pasted_references(w.post, PASTE, by=by),
    ),
    "paste.insert_paste": (
        OWNER,
        lambda w, by: paste.insert_paste(w.post, PASTE, by=by, replace=True, version=None),
    ),
    "paste.undo_paste": (OWNER, lambda w, by: paste.undo_paste(w.archived, by=by)),
    "pictures.add_picture": (
        OWNER,
        lambda w, by: pictures.add_picture(w.post, MADE, by=by, alternative="A map"),
    ),
    "pictures.write_picture": (OWNER, lambda w, by: pictures.write_picture(w.post, MADE, by=by)),
    "pictures.append_to_draft": (OWNER, lambda w, by: pictures.append_to_draft(w.picture, by=by)),
    "pods.save_pod": (
        INSTRUCTOR,
        lambda w, by: pods.save_pod(w.pod, by=by, added=[w.membership], instead_of=w.pod.name),
    ),
    "pods.save_pod: a new one": (
        INSTRUCTOR,
        lambda w, by: pods.save_pod(Pod(course=w.course, name="New"), by=by, added=[w.membership]),
    ),
    "pods.delete_pod": (INSTRUCTOR, lambda w, by: pods.delete_pod(w.pod, by=by)),
    "portraits.change_portrait": (
        "peer",
        lambda w, by: portraits.change_portrait(w.peer, "portraits/x.webp", by=by),
    ),
    "portraits.write_portrait": (
        "peer",
        lambda w, by: portraits.write_portrait(w.peer, b"square", by=by),
    ),
    "portraits.remove_portrait": (
        "peer staff superuser",
        lambda w, by: portraits.remove_portrait(w.peer, by=by),
    ),
    "posts.publish_post": (
        OWNER,
        lambda w, by: posts.publish_post(
            w.post, by=by, title="T", text="New words.", audience=Audience.COURSE
        ),
    ),
    "post_states.withdraw_post": (OWNER, lambda w, by: post_states.withdraw_post(w.post, by=by)),
    "post_states.delete_post": (OWNER, lambda w, by: post_states.delete_post(w.post, by=by)),
    "post_states.restore_post": (
        OWNER,
        lambda w, by: post_states.restore_post(w.deleted_post, by=by),
    ),
    "posts.republish_post": (OWNER, lambda w, by: posts.republish_post(w.withdrawn_post, by=by)),
    "feed_addresses.create_feed_address": (
        "peer",
        lambda w, by: feed_addresses.create_feed_address(w.peer, by=by, with_posts=True),
    ),
    "feed_addresses.renew_feed_address": (
        "peer",
        lambda w, by: feed_addresses.renew_feed_address(w.feed_address, by=by),
    ),
    "feed_addresses.remove_feed_address": (
        "peer",
        lambda w, by: feed_addresses.remove_feed_address(w.feed_address, by=by),
    ),
    "feedback.mark_feedback_seen": (
        OWNER,
        lambda w, by: feedback.mark_feedback_seen(w.released_grading, by=by),
    ),
    "feedback.save_feedback_reply": (
        OWNER,
        lambda w, by: feedback.save_feedback_reply(
            w.released_grading.prompt, by=by, text="Fewer claims."
        ),
    ),
    "process_notes.save_process_note": (
        OWNER,
        lambda w, by: process_notes.save_process_note(
            w.process_note, [], HelpStatement(post=w.post, people="My sister."), by=by
        ),
    ),
    "process_notes.remove_process_note": (
        OWNER,
        lambda w, by: process_notes.remove_process_note(w.post, by=by),
    ),
    "prompts.save_prompt": (
        INSTRUCTOR,
        lambda w, by: prompts.save_prompt(w.prompt, by=by, works=[w.work], pasted=[]),
    ),
    "prompts.save_prompt: a new one": (
        INSTRUCTOR,
        lambda w, by: prompts.save_prompt(
            Prompt(
                course=w.course,
                title="New",
                question="Why?",
                opens_at=w.prompt.opens_at,
                due_at=w.prompt.due_at,
                comments_due_at=w.prompt.comments_due_at,
            ),
            by=by,
            works=[],
            pasted=[BOOK],
        ),
    ),
    "references.add_reference": (
        OWNER,
        lambda w, by: references.add_reference(w.post, w.other_work, by=by),
    ),
    "references.add_references": (
        OWNER,
        lambda w, by: references.add_references(w.post, [BOOK], by=by),
    ),
    "references.add_works_to": (
        OWNER,
        lambda w, by: references.add_works_to(w.post, [(w.other_work, None)], by=by),
    ),
    "references.change_reference": (
        OWNER,
        lambda w, by: references.change_reference(w.reference, by=by, key="ties"),
    ),
    "references.remove_reference": (
        OWNER,
        lambda w, by: references.remove_reference(w.reference, by=by),
    ),
    "references.share_references": (
        OWNER,
        lambda w, by: references.share_references(w.post, by=by),
    ),
    "references.cite_post": (
        OWNER,
        lambda w, by: references.cite_post(w.peers_post, by=by, onto=w.post, url="https://x.org/"),
    ),
    "references.cite_post: one’s own private post": (
        "",
        lambda w, by: references.cite_post(
            w.private_post, by=by, onto=w.post, url="https://x.org/"
        ),
    ),
    "revisions.restore_revision": (
        OWNER,
        lambda w, by: revisions.restore_revision(w.post.revisions.get(number=1), by=by),
    ),
    "revisions.undo_restore": (OWNER, lambda w, by: revisions.undo_restore(w.archived, by=by)),
    "works.add_work": (WRITERS, lambda w, by: works.add_work(w.course, BOOK, by=by)),
    "works.add_works": (WRITERS, lambda w, by: works.add_works(w.course, [BOOK], by=by)),
    "works.share_works": (WRITERS, lambda w, by: works.share_works([w.work], by=by)),
    "works.change_work": (
        OWNER_OR_INSTRUCTOR,
        lambda w, by: works.change_work(w.work, factories.ARTICLE | {"title": "Ties"}, by=by),
    ),
    "works.change_work: one that others cite": (
        INSTRUCTOR,
        lambda w, by: works.change_work(w.shared_work, BOOK, by=by),
    ),
    "works.accept_correction": (
        OWNER_OR_INSTRUCTOR,
        lambda w, by: works.accept_correction(w.work, works.ALL_CORRECTIONS, by=by),
    ),
    "work_merges.merge_works": (
        INSTRUCTOR,
        lambda w, by: work_merges.merge_works(w.other_work, by=by, into=w.work),
    ),
    "work_merges.split_work": (INSTRUCTOR, lambda w, by: work_merges.split_work(w.merge, by=by)),
}


def action_of(row):
    return row.split(":")[0]


def test_every_action_has_its_row():
    assert sorted({action_of(row) for row in ROWS}) == sorted(all_actions())


@pytest.mark.parametrize("name", all_actions())
def test_an_action_names_its_actor(name):
    by = inspect.signature(all_actions()[name]).parameters.get("by")

    assert by is not None
    assert (by.kind, by.annotation) == (inspect.Parameter.KEYWORD_ONLY, User)


@pytest.mark.parametrize("name", all_actions())
def test_an_action_checks_its_actor_in_its_first_line(name):
    [function] = ast.parse(inspect.getsource(all_actions()[name])).body
    first = function.body[1] if ast.get_docstring(function) else function.body[0]

    assert ast.unparse(first).startswith("access.require(")
    assert "by" in {node.id for node in ast.walk(first) if isinstance(node, ast.Name)}


@pytest.fixture(scope="module")
def planted_course(django_db_setup, django_db_blocker):
    """Yield one course for all rows, as each is tried and undone."""
    with planted(django_db_blocker) as (people, world):
        yield people, world, snapshot()


@pytest.fixture
def people(planted_course, db):
    return planted_course[0]


@pytest.fixture
def world(planted_course, db):
    return planted_course[1]


def is_allowed(act, world, person):
    """Return whether an action lets this person through."""
    try:
        act(world, User.objects.get(pk=person.pk) if person else AnonymousUser())
    except NotAllowed:
        return False
    return True


@pytest.mark.slow
@pytest.mark.whole
@pytest.mark.parametrize("row", ROWS)
def test_action(row, planted_course, db):
    allowed, act = ROWS[row]
    people, world, before = planted_course
    let_through = []

    for role, person in people.items():
        with undone():
            since = rows_written()
            if is_allowed(act, world, person):
                let_through.append(role)
            else:
                assert stands_as(before, since, snapshot), f"{role} changed rows"

    assert let_through == allowed.split()


@pytest.mark.parametrize(
    "row",
    [row for row, (allowed, _act) in ROWS.items() if OWNER in allowed and allowed != EVERYBODY],
)
def test_action_of_a_removed_author(row, people, world):
    ada = people["owner"]
    world.course.memberships.filter(user=ada).update(ended_at=timezone.now())
    before, since = snapshot(), rows_written()

    assert not is_allowed(ROWS[row][1], world, ada)
    assert stands_as(before, since, snapshot)


@pytest.mark.parametrize("row", ROWS)
def test_action_of_a_closed_account(row, people, world):
    allowed, act = ROWS[row]
    having_accounts = [role for role in allowed.split() if people[role]]
    closed = [people[role].pk for role in having_accounts]
    User.objects.filter(pk__in=closed).update(is_active=False)
    before, since = snapshot(), rows_written()

    assert not [role for role in having_accounts if is_allowed(act, world, people[role])]
    assert stands_as(before, since, snapshot)
