"""What agreement on one criterion means, in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.agreement.estimates import Estimate, Missing

# Krippendorff, 2004, Content Analysis, second edition, p. 241: rely on variables from .800 on;
# between .667 and .800 draw tentative conclusions only.
RELIABLE = 0.8
TENTATIVE = 0.667


@dataclass(frozen=True)
class Comparison:
    """On how many posts graders agree, and by how many levels they differ on the others."""

    posts: int
    same: int
    one_apart: int
    largest: int  # the most levels between two graders of one post

    @property
    def different(self) -> int:
        return self.posts - self.same


def compare(units: Sequence[Sequence[int]]) -> Comparison:
    """Compare the positions of levels within each unit that has two or more."""
    spans = [max(unit) - min(unit) for unit in units if len(unit) >= 2]
    return Comparison(len(spans), spans.count(0), spans.count(1), max(spans, default=0))


def in_words(comparison: Comparison, alpha: Estimate) -> list[str]:
    """Return what a comparison and its alpha say: what happened, then what it allows."""
    if comparison.posts == 0:
        return [_("No post has two gradings yet.")]
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
    surely = alpha.value if alpha.low is None else alpha.low
    if surely >= RELIABLE:
        return _("You can rely on this criterion: another grader would rarely choose otherwise.")
    if alpha.value >= RELIABLE:
        return _("This looks reliable, but on so few posts it could be chance.")
    if alpha.value >= TENTATIVE:
        return _("Take grades on this criterion with care: talk about the posts that differ.")
    return _(
        "Do not rely on this criterion yet: grades depend on who grades. Talk about what its "
        "levels mean before you release."
    )
