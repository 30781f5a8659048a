"""An area's profile with everything that its page and its pack show."""

from __future__ import annotations

from dataclasses import dataclass

from wherewithal.analyse.needs import NeighbourSet, Parts, Reading, Summary, parts_of, profile, summarised
from wherewithal.analyse.needs.area_pictures import rug_picture, spine_picture
from wherewithal.analyse.needs.profile import AreaProfile
from wherewithal.charts import Chart
from wherewithal.sources.fingertips import IndicatorRow
from wherewithal_web.analyse.needs.queries.across import rows_inside, spreads_of
from wherewithal_web.analyse.needs.queries.figures import Held, profile_figures
from wherewithal_web.analyse.needs.queries.held import area_named, areas, neighbours_of
from wherewithal_web.clock import today

MOST_DRAWN = 24
"""Indicators in the rug and the spine: the first by what matters. Each chart says how many it leaves out."""


@dataclass(frozen=True)
class ProfilePage:
    """A profile summed up, the parts of the area that differ, and the readings that the charts draw."""

    summary: Summary
    neighbours: NeighbourSet | None
    held: Held
    inside: tuple[tuple[Reading, Parts], ...]
    drawn: tuple[Reading, ...]
    made_up: bool

    @property
    def profile(self) -> AreaProfile:
        return self.summary.profile

    def charts(self) -> dict[str, Chart]:
        """The rug and the spine, by the name of their downloads."""
        area = self.profile.area
        names = areas()
        others = {
            code: names[code].name if code in names else code
            for code in (self.neighbours.codes if self.neighbours else ())
        }
        found = {
            "rug": rug_picture(self.drawn, self._beside, others, area=area.name),
            "spine": spine_picture(self.drawn, spreads_of(self.drawn, area), area=area.name),
        }
        return {name: chart for name, chart in found.items() if chart}

    def _beside(self, reading: Reading) -> dict[str, IndicatorRow]:
        return {row.area_code: row for row in (reading.neighbours.rows if reading.neighbours else ())}


def profile_page(area_code: str, *, kind: str = "", average: str = "") -> ProfilePage:
    """The profile of an area beside the neighbours set last, or those of a kind, with an average of theirs.

    Raises NothingThere naming the areas that are held.
    """
    area = area_named(area_code)
    neighbours = neighbours_of(area.code, kind, average)
    held = profile_figures(area.code, neighbours.codes if neighbours else ())
    found = profile(held.figures, area.code, edition="", neighbours=neighbours, measures=held.measures)
    files = held.files_of(reading.point for reading in found.readings)
    named = AreaProfile(area, "; ".join(file.edition for file in files), found.readings)
    summary = summarised(named, on=today())
    inside = rows_inside(area.code)
    apart = []
    for reading in summary.readings:
        if reading.series.key.sex in ("Persons", ""):
            rows = inside.get(reading.series.key.indicator_id, [])
            apart += [(reading, parts) for parts in parts_of(rows, reading) if parts.apart]
    comparable = [reading for reading in summary.readings if reading.point.value is not None]
    comparable.sort(key=lambda reading: reading.comparison == "Not compared")
    return ProfilePage(
        summary,
        neighbours,
        held,
        tuple(apart),
        tuple(comparable[:MOST_DRAWN]),
        any(reading.measure.made_up for reading in found.readings) or any(file.made_up for file in files),
    )
