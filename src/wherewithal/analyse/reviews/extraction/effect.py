"""An effect worked out from what a paper gives: its value, its variance, and every step on the way."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from wherewithal.analyse.reviews.synthesis.distributions import normal_at
from wherewithal.analyse.reviews.synthesis.effects.sizes import measure_named

HANDBOOK = "Cochrane Handbook 6.5"


@dataclass(frozen=True)
class Step:
    """One thing that was done to the numbers, and where the method is from."""

    what: str
    source: str


@dataclass(frozen=True)
class Effect:
    """One effect, ready to be put together with others.

    ``measure`` is a key of the effect measures; ``value`` and ``variance`` are on its scale (the logarithm, for a
    ratio). ``steps`` say how it was worked out, ``assumptions`` what had to be assumed. ``columns`` are the numbers
    by the names that the synthesis commands read ("m1i", "ai", ...), empty where the effect did not go through them.
    ``people`` are the people in both arms together, None where that is not known.
    """

    measure: str
    value: float
    variance: float
    steps: tuple[Step, ...] = ()
    assumptions: tuple[str, ...] = ()
    columns: tuple[tuple[str, float], ...] = ()
    people: float | None = None

    @property
    def se(self) -> float:
        return math.sqrt(self.variance)

    def interval(self, confidence: float = 0.95) -> tuple[float, float]:
        """The interval on the effect's own scale, by the normal curve."""
        reach = float(normal_at(0.5 + confidence / 2)) * self.se
        return self.value - reach, self.value + reach

    @property
    def ratio(self) -> bool:
        return measure_named(self.measure).scale == "log"

    @property
    def shown(self) -> tuple[float, float, float]:
        """Value and 95% interval as a reader expects them: a ratio as a ratio, a correlation as one."""
        low, high = self.interval()
        turn = {"log": math.exp, "z": math.tanh}.get(measure_named(self.measure).scale)
        return (turn(self.value), turn(low), turn(high)) if turn else (self.value, low, high)

    @property
    def weight(self) -> float:
        return 1 / self.variance

    def and_then(self, what: str, source: str) -> Effect:
        return replace(self, steps=(*self.steps, Step(what, source)))

    def assuming(self, *words: str) -> Effect:
        return replace(self, assumptions=(*self.assumptions, *words))

    def turned(self) -> Effect:
        """The same effect where the instrument runs the other way."""
        return replace(
            self,
            value=-self.value,
            steps=(
                *self.steps,
                Step(
                    "direction turned round, since this measure runs the other way from the outcome",
                    f"{HANDBOOK}, 10.5.2",
                ),
            ),
        )
