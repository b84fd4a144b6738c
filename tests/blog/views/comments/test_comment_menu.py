"""Controls below a comment: Reply in view, all else in a quiet menu."""

import re

import pytest

from blog.models import Comment
from tests import factories

MENU = re.compile(r'<details class="menu-box dots-menu">.*?</details>', re.DOTALL)
ADDRESS = re.compile(
    r'(?:href|action)="[^"]*/(?:comments/\d+/(\w+)|(moderation)/comment-\d+(/report)?)/"'
)


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course)


def read(client, reader, post):
    client.force_login(reader)
    return client.get(post.get_absolute_url()).content.decode()


def acts_in_menus(html):
    return [acts_in(menu) for menu in MENU.findall(html)]


def acts_in(html):
    return ["".join(found) for found in ADDRESS.findall(html)]


@pytest.mark.parametrize(
    ("reader", "in_menu", "in_view"),
    [
        ("bob", [["edit", "delete"]], ["reply"]),
        ("ada", [["use", "moderation/report"]], ["reply"]),
        ("observer", [["moderation/report"]], []),
        ("assistant", [["moderation"]], ["reply"]),
        ("instructor", [["moderation"]], ["reply"]),
    ],
)
def test_only_reply_is_in_view(request, client, bob, post, reader, in_menu, in_view):
    factories.make_comment(bob, post)

    html = read(client, request.getfixturevalue(reader), post)

    assert acts_in_menus(html) == in_menu
    assert acts_in(MENU.sub("", html)) == in_view


def test_who_it_is_for_is_asked_where_there_is_a_choice(client, ada, bob, instructor, post):
    comment = factories.make_comment(bob, post)
    factories.make_comment(ada, post, parent=comment)

    of_two = acts_in_menus(read(client, bob, post))
    factories.make_comment(instructor, post)
    of_three = acts_in_menus(read(client, bob, post))

    assert of_two[0] == ["edit", "delete"]
    assert of_three[0] == ["edit", "delete", "addressee"]
    assert acts_in_menus(read(client, ada, post)) == [
        ["use", "moderation/report"],
        ["edit", "delete", "addressee"],
        ["use", "moderation/report"],
    ]


def test_a_comment_that_waits_to_be_published_is_not_moderated(client, bob, instructor, post):
    factories.make_comment(bob, post, state=Comment.State.WAITING)

    assert acts_in_menus(read(client, instructor, post)) == [[]]


def test_the_menu_says_which_comment_it_is_for(client, bob, instructor, post):
    factories.make_comment(bob, post)

    labels = [re.sub(r"\s+", " ", read(client, reader, post)) for reader in (bob, instructor)]

    assert "> More actions for your comment <" in labels[0]
    assert "> More actions for the comment by Bob Student <" in labels[1]
