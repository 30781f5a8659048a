"""What differs inside an area: deprivation, sex, ethnic group, the places within it.

A difference is only called one where the intervals of the two ends keep clear of each other; that is a strict rule, and
says so. Where an area has no parts of its own, England's gradient is offered and named as England's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wherewithal.analyse.needs.figures import ENGLAND_TYPE, SeriesKey
from wherewithal.analyse.needs.indicators import Measure
from wherewithal.analyse.needs.reading import Reading
from wherewithal.plain_english import number
from wherewithal.sources.fingertips import IndicatorRow
from wherewithal.statistics.inequality import Gradient, Group, gradient

SEXES = ("Female", "Male")
_ORDER = {
    "most": 0.0, "second most": 1.0, "third more": 2.0, "fourth more": 3.0, "fifth more": 4.0,
    "fifth less": 5.0, "fourth less": 6.0, "third less": 7.0, "second least": 8.0, "least": 9.0,
}  # fmt: skip
_DEPRIVATION = re.compile(r"depriv|imd", re.IGNORECASE)


@dataclass(frozen=True)
class Parts:
    """An indicator in the parts of one area, in one period: ``rows`` in the order in which they are shown.

    ``kind`` says what divides them ("Ethnic group"); ``ordered`` that the order means something, as deprivation does;
    ``whose`` is the area that they are parts of.
    """

    kind: str
    whose: str
    period: str
    rows: tuple[IndicatorRow, ...]
    ordered: bool
    measure: Measure

    @property
    def ends(self) -> tuple[IndicatorRow, IndicatorRow]:
        """The first and the last where the order means something, else the lowest and the highest."""
        if self.ordered:
            return self.rows[0], self.rows[-1]
        by_value = sorted(self.rows, key=lambda row: row.value or 0.0)
        return by_value[0], by_value[-1]

    @property
    def apart(self) -> bool:
        """Whether the two ends' intervals keep clear of each other."""
        one, other = sorted(self.ends, key=lambda row: row.value or 0.0)
        return one.high95 is not None and other.low95 is not None and one.high95 < other.low95

    @property
    def words(self) -> str:
        """The difference as a sentence."""
        text = self.measure.text
        one, other = self.ends
        first, last = one.value or 0.0, other.value or 0.0
        said = (
            f"{self.kind}, {self.whose}, {self.period}: {part_name(one)} {text(first)}, "
            f"{part_name(other)} {text(last)}"
        )
        if one.low95 is None or other.low95 is None:
            return f"{said}; without intervals it cannot be said whether that could be chance."
        if self.apart:
            return f"{said}; their intervals keep apart."
        return f"{said}; their intervals overlap, so it may be chance."


def part_name(row: IndicatorRow) -> str:
    """What a part is called: its category, its sex, or the place within the area."""
    if row.category:
        return re.sub(r"\s*\(IMD\s*\d+\)", "", row.category)
    return row.sex if row.sex in SEXES else row.area_name


def parts_of(rows: Iterable[IndicatorRow], reading: Reading) -> list[Parts]:
    """Every way in which the rows divide the reading's area, the newest period of each.

    Deprivation first, then other categories, sexes, and the places within it. England's deprivation tenths stand in
    where the area has none.
    """
    rows = list(rows)
    key, area = reading.series.key, reading.series.area
    found = _categories(rows, key, area.code, area.name, reading.measure)
    if not any(parts.ordered for parts in found):
        england = next((row for row in rows if row.area_type == ENGLAND_TYPE), None)
        if england is not None and area.type != ENGLAND_TYPE:
            theirs = _categories(rows, key, england.area_code, england.area_name, reading.measure)
            found = [*[parts for parts in theirs if parts.ordered][:1], *found]
    sexes = [row for row in rows if _same(row, key, sex=False) and row.sex in SEXES]
    for kind, some in (
        ("Sex", [row for row in sexes if row.area_code == area.code]),
        ("Places within it", [row for row in rows if _same(row, key) and row.parent_code == area.code]),
    ):
        whole = [row for row in some if not row.category_type and row.value is not None]
        if newest := _newest(whole):
            found.append(Parts(kind, area.name, newest[0].period, tuple(newest), False, reading.measure))
    return [parts for parts in found if len(parts.rows) > 1]


