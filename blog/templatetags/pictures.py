"""The dialog that adds a picture to a text: the same on every editor, so it is a stencil."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import uuid4

from django import template
from django.utils.safestring import SafeString

from blog.forms.editor.pictures import PictureForm
from blog.templatetags.stencils import Stencil

register = template.Library()


class DialogShape(NamedTuple):
    """The dialog's words, which nothing changes."""


def _objects(_shape: DialogShape, values: Mapping[str, Any]) -> dict[str, Any]:
    return {"picture_form": PictureForm(auto_id="picture-%s", initial={"key": values["key"]})}


DIALOG = Stencil("blog/editor/_picture_dialog.html", "key", _objects)


@register.simple_tag
def picture_dialog() -> SafeString:
    """Return the dialog, closed, with a key of its own for what it sends."""
    return DIALOG.fill(DialogShape(), {"key": uuid4()})
