"""Permissions: who can do what. Who can *see* what is each model's ``visible_to``.

Every function takes the person first and returns whether they can. ``membership_in`` is None for
outsiders and for people whose membership has ended, so they can do nothing.
"""

from django.conf import settings
from django.utils.translation import gettext as _

from blog.exceptions import NotAllowed, Refused
from blog.models import (
    Audience,
    Comment,
    Course,
    Draft,
    DraftTarget,
    Grading,
    GuestComments,
    Invitation,
    Membership,
    NormProposal,
    OwnBlog,
    Post,
    Prompt,
    Revision,
    User,
    Work,
    post_of,
)
from blog.models.guest_comments import is_by_guest
from blog.models.row_visibility import is_in_audience, sees_post
from blog.text.lists import isolated

Role = Membership.Role


def require(allowed: bool, message: str = "") -> None:
    """Raise NotAllowed unless ``allowed``. Every action begins with this."""
    if not allowed:
        raise NotAllowed(message or _("You are not allowed to do this."))


def require_sign_in(person: User) -> None:
    """Raise Refused unless somebody who is to teach or to open courses can sign in to do so."""
    if not person.is_active:
        message = _("The account of %(name)s is closed. Site staff can open it again.")
    elif not person.has_confirmed_email:
        message = _(
            "%(name)s has not confirmed their email yet. They can open the link in our email, or "
            "site staff can confirm it."
        )
    else:
        return
    raise Refused(message % {"name": isolated(str(person))})


def is_closed(user: User) -> bool:
    """Return whether this is the account of somebody whom site staff have locked out."""
    return user.is_authenticated and not user.is_active


def require_open(course: Course) -> None:
    """Raise Refused in an archived course, for what no role decides: joining, and guests."""
    if course.is_archived:
        raise Refused(_("This course is archived. Nobody can join it or write in it now."))


def _reading_role(user: User, course: Course) -> str | None:
    """Return the role of a member in a course, archived or not; a closed account has none."""
    is_open = user.is_authenticated and user.is_active
    membership = user.membership_in(course) if is_open else None
    return membership.role if membership else None


def _role(user: User, course: Course) -> str | None:
    """Return the role of somebody who can change something: nobody can in an archived course."""
    return None if course.is_archived else _reading_role(user, course)


def can_open_course(user: User) -> bool:
    """Allow people with the permission ``open_course``."""
    return user.has_perm("blog.open_course")


def can_edit_course(user: User, course: Course) -> bool:
    """Allow instructors: settings, prompts, rubrics, pods, roster, course code."""
    return _role(user, course) == Role.INSTRUCTOR


def can_see_settings(user: User, course: Course) -> bool:
    """Allow instructors, also of an archived course, to read and copy its settings."""
    return _reading_role(user, course) == Role.INSTRUCTOR


def can_archive_course(user: User, course: Course) -> bool:
    """Allow instructors; they also reopen the course, and delete one that nobody has used."""
    return _reading_role(user, course) == Role.INSTRUCTOR


def can_erase_course(user: User, course: Course) -> bool:
    """Allow instructors, also of an archived course: they choose and cancel the day for it."""
    return _reading_role(user, course) == Role.INSTRUCTOR


def can_withhold_names(user: User, course: Course) -> bool:
    """Allow instructors, also of an archived course: its pages too show names to withhold."""
    return _reading_role(user, course) == Role.INSTRUCTOR


def can_ask_to_be_withheld(user: User, membership: Membership) -> bool:
    """Allow students, for their own name, also in an archived course."""
    is_theirs = user.pk == membership.user_id
    return is_theirs and _reading_role(user, membership.course) == Role.STUDENT


def can_announce(user: User, course: Course) -> bool:
    """Allow instructors."""
    return _role(user, course) == Role.INSTRUCTOR


def can_write_to_students(user: User, course: Course) -> bool:
    """Allow instructors to mail chosen students."""
    return _role(user, course) == Role.INSTRUCTOR


def can_join_course(user: User) -> bool:
    """Allow everybody with an account; the code decides which course."""
    return user.is_authenticated and user.is_active


def can_accept_invitation(user: User, invitation: Invitation) -> bool:
    """Allow everybody with the link and an account; into the teaching team, at its own email only.

    A link can be forwarded, and whoever teaches reads what students write for the team alone. So
    such a link confirms no email.
    """
    if not can_join_course(user):
        return False
    return not invitation.teaches or invitation.email in user.confirmed_emails


