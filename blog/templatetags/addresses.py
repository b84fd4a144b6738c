"""Addresses of pages, looked up once: lists print hundreds, and each look-up takes 20 µs."""

from functools import lru_cache

from django.core.signals import setting_changed
from django.urls import get_script_prefix, reverse
from django.utils.html import escape
from django.utils.safestring import SafeString

# An address is looked up again once so many others were.
MAX_ADDRESSES = 20_000


def address_of(name: str, *args: str | int) -> str:
    """Return the address of a page, as ``reverse`` does."""
    return address_and_escaped(name, args, get_script_prefix())[0]


@lru_cache(maxsize=MAX_ADDRESSES)
def address_and_escaped(name: str, args: tuple, _prefix: str) -> tuple[str, SafeString]:
    """Return an address as it is and as it is printed; ``_prefix`` is where the site is."""
    address = reverse(name, args=args)
    return address, escape(address)


def _forget(*, setting: str, **kwargs) -> None:
    if setting == "ROOT_URLCONF":
        address_and_escaped.cache_clear()


setting_changed.connect(_forget)
