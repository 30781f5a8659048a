"""Dates as services write them."""

from __future__ import annotations

from datetime import date

from wherewithal.sources.json_values import dict_in, words_in


def day_in(value: object) -> date | None:
    """The day that "2024-03-01" or "2024-03-01T09:30:00Z" begins with; ``None`` for anything else, also for a
    month or a year alone, which are no day.
    """
    try:
        return date.fromisoformat(words_in(value)[:10])
    except ValueError:
        return None


def parts_in(value: object) -> tuple[int | None, date | None]:
    """Year and day of Crossref's ``{"date-parts": [[2024, 3, 1]]}``, of which only the year need be there."""
    parts = dict_in(value).get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = [part for part in first if isinstance(part, int) and not isinstance(part, bool)]
    if not numbers:
        return None, None
    try:
        day = date(*numbers[:3]) if len(numbers) >= 3 else None
    except ValueError:
        day = None
    return numbers[0], day
