"""What every effect measure is made of: its columns, its formula, its scale, and what it says about a study."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from wherewithal.analyse.reviews.synthesis.studies import Floats, Marks

Columns = Mapping[str, Floats]
Correction = Literal["exact", "approximate", "none"]
To = Literal["only0", "all", "if0all", "none"]
Shared = Literal["even", "opposite"]

MEANINGS = {
    "ai": "people with the event in group 1",
    "bi": "people without the event in group 1",
    "ci": "people with the event in group 2",
    "di": "people without the event in group 2",
    "n1i": "people in group 1",
    "n2i": "people in group 2",
    "m1i": "mean of group 1 (before and after: the first mean)",
    "m2i": "mean of group 2 (before and after: the second mean)",
    "sd1i": "standard deviation of group 1 (before and after: of the first measurement)",
    "sd2i": "standard deviation of group 2 (before and after: of the second measurement)",
    "sdi": "standard deviation",
    "mi": "mean (partial correlations: number of other variables)",
    "ni": "people",
    "ri": "correlation (before and after: between the two measurements)",
    "xi": "people with the event, or events",
    "ti": "person-time",
    "x1i": "events in group 1",
    "x2i": "events in group 2",
    "t1i": "person-time of group 1",
    "t2i": "person-time of group 2",
    "m1b": "mean of group 1 before",
    "m2b": "mean of group 2 before",
    "sd1b": "standard deviation of group 1 before",
    "sd2b": "standard deviation of group 2 before",
    "m1a": "mean of group 1 after",
    "m2a": "mean of group 2 after",
}
WHOLE = frozenset({"ai", "bi", "ci", "di", "xi", "x1i", "x2i"})
"""Counts: nought or more. They need not be whole, since a cluster trial's are made smaller before."""
ABOVE_NOUGHT = frozenset({"n1i", "n2i", "ni", "ti", "t1i", "t2i", "sd1i", "sd2i", "sdi", "sd1b", "sd2b"})


@dataclass(frozen=True)
class Choices:
    """How to work out effects where there is a choice.

    ``correction`` of standardised differences for few people: ``exact`` with gamma functions (Hedges, Journal of
    Educational Statistics 6 (1981) 107), ``approximate`` 1 - 3 / (4 m - 1), or ``none``. ``variance`` of SMD and MD:
    LS large-sample, LS2 as Borenstein (2009), UB unbiased, HO equal variances. ``add`` goes to the cells of a
    table ``to`` studies with an empty cell (only0), to all studies (all), to all where one has an empty cell
    (if0all), or to none; it is ``shared`` evenly between the groups, or in proportion to the reciprocal of the
    opposite group's size, which leans less towards no effect where groups differ in size (Sweeting, Sutton and
    Lambert, Statistics in Medicine 23 (2004) 1351). ``drop00`` leaves out studies where nobody, or everybody, had the
    event in both groups.
    """

    correction: Correction = "exact"
    variance: str = "LS"
    add: float = 0.5
    to: To = "only0"
    shared: Shared = "even"
    drop00: bool = False


@dataclass
class Worked:
    """Effects and variances of shape (k,), not a number where there is none, with what to say about studies."""

    effects: Floats
    variances: Floats
    notes: dict[int, list[str]] = field(default_factory=dict)

    def say(self, where: Marks, words: str) -> None:
        """The same words about each study where ``where`` is true."""
        for number in np.flatnonzero(where):
            self.notes.setdefault(int(number), []).append(words)


@dataclass(frozen=True)
class Measure:
    """One effect measure.

    ``needs`` are its columns, ``instead`` other columns that one of them is worked out from. ``scale`` says what
    the effects are: plain, log, logit, z, arcsine, double arcsine, root. ``groups`` is whether group 1 is compared
    with group 2, so that the direction can be turned round.
    """

    key: str
    name: str
    needs: tuple[str, ...]
    work: Callable[[Columns, Choices], Worked]
    scale: str = "plain"
    groups: bool = True
    source: str = ""


def hedges(degrees: Floats, correction: Correction) -> Floats:
    """The factor that takes the bias out of a standardised difference with ``degrees`` of freedom."""
    from scipy.special import gammaln

    m = np.asarray(degrees, dtype=np.float64)
    if correction == "none":
        return np.ones_like(m)
    if correction == "approximate":
        return np.asarray(1 - 3 / (4 * m - 1))
    return np.asarray(np.exp(gammaln(m / 2) - 0.5 * np.log(m / 2) - gammaln((m - 1) / 2)))
