"""From what a paper prints to what an effect size needs: test statistics, intervals, medians, clusters.

Every function takes and gives arrays or numbers (float64), refuses what cannot be (BadInput), and names its source.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.distributions import normal_at, t_at
from wherewithal.analyse.reviews.synthesis.effects.means import standardised
from wherewithal.analyse.reviews.synthesis.effects.parts import Choices
from wherewithal.analyse.reviews.synthesis.studies import Floats, floats
from wherewithal.errors import BadInput

Number = npt.ArrayLike


def _above(value: Number, what: str, least: float = 0.0) -> Floats:
    array = floats(value)
    if not np.all(np.isfinite(array)) or np.any(array <= least):
        raise BadInput(f"{what} is a number above {least:g}.")
    return array


def variance_from_interval(
    low: Number, high: Number, *, confidence: float = 0.95, log: bool = False, degrees: Number | None = None
) -> Floats:
    """Sampling variance from an interval; ``log`` where the paper gives a ratio with its interval.

    ``degrees`` of freedom where the interval is Student's (Cochrane Handbook 6.5, sections 6.3.1 and 6.3.2).
    Raises BadInput where the ends are swapped, or a ratio's are not above 0.
    """
    ends = [floats(low), floats(high)]
    if log:
        ends = [np.log(_above(end, "An end of a ratio's interval")) for end in ends]
    width = _above(ends[1] - ends[0], "The upper end less the lower end")
    share = 0.5 + confidence / 2
    reach = normal_at(share) if degrees is None else t_at(share, degrees)
    return floats((width / (2 * reach)) ** 2)


def variance_from_p(effect: Number, p: Number, *, degrees: Number | None = None) -> Floats:
    """Sampling variance of an effect from its two-sided p (Cochrane Handbook 6.5, section 6.3.2).

    Raises BadInput for p outside 0 to 1, and for p of 1 or an effect of 0, which say nothing of the variance.
    """
    share = floats(p)
    if np.any((share <= 0) | (share >= 1)):
        raise BadInput("p lies between 0 and 1; '<0.001' is not a number to work from: find the exact one.")
    reach = normal_at(1 - share / 2) if degrees is None else t_at(1 - share / 2, degrees)
    return floats(_above(np.abs(floats(effect)), "The size of the effect") / reach) ** 2


def sd_from_se(se: Number, n: Number) -> Floats:
    """Standard deviation from the standard error of a mean."""
    return floats(_above(se, "A standard error") * np.sqrt(_above(n, "A number of people", 1)))


def sd_from_interval(low: Number, high: Number, n: Number, *, confidence: float = 0.95) -> Floats:
    """Standard deviation from a mean's interval on Student's t (Cochrane Handbook 6.5, section 6.5.2.2)."""
    people = _above(n, "A number of people", 1)
    variance = variance_from_interval(low, high, confidence=confidence, degrees=people - 1)
    return floats(np.sqrt(variance * people))


def mean_from_quartiles(q1: Number, median: Number, q3: Number, n: Number) -> Floats:
    """Mean from the median and quartiles of a sample near enough normal.

    Luo and others, Statistical Methods in Medical Research 27 (2018) 1785, formula 15.
    """
    people = _above(n, "A number of people", 1)
    weight = 0.7 + 0.39 / people
    return floats(weight * (floats(q1) + floats(q3)) / 2 + (1 - weight) * floats(median))


def sd_from_quartiles(q1: Number, q3: Number, n: Number) -> Floats:
    """Standard deviation from quartiles: Wan and others, BMC Medical Research Methodology 14 (2014) 135, formula 15."""
    people = _above(n, "A number of people", 1)
    width = _above(floats(q3) - floats(q1), "The upper quartile less the lower")
    return floats(width / (2 * normal_at((0.75 * people - 0.125) / (people + 0.25))))


def sd_from_range(low: Number, high: Number, n: Number) -> Floats:
    """Standard deviation from the smallest and largest value: Wan and others (2014), formula 9."""
    people = _above(n, "A number of people", 1)
    width = _above(floats(high) - floats(low), "The largest value less the smallest")
    return floats(width / (2 * normal_at((people - 0.375) / (people + 0.25))))


def groups_together(
    n1: Number, m1: Number, sd1: Number, n2: Number, m2: Number, sd2: Number
) -> tuple[Floats, Floats, Floats]:
    """Two groups as one: people, mean and standard deviation (Cochrane Handbook 6.5, section 6.5.2.10)."""
    a, b = _above(n1, "A number of people"), _above(n2, "A number of people")
    n = a + b
    mean = (a * floats(m1) + b * floats(m2)) / n
    apart = a * b / n * (floats(m1) - floats(m2)) ** 2
    squares = (a - 1) * floats(sd1) ** 2 + (b - 1) * floats(sd2) ** 2 + apart
    return n, floats(mean), floats(np.sqrt(squares / (n - 1)))


def smd_from_t(t: Number, n1: Number, n2: Number, *, choices: Choices | None = None) -> tuple[Floats, Floats]:
    """Hedges' g and its variance from an independent t test (the square root of F with one degree of freedom).

    Lipsey and Wilson, "Practical meta-analysis" (2001), table B10. The sign is the reader's to give.
    """
    a, b = _above(n1, "A number of people", 1), _above(n2, "A number of people", 1)
    worked = standardised(floats(t) * np.sqrt(1 / a + 1 / b), a, b, choices or Choices())
    return worked.effects, worked.variances


def smd_from_p(
    p: Number, n1: Number, n2: Number, *, sign: Number = 1, choices: Choices | None = None
) -> tuple[Floats, Floats]:
    """Hedges' g from the two-sided p of a t test, with the direction in ``sign`` (1 or -1)."""
    a, b, share = _above(n1, "A number of people", 1), _above(n2, "A number of people", 1), floats(p)
    if np.any((share <= 0) | (share > 1)):
        raise BadInput("p lies between 0 and 1; '<0.001' is not a number to work from: find the exact one.")
    return smd_from_t(np.sign(floats(sign)) * t_at(1 - share / 2, a + b - 2), a, b, choices=choices)


