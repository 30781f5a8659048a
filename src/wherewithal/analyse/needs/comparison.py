"""An area beside England: better, worse, similar, higher or lower.

Fingertips' own rule (comparator method 1, fingertips-open, MIT): the area's confidence interval is held
against England's value; England's own interval plays no part. A value is tested for before its interval,
because some rows carry limits and no value.
"""

from __future__ import annotations

from enum import StrEnum

from wherewithal.analyse.needs.indicators import Polarity


class Comparison(StrEnum):
    """The words Fingertips publishes. Higher and lower are for indicators that nobody has judged."""

    BETTER = "Better"
    SIMILAR = "Similar"
    WORSE = "Worse"
    HIGHER = "Higher"
    LOWER = "Lower"
    NOT_COMPARED = "Not compared"


def compare(
    value: float | None,
    low: float | None,
    high: float | None,
    benchmark: float | None,
    polarity: Polarity = Polarity.UNKNOWN,
) -> Comparison:
    """How an area's ``value`` with its interval ``low`` to ``high`` stands to the ``benchmark`` value.

    Everything is in the indicator's unit. A missing value, limit or benchmark gives "Not compared"; a
    benchmark inside the interval, its ends included, gives "Similar".
    """
    if value is None or low is None or high is None or benchmark is None:
        return Comparison.NOT_COMPARED
    if low <= benchmark <= high:
        return Comparison.SIMILAR
    above = low > benchmark
    if polarity is Polarity.LOW_IS_GOOD:
        return Comparison.WORSE if above else Comparison.BETTER
    if polarity is Polarity.HIGH_IS_GOOD:
        return Comparison.BETTER if above else Comparison.WORSE
    return Comparison.HIGHER if above else Comparison.LOWER


_OPPOSITE = {Comparison.BETTER: Comparison.WORSE, Comparison.WORSE: Comparison.BETTER}


def could_be(published: str, recomputed: Comparison, above: bool | None, polarity: Polarity) -> bool:
    """Whether a ``published`` label and a ``recomputed`` one say the same, in either vocabulary.

    ``above`` says whether the value lies above the benchmark (None where they are not told apart). Where
    nothing is known about polarity, a published better or worse agrees with either direction.
    """
    if published == recomputed:
        return True
    if above is None or published in (Comparison.SIMILAR, Comparison.NOT_COMPARED):
        return False
    if published in (Comparison.HIGHER, Comparison.LOWER):
        return (published == Comparison.HIGHER) == above
    return not polarity.judges and published in _OPPOSITE
