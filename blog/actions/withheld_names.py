"""Withhold a student's name in a course, print it again, and ask for the one or the other."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.citations import replace_keys
from blog.citations.csl.fields import folded
from blog.citations.csl.post_record import person as csl_person
from blog.citations.keys import suggest_key
from blog.exceptions import Refused
from blog.models import (
    AuditEvent,
    Course,
    Draft,
    Membership,
    Passage,
    Post,
    Reference,
    Revision,
    SearchEntry,
    User,
    Work,
    queue_mails,
    store_links,
)
from blog.models.outbox import mail_to
from blog.queries.memberships import name_in_course
from blog.text.works import render_work

# Shorter words of a name are in many keys by chance.
MIN_CHARS_THAT_NAME = 3


def withhold_name(membership: Membership, *, by: User) -> None:
    """Print a student's course name everywhere in a course, but in its roster and gradebook.

    What cites their posts is written again, older versions too, and keys of citations that have
    the name get others. Words that classmates typed themselves stay as they are.
    """
    access.require(access.can_edit_course(by, membership.course))
    if not membership.is_student:
        raise Refused(_("Only a student’s name can be withheld. Change the role first."))
    _set(membership, True, by=by)


def print_name(membership: Membership, *, by: User) -> None:
    """Print a member's name again, where it was withheld."""
    access.require(access.can_edit_course(by, membership.course))
    _set(membership, False, by=by)


def ask_to_withhold_name(membership: Membership, *, by: User) -> None:
    """Ask the instructors of a course to withhold one's name; asking twice asks once."""
    access.require(access.can_ask_to_be_withheld(by, membership))
    if membership.is_confidential:
        raise Refused(_("Your name is withheld in this course already."))
    with transaction.atomic():
        now = timezone.now()
        rows = Membership.objects.filter(pk=membership.pk, confidentiality_asked_at=None)
        if not rows.update(confidentiality_asked_at=now):
            return
        event = AuditEvent.record(
            "name_withholding_asked", membership, by=by, course=membership.course
        )
        instructors = membership.course.memberships.active().instructors().select_related("user")
        queue_mails(
            mail_to(
                instructor.user,
                "name_withholding_asked",
                key=f"name-withholding:{event.pk}:{instructor.pk}",
                membership=membership.pk,
            )
            for instructor in instructors
        )
    membership.confidentiality_asked_at = now


def take_back_asking(membership: Membership, *, by: User) -> None:
    """Take back that one asked for one's name to be withheld, before it is."""
    access.require(access.can_ask_to_be_withheld(by, membership))
    with transaction.atomic():
        rows = Membership.objects.filter(pk=membership.pk).exclude(confidentiality_asked_at=None)
        if rows.update(confidentiality_asked_at=None):
            AuditEvent.record(
                "name_withholding_taken_back", membership, by=by, course=membership.course
            )


def _set(membership: Membership, is_confidential: bool, *, by: User) -> None:
    person, course = membership.user, membership.course
    with transaction.atomic():
        posts = _citing_posts(person, course)
        list(posts.select_for_update(no_key=True).order_by("pk").values("pk"))
        rows = Membership.objects.filter(pk=membership.pk)
        if not rows.exclude(is_confidential=is_confidential).update(
            is_confidential=is_confidential, confidentiality_asked_at=None
        ):
            return  # a second click
        withheld = Membership.objects.filter(user=person, is_confidential=True).exists()
        User.objects.filter(pk=person.pk).update(is_confidential=withheld)
        person.is_confidential = withheld
        _write_citations_again(person, course, posts)
        AuditEvent.record(
            "name_withheld" if is_confidential else "name_printed",
            membership,
            by=by,
            course=course,
        )
    membership.is_confidential, membership.confidentiality_asked_at = is_confidential, None


def _citing_posts(person: User, course: Course):
    """Return the posts that have a post of somebody in a version or among their references."""
    works = set(
        Work.objects.filter(course=course, post__author=person).values_list("pk", flat=True)
    )
    if not works:
        return Post.objects.none()
    cited = Revision.objects.filter(post__course=course).exclude(references=[])
    versions = cited.values_list("post", "references").iterator()
    posts = {post for post, copies in versions if works & {copy["work"] for copy in copies}}
    posts |= set(Reference.objects.filter(work__in=works).values_list("post", flat=True))
    return Post.objects.filter(pk__in=posts)


def _write_citations_again(person: User, course: Course, posts) -> None:
    """Name a person as the course does in all that cites their posts."""
    records = {}
    for work in Work.objects.filter(course=course, post__author=person):
        author = csl_person(name_in_course(person, course))
        work.csl = {**work.csl, "author": [author]}
        work.label, work.html = render_work(work.csl)
        work.version += 1
        work.save(update_fields=["csl", "label", "html", "version"])
        SearchEntry.objects.keep("work", [work])
        records[work.pk] = work.csl
    name = person.display_name if person.is_confidential else ""
    for post in posts.select_related("revision", "prompt", "course"):
        _cite_again(post, records, _naming_keys(post, records, name))


def _naming_keys(post: Post, records: dict[int, dict], name: str) -> dict[str, str]:
    """Return by key of a post's citations that has a word of ``name`` another that has none."""
    words = [word for word in map(folded, name.split()) if len(word) >= MIN_CHARS_THAT_NAME]
    used = {one.key: one.work_id for one in post.references.all()}
    for copies in post.revisions.values_list("references", flat=True):
        used = {copy["key"]: copy["work"] for copy in copies} | used
    keys: dict[str, str] = {}
    for key, work in used.items():
        if work in records and any(word in folded(key) for word in words):
            keys[key] = suggest_key(records[work], taken={*used, *keys.values()})
    return keys


def _cite_again(post: Post, records: dict[int, dict], keys: dict[str, str]) -> None:
    """Write the versions of a post, its references and what is being typed with other names."""
    for reference in post.references.filter(key__in=keys):
        reference.key = keys[reference.key]
        reference.save(update_fields=["key"])
    for revision in post.revisions.all():
        revision.post = post
        copies = [
            copy
            | {"key": keys.get(copy["key"], copy["key"])}
            | ({"csl": records[copy["work"]]} if copy["work"] in records else {})
            for copy in revision.references
        ]
        if copies == revision.references:
            continue
        revision.references, revision.text = copies, replace_keys(revision.text, keys)
        revision.save(update_fields=["references", "text"])
        revision.rerender()
    for draft in Draft.objects.of_posts().filter(post=post):
        text = replace_keys(draft.text, keys)
        if text != draft.text:
            draft.write(draft.content | {"text": text}, None)
    post.refresh_from_db(fields=["revision"])
    if post.revision is not None:
        store_links(post)
        SearchEntry.objects.keep("post", [post])
        Passage.objects.find_again(post)