def smd_from_log_odds(effect: Number, variance: Number) -> tuple[Floats, Floats]:
    """A standardised difference from a log odds ratio: Chinn, Statistics in Medicine 19 (2000) 3127."""
    by = np.sqrt(3) / np.pi
    return floats(effect) * by, floats(variance) * by**2


def log_odds_from_smd(effect: Number, variance: Number) -> tuple[Floats, Floats]:
    """A log odds ratio from a standardised difference, the other way round."""
    by = np.pi / np.sqrt(3)
    return floats(effect) * by, floats(variance) * by**2


def smd_from_correlation(r: Number, variance: Number) -> tuple[Floats, Floats]:
    """A standardised difference from a correlation: Borenstein and others (2009), chapter 7."""
    given = floats(r)
    if np.any(np.abs(given) >= 1):
        raise BadInput("A correlation lies between -1 and 1, without the ends, to become a difference.")
    left = 1 - given**2
    return 2 * given / np.sqrt(left), floats(4 * floats(variance) / left**3)


def correlation_from_smd(d: Number, variance: Number, n1: Number, n2: Number) -> tuple[Floats, Floats]:
    """A correlation from a standardised difference: Borenstein and others (2009), chapter 7."""
    a, b = _above(n1, "A number of people"), _above(n2, "A number of people")
    factor = (a + b) ** 2 / (a * b)
    total = floats(d) ** 2 + factor
    return floats(d) / np.sqrt(total), floats(factor**2 * floats(variance) / total**3)


def design_effect(cluster_size: Number, icc: Number) -> Floats:
    """How many times less a person in a cluster counts: 1 + (size - 1) ICC.

    Divide people and events by it (Cochrane Handbook 6.5, section 23.1.4) where a paper ignored its clusters.
    """
    share = floats(icc)
    if np.any((share < 0) | (share > 1)):
        raise BadInput("An intra-cluster correlation lies between 0 and 1.")
    return floats(1 + (_above(cluster_size, "A cluster's size", 0) - 1) * share)


def smd_of_clusters(
    g: Number, n1: Number, n2: Number, cluster_size: Number, icc: Number
) -> tuple[Floats, Floats]:
    """A standardised difference and its variance corrected for clusters that the paper ignored.

    Hedges, Journal of Educational and Behavioral Statistics 32 (2007) 341, formulas 15 and 16, for clusters of
    the same size, in standard deviations of all children.
    """
    a, b = _above(n1, "A number of people", 1), _above(n2, "A number of people", 1)
    size, share = _above(cluster_size, "A cluster's size"), floats(icc)
    inflation = design_effect(size, share)
    n = a + b
    lost = 2 * (size - 1) * share / (n - 2)
    effect = floats(g) * np.sqrt(1 - lost)
    top = (
        (n - 2) * (1 - share) ** 2
        + size * (n - 2 * size) * share**2
        + 2 * (n - 2 * size) * share * (1 - share)
    )
    bottom = 2 * (n - 2) * ((n - 2) - 2 * (size - 1) * share)
    return floats(effect), floats(n / (a * b) * inflation + effect**2 * top / bottom)
