"""Recurring work of other apps, which listen to ``work_due``."""

from blog.signals import work_due


def do_due_work() -> int:
    """Let all listeners do what is due; return how much they did."""
    return sum(number for _receiver, number in work_due.send(sender=None))  # type: ignore[misc]
