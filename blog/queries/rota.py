"""The reply rota of a prompt: its facts, a student's posts, and the posts without a comment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from blog.models import Comment, Course, Membership, Post, Prompt, RotaEntry, User
from blog.queries.others_posts import commented_by, posts_of_others
from blog.rota import Pair, RotaFacts


@dataclass(frozen=True)
class StudentRota:
    """The posts that a prompt gives one student, those without a comment of theirs first."""

    prompt: Prompt
    posts: list[Post]
    has_published: bool

    @property
    def posts_left(self) -> list[Post]:
        """Return the posts that the student has not commented on."""
        return [post for post in self.posts if not post.is_commented]  # type: ignore[attr-defined]

    @property
    def is_done(self) -> bool:
        return bool(self.posts) and not self.posts_left

    @property
    def is_shown(self) -> bool:
        return bool(self.posts) or not self.prompt.is_past_comments_due


def running_rotas(student: User, course: Course, prompts: Iterable[Prompt]) -> list[StudentRota]:
    """Return a student's posts in the running rotas; one query, or none if no rota runs."""
    running = [prompt for prompt in prompts if prompt.is_rota_running]
    posts = posts_given_to(student, course, running)
    rotas = [
        StudentRota(prompt, [post for post in posts if post.prompt_id == prompt.pk], True)
        for prompt in running
    ]
    return [rota for rota in rotas if rota.posts]


def student_rota(student: User, prompt: Prompt, *, has_published: bool) -> StudentRota | None:
    """Return a prompt's rota for a student, present or to come; None if it has no rota."""
    if not prompt.has_rota:
        return None
    posts = posts_given_to(student, prompt.course, [prompt])
    return StudentRota(prompt, posts, has_published)


def posts_given_to(student: User, course: Course, prompts: Sequence[Prompt]) -> list[Post]:
    """Return the posts that a student was given and can read, those to comment on first.

    An offer that somebody else has taken up is none any more.
    """
    if not prompts:
        return []
    entries = RotaEntry.objects.given_to(student).filter(post=OuterRef("pk"))
    comments = Comment.objects.open().from_others().on(OuterRef("pk"))
    posts = posts_of_others(student, course).filter(Exists(entries), prompt__in=prompts)
    return list(
        posts.annotate(
            is_offer=Exists(entries.filter(is_offer=True)),
            is_commented=commented_by(student),
        )
        .exclude(Exists(comments), is_offer=True, is_commented=False)
        .order_by("is_commented", "is_offer", "published_at", "pk")
    )


def first_comments_missing(reader: User, prompts: Sequence[Prompt]) -> list[Post]:
    """Return students' posts on some prompts that nobody else has commented on, oldest first."""
    if not prompts:
        return []
    students = Membership.objects.in_course(prompts[0].course).active().students()
    comments = Comment.objects.open().from_others().on(OuterRef("pk"))
    return list(
        Post.objects.published_for(reader, prompts[0].course)
        .filter(prompt__in=prompts, author__in=students.values("user"))
        .exclude(Exists(comments))
        .for_list()
        .order_by("published_at", "pk")
    )


def rota_facts(prompt: Prompt) -> RotaFacts:
    """Return the facts of a prompt's rota now.

    Its readers are the students with a published post. What a pair was given and what was offered
    stays among the facts when the post is withdrawn or its reader leaves: ``draw`` decides.
    """
    members = Membership.objects.in_course(prompt.course).active().students()
    of_student = {m.user_id: m for m in members.select_related("user") if m.user.is_active}
    posts = Post.objects.published().answering(prompt).filter(author__in=of_student)
    if prompt.own_post_first:
        posts = posts.opening_gates()  # whose authors can read what they are given
    authors = dict(posts.order_by("published_at", "pk").values_list("pk", "author_id"))
    readers = [of_student[author] for author in authors.values()]
    comments = Comment.objects.open().from_others().filter(post__prompt=prompt)
    written = [Pair(*keys) for keys in comments.values_list("author_id", "post_id")]
    entries = RotaEntry.objects.of_prompt(prompt).values_list("reader_id", "post_id", "is_offer")
    stored = [(Pair(reader, post), is_offer) for reader, post, is_offer in entries]
    return RotaFacts(
        authors=authors,
        readers_per_post=prompt.rota_posts,
        pods_first=prompt.rota == Prompt.Rota.PODS_FIRST,
        seed=prompt.pk,
        pods={member.user_id: member.pod_id for member in readers if member.pod_id},
        restricted=_restricted(posts, readers),
        commented=frozenset(pair for pair in written if pair.reader is not None),
        uncommented=frozenset(authors) - {pair.post for pair in written},
        given=frozenset(pair for pair, is_offer in stored if not is_offer),
        offered=frozenset(pair for pair, is_offer in stored if is_offer),
        earlier=_earlier_readers(prompt),
    )


def _restricted(posts, readers: list[Membership]) -> dict[int, frozenset[int]]:
    """Return who of some students can see each post that is not open to the whole course.

    Of such a post's audience are at most the students of a pod: the rule is asked about those.
    """
    open_posts = posts.open_to_course().values("pk")
    closed = posts.exclude(pk__in=open_posts)
    pods = dict(closed.values_list("pk", "pod_id"))
    found: dict[int, set[int]] = {post: set() for post in pods}
    for member in readers:
        if member.pod_id is not None and member.pod_id in pods.values():
            member.gated_prompts = frozenset()  # they have published
            member.user.memberships_now = [member]  # all that the rule asks about these posts
            for post in closed.visible_to(member.user).values_list("pk", flat=True):
                found[post].add(member.user_id)
    return {post: frozenset(people) for post, people in found.items()}


def _earlier_readers(prompt: Prompt) -> frozenset[tuple[int, int]]:
    """Return who was given whose post by the last rota of the course before this prompt's.

    The last by date: numbers say in which order prompts were made.
    """
    others = RotaEntry.objects.filter(post__course=prompt.course_id).exclude(post__prompt=prompt)
    earlier = Q(post__prompt__due_at__lt=prompt.due_at) | Q(
        post__prompt__due_at=prompt.due_at, post__prompt__number__lt=prompt.number
    )
    latest = others.filter(earlier).order_by("-post__prompt__due_at", "-post__prompt__number")
    last = latest.values("post__prompt")[:1]
    pairs = RotaEntry.objects.filter(post__prompt__in=last)
    return frozenset(pairs.values_list("reader_id", "post__author_id"))
