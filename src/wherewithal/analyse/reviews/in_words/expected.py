"""What to expect in the next place like those studied: the spread of true effects, not the average alone.

Source: Riley, Higgins and Deeks, BMJ 342 (2011) d549, for the interval; Mathur and VanderWeele, Statistics in
Medicine 38 (2019) 1336, for saying how often an effect is past a line.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from wherewithal.analyse.reviews.in_words.risks import Range
from wherewithal.analyse.reviews.synthesis.distributions import normal_above, t_above
from wherewithal.analyse.reviews.synthesis.pooling import Average

FEWEST = 5
"""Below this many studies the spread of true effects is hardly more than a guess."""


@dataclass(frozen=True)
class Expected:
    """What the next place like these would see.

    ``effect`` with the prediction interval, turned so that above 0 is better for children, in the unit of the pooled
    effect (a log for a ratio). ``better`` is the chance that the true effect there is better than nothing,
    ``worthwhile`` that it is past ``threshold``; both None where they cannot be worked out. ``notes`` for the reader.
    """

    effect: Range | None
    better: float | None
    worthwhile: float | None
    threshold: float | None
    notes: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """One sentence, with the chance in tenths: finer would say more than is known."""
        if self.better is None:
            return "The studies do not say what another place would see."
        said = f"In {_tenths(self.better)} places like those studied it would do some good"
        if self.worthwhile is not None:
            said += f", and in {_tenths(self.worthwhile)} enough to matter"
        return f"{said}."


def expected_here(pooled: Average, *, higher_is_better: bool, threshold: float | None = None) -> Expected:
    """What the next place would see, from a pooled effect with its prediction interval.

    ``threshold`` is the smallest effect that would matter, above 0 whatever the direction, in the unit of the pooled
    effect. The chance uses the distribution of the pooled effect's own test, with the variance between studies and
    that of the average.
    """
    if pooled.pi is None:
        return Expected(
            None,
            None,
            None,
            threshold,
            (
                "The studies were pooled as if they all had the same true effect, so there is no spread to expect "
                "from: pool them with a random effect.",
            ),
        )
    sign = 1 if higher_is_better else -1
    ends = sorted((sign * pooled.pi.low, sign * pooled.pi.high))
    centre = sign * pooled.estimate
    spread = math.sqrt(pooled.se**2 + pooled.tau2)

    def above(line: float) -> float:
        steps = (line - centre) / spread
        return float(normal_above(steps) if pooled.df is None else t_above(steps, pooled.df))

    notes = []
    if pooled.k < FEWEST:
        notes.append(f"With {pooled.k} studies the spread between places is hardly more than a guess.")
    if pooled.tau2 == 0:
        notes.append(
            "No difference between places was found beyond chance; with few studies that does not mean there is none."
        )
    return Expected(
        Range(centre, ends[0], ends[1]),
        above(0.0),
        None if threshold is None else above(abs(threshold)),
        None if threshold is None else abs(threshold),
        tuple(notes),
    )


def _tenths(chance: float) -> str:
    tenths = round(10 * chance)
    if tenths >= 10:
        return "nearly all"
    if tenths <= 0:
        return "hardly any"
    return f"about {tenths} in 10"
