"""Titles, and names of what a course has: they stand in sentences, beside other words."""

from typing import Any

from django import forms
from django.db import models

from blog.text.invisible import strip_directions


class TitleFormField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return strip_directions(super().to_python(value) or "")


class TitleField(models.CharField):
    """Words without the signs that turn what is beside them around, wherever they come from.

    For migrations it is the ``CharField`` that it was.
    """

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return strip_directions(value) if isinstance(value, str) else value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": TitleFormField} | kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
