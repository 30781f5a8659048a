"""Two groups, an event that happened or not: ratios and differences of risks and odds.

Sources: Fleiss and Berlin, "Effect sizes for dichotomous data", in The Handbook of Research Synthesis (2nd
edition, 2009) 237; Peto: Yusuf and others, Progress in Cardiovascular Diseases 27 (1985) 335; conversions to a
standardised difference: Sanchez-Meca and others, Psychological Methods 8 (2003) 448; arcsine: Rücker and others,
Statistics in Medicine 28 (2009) 721. Empty cells: Sweeting, Sutton and Lambert, Statistics in Medicine 23 (2004) 1351.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from wherewithal.analyse.reviews.synthesis.distributions import normal_at
from wherewithal.analyse.reviews.synthesis.effects.parts import Choices, Columns, Measure, Worked
from wherewithal.analyse.reviews.synthesis.studies import Floats, Marks

CELLS = ("ai", "bi", "ci", "di")
LOGISTIC = np.sqrt(3) / np.pi
"""Standard deviations of a logistic variable in a unit of log odds (Chinn, Statistics in Medicine 19 (2000) 3127)."""
COX = 1 / 1.65


class Cells(NamedTuple):
    """Group 1 with and without the event, group 2 with and without: (k,) each."""

    a: Floats
    b: Floats
    c: Floats
    d: Floats

    @property
    def n1(self) -> Floats:
        return self.a + self.b

    @property
    def n2(self) -> Floats:
        return self.c + self.d


def filled(cells: Cells, choices: Choices) -> tuple[Cells, dict[str, Marks]]:
    """The cells after any addition, and who was added to or left out: keys ``empty``, ``added``, ``dropped``."""
    a, b, c, d = cells
    with np.errstate(invalid="ignore"):
        empty = (a == 0) | (b == 0) | (c == 0) | (d == 0)
        dropped = (((a == 0) & (c == 0)) | ((b == 0) & (d == 0))) & bool(choices.drop00)
    still = empty & ~dropped
    added: Marks = {
        "only0": still,
        "all": np.ones(empty.shape, dtype=np.bool_),
        "if0all": np.full(empty.shape, bool(still.any())),
        "none": np.zeros(empty.shape, dtype=np.bool_),
    }[choices.to] & ~dropped
    first = second = np.where(added, choices.add, 0.0)
    if choices.shared == "opposite":
        people = cells.n1 + cells.n2
        first, second = (2 * first * own / people for own in (cells.n1, cells.n2))
    gone = np.where(dropped, np.nan, 0.0)
    return Cells(a + first + gone, b + first + gone, c + second + gone, d + second + gone), {
        "empty": empty,
        "added": added,
        "dropped": dropped,
    }


def _work(formula: Callable[[Cells], tuple[Floats, Floats]]) -> Callable[[Columns, Choices], Worked]:
    def work(columns: Columns, choices: Choices) -> Worked:
        given = Cells(*(columns[cell] for cell in CELLS))
        cells, about = filled(given, choices)
        with np.errstate(divide="ignore", invalid="ignore"):
            effects, variances = formula(cells)
        bad = ~(np.isfinite(effects) & np.isfinite(variances) & (variances > 0))
        effects, variances = np.where(bad, np.nan, effects), np.where(bad, np.nan, variances)
        worked = Worked(effects, variances)
        if choices.add > 0:
            what = f"{choices.add:g} added to all four cells"
            if choices.shared == "opposite":
                what = f"{2 * choices.add:g} shared between the groups' cells by their sizes"
            worked.say(about["added"] & about["empty"], f"a cell is empty: {what}")
            worked.say(about["added"] & ~about["empty"], f"{what}, as to all studies")
        worked.say(about["dropped"], "nobody, or everybody, had the event in both groups: left out, as asked")
        there = np.isfinite(given.a + given.b + given.c + given.d)
        worked.say(
            bad & about["empty"] & ~about["dropped"] & there,
            "a cell is empty and nothing was added: no effect",
        )
        return worked

    return work


def _rr(x: Cells) -> tuple[Floats, Floats]:
    return np.log(x.a / x.n1) - np.log(x.c / x.n2), 1 / x.a - 1 / x.n1 + 1 / x.c - 1 / x.n2


def log_odds(x: Cells) -> tuple[Floats, Floats]:
    """Log odds ratio and its variance."""
    return np.log(x.a * x.d / (x.b * x.c)), 1 / x.a + 1 / x.b + 1 / x.c + 1 / x.d


def _rd(x: Cells) -> tuple[Floats, Floats]:
    return x.a / x.n1 - x.c / x.n2, x.a * x.b / x.n1**3 + x.c * x.d / x.n2**3


def peto(x: Cells) -> tuple[Floats, Floats]:
    """Peto's one-step log odds ratio and its variance."""
    n = x.n1 + x.n2
    events, without = x.a + x.c, x.b + x.d
    spread = x.n1 * x.n2 * (events / n) * (without / n) / (n - 1)
    return (x.a - events * x.n1 / n) / spread, 1 / spread


