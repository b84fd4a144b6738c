"""Buttons above a text that format it: the same in the editor of a post and in the small one.

They need scripts; whoever has none types the same signs (static/js/editor/toolbar.js).
"""

from dataclasses import dataclass

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

register = template.Library()


@dataclass(frozen=True)
class Tool:
    icon: str
    label: str | Promise
    hint: str | Promise = ""  # the label with more, shown where the pointer rests
    keys: str = ""  # as in aria-keyshortcuts


TOOLS = {
    "bold": Tool("bold", _("Bold"), _("Bold, Ctrl+B"), "Control+B"),
    "italic": Tool("italic", _("Italic"), _("Italic, Ctrl+I"), "Control+I"),
    "strike": Tool("strike", _("Strike through")),
    "code": Tool("code", _("Code")),
    "quote": Tool("quote", _("Quote")),
    "bullets": Tool("list", _("List")),
    "numbers": Tool("numbers", _("Numbered list")),
    "link": Tool("link", _("Link"), _("Link, Ctrl+K"), "Control+K"),
    "table": Tool("table", _("Table")),
    "footnote": Tool("footnote", _("Footnote")),
    "undo": Tool("undo", _("Undo"), _("Undo, Ctrl+Z"), "Control+Z"),
    "redo": Tool("redo", _("Redo"), _("Redo, Ctrl+Y"), "Control+Y"),
}


@register.inclusion_tag("blog/editor/_tool.html")
def tool(name: str) -> dict:
    """Render the button of a command; a name that is not in the table is a KeyError."""
    return {"name": name, "tool": TOOLS[name]}
