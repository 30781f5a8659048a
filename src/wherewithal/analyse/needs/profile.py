"""An area's profile: every indicator the figures hold for it, each read beside England and the neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wherewithal.analyse.needs.figures import Area, Figures
from wherewithal.analyse.needs.indicators import Measure
from wherewithal.analyse.needs.neighbours import NeighbourSet
from wherewithal.analyse.needs.reading import Reading, read


@dataclass(frozen=True)
class AreaProfile:
    """Every reading of one area, and the edition of the figures that they rest on."""

    area: Area
    edition: str
    readings: tuple[Reading, ...]

    def as_dict(self) -> dict[str, Any]:
        """The profile as the command line gives it; the keys are a contract (design, section 6)."""
        return {
            "area": {"code": self.area.code, "name": self.area.name, "type": self.area.type},
            "edition": self.edition,
            "indicators": [reading.as_dict() for reading in self.readings],
        }


def profile(
    figures: Figures,
    area: str,
    *,
    edition: str,
    neighbours: NeighbourSet | None = None,
    measures: Mapping[str, Measure] | None = None,
) -> AreaProfile:
    """Read every indicator that ``figures`` hold for an area, given by code or name.

    ``edition`` says in words which figures these are; ``measures`` how to read indicators that describe
    themselves. Raises NothingThere, naming what there is, where the
    figures hold no such area.
    """
    found = figures.area(area)
    readings = tuple(
        reading
        for series in figures.of_area(found.code)
        if not (reading := read(figures, series, neighbours, measures)).measure.people
    )
    return AreaProfile(found, edition, readings)
