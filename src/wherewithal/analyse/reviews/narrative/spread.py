"""The middle of a list of effects and how far its middle half reaches: where variances are not known.

Source: Cochrane Handbook 6.5, section 12.2.1.1. Quartiles by linear interpolation (R's type 7).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.studies import numbers
from wherewithal.errors import BadInput


@dataclass(frozen=True)
class Spread:
    """Effects without their variances: ``median``, ``lower`` and ``upper`` quartile, ``least`` and ``most``."""

    k: int
    median: float
    lower: float
    upper: float
    least: float
    most: float

    @property
    def words(self) -> tuple[str, ...]:
        """What it says and what it does not."""
        median, lower, upper, least, most = (
            f"{each:.2f}".replace("-", "−")
            for each in (self.median, self.lower, self.upper, self.least, self.most)
        )
        said = (
            f"The middle of {self.k} effects is {median}; half of them lie between {lower} and {upper}, all between "
            f"{least} and {most}.",
            "Every study counts the same, however few children were in it, and the range is that of what was found: "
            "it is not an interval for the average.",
        )
        return said if self.k >= 4 else (*said, "With fewer than four effects the middle half means little.")


def spread(effects: npt.ArrayLike) -> Spread:
    """Median and quartiles of effects (k,). Raises BadInput for fewer than two, or one that is not a number."""
    values = numbers(effects, "effects")
    if values.size < 2 or not np.all(np.isfinite(values)):
        raise BadInput("Give two effects or more, each a number; leave out studies without one and say so.")
    least, lower, median, upper, most = np.quantile(values, [0, 0.25, 0.5, 0.75, 1]).tolist()
    return Spread(values.size, median, lower, upper, least, most)
