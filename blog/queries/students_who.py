"""The students of a prompt who lack a post, comments on others, or a comment by others."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import get_language

from blog.models import Comment, Course, Grading, Membership, Message, Post, Prompt, User, name_for
from blog.text.names import sort_key

Groups = dict[str, frozenset[int]]  # the keys of people, by Message.To


@dataclass(frozen=True)
class ListedStudent:
    """A student who can be written to, and the last message to them about the prompt."""

    user: User
    name: str
    last: Message | None


def students_who(prompts: Iterable[Prompt], course: Course, reader: User) -> dict[int, Groups]:
    """Return by the key of each prompt whom a group has, in four queries.

    Whoever is excused lacks no post. Drafts and what the reader cannot see count as nothing. The
    author of a post with a comment by anybody else, a guest included, has one.
    """
    prompts = list(prompts)
    students = frozenset(
        Membership.objects.in_course(course).active().students().values_list("user", flat=True)
    )
    posts: dict[int, set[int]] = defaultdict(set)
    found = Post.objects.published().visible_to(reader).filter(prompt__in=prompts)
    for prompt, author in found.order_by().values_list("prompt", "author"):
        posts[prompt].add(author)
    wrote: dict[int, set[int]] = defaultdict(set)
    received: dict[int, set[int]] = defaultdict(set)
    comments = Comment.objects.open().from_others().visible_to(reader)
    pairs = comments.filter(post__prompt__in=prompts).order_by()
    for prompt, author, owner in (
        pairs.values_list("post__prompt", "author", "post__author").distinct()
    ):  # fmt: skip
        wrote[prompt].add(author)
        received[prompt].add(owner)
    excused: dict[int, set[int]] = defaultdict(set)
    gradings = Grading.objects.of_posts().of_record().filter(prompt__in=prompts)
    for prompt, student in gradings.filter(status=Grading.Status.EXCUSED).values_list(
        "prompt", "student"
    ):
        excused[prompt].add(student)
    return {
        prompt.pk: {
            Message.To.NO_POST: students - posts[prompt.pk] - excused[prompt.pk],
            Message.To.NO_COMMENTS: students - wrote[prompt.pk] - excused[prompt.pk],
            Message.To.NO_COMMENT_YET: (students & posts[prompt.pk]) - received[prompt.pk],
        }
        for prompt in prompts
    }


def listed_students(
    prompt: Prompt, keys: Collection[int], to: str, reader: User
) -> list[ListedStudent]:
    """Return students by family name, each with the last message to them; three queries.

    It is the last of any author about this prompt and the same thing, unless it was withdrawn.
    """
    messages = Message.objects.about(prompt).filter(to=to, students__in=keys)
    last: dict[int, Message] = {}
    through = Message.students.through.objects.filter(
        Q(message__in=messages), user__in=keys
    ).select_related("message__author")
    for row in through.order_by("message"):
        last[row.user_id] = row.message
    people = [
        ListedStudent(user, name_for(user, reader), last.get(user.pk))
        for user in User.objects.filter(pk__in=keys)
    ]
    language = get_language() or "en"
    return sorted(people, key=lambda each: (sort_key(each.name, language), each.user.pk))


def messages_about(prompt: Prompt) -> list[Message]:
    """Return the messages about a prompt, the last first, with their students; two queries."""
    messages = Message.objects.about(prompt).select_related("author")
    return list(messages.prefetch_related("students").order_by("-pk"))
