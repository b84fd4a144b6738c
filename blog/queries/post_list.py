"""The posts of a course as a list shows them: filtered, and each with its comments in a word."""

from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from blog import access
from blog.models import Comment, Course, Membership, Pod, Post, Prompt, User, has_new_comments
from blog.queries.others_posts import by_podmate_of

MAX_POD_POSTS = 3


@dataclass(frozen=True)
class PostCriteria:
    """What a reader filters by; ``without_prompt`` are posts that answer none.

    ``outside_pod`` leaves out the posts of a pod's people, also of those who have left the course.
    """

    words: str = ""
    prompt: Prompt | None = None
    without_prompt: bool = False
    pod: Pod | None = None
    outside_pod: Pod | None = None
    not_commented: bool = False

    @property
    def is_combined(self) -> bool:
        """Whether there is more than one filter."""
        prompts, pods = self.prompt or self.without_prompt, self.pod or self.outside_pod
        return sum(map(bool, (self.words, prompts, pods, self.not_commented))) > 1


def listed_posts(reader: User, course: Course, criteria: PostCriteria) -> QuerySet[Post]:
    """Return the posts that a reader sees and asks for.

    Those that wait for a first comment, which this reader can write, come first: those that the
    teaching team puts first, those of one's pod, then the others, each the oldest first. The newest
    of the rest follow.
    """
    posts = Post.objects.in_course(course).published().visible_to(reader)
    for word in criteria.words.split():
        posts = posts.filter(Q(revision__title__icontains=word) | Q(revision__text__icontains=word))
    if criteria.prompt:
        posts = posts.answering(criteria.prompt)
    elif criteria.without_prompt:
        posts = posts.filter(prompt=None)
    if criteria.pod:
        posts = posts.filter(author__in=_people_of(criteria.pod))
    if criteria.outside_pod:
        people = Membership.objects.filter(pod=criteria.outside_pod)
        posts = posts.exclude(author__in=people.values("user"))
    posts = with_comment_states(posts, reader, course)
    if criteria.not_commented:
        posts = posts.filter(commented_on=None).exclude(author=reader)  # type: ignore[misc]
    if not access.can_comment_in(reader, course):
        return posts
    is_waiting = Q(is_answered=False) & ~Q(author=reader)
    in_pod = Q(by_podmate_of(reader, course))
    rank = Case(
        When(is_waiting & Q(put_first_at__isnull=False), Value(0)),
        When(is_waiting & in_pod, Value(1)),
        When(is_waiting, Value(2)),
        default=Value(3),
    )
    waits_since = Case(When(is_waiting, "published_at"))
    return posts.order_by(rank, waits_since, "-published_at", "-pk")


def with_comment_states(posts: QuerySet[Post], reader: User, course: Course) -> QuerySet[Post]:
    """Annotate posts, for a list, with what an entry says of its comments and its author.

    ``is_answered``: somebody else has commented; ``commented_on``: the day of the reader's last
    comment; ``last_comment_on``: the day of anybody's; ``has_new_comments``: since the reader's
    last visit to the post; ``author_pod``: the pod's name.
    """
    comments = Comment.objects.visible_to(reader).open().on(OuterRef("pk")).order_by("-day", "-pk")
    pods = Membership.objects.in_course(course).filter(user=OuterRef("author"))
    return posts.for_list().annotate(  # type: ignore[attr-defined]
        is_answered=Exists(comments.from_others()),
        commented_on=Subquery(comments.by(reader).values("day")[:1]),
        last_comment_on=Subquery(comments.values("day")[:1]),
        has_new_comments=has_new_comments(reader),
        author_pod=Subquery(pods.values("pod__name")[:1]),
    )


def posts_of_pod(reader: User, course: Course, pod: Pod) -> list[Post]:
    """Return the first posts of the list by the other people of the reader's pod."""
    posts = listed_posts(reader, course, PostCriteria(pod=pod)).exclude(author=reader)
    return list(posts[:MAX_POD_POSTS])


def _people_of(pod: Pod) -> QuerySet:
    return Membership.objects.active().filter(pod=pod).values("user")
