"""Inputs, text areas and selects, written as Django's templates write them, by a few functions.

A filter of a list has dozens of options, and Django renders three templates for each. Nothing else
is written here: what these functions do not know is left to Django.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeData, SafeString, mark_safe

FOLDER = "django/forms/widgets/"
KINDS = ("checkbox", "date", "email", "hidden", "number", "text", "url")
INPUTS = {f"{FOLDER}{name}.html" for name in KINDS}
SELECT, OPTION = f"{FOLDER}select.html", f"{FOLDER}select_option.html"
TEXTAREA = f"{FOLDER}textarea.html"


def written(template_name: str, widget: Mapping[str, Any]) -> SafeString | None:
    """Return a field as the template would, or None where only the template can."""
    if template_name in INPUTS:
        return _input(widget)
    if template_name == TEXTAREA and isinstance(widget["value"], str | None):
        return mark_safe(
            f'<textarea name="{escape(widget["name"])}"{_attributes(widget)}>\n'
            f"{conditional_escape(widget['value'] or '')}</textarea>"
        )
    if template_name == SELECT:
        return _select(widget)
    return None


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    kind, name = escape(widget["type"]), escape(widget["name"])
    return mark_safe(f'<input type="{kind}" name="{name}"{value}{_attributes(widget)}>')


def _select(widget: Mapping[str, Any]) -> SafeString | None:
    parts = [f'<select name="{escape(widget["name"])}"{_attributes(widget)}>']
    for group, options, _number in widget["optgroups"]:
        if group:
            parts.append(f'\n  <optgroup label="{conditional_escape(group)}">')
        for option in options:
            label: Any = option["label"]
            if option["template_name"] != OPTION or not isinstance(label, str | Promise):
                return None
            parts.append(
                f'\n  <option value="{_text(option["value"])}"{_attributes(option)}>'
                f"{conditional_escape(label)}</option>\n"
            )
        if group:
            parts.append("\n  </optgroup>")
    return mark_safe("".join([*parts, "\n</select>"]))


def _attributes(widget: Mapping[str, Any]) -> str:
    return "".join(
        f" {escape(name)}" if value is True else f' {escape(name)}="{_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _text(value: Any) -> Any:
    return value if isinstance(value, SafeData) else escape(str(value))
