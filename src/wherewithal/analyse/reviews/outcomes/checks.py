"""What one study does to the answer, and whether small studies say something else than large ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wherewithal.analyse.reviews.outcomes.together import Together, put_together
from wherewithal.analyse.reviews.synthesis.pooling import Interval
from wherewithal.analyse.reviews.synthesis.small_studies import FEWEST_TO_SAY_MUCH, Asymmetry, egger_between
from wherewithal.analyse.reviews.synthesis.trim_and_fill import Filled, trim_and_fill
from wherewithal.errors import BadInput


@dataclass(frozen=True)
class Without:
    """The pooled result with one study left out."""

    study: str
    name: str
    estimate: float
    ci: Interval

    def turns(self, whole: Together) -> bool:
        """Whether the answer changes: the interval crosses nothing where it did not, or the other way round."""
        return whole.clear is not (self.ci.low > 0 or self.ci.high < 0)


@dataclass(frozen=True)
class Checks:
    """``without`` is one result a study, empty where two are left. ``small`` is None where there are too few studies
    to tell, or where several effects of a study count; ``filled`` is what might be missing, on the same condition.
    ``why_not`` says why a check was not made.
    """

    without: tuple[Without, ...]
    small: Asymmetry | None
    filled: Filled | None
    why_not: str

    def turning(self, whole: Together) -> tuple[Without, ...]:
        """The studies without which the answer is another."""
        return tuple(each for each in self.without if each.turns(whole))


def check(whole: Together) -> Checks:
    """Leave each study out in turn, and look whether small studies differ where ten or more studies can tell.

    Sources: Cochrane Handbook 6.5, 10.14 (one study's weight) and 13.3.5.4 (ten studies).
    """
    without = _without(whole)
    if whole.several:
        return Checks(
            without,
            None,
            None,
            "Several effects of one study count, and the usual tests take each for a study of its own. Choose one "
            "measurement a study to see them.",
        )
    if whole.studies < FEWEST_TO_SAY_MUCH:
        return Checks(
            without,
            None,
            None,
            f"With {whole.studies} studies nobody can tell whether small studies that found nothing are missing: "
            f"that takes {FEWEST_TO_SAY_MUCH}.",
        )
    values = np.array([each.value for each in whole.effects])
    variances = np.array([each.variance for each in whole.effects])
    try:
        small = egger_between(values, variances)
        filled = trim_and_fill(values, variances)
    except BadInput as error:
        return Checks(without, None, None, f"The test gave no answer: {error.message}")
    return Checks(without, small, filled, "")


def _without(whole: Together) -> tuple[Without, ...]:
    if whole.studies < 3:
        return ()
    found = []
    names = {each.study: each.name for each in whole.effects}
    for study, name in names.items():
        rest = [each for each in whole.effects if each.study != study]
        try:
            made = put_together(whole.outcome, rest, whole.choices)
        except BadInput:
            continue  # no answer without it: then nothing is shown, rather than a number from a failed fit
        found.append(Without(study, name, made.estimate, made.ci))
    return tuple(found)