def can_grade(user: User, course: Course) -> bool:
    """Allow the teaching team."""
    return _role(user, course) in Membership.TEACHING


def can_see_grading(user: User, course: Course) -> bool:
    """Allow the teaching team, also when the course is archived."""
    return _reading_role(user, course) in Membership.TEACHING


def can_change_grading(user: User, grading: Grading) -> bool:
    """Allow its grader, while they teach the course."""
    return grading.grader_id == user.pk and can_grade(user, grading.prompt.course)


def can_read_feedback(user: User, grading: Grading) -> bool:
    """Allow the student of a released grade of record, while they are a member."""
    is_released = grading.of_record and grading.is_released
    return (
        is_released
        and grading.student_id == user.pk
        and _reading_role(user, grading.prompt.course) is not None
    )


def can_reply_to_feedback(user: User, prompt: Prompt) -> bool:
    """Allow a student who can read released feedback on a prompt, for themselves."""
    if _role(user, prompt.course) is None:
        return False
    own = Grading.objects.visible_to(user).of_record().released().filter(student=user)
    return own.filter(prompt=prompt).exists()


def can_release(user: User, course: Course) -> bool:
    """Allow instructors."""
    return _role(user, course) == Role.INSTRUCTOR


def can_change_gradebook(user: User, course: Course) -> bool:
    """Allow instructors: files of grades in and out, and participation grades."""
    return _role(user, course) == Role.INSTRUCTOR


def can_export_grades(user: User, course: Course) -> bool:
    """Allow instructors: files of grades and pods out, also of an archived course."""
    return _reading_role(user, course) == Role.INSTRUCTOR


def can_export_network(user: User, course: Course) -> bool:
    """Allow instructors: files of who wrote to whom in the class."""
    return _role(user, course) == Role.INSTRUCTOR


def can_compare_graders(user: User, course: Course) -> bool:
    """Allow instructors: second grades, differences, posts that all graders grade first."""
    return _role(user, course) == Role.INSTRUCTOR


def can_write_post(user: User, course: Course) -> bool:
    """Allow members, except observers."""
    return _role(user, course) in (Role.STUDENT, Role.INSTRUCTOR, Role.ASSISTANT)


def can_see_own_work(user: User, course: Course) -> bool:
    """Allow members who have posts of their own, also when the course is archived."""
    return _reading_role(user, course) in (Role.STUDENT, Role.INSTRUCTOR, Role.ASSISTANT)


def can_edit_post(user: User, post: Post) -> bool:
    """Allow the author alone, while they are a member. Nobody edits another person's text."""
    return post.author_id == user.pk and can_write_post(user, post.course)


def can_edit_text(user: User, post: Post) -> bool:
    """Allow whoever can edit a post, unless its text is that of their blog: it is changed there."""
    return can_edit_post(user, post) and not post.follows_source


def can_connect_blog(user: User, course: Course) -> bool:
    """Allow members who write, until the last day, unless site or instructors turn that off."""
    is_on = settings.OWN_BLOGS and course.takes_own_blogs
    return is_on and can_write_post(user, course) and not course.has_ended


def can_change_blog(user: User, blog: OwnBlog) -> bool:
    """Allow the person who connected it, while they are a member who writes."""
    return blog.person_id == user.pk and can_write_post(user, blog.course)


def can_stop_blog(user: User, blog: OwnBlog) -> bool:
    """Allow the person who connected it, and instructors."""
    return can_change_blog(user, blog) or can_edit_course(user, blog.course)


def can_read_history(user: User, post: Post) -> bool:
    """Allow the author of a post and the teaching team to read its earlier versions."""
    return post.author_id == user.pk or can_see_grading(user, post.course)


def can_read_version(user: User, post: Post, version: Revision) -> bool:
    """Allow readers of the history; others too, if no fewer people could read the version.

    Words that their author removed before more people could read the post are for nobody new.
    """
    if user.is_authenticated and can_read_history(user, post):
        return True
    is_member = user.is_authenticated and _reading_role(user, post.course) is not None
    widest = Audience.COURSE if is_member else Audience.PUBLIC
    return version.audience >= min(post.audience_now, widest)


def can_change_work(user: User, work: Work) -> bool:
    """Allow instructors and the person who added it; if nobody knows who did, its only user."""
    if can_edit_course(user, work.course):
        return True
    if not can_write_post(user, work.course):
        return False
    if work.added_by_id is not None:
        return work.added_by_id == user.pk
    return not (work.required_by.exists() or work.references.exclude(post__author=user).exists())


