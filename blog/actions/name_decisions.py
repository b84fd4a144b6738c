"""The rows that a decision on a member's name changes. Part of the actions on withheld names."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import F

from blog.citations.csl.post_record import person as csl_person
from blog.models import AuditEvent, Course, Membership, User, lock_courses, lock_writer, queue_mails
from blog.models.cited_authors import cite_as, lock_posts
from blog.models.outbox import mail_to
from blog.models.takeouts import prepare_again
from blog.queries.course_names import name_to_give, needs_another_course_name
from blog.queries.memberships import name_in_course


class NameDecision:
    """A decision to withhold a name or print it again; updates the texts that cite its member.

    ``by`` is None where nobody decides: what was decided before a restore is done again. Then
    nobody is told: they were.
    """

    def __init__(self, membership: Membership, *, by: User | None) -> None:
        self.membership, self.by = membership, by
        self.person, self.course = membership.user, membership.course

    def withhold(self, *, gives_name: bool) -> None:
        """Withhold the name; with ``gives_name`` the course name that they chose goes."""
        told = {"gives_name": True} if gives_name else {}
        may_rename = gives_name or not self.person.course_name
        with transaction.atomic():
            others = self._others_that_withhold() if may_rename else []
            if not self._begin(True, others):
                return  # a second click
            if may_rename and self._take_given_name(gives_name):
                for other in others:
                    cite_as(self.person, other, csl_person(self.person.neutral_name))
            self._cite(keeps_keys=False)
            prepare_again([self.course.pk], but=self.person, tells=self.by is not None)
            self._record("name_withheld", **told)

    def print_again(self) -> None:
        """Print the name again, where it was withheld."""
        with transaction.atomic():
            if not self._begin(False, []):
                return
            self._cite(keeps_keys=True)
            self._record("name_printed")

    @classmethod
    def hold_names(cls, people: Collection[int]) -> None:
        """Replace the withheld names in it, once these people are on a list.

        After the transaction that writes the list, as other rows are locked before those of people.
        """
        if people:
            transaction.on_commit(lambda: cls._hold_names(people), robust=True)

    @classmethod
    def _hold_names(cls, people: Collection[int]) -> None:
        withheld = Membership.objects.filter(user__in=people, is_confidential=True)
        found = withheld.exclude(user__course_name="").filter(user__erased_at=None)
        done = set()
        for membership in found.select_related("user", "course").order_by("pk"):
            if membership.user_id not in done and needs_another_course_name(membership):
                cls(membership, by=None).give_name()
                done.add(membership.user_id)

    def give_name(self) -> None:
        """Replace the course name that its person chose, as it tells who they are now."""
        with transaction.atomic():
            courses = [self.course, *self._others_that_withhold()]
            keys = [course.pk for course in courses]
            lock_posts(keys)
            lock_writer(self.person)
            self.person.refresh_from_db(fields=["display_name", "course_name"])
            lock_courses(keys)
            if not (needs_another_course_name(self.membership) and self._take_given_name(True)):
                return  # another was chosen while this waited
            for course in courses:
                cite_as(self.person, course, csl_person(self.person.neutral_name))
            prepare_again(keys, but=self.person, tells=True)
            event = AuditEvent.record(
                "course_name_given", self.membership, by=None, course=self.course
            )
            key, template = f"course-name-given:{event.pk}", "course_name_given"
            about = self.membership.pk
            queue_mails([mail_to(self.person, template, key=key, at_once=True, membership=about)])

    def _others_that_withhold(self) -> list[Course]:
        elsewhere = self.person.memberships.filter(is_confidential=True)
        found = elsewhere.exclude(course=self.course).select_related("course")
        return [membership.course for membership in found]

    def _begin(self, is_confidential: bool, others: list[Course]) -> bool:
        """Lock what will be written, and write the decision; return whether it is a new one.

        Of two courses at once the second waits for the row of the person, and counts the first.
        """
        membership, courses = self.membership, [self.course.pk, *(other.pk for other in others)]
        lock_posts(courses)
        lock_writer(self.person)
        self.person.refresh_from_db(fields=["display_name", "course_name"])  # after the wait
        rows = Membership.objects.filter(pk=membership.pk).exclude(is_confidential=is_confidential)
        is_new = rows.update(is_confidential=is_confidential, confidentiality_asked_at=None)
        membership.is_confidential, membership.confidentiality_asked_at = is_confidential, None
        if is_new:
            lock_courses(courses)
        return bool(is_new)

    def _take_given_name(self, gives_name: bool) -> bool:
        """Store the course name that we give to somebody without one; return whether it changed.

        That of the username is stored as none.
        """
        person = self.person
        if person.course_name and not gives_name:
            return False  # chosen while this waited
        given = name_to_give(person)
        name = "" if given == person.given_name else given
        if name == person.course_name:
            return False
        person.course_name = name
        User.objects.filter(pk=person.pk).update(course_name=name, version=F("version") + 1)
        return True

    def _cite(self, *, keeps_keys: bool) -> None:
        person = self.person
        withheld = Membership.objects.filter(user=person, is_confidential=True).exists()
        User.objects.filter(pk=person.pk).update(is_confidential=withheld)
        person.is_confidential = withheld
        author = csl_person(name_in_course(person, self.course))
        cite_as(person, self.course, author, keeps_keys=keeps_keys)

    def _record(self, action: str, **told) -> None:
        """Record the decision, and tell the person, if somebody made it now."""
        event = AuditEvent.record(action, self.membership, by=self.by, course=self.course, **told)
        if self.by is not None:
            key = f"name-decided:{event.pk}"
            queue_mails(
                [mail_to(self.person, "name_decided", key=key, at_once=True, event=event.pk)]
            )
