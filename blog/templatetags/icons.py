"""Icons: named by their meaning, drawn by Lucide.

Templates ask for what an icon means here (``{% icon "lock" %}``), so a better drawing is
one line in this table. The drawing is inline SVG: no request, no sprite, and it has the colour
of the text next to it. An icon is always next to a word or inside a labelled control, so it is
hidden from screen readers.
"""

import re
from collections.abc import Iterable
from functools import cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

register = template.Library()

DRAWINGS = {
    "alert": "triangle-alert",
    "arrow": "arrow-right",
    "back": "arrow-left",
    "bell": "bell",
    "bold": "bold",
    "calendar": "calendar",
    "check": "check",
    "chevron": "chevron-down",
    "cite": "brackets",
    "clock": "clock",
    "code": "code",
    "comment": "message-circle",
    "compare": "columns-2",
    "copy": "copy",
    "dash": "minus",
    "down": "download",
    "download": "download",
    "edit": "pencil",
    "eye": "eye",
    "feed": "rss",
    "file": "file-text",
    "flag": "flag",
    "follow": "user-plus",
    "footnote": "superscript",
    "full": "maximize-2",
    "half": "contrast",
    "heading": "heading",
    "hide": "eye-off",
    "history": "history",
    "image": "image",
    "info": "info",
    "italic": "italic",
    "link": "link",
    "list": "list",
    "lock": "lock",
    "mail": "mail",
    "menu": "menu",
    "more": "ellipsis",
    "move_down": "arrow-down",
    "move_up": "arrow-up",
    "numbers": "list-ordered",
    "open": "circle",
    "pen": "pen-line",
    "people": "users",
    "person": "user",
    "plus": "plus",
    "print": "printer",
    "quote": "text-quote",
    "redo": "redo-2",
    "reply": "corner-up-left",
    "search": "search",
    "send": "send",
    "settings": "settings-2",
    "strike": "strikethrough",
    "table": "table",
    "trash": "trash-2",
    "undo": "undo-2",
    "unfollow": "user-minus",
    "upload": "upload",
    "x": "x",
}

FILLED = {"half"}  # these mean nothing as an outline
# These point where reading goes, or back, or draw lines of text: from the right they are turned.
TURNED = frozenset(["arrow", "back", "list", "numbers", "quote", "redo", "reply", "send", "undo"])


@register.simple_tag
def icon(name: str) -> SafeString:
    """Render the icon `name`; a name that is not in the table is a KeyError, never a gap."""
    return _drawn(str(name))


@register.simple_tag
def icon_symbols(*names: str) -> SafeString:
    """Draw icons once, out of sight, for a page that has them many times: ``icon_again``."""
    symbols = format_html_join(
        "", '<symbol id="icon-{}" viewBox="0 0 24 24">{}</symbol>', _drawings(names)
    )
    return format_html("<div hidden><svg>{}</svg></div>", symbols)


@register.simple_tag
def icon_again(name: str) -> SafeString:
    """Render an icon of the page's ``icon_symbols``, in a quarter of the letters of `icon`."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="#icon-{}"/></svg>',
        _css_class(name),
        name,
    )


def _css_class(name: str) -> str:
    return "i i-turned" if name in TURNED else "i"


def _drawings(names: Iterable[str]) -> list[tuple[str, SafeString]]:
    """Return each name with what is inside the drawing of its icon."""
    return [(name, mark_safe(re.sub(r"^<svg[^>]*>|</svg>$", "", icon(name)))) for name in names]


@cache
def _drawn(name: str) -> SafeString:
    svg = lucide(
        DRAWINGS[name],
        size=16,
        **{"class": _css_class(name), "aria-hidden": "true", "focusable": "false"},
    )
    if name in FILLED:
        svg = svg.replace("<path ", '<path fill="currentColor" ')
    return mark_safe(" ".join(svg.split()))
