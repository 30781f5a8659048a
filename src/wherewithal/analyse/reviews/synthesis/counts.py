"""Two-by-two tables pooled without a separate effect a study: Mantel and Haenszel, and Peto.

Sources: Mantel and Haenszel, Journal of the National Cancer Institute 22 (1959) 719; variances of Robins, Breslow and
Greenland, Biometrics 42 (1986) 311 (odds ratio), Greenland and Robins, Biometrics 41 (1985) 55 (risk ratio) and
Sato, Greenland and Robins, Biometrics 45 (1989) 1323 (risk difference); tests of even odds ratios by Breslow and Day
(1980) and Tarone, Biometrika 72 (1985) 91; Peto as in Yusuf and others, Progress in Cardiovascular Diseases 27 (1985)
335. Good where events are few: nothing is added to any cell for the pooled effect.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.distributions import chi2_above, normal_above, normal_at
from wherewithal.analyse.reviews.synthesis.effects.sizes import effect_sizes
from wherewithal.analyse.reviews.synthesis.effects.tables import Cells
from wherewithal.analyse.reviews.synthesis.effects.tables import peto as peto_effect
from wherewithal.analyse.reviews.synthesis.pooling import Interval
from wherewithal.analyse.reviews.synthesis.studies import Floats, enough, numbers
from wherewithal.errors import BadInput, Problem


@dataclass(frozen=True)
class Chi2:
    """A chi-squared test."""

    statistic: float
    df: int
    p: float


@dataclass(frozen=True)
class PooledTables:
    """A pooled effect of tables: logs for OR and RR, plain for RD.

    ``q`` tests whether studies differ, on their own effects (with 0.5 added where a cell is empty, for this test
    only). ``association`` is Cochran, Mantel and Haenszel's test with continuity correction; ``breslow_day`` and
    ``tarone`` test whether odds ratios are even (OR alone). ``silent`` counts studies without any event, or with
    nothing but events, which say nothing of a ratio; ``notes`` say so.
    """

    measure: str
    k: int
    estimate: float
    se: float
    statistic: float
    p: float
    ci: Interval
    q: Chi2
    association: Chi2 | None
    breslow_day: Chi2 | None
    tarone: Chi2 | None
    silent: int
    notes: tuple[str, ...]


def mantel_haenszel(
    ai: npt.ArrayLike,
    bi: npt.ArrayLike,
    ci: npt.ArrayLike,
    di: npt.ArrayLike,
    *,
    measure: Literal["OR", "RR", "RD"] = "OR",
    confidence: float = 0.95,
) -> PooledTables:
    """Pool tables with cells (k,): group 1 with and without the event, group 2 with and without.

    Raises BadInput for cells below 0, an empty group, fewer than two studies, and where no study tells the
    groups apart.
    """
    x = _cells(ai, bi, ci, di)
    n = x.n1 + x.n2
    if measure == "OR":
        estimate, error = _odds(x, n)
    elif measure == "RR":
        estimate, error = _risks(x, n)
    elif measure == "RD":
        estimate, error = _difference(x, n)
    else:
        raise BadInput(f"Mantel and Haenszel pool OR, RR or RD, not {measure!r}.")
    return _result(measure, x, estimate, error, confidence, odds=measure == "OR")


def peto(
    ai: npt.ArrayLike, bi: npt.ArrayLike, ci: npt.ArrayLike, di: npt.ArrayLike, *, confidence: float = 0.95
) -> PooledTables:
    """Peto's one-step odds ratio of tables, as ``mantel_haenszel``. Good for rare events and groups of like size."""
    x = _cells(ai, bi, ci, di)
    speaks = _speaks(x)
    if not speaks.any():
        raise _nothing()
    own, variances = peto_effect(Cells(*(cell[speaks] for cell in x)))
    weights = 1 / variances
    estimate = float(weights @ own / weights.sum())
    spread = float(weights @ (own - estimate) ** 2)
    made = _result("PETO", x, estimate, float(1 / np.sqrt(weights.sum())), confidence, odds=False)
    q = Chi2(spread, int(speaks.sum()) - 1, float(chi2_above(spread, int(speaks.sum()) - 1)))
    return PooledTables(**{**made.__dict__, "q": q})


def _cells(ai: npt.ArrayLike, bi: npt.ArrayLike, ci: npt.ArrayLike, di: npt.ArrayLike) -> Cells:
    x = Cells(
        *(numbers(cell, name) for cell, name in zip((ai, bi, ci, di), ("ai", "bi", "ci", "di"), strict=True))
    )
    if len({cell.size for cell in x}) != 1:
        raise BadInput("The four cells are not of the same length: one number a study in each.")
    problems = []
    for number, row in enumerate(zip(*x, strict=True)):
        if not np.all(np.isfinite(row)) or min(row) < 0:
            problems.append(
                Problem(f"study {number + 1}", f"cells {row}", "four counts, 0 or more", "Correct them.")
            )
        elif row[0] + row[1] == 0 or row[2] + row[3] == 0:
            problems.append(
                Problem(f"study {number + 1}", "a group of nobody", "people in both", "Leave it out.")
            )
    if problems:
        raise BadInput("Some tables cannot be as they are.", problems)
    enough(x.a.size, 2)
    return x


