"""Outcomes: the baseline beside the result, compared honestly, and what was made of it.

    from wherewithal.review.outcomes import compare, measured, review_finding

``difference``  the difference of two shares or two averages, with its interval
``measured``    what a baseline or a result on the thread says
``comparison``  the two side by side, in words that claim no more than they show
``verdict``     continue, adapt or stop
``finding``     a comparison for the thread: what we learned becomes local evidence
"""

from wherewithal.review.outcomes.comparison import BEFORE_AND_AFTER, Comparison, Direction, compare
from wherewithal.review.outcomes.difference import Difference, difference_of_means, difference_of_shares
from wherewithal.review.outcomes.finding import METHOD, review_finding, subject_of
from wherewithal.review.outcomes.measured import Measured, measured
from wherewithal.review.outcomes.verdict import VerdictKind, when_due

__all__ = [
    "BEFORE_AND_AFTER",
    "METHOD",
    "Comparison",
    "Difference",
    "Direction",
    "Measured",
    "VerdictKind",
    "compare",
    "difference_of_means",
    "difference_of_shares",
    "measured",
    "review_finding",
    "subject_of",
    "when_due",
]
