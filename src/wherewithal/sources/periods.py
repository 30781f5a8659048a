"""Periods as publishers write them, read into one label, one order in time and the years they cover."""

from __future__ import annotations

import re
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1800, 2199
_RANGE = re.compile(r"(?P<first>\d{4})\s*[-/–]\s*(?P<second>\d{2}|\d{4})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_SEVERAL = re.compile(
    r"(?P<first>\d{4})[-/](?P<middle>\d{2})\s*[-–]\s*(?P<last>\d{2})[-/](?P<end>\d{2})", re.ASCII
)


class Period(NamedTuple):
    """``label`` as people write it; ``order`` sorts in time, as Fingertips' sortable period does (20230000);
    ``years`` is how many years it covers.
    """

    label: str
    order: int
    years: int = 1

    @property
    def range(self) -> str:
        """The length in Fingertips' words: "1y"."""
        return f"{self.years}y"


def read_period(text: str) -> Period | None:
    """ "2025", "2024/25", "2024-25", "202425", "2014-16" (three years), "2013/14-15/16"; None for what is no year.

    What stands in brackets after a year, such as "(Rev)", stays in the label.
    """
    plain = text.strip()
    bare = re.sub(r"\s*\([^)]*\)$", "", plain)
    if several := _SEVERAL.fullmatch(bare):
        first, last = int(several["first"]), int(several["last"])
        return _period(plain, first, (last - first) % 100 + 1)
    if _YEAR.fullmatch(bare):
        return _period(plain, int(bare), 1)
    if re.fullmatch(r"\d{6}", bare, re.ASCII):
        first, second = int(bare[:4]), int(bare[4:])
        return _period(f"{first}/{second:02}", first, 1) if (first + 1) % 100 == second else None
    if span := _RANGE.fullmatch(bare):
        first, second = int(span["first"]), int(span["second"])
        if len(span["second"]) == 4 and not 0 < second - first < 20:
            return None
        apart = (second - first) % 100
        if apart == 1:
            return _period(plain, first, 1)
        # "2014-16" is three calendar years; no publisher joins twenty.
        return _period(plain, first, apart + 1) if 1 < apart < 20 else None
    return None


def _period(label: str, first: int, years: int) -> Period | None:
    return Period(label, first * 10_000, years) if FIRST_YEAR <= first <= LAST_YEAR else None
