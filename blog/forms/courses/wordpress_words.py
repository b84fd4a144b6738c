"""Findings of the readers of files of WordPress, in words: they give keys."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from blog.text.lists import isolated
from blog.wordpress import WordPressRefused

REFUSALS: Mapping[str, object] = {
    "not_an_export": _(
        "This is not a file that WordPress exports. In WordPress, open Tools, Export, choose "
        "“All content” and download the file."
    ),
    "doctype": _("This file declares a document type. No export has one, so we do not read it."),
    "too_deep": _("This file is nested deeper than any export, so we do not read it."),
    "too_large": _("This file is too large. Export one author or a shorter period at a time."),
    "too_many_files": _("These are too many files. Upload up to 20 at a time."),
    "too_many_items": _(
        "This blog is too large for one import. Export one author or a shorter period at a time."
    ),
    "too_many_posts": _(
        "These are more than 400 posts. Export one author or a shorter period at a time."
    ),
    "too_many_comments": _(
        "These are more than 10,000 comments. Export one author or a shorter period at a time."
    ),
    "zip_without_xml": _("There is no XML file in this zip."),
    "broken_zip": _("This zip is damaged, or it has a password. Make it again."),
    "beyond_repair": _("This file is damaged, and we cannot repair it. Export it again."),
    "torn": _(
        "This file is damaged here, and no published post can be read in it. Export it again."
    ),
    "no_posts": _(
        "There are no published posts in this file. Pages, drafts and menus are not imported."
    ),
}
REPAIRS: Mapping[str, object] = {
    "encoding": _("a character in another encoding: read as Windows does"),
    "control": _("a control character: removed"),
    "ampersand": _("a stray &: read as a character"),
    "stray_tag": _("a tag in a wrong place: read as text, or left out"),
    "unclosed": _("something that was not closed: closed"),
    "cdata": _("a text that ended too early: read as text"),
}
LEFT_OUT: Mapping[str, object] = {
    "pages": _("pages"),
    "drafts": _("drafts"),
    "future": _("posts with a date in the future"),
    "deleted": _("deleted posts"),
    "undated": _("posts without a date"),
    "empty": _("posts without a text"),
    "double": _("posts that are there twice"),
    "other": _("menus, blocks and other parts of the site"),
    "pingbacks": _("pingbacks and trackbacks"),
    "spam_comments": _("spam comments"),
    "deleted_comments": _("deleted comments"),
    "undated_comments": _("comments without a date or a text"),
}
NOTES: Mapping[str, object] = {
    "too_long": _("Longer than a post can be here"),
    "prompt_taken": _("Without the prompt: its author has a post or a draft for it"),
    "private": _("Private in WordPress: only its author sees it"),
}
STATES: Mapping[str, object] = {
    "new": _("Will be imported"),
    "known": _("Imported before"),
    "left_out": _("Left out"),
    "problem": _("Cannot be imported"),
    "undecided": _("Choose who wrote it"),
}
PROBLEMS: Mapping[str, object] = {
    "picture_refused": _("A picture could not be read."),
    "too_long": _("Longer than a post can be here"),
    "undecided": _(
        "Its author has left the course. Import the same file again and say whose it is."
    ),
    "stopped": _("The import stopped. Import the same file again for the rest."),
    "not_allowed": _("The import stopped: its instructor no longer teaches this course."),
}

# After an undo, and before it.
STAYING = _(
    "Posts that someone has changed, withdrawn, commented on, cited, reported or "
    "graded since then stay, and so do posts with comments from another import."
)


def refusal_words(refusal: WordPressRefused) -> str:
    """Return why a file is not read, with its name and line as far as they are known."""
    words = str(REFUSALS[refusal.reason])
    if refusal.column and refusal.name:
        place = _("%(file)s, line %(line)d, column %(column)d: %(words)s")
    elif refusal.line and refusal.name:
        place = _("%(file)s, line %(line)d: %(words)s")
    elif refusal.name:
        place = _("%(file)s: %(words)s")
    else:
        return words
    named = {"file": isolated(refusal.name), "line": refusal.line, "column": refusal.column}
    return place % (named | {"words": words})
