"""Move a set-up to another term: by whole weeks, so that weekdays and clock times stay."""

from dataclasses import replace
from datetime import date, timedelta

from blog.setup_files.fields import MOMENTS
from blog.setup_files.setup import Setup


def weeks_between(first: date, other: date) -> int:
    """Return the number of weeks between the calendar weeks of two days."""
    return (_monday(other) - _monday(first)) // 7


def shifted(setup: Setup, weeks: int) -> Setup:
    """Return a set-up whose days and moments are so many weeks later, as a clock shows them."""
    step = timedelta(weeks=weeks)
    days = {name: setup.settings[name] + step for name in ("starts_on", "ends_on")}
    prompts = []
    for prompt in setup.prompts:
        moments = {
            name: moment + step for name in MOMENTS if (moment := prompt.values[name]) is not None
        }
        prompts.append(replace(prompt, values={**prompt.values, **moments}))
    return replace(setup, settings={**setup.settings, **days}, prompts=tuple(prompts))


def _monday(day: date) -> int:
    return day.toordinal() - day.weekday()
