"""Agreement of graders on one criterion of a rubric. Pure: levels in, figures and sentences out.

A *unit* is what several graders have graded, here a post: a sequence with the level that each of
them chose, as its position in the rubric or as its points. Who has not graded a unit is left out
of it. Three figures are computed, each with a 95 % interval, and none is shown without its words:

- ``percent_agreement``: on how many posts all graders chose the same level;
- ``weighted_kappa``: the agreement of two graders beyond chance, with quadratic weights;
- ``krippendorff_alpha``: the same for any number of graders, each of whom graded some posts.
"""

from blog.agreement.alpha import krippendorff_alpha
from blog.agreement.estimates import Estimate, Missing
from blog.agreement.kappa import weighted_kappa
from blog.agreement.percent import percent_agreement
from blog.agreement.sampling import Candidate, draw_sample
from blog.agreement.words import (
    Comparison,
    coefficient_in_words,
    compare,
    in_words,
    percent_in_words,
)

__all__ = [
    "Candidate",
    "Comparison",
    "Estimate",
    "Missing",
    "coefficient_in_words",
    "compare",
    "draw_sample",
    "krippendorff_alpha",
    "percent_agreement",
    "percent_in_words",
    "in_words",
    "weighted_kappa",
]
