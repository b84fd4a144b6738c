"""Imports from WordPress in words."""

from collections.abc import Sequence

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.forms.courses.wordpress_words import LEFT_OUT, NOTES, PROBLEMS, REPAIRS, STATES, STAYING
from blog.models import Post, WordPressImport, name_for
from blog.queries.wordpress_imports import brought_by
from blog.queries.wordpress_plan import KNOWN, Person, Plan, PlannedPost
from blog.text.lists import isolated
from blog.wordpress import Export
from blog.wordpress.items import Repair

register = template.Library()

MAX_REPAIRS_SHOWN = 40


@register.simple_tag(takes_context=True)
def brought_from_wordpress(context, post: Post) -> str:
    """Return who brought a post in, "" for one that was written here."""
    person = brought_by(post) if getattr(post, "is_brought", True) else None
    if person is None:
        return ""
    if person == post.author:
        return _("imported from WordPress")
    name = isolated(name_for(person, context["user"]))
    return _("imported from WordPress by %(name)s") % {"name": name}


@register.filter
def plan_counts(plan: Plan) -> list[str]:
    """Return what comes, and what does not: “5 posts”, “2 comments wait for a decision”."""
    counts = plan.counts
    words = [_posts(counts["new"])]
    if counts["comments"]:
        words.append(_comments(counts["comments"]))
    if counts["waiting"]:
        words.append(_waiting(counts["waiting"]))
    for state in ("undecided", "known", "left_out", "problem"):
        if counts[state]:
            shown = {"state": str(STATES[state]), "count": counts[state]}
            words.append(_("%(state)s: %(count)d") % shown)
    return words


@register.filter
def left_out_counts(export: Export) -> list[str]:
    """Return the parts of a file that are never imported: “pages: 3”."""
    words = _("%(kind)s: %(count)d")
    return [
        words % {"kind": str(LEFT_OUT[kind]), "count": export.left_out[kind]}
        for kind in LEFT_OUT
        if export.left_out.get(kind)
    ]


@register.filter
def broken_places(export: Export) -> list[str]:
    """Return the places where files are no XML: “blog.xml, line 90”."""
    return [
        (
            _("%(file)s, line %(line)d, column %(column)d")
            if column
            else _("%(file)s, line %(line)d")
        )
        % {"file": isolated(str(name)), "line": line, "column": column}
        for name, line, column in export.broken
    ]


@register.filter
def repair_lines(repairs: Sequence[Repair]) -> list[str]:
    """Return the repairs, in the order of the file, as far as a page can show them."""
    words = _("Line %(line)d: %(repair)s")
    if len({one.file for one in repairs}) > 1:
        words = _("%(file)s, line %(line)d: %(repair)s")
    return [
        words
        % {"line": one.line, "repair": str(REPAIRS[one.kind]), "file": isolated(str(one.file))}
        for one in repairs[:MAX_REPAIRS_SHOWN]
    ]


@register.filter
def repairs_beyond(repairs: Sequence[Repair]) -> int:
    return max(len(repairs) - MAX_REPAIRS_SHOWN, 0)


@register.filter
def person_counts(person: Person) -> str:
    """Return the counts of somebody's posts and comments: “3 posts · 2 comments”."""
    words = [_posts(person.posts)] if person.posts else []
    words += [_comments(person.comments)] if person.comments else []
    return " · ".join(words)


@register.filter
def planned_state(planned: PlannedPost) -> str:
    if planned.state == KNOWN and planned.comments:
        return _("Imported before, with new comments")
    return str(STATES[planned.state])


@register.filter
def planned_notes(planned: PlannedPost) -> list[str]:
    """Return the notes on a post: its comments, and its losses."""
    words = []
    open_ones = len(planned.comments) - planned.waiting
    if open_ones:
        words.append(_comments(open_ones))
    if planned.waiting:
        words.append(_waiting(planned.waiting))
    return [*words, *(str(NOTES[note]) for note in planned.notes)]


@register.filter
def result_counts(wordpress_import: WordPressImport) -> list[str]:
    """Return the counts of an import: “5 posts”, “1 picture”."""
    changes = wordpress_import.changes
    words = [_posts(changes.get("posts", 0)), _comments(changes.get("comments", 0))]
    if pictures := changes.get("pictures", 0):
        words.append(ngettext("%(n)d picture", "%(n)d pictures", pictures) % {"n": pictures})
    if missing := changes.get("missing_pictures", 0):
        words.append(
            ngettext(
                "%(n)d picture is a link to the blog or is left out",
                "%(n)d pictures are links to the blog or are left out",
                missing,
            )
            % {"n": missing}
        )
    return words


@register.simple_tag
def effect_of_undo() -> str:
    """Return the effects of an undo."""
    deleted = _("Its posts and comments are deleted.")
    return f"{deleted} {STAYING}"


@register.filter
def undone_counts(wordpress_import: WordPressImport) -> list[str]:
    """Return the result of an undo: the numbers of posts deleted, and kept and why."""
    changes = wordpress_import.changes
    deleted, stayed = changes.get("deleted"), len(changes.get("stayed", []))
    words = []
    if deleted is not None:  # one of before did not count them
        words.append(
            ngettext("%(n)d post was deleted.", "%(n)d posts were deleted.", deleted)
            % {"n": deleted}
        )
    if stayed:
        words.append(ngettext("%(n)d post stayed.", "%(n)d posts stayed.", stayed) % {"n": stayed})
        words.append(str(STAYING))
    return words


@register.filter
def problem_words(words: str) -> str:
    return str(PROBLEMS.get(words, words))


def _posts(count: int) -> str:
    return ngettext("%(n)d post", "%(n)d posts", count) % {"n": count}


def _comments(count: int) -> str:
    return ngettext("%(n)d comment", "%(n)d comments", count) % {"n": count}


def _waiting(count: int) -> str:
    return ngettext(
        "%(n)d comment waits for a decision", "%(n)d comments wait for a decision", count
    ) % {"n": count}
