"""One indicator read for one area: its value, England's, the neighbours', the trend, and it all in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wherewithal.analyse.needs.comparison import Comparison, compare
from wherewithal.analyse.needs.contradictions import Contradiction, contradictions
from wherewithal.analyse.needs.figures import Figures, Series
from wherewithal.analyse.needs.indicators import Measure, Polarity, measure
from wherewithal.analyse.needs.neighbours import NeighbourSet, NeighbourSummary, summarise
from wherewithal.analyse.needs.trend import POINTS, Direction, Trend, recent_trend
from wherewithal.sources.fingertips import IndicatorRow
from wherewithal.sources.own_table import INTERVAL_WORKED_OUT, VALUE_WORKED_OUT
from wherewithal.thread import fingerprint_of


@dataclass(frozen=True)
class Reading:
    """What the figures say about one area.

    ``point`` is the newest row with a value, or the newest row where none has one; ``england`` is England's
    row of the same period; ``comparison`` and ``trend`` are worked out here, never copied from the file.
    """

    series: Series
    england_series: Series | None
    measure: Measure
    point: IndicatorRow
    england: IndicatorRow | None
    neighbours: NeighbourSummary | None
    comparison: Comparison
    trend: Trend
    contradictions: tuple[Contradiction, ...]

    @property
    def has_interval(self) -> bool:
        return self.point.low95 is not None and self.point.high95 is not None

    @property
    def who(self) -> str:
        """Whom the figure is about, in words: "all persons, under 15 years"."""
        return self.series.key.who

    @property
    def headline(self) -> str:
        """The reading in a few words: "Worse than England, and getting worse"."""
        if self.point.value is None:
            return "No value has been published"
        beside = {
            Comparison.BETTER: "Better than England",
            Comparison.WORSE: "Worse than England",
            Comparison.SIMILAR: "Similar to England",
            Comparison.HIGHER: "Higher than England",
            Comparison.LOWER: "Lower than England",
            Comparison.NOT_COMPARED: "Not compared with England",
        }[self.comparison]
        if self.series.area.type == "England":
            beside = "The figure for England"
        moving = {
            "Increasing": "and rising",
            "Decreasing": "and falling",
            "No significant change": "with no clear change",
            "Cannot be calculated": "too few years to say whether it is changing",
        }
        if self.trend.direction is Direction.CANNOT and self._values >= POINTS:
            return f"{beside}; whether it is changing cannot be worked out"
        if self.trend.label in moving:
            return f"{beside}, {moving[self.trend.label]}"
        return f"{beside}, and getting {self.trend.label.rsplit(' ', 1)[-1]}"

    @property
    def _values(self) -> int:
        return sum(point.value is not None for point in self.series.points)

    @property
    def statement(self) -> str:
        """The reading in full sentences, as a paper would quote it."""
        if self.point.value is None:
            return f"No value for {self.series.area.name} has been published.{self._note()}"
        text = self.measure.text
        first = text(self.point.value)
        if self.point.low95 is not None and self.point.high95 is not None:
            first += f" (95% interval {self.measure.range_text(self.point.low95, self.point.high95)})"
        parts = [f"{first} in {self.point.period}"]
        if self.england and self.england.value is not None and self.england is not self.point:
            parts.append(f"England {text(self.england.value)}")
        if self.neighbours:
            parts.append(f"neighbours' {self.neighbours.average_used} {text(self.neighbours.average)}")
        return f"{'; '.join(parts)}. {self.trend_words}{self._note()}"

    @property
    def trend_words(self) -> str:
        """The trend as a sentence with the years it covers."""
        trend = self.trend
        if trend.direction is Direction.CANNOT:
            return f"Whether it is changing cannot be worked out: {trend.reason}."
        years = "five years" if trend.unbroken else "five published years"
        over = f"over {years}, {trend.periods[0]} to {trend.periods[-1]}"
        return f"{self.trend_short} {over}."

    @property
    def trend_short(self) -> str:
        """The trend in two or three words, for a table."""
        trend = self.trend
        if trend.direction is Direction.CANNOT:
            return "Cannot be worked out"
        if trend.direction is Direction.NO_CHANGE:
            return "No clear change"
        if not trend.polarity.judges:
            return "Rising" if trend.direction is Direction.INCREASING else "Falling"
        return f"Getting {trend.label.rsplit(' ', 1)[-1]}"

    def _note(self) -> str:
        newest = self.series.points[-1]
        words = ""
        if newest is not self.point and newest.value is None:
            words = f" No value for {newest.period} has been published{_because(newest.note)}."
        if self.point.note:
            words += f" {_noted(self.point.note)}"
        return words

    @property
    def cautions(self) -> tuple[str, ...]:
        """What a careful reader should know before quoting this."""
        words = []
        newest = self.series.points[-1]
        if newest is not self.point and newest.value is None:
            words.append(f"No value for {newest.period} has been published{_because(newest.note)}.")
        if self.point.note:
            words.append(_noted(self.point.note))
        if self.point.value is not None and not self.has_interval:
            words.append(
                "No interval is published, so it cannot be said whether the difference could be chance."
            )
        if self.measure.polarity is Polarity.UNKNOWN:
            words.append(
                "Nobody has recorded whether high or low is good here, so this says higher or lower, "
                "not better or worse."
            )
        if not self.measure.unit:
            words.append("The file does not say what unit the values are in: see the indicator's definition.")
        if self.neighbours and self.neighbours.missing:
            words.append(
                f"Neighbours without a value for {self.point.period}: {', '.join(self.neighbours.missing)}."
            )
        words += [contradiction.words for contradiction in self.contradictions]
        return tuple(words)

    @property
    def rows_used(self) -> tuple[IndicatorRow, ...]:
        """Every row the reading rests on: the area's series, England's value, the neighbours' values."""
        beside = (self.england,) if self.england else ()
        return (*self.series.points, *beside, *(self.neighbours.rows if self.neighbours else ()))

    @property
    def inputs_fingerprint(self) -> str:
        """A hash of the figures used: the same figures in another file or order give the same hash."""
        used = {row.key: [*row.figures, row.note] for row in self.rows_used}
        return fingerprint_of(sorted([list(key), figures] for key, figures in used.items()))

    def as_dict(self) -> dict[str, Any]:
        """The reading as the command line gives it; the keys are a contract (design, section 6)."""
        point, england = self.point, self.england
        return {
            "id": self.series.key.indicator_id,
            "name": self.series.indicator,
            "sex": self.series.key.sex,
            "age": self.series.key.age,
            "period": point.period,
            "value": point.value,
            "ci": [point.low95, point.high95] if self.has_interval else None,
            "unit": self.measure.unit.strip(),
            "polarity": self.measure.polarity.value,
            "england": england.value if england else None,
            "neighbours": None
            if self.neighbours is None
            else {
                "median": self.neighbours.median,
                "mean": self.neighbours.mean,
                "low": self.neighbours.low,
                "high": self.neighbours.high,
                "count": self.neighbours.count,
                "missing": list(self.neighbours.missing),
                "pooled": self.neighbours.pooled,
                "average_used": self.neighbours.average_used,
                "closeness": self.neighbours.closeness_words or None,
                "source": self.neighbours.source,
            },
            "comparison": self.comparison.value,
            "trend": self.trend.label,
            "trend_periods": list(self.trend.periods),
            "published_comparison": point.compared_to_england or None,
            "published_trend": _published_trend(self.series) or None,
            "contradictions": [contradiction.as_dict() for contradiction in self.contradictions],
            "note": point.note,
            "statement": self.statement,
            "made_up": self.measure.made_up,
        }


