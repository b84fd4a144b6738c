"""The names of students as graders know them; on a prompt that is graded anonymously, none.

Every page, message and list of the grading desk prints names of students through here.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from django.db.models import Q
from django.utils.translation import gettext as _

from blog.models import (
    AuditEvent,
    Comment,
    Grading,
    Membership,
    Prompt,
    QueuePlace,
    User,
    name_for,
)

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class GradedNames:
    """The names of people as somebody who grades a prompt knows them.

    ``numbers`` has the students whose names are hidden, by key, with their numbers in the queue: on
    a prompt that is graded anonymously all of whom no grade is released. ``labels`` has the names
    of those around one student instead.
    """

    reader: User
    is_anonymous: bool = False
    numbers: dict[int, int] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)

    def hides(self, person: User) -> bool:
        return person.pk in self.labels or person.pk in self.numbers

    def of(self, person: User) -> str:
        """Return the printed name of somebody: theirs, “Student 17”, or “Classmate A”."""
        if label := self.labels.get(person.pk):
            return _("Classmate %(letter)s") % {"letter": label}
        if number := self.numbers.get(person.pk):
            return _("Student %(number)d") % {"number": number}
        return name_for(person, self.reader)

    def first_of(self, person: User) -> str:
        """Return the first word of a name; all of the text printed instead of one."""
        return self.of(person) if self.hides(person) else self.of(person).split(" ")[0]

    def of_writer(self, comment: Comment) -> str:
        """Return the printed name of who wrote a comment; a guest's only where names are shown."""
        if comment.author is None:
            return str(_("A guest")) if self.is_anonymous else comment.guest_name
        return self.of(comment.author)

    def order_of(self, person: User) -> tuple[int, str]:
        """Return the place of somebody in a list, by the printed text: names, then numbers."""
        return self.numbers.get(person.pk, 0), self.of(person)


def graded_names(prompt: Prompt, reader: User) -> GradedNames:
    """Return the names on one prompt; two queries if it is graded anonymously, else none."""
    return names_by_prompt([prompt], reader)[prompt.pk]


def names_by_prompt(prompts: Collection[Prompt], reader: User) -> dict[int, GradedNames]:
    """Return the names on each of some prompts; two queries if any is graded anonymously."""
    anonymous = [prompt for prompt in prompts if prompt.is_anonymous]
    numbers: dict[int, dict[int, int]] = {}
    if anonymous:
        released = Grading.objects.filter(prompt__in=anonymous).of_record().released()
        known = set(released.values_list("prompt", "student"))
        places = QueuePlace.objects.filter(prompt__in=anonymous)
        for prompt, student, number in places.values_list("prompt", "student", "number"):
            if (prompt, student) not in known:
                numbers.setdefault(prompt, {})[student] = number
    return {
        prompt.pk: GradedNames(reader, prompt.is_anonymous, numbers.get(prompt.pk, {}))
        for prompt in prompts
    }


def names_around(
    student: User, names: dict[int, GradedNames], prompts: Iterable[Prompt]
) -> dict[int, GradedNames]:
    """Return the names of those around one student on some prompts; two queries if any hides some.

    Around a student whose name is hidden everybody is a letter, whatever is released: whoever talks
    with them says who they are. Else only those are whose names are hidden. The teaching team keeps
    its names. A letter stays the same person for this student on every page, whoever comes later.
    """
    anonymous = [prompt for prompt in prompts if prompt.is_anonymous]
    if not anonymous:
        return names
    team = Membership.objects.in_course(anonymous[0].course).teaching()
    staff = set(team.values_list("user", flat=True))
    met = _people_met(student, anonymous)
    around = dict(names)
    for prompt in anonymous:
        known = names[prompt.pk]
        hidden = [
            person
            for person in met.get(prompt.pk, [])
            if person not in staff and (known.hides(student) or person in known.numbers)
        ]
        labels = {person: _label_at(place) for place, person in enumerate(hidden)}
        around[prompt.pk] = replace(known, labels=labels)
    return around


def _people_met(student: User, prompts: Collection[Prompt]) -> dict[int, list[int]]:
    """Return by prompt the keys of those whom a student met around posts, in that order; one query.

    Somebody is met with the comment that brought them together: theirs on the student's post, or,
    on the post of somebody else, the student's first one or, if that is later, their own first one.
    Deleted comments count too, so that no later event changes the order of those before.
    """
    own = Comment.objects.by(student).filter(post__prompt__in=prompts)
    theirs = Q(post__author=student) | Q(post__in=own.order_by().values("post"))
    rows = (
        Comment.objects.filter(theirs, post__prompt__in=prompts)
        .order_by("pk")
        .values_list("pk", "post", "post__prompt", "post__author", "author")
    )
    return _in_order_met(student.pk, list(rows))


def _in_order_met(
    student: int, rows: list[tuple[int, int, int, int, int | None]]
) -> dict[int, list[int]]:
    begun: dict[int, int] = {}  # the first comment by the student on a post
    for pk, post, _prompt, _author, writer in rows:
        if writer == student:
            begun.setdefault(post, pk)
    met: dict[int, dict[int, int]] = {}
    for pk, post, prompt, author, writer in rows:
        since = 0 if author == student else begun[post]
        for person, at in ((author, since), (writer, max(pk, since))):
            if person is not None and person != student:
                people = met.setdefault(prompt, {})
                people[person] = min(at, people.get(person, at))
    return {prompt: sorted(people, key=lambda p: (people[p], p)) for prompt, people in met.items()}


def _label_at(place: int) -> str:
    """Return A to Z for the places 0 to 25, then AA, AB…"""
    rest, last = divmod(place, len(ALPHABET))
    return (_label_at(rest - 1) if rest else "") + ALPHABET[last]


def anonymity_changes(prompt: Prompt) -> list[AuditEvent]:
    """Return who has begun or ended the anonymous grading of a prompt, the last one first."""
    actions = ("anonymous_grading_begun", "anonymous_grading_ended")
    events = AuditEvent.objects.filter(course=prompt.course, action__in=actions)
    of_prompt = events.filter(target=AuditEvent.target_of(prompt))
    return list(of_prompt.select_related("actor").order_by("-pk"))
