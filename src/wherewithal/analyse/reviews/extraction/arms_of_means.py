"""From what a paper prints about each arm to people, mean and standard deviation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wherewithal.analyse.reviews.extraction.effect import HANDBOOK, Step
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.synthesis.distributions import normal_at
from wherewithal.analyse.reviews.synthesis.effects.conversions import (
    mean_from_quartiles,
    sd_from_interval,
    sd_from_quartiles,
    sd_from_range,
    sd_from_se,
    variance_from_interval,
)
from wherewithal.errors import BadInput, Problem


@dataclass(frozen=True)
class Means:
    """Two arms as people, mean, standard deviation; with the steps that led there and what was assumed.

    ``change``: the means are of a change, and ``sd`` are of the scores themselves where ``scores`` is true.
    """

    n: tuple[float, float]
    mean: tuple[float, float]
    sd: tuple[float, float]
    steps: tuple[Step, ...] = ()
    assumptions: tuple[str, ...] = ()

    def columns(self) -> dict[str, float]:
        """By the names that the synthesis commands read."""
        return {
            "m1i": self.mean[0],
            "sd1i": self.sd[0],
            "n1i": self.n[0],
            "m2i": self.mean[1],
            "sd2i": self.sd[1],
            "n2i": self.n[1],
        }


Arm = dict[str, float]
Read = tuple[float, float, tuple[Step, ...], tuple[str, ...]]
"""Mean, standard deviation, steps, assumptions."""


def means_of(given: Given) -> Means:
    """The two arms of a form in ``READERS``. Raises BadInput where they cannot be read."""
    read = READERS[given.form]
    sides = []
    for side in ("1", "2"):
        arm = {name: given.numbers[f"{name}{side}"] for name in given.what.arms}
        if arm["n"] < 2:
            raise BadInput(
                "An arm needs people.",
                [Problem(f"People, arm {side}", f"{arm['n']:g}", "2 or more", "Look it up again.")],
            )
        sides.append((arm["n"], *read(arm, given, side)))
    (n1, m1, sd1, steps, said1), (n2, m2, sd2, _again, said2) = sides
    for side, sd in (("1", sd1), ("2", sd2)):
        if not sd > 0:
            raise BadInput(
                "An arm without any spread has no effect to work out.",
                [Problem(f"Standard deviation, arm {side}", f"{sd:g}", "above 0", "Look it up again.")],
            )
    return Means((n1, n2), (m1, m2), (sd1, sd2), steps, tuple(dict.fromkeys((*said1, *said2))))


def _plain(arm: Arm, given: Given, side: str) -> Read:
    return arm["m"], arm["sd"], (), ()


def _from_se(arm: Arm, given: Given, side: str) -> Read:
    sd = float(sd_from_se(arm["se"], arm["n"]))
    return arm["m"], sd, (Step("standard deviations from standard errors", f"{HANDBOOK}, 6.5.2.2"),), ()


def _from_interval(arm: Arm, given: Given, side: str) -> Read:
    confidence = float(given.chosen("confidence"))
    if given.chosen("curve") == "t":
        sd = float(sd_from_interval(arm["low"], arm["high"], arm["n"], confidence=confidence))
        what = "standard deviations from the means’ intervals, on Student’s t"
    else:
        sd = float(np.sqrt(variance_from_interval(arm["low"], arm["high"], confidence=confidence) * arm["n"]))
        what = "standard deviations from the means’ intervals, on the normal curve"
    return arm["m"], sd, (Step(what, f"{HANDBOOK}, 6.5.2.2"),), ()


NEAR_NORMAL = "The scores are taken to be near enough a bell curve, since the paper gives medians."


def _from_quartiles(arm: Arm, given: Given, side: str) -> Read:
    n = arm["n"]
    _in_order(arm, ("q1", "median", "q3"), side)
    mean = float(mean_from_quartiles(arm["q1"], arm["median"], arm["q3"], n))
    sd = float(sd_from_quartiles(arm["q1"], arm["q3"], n))
    lean = abs(arm["q1"] + arm["q3"] - 2 * arm["median"]) / (arm["q3"] - arm["q1"])
    steps = (
        Step("means from medians and quartiles", "Luo and others 2018, formula 15"),
        Step("standard deviations from quartiles", "Wan and others 2014, formula 15"),
    )
    return mean, sd, steps, (NEAR_NORMAL, *_leaning(lean, 2.65 / np.sqrt(n) - 6 / n**2, side))


def _from_range(arm: Arm, given: Given, side: str) -> Read:
    n = arm["n"]
    _in_order(arm, ("least", "median", "most"), side)
    weight = 4 / (4 + n**0.75)
    mean = weight * (arm["least"] + arm["most"]) / 2 + (1 - weight) * arm["median"]
    sd = float(sd_from_range(arm["least"], arm["most"], n))
    lean = abs(arm["least"] + arm["most"] - 2 * arm["median"]) / (arm["most"] - arm["least"])
    steps = (
        Step("means from medians and ranges", "Luo and others 2018, formula 7"),
        Step("standard deviations from ranges", "Wan and others 2014, formula 9"),
    )
    return mean, sd, steps, (NEAR_NORMAL, *_leaning(lean, 1.01 / np.log(n + 9) + 2.43 / (n + 1), side))


def _from_five(arm: Arm, given: Given, side: str) -> Read:
    """Luo and others (2018), the last of their estimators; Shi and others, Research Synthesis Methods 11 (2020) 641."""
    n = arm["n"]
    _in_order(arm, ("least", "q1", "median", "q3", "most"), side)
    ends = 2.2 / (2.2 + n**0.75)
    quarters = 0.7 - 0.72 / n**0.55
    mean = (
        ends * (arm["least"] + arm["most"]) / 2
        + quarters * (arm["q1"] + arm["q3"]) / 2
        + (1 - ends - quarters) * arm["median"]
    )
    wide = (2 + 0.14 * n**0.6) * float(normal_at((n - 0.375) / (n + 0.25)))
    narrow = (2 + 2 / (0.07 * n**0.6)) * float(normal_at((0.75 * n - 0.125) / (n + 0.25)))
    sd = (arm["most"] - arm["least"]) / wide + (arm["q3"] - arm["q1"]) / narrow
    lean = abs(arm["q1"] + arm["q3"] - 2 * arm["median"]) / (arm["q3"] - arm["q1"])
    steps = (
        Step("means from medians, quartiles and ranges", "Luo and others 2018"),
        Step("standard deviations from quartiles and ranges", "Shi and others 2020"),
    )
    return mean, sd, steps, (NEAR_NORMAL, *_leaning(lean, 2.65 / np.sqrt(n) - 6 / n**2, side))


def _in_order(arm: Arm, names: tuple[str, ...], side: str) -> None:
    values = [arm[name] for name in names]
    if values != sorted(values) or values[0] == values[-1]:
        raise BadInput(
            "Quartiles and ranges run upwards.",
            [
                Problem(
                    f"Arm {side}",
                    ", ".join(f"{value:g}" for value in values),
                    "numbers in rising order",
                    "Look for swapped columns, or a width of the range instead of its ends.",
                )
            ],
        )


def _leaning(lean: float, most: float, side: str) -> tuple[str, ...]:
    """Whether the numbers lean too far to one side for a bell curve: Shi and others, Statistical Methods in Medical
    Research 32 (2023) 1338, tests of the 5% level.
    """
    if lean <= most:
        return ()
    return (
        f"In arm {side} the median stands far to one side of its range, so that the mean worked out from it may be "
        "wrong: see what the result is without this study.",
    )


def _change(arm: Arm, given: Given, side: str) -> Read:
    return arm["change"], arm["sdchange"], (), ()


def _before_after(arm: Arm, given: Given, side: str) -> Read:
    r = given.numbers["r"]
    if not -1 <= r <= 1:
        raise BadInput("A correlation lies between -1 and 1.")
    a, b = arm["sdbefore"], arm["sdafter"]
    return (
        arm["after"] - arm["before"],
        float(np.sqrt(max(a * a + b * b - 2 * r * a * b, 0))),
        (
            Step(
                f"standard deviations of the change from those before and after, with a correlation of {r:g}",
                f"{HANDBOOK}, 6.5.2.8",
            ),
        ),
        correlation_said(given),
    )


def correlation_said(given: Given) -> tuple[str, ...]:
    """What to say of a correlation of before with after that is not the paper's own."""
    if given.chosen("r_from") == "paper":
        return ()
    return (
        f"The correlation of {given.numbers['r']:g} between before and after is not this paper’s own: try others, to "
        "see whether it matters.",
    )


READERS: dict[str, Callable[[Arm, Given, str], Read]] = {
    "means": _plain,
    "means-se": _from_se,
    "means-ci": _from_interval,
    "quartiles": _from_quartiles,
    "range": _from_range,
    "five-numbers": _from_five,
    "change": _change,
    "before-after": _before_after,
}
CHANGES = frozenset({"change", "before-after"})
