"""What the studies that resemble our area say, beside those that do not, with the difference and its uncertainty.

A difference between two groups of studies is an observation about studies, not a finding about places: whatever else
differs between them differs too. Source of the test: Borenstein and others (2009), chapter 19.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.fitting import critical, two_sided
from wherewithal.analyse.reviews.synthesis.pooling import Interval, Pooled, pool
from wherewithal.analyse.reviews.synthesis.studies import checked
from wherewithal.errors import BadInput
from wherewithal.plain_english import counted

FEW = 5
"""Below so many studies an average of their own says little."""


@dataclass(frozen=True)
class Part:
    """One group of studies: the average effect with its interval; ``pooled`` None where it is a single study."""

    k: int
    estimate: float
    se: float
    ci: Interval
    pooled: Pooled | None


@dataclass(frozen=True)
class OnlyThose:
    """All studies, those that resemble the area, those that do not; None for a group without any.

    ``difference`` is those that resemble it less those that do not, with its interval and two-sided p; None where
    either group is empty. ``unknown`` studies, of which nobody can tell, are in ``everything`` alone.
    """

    everything: Part
    alike: Part | None
    unlike: Part | None
    unknown: int
    difference: float | None
    difference_ci: Interval | None
    difference_p: float | None
    notes: tuple[str, ...]

    @property
    def words(self) -> str:
        """What changes, in one sentence."""
        if self.alike is None:
            return "No study resembles the area, so there is nothing that only those would say."
        said = (
            f"With only the {counted(self.alike.k, 'study', 'studies')} that resemble"
            f"{'s' if self.alike.k == 1 else ''} the area the effect is {self.alike.estimate:.2f} "
            f"({self.alike.ci.low:.2f} to {self.alike.ci.high:.2f}), instead of {self.everything.estimate:.2f} "
            f"({self.everything.ci.low:.2f} to {self.everything.ci.high:.2f}) with all {self.everything.k}."
        )
        if self.difference is None or self.difference_ci is None:
            return said
        chance = self.difference_p is None or self.difference_p >= 0.05
        return (
            f"{said} It differs from the others by {self.difference:+.2f} ({self.difference_ci.low:+.2f} to "
            f"{self.difference_ci.high:+.2f})"
            f"{', which chance could give' if chance else ', which is more than chance gives'}."
        )


def only_those(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    resembles: Sequence[bool | None],
    *,
    method: str = "REML",
    test: str = "z",
    confidence: float = 0.95,
    labels: Sequence[str] | None = None,
) -> OnlyThose:
    """Pool all studies, and apart those that resemble the area and those that do not; each with its own tau².

    ``resembles`` (k,): True, False, or None where nobody can tell. Raises BadInput as ``pool`` does, and where there
    is not one answer for every study.
    """
    y, v = checked(effects, variances, labels=labels)
    if len(resembles) != y.size:
        raise BadInput(f"There are {y.size} effects and {len(resembles)} answers about resemblance.")
    yes = np.array([each is True for each in resembles])
    no = np.array([each is False for each in resembles])

    def part(here: npt.NDArray[np.bool_]) -> Part | None:
        count = int(here.sum())
        if count > 1:
            found = pool(y[here], v[here], method=method, test=test, confidence=confidence)
            return Part(count, found.estimate, found.se, found.ci, found)
        if count == 1:
            estimate, error = float(y[here][0]), math.sqrt(float(v[here][0]))
            reach = float(critical("z", 0.0, confidence)) * error
            return Part(1, estimate, error, Interval(estimate - reach, estimate + reach), None)
        return None

    everything, alike, unlike = part(np.ones(y.size, dtype=np.bool_)), part(yes), part(no)
    assert everything is not None  # noqa: S101 - ``checked`` refuses fewer than two
    return beside(everything, alike, unlike, int((~yes & ~no).sum()), confidence=confidence)


def beside(
    everything: Part, alike: Part | None, unlike: Part | None, unknown: int, *, confidence: float = 0.95
) -> OnlyThose:
    """The parts beside one another, with the difference of those that resemble the area from those that do not."""
    notes = []
    for name, each in (("resemble the area", alike), ("do not", unlike)):
        if each is not None and each.k < FEW:
            notes.append(
                f"Only {counted(each.k, 'study', 'studies')} {'is' if each.k == 1 else 'are'} among those that {name}: "
                "a difference would have to be very large to show."
            )
    if alike is None or unlike is None:
        return OnlyThose(everything, alike, unlike, unknown, None, None, None, tuple(notes))
    difference = alike.estimate - unlike.estimate
    error = math.hypot(alike.se, unlike.se)
    reach = float(critical("z", 0.0, confidence)) * error
    return OnlyThose(
        everything,
        alike,
        unlike,
        unknown,
        difference,
        Interval(difference - reach, difference + reach),
        float(two_sided("z", difference / error, 0.0)),
        tuple(notes),
    )
