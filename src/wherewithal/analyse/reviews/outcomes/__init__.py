"""One outcome of a review: which effects count, what they say together, how far to trust it, and what to tell.

``effects``   one effect of one study, with where it is from
``choices``   which of a study's effects count, and how they are put together
``settings``  what a person settles before the answer: the choices, and what would matter
``together``  the pooled result, by whichever model the effects ask for
``checks``    what one study does to the answer, and whether small studies say something else
``account``   all of it told: the sentence, how sure, what it comes to here
``pictures``  its charts
``differences``  whether studies of one kind find something else
``exported``  the same studies and choices for a folder that works it out again
``finding``   the result as a finding of the research lane
"""

from wherewithal.analyse.reviews.outcomes.account import OutcomeAccount, account_of
from wherewithal.analyse.reviews.outcomes.checks import Checks, check
from wherewithal.analyse.reviews.outcomes.choices import PoolingChoices, When, chosen
from wherewithal.analyse.reviews.outcomes.differences import Difference, difference_by
from wherewithal.analyse.reviews.outcomes.effects import StudyEffect
from wherewithal.analyse.reviews.outcomes.exported import Trait
from wherewithal.analyse.reviews.outcomes.finding import pooled_finding
from wherewithal.analyse.reviews.outcomes.settings import OutcomeSettings
from wherewithal.analyse.reviews.outcomes.together import Together, put_together

__all__ = [
    "Checks",
    "Difference",
    "OutcomeAccount",
    "OutcomeSettings",
    "PoolingChoices",
    "StudyEffect",
    "Together",
    "Trait",
    "When",
    "account_of",
    "check",
    "chosen",
    "difference_by",
    "pooled_finding",
    "put_together",
]
