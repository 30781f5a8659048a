"""Dates as registers give them: a year, a month or a day, and never more exact than they were."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, order=True)
class FactDate:
    """A date that may lack its day or month."""

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, text: str) -> FactDate:
        """Read "2016", "2016-07" or "2016-07-14". Raises ValueError for anything else."""
        match = _SHAPE.fullmatch(text.strip())
        if not match:
            raise ValueError(text)
        year, month, day = (int(part or 0) for part in match.groups())
        date(year, month or 1, day or 1)
        return cls(year, month, day)

    @property
    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def words(self) -> str:
        """For a reader: "2016", "July 2016" or "14 July 2016"."""
        month = f"{calendar.month_name[self.month]} " if self.month else ""
        day = f"{self.day} " if self.day else ""
        return f"{day}{month}{self.year}"

    def __str__(self) -> str:
        month = f"-{self.month:02d}" if self.month else ""
        day = f"-{self.day:02d}" if self.day else ""
        return f"{self.year:04d}{month}{day}"


def whole_years(start: date, end: date) -> int:
    """Completed years from ``start`` to ``end``; never negative."""
    return max(0, end.year - start.year - ((end.month, end.day) < (start.month, start.day)))


def years_on(day: date, years: int) -> date:
    """The same day ``years`` later; 29 February becomes 28 February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
