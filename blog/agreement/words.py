"""Sentences about the agreement on one criterion."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from blog.agreement.estimates import Estimate, Missing

# Krippendorff, 2004, Content Analysis, second edition, p. 241: rely on variables from .800 on;
# between .667 and .800 draw tentative conclusions only.
RELIABLE = 0.8
TENTATIVE = 0.667

WITHOUT_FIGURE = {
    Missing.NO_PAIRS: gettext_lazy("none: no post has two grades"),
    Missing.ONE_LEVEL: gettext_lazy("none: all grades have the same level"),
}
WITHOUT_INTERVAL = {
    Missing.FEW_POSTS: gettext_lazy("no interval: fewer than 10 posts"),
    Missing.NO_DIFFERENCE: gettext_lazy("no interval: no two grades differ"),
    Missing.UNSTABLE: gettext_lazy("no interval: nearly all grades have the same level"),
}


@dataclass(frozen=True)
class Comparison:
    """The number of posts graders agree on, and the levels by which they differ on the others."""

    posts: int
    same: int
    largest: int  # the most levels between two graders of one post

    @property
    def different(self) -> int:
        return self.posts - self.same


def compare(units: Sequence[Sequence[int]]) -> Comparison:
    """Compare the positions of levels within each unit that has two or more."""
    spans = [max(unit) - min(unit) for unit in units if len(unit) >= 2]
    return Comparison(len(spans), spans.count(0), max(spans, default=0))


def in_words(comparison: Comparison, alpha: Estimate) -> list[str]:
    """Return the sentences about a comparison and its alpha: the result, then its meaning."""
    if comparison.posts == 0:
        return [_("No post has two grades yet.")]
    return [_counts(comparison), _beyond_chance(alpha)]


def _counts(comparison: Comparison) -> str:
    n, same = comparison.posts, comparison.same
    values = {"n": n, "same": same, "largest": comparison.largest}
    if comparison.different == 0:
        words = ngettext(
            "Graders agree on the one post that two of them graded.",
            "Graders agree on all %(n)d posts.",
            n,
        )
    elif comparison.largest == 1:
        words = ngettext(
            "Graders differ by one level on the one post that two of them graded.",
            "Graders agree on %(same)d of %(n)d posts; where they differ, it is by one level.",
            n,
        )
    else:
        words = ngettext(
            "Graders differ by %(largest)d levels on the one post that two of them graded.",
            "Graders agree on %(same)d of %(n)d posts; where they differ, it is by up to "
            "%(largest)d levels.",
            n,
        )
    return words % values


def _beyond_chance(alpha: Estimate) -> str:
    if alpha.value is None:
        if alpha.missing is Missing.ONE_LEVEL:
            return _(
                "All grades have the same level, so agreement by chance would look the same: "
                "this says nothing about how reliable the criterion is."
            )
        return _("That is too little to compare.")
    if alpha.missing is Missing.FEW_POSTS:
        return _("These are too few posts to say more. Read them together.")
    # Where nearly all have one level, one or two posts make the figure: alone it promises nothing.
    never_differ = alpha.missing is Missing.NO_DIFFERENCE
    if never_differ or (alpha.low is not None and alpha.low >= RELIABLE):
        return _("You can rely on this criterion: another grader would rarely choose otherwise.")
    if alpha.value >= RELIABLE:
        return _("This looks reliable, but on so few posts it could be chance.")
    if alpha.value >= TENTATIVE:
        return _("Take grades on this criterion with care: talk about the posts that differ.")
    return _(
        "Do not rely on this criterion yet: grades depend on who grades. Talk about what its "
        "levels mean before you release."
    )


def coefficient_in_words(estimate: Estimate) -> str:
    """Return kappa or alpha with its interval, or why there is none."""
    return _in_words(estimate, lambda number: number_format(number, 2))


def percent_in_words(estimate: Estimate) -> str:
    """Return a share as a percentage with its interval, or why there is none."""
    return _in_words(estimate, lambda number: _("%(n)d%%") % {"n": round(100 * number)})


def _in_words(estimate: Estimate, write: Callable[[float], str]) -> str:
    if estimate.value is None:
        return str(WITHOUT_FIGURE[estimate.missing or Missing.NO_PAIRS])
    if estimate.low is None or estimate.high is None:
        why = WITHOUT_INTERVAL[estimate.missing or Missing.FEW_POSTS]
        return _("%(value)s (%(why)s)") % {"value": write(estimate.value), "why": why}
    return _("%(value)s (95%% interval: %(low)s to %(high)s)") % {
        "value": write(estimate.value),
        "low": write(estimate.low),
        "high": write(estimate.high),
    }