def can_cite_post(user: User, post: Post) -> bool:
    """Allow everybody who writes, if the course can read the post and no gate hides it."""
    if not (post.is_open_to_course and can_write_post(user, post.course)):
        return False
    return post.author_id == user.pk or post.prompt_id not in user.gated_prompts


def can_merge_works(user: User, course: Course) -> bool:
    """Allow instructors: merging and splitting works changes references of many posts."""
    return _role(user, course) == Role.INSTRUCTOR


def can_comment_in(user: User, course: Course) -> bool:
    """Allow everybody who writes, until the course's last day."""
    return can_write_post(user, course) and not course.is_over


def can_comment(user: User, post: Post) -> bool:
    """Allow whoever can comment in its course, on a published post that is not hidden."""
    return post.is_published and not post.is_hidden and can_comment_in(user, post.course)


def can_add_comment(user: User, post: Post) -> bool:
    """Allow members who write and belong to the post's audience.

    What it takes besides, a published post and a course that is not over, the action refuses in
    words: it may be lost while somebody writes, and an import brings comments of its own day.
    """
    return can_write_post(user, post.course) and is_in_audience(user, post)


def can_edit_draft(user: User, target: DraftTarget) -> bool:
    """Allow the author of a post or comment, for its draft; readers who write, for a new one."""
    if target.comment is not None:
        return can_edit_comment(user, target.comment)
    if target.kind == Draft.Kind.POST:
        return can_edit_text(user, target.post)
    return sees_post(user, target.post) and can_write_post(user, target.post.course)


def can_edit_comment(user: User, comment: Comment) -> bool:
    """Allow the author alone, while they are a member."""
    return (
        comment.author_id is not None
        and comment.author_id == user.pk
        and can_write_post(user, comment.post.course)
    )


def can_use_comment(user: User, comment: Comment) -> bool:
    """Allow the author of the post, for a comment by somebody else."""
    return comment.author_id != user.pk and can_edit_post(user, comment.post)


def can_mark_comments_seen(user: User, post: Post) -> bool:
    """Allow members who see the post, for themselves."""
    return _reading_role(user, post.course) is not None and sees_post(user, post)


def can_report(user: User, target: Post | Comment) -> bool:
    """Allow members who see it, except its author."""
    return target.author_id != user.pk and _role(user, post_of(target).course) is not None


def can_moderate(user: User, target: Post | Comment) -> bool:
    """Allow the teaching team, about the posts and comments of their course that they see."""
    return can_moderate_in(user, post_of(target).course)


def can_see_moderation(user: User, course: Course) -> bool:
    """Allow the teaching team, also when the course is archived."""
    return _reading_role(user, course) in Membership.TEACHING


def can_see_class_network(user: User, course: Course) -> bool:
    """Allow the teaching team, also when the course is archived: figures of a class, its lists."""
    return _reading_role(user, course) in Membership.TEACHING


def can_put_posts_first(user: User, course: Course) -> bool:
    """Allow the teaching team to choose which posts are offered first for a comment."""
    return _role(user, course) in Membership.TEACHING


def can_moderate_in(user: User, course: Course) -> bool:
    """Allow the teaching team."""
    return can_grade(user, course)


def can_read_decision(user: User, target: Post | Comment) -> bool:
    """Allow the author concerned, while they are a member; also in an archived course."""
    is_own = target.author_id is not None and target.author_id == user.pk
    return is_own and _reading_role(user, post_of(target).course) is not None


def can_reply_to_decision(user: User, target: Post | Comment) -> bool:
    """Allow whoever can read a decision as the author, while they can write."""
    return can_read_decision(user, target) and can_write_post(user, post_of(target).course)


def can_propose_norm(user: User, course: Course) -> bool:
    """Allow members of every role."""
    return _role(user, course) is not None


def can_take_back_proposal(user: User, proposal: NormProposal) -> bool:
    """Allow the member who made it."""
    return proposal.proposed_by_id == user.pk and can_propose_norm(user, proposal.course)


def can_decide_on_norms(user: User, course: Course) -> bool:
    """Allow instructors."""
    return _role(user, course) == Role.INSTRUCTOR


