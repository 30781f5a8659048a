"""An area's profile in the order in which a commissioner asks: what is worse, what moves, and what is not known.

Nothing is weighed against anything else here: every list is by a printed rule, and what a list leaves out it counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wherewithal.analyse.needs.comparison import Comparison
from wherewithal.analyse.needs.profile import AreaProfile
from wherewithal.analyse.needs.reading import Reading
from wherewithal.analyse.needs.trend import Direction
from wherewithal.plain_english import counted, listed

OLD_YEARS = 4
"""A newest value that is at least so many years back is old: a child then in reception is now near secondary school."""


@dataclass(frozen=True)
class Summary:
    """A profile's readings sorted by what they say.

    ``unknown`` gives, for each kind of gap, a sentence and the readings it is about.
    """

    profile: AreaProfile
    worse: tuple[Reading, ...]
    differing: tuple[Reading, ...]
    worsening: tuple[Reading, ...]
    moving: tuple[Reading, ...]
    better: tuple[Reading, ...]
    improving: tuple[Reading, ...]
    contradicted: tuple[Reading, ...]
    unknown: tuple[tuple[str, tuple[Reading, ...]], ...]

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Every reading, what is worse and getting worse first."""
        return tuple(sorted(self.profile.readings, key=_place))

    @property
    def worse_and_worsening(self) -> tuple[Reading, ...]:
        return tuple(reading for reading in self.worse if reading in self.worsening)

    @property
    def words(self) -> str:
        """The profile in two or three sentences, to be read aloud."""
        name = self.profile.area.name
        total = len(self.profile.readings)
        said = [
            f"Of {counted(total, 'figure')} held for {name}, {_many(self.worse)} worse than England and "
            f"{_many(self.better)} better."
        ]
        both = self.worse_and_worsening
        if both:
            said.append(f"Worse and getting worse: {listed([_short(reading) for reading in both[:5]])}.")
        elif self.worsening:
            names = listed([_short(reading) for reading in self.worsening[:5]])
            said.append(f"Getting worse, though not worse than England: {names}.")
        else:
            said.append("None is known to be getting worse.")
        if self.differing:
            said.append(f"{_many(self.differing).capitalize()} higher or lower, which nobody has judged.")
        return " ".join(said)


def _many(readings: Sequence[Reading]) -> str:
    return f"{len(readings)} {'is' if len(readings) == 1 else 'are'}"


def _short(reading: Reading) -> str:
    name = reading.series.indicator
    return f"{name} ({reading.who})" if reading.series.key.sex != "Persons" else name


def summarised(profile: AreaProfile, *, on: date) -> Summary:
    """The profile sorted by what its figures say; ``on`` is today, from which old values are told."""
    readings = sorted(profile.readings, key=_place)

    def where(test: bool, reading: Reading) -> tuple[Reading, ...]:
        return (reading,) if test else ()

    lists: dict[str, list[Reading]] = {
        name: []
        for name in ("worse", "differing", "worsening", "moving", "better", "improving", "contradicted")
    }
    for reading in readings:
        comparison, moving = reading.comparison, reading.trend.label
        lists["worse"] += where(comparison is Comparison.WORSE, reading)
        lists["better"] += where(comparison is Comparison.BETTER, reading)
        lists["differing"] += where(comparison in (Comparison.HIGHER, Comparison.LOWER), reading)
        lists["worsening"] += where(moving.endswith("worse"), reading)
        lists["improving"] += where(moving.endswith("better"), reading)
        lists["moving"] += where(moving in (Direction.INCREASING, Direction.DECREASING), reading)
        lists["contradicted"] += where(bool(reading.contradictions), reading)
    return Summary(
        profile, unknown=_unknown(readings, on), **{name: tuple(found) for name, found in lists.items()}
    )


def _place(reading: Reading) -> tuple[int, int, str]:
    """Worse and getting worse, then worse, then getting worse, then the rest; everybody before one sex; by name."""
    worse = reading.comparison is Comparison.WORSE
    worsening = reading.trend.label.endswith("worse")
    return (-2 * worse - worsening, reading.series.key.sex != "Persons", reading.series.indicator)


def _unknown(readings: Sequence[Reading], on: date) -> tuple[tuple[str, tuple[Reading, ...]], ...]:
    kinds = (
        (
            "No value has been published for this area, or it was suppressed",
            [reading for reading in readings if reading.point.value is None],
        ),
        (
            "No interval is published, so nobody can say whether a difference could be chance",
            [reading for reading in readings if reading.point.value is not None and not reading.has_interval],
        ),
        (
            "Nobody has recorded which way is good",
            [reading for reading in readings if not reading.measure.polarity.judges],
        ),
        (
            f"The newest value is {OLD_YEARS} years old or more",
            [
                reading
                for reading in readings
                if reading.point.value is not None
                and 0 < reading.point.order // 10_000 <= on.year - OLD_YEARS
            ],
        ),
        (
            "The newest year has no value, an earlier one stands here instead",
            [
                reading
                for reading in readings
                if reading.point.value is not None and reading.series.points[-1].value is None
            ],
        ),
        (
            "England's value is not held, so there is nothing to stand beside",
            [
                reading
                for reading in readings
                if reading.point.value is not None
                and (reading.england is None or reading.england.value is None)
            ],
        ),
    )
    return tuple((words, tuple(found)) for words, found in kinds if found)
