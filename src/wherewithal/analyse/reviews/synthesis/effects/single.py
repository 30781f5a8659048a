"""One group, or one relation: correlations, proportions, rates, means; and rates of two groups.

Sources: Olkin and Pratt, Annals of Mathematical Statistics 29 (1958) 201, for the unbiased correlation; Fisher,
Metron 1 (1921) 3, for z; Freeman and Tukey, Annals of Mathematical Statistics 21 (1950) 607, for double arcsines and
roots; Aloe and Thompson, Journal of the Society for Social Work and Research 4 (2013) 390, for partial correlations.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wherewithal.analyse.reviews.synthesis.effects.parts import Choices, Columns, Measure, Worked
from wherewithal.analyse.reviews.synthesis.studies import Floats, Marks


def _cor(c: Columns, choices: Choices) -> Worked:
    return Worked(c["ri"] + 0.0, (1 - c["ri"] ** 2) ** 2 / (c["ni"] - 1))


def _ucor(c: Columns, choices: Choices) -> Worked:
    from scipy.special import hyp2f1

    r = c["ri"] * hyp2f1(0.5, 0.5, (c["ni"] - 2) / 2, 1 - c["ri"] ** 2)
    return Worked(r, (1 - r**2) ** 2 / (c["ni"] - 1))


def _zcor(c: Columns, choices: Choices) -> Worked:
    return _fisher(c["ri"], c["ni"] - 3)


def _fisher(r: Floats, weight: Floats) -> Worked:
    with np.errstate(divide="ignore", invalid="ignore"):
        worked = Worked(np.arctanh(r), 1 / np.where(weight > 0, weight, np.nan))
    worked.say(np.abs(r) == 1, "a correlation of exactly 1 or -1 has no Fisher's z: no effect")
    worked.effects = np.where(np.isfinite(worked.effects), worked.effects, np.nan)
    worked.say(weight <= 0, "too few people for the variance of Fisher's z: no effect")
    return worked


def _pcor(c: Columns, choices: Choices) -> Worked:
    return Worked(c["ri"] + 0.0, (1 - c["ri"] ** 2) ** 2 / (c["ni"] - c["mi"] - 1))


def _zpcor(c: Columns, choices: Choices) -> Worked:
    return _fisher(c["ri"], c["ni"] - c["mi"] - 3)


def _added(empty: Marks, choices: Choices) -> Floats:
    where: Marks = {
        "only0": empty,
        "all": np.ones(empty.shape, dtype=np.bool_),
        "if0all": np.full(empty.shape, bool(empty.any())),
        "none": np.zeros(empty.shape, dtype=np.bool_),
    }[choices.to]
    return np.where(where, choices.add, 0.0)


def _clean(effects: Floats, variances: Floats, more: Floats, empty: Marks, what: str) -> Worked:
    bad = ~(np.isfinite(effects) & np.isfinite(variances) & (variances > 0))
    worked = Worked(np.where(bad, np.nan, effects), np.where(bad, np.nan, variances))
    worked.say(more > 0, f"{float(more.max(initial=0)):g} added to {what}")
    worked.say(bad & empty, "nobody or everybody had the event and nothing was added: no effect")
    return worked


def _proportion(
    formula: Callable[[Floats, Floats], tuple[Floats, Floats]], fill: bool = True
) -> Callable[..., Worked]:
    def work(c: Columns, choices: Choices) -> Worked:
        x, n = c["xi"], c["ni"]
        empty = (x == 0) | (x == n)
        more = _added(empty, choices) if fill else np.zeros_like(x)
        with np.errstate(divide="ignore", invalid="ignore"):
            effects, variances = formula(x + more, n + 2 * more)
        return _clean(effects, variances, more, empty, "those with the event and to those without")

    return work


def _pr(x: Floats, n: Floats) -> tuple[Floats, Floats]:
    p = x / n
    return p, p * (1 - p) / n


def _pln(x: Floats, n: Floats) -> tuple[Floats, Floats]:
    return np.log(x / n), 1 / x - 1 / n


def _plo(x: Floats, n: Floats) -> tuple[Floats, Floats]:
    return np.log(x / (n - x)), 1 / x + 1 / (n - x)


def _pas(x: Floats, n: Floats) -> tuple[Floats, Floats]:
    return np.arcsin(np.sqrt(x / n)), 1 / (4 * n)


def _pft(x: Floats, n: Floats) -> tuple[Floats, Floats]:
    both = np.arcsin(np.sqrt(x / (n + 1))) + np.arcsin(np.sqrt((x + 1) / (n + 1)))
    return both / 2, 1 / (4 * n + 2)


def _rate(
    formula: Callable[[Floats, Floats], tuple[Floats, Floats]], fill: bool = True
) -> Callable[..., Worked]:
    def work(c: Columns, choices: Choices) -> Worked:
        empty = c["xi"] == 0
        more = _added(empty, choices) if fill else np.zeros_like(c["xi"])
        with np.errstate(divide="ignore", invalid="ignore"):
            effects, variances = formula(c["xi"] + more, c["ti"])
        return _clean(effects, variances, more, empty, "the events")

    return work


def _irft(x: Floats, t: Floats) -> tuple[Floats, Floats]:
    return (np.sqrt(x / t) + np.sqrt((x + 1) / t)) / 2, 1 / (4 * t)


def _rates(formula: Callable[[Columns], tuple[Floats, Floats]], fill: bool = True) -> Callable[..., Worked]:
    def work(c: Columns, choices: Choices) -> Worked:
        empty = (c["x1i"] == 0) | (c["x2i"] == 0)
        more = _added(empty, choices) if fill else np.zeros_like(c["x1i"])
        filled = {**c, "x1i": c["x1i"] + more, "x2i": c["x2i"] + more}
        with np.errstate(divide="ignore", invalid="ignore"):
            effects, variances = formula(filled)
        return _clean(effects, variances, more, empty, "the events of both groups")

    return work


def _irr(c: Columns) -> tuple[Floats, Floats]:
    return np.log(c["x1i"] / c["t1i"]) - np.log(c["x2i"] / c["t2i"]), 1 / c["x1i"] + 1 / c["x2i"]


def _ird(c: Columns) -> tuple[Floats, Floats]:
    return c["x1i"] / c["t1i"] - c["x2i"] / c["t2i"], c["x1i"] / c["t1i"] ** 2 + c["x2i"] / c["t2i"] ** 2


def _irsd(c: Columns) -> tuple[Floats, Floats]:
    effects = np.sqrt(c["x1i"] / c["t1i"]) - np.sqrt(c["x2i"] / c["t2i"])
    return effects, 1 / (4 * c["t1i"]) + 1 / (4 * c["t2i"])


def _mn(c: Columns, choices: Choices) -> Worked:
    return Worked(c["mi"] + 0.0, c["sdi"] ** 2 / c["ni"])


EVENTS, RATE, RATES = ("xi", "ni"), ("xi", "ti"), ("x1i", "x2i", "t1i", "t2i")
MEASURES = (
    Measure("COR", "correlation", ("ri", "ni"), _cor, groups=False),
    Measure("UCOR", "correlation, free of bias", ("ri", "ni"), _ucor, groups=False),
    Measure("ZCOR", "correlation as Fisher's z", ("ri", "ni"), _zcor, "z", groups=False),
    Measure("PCOR", "partial correlation", ("ri", "ni", "mi"), _pcor, groups=False),
    Measure("ZPCOR", "partial correlation as Fisher's z", ("ri", "ni", "mi"), _zpcor, "z", groups=False),
    Measure("PR", "proportion", EVENTS, _proportion(_pr), groups=False),
    Measure("PLN", "log proportion", EVENTS, _proportion(_pln), "log", groups=False),
    Measure("PLO", "log odds of a proportion", EVENTS, _proportion(_plo), "logit", groups=False),
    Measure("PAS", "arcsine of a proportion", EVENTS, _proportion(_pas, fill=False), "arcsine", groups=False),
    Measure(
        "PFT",
        "double arcsine of a proportion",
        EVENTS,
        _proportion(_pft, fill=False),
        "double arcsine",
        groups=False,
    ),
    Measure("IR", "rate", RATE, _rate(lambda x, t: (x / t, x / t**2)), groups=False),
    Measure("IRLN", "log rate", RATE, _rate(lambda x, t: (np.log(x / t), 1 / x)), "log", groups=False),
    Measure(
        "IRS",
        "root of a rate",
        RATE,
        _rate(lambda x, t: (np.sqrt(x / t), 1 / (4 * t)), fill=False),
        "root",
        groups=False,
    ),
    Measure("IRFT", "Freeman-Tukey rate", RATE, _rate(_irft, fill=False), "root", groups=False),
    Measure("IRR", "log rate ratio", RATES, _rates(_irr), "log"),
    Measure("IRD", "rate difference", RATES, _rates(_ird)),
    Measure("IRSD", "difference of roots of rates", RATES, _rates(_irsd, fill=False)),
    Measure("MN", "mean", ("mi", "sdi", "ni"), _mn, groups=False),
)
