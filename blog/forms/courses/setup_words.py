"""Errors in the file of a set-up, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.setup_files import SetupProblem, SetupRefused

OF_FILE = {
    "empty": gettext_lazy("This file is empty."),
    "too_large": gettext_lazy("This file is too large. A set-up has at most %(limit)d kB."),
    "undecodable": gettext_lazy("Line %(line)d cannot be read. Save the file in UTF-8."),
    "no_json": gettext_lazy("Line %(line)d, column %(column)d is not valid JSON."),
    "too_deep": gettext_lazy(
        "This JSON has too many levels, or a number in it is too long. Export it again."
    ),
    "other_format": gettext_lazy(
        "This file is not the set-up of a course. Choose a file that was downloaded under "
        "“Set-up” in the settings of a course."
    ),
    "no_version": gettext_lazy("This file does not say its version. Export it again."),
    "newer": gettext_lazy(
        "This file is from a newer version of this site (%(version)d; this site reads %(known)d). "
        "Ask the people who run this site to update it."
    ),
}
OF_PLACE = {
    "missing": gettext_lazy("this is required."),
    "not_text": gettext_lazy("this must be text."),
    "not_a_number": gettext_lazy("this must be a number."),
    "not_yes_or_no": gettext_lazy("this must be true or false."),
    "not_a_day": gettext_lazy("this must be a day such as 2026-09-07."),
    "not_a_moment": gettext_lazy("this must be a date and time such as 2026-09-07T23:59."),
    "not_a_list": gettext_lazy("this must be a list."),
    "not_an_object": gettext_lazy("this must be an object in braces."),
    "not_a_choice": gettext_lazy("this must be one of: %(choices)s."),
    "bad_character": gettext_lazy("this has a character that cannot be stored."),
    "too_long": gettext_lazy("%(limit)d characters at most; this has %(length)d."),
    "out_of_range": gettext_lazy("this must be between %(lowest)d and %(highest)d."),
    "too_many_decimals": gettext_lazy("this can have at most two decimal places."),
    "wrong_number": gettext_lazy(
        "there must be between %(lowest)d and %(highest)d of these; there are %(number)d."
    ),
    "points_go_down": gettext_lazy("points must not go down from one level to the next."),
    "twice": gettext_lazy("another one before it has this name."),
    "dates_missing": gettext_lazy("only a draft may be without dates."),
    "no_such_rubric": gettext_lazy("the file has no rubric “%(title)s”."),
    "no_work": gettext_lazy("this is not a reference in CSL-JSON."),
    "no_zone": gettext_lazy("this must be a time zone such as America/Vancouver."),
    "ends_early": gettext_lazy("the last day cannot be before the first day."),
    "too_wide": gettext_lazy("this cannot be wider than the widest audience."),
    "due_before_open": gettext_lazy("posts must be due after the prompt opens."),
    "comments_before_posts": gettext_lazy("comments cannot be due before posts."),
    "words_out_of_order": gettext_lazy("this must be at least “words_min”."),
    "no_comments_to_cross": gettext_lazy("this needs at least one required comment."),
}


def refusal_words(refusal: SetupRefused) -> list[str]:
    """Return each thing that is wrong as a sentence, with its place."""
    return [problem_words(problem) for problem in refusal.problems]


def problem_words(problem: SetupProblem) -> str:
    if problem.kind in OF_FILE:
        return str(OF_FILE[problem.kind]) % problem.params
    words = str(OF_PLACE[problem.kind]) % problem.params
    return _("%(place)s: %(words)s") % {"place": problem.place, "words": words}
