"""Queries of a stand-in for my network equal the rules for its member."""

import importlib
import pkgutil

import pytest

import network
from blog.models import Comment, Post, Reference, User
from blog.models.member_keys import member_key_of
from blog.models.prepared_queries import PreparedQuery
from network.queries import discover, ego_network, offered_posts
from tests import factories

MEMBERS = ["ada", "bob", "instructor", "assistant", "observer"]


@pytest.fixture
def prompt(course, ada, bob, instructor, assistant, observer):
    """Return a prompt with posts by all, for all audiences, with comments and common works."""
    pod = factories.make_pod(course, "Herons", ada)
    prompt = factories.make_prompt(course)
    work = factories.make_work(course, factories.ARTICLE | {"DOI": "10.1086/1"})
    for author in (ada, bob, assistant):
        for audience in (0, 10, 20, 30):
            is_first = audience == 30
            fields = {"prompt": prompt} if is_first else {}
            post = factories.make_post(author, course, audience=audience, pod=pod, **fields)
            factories.make_reference(post, work, "key")
            for commenter in (ada, bob, instructor):
                for readers in Comment.Audience.values:
                    factories.make_comment(commenter, post, audience=readers)
    Reference.objects.update(cited=True)
    return prompt


def pairs(reader, course, _prompt):
    comments = Comment.objects.counting().filter(post__course=course).visible_to(reader)
    own = comments.filter(author=reader).values("addressee")
    plain = comments.filter(addressee__in=own).values_list("author", "addressee")
    return set(discover._pairs(reader, course)), set(plain)


def cited(reader, course, _prompt):
    posts = Post.objects.filter(course=course).published().visible_to(reader)
    references = Reference.objects.filter(cited=True, post__in=posts)
    own = references.filter(post__author=reader).values("work")
    found = discover._cited_works(reader, course)
    plain = references.filter(work__in=own).values_list("post__author", "work")
    return {(author, work) for author, works in found.items() for work in works}, set(plain)


def posts_by(reader, course, _prompt):
    posts = Post.objects.filter(course=course).published().visible_to(reader)
    authors = set(posts.values_list("author", flat=True))
    found = discover._posts_to_read(reader, course, dict.fromkeys(authors))
    newest = {}
    for post in posts.order_by("-published_at", "-pk"):
        newest.setdefault(post.author_id, post)
    return found, newest


def posts_on(reader, course, prompt):
    member = member_key_of(reader, course)
    found = ego_network._posts_on.rows(member.role, prompt=prompt.pk, **member.values)
    plain = Post.objects.filter(prompt=prompt).published().visible_to(reader)
    return set(found), set(plain)


def visible(reader, course, _prompt):
    member = member_key_of(reader, course)
    keys = tuple(Post.objects.filter(course=course).values_list("pk", flat=True))
    found = offered_posts._visible_for.rows(member.role, keys=keys, **member.values)
    return set(found), set(Post.objects.filter(course=course).published().visible_to(reader))


ASKED = {
    offered_posts._visible_for: visible,
    discover._pairs_for: pairs,
    discover._cited_for: cited,
    discover._posts_by: posts_by,
    ego_network._posts_on: posts_on,
}


@pytest.mark.parametrize("name", MEMBERS)
@pytest.mark.parametrize("ask", ASKED.values(), ids=lambda ask: ask.__name__)
def test_it_finds_what_the_rules_find(request, course, prompt, name, ask):
    reader = User.objects.get(pk=request.getfixturevalue(name).pk)

    found, plain = ask(reader, course, prompt)

    assert found == plain
    assert bool(plain) or name in ("instructor", "observer", "assistant")


def test_each_of_them_is_tried():
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(network.__path__, "network.")
        if found.name.startswith(("network.queries", "network.ties", "network.templatetags"))
    ]
    asked = {
        each
        for module in modules
        for each in vars(module).values()
        if isinstance(each, PreparedQuery) and "stand_in" in each.build.__code__.co_names
    }

    assert asked == set(ASKED)
