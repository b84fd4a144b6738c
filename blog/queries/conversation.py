"""The comments of one student, each in its thread: what it replies to, and the replies to it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from blog.models import Comment, Grading, Membership, Post, Prompt, User, highest_points_of
from blog.queries.passages import ShownPassage, text_with_passages


@dataclass(frozen=True)
class TalkLine:
    """A comment in a thread.

    ``is_own``: it is the student's; ``is_late`` only then. ``reply_to`` is what it replies to,
    where that is not the line above.
    """

    comment: Comment
    is_own: bool
    is_late: bool
    reply_to: Comment | None


@dataclass(frozen=True)
class TalkThread:
    """The part of a thread that a student took part in, with the passage that it is on."""

    lines: list[TalkLine]
    passage: ShownPassage | None


@dataclass(frozen=True)
class TalkOnPost:
    """A post with a student's threads on it; ``pod`` is that of its author, "" for none."""

    post: Post
    pod: str
    is_own: bool
    threads: list[TalkThread]

    def count(self, *, late: bool = False) -> int:
        lines = [line for thread in self.threads for line in thread.lines if line.is_own]
        return sum(line.is_late or not late for line in lines)


@dataclass(frozen=True)
class Talk:
    """A student's comments on the posts for one prompt, in the order in which they came to them.

    The counts are for reading along: they leave out what was written on one's own post, and never
    become a grade.
    """

    prompt: Prompt
    posts: list[TalkOnPost] = field(default_factory=list)

    @property
    def on_others(self) -> list[TalkOnPost]:
        return [each for each in self.posts if not each.is_own]

    @property
    def written(self) -> int:
        return sum(each.count() for each in self.on_others)

    @property
    def written_to(self) -> int:
        return len({each.post.author_id for each in self.on_others})

    @property
    def written_late(self) -> int:
        return sum(each.count(late=True) for each in self.on_others)


@dataclass(frozen=True)
class CommentsGrade:
    """The grade of record of a student's comments: its points (None for none), of so many."""

    grading: Grading
    points: Decimal | None
    highest_points: Decimal


def conversation_of(student: User, prompts: Collection[Prompt], reader: User) -> list[Talk]:
    """Return a student's comments on the posts for some prompts of a course; four queries.

    However many comments and prompts there are, the queries are the same. A deleted comment that
    the student replied to is there, to be printed as a tombstone.
    """
    by_key = {prompt.pk: prompt for prompt in prompts}
    own = Comment.objects.open().visible_to(reader).by(student).filter(post__prompt__in=by_key)
    comments = (
        Comment.objects.visible_to(reader)
        .filter(state=Comment.State.OPEN, post__in=own.order_by().values("post"))
        .for_thread()
    )
    by_post: dict[int, list[Comment]] = {}
    for comment in comments:
        by_post.setdefault(comment.post_id, []).append(comment)
    posts = Post.objects.for_page().in_bulk(by_post)
    pods = _pods_of(posts.values())
    talks = {pk: Talk(prompt) for pk, prompt in by_key.items()}
    for key, on_post in sorted(by_post.items(), key=lambda each: _first_by(student, each[1])):
        post = posts[key]
        for comment in on_post:
            comment.post = post
        prompt = by_key[post.prompt_id]
        text_with_passages(post, on_post, reader)
        talk = TalkOnPost(
            post,
            pods.get(post.author_id, ""),
            is_own=post.author_id == student.pk,
            threads=_threads(on_post, student, prompt),
        )
        talks[prompt.pk].posts.append(talk)
    return list(talks.values())


def _first_by(student: User, comments: Iterable[Comment]) -> int:
    return min(comment.pk for comment in comments if comment.author_id == student.pk)


def _pods_of(posts: Iterable[Post]) -> dict[int, str]:
    """Return the names of pods by the keys of the authors of posts of one course; one query."""
    posts = list(posts)
    members = Membership.objects.filter(
        course__in={post.course_id for post in posts},
        user__in={post.author_id for post in posts},
        pod__isnull=False,
    )
    return dict(members.values_list("user", "pod__name"))


def _threads(comments: list[Comment], student: User, prompt: Prompt) -> list[TalkThread]:
    """Return the threads of a post that a student took part in, the first ones first."""
    by_key = {comment.pk: comment for comment in comments}
    own = {c.pk for c in comments if c.author_id == student.pk and c.is_open}
    above = {pk for key in own for pk in _above(key, by_key)}
    replies = {c.pk for c in comments if c.parent_id in own and c.is_open}
    threads: dict[int, list[Comment]] = {}
    for comment in comments:
        if comment.pk in own | above | replies:
            head = [comment.pk, *_above(comment.pk, by_key)][-1]
            threads.setdefault(head, []).append(comment)
    return [
        TalkThread(_lines(lines, by_key, own, prompt), by_key[head].shown_passage)
        for head, lines in threads.items()
    ]


def _above(key: int, by_key: dict[int, Comment]) -> list[int]:
    """Return the keys of all that a comment replies to, the nearest first."""
    found: list[int] = []
    parent = by_key[key].parent_id
    while parent in by_key and parent not in found:
        found.append(parent)
        parent = by_key[parent].parent_id
    return found


def _lines(
    comments: list[Comment], by_key: dict[int, Comment], own: Collection[int], prompt: Prompt
) -> list[TalkLine]:
    lines: list[TalkLine] = []
    for comment in comments:
        is_own = comment.pk in own
        shows_parent = not lines or lines[-1].comment.pk == comment.parent_id
        lines.append(
            TalkLine(
                comment,
                is_own,
                is_late=is_own and comment.created_at >= prompt.comments_close_at,
                reply_to=None if shows_parent else by_key.get(comment.parent_id or 0),
            )
        )
    return lines


def grades_of_comments(student: User, prompts: Collection[Prompt]) -> dict[int, CommentsGrade]:
    """Return the grades of record of a student's comments by the key of the prompt; two queries."""
    by_key = {prompt.pk: prompt for prompt in prompts}
    gradings = (
        Grading.objects.of_kind(Grading.Kind.COMMENTS)
        .of_record()
        .filter(student=student, prompt__in=by_key)
        .with_progress()
        .prefetch_related("scores__criterion__levels", "scores__level")
    )
    return {grading.prompt_id: _graded(grading, by_key[grading.prompt_id]) for grading in gradings}


def _graded(grading: Grading, prompt: Prompt) -> CommentsGrade:
    grading.prompt = prompt
    rubric = grading.counted_rubric_key
    scores = [score for score in grading.scores.all() if score.criterion.rubric_id == rubric]
    has_points = bool(scores) or grading.override_points is not None
    return CommentsGrade(
        grading,
        grading.points_by(scores) if has_points else None,
        highest_points_of(score.criterion for score in scores),
    )
