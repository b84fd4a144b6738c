"""Rows for tests, made plainly. Each function has only the defaults that a test never looks at.

These write rows and run no action: nothing is rendered, logged or mailed. Only ties are kept in
step, as they must be for any action that follows. Tests of actions call the actions.
"""

import functools
import itertools
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from blog.models import (
    Announcement,
    Audience,
    Comment,
    CommentRevision,
    CommentUse,
    Course,
    Draft,
    Extension,
    GuestComment,
    HelpStatement,
    Invitation,
    Membership,
    Message,
    Passage,
    Picture,
    Pod,
    Post,
    ProcessMoment,
    ProcessNote,
    Prompt,
    QueuePlace,
    Reference,
    Revision,
    RosterImport,
    RotaEntry,
    Section,
    Takeout,
    User,
    Work,
    notice_version,
)
from network import ties
from network.models import Question, QuestionOffer
from tests.factories.gradebook import (  # noqa: F401 - one name for all factories
    make_adoption,
    make_grade_import,
    make_lms_file,
    make_participation_rule,
)
from tests.factories.grading import (  # noqa: F401 - one name for all factories
    give_levels,
    make_calibration,
    make_comments_grading,
    make_feedback_reply,
    make_former_reply,
    make_grading,
    make_rubric,
    make_saved_comment,
)
from tests.factories.moderation import (  # noqa: F401 - one name for all factories
    make_case,
    make_norm,
    make_proposal,
    make_report,
)
from tests.factories.own_blogs import (  # noqa: F401 - one name for all factories
    make_blog_entry,
    make_imported_post,
    make_own_blog,
)
from tests.factories.platforms import (  # noqa: F401 - one name for all factories
    make_launch,
    make_platform,
    make_platform_account,
    make_platform_course,
    make_platform_member,
    make_registration_link,
)
from tests.factories.wordpress import make_wordpress_import  # noqa: F401 - the same

Role = Membership.Role
serial = itertools.count(1)

ARTICLE = {
    "type": "article-journal",
    "author": [{"family": "Granovetter", "given": "Mark S."}],
    "title": "The strength of weak ties",
    "container-title": "American Journal of Sociology",
    "volume": "78",
    "issue": "6",
    "page": "1360-1380",
    "issued": {"date-parts": [[1973]]},
    "DOI": "10.1086/225469",
}


PASSWORD = "correct horse battery"


@functools.cache
def hashed_password():
    """Hash the one password once: hashing is slow on purpose."""
    return make_password(PASSWORD)


def make_user(name=None, **fields):
    """Make a person with a confirmed e-mail, who logs in with PASSWORD."""
    name = name or f"Person {next(serial)}"
    fields.setdefault("email", f"{slugify(name)}-{next(serial)}@example.edu")
    fields.setdefault("display_name", name)
    fields.setdefault("notice_version", notice_version())
    fields.setdefault("editor", User.Editor.MARKDOWN)  # what most tests of the editor write in
    user = User.objects.create(password=hashed_password(), **fields)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def make_session(user):
    """Make the row of a browser in which a person is signed in."""
    key = get_random_string(32)
    return UserSession.objects.create(user=user, session_key=key, ip="192.0.2.7", user_agent="")


def make_portrait(user):
    """Give a person a portrait whose file is no picture."""
    user.portrait.save("", ContentFile(b"a square"))


def make_takeout(person, course=None, *, content=b"a zip", **fields):
    """Make a file of everything of a person that is ready, whose content is no zip."""
    fields.setdefault("state", Takeout.State.READY)
    fields.setdefault("finished_at", timezone.now())
    takeout = Takeout(person=person, course=course, bytes=len(content), **fields)
    takeout.file.save("", ContentFile(content), save=False)
    takeout.save()
    return takeout