def _same(row: IndicatorRow, key: SeriesKey, *, sex: bool = True) -> bool:
    return (
        row.indicator_id == key.indicator_id
        and row.age == key.age
        and row.period_range == key.period_range
        and (not sex or row.sex == key.sex)
    )


def _newest(rows: Sequence[IndicatorRow]) -> list[IndicatorRow]:
    newest = max((row.order for row in rows), default=0)
    return [row for row in rows if row.order == newest]


def _categories(
    rows: Sequence[IndicatorRow], key: SeriesKey, code: str, name: str, measure: Measure
) -> list[Parts]:
    kinds: dict[str, list[IndicatorRow]] = {}
    for row in rows:
        if row.area_code == code and row.category_type and row.value is not None and _same(row, key):
            kinds.setdefault(row.category_type, []).append(row)
    found = []
    for kind, some in kinds.items():
        newest = _newest(some)
        ordered = bool(_DEPRIVATION.search(kind)) and all(_place(row) is not None for row in newest)
        if ordered:
            newest.sort(key=lambda row: _place(row) or 0.0)
        title = "Deprivation" if ordered else kind
        found.append(Parts(title, name, newest[0].period, tuple(newest), ordered, measure))
    # Publishers repeat one division for each year of its borders: the fullest and newest named is shown.
    best: dict[str, Parts] = {}
    for parts in found:
        if parts.kind not in best or len(parts.rows) >= len(best[parts.kind].rows):
            best[parts.kind] = parts
    return sorted(best.values(), key=lambda parts: not parts.ordered)


def _place(row: IndicatorRow) -> float | None:
    """Where a deprivation group stands, 0 the most deprived; None where its name does not say."""
    words = row.category.casefold()
    for start in sorted(_ORDER, key=len, reverse=True):
        if words.startswith(start):
            return _ORDER[start]
    digits = re.match(r"(?:decile|quintile|tenth|fifth)?\s*(\d+)", words)
    return float(digits[1]) if digits else None


@dataclass(frozen=True)
class Gap:
    """The slope index over deprivation groups, in words; ``people_known`` says that shares of people are the file's."""

    parts: Parts
    found: Gradient
    people_known: bool

    @property
    def words(self) -> str:
        low, high = self.found.slope_interval
        rises = "higher" if self.found.slope > 0 else "lower"
        places = self.parts.measure.places
        unit = self.parts.measure.unit.replace("%", " percentage points")
        said = (
            f"From the most to the least deprived the value is {number(abs(self.found.slope), places)}{unit} {rises} "
            "(slope index; "
        )
        if low <= 0 <= high:
            said += f"by its 95% interval anything from {number(-low, places)} lower to {number(high, places)} higher)"
        else:
            near, far = sorted((abs(low), abs(high)))
            said += f"95% interval {number(near, places)} to {number(far, places)})"
        return said + (
            "." if self.people_known else "; groups taken as equally large, because no counts are given."
        )


def gap_of(parts: Parts, *, draws: int = 20_000) -> Gap | None:
    """The slope index over deprivation groups; None for other parts, fewer than three, or no intervals."""
    if not parts.ordered or len(parts.rows) < 3:
        return None
    if any(row.low95 is None or row.high95 is None for row in parts.rows):
        return None
    known = all(row.denominator for row in parts.rows)
    groups = [
        Group(row.denominator if known and row.denominator else 1.0, row.value or 0.0, row.low95, row.high95)
        for row in parts.rows
    ]
    return Gap(parts, gradient(groups, draws=draws), known)
