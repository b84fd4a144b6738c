"""Tags about a prompt: the size in which its question is set."""

from django import template

register = template.Library()

SHORT_CHARS, MEDIUM_CHARS = 90, 220


@register.filter
def question_class(question: str) -> str:
    """Return the class of a question's text: the longer it is, the smaller it is set."""
    if len(question) <= SHORT_CHARS:
        return "question"
    return "question question-m" if len(question) <= MEDIUM_CHARS else "question question-l"