def make_course(slug=None, *, instructor=None, **fields):
    """Make a course that runs now, in UTC, with its instructor if one is given."""
    today = timezone.now().date()
    fields.setdefault("title", "Learning in networks")
    fields.setdefault("starts_on", today - timedelta(days=42))
    fields.setdefault("ends_on", today + timedelta(days=42))
    fields.setdefault("widest_audience", Audience.PUBLIC)
    course = Course.objects.create(slug=slug or f"course-{next(serial)}", **fields)
    if instructor is not None:
        add_member(course, instructor, Role.INSTRUCTOR)
    return course


def add_member(course, user, role=Role.STUDENT, **fields):
    """Add a member; the person's memberships are loaded again where they were cached."""
    user.__dict__.pop("memberships_now", None)
    if fields.get("is_confidential"):
        user.is_confidential = True
        user.save(update_fields=["is_confidential"])
    return Membership.objects.create(course=course, user=user, role=role, **fields)


def make_pod(course, name=None, *members):
    pod = Pod.objects.create(course=course, name=name or f"Pod {next(serial)}")
    for user in members:
        Membership.objects.filter(course=course, user=user).update(pod=pod)
        user.__dict__.pop("memberships_now", None)
    return pod


def make_section(course, name=None):
    return Section.objects.create(course=course, name=name or f"Section {next(serial)}")


def make_invitation(course, invited_by, email=None, **fields):
    """Make an invitation whose mail is sent."""
    fields.setdefault("name", "Ines Invited")
    email = email or f"invited-{next(serial)}@example.edu"
    return Invitation.objects.create(course=course, invited_by=invited_by, email=email, **fields)


def make_roster_import(course, created_by, pasted="Nia New, nia.new@example.edu", **fields):
    """Make a pasted list of people, which nobody has added yet if it is not said."""
    return RosterImport.objects.create(
        course=course, created_by=created_by, data=pasted.encode(), is_pasted=True, **fields
    )


def make_announcement(course, author, title="News", text="Some words.", *, sent=True, **fields):
    """Make an announcement that was sent a minute ago, or waits for ten more."""
    wait = timedelta(minutes=-1 if sent else 10)
    fields.setdefault("sends_at", timezone.now() + wait)
    return Announcement.objects.create(
        course=course, author=author, title=title, text=text, **fields
    )


def make_message(prompt, author, *students, to="no-comments", text="Some words.", **fields):
    """Make a message to students that waits for ten minutes, without its mails."""
    message = Message.objects.create(
        prompt=prompt, author=author, to=to, title="Ties", text=text, **fields
    )
    message.students.set(students)
    return message


def make_prompt(course, **fields):
    now = timezone.now()
    fields.setdefault("number", course.prompts.count() + 1)
    fields.setdefault("title", f"Blog post {fields['number']}")
    fields.setdefault("question", "What does it mean to learn in a network?")
    fields.setdefault("question_html", f"<p>{fields['question']}</p>")
    fields.setdefault("question_plain", fields["question"])
    fields.setdefault("opens_at", now - timedelta(days=7))
    fields.setdefault("due_at", now + timedelta(days=7))
    fields.setdefault("comments_due_at", fields["due_at"] + timedelta(days=7))
    return Prompt.objects.create(course=course, **fields)


def make_extension(prompt, student, given_by, *, days=3, **fields):
    """Give a student some days more for their post than everybody has."""
    fields.setdefault("until", prompt.due_at + timedelta(days=days))
    return Extension.objects.create(prompt=prompt, student=student, given_by=given_by, **fields)


def make_rota_prompt(course, *, hours_left=96, **fields):
    """Make a prompt with a rota whose posts were due, and whose comments are due in some hours."""
    now = timezone.now()
    fields.setdefault("rota", Prompt.Rota.MIXED)
    fields.setdefault("due_at", now - timedelta(hours=2))
    return make_prompt(course, comments_due_at=now + timedelta(hours=hours_left), **fields)


def make_rota_entry(reader, post, **fields):
    """Give a post to a student to comment on."""
    return RotaEntry.objects.create(reader=reader, post=post, **fields)


