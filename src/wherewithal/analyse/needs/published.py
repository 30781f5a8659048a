"""Indicators of the Department for Education's data sets that no recipe makes: as published, without an interval.

A data set divides its rows by filters. A row about everybody (every filter at its total) is a figure of the area; a row
that one filter narrows is a figure about a part of it; where a filter has no total, its options belong to what the
indicator is called. Rows that several filters narrow at once are counted and left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wherewithal.analyse.needs.geography import current_code
from wherewithal.analyse.needs.indicators import Measure
from wherewithal.sources.explore_education import DataRow, DataSet
from wherewithal.sources.fingertips import IndicatorRow

AREA_TYPES: Mapping[str, str] = {
    "National": "England",
    "Regional": "Regions (statistical)",
    "Local authority": "Counties & UAs",
}
"""What a level of the department's is called among area types."""

_TOTAL = re.compile(r"(total|all)\b.*", re.IGNORECASE)
_SEX = re.compile(r"(?:^|_)(sex|gender)$", re.IGNORECASE)
_SEXES = {
    "female": "Female",
    "females": "Female",
    "girls": "Female",
    "male": "Male",
    "males": "Male",
    "boys": "Male",
}
_PER = re.compile(r"\bper ([\d,]+)\b")


@dataclass(frozen=True)
class Published:
    """The rows of a data set as figures, how to read them, and how many rows several filters narrowed at once."""

    rows: list[IndicatorRow]
    measures: Mapping[str, Measure]
    left_out: int


def published(data_set: DataSet, title: str = "") -> Published:
    """Every indicator of a data set as it was published; ``title`` is where the indicators are said to be from."""
    totals = {name: _total(data_set, name) for name in data_set.filters}
    rows: list[IndicatorRow] = []
    left_out = 0
    for row in data_set.rows:
        made = list(_made(row, data_set, totals))
        left_out += not made
        rows += made
    source = f"Explore Education Statistics, {title or data_set.file.name}, as published"
    measures = {row.indicator_id: Measure(unit=_unit(row.indicator), source=source) for row in rows}
    return Published(rows, measures, left_out)


def _total(data_set: DataSet, name: str) -> str | None:
    """The option of a filter that stands for everybody; None where it has none."""
    options = dict.fromkeys(row.filters.get(name, "") for row in data_set.rows)
    if len(options) == 1:
        return next(iter(options))
    return min((each for each in options if _TOTAL.fullmatch(each)), key=len, default=None)


def _made(row: DataRow, data_set: DataSet, totals: Mapping[str, str | None]) -> Iterator[IndicatorRow]:
    named: list[str] = []
    narrowed: list[tuple[str, str]] = []
    sex = "Persons"
    for name, option in row.filters.items():
        if totals[name] is None:
            named.append(option)
        elif option != totals[name]:
            if _SEX.search(name) and option.lower() in _SEXES:
                sex = _SEXES[option.lower()]
            else:
                narrowed.append((data_set.labels.get(name, name.replace("_", " ")), option))
    if len(narrowed) > 1 or (narrowed and sex != "Persons"):
        return
    kind, category = narrowed[0] if narrowed else ("", "")
    for column, number in row.numbers.items():
        label = data_set.labels.get(column, column.replace("_", " "))
        called = ", ".join([f"{label[:1].upper()}{label[1:]}", *named])
        yield IndicatorRow(
            row=row.row,
            indicator_id="ees:" + re.sub(r"[^a-z0-9]+", "-", called.lower()).strip("-")[:120],
            indicator=called[:200],
            parent_code="",
            parent_name="",
            area_code=current_code(row.place.code),
            area_name=row.place.name,
            area_type=AREA_TYPES.get(row.place.level, row.place.level),
            sex=sex,
            age="",
            category_type=kind,
            category=category,
            period=row.period.label,
            order=row.period.order,
            value=number,
            note=row.marks.get(column, ""),
            period_range=row.period.range,
        )


def _unit(name: str) -> str:
    """The unit that a name says: a percentage, or a rate of so many."""
    plain = name.lower()
    if per := _PER.search(plain):
        return f" per {per.group(1)}"
    return "%" if "percent" in plain or "%" in plain or plain.startswith("pct") else ""
