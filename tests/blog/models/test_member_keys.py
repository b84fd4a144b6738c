"""Queries of a stand-in equal those of its member, for every kind of member of a course."""

import ast
import importlib
import inspect
import pkgutil
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef
from django.utils import timezone

import blog
import network
from blog.models import (
    Announcement,
    Comment,
    Course,
    FeedbackReply,
    Membership,
    Post,
    Prompt,
    Reference,
    User,
    Work,
    row_visibility,
)
from blog.models.announcements import MAX_AT_HOME
from blog.models.member_keys import MAY_MISS, member_key_of, stand_in
from blog.models.prepared_queries import PreparedQuery, prepared
from blog.models.row_visibility import is_in_audience, sees_comment, sees_post
from blog.queries import (
    bibliography,
    course_home,
    drafts,
    feedback_replies,
    grading_pace,
    grading_queue,
    people,
    post_list,
    post_page,
    queue_rows,
    visible_prompts,
    waiting_posts,
    works,
)
from tests import factories

MEMBERS = ["author", "podmate", "gated", "instructor", "assistant", "observer"]


@pytest.fixture
def cast(course, ada, bob, instructor, assistant, observer):
    factories.make_pod(course, "Herons", ada, bob)
    for user in (bob, instructor):  # who are elsewhere too, in other roles
        factories.make_course(instructor=user)
    gated = factories.make_user("Gil Gated")
    factories.add_member(course, gated)
    return {
        "author": ada,
        "podmate": bob,
        "gated": gated,
        "instructor": instructor,
        "assistant": assistant,
        "observer": observer,
    }


@pytest.fixture
def posts(cast, course):
    pod = course.pods.get()
    prompts = [factories.make_prompt(course, own_post_first=True) for _ in range(3)]
    made = [
        ("author", 0, {}),
        ("author", 10, {}),
        ("author", 20, {}),
        ("author", 30, {"prompt": prompts[0]}),
        ("podmate", 30, {"prompt": prompts[1]}),
        ("instructor", 30, {"prompt": prompts[2]}),
        ("podmate", 40, {}),
        ("podmate", 50, {"public_until": timezone.now() - timedelta(days=1)}),
        ("podmate", 50, {"status": Post.Status.DRAFT}),
        ("podmate", 50, {"status": Post.Status.WITHDRAWN}),
        ("author", 50, {"hidden_at": timezone.now()}),
        ("author", 50, {"deleted_at": timezone.now()}),
        ("gated", 50, {}),
        ("assistant", 30, {}),
    ]
    posts = []
    for author, audience, fields in made:
        posts.append(factories.make_post(cast[author], course, audience=audience, pod=pod))
        Post.objects.filter(pk=posts[-1].pk).update(**fields)
    for post in posts[:-2]:
        head = factories.make_comment(cast["podmate"], post, audience=10)
        factories.make_comment(cast["gated"], post, audience=50)
        factories.make_comment(cast["gated"], post, audience=50, state=Comment.State.HIDDEN)
        factories.make_comment(cast["author"], post, parent=head, audience=10)
    cited_works = [
        factories.make_work(course, factories.ARTICLE | {"DOI": f"10.1086/{n}"}) for n in (1, 2)
    ]
    for number, post in enumerate(posts):
        factories.make_reference(post, cited_works[number % 2], "key")
    Reference.objects.update(cited=True)
    return posts


def fresh(person):
    return User.objects.get(pk=person.pk)


@prepared(may_miss=MAY_MISS)
def seen_by(role, **member):
    reader, course = stand_in(role, **member)
    comments = Comment.objects.visible_in(reader, course).values("post")
    return Post.objects.visible_in(reader, course).filter(pk__in=comments).order_by("pk")


@pytest.mark.parametrize("name", MEMBERS)
def test_a_stand_in_sees_what_its_member_sees(cast, posts, course, name):
    reader = fresh(cast[name])
    member = member_key_of(reader, course)
    comments = Comment.objects.visible_to(reader).values("post")
    plain = Post.objects.visible_to(reader).filter(course=course, pk__in=comments).order_by("pk")

    assert seen_by.rows(member.role, **member.values) == list(plain)
    gated = {"author": 2, "podmate": 2, "gated": 3}
    assert len(member.values.get("gated", ())) == gated.get(name, 0)


