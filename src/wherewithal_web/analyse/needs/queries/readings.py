"""Figures read: one indicator of one area, a whole profile, and what earlier files said."""

from __future__ import annotations

from dataclasses import dataclass

from wherewithal.analyse.needs import AreaProfile, NeighbourSet, Reading, SeriesKey, profile, read
from wherewithal.errors import NothingThere
from wherewithal_web.analyse.needs.models import DataFile, HeldArea
from wherewithal_web.analyse.needs.queries.figures import Held, every_edition, figures_for, profile_figures
from wherewithal_web.analyse.needs.queries.held import area_named, indicators, neighbours_of


@dataclass(frozen=True)
class Shown:
    """One reading with the files it rests on, and the other sexes and ages there are."""

    reading: Reading
    files: list[DataFile]
    choices: list[SeriesKey]
    held: Held

    @property
    def made_up(self) -> bool:
        return self.reading.measure.made_up or any(file.made_up for file in self.files)

    @property
    def edition(self) -> str:
        """The edition of the area's newest value, then of older ones where periods come from several files."""
        return "; ".join(file.edition for file in self.files)


def reading_of(
    area_code: str, indicator_id: str, *, sex: str = "", age: str = "", neighbours: NeighbourSet | None = None
) -> Shown:
    """One indicator of one area, read. Without sex and age: everybody, or the first there is.

    Raises NothingThere naming what is held, where the area or the indicator is not.
    """
    area = area_named(area_code)
    names = indicators()
    if indicator_id not in names:
        raise NothingThere(
            f"No indicator '{indicator_id}' is held.", [f"{name} ({held})" for held, name in names.items()]
        )
    neighbours = neighbours or neighbours_of(area.code)
    held = figures_for({area.code, *(neighbours.codes if neighbours else ())}, indicator_id, parts=True)
    figures = held.figures
    if area.code not in figures.areas:
        holding = HeldArea.objects.filter(file__indicators__indicator_id=indicator_id)
        raise NothingThere(
            f"'{names[indicator_id]}' has no figures for {area.name}, only for other areas.",
            sorted(set(holding.values_list("name", flat=True).distinct()))[:12],
        )
    found = figures.of_area(area.code, indicator_id)
    wanted = [series for series in found if sex in ("", series.key.sex) and age in ("", series.key.age)]
    if not wanted:
        raise NothingThere(
            f"'{names[indicator_id]}' has no figures for {area.name} by that sex and age.",
            [f"{series.key.sex}, {series.key.age}" for series in found],
        )
    reading = read(figures, wanted[0], neighbours, held.measures)
    return Shown(reading, held.files_of(reading.rows_used), [series.key for series in found], held)


def profile_of(area_code: str, neighbours: NeighbourSet | None = None) -> AreaProfile:
    """Every indicator held for an area, read. Raises NothingThere naming the areas that are held."""
    area = area_named(area_code)
    neighbours = neighbours or neighbours_of(area.code)
    held, _ = profile_figures(area.code, neighbours.codes if neighbours else ())
    found = profile(held.figures, area.code, edition="", neighbours=neighbours, measures=held.measures)
    used = held.files_of(reading.point for reading in found.readings)
    return AreaProfile(area, "; ".join(file.edition for file in used), found.readings)


@dataclass(frozen=True)
class Revision:
    """A value that a newer file changed: what it was, and in which edition."""

    period: str
    was: float | None
    now: float | None
    file: DataFile


def revisions_of(reading: Reading) -> list[Revision]:
    """Every value of the area's series that was something else in an earlier file, newest period first."""
    key = reading.series.key
    now = {point.period: point.value for point in reading.series.points}
    earlier = [
        (file, row)
        for file, row in every_edition(key.area_code, key.indicator_id)
        if (row.sex, row.age, row.period_range) == (key.sex, key.age, key.period_range)
    ]
    newest = {row.period: file for file, row in earlier}
    changed = [
        (file, row)
        for file, row in earlier
        if file != newest[row.period] and row.value != now.get(row.period)
    ]
    files = DataFile.objects.select_related("imported_by").in_bulk({file for file, _ in changed})
    changed.sort(key=lambda pair: (-pair[1].order, -pair[0]))
    return [Revision(row.period, row.value, now.get(row.period), files[file]) for file, row in changed]
