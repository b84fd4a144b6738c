"""The question before publishing asks about each open point once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.citations.consistency import MAX_ASKED, MAX_FINDINGS
from blog.models import Comment, Prompt
from blog.queries.comment_uses import RevisionPlan
from blog.queries.commented_peers import CommentedPeers
from blog.queries.editor import UnknownKey, editor_context
from blog.queries.prompt_progress import PromptProgress
from blog.queries.publish_question import PublishQuestion, open_points, publish_question
from tests import factories

DUE = timezone.now() + timedelta(days=1)


def context(words=600, cited=2, late=False, unknown=(), **prompt):
    fields = {"words_min": 500, "words_max": 800, "references_min": 2, "due_at": DUE} | prompt
    now = DUE + timedelta(days=1) if late else DUE
    progress = PromptProgress(Prompt(**fields), words, cited, CommentedPeers(), None, now)
    keys = [UnknownKey(key, "", "") for key in unknown]
    return {
        "progress": progress,
        "unknown_keys": keys,
        "findings": (),
        "revision_plan": RevisionPlan(),
    }


def test_nothing_is_asked_of_a_complete_text():
    assert open_points(context()) == {}
    assert not publish_question(context(), {})


@pytest.mark.parametrize(
    ("lacking", "points"),
    [
        ({"words": 450}, {"words missing": 50}),
        ({"words": 945}, {"words over": 145}),
        ({"cited": 1}, {"references missing": 1}),
        ({"late": True}, {"late": 1}),
        ({"unknown": ["luna"]}, {"unknown luna": 1}),
    ],
)
def test_what_was_asked_is_not_asked_again(lacking, points):
    assert open_points(context(**lacking)) == points
    assert publish_question(context(**lacking), {})
    assert not publish_question(context(**lacking), points)


def test_only_what_is_new_is_asked():
    text = context(words=450, unknown=["luna", "sol"])

    question = publish_question(text, {"words missing": 50, "unknown luna": 1})

    assert question == PublishQuestion(unknown_keys=[UnknownKey("sol", "", "")])


def test_a_marked_comment_is_asked_about_once_and_where_the_text_changed():
    marked = Comment(pk=7)
    changed = context() | {"revision_plan": RevisionPlan([marked], is_due=True)}
    unchanged = context() | {"revision_plan": RevisionPlan([marked])}

    assert publish_question(changed, {}) == PublishQuestion(comments=[marked])
    assert not publish_question(changed, {}, used=[7])
    assert not publish_question(changed, open_points(changed))
    assert not publish_question(unchanged, {})


def test_a_point_is_asked_again_if_more_is_missing_now():
    assert publish_question(context(words=400), {"words missing": 50}).words
    assert not publish_question(context(words=480), {"words missing": 50}).words
    assert publish_question(context(cited=0), {"references missing": 1}).references


def test_a_finding_is_the_same_in_another_paragraph(ada, course):
    post = factories.make_draft_post(ada, course)
    factories.make_reference(post)

    def text(*paragraphs):
        words = "\n\n".join(paragraphs)
        return editor_context(ada, course, post=post, prompt=None, text=words)

    cited = "They carry news (Granovetter, 1974)."
    before, after = text(cited), text("A new beginning.", cited)

    assert [finding.paragraph for finding in before["findings"]] != [
        finding.paragraph for finding in after["findings"]
    ]
    assert publish_question(before, {}).findings
    assert not publish_question(after, open_points(before))


def test_no_typed_citation_is_published_without_being_asked_about(ada, course):
    """Neither the quotations before them nor their own number take their places."""
    post = factories.make_draft_post(ada, course)
    quotation = "It is said that “ties that are weak carry news” in many books.\n\n"
    names = [f"Abel{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(60)]
    typed = "\n\n".join(f"So it is ({name}, 2001)." for name in names)

    asked = editor_context(ada, course, post=post, prompt=None, text=quotation * 30 + typed)
    question = publish_question(asked, {})

    assert {f"{name}, 2001" for name in names} <= {one.snippet for one in question.findings}
    assert len(asked["findings_beside"]) == MAX_FINDINGS
    assert not publish_question(asked, open_points(asked))


def test_keys_that_are_not_asked_about_now_are_asked_about_next_time():
    text = context(unknown=[f"luna{n}" for n in range(MAX_ASKED + 1)])

    assert len(publish_question(text, {}).unknown_keys) == MAX_ASKED
    assert f"unknown luna{MAX_ASKED}" not in open_points(text)


def test_without_a_prompt_the_references_alone_are_asked_about():
    text = context(unknown=["luna"]) | {"progress": None}

    assert open_points(text) == {"unknown luna": 1}
