"""The words that a message to students begins with; whoever sends it changes them at will."""

from collections.abc import Collection

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from blog.models import Extension, Message, Prompt, User, name_for
from blog.templatetags.dates import at_time


def first_words(
    prompt: Prompt, to: str, author: User, students: Collection[int] = ()
) -> dict[str, str]:
    """Return the subject and the text: facts with their dates, and where to go on.

    No due date of a post where one of the students, given by their keys, has another one.
    """
    address = reverse("prompt_page", args=[prompt.course.slug, prompt.number])
    facts = {
        "prompt": prompt.title,
        "due": at_time(prompt.due_at, prompt.course),
        "comments_due": at_time(prompt.comments_due_at, prompt.course),
    }
    sentences = {
        Message.To.NO_POST: _no_post(prompt, students),
        Message.To.NO_COMMENTS: (
            _("You have not commented on “%(prompt)s”. Comments were due on %(comments_due)s.")
            if prompt.is_past_comments_due
            else _(
                "You have not commented on “%(prompt)s” yet. Comments are due on %(comments_due)s."
            )
        ),
        Message.To.NO_COMMENT_YET: _(
            "Your post on “%(prompt)s” has no comment yet. You can ask your pod to read it."
        ),
    }
    paragraphs = [
        _("Hello,"),
        sentences[Message.To(to)] % facts,
        _("Here is the prompt:") + "\n" + settings.SITE_URL + address,
        _("If something is keeping you from it, reply to this email."),
        name_for(author, author),
    ]
    return {"title": prompt.title[:120], "text": "\n\n".join(paragraphs)}


def _no_post(prompt: Prompt, students: Collection[int]) -> str:
    extensions = Extension.objects.filter(prompt=prompt, student__in=students, taken_back_at=None)
    if extensions.filter(until__gt=prompt.due_at).exists():
        return _("You have not posted on “%(prompt)s” yet.")
    if prompt.is_past_due:
        return _("You have not posted on “%(prompt)s” yet. Your post was due on %(due)s.")
    return _("You have not posted on “%(prompt)s” yet. Your post is due on %(due)s.")
