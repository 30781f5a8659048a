"""A root between two points by Brent's method, with R's rule of when to stop.

Source: Brent, "Algorithms for minimization without derivatives" (1973), chapter 4. SciPy's ``brentq`` chooses
its points a little differently, which shows where the search stops early, as it does in R's ``uniroot``.
"""

from __future__ import annotations

from collections.abc import Callable

SMALLEST = 2.0**-52
MOST_STEPS = 1000


def root(over: Callable[[float], float], low: float, high: float, within: float) -> float:
    """Where ``over`` crosses nought between ``low`` and ``high``, where its signs differ, to ``within``."""
    before, here = low, high
    at_before, at_here = over(low), over(high)
    other, at_other = before, at_before
    for _ in range(MOST_STEPS):
        last = here - before
        if abs(at_other) < abs(at_here):
            before, here, other = here, other, here
            at_before, at_here, at_other = at_here, at_other, at_here
        close = 2 * SMALLEST * abs(here) + within / 2
        step = (other - here) / 2
        if abs(step) <= close or at_here == 0.0:
            return here
        if abs(last) >= close and abs(at_before) > abs(at_here):
            step = _by_curve(before, here, other, at_before, at_here, at_other, close, last, step)
        if abs(step) < close:
            step = close if step > 0 else -close
        before, at_before = here, at_here
        here += step
        at_here = over(here)
        if (at_here > 0) == (at_other > 0):
            other, at_other = before, at_before
    raise ArithmeticError("no root was found")


def _by_curve(
    before: float, here: float, other: float, at_before: float, at_here: float, at_other: float,
    close: float, last: float, half: float,
) -> float:  # fmt: skip
    """The step that a line or a curve through the last points suggests, or ``half`` the way where it is wild."""
    across = other - here
    slope = at_here / at_before
    if before == other:
        top, bottom = across * slope, 1.0 - slope
    else:
        first, second = at_before / at_other, at_here / at_other
        top = slope * (across * first * (first - second) - (here - before) * (second - 1.0))
        bottom = (first - 1.0) * (second - 1.0) * (slope - 1.0)
    if top > 0:
        bottom = -bottom
    else:
        top = -top
    tame = top < 0.75 * across * bottom - abs(close * bottom) / 2 and top < abs(last * bottom / 2)
    return top / bottom if tame else half