def set_queue_number(prompt, student, number):
    """Give a student a number in the grading queue that a test can name."""
    QueuePlace.objects.filter(prompt=prompt, student=student).update(number=number)


def desk_address(post):
    """Return where a post is graded."""
    place = QueuePlace.objects.get(prompt=post.prompt, student=post.author)
    args = [post.course.slug, post.prompt.number, place.number]
    return reverse("grading_student", args=args)


def make_draft_post(author, course, title="A draft", text="Half a thought.", **fields):
    """Make a post that was never published, with what its author has typed so far."""
    fields.setdefault("slug", f"{slugify(title)}-{next(serial)}")
    post = Post.objects.create(author=author, course=course, title=title, **fields)
    Draft.objects.create(user=author, post=post, title=title, text=text, audience=post.audience)
    return post


def make_draft(author, post, text="More words.", **fields):
    """Make what the author of a post has typed since and not published."""
    return Draft.objects.create(user=author, post=post, title=post.title, text=text, **fields)


def make_post(author, course, title="A post", text="Some words.", *, at=None, **fields):
    """Make a published post whose HTML is one paragraph of its text."""
    at = at or timezone.now()
    fields.setdefault("slug", f"{slugify(title)}-{next(serial)}")
    post = Post.objects.create(author=author, course=course, title=title, **fields)
    revision = make_revision(post, title=title, text=text, created_at=at)
    post.revision = revision
    post.status = fields.get("status", Post.Status.PUBLISHED)
    post.published_at = at
    post.save()
    return post


def make_withdrawn_post(author, course, title="A post", **fields):
    """Make a post that was published and is withdrawn."""
    post = make_post(author, course, title, **fields)
    post.status = Post.Status.WITHDRAWN
    post.save()
    return post


def make_revision(post, *, number=1, title="A post", text="Some words.", **fields):
    return Revision.objects.create(
        post=post,
        number=number,
        title=title,
        text=text,
        html=f'<p id="p1">{text}</p>',
        excerpt=text,
        paragraphs=[text],
        words=len(text.split()),
        renderer=1,
        created_by=post.author,
        **fields,
    )


def publish_again(post, text="Better words.", **fields):
    """Publish another text as the next version of a post; return the version."""
    number = post.revision.number + 1
    post.revision = make_revision(post, number=number, title=post.title, text=text, **fields)
    post.save()
    return post.revision


def make_process_note(post, text="It began on a train.", *, moments=(), **fields):
    """Make a note on how a post came about, with moments whose words are ``moments``."""
    note = ProcessNote.objects.create(
        post=post, text=text, html=f"<p>{text}</p>", version=1, **fields
    )
    for number, words in enumerate(moments, start=1):
        ProcessMoment.objects.create(
            note=note,
            source=f"earlier-{number}",  # of no snapshot that there is
            title=post.title,
            text=words,
            words=len(words.split()),
            written_at=post.created_at + timedelta(hours=number),
            explanation=f"Change {number}.",
        )
    return note


def make_help_statement(post, people="My sister read it.", **fields):
    """Make a statement of help, for the author and the teaching team unless told otherwise."""
    return HelpStatement.objects.create(post=post, people=people, **fields)


def make_picture(post, content="A picture", *, shown=True, **fields):
    """Make a picture whose files hold ``content``, shown in the published text unless told not."""
    fields.setdefault("width", 120)
    fields.setdefault("height", 90)
    fields.setdefault("small_width", min(fields["width"], 800))
    fields.setdefault("bytes", 2 * len(content))
    fields.setdefault("alternative", "A map")
    picture = Picture(post=post, uploader=post.author, **fields)
    for file in (picture.large, picture.small):
        file.save("", ContentFile(content.encode()), save=False)
    picture.save()
    if shown and post.revision:
        show_picture(post.revision, picture)
    return picture