def read(
    figures: Figures,
    series: Series,
    neighbours: NeighbourSet | None = None,
    measures: Mapping[str, Measure] | None = None,
) -> Reading:
    """Read one series beside England's and the neighbours' for its newest period with a value.

    ``measures`` says how to read indicators that describe themselves; others are read as the room knows them.
    """
    how = (measures or {}).get(series.key.indicator_id) or measure(series.key.indicator_id)
    point = series.latest_value or series.points[-1]
    england_series = figures.england_beside(series.key)
    england = england_series.at(point.period) if england_series else None
    is_england = england_series is not None and england_series.key == series.key
    low, high = (point.low998, point.high998) if how.confidence == 99.8 else (point.low95, point.high95)
    comparison = Comparison.NOT_COMPARED
    if not is_england:
        comparison = compare(point.value, low, high, england.value if england else None, how.polarity)
    return Reading(
        series=series,
        england_series=england_series,
        measure=how,
        point=point,
        england=england,
        neighbours=summarise(figures, series.key, point.period, neighbours) if neighbours else None,
        comparison=comparison,
        trend=recent_trend(series.points, how.polarity),
        contradictions=contradictions(series, england_series, how),
    )


def _published_trend(series: Series) -> str:
    return next((point.recent_trend for point in reversed(series.points) if point.recent_trend), "")


def _noted(note: str) -> str:
    """What a note says, as sentences: the publisher's own, and what was worked out here from counts."""
    parts = note.split("; ")
    ours = [part for part in parts if part in (VALUE_WORKED_OUT, INTERVAL_WORKED_OUT)]
    theirs = "; ".join(part for part in parts if part not in ours).rstrip(".")
    said = [f"The publisher notes: {theirs}."] if theirs else []
    said += [f"Its {part.replace('worked', 'was worked', 1)}, from the counts." for part in ours]
    return " ".join(said).replace("value and interval was", "value and interval were")


def _because(note: str) -> str:
    return f" ({note.rstrip('.')})" if note else ""
