"""Dates, numbers and lists as people in England write them in a paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


def long_date(day: date) -> str:
    """``date(2026, 11, 1)`` as "1 November 2026"."""
    return f"{day.day} {day:%B %Y}"


def number(value: float, places: int = 0) -> str:
    """A figure with thousands marked and a fixed number of decimal places: 1234.56 as "1,234.6"."""
    return f"{value:,.{places}f}"


def pounds(value: float) -> str:
    """A sum of money to the pound: -1234.5 as "−£1,234"."""
    return f"{'−' if round(value) < 0 else ''}£{abs(round(value)):,}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """``["a", "b", "c"]`` as "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun: ``counted(1, "record")`` as "1 record", ``counted(2, "record")`` as "2 records"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
