"""Requirements of a prompt, in words."""

from django.utils.translation import ngettext

from blog.text.lists import comma_list


def requirements_of(prompt) -> str:
    """Return the requirements of a post, such as “500–800 words, 2 references”."""
    parts = []
    if prompt.words_max:
        parts.append(
            ngettext("%(min)d–%(max)d word", "%(min)d–%(max)d words", prompt.words_max)
            % {"min": prompt.words_min, "max": prompt.words_max}
        )
    elif prompt.words_min:
        parts.append(
            ngettext("at least %(n)d word", "at least %(n)d words", prompt.words_min)
            % {"n": prompt.words_min}
        )
    if prompt.references_min:
        parts.append(
            ngettext("%(n)d reference", "%(n)d references", prompt.references_min)
            % {"n": prompt.references_min}
        )
    if prompt.comments_min:
        parts.append(required_comments_of(prompt))
    return comma_list(parts)


def required_comments_of(prompt) -> str:
    """Return a student's comments to write, such as “comments on the posts of 2 classmates”."""
    if prompt.comments_across_pods:
        words = ngettext(
            "comments on the post of %(n)d classmate in another pod",
            "comments on the posts of %(n)d classmates, one of them in another pod",
            prompt.comments_min,
        )
    else:
        words = ngettext(
            "comments on the post of %(n)d classmate",
            "comments on the posts of %(n)d classmates",
            prompt.comments_min,
        )
    return words % {"n": prompt.comments_min}
