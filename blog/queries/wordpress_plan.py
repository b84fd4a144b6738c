"""The plan of an import from WordPress for each post and comment, by the present choices."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache

from django.utils.html import strip_tags
from django.utils.text import Truncator

from blog.exceptions import TextRefused
from blog.models import (
    Audience,
    Course,
    ImportedComment,
    ImportedPost,
    Membership,
    Post,
    Prompt,
    User,
    WordPressImport,
    shown_name,
)
from blog.text import MAX_POST_CHARS, render_post
from blog.wordpress import Author, Comment
from blog.wordpress import Post as BlogPost
from blog.wordpress.media import MediaFiles
from blog.wordpress.texts import convert_post

NEW, KNOWN, LEFT_OUT, PROBLEM, UNDECIDED = "new", "known", "left_out", "problem", "undecided"
# What somebody chooses for a person or a post, beside members and prompts.
GUEST, LEAVE, NO_PROMPT = "guest", "leave", "none"
EXCERPT_CHARS = 140
# So much of a post is converted for its first words; more where there are few in it.
EXCERPT_SOURCE_CHARS, MAX_EXCERPT_SOURCE_CHARS = 800, 8_000
MIN_EXCERPT_CHARS = 100


@dataclass(frozen=True)
class Person:
    """Somebody of the blog: how many posts and comments there are, and who that is here.

    ``member`` is None for a guest, and for somebody whose things are left out (``is_left_out``) or
    about whom nothing is chosen yet (``is_open``). ``suggested`` is who has the email that the file
    gives an account: whoever wrote the file can have given it any, so nobody is chosen by that.
    """

    index: int
    author: Author
    posts: int
    comments: int
    chosen: str
    member: User | None
    suggested: User | None = None

    @property
    def is_open(self) -> bool:
        """Return whether somebody has to choose first: every post needs an author."""
        return bool(self.posts) and not self.chosen

    @property
    def is_left_out(self) -> bool:
        return self.chosen == LEAVE


@dataclass
class PlannedPost:
    """A post of the blog and what becomes of it. ``comments`` are those that come."""

    index: int
    post: BlogPost
    person: Person
    state: str
    at: datetime
    chosen: str
    author: User | None = None
    prompt: Prompt | None = None
    audience: int = Audience.COURSE
    comments: list[Comment] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    known: ImportedPost | None = None

    @property
    def waiting(self) -> int:
        return sum(one.is_waiting for one in self.comments)

    @property
    def brings_something(self) -> bool:
        return self.state == NEW or (self.state == KNOWN and bool(self.comments))

    @property
    def excerpt(self) -> str:
        """Return the first words as they come here, converted like the whole post."""
        html, markdown = self.post.html, self.post.markdown[:EXCERPT_SOURCE_CHARS]
        found = excerpt_of(html[:EXCERPT_SOURCE_CHARS], markdown)
        if len(found) < MIN_EXCERPT_CHARS and not markdown and len(html) > EXCERPT_SOURCE_CHARS:
            return excerpt_of(html[:MAX_EXCERPT_SOURCE_CHARS])  # it begins with code
        return found


@dataclass(frozen=True)
class Plan:
    """All of it. ``posts`` are in the order of their dates."""

    people: list[Person]
    posts: list[PlannedPost]
    audience: int

    @cached_property
    def coming(self) -> list[PlannedPost]:
        return [one for one in self.posts if one.brings_something]

    @cached_property
    def counts(self) -> Counter[str]:
        """Return the numbers of posts by state; and of ``comments`` and ``waiting`` ones."""
        counts = Counter(one.state for one in self.posts)
        counts["comments"] = sum(len(one.comments) - one.waiting for one in self.coming)
        counts["waiting"] = sum(one.waiting for one in self.coming)
        return counts

    @property
    def open_people(self) -> list[Person]:
        return [one for one in self.people if one.is_open]


@lru_cache(maxsize=1024)  # a preview is shown again after each choice
def excerpt_of(html: str, markdown: str = "") -> str:
    """Return the first words of a post as they come: without code, and without its shortcodes.

    Only the beginning is converted, as a preview has hundreds of posts.
    """
    text = markdown or convert_post("", html, {}, MediaFiles([])).text
    try:
        words = render_post(text).excerpt
    except TextRefused:
        words = text
    return Truncator(words).chars(EXCERPT_CHARS)


def possible_authors(course: Course) -> dict[int, User]:
    """Return the people of a course who can write posts, by their memberships' keys, by name."""
    members = Membership.objects.in_course(course).active().select_related("user")
    members = members.exclude(role=Membership.Role.OBSERVER).filter(user__is_active=True)
    rows = members.order_by(shown_name("user__"), "user__username", "pk")
    return {member.pk: member.user for member in rows}


def prompts_of(course: Course) -> list[Prompt]:
    """Return the prompts that a post can be for."""
    prompts = Prompt.objects.filter(course=course, archived_at=None)
    return list(prompts.only("course", "number", "title", "widest_audience").order_by("number"))


def suggested_members(course: Course, authors: tuple[Author, ...]) -> dict[str, int]:
    """Return the memberships whose confirmed email an account of the blog has, by its key.

    Anybody can comment on a blog under any email: for people without an account nobody is.
    """
    emails = {one.email.lower(): one.key for one in authors if one.email and one.has_account}
    members = Membership.objects.in_course(course).active().who_can_sign_in()
    members = members.exclude(role=Membership.Role.OBSERVER).filter(
        user__email__in=[*emails, *(one.email for one in authors if one.email)]
    )
    found = members.values_list("user__email", "pk")
    return {emails[email.lower()]: pk for email, pk in found if email.lower() in emails}