@dataclass
class Asking:
    """Somebody who asks about a post, or about the course that it is in."""

    reader: User
    course: Course
    post: Post

    def readable(self):
        return Post.objects.filter(course=self.course).visible_to(self.reader)

    def of_page(self):
        return self.readable().filter(pk=self.post.pk).first()

    def listed(self):
        return self.readable().published()

    def comments(self):
        return Comment.objects.filter(post__course=self.course).visible_to(self.reader)

    def waiting(self):
        """Return the posts that wait for a first comment, in no order."""
        is_open = self.comments().open().from_others().on(OuterRef("pk"))
        return self.listed().exclude(author=self.reader).exclude(Exists(is_open))


def states(asking):
    keys = set(asking.readable().values_list("pk", flat=True))
    found = post_list._comment_states(asking.reader, asking.course, keys)
    plain = asking.comments().open().filter(post__in=keys)
    assert found.keys() == set(plain.values_list("post", flat=True))
    return found, {
        post: post_list.CommentState(bool(others), *rest)
        for post, others, *rest in post_list._states(asking.reader, asking.course, tuple(keys))
    }


def in_order(asking):
    """Return all that the list finds, also as if there were another filter."""
    prepared_keys = post_list.listed_keys(asking.reader, asking.course, post_list.PostCriteria())
    criteria = post_list.PostCriteria(words=" ")
    plain_keys = post_list.listed_keys(asking.reader, asking.course, criteria)
    count = asking.listed().count()
    assert prepared_keys.count() == plain_keys.count() == count
    for part in (slice(0, 3), slice(2, 5), slice(4, 30)):
        assert prepared_keys[part] == list(plain_keys[part])
    found, plain = prepared_keys[0:30], list(plain_keys[0:30])
    assert set(found) == set(asking.listed().values_list("pk", flat=True))
    return found, plain


def met(asking):
    found = works.matching_works(asking.reader, asking.course, Post(), "")
    plain = Work.objects.in_course(asking.course).visible_to(asking.reader)
    return set(found), set(plain)


def published_for_prompts(asking):
    prompts = Prompt.objects.in_course(asking.course)
    found = [grading_queue._published_posts(prompt, asking.reader) for prompt in prompts]
    plain = asking.listed().filter(prompt__in=prompts)
    return {post for posts in found for post in posts.values()}, set(plain)


def counted_for_prompts(asking):
    found, plain = [], []
    for prompt in Prompt.objects.in_course(asking.course):
        counts = queue_rows._comments_and_peers(prompt, asking.reader)
        found += [(prompt.pk, author, comments) for author, (comments, _peers) in counts.items()]
        comments = asking.comments().open().filter(post__prompt=prompt, post__status="published")
        written = Counter(comments.from_others().values_list("author", flat=True))
        plain += [(prompt.pk, author, count) for author, count in written.items()]
    return sorted(found), sorted(plain)


def newest_of_pod(asking):
    found = post_list._posts_of_pod(asking.reader, asking.course)
    mine = asking.reader.membership_in(asking.course).pod
    others = Membership.objects.active().filter(pod=mine, pod__isnull=False).values("user")
    plain = asking.listed().filter(author__in=others).exclude(author=asking.reader)
    return [post.pk for post in found], list(
        plain.order_by("-published_at", "-pk").values_list("pk", flat=True)
    )


def new_posts(asking):
    found = course_home.new_posts(asking.reader, asking.course, but=[asking.post])
    plain = asking.listed().exclude(author=asking.reader).exclude(pk=asking.post.pk)
    return found, list(plain.order_by("-published_at", "-pk")[: course_home.MAX_POSTS_LISTED])


def last_posts(asking):
    members = Membership.objects.in_course(asking.course).values_list("user", flat=True)
    found = people._last_posts(asking.reader, asking.course, list(members))
    plain = {post.author_id: post for post in asking.listed().order_by("published_at", "pk")}
    return found, plain


def announcements(asking):
    """Return the sent, the waiting and the withdrawn announcements."""
    now, by = timezone.now(), {"course": asking.course, "author": asking.reader}
    for minutes, withdrawn_at in ((-5, None), (5, None), (-3, now)):
        at = now + timedelta(minutes=minutes)
        Announcement.objects.create(**by, title="A", sends_at=at, withdrawn_at=withdrawn_at)
    found = course_home.announcements_at_home(asking.reader, asking.course)
    plain = Announcement.objects.visible_to(asking.reader).sent().in_course(asking.course)
    return found, list(plain.for_list()[:MAX_AT_HOME])