def can_comment_as_guest(user: User, post: Post) -> bool:
    """Allow people outside its course, on a public post, if the course lets guests comment."""
    takes_guests = post.course.guest_comments != GuestComments.OFF and not post.course.is_over
    return post.is_public and takes_guests and _is_guest_of(user, post.course)


def can_follow_guest_comment(user: User, comment: Comment, token: str) -> bool:
    """Allow whoever has the address of a guest comment's status page: they wrote it."""
    is_archived = comment.post.course.is_archived
    is_theirs = is_by_guest(comment) and comment.guest.has_token(token)
    return is_theirs and not is_closed(user) and not is_archived


def _is_guest_of(user: User, course: Course) -> bool:
    if not user.is_authenticated:
        return True
    return user.is_active and user.membership_in(course) is None


def can_decide_guest_comment(user: User, comment: Comment) -> bool:
    """Allow the teaching team, about a comment by a guest."""
    return comment.author_id is None and can_grade(user, comment.post.course)


def can_import_guest_comment(user: User, post: Post) -> bool:
    """Allow instructors, on a published post that everybody on the web can read."""
    return post.is_public and can_edit_course(user, post.course)


def can_correct_addressee(user: User, comment: Comment) -> bool:
    """Allow the author of a comment, or an instructor, to change whom it addresses."""
    return can_edit_comment(user, comment) or can_edit_course(user, comment.post.course)


def can_follow(user: User, person: User, course: Course) -> bool:
    """Allow members to follow other members."""
    return (
        user.pk != person.pk
        and _role(user, course) is not None
        and _role(person, course) is not None
    )


def can_unfollow(user: User, course: Course) -> bool:
    """Allow members to unfollow anybody, also people who have left the course."""
    return _role(user, course) is not None


def can_choose_suggestions(user: User, course: Course) -> bool:
    """Allow students to choose what they are offered to read."""
    return _role(user, course) == Role.STUDENT


def can_keep_network(user: User, course: Course) -> bool:
    """Allow members, their own: what is suggested to them, and whom they have muted."""
    return _role(user, course) is not None


def can_ask_network(user: User, post: Post) -> bool:
    """Allow the author, a student, until the course's last day, if classmates can see the post."""
    is_theirs = post.author_id == user.pk and _role(user, post.course) == Role.STUDENT
    is_there = post.is_published and post.deleted_at is None and not post.is_hidden
    return is_theirs and is_there and post.audience >= Audience.POD and not post.course.is_over


def _is_own(user: User, person: User) -> bool:
    return user.is_authenticated and user.is_active and user.pk == person.pk


def can_change_profile(user: User, person: User) -> bool:
    """Allow everybody their own."""
    return _is_own(user, person)


def can_take_everything(user: User, person: User) -> bool:
    """Allow everybody a file of all they have in a course, also in one that they have left."""
    return _is_own(user, person)


def can_leave_course(user: User, membership: Membership) -> bool:
    """Allow members, whatever their role, also when the course is archived."""
    is_theirs = user.pk == membership.user_id
    return is_theirs and _reading_role(user, membership.course) is not None


def can_erase_account(user: User, person: User) -> bool:
    """Allow everybody their own."""
    return _is_own(user, person)


def can_remove_portrait(user: User, person: User) -> bool:
    """Allow everybody their own; staff that of people whose accounts they can change."""
    return can_change_profile(user, person) or can_change_account(user, person)


def can_change_account(user: User, person: User) -> bool:
    """Allow staff for members' accounts, superusers those of staff too; nobody their own."""
    if user.pk == person.pk or not (user.is_staff and user.has_perm("blog.change_user")):
        return False
    if person.erased_at:  # nobody is behind it
        return False
    return user.is_superuser or not (person.is_staff or person.is_superuser)


def can_change_own_choices(user: User, person: User) -> bool:
    """Allow everybody to set up the site for themselves, and for nobody else."""
    return _is_own(user, person)


def can_appoint_teachers(user: User) -> bool:
    """Allow staff who can change people: they give the right to open courses."""
    return user.is_staff and user.has_perm("blog.change_user")


def can_appoint_instructor(user: User, person: User) -> bool:
    """Allow staff who can change people, except for themselves: courses are not theirs to read."""
    return can_appoint_teachers(user) and user.pk != person.pk and not person.erased_at


def can_retry_mail(user: User) -> bool:
    """Allow staff who can change mail."""
    return user.is_staff and user.has_perm("blog.change_outboxmessage")