def _arcsine(x: Cells) -> tuple[Floats, Floats]:
    effects = np.arcsin(np.sqrt(x.a / x.n1)) - np.arcsin(np.sqrt(x.c / x.n2))
    return effects, 1 / (4 * x.n1) + 1 / (4 * x.n2)


def _phi(x: Cells) -> tuple[Floats, Floats]:
    """Phi with its large-sample variance for a multinomial table (Yule, 1912)."""
    n = x.n1 + x.n2
    p, q = x.n1 / n, (x.a + x.c) / n
    phi = (x.a * x.d - x.b * x.c) / np.sqrt(x.n1 * x.n2 * (x.a + x.c) * (x.b + x.d))
    first = (1 - 2 * p) / np.sqrt(p * (1 - p))
    second = (1 - 2 * q) / np.sqrt(q * (1 - q))
    variance = 1 - phi**2 + phi * (1 + phi**2 / 2) * first * second - 0.75 * phi**2 * (first**2 + second**2)
    return phi, variance / n


def _yule_q(x: Cells) -> tuple[Floats, Floats]:
    odds = x.a * x.d / (x.b * x.c)
    q = (odds - 1) / (odds + 1)
    return q, 0.25 * (1 - q**2) ** 2 * log_odds(x)[1]


def _yule_y(x: Cells) -> tuple[Floats, Floats]:
    root = np.sqrt(x.a * x.d / (x.b * x.c))
    y = (root - 1) / (root + 1)
    return y, (1 - y**2) ** 2 / 16 * log_odds(x)[1]


def _probit(x: Cells) -> tuple[Floats, Floats]:
    p1, p2 = x.a / x.n1, x.c / x.n2
    z1, z2 = normal_at(p1), normal_at(p2)
    first = 2 * np.pi * p1 * (1 - p1) * np.exp(z1**2) / x.n1
    return z1 - z2, first + 2 * np.pi * p2 * (1 - p2) * np.exp(z2**2) / x.n2


def _scaled(by: float) -> Callable[[Cells], tuple[Floats, Floats]]:
    def formula(x: Cells) -> tuple[Floats, Floats]:
        effects, variances = log_odds(x)
        return by * effects, by**2 * variances

    return formula


MEASURES = (
    Measure("RR", "log risk ratio", CELLS, _work(_rr), "log"),
    Measure("OR", "log odds ratio", CELLS, _work(log_odds), "log"),
    Measure("RD", "risk difference", CELLS, _work(_rd)),
    Measure("PETO", "log odds ratio, Peto's method", CELLS, _work(peto), "log"),
    Measure("AS", "arcsine difference of risks", CELLS, _work(_arcsine)),
    Measure("PHI", "phi coefficient", CELLS, _work(_phi)),
    Measure("YUQ", "Yule's Q", CELLS, _work(_yule_q)),
    Measure("YUY", "Yule's Y", CELLS, _work(_yule_y)),
    Measure("PBIT", "standardised mean difference, from probits of risks", CELLS, _work(_probit)),
    Measure(
        "OR2DL", "standardised mean difference, from odds (logistic)", CELLS, _work(_scaled(float(LOGISTIC)))
    ),
    Measure("OR2DN", "standardised mean difference, from odds (Cox)", CELLS, _work(_scaled(COX))),
)