def audiences(course: Course) -> list[int]:
    """Return whom an import can show posts to, from narrow to wide.

    Not to a pod, which is of people and not of a course; nor beyond the course: that is for the
    author of a post to say.
    """
    offered = (Audience.ONLY_ME, Audience.INSTRUCTORS, Audience.COURSE)
    return [one for one in offered if one <= course.widest_audience]


def default_audience(course: Course) -> int:
    """Return whom an import shows posts to unless somebody says more: nobody has asked authors."""
    return max(one for one in audiences(course) if one <= Audience.INSTRUCTORS)


def plan_import(wordpress_import: WordPressImport, answers: Mapping | None = None) -> Plan:
    """Return the plan of an import if it is started now, with these answers or the stored ones."""
    return _Planner(wordpress_import, answers).plan()


class _Planner:
    def __init__(self, wordpress_import: WordPressImport, answers: Mapping | None):
        self.course = wordpress_import.course
        self.by = wordpress_import.created_by
        self.export = wordpress_import.export
        self.answers = wordpress_import.answers if answers is None else answers
        self.suggested = wordpress_import.suggested
        self.members = possible_authors(self.course)
        prompts = Prompt.objects.filter(course=self.course, archived_at=None)
        self.prompts = {prompt.pk: prompt for prompt in prompts}
        keys = [one.key for one in self.export.posts]
        known = ImportedPost.objects.filter(course=self.course, key__in=keys)
        self.known = {one.key: one for one in known.select_related("post")}
        rows = ImportedComment.objects.filter(imported_post__in=list(self.known.values()))
        self.known_comments = set(rows.values_list("imported_post", "key"))
        self.taken = self._taken_prompts()

    def _taken_prompts(self) -> set[tuple[int, int]]:
        """Return who has a post for which prompt already."""
        posts = Post.objects.in_course(self.course).active().filter(prompt__isnull=False)
        return set(posts.values_list("author", "prompt"))

    def plan(self) -> Plan:
        people = self._people()
        by_key = {one.author.key: one for one in people}
        chosen = int(self.answers.get("audience", default_audience(self.course)))
        audience = chosen if chosen in audiences(self.course) else default_audience(self.course)
        posts = [
            self._planned(index, post, by_key, audience)
            for index, post in enumerate(self.export.posts)
        ]
        return Plan(people, posts, audience)

    def _people(self) -> list[Person]:
        posts = Counter(one.author for one in self.export.posts)
        comments = Counter(one.author for post in self.export.posts for one in post.comments)
        people = []
        for index, author in enumerate(self.export.authors):
            suggested = self.members.get(self.suggested.get(author.key, 0))
            default = "" if posts[author.key] else GUEST
            chosen = self.answers.get(f"author-{index}") or default
            member = None
            if chosen.startswith("member-"):
                member = self.members.get(int(chosen.removeprefix("member-")))
                chosen = chosen if member else ""
            person = Person(
                index, author, posts[author.key], comments[author.key], chosen, member, suggested
            )
            people.append(person)
        return sorted(
            people, key=lambda one: (not one.posts, one.author.name.casefold(), one.index)
        )

    def _planned(
        self, index: int, post: BlogPost, people: dict[str, Person], audience: int
    ) -> PlannedPost:
        person = people[post.author]
        chosen = str(self.answers.get(f"post-{index}", NO_PROMPT))
        at = datetime.fromisoformat(post.at)
        planned = PlannedPost(index, post, person, NEW, at, chosen)
        planned.known = self.known.get(post.key)
        planned.comments = self._comments(planned, people)
        if planned.known is not None:
            planned.state = KNOWN
            if planned.known.post.deleted_at is not None:
                planned.comments = []
        elif chosen == LEAVE or person.is_left_out:
            planned.state = LEFT_OUT
        elif person.is_open:
            planned.state = UNDECIDED
        elif len(post.markdown or strip_tags(post.html)) > MAX_POST_CHARS:
            planned.state = PROBLEM
            planned.notes.append("too_long")
        else:
            self._settle(planned, audience)
        return planned

    def _settle(self, planned: PlannedPost, audience: int) -> None:
        """Settle its author, its prompt and its audience."""
        planned.author = planned.person.member or self.by
        if planned.chosen.startswith("prompt-"):
            planned.prompt = self.prompts.get(int(planned.chosen.removeprefix("prompt-")))
        if planned.prompt is not None:
            place = (planned.author.pk, planned.prompt.pk)
            if place in self.taken:
                planned.prompt = None
                planned.notes.append("prompt_taken")
            self.taken.add(place)
        planned.audience = min(audience, self.course.widest_audience_for(planned.prompt))
        if planned.post.is_private or (
            planned.post.was_open_to_course and planned.person.member is None
        ):
            planned.audience = Audience.ONLY_ME
            planned.notes.append("private")

    def _comments(self, planned: PlannedPost, people: dict[str, Person]) -> list[Comment]:
        """Return the comments that come: not those of people left out, and none twice."""
        left = {key for key, one in people.items() if one.is_left_out}
        known = planned.known.pk if planned.known else 0
        return [
            one
            for one in planned.post.comments
            if one.author not in left and (known, one.key) not in self.known_comments
        ]
