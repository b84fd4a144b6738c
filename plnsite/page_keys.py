"""The key of pages whose text is the same for everybody."""

from typing import Any, NamedTuple

from django.core.signals import setting_changed
from django.urls import get_script_prefix
from django.utils.translation import get_language

DECIDING_SETTINGS = {"LANGUAGE_CODE", "LOCALE_PATHS", "ROOT_URLCONF", "STATIC_URL", "STORAGES"}


class PageKey(NamedTuple):
    """The key of constant text: the language, and where the site is on its host.

    ``setting`` counts changes of settings, which tests make.
    """

    language: str | None
    prefix: str
    setting: int


def page_key_of(context: Any) -> PageKey:
    """Return the key of a page, looked up once for each context: that takes its time."""
    key = context.__dict__.get("page_key")
    if key is None:
        key = context.page_key = PageKey(get_language(), get_script_prefix(), _settings_changed)
    return key


_settings_changed = 0


def _forget(*, setting: str, **kwargs) -> None:
    global _settings_changed
    _settings_changed += setting in DECIDING_SETTINGS


setting_changed.connect(_forget)
