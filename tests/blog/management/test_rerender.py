"""manage.py rerender: everything shown is made again from the typed text."""

import io

import pytest
from django.core.management import CommandError, call_command

from blog.actions.comments import add_comment
from blog.actions.drafts import start_post
from blog.actions.posts import publish_post
from blog.actions.references import add_reference
from blog.actions.works import add_work
from blog.models import (
    Audience,
    Comment,
    CommentRevision,
    FeedbackReply,
    FeedbackReplyRevision,
    Grading,
    Passage,
    PostLink,
    ProcessNote,
    Revision,
    Work,
)
from blog.text import RENDERER_VERSION
from blog.text.passages import Selection
from tests import factories

FEEDBACK = (Grading, FeedbackReply, FeedbackReplyRevision, ProcessNote)
MODELS = (Work, Revision, Comment, CommentRevision, Passage, *FEEDBACK)
RENDERED = (Work, Revision, Comment, CommentRevision, *FEEDBACK)


@pytest.fixture
def written(ada, bob, instructor, course, prompt):
    """Return one of each kind of text, as its action stored it."""
    post = start_post(course, by=ada, prompt=prompt)
    add_reference(post, add_work(course, factories.ARTICLE, by=ada), by=ada)
    publish_post(
        post, by=ada, title="Ties", text="News [@granovetter1973].", audience=Audience.COURSE
    )
    comment = add_comment(post, by=bob, text="As ¶1 says, *news*.", selection=Selection(1, "News"))
    factories.make_former_text(comment, "News.", html='<p dir="auto">News.</p>')
    feedback = factories.make_grading(post, instructor, "Read *twice*.")
    feedback.html = '<p dir="auto">Read <em>twice</em>.</p>'
    feedback.save()
    reply = factories.make_feedback_reply(post, "Read it *once*.")
    reply.html = '<p dir="auto">Read it <em>once</em>.</p>'
    reply.save()
    factories.make_former_reply(reply, "*Once*.", html='<p dir="auto"><em>Once</em>.</p>')
    note = factories.make_process_note(post, "On a *train*.")
    note.render()
    note.save()
    return stored()


def stored():
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


def rerender(**options):
    out = io.StringIO()
    call_command("rerender", stdout=out, **options)
    return out.getvalue().splitlines()


def spoil():
    for model in RENDERED:
        model.objects.update(html="<p>as an older renderer had it</p>")
    Work.objects.update(label="?")
    references = [entry | {"html": "?"} for entry in Revision.objects.get().references]
    Revision.objects.update(references=references, renderer=0)
    Comment.objects.update(renderer=0)
    Passage.objects.update(start_now=None, end_now=None)
    CommentRevision.objects.update(renderer=0)


def test_what_is_right_already_stays(written):
    assert rerender() == [
        "references: 1 rendered, 0 changed",
        "prompts: 1 rendered, 1 changed",
        "posts: 1 rendered, 0 changed",
        "comments: 1 rendered, 0 changed",
        "passages of comments: 1 rendered, 0 changed",
        "former comments: 1 rendered, 0 changed",
        "feedback: 1 rendered, 0 changed",
        "replies to feedback: 1 rendered, 0 changed",
        "former replies to feedback: 1 rendered, 0 changed",
        "notes on how posts came about: 1 rendered, 0 changed",
    ]
    assert stored() == written


def test_what_an_older_renderer_made_is_made_again(written):
    spoil()

    lines = rerender()

    assert lines == [
        "references: 1 rendered, 1 changed",
        "prompts: 1 rendered, 1 changed",
        "posts: 1 rendered, 1 changed",
        "comments: 1 rendered, 1 changed",
        "passages of comments: 1 rendered, 1 changed",
        "former comments: 1 rendered, 1 changed",
        "feedback: 1 rendered, 1 changed",
        "replies to feedback: 1 rendered, 1 changed",
        "former replies to feedback: 1 rendered, 1 changed",
        "notes on how posts came about: 1 rendered, 1 changed",
    ]
    assert stored() == written
    assert Comment.objects.get().renderer == RENDERER_VERSION


def test_one_course_is_rendered_and_no_other(written, course):
    factories.make_course("other")
    spoil()

    assert rerender(course="other") == [
        "references: 0 rendered, 0 changed",
        "prompts: 0 rendered, 0 changed",
        "posts: 0 rendered, 0 changed",
        "comments: 0 rendered, 0 changed",
        "passages of comments: 0 rendered, 0 changed",
        "former comments: 0 rendered, 0 changed",
        "feedback: 0 rendered, 0 changed",
        "replies to feedback: 0 rendered, 0 changed",
        "former replies to feedback: 0 rendered, 0 changed",
        "notes on how posts came about: 0 rendered, 0 changed",
    ]
    assert rerender(course=course.slug)[0] == "references: 1 rendered, 1 changed"


def test_a_course_that_is_not_there_is_an_error(db):
    with pytest.raises(CommandError, match="no course 'nowhere'"):
        rerender(course="nowhere")


def test_a_text_the_renderer_refuses_now_is_left_and_named(written):
    Revision.objects.update(text="word " * 20_000, html="<p>kept</p>")
    err = io.StringIO()

    call_command("rerender", stdout=io.StringIO(), stderr=err)

    revision = Revision.objects.get()
    assert revision.html == "<p>kept</p>"
    assert err.getvalue().startswith(f"posts: {revision.pk} was not changed: ")


def test_links_to_posts_are_found_anew(written, bob, course):
    cited = factories.make_post(bob, course)
    Revision.objects.exclude(post=cited).update(text=f"See [Bob](/p/{cited.pk}/).", references=[])

    rerender()

    assert list(PostLink.objects.values_list("linked", flat=True)) == [cited.pk]
