"""One comparison of two arms of one study, as a network takes it: the effect, whose arms, and the arms' own numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wherewithal.analyse.reviews.extraction.rows import Row
from wherewithal.analyse.reviews.extraction.study import Arm
from wherewithal.analyse.reviews.outcomes.effects import StudyEffect

MEANS = {"mi": "m{}i", "sdi": "sd{}i", "ni": "n{}i"}
COUNTS = ({"xi": "ai", "ni": "n1i"}, {"xi": "ci", "ni": "n2i"})
RATES = {"xi": "x{}i", "ti": "t{}i"}
NUMBERS_OF: Mapping[str, tuple[str, ...]] = {
    "SMD": ("mi", "sdi", "ni"),
    "MD": ("mi", "sdi", "ni"),
    "OR": ("xi", "ni"),
    "RR": ("xi", "ni"),
    "RD": ("xi", "ni"),
    "IRR": ("xi", "ti"),
}
"""The numbers of one arm from which a measure of two arms follows."""


@dataclass(frozen=True)
class ArmPair:
    """What one study found of ``first`` against ``second``, turned to the outcome's direction.

    ``instrument`` is its key. ``numbers`` are those of each arm by ``NUMBERS_OF``'s names, with the direction of the
    outcome; None where the effect does not follow from them, such as one that was reported or was corrected for
    clusters.
    """

    effect: StudyEffect
    instrument: str
    first: Arm
    second: Arm
    numbers: tuple[dict[str, float], dict[str, float]] | None = None

    @property
    def label(self) -> str:
        return f"{self.effect.label}: {self.first.name} against {self.second.name}"


def numbers_of(row: Row) -> tuple[dict[str, float], dict[str, float]] | None:
    """The numbers of a row's two arms, where its effect is worked out from them and nothing else."""
    if row.effect is None or row.outcome.measure not in NUMBERS_OF:
        return None
    columns = dict(row.effect.columns)
    wanted = NUMBERS_OF[row.outcome.measure]
    places: tuple[Mapping[str, str], ...] = COUNTS
    if wanted != ("xi", "ni"):
        if wanted[0] == "mi" and row.given.chosen("clusters") == "ignored":
            return None
        named = MEANS if wanted[0] == "mi" else RATES
        places = tuple({key: name.format(side) for key, name in named.items()} for side in (1, 2))
    if any(name not in columns for side in places for name in side.values()):
        return None
    one, other = ({key: columns[name] for key, name in side.items()} for side in places)
    if row.instrument.turned and "mi" in one:
        one, other = ({**side, "mi": -side["mi"]} for side in (one, other))
    elif row.instrument.turned:
        return None
    return one, other
