"""Acts in a browser wait for the page they are meant for.

A page shows its words before its scripts have run, and no person is as quick as a test that saw the
words. A key that is pressed in between goes nowhere, or somewhere else: once in a hundred runs, on
a machine that is busy. So each act of a test first waits until the page has loaded, which is after
all scripts that it names. A test that wants to be quicker says so: ``acts_early(page)``.
"""

from collections.abc import Callable
from functools import wraps

from playwright.sync_api import Locator, Page

ACTS = ["check", "clear", "click", "dblclick", "drag_to", "fill", "focus", "hover", "press"]
ACTS += ["press_sequentially", "select_option", "select_text", "set_checked", "set_input_files"]
ACTS += ["tap", "uncheck"]
DEVICES = ["keyboard", "mouse", "touchscreen"]


def acts_early(page: Page) -> Page:
    """Let a test act on a page whose scripts are still to come."""
    page.is_early = True
    return page


def wait_for_pages(patch) -> None:
    """Let each act of a locator, a keyboard or a mouse wait for its page."""
    for name in ACTS:
        patch.setattr(Locator, name, _on_loaded_page(getattr(Locator, name)))
    for name in DEVICES:
        patch.setattr(Page, name, property(_of_loaded_page(getattr(Page, name).fget)))


def _on_loaded_page(act: Callable) -> Callable:
    @wraps(act)
    def wait_and_act(locator: Locator, *args, **kwargs):
        _wait(locator.page)
        return act(locator, *args, **kwargs)

    return wait_and_act


def _of_loaded_page(device_of: Callable) -> Callable:
    def wait_and_give(page: Page):
        _wait(page)
        return device_of(page)

    return wait_and_give


def _wait(page: Page) -> None:
    if not hasattr(page, "is_early"):
        page.wait_for_load_state("load")
