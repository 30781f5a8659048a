"""Tables of Nomis as figures: age and sex where they belong, every other dimension in what the indicator is called.

A table that is divided by age and sex alone says who lives in a place: others are divided by it, and it is no need.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from wherewithal.analyse.needs.indicators import Measure
from wherewithal.sources.fingertips import ENGLAND, IndicatorRow
from wherewithal.sources.nomis import NomisRow, NomisTable

_AGE = re.compile(r"AGE", re.IGNORECASE)
_SEX = re.compile(r"SEX|GENDER", re.IGNORECASE)
_SEXES = {"total": "Persons", "all persons": "Persons", "male": "Male", "female": "Female"}


def figures_of(table: NomisTable, title: str) -> tuple[list[IndicatorRow], Mapping[str, Measure]]:
    """The rows of a table and how to read them; ``title`` names an indicator that no dimension names."""
    people = _counts_people(table)
    rows = [_row(row, title) for row in table.rows]
    return rows, {
        row.indicator_id: Measure(
            unit="" if row.indicator.endswith("Value") else "%",
            source="Nomis",
            people=people and row.indicator.endswith("Value"),
            places=0 if people else 1,
        )
        for row in rows
    }


def _counts_people(table: NomisTable) -> bool:
    """Whether a table says who lives in a place and nothing else: its rows are divided by age, by sex or not at all."""
    names = {name for row in table.rows[:1] for name in row.dimensions}
    return any(_AGE.search(name) for name in names) and all(
        _AGE.search(name) or _SEX.search(name) for name in names
    )


def _row(row: NomisRow, title: str) -> IndicatorRow:
    """One value, with age and sex where they belong and every other dimension in the indicator's name."""
    age = next((value for name, value in row.dimensions.items() if _AGE.search(name)), "")
    sex = next((value for name, value in row.dimensions.items() if _SEX.search(name)), "Persons")
    others = [
        value
        for name, value in row.dimensions.items()
        if not _AGE.search(name) and not _SEX.search(name) and value
    ]
    name = ", ".join([*(others or [title]), row.measure])
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:80]
    return IndicatorRow(
        row=row.row,
        indicator_id=f"nomis:{slug}",
        indicator=name,
        parent_code="",
        parent_name="",
        area_code=row.area_code,
        area_name=row.area_name,
        area_type="England" if row.area_code == ENGLAND else row.area_type or "Nomis area",
        sex=_SEXES.get(sex.lower(), sex),
        age=age,
        category_type="",
        category="",
        period=row.period.label,
        order=row.period.order,
        value=row.value,
        note=row.note,
        period_range=row.period.range,
    )
