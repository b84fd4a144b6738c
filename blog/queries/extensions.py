"""The extensions of a prompt, as its instructors see them."""

from blog.models import Extension, Prompt


def extensions_of(prompt: Prompt) -> tuple[list[Extension], list[Extension]]:
    """Return the extensions that students have, and those that were taken back; one query."""
    extensions = Extension.objects.filter(prompt=prompt).select_related("student", "given_by")
    ordered = list(extensions.order_by("student__display_name", "pk"))
    current = [one for one in ordered if one.taken_back_at is None]
    return current, [one for one in ordered if one.taken_back_at is not None]
