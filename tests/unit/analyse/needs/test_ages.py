"""The rung that keeps each age's rate: which figures it needs, what it gives, and what it says without them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.analyse.needs.rows import a_row
from wherewithal.analyse.needs import Figures, Measure, outlook, read
from wherewithal.analyse.needs.ages import OLDEST, Band, band_of
from wherewithal.sources.fingertips import IndicatorRow
from wherewithal.statistics.projection import RATE

AREA = "E08000009"


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("<1 yr", Band(0, 1)),
        ("Under 1", Band(0, 1)),
        ("1-4 yrs", Band(1, 5)),
        ("Aged 5 to 9", Band(5, 10)),
        ("10 to 15 years", Band(10, 16)),
        ("Age 7", Band(7, 8)),
        ("16+ yrs", Band(16, OLDEST)),
        ("Aged 85 and over", Band(85, OLDEST)),
        ("All ages", Band(0, OLDEST)),
        ("", Band(0, OLDEST)),
        ("school age", None),
        ("9 to 5", None),
    ],
)
def test_ages_as_publishers_write_them(text: str, band: Band | None) -> None:
    assert band_of(text) == band


def made(period: str, age: str, **figures: float | None) -> IndicatorRow:
    base = a_row(year=period, area_code=AREA, age=age)
    names = ("value", "low95", "high95", "count", "denominator")
    return replace(base, **{name: figures.get(name) for name in names})


YEARS = range(2019, 2025)
YOUNG, OLD = 0.01, 0.05
"""The rate at each age, the same in every year: only the people change."""


def living(year: int) -> tuple[float, float]:
    return 1000.0 + 100 * (year - 2019), 1000.0 + 20 * (year - 2019) ** 2


def figures(*, by_age: bool = True, of: bool = True) -> list[IndicatorRow]:
    rows = []
    for year in YEARS:
        young, old = living(year)
        counts = (young * YOUNG, old * OLD)
        value = 10_000 * sum(counts) / (young + old)
        rows.append(made(str(year), "0-17 yrs", value=value, count=sum(counts), denominator=young + old))
        if by_age:
            for age, count, people in zip(("0-9 yrs", "10-17 yrs"), counts, (young, old), strict=True):
                rows.append(
                    made(
                        str(year),
                        age,
                        value=10_000 * count / people,
                        count=count,
                        denominator=people if of else None,
                    )
                )
    return rows


def people(years: range, *, sexes: tuple[str, ...] = ("Persons",), missing: int = -1) -> list[IndicatorRow]:
    """People by single year of age, as Nomis gives them."""
    return [
        replace(
            made(str(year), f"Age {age}", value=(each[age >= 10] / (8 if age >= 10 else 10)) / len(sexes)),
            indicator_id="nomis:people",
            sex=sex,
        )
        for year in years
        for each in [living(year)]
        for sex in sexes
        for age in range(18)
        if age != missing
    ]


def carried(rows: list[IndicatorRow], lives: list[IndicatorRow], multiplier: float | None = 10_000.0):
    held = Figures(rows)
    series = next(each for each in held.of_area(AREA, "1") if each.key.age == "0-17 yrs")
    reading = read(held, series, None, {"1": Measure(multiplier=multiplier)})
    found = outlook(reading, rows=rows, people=lives)
    assert found is not None
    return found


@pytest.mark.parametrize("multiplier", [10_000.0, None])
@pytest.mark.parametrize("sexes", [("Persons",), ("Female", "Male")])
def test_where_only_the_people_change_the_rung_is_right_in_the_indicators_own_unit(sexes, multiplier) -> None:
    found = carried(figures(), people(range(2025, 2028), sexes=sexes), multiplier)
    rung = found.ladder.rung(RATE)
    for step, year in zip(rung.steps, range(2025, 2028), strict=True):
        young, old = living(year)
        assert step.value == pytest.approx(10_000 * (young * YOUNG + old * OLD) / (young + old))
    assert rung.mean_error == pytest.approx(0, abs=1e-9)
    assert found.ladder.recommended == RATE
    assert found.ages.words == "The ages are 0 to 9 and 10 to 17."


def test_past_people_may_come_from_estimates() -> None:
    found = carried(figures(of=False), people(range(2019, 2028)))
    assert found.ladder.rung(RATE).mean_error == pytest.approx(0, abs=1e-9)


def test_a_publisher_that_counts_the_people_of_the_year_before_is_followed() -> None:
    lives = [
        replace(each, period=str(int(each.period) - 1), order=each.order - 10_000)
        for each in people(range(2019, 2028))
    ]
    found = carried(figures(), lives)
    young, old = living(2027)
    assert found.ladder.rung(RATE).steps[-1].value == pytest.approx(
        10_000 * (young * YOUNG + old * OLD) / (young + old)
    )


@pytest.mark.parametrize(
    ("rows", "lives", "said"),
    [
        (figures(by_age=False), people(range(2025, 2028)), ["How many were counted at each age"]),
        (figures(), [], ["People of each age in"]),
        (figures(), people(range(2025, 2027)), ["2025, 2026 and 2027"]),
        (figures(), people(range(2025, 2028), missing=3), ["People of each age in"]),
        (figures(by_age=False), [], ["How many were counted at each age", "People of each age in"]),
        (figures(of=False), people(range(2025, 2028)), ["population estimates by single year of age"]),
    ],
)
def test_what_is_missing_is_named_and_the_other_rungs_stay(rows, lives, said) -> None:
    found = carried(rows, lives)
    assert found.ages.rates is None
    assert len(found.ages.missing) == len(said)
    for words, wanted in zip(found.ages.missing, said, strict=True):
        assert wanted in words
    assert [rung.name for rung in found.ladder.rungs if rung.name == RATE] == []
    assert len(found.ladder.rungs) == 3


def test_ages_that_do_not_make_up_the_whole_are_not_used() -> None:
    rows = [
        replace(each, count=(each.count or 0) * 2) if each.age == "0-9 yrs" else each for each in figures()
    ]
    found = carried(rows, people(range(2025, 2028)))
    assert "does not give the published value" in found.ages.missing[0]


@given(st.integers(0, 100), st.integers(1, 29))
def test_a_band_reads_back(low: int, width: int) -> None:
    assert band_of(f"{low}-{low + width} yrs") == Band(low, low + width + 1)
