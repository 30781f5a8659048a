"""Combining p values where effects are not reported: what the answer says is little, and is said with it.

Sources: Fisher, "Statistical methods for research workers" (1932); Stouffer and others (1949), weighted as in Lipták
(1958); Cochrane Handbook 6.5, section 12.2.1.2. One-sided p values throughout, all for the same direction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.distributions import chi2_above, normal_above, normal_at
from wherewithal.analyse.reviews.synthesis.studies import Floats, numbers
from wherewithal.errors import BadInput, Problem

SAYS = "A small p says that the service did some good in at least one of the studies."
SAYS_NOT = (
    "It does not say how large the good is, whether it did good in most of them, or whether it did harm in others.",
    "A large p does not say that it does no good: the studies may be too small.",
)


@dataclass(frozen=True)
class Combined:
    """p values of ``k`` studies combined: ``statistic`` chi-squared on 2k degrees (Fisher), or z (Stouffer)."""

    method: str
    k: int
    statistic: float
    p: float

    @property
    def words(self) -> tuple[str, ...]:
        """The figure, what it says, and what it does not."""
        return (
            f"{self.method}'s combined p is {self.p:.2g} over {self.k} studies.",
            SAYS,
            *SAYS_NOT,
        )


def one_sided(p: npt.ArrayLike, better: Sequence[bool]) -> Floats:
    """One-sided p values for "better", from two-sided ones with the direction of each effect: (k,).

    Half of p where the effect is in the direction asked about, else 1 - p / 2. Raises BadInput for a p that is not
    above 0 and at most 1, or lists of different lengths.
    """
    values = _shares(p)
    if values.size != len(better):
        raise BadInput(
            f"There are {values.size} p values and {len(better)} directions: one of each is needed."
        )
    return np.where(np.asarray(better, dtype=np.bool_), values / 2, 1 - values / 2)


def fisher(p: npt.ArrayLike) -> Combined:
    """Fisher's way: minus twice the sum of logs. Sensitive to one very small p. Raises BadInput as ``one_sided``."""
    values = _enough(p)
    statistic = float(-2 * np.log(values).sum())
    return Combined("Fisher", values.size, statistic, float(chi2_above(statistic, 2 * values.size)))


def stouffer(p: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> Combined:
    """Stouffer's way: the sum of normal values, weighted where weights are given (the root of people, usually).

    Raises BadInput as ``one_sided``, for a p of 1, and for weights that are not above 0.
    """
    values = _enough(p)
    if np.any(values >= 1):
        raise BadInput("A one-sided p of exactly 1 has no normal value: give it to more places.")
    w = np.ones_like(values) if weights is None else numbers(weights, "weights")
    if w.size != values.size or np.any(~(w > 0)):
        raise BadInput("Give one weight above 0 for every p value.")
    statistic = float(w @ normal_at(1 - values) / np.sqrt(w @ w))
    return Combined("Stouffer", values.size, statistic, float(normal_above(statistic)))


def _enough(p: npt.ArrayLike) -> Floats:
    values = _shares(p)
    if values.size < 2:
        raise BadInput("Combining p values needs at least two of them.")
    return values


def _shares(p: npt.ArrayLike) -> Floats:
    values = numbers(p, "p values")
    wrong = [
        Problem(
            f"p value {number}", f"{value:g}", "above 0, and 1 at most", "'<0.001' needs its exact value."
        )
        for number, value in enumerate(values.tolist(), 1)
        if not 0 < value <= 1
    ]
    if wrong:
        raise BadInput("Some of these are not p values.", wrong)
    return values
