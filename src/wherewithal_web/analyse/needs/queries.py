"""Reading the figures held. Published figures are for everybody who signs in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from wherewithal.analyse.needs import Area, AreaProfile, Figures, NeighbourSet, Reading, SeriesKey, read
from wherewithal.analyse.needs.figures import ENGLAND_TYPE
from wherewithal.errors import NothingThere
from wherewithal.sources.fingertips import IndicatorRow
from wherewithal_web.analyse.needs.models import (
    DataFile,
    HeldArea,
    HeldIndicator,
    IndicatorValue,
    Neighbours,
)
from wherewithal_web.cases.models import CaseFinding
from wherewithal_web.cases.queries import cases_seen_by
from wherewithal_web.people.models import User

_VALUE_FIELDS = tuple(
    name for name in IndicatorRow.__dataclass_fields__ if name not in ("indicator", "area_name", "area_type")
)


# --- what is held ---------------------------------------------------------------------------------------


def files() -> list[DataFile]:
    """Every file, newest first, with its indicators and areas."""
    return list(DataFile.objects.select_related("imported_by").prefetch_related("indicators", "areas"))


def areas() -> dict[str, Area]:
    """Every area held by code, under the name and type it has in the newest file that names it."""
    found = HeldArea.objects.order_by("pk").values_list("code", "name", "type")
    return {code: Area(code, name, type_) for code, name, type_ in found}


def indicators() -> dict[str, str]:
    """Every indicator held: its name in the newest file, by identifier."""
    return dict(HeldIndicator.objects.order_by("pk").values_list("indicator_id", "name"))


def area_named(wanted: str) -> Area:
    """The area with that code or name. Raises NothingThere, naming the nearest areas that are held."""
    held = areas()
    if not held:
        raise NothingThere("No figures are held yet, so there is no area to show. Bring in a file first.")
    if wanted in held:
        return held[wanted]
    return _names_only(held).area(wanted)


def _names_only(held: dict[str, Area]) -> Figures:
    """Areas without figures, so that names are looked up by the same rule everywhere."""
    figures = Figures([])
    figures.areas.update(held)
    return figures


# --- figures --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Editions:
    """Which file each row was taken from, to be said beside the figures."""

    files: dict[int, DataFile]
    file_of: dict[tuple[str, ...], int]

    def of(self, rows: Iterable[IndicatorRow]) -> list[DataFile]:
        """The files that ``rows`` come from, newest first."""
        wanted = {self.file_of[row.key] for row in rows}
        return [self.files[pk] for pk in sorted(wanted, reverse=True)]


def figures_for(area_codes: Collection[str], indicator_id: str = "") -> tuple[Figures, Editions]:
    """The figures of some areas and England, of one indicator or all: each value from its newest file.

    Where a newer file leaves a period out, the older file's value stays.
    """
    england = set(HeldArea.objects.filter(type=ENGLAND_TYPE).values_list("code", flat=True))
    values = IndicatorValue.objects.filter(area_code__in=england | set(area_codes), category_type="")
    if indicator_id:
        values = values.filter(indicator_id=indicator_id)
    newest: dict[tuple[str, ...], IndicatorRow] = {}
    file_of: dict[tuple[str, ...], int] = {}
    for file, row in _rows(values):
        newest[row.key] = row
        file_of[row.key] = file
    used = DataFile.objects.filter(pk__in=set(file_of.values())).select_related("imported_by").in_bulk()
    return Figures(newest.values()), Editions(used, file_of)


def _rows(values: QuerySet[IndicatorValue]) -> Iterable[tuple[int, IndicatorRow]]:
    """Stored values as the library's rows, oldest file first."""
    names = indicators()
    found = values.order_by("file_id", "pk").values_list(
        "file_id", "area__name", "area__type", *_VALUE_FIELDS
    )
    for file, area_name, area_type, *fields in found:
        given = dict(zip(_VALUE_FIELDS, fields, strict=True))
        yield (
            file,
            IndicatorRow(
                **given,
                indicator=names[given["indicator_id"]],
                area_name=area_name,
                area_type=area_type,
            ),
        )


def neighbours_of(area_code: str) -> NeighbourSet | None:
    """The neighbours set for an area, None where nobody has set any."""
    newest = Neighbours.objects.filter(area_code=area_code).first()
    return NeighbourSet(tuple(newest.codes), newest.source) if newest and newest.codes else None


@dataclass(frozen=True)
class Shown:
    """One reading with the files it rests on, and the other sexes and ages there are."""

    reading: Reading
    files: list[DataFile]
    choices: list[SeriesKey]

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
    figures, editions = figures_for({area.code, *(neighbours.codes if neighbours else ())}, indicator_id)
    found = figures.of_area(area.code, indicator_id) if len(figures) else []
    if area.code not in figures.areas:
        holding = HeldArea.objects.filter(values__indicator_id=indicator_id).values_list("name", flat=True)
        raise NothingThere(
            f"'{names[indicator_id]}' has no figures for {area.name}, only for other areas.",
            sorted(set(holding.distinct()))[:12],
        )
    wanted = [series for series in found if sex in ("", series.key.sex) and age in ("", series.key.age)]
    if not wanted:
        raise NothingThere(
            f"'{names[indicator_id]}' has no figures for {area.name} by that sex and age.",
            [f"{series.key.sex}, {series.key.age}" for series in found],
        )
    reading = read(figures, wanted[0], neighbours)
    return Shown(reading, editions.of(reading.rows_used), [series.key for series in found])


def profile_of(area_code: str, neighbours: NeighbourSet | None = None) -> AreaProfile:
    """Every indicator held for an area, read. Raises NothingThere naming the areas that are held."""
    area = area_named(area_code)
    neighbours = neighbours or neighbours_of(area.code)
    figures, editions = figures_for({area.code, *(neighbours.codes if neighbours else ())})
    readings = tuple(read(figures, series, neighbours) for series in figures.of_area(area.code))
    used = editions.of([reading.point for reading in readings])
    return AreaProfile(area, "; ".join(file.edition for file in used), readings)


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
    earlier = (
        IndicatorValue.objects.filter(
            area_code=key.area_code,
            indicator_id=key.indicator_id,
            sex=key.sex,
            age=key.age,
            period_range=key.period_range,
            category_type="",
        )
        .select_related("file__imported_by")
        .order_by("-order", "-file_id")
    )
    now = {point.period: point.value for point in reading.series.points}
    newest = dict(earlier.order_by("period").values_list("period").annotate(newest=Max("file_id")))
    return [
        Revision(value.period, value.value, now[value.period], value.file)
        for value in earlier
        if value.file_id != newest[value.period] and value.value != now.get(value.period)
    ]


# --- where it is used -----------------------------------------------------------------------------------


def cases_resting_on(user: User, subject: str) -> list[CaseFinding]:
    """Where this figure is on the thread of a case that the person may see, one entry a case."""
    rows = (
        CaseFinding.objects.filter(finding__subject=subject, case__in=cases_seen_by(user))
        .select_related("case", "finding")
        .order_by("-pk")
    )
    return list({row.case_id: row for row in reversed(rows)}.values())
