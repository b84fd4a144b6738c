"""Renderer of form fields."""

from django.forms.renderers import DjangoTemplates

TEXT_TYPES = {"text", "search"}


class DirectionRenderer(DjangoTemplates):
    """Let a text run in the direction of its own letters while it is typed."""

    def render(self, template_name, context, request=None):
        widget = context.get("widget") or {}
        if widget.get("type") in TEXT_TYPES or template_name.endswith("/textarea.html"):
            widget["attrs"].setdefault("dir", "auto")
        return super().render(template_name, context, request)
