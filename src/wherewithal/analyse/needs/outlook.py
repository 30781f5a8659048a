"""A series carried forward: the ladder of ``statistics.projection`` for one reading, in words and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wherewithal.analyse.needs.ages import ByAge, by_age
from wherewithal.analyse.needs.reading import Reading
from wherewithal.plain_english import counted
from wherewithal.sources.fingertips import IndicatorRow
from wherewithal.statistics.projection import FEWEST_VALUES, Ladder, ladder

AHEAD = 3


@dataclass(frozen=True)
class Outlook:
    """The ladder over an unbroken run of yearly values, and the years ahead.

    ``ages`` has people by age, with which the rung of constant rates was tried, or what is missing for it.
    """

    reading: Reading
    run: tuple[IndicatorRow, ...]
    years: tuple[str, ...]
    ladder: Ladder
    ages: ByAge

    @property
    def words(self) -> str:
        """What is recommended, what it gives, and how it would have done, as sentences."""
        best = self.ladder.rung()
        last = best.steps[-1]
        text = self.reading.measure.text
        said = f"By the {best.name}: {text(last.value)} in {self.years[-1]}"
        if last.low is not None and last.high is not None:
            said += f" (95% interval {self.reading.measure.range_text(last.low, last.high)})"
        said += (
            f". Tried from every earlier year, it was {self.reading.measure.text(best.mean_error)} out on average, "
            f"over {counted(best.tries, 'try', 'tries')}"
        )
        if best.coverage is None:
            return f"{said}; too few years to check its intervals."
        return f"{said}; its intervals held {best.inside} of {best.with_interval} later values."


def outlook(
    reading: Reading,
    *,
    ahead: int = AHEAD,
    rows: Iterable[IndicatorRow] = (),
    people: Iterable[IndicatorRow] = (),
) -> Outlook | None:
    """The reading carried forward; None for fewer than four yearly values in a row up to the newest.

    ``rows`` are the indicator's rows of every age, ``people`` who lives in the area by age: the rung that keeps each
    age's rate needs both.
    """
    run = _run(reading.series.points)
    if len(run) < FEWEST_VALUES:
        return None
    last = run[-1]
    first = last.order // 10_000
    spans = "/" in last.period
    years = tuple(
        f"{year}/{(year + 1) % 100:02}" if spans else str(year)
        for year in range(first + 1, first + 1 + ahead)
    )
    ages = by_age(reading, run, ahead, rows, people)
    found = ladder([row.value or 0.0 for row in run], ahead, rates=ages.rates)
    return Outlook(reading, tuple(run), years, found, ages)


def _run(points: Sequence[IndicatorRow]) -> list[IndicatorRow]:
    """The newest unbroken run of one-year values."""
    run: list[IndicatorRow] = []
    for point in reversed(points):
        if point.value is None or point.period_range not in ("", "1y"):
            if run:
                break
            continue
        if run and run[-1].order - point.order != 10_000:
            break
        run.append(point)
    return run[::-1]
