"""When a finding should be looked at again."""

from __future__ import annotations

from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day of a later month, and never after the 28th: a day or two do not matter for looking again."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, 28))