def _speaks(x: Cells) -> npt.NDArray[np.bool_]:
    return np.asarray((x.a + x.c > 0) & (x.b + x.d > 0))


def _nothing() -> BadInput:
    return BadInput("In no study do the groups tell apart who had the event: there is nothing to pool.")


def _odds(x: Cells, n: Floats) -> tuple[float, float]:
    r, s = x.a * x.d / n, x.b * x.c / n
    if r.sum() == 0 or s.sum() == 0:
        raise _nothing()
    p, q = (x.a + x.d) / n, (x.b + x.c) / n
    top, under = float(r.sum()), float(s.sum())
    variance = (p @ r) / (2 * top**2) + (p @ s + q @ r) / (2 * top * under) + (q @ s) / (2 * under**2)
    return float(np.log(top / under)), float(np.sqrt(variance))


def _risks(x: Cells, n: Floats) -> tuple[float, float]:
    top, under = float(np.sum(x.a * x.n2 / n)), float(np.sum(x.c * x.n1 / n))
    if top == 0 or under == 0:
        raise _nothing()
    spread = np.sum(((x.n1 / n) * (x.n2 / n) * (x.a + x.c)) - (x.a / n) * x.c)
    return float(np.log(top / under)), float(np.sqrt(spread / (top * under)))


def _difference(x: Cells, n: Floats) -> tuple[float, float]:
    size = float(np.sum(x.n1 * x.n2 / n))
    estimate = float(np.sum(x.a * x.n2 / n - x.c * x.n1 / n)) / size
    first = np.sum(
        x.c * (x.n1 / n) ** 2 - x.a * (x.n2 / n) ** 2 + (x.n1 / n) * (x.n2 / n) * (x.n2 - x.n1) / 2
    )
    second = np.sum(x.a * (x.n2 - x.c) / n + x.c * (x.n1 - x.a) / n) / 2
    return estimate, float(np.sqrt((estimate * first + second) / size**2))


def _result(
    measure: str, x: Cells, estimate: float, error: float, confidence: float, *, odds: bool
) -> PooledTables:
    if not error > 0:
        raise _nothing()
    reach = float(normal_at(0.5 + confidence / 2)) * error
    silent = int(np.sum(~_speaks(x)))
    own = effect_sizes(
        "OR" if measure == "PETO" else measure, dict(zip(("ai", "bi", "ci", "di"), x, strict=True))
    )
    there = own.there
    q = float(np.sum((own.effects[there] - estimate) ** 2 / own.variances[there]))
    df = int(there.sum()) - 1
    notes = []
    if silent and measure != "RD":
        notes.append(
            f"Studies without any event, or with nothing but events, say nothing of a ratio: {silent}."
        )
    return PooledTables(
        measure=measure,
        k=x.a.size,
        estimate=estimate,
        se=error,
        statistic=estimate / error,
        p=float(2 * normal_above(abs(estimate / error))),
        ci=Interval(estimate - reach, estimate + reach),
        q=Chi2(q, df, float(chi2_above(q, df))),
        association=_association(x) if odds else None,
        breslow_day=_even(x, np.exp(estimate), tarone=False) if odds else None,
        tarone=_even(x, np.exp(estimate), tarone=True) if odds else None,
        silent=silent,
        notes=tuple(notes),
    )


def _association(x: Cells) -> Chi2:
    """Cochran, Mantel and Haenszel's test of any association, with continuity correction."""
    n = x.n1 + x.n2
    events = x.a + x.c
    away = abs(float(np.sum(x.a - events * x.n1 / n)))
    spread = float(np.sum(events * (x.b + x.d) * x.n1 * x.n2 / (n**2 * (n - 1))))
    value = max(0.0, away - 0.5) ** 2 / spread
    return Chi2(value, 1, float(chi2_above(value, 1)))


def _even(x: Cells, odds: float, *, tarone: bool) -> Chi2:
    """Whether odds ratios are even: what each first cell would be at the pooled one, and how far it is from that."""
    speaks = _speaks(x)
    a, n1, n2 = x.a[speaks], x.n1[speaks], x.n2[speaks]
    events = a + x.c[speaks]
    if abs(odds - 1) < 1e-12:
        expected = events * n1 / (n1 + n2)
    else:
        middle = odds * (n1 + events) + (n2 - events)
        root = np.sqrt(middle**2 + 4 * odds * (1 - odds) * n1 * events)
        # The root of the quadratic between 0 and the smaller margin, written without taking near things apart.
        expected = 2 * odds * n1 * events / (middle + root)
    with np.errstate(divide="ignore"):
        spread = 1 / (
            1 / expected + 1 / (events - expected) + 1 / (n1 - expected) + 1 / (n2 - events + expected)
        )
    value = float(np.sum((a - expected) ** 2 / spread))
    if tarone:
        value -= float(np.sum(a - expected)) ** 2 / float(spread.sum())
    df = int(speaks.sum()) - 1
    return Chi2(max(0.0, value), df, float(chi2_above(value, df)))