def show_picture(revision, picture):
    revision.text += f"\n\n{picture.markdown}"
    revision.html += f'<p class="picture"><img alt="" src="{picture.shown.address}"></p>'
    revision.save()


def make_comment(author, post, text="A thought.", *, at=None, parent=None, tied=True, **fields):
    """Make a comment row; its addressee is the author of what it answers.

    ``tied=False`` leaves its tie to a test that tells the ties itself, or that never looks at them.
    """
    at = at or timezone.now()
    fields.setdefault("addressee", parent.author if parent else post.author)
    fields.setdefault("day", post.course.day_of(at))
    comment = Comment.objects.create(
        author=author,
        post=post,
        parent=parent,
        text=text,
        html=f"<p>{text}</p>",
        renderer=1,
        created_at=at,
        **fields,
    )
    if tied:
        with transaction.atomic():
            ties.apply(post.course, added=Comment.objects.filter(pk=comment.pk).interactions())
    return comment


def make_guest_comment(post, text="A guest's thought.", *, name="Gil Guest", at=None, **fields):
    """Make a comment by a guest, which waits; the other fields are those of its details."""
    comment = make_comment(
        None,
        post,
        text,
        at=at,
        guest_name=name,
        state=fields.pop("state", Comment.State.WAITING),
        audience=Comment.Audience.EVERYONE,
        tied=False,
    )
    fields.setdefault("email", "gil@example.org")
    GuestComment.objects.create(comment=comment, **fields)
    return comment


def make_passage(comment, words, revision):
    """Make the passage of a comment, in a version of its post; it is gone from the post."""
    return Passage.objects.create(
        comment=comment, revision=revision, exact=words, start=0, end=len(words)
    )


def make_comment_use(comment, revision=None):
    """Mark a comment to be used; or say that a version of its post uses it."""
    return CommentUse.objects.create(
        comment=comment, revision=revision, named_at=revision and revision.created_at
    )


def make_former_text(comment, text="A first thought.", **fields):
    """Make a text that a comment had before it was edited, as its readers can look it up."""
    fields.setdefault("audience", comment.audience)
    fields.setdefault("html", f"<p>{text}</p>")
    fields.setdefault("renderer", comment.renderer)
    return CommentRevision.objects.create(
        comment=comment, text=text, written_at=comment.created_at, **fields
    )


def make_draft_comment(author, post, text="Half an answer.", **fields):
    """Make what somebody has typed under a post and not sent."""
    fields.setdefault("kind", Draft.Kind.COMMENT)
    return Draft.objects.create(user=author, post=post, text=text, **fields)


def make_conflict_copy(author, post, text="Another half.", **fields):
    """Make the conflict copy beside a draft, as when two tabs saved."""
    return Draft.objects.create(user=author, post=post, text=text, is_conflict_copy=True, **fields)


def make_work(course, csl=None, **fields):
    csl = csl or ARTICLE
    fields.setdefault("doi", csl.get("DOI", "").lower())
    fields.setdefault("label", "Granovetter, 1973")
    fields.setdefault("html", "Granovetter, M. S. (1973). The strength of weak ties.")
    return Work.objects.create(course=course, csl=csl, **fields)


def make_reference(post, work=None, key="granovetter1973", **fields):
    return Reference.objects.create(
        post=post, work=work or make_work(post.course), key=key, **fields
    )


def make_question(post, *people, text="What did I miss?", **fields):
    """Make an open question of a post’s author that is offered to people."""
    question = Question.objects.create(
        course=post.course, author=post.author, post=post, text=text, **fields
    )
    QuestionOffer.objects.bulk_create(
        QuestionOffer(question=question, person=person) for person in people
    )
    return question


def share_work(work, **fields):
    """Make a published post of whoever added the work that cites it; return the work, shared."""
    post = make_post(work.added_by, work.course, "Cites it", **fields)
    make_reference(post, work, cited=True)
    work.shared_at = post.published_at
    work.save(update_fields=["shared_at"])
    return work
