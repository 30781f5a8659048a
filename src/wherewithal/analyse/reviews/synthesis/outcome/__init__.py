"""One outcome of a review: which effects count, what they say together, how far to trust it, and what to tell.

``effects``   what extraction hands over: one effect of one study, with where it is from
``choices``   which of a study's effects count, and how they are put together
``together``  the pooled result, by whichever model the effects ask for
``checks``    what one study does to the answer, and whether small studies say something else
``finding``   the result as a finding of the research lane
"""

from wherewithal.analyse.reviews.synthesis.outcome.checks import Checks, check
from wherewithal.analyse.reviews.synthesis.outcome.choices import PoolingChoices, When, chosen
from wherewithal.analyse.reviews.synthesis.outcome.effects import Outcome, StudyEffect, StudyReport
from wherewithal.analyse.reviews.synthesis.outcome.finding import pooled_finding
from wherewithal.analyse.reviews.synthesis.outcome.together import Together, put_together

__all__ = [
    "Checks",
    "Outcome",
    "PoolingChoices",
    "StudyEffect",
    "StudyReport",
    "Together",
    "When",
    "check",
    "chosen",
    "pooled_finding",
    "put_together",
]
