"""The real export end to end: every label it publishes is worked out again from its values."""

from collections import Counter
from pathlib import Path

import pytest

from wherewithal.analyse.needs import Polarity, compare, recent_trend
from wherewithal.sources.fingertips import IndicatorRow, read_export

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def rows(shared: Path) -> tuple[IndicatorRow, ...]:
    return read_export(shared / "needs/phof/fingertips_90284_injuries_0_14.csv").rows


def test_every_published_comparison_with_england(rows):
    england = {
        (row.sex, row.age, row.period): row.value
        for row in rows
        if row.area_type == "England" and not row.category_type
    }
    compared: Counter[tuple[bool, bool]] = Counter()
    for row in rows:
        if row.area_type == "England" and not row.category_type:
            continue
        benchmark = england[row.sex, row.age, row.period]
        label = compare(row.value, row.low95, row.high95, benchmark, Polarity.LOW_IS_GOOD)
        assert label == row.compared_to_england, row
        compared[row.area_type == "England", label == "Not compared"] += 1
    # Regions and authorities, compared and not; then England's deprivation deciles.
    assert compared == {(False, False): 6043, (False, True): 101, (True, False): 505, (True, True): 160}


def test_every_published_recent_trend(rows):
    series: dict[tuple[str, ...], list[IndicatorRow]] = {}
    for row in rows:
        key = (row.area_code, row.sex, row.age, row.category_type, row.category)
        series.setdefault(key, []).append(row)
    checked = 0
    for points in series.values():
        points.sort(key=lambda row: row.order)
        published = [row.recent_trend for row in points if row.recent_trend]
        if published:
            assert recent_trend(points, Polarity.LOW_IS_GOOD).label == published[0], points[-1]
            checked += 1
    assert checked == 558