def replies(asking):
    """Return those of the author and of somebody else on a prompt, as each reader finds them."""
    prompt = Prompt.objects.in_course(asking.course).order_by("pk").first()
    students = Membership.objects.in_course(asking.course).students().order_by("pk")
    for student in students.values_list("user", flat=True):
        FeedbackReply.objects.create(prompt=prompt, student_id=student, text="More", html="More")
    found = feedback_replies.replies_to_feedback(prompt, asking.reader)
    plain = FeedbackReply.objects.visible_to(asking.reader).filter(prompt=prompt)
    return found, list(plain.order_by("-created_at", "-pk"))


def first_waiting(asking):
    found = waiting_posts.posts_without_comments(asking.reader, asking.course, but=[asking.post])
    can_comment = asking.reader.membership_in(asking.course).role != Membership.Role.OBSERVER
    plain = asking.waiting().exclude(pk=asking.post.pk) if can_comment else Post.objects.none()
    return set(found), set(plain)


def next_waiting(asking):
    """Return the first of the waiting posts, which are found above."""
    seen = post_page.post_of_page(asking.reader, asking.course, asking.post.slug)
    if seen is None:
        return None, None
    found = waiting_posts.next_post_to_comment_on(asking.reader, seen)
    waiting = waiting_posts.posts_without_comments(asking.reader, asking.course, but=[seen])
    return found and found.post, next(iter(waiting), None)


def post_of_page(asking):
    found = post_page.post_of_page(asking.reader, asking.course, asking.post.slug)
    assert found is None or found.course is asking.course
    return found, asking.of_page()


def post_to_act_on(asking):
    found = post_page.post_by_address(asking.reader, asking.course, asking.post.slug)
    return found, asking.of_page()


def post_to_save(asking):
    slug = asking.post.slug
    found = post_page.post_by_address(asking.reader, asking.course, slug, to_save=True)
    return found, asking.of_page()


def thread_of_page(asking):
    found = asking.of_page() and post_page.thread_of_page(asking.reader, asking.post)
    return found or [], list(asking.comments().on(asking.post).for_thread().with_use())


def post_seen(asking):
    return sees_post(asking.reader, asking.post), asking.of_page() is not None


def post_open(asking):
    plain = Post.objects.open_to(asking.reader).contains(asking.post)
    return is_in_audience(asking.reader, asking.post), plain


def comment_seen(asking):
    comments = list(Comment.objects.on(asking.post))
    visible = set(asking.comments())
    return (
        [sees_comment(asking.reader, each) for each in comments],
        [each in visible for each in comments],
    )


def citing(asking):
    listed_works = list(Work.objects.in_course(asking.course))
    found = bibliography.with_posts(listed_works, asking.reader, asking.course, max_posts=20)
    references = Reference.objects.filter(cited=True, post__in=asking.listed())
    return (
        {(listed.work.pk, post.pk) for listed in found for post in listed.posts},
        set(references.values_list("work", "post")),
    )


def cited(asking):
    found = bibliography.bibliography_keys(asking.reader, asking.course)
    plain = Work.objects.in_course(asking.course).visible_to(asking.reader)
    return set(found), set(plain.values_list("pk", flat=True))


def prompts(asking):
    found = visible_prompts.visible_prompts(asking.reader, asking.course)
    return set(found), set(Prompt.objects.in_course(asking.course).visible_to(asking.reader))


# What decides who sees what, with a function that asks it, and asks ``visible_to`` too.
ASKED = {
    bibliography._citing_for: citing,
    bibliography._cited_for: cited,
    post_list._keys_in_order: in_order,
    works._met_last: met,
    grading_queue._published_for: published_for_prompts,
    queue_rows._counted_in: counted_for_prompts,
    post_list._states_for: states,
    post_list._newest_of_pod: newest_of_pod,
    course_home._new_posts: new_posts,
    course_home._announcements_for: announcements,
    people._newest_of: last_posts,
    feedback_replies._replies_for: replies,
    waiting_posts._first_waiting: first_waiting,
    waiting_posts._next_waiting: next_waiting,
    post_page._post_of_page: post_of_page,
    post_page._post_to_act_on: post_to_act_on,
    post_page._post_to_save: post_to_save,
    post_page._thread_of_page: thread_of_page,
    row_visibility._post_seen: post_seen,
    row_visibility._post_open: post_open,
    row_visibility._comment_seen: comment_seen,
    visible_prompts._prompts: prompts,
}
OF_COURSE = {
    met,
    published_for_prompts,
    counted_for_prompts,
    citing,
    cited,
    met,
    in_order,
    states,
    newest_of_pod,
    new_posts,
    last_posts,
    announcements,
    replies,
    first_waiting,
    prompts,
}


