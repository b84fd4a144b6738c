"""Sentences that a script fills in with a number, in all forms that the language has for numbers.

English has two, Arabic six. The page has each by its name in CLDR, by which browsers choose
(``static/js/lib/counts.js``).
"""

import json
from collections.abc import Callable

from django import template
from django.utils.translation import ngettext

register = template.Library()

# A number that has this form, in every language that has it.
SAMPLES = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}
# Each sentence with "%(count)s" where the script puts the number.
SENTENCES: dict[str, Callable[[int], str]] = {
    "references": lambda n: ngettext(
        "One reference. Press Enter to cite it, Escape to close.",
        "%(count)s references. Use the arrow keys to choose, Enter to cite, Escape to close.",
        n,
    ),
    "people": lambda n: ngettext(
        "One person. Press Enter to mention them, Escape to close.",
        "%(count)s people. Use the arrow keys to choose, Enter to mention, Escape to close.",
        n,
    ),
    "saved comments": lambda n: ngettext(
        "One saved comment. Press Enter to insert it, Escape to close.",
        "%(count)s saved comments. Use the arrow keys to choose, Enter to insert, Escape to close.",
        n,
    ),
    "chosen": lambda n: ngettext("%(count)s chosen", "%(count)s chosen", n),
    "changes": lambda n: ngettext("%(count)s change, not saved", "%(count)s changes, not saved", n),
    "characters of a title": lambda n: ngettext(
        "This title has %(count)s character. At most %(most)d can be saved. Move a part of it into "
        "the text.",
        "This title has %(count)s characters. At most %(most)d can be saved. Move a part of it "
        "into the text.",
        n,
    ),
    "points": lambda n: ngettext("%(count)s point", "%(count)s points", n),
}


@register.simple_tag
def counts(name: str, **values: int) -> str:
    """Return the forms of a sentence as JSON, with "%s" for the number; what is as "other" is not
    repeated. ``values`` are its other numbers."""
    values_of_all = {"count": "%s", **values}
    forms = {form: SENTENCES[name](n) % values_of_all for form, n in SAMPLES.items()}
    other = forms["other"]
    return json.dumps(
        {form: text for form, text in forms.items() if form == "other" or text != other},
        ensure_ascii=False,
    )
