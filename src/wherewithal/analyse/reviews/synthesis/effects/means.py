"""Means of two groups, and of one group before and after.

Sources: Hedges, Journal of Educational Statistics 6 (1981) 107; Hedges and Olkin, "Statistical methods for
meta-analysis" (1985); Bonett, Psychological Methods 13 (2008) 99, for unequal variances, and 14 (2009) 225;
Borenstein, "Effect sizes for continuous data", in The Handbook of Research Synthesis (2nd edition, 2009) 221;
Hedges, Gurevitch and Curtis, Ecology 80 (1999) 1150, for ratios of means; Lajeunesse, Ecology 96 (2015) 2056,
for their bias, and 92 (2011) 2049, for their change; Nakagawa and others, Methods in Ecology and Evolution 6
(2015) 143, for variability; Becker, British Journal of Mathematical and Statistical Psychology 41 (1988) 257,
and Morris, Organizational Research Methods 11 (2008) 364, for change in one group and in two.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wherewithal.analyse.reviews.synthesis.effects.parts import Choices, Columns, Measure, Worked, hedges
from wherewithal.analyse.reviews.synthesis.studies import Floats

TWO = ("m1i", "m2i", "sd1i", "sd2i", "n1i", "n2i")
PAIRED = ("m1i", "m2i", "sd1i", "sd2i", "ni", "ri")
CONTROLLED = ("m1b", "m1a", "sd1b", "n1i", "m2b", "m2a", "sd2b", "n2i", "ri")


def _pooled(c: Columns) -> Floats:
    n1, n2 = c["n1i"], c["n2i"]
    return np.sqrt(((n1 - 1) * c["sd1i"] ** 2 + (n2 - 1) * c["sd2i"] ** 2) / (n1 + n2 - 2))


def _md(c: Columns, choices: Choices) -> Worked:
    if choices.variance == "HO":
        variance = _pooled(c) ** 2 * (1 / c["n1i"] + 1 / c["n2i"])
    else:
        variance = c["sd1i"] ** 2 / c["n1i"] + c["sd2i"] ** 2 / c["n2i"]
    return Worked(c["m1i"] - c["m2i"], variance)


def _smd(c: Columns, choices: Choices) -> Worked:
    d = (c["m1i"] - c["m2i"]) / _pooled(c)
    return standardised(d, c["n1i"], c["n2i"], choices)


def standardised(d: Floats, n1: Floats, n2: Floats, choices: Choices) -> Worked:
    """A standardised difference made free of bias, with the variance that was chosen."""
    m = n1 + n2 - 2
    j = hedges(m, choices.correction)
    g = j * d
    groups = 1 / n1 + 1 / n2
    if choices.variance == "LS2":
        return Worked(g, j**2 * (groups + d**2 / (2 * (n1 + n2))))
    if choices.variance == "UB":
        return Worked(g, groups + (1 - (m - 2) / (m * hedges(m, "exact") ** 2)) * g**2)
    return Worked(g, groups + g**2 / (2 * (n1 + n2)))


def _smdh(c: Columns, choices: Choices) -> Worked:
    v1, v2, n1, n2 = c["sd1i"] ** 2, c["sd2i"] ** 2, c["n1i"], c["n2i"]
    g = hedges(n1 + n2 - 2, choices.correction) * (c["m1i"] - c["m2i"]) / np.sqrt((v1 + v2) / 2)
    shape = g**2 * (v1**2 / (n1 - 1) + v2**2 / (n2 - 1)) / (2 * (v1 + v2) ** 2)
    return Worked(g, shape + 2 / (v1 + v2) * (v1 / (n1 - 1) + v2 / (n2 - 1)))


def _glass(c: Columns, choices: Choices) -> Worked:
    n1, n2 = c["n1i"], c["n2i"]
    g = hedges(n2 - 1, choices.correction) * (c["m1i"] - c["m2i"]) / c["sd2i"]
    return Worked(g, 1 / n1 + 1 / n2 + g**2 / (2 * n2))


def _glass_unequal(c: Columns, choices: Choices) -> Worked:
    n1, n2 = c["n1i"], c["n2i"]
    g = hedges(n2 - 1, choices.correction) * (c["m1i"] - c["m2i"]) / c["sd2i"]
    ratio = (c["sd1i"] / c["sd2i"]) ** 2
    return Worked(g, ratio / (n1 - 1) + 1 / (n2 - 1) + g**2 / (2 * (n2 - 1)))


def _only_ratios(worked: Worked, c: Columns) -> Worked:
    """A ratio of means needs both on the same side of nought."""
    with np.errstate(invalid="ignore"):
        wrong = ~(c["m1i"] * c["m2i"] > 0) & np.isfinite(c["m1i"] + c["m2i"])
    worked.effects = np.where(wrong, np.nan, worked.effects)
    worked.variances = np.where(wrong, np.nan, worked.variances)
    worked.say(wrong, "the means are not both above 0 (or both below): they have no ratio, so no effect")
    return worked


def _rom(c: Columns, choices: Choices) -> Worked:
    with np.errstate(invalid="ignore", divide="ignore"):
        first = (c["sd1i"] / c["m1i"]) ** 2 / c["n1i"]
        second = (c["sd2i"] / c["m2i"]) ** 2 / c["n2i"]
        effect = np.log(c["m1i"] / c["m2i"])
    if choices.correction != "none":
        effect = effect + (first - second) / 2
    return _only_ratios(Worked(effect, first + second), c)


def _cvr(c: Columns, choices: Choices) -> Worked:
    f1, f2 = 1 / (2 * (c["n1i"] - 1)), 1 / (2 * (c["n2i"] - 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        effect = np.log(c["sd1i"] / c["m1i"]) + f1 - np.log(c["sd2i"] / c["m2i"]) - f2
        variance = f1 + f2 + (c["sd1i"] / c["m1i"]) ** 2 / c["n1i"] + (c["sd2i"] / c["m2i"]) ** 2 / c["n2i"]
    return _only_ratios(Worked(effect, variance), c)


def _vr(c: Columns, choices: Choices) -> Worked:
    f1, f2 = 1 / (2 * (c["n1i"] - 1)), 1 / (2 * (c["n2i"] - 1))
    return Worked(np.log(c["sd1i"] / c["sd2i"]) + f1 - f2, f1 + f2)


def _to_odds(by: float) -> Callable[[Columns, Choices], Worked]:
    def work(c: Columns, choices: Choices) -> Worked:
        g = _smd(c, choices)
        return Worked(by * g.effects, by**2 * g.variances)

    return work


def _of_change(c: Columns) -> Floats:
    """The variance of a change."""
    return c["sd1i"] ** 2 + c["sd2i"] ** 2 - 2 * c["ri"] * c["sd1i"] * c["sd2i"]


def _mc(c: Columns, choices: Choices) -> Worked:
    return Worked(c["m1i"] - c["m2i"], _of_change(c) / c["ni"])


def _smcc(c: Columns, choices: Choices) -> Worked:
    with np.errstate(divide="ignore", invalid="ignore"):
        g = hedges(c["ni"] - 1, choices.correction) * (c["m1i"] - c["m2i"]) / np.sqrt(_of_change(c))
    return Worked(g, 1 / c["ni"] + g**2 / (2 * c["ni"]))


def _smcr(c: Columns, choices: Choices) -> Worked:
    g = hedges(c["ni"] - 1, choices.correction) * (c["m1i"] - c["m2i"]) / c["sd1i"]
    return Worked(g, 2 * (1 - c["ri"]) / c["ni"] + g**2 / (2 * c["ni"]))


def _smcrh(c: Columns, choices: Choices) -> Worked:
    n = c["ni"]
    g = hedges(n - 1, choices.correction) * (c["m1i"] - c["m2i"]) / c["sd1i"]
    return Worked(g, _of_change(c) / (c["sd1i"] ** 2 * (n - 1)) + g**2 / (2 * (n - 1)))


def _romc(c: Columns, choices: Choices) -> Worked:
    with np.errstate(invalid="ignore", divide="ignore"):
        first, second = c["sd1i"] / c["m1i"], c["sd2i"] / c["m2i"]
        effect = np.log(c["m1i"] / c["m2i"])
    if choices.correction != "none":
        effect = effect + (first**2 - second**2) / (2 * c["ni"])
    return _only_ratios(Worked(effect, (first**2 + second**2 - 2 * c["ri"] * first * second) / c["ni"]), c)


def _controlled(c: Columns, choices: Choices) -> Worked:
    """Change of one group against change of the other in standard deviations before (Morris 2008, formula 25)."""
    n1, n2 = c["n1i"], c["n2i"]
    m = n1 + n2 - 2
    before = np.sqrt(((n1 - 1) * c["sd1b"] ** 2 + (n2 - 1) * c["sd2b"] ** 2) / m)
    j = hedges(m, choices.correction)
    g = j * ((c["m1a"] - c["m1b"]) - (c["m2a"] - c["m2b"])) / before
    spread = 2 * (1 - c["ri"]) * (n1 + n2) / (n1 * n2)
    return Worked(g, j**2 * spread * m / (m - 2) * (1 + g**2 / spread) - g**2)


MEASURES = (
    Measure("MD", "mean difference", TWO, _md),
    Measure("SMD", "standardised mean difference (Hedges' g)", TWO, _smd),
    Measure("SMDH", "standardised mean difference, unequal variances", TWO, _smdh),
    Measure(
        "SMD1", "standardised mean difference, by group 2's standard deviation", TWO[:2] + TWO[3:], _glass
    ),
    Measure("SMD1H", "the same, unequal variances", TWO, _glass_unequal),
    Measure("ROM", "log ratio of means", TWO, _rom, "log"),
    Measure("CVR", "log ratio of coefficients of variation", TWO, _cvr, "log"),
    Measure("VR", "log ratio of standard deviations", TWO[2:], _vr, "log"),
    Measure(
        "D2ORL", "log odds ratio, from means (logistic)", TWO, _to_odds(float(np.pi / np.sqrt(3))), "log"
    ),
    Measure("D2ORN", "log odds ratio, from means (Cox)", TWO, _to_odds(1.65), "log"),
    Measure("MC", "mean change", PAIRED, _mc),
    Measure("SMCC", "standardised mean change, by the change's standard deviation", PAIRED, _smcc),
    Measure(
        "SMCR",
        "standardised mean change, by the first standard deviation",
        ("m1i", "m2i", "sd1i", "ni", "ri"),
        _smcr,
    ),
    Measure("SMCRH", "the same, unequal variances", PAIRED, _smcrh),
    Measure("ROMC", "log ratio of means, before and after", PAIRED, _romc, "log"),
    Measure("SMCPC", "standardised change against the other group's change", CONTROLLED, _controlled),
)
