"""Renderer of form fields."""

from django.forms import BaseForm, BoundField, RadioSelect, Widget
from django.forms.renderers import DjangoTemplates

from blog.forms.widget_html import written

TEXT_TYPES = {"text", "search"}


class FocusedField(BoundField):
    """A field that has the focus on a page that shows it as the first wrong one of its form."""

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        if self.errors and self.name == _first_wrong(self.form):
            attrs.setdefault("autofocus", True)
            _focus_one_button(widget or self.field.widget)
        return attrs


class FieldRenderer(DjangoTemplates):
    """Let a text run in the direction of its own letters while it is typed.

    Fields that pages have many of are written without templates.
    """

    bound_field_class = FocusedField

    def render(self, template_name, context, request=None):
        widget = context.get("widget") or {}
        if widget.get("type") in TEXT_TYPES or template_name.endswith("/textarea.html"):
            widget["attrs"].setdefault("dir", "auto")
        if widget and (field := written(template_name, widget)) is not None:
            return field
        return super().render(template_name, context, request)


def _first_wrong(form: BaseForm) -> str | None:
    """Return the name of the first field that has errors and is not hidden."""
    wrong = (field.name for field in form.visible_fields() if field.errors)
    return next(wrong, None)


def _focus_one_button(widget: Widget) -> None:
    """Let the first of the buttons of a choice alone have the focus, which is that of the page."""
    if not isinstance(widget, RadioSelect):  # of which those for several choices are
        return
    create_option = widget.create_option

    def create(name, value, label, selected, index, subindex=None, attrs=None):
        option = create_option(name, value, label, selected, index, subindex, attrs)
        if index or subindex:
            option["attrs"].pop("autofocus", None)
        return option

    widget.create_option = create
