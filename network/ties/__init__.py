"""Ties: how strongly two people of a course are connected, computed from their comments.

**What it says.** "A comment counts 1 on the day you make it and half as much every two weeks.
Several comments on one post in one day count once."  A comment from *i* addressed to *j* is an
event i→j. All events i→j on one post and one course-local day are one *unit* u, and::

    s_ij(t) = Σ_u 2^(−(t − t_u)/h)        h: the half-life, 14 days unless the course chose 7 or 28
    T_ij    = s_ij + s_ji                 U_ij: units both ways, ever    D_ij: their distinct days

    strong     min(s_ij, s_ji) ≥ 0.75 and D_ij ≥ 3
    weak       T_ij ≥ 0.5 and U_ij ≥ 2
    very weak  U_ij ≥ 1, or one follows the other
    none       otherwise
    dormant    (beside the class) U_ij ≥ 3 and T_ij < 0.25

It measures what two people exchanged, never how close they are: on text messages no such score
tells declared friends from others. There is no hysteresis; a class is a function of the comments
and of the day alone.

**Where it comes from.** Granovetter 1973, p. 1361 (strength is a "probably linear" combination, so
sums). Gilbert & Karahalios 2009 (days since the last exchange predict tie strength best, volume
inside one thread weakens it: decay, and units). Huberman, Romero & Wu 2008 (a friend is somebody
one addressed at least twice: two units for *weak*). Ureña-Carrion, Saramäki & Kivelä 2020 (days
with contact beat counts of contacts). Ahmad, Porter & Beguerisse-Díaz 2018 (ties that decay between
events). Wise & Cui 2018 (a reply ties to the one it answers, never to everybody in the thread).

**How it is stored.** Forward decay (Cormode et al. 2009) on integers: with a landmark day L, a unit
weighs ``q = round(2^20 · 2^((day − L)/h))`` for ever, an arc stores the sum of its units, and only
queries scale, by one factor for the whole course. Adding and removing are exact inverses in any
order; what was stored event by event equals what is derived from the comments, to the bit.

The stored sums are for today. In a course longer than 24 half-lives the landmark moves, and units
long before it are stored as 0; so the past, and whatever shows a whole course, is computed from
the days of the units, exact on every day of a course of any length.

====================  ==========================================================================
``decay``             the arithmetic: exact powers, thresholds, how far a landmark reaches (pure)
``classes``           the table above, decided on integers (pure)
``clock``             the course's landmark and half-life, and the lock that guards them
``store``             ``apply``: add and remove events, at most three statements each
``derive``            ``rebuild`` and ``check``: everything again from the comments
``arcs``              the arcs at a date: as stored, or from the units and their days
``outlook``           what would change the class of a tie (pure)
``queries``           ``ties_of``: one person's ties; ``arcs_of``, ``pairs_of``: a course's
====================  ==========================================================================
"""

from network.ties.classes import TieClass
from network.ties.clock import clock_of, ensure_clock, explain, tie_date
from network.ties.decay import ClockOverrun
from network.ties.derive import check, rebuild, set_half_life, update_clock
from network.ties.outlook import Fall, Plan, TieState, next_fall, next_rise
from network.ties.queries import Arc, Pair, Tie, arcs_of, pairs_of, states_of, ties_of, ties_since
from network.ties.store import TiesOutOfSync, apply

__all__ = [
    "Arc",
    "ClockOverrun",
    "Fall",
    "Pair",
    "Plan",
    "Tie",
    "TieClass",
    "TieState",
    "TiesOutOfSync",
    "apply",
    "arcs_of",
    "check",
    "clock_of",
    "ensure_clock",
    "explain",
    "next_fall",
    "next_rise",
    "pairs_of",
    "rebuild",
    "set_half_life",
    "states_of",
    "tie_date",
    "ties_of",
    "ties_since",
    "update_clock",
]
