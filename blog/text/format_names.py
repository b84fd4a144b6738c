"""Names of formats in the words of the editor, for comparisons."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.text.formatting import Format

NAMES = {
    "bold": gettext_lazy("bold"),
    "cite": gettext_lazy("title of a work"),
    "code": gettext_lazy("code"),
    "code block": gettext_lazy("code block"),
    "footnote": gettext_lazy("footnote"),
    "italic": gettext_lazy("italic"),
    "kbd": gettext_lazy("key to press"),
    "line break": gettext_lazy("line break"),
    "list item": gettext_lazy("list item"),
    "mark": gettext_lazy("highlight"),
    "q": gettext_lazy("short quote"),
    "strike": gettext_lazy("strike through"),
    "sub": gettext_lazy("subscript"),
    "sup": gettext_lazy("superscript"),
}
SIDES = {
    "left": gettext_lazy("aligned left"),
    "center": gettext_lazy("centered"),
    "right": gettext_lazy("aligned right"),
}
MAX_TOKEN_CHARS = 6  # enough to tell two picture files apart


def format_name(one: Format) -> str:
    """Return the usual name of a format: “bold”, “link to https://example.org”."""
    writers = {
        "citation": _citation,
        "heading": _heading,
        "link": _link,
        "list": _list,
        "numbered list": _numbered_list,
        "picture": _picture,
        "quotation": _quote,
        "table": _cell,
        "table heading": _cell_of_heading,
    }
    return writers[one.name](one.value) if one.name in writers else str(NAMES[one.name])


def _citation(key: str) -> str:
    return _("citation of “%(key)s”") % {"key": key}


def _heading(level: str) -> str:
    names = {"2": _("heading"), "3": _("small heading")}
    return names.get(level) or _("heading of level %(level)s") % {"level": int(level) - 1}


def _link(address: str) -> str:
    return _("link to %(address)s") % {"address": address}


def _list(depth: str) -> str:
    return _("list") if depth == "1" else _("list of level %(level)s") % {"level": depth}


def _numbered_list(value: str) -> str:
    depth, start, letters = value.split("|")
    if start != "1":
        return _("numbered list from %(number)s") % {"number": start}
    if letters:
        return _("lettered list")
    if depth != "1":
        return _("numbered list of level %(level)s") % {"level": depth}
    return _("numbered list")


def _picture(token: str) -> str:
    return _("picture file %(name)s") % {"name": token[:MAX_TOKEN_CHARS]}


def _quote(depth: str) -> str:
    return _("quote") if depth == "1" else _("quote in a quote")


def _cell(side: str) -> str:
    return _in_column(_("table cell"), side)


def _cell_of_heading(side: str) -> str:
    return _in_column(_("table heading"), side)


def _in_column(cell: str, side: str) -> str:
    return f"{cell}, {SIDES[side]}" if side in SIDES else cell