def test_each_query_that_a_stand_in_asks_is_tried():
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(blog.__path__, "blog.")
        if found.name.startswith(("blog.models", "blog.queries", "blog.views", "blog.web"))
    ]
    of_members = {
        each
        for module in modules
        for each in vars(module).values()
        if isinstance(each, PreparedQuery) and "stand_in" in each.build.__code__.co_names
    }

    assert of_members == set(ASKED)


# What asks for one's own things alone, by a key: no membership of theirs decides.
OF_A_KEY = {bibliography._own_posts, drafts._copies_of, grading_pace._last_times}


def test_nobody_makes_another_stand_in():
    """A person who was made by hand has no memberships, and a rule that asks for them no answer."""
    modules = [
        importlib.import_module(found.name)
        for package in (blog, network)
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if found.name.split(".")[1] in ("models", "queries", "ties", "views", "web", "templatetags")
    ]
    by_hand = {
        each
        for module in modules
        for each in vars(module).values()
        if isinstance(each, PreparedQuery) and "User" in called_in(each.build)
    }

    assert by_hand == OF_A_KEY


def called_in(function):
    """Return the names that a function calls."""
    calls = [each for each in ast.walk(ast.parse(inspect.getsource(function)))
             if isinstance(each, ast.Call)]  # fmt: skip
    return {call.func.id for call in calls if isinstance(call.func, ast.Name)}


@pytest.mark.parametrize("name", MEMBERS)
def test_prepared_queries_find_what_the_plain_rule_finds(cast, posts, course, name):
    found_any = set()
    for post in posts:
        for ask in ASKED.values():
            if ask in OF_COURSE and post != posts[6]:  # which all but its author could be shown
                continue
            # As the next request would: nothing that was learned of a person is known any more.
            asking = Asking(fresh(cast[name]), course, Post.objects.get(pk=post.pk))
            found, plain = ask(asking)
            assert found == plain, (ask.__name__, post.audience, post.status)
            if found:
                found_any.add(ask)

    never = set(ASKED.values()) - found_any
    expected = {
        "gated": {published_for_prompts, counted_for_prompts},
        "observer": {first_waiting, next_waiting, replies},
    }
    assert never - {newest_of_pod} == expected.get(name, set())
    assert (newest_of_pod in never) == (name not in ("author", "podmate"))


@pytest.mark.parametrize("name", ["visitor", "elsewhere"])
def test_who_is_no_member_sees_what_is_open_to_them(posts, course, eve, name):
    reader = eve if name == "elsewhere" else AnonymousUser()
    seen = Post.objects.filter(course=course).visible_to(reader)

    assert {each.pk for each in posts if sees_post(reader, each)} == {each.pk for each in seen}
    assert {each for each in Comment.objects.all() if sees_comment(reader, each)} == set(
        Comment.objects.visible_to(reader)
    )
    assert len(seen) == {"visitor": 1, "elsewhere": 2}[name]
    assert member_key_of(reader, course) is None
    assert post_page.post_by_address(reader, course, posts[0].slug) is None
    assert post_page.post_by_address(reader, course, posts[0].slug, to_save=True) is None


def test_who_is_no_member_has_no_key(course, eve, ada):
    post = factories.make_post(ada, course)

    assert member_key_of(eve, course) is None
    assert post_page.post_of_page(eve, course, post.slug) is None
    assert post_page.thread_of_page(eve, post) == []


def test_the_memberships_of_a_person_know_them(course, ada, django_assert_num_queries):
    person = fresh(ada)

    with django_assert_num_queries(1):
        [membership] = person.memberships_now
        assert membership.user is person
        assert membership.course == course
    assert list(Membership.objects.active().filter(user=ada)) == [membership]
