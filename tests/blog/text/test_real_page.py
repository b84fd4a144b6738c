"""A real blog page of 2009 lives here as it lived on the web: a quotation, a list, four comments.

Two of its comments have no name; they stand under a member's name until guests can write.
"""

import re

import pytest

from blog.actions.comments import add_comment
from blog.actions.drafts import start_post
from blog.actions.posts import publish_post
from blog.models import Audience
from network import ties
from tests import factories

QUOTED = "What I like most about using social networking tools"
DATE = re.compile(r"^\w+ \d{1,2}, 2009$", re.MULTILINE)


@pytest.fixture
def page(real_data):
    """Return the page's title, its post as Markdown, and its four comments."""
    (path,) = (real_data / "seeds").glob("004_*.txt")
    title, rest = path.read_text(encoding="utf-8").split("\n", 1)
    body, talk = rest.split("\n  1. ", 1)
    talk = talk.split("Leave a Reply")[0]
    comments = [re.sub(r"^\s*\d\. ", "", c.strip()) for c in DATE.split(dedent(talk))]
    return title, as_markdown(body), [c for c in comments if c]


def dedent(text):
    return "\n".join(line.strip() for line in text.splitlines())


def as_markdown(body):
    """Mark the quotation and the list as a writer would; the words stay as they are."""
    blocks = [block.strip() for block in body.strip().split("\n\n")]
    return "\n\n".join(as_block(block) for block in blocks)


def as_block(block):
    if block.startswith(QUOTED):
        return f"> {block}"
    if block.startswith("•"):
        return "\n".join(
            f"- {line.strip().removeprefix('•').strip()}" for line in block.split("\n")
        )
    return block


def test_the_page_lives_here(client, course, ada, bob, page):
    title, text, (first, second, third, fourth) = page
    steve = factories.make_user("Steve Dale")
    factories.add_member(course, steve)
    post = start_post(course, by=steve, title=title, text=text)
    publish_post(post, by=steve, title=title, text=text, audience=Audience.COURSE)
    one = add_comment(post, by=ada, text=first)
    two = add_comment(post, by=steve, text=second.removeprefix("Steve Dale said:"), parent=one)
    three = add_comment(post, by=bob, text=third)
    four = add_comment(post, by=steve, text=fourth.removeprefix("Steve Dale said:"), parent=three)
    client.force_login(bob)

    html = client.get(post.get_absolute_url()).content.decode()

    assert title == "Is social networking learning?"
    assert f'<blockquote dir="auto">\n<p dir="auto">{QUOTED}' in post.revision.html
    assert post.revision.html.count("<li ") == 3
    assert len(post.revision.paragraphs) == 4
    assert [c.addressee for c in (one, two, three, four)] == [steve, ada, steve, bob]
    assert [f'id="c{c.pk}"' in html for c in (one, two, three, four)] == [True] * 4
    assert "this has to be the easiest way to keep the skill of argument alive" in html
    assert "little black book!" in html
    assert ties.check(course) == []
    pairs = {(t.peer, t.tie_class) for t in ties.ties_of(steve, course)}
    assert pairs == {(ada, ties.TieClass.WEAK), (bob, ties.TieClass.WEAK)}
