"""How much a measure differs from the most to the least deprived, over the whole gradient.

The slope index of inequality is the difference between the two ends of a line through the groups, each placed
by its share of the people; the relative index is the ratio of the two ends.

Sources: Mackenbach and Kunst, "Measuring the magnitude of socio-economic inequalities in health", Social
Science and Medicine 44 (1997), pages 757 to 771; Low and Low, "Measuring the gap: quantifying and comparing
local health inequalities", Journal of Public Health 26 (2004), pages 388 to 395. The intervals by simulation
follow the R package PHEindicatormethods (``phe_sii``), with whose test results the indices agree to 1e-13 and
the intervals to what chance allows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_DRAWN_AT_ONCE = 20_000


class Kind(StrEnum):
    """What the values are: it decides on which scale their uncertainty is even."""

    MEASURE = "a measure"
    RATE = "a rate"
    PROPORTION = "a proportion"


@dataclass(frozen=True)
class Group:
    """One group, most deprived first: its people, its value, and the value's limits or standard error.

    ``error`` is on the scale of the kind: the logarithm for a rate, the log odds for a proportion.
    """

    people: float
    value: float
    low: float | None = None
    high: float | None = None
    error: float | None = None


@dataclass(frozen=True)
class Gradient:
    """The slope index (in the unit of the values times the multiplier) and the relative index, with intervals.

    ``intercept`` is the line's value at the most deprived end, before the multiplier. ``draws`` and ``seed``
    say how the intervals were simulated.
    """

    slope: float
    ratio: float
    intercept: float
    slope_interval: tuple[float, float]
    ratio_interval: tuple[float, float]
    confidence: float
    draws: int
    seed: int


def gradient(
    groups: Sequence[Group],
    *,
    kind: Kind = Kind.MEASURE,
    transform: bool = False,
    multiplier: float = 1.0,
    confidence: float = 0.95,
    draws: int = 100_000,
    seed: int = 1,
) -> Gradient:
    """The slope and relative index of inequality over ``groups``, the most deprived first.

    ``transform`` fits the line to logarithms of rates or log odds of proportions, which suits values whose
    gradient bends. ``multiplier`` scales the slope; a negative one turns its sign and the ratio round, for
    measures where low is good. Every draw of the simulation takes each value from its own uncertainty. The
    same seed gives the same interval.

    Raises ValueError for fewer than three groups, people that are not above nought, a rate that is not above
    nought, a proportion not between 0 and 1, a group with neither limits nor error, or a multiplier of nought.
    """
    errors = _checked(groups, kind, transform, multiplier, confidence, draws)
    values = np.array([group.value for group in groups])
    design = _design(groups)
    to_scale, from_scale = _scales(kind if transform else Kind.MEASURE)
    line: Floats = np.linalg.lstsq(design, design[:, 0] * to_scale(values), rcond=None)[0].astype(np.float64)
    slope, ratio = _indices(line[:, None], from_scale, multiplier)
    lines = _simulated(design, values, errors, kind, to_scale, draws, np.random.default_rng(seed))
    if transform:
        # As the reference does: the slope is uncertain, and the line turns round its middle.
        half = line[0] + line[1] / 2
        ends = np.array(_middle(lines[1], confidence))
        slopes, ratios = _indices(np.stack([half - ends / 2, ends]), from_scale, multiplier)
        slope_interval, ratio_interval = _in_order(slopes), _in_order(ratios)
    else:
        slopes, ratios = _indices(lines, from_scale, multiplier)
        slope_interval, ratio_interval = _middle(slopes, confidence), _middle(ratios, confidence)
    return Gradient(
        float(slope[0]),
        float(ratio[0]),
        float(from_scale(line[:1])[0]),
        slope_interval,
        ratio_interval,
        confidence,
        draws,
        seed,
    )


def _design(groups: Sequence[Group]) -> Floats:
    """Columns √share and √share · place: least squares on them weighs each group by its share of the people."""
    people = np.array([group.people for group in groups], dtype=np.float64)
    shares = people / people.sum()
    places = np.cumsum(shares) - shares / 2
    root = np.sqrt(shares)
    return np.column_stack([root, root * places])


def _simulated(
    design: Floats,
    values: Floats,
    errors: Floats,
    kind: Kind,
    to_scale: Callable[[Floats], Floats],
    draws: int,
    random: np.random.Generator,
) -> Floats:
    """Intercepts and slopes (2, draws) of lines through values drawn from their uncertainty."""
    solve = np.linalg.pinv(design) * design[:, 0]
    drawn_on, back = _scales(kind)
    centre = drawn_on(values)
    lines = np.empty((2, draws))
    for start in range(0, draws, _DRAWN_AT_ONCE):
        many = min(_DRAWN_AT_ONCE, draws - start)
        drawn = random.normal(centre[:, None], errors[:, None], (len(values), many))
        lines[:, start : start + many] = solve @ to_scale(back(drawn))
    return lines


def _indices(
    lines: Floats, from_scale: Callable[[Floats], Floats], multiplier: float
) -> tuple[Floats, Floats]:
    """Slope and ratio between the two ends of each line (2, lines)."""
    most, least = from_scale(lines[0]), from_scale(lines[0] + lines[1])
    ratio = least / most
    return (least - most) * multiplier, 1 / ratio if multiplier < 0 else ratio


def _middle(drawn: Floats, confidence: float) -> tuple[float, float]:
    """The middle ``confidence`` of the draws, by order."""
    ordered = np.sort(drawn)
    tail = len(ordered) * (1 - confidence) / 2
    low, high = round(tail), round(len(ordered) - tail)
    return float(ordered[max(low, 1) - 1]), float(ordered[high - 1])


def _in_order(ends: Floats) -> tuple[float, float]:
    return float(ends.min()), float(ends.max())


def _scales(kind: Kind) -> tuple[Callable[[Floats], Floats], Callable[[Floats], Floats]]:
    if kind is Kind.RATE:
        return np.log, np.exp
    if kind is Kind.PROPORTION:
        return _log_odds, _share
    return _same, _same


def _same(values: Floats) -> Floats:
    return values


def _log_odds(values: Floats) -> Floats:
    found: Floats = np.log(values / (1 - values))
    return found


def _share(odds: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-odds))
    return found


def _checked(
    groups: Sequence[Group], kind: Kind, transform: bool, multiplier: float, confidence: float, draws: int
) -> Floats:
    """The standard errors of the groups on the scale of their kind, once everything has been checked."""
    if len(groups) < 3:
        raise ValueError(f"a gradient needs at least three groups; got {len(groups)}")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence lies between 0 and 1, as in 0.95; got {confidence}")
    if multiplier == 0 or draws < 1_000:
        raise ValueError("give a multiplier other than nought and at least 1,000 draws")
    if transform and kind is Kind.MEASURE:
        raise ValueError("only rates and proportions are transformed: say which the values are")
    z = NormalDist().inv_cdf(0.975)
    to_scale, _ = _scales(kind)
    errors = []
    for number, group in enumerate(groups, 1):
        known = [given for given in (group.value, group.low, group.high) if given is not None]
        if not group.people > 0:
            raise ValueError(f"group {number} has no people")
        if not np.isfinite(group.value):
            raise ValueError(f"group {number} has no value")
        if kind is Kind.RATE and min(known) <= 0:
            raise ValueError(f"group {number} has a rate that is not above nought")
        if kind is Kind.PROPORTION and not all(0 < given < 1 for given in known):
            raise ValueError(f"group {number} has a proportion or limit that is not between 0 and 1")
        if group.error is not None:
            error = group.error
        elif group.low is not None and group.high is not None:
            low, high = to_scale(np.array([group.low, group.high]))
            error = float(high - low) / (2 * z)
        else:
            raise ValueError(f"group {number} has neither 95% limits nor a standard error")
        if error < 0:
            raise ValueError(f"group {number} has limits the wrong way round, or an error below nought")
        errors.append(error)
    return np.array(errors)
